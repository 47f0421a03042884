"""Damaged .bib files: no exception, and every entry is read or named by a finding."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bibliography_examples import without_places
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.bibliography import parse_bibliography, read_bibliography, write_bibliography

SOUND = r"""% Encoding: UTF-8
@string{cup = {Cambridge University Press}}
@string(pup = "Princeton " # "University Press")

@book{olsen1965,
  author    = {Olsen, Mancur and {Board of Trade}},
  title     = {The Logic of {Joint} Action},
  publisher = cup,
  year      = 1965,
}

@article{ramirez2001,
  author = "Ram{\'i}rez, J. and Müller, Hans",
  title = "Who {"}pays{"} for peace",
  journal = {J. of } # {Tests},
  month = may # "~5",
  date = {2001-05}
}
@comment{jabref-meta: a:b;}
Some prose about the file.
@incollection{chapter1990, author = {A. Writer}, title = {In the book}, crossref = {whole1990}}
@collection(whole1990,
  editor = {Editor, Ed},
  title = {The Whole Book},
  note = {see \{this\} and a \\ thing},
)
@misc{onemore, title = {T1}} @misc{samelined, title = {T2}, year = "1999"}
@inproceedings{last2020,
  author = {Last, First},
  title = {Nested {braces {deep}} here},
  abstract = {One line
    @Override(foo) is code
    and more, with = signs.

    Second paragraph.},
  year = {2020}
}
"""
_HEADER = re.compile(r"^[ \t]*@(?!comment|string)\w+[{(]([^\s,]+),", re.MULTILINE)
MARKS = '{},"=@%'


def locate_entries(text: str) -> dict[str, range]:
    """Return the lines that each entry takes up, by key; the second on a line is left out."""
    headers = list(_HEADER.finditer(text))
    ends = [*(header.start() for header in headers), len(text)][1:]
    return {
        header[1]: range(text.count("\n", 0, header.start()) + 1, text.count("\n", 0, end) + 2)
        for header, end in zip(headers, ends, strict=True)
    }


def find_lost(text: str, entries: dict[str, range]) -> list[str]:
    """Return the keys that are neither among the works nor told of by a finding."""
    works, findings = parse_bibliography(text, "a.bib")
    read = {work.key for work in works}
    # What write_bibliography makes of the rest must be sound.
    again, _ = parse_bibliography(write_bibliography(works), "a.bib")
    assert without_places(again) == without_places(works)
    grave = [
        finding
        for finding in findings
        if finding.severity == "error" or finding.code == "bib-commented-entry"
    ]
    return [
        key
        for key, lines in entries.items()
        if key not in read
        and not any(finding.line in lines or repr(key) in finding.message for finding in grave)
    ]


def test_undamaged() -> None:
    works, findings = parse_bibliography(SOUND, "a.bib")
    assert findings == []
    assert {work.key for work in works} == {*locate_entries(SOUND), "samelined"}


def test_cut_off_at_every_byte(tmp_path: Path) -> None:
    data = SOUND.encode("utf-8")
    file = tmp_path / "cut.bib"
    for length in range(len(data) + 1):
        file.write_bytes(data[:length])
        works, findings = read_bibliography(file)
        text = data[:length].decode("utf-8", "replace")
        assert {work.key for work in works} >= set(locate_entries(text)), length
        codes = {finding.code for finding in findings if finding.severity == "error"}
        if text.count("{") > text.count("}"):
            assert codes & {"bib-truncated", "bib-unbalanced-brace"}, length
        if "bib-truncated" in codes:
            assert codes <= {"bib-truncated", "bib-unknown-crossref", "bib-missing-key"} | {
                "bib-encoding"
            }, length


@settings(max_examples=250, deadline=None)
@given(st.integers(0, len(SOUND)), st.sampled_from(MARKS))
def test_one_mark_too_many(position: int, mark: str) -> None:
    text = SOUND[:position] + mark + SOUND[position:]
    assert find_lost(text, locate_entries(SOUND)) == []


@pytest.mark.parametrize("mark", MARKS)
def test_one_mark_missing(mark: str) -> None:
    for match in re.finditer(re.escape(mark), SOUND):
        text = SOUND[: match.start()] + SOUND[match.end() :]
        assert find_lost(text, locate_entries(SOUND)) == [], match.start()


@pytest.mark.parametrize("mark", MARKS)
def test_only_the_damaged_entry_is_in_doubt(mark: str) -> None:
    sound, _ = parse_bibliography(SOUND, "a.bib")
    entries = locate_entries(SOUND)
    for match in re.finditer(re.escape(mark), SOUND):
        line = SOUND.count("\n", 0, match.start()) + 1
        hit = {key for key, lines in entries.items() if line in lines}
        if line <= 3 or not hit or "onemore" in hit:
            continue  # a macro, or two entries on one line
        if "whole1990" in hit:
            hit.add("chapter1990")  # it takes over fields
        damaged, _ = parse_bibliography(SOUND[: match.start()] + SOUND[match.end() :], "a.bib")
        unhurt = {work.key: work for work in damaged}
        for work in sound:
            # What follows a comment that lost its brace is still read.
            if work.key not in hit:
                assert unhurt.get(work.key) == work, (match.start(), work.key)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(SOUND)), st.sampled_from(["", *MARKS])), max_size=6),
)
def test_several_damages_never_raise(edits: list[tuple[int, str]]) -> None:
    text = SOUND
    for position, mark in edits:
        text = text[:position] + mark + text[position + (not mark) :]
    works, _ = parse_bibliography(text, "a.bib")
    again, _ = parse_bibliography(write_bibliography(works), "a.bib")
    assert without_places(again) == without_places(works)


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet=st.sampled_from('@abk{}()"=,#%\\ \n\t\r\x00\x1f\ufeffé\ud800'), max_size=60)
)
def test_any_text(text: str) -> None:
    works, findings = parse_bibliography("@book{a" + text, "a.bib")
    assert works or findings
    assert parse_bibliography("@book{a" + text, "a.bib") == (works, findings)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=80))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.getbasetemp() / "any.bib"
    file.write_bytes(b"@book{a, title = {" + data)
    works, findings = read_bibliography(file)
    # Two closing braces can make the entry a sound one.
    assert findings or data.count(b"}") >= 2
    assert [work.key for work in works][:1] == ["a"] or b"\0" in data


@pytest.mark.parametrize(
    "text",
    [
        "@comment{\n" * 20000,
        "@a(\n" * 20000,
        "@book{a,\n" * 20000,
        "@ " * 100000,
        "{" * 100000,
        "@book{a, title={" + "{" * 20000 + "x" + "}" * 20000 + "}}",
        "@book{a, title={" + "\\{" * 20000 + "}}",
        "@book{a, title={x},\n" + "% a = {b}\n" * 10000 + "}",
        "@book{a" + "," * 50000 + "}",
        "@book{a, title = " + '"' * 50000 + "}",
        "foo@bar {x} " * 20000,
        "a" * 100000 + " " * 100000 + "\n" * 20000,
    ],
    ids=lambda text: text[:16],
)
def test_what_was_made_to_be_slow(text: str) -> None:
    """Each takes a fraction of a second; anything quadratic would take minutes."""
    works, findings = parse_bibliography(text, "a.bib")
    assert len(works) <= 1
    assert findings or works
