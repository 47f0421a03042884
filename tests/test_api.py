"""The reference of Python names is whole and current, and every example in it runs."""

from __future__ import annotations

import doctest
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from shared import ROOT

import argmap
from argmap.query.reference import list_public, read_doc, write_reference

PUBLIC = dict(list_public())
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@pytest.fixture(scope="module")
def review() -> Iterator[argmap.Review]:
    before = Path.cwd()
    os.chdir(ROOT)
    yield argmap.load("corpus", "references.bib")
    os.chdir(before)


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_every_public_name_has_an_example_that_runs(name: str, review: argmap.Review) -> None:
    text = read_doc(PUBLIC[name])
    assert ">>>" in text, f"{name} has no example"
    test = doctest.DocTestParser().get_doctest(
        text, {"argmap": argmap, "review": review}, name, None, None
    )
    told: list[str] = []
    failed = doctest.DocTestRunner(optionflags=FLAGS, verbose=False).run(test, out=told.append)
    assert not failed.failed, "".join(told)


def test_the_example_of_the_package_runs(review: argmap.Review) -> None:
    test = doctest.DocTestParser().get_doctest(argmap.__doc__ or "", {}, "argmap", None, None)
    assert not doctest.DocTestRunner(optionflags=FLAGS, verbose=False).run(test).failed


def test_the_reference_is_current() -> None:
    written = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert written == write_reference(), (
        "write it anew: python -m argmap.query.reference > docs/api.md"
    )


def test_the_reference_has_every_public_name() -> None:
    written = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for name in PUBLIC:
        assert f"# {name}\n" in written, name
