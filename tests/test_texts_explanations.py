"""Every code of the package is explained, and nothing else is."""

from __future__ import annotations

import re
from pathlib import Path

import argmap.texts
from argmap.texts.explanations import EXPLANATIONS

CODE = re.compile(r'"((?:anchor|citation|lock|page|text)-[a-z-]+)"')


def test_every_code_is_explained() -> None:
    folder = Path(argmap.texts.__file__).parent
    modules = [path for path in folder.glob("*.py") if path.name != "explanations.py"]
    used = {code for path in modules for code in CODE.findall(path.read_text("utf-8"))}
    assert used == set(EXPLANATIONS)
    assert list(EXPLANATIONS) == sorted(EXPLANATIONS)
