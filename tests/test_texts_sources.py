"""Reading a copy: bytes, pages, headings, boundaries."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from texts_examples import make_source, make_text

from argmap.model import Place, Text
from argmap.texts.headings import read_heading
from argmap.texts.pages import compile_mark, rank_page, read_roman
from argmap.texts.sources import index_source, read_source


def codes(findings: list) -> list[tuple[str, str]]:
    return [(finding.severity, finding.code) for finding in findings]


# ---- the file -----------------------------------------------------------------------------------


def test_offsets_count_code_points_with_mark_and_line_ends(tmp_path: Path) -> None:
    data = "\ufeffÉbène\r\nsœurs 𝔸 piers".encode()
    (tmp_path / "essay.txt").write_bytes(data)
    source, findings = read_source(make_text(), tmp_path)
    assert findings == []
    assert source is not None
    assert source.content[0] == "\ufeff"
    assert source.content.index("piers") == len("\ufeffÉbène\r\nsœurs 𝔸 ")
    assert source.starts[-1] == source.content.index("piers")
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert source.line_at(source.starts[-1]) == 2


def test_missing_copy_is_a_note_that_says_where_it_looked(tmp_path: Path) -> None:
    (tmp_path / "essay-2020.txt").write_text("words")
    text = make_text(source="esay-2020.txt", place=Place(path="corpus/essay.yaml", line=3))
    source, [finding] = read_source(text, tmp_path)
    assert source is None
    assert (finding.severity, finding.code) == ("note", "text-not-checked")
    assert (finding.path, finding.line) == ("corpus/essay.yaml", 3)
    assert "essay-2020.txt" in finding.remedy


def test_missing_folder_and_unnamed_file_are_notes(tmp_path: Path) -> None:
    assert codes(read_source(make_text(), tmp_path / "none")[1]) == [("note", "text-not-checked")]
    assert codes(read_source(make_text(source=""), tmp_path)[1]) == [("note", "text-not-checked")]


@pytest.mark.parametrize(
    ("data", "code", "word"),
    [
        (b"", "text-empty", "empty"),
        (b" \n\n ", "text-empty", "empty"),
        (b"%PDF-1.7 ...", "text-binary", "PDF"),
        (b"\x7fELF\x00\x01", "text-binary", "binary"),
        ("Wörter".encode("utf-16"), "text-binary", "UTF-16"),
        (b"one\ntwo caf\xe9\n", "text-encoding", "line 2"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, code: str, word: str) -> None:
    (tmp_path / "essay.txt").write_bytes(data)
    source, [finding] = read_source(make_text(), tmp_path)
    assert source is None
    assert (finding.severity, finding.code) == ("error", code)
    assert word in finding.message
    assert finding.remedy


def test_a_folder_or_a_locked_file_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "essay.txt").mkdir()
    assert codes(read_source(make_text(), tmp_path)[1]) == [("error", "text-unreadable")]


@pytest.mark.parametrize("name", ["../essay.txt", "/etc/passwd", "a/../../b.txt", "C:\\essay.txt"])
def test_files_outside_the_folder_are_not_read(tmp_path: Path, name: str) -> None:
    (tmp_path.parent / "essay.txt").write_text("words")
    assert codes(read_source(make_text(source=name), tmp_path)[1]) == [("error", "text-outside")]


def test_a_file_in_a_folder_below_is_read(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "essay.txt").write_text("words")
    source, findings = read_source(make_text(source=os.path.join("deep", "essay.txt")), tmp_path)  # noqa: PTH118
    assert source is not None
    assert findings == []


# ---- pages --------------------------------------------------------------------------------------


def test_pages_begin_at_printed_marks() -> None:
    source = make_source("one two (p. 2) three\n(p.3) four (p. \n4) five", first="1")
    assert [(p.label, p.inferred) for p in source.pages] == [(str(n), False) for n in range(1, 5)]
    assert [source.page_at(source.content.index(w)) for w in ("two", "three", "four", "five")] == [
        "1",
        "2",
        "3",
        "4",
    ]


@pytest.mark.parametrize(
    ("mark", "content", "labels"),
    [
        ("[#]", "a [12] b [13] c", ["11", "12", "13"]),
        ("#", "a\n12\nb 40 c\n13\nd", ["11", "12", "13"]),
        ("{p. #}", "a {p. xi} b {p. xii} c {p. 1} d", ["xi", "xii", "1"]),
        ("Page #", "a Page e12 b Page e13 c", ["e12", "e13"]),
        ("|#|", "a |S4| b |S5|", ["S4", "S5"]),
    ],
)
def test_marks_of_other_kinds(mark: str, content: str, labels: list[str]) -> None:
    source = make_source(content, first="", mark=mark)
    assert [page.label for page in source.pages] == labels


def test_the_page_before_the_first_mark_is_inferred() -> None:
    source = make_source("one (p. 8) two", first="")
    assert [(page.label, page.inferred) for page in source.pages] == [("7", True), ("8", False)]


def test_a_mark_on_the_first_page_itself_is_no_second_page() -> None:
    source = make_source("Title\n(p. 1) one (p. 2) two")
    assert (source.pages[0].label, source.pages[0].start) == ("1", 0)
    assert len(source.pages) == 2


def test_a_locator_that_looks_like_a_mark_stays_in_the_text() -> None:
    content = "one (p. 6) two as she says (p. 112) three (p. 7) four (p. 8) five"
    source, [finding] = index_source(make_text(first="5"), content)
    assert [page.label for page in source.pages] == ["5", "6", "7", "8"]
    assert (finding.severity, finding.code) == ("warning", "page-mark-order")
    assert "(p. 112)" in finding.message
    assert "112" in source.stream


def test_a_missing_mark_is_told_and_can_be_inferred() -> None:
    content = "one (p. 2) two alpha beta gamma (p. 4) four"
    _, [finding] = index_source(make_text(), content)
    assert (finding.code, "3, between 2 and 4" in finding.message) == ("page-mark-missing", True)
    source = make_source(content, inferred=(("3", "Beta gamma"),))
    assert source.page_at(content.index("alpha")) == "2"
    assert source.find_page(content.index("beta")).inferred is True
    assert source.find_page(content.index("four")).inferred is False


def test_pages_without_any_mark_are_all_inferred() -> None:
    source = make_source("one two three four", mark="", inferred=(("3", "four"), ("2", "three")))
    assert [(p.label, p.inferred) for p in source.pages] == [("1", True), ("2", True), ("3", True)]


def test_a_page_known_from_elsewhere_alone_is_not_inferred() -> None:
    assert make_source("one two", mark="").pages[0].inferred is False


def test_an_inferred_page_takes_in_its_quotation_mark() -> None:
    source = make_source("and the\n\n“grand bargain” of old", mark="", inferred=(("2", "grand"),))
    assert source.content[source.pages[1].start] == "“"


@pytest.mark.parametrize(
    ("start", "word"), [("not there", "not found"), ("same words", "found 2 times")]
)
def test_an_inferred_start_must_be_found_once(start: str, word: str) -> None:
    text = make_text(mark="", inferred=(("2", start),))
    _, [finding] = index_source(text, "one same words two same words three")
    assert (finding.severity, finding.code) == ("error", "page-start")
    assert word in finding.message


def test_the_start_of_a_line_decides_between_two_finds() -> None:
    content = "one\n\nHammer, T. 1999. two as Hammer, T. says"
    source = make_source(content, mark="", inferred=(("2", "Hammer, T."),))
    assert source.pages[1].start == content.index("Hammer")


def test_inferred_pages_with_a_mark_or_without_sense_are_reported() -> None:
    text = make_text(inferred=(("2", "two"), ("second", "two")))
    _, findings = index_source(text, "one (p. 2) two")
    assert sorted(codes(findings)) == [("error", "page-start"), ("warning", "page-start")]


def test_a_mark_without_a_number_is_an_error() -> None:
    _, [finding] = index_source(make_text(mark="(p. )"), "one")
    assert (finding.severity, finding.code) == ("error", "page-mark")


@given(st.integers(1, 399))
@settings(max_examples=60, deadline=None)
def test_roman_numerals_read_back(number: int) -> None:
    digits = [(100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v")]
    numeral, rest = "", number
    for value, letters in [*digits, (4, "iv"), (1, "i")]:
        numeral += letters * (rest // value)
        rest %= value
    assert read_roman(numeral) == number
    assert read_roman(numeral.upper()) == number


def test_what_is_no_page_has_no_rank() -> None:
    assert [rank_page(label) for label in ("iiii", "vx", "", "12a", "x1x", "mild")] == [None] * 6
    assert rank_page("xii") < rank_page("3") < rank_page("e4")
    assert compile_mark("p.") is None


# ---- words --------------------------------------------------------------------------------------


def test_a_word_printed_twice_at_a_page_break_counts_once() -> None:
    content = "went to es-\n\n## Piers\n\n---\n\nestablish order"
    source = make_source(content, running=("## Piers",))
    assert source.stream == "wenttoestablishorder"
    assert [h.section for h in source.headings] == []


def test_running_heads_rules_and_marks_are_not_in_the_stream() -> None:
    content = "alpha\n\n  ## Piers \n***\n\n_ _ _\n(p. 2) beta ## Piers gamma"
    source = make_source(content, running=("## Piers",))
    assert source.stream == "alphabetapiersgamma"


# ---- sections -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("## 44.4.1 The Trade", "44.4.1"),
        ("# 3. Trade", "3"),
        ("#### **Closing Words** ##", "Closing Words"),
        ("### One two three four five six seven", "One two three four five six …"),
        ("#hashtag", ""),
        ("NEW TIMES", "NEW TIMES"),
        (
            "THE RISE OF HARBOURS, PIERS AND LIGHTS IN 1985–2000",
            "THE RISE OF HARBOURS, PIERS AND …",
        ),
        ("4.2 On harbours", "4.2"),
        ("4 harbours", ""),
        ("DOI: 10.1234/5678-90", ""),
        ("ISSN 1234-5678", ""),
        ("NATO WAS RIGHT.", ""),
        ("New Times", ""),
        ("1999", ""),
        ("", ""),
    ],
)
def test_what_opens_a_section(line: str, section: str) -> None:
    assert read_heading(line) == section


def test_capitals_inside_a_paragraph_are_no_heading() -> None:
    source = make_source("first line\nSECOND LINE\nthird line\n\nALONE\n\nlast")
    assert [heading.section for heading in source.headings] == ["ALONE"]


def test_sections_follow_the_last_heading_above_whatever_its_depth() -> None:
    content = "zero\n\n## 1 One\n\na\n\n#### 1.1 Deep\n\nb\n\n### 1.1 Again\n\nc\n\n# 2 Two\n\nd"
    source = make_source(content)
    words = ("zero", "a\n", "b\n", "c\n", "d")
    sections = [source.section_at(content.rindex(word)) for word in words]
    assert sections == [None, "1", "1.1", "1.1", "2"]


# ---- body and references ------------------------------------------------------------------------


def test_body_and_references_are_lines_or_their_beginnings() -> None:
    content = "Title\n\nThe pier stands. It leans.\n\nmore\n\nReferences\n\nAbel 1999."
    source = make_source(content, body="The pier stands", references="References")
    assert source.body == (content.index("The pier"), content.index("References"))
    assert source.references == (content.index("References"), len(content))
    assert source.section_at(len(content)) == "References"


def test_the_list_ends_with_a_section_that_lists_nothing() -> None:
    content = (
        "a\n\n## References\n\nAbel 1999. X.\n\n### Sources\n\nLund 1987. Y.\n\n"
        "## About the author\n\nShe builds piers.\n"
    )
    source = make_source(content, references="## References")
    assert source.references == (content.index("## Ref"), content.index("## About"))


def test_a_boundary_not_found_names_the_nearest_line() -> None:
    text = make_text(body="## 1 Introduktion", references="Literature")
    source, findings = index_source(text, "x\n\n## 1 Introduction\n\nwords\n")
    assert codes(findings) == [("error", "text-boundary")] * 2
    assert "'## 1 Introduction' (line 3)" in findings[0].remedy
    assert source.body == (0, len(source.content))
    assert source.references is None


def test_a_boundary_found_twice_is_told() -> None:
    text = make_text(references="References")
    source, [finding] = index_source(
        text, "Contents\n\nReferences\n\nwords\n\nReferences\n\nA 1999"
    )
    assert (finding.severity, finding.code) == ("warning", "text-boundary")
    assert source.references[0] == source.content.rindex("References")


def test_reading_is_the_same_every_time() -> None:
    content = "one (p. 2) two\n\n## 1 A\n\nthree"
    one, two = index_source(Text(key="a"), content)[0], index_source(Text(key="a"), content)[0]
    assert [getattr(one, n) for n in one.__struct_fields__] == [
        getattr(two, n) for n in two.__struct_fields__
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_is_not_read_for_ever(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "a.txt").symlink_to(tmp_path / "pipe")
    source, [finding] = read_source(Text(key="a", source="a.txt"), tmp_path)
    assert source is None
    assert finding.code == "text-unreadable"
    assert "pipe" in finding.message


def test_unprintable_names_are_escaped(tmp_path: Path) -> None:
    for content in (None, b"", b"%PDF", b"\xff"):
        if content is not None:
            (tmp_path / "a\x1b.txt").write_bytes(content)
        [finding] = read_source(Text(key="a", source="a\x1b.txt"), tmp_path)[1]
        assert finding.message.isprintable()
        assert r"\x1b" in finding.message
