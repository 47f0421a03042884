"""Schools of thought: holders who agree on claims in debate, found and explained.

Holders are divided into blocks by :mod:`argmap.analysis.partitions`.  A block is a *school* if it
has at least two independent voices, and two independent voices of it share a side on a claim in
debate (one that is contested, undercut or qualified, or is itself doing so to another).  Other
blocks with two voices are *agreements*, the rest *lone voices*.  Surveys hold claims everywhere:
they are left out, and placed beside the school with which they agree most.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from argmap.analysis.baseline import compare_groupings, group_by_discourse
from argmap.analysis.findings import Findings
from argmap.analysis.partitions import Ties, divide_holders, find_ties
from argmap.analysis.sides import MIXED, Sides, compute_sides
from argmap.analysis.tables import Flags, Ints, thin_tables
from argmap.analysis.voices import count_voices
from argmap.model import Cleavage, DeclaredSchool, Record, School

DRAWS = 200
CORE_FROM = 0.8
DEFINING = 5
DRAW_RESTARTS = 2
BASELINE_UP_TO = 2000


class Member(Record, frozen=True, kw_only=True):
    """A member of a school.

    ``stability`` is the share of draws in which the member stays with most of the school, of those
    in which it takes a side; ``agreement`` is its net agreement with the other members (claims
    agreed on less claims disagreed on, summed over them).
    """

    holder: str
    stability: float
    agreement: int


class Bridge(Record, frozen=True, kw_only=True):
    """A member of one school in net agreement with another, ``agreement`` summed over its members."""

    holder: str
    school: str
    agreement: int


class DefiningClaim(Record, frozen=True, kw_only=True):
    """A claim that sets a school apart.

    ``score`` is representativeness (how much likelier a voice of the school that takes a side is
    pro than one from elsewhere, with one pro and one con added to either) times the share of the
    school's voices that are pro.  Voices are independent ones.
    """

    claim: str
    score: float
    pro_voices: int
    con_voices: int
    pro_elsewhere: int
    con_elsewhere: int


class Placement(Record, frozen=True, kw_only=True):
    """A survey and the school with whose majority it agrees on most claims, net; None if on none."""

    holder: str
    school: str | None
    agreements: int
    disagreements: int


class SchoolAccount(Record, frozen=True, kw_only=True):
    """A school with what explains it; ``declared`` is the declared school it was named after."""

    school: School
    members: tuple[Member, ...]
    voices: int
    defining: tuple[DefiningClaim, ...]
    bridges: tuple[Bridge, ...]
    declared: str | None = None


class Comparison(Record, frozen=True, kw_only=True):
    """How far two groupings of the holders agree.

    ``rand`` is the adjusted Rand index over the holders in both, None for fewer than two;
    ``differences`` lists, for each group of the other grouping that is not one block of ours, the
    members of each piece.
    """

    name: str
    rand: float | None
    holders: int
    differences: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = ()


class SchoolReport(Record, frozen=True, kw_only=True):
    """The schools of a literature, or of one topic in it, and everything that is no school."""

    topic: str | None
    schools: tuple[SchoolAccount, ...]
    agreements: tuple[tuple[str, ...], ...]
    lone_voices: tuple[str, ...]
    surveys: tuple[Placement, ...]
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Stage:
    """The holders at stake: rows of (claim, holder, side), pro 1 and con -1, and their division."""

    findings: Findings
    topic: str | None
    claim: Ints
    holder: Ints
    side: Ints
    present: Ints
    block: Ints
    ties: Ties


def find_schools(
    findings: Findings,
    *,
    topic: str | None = None,
    resolution: float | Fraction = 1,
    draws: int = DRAWS,
) -> tuple[School, ...]:
    """Return the schools of the literature and then those of each topic, or those of one topic.

    See :func:`report_schools`, which also tells everything else.
    """
    topics: list[str | None] = [topic]
    if topic is None:
        named = {claim.topic for claim in findings.literature.claims if claim.topic is not None}
        topics += sorted(named)
    return tuple(
        account.school
        for report in report_schools(findings, topics, resolution=resolution, draws=draws)
        for account in report.schools
    )


def report_schools(
    findings: Findings,
    topics: Sequence[str | None] = (None,),
    *,
    resolution: float | Fraction = 1,
    draws: int = DRAWS,
) -> tuple[SchoolReport, ...]:
    """Return a report on the schools for each topic asked for, None being the whole literature.

    ``resolution`` is γ.  ``draws`` is how often stability is tried, each time leaving out a random
    tenth of positions and relations, the same in every run; 0 leaves it out and calls it 1.
    """
    gamma = Fraction(resolution).limit_denominator(1000)
    stages = [_divide(findings, findings.sides, topic, gamma) for topic in topics]
    stability = _try_stability(findings, stages, gamma, draws)
    return tuple(
        _report(stage, stable) for stage, stable in zip(stages, stability, strict=True)
    )


def list_surveys(findings: Findings) -> tuple[str, ...]:
    """Return the holders that are coded texts marked as surveys."""
    return tuple(f"@{text.key}" for text in findings.literature.texts if text.survey)


def list_debated(findings: Findings) -> Flags:
    """Return for each claim, shape (C,), whether it is in debate.

    That is: someone is con or it stands in a contest; a step to it is undercut, or it is qualified;
    or it undercuts or qualifies something itself.
    """
    tables, index = findings.tables, findings.index
    debated = np.zeros(len(tables.claims), dtype=np.bool_)
    debated[findings.sides.claim[findings.sides.side == -1]] = True
    for relations in index.outgoing.values():
        for relation in relations:
            if relation.type not in ("contests", "undercuts", "qualifies"):
                continue
            debated[findings.claim_number[relation.source]] = True
            if relation.target_kind == "claim":
                debated[findings.claim_number[relation.target]] = True
            else:
                step = index.relations[relation.target]
                if step.target_kind == "claim":
                    debated[findings.claim_number[step.target]] = True
    return debated


def _divide(
    findings: Findings,
    sides: Sides,
    topic: str | None,
    resolution: Fraction,
    restarts: int | None = None,
) -> _Stage:
    tables = findings.tables
    chosen = sides.side != MIXED
    surveys = [findings.holder_number[name] for name in list_surveys(findings) if name in findings.holder_number]
    if surveys:
        chosen &= ~np.isin(sides.holder, surveys)
    if topic is not None:
        chosen &= findings.topic_masks(topic)[sides.claim]
    claim, side = sides.claim[chosen], sides.side[chosen].astype(np.int64)
    present, holder = np.unique(sides.holder[chosen], return_inverse=True)
    ties = find_ties(claim, holder.astype(np.int64), side, len(present))
    options = {} if restarts is None else {"restarts": restarts}
    block = divide_holders(ties, resolution=resolution, **options)
    del tables
    return _Stage(findings, topic, claim, holder.astype(np.int64), side, present, block, ties)
