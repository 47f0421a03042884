"""The colours of argmap: the same for the same thing in every picture, graph file and page.

Every colour stands out from white and from near-black paper alike (contrast of at least 3 : 1), and
any two of one group can be told apart with protanopia, deuteranopia and tritanopia.
"""

from __future__ import annotations

from collections.abc import Mapping

from argmap.model import Derived, School

NEUTRAL = "#808080"
"""What belongs to no school, or to one beyond the eighth."""

SCHOOLS: tuple[str, ...] = (
    "#3c96ff",
    "#e1784b",
    "#1e7800",
    "#c300b4",
    "#783cff",
    "#e1001e",
    "#964b69",
    "#b478b4",
)
"""Colours of schools, in the order in which analysis gives the schools: most voices first."""

_SUPPORT, _CONTEST, _QUALIFY, _UNDERCUT, _EXPLAIN = (
    "#1e96ff",
    "#d20000",
    "#c38700",
    "#ff4bb4",
    "#5a3cff",
)

KINDS: Mapping[str, str] = {
    "supports": _SUPPORT,
    "contests": _CONTEST,
    "undercuts": _UNDERCUT,
    "qualifies": _QUALIFY,
    "explains": _EXPLAIN,
    "asserts": _SUPPORT,
    "endorses": _SUPPORT,
    "disputes": _CONTEST,
    "reports": NEUTRAL,
    "for": _SUPPORT,
    "against": _CONTEST,
    "on both sides": _QUALIFY,
    "agrees": _SUPPORT,
    "disagrees": _CONTEST,
    "cites": NEUTRAL,
}
"""Colours of edges by kind: relations, stances, sides, agreement, citations."""


def list_schools(derived: Derived) -> tuple[School, ...]:
    """Return the schools of the whole literature, or of the one topic that was analysed."""
    topic = derived.parameters.get("topic")
    return tuple(school for school in derived.schools if school.topic == topic)


def colour_schools(derived: Derived) -> dict[str, str]:
    """Return the colour of each school by its id; those beyond the eighth are neutral."""
    schools = list_schools(derived)
    return {
        school.id: SCHOOLS[number] if number < len(SCHOOLS) else NEUTRAL
        for number, school in enumerate(schools)
    }


def split_colour(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue, 0 to 255, of ``#rrggbb``."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
