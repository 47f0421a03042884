"""Who shares a voice, and how many independent voices a side has."""

from __future__ import annotations

from itertools import combinations

import msgspec
import pytest
from analysis_examples import literature, person
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.analysis import Bounds, count_depth, count_voices, find_voices
from argmap.analysis.voices import fold_name, is_compatible, read_name, sign_person
from argmap.model import Literature, Person, Text, Work

Sets = list[frozenset[int]]


def most_voices(members: Sets) -> int:
    """The number by brute force: the largest subset in which no two meet."""
    return next(
        size
        for size in range(len(members), -1, -1)
        if any(
            all(not one & other for one, other in combinations(subset, 2))
            for subset in combinations(members, size)
        )
    )


def most_depth(pro: Sets, con: Sets) -> int:
    """The depth by brute force."""
    return next(
        size
        for size in range(min(len(pro), len(con)), -1, -1)
        if any(
            all(not a & b for a, b in combinations(one + other, 2))
            for one in combinations(pro, size)
            for other in combinations(con, size)
        )
    )


def members(sizes: int = 8) -> st.SearchStrategy[Sets]:
    return st.lists(st.frozensets(st.integers(0, 9), min_size=1, max_size=3), max_size=sizes)


@settings(max_examples=150, deadline=None)
@given(pro=members(), con=members(7))
def test_counts_are_those_of_brute_force(pro: Sets, con: Sets) -> None:
    assert count_voices(pro) == Bounds(most_voices(pro), most_voices(pro))
    assert count_depth(pro, con) == Bounds(most_depth(pro, con), most_depth(pro, con))


@settings(max_examples=100, deadline=None)
@given(some=members(12), more=st.frozensets(st.integers(0, 9), min_size=1, max_size=4))
def test_another_work_never_lowers_the_number_of_voices(some: Sets, more: frozenset[int]) -> None:
    before, after = count_voices(some), count_voices([*some, more])
    assert before.lower <= after.lower <= before.lower + 1


def test_components_of_coauthors_would_not_do() -> None:
    """Rivals 1 and 2 are two voices; a work by both makes one component but still two voices."""
    assert count_voices([frozenset({1}), frozenset({2}), frozenset({1, 2})]).lower == 2


def test_a_chain_of_coauthors() -> None:
    """1-2, 2-3, 3-4, 4-5: the first and third, say, are independent of each other."""
    chain = [frozenset({number, number + 1}) for number in range(1, 5)]
    assert count_voices(chain) == Bounds(2, 2)
    assert count_depth(chain[:2], chain[2:]) == Bounds(1, 1)


def test_depth_needs_all_chosen_to_be_independent() -> None:
    """Each side has two voices, but 1 is on both: with 1 on either side only one pair is left."""
    assert count_depth(
        [frozenset({1}), frozenset({2})], [frozenset({1}), frozenset({3})]
    ) == Bounds(1, 1)


def test_one_author_on_both_sides_has_no_depth() -> None:
    assert count_depth([frozenset({1, 2})], [frozenset({2, 3})]) == Bounds(0, 0)


def test_large_components_are_exact_up_to_thirty_and_bounded_beyond() -> None:
    """A ring of n holders, each sharing an author with the next, has n // 2 voices."""
    for size in (29, 30):
        ring = [frozenset({n, (n + 1) % size}) for n in range(size)]
        assert count_voices(ring) == Bounds(size // 2, size // 2)
    ring = [frozenset({n, (n + 1) % 41}) for n in range(41)]
    bounds = count_voices(ring)
    assert bounds.lower <= 20 <= bounds.upper
    deep = count_depth(ring[:20], ring[20:])
    assert deep.lower <= 10 <= deep.upper


@settings(max_examples=20, deadline=None)
@given(
    some=st.lists(
        st.frozensets(st.integers(0, 20), min_size=1, max_size=2), min_size=31, max_size=45
    )
)
def test_bounds_hold_the_true_number(some: Sets) -> None:
    """The true number by an integer programme."""
    import numpy as np
    from scipy.optimize import Bounds as Limits
    from scipy.optimize import LinearConstraint, milp

    rows = np.array([[token in member for member in some] for token in range(21)], dtype=float)
    solved = milp(
        -np.ones(len(some)),
        constraints=LinearConstraint(rows, ub=1),
        integrality=np.ones(len(some)),
        bounds=Limits(0, 1),
    )
    true = round(-solved.fun)
    bounds = count_voices(some)
    assert bounds.lower <= true <= bounds.upper
    half = len(some) // 2
    deep = count_depth(some[:half], some[half:])
    assert deep.lower <= true // 2
    assert deep.lower <= deep.upper <= bounds.upper // 2


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Walt, Stephen M.", "Walt, S.", True),
        ("Walt, Stephen M.", "WALT, Stephen", True),
        ("Walt, Stephen M.", "Walt, Stephen P.", False),
        ("Walt, Stephen", "Walt, Steve", False),
        ("Walt, S. M.", "Walt, SM", True),
        ("Walt, S. M.", "Walt, M. S.", False),
        ("Walt, Stephen", "Walt", True),
        ("Walt, Stephen", "Waltz, Stephen", False),
        ("Mölling, Christian", "Molling, C.", True),
        ("Łukasz, Ødegård", "Lukasz, Odegard", True),
        ("Sherwood-Randall, Elizabeth", "Sherwood Randall, E.", True),
        ("Dupont, Jean-Paul", "Dupont, J.-P.", True),
        ("Dupont, Jean-Paul", "Dupont, J.-M.", False),
        ("O'Neill, Ann", "O’Neill, A.", True),
    ],
)
def test_names_that_can_be_one_persons(one: str, other: str, same: bool) -> None:
    first, second = sign_person(person(one)), sign_person(person(other))
    assert is_compatible(first, second) is same
    assert is_compatible(second, first) is same


def test_prefix_and_suffix_of_a_name() -> None:
    graaf = Person(prefix="de", family="Graaf", given="Beatrice")
    assert is_compatible(sign_person(graaf), sign_person(read_name("De Graaf, B.")))
    father = sign_person(read_name("Rice, Sr., Paul"))
    son = sign_person(Person(family="Rice", suffix="Jr.", given="Paul"))
    assert not is_compatible(father, son)
    assert is_compatible(father, sign_person(read_name("Rice, P.")))
    assert fold_name("Straße") == "strasse"


def test_corporate_authors_are_one_voice() -> None:
    found = literature("c: @a +, @b +", authors={"a": ["Bureau of Maps"], "b": ["Bureau of Maps"]})
    voices = find_voices(found)
    assert count_voices([voices["@a"], voices["@b"]]) == Bounds(1, 1)


def test_a_bare_initial_agrees_with_two_who_differ() -> None:
    """J. Low may be John or James, who are not each other: two of the three can stand together."""
    found = literature(
        "c: @a +, @b +, @d +",
        authors={"a": ["Low, John"], "b": ["Low, James"], "d": ["Low, J."]},
    )
    voices = find_voices(found)
    assert voices["@a"] & voices["@d"]
    assert voices["@b"] & voices["@d"]
    assert not voices["@a"] & voices["@b"]
    assert count_voices(voices[name] for name in ("@a", "@b", "@d")) == Bounds(2, 2)


def test_aliases_of_the_review() -> None:
    lines = ("c: @a +, @b +",)
    authors = {"a": ["Walt, Stephen M."], "b": ["Walt, Steve"]}
    apart = find_voices(literature(*lines, authors=authors))
    assert not apart["@a"] & apart["@b"]
    joined = find_voices(
        literature(*lines, authors=authors, aliases=[["Walt, Stephen M.", "Walt, Steve"]])
    )
    assert joined["@a"] & joined["@b"]
    married = find_voices(
        literature(
            *lines,
            authors={"a": ["Curie, Marie"], "b": ["Skłodowska, Maria"]},
            aliases=[["Curie, Marie", "Skłodowska, Maria"]],
        )
    )
    assert married["@a"] & married["@b"]


def test_editors_speak_where_there_are_no_authors() -> None:
    """a is edited by Low, b written by him; d has nobody, e neither: only themselves."""
    found = literature("c: @a +, @b +, @d +, @e +")
    low = Person(family="Low", given="Ann")
    works = (
        Work(key="a", type="book", editors=(low,)),
        Work(key="b", type="book", authors=(low,), editors=(Person(family="High"),)),
        Work(key="d", type="misc"),
    )
    voices = find_voices(msgspec.structs.replace(found, works=works))
    assert voices["@a"] & voices["@b"]
    assert not voices["@d"] & voices["@e"]
    assert voices["@d"]
    assert voices["@e"]


def test_actors_and_groups_have_the_authors_of_their_works_and_members() -> None:
    """The minister wrote a; group g names b and the minister; h names g; k names nobody."""
    found = literature(
        "c: @a +, @b +, actor:minister +, group:g +, group:h +, group:k +, actor:clerk +",
        works={"actor:minister": ["a"]},
        members={
            "group:g": ["@b", "actor:minister"],
            "group:h": ["group:g"],
            "group:k": [],
            "group:l": ["actor:clerk"],
        },
    )
    voices = find_voices(found)
    for one, other in [
        ("actor:minister", "@a"),
        ("group:g", "@a"),
        ("group:g", "@b"),
        ("group:h", "@a"),
        ("group:l", "actor:clerk"),
    ]:
        assert voices[one] & voices[other], (one, other)
    assert not voices["@a"] & voices["@b"]
    assert all(not voices["group:k"] & voices[name] for name in voices if name != "group:k")


def test_coded_texts_have_a_voice_though_they_hold_nothing() -> None:
    voices = find_voices(Literature(texts=(Text(key="t"),)))
    assert voices["@t"]
