"""Anchors: read, written, proved, and what is said where they cannot be."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from texts_examples import make_source, passage, prove

from argmap.model import Anchor
from argmap.texts.anchors import format_anchor, parse_anchor, prove_anchor, read_page

PIERS = make_source(
    "## 1 Piers\n\nAll piers were built of oak in the old days. Some say that the harbour was be-\n"
    "tween two “walls of stone”; others, and they're many, that a pier is a self-\nmade thing,"
    " un-\n\n## Piers\n\n---\n\nder heavy (p. 2) load. All piers leaned. Nothing else did.\n\n"
    "## 2 Lights\n\nNo light was lit before dusk—or after it. All piers were dark then.\n",
    running=("## Piers", "---"),
)


# ---- the written form ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "page", "head", "tail"),
    [
        ("660: one two … three four.", "660", "one two", "three four."),
        ("660: one two ... three", "660", "one two", "three"),
        ("  660 :one\n two\n…\nthree ", "660", "one two", "three"),
        ("one two … three", "", "one two", "three"),
        ("one two three", "", "one two three", ""),
        ("12: one", "12", "one", ""),
        ("p. 12: one", "12", "one", ""),
        ("pp. 654–655: one … two", "654-655", "one", "two"),
        ("654-5: one … two", "654-655", "one", "two"),
        ("xii: one … two", "xii", "one", "two"),
        ("e123: one … two", "e123", "one", "two"),
        ("660: one […] two", "660", "one", "two"),
        ("Note: this … that", "", "Note: this", "that"),
        ("mix: this … that", "", "mix: this", "that"),
        ("660: the ratio 3:1 … held", "660", "the ratio 3:1", "held"),
    ],
)
def test_anchors_are_read_as_scholars_write_them(
    written: str, page: str, head: str, tail: str
) -> None:
    anchor, wrong = parse_anchor("essay", written)
    assert wrong == ""
    assert anchor == Anchor(text="essay", page=page, head=head, tail=tail)


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("", "empty"),
        ("  ", "empty"),
        ("660: … two", "no first words"),
        ("660: one …", "no last words"),
        ("660: — … two", "no first words"),
        ("660: one … two … three", "more than one"),
        ("655-654: one", "backwards"),
    ],
)
def test_what_is_no_anchor_is_said(written: str, word: str) -> None:
    anchor, wrong = parse_anchor("essay", written)
    assert anchor is None
    assert word in wrong


PAGES = st.one_of(
    st.just(""),
    st.integers(1, 9999).map(str),
    st.tuples(st.integers(1, 500), st.integers(501, 999)).map(lambda p: f"{p[0]}-{p[1]}"),
    st.sampled_from(["xii", "e12", "S3", "iv-ix"]),
)
WORDS = st.lists(
    st.sampled_from(["pier", "harbour's", "self-made", "“oak”,", "1999", "über"]), min_size=1
)


@given(PAGES, WORDS.map(" ".join), st.one_of(st.just(""), WORDS.map(" ".join)))
@settings(max_examples=80, deadline=None)
def test_what_is_written_reads_back(page: str, head: str, tail: str) -> None:
    anchor = Anchor(text="essay", page=page, head=head, tail=tail)
    assert parse_anchor("essay", format_anchor(anchor)) == (anchor, "")


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_an_anchor_or_wrong(written: str) -> None:
    anchor, wrong = parse_anchor("essay", written)
    assert (anchor is None) == bool(wrong)
    if anchor is not None:
        again, _ = parse_anchor("essay", format_anchor(anchor))
        assert again is not None
        assert prove_anchor(PIERS, anchor) == prove_anchor(PIERS, anchor)


def test_pages_have_one_form() -> None:
    assert read_page(" 654–5 ") == ("654-655", "")
    assert read_page("12") == ("12", "")
    assert read_page("x12y")[1] == "'x12y' is not a page"


# ---- found --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "begin", "end"),
    [
        ("1: All piers were … old days.", "All piers were built", "old days."),
        ("1: all PIERS were … old days", "All piers were built", "old days"),
        ("1: harbour was between … walls of stone", "harbour was", "walls of stone"),
        ('1: two "walls … theyre many', "two “walls", "they're many"),
        ("1: and they're many", "and they", "many"),
        ("1: a self-made thing", "a self", "thing"),
        ("1: a selfmade … under heavy", "a self", "heavy"),
        ("1: a self made … heavy load", "a self", "load"),
        ("1-2: thing, under … load.", "thing, un", "load."),
        ("2: dusk - or after", "dusk—", "after"),
        ("2: All piers leaned", "All piers leaned", "leaned"),
        ("No light was … after it.", "No light", "after it."),
        ("1: “walls of stone”", "“walls", "stone”;"),
    ],
)
def test_passages_are_found(at: str, begin: str, end: str) -> None:
    found = passage(PIERS, at)
    assert found.startswith(begin)
    assert found.endswith(end)


def test_proving_fills_everything() -> None:
    anchor, problem = prove(PIERS, "2: No light was … after it.")
    assert problem is None
    assert (anchor.page, anchor.page_inferred, anchor.section) == ("2", False, "2")
    assert re.fullmatch(r"[0-9a-f]{64}", anchor.sha256)
    assert PIERS.content[anchor.start : anchor.end] == "No light was lit before dusk—or after it."


def test_a_page_left_out_is_filled_in() -> None:
    assert prove(PIERS, "Nothing else did.")[0].page == "2"


def test_a_span_without_page_marks_keeps_the_page_given_and_flags_it() -> None:
    source = make_source("one two three", first="", mark="")
    anchor, problem = prove(source, "12: one two")
    assert problem is None
    assert (anchor.page, anchor.page_inferred) == ("12", True)
    assert prove(source, "one two")[0].page_inferred is False


def test_the_tail_is_the_nearest_after_the_head() -> None:
    source = make_source("start one stop two stop three")
    assert passage(source, "start … stop") == "start one stop"


def test_head_and_tail_do_not_overlap() -> None:
    source = make_source("the pier the pier stands")
    assert passage(source, "the pier the … stands") == "the pier the pier stands"
    assert prove(source, "pier stands … stands")[1].code == "anchor-not-found"


def test_words_are_compared_whole() -> None:
    source = make_source("the repair of a pier; the pier's end")
    assert passage(source, "pier") == "pier"
    assert passage(source, "pier's end") == "pier's end"
    assert prove(source, "air of")[1] is not None


def test_a_name_is_found_before_its_apostrophe_if_nowhere_else() -> None:
    source = make_source("Minister Oak's statement")
    assert passage(source, "Minister Oak") == "Minister Oak"


def test_a_page_that_begins_in_the_middle_of_a_word_is_the_later_page() -> None:
    source = make_source("a half-(p. 2) way house")
    assert prove(source, "2: way house")[1] is None


def test_the_section_given_must_be_the_passages() -> None:
    assert prove(PIERS, "2: No light was … after it.", section="2")[1] is None
    _, problem = prove(PIERS, "2: No light was … after it.", section="1")
    assert (problem.code, problem.remedy) == (
        "anchor-section",
        "Write '2', or leave the section out.",
    )


def test_the_section_given_decides_between_two_passages() -> None:
    source = make_source("## 1 A\n\nThe pier.\n\n## 2 B\n\nThe pier.")
    anchor, problem = prove(source, "1: The pier", section="2")
    assert problem is None
    assert anchor.start == source.content.rindex("The pier")


# ---- not found ----------------------------------------------------------------------------------


def test_words_not_there_bring_the_nearest() -> None:
    _, problem = prove(PIERS, "2: All peirs leened … did")
    assert problem.code == "anchor-not-found"
    assert "on page 2" in problem.message
    assert problem.remedy == "Nearest: “All piers leaned” on page 2."


def test_of_equal_places_the_nearest_to_the_page_is_named() -> None:
    assert "on page 1" in prove(PIERS, "1: All piers wore … days")[1].remedy
    assert "on page 2" in prove(PIERS, "2: All piers wore … then")[1].remedy


def test_words_like_nothing_in_the_text_are_said_so() -> None:
    _, problem = prove(PIERS, "1: quarterly dividend growth … x")
    assert "Nothing in the text is near" in problem.remedy


def test_a_tail_that_does_not_follow_is_told_apart() -> None:
    _, problem = prove(PIERS, "2: Nothing else did … All piers leaned")
    assert problem.code == "anchor-not-found"
    assert "last words" in problem.message
    assert "page 2, before it" in problem.remedy


def test_a_tail_too_far_away_is_told_so() -> None:
    source = make_source("head " + "word " * 500 + "tail end")
    _, problem = prove(source, "head … tail end")
    assert "500 words after it" in problem.remedy


def test_a_misspelt_tail_brings_its_nearest() -> None:
    _, problem = prove(PIERS, "1: All piers were … the auld days.")
    assert "“the auld days.”" in problem.message
    assert "“the old days”" in problem.remedy


def test_a_wrong_page_brings_the_right_one() -> None:
    _, problem = prove(PIERS, "1: Nothing else did.")
    assert (problem.code, problem.remedy) == ("anchor-page", "Write 2.")
    _, problem = prove(PIERS, "7: Nothing else did.")
    assert (problem.code, problem.remedy) == ("anchor-page", "Write 2.")
    _, problem = prove(PIERS, "7: quite other words")
    assert "runs from page 1 to 2" in problem.message


def test_a_span_of_pages_must_fit_both() -> None:
    assert prove(PIERS, "1-2: a self-made … load")[1] is None
    _, problem = prove(PIERS, "1-2: All piers were … old days")
    assert (problem.code, problem.remedy) == ("anchor-page", "Write 1.")
    _, problem = prove(PIERS, "2-3: a self-made … load")
    assert (problem.code, problem.remedy) == ("anchor-page", "Write 1-2.")


def test_two_passages_are_told_with_their_places() -> None:
    _, problem = prove(PIERS, "All piers")
    assert problem.code == "anchor-twice"
    assert "3 passages" in problem.message
    assert "page 1 and page 2 (2 times)" in problem.message
    assert "Name the page" in problem.remedy
    assert prove(PIERS, "1: All piers")[1] is None
    assert prove(PIERS, "2: All piers")[1].code == "anchor-twice"


def test_messages_quote_six_words_at_most() -> None:
    _, problem = prove(PIERS, "1: one two three four five six seven eight nine")
    assert "six …" in problem.message
    assert "seven" not in problem.message


def test_an_anchor_without_words_is_a_problem_not_a_crash() -> None:
    assert prove_anchor(PIERS, Anchor(text="essay"))[1].code == "anchor-not-found"
    empty = make_source("---", mark="", first="")
    assert prove_anchor(empty, Anchor(text="essay", head="pier", tail="x"))[1] is not None


WORD = st.text("abcdefgh", min_size=1, max_size=4)


@given(st.lists(WORD, min_size=8, max_size=60), st.data())
@settings(max_examples=60, deadline=None)
def test_every_unique_passage_is_found_at_its_place(words: list[str], data: st.DataObject) -> None:
    seps = data.draw(st.lists(st.sampled_from([" ", "\n", ", ", " (p. 2) "]), min_size=len(words)))
    if " (p. 2) " in seps:
        cut = seps.index(" (p. 2) ")
        seps = [sep if i == cut or sep != " (p. 2) " else " " for i, sep in enumerate(seps)]
    content = "".join(word + sep for word, sep in zip(words, seps, strict=False))
    source = make_source(content)
    first = data.draw(st.integers(0, len(words) - 4))
    last = data.draw(st.integers(first + 4, len(words)))
    head, tail = " ".join(words[first : first + 2]), " ".join(words[last - 2 : last])
    anchor = Anchor(text="essay", head=head, tail=tail)
    proved, problem = prove_anchor(source, anchor)
    if problem is None:
        found = source.content[proved.start : proved.end]
        stripped = re.sub(r"[^a-h]", "", found.replace("(p. 2)", ""))
        assert stripped.startswith(head.replace(" ", ""))
        assert stripped.endswith(tail.replace(" ", ""))
        assert proved.page == source.page_at(proved.start)
    else:
        assert problem.code == "anchor-twice"
