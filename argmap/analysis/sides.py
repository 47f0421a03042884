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

PRO, CON, MIXED = 1, -1, 0

PROBED_FROM = 50_000
"""From so many keys on, sets are probed by claim, which costs constant time for each key."""

PROBES = 6


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
    """What holders say: sets of pairs, and the steps they draw (None: all of the tables')."""

    held: Ints
    disputed: Ints
    reported: Ints
    step: Ints | None
    step_holder: Ints


def compute_sides(tables: Tables) -> Sides:
    """Return the side of every holder on every claim.

    Time and memory are linear, but for sorting, in positions, steps, and the holders of contested
    claims summed over contests.
    """
    bits, claims = _count_bits(tables), len(tables.claims)
    pairs = (tables.position_claim << bits) | tables.position_holder
    stance = tables.position_stance
    own = _Given(
        held=_as_set(pairs[stance <= ENDORSES], bits, claims),
        disputed=_as_set(pairs[stance == DISPUTES], bits, claims),
        reported=_as_set(pairs[stance == REPORTS], bits, claims),
        step=None,
        step_holder=tables.step_holder,
    )
    nothing = np.empty(0, dtype=np.int64)
    pro, con = _draw_consequences(tables, own, nothing, nothing)
    if len(tables.membership_group):
        pro, con = _inherit(tables, own, pro, _as_set(con, bits, claims))
    return _combine(pro, con, bits, claims)


def _count_bits(tables: Tables) -> int:
    """Return how many bits the number of a holder takes."""
    return max(len(tables.holders) - 1, 1).bit_length()


def _draw_consequences(tables: Tables, given: _Given, pro: Ints, closed: Ints) -> tuple[Ints, Ints]:
    """Return Pos as a set, built upon ``pro``, and the pairs of Neg; no step enters ``closed``."""
    bits, claims = _count_bits(tables), len(tables.claims)
    source, target = tables.step_source, tables.step_target
    if given.step is not None:
        source, target = source[given.step], target[given.step]
    drawn = _contains(given.held, (source << bits) | given.step_holder, bits, claims)
    reached = (target[drawn] << bits) | given.step_holder[drawn]
    for barred in (given.disputed, given.reported, closed):
        if len(barred):
            reached = reached[~_contains(barred, reached, bits, claims)]
    pro = _as_set(np.concatenate([given.held, pro, reached]), bits, claims)
    return pro, np.concatenate([given.disputed, _oppose(tables, pro)])


def _oppose(tables: Tables, pro: Ints) -> Ints:
    """Return the pairs that contests turn against: partners of held claims, less those undercut."""
    if not len(tables.contest_source) or not len(pro):
        return np.empty(0, dtype=np.int64)
    bits = _count_bits(tables)
    mask = (1 << bits) - 1
    starts = _index(pro, bits, len(tables.claims))
    count = len(tables.contest_source)
    near = np.concatenate([tables.contest_source, tables.contest_target])
    far = np.concatenate([tables.contest_target, tables.contest_source])
    row, at = spread(starts, near)
    holder = pro[at] & mask
    opposed = (far[row] << bits) | holder
    if len(tables.undercut_source):
        cut, held_at = spread(starts, tables.undercut_source)
        excused = _as_set(
            (tables.undercut_contest[cut] << bits) | (pro[held_at] & mask), bits, count
        )
        is_cut = np.zeros(count, dtype=np.bool_)
        is_cut[tables.undercut_contest] = True
        suspect = np.flatnonzero(np.concatenate([is_cut, is_cut])[row])
        contest = row[suspect] % count
        free = _contains(excused, (contest << bits) | holder[suspect], bits, count)
        keep = np.ones(len(opposed), dtype=np.bool_)
        keep[suspect[free]] = False
        opposed = opposed[keep]
    return opposed


def _inherit(tables: Tables, own: _Given, own_pro: Ints, own_con: Ints) -> tuple[Ints, Ints]:
    """Let members take over what their groups hold, from the outermost groups inwards."""
    bits, claims = _count_bits(tables), len(tables.claims)
    width, mask = len(tables.holders), (1 << bits) - 1
    group, member = tables.membership_group, tables.membership_member
    level = _rank_by_membership(width, group, member)
    sided = _unite(own_pro, own_con, bits, claims)
    steps = np.arange(len(own.step_holder), dtype=np.int64)
    # What every holder has to hand on: sets of pairs, then the steps as pairs (step, holder).
    stock = [
        own.held,
        own.disputed,
        own.reported,
        _as_set((steps << bits) | own.step_holder, bits, len(steps)),
    ]
    sizes = (claims, claims, claims, len(steps))
    pro, con = own_pro, own_con
    for rank in range(1, int(level.max(initial=0)) + 1):
        here = level[member] == rank
        ours: Flags = level == rank
        full: list[Ints] = []
        for position, store in enumerate(stock):
            passed = _hand_on(store, group[here], member[here], bits, width, sizes[position])
            if position < 3:
                passed = passed[~_contains(sided, passed, bits, claims)]
            stock[position] = _unite(store, passed, bits, sizes[position])
            full.append(stock[position][ours[stock[position] & mask]])
        given = _Given(full[0], full[1], full[2], full[3] >> bits, full[3] & mask)
        theirs = own_pro[ours[own_pro & mask]]
        more_pro, more_con = _draw_consequences(tables, given, theirs, sided)
        # Where a member takes a side of its own, no group adds another.
        pro = _unite(pro, more_pro, bits, claims)
        con = _unite(con, more_con[~_contains(sided, more_con, bits, claims)], bits, claims)
    return pro, con


def _hand_on(store: Ints, group: Ints, member: Ints, bits: int, width: int, claims: int) -> Ints:
    """Return the pairs of each group as pairs of its member."""
    mask = (1 << bits) - 1
    giving = np.zeros(width, dtype=np.bool_)
    giving[group] = True
    rows = store[giving[store & mask]]
    rows = rows[np.argsort(rows & mask, kind="stable")]
    starts = np.searchsorted(rows & mask, np.arange(width + 1))
    link, at = spread(starts, group)
    return _as_set((rows[at] & ~mask) | member[link], bits, claims)


def _rank_by_membership(width: int, group: Ints, member: Ints) -> Ints:
    """Return for each holder the length of the longest chain of groups above it (0: in none)."""
    level = np.zeros(width, dtype=np.int64)
    while True:
        raised = level.copy()
        np.maximum.at(raised, member, level[group] + 1)
        if np.array_equal(raised, level):
            return level
        level = raised


def _combine(pro: Ints, con: Ints, bits: int, claims: int) -> Sides:
    """Return pro, con and mixed rows in the order of claims and holders."""
    pairs = np.concatenate([pro, con])
    if len(pairs) < PROBED_FROM:
        either = _as_set(pairs, bits, claims)
        side = np.isin(either, pro).astype(np.int8) - np.isin(either, con).astype(np.int8)
        return Sides(claim=either >> bits, holder=either & ((1 << bits) - 1), side=side)
    # Counts of pro in the upper half of a number, of con in the lower: one pass adds up both.
    weight = np.ones(len(pairs), dtype=np.int64)
    weight[: len(pro)] = 1 << 32
    starts, holder, sums = _group(pairs, weight, bits, claims)
    side = (sums >= 1 << 32).astype(np.int8) - ((sums & 0xFFFFFFFF) > 0).astype(np.int8)
    return Sides(np.repeat(np.arange(claims), np.diff(starts)), holder, side)


def _group(keys: Ints, weight: Ints, bits: int, claims: int) -> tuple[Ints, Ints, Ints]:
    """Return where each claim's holders start, the holders, sorted, each once, and summed weights.

    Counting by claim, which scipy's sparse matrices do, is linear where sorting is not.
    """
    from scipy.sparse import coo_array

    where = (keys >> bits, keys & ((1 << bits) - 1))
    table = coo_array((weight, where), shape=(claims, 1 << bits)).tocsr()
    starts, holder = table.indptr.astype(np.int64), table.indices.astype(np.int64)
    return starts, holder, table.data


def _as_set(keys: Ints, bits: int, claims: int) -> Ints:
    """Return the keys sorted, each once."""
    if len(keys) < 2:
        return keys
    if len(keys) >= PROBED_FROM:
        starts, holder, _ = _group(keys, np.ones(len(keys), dtype=np.int64), bits, claims)
        return (np.repeat(np.arange(claims) << bits, np.diff(starts))) | holder
    ordered = np.sort(keys)
    fresh = np.empty(len(ordered), dtype=np.bool_)
    fresh[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=fresh[1:])
    return ordered[fresh]


def _unite(first: Ints, second: Ints, bits: int, claims: int) -> Ints:
    """Return the union of a set and of any keys, as a set."""
    if not len(second):
        return first
    return _as_set(np.concatenate([first, second]), bits, claims)


def _index(members: Ints, bits: int, claims: int) -> Ints:
    """Return where the pairs of each claim begin in a set, shape (C + 1,)."""
    starts = np.zeros(claims + 1, dtype=np.int64)
    np.cumsum(np.bincount(members >> bits, minlength=claims), out=starts[1:])
    return starts


def _contains(members: Ints, keys: Ints, bits: int, claims: int) -> Flags:
    """Return for each key whether the set has it."""
    found = np.zeros(len(keys), dtype=np.bool_)
    if not len(members) or not len(keys):
        return found
    if len(keys) < PROBED_FROM:
        at = np.searchsorted(members, keys)
        at[at == len(members)] = 0
        np.equal(members[at], keys, out=found)
        return found
    # Few holders stand on one claim: looking at them one after the other beats binary search,
    # which misses the cache at every step.
    starts = _index(members, bits, claims)
    claim = keys >> bits
    at, end = starts[claim], starts[claim + 1]
    left = np.flatnonzero(at < end)
    at, end, wanted = at[left], end[left], keys[left]
    for _ in range(PROBES):
        hit = members[at] == wanted
        found[left[hit]] = True
        at += 1
        more = np.flatnonzero(~hit & (at < end))
        left, at, end, wanted = left[more], at[more], end[more], wanted[more]
        if not len(left):
            return found
    place = np.searchsorted(members, wanted)
    place[place == len(members)] = 0
    found[left] = members[place] == wanted
    return found
