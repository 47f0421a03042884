"""Sides and shared voices of large literatures in compiled loops: the extra ``speed``.

What :mod:`argmap.analysis.sides` and :mod:`argmap.analysis.standings` find by sorting and searching
whole arrays, these functions find claim by claim, compiled by numba.  The definitions and the
results are the same, and tests hold the two together.  Importing this module raises
:class:`~argmap.extras.MissingExtra` without the extra.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import Any, NamedTuple

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
)
from argmap.extras import require

numba: Any = require("numba", "speed")

HELD = 1 << ASSERTS | 1 << ENDORSES
DISPUTED, REPORTED = 1 << DISPUTES, 1 << REPORTS
SHORT = 32


class Rows(NamedTuple):
    """Holders by claim: claim c has the rows ``starts[c]`` to ``starts[c + 1]``, sorted, each once.

    ``mark`` is, row by row, what a holder says (:data:`DISPUTED`, :data:`REPORTED` and any of
    :data:`HELD`) or the side they take; empty where there is nothing to say.
    """

    starts: Ints
    holder: Ints
    mark: Bytes


def _compile(loop: Callable[..., Any]) -> Callable[..., Any]:
    """Compile a function when it is first called; keep it on disk where the machine allows it."""
    try:
        return numba.njit(cache=True, nogil=True)(loop)  # type: ignore[no-any-return]
    except RuntimeError:  # there is no folder to keep it in
        return numba.njit(nogil=True)(loop)  # type: ignore[no-any-return]


@_compile
def _sort(numbers: Ints, begin: int, end: int) -> None:
    """Sort a stretch in place; most of what comes here is short."""
    if end - begin > SHORT:
        numbers[begin:end].sort()
        return
    for at in range(begin + 1, end):
        number, place = numbers[at], at
        while place > begin and numbers[place - 1] > number:
            numbers[place] = numbers[place - 1]
            place -= 1
        numbers[place] = number


def sort_said(tables: Tables) -> Rows:
    """Return what holders say themselves; positions that come sorted are not sorted again."""
    claim, holder = tables.position_claim, tables.position_holder
    flags = np.left_shift(np.int8(1), tables.position_stance)
    if not are_sorted(claim, holder):
        bits = max(len(tables.holders) - 1, 1).bit_length()
        # The flags ride along in the lowest bits.
        key = np.sort((((claim.astype(np.int64) << bits) | holder) << 4) | flags)
        flags, key = (key & 15).astype(np.int8), key >> 4
        runs = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]]))
        flags, key = np.bitwise_or.reduceat(flags, runs), key[runs]
        claim, holder = key >> bits, key & ((1 << bits) - 1)
    starts = find_starts(claim, len(tables.claims))
    return Rows(starts, holder.astype(np.int32, copy=False), flags)


@_compile
def are_sorted(claim: Ints, holder: Ints) -> bool:
    """Say whether pairs rise strictly, by claim and then by holder."""
    rising = True
    for row in range(1, len(claim)):
        same = claim[row] == claim[row - 1]
        rising &= (claim[row] > claim[row - 1]) | (same & (holder[row] > holder[row - 1]))
    return rising


def find_starts(claim: Ints, claims: int) -> Ints:
    """Return where the rows of each claim begin, and where the last end; rows come sorted."""
    # Large arrays are made by numpy, here and below, for it asks for large pages.
    starts = np.zeros(claims + 1, np.int64)
    _fill_starts(claim, starts)
    return starts


@_compile
def _fill_starts(claim: Ints, starts: Ints) -> None:
    for row in range(len(claim)):
        starts[claim[row] + 1] = row + 1
    for number in range(len(starts) - 1):
        starts[number + 1] = max(starts[number], starts[number + 1])


def draw_steps(said: Rows, source: Ints, target: Ints, drawer: Ints) -> tuple[Ints, Ints]:
    """Return who holds what: where each claim's holders start, and the holders, sorted.

    A holder holds what they say they hold, and the target of each step that they draw from such a
    claim, unless they say anything themselves on the target.  Linear in positions and steps.
    """
    first = np.full(len(said.starts) - 1, -1, np.int32)
    following = np.empty(len(source), np.int32)
    drawn = _link_drawn(said, source, target, drawer, first, following)
    starts = np.zeros(len(said.starts), np.int64)
    pro = np.empty(len(said.holder) + drawn + 1, np.int32)
    size = _add_drawn(said, drawer, first, following, starts, pro)
    return starts, pro[:size]


@_compile
def _link_drawn(
    said: Rows, source: Ints, target: Ints, drawer: Ints, first: Ints, following: Ints
) -> int:
    """Write down the first step drawn to each claim and the one after each; return how many."""
    starts, holder, flags = said
    drawn = 0
    for step in range(len(source)):
        who, holds, silent = drawer[step], False, True
        for row in range(starts[source[step]], starts[source[step] + 1]):
            if holder[row] >= who:
                holds = holder[row] == who and flags[row] & HELD != 0
                break
        if not holds:
            continue
        for row in range(starts[target[step]], starts[target[step] + 1]):
            if holder[row] >= who:
                silent = holder[row] != who
                break
        if silent:
            following[step] = first[target[step]]
            first[target[step]] = step
            drawn += 1
    return drawn


@_compile
def _add_drawn(
    said: Rows, drawer: Ints, first: Ints, following: Ints, pro_starts: Ints, pro: Ints
) -> int:
    """Write down who holds what, as said and drawn, and return how many rows that takes.

    A row is written first, and then counted or not, which is faster than to choose; it takes room
    for one more.
    """
    starts, holder, flags = said
    size = 0
    for claim in range(len(first)):
        begin, step = size, first[claim]
        for row in range(starts[claim], starts[claim + 1]):
            pro[size] = holder[row]
            size += flags[row] & HELD != 0
        if step >= 0:
            while step >= 0:
                pro[size] = drawer[step]
                size += 1
                step = following[step]
            _sort(pro, begin, size)
            end, size = size, begin + 1
            for row in range(begin + 1, end):
                pro[size] = pro[row]
                size += pro[row] != pro[size - 1]
        pro_starts[claim + 1] = size
    return size


@_compile
def link_contests(one: Ints, other: Ints, claims: int) -> tuple[Ints, Ints]:
    """Return for each claim where its contests start, and the contests, each at both its claims.

    Starts have one entry more than there are claims.
    """
    ends = np.zeros(claims + 2, np.int32)
    for contest in range(len(one)):
        ends[one[contest] + 2] += 1
        ends[other[contest] + 2] += 1
    for claim in range(claims):
        ends[claim + 2] += ends[claim + 1]
    links = np.empty(2 * len(one), np.int32)
    for contest in range(len(one)):
        for claim in (one[contest], other[contest]):
            links[ends[claim + 1]] = contest
            ends[claim + 1] += 1
    return ends[:-1], links


def find_room(said: Rows, held: Rows, more: Rows, one: Ints, other: Ints) -> Ints:
    """Return for each claim where the rows of its sides can start, and where the last can end."""
    room = np.zeros(len(said.starts), np.int64)
    _fill_room(held.starts, one, other, room)
    for rows in (said, held, more):
        room += rows.starts
    return room


@_compile
def _fill_room(starts: Ints, one: Ints, other: Ints, room: Ints) -> None:
    """Make room for those who hold the other claim of a contest."""
    for contest in range(len(one)):
        here, there = one[contest], other[contest]
        room[here + 1] += starts[there + 1] - starts[there]
        room[there + 1] += starts[here + 1] - starts[here]
    for claim in range(len(room) - 1):
        room[claim + 1] += room[claim]


@_compile
def link_undercuts(cut: Ints, contests: int) -> tuple[Ints, Ints]:
    """Return the first undercut of each contest and the one after each, -1 for none."""
    first = np.full(contests, -1, np.int32)
    following = np.empty(len(cut), np.int32)
    for row in range(len(cut)):
        following[row] = first[cut[row]]
        first[cut[row]] = row
    return first, following


@_compile
def oppose(
    said: Rows,
    held: Rows,
    more: Rows,
    contests: tuple[Ints, Ints, Ints, Ints],
    undercuts: tuple[Ints, Ints, Ints],
    room: Ints,
    claims: tuple[int, int],
    out: tuple[Ints, Ints, Bytes],
) -> int:
    """Find everybody who takes a side on some claims, by claim and holder, and return how many.

    Against a claim are those who dispute it, and those who hold a claim that stands in a contest
    with it, but for holders of a claim that undercuts this very contest.  ``more`` has sides of
    holders who take none of their own on the claim.  Contests are two claims each, linked by
    :func:`link_contests`; undercuts a claim, linked by :func:`link_undercuts`.  Claim, holder and
    side are written into ``out`` from where there is :func:`find_room` for the first claim.
    """
    one, other, starts, links = contests
    cutting, first, following = undercuts
    widest = 0
    for claim in range(claims[0], claims[1]):
        widest = max(widest, room[claim + 1] - room[claim])
    # Holder and side in one number: 4 con, 5 mixed, 6 pro.  Written before they are counted, too.
    words = np.empty(widest + 1, np.int64)
    claim_of, holder_of, side_of = out
    size = room[claims[0]]
    for claim in range(claims[0], claims[1]):
        end = 0
        for row in range(held.starts[claim], held.starts[claim + 1]):
            words[end] = held.holder[row] * 8 + 6
            end += 1
        for row in range(said.starts[claim], said.starts[claim + 1]):
            words[end] = said.holder[row] * 8 + 4
            end += said.mark[row] & DISPUTED != 0
        for row in range(more.starts[claim], more.starts[claim + 1]):
            words[end] = more.holder[row] * 8 + 5 + more.mark[row]
            end += 1
        for link in range(starts[claim], starts[claim + 1]):
            contest = links[link]
            far = other[contest] if one[contest] == claim else one[contest]
            for row in range(held.starts[far], held.starts[far + 1]):
                who, free = held.holder[row], True
                by = first[contest]
                while by >= 0 and free:
                    for at in range(held.starts[cutting[by]], held.starts[cutting[by] + 1]):
                        if held.holder[at] >= who:
                            free = held.holder[at] != who
                            break
                    by = following[by]
                if free:
                    words[end] = who * 8 + 4
                    end += 1
        _sort(words, 0, end)
        begin = size
        for row in range(end):
            who, side = words[row] >> 3, (words[row] & 7) - 5
            if size == begin or holder_of[size - 1] != who:
                claim_of[size] = claim
                holder_of[size] = who
                side_of[size] = side
                size += 1
            elif side_of[size - 1] != side:
                side_of[size - 1] = 0
    rows: int = size - room[claims[0]]
    return rows


def list_sides(tables: Tables, inherit: Callable[[Rows], Rows]) -> tuple[Ints, Ints, Bytes]:
    """Return claim, holder and side of everybody who takes one, sorted by claim and holder.

    ``inherit`` gives the sides that come to members from their groups, out of what holders say.
    Works on all processors; the result does not depend on how many there are.
    """
    said = sort_said(tables)
    one, other = tables.contest_source, tables.contest_target
    steps = (tables.step_source, tables.step_target, tables.step_holder)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        waiting = pool.submit(inherit, said)
        held = Rows(*draw_steps(said, *steps), said.mark[:0])
        contests = (one, other, *link_contests(one, other, len(tables.claims)))
        undercuts = (tables.undercut_source, *link_undercuts(tables.undercut_contest, len(one)))
        more = waiting.result()
        room = find_room(said, held, more, one, other)
        most = int(room[-1])
        out = (np.empty(most, np.int32), np.empty(most, np.int32), np.empty(most, np.int8))
        parts = _split(len(tables.claims))
        found = [
            pool.submit(oppose, said, held, more, contests, undercuts, room, part, out)
            for part in parts
        ]
        end = 0
        for (first, _), rows in zip(parts, found, strict=True):
            begin, size = int(room[first]), rows.result()
            for column in out:
                column[end : end + size] = column[begin : begin + size]
            end += size
    return out[0][:end], out[1][:end], out[2][:end]


def count_sides(
    claims: int, sides: tuple[Ints, Ints, Bytes], voices: tuple[Ints, Ints]
) -> tuple[Ints, Ints, Ints, Flags]:
    """Return for each claim how many are pro, con and mixed, and whether any two share a voice.

    Rows are sorted by claim; who is mixed shares with nobody.  Linear in rows and their tokens.
    """
    pro, con, mixed = (np.zeros(claims, np.int32) for _ in range(3))
    counts = (pro, con, mixed, np.zeros(claims, np.bool_))
    parts = _split(claims)
    bounds = np.array([*(part[0] for part in parts), claims], dtype=sides[0].dtype)
    cuts = np.searchsorted(sides[0], bounds).tolist()
    # Numbers without a sign index without a look whether they count from the end.
    starts, tokens = (column.astype(np.uint32) for column in voices)
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        rows = [tuple(column[a:b] for column in sides) for a, b in pairwise(cuts)]
        list(pool.map(lambda part: _tally(*part, starts, tokens, counts), rows))
    return counts


def count_parts() -> int:
    """Return into how many parts work is cut: a few for each processor, to even out."""
    return 4 * (os.cpu_count() or 1)


def _split(claims: int) -> list[tuple[int, int]]:
    """Return where each part of the claims begins and ends."""
    parts = count_parts()
    cuts = [claims * part // parts for part in range(parts + 1)]
    return list(pairwise(cuts))


@_compile
def _tally(
    claim: Ints,
    holder: Ints,
    side: Bytes,
    starts: Ints,
    tokens: Ints,
    counts: tuple[Ints, Ints, Ints, Flags],
) -> None:
    pro, con, mixed, shared = counts
    last = np.full(tokens.max() + 1 if len(tokens) else 0, -1, np.int32)
    for row in range(len(claim)):
        here, who = claim[row], holder[row]
        if side[row] == 0:
            mixed[here] += 1
            continue
        if side[row] > 0:
            pro[here] += 1
        else:
            con[here] += 1
        for at in range(starts[who], starts[who + 1]):
            token = tokens[at]
            if last[token] == here:
                shared[here] = True
            last[token] = here
