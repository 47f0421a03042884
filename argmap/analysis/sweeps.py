"""Signed modularity at size: sweeps of local moves over sparse ties, level upon level.

Louvain's scheme (Blondel et al. 2008) with the two null models of signed modularity.  Integers
throughout, so that no sum depends on the order of its terms.  Up to :data:`BATCHED_FROM` nodes move
one by one; where there are more, a batch of them at a time, each as if the others stayed.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np

from argmap.analysis.tables import Ints

SWEEPS = 20

BATCHED_FROM = 2_000
BATCHES = 32


def divide_sparsely(
    first: Ints, second: Ints, weight: Ints, size: int, resolution: Fraction
) -> Ints:
    """Return a partition of ``size`` holders with high signed modularity, shape (size,)."""
    plus = np.bincount(first, np.maximum(weight, 0), size) + np.bincount(
        second, np.maximum(weight, 0), size
    )
    minus = np.bincount(first, np.maximum(-weight, 0), size) + np.bincount(
        second, np.maximum(-weight, 0), size
    )
    plus_int, minus_int = plus.astype(np.int64), minus.astype(np.int64)
    label = np.arange(size, dtype=np.int64)
    block_first, block_second, block_weight = first, second, weight
    while True:
        arrays = (block_first, block_second, block_weight, plus_int, minus_int)
        if len(plus_int) > BATCHED_FROM and _is_narrow(plus_int, minus_int, resolution):
            block = _sweep_in_batches(*arrays, resolution)
        else:
            block = _sweep(*arrays, resolution)
        _, block = np.unique(block, return_inverse=True)
        count = int(block.max()) + 1
        label = block[label].astype(np.int64)
        if count == len(block):
            return label
        one, other = block[block_first], block[block_second]
        low, high = np.minimum(one, other), np.maximum(one, other)
        apart = low != high
        key, place = np.unique(low[apart] * count + high[apart], return_inverse=True)
        block_weight = np.bincount(place, block_weight[apart], len(key)).astype(np.int64)
        block_first, block_second = key // count, key % count
        plus_int = np.bincount(block, plus_int, count).astype(np.int64)
        minus_int = np.bincount(block, minus_int, count).astype(np.int64)


def _sweep(
    first: Ints, second: Ints, weight: Ints, plus: Ints, minus: Ints, resolution: Fraction
) -> Ints:
    """Return the blocks after sweeps in which each node moves to the block it adds most to."""
    size = len(plus)
    plus_total, minus_total = max(int(plus.sum()), 1), max(int(minus.sum()), 1)
    scale = resolution.denominator * plus_total * minus_total
    plus_rate = resolution.numerator * minus_total
    minus_rate = resolution.numerator * plus_total
    source = np.concatenate([first, second])
    order = np.argsort(source, kind="stable")
    neighbours = np.concatenate([second, first])[order].tolist()
    weights = np.concatenate([weight, weight])[order].tolist()
    starts = np.searchsorted(source[order], np.arange(size + 1)).tolist()
    plus_of, minus_of = plus.tolist(), minus.tolist()
    plus_sum, minus_sum = plus.tolist(), minus.tolist()
    block = list(range(size))
    # Only nodes with a neighbour that moved are looked at again.
    waiting = [True] * size
    for _ in range(SWEEPS):
        moved = 0
        for node in range(size):
            if not waiting[node]:
                continue
            waiting[node] = False
            home = block[node]
            near: dict[int, int] = {home: 0}
            for at in range(starts[node], starts[node + 1]):
                goal = block[neighbours[at]]
                near[goal] = near.get(goal, 0) + weights[at]
            my_plus, my_minus = plus_of[node], minus_of[node]
            plus_sum[home] -= my_plus
            minus_sum[home] -= my_minus
            pull_plus, pull_minus = plus_rate * my_plus, minus_rate * my_minus
            best = home
            best_gain = (
                scale * near[home] - pull_plus * plus_sum[home] + pull_minus * minus_sum[home]
            )
            for goal, net in near.items():
                gain = scale * net - pull_plus * plus_sum[goal] + pull_minus * minus_sum[goal]
                if gain > best_gain or (gain == best_gain and goal < best and goal != home):
                    if gain == best_gain and best == home:
                        continue
                    best, best_gain = goal, gain
            plus_sum[best] += my_plus
            minus_sum[best] += my_minus
            if best != home:
                block[node] = best
                moved += 1
                for at in range(starts[node], starts[node + 1]):
                    waiting[neighbours[at]] = True
        if not moved:
            break
    return np.array(block, dtype=np.int64)


def _is_narrow(plus: Ints, minus: Ints, resolution: Fraction) -> bool:
    """Say whether no gain can leave the range of 64 bits."""
    plus_total, minus_total = max(int(plus.sum()), 1), max(int(minus.sum()), 1)
    most = max(int(plus.max(initial=0)), int(minus.max(initial=0)))
    product = plus_total * minus_total * most
    return (resolution.denominator + 2 * resolution.numerator) * product < 1 << 62


def _sweep_in_batches(
    first: Ints, second: Ints, weight: Ints, plus: Ints, minus: Ints, resolution: Fraction
) -> Ints:
    """Return the blocks after sweeps in which batch after batch moves to the best blocks.

    Nodes that follow one another, often of one author, are in different batches.  A product of
    matrices gives what each node of a batch has in common with each block near it.
    """
    from scipy.sparse import coo_array, csr_array

    size = len(plus)
    plus_total, minus_total = max(int(plus.sum()), 1), max(int(minus.sum()), 1)
    scale = resolution.denominator * plus_total * minus_total
    pull_plus = resolution.numerator * minus_total * plus
    pull_minus = resolution.numerator * plus_total * minus
    # Row r is the node order[r]: batches are slices.
    order = np.argsort(np.arange(size) % BATCHES, kind="stable")
    row_of = np.empty(size, dtype=np.int32)
    row_of[order] = np.arange(size, dtype=np.int32)
    ends = (
        np.concatenate([row_of[first], row_of[second]]),
        np.concatenate([second, first]).astype(np.int32),
    )
    near = coo_array((np.concatenate([weight, weight]), ends), shape=(size, size))
    near.has_canonical_format = True
    rows = near.tocsr()
    cuts = np.linspace(0, size, BATCHES + 1).astype(np.int64).tolist()
    batches = []
    for start, end in pairwise(cuts):
        at = slice(rows.indptr[start], rows.indptr[end])
        parts = (rows.data[at], rows.indices[at], rows.indptr[start : end + 1] - at.start)
        batches.append((order[start:end], csr_array(parts, shape=(end - start, size))))
    block = np.arange(size, dtype=np.int32)
    ones, starts = np.ones(size, dtype=np.int64), np.arange(size + 1, dtype=np.int32)
    plus_sum, minus_sum = plus.copy(), minus.copy()
    for _ in range(SWEEPS):
        moved = 0
        for nodes, batch in batches:
            # The matrix sees every move, for its columns are the blocks themselves.
            shared = batch @ csr_array((ones, block, starts), shape=(size, size))
            home, mine = block[nodes], (plus[nodes], minus[nodes])
            row = np.repeat(np.arange(len(nodes)), np.diff(shared.indptr))
            goal = shared.indices
            gain = scale * shared.data
            at_home = np.flatnonzero(goal == home[row])
            stay = pull_minus[nodes] * (minus_sum[home] - mine[1]) - pull_plus[nodes] * (
                plus_sum[home] - mine[0]
            )
            stay[row[at_home]] += gain[at_home]
            gain -= pull_plus[nodes][row] * plus_sum[goal]
            gain += pull_minus[nodes][row] * minus_sum[goal]
            gain[at_home] = np.iinfo(np.int64).min
            tied = np.flatnonzero(np.diff(shared.indptr))
            best = stay.copy()
            best[tied] = np.maximum.reduceat(gain, shared.indptr[tied]) if len(tied) else 0
            chosen = np.flatnonzero((gain == best[row]) & (best > stay)[row])
            if not len(chosen):
                continue
            # Of blocks equally good, the first.
            moving = row[chosen]
            lowest = np.full(len(nodes), size, dtype=np.int32)
            np.minimum.at(lowest, moving, goal[chosen])
            moving = np.flatnonzero(lowest < size)
            new, old = lowest[moving], home[moving]
            for sums, own in zip((plus_sum, minus_sum), mine, strict=True):
                np.subtract.at(sums, old, own[moving])
                np.add.at(sums, new, own[moving])
            block[nodes[moving]] = new
            moved += len(moving)
        if not moved:
            break
    return block.astype(np.int64)
