"""How far a text is coded, as the corpus and the lock file tell it without a copy of the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from argmap.exports.site.library import Library
from argmap.model import Anchor

STRIPES = 120
"""Into so many pieces of the same length a text is cut for its picture."""


class Stripe(NamedTuple):
    """A run of pieces of a text that are alike: where it begins, how long it is, and what it is."""

    start: int
    length: int
    kind: str


class TextMeasure(NamedTuple):
    """How much of a text carries claims.

    Shares are of the characters from the first to the last coded passage, in whole per cent; they
    are None where no passage was ever proved.  ``citations`` counts recorded citations by role.
    """

    claims: int
    uncoded: int
    positions: int
    citations: int
    roles: tuple[tuple[str, int], ...]
    pages: int
    claimed: int | None
    excused: int | None
    stripes: tuple[Stripe, ...]


def measure_text(library: Library, key: str) -> TextMeasure:
    """Return how far a text is coded; O(claims log claims + length of the text)."""
    claims = library.claims_of.get(key, [])
    told = library.told_in.get(key, ())
    excused = library.uncoded_of.get(key, ())
    citations = library.cited_in.get(key, ())
    # Positions and relations may have passages of their own.
    taken = _list_spans(
        (*(claim.anchor for claim in claims), *library.passages_in.get(key, ())), key
    )
    left = _list_spans([each.anchor for each in excused], key)
    roles = Counter(each.role.replace("-", " ") for each in citations)
    pages = {each.anchor.page for each in claims if each.anchor and each.anchor.page}
    share: tuple[int | None, int | None] = (None, None)
    stripes: tuple[Stripe, ...] = ()
    if taken:
        low = min(start for start, _ in taken + left)
        high = max(end for _, end in taken + left)
        marks = bytearray(high - low)
        for spans, mark in ((left, 2), (taken, 1)):
            for start, end in spans:
                marks[start - low : end - low] = bytes([mark]) * (end - start)
        share = (round(100 * marks.count(1) / len(marks)), round(100 * marks.count(2) / len(marks)))
        stripes = _cut_stripes(marks)
    return TextMeasure(
        claims=len(claims),
        uncoded=len(excused),
        positions=len(told),
        citations=len(citations),
        roles=tuple(sorted(roles.items(), key=lambda item: (-item[1], item[0]))),
        pages=len(pages),
        claimed=share[0],
        excused=share[1],
        stripes=stripes,
    )


def _list_spans(anchors: Iterable[Anchor | None], key: str) -> list[tuple[int, int]]:
    return [
        (anchor.start, anchor.end)
        for anchor in anchors
        if anchor is not None and anchor.text == key and anchor.start is not None and anchor.end
    ]


def _cut_stripes(marks: bytearray) -> tuple[Stripe, ...]:
    """Return the picture of a text: runs of pieces, each named by what most of it is."""
    names = ("open", "claimed", "excused")
    pieces = min(STRIPES, len(marks))
    stripes: list[Stripe] = []
    for number in range(pieces):
        piece = marks[number * len(marks) // pieces : (number + 1) * len(marks) // pieces]
        kind = names[max(range(3), key=piece.count)]
        if stripes and stripes[-1].kind == kind:
            stripes[-1] = stripes[-1]._replace(length=stripes[-1].length + 1)
        else:
            stripes.append(Stripe(number, 1, kind))
    return tuple(stripes)
