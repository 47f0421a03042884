"""Schools of thought: holders who agree on claims in debate, found and explained.

Holders are divided into blocks by :mod:`argmap.analysis.partitions`.  A block is a *school* if it
has at least two independent voices, and two independent voices in it share a side on a claim in
debate (one that is contested, undercut or qualified, or is itself doing so to another).  Other
blocks with two voices are *agreements*, the rest *lone voices*.  Surveys hold claims everywhere:
they are left out, and placed beside the school with which they agree most.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from fractions import Fraction

import numpy as np

from argmap.analysis.blocks import Blocks, divide_literature, list_surveys, measure_stability
from argmap.analysis.comparison import (
    Comparison,
    DeclaredAccount,
    compare_blocks,
    match_declared,
    trace_declared,
)
from argmap.analysis.findings import Findings
from argmap.analysis.voices import count_voices
from argmap.model import Cleavage, DeclaredSchool, Record, School

DRAWS = 200
TRIED_UP_TO = 5000
"""Up to so many positions and relations, stability is tried without being asked for."""

CORE_FROM = 0.8
DEFINING = 5


class Member(Record, frozen=True, kw_only=True):
    """A member of a school.

    ``stability`` is the share of draws in which the member stays with most of the school, of those
    in which it takes a side; ``agreement`` is its net agreement with the other members: claims
    agreed on less claims disagreed on, summed over them.
    """

    holder: str
    stability: float
    agreement: int


class Bridge(Record, frozen=True, kw_only=True):
    """A member of one school that agrees, on balance, with the members of another one."""

    holder: str
    school: str
    agreement: int


class DefiningClaim(Record, frozen=True, kw_only=True):
    """A claim that sets a school apart, in independent voices here and elsewhere.

    ``score`` is how much likelier a voice of the school that takes a side is pro than a voice from
    elsewhere is (counting one pro and one con more on either hand), times the share of all voices
    of the school that are pro.
    """

    claim: str
    score: float
    pro: int
    con: int
    pro_elsewhere: int
    con_elsewhere: int


class Placement(Record, frozen=True, kw_only=True):
    """A survey, and the school with whose majority it agrees most, if it does with any.

    ``agreements`` and ``disagreements`` count claims.
    """

    holder: str
    school: str | None = None
    agreements: int = 0
    disagreements: int = 0


class SchoolAccount(Record, frozen=True, kw_only=True):
    """A school with what explains it; ``declared`` is the declared school it is named after."""

    school: School
    voices: int
    members: tuple[Member, ...]
    defining: tuple[DefiningClaim, ...]
    bridges: tuple[Bridge, ...]
    declared: str | None = None


class SchoolReport(Record, frozen=True, kw_only=True):
    """The schools of a literature, or of one topic in it, and what is no school."""

    topic: str | None
    schools: tuple[SchoolAccount, ...]
    agreements: tuple[tuple[str, ...], ...]
    lone_voices: tuple[str, ...]
    surveys: tuple[Placement, ...]
    comparisons: tuple[Comparison, ...]


class _Camp(Record, frozen=True, kw_only=True):
    """A school in the making: holders by number, voices, and its sides on each claim."""

    members: tuple[int, ...]
    voices: int
    sides: dict[int, tuple[tuple[int, ...], tuple[int, ...]]]


def find_schools(
    findings: Findings,
    *,
    topic: str | None = None,
    resolution: float | Fraction = 1,
    draws: int | None = None,
) -> tuple[School, ...]:
    """Return the schools of the whole literature, then those of each topic; or of one topic only.

    See :func:`report_schools`, which tells more.
    """
    topics = [topic] if topic is not None else [None, *list_topics(findings)]
    reports = report_schools(findings, topics, resolution=resolution, draws=draws, compare=())
    return tuple(account.school for report in reports for account in report.schools)


def choose_draws(findings: Findings, draws: int | None) -> int:
    """Return how often stability is tried: as asked for, else by the size of the literature."""
    if draws is not None:
        return draws
    records = len(findings.tables.position_claim) + findings.tables.relation_count
    return DRAWS if records <= TRIED_UP_TO else 0


def list_topics(findings: Findings) -> list[str]:
    """Return the topics of claims, sorted."""
    return sorted({each.topic for each in findings.literature.claims if each.topic is not None})


def report_schools(
    findings: Findings,
    topics: Sequence[str | None] = (None,),
    *,
    resolution: float | Fraction = 1,
    draws: int | None = None,
    compare: Collection[str | None] | None = None,
) -> tuple[SchoolReport, ...]:
    """Return a report on the schools of each topic asked for, None being the whole literature.

    Parameters
    ----------
    findings
        From :func:`argmap.analysis.examine`.
    topics
        One report for each.
    resolution
        γ of signed modularity: with 0, holders keep together unless they disagree.
    draws
        How often stability is tried, the same draws in every run; 0 leaves it out and calls it 1.
        Nearly all the time goes here, since each draw examines and divides the literature anew; so
        by default it is 200, and 0 for more than 5,000 positions and relations.
    compare
        The topics for which to compare with the declared schools and the discourse network; all
        that are asked for by default.
    """
    gamma = Fraction(resolution).limit_denominator(1000)
    divided = divide_literature(findings, topics, gamma)
    debated = list_debated(findings)
    sorted_out = [_sort_blocks(findings, blocks, debated) for blocks in divided]
    groups = [
        [np.array(camp.members, dtype=np.int64) for camp in camps] for camps, _, _ in sorted_out
    ]
    stable = measure_stability(findings, topics, groups, gamma, choose_draws(findings, draws))
    return tuple(
        _report(
            findings, topic, blocks, parts, stability, debated, compare is None or topic in compare
        )
        for topic, blocks, parts, stability in zip(topics, divided, sorted_out, stable, strict=True)
    )


def report_declared(findings: Findings, report: SchoolReport) -> tuple[DeclaredAccount, ...]:
    """Return what became of each declared school in a report on the whole literature."""
    return trace_declared(
        findings,
        {account.school.id: account.school.members for account in report.schools},
        {each.declared: each.school.id for each in report.schools if each.declared is not None},
        report.agreements,
        report.lone_voices,
        [survey.holder for survey in report.surveys],
    )


def list_debated(findings: Findings) -> frozenset[int]:
    """Return the claims in debate, by number.

    Someone is con, or the claim stands in a contest; a step to it is undercut, or it is qualified;
    or it undercuts or qualifies something itself.
    """
    sides, index = findings.sides, findings.index
    debated = set(sides.claim[sides.side < 0].tolist())
    for relations in index.outgoing.values():
        for relation in relations:
            if relation.type in ("supports", "explains"):
                continue
            debated.add(findings.claim_number[relation.source])
            goal = relation
            if relation.target_kind == "relation":
                goal = index.relations[relation.target]
            if goal.target_kind == "claim":
                debated.add(findings.claim_number[goal.target])
    return frozenset(debated)


def _count(findings: Findings, holders: Iterable[int]) -> int:
    """Return the independent voices among holders (the lower bound, where there are two)."""
    names = [findings.tables.holders[holder] for holder in holders]
    if len(names) < 2:
        return len(names)
    return count_voices(findings.voices[name] for name in names).lower


def _sort_blocks(
    findings: Findings, blocks: Blocks, debated: Collection[int]
) -> tuple[list[_Camp], list[tuple[str, ...]], list[str]]:
    """Return the blocks that are schools, those that are agreements, and the lone voices."""
    rows: dict[int, dict[int, tuple[list[int], list[int]]]] = {}
    for claim, local, side in zip(
        blocks.claim.tolist(), blocks.holder.tolist(), blocks.side.tolist(), strict=True
    ):
        sides = rows.setdefault(int(blocks.block[local]), {}).setdefault(claim, ([], []))
        sides[0 if side > 0 else 1].append(int(blocks.present[local]))
    camps: list[_Camp] = []
    agreements: list[tuple[str, ...]] = []
    lone: list[str] = []
    members: dict[int, list[int]] = {}
    for number, block in zip(blocks.present.tolist(), blocks.block.tolist(), strict=True):
        members.setdefault(block, []).append(number)
    names = findings.tables.holders
    for block, numbers in members.items():
        voices = _count(findings, numbers)
        if voices < 2:
            lone.extend(names[number] for number in numbers)
            continue
        sides_of = {
            claim: (tuple(pro), tuple(con)) for claim, (pro, con) in sorted(rows[block].items())
        }
        if any(
            claim in debated and any(_count(findings, side) >= 2 for side in sides)
            for claim, sides in sides_of.items()
        ):
            camps.append(_Camp(members=tuple(numbers), voices=voices, sides=sides_of))
        else:
            agreements.append(tuple(names[number] for number in numbers))
    camps.sort(key=lambda camp: (-camp.voices, -len(camp.members), camp.members))
    agreements.sort(key=lambda group: (-len(group), group))
    return camps, agreements, sorted(lone)


def _report(
    findings: Findings,
    topic: str | None,
    blocks: Blocks,
    parts: tuple[list[_Camp], list[tuple[str, ...]], list[str]],
    stability: dict[int, float],
    debated: Collection[int],
    compare: bool,
) -> SchoolReport:
    camps, agreements, lone = parts
    everyone = _list_sides(blocks)
    defining = [_define(findings, everyone, camp, debated) for camp in camps]
    declared = match_declared(findings, [camp.members for camp in camps])
    majorities = [_take_majority(findings, camp) for camp in camps]
    labels = _label(findings, topic, camps, defining, majorities, declared, debated)
    agreement = _sum_agreement(blocks, camps)
    cleavages = _part(findings, majorities, [identifier for identifier, _ in labels])
    accounts = []
    for at, camp in enumerate(camps):
        members = tuple(
            Member(
                holder=findings.tables.holders[number],
                stability=round(stability[number], 4),
                agreement=agreement.get(number, {}).get(at, 0),
            )
            for number in camp.members
        )
        bridges = tuple(
            Bridge(
                holder=findings.tables.holders[number],
                school=labels[other][0],
                agreement=net,
            )
            for number in camp.members
            for other, net in sorted(agreement.get(number, {}).items())
            if other != at and net > 0
        )
        mean = sum(member.stability for member in members) / len(members)
        identifier, name = labels[at]
        accounts.append(
            SchoolAccount(
                school=School(
                    id=identifier,
                    name=name,
                    members=tuple(member.holder for member in members),
                    core=tuple(m.holder for m in members if m.stability >= CORE_FROM),
                    fringe=tuple(m.holder for m in members if m.stability < CORE_FROM),
                    defining=tuple(claim.claim for claim in defining[at]),
                    cleavages=cleavages[at],
                    bridges=tuple(dict.fromkeys(bridge.holder for bridge in bridges)),
                    stability=round(mean, 4),
                    topic=topic,
                ),
                voices=camp.voices,
                members=members,
                defining=defining[at],
                bridges=bridges,
                declared=declared[at].id if at in declared else None,
            )
        )
    return SchoolReport(
        topic=topic,
        schools=tuple(accounts),
        agreements=tuple(agreements),
        lone_voices=tuple(lone),
        surveys=_place_surveys(findings, majorities, [label for label, _ in labels]),
        comparisons=compare_blocks(findings, blocks) if compare else (),
    )


def _list_sides(blocks: Blocks) -> dict[int, tuple[list[int], list[int]]]:
    """Return for each claim the holders who are pro and those who are con, by number."""
    sides: dict[int, tuple[list[int], list[int]]] = {}
    for claim, local, side in zip(
        blocks.claim.tolist(), blocks.holder.tolist(), blocks.side.tolist(), strict=True
    ):
        sides.setdefault(claim, ([], []))[0 if side > 0 else 1].append(int(blocks.present[local]))
    return sides


def _define(
    findings: Findings,
    everyone: dict[int, tuple[list[int], list[int]]],
    camp: _Camp,
    debated: Collection[int],
) -> tuple[DefiningClaim, ...]:
    """Return the claims that set a school apart, best first.

    Claims in debate that two voices of the school hold; where there are none, those that one does.
    """
    inside = set(camp.members)
    pros = {
        claim: _count(findings, pro)
        for claim, (pro, _) in camp.sides.items()
        if pro and claim in debated
    }
    chosen = [claim for claim, count in pros.items() if count >= 2] or list(pros)
    scored: list[tuple[Fraction, int, DefiningClaim]] = []
    for claim in chosen:
        pro, con = camp.sides[claim]
        far_pro, far_con = (
            [each for each in side if each not in inside] for side in everyone[claim]
        )
        far_pros = _count(findings, far_pro)
        here = Fraction(1 + pros[claim], 2 + _count(findings, (*pro, *con)))
        there = Fraction(1 + far_pros, 2 + _count(findings, (*far_pro, *far_con)))
        score = here / there * Fraction(pros[claim], camp.voices)
        defining = DefiningClaim(
            claim=findings.tables.claims[claim],
            score=round(float(score), 4),
            pro=pros[claim],
            con=_count(findings, con),
            pro_elsewhere=far_pros,
            con_elsewhere=_count(findings, far_con),
        )
        scored.append((score, int(findings.counts.rank[claim]), defining))
    scored.sort(key=lambda entry: (-entry[0], entry[1]))
    return tuple(defining for _, _, defining in scored[:DEFINING])


def _take_majority(findings: Findings, camp: _Camp) -> dict[int, int]:
    """Return whether most voices of a school are pro (1) or con (-1) on each claim they part on.

    Claims come in the order of contestation.
    """
    majority = {}
    for claim, (pro, con) in camp.sides.items():
        difference = _count(findings, pro) - _count(findings, con)
        if difference:
            majority[claim] = 1 if difference > 0 else -1
    return dict(sorted(majority.items(), key=lambda item: int(findings.counts.rank[item[0]])))


def _label(
    findings: Findings,
    topic: str | None,
    camps: Sequence[_Camp],
    defining: Sequence[tuple[DefiningClaim, ...]],
    majorities: Sequence[dict[int, int]],
    declared: dict[int, DeclaredSchool],
    debated: Collection[int],
) -> list[tuple[str, str]]:
    """Return an id and a name for each school: the declared school's, or its defining claim's."""
    labels: list[tuple[str, str]] = []
    taken: set[str] = set()
    for at in range(len(camps)):
        if at in declared:
            slug, name = declared[at].id, declared[at].name
        elif defining[at]:
            slug, name = _name_claim(findings, defining[at][0].claim)
        else:
            # What the members share is a denial only.
            denied = min(
                (claim for claim, side in majorities[at].items() if side < 0 and claim in debated),
                key=lambda claim: int(findings.counts.rank[claim]),
                default=min(camps[at].sides),
            )
            slug, name = _name_claim(findings, findings.tables.claims[denied])
            slug, name = f"against-{slug}", f"Against: {name}"
        identifier = slug if topic is None else f"{topic}:{slug}"
        number, free = 1, identifier
        while free in taken:
            number += 1
            free = f"{identifier}-{number}"
        taken.add(free)
        labels.append((free, name))
    return labels


def _name_claim(findings: Findings, claim: str) -> tuple[str, str]:
    """Return the slug of a claim, and its statement without the final period."""
    slug = claim.partition("/")[2] or claim
    return slug, findings.index.claims[claim].statement.removesuffix(".")


def _part(
    findings: Findings, majorities: Sequence[dict[int, int]], labels: Sequence[str]
) -> list[tuple[Cleavage, ...]]:
    """Return for each school the claims on which its majority is against that of another one.

    By the other school, and then in the order of contestation.
    """
    takers = _index_majorities(majorities)
    parted = []
    for majority in majorities:
        apart: dict[int, list[int]] = {}
        for claim, side in majority.items():
            for other, theirs in takers[claim]:
                if side * theirs < 0:
                    apart.setdefault(other, []).append(claim)
        parted.append(
            tuple(
                Cleavage(school=labels[other], claim=findings.tables.claims[claim])
                for other, claims in sorted(apart.items())
                for claim in claims
            )
        )
    return parted


def _index_majorities(majorities: Sequence[dict[int, int]]) -> dict[int, list[tuple[int, int]]]:
    """Return for each claim the schools whose majority takes a side on it, with the side."""
    takers: dict[int, list[tuple[int, int]]] = {}
    for at, majority in enumerate(majorities):
        for claim, side in majority.items():
            takers.setdefault(claim, []).append((at, side))
    return takers


def _sum_agreement(blocks: Blocks, camps: Sequence[_Camp]) -> dict[int, dict[int, int]]:
    """Return the net agreement of each holder with each school, by holder number and school."""
    camp_of = {number: at for at, camp in enumerate(camps) for number in camp.members}
    sums: dict[int, dict[int, int]] = {}
    for one, other, weight in zip(
        blocks.present[blocks.ties.first].tolist(),
        blocks.present[blocks.ties.second].tolist(),
        blocks.ties.weight.tolist(),
        strict=True,
    ):
        for holder, towards in ((one, other), (other, one)):
            if towards in camp_of:
                sum_of, camp = sums.setdefault(holder, {}), camp_of[towards]
                sum_of[camp] = sum_of.get(camp, 0) + weight
    return sums


def _place_surveys(
    findings: Findings, majorities: Sequence[dict[int, int]], labels: Sequence[str]
) -> tuple[Placement, ...]:
    """Return each survey with the school with whose majority it agrees on most claims, net."""
    placed = []
    sides = findings.sides
    takers = _index_majorities(majorities)
    for name in list_surveys(findings):
        rows = sides.holder == findings.holder_number[name]
        agreed: Counter[int] = Counter()
        net: Counter[int] = Counter()
        for claim, side in zip(sides.claim[rows].tolist(), sides.side[rows].tolist(), strict=True):
            for at, theirs in takers.get(claim, ()):
                net[at] += side * theirs
                agreed[at] += side * theirs > 0
        best = min(net, key=lambda at: (-net[at], at), default=None)
        if best is None or net[best] <= 0:
            placed.append(Placement(holder=name))
        else:
            placed.append(
                Placement(
                    holder=name,
                    school=labels[best],
                    agreements=agreed[best],
                    disagreements=agreed[best] - net[best],
                )
            )
    return tuple(placed)
