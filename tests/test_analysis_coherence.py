"""Grounded labels and preferred sets: by hand, by brute force, and against clingo and pygarg."""

from __future__ import annotations

import itertools
import random
import re
import sys

import pytest
from analysis_examples import literature

from argmap.analysis import index_literature
from argmap.analysis.coherence import (
    Framework,
    Solver,
    build_framework,
    enumerate_preferred,
    find_conflicts,
    label_grounded,
    write_apx,
    write_i23,
)
from argmap.extras import MissingExtra
from argmap.model import Literature


def frame(found: Literature) -> Framework:
    return build_framework(index_literature(found))


def grounded(found: Literature) -> dict[str, str]:
    framework = frame(found)
    return dict(zip(framework.arguments, label_grounded(framework), strict=True))


def draw(seed: int, size: int) -> Framework:
    source = random.Random(seed)
    density = source.choice([0.05, 0.15, 0.3])
    attacks = [
        (one, other)
        for one in range(size)
        for other in range(size)
        if source.random() < density and (one != other or source.random() < 0.2)
    ]
    return Framework(tuple(f"x{number:02}" for number in range(size)), tuple(attacks))


def preferred_of(framework: Framework, solver: Solver = "own") -> set[frozenset[int]]:
    """Sets of the whole framework, put together from its components."""
    place = {name: number for number, name in enumerate(framework.arguments)}
    parts = enumerate_preferred(framework, solver=solver)
    assert all(part.complete for part in parts)
    return {
        frozenset(place[name] for each in choice for name in each)
        for choice in itertools.product(*(part.sets for part in parts))
    }


def brute_preferred(framework: Framework) -> set[frozenset[int]]:
    size, attacks = len(framework.arguments), set(framework.attacks)
    admissible = []
    for number in range(2**size):
        chosen = {place for place in range(size) if number >> place & 1}
        if any((one, other) in attacks for one in chosen for other in chosen):
            continue
        struck = {other for one, other in attacks if one in chosen}
        if {one for one, other in attacks if other in chosen} <= struck:
            admissible.append(frozenset(chosen))
    return {each for each in admissible if not any(each < other for other in admissible)}


def brute_grounded(framework: Framework) -> set[int]:
    """The least fixed point of what a set defends."""
    chosen: set[int] = set()
    while True:
        struck = {other for one, other in framework.attacks if one in chosen}
        defended = {
            place
            for place in range(len(framework.arguments))
            if {one for one, other in framework.attacks if other == place} <= struck
        }
        if defended == chosen:
            return chosen
        chosen = defended


def test_a_contest_alone_leaves_both_undecided() -> None:
    found = literature("a: @x +", "b: @y +", "a contests b", "d: @x +")
    assert grounded(found) == {"t/a": "undecided", "t/b": "undecided", "t/d": "in"}
    sets = [part.sets for part in enumerate_preferred(frame(found))]
    assert sets == [(("t/a",), ("t/b",)), (("t/d",),)]


def test_an_undercut_contest_has_no_force() -> None:
    """u undercuts the contest of a and b: both stand, with u."""
    found = literature("a: @x +", "b: @y +", "a contests b id k", "u: @z +", "u undercuts [k]")
    labels = grounded(found)
    assert [labels[name] for name in ("t/a", "t/b", "t/u")] == ["in", "in", "in"]
    assert labels["k: t/a > t/b"] == "out"


def test_an_undercut_of_the_undercut_restores_it() -> None:
    found = literature(
        "a: @x +", "b: @y +", "a contests b id k",
        "u: @z +", "u undercuts [k] id l", "v: @z +", "v undercuts [l]",
    )  # fmt: skip
    labels = grounded(found)
    assert labels["t/u"] == labels["t/v"] == "in"
    assert labels["t/a"] == labels["t/b"] == "undecided"


def test_a_step_that_is_undercut_does_not_hold() -> None:
    found = literature("a: @x +", "a supports b id s", "u: @y +", "u undercuts [s]")
    labels = grounded(found)
    assert labels["s"] == "out"
    assert labels["t/b"] == "in"


def test_undercuts_in_a_circle_end() -> None:
    found = literature("u undercuts [m] id l", "v undercuts [l] id m")
    assert set(frame(found).arguments) >= {"t/u", "t/v"}


def test_conflicts_among_claims() -> None:
    index = index_literature(literature("a contests b id k", "b contests c id l"))
    assert [each.id for each in find_conflicts(index, ["t/a", "t/b", "t/d"])] == ["k"]
    assert find_conflicts(index, ["t/a", "t/c"]) == ()


def test_formats() -> None:
    framework = frame(literature("a contests b"))
    assert write_apx(framework) == (
        "% a1 = t/a\n% a2 = t/b\narg(a1).\narg(a2).\natt(a1,a2).\natt(a2,a1).\n"
    )
    assert write_i23(framework) == "p af 2\n# 1 = t/a\n# 2 = t/b\n1 2\n2 1\n"


@pytest.mark.parametrize("seed", range(60))
def test_brute_force(seed: int) -> None:
    framework = draw(seed, 3 + seed % 6)
    labels = label_grounded(framework)
    winners = brute_grounded(framework)
    assert {place for place, label in enumerate(labels) if label == "in"} == winners
    assert {place for place, label in enumerate(labels) if label == "out"} == {
        other for one, other in framework.attacks if one in winners
    }
    assert preferred_of(framework) == brute_preferred(framework)


def test_the_cap_is_told() -> None:
    """Twelve pairs in contest, tied together by one claim that all attack: 2 to the 12 sets."""
    lines = [f"a{number} contests b{number}" for number in range(12)]
    lines += [f"a{number} contests z" for number in range(12)]
    (part,) = enumerate_preferred(frame(literature(*lines)), cap=50)
    assert not part.complete
    assert len(part.sets) <= 50


ADMISSIBLE = """
{ in(X) } :- arg(X).
struck(Y) :- in(X), att(X,Y).
:- in(X), struck(X).
:- in(X), att(Y,X), not struck(Y).
#heuristic in(X) : arg(X). [1,true]
#show in/1.
"""


def test_five_hundred_frameworks_against_clingo() -> None:
    """Preferred sets by clingo, as the subset-maximal admissible ones; grounded by pygarg."""
    clingo = pytest.importorskip("clingo")
    for seed in range(500):
        framework = draw(seed, 5 + seed % 10)
        control = clingo.Control(["0", "--enum-mode=domRec", "--heuristic=Domain"])
        control.add("base", [], write_apx(framework) + ADMISSIBLE)
        control.ground([("base", [])])
        found: set[frozenset[int]] = set()
        control.solve(
            on_model=lambda model, found=found: found.add(
                frozenset(
                    int(re.sub(r"\D", "", str(atom.arguments[0]))) - 1
                    for atom in model.symbols(shown=True)
                )
            )
        )
        assert preferred_of(framework) == found, seed


def test_preferred_sets_through_clingo_are_our_own() -> None:
    pytest.importorskip("clingo")
    for seed in range(150):
        framework = draw(seed, 1 + seed % 16)
        assert enumerate_preferred(framework, solver="clingo") == enumerate_preferred(framework)


def test_clingo_enumerates_what_is_too_large_for_us() -> None:
    """A hundred arguments: our search gives up, clingo does not, and each set defends itself."""
    pytest.importorskip("clingo")
    source = random.Random(0)
    attacks = {
        (one, other)
        for one in range(100)
        for other in range(100)
        if one != other and source.random() < 0.03
    }
    framework = Framework(tuple(f"x{n:03}" for n in range(100)), tuple(sorted(attacks)))
    assert not all(part.complete for part in enumerate_preferred(framework, cap=20))
    parts = enumerate_preferred(framework, solver="clingo")
    assert all(part.complete for part in parts)
    assert sum(len(part.sets) for part in parts) > len(parts)
    names = framework.arguments
    grounded = {
        name for name, label in zip(names, label_grounded(framework), strict=True) if label == "in"
    }
    for choice in itertools.product(*(part.sets for part in parts)):
        chosen = {name for each in choice for name in each}
        assert grounded <= chosen
        struck = {names[other] for one, other in attacks if names[one] in chosen}
        assert not struck & chosen
        assert {names[one] for one, other in attacks if names[other] in chosen} <= struck


def test_a_capped_enumeration_through_clingo_says_so() -> None:
    pytest.importorskip("clingo")
    lines = [f"a{number} contests b{number}" for number in range(7)]
    lines += [f"a{number} contests z" for number in range(7)]
    framework = frame(literature(*lines))
    (whole,) = enumerate_preferred(framework, solver="clingo")
    (capped,) = enumerate_preferred(framework, cap=20, solver="clingo")
    assert whole.complete
    assert (len(capped.sets), capped.complete) == (20, False)
    assert set(capped.sets) < set(whole.sets)


def test_clingo_is_never_silently_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "clingo", None)
    with pytest.raises(MissingExtra, match="solvers"):
        enumerate_preferred(Framework((), ()), solver="clingo")


def test_five_hundred_frameworks_against_pygarg() -> None:
    solver = pytest.importorskip("pygarg.dung.solver")
    for seed in range(500):
        framework = draw(seed, 5 + seed % 10)
        names = list(framework.arguments)
        attacks = [[names[one], names[other]] for one, other in framework.attacks]
        (theirs,) = solver.extension_enumeration(names, attacks, "GR")
        labels = label_grounded(framework)
        assert sorted(theirs) == [
            name for name, label in zip(names, labels, strict=True) if label == "in"
        ], seed
