"""The short forms: citations as pandoc writes them, holders, steps, slugs."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.authoring.shorthand import (
    is_key,
    is_slug,
    parse_citations,
    parse_holder,
    parse_step,
    qualify,
)


@pytest.mark.parametrize(
    ("written", "pairs"),
    [
        ("walt1987", [("walt1987", "")]),
        (" @walt1987 ", [("walt1987", "")]),
        ("[@walt1987]", [("walt1987", "")]),
        ("[-@walt1987, 12]", [("walt1987", "12")]),
        ("[@walt1987, p. 87]", [("walt1987", "p. 87")]),
        ("@walt1987, p. 87", [("walt1987", "p. 87")]),
        ("@walt1987 p. 87", [("walt1987", "p. 87")]),
        ("@walt1987: 87", [("walt1987", "87")]),
        ("[@{walt1987}, {p. 87}]", [("walt1987", "p. 87")]),
        (
            "[see @walt1987, pp. 8-9; cf. also @waltz1979]",
            [("walt1987", "pp. 8-9"), ("waltz1979", "")],
        ),
        ("see for instance e.g. @walt1987", [("walt1987", "")]),
        ("DBLP:conf/x/Y93", [("DBLP:conf/x/Y93", "")]),
        ("[@a.b:c, ch. 3, n. 4]", [("a.b:c", "ch. 3, n. 4")]),
        ("[@walt1987.]", [("walt1987", "")]),
        ("@müller2020", [("müller2020", "")]),
    ],
)
def test_citations(written: str, pairs: list[tuple[str, str]]) -> None:
    assert parse_citations(written) == (pairs, "")


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", "neither a key nor a citation"),
        ("two words", "neither a key nor a citation"),
        ("[walt1987]", "neither a key nor a citation"),
        ("a, b", "neither a key nor a citation"),
        ("@", "no key after @"),
        ("[@]", "no key after @"),
        ("[@, p. 3]", "no key after @"),
        ("[@a; b]", "no @ before its key"),
        ("[@a;]", "no @ before its key"),
        ("[@a @b]", "without `;` between"),
        ("@a, @b", "without `;` between"),
        ("[@a, p. 3", "brackets"),
        ("@a, p. 3]", "brackets"),
        ("@a [p. 3]", "brackets"),
        ("[@a, [p. 3]]", "holds brackets"),
        ("as one can read in @a", "no prefix"),
        ("see@a", "no prefix"),
        ("name@example.org", "no prefix"),
        ("[@{a b}]", "no key after @"),
    ],
)
def test_malformed_citations(written: str, words: str) -> None:
    pairs, wrong = parse_citations(written)
    assert pairs == []
    assert words in wrong


@pytest.mark.parametrize(
    ("written", "holder", "locator"),
    [
        ("walt1987", "@walt1987", ""),
        ("@walt1987", "@walt1987", ""),
        ("[@walt1987, p. 87]", "@walt1987", "p. 87"),
        ("actor:the-king", "actor:the-king", ""),
        (" group:a_b ", "group:a_b", ""),
        ("DBLP:x/y", "@DBLP:x/y", ""),
    ],
)
def test_holders(written: str, holder: str, locator: str) -> None:
    assert parse_holder(written) == (holder, locator, "")


@pytest.mark.parametrize("written", ["", "actor:", "actor:-x", "group:a b", "[@a; @b]", "a b"])
def test_malformed_holders(written: str) -> None:
    holder, locator, wrong = parse_holder(written)
    assert (holder, locator) == ("", "")
    assert wrong


@pytest.mark.parametrize(
    ("written", "step"),
    [
        ("a -> b", ("a", ("supports", "explains"), "b")),
        ("a->b", ("a", ("supports", "explains"), "b")),
        ("a → b", ("a", ("supports", "explains"), "b")),
        ("a-b->c-d", ("a-b", ("supports", "explains"), "c-d")),
        ("x/a contests y/b", ("x/a", ("contests",), "y/b")),
        ("a explains b", ("a", ("explains",), "b")),
        ("a undercuts x.supports.y", ("a", ("undercuts",), "x.supports.y")),
        ("a", None),
        ("a - b", None),
        ("-> b", None),
        ("a ->", None),
        ("a supports", None),
        ("a denies b", None),
        ("x/a.supports.x/b", None),
    ],
)
def test_steps(written: str, step: object) -> None:
    assert parse_step(written) == step


@pytest.mark.parametrize(
    "word", ["a", "a-b", "A_1", "1", "é", "договор", "同盟", "हिंदी-संधि", "สนธิ"]
)
def test_slugs(word: str) -> None:
    assert is_slug(word)


@pytest.mark.parametrize(
    "word", ["", "-a", "a-", "_a", "a b", "a/b", "a.b", "a:b", "a…", "\u0301a"]
)
def test_no_slugs(word: str) -> None:
    assert not is_slug(word)


def test_references_are_qualified_within_their_text() -> None:
    assert qualify("a", "smith2020") == "smith2020/a"
    assert qualify("other/a", "smith2020") == "other/a"
    assert qualify("a", "") == "a"


keys = st.from_regex(r"[A-Za-zäß][A-Za-z0-9:._/+-]{0,8}[A-Za-z0-9]", fullmatch=True)
locators = st.sampled_from(["", "p. 87", "pp. 8-9", "ch. 3, n. 4", "87–9", "iv"])


@given(st.lists(st.tuples(keys, locators), min_size=1, max_size=4))
def test_citations_written_out_are_read_back(pairs: list[tuple[str, str]]) -> None:
    inner = "; ".join(f"@{key}, {place}" if place else f"@{key}" for key, place in pairs)
    assert parse_citations(f"[{inner}]") == (pairs, "")
    assert parse_citations(inner) == (pairs, "")


@given(st.text(alphabet="@[]{};,.:- ab\n1…é#'\"", max_size=30))
@settings(max_examples=500, deadline=None)
def test_any_text_is_read_or_refused(written: str) -> None:
    pairs, wrong = parse_citations(written)
    assert bool(pairs) != bool(wrong)
    assert all(is_key(key) and key not in "@[]" for key, _ in pairs)
    assert all(not set("@[];") & set(place) for _, place in pairs)
    holder, _, wrong = parse_holder(written)
    assert bool(holder) != bool(wrong)
    parse_step(written)


@pytest.mark.parametrize(
    "written",
    [
        "[@" + "a" * 50_000 + " " * 50_000,
        "@a;" * 50_000 + "]",
        "a " * 50_000 + "@",
        "@" + "." * 100_000,
        "a" * 100_000 + ",",
        "->" * 50_000 + " x y",
        " " * 100_000 + "->",
        "[" * 100_000,
    ],
)
def test_long_input_takes_no_time(written: str) -> None:
    start = time.process_time()
    parse_citations(written)
    parse_holder(written)
    parse_step(written)
    is_slug(written)
    assert time.process_time() - start < 2
