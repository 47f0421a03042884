"""What the tests of the bibliography share: the example is the docstring of the test."""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from typing import NamedTuple

import msgspec
import pytest

from argmap.bibliography import parse_bibliography
from argmap.diagnostics import Diagnostic
from argmap.model import Work


class Example(NamedTuple):
    source: str
    works: dict[str, Work]
    findings: list[Diagnostic]

    @property
    def told(self) -> list[tuple[str, int, int]]:
        """Code, line and column of every finding; line 1 is the first line of the docstring."""
        return [(finding.code, finding.line, finding.column) for finding in self.findings]

    @property
    def remedies(self) -> str:
        return "\n".join(finding.remedy for finding in self.findings)

    @property
    def messages(self) -> str:
        return "\n".join(finding.message for finding in self.findings)


def parse_example(source: str) -> Example:
    works, findings = parse_bibliography(source, "example.bib")
    return Example(source, {work.key: work for work in works}, findings)


@pytest.fixture
def bib(request: pytest.FixtureRequest) -> Example:
    """The works and findings of the .bib file in the docstring of the test."""
    source = inspect.getdoc(request.function)
    assert source is not None, "the docstring of the test is its .bib file"
    return parse_example(source + "\n")


def without_places(works: Iterable[Work]) -> list[Work]:
    return [msgspec.structs.replace(work, place=None) for work in works]
