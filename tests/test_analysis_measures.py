"""Gaps, weights and holders, worked out by hand."""

from __future__ import annotations

from analysis_examples import draw_literature, literature
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.analysis import examine, list_standings
from argmap.analysis.measures import (
    explain_holder,
    find_school_conflicts,
    judge_claim,
    list_gaps,
    list_second_hand,
    weigh_claims,
    weigh_holders,
)


def test_if_a_work_fell() -> None:
    """a alone holds c, which b and d dispute; e is one of two for f.

    Without a, c is challenged; without b or d nothing changes; without e, f is only asserted.
    """
    findings = examine(literature("c: @a +, @b -, @d -", "f: @e +, @g +"))
    falls = {fall.holder: fall for fall in weigh_holders(findings)}
    assert list(falls) == ["@a", "@e", "@g"]
    (change,) = falls["@a"].changes
    assert (change.before, change.after, change.depth_before, change.depth_after) == (
        "disputed",
        "challenged",
        1,
        0,
    )
    assert falls["@a"].ended == 1
    assert falls["@e"].changes[0].after == "asserted"


def test_second_hand_claims() -> None:
    """p: told by t only; q: a's own page known; r: t's own; s: held by no work."""
    findings = examine(literature("p: @a +", "q: @a + own=4", "r: @t +", "s: actor:x +"))
    assert list_second_hand(findings) == ("t/p",)


def test_gaps() -> None:
    """q is a's, and t uses it for p: taken up.  Only t itself does anything about p, only a about
    r and s, nobody about u.  v has two voices.
    """
    findings = examine(
        literature(
            "p: @t +",
            "q: @a +",
            "q supports p by @t",
            "r: @a +",
            "r supports s by @a",
            "u: @b +",
            "v: @a +, @b +",
        )
    )
    assert list_gaps(findings) == ("t/p", "t/r", "t/s", "t/u")


def test_what_rests_on_a_claim() -> None:
    """p carries q and r; q carries s; s carries q again, a circle that ends."""
    findings = examine(
        literature("p supports q", "p supports r", "q supports s", "s supports q", "z contests p")
    )
    loads = {load.claim: (load.direct, load.resting) for load in weigh_claims(findings)}
    assert loads == {"t/p": (2, 3), "t/q": (1, 1), "t/s": (1, 1)}


def test_one_holder() -> None:
    """a is with b on c, against d on c and on e; with x, its own author's other work, on c."""
    findings = examine(
        literature(
            "c: @a +, @b +, @d -, @x +",
            "e: @a -, @d +",
            authors={"a": ["Low, A."], "x": ["Low, Ann"]},
        )
    )
    account = explain_holder(findings, "@a")
    assert [(stance.claim, stance.side) for stance in account.stances] == [
        ("t/c", "pro"),
        ("t/e", "con"),
    ]
    assert [each.holder for each in account.allies] == ["@b"]
    assert [(each.holder, each.disagreements) for each in account.opponents] == [
        ("@d", ("t/c", "t/e"))
    ]
    assert account.own_voice == ("@x",)


def test_whether_a_school_contradicts_itself() -> None:
    """a and b hold p; d holds q; p contests q: a, b, d together hold p only, by two to one."""
    findings = examine(literature("p: @a +, @b +", "q: @d +", "r: @d +", "p contests q id k"))
    held, conflicts = find_school_conflicts(findings, ["@a", "@b", "@d"])
    assert (held, conflicts) == (("t/p", "t/r"), ())


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_one_claim_is_judged_as_all_are(seed: int) -> None:
    findings = examine(draw_literature(seed))
    for standing in list_standings(findings):
        assert judge_claim(
            [findings.voices[holder] for holder in standing.pro],
            [findings.voices[holder] for holder in standing.con],
            bool(standing.mixed),
        ) == (standing.status, standing.depth)
