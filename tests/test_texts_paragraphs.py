"""Paragraphs of the body."""

from __future__ import annotations

from texts_examples import make_source, make_text

from argmap.texts.paragraphs import split_paragraphs
from argmap.texts.passages import quote_span
from argmap.texts.sources import index_source


def split(content: str, **fields: object) -> list[str]:
    text = make_text(**fields)
    source, findings = index_source(text, content)
    assert findings == []
    return [quote_span(source, p.start, p.end) for p in split_paragraphs(source, text)]


def test_blank_lines_set_paragraphs_apart_and_headings_are_none() -> None:
    content = "## 1 A\n\nOne two\nthree.\n\nFour.\n\n \t\n\nALL CAPITALS\n\nFive.\n"
    assert split(content) == ["One two three.", "Four.", "Five."]


def test_only_the_body_counts() -> None:
    content = "Front matter.\n\n## 1 A\n\nBody.\n\n## References\n\nAbel. 1999. X.\n"
    assert split(content, body="## 1 A", references="## References") == ["Body."]


def test_a_paragraph_cut_by_a_running_head_is_one() -> None:
    content = (
        "The pier was un-\n\n## Piers\n\n---\n\nder load and\n\n## Piers\n\n\nLeaned.\n\nNext."
    )
    assert split(content, running=("## Piers",)) == ["The pier was under load and Leaned.", "Next."]


def test_a_paragraph_that_ends_with_its_page_is_not_joined() -> None:
    content = "The pier stood.\n\n## Piers\n\nThe light shone.\n\nEnd."
    assert split(content, running=("## Piers",)) == ["The pier stood.", "The light shone.", "End."]


def test_a_paragraph_cut_by_a_page_mark_or_an_inferred_page_is_one() -> None:
    assert split("The pier\n\n(p. 2) Oak leaned.") == ["The pier Oak leaned."]
    content = "It started with\n\nPresident Oak's word.\n\nthe end"
    inferred = (("2", "President Oak"),)
    assert split(content, mark="", inferred=inferred) == [
        "It started with President Oak's word.",
        "the end",
    ]
    assert split(content, mark="")[0] == "It started with"


def test_an_abbreviation_at_the_end_of_a_page_does_not_end_the_paragraph() -> None:
    assert split("made by the U.S.\n\n(p. 2) navy.") == ["made by the U.S. navy."]
    assert split("made by the U.S.\n\n(p. 2) Navy.") == ["made by the U.S.", "Navy."]


def test_small_letters_go_on_even_without_a_page() -> None:
    assert split("vision of strategic\n\ndevelopment goals.") == [
        "vision of strategic development goals."
    ]


def test_list_items_stand_alone() -> None:
    content = "Three things:\n\n- one;\n- two\n  lines;\n* three.\n\n1. first\n2) second\n"
    content += "(a) third\n\nEnd."
    assert split(content) == [
        "Three things:",
        "- one;",
        "- two lines;",
        "* three.",
        "1. first",
        "2) second",
        "(a) third",
        "End.",
    ]


def test_a_heading_is_never_bridged() -> None:
    assert split("cut in mid-air\n\n(p. 2)\n\n## 2 B\n\nnew words.") == [
        "cut in mid-air",
        "new words.",
    ]


def test_page_section_and_first_words_are_those_of_the_first_word() -> None:
    content = "## 1 A\n\nOne.\n\n(p. 2)\n\n## 2 B\n\n- “two, self-made three four five six seven”"
    text = make_text()
    source = make_source(content)
    [one, two] = split_paragraphs(source, text)
    assert (one.number, one.page, one.section, one.words) == (1, "1", "1", "One.")
    assert (two.number, two.page, two.section, two.page_inferred) == (2, "2", "2", False)
    assert two.words == "- “two, self-made three four five …"
    assert source.content[two.start : two.end].startswith("- “two")


def test_crlf_and_lone_marks_are_tolerated() -> None:
    assert split("One.\r\n\r\n\ufeffTwo,\r\nthree.\r\n\r\n***\r\n\r\n!!!\r\n") == [
        "One.",
        "Two, three.",
    ]
    assert split("") == []
