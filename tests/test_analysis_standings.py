"""The status of claims, their order, and what no reordering may change."""

from __future__ import annotations

import dataclasses
import random

import msgspec
import pytest
from analysis_examples import draw_literature, literature
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.analysis import (
    analyse,
    count_depth,
    count_voices,
    examine,
    list_standings,
    loops,
    order_claims,
    sides,
    standings,
)
from argmap.analysis.findings import count_claim
from argmap.model import Anchor, Literature


def status_of(found: Literature, claim: str = "c") -> str:
    return next(s.status for s in list_standings(examine(found)) if s.claim == f"t/{claim}")


ONE_AUTHOR = {"a": ["Low, Ann"], "b": ["Low, A."], "d": ["Low, Ann"]}


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("c:", "unheld"),
        ("c: @e .", "unheld"),
        ("c: @a +", "asserted"),
        ("c: @a +, @b +, @d *", "asserted"),  # one author three times
        ("c: @a +, @e +", "corroborated"),
        ("c: @e -", "challenged"),
        ("c: @e +, @e -", "mixed"),
        ("c: @e +, @e -, @a +", "asserted"),  # a mixed holder counts for neither side
        ("c: @a +, @b -", "self-contested"),
        ("c: @a +, @e -", "disputed"),
        ("c: @a +, @b -, @e -", "disputed"),
        ("c: @a +, @t .", "asserted"),  # a reviewer's restatement adds nothing
    ],
)
def test_status(line: str, status: str) -> None:
    assert status_of(literature(line, authors=ONE_AUTHOR)) == status


def test_a_shared_coauthor_alone_makes_it_self_contested() -> None:
    """Low and Mid say c, High and Mid say not: Mid is on both sides."""
    found = literature(
        "c: @a +, @b -", authors={"a": ["Low, A.", "Mid, M."], "b": ["High, H.", "Mid, M."]}
    )
    assert status_of(found) == "self-contested"


def test_one_critic_three_times_is_one_voice() -> None:
    """Two hold c, one author disputes it in three works: depth 1, not 2."""
    found = literature("c: @x +, @y +, @a -, @b -, @d -", authors=ONE_AUTHOR)
    findings = examine(found)
    pro, con, depth = count_claim(findings, "t/c")
    assert (pro.lower, con.lower, depth.lower) == (2, 1, 1)


def test_opposition_by_undercut_or_qualification_alone_disputes_nothing() -> None:
    found = literature(
        "p: @a +",
        "p supports c by @a id s",
        "u: @b +",
        "u undercuts [s]",
        "q: @d +",
        "q qualifies c",
    )
    assert {s.status for s in list_standings(examine(found))} == {"asserted"}
    assert analyse(found, draws=0).disputes == ()


def test_works_only() -> None:
    """An actor alone holds c: counted among all holders, not among works."""
    found = literature("c: actor:x +, @e -", "d: group:g +", members={"group:g": ["@e"]})
    statuses = {s.claim: s.status for s in list_standings(examine(found, kinds=("work",)))}
    # The group's member inherits what the group holds, and is a work.
    assert statuses == {"t/c": "challenged", "t/d": "asserted"}
    assert status_of(found) == "disputed"


def test_order_by_depth_then_voices_then_contests_then_place() -> None:
    """e: depth 2.  d: depth 1, three voices.  c: 1 and 2 and a contest.  b before a by place."""
    found = literature(
        "a: @v +, @w -",
        "b: @v +, @w -",
        "c: @v +, @w -",
        "d: @v +, @x +, @w -",
        "e: @v +, @x +, @w -, @y -",
        "n:",
        "n contests c",
    )
    anchors = {"t/a": 50, "t/b": 20, "t/c": 90}
    claims = tuple(
        msgspec.structs.replace(
            claim, anchor=Anchor(text="t", start=anchors[claim.id], end=anchors[claim.id] + 5)
        )
        if claim.id in anchors
        else claim
        for claim in found.claims
    )
    order = order_claims(examine(msgspec.structs.replace(found, claims=claims)))
    assert order == ["t/e", "t/d", "t/c", "t/b", "t/a", "t/n"]


def test_ten_against_ten_comes_before_one_against_one() -> None:
    many = ", ".join([f"@p{n} +" for n in range(10)] + [f"@q{n} -" for n in range(10)])
    found = literature("a: @x +, @y -", f"b: {many}")
    assert order_claims(examine(found)) == ["t/b", "t/a"]
    assert count_claim(examine(found), "t/b")[2].lower == 10


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_counts_in_arrays_are_those_of_the_sets(seed: int) -> None:
    """Voices and depth counted for all claims at once are those of each claim by itself."""
    findings = examine(draw_literature(seed, claims=6, holders=9))
    for standing in list_standings(findings):
        pro = [findings.voices[holder] for holder in standing.pro]
        con = [findings.voices[holder] for holder in standing.con]
        assert count_claim(findings, standing.claim) == (
            count_voices(pro),
            count_voices(con),
            count_depth(pro, con),
        )


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_compiled_counts_are_those_of_small_literatures(seed: int) -> None:
    """The compiled loops, in parts of any size, count what whole arrays count."""
    found = draw_literature(seed, claims=6, holders=9)
    small = examine(found)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sides, "COMPILED_FROM", 0)
        patch.setattr(standings, "COMPILED_FROM", 0)
        patch.setattr(loops, "count_parts", lambda: 1 + seed % 9)
        large = examine(found)
    for name in ("claim", "holder", "side"):
        assert getattr(large.sides, name).tolist() == getattr(small.sides, name).tolist()
    for field in dataclasses.fields(small.counts):
        ours, theirs = getattr(large.counts, field.name), getattr(small.counts, field.name)
        assert ours.tolist() == theirs.tolist(), field.name


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_file_order_changes_nothing(seed: int) -> None:
    found = draw_literature(seed)
    shuffled = random.Random(seed)

    def mixed(records: tuple[object, ...]) -> tuple[object, ...]:
        return tuple(shuffled.sample(records, len(records)))

    other = msgspec.structs.replace(
        found,
        works=mixed(found.works),
        holders=mixed(found.holders),
        claims=mixed(found.claims),
        positions=mixed(found.positions),
        relations=mixed(found.relations),
    )
    assert analyse(found, draws=3) == analyse(other, draws=3)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_renaming_claims_changes_names_only(seed: int) -> None:
    """New ids in reverse order: the same statuses, sides and depths under the new names."""
    found = draw_literature(seed)
    old = [claim.id for claim in found.claims]
    renamed = {name: f"t/z{len(old) - number:03}" for number, name in enumerate(sorted(old))}
    other = msgspec.structs.replace(
        found,
        claims=tuple(msgspec.structs.replace(c, id=renamed[c.id]) for c in found.claims),
        positions=tuple(
            msgspec.structs.replace(p, claim=renamed[p.claim]) for p in found.positions
        ),
        relations=tuple(
            msgspec.structs.replace(
                r, source=renamed[r.source], target=renamed.get(r.target, r.target)
            )
            for r in found.relations
        ),
    )
    before = {
        msgspec.structs.replace(s, claim=renamed[s.claim]) for s in list_standings(examine(found))
    }
    assert before == set(list_standings(examine(other)))
    disputes = analyse(found, draws=0).disputes
    assert {frozenset(renamed[claim] for claim in dispute.claims) for dispute in disputes} == {
        frozenset(dispute.claims) for dispute in analyse(other, draws=0).disputes
    }


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6), claim=st.integers(0, 7))
def test_a_new_voice_for_a_claim_never_lowers_its_voices(seed: int, claim: int) -> None:
    """A new holder asserts one claim: its pro voices grow by one, no count anywhere shrinks."""
    found = draw_literature(seed)
    more = literature(f"c{claim}: @new +")
    other = msgspec.structs.replace(
        found,
        works=(*found.works, *more.works),
        holders=(*found.holders, *more.holders),
        positions=(*found.positions, *more.positions),
    )
    before, after = examine(found), examine(other)
    for name in before.tables.claims:
        for old, new in zip(count_claim(before, name), count_claim(after, name), strict=True):
            assert new.lower >= old.lower
    assert (
        count_claim(after, f"t/c{claim}")[0].lower
        == count_claim(before, f"t/c{claim}")[0].lower + 1
    )
