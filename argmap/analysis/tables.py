"""A literature as arrays of integers: what analysis computes on, at any size.

Claims and holders are numbered in the order of their sorted ids.  Everything that the definitions
leave out (relations of basis *analyst* unless asked for, evidential relations) is left out here,
once, so that no later stage can mix it in by mistake.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

import numpy as np
import numpy.typing as npt

from argmap.model import STANCES, Claim, Holder, HolderKind, Literature, Relation

Ints = npt.NDArray[np.signedinteger[Any]]
"""Integers of 64 bits; or of 32, where there are many and 32 suffice."""
Shorts = npt.NDArray[np.int32]
Bytes = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]

ASSERTS, ENDORSES, DISPUTES, REPORTS = range(len(STANCES))
HOLDER_KINDS: tuple[str, ...] = get_args(HolderKind)


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """The arrays of a literature of C claims, H holders, P positions and R usable relations.

    Columns that are int64 below may be int32.

    Attributes
    ----------
    claims, holders : sequence of str
        Ids, sorted; numbers in the other arrays count along them.
    position_claim, position_holder : int64, shape (P,)
    position_stance : int8, shape (P,)
        0 asserts, 1 endorses, 2 disputes, 3 reports.
    step_source, step_target, step_holder : int64, shape (S,)
        One row for each ``supports`` or ``explains`` relation from claim to claim and each holder
        who draws it.
    contest_source, contest_target : int64, shape (K,)
    undercut_source, undercut_contest : int64, shape (U,)
        Undercuts of contests: the undercutting claim, and the contest by its row.
    step_relation, contest_relation, undercut_relation : int64
        The relation to which each row of the three belongs, counted along the sorted ids of the R
        usable relations; ``relation_count`` is R.
    membership_group, membership_member : int64, shape (M,)
        Without those inside a circle of groups, which would never end.
    place_rank : int64, shape (C,)
        Order of the claims by earliest place (text, span), ties by id.
    """

    claims: Sequence[str]
    holders: Sequence[str]
    position_claim: Ints
    position_holder: Ints
    position_stance: Bytes
    step_source: Ints
    step_target: Ints
    step_holder: Ints
    contest_source: Ints
    contest_target: Ints
    undercut_source: Ints
    undercut_contest: Ints
    step_relation: Ints
    contest_relation: Ints
    undercut_relation: Ints
    relation_count: int
    membership_group: Ints
    membership_member: Ints
    place_rank: Ints


def is_usable(relation: Relation, *, with_analyst: bool) -> bool:
    """Say whether a relation can bear on stance: explicit or implicit, and not evidential."""
    return not relation.evidential and (with_analyst or relation.basis != "analyst")


def list_holders(literature: Literature) -> list[str]:
    """Return every holder id, sorted: those listed, and those named as member or as drawer only."""
    named = {holder.id for holder in literature.holders}
    for holder in literature.holders:
        named.update(holder.members)
    named.update(position.holder for position in literature.positions)
    for relation in literature.relations:
        named.update(relation.drawn_by)
    return sorted(named)


def list_memberships(holders: Iterable[Holder]) -> list[tuple[str, str]]:
    """Return (group, member) pairs, sorted, without those inside a circle of groups."""
    members = {holder.id: set(holder.members) for holder in holders}
    below: dict[str, set[str]] = {}
    for start in sorted(members):
        reached: set[str] = set()
        waiting = list(members[start])
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached.add(name)
                waiting.extend(members.get(name, ()))
        below[start] = reached
    return sorted(
        (group, member)
        for group, named in members.items()
        for member in named
        if group not in below.get(member, ()) and member != group
    )


def order_by_place(claim: Claim) -> tuple[str, int, int, int, str]:
    """Return the key that sorts claims by text, span (else page, else line) and id."""
    start, end, page = 1 << 62, 1 << 62, 1 << 62
    if claim.anchor is not None:
        digits = claim.anchor.page.partition("-")[0]
        page = int(digits) if digits.isascii() and digits.isdigit() else page
        if claim.anchor.start is not None:
            start, end, page = claim.anchor.start, claim.anchor.end or claim.anchor.start, 0
    if start == 1 << 62:
        # Never resolved: the printed page, then the line of the corpus, stand in for the span.
        end = claim.place.line if claim.place is not None else end
    return (claim.text, start, page, end, claim.id)


def tabulate(literature: Literature, *, with_analyst: bool = False) -> Tables:
    """Return the arrays of a literature; O(n log n) in the number of records.

    Raises
    ------
    ValueError
        If a position or a relation names a claim or a relation that the literature has not: such
        a literature has errors, and analysis refuses it.
    """
    claims = sorted(claim.id for claim in literature.claims)
    holders = list_holders(literature)
    claim_number = {name: number for number, name in enumerate(claims)}
    holder_number = {name: number for number, name in enumerate(holders)}
    stance_number = {name: number for number, name in enumerate(STANCES)}

    steps: list[tuple[int, int, int, int]] = []
    contests: list[tuple[int, int, int]] = []
    contest_number: dict[str, int] = {}
    undercuts: list[tuple[int, str, int]] = []
    relation_ids = {relation.id for relation in literature.relations}
    usable = sorted(
        each.id for each in literature.relations if is_usable(each, with_analyst=with_analyst)
    )
    relation_number = {name: number for number, name in enumerate(usable)}
    try:
        positions = [
            (claim_number[p.claim], holder_number[p.holder], stance_number[p.stance])
            for p in literature.positions
        ]
        for relation in literature.relations:
            source = claim_number[relation.source]
            if relation.target_kind == "relation":
                if relation.target not in relation_ids:
                    raise KeyError(relation.target)
                if relation.type == "undercuts" and relation.id in relation_number:
                    undercuts.append((source, relation.target, relation_number[relation.id]))
                continue
            target = claim_number[relation.target]
            if relation.id not in relation_number:
                continue
            number = relation_number[relation.id]
            if relation.type in ("supports", "explains"):
                steps.extend(
                    (source, target, holder_number[by], number) for by in relation.drawn_by
                )
            elif relation.type == "contests":
                contest_number[relation.id] = len(contests)
                contests.append((source, target, number))
    except KeyError as unknown:
        raise ValueError(f"the literature names {unknown}, which it does not contain") from unknown
    memberships = [
        (holder_number[group], holder_number[member])
        for group, member in list_memberships(literature.holders)
    ]
    place_rank = np.empty(len(claims), dtype=np.int64)
    by_place = sorted(literature.claims, key=order_by_place)
    place_rank[[claim_number[claim.id] for claim in by_place]] = np.arange(len(claims))
    # Positions are sorted, so that a random draw does not depend on the order of files.
    position_columns = _columns(sorted(positions), 3)
    step_columns = _columns(steps, 4)
    contest_columns = _columns(contests, 3)
    undercut_columns = _columns(
        [(source, contest_number[on], by) for source, on, by in undercuts if on in contest_number],
        3,
    )
    membership_columns = _columns(memberships, 2)
    return Tables(
        claims=claims,
        holders=holders,
        position_claim=position_columns[0],
        position_holder=position_columns[1],
        position_stance=position_columns[2].astype(np.int8),
        step_source=step_columns[0],
        step_target=step_columns[1],
        step_holder=step_columns[2],
        contest_source=contest_columns[0],
        contest_target=contest_columns[1],
        undercut_source=undercut_columns[0],
        undercut_contest=undercut_columns[1],
        step_relation=step_columns[3],
        contest_relation=contest_columns[2],
        undercut_relation=undercut_columns[2],
        relation_count=len(usable),
        membership_group=membership_columns[0],
        membership_member=membership_columns[1],
        place_rank=place_rank,
    )


def thin_tables(tables: Tables, keep_position: Flags, keep_relation: Flags) -> Tables:
    """Return the tables with some positions (shape (P,)) and relations (shape (R,)) left out."""
    contests = keep_relation[tables.contest_relation]
    contest_place = np.cumsum(contests) - 1
    steps = keep_relation[tables.step_relation]
    undercuts = keep_relation[tables.undercut_relation]
    if len(undercuts):
        # An undercut of a contest that is left out goes with it.
        undercuts = undercuts & contests[tables.undercut_contest]
    return replace(
        tables,
        position_claim=tables.position_claim[keep_position],
        position_holder=tables.position_holder[keep_position],
        position_stance=tables.position_stance[keep_position],
        step_source=tables.step_source[steps],
        step_target=tables.step_target[steps],
        step_holder=tables.step_holder[steps],
        step_relation=tables.step_relation[steps],
        contest_source=tables.contest_source[contests],
        contest_target=tables.contest_target[contests],
        contest_relation=tables.contest_relation[contests],
        undercut_source=tables.undercut_source[undercuts],
        undercut_contest=contest_place[tables.undercut_contest[undercuts]],
        undercut_relation=tables.undercut_relation[undercuts],
    )


def spread(starts: Ints, groups: Ints) -> tuple[Ints, Ints]:
    """Return, for all members of each listed group, the row of the list and the member's place.

    Group g has its members at ``starts[g]`` to ``starts[g + 1]``.
    """
    begins = starts[groups]
    sizes = starts[groups + 1] - begins
    row = np.repeat(np.arange(len(groups), dtype=np.int64), sizes)
    place = np.repeat(begins - np.cumsum(sizes) + sizes, sizes)
    place += np.arange(len(row), dtype=np.int64)
    return row, place


def _columns(rows: Iterable[tuple[int, ...]], width: int) -> Ints:
    """Return rows of integers as an array of shape (width, number of rows)."""
    table = np.array(list(rows), dtype=np.int64).reshape(-1, width)
    return np.ascontiguousarray(table.T)
