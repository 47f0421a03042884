"""Which words in the sources of argmap have the form of a code."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

import argmap

PACKAGE = Path(argmap.__file__).parent
CODE = re.compile(r"[a-z]+(?:-[a-z]+)+|verbatim|shacl")


def collect_words() -> dict[str, list[str]]:
    """Return every string in the sources that has the form of a code, with its modules."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            if CODE.fullmatch(node.value):
                found[node.value].add(path.relative_to(PACKAGE).as_posix())
    return {word: sorted(modules) for word, modules in found.items()}
