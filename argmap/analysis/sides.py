"""Which side each holder takes on each claim, for a whole literature at once.

The same definitions as in :mod:`argmap.analysis.stances`, in whole arrays instead of one holder at
a time: this module says *where* everybody stands, that one says *why*.  A test holds them together.

A set of (claim, holder) pairs is a sorted array of keys without repetition: the claim's number,
shifted left by enough bits to hold the holder's.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from argmap.analysis.tables import (
    DISPUTES,
    ENDORSES,
    REPORTS,
    Bytes,
    Flags,
    Ints,
    Tables,
    spread,
)
from argmap.extras import is_installed

PRO, CON, MIXED = 1, -1, 0

COMPILED_FROM = 50_000
"""From so many positions on the loops of the extra ``speed`` are used where it is installed."""


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """Who stands where: one row for each holder and each claim on which they take a side.

    Attributes
    ----------
    claim, holder : int64 (int32 where there are many), shape (N,)
        Sorted by claim, then by holder.
    side : int8, shape (N,)
        1 pro, -1 con, 0 mixed (both, which counts for neither).
    """

    claim: Ints
    holder: Ints
    side: Bytes


@dataclass(frozen=True, slots=True, eq=False)
class _Given:
    """What holders say: sets of pairs, and the steps they draw, by row of the tables."""

    held: Ints
    disputed: Ints
    reported: Ints
    step: Ints
    step_holder: Ints


def compute_sides(tables: Tables) -> Sides:
    """Return the side of every holder on every claim.

    Time and memory are linear, but for sorting, in positions, steps, and the holders of contested
    claims summed over contests.  Positions that come sorted by claim and holder are not sorted
    again.
    """
    if len(tables.position_claim) >= COMPILED_FROM and is_installed("numba"):
        return _compute_in_loops(tables)
    bits = _count_bits(tables)
    pairs = (tables.position_claim.astype(np.int64) << bits) | tables.position_holder
    stance = tables.position_stance
    own = _Given(
        held=_as_set(pairs[stance <= ENDORSES]),
        disputed=_as_set(pairs[stance == DISPUTES]),
        reported=_as_set(pairs[stance == REPORTS]),
        step=np.arange(len(tables.step_holder), dtype=np.int64),
        step_holder=tables.step_holder,
    )
    nothing = np.empty(0, dtype=np.int64)
    pro, con = _draw_consequences(tables, own, nothing, nothing)
    if len(tables.membership_group):
        more_pro, more_con = _inherit(tables, own, pro, con)
        pro, con = _unite(pro, more_pro), _unite(con, more_con)
    return _combine(pro, con, bits)


def _compute_in_loops(tables: Tables) -> Sides:
    """Return the same claim by claim, in compiled loops; sets are for those in groups only."""
    from argmap.analysis.loops import Rows, find_starts, list_sides

    def inherit(said: Rows) -> Rows:
        more = _inherit_alone(tables, said.starts, said.holder, said.mark)
        starts = find_starts(more.claim, len(tables.claims))
        return Rows(starts, more.holder.astype(np.int32), more.side)

    return Sides(*list_sides(tables, inherit))


def _inherit_alone(tables: Tables, starts: Ints, holder: Ints, flags: Bytes) -> Sides:
    """Return the sides that members of groups inherit, where they take none themselves."""
    from argmap.analysis.loops import DISPUTED, HELD, REPORTED

    nothing = np.empty(0, dtype=np.int64)
    if not len(tables.membership_group):
        return Sides(nothing, nothing, np.empty(0, dtype=np.int8))
    # Whoever is in no group, and is none, neither inherits nor hands on.
    related = np.zeros(len(tables.holders), dtype=np.bool_)
    related[tables.membership_group] = related[tables.membership_member] = True
    bits = _count_bits(tables)
    rows = np.flatnonzero(related[holder])
    claim = np.searchsorted(starts, rows, side="right") - 1
    pairs, flags = (claim << bits) | holder[rows], flags[rows]
    steps = np.flatnonzero(related[tables.step_holder])
    own = _Given(
        held=pairs[(flags & HELD) > 0],
        disputed=pairs[(flags & DISPUTED) > 0],
        reported=pairs[(flags & REPORTED) > 0],
        step=steps,
        step_holder=tables.step_holder[steps].astype(np.int64),
    )
    pro, con = _draw_consequences(tables, own, nothing, nothing)
    return _combine(*_inherit(tables, own, pro, con), bits)


def _count_bits(tables: Tables) -> int:
    """Return how many bits the number of a holder takes."""
    return max(len(tables.holders) - 1, 1).bit_length()


def _draw_consequences(tables: Tables, given: _Given, pro: Ints, closed: Ints) -> tuple[Ints, Ints]:
    """Return Pos, built upon ``pro``, and Neg, as sets; no step enters ``closed``."""
    bits = _count_bits(tables)
    # Columns may be narrow; pairs are not.
    source = tables.step_source[given.step].astype(np.int64)
    target = tables.step_target[given.step].astype(np.int64)
    drawn = _contains(given.held, (source << bits) | given.step_holder)
    reached = _as_set((target[drawn] << bits) | given.step_holder[drawn])
    for barred in (given.disputed, given.reported, closed):
        if len(barred):
            reached = reached[~_contains(barred, reached)]
    pro = _as_set(np.concatenate([given.held, pro, reached]))
    return pro, _as_set(np.concatenate([given.disputed, _oppose(tables, pro)]))


def _oppose(tables: Tables, pro: Ints) -> Ints:
    """Return the pairs that contests turn against: partners of held claims, less those undercut."""
    if not len(tables.contest_source) or not len(pro):
        return np.empty(0, dtype=np.int64)
    bits = _count_bits(tables)
    mask = (1 << bits) - 1
    number, starts = _number_claims(pro, bits, len(tables.claims))
    one, other = number[tables.contest_source], number[tables.contest_target]
    touched = np.flatnonzero(one | other)
    row, at = spread(starts, np.concatenate([one[touched], other[touched]]))
    far = np.concatenate([tables.contest_target[touched], tables.contest_source[touched]])
    holder = pro[at] & mask
    opposed = (far[row].astype(np.int64) << bits) | holder
    if len(tables.undercut_source):
        cut, held_at = spread(starts, number[tables.undercut_source])
        excused = _as_set(
            (tables.undercut_contest[cut].astype(np.int64) << bits) | (pro[held_at] & mask)
        )
        is_cut = np.zeros(len(tables.contest_source), dtype=np.bool_)
        is_cut[tables.undercut_contest] = True
        contest = np.concatenate([touched, touched])[row]
        suspect = np.flatnonzero(is_cut[contest])
        free = _contains(excused, (contest[suspect] << bits) | holder[suspect])
        keep = np.ones(len(opposed), dtype=np.bool_)
        keep[suspect[free]] = False
        opposed = opposed[keep]
    return opposed


def _inherit(tables: Tables, own: _Given, own_pro: Ints, own_con: Ints) -> tuple[Ints, Ints]:
    """Let members take over what their groups hold, from the outermost groups inwards.

    Returns what is added to Pos and to Neg, as sets: nothing where a member takes a side of its
    own.
    """
    bits = _count_bits(tables)
    width, mask = len(tables.holders), (1 << bits) - 1
    group, member = tables.membership_group, tables.membership_member
    level = _rank_by_membership(width, group, member)
    sided = _unite(own_pro, own_con)
    # What every holder has to hand on: sets of pairs, then the steps as pairs (step, holder).
    stock = [
        own.held,
        own.disputed,
        own.reported,
        _as_set((own.step << bits) | own.step_holder),
    ]
    pro, con = [own_pro[:0]], [own_con[:0]]
    for rank in range(1, int(level.max(initial=0)) + 1):
        here = level[member] == rank
        ours: Flags = level == rank
        full: list[Ints] = []
        for position, store in enumerate(stock):
            passed = _hand_on(store, group[here], member[here], bits, width)
            if position < 3:
                passed = passed[~_contains(sided, passed)]
            stock[position] = _unite(store, passed)
            full.append(stock[position][ours[stock[position] & mask]])
        given = _Given(full[0], full[1], full[2], full[3] >> bits, full[3] & mask)
        theirs = own_pro[ours[own_pro & mask]]
        more_pro, more_con = _draw_consequences(tables, given, theirs, sided)
        pro.append(more_pro[~_contains(sided, more_pro)])
        con.append(more_con[~_contains(sided, more_con)])
    return _as_set(np.concatenate(pro)), _as_set(np.concatenate(con))


def _hand_on(store: Ints, group: Ints, member: Ints, bits: int, width: int) -> Ints:
    """Return the pairs of each group as pairs of its member."""
    mask = (1 << bits) - 1
    giving = np.zeros(width, dtype=np.bool_)
    giving[group] = True
    rows = store[giving[store & mask]]
    rows = rows[np.argsort(rows & mask, kind="stable")]
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows & mask, minlength=width))])
    link, at = spread(starts, group)
    return _as_set((rows[at] & ~mask) | member[link])


def _rank_by_membership(width: int, group: Ints, member: Ints) -> Ints:
    """Return for each holder the length of the longest chain of groups above it (0: in none)."""
    level = np.zeros(width, dtype=np.int64)
    while True:
        raised = level.copy()
        np.maximum.at(raised, member, level[group] + 1)
        if np.array_equal(raised, level):
            return level
        level = raised


def _combine(pro: Ints, con: Ints, bits: int) -> Sides:
    """Return the rows of the sets pro and con, in the order of claims and holders."""
    either = _as_set(np.concatenate([pro, con]))
    side = _contains(pro, either).astype(np.int8) - _contains(con, either).astype(np.int8)
    return Sides(claim=either >> bits, holder=either & ((1 << bits) - 1), side=side)


def _as_set(keys: Ints) -> Ints:
    """Return the keys sorted, each once."""
    if len(keys) < 2:
        return keys
    ordered = np.sort(keys)
    fresh = np.empty(len(ordered), dtype=np.bool_)
    fresh[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    return ordered[fresh]


def _unite(first: Ints, second: Ints) -> Ints:
    """Return the union of two sets."""
    return _as_set(np.concatenate([first, second])) if len(second) else first


def _number_claims(members: Ints, bits: int, claims: int) -> tuple[Ints, Ints]:
    """Return a number for each claim, and where in a set the pairs of each number begin and end.

    Claims that have pairs there are numbered from 1; all others are 0, which has none.
    """
    claim = members >> bits
    heads = np.flatnonzero(np.concatenate([[True], claim[1:] != claim[:-1]]))
    number = np.zeros(claims, dtype=np.int32)
    number[claim[heads]] = np.arange(1, len(heads) + 1, dtype=np.int32)
    return number, np.concatenate([[0], heads, [len(members)]])


def _contains(members: Ints, keys: Ints) -> Flags:
    """Return for each key whether the set has it."""
    found = np.zeros(len(keys), dtype=np.bool_)
    if not len(members) or not len(keys):
        return found
    at = np.searchsorted(members, keys)
    at[at == len(members)] = 0
    np.equal(members[at], keys, out=found)
    return found
