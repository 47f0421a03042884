"""The normal form of a passage and its digest, passages for showing, runs of words repeated."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from texts_examples import make_source

from argmap.texts.passages import digest_span, find_verbatim, normalise_span, quote_span


def normal(content: str, **fields: object) -> str:
    source = make_source(content, **fields)
    return normalise_span(source, 0, len(content))


PLAIN = "It stood between us — “so to say” — in self-made order, didn't it?"


@pytest.mark.parametrize(
    "copy",
    [
        PLAIN.replace(" ", "\n"),
        PLAIN.replace(" ", " \r\n\t"),
        PLAIN.replace("between", "be-\ntween"),
        PLAIN.replace("between", "be\u00ad\n\ntween"),
        PLAIN.replace("between", "be-\n\n## Piers\n\n---\n\ntween"),
        PLAIN.replace("between", "be- (p. 2)\ntween"),
        PLAIN.replace("between us", "between (p. 2) us"),
        PLAIN.replace("between us", "between\n## Piers\n(p. 2) us"),
        PLAIN.replace("between", "bet-\n\n## Piers\n\nbetween"),
        PLAIN.replace("between", "be\u00adtween"),
        PLAIN.replace("self-made", "self-\nmade"),
        PLAIN.replace("self-made", "self\u2010made"),
        PLAIN.replace("“", '"').replace("”", '"'),
        PLAIN.replace("“", "«").replace("”", "»").replace("'", "’"),
        PLAIN.replace("“", "``").replace("”", "''"),
        PLAIN.replace(" — ", "—"),
        PLAIN.replace(" — ", " - "),
        PLAIN.replace(" — ", " -- "),
        "\u200b" + PLAIN + "  \n",
    ],
)
def test_how_a_copy_is_set_makes_no_difference(copy: str) -> None:
    assert normal(copy, running=("## Piers",)) == normal(PLAIN)


@pytest.mark.parametrize(
    "copy",
    [
        PLAIN.replace("between", "among"),
        PLAIN.replace("order,", "order"),
        PLAIN.replace("?", "."),
        PLAIN.replace("It", "it"),
        PLAIN.replace("so to say", "so say"),
        PLAIN.replace("“", "").replace("”", ""),
        PLAIN.replace(" — ", " ", 1),
        PLAIN.replace("made order", "madeorder"),
    ],
)
def test_words_and_punctuation_make_one(copy: str) -> None:
    assert normal(copy) != normal(PLAIN)


def test_composed_and_decomposed_letters_are_one() -> None:
    assert normal("Mo\u0308lling caf\u00e9 \ufb01n") == normal("Mölling cafe\u0301 fin")


def test_the_digest_is_that_of_the_normal_form() -> None:
    source = make_source("“A  b”")
    assert normalise_span(source, 0, 6) == '"A b"'
    assert digest_span(source, 0, 6) == hashlib.sha256(b'"A b"').hexdigest()


WORD = st.text("abc", min_size=1, max_size=4)
BREAKS = st.sampled_from([" ", "\n", " \n\n", "\n## Piers\n", "\n\n---\n\n", "\r\n", "  "])


@given(st.lists(WORD, min_size=1, max_size=12), st.data())
@settings(max_examples=60, deadline=None)
def test_breaks_between_words_never_show(words: list[str], data: st.DataObject) -> None:
    content = "".join(word + data.draw(BREAKS) for word in words)
    assert normal(content, running=("## Piers",)) == " ".join(words)


@given(st.lists(WORD, min_size=1, max_size=8), st.data())
@settings(max_examples=60, deadline=None)
def test_a_span_in_its_text_has_the_form_it_has_alone(
    words: list[str], data: st.DataObject
) -> None:
    before, after = "x y\n## Piers\n", "\n---\nz"
    content = "".join(word + data.draw(BREAKS) for word in words)
    source = make_source(before + content + after, running=("## Piers",))
    span = normalise_span(source, len(before), len(before) + len(content))
    assert span == normal(content, running=("## Piers",))


# ---- for showing --------------------------------------------------------------------------------


def test_a_quotation_is_one_clean_line() -> None:
    content = (
        "The “old”\npier, un-\n\n## Piers\n\n---\n\nder (p. 2)  heavy load—a self-\nmade, bor-\n"
        "rowed one (by Hart-\nLevy); another self-made, went to es-\n\n## Piers\n\nestablish it"
    )
    source = make_source(content, running=("## Piers",))
    assert quote_span(source, 0, len(content)) == (
        "The “old” pier, under heavy load—a self-made, borrowed one (by Hart-Levy);"
        " another self-made, went to establish it"
    )


def test_a_part_of_a_text_is_quoted_alone() -> None:
    content = "one\n## Piers\ntwo three\n## Piers\nfour"
    source = make_source(content, running=("## Piers",))
    start = content.index("two")
    assert quote_span(source, start, start + 9) == "two three"
    assert quote_span(source, start, start + 3) == "two"
    assert quote_span(source, 5, 9) == ""


# ---- runs of words ------------------------------------------------------------------------------

SEA = make_source(
    "The sea was calm on the evening of the day when the keep-\ner's daughter lit the lamp. "
    "Not long after, ships came in.\n\nReferences\n\nOf ships that came and went and came again to"
    " stay, 1999.",
    references="References",
)


def test_eight_words_in_a_row_are_found_where_they_stand() -> None:
    span = find_verbatim(SEA, "She says: calm, on the Evening of the DAY, when all was well.")
    assert span is not None
    assert SEA.content[slice(*span)] == "calm on the evening of the day when"


def test_seven_words_are_not() -> None:
    assert find_verbatim(SEA, "Calm on the evening of the day then.") is None
    assert find_verbatim(SEA, "Calm on the evening of the day then.", run=7) is not None


def test_words_cut_at_a_line_are_whole_and_apostrophes_part_them() -> None:
    span = find_verbatim(SEA, "of the day when the keeper's daughter smiled")
    assert span is not None
    assert SEA.content[slice(*span)].endswith("keep-\ner's daughter")


def test_the_longest_run_counts() -> None:
    statement = (
        "the evening of the day when the keeper; the sea was calm on the evening of the day when"
    )
    span = find_verbatim(SEA, statement)
    assert span is not None
    assert span[0] == 0


def test_titles_in_the_references_may_be_repeated() -> None:
    assert find_verbatim(SEA, "Of ships that came and went and came again to stay") is None


def test_short_statements_and_empty_texts_have_no_run() -> None:
    assert find_verbatim(SEA, "") is None
    assert find_verbatim(make_source("a b"), "a b c d e f g h i") is None
