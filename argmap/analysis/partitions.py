"""Dividing holders into blocks that agree within and disagree between.

For holders i and j, s is the number of claims on which both take a side and agree, less the number
on which they disagree.  The blocks maximise signed modularity, the sum over pairs in one block of
``s - γ (k⁺ᵢ k⁺ⱼ / 2m⁺ - k⁻ᵢ k⁻ⱼ / 2m⁻)``, where k⁺ and k⁻ are sums of a holder's positive and
negative s (as magnitudes), 2m⁺ and 2m⁻ their totals; with γ = 0 this is correlation clustering
(Gómez, Jensen and Arenas 2009; Bansal, Blum and Chawla 2004).  Each connected debate is divided on
its own, and blocks are split into pieces connected by positive s.

Everything is counted in integers, so that a sum does not depend on the order of its terms: the
objective is multiplied by the denominators of its fractions.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

import numpy as np

from argmap.analysis.tables import Flags, Ints, spread

DENSE_UP_TO = 400
"""Debates of up to this many holders are divided on full matrices, larger ones on sparse ones."""

ENUMERATED_UP_TO = 9
"""Debates of up to this many holders are divided exactly: all partitions are tried."""

SMALL = 300_000
"""Up to this many pairs are listed one by one; beyond, scipy's sparse matrices pay."""

RESTARTS = 20
PATIENCE = 20
ROUNDS = 30


@dataclass(frozen=True, slots=True, eq=False)
class Ties:
    """The signed ties of H holders: s for each pair that is not even.

    Attributes
    ----------
    first, second, weight : int64, shape (T,)
        Pairs with first < second, sorted, and their s, never 0.
    debate : int64, shape (H,)
        The connected debate of each holder: holders are connected where they take a side on one
        claim.  Debates are numbered by their first holder.
    """

    first: Ints
    second: Ints
    weight: Ints
    debate: Ints


def find_ties(claim: Ints, holder: Ints, side: Ints, size: int) -> Ties:
    """Return the ties of ``size`` holders from rows of (claim, holder, side), side being 1 or -1.

    Time and memory grow with the sum over claims of the square of the holders who take a side.
    """
    distinct, column = np.unique(claim, return_inverse=True)
    claims = len(distinct)
    debate = number_blocks(connect(size + claims, holder, column.astype(np.int64) + size)[:size])
    counts = np.bincount(column, minlength=claims)
    if int((counts * counts).sum()) <= SMALL:
        # Every two rows of one claim, without the matrices that only pay at size.
        order = np.argsort(column, kind="stable")
        starts = np.concatenate([[0], np.cumsum(counts)])
        row, place = spread(starts, column[order])
        one, other = order[row], order[place]
        apart = holder[one] < holder[other]
        one, other = one[apart], other[apart]
        key, place = np.unique(holder[one] * size + holder[other], return_inverse=True)
        # Sums of a few ones are exact as floats.
        total = np.bincount(place, side[one] * side[other], len(key)).astype(np.int64)
        key, total = key[total != 0], total[total != 0]
        return Ties(key // size, key % size, total, debate)
    from scipy.sparse import csr_array

    table = csr_array((side.astype(np.int32), (holder, column)), shape=(size, claims))
    net = table @ table.T.tocsr()
    net.sort_indices()
    first = np.repeat(np.arange(size), np.diff(net.indptr))
    chosen = np.flatnonzero((first < net.indices) & (net.data != 0))
    second, weight = net.indices[chosen].astype(np.int64), net.data[chosen].astype(np.int64)
    return Ties(first[chosen], second, weight, debate)


def connect(size: int, first: Ints, second: Ints) -> Ints:
    """Return for ``size`` things, linked in pairs, a label of the connected component of each."""
    if size + len(first) > SMALL // 100:
        from scipy.sparse import coo_array
        from scipy.sparse.csgraph import connected_components

        links = coo_array((np.ones(len(first), dtype=np.int8), (first, second)), shape=(size, size))
        return connected_components(links, directed=False)[1].astype(np.int64)
    # Setting scipy's matrices up takes longer than all the work on a few links.
    root = list(range(size))

    def find(thing: int) -> int:
        while root[thing] != thing:
            root[thing] = root[root[thing]]
            thing = root[thing]
        return thing

    for one, other in zip(first.tolist(), second.tolist(), strict=True):
        root[find(one)] = find(other)
    return np.array([find(thing) for thing in range(size)], dtype=np.int64)


def number_blocks(label: Ints) -> Ints:
    """Return labels numbered 0, 1, … in the order of the first member of each block."""
    if len(label) <= SMALL // 1000:
        seen: dict[int, int] = {}
        return np.array([seen.setdefault(each, len(seen)) for each in label.tolist()], np.int64)
    _, first, inverse = np.unique(label, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    numbered: Ints = rank[inverse]
    return numbered


def divide_holders(
    ties: Ties, *, resolution: Fraction = Fraction(1), restarts: int = RESTARTS
) -> Ints:
    """Return the block of each holder, shape (H,), numbered by first member.

    ``resolution`` is γ.  Debates of up to :data:`ENUMERATED_UP_TO` holders are divided exactly,
    larger ones by searches with fixed restarts; of partitions found equally good, the
    lexicographically smallest is taken.  Up to :data:`DENSE_UP_TO` holders a search costs O(n³) at
    worst, beyond that (one search) near linear time in the ties.
    """
    label = np.arange(len(ties.debate), dtype=np.int64)
    if not len(ties.first):
        return label
    # One pass sorts holders and ties by debate; debates without ties stay as they are.
    sizes = np.bincount(ties.debate)
    by_debate = np.argsort(ties.debate, kind="stable")
    starts = np.concatenate([[0], np.cumsum(sizes)])
    place = np.empty(len(label), dtype=np.int64)
    place[by_debate] = np.arange(len(label)) - np.repeat(starts[:-1], sizes)
    tie_debate = ties.debate[ties.first]
    tie_order = np.argsort(tie_debate, kind="stable")
    tie_starts = np.searchsorted(tie_debate[tie_order], np.arange(len(sizes) + 1))
    for debate in np.unique(tie_debate).tolist():
        members = by_debate[starts[debate] : starts[debate + 1]]
        rows = tie_order[tie_starts[debate] : tie_starts[debate + 1]]
        first, second = place[ties.first[rows]], place[ties.second[rows]]
        weight = ties.weight[rows]
        if len(members) <= DENSE_UP_TO:
            block = _divide_densely(first, second, weight, len(members), resolution, restarts)
        else:
            from argmap.analysis.sweeps import divide_sparsely

            block = divide_sparsely(first, second, weight, len(members), resolution)
        label[members] = members[_first_members(block)]
    return split_blocks(ties, label)


def _first_members(block: Ints) -> Ints:
    """Return for each holder the first member of its block."""
    _, first, inverse = np.unique(block, return_index=True, return_inverse=True)
    return first[inverse].astype(np.int64)


def split_blocks(ties: Ties, label: Ints) -> Ints:
    """Return the pieces of the blocks that positive ties connect, numbered by first member."""
    inside: Flags = (ties.weight > 0) & (label[ties.first] == label[ties.second])
    return number_blocks(connect(len(label), ties.first[inside], ties.second[inside]))


def weigh_pairs(
    first: Ints, second: Ints, weight: Ints, size: int, resolution: Fraction
) -> tuple[Ints, int]:
    """Return the matrix of what each pair adds to the objective, in integers, and the multiplier.

    The matrix has shape (n, n), zero on the diagonal; divided by the multiplier it is in units
    of s.
    """
    matrix = np.zeros((size, size), dtype=np.int64)
    matrix[first, second] = weight
    matrix[second, first] = weight
    plus = np.maximum(matrix, 0).sum(axis=1)
    minus = np.maximum(-matrix, 0).sum(axis=1)
    plus_total, minus_total = max(int(plus.sum()), 1), max(int(minus.sum()), 1)
    scale = resolution.denominator * plus_total * minus_total
    combined = (
        scale * matrix
        - resolution.numerator * minus_total * np.multiply.outer(plus, plus)
        + resolution.numerator * plus_total * np.multiply.outer(minus, minus)
    )
    np.fill_diagonal(combined, 0)
    return combined, scale


def measure_partition(pairs: Ints, label: Ints) -> int:
    """Return twice the objective: the sum over ordered pairs in one block of their matrix entry."""
    together = label[:, None] == label[None, :]
    return int(pairs[together].sum())


def _divide_densely(
    first: Ints, second: Ints, weight: Ints, size: int, resolution: Fraction, restarts: int
) -> Ints:
    """Return the best partition of several searches on the full matrix."""
    pairs, _ = weigh_pairs(first, second, weight, size, resolution)
    if size <= ENUMERATED_UP_TO:
        return _try_all(pairs)
    best = _climb(pairs, _merge_greedily(pairs, np.arange(size, dtype=np.int64)))
    best_value = measure_partition(pairs, best)
    source = random.Random(0)
    for attempt in range(restarts):
        # In turn: from nothing, from two, three or four blocks at random, and from a shaken copy of
        # the best so far.
        order = source.sample(range(size), size)
        start = np.arange(size, dtype=np.int64)
        few = (attempt + 1) % 5
        if few == 0:
            start = best.copy()
            start[order[: size // 3]] = source.randrange(size)
        elif few > 1:
            start = np.array([source.randrange(few) for _ in range(size)], dtype=np.int64)
        found = _climb(pairs, start, order)
        value = measure_partition(pairs, found)
        if value > best_value or (value == best_value and tuple(found) < tuple(best)):
            best, best_value = found, value
    return best


@cache
def _list_partitions(size: int) -> Ints:
    """Return all partitions as rows of block numbers by first member, in lexicographic order."""
    rows = np.zeros((1, 1), dtype=np.int64)
    for _ in range(size - 1):
        choices = rows.max(axis=1) + 2
        which = np.repeat(np.arange(len(rows)), choices)
        first = np.repeat(np.cumsum(choices) - choices, choices)
        rows = np.column_stack([rows[which], np.arange(len(which)) - first])
    return rows


def _try_all(pairs: Ints) -> Ints:
    """Return the best of all partitions, the lexicographically smallest of several."""
    rows = _list_partitions(len(pairs))
    value = np.zeros(len(rows), dtype=np.int64)
    for one in range(len(pairs)):
        for other in range(one + 1, len(pairs)):
            if pairs[one, other]:
                value += pairs[one, other] * (rows[:, one] == rows[:, other])
    best: Ints = rows[int(value.argmax())].copy()
    return best


def _climb(pairs: Ints, label: Ints, order: list[int] | None = None) -> Ints:
    """Return a partition that neither moving a holder nor merging two blocks improves."""
    size = len(label)
    label = number_blocks(label)
    for _ in range(ROUNDS):
        # Column c holds what each holder would add to block c.
        sums = np.zeros((size, size), dtype=np.int64)
        for block in range(int(label.max()) + 1):
            sums[:, block] = pairs[:, label == block].sum(axis=1)
        moved = True
        while moved:
            moved = False
            for holder in order if order is not None else range(size):
                row = sums[holder]
                home, goal = int(label[holder]), int(row.argmax())
                if row[goal] > row[home]:
                    sums[:, home] -= pairs[:, holder]
                    sums[:, goal] += pairs[:, holder]
                    label[holder] = goal
                    moved = True
        label = number_blocks(label)
        better = _chain(pairs, _merge_greedily(pairs, label))
        if np.array_equal(better, label):
            return label
        label = better
    return label


def _chain(pairs: Ints, label: Ints) -> Ints:
    """Return the best partition along a chain of moves, each holder moving once, losses allowed.

    The idea is Kernighan and Lin's: what no single move gains, a chain may.
    """
    size = len(label)
    label = label.copy()
    sums = np.zeros((size, size), dtype=np.int64)
    for block in range(int(label.max()) + 1):
        sums[:, block] = pairs[:, label == block].sum(axis=1)
    everyone = np.arange(size)
    free = np.ones(size, dtype=np.bool_)
    value = best_value = since = 0
    best = label.copy()
    never = np.iinfo(np.int64).min // 2
    for _ in range(size):
        since += 1
        if since > PATIENCE:
            break
        gains = sums - sums[everyone, label][:, None]
        gains[everyone, label] = never
        gains[~free] = never
        holder, goal = divmod(int(gains.argmax()), size)
        value += int(gains[holder, goal])
        sums[:, label[holder]] -= pairs[:, holder]
        sums[:, goal] += pairs[:, holder]
        label[holder] = goal
        free[holder] = False
        if value > best_value:
            best_value, best, since = value, label.copy(), 0
    return number_blocks(best)


def _merge_greedily(pairs: Ints, label: Ints) -> Ints:
    """Return the blocks after merging, again and again, the two that gain most by it."""
    count = int(label.max()) + 1
    ones = np.zeros((len(label), count), dtype=np.int64)
    ones[np.arange(len(label)), label] = 1
    between = ones.T @ pairs @ ones
    np.fill_diagonal(between, 0)
    label = label.copy()
    while True:
        best = int(between.argmax())
        one, other = sorted(divmod(best, count))
        if between[one, other] <= 0:
            return number_blocks(label)
        between[one] += between[other]
        between[:, one] += between[:, other]
        between[other] = 0
        between[:, other] = 0
        between[one, one] = 0
        label[label == other] = one


def divide_exactly(
    pairs: Ints, *, at_most_two: bool = False, seconds: float = 60.0
) -> tuple[Ints, int]:
    """Return an optimal partition and twice its objective, by integer programming (HiGHS).

    ``pairs`` as from :func:`weigh_pairs`.  Clique partitioning with triangle inequalities: good for
    some thirty holders.  With ``at_most_two``, the best into one or two blocks.

    Raises
    ------
    RuntimeError
        If the optimum is not proved within the time given.
    """
    from itertools import combinations

    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    size = len(pairs)
    index = {pair: number for number, pair in enumerate(combinations(range(size), 2))}
    if not index:
        return np.zeros(size, dtype=np.int64), 0
    weight = np.array([pairs[pair] for pair in index], dtype=np.float64)
    rows: list[tuple[int, int, int]] = []
    lower: list[float] = []
    upper: list[float] = []
    for one, two, three in combinations(range(size), 3):
        sides = (index[one, two], index[two, three], index[one, three])
        for odd in range(3):
            row = len(upper)
            rows += [(row, side, -1 if place == odd else 1) for place, side in enumerate(sides)]
            lower.append(-np.inf)
            upper.append(1.0)
        if at_most_two:
            # Of any three, two are together.
            row = len(upper)
            rows += [(row, side, 1) for side in sides]
            lower.append(1.0)
            upper.append(np.inf)
    constraints = []
    if rows:
        where_row, where_column, value = np.array(rows).T
        matrix = coo_array((value, (where_row, where_column)), shape=(len(upper), len(index)))
        constraints = [LinearConstraint(matrix.tocsr(), np.array(lower), np.array(upper))]
    solved = milp(
        -weight / max(float(np.abs(weight).max()), 1.0),
        integrality=np.ones(len(index), dtype=np.int64),
        bounds=Bounds(0, 1),
        constraints=constraints,
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if solved.status != 0:
        raise RuntimeError(f"the optimum was not proved: {solved.message}")
    label = np.arange(size, dtype=np.int64)
    for (one, other), number in index.items():
        if solved.x[number] > 0.5:
            label[label == label[other]] = min(label[one], label[other])
            label[other] = label[one]
    label = number_blocks(label)
    return label, measure_partition(pairs, label)
