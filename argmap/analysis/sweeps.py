"""Signed modularity at size: sweeps of local moves over sparse ties, level upon level.

Louvain's scheme (Blondel et al. 2008) with the two null models of signed modularity.  Plain
integers throughout, however large.
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from argmap.analysis.tables import Ints

SWEEPS = 20


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
        block = _sweep(block_first, block_second, block_weight, plus_int, minus_int, resolution)
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
