"""Disputes and what is told about them, worked out by hand."""

from __future__ import annotations

from analysis_examples import draw_literature, literature
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.analysis import (
    DisputeAccount,
    analyse,
    examine,
    explain_claim,
    explain_dispute,
    list_disputes,
    list_standings,
)
from argmap.model import Dispute, Literature, Relation


def only_dispute(found: Literature, **options: bool) -> Dispute:
    (dispute,) = analyse(found, draws=0, **options).disputes
    return dispute


def account_of(found: Literature) -> DisputeAccount:
    findings = examine(found)
    (dispute,) = list_disputes(findings)
    return explain_dispute(findings, dispute)


def test_two_claims_in_contest_are_one_dispute() -> None:
    """a holds c, b holds d, d contests c: c received the contest and is focal."""
    dispute = only_dispute(literature("c: @a +", "d: @b +", "d contests c"))
    assert (dispute.focal, dispute.claims) == ("t/c", ("t/c", "t/d"))
    assert (dispute.pro, dispute.con, dispute.depth) == (("@a",), ("@b",), 1)
    assert (dispute.pro_voices, dispute.con_voices) == (1, 1)


def test_a_dispute_without_any_contest() -> None:
    dispute = only_dispute(literature("c: @a +, @b -"))
    assert dispute.claims == ("t/c",)


def test_a_debate_with_three_poles() -> None:
    """War is an accident (a), a design (b), a habit (d): each contests the two others.

    Every claim has one holder for it and two against it; the sides of the three differ.
    """
    account = account_of(
        literature(
            "accident: @a +",
            "design: @b +",
            "habit: @d +",
            "accident contests design",
            "design contests habit",
            "habit contests accident",
        )
    )
    assert {each.claim.id: (each.standing.pro, each.standing.con) for each in account.claims} == {
        "t/accident": (("@a",), ("@b", "@d")),
        "t/design": (("@b",), ("@a", "@d")),
        "t/habit": (("@d",), ("@a", "@b")),
    }
    assert all(len(each.contests) == 2 for each in account.claims)


def test_disputes_are_joined_through_disputed_claims_only() -> None:
    """x contests c and e; nobody holds x, so that c and e are two disputes."""
    disputes = analyse(
        literature("c: @a +, @b -", "e: @a +, @b -", "x:", "x contests c", "x contests e")
    ).disputes
    assert [dispute.claims for dispute in disputes] == [("t/c",), ("t/e",)]


def test_within_a_topic() -> None:
    """c (war) and d (peace) contest each other: within war only c is told, with all its sides."""
    found = literature("c: @a +", "d: @b +", "d contests c", topics={"c": "war", "d": "peace"})
    (dispute,) = analyse(found, topic="war").disputes
    assert (dispute.claims, dispute.topic, dispute.con) == (("t/c",), "war", ("@b",))
    assert analyse(found, topic="trade").disputes == ()


def test_the_analyst_is_heard_on_request_only() -> None:
    found = literature("c: @a +", "d: @b +", "d contests c basis analyst")
    assert analyse(found).disputes == ()
    assert only_dispute(found, with_analyst=True).con == ("@b",)


def test_a_witness_is_shown_and_not_counted() -> None:
    """The text t uses w's finding f for d, which contests a's c; t is the opponent, w a witness.

    v's finding g is used for c by its holder a.
    """
    found = literature(
        "c: @a +",
        "f: @w +",
        "g: @v +",
        "d: @t +",
        "f supports d",
        "g supports c by @a",
        "d contests c",
    )
    dispute = only_dispute(found)
    assert (dispute.pro, dispute.con) == (("@a",), ("@t",))
    assert (dispute.pro_witnesses, dispute.con_witnesses) == (("@v",), ("@w",))
    account = account_of(found).claims[0]
    path = account.con_witnesses[0].path
    assert [step.type for step in path if isinstance(step, Relation)] == ["supports", "contests"]


def test_who_uses_their_own_claim_is_no_witness() -> None:
    """a draws f -> c itself and so holds c.  An evidential step makes no witness; nor does an
    explanation."""
    found = literature(
        "c: @b -",
        "f: @a +",
        "f supports c by @a",
        "g: @v +",
        "g supports c evidential",
        "h: @w +",
        "h explains c",
    )
    dispute = only_dispute(found)
    assert dispute.pro == ("@a",)
    assert dispute.pro_witnesses == ()


def test_a_holder_used_against_itself_is_told() -> None:
    """b disputes c, yet t uses b's finding for c: opponent and witness for."""
    dispute = only_dispute(literature("c: @t +, @b -", "f: @b +", "f supports c"))
    assert (dispute.con, dispute.pro_witnesses) == (("@b",), ("@b",))


def test_a_side_without_a_work() -> None:
    dispute = only_dispute(literature("c: group:critics +, actor:crown +, @a -"))
    assert "side without a work: pro" in dispute.flags
    assert "side without a work: con" not in dispute.flags


def test_known_only_through_one_text() -> None:
    """Two texts tell of the pro side in the second case, and of different sides in the third."""
    one = literature("c: @a +, @b -")
    two = literature("c: @a +, @a + by=s, @b -", texts=("s", "t"))
    three = literature("c: @a +", "d: @b + by=s", "d contests c", texts=("s", "t"))
    assert "known only through t" in only_dispute(one).flags
    for found in (two, three):
        assert not any(flag.startswith("known only") for flag in only_dispute(found).flags)


def test_second_hand() -> None:
    """Of a we know the page in its own work, of b not; t speaks for itself; actors have no work."""
    found = literature("c: @a + own=7, @b -, @t -, actor:x +")
    assert "second-hand: @b" in only_dispute(found).flags
    inherited = literature("c: group:g +, @b - own=9", members={"group:g": ["@a"]})
    assert "second-hand: @a" in only_dispute(inherited).flags


def test_undercut_and_qualified() -> None:
    """u undercuts the step to c, v undercuts u's undercut, w the contest; q qualifies d."""
    found = literature(
        "p: @a +",
        "p supports c by @a id s",
        "d: @b +",
        "d contests c id k",
        "u: @t +",
        "u undercuts [s] id us",
        "v: @t +",
        "v undercuts [us] id vu",
        "w: @t +",
        "w undercuts [k] id wk",
        "q: @t +",
        "q qualifies d",
    )
    dispute = only_dispute(found)
    assert [flag for flag in dispute.flags if "by" in flag] == [
        "undercut by t/u",
        "undercut by t/w",
        "qualified by t/q",
    ]
    account = explain_claim(examine(found), "t/c")
    assert [each.id for each in account.undercuts] == ["us", "vu", "wk"]
    assert account.qualifications == ()


def test_a_reviewer_as_the_only_opponent() -> None:
    """t tells of a and disputes it: the reviewer alone.  With b also against, or where a speaks
    for itself in its own coded text, not so."""
    flag = "reviewer is the only opponent: @t"
    assert flag in only_dispute(literature("c: @a +, @t -")).flags
    assert flag not in only_dispute(literature("c: @a +, @t -, @b -")).flags
    own = literature("c: @a + by=a, @t -", texts=("a", "t"))
    assert flag not in only_dispute(own).flags


def test_the_reviewers_other_works() -> None:
    """z is by t's author: t's and z's voice against a is one, and the reader is told."""
    found = literature("c: @a +, @t -, @z -", authors={"t": ["Low, Ann"], "z": ["Low, A."]})
    dispute = only_dispute(found)
    assert dispute.con_voices == 1
    assert "reviewer's own works among the voices: @z" in dispute.flags
    assert "reviewer is the only opponent: @t" in dispute.flags


def test_where_each_text_stands() -> None:
    """t disputes c, s only tells of b's opposition, r has nothing to do with it."""
    found = literature("c: @a +, @t -, @b - by=s", "r/e: @r + by=r", texts=("r", "s", "t"))
    dispute = only_dispute(found)
    assert dispute.text_stances == {"s": "reports", "t": "con"}


def test_more_than_thirty_who_share_voices_are_bounded_and_flagged() -> None:
    """Forty-one works, each sharing an author with the next, in a ring."""
    works = [f"w{number}" for number in range(41)]
    found = literature(
        "c: @x -, " + ", ".join(f"@{work} +" for work in works),
        authors={
            work: [f"P{number}, A.", f"P{(number + 1) % 41}, A."]
            for number, work in enumerate(works)
        },
    )
    account = account_of(found).claims[0]
    assert account.pro_voices.lower <= 20 <= account.pro_voices.upper
    flagged = any(flag.startswith("lower and upper bound: pro") for flag in account.flags)
    assert flagged is (account.pro_voices.lower < account.pro_voices.upper)


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_what_every_dispute_has(seed: int) -> None:
    """Sides apart, depth within voices, witnesses for no side of theirs, claims in one dispute."""
    findings = examine(draw_literature(seed))
    seen: set[str] = set()
    for dispute in list_disputes(findings):
        assert dispute.focal == dispute.claims[0]
        assert not seen & set(dispute.claims)
        seen.update(dispute.claims)
        assert not set(dispute.pro) & set(dispute.con)
        assert 1 <= dispute.depth <= min(dispute.pro_voices, dispute.con_voices)
        assert not set(dispute.pro_witnesses) & set(dispute.pro)
        assert not set(dispute.con_witnesses) & set(dispute.con)
        for account in explain_dispute(findings, dispute).claims:
            for stances, names in (
                (account.pro, account.standing.pro),
                (account.con, account.standing.con),
                (account.mixed, account.standing.mixed),
            ):
                assert tuple(stance.holder for stance in stances) == names
            # Flagging a witness as an opponent would need a stance; there is none.
            for witness in account.con_witnesses:
                assert witness.holder not in account.standing.con
    disputed = {s.claim for s in list_standings(findings) if s.status == "disputed"}
    assert seen == disputed
