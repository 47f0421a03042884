"""The list of references, entry by entry."""

from __future__ import annotations

import pytest
from texts_examples import make_source, work

from argmap.texts.references import find_listed

WORKS = (
    work("abel1999", 1999, "Abel|Nina", title="Piers of Oak: Building in the North"),
    work("abel2003", 2003, "Abel|Nina", title="Zeal and Stone"),
    work("lund1987", 1987, "Lund|Ida", title="The Long Harbour Wall"),
    work("mueller2008", 2008, "Müller|Jörg", title="Lamps"),
    work("council1995", 1995, "World Council on Harbours", title="Yearbook of the Sea"),
    work("ederfalk2001", 2001, title="Lights and Ships", editors="Eder|Max; Falk|Ute"),
    work("almanac", None, title="Harbour Almanac"),
)


def listed(content: str, **fields: object) -> list[str]:
    source = make_source(
        f"Words (Abel 1999).\n\nReferences\n\n{content}", references="References", **fields
    )
    return [entry.work for entry in find_listed(source, WORKS)]


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        ("Abel, N. 1999. *Piers of Oak*. Oslo: Press.", "abel1999"),
        ("ABEL, Nina (1999), 'Piers of Oak: Building in the North', Sea 1(2): 3–4.", "abel1999"),
        ("Abel N, 2003. Zeal and stone. Oslo.", "abel2003"),
        ("Mueller, J. 2008. Lamps. Bonn.", "mueller2008"),
        ("World Council on Harbours. 1995. Yearbook of the Sea.", "council1995"),
        ("Eder, M. and U. Falk (eds.) 2001. Lights and Ships.", "ederfalk2001"),
        ("Harbour Almanac, n.d., Oslo.", "almanac"),
        ("Abell, N. 1999. Piers of Oak: Building in the North.", "abel1999"),  # misspelt
        ("Lund, I. 1978. The Long Harbour Wall.", "lund1987"),  # wrong year
        ("Lund, I. 1999. Something else.", ""),
        ("Nobody, A. 1999. Birds.", ""),
    ],
)
def test_an_entry_lists_the_work_that_it_shares_most_with(entry: str, key: str) -> None:
    assert listed(entry) == [key]


def test_entries_are_set_apart_by_blank_lines_marks_indents_or_beginnings() -> None:
    one, two = "Abel, N. 1999. Piers of Oak.", "Lund, I. 1987. The Long\n Harbour Wall."
    expected = ["abel1999", "lund1987"]
    assert listed(f"{one}\n\n{two}") == expected
    assert listed(f"- {one}\n- {two}") == expected
    assert listed(f"{one}\n{two}") == expected
    assert listed(f"{one}\n{two.replace(chr(10), '')}") == expected
    assert (
        listed("Abel, N. 1999. Piers\nof Oak.\n\nLund, I. 1987. The\nLong Harbour Wall.")
        == expected
    )


def test_entries_a_line_each_without_blank_lines_go_on_in_other_lines() -> None:
    content = (
        "Abel, Nina (1999). Piers of Oak: Building in the\nNorth. Oslo, Sea Press 1999.\n"
        "Council on Harbours, World (1995). Yearbook of the Sea.\nOslo: World Council\n"
        "on Harbours.\n"
        "Eder, Max, Ute Falk, Ida Lund and\nNina Abel (2001). Lights and Ships. Bonn.\n"
        "Lund (1987). The Long\nHarbour Wall. Bergen, Stone Press, 1987.\n"
        "———. 1988. Of Walls.\nMüller, J. and I. Lund. 2008. Lamps."
    )
    assert listed(content) == [
        "abel1999",
        "council1995",
        "ederfalk2001",
        "lund1987",
        "",
        "mueller2008",
    ]


def test_an_entry_cut_by_a_page_is_one() -> None:
    content = "Abel, N. 1999. Piers of\n\n---\n\n(p. 2) Oak. Oslo.\n\n"
    content += "Lund, I. 1987. The Long Harbour Wall"
    assert listed(content) == ["abel1999", "lund1987"]
    content = "Abel, N. 1999. Piers of Oak\n\n---\n\n(p. 2) Lund, I. 1987. The Long Harbour Wall"
    assert listed(content) == ["abel1999", "lund1987"]


def test_a_dash_repeats_the_author() -> None:
    assert listed("Abel, N. 1999. Piers of Oak.\n\n———. 2003. Zeal and Stone.") == [
        "abel1999",
        "abel2003",
    ]


def test_place_and_first_words_are_told() -> None:
    content = "x\n\nReferences\n\n(p. 2) - Abel, N. 1999. Piers of Oak.\n"
    source = make_source(content, references="References")
    [entry] = find_listed(source, WORKS)
    assert source.content[entry.start : entry.end] == "Abel, N. 1999. Piers of Oak."
    assert (entry.page, entry.words) == ("2", "Abel, N. 1999. Piers of Oak …"[:-2] + ".")


def test_a_text_without_a_list_lists_nothing() -> None:
    assert find_listed(make_source("Abel, N. 1999. Piers of Oak."), WORKS) == ()
