"""Our blocks beside other groupings: the schools that the scholar declared, discourse networks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction

import numpy as np

from argmap.analysis.baseline import compare_groupings, group_by_discourse
from argmap.analysis.blocks import Blocks
from argmap.analysis.findings import Findings
from argmap.analysis.tables import Ints
from argmap.model import DeclaredSchool, Record

BASELINE_UP_TO = 2000
"""Above this many holders the discourse-network baseline, a matter of seconds, is left out."""


class Comparison(Record, frozen=True, kw_only=True):
    """How far another grouping of the holders agrees with our blocks.

    ``rand`` is the adjusted Rand index over the ``holders`` in both (None for fewer than two);
    ``split`` has the groups of the other grouping that we divide, each with its pieces.
    """

    name: str
    holders: int
    rand: float | None
    split: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()


def compare_blocks(findings: Findings, blocks: Blocks) -> tuple[Comparison, ...]:
    """Return how the blocks compare with the declared schools and with discourse networks."""
    names = [findings.tables.holders[number] for number in blocks.present.tolist()]
    compared = []
    declared: dict[str, list[str]] = {}
    for school in findings.literature.review.schools:
        for member in _expand(findings, school.members):
            declared.setdefault(member, []).append(school.id)
    # A holder declared a member of two schools belongs to neither more than to the other.
    group = {name: only[0] for name, only in declared.items() if len(only) == 1}
    if findings.literature.review.schools:
        at = [place for place, name in enumerate(names) if name in group]
        compared.append(
            _compare_with(
                "declared schools",
                [names[place] for place in at],
                [group[names[place]] for place in at],
                blocks.block[at],
            )
        )
    if 2 <= len(names) <= BASELINE_UP_TO:
        activity = np.bincount(blocks.holder, minlength=len(names))
        baseline = group_by_discourse(blocks.ties, activity)
        found = [f"group {number + 1}" for number in baseline.tolist()]
        compared.append(_compare_with("discourse network", names, found, blocks.block))
    return tuple(compared)


def _compare_with(
    title: str, names: Sequence[str], group: Sequence[str], block: Ints
) -> Comparison:
    pieces: dict[str, dict[int, list[str]]] = {}
    for name, theirs, ours in zip(names, group, block.tolist(), strict=True):
        pieces.setdefault(theirs, {}).setdefault(ours, []).append(name)
    number = {name: place for place, name in enumerate(dict.fromkeys(group))}
    rand = compare_groupings(np.array([number[name] for name in group], dtype=np.int64), block)
    return Comparison(
        name=title,
        holders=len(names),
        rand=None if rand is None else round(rand, 4),
        split=tuple(
            (
                theirs,
                tuple(
                    tuple(piece)
                    for piece in sorted(parts.values(), key=lambda piece: (-len(piece), piece))
                ),
            )
            for theirs, parts in sorted(pieces.items())
            if len(parts) > 1
        ),
    )


class Whereabouts(Record, frozen=True, kw_only=True):
    """Where analysis finds some members of a declared school.

    ``place`` is the id of a school, else one of *agreement*, *lone voice*, *survey* (left out when
    schools are sought) and *no side* (they take none on any claim).
    """

    place: str
    holders: tuple[str, ...]


class DeclaredAccount(Record, frozen=True, kw_only=True):
    """A declared school beside what analysis finds.

    ``found`` is the id of the school that answers to it, if one does; ``members`` says where the
    declared members are, groups resolved into theirs as well; ``added`` are the members of the
    found school who were not declared.
    """

    school: DeclaredSchool
    found: str | None
    members: tuple[Whereabouts, ...]
    added: tuple[str, ...]


def trace_declared(
    findings: Findings,
    schools: Mapping[str, Collection[str]],
    named_after: Mapping[str, str],
    agreements: Iterable[Collection[str]],
    lone_voices: Collection[str],
    surveys: Collection[str],
) -> tuple[DeclaredAccount, ...]:
    """Return what became of each declared school, in the order of the review.

    ``schools`` has the members of each school found, by id; ``named_after`` the id of the one that
    is named after a declared school; the rest is what a report on schools has.
    """
    place: dict[str, str] = dict.fromkeys(surveys, "survey")
    place |= dict.fromkeys(lone_voices, "lone voice")
    place |= {name: "agreement" for group in agreements for name in group}
    place |= {name: school for school, members in schools.items() for name in members}
    accounts = []
    for declared in findings.literature.review.schools:
        expected = _expand(findings, declared.members)
        found = named_after.get(declared.id)
        together: dict[str, list[str]] = {}
        for name in sorted(expected):
            together.setdefault(place.get(name, "no side"), []).append(name)
        where = sorted(together.items(), key=lambda item: (item[0] != found, -len(item[1]), item))
        members = tuple(Whereabouts(place=at, holders=tuple(names)) for at, names in where)
        added = sorted(set(schools[found]) - expected) if found is not None else []
        accounts.append(
            DeclaredAccount(school=declared, found=found, members=members, added=tuple(added))
        )
    return tuple(accounts)


def _expand(findings: Findings, members: Iterable[str]) -> set[str]:
    """Return holders and the members of those that are groups."""
    found: set[str] = set()
    waiting = list(members)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            if name in findings.index.holders:
                waiting.extend(findings.index.holders[name].members)
    return found


def match_declared(
    findings: Findings, schools: Sequence[Sequence[int]]
) -> dict[int, DeclaredSchool]:
    """Return for schools (holder numbers) by place the declared school that each is.

    They are the same where more than half of the two together is common, leaving aside declared
    members that are in no school; each declared school is given away once, best match first.
    """
    scored = []
    everyone = set().union(*schools)
    for order, school in enumerate(findings.literature.review.schools):
        expected = _expand(findings, school.members)
        numbers = {
            findings.holder_number[name] for name in expected & findings.holder_number.keys()
        }
        for at, members in enumerate(schools):
            both = numbers & set(members)
            either = (numbers & everyone) | set(members)
            if 2 * len(both) > len(either):
                scored.append((Fraction(len(both), len(either)), order, at))
    scored.sort(key=lambda entry: (-entry[0], entry[1], entry[2]))
    matched: dict[int, DeclaredSchool] = {}
    used: set[int] = set()
    for _, order, at in scored:
        if at not in matched and order not in used:
            matched[at] = findings.literature.review.schools[order]
            used.add(order)
    return matched
