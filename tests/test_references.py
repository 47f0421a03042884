"""The works for other programs: what each format carries, and what it says it does not."""

from __future__ import annotations

import json

import pytest
from test_cli import Run, argmap, review  # noqa: F401

from argmap.annotations.latex import convert_markdown
from argmap.bibliography import parse_bibliography
from argmap.exports.references import write_csl_json, write_ris
from argmap.model import Derived, Literature

SOURCE = """
@book{a, author = {Low, Ann and others}, title = {A}, year = 1990, note = {A note},
  abstract = {An abstract}, keywords = {war, peace}, file = {a.pdf},
  isbn = {1}, issn = {2}, publisher = {P}, institution = {I}}
@article{b, editor = {Ed, I and others}, title = {B}, year = 1991, journal = {J}, number = {4},
  issue = {Winter}, langid = {english}, language = {english}}
"""


def literature() -> Literature:
    works, findings = parse_bibliography(SOURCE, "a.bib")
    assert [str(finding) for finding in findings if finding.severity == "error"] == []
    return Literature(works=tuple(works))


def test_csl_json_carries_what_no_style_prints() -> None:
    pytest.importorskip("pypandoc")
    data, losses = write_csl_json(literature(), Derived())
    first = next(item for item in json.loads(data) if item["id"] == "a")
    assert (first["note"], first["abstract"]) == ("A note", "An abstract")
    assert first["keyword"] == "war, peace"
    told = " ".join(loss.message for loss in losses)
    assert "no part of a reference: file" in told
    assert "issue beside number" in told
    assert "names of a and b" in told


def test_ris_tells_of_fields_that_another_one_pushes_out() -> None:
    data, losses = write_ris(literature(), Derived())
    assert b"SN  - 1" in data
    told = " ".join(loss.message for loss in losses)
    # The language is the same under both names, and nothing is lost.
    assert "takes: institution, issn, issue" in told
    assert "names of a and b" in told


def test_pictures_keep_their_addresses_in_latex() -> None:
    told = convert_markdown("See ![figure one](https://e.org/p.png) here.")
    assert told == r"See figure one (\nolinkurl{https://e.org/p.png}) here."


def test_no_character_of_a_text_is_taken_for_a_mark() -> None:
    assert "\ue0000\ue001" in convert_markdown("Odd \ue0000\ue001 and \ue002home")
    assert convert_markdown("Odd \ufdd00\ufdd1 text [@a]").endswith(r"text \parencite[][]{a}")


def test_a_title_that_looks_like_a_mark(review, argmap: Run) -> None:  # type: ignore[no-untyped-def]  # noqa: F811
    pytest.importorskip("pypandoc")
    path = review / "corpus" / "review.yaml"
    path.write_text(path.read_text().replace("title: Dogs", "title: On @body@ and @creators@"))
    for name in ("m.html", "m.tex", "m.pdf"):
        result = argmap("bibliography", "-o", name)
        assert result.code == 0, result.err
    html = (review / "m.html").read_text(encoding="utf-8")
    assert "<title>On @body@ and @creators@" in html
