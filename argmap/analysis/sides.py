"""Which side each holder takes on each claim, for a whole literature at once.

The same definitions as in :mod:`argmap.analysis.stances`, in whole arrays instead of one holder at
a time: this module says *where* everybody stands, that one says *why*.  A test holds them together.

A set of (holder, claim) pairs is a sorted array of keys ``claim * H + holder`` without repetition,
H being the number of holders.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from argmap.analysis.tables import (
    ASSERTS,
    DISPUTES,
    ENDORSES,
    REPORTS,
    Bytes,
    Flags,
    Ints,
    Tables,
    spread,
)

PRO, CON, MIXED = 1, -1, 0


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """Who stands where: one row for each holder and each claim on which they take a side.

    Attributes
    ----------
    claim, holder : int64, shape (N,)
        Sorted by claim, then by holder.
    side : int8, shape (N,)
        1 pro, -1 con, 0 mixed (both, which counts for neither).
    """

    claim: Ints
    holder: Ints
    side: Bytes


@dataclass(frozen=True, slots=True, eq=False)
class _Given:
    """What holders say themselves: sets of pairs, and the steps they draw."""

    held: Ints
    disputed: Ints
    reported: Ints
    step: Ints
    step_holder: Ints


def compute_sides(tables: Tables) -> Sides:
    """Return the side of every holder on every claim.

    Time and memory are linear, but for sorting, in positions, steps, and the holders of contested
    claims summed over contests.
    """
    width = max(len(tables.holders), 1)
    pairs = tables.position_claim * width + tables.position_holder
    stance = tables.position_stance
    own = _Given(
        held=_as_set(pairs[(stance == ASSERTS) | (stance == ENDORSES)]),
        disputed=_as_set(pairs[stance == DISPUTES]),
        reported=_as_set(pairs[stance == REPORTS]),
        step=np.arange(len(tables.step_source), dtype=np.int64),
        step_holder=tables.step_holder,
    )
    nothing = np.empty(0, dtype=np.int64)
    pro, con = _draw_consequences(tables, own, nothing, nothing)
    if len(tables.membership_group):
        pro, con = _inherit(tables, own, pro, con)
    return _combine(pro, con, width)


def _draw_consequences(tables: Tables, given: _Given, pro: Ints, closed: Ints) -> tuple[Ints, Ints]:
    """Return Pos, built upon ``pro``, and Neg; no step leads to a pair in ``closed``."""
    width = max(len(tables.holders), 1)
    premise = tables.step_source[given.step] * width + given.step_holder
    drawn = _contains(given.held, premise)
    reached = tables.step_target[given.step[drawn]] * width + given.step_holder[drawn]
    for barred in (given.disputed, given.reported, closed):
        if len(barred):
            reached = reached[~_contains(barred, reached)]
    pro = _unite(_unite(given.held, pro), reached)
    return pro, _unite(given.disputed, _oppose(tables, pro))


def _oppose(tables: Tables, pro: Ints) -> Ints:
    """Return the pairs that contests turn against: partners of held claims, less those undercut."""
    if not len(tables.contest_source) or not len(pro):
        return np.empty(0, dtype=np.int64)
    width = max(len(tables.holders), 1)
    contest_count = len(tables.contest_source)
    starts = np.searchsorted(pro, np.arange(len(tables.claims) + 1, dtype=np.int64) * width)
    near = np.concatenate([tables.contest_source, tables.contest_target])
    far = np.concatenate([tables.contest_target, tables.contest_source])
    row, at = spread(starts, near)
    holder = pro[at] % width
    opposed = far[row] * width + holder
    if len(tables.undercut_source):
        cut, held_at = spread(starts, tables.undercut_source)
        excused = _as_set(tables.undercut_contest[cut] * width + pro[held_at] % width)
        opposed = opposed[~_contains(excused, (row % contest_count) * width + holder)]
    return opposed


def _inherit(tables: Tables, own: _Given, own_pro: Ints, own_con: Ints) -> tuple[Ints, Ints]:
    """Let members take over what their groups hold, from the outermost groups inwards."""
    width = max(len(tables.holders), 1)
    group, member = tables.membership_group, tables.membership_member
    level = _rank_by_membership(width, group, member)
    sided = _unite(own_pro, own_con)
    step_key = own.step * width + own.step_holder
    # What every holder has to hand on: sets of pairs, then the steps as keys (step, holder).
    stock = [own.held, own.disputed, own.reported, _as_set(step_key)]
    pro, con = own_pro, own_con
    for rank in range(1, int(level.max(initial=0)) + 1):
        here = level[member] == rank
        ours: Flags = level == rank
        full: list[Ints] = []
        for position, store in enumerate(stock):
            passed = _hand_on(store, group[here], member[here], width)
            if position < 3:
                passed = passed[~_contains(sided, passed)]
            stock[position] = _unite(store, passed)
            full.append(stock[position][ours[stock[position] % width]])
        given = _Given(full[0], full[1], full[2], full[3] // width, full[3] % width)
        theirs = own_pro[ours[own_pro % width]]
        more_pro, more_con = _draw_consequences(tables, given, theirs, sided)
        # Where a member takes a side of its own, no group adds another.
        pro = _unite(pro, more_pro)
        con = _unite(con, more_con[~_contains(sided, more_con)])
    return pro, con


def _hand_on(store: Ints, group: Ints, member: Ints, width: int) -> Ints:
    """Return the pairs of each group as pairs of its member."""
    giving = np.zeros(width, dtype=np.bool_)
    giving[group] = True
    rows = store[giving[store % width]]
    rows = rows[np.argsort(rows % width, kind="stable")]
    starts = np.searchsorted(rows % width, np.arange(width + 1))
    link, at = spread(starts, group)
    return _as_set(rows[at] // width * width + member[link])


def _rank_by_membership(width: int, group: Ints, member: Ints) -> Ints:
    """Return for each holder the length of the longest chain of groups above it (0: in none)."""
    level = np.zeros(width, dtype=np.int64)
    while True:
        raised = level.copy()
        np.maximum.at(raised, member, level[group] + 1)
        if np.array_equal(raised, level):
            return level
        level = raised


def _combine(pro: Ints, con: Ints, width: int) -> Sides:
    """Return pro, con and mixed rows in the order of claims and holders."""
    either = _unite(pro, con)
    in_pro, in_con = _contains(pro, either), _contains(con, either)
    side = in_pro.astype(np.int8) - in_con.astype(np.int8)
    return Sides(claim=either // width, holder=either % width, side=side)


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
    """Return the union of a set and of any keys, as a set."""
    if not len(second):
        return first
    return _as_set(np.concatenate([first, second]))


def _contains(members: Ints, keys: Ints) -> Flags:
    """Return for each key whether the set has it; O(k log m)."""
    if not len(members) or not len(keys):
        return np.zeros(len(keys), dtype=np.bool_)
    at = np.searchsorted(members, keys)
    at[at == len(members)] = 0
    found: Flags = members[at] == keys
    return found
