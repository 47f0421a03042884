"""Which side each holder takes, where there are many: everybody at once, by a matrix product.

What :mod:`argmap.analysis.sides` finds by sorting and searching sets, this finds by counting, with
scipy's sparse matrices, in numbers of 32 bits where these do.  A test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from argmap.analysis.tables import Bytes, Ints, Shorts, Tables, spread

HELD, DISPUTED, REPORTED = 1, 2, 4

SLICE = 1 << 15
"""So many claims are multiplied out at a time."""

PROBES = 6
"""Of those who speak on a claim, so many are looked at one by one, the others by bisection."""

_FLAGS = np.array([HELD, HELD, DISPUTED, REPORTED], dtype=np.int8)


@dataclass(frozen=True, slots=True, eq=False)
class Said:
    """What holders say themselves: claim c has the rows ``starts[c]`` to ``starts[c + 1]``.

    Rows are sorted by claim and holder, without repetition, and end in one more that is no row:
    holder -1, flags 0.  ``flags`` adds up :data:`HELD`, :data:`DISPUTED` and :data:`REPORTED`.
    """

    starts: Shorts
    holder: Shorts
    flags: Bytes


def sort_positions(tables: Tables) -> Said:
    """Return the positions by claim and holder; those that come so are not sorted again."""
    bits, claims = max(len(tables.holders) - 1, 1).bit_length(), len(tables.claims)
    flags = _FLAGS[tables.position_stance]
    claim = tables.position_claim
    key = (claim.astype(np.int64) << bits) | tables.position_holder
    if len(key) and not (key[1:] > key[:-1]).all():
        # The flags ride along in the lowest bits.
        key = np.sort((key << 3) | flags)
        flags, key = (key & 7).astype(np.int8), key >> 3
        runs = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
        flags, key = np.bitwise_or.reduceat(flags, runs), key[runs]
        claim = key >> bits
    holder = np.empty(len(key) + 1, dtype=np.int32)
    np.bitwise_and(key, (1 << bits) - 1, out=holder[:-1], casting="unsafe")
    holder[-1] = -1
    return Said(_count_up(claim, claims), holder, np.append(flags, np.int8(0)))


def _count_up(numbers: Ints, size: int) -> Shorts:
    """Return where the rows of each number begin, if rows are sorted by it, shape (size + 1,)."""
    starts = np.zeros(size + 1, dtype=np.int32)
    np.cumsum(np.bincount(numbers, minlength=size), out=starts[1:])
    return starts


def _find(said: Said, claim: Ints, holder: Ints) -> Ints:
    """Return the row of each pair of a claim and a holder; the last, no row, where there is none.

    Few holders speak on one claim: looking at them one after the other beats binary search, which
    misses the cache at every step.
    """
    at, end = said.starts[claim], said.starts[claim + 1]
    hit = (said.holder[at] == holder) & (at < end)
    place = np.where(hit, at, np.int32(len(said.holder) - 1))
    left = np.flatnonzero(~hit & (at + 1 < end))
    at, end, wanted = at[left] + 1, end[left], holder[left]
    probes = 1
    while len(left):
        probes += 1
        if probes > PROBES:
            place[left] = _search(said, claim[left], wanted)
            break
        hit = said.holder[at] == wanted
        place[left[hit]] = at[hit]
        at += 1
        more = np.flatnonzero(~hit & (at < end))
        left, at, end, wanted = left[more], at[more], end[more], wanted[more]
    return place


def _search(said: Said, claim: Ints, holder: Ints) -> Ints:
    """Return the same as :func:`_find`, by bisection within the claim."""
    low, high = said.starts[claim], said.starts[claim + 1]
    end = high
    while (low < high).any():
        middle = (low + high) >> 1
        below = (low < high) & (said.holder[middle] < holder)
        low, high = np.where(below, middle + 1, low), np.where(below, high, middle)
        high = np.maximum(low, high)
    found: Ints = np.where((low < end) & (said.holder[low] == holder), low, len(said.holder) - 1)
    return found


def multiply_out(tables: Tables, said: Said) -> tuple[Shorts, Shorts, Bytes]:
    """Return claim, holder and side, as :class:`~argmap.analysis.sides.Sides` has them.

    Nobody inherits anything here.

    Let P be the matrix of claims by holders that says who holds what, and A that of claims by
    claims that says which contest each other.  A row of A P counts by how many contests each holder
    is against a claim; P itself, multiplied by more than any such count, rides along in one product
    with what is disputed outright.
    """
    from scipy.sparse import coo_array, csr_array

    claims, holders = len(tables.claims), len(tables.holders)
    claim_rows = np.repeat(np.arange(claims, dtype=np.int32), np.diff(said.starts))
    held = np.flatnonzero(said.flags & HELD)
    drawn = np.flatnonzero(said.flags[_find(said, tables.step_source, tables.step_holder)] & HELD)
    target, drawer = tables.step_target[drawn], tables.step_holder[drawn]
    # Whoever says anything on the claim themselves holds it already, or is not drawn to it.
    fresh = np.flatnonzero(_find(said, target, drawer) == len(said.holder) - 1)
    pro = _group(
        np.concatenate([claim_rows[held], target[fresh].astype(np.int32)]),
        np.concatenate([said.holder[held], drawer[fresh].astype(np.int32)]),
        claims,
    )
    disputed = np.flatnonzero(said.flags & DISPUTED)
    con = (claim_rows[disputed], said.holder[disputed])
    one, other = tables.contest_source, tables.contest_target
    if len(tables.undercut_source):
        whole = np.ones(len(one), dtype=np.bool_)
        whole[tables.undercut_contest] = False
        cut = _oppose_but_undercut(tables, pro, np.flatnonzero(~whole))
        con = tuple(np.concatenate(pair) for pair in zip(con, cut, strict=True))  # type: ignore[assignment]
        one, other = one[whole], other[whole]
    con_starts, con_holder = _group(*con, claims)
    everyone = np.arange(claims, dtype=np.int32)
    near = np.concatenate([one, other, everyone, everyone]).astype(np.int32)
    far = np.concatenate([other, one, everyone, everyone + claims]).astype(np.int32)
    most = int(np.diff(pro[0]).max(initial=0)), int(np.bincount(near).max(initial=0))
    narrow = most[0] * most[1] + int(np.diff(con_starts).max(initial=0)) < 1 << 15
    kind: Any
    shift, kind = (15, np.int32) if narrow and most[0] < 1 << 15 else (32, np.int64)
    weight = np.ones(len(near), dtype=kind)
    weight[2 * len(one) : 2 * len(one) + claims] = 1 << shift
    links: Any = coo_array((weight, (near, far)), shape=(claims, 2 * claims))
    links.has_canonical_format = True
    stacked = np.concatenate([pro[0], con_starts[1:] + pro[0][-1]])
    columns = np.concatenate([pro[1], con_holder])
    right = csr_array(
        (np.ones(len(columns), dtype=kind), columns, stacked), shape=(2 * claims, holders)
    )
    left = links.tocsr()
    parts: list[tuple[Shorts, Shorts, Bytes]] = []
    for start in range(0, claims, SLICE):
        # A slice of claims at a time: what it takes stays in the cache.
        end = min(start + SLICE, claims)
        at = slice(left.indptr[start], left.indptr[end])
        rows = (left.data[at], left.indices[at], left.indptr[start : end + 1] - at.start)
        product = csr_array(rows, shape=(end - start, 2 * claims)) @ right
        product.sort_indices()
        counts = product.data
        side = (counts >= 1 << shift).view(np.int8)
        side -= ((counts & ((1 << shift) - 1)) > 0).view(np.int8)
        claim = np.repeat(np.arange(start, end, dtype=np.int32), np.diff(product.indptr))
        parts.append((claim, product.indices, side))
    if not parts:
        return np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.int8)
    claim, holder, side = (np.concatenate(column) for column in zip(*parts, strict=True))
    return claim, holder, side


def _group(claim: Shorts, holder: Shorts, claims: int) -> tuple[Shorts, Shorts]:
    """Return where each claim's holders start, and the holders, in no order."""
    from scipy.sparse import coo_array

    shape = (claims, int(holder.max(initial=0)) + 1)
    table = coo_array((np.empty(len(claim), dtype=np.int8), (claim, holder)), shape=shape)
    # Not so, but nothing need be added up or sorted.
    table.has_canonical_format = True
    rows = table.tocsr()
    return rows.indptr, rows.indices


def _oppose_but_undercut(
    tables: Tables, pro: tuple[Shorts, Shorts], contests: Ints
) -> tuple[Shorts, Shorts]:
    """Return who is against which claim by contests that are undercut, but not by themselves."""
    starts, holders = pro
    near = np.concatenate([tables.contest_source[contests], tables.contest_target[contests]])
    far = np.concatenate([tables.contest_target[contests], tables.contest_source[contests]])
    row, at = spread(starts, near)
    holder = holders[at]
    cut, held_at = spread(starts, tables.undercut_source)
    width = len(tables.holders)
    excused = np.sort(tables.undercut_contest[cut].astype(np.int64) * width + holders[held_at])
    keys = contests[row % len(contests)].astype(np.int64) * width + holder
    place = np.searchsorted(excused, keys)
    place[place == len(excused)] = 0
    bound = np.flatnonzero(excused[place] != keys) if len(excused) else np.arange(len(keys))
    return far[row[bound]].astype(np.int32), holder[bound].astype(np.int32)
