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

from argmap.analysis.sides import MIXED, PRO, Sides
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


COMPARED_UP_TO = 24
"""Claims with up to so many authors on their sides are searched for shared ones by comparison."""


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
    taking = sides.side != MIXED
    claim, holder = sides.claim[taking], sides.holder[taking]
    is_pro: Flags = sides.side[taking] == PRO
    pro_size = np.bincount(claim[is_pro], minlength=size)
    con_size = np.bincount(claim[~is_pro], minlength=size)
    pro_voices, con_voices = pro_size.copy(), con_size.copy()
    depth = np.minimum(pro_size, con_size)

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
        rows = range(begin, end)
        pro = [_read_tokens(voices, int(holder[row])) for row in rows if is_pro[row]]
        con = [_read_tokens(voices, int(holder[row])) for row in rows if not is_pro[row]]
        pro_voices[number], pro_upper[number] = count_voices(pro)
        con_voices[number], con_upper[number] = count_voices(con)
        deep = count_depth(pro, con) if pro and con else Bounds(0, 0)
        depth[number], depth_upper[number] = deep
    only_mixed = np.bincount(sides.claim[~taking], minlength=size) > 0

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
    limits = [int(each.max(initial=0)) + 1 for each in (depth, voices, received, place)]
    key = np.zeros(len(depth), dtype=np.int64)
    if math.prod(limits) >= 1 << 63:
        return np.lexsort((place, -received, -voices, -depth))
    # All four in one number: sorting it is several times faster.
    for each, limit in zip((depth, voices, received), limits, strict=False):
        key = key * limit + (limit - 1 - each)
    return np.argsort(key * limits[3] + place)


def _group_rows(claim: Ints, holder: Ints, voices: VoiceTable) -> tuple[Ints, Ints]:
    """Return the group of each row, and the claims whose rows are too tangled to be grouped.

    Rows are (claim, holder) pairs sorted by claim.  A group is a connected component of rows of one
    claim under sharing a token, all of which share one and the same token.  Rows of claims where no
    voice is shared, and those of tangled claims, have group -1.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    part = np.full(len(claim), -1, dtype=np.int64)
    shared_claims = _find_shared(claim, holder, voices)
    if not len(shared_claims):
        return part, shared_claims
    affected = np.zeros(int(claim[-1]) + 1, dtype=np.bool_)
    affected[shared_claims] = True
    rows = np.flatnonzero(affected[claim])
    owner, token = spread(voices.starts, holder[rows])
    row, token = rows[owner], voices.tokens[token]
    order = np.lexsort((token, claim[row]))
    row, token = row[order], token[order]
    same = (claim[row[1:]] == claim[row[:-1]]) & (token[1:] == token[:-1])
    local = np.searchsorted(rows, row)
    left, right = local[:-1][same], local[1:][same]
    links = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(len(rows),) * 2)
    _, label = connected_components(links, directed=False)
    size_of_part = np.bincount(label)
    # Runs of equal (claim, token): a run as long as its component shows that all share that token.
    starts = np.flatnonzero(np.concatenate([[True], ~same]))
    length = np.diff(np.concatenate([starts, [len(row)]]))
    whole = size_of_part == 1
    run_label = label[local[starts]]
    whole[run_label[length == size_of_part[run_label]]] = True
    tangled = np.unique(claim[rows[~whole[label]]])
    affected[tangled] = False
    chosen = affected[claim[rows]]
    part[rows[chosen]] = label[chosen]
    return part, tangled


def _find_shared(claim: Ints, holder: Ints, voices: VoiceTable) -> Ints:
    """Return the claims on which two rows share a token."""
    # A token that one holder only has can be shared by nobody; nor does a lone row share any.
    common = np.bincount(voices.tokens) > 1 if len(voices.tokens) else np.zeros(1, dtype=np.bool_)
    kept = common[voices.tokens]
    starts = np.concatenate([[0], np.cumsum(kept)])[voices.starts]
    tokens = voices.tokens[kept].astype(np.int32)
    crowded = np.zeros(len(claim), dtype=np.bool_)
    if len(claim):
        np.equal(claim[1:], claim[:-1], out=crowded[1:])
        crowded[:-1] |= crowded[1:]
    rows = np.flatnonzero(crowded)
    owner, at = spread(starts, holder[rows])
    token, where = tokens[at], claim[rows].astype(np.int32)[owner]
    # The tokens of one claim stand together: each is compared with the next, the next but one, and
    # so on as far as the claim reaches.  Very long claims are sorted instead.
    runs = np.flatnonzero(np.concatenate([[True], where[1:] != where[:-1]])) if len(where) else at
    length = np.diff(np.concatenate([runs, [len(where)]]))
    found = []
    long = np.repeat(length > COMPARED_UP_TO, length)
    if long.any():
        key = np.sort((where[long].astype(np.int64) << 32) | token[long])
        found.append(key[1:][key[1:] == key[:-1]] >> 32)
        token, where = token[~long], where[~long]
    for shift in range(1, COMPARED_UP_TO):
        if shift >= len(token):
            break
        twice = (token[shift:] == token[:-shift]) & (where[shift:] == where[:-shift])
        found.append(where[shift:][twice].astype(np.int64))
        if shift >= length[length <= COMPARED_UP_TO].max(initial=0):
            break
    return np.unique(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)
