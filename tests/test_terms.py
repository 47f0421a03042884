"""The glossary: one source for the page of the site and for the documentation."""

from __future__ import annotations

from shared import ROOT

from argmap.terms import list_terms, write_terms


def test_the_documentation_is_current() -> None:
    path = ROOT / "docs" / "terms.md"
    assert path.read_text(encoding="utf-8") == write_terms(), (
        "write it anew: python -m argmap.terms > docs/terms.md"
    )


def test_terms_are_told_apart() -> None:
    terms = list_terms()
    assert len({term.id for term in terms}) == len({term.title for term in terms}) == len(terms)
    assert all(term.text.count("*") % 2 == 0 and term.text.count("`") % 2 == 0 for term in terms)
