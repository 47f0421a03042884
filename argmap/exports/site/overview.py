"""The literature at a glance: key figures in words, a picture of schools, disputes and time."""

from __future__ import annotations

import math
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from argmap.analysis.standings import STATUSES
from argmap.diagnostics import join_words
from argmap.exports.palette import NEUTRAL
from argmap.exports.site.library import Library

MOST_MARKS = 150
"""A lane shows so many holders at most, those with most claims."""

MOST_LANES = 12
MOST_ARCS = 40
"""The picture shows so many schools and disputes, the first in the order of analysis."""

TOP = 24.0
"""Where the first lane begins, below the headings of the columns."""

_BENDS = (1.0, 1.6, 0.5, 2.3, -0.6, -1.2, 3.0, -2.0, 4.0)
_PARTS = tuple(
    (0.5 + sign * step / 40) for step in range(16) for sign in (1, -1) if step or sign > 0
)

FloatArray = npt.NDArray[np.float64]

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


class Mark(NamedTuple):
    """A holder in the picture, of a kind that has its own shape: work, group or actor.

    Within ``reach`` of its middle it is meant by a finger: as far as other marks leave room.
    """

    x: float
    y: float
    size: float
    kind: str
    colour: str = NEUTRAL
    words: str = ""
    href: str = ""
    reach: float = 0.0


class Lane(NamedTuple):
    """A school of thought in the picture, or those in none."""

    lines: tuple[str, ...]
    href: str
    y: float
    base: float


class Arc(NamedTuple):
    """A dispute in the picture: from one for the claim to one against it.

    Its number stands on a badge at ``x`` and ``y``.
    """

    path: str
    x: float
    y: float
    number: int
    words: str
    href: str
    reach: float = 0.0


class Tick(NamedTuple):
    """A year on the axis."""

    x: float
    label: str


class Scale(NamedTuple):
    """How large things are in a picture of a width, all in units of its view box.

    ``letter`` and ``line`` are how wide a letter and how high a line of a lane's name are,
    ``badge`` is the radius of a dispute's badge, and ``reach`` the radius that a finger needs in
    the narrowest window in which the picture is shown.
    """

    width: float
    unit: float
    letter: float
    line: float
    badge: float
    reach: float


WIDE = Scale(width=1000, unit=1, letter=7.2, line=15, badge=9.5, reach=13.5)
MIDDLE = Scale(width=700, unit=0.9, letter=7.8, line=16, badge=10.5, reach=15.5)
NARROW = Scale(width=360, unit=0.8, letter=6.3, line=13.5, badge=9.5, reach=15)
"""The pictures for a screen, for a tablet, and for a phone."""


class Picture(NamedTuple):
    """Schools as lanes, holders by year, disputes as arcs; all lengths in units of the view box.

    What has no year stands beyond ``dated``, under a heading of its own.
    """

    width: float
    height: float
    dated: float
    lanes: tuple[Lane, ...]
    marks: tuple[Mark, ...]
    arcs: tuple[Arc, ...]
    ticks: tuple[Tick, ...]
    heading: str
    badge: float


def describe_overview(library: Library) -> dict[str, Any]:
    """Return what the front page shows besides lists."""
    return {
        "figures": tell_figures(library),
        "wide": draw_picture(library, WIDE),
        "middle": draw_picture(library, MIDDLE),
        "narrow": draw_picture(library, NARROW),
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
            f"or more for {'it' if count == 1 else 'them'} and none against"
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


def draw_picture(library: Library, scale: Scale) -> Picture | None:
    """Return the picture at a scale, None where nobody has a date.

    Lanes are as high as their marks need, which are moved apart where they would lie on each other.
    """
    dates = {
        name: library.works[name[1:]].year
        for name in library.holders
        if name.startswith("@") and name[1:] in library.works
    }
    years = [year for year in dates.values() if year is not None]
    if not years:
        return None
    width, unit = scale.width, scale.unit
    low, high = min(years) // 10 * 10, math.ceil((max(years) + 1) / 10) * 10
    undated = width * (0.78 if width > 600 else 0.72)
    left = 16.0

    def place(year: int) -> float:
        return round(left + (undated - 2.4 * left) * (year - low) / (high - low), 1)

    taking = Counter(
        library.findings.tables.holders[number] for number in library.findings.sides.holder.tolist()
    )
    lanes: list[Lane] = []
    spots: dict[str, Mark] = {}
    y = TOP
    for label, href, colour, members in _list_lanes(library, taking):
        lines = tuple(
            textwrap.wrap(label, int((undated - 8) / scale.letter), max_lines=2, placeholder=" …")
        )
        top = y + 7 * unit + scale.line * len(lines)
        chosen = sorted(members, key=lambda name: (-taking[name], name))[:MOST_MARKS]
        placed: list[Mark] = []
        for name in sorted(chosen, key=lambda each: (dates.get(each) or 9999, each)):
            year = dates.get(name)
            size = round(min(4 + 1.3 * math.sqrt(taking[name]), 10) * unit, 1)
            start = place(year) if year is not None else undated + 14 * unit
            limit = undated - 8 * unit if year is not None else width - 10 * unit
            link = library.link_holder(name)
            kind = "work" if name.startswith("@") else name.partition(":")[0]
            mark = Mark(start, top + 12 * unit, size, kind, colour, link.words, link.href)
            mark = _fit(placed, mark, limit, dated=year is not None)
            placed.append(mark)
            spots[name] = mark
        bottom = max((mark.y + mark.size for mark in placed), default=top) + 10 * unit
        lanes.append(Lane(lines, href, round(y + scale.line, 1), round(bottom, 1)))
        y = bottom + 4 * unit
    step = 10 if (high - low) <= (90 if width > 600 else 40) else 20
    if high - low > 200:
        step = 50
    ticks = tuple(Tick(place(year), str(year)) for year in range(low, high + 1, step))
    arcs = _draw_arcs(library, spots, lanes, scale)
    marks, arcs = _reach(tuple(spots.values()), arcs, scale)
    lone = all(mark.kind != "work" or mark.x < undated for mark in marks)
    return Picture(
        width=width,
        height=round(y + 22 * unit, 1),
        dated=round(undated, 1),
        lanes=tuple(lanes),
        marks=marks,
        arcs=arcs,
        ticks=ticks,
        heading="Camps and actors" if lone else "Without a year",
        badge=scale.badge,
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


def _fit(placed: Sequence[Mark], mark: Mark, limit: float, *, dated: bool) -> Mark:
    """Return a mark at the first free place: downwards for a date, rightwards and on without."""
    x, size = mark.x, mark.size
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


class _Curve(NamedTuple):
    """A quadratic curve from one mark to another, bent sideways at the middle."""

    start: tuple[float, float]
    turn: tuple[float, float]
    end: tuple[float, float]

    def at(self, part: float) -> tuple[float, float]:
        """Return the point at a part of the way, 0 to 1."""
        x, y = (
            (1 - part) ** 2 * start + 2 * part * (1 - part) * turn + part**2 * end
            for start, turn, end in zip(self.start, self.turn, self.end, strict=True)
        )
        return round(x, 1), round(y, 1)


def _draw_arcs(
    library: Library, spots: dict[str, Mark], lanes: Sequence[Lane], scale: Scale
) -> tuple[Arc, ...]:
    """Return an arc for each dispute, no two badges on each other, none on a lane's name."""
    arcs: list[Arc] = []
    used: set[frozenset[tuple[float, float]]] = set()
    bottom = max((lane.base for lane in lanes), default=0.0)
    marks = np.array([(m.x, m.y, m.size) for m in spots.values()]).reshape(-1, 3)
    for number, dispute in enumerate(library.disputes[:MOST_ARCS]):
        pro, con = (_choose(spots, side) for side in (dispute.pro, dispute.con))
        if pro is None or con is None:
            continue
        curves = [curve for curve in _bend(pro, con, scale, bottom) if frozenset(curve) not in used]
        curves = curves or list(_bend(pro, con, scale, math.inf))[:1]
        free = _find_free(curves, arcs, lanes, marks, scale)
        curve, (x, y) = free or (curves[0], _step_aside(curves[0].at(0.5), arcs, scale))
        used.add(frozenset(curve))
        link = library.link_dispute(number)
        (a, b), (c, d), (e, f) = curve
        path = f"M{a:.1f} {b:.1f}Q{c:.1f} {d:.1f} {e:.1f} {f:.1f}"
        arcs.append(Arc(path, x, y, number + 1, link.words, link.href))
    return tuple(arcs)


def _bend(pro: Mark, con: Mark, scale: Scale, bottom: float) -> Iterator[_Curve]:
    """Yield curves between two marks, more and less bent, that stay in the picture."""
    usual = 0.16 * math.hypot(con.x - pro.x, con.y - pro.y) + 14 * scale.unit
    flat = abs(con.y - pro.y) < 0.4 * abs(con.x - pro.x)
    for times in _BENDS:
        bend = times * usual
        middle = (pro.x + con.x) / 2 + (0 if flat else bend), (pro.y + con.y) / 2 - flat * bend
        curve = _Curve((pro.x, pro.y), middle, (con.x, con.y))
        points = [curve.at(part / 8) for part in range(9)]
        if all(0 <= x <= scale.width and TOP <= y <= bottom for x, y in points):
            yield curve


def _find_free(
    curves: Sequence[_Curve],
    arcs: Sequence[Arc],
    lanes: Sequence[Lane],
    marks: FloatArray,
    scale: Scale,
) -> tuple[_Curve, tuple[float, float]] | None:
    """Return a curve and a place on it where a badge covers no badge, no name and fewest marks."""
    radius = scale.badge
    best, fewest = None, len(marks) + 1
    for curve in curves:
        for part in _PARTS:
            x, y = curve.at(part)
            if not radius <= x <= scale.width - radius:
                continue
            if any(math.hypot(arc.x - x, arc.y - y) < 2 * radius + 2 for arc in arcs):
                continue
            if any(_covers(lane, x, y, scale) for lane in lanes):
                continue
            far = np.hypot(marks[:, 0] - x, marks[:, 1] - y)
            covered = int(np.count_nonzero(far < marks[:, 2] + radius))
            if covered < fewest:
                best, fewest = (curve, (x, y)), covered
            if not covered:
                return best
    return best


def _covers(lane: Lane, x: float, y: float, scale: Scale) -> bool:
    """Return whether a badge at a place would cover a word of a lane's name."""
    top = lane.y - 0.8 * scale.line - scale.badge
    for number, line in enumerate(lane.lines):
        start = top + number * scale.line
        inside = start < y < start + scale.line + 2 * scale.badge
        if inside and x < len(line) * scale.letter + scale.badge + 2:
            return True
    return False


def _step_aside(
    spot: tuple[float, float], arcs: Sequence[Arc], scale: Scale
) -> tuple[float, float]:
    """Return the place nearest to a spot, on rings round it, where a badge covers no other."""
    apart = 2 * scale.badge + 2
    for ring in range(1, 2 * len(arcs) + 2):
        for turn in range(12):
            x = round(spot[0] + ring * apart / 2 * math.cos(turn * math.pi / 6), 1)
            y = round(spot[1] + ring * apart / 2 * math.sin(turn * math.pi / 6), 1)
            inside = scale.badge <= x <= scale.width - scale.badge and y >= TOP
            if inside and all(math.hypot(arc.x - x, arc.y - y) >= apart for arc in arcs):
                return x, y
    return spot


def _reach(
    marks: tuple[Mark, ...], arcs: tuple[Arc, ...], scale: Scale
) -> tuple[tuple[Mark, ...], tuple[Arc, ...]]:
    """Return marks and arcs that know how far round them a finger means them and no other."""
    from scipy.spatial import cKDTree

    spots = np.array([(m.x, m.y) for m in marks] + [(a.x, a.y) for a in arcs])
    nearest = np.asarray(cKDTree(spots).query(spots, k=[2])[0])
    half = np.minimum(nearest.ravel() / 2, scale.reach).round(1).tolist()
    return (
        tuple(
            mark._replace(reach=max(near, mark.size))
            for mark, near in zip(marks, half[: len(marks)], strict=True)
        ),
        tuple(
            arc._replace(reach=max(near, scale.badge))
            for arc, near in zip(arcs, half[len(marks) :], strict=True)
        ),
    )


def _choose(spots: dict[str, Mark], side: Iterable[str]) -> Mark | None:
    """Return the mark that stands for a side: a work with a date rather than a camp."""
    found = [spots[name] for name in side if name in spots]
    return min(
        found, key=lambda mark: (mark.kind != "work", -mark.size, mark.x, mark.y), default=None
    )
