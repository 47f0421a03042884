"""The status of every claim: who stands for it, who against it, in independent voices.

*Depth* is the largest k such that k holders of the pro side and k of the con side can be chosen
with no voice shared among all 2k.  *disputed*: depth at least 1; *self-contested*: both sides,
depth 0; *challenged*: only con; *mixed*: only mixed holders; *corroborated*: no con and at least
two voices pro; *asserted*: one voice pro; *unheld*: nobody.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from argmap.analysis.sides import CON, MIXED, PRO, Sides
from argmap.analysis.tables import Flags, Ints, Tables, spread
from argmap.analysis.voices import Bounds, Tokens, count_depth, count_voices

STATUSES = (
    "unheld",
    "asserted",
    "corroborated",
    "mixed",
    "challenged",
    "self-contested",
    "disputed",
)
UNHELD, ASSERTED, CORROBORATED, MIXED_ONLY, CHALLENGED, SELF_CONTESTED, DISPUTED = range(7)


HASHED_FROM = 10_000
"""From so many claims on, those on which authors may be shared are sought by hashes first."""

HASHES = (0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D)
SLICE = 1 << 15
BITS = 57
"""Multipliers, so many claims at a time, and the bits tokens are hashed to: 128 rows fit in 64."""


@dataclass(frozen=True, slots=True, eq=False)
class VoiceTable:
    """The tokens of H holders in rows: holder h has ``tokens[starts[h]:starts[h + 1]]``."""

    starts: Ints
    tokens: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """What is counted of each of C claims; every array has shape (C,).

    ``status`` indexes :data:`STATUSES`.  The ``_upper`` arrays differ from the others only for
    claims in ``bounded``, where holders sharing voices are too many to be packed exactly; there the
    plain arrays are lower bounds.  ``received`` counts contests against the claim.  ``rank`` is the
    claim's place in the order: depth, voices, contests received, earliest place, id.
    """

    status: Ints
    depth: Ints
    depth_upper: Ints
    pro_voices: Ints
    pro_upper: Ints
    con_voices: Ints
    con_upper: Ints
    received: Ints
    rank: Ints
    bounded: Flags


def tabulate_voices(voices: dict[str, Tokens], holders: Sequence[str]) -> VoiceTable:
    """Return the tokens of the holders as arrays, in the holders' order."""
    rows = [sorted(voices[name]) for name in holders]
    sizes = np.fromiter((len(row) for row in rows), dtype=np.int64, count=len(rows))
    flat = np.fromiter((token for row in rows for token in row), dtype=np.int64)
    return VoiceTable(starts=np.concatenate([[0], np.cumsum(sizes)]), tokens=flat)


def count_standings(tables: Tables, sides: Sides, voices: VoiceTable) -> Counts:
    """Return status, depth, voices and order of every claim.

    Linear, but for sorting, in the rows of ``sides``; claims on which holders share voices in a way
    more tangled than groups of which all share one are packed one by one.
    """
    size = len(tables.claims)
    # Every claim's rows stand together: where runs of one claim begin, and in which claims.
    claim, holder = sides.claim, sides.holder
    is_pro, is_con = sides.side == PRO, sides.side == CON
    begins = np.flatnonzero(claim[1:] != claim[:-1]) + 1
    runs = np.concatenate([np.zeros(min(len(claim), 1), dtype=np.int64), begins, [len(claim)]])
    spoken = claim[runs[:-1]]
    pro_size, con_size, all_size = (np.zeros(size, dtype=np.int64) for _ in range(3))
    all_size[spoken] = np.diff(runs)
    for count, flags in ((pro_size, is_pro), (con_size, is_con)):
        running = np.zeros(len(claim) + 1, dtype=np.int32)
        np.cumsum(flags, out=running[1:])
        count[spoken] = np.diff(running[runs])
    pro_voices, con_voices = pro_size.copy(), con_size.copy()
    depth = np.minimum(pro_size, con_size)

    shared = _find_shared(runs, sides, voices)
    rows, _ = _list_rows(runs, shared)
    rows = rows[sides.side[rows] != MIXED]
    claim, holder, is_pro = claim[rows], holder[rows], is_pro[rows]
    part, tangled = _group_rows(claim, holder, voices)
    # Groups that all share one voice: a packing takes at most one member of each.
    grouped = np.flatnonzero(part >= 0)
    if len(grouped):
        _, place = np.unique(part[grouped], return_inverse=True)
        groups = int(place.max()) + 1
        has_pro = np.zeros(groups, dtype=np.bool_)
        has_con = np.zeros(groups, dtype=np.bool_)
        has_pro[place[is_pro[grouped]]] = True
        has_con[place[~is_pro[grouped]]] = True
        at = np.zeros(groups, dtype=np.int64)
        at[place] = claim[grouped]
        touched = np.unique(at)
        pro_voices[touched] = np.bincount(at[has_pro], minlength=size)[touched]
        con_voices[touched] = np.bincount(at[has_con], minlength=size)[touched]
        together = np.bincount(at, minlength=size)[touched]
        depth[touched] = np.minimum(
            np.minimum(pro_voices[touched], con_voices[touched]), together // 2
        )
    pro_upper, con_upper, depth_upper = pro_voices.copy(), con_voices.copy(), depth.copy()
    begins, ends = np.searchsorted(claim, tangled), np.searchsorted(claim, tangled, side="right")
    for number, begin, end in zip(tangled.tolist(), begins.tolist(), ends.tolist(), strict=True):
        lines = range(begin, end)
        pro = [_read_tokens(voices, int(holder[row])) for row in lines if is_pro[row]]
        con = [_read_tokens(voices, int(holder[row])) for row in lines if not is_pro[row]]
        pro_voices[number], pro_upper[number] = count_voices(pro)
        con_voices[number], con_upper[number] = count_voices(con)
        deep = count_depth(pro, con) if pro and con else Bounds(0, 0)
        depth[number], depth_upper[number] = deep
    only_mixed = all_size > pro_size + con_size

    status = np.full(size, UNHELD, dtype=np.int64)
    status[only_mixed] = MIXED_ONLY
    status[pro_voices == 1] = ASSERTED
    status[pro_voices >= 2] = CORROBORATED
    status[con_size > 0] = CHALLENGED
    status[(con_size > 0) & (pro_size > 0)] = SELF_CONTESTED
    status[depth >= 1] = DISPUTED
    received = np.bincount(tables.contest_target, minlength=size)
    rank = np.empty(size, dtype=np.int64)
    rank[_order(depth, pro_voices + con_voices, received, tables.place_rank)] = np.arange(size)
    bounded = (pro_upper > pro_voices) | (con_upper > con_voices) | (depth_upper > depth)
    return Counts(
        status=status,
        depth=depth,
        depth_upper=depth_upper,
        pro_voices=pro_voices,
        pro_upper=pro_upper,
        con_voices=con_voices,
        con_upper=con_upper,
        received=received,
        rank=rank,
        bounded=bounded,
    )


def _read_tokens(voices: VoiceTable, holder: int) -> Tokens:
    row = voices.tokens[voices.starts[holder] : voices.starts[holder + 1]]
    return frozenset(row.tolist())


def _order(depth: Ints, voices: Ints, received: Ints, place: Ints) -> Ints:
    """Return the claims by depth, voices and contests received, highest first, then by place."""
    limits = [int(each.max(initial=0)) + 1 for each in (depth, voices, received)]
    if math.prod(limits) >= 1 << 63:
        return np.lexsort((place, -received, -voices, -depth))
    key = np.zeros(len(depth), dtype=np.int64)
    for each, limit in zip((depth, voices, received), limits, strict=True):
        key = key * limit + (limit - 1 - each)
    order = np.empty(len(depth), dtype=np.int64)
    order[place] = np.arange(len(depth))
    # Sixteen bits at a time, the lowest first: numpy sorts these by counting.
    while math.prod(limits) > 1:
        digit = (key & 0xFFFF).astype(np.uint16)
        order = order[np.argsort(digit[order], kind="stable")]
        key >>= 16
        limits = [-(-math.prod(limits) >> 16)]
    return order


def _group_rows(claim: Ints, holder: Ints, voices: VoiceTable) -> tuple[Ints, Ints]:
    """Return the group of each row, and the claims whose rows are too tangled to be grouped.

    Rows are (claim, holder) pairs sorted by claim.  A group is a connected component of rows of one
    claim under sharing a token, all of which share one and the same token.  Rows of tangled claims
    have group -1.
    """
    part = np.full(len(claim), -1, dtype=np.int64)
    if not len(claim):
        return part, np.empty(0, dtype=np.int64)
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    row, at = spread(voices.starts, holder)
    token = voices.tokens[at]
    order = np.lexsort((token, claim[row]))
    row, token = row[order], token[order]
    same = (claim[row[1:]] == claim[row[:-1]]) & (token[1:] == token[:-1])
    left, right = row[:-1][same], row[1:][same]
    links = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(len(claim),) * 2)
    _, label = connected_components(links, directed=False)
    size_of_part = np.bincount(label)
    # Runs of equal (claim, token): a run as long as its component shows that all share that token.
    starts = np.flatnonzero(np.concatenate([[True], ~same]))
    length = np.diff(np.concatenate([starts, [len(row)]]))
    whole = size_of_part == 1
    run_label = label[row[starts]]
    whole[run_label[length == size_of_part[run_label]]] = True
    tangled = np.unique(claim[~whole[label]])
    affected = np.ones(int(claim[-1]) + 1, dtype=np.bool_)
    affected[tangled] = False
    chosen = affected[claim]
    part[chosen] = label[chosen]
    return part, tangled


def _list_rows(runs: Ints, chosen: Ints) -> tuple[Ints, Ints]:
    """Return the rows of some runs, and where each run's begin among them."""
    sizes = runs[chosen + 1] - runs[chosen]
    begins = np.cumsum(sizes) - sizes
    rows = np.arange(int(sizes.sum())) + np.repeat(runs[chosen] - begins, sizes)
    return rows, begins


def _find_shared(runs: Ints, sides: Sides, voices: VoiceTable) -> Ints:
    """Return the runs of rows, each of one claim, in which two that take a side share a token.

    Run n has the rows ``runs[n]`` to ``runs[n + 1]``.  Tokens are first hashed to
    bits: where the bits of the rows add up to what they are together, no two rows share a bit, and
    so none shares a token.  What is left after a few hashes is compared token by token.
    """
    nothing = np.empty(0, dtype=np.int64)
    if not len(voices.tokens):
        return nothing
    # A token that one holder only has can be shared by nobody.
    common = np.flatnonzero((np.bincount(voices.tokens) > 1)[voices.tokens])
    tokens = voices.tokens[common]
    owner = np.searchsorted(voices.starts, common, side="right") - 1
    left = np.arange(len(runs) - 1)
    for multiplier in HASHES:
        if len(left) < HASHED_FROM:
            break
        bits = np.zeros(len(voices.starts), dtype=np.uint64)
        hashed = (tokens.astype(np.uint64) * np.uint64(multiplier)) >> np.uint64(32)
        np.bitwise_or.at(bits, owner, np.uint64(1) << hashed % np.uint64(BITS))
        everything = len(left) == len(runs) - 1
        # A slice of runs at a time: what it takes stays in the cache.
        parts = [nothing]
        for start in range(0, len(left), SLICE):
            some = left[start : start + SLICE]
            rows: Ints | slice
            if everything:
                rows = slice(runs[some[0]], runs[some[-1] + 1])
                begins = runs[some] - rows.start
            else:
                rows, begins = _list_rows(runs, some)
            # Those on both sides of a claim count for neither, and share with nobody.
            signs = bits[sides.holder[rows]]
            signs[sides.side[rows] == MIXED] = 0
            apart = np.bitwise_or.reduceat(signs, begins) == np.add.reduceat(signs, begins)
            many = runs[some + 1] - runs[some] > 1 << (64 - BITS)
            parts.append(some[~apart | many])
        left = np.concatenate(parts)
    if not len(left):
        return nothing
    rows, begins = _list_rows(runs, left)
    run = np.repeat(left, np.diff(np.append(begins, len(rows))))
    taking = np.flatnonzero(sides.side[rows] != MIXED)
    rows, run = rows[taking], run[taking]
    starts = np.searchsorted(common, voices.starts)
    row, at = spread(starts, sides.holder[rows])
    width = int(tokens.max(initial=0)) + 1
    key = np.sort(run[row] * width + tokens[at])
    return np.unique(key[1:][key[1:] == key[:-1]] // width)
