"""The literature at a glance: key figures in words, a picture of schools, disputes and time."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from argmap.analysis.standings import STATUSES
from argmap.diagnostics import join_words
from argmap.exports.palette import NEUTRAL
from argmap.exports.site.library import Library

MOST_MARKS = 150
"""A lane shows so many holders at most, those with most claims."""

MOST_LANES = 12
MOST_ARCS = 40
"""The picture shows so many schools and disputes, the first in the order of analysis."""

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class Mark(NamedTuple):
    """A holder in the picture: a dot with a date, or a square without one."""

    x: float
    y: float
    size: float
    square: bool
    colour: str
    words: str
    href: str


class Lane(NamedTuple):
    """A school of thought in the picture, or those in none."""

    label: str
    href: str
    y: float
    base: float


class Arc(NamedTuple):
    """A dispute in the picture: from one for the claim to one against it, with its number."""

    path: str
    x: float
    y: float
    number: int
    words: str
    href: str


class Tick(NamedTuple):
    """A year on the axis."""

    x: float
    label: str


class Picture(NamedTuple):
    """Schools as lanes, holders by year, disputes as arcs; all lengths in units of the view box."""

    width: float
    height: float
    dated: float
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    arcs: tuple[Arc, ...]
    ticks: tuple[Tick, ...]
    unit: float


def describe_overview(library: Library) -> dict[str, Any]:
    """Return what the front page shows besides lists."""
    return {
        "figures": tell_figures(library),
        "wide": draw_picture(library, 1000, unit=1),
        "narrow": draw_picture(library, 360, unit=0.8),
    }


def spell(number: int, noun: str, plural: str = "") -> str:
    """Return ``two schools``, ``1 dispute`` as words up to ten, ``1,200 claims`` beyond."""
    word = _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"
    return f"{word} {noun if number == 1 else plural or noun + 's'}"


def tell_figures(library: Library) -> list[str]:
    """Return the key figures as sentences."""
    literature = library.literature
    years = [work.year for work in literature.works if work.year is not None]
    span = f", published from {min(years)} to {max(years)}" if years else ""
    texts = [library.name(f"@{key}") for key in library.texts]
    coded = f", coded passage by passage from {join_words(texts)}" if 0 < len(texts) < 5 else ""
    status = Counter(STATUSES[number] for number in library.findings.counts.status.tolist())
    schools = len(next(each for each in library.reports if each.topic is None).schools)
    told = [
        f"{spell(len(literature.claims), 'claim').capitalize()}{coded}, about the views of "
        f"{spell(len(library.holders), 'work, camp or actor', 'works, camps and actors')}. "
        f"The bibliography has {spell(len(literature.works), 'work')}{span}."
    ]
    parts = []
    if status["disputed"]:
        count = status["disputed"]
        parts.append(
            f"{spell(count, 'claim')} {'is' if count == 1 else 'are'} disputed between "
            f"independent voices, in {spell(len(library.disputes), 'dispute')}"
        )
    if status["corroborated"]:
        count = status["corroborated"]
        parts.append(
            f"{spell(count, 'claim')} {'has' if count == 1 else 'have'} two independent voices "
            "or more for it and none against"
        )
    if status["asserted"]:
        parts.append(f"{spell(status['asserted'], 'claim')} rest on one voice")
    if parts:
        told.append(f"{parts[0][:1].upper()}{'; '.join(parts)[1:]}.")
    if schools:
        told.append(
            f"From who agrees with whom, {spell(schools, 'school')} of thought "
            f"{'comes' if schools == 1 else 'come'} out."
        )
    return told


def draw_picture(library: Library, width: float, *, unit: float) -> Picture | None:
    """Return the picture at a width; ``unit`` scales dots and type.  None where nobody has a date.

    Lanes are as high as their dots need, which are moved apart where they would lie on each other.
    """
    dates = {
        name: library.works[name[1:]].year
        for name in library.holders
        if name.startswith("@") and name[1:] in library.works
    }
    years = [year for year in dates.values() if year is not None]
    if not years:
        return None
    low, high = min(years) // 10 * 10, math.ceil((max(years) + 1) / 10) * 10
    undated = width * (0.78 if width > 600 else 0.74)
    left = 12 * unit

    def place(year: int) -> float:
        return round(left + (undated - 3 * left) * (year - low) / (high - low), 1)

    taking = Counter(
        library.findings.tables.holders[number] for number in library.findings.sides.holder.tolist()
    )
    lanes: list[Lane] = []
    marks: list[Mark] = []
    spots: dict[str, Mark] = {}
    y = 8 * unit
    for label, href, colour, members in _list_lanes(library, taking):
        top = y + 22 * unit
        chosen = sorted(members, key=lambda name: (-taking[name], name))[:MOST_MARKS]
        placed: list[Mark] = []
        for name in sorted(chosen, key=lambda each: (dates.get(each) or 9999, each)):
            year = dates.get(name)
            size = round(min(4 + 1.3 * math.sqrt(taking[name]), 10) * unit, 1)
            start = place(year) if year is not None else undated + 12 * unit
            limit = undated - 8 * unit if year is not None else width - 10 * unit
            link = library.link_holder(name)
            mark = _fit(placed, start, limit, top + 12 * unit, size, dated=year is not None)
            mark = mark._replace(words=link.words, href=link.href, colour=colour)
            placed.append(mark)
            spots[name] = mark
        bottom = max((mark.y + mark.size for mark in placed), default=top) + 10 * unit
        room = int(width / (7.6 * unit)) if width > 600 else int(width / 7)
        label = label if len(label) <= room else f"{label[: room - 1].rstrip()}…"
        lanes.append(Lane(label, href, round(y + 13 * unit, 1), round(bottom, 1)))
        marks += placed
        y = bottom + 4 * unit
    step = 10 if (high - low) <= (90 if width > 600 else 40) else 20
    if high - low > 200:
        step = 50
    ticks = tuple(Tick(place(year), str(year)) for year in range(low, high + 1, step))
    return Picture(
        width=width,
        height=round(y + 22 * unit, 1),
        dated=round(undated, 1),
        lanes=tuple(lanes),
        marks=tuple(marks),
        arcs=_draw_arcs(library, spots, unit),
        ticks=ticks,
        unit=unit,
    )


def _list_lanes(library: Library, taking: Counter[str]) -> list[tuple[str, str, str, list[str]]]:
    """Return label, address, colour and members of each school, and of those in none."""
    overall = next(report for report in library.reports if report.topic is None)
    lanes = [
        (
            account.school.name,
            library.link_school(account.school.id).href,
            library.colour_school(account.school.id),
            list(account.school.members),
        )
        for account in overall.schools[:MOST_LANES]
    ]
    placed = {name for _, _, _, members in lanes for name in members}
    rest = sorted(name for name in taking if name not in placed)
    if rest:
        elsewhere = len(overall.schools) > MOST_LANES
        label = "In no school, or in a smaller one" if elsewhere else "In no school"
        lanes.append((label, "schools/index.html", NEUTRAL, rest))
    return lanes


def _fit(
    placed: Sequence[Mark], x: float, limit: float, y: float, size: float, *, dated: bool
) -> Mark:
    """Return a mark at the first free place: downwards for a date, rightwards and on without."""
    mark = Mark(x, y, size, not dated, NEUTRAL, "", "")
    while True:
        clash = next(
            (
                other
                for other in placed
                if abs(other.x - mark.x) < other.size + size + 1.5
                and abs(other.y - mark.y) < other.size + size + 1.5
            ),
            None,
        )
        if clash is None:
            return mark._replace(x=round(mark.x, 1), y=round(mark.y, 1))
        if dated:
            mark = mark._replace(y=clash.y + clash.size + size + 1.6)
            continue
        mark = mark._replace(x=clash.x + clash.size + size + 1.6)
        if mark.x + size > limit:
            mark = mark._replace(x=x, y=mark.y + 2 * size + 1.6)


def _draw_arcs(library: Library, spots: dict[str, Mark], unit: float) -> tuple[Arc, ...]:
    """Return an arc for each dispute, its number moved along it where numbers would overlap."""
    arcs: list[Arc] = []
    radius = 9.5 * unit
    for number, dispute in enumerate(library.disputes[:MOST_ARCS]):
        pro, con = (_choose(spots, side) for side in (dispute.pro, dispute.con))
        if pro is None or con is None:
            continue
        bend = 0.16 * math.hypot(con.x - pro.x, con.y - pro.y) + 14 * unit
        middle = ((pro.x + con.x) / 2 + bend, (pro.y + con.y) / 2 - (bend if pro.y == con.y else 0))
        x = y = 0.0
        for part in (0.5, 0.4, 0.6, 0.3, 0.7, 0.22, 0.78, 0.5):
            x, y = (
                (1 - part) ** 2 * start + 2 * part * (1 - part) * turn + part**2 * end
                for start, turn, end in zip((pro.x, pro.y), middle, (con.x, con.y), strict=True)
            )
            near = any(math.hypot(arc.x - x, arc.y - y) < 2.1 * radius for arc in arcs)
            if not near:
                break
        link = library.link_dispute(number)
        arcs.append(
            Arc(
                path=f"M{pro.x:.1f} {pro.y:.1f}Q{middle[0]:.1f} {middle[1]:.1f} "
                f"{con.x:.1f} {con.y:.1f}",
                x=round(x, 1),
                y=round(y, 1),
                number=number + 1,
                words=link.words,
                href=link.href,
            )
        )
    return tuple(arcs)


def _choose(spots: dict[str, Mark], side: Iterable[str]) -> Mark | None:
    """Return the mark that stands for a side: a work with a date rather than a camp."""
    found = [spots[name] for name in side if name in spots]
    return min(found, key=lambda mark: (mark.square, -mark.size, mark.x, mark.y), default=None)
