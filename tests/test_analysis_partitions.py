"""Dividing holders: against brute force, an integer programme, and networks with known answers."""

from __future__ import annotations

import csv
import os
import sqlite3
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.analysis import partitions, sweeps
from argmap.analysis.baseline import (
    compare_groupings,
    count_conflict,
    count_congruence,
    group_by_discourse,
    normalise_activity,
)
from argmap.analysis.partitions import (
    Ties,
    connect,
    divide_exactly,
    divide_holders,
    find_ties,
    measure_partition,
    number_blocks,
    split_blocks,
    weigh_pairs,
)
from argmap.analysis.sweeps import divide_sparsely
from argmap.analysis.tables import Ints

SHARED = Path(os.environ.get("ARGMAP_SHARED", Path(__file__).parents[1] / "../shared"))


def ties_of(edges: list[tuple[int, int, int]], size: int) -> Ties:
    edges = sorted((min(a, b), max(a, b), weight) for a, b, weight in edges if weight)
    table = np.array(edges, dtype=np.int64).reshape(-1, 3).T
    debate = number_blocks(connect(size, table[0], table[1]))
    return Ties(table[0], table[1], table[2], debate)


def value_of(ties: Ties, label: Ints, resolution: Fraction) -> Fraction:
    """The objective by its formula, each debate on its own."""
    total = Fraction(0)
    for debate in set(ties.debate.tolist()):
        members = [holder for holder, at in enumerate(ties.debate.tolist()) if at == debate]
        weight = {
            (a, b): s
            for a, b, s in zip(
                ties.first.tolist(), ties.second.tolist(), ties.weight.tolist(), strict=True
            )
            if a in members
        }
        plus = {i: sum(s for pair, s in weight.items() if i in pair and s > 0) for i in members}
        minus = {i: -sum(s for pair, s in weight.items() if i in pair and s < 0) for i in members}
        m_plus, m_minus = sum(plus.values()) or 1, sum(minus.values()) or 1
        for a in members:
            for b in members:
                if a < b and label[a] == label[b]:
                    total += weight.get((a, b), 0) - resolution * (
                        Fraction(plus[a] * plus[b], m_plus) - Fraction(minus[a] * minus[b], m_minus)
                    )
    return total


def all_partitions(size: int) -> list[list[int]]:
    found = [[0]]
    for _ in range(size - 1):
        found = [[*each, block] for each in found for block in range(max(each) + 2)]
    return found


edge_lists = st.integers(2, 6).flatmap(
    lambda size: st.tuples(
        st.just(size),
        st.lists(
            st.tuples(
                st.integers(0, size - 1), st.integers(0, size - 1), st.integers(-2, 3)
            ).filter(lambda edge: edge[0] < edge[1]),
            unique_by=lambda edge: edge[:2],
            min_size=1,
        ),
    )
)


@settings(max_examples=60, deadline=None)
@given(drawn=edge_lists, resolution=st.sampled_from([Fraction(0), Fraction(1, 2), Fraction(1)]))
def test_small_debates_are_divided_as_brute_force_does(
    drawn: tuple[int, list[tuple[int, int, int]]], resolution: Fraction
) -> None:
    """The optimum, ties to the lexicographically smallest, then split into positive pieces."""
    size, edges = drawn
    ties = ties_of(edges, size)
    partitions_by_value: dict[Fraction, list[list[int]]] = {}
    for label in all_partitions(size):
        # Holders of different debates are never together.
        if all(
            label[a] != label[b] or ties.debate[a] == ties.debate[b]
            for a in range(size)
            for b in range(a)
        ):
            value = value_of(ties, np.array(label), resolution)
            partitions_by_value.setdefault(value, []).append(label)
    smallest = min(partitions_by_value[max(partitions_by_value)])
    expected = split_blocks(ties, np.array(smallest, dtype=np.int64))
    assert divide_holders(ties, resolution=resolution).tolist() == expected.tolist()


def test_a_tie_goes_to_the_lexicographically_smallest() -> None:
    """A square of agreements: together, or in either pair of opposite sides, all worth 1.

    Each holder has k = 2 of 2m = 8; a side is worth 1 - 4/8, a diagonal 0 - 4/8.  All four: 4/2 -
    2/2 = 1; two pairs: 2/2 = 1.
    """
    ties = ties_of([(0, 1, 1), (1, 2, 1), (2, 3, 1), (0, 3, 1)], 4)
    assert value_of(ties, np.array([0, 0, 1, 1]), Fraction(1)) == 1
    assert value_of(ties, np.array([0, 0, 0, 0]), Fraction(1)) == 1
    assert divide_holders(ties).tolist() == [0, 0, 0, 0]


def test_blocks_fall_into_positively_connected_pieces() -> None:
    """Common enemies alone make no block."""
    ties = ties_of([(0, 2, -1), (1, 2, -1)], 3)
    assert split_blocks(ties, np.array([0, 0, 1])).tolist() == [0, 1, 2]
    assert divide_holders(ties).tolist() == [0, 1, 2]


def test_nobody_and_nobody_in_touch() -> None:
    empty = np.empty(0, dtype=np.int64)
    assert divide_holders(find_ties(empty, empty, empty, 0)).tolist() == []
    lone = find_ties(np.array([0, 1]), np.array([0, 1]), np.array([1, 1]), 2)
    assert divide_holders(lone).tolist() == [0, 1]


def test_ties_are_agreements_less_disagreements(monkeypatch: pytest.MonkeyPatch) -> None:
    """0 and 1 agree on claim 5 and 7, disagree on 6; 2 disagrees with both on 7; 3 meets nobody.

    The same on full and on sparse matrices.
    """
    rows = [
        (5, 0, 1),
        (5, 1, 1),
        (6, 0, 1),
        (6, 1, -1),
        (7, 0, -1),
        (7, 1, -1),
        (7, 2, 1),
        (9, 3, 1),
    ]
    claim, holder, side = np.array(rows).T
    for small in (partitions.SMALL, 0):
        monkeypatch.setattr(partitions, "SMALL", small)
        ties = find_ties(claim, holder, side, 4)
        found = list(
            zip(ties.first.tolist(), ties.second.tolist(), ties.weight.tolist(), strict=True)
        )
        assert found == [(0, 1, 1), (0, 2, -1), (1, 2, -1)]
        assert ties.debate.tolist() == [0, 0, 0, 1]


def test_even_ties_leave_holders_in_one_debate() -> None:
    """0 and 1 agree once and disagree once: no tie, but one debate."""
    claim, holder, side = np.array([(1, 0, 1), (1, 1, 1), (2, 0, 1), (2, 1, -1)]).T
    ties = find_ties(claim, holder, side, 2)
    assert len(ties.first) == 0
    assert ties.debate.tolist() == [0, 0]


@pytest.mark.parametrize("seed", range(8))
def test_searches_reach_the_proved_optimum(seed: int) -> None:
    """Twelve holders with ties of four groups, a fifth of them stray: as HiGHS proves."""
    source = np.random.RandomState(seed)
    group = np.arange(12) % 4
    edges = [
        (a, b, (1 if group[a] == group[b] else -1) * (1 if source.rand() > 0.2 else -1))
        for a in range(12)
        for b in range(a + 1, 12)
        if source.rand() < 0.6
    ]
    ties = ties_of(edges, 12)
    for resolution in (Fraction(0), Fraction(1)):
        pairs, _ = weigh_pairs(ties.first, ties.second, ties.weight, 12, resolution)
        _, best = divide_exactly(pairs)
        label = partitions._divide_densely(ties.first, ties.second, ties.weight, 12, resolution, 20)
        assert measure_partition(pairs, label) == best


def read_tribes() -> Ties:
    path = SHARED / "data/signed/highlandtribes.csv"
    if not path.exists():
        pytest.skip(f"no {path.name} at hand (set ARGMAP_SHARED)")
    with path.open(encoding="utf-8-sig", newline="") as stream:
        edges = [(int(a), int(b), int(sign)) for a, b, sign in csv.reader(stream)]
    assert len(edges) == 58
    return ties_of(edges, 16)


def count_violations(ties: Ties, label: Ints) -> int:
    together = label[ties.first] == label[ties.second]
    return int(((ties.weight > 0) != together).sum())


def test_highland_tribes_in_three_groups() -> None:
    """With γ = 0 the tribes fall into three groups, which violate two ties; it is the optimum."""
    ties = read_tribes()
    label = divide_holders(ties, resolution=Fraction(0))
    pairs, _ = weigh_pairs(ties.first, ties.second, ties.weight, 16, Fraction(0))
    assert int(label.max()) + 1 == 3
    assert count_violations(ties, label) == 2
    exact, best = divide_exactly(pairs)
    assert measure_partition(pairs, label) == best
    assert label.tolist() == exact.tolist()


def test_highland_tribes_in_two_groups() -> None:
    """The frustration index is 7, and one split only reaches it."""
    ties = read_tribes()
    pairs, _ = weigh_pairs(ties.first, ties.second, ties.weight, 16, Fraction(0))
    label, _ = divide_exactly(pairs, at_most_two=True)
    assert count_violations(ties, label) == 7
    splits = np.arange(2**15)[:, None] >> np.arange(15) & 1
    splits = np.column_stack([np.zeros(2**15, dtype=np.int64), splits])
    together = splits[:, ties.first] == splits[:, ties.second]
    violated = (together != (ties.weight > 0)).sum(axis=1)
    assert violated.min() == 7
    assert (violated == 7).sum() == 1
    assert splits[violated.argmin()].tolist() == label.tolist()


def plant(seed: int) -> tuple[Ints, Ints]:
    """Five schools, 500 holders, 200 claims, six sides a holder, a tenth of them stray.

    Each claim is one school's and denied by one other; holders speak in debates of their school.
    """
    source = np.random.RandomState(seed)
    school = np.arange(500) % 5
    owner = np.arange(200) % 5
    rival = (owner + 1 + source.randint(0, 4, 200)) % 5
    rows: dict[tuple[int, int], int] = {}
    for holder in range(500):
        mine = np.flatnonzero((owner == school[holder]) | (rival == school[holder]))
        for _ in range(6):
            claim, side = int(source.choice(mine)), 1
            if source.rand() < 0.1:
                claim, side = int(source.randint(200)), int(source.choice([-1, 1]))
            elif owner[claim] != school[holder]:
                side = -1
            rows[claim, holder] = side
    table = np.array(sorted((claim, holder, side) for (claim, holder), side in rows.items())).T
    return table, school


@pytest.mark.parametrize("seed", range(3))
def test_planted_schools_are_recovered(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """On full matrices, by sweeps of one after another, and by sweeps in batches."""
    table, school = plant(seed)
    ties = find_ties(*table, 500)
    for dense, batched in ((400, 2000), (1000, 2000), (400, 0)):
        monkeypatch.setattr(partitions, "DENSE_UP_TO", dense)
        monkeypatch.setattr(sweeps, "BATCHED_FROM", batched)
        found = divide_holders(ties, restarts=1)
        rand = compare_groupings(found, school)
        assert rand is not None
        assert rand >= 0.9


@pytest.mark.parametrize("batched", [0, 2000])
def test_sweeps_come_near_the_search_on_full_matrices(
    batched: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    table, _ = plant(7)
    ties = find_ties(*table, 500)
    monkeypatch.setattr(sweeps, "BATCHED_FROM", batched)
    pairs, _ = weigh_pairs(ties.first, ties.second, ties.weight, 500, Fraction(1))
    swept = divide_sparsely(ties.first, ties.second, ties.weight, 500, Fraction(1))
    searched = partitions._divide_densely(ties.first, ties.second, ties.weight, 500, Fraction(1), 1)
    assert measure_partition(pairs, swept) > 0.98 * measure_partition(pairs, searched)


def test_no_gain_leaves_the_range_of_integers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where sums could grow past 64 bits, nodes move one by one, in integers without bounds."""
    table, _ = plant(7)
    ties = find_ties(*table, 500)
    fine = Fraction(999, 1000)
    one_by_one = divide_sparsely(ties.first, ties.second, ties.weight * 10**4, 500, fine)
    monkeypatch.setattr(sweeps, "BATCHED_FROM", 0)
    batched = divide_sparsely(ties.first, ties.second, ties.weight * 10**4, 500, fine)
    assert one_by_one.tolist() == batched.tolist()


@pytest.mark.parametrize("seed", range(5))
def test_no_move_improves_on_sweeps_in_batches(seed: int) -> None:
    table, _ = plant(seed)
    ties = find_ties(*table, 500)
    pairs, _ = weigh_pairs(ties.first, ties.second, ties.weight, 500, Fraction(1))
    plus, minus = (
        np.bincount(ties.first, sign, 500) + np.bincount(ties.second, sign, 500)
        for sign in (np.maximum(ties.weight, 0), np.maximum(-ties.weight, 0))
    )
    block = sweeps._sweep_in_batches(
        ties.first,
        ties.second,
        ties.weight,
        plus.astype(np.int64),
        minus.astype(np.int64),
        Fraction(1),
    )
    sums = np.zeros((500, 500), dtype=np.int64)
    np.add.at(sums.T, block, pairs)
    linked = np.zeros((500, 500), dtype=np.bool_)
    linked[ties.first, block[ties.second]] = linked[ties.second, block[ties.first]] = True
    best = np.where(linked, sums, np.iinfo(np.int64).min).max(axis=1)
    assert (best <= sums[np.arange(500), block]).all()


def test_adjusted_rand_index() -> None:
    """Worked by hand: {abc}{de} against {ab}{cde}: 2 pairs together in both, 4 in either, of 10.

    Expected 4 · 4 / 10 = 1.6; (2 - 1.6) / (4 - 1.6) = 1/6.
    """
    assert compare_groupings([0, 0, 0, 1, 1], [5, 5, 2, 2, 2]) == pytest.approx(1 / 6)
    assert compare_groupings([0, 0, 1], [4, 4, 3]) == 1
    assert compare_groupings([0, 1, 2], [0, 1, 2]) == 1
    assert compare_groupings([0], [0]) is None


def read_discourse() -> list[tuple[str, str, str, bool]]:
    """Statements of the sample: section of the document, organisation, concept, agreement."""
    path = SHARED / "data/dna/sample.dna"
    if not path.exists():
        pytest.skip(f"no {path.name} at hand (set ARGMAP_SHARED)")
    connection = sqlite3.connect(f"file:{path.resolve()}?mode=ro&immutable=1", uri=True)
    try:
        rows = connection.execute(
            "select s.ID, t.Section, v.Variable, e.Value, b.Value from STATEMENTS s"
            " join DOCUMENTS t on t.ID = s.DocumentId"
            " join DATASHORTTEXT d on d.StatementId = s.ID"
            " join VARIABLES v on v.ID = d.VariableId"
            " join ENTITIES e on e.ID = d.Entity"
            " join DATABOOLEAN b on b.StatementId = s.ID"
            " where v.Variable in ('organization', 'concept')"
        ).fetchall()
    finally:
        connection.close()
    values = {(identifier, variable): value for identifier, _, variable, value, _ in rows}
    return [
        (section, value, values[identifier, "concept"], bool(agree))
        for identifier, section, variable, value, agree in rows
        if variable == "organization"
    ]


def count_statements(statements: list[tuple[str, str, str, bool]]) -> tuple[Ints, Ints]:
    """For and against, of the organisations and concepts that these statements name."""
    actors = sorted({actor for _, actor, _, _ in statements})
    concepts = sorted({concept for _, _, concept, _ in statements})
    counts = np.zeros((2, len(actors), len(concepts)), dtype=np.int64)
    for _, actor, concept, agree in statements:
        counts[0 if agree else 1, actors.index(actor), concepts.index(concept)] += 1
    return counts[0], counts[1]


def test_discourse_networks_of_the_sample() -> None:
    """Leifeld's sample: sums that his own tests state, where statements are counted each time."""
    pro, con = count_statements(read_discourse())
    both = pro + con
    assert both.shape == (7, 6)
    assert both.sum() == 40
    assert count_congruence(both, np.zeros_like(both)).sum() == 276
    congruence, conflict = count_congruence(pro, con), count_conflict(pro, con)
    assert (congruence + conflict).sum() == 276
    assert round(normalise_activity(congruence, both.sum(axis=1)).sum()) == 26


def test_discourse_networks_of_a_part_of_the_sample() -> None:
    """Leave out a concept and two organisations: 9.81, which his own tests round to 10.

    Activity is counted anew on what is left; on all statements the sum would be 5.67.
    """
    statements = read_discourse()
    pro, con = count_statements(
        [
            (section, actor, concept, agree)
            for section, actor, concept, agree in statements
            if actor not in {"Senate", "Sierra Club"}
            and not concept.startswith("There should be legislation")
        ]
    )
    network = normalise_activity(count_congruence(pro, con), (pro + con).sum(axis=1))
    assert network.shape == (5, 5)
    assert network.sum() == pytest.approx(206 / 21)
    pro, con = count_statements([each for each in statements if each[0] == "1"])  # one section
    assert count_congruence(pro, con).shape == (4, 4)


def test_the_discourse_baseline_finds_two_camps() -> None:
    """Three holders for each of two rival claims."""
    rows = [(0, h, 1 if h < 3 else -1) for h in range(6)] + [
        (1, h, -1 if h < 3 else 1) for h in range(6)
    ]
    claim, holder, side = np.array(rows).T
    ties = find_ties(claim, holder, side, 6)
    assert group_by_discourse(ties, np.full(6, 2)).tolist() == [0, 0, 0, 1, 1, 1]


def test_components_by_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chain of ten and a pair, by our own search and by scipy's."""
    links = [*pairwise(range(10)), (11, 12)]
    first, second = np.array(links).T
    expected = [0] * 10 + [1, 2, 2]
    for small in (partitions.SMALL, 0):
        monkeypatch.setattr(partitions, "SMALL", small)
        assert number_blocks(connect(13, first, second)).tolist() == expected
