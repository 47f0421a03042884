"""Which codes the sources of argmap give to findings, read off the syntax trees."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import argmap

PACKAGE = Path(argmap.__file__).parent
CODE = re.compile(r"[a-z]+(?:-[a-z]+)+|verbatim|shacl")

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def parse_sources() -> dict[str, ast.Module]:
    """Return the syntax tree of every module by its path below the package."""
    return {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }


@cache
def find_takers() -> dict[str, set[int]]:
    """Return for every function with a parameter `code` its name and the positions of that."""
    takers: dict[str, set[int]] = defaultdict(set)
    for tree in parse_sources().values():
        for node in ast.walk(tree):
            if not isinstance(node, Function):
                continue
            names = [argument.arg for argument in (*node.args.posonlyargs, *node.args.args)]
            if names[:1] in (["self"], ["cls"]):
                names = names[1:]
            if "code" in names:
                takers[node.name].add(names.index("code"))
    return takers


def list_words(node: ast.expr) -> Iterator[str]:
    """Yield the words that an expression may be: a constant, or either side of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from list_words(node.body)
        yield from list_words(node.orelse)


def collect_codes() -> dict[str, set[str]]:
    """Return every code that a call in the sources gives, with the modules that do."""
    takers = find_takers()
    found: dict[str, set[str]] = defaultdict(set)
    for module, tree in parse_sources().items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            given = [keyword.value for keyword in node.keywords if keyword.arg == "code"]
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            given += [
                node.args[place] for place in takers.get(name, ()) if place < len(node.args)
            ]
            for value in given:
                for word in list_words(value):
                    if CODE.fullmatch(word):
                        found[word].add(module)
    return found


def collect_words() -> dict[str, set[str]]:
    """Return every string in the sources that has the form of a code, with its modules."""
    found: dict[str, set[str]] = defaultdict(set)
    for module, tree in parse_sources().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if CODE.fullmatch(node.value):
                    found[node.value].add(module)
    return found
