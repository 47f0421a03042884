"""Who stands where, worked out by hand, and against the definition written out literally."""

from __future__ import annotations

import pytest
from analysis_examples import draw_literature, literature
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.analysis import examine, explain_stance, index_literature, list_stances, sides
from argmap.analysis.sides import CON, MIXED, PRO
from argmap.analysis.stances import Membership, Stance
from argmap.model import Literature, Position, Relation

NAMES = {PRO: "pro", CON: "con", MIXED: "mixed"}


def stance_of(found: Literature, holder: str, claim: str, **options: bool) -> str | None:
    stance = explain_stance(index_literature(found, **options), holder, f"t/{claim}")
    return stance.side if stance else None


def explain(found: Literature, holder: str, claim: str) -> Stance:
    stance = explain_stance(index_literature(found), holder, f"t/{claim}")
    assert stance is not None
    return stance


def sides_of(found: Literature, **options: bool) -> dict[tuple[str, str], str]:
    findings = examine(found, **options)
    return {
        (findings.tables.holders[holder], findings.tables.claims[claim]): NAMES[side]
        for claim, holder, side in zip(
            findings.sides.claim.tolist(),
            findings.sides.holder.tolist(),
            findings.sides.side.tolist(),
            strict=True,
        )
    }


def test_own_word_comes_first() -> None:
    """Asserting and endorsing is pro, disputing con, reporting nothing."""
    found = literature("c: @a +, @b *, @d -, @e .")
    assert sides_of(found) == {("@a", "t/c"): "pro", ("@b", "t/c"): "pro", ("@d", "t/c"): "con"}


def test_a_drawn_step_carries_one_claim_far() -> None:
    """a holds p and draws p -> q and q -> r: a is pro q, not pro r; b, who draws none, neither."""
    found = literature("p: @a +, @b +", "p supports q by @a", "q supports r by @a")
    assert stance_of(found, "@a", "q") == "pro"
    assert stance_of(found, "@a", "r") is None
    assert stance_of(found, "@b", "q") is None


def test_a_step_from_a_claim_not_held_carries_nothing() -> None:
    """a draws p -> q but only reports p."""
    found = literature("p: @a ., @b +", "p supports q by @a")
    assert stance_of(found, "@a", "q") is None


def test_explaining_is_holding_unless_disputed_or_only_reported() -> None:
    """a explains q, r and s by p: holds q, but not r, which a disputes, nor s, only reported."""
    found = literature(
        "p: @a +",
        "r: @a -",
        "s: @a .",
        "p explains q by @a",
        "p explains r by @a",
        "p explains s by @a",
    )
    assert stance_of(found, "@a", "q") == "pro"
    assert stance_of(found, "@a", "r") == "con"
    assert stance_of(found, "@a", "s") is None


def test_reporting_and_endorsing_is_endorsing() -> None:
    """Reporting a claim takes nothing from one's own endorsement of it."""
    found = literature("p: @a +, @a .", "p supports q by @a", "q: @a ., @a *")
    assert stance_of(found, "@a", "q") == "pro"


@pytest.mark.parametrize("line", ["d contests c by @t", "c contests d by @t"])
def test_contests_turn_both_ways(line: str) -> None:
    """Whoever holds one end of a contest is against the other, whoever drew it."""
    found = literature("c: @a +", "d: @b +", line)
    assert sides_of(found) == {
        ("@a", "t/c"): "pro",
        ("@a", "t/d"): "con",
        ("@b", "t/c"): "con",
        ("@b", "t/d"): "pro",
    }


def test_a_claim_reached_by_a_step_is_contested_too() -> None:
    """a holds p, draws p -> q; q contests c: a is con c.  b holds p only and is not."""
    found = literature("p: @a +, @b +", "p supports q by @a", "q contests c", "c: @d +")
    assert stance_of(found, "@a", "c") == "con"
    assert stance_of(found, "@b", "c") is None


def test_denying_a_reason_is_not_denying_the_conclusion() -> None:
    """d contests the reason p for c: b, who holds d, says nothing of c; nor does who disputes p."""
    found = literature("p: @a +", "p supports c by @a", "d: @b +", "d contests p", "p: @e -")
    assert stance_of(found, "@b", "p") == "con"
    assert stance_of(found, "@b", "c") is None
    assert stance_of(found, "@e", "c") is None
    assert stance_of(found, "@e", "d") is None


def test_a_critic_of_a_contest_is_not_drawn_into_it() -> None:
    """a holds c and also u, which undercuts the contest d against c: a is not con d.  b is con."""
    found = literature(
        "c: @a +, @b +", "d: @e +", "d contests c id k", "u: @a +", "u undercuts [k]"
    )
    assert stance_of(found, "@a", "d") is None
    assert stance_of(found, "@b", "d") == "con"
    assert stance_of(found, "@e", "c") == "con"


def test_an_undercut_excuses_from_that_contest_only() -> None:
    """Two contests join c and d; a undercuts one of them and stays con through the other."""
    found = literature(
        "c: @a +", "d: @e +", "d contests c id k", "c contests d id l", "u: @a +", "u undercuts [k]"
    )
    assert stance_of(found, "@a", "d") == "con"


def test_undercut_and_qualification_alone_take_no_side() -> None:
    """u undercuts p -> c, q qualifies c: who holds them is neither pro nor con anything else."""
    found = literature(
        "p: @a +",
        "p supports c by @a id s",
        "u: @b +",
        "u undercuts [s]",
        "q: @d +",
        "q qualifies c",
    )
    assert {claim for holder, claim in sides_of(found) if holder in ("@b", "@d")} == {"t/u", "t/q"}


def test_evidential_and_analyst_relations_carry_nothing() -> None:
    """Evidential relations never bear on stance, the analyst's only when asked for."""
    found = literature(
        "p: @a +",
        "p supports q by @a evidential",
        "p contests r evidential",
        "p contests s basis analyst",
        "q: @b .",
    )
    assert sides_of(found) == {("@a", "t/p"): "pro"}
    assert sides_of(found, with_analyst=True) == {("@a", "t/p"): "pro", ("@a", "t/s"): "con"}


def test_both_sides_are_mixed() -> None:
    """a asserts and disputes c: mixed, with a path for either half."""
    stance = explain(literature("c: @a +, @a -"), "@a", "c")
    assert stance.side == "mixed"
    assert [step.stance for step in (*stance.path, *stance.contrary)] == ["asserts", "disputes"]  # type: ignore[union-attr]


def test_support_cycles_end() -> None:
    """p -> q -> p, both drawn by a, who holds p only: a is pro both, by one step."""
    found = literature("p: @a +", "p supports q by @a", "q supports p by @a")
    assert sides_of(found) == {("@a", "t/p"): "pro", ("@a", "t/q"): "pro"}


def test_members_inherit_through_groups() -> None:
    """a is in g, g in h: a has the positions of both and the steps they draw; h has none of a's."""
    found = literature(
        "c: group:h +",
        "p: group:g +",
        "p supports q by group:h",
        "r: @a +",
        members={"group:h": ["group:g"], "group:g": ["@a"]},
    )
    assert {claim for holder, claim in sides_of(found) if holder == "@a"} == {
        "t/c",
        "t/p",
        "t/q",
        "t/r",
    }
    assert {claim for holder, claim in sides_of(found) if holder == "group:g"} == {
        "t/c",
        "t/p",
        "t/q",
    }
    assert {claim for holder, claim in sides_of(found) if holder == "group:h"} == {"t/c"}


def test_a_member_on_another_side_than_its_group() -> None:
    """The group asserts c.  a disputes c; b asserts d, which contests c; e says nothing.

    a and b take a side on c themselves, so neither inherits the group's; e does.
    """
    found = literature(
        "c: group:g +, @a -",
        "d: @b +",
        "d contests c",
        members={"group:g": ["@a", "@b", "@e"]},
    )
    found_sides = sides_of(found)
    assert found_sides["group:g", "t/c"] == "pro"
    assert found_sides["@a", "t/c"] == "con"
    assert found_sides["@b", "t/c"] == "con"
    assert found_sides["@b", "t/d"] == "pro"
    assert found_sides["@e", "t/c"] == "pro"
    # Having no side of its own on d, e is against it with the group.
    assert found_sides["@e", "t/d"] == found_sides["group:g", "t/d"] == "con"


def test_groups_in_conflict_leave_their_common_member_mixed() -> None:
    """g asserts c, h disputes it, a is in both and silent."""
    found = literature("c: group:g +, group:h -", members={"group:g": ["@a"], "group:h": ["@a"]})
    assert stance_of(found, "@a", "c") == "mixed"


def test_a_member_does_not_inherit_a_step_from_a_premise_it_rejects() -> None:
    """g holds p and draws p -> c; a disputes p, so nothing leads a to c."""
    found = literature("p: group:g +, @a -", "p supports c by group:g", members={"group:g": ["@a"]})
    assert stance_of(found, "group:g", "c") == "pro"
    assert stance_of(found, "@a", "c") is None


def test_groups_in_a_circle_hand_on_nothing_to_each_other() -> None:
    """Two groups name each other (an error elsewhere): analysis ends, outsiders still inherit."""
    found = literature(
        "c: group:g +",
        members={"group:g": ["group:h", "@a"], "group:h": ["group:g"]},
    )
    assert stance_of(found, "@a", "c") == "pro"
    assert stance_of(found, "group:h", "c") is None
    assert sides_of(found)["@a", "t/c"] == "pro"


def test_the_shortest_path_explains() -> None:
    """a is con c twice over: by disputing it (one step) and by holding d, which contests it."""
    found = literature("d: @a +", "d contests c", "c: @a -, @b +")
    assert [type(step) for step in explain(found, "@a", "c").path] == [Position]
    assert [type(step) for step in explain(found, "@b", "d").path] == [Position, Relation]


def test_paths_tell_membership_position_and_step() -> None:
    """a, in g, holds p by g's word, draws p -> q itself, and q contests c."""
    found = literature(
        "p: group:g +",
        "p supports q by @a",
        "q contests c",
        "c: @b +",
        members={"group:g": ["@a"]},
    )
    path = explain(found, "@a", "c").path
    assert path[0] == Membership(holder="@a", group="group:g")
    assert isinstance(path[1], Position)
    assert (path[1].holder, path[1].claim) == ("group:g", "t/p")
    assert [step.type for step in path[2:] if isinstance(step, Relation)] == [
        "supports",
        "contests",
    ]


def test_dangling_references_are_refused() -> None:
    found = literature("c: @a +")
    broken = Literature(positions=found.positions)
    with pytest.raises(ValueError, match="t/c"):
        examine(broken)


def literal_sides(found: Literature, *, with_analyst: bool) -> dict[tuple[str, str], str]:
    """The definition, sentence by sentence, in sets, with no thought of speed."""
    usable = [
        each
        for each in found.relations
        if not each.evidential and (with_analyst or each.basis != "analyst")
    ]
    above: dict[str, list[str]] = {}
    for holder in found.holders:
        for member in holder.members:
            above.setdefault(member, []).append(holder.id)

    def say(holder: str, *stances: str) -> set[str]:
        return {p.claim for p in found.positions if p.holder == holder and p.stance in stances}

    def follow(
        held: set[str],
        disputed: set[str],
        reported: set[str],
        drawn: set[str],
        before: set[str],
        shut: set[str],
    ) -> tuple[set[str], set[str]]:
        pos = held | before
        for each in usable:
            if (
                each.type in ("supports", "explains")
                and each.target_kind == "claim"
                and each.id in drawn
                and each.source in held
                and each.target not in disputed | reported | shut
            ):
                pos.add(each.target)
        neg = set(disputed)
        for each in usable:
            if each.type != "contests":
                continue
            if any(
                u.type == "undercuts" and u.target == each.id and u.source in pos for u in usable
            ):
                continue
            if each.source in pos:
                neg.add(each.target)
            if each.target in pos:
                neg.add(each.source)
        return pos, neg

    stock_type = tuple[set[str], set[str], set[str], set[str]]

    def stock(holder: str) -> tuple[stock_type, set[str], set[str]]:
        own: stock_type = (
            say(holder, "asserts", "endorses"),
            say(holder, "disputes"),
            say(holder, "reports"),
            {each.id for each in usable if holder in each.drawn_by},
        )
        pos, neg = follow(*own, set(), set())
        sided = pos | neg
        for group in above.get(holder, []):
            passed = stock(group)[0]
            own = (
                own[0] | (passed[0] - sided),
                own[1] | (passed[1] - sided),
                own[2] | (passed[2] - sided),
                own[3] | passed[3],
            )
        more_pos, more_neg = follow(*own, pos, sided)
        return own, more_pos, neg | (more_neg - sided)

    sides = {}
    for holder in {h.id for h in found.holders} | {p.holder for p in found.positions}:
        _, pos, neg = stock(holder)
        for claim in pos | neg:
            side = "mixed" if claim in pos & neg else "pro" if claim in pos else "con"
            sides[holder, claim] = side
    return sides


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**6), with_analyst=st.booleans())
def test_arrays_paths_and_the_literal_definition_agree(seed: int, with_analyst: bool) -> None:
    found = draw_literature(seed)
    index = index_literature(found, with_analyst=with_analyst)
    explained = {
        (holder, stance.claim): stance.side
        for holder in index.holders
        for stance in list_stances(index, holder)
    }
    assert explained == sides_of(found, with_analyst=with_analyst)
    assert explained == literal_sides(found, with_analyst=with_analyst)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_every_path_leads_from_a_position_to_the_claim(seed: int) -> None:
    """Each path begins with a position (after memberships) and each relation takes up the last."""
    index = index_literature(draw_literature(seed))
    for holder in index.holders:
        for stance in list_stances(index, holder):
            for path in filter(None, (stance.path, stance.contrary)):
                at: str | None = None
                who = holder
                for step in path:
                    if isinstance(step, Membership):
                        assert step.group in index.groups[step.holder]
                        who = step.group if at is None else who
                    elif isinstance(step, Position):
                        assert (at, step.holder) == (None, who)
                        at = step.claim
                    else:
                        assert at in (step.source, step.target)
                        assert not step.evidential
                        at = step.target if at == step.source else step.source
                assert at == stance.claim


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_compiled_sides_are_those_of_small_literatures(seed: int) -> None:
    """The compiled loops, meant for large literatures, find what sorting and searching find."""
    found = draw_literature(seed)
    small = sides_of(found)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sides, "COMPILED_FROM", 0)
        assert sides_of(found) == small
