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
from itertools import product

import numpy as np

from argmap import model
from argmap.analysis.sides import COMPILED_FROM, CON, MIXED, PRO, Sides
from argmap.analysis.tables import Flags, Ints, Tables, spread
from argmap.analysis.voices import Bounds, Tokens, count_depth, count_voices
from argmap.extras import is_installed

STATUSES = model.STATUSES[::-1]
"""The statuses by their numbers, the least contested first."""
UNHELD, ASSERTED, CORROBORATED, MIXED_ONLY, CHALLENGED, SELF_CONTESTED, DISPUTED = range(7)


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


def _name_status(voices: int, mixed: bool, con: bool, deep: bool) -> int:
    """Return the status of a claim by how many voices are pro (two stands for more)."""
    if deep:
        return DISPUTED
    if con:
        return SELF_CONTESTED if voices else CHALLENGED
    if voices:
        return ASSERTED if voices == 1 else CORROBORATED
    return MIXED_ONLY if mixed else UNHELD


_STATUS_OF = np.array(
    [
        _name_status(voices, mixed, con, deep)
        for deep, con, mixed, voices in product(
            (False, True), (False, True), (False, True), range(3)
        )
    ],
    dtype=np.int8,
)
"""The status by number of voices, plus 3 if any are mixed, 6 if any con, 12 if depth is not 0."""


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
    pro_size, con_size, mixed_size, shared = _count_sides(size, sides, voices)
    pro_voices, con_voices = pro_size.copy(), con_size.copy()
    depth = np.minimum(pro_voices, con_voices)

    rows = _list_rows(sides, np.flatnonzero(shared))
    rows = rows[sides.side[rows] != MIXED]
    claim, holder, is_pro = sides.claim[rows], sides.holder[rows], sides.side[rows] == PRO
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

    found = np.minimum(pro_voices, 2).astype(np.int8)
    for weight, flags in ((3, mixed_size > 0), (6, con_size > 0), (12, depth > 0)):
        found += flags * np.int8(weight)
    status = _STATUS_OF[found]
    received = np.bincount(tables.contest_target, minlength=size)
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
        rank=_rank(depth, pro_voices + con_voices, received, tables.place_rank),
        bounded=bounded,
    )


def _read_tokens(voices: VoiceTable, holder: int) -> Tokens:
    row = voices.tokens[voices.starts[holder] : voices.starts[holder + 1]]
    return frozenset(row.tolist())


def _rank(depth: Ints, voices: Ints, received: Ints, place: Ints) -> Ints:
    """Return the rank of each claim by depth, voices, contests received, highest first, then place.

    Shape (C,), from 0.
    """
    size = len(depth)
    rank = np.empty(size, dtype=np.int32)
    limits = [int(each.max(initial=0)) + 1 for each in (depth, voices, received)]
    if math.prod(limits) * size >= 1 << 63:
        rank[np.lexsort((place, -received, -voices, -depth))] = np.arange(size, dtype=np.int32)
        return rank
    # One number for all four, the place last, out of which it is read again.
    key = depth.astype(np.int64)
    for each, limit in zip((voices, received), limits[1:], strict=True):
        key *= limit
        key += each
    key *= -size
    key += place
    key.sort()
    key %= max(size, 1)
    rank[key] = np.arange(size, dtype=np.int32)
    return rank[place]


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


def _list_rows(sides: Sides, claims: Ints) -> Ints:
    """Return the rows of some claims, which come sorted."""
    claims = claims.astype(sides.claim.dtype)  # else numpy would copy all rows
    begins = np.searchsorted(sides.claim, claims)
    sizes = np.searchsorted(sides.claim, claims, side="right") - begins
    rows: Ints = np.arange(int(sizes.sum())) + np.repeat(begins - np.cumsum(sizes) + sizes, sizes)
    return rows


def _count_sides(claims: int, sides: Sides, voices: VoiceTable) -> tuple[Ints, Ints, Ints, Flags]:
    """Return for each claim how many are pro, con and mixed, and whether any two share a voice.

    Who is mixed shares with nobody.
    """
    if len(sides.claim) >= COMPILED_FROM and is_installed("numba"):
        from argmap.analysis.loops import count_sides

        rows = (sides.claim, sides.holder, sides.side)
        return count_sides(claims, rows, (voices.starts, voices.tokens))
    pro, con, mixed = (
        np.bincount(sides.claim[sides.side == side], minlength=claims) for side in (PRO, CON, MIXED)
    )
    shared = np.zeros(claims, dtype=np.bool_)
    # A token that one holder only has can be shared by nobody.
    common = np.flatnonzero((np.bincount(voices.tokens) > 1)[voices.tokens])
    starts = np.searchsorted(common, voices.starts)
    taking = np.flatnonzero(sides.side != MIXED)
    row, at = spread(starts, sides.holder[taking])
    width = int(voices.tokens.max(initial=0)) + 1
    key = np.sort(sides.claim[taking][row].astype(np.int64) * width + voices.tokens[common[at]])
    shared[key[1:][key[1:] == key[:-1]] // width] = True
    return pro, con, mixed, shared
