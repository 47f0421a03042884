"""The yardstick beside the schools: discourse networks as political scientists draw them.

Leifeld's discourse network analysis counts for each pair of actors the statements in which they
agree (congruence) and disagree (conflict), takes one from the other (subtract), divides by how
active the two are (average activity), and looks for groups by Louvain's modularity.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from argmap.analysis.partitions import Ties, number_blocks
from argmap.analysis.tables import Ints

Floats = npt.NDArray[np.float64]


def count_congruence(pro: Ints, con: Ints) -> Ints:
    """Return how often each two actors agree, shape (n, n), zero on the diagonal.

    ``pro`` and ``con`` count the statements of n actors on c concepts, shape (n, c).
    """
    congruence = pro @ pro.T + con @ con.T
    np.fill_diagonal(congruence, 0)
    return congruence


def count_conflict(pro: Ints, con: Ints) -> Ints:
    """Return how often each two actors disagree; arguments as in :func:`count_congruence`."""
    conflict = pro @ con.T + con @ pro.T
    np.fill_diagonal(conflict, 0)
    return conflict


def normalise_activity(matrix: Ints, activity: Ints) -> Floats:
    """Return the matrix divided by the mean activity of the two actors, 0 where both have none."""
    mean = np.add.outer(activity, activity) / 2
    return np.divide(matrix, mean, out=np.zeros(matrix.shape), where=mean > 0)


def group_by_discourse(ties: Ties, activity: Ints) -> Ints:
    """Return the groups that Louvain finds in the subtract network, numbered by first member.

    ``ties`` are congruence less conflict, each claim counted once; ``activity`` is the number of
    claims on which each holder takes a side, shape (H,).  Positive ties only, since Louvain knows
    no others.
    """
    import networkx

    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_nodes_from(range(len(activity)))
    congruent = ties.weight > 0
    first, second = ties.first[congruent], ties.second[congruent]
    weight = ties.weight[congruent] / ((activity[first] + activity[second]) / 2)
    graph.add_weighted_edges_from(
        zip(first.tolist(), second.tolist(), weight.tolist(), strict=True)
    )
    label = np.zeros(len(activity), dtype=np.int64)
    for number, group in enumerate(networkx.community.louvain_communities(graph, seed=0)):
        label[list(group)] = number
    return number_blocks(label)


def compare_groupings(one: Sequence[int] | Ints, other: Sequence[int] | Ints) -> float | None:
    """Return the adjusted Rand index of two groupings of the same things (Hubert and Arabie 1985).

    1 for the same grouping, about 0 for unrelated ones; None for fewer than two things.
    """
    first, second = np.asarray(one), np.asarray(other)
    if len(first) < 2:
        return None
    _, row = np.unique(first, return_inverse=True)
    _, column = np.unique(second, return_inverse=True)
    table = np.zeros((int(row.max()) + 1, int(column.max()) + 1), dtype=np.int64)
    np.add.at(table, (row, column), 1)

    def count_pairs(counts: Ints) -> int:
        return int((counts * (counts - 1) // 2).sum())

    together = count_pairs(table)
    in_first, in_second = count_pairs(table.sum(axis=1)), count_pairs(table.sum(axis=0))
    expected = in_first * in_second / (len(first) * (len(first) - 1) / 2)
    highest = (in_first + in_second) / 2
    # Both all apart or all together: the same grouping.
    return 1.0 if highest == expected else (together - expected) / (highest - expected)
