"""Schools of thought, worked out by hand."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from analysis_examples import draw_literature, literature
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.analysis import (
    SchoolReport,
    analyse,
    examine,
    find_schools,
    report_declared,
    report_schools,
)
from argmap.analysis.schools import Placement
from argmap.model import DeclaredSchool, Literature

HAWKS = "force: @a +, @b +, @c +"
DOVES = "talk: @d +, @e +"
QUARREL = "force contests talk"


def report(*lines: str, draws: int = 0, topic: str | None = None, **more: Any) -> SchoolReport:
    (found,) = report_schools(examine(literature(*lines, **more)), [topic], draws=draws)
    return found


def members(found: SchoolReport) -> list[tuple[str, ...]]:
    return [account.school.members for account in found.schools]


def test_two_schools_over_one_contest() -> None:
    """a, b, c hold force and so deny talk; d, e the other way round: three voices against two."""
    found = report(HAWKS, DOVES, QUARREL)
    assert members(found) == [("@a", "@b", "@c"), ("@d", "@e")]
    hawks, doves = found.schools
    assert (hawks.voices, doves.voices) == (3, 2)
    # Each member agrees with either other one on two claims.
    assert {member.agreement for member in hawks.members} == {4}
    assert hawks.school.defining == ("t/force",)
    assert {(each.school, each.claim) for each in hawks.school.cleavages} == {
        (doves.school.id, "t/force"),
        (doves.school.id, "t/talk"),
    }
    assert found.agreements == ()
    assert found.lone_voices == ()


def test_agreement_on_what_nobody_debates_is_no_school() -> None:
    """d and e share a claim that nothing contests, undercuts or qualifies."""
    found = report("fact: @d +, @e +")
    assert found.schools == ()
    assert found.agreements == (("@d", "@e"),)


@pytest.mark.parametrize(
    "line",
    [
        "fact qualifies other",
        "other qualifies fact",
        "fact contests other",
        "other contests fact",
        "fact undercuts [step]",
        "other undercuts [step]",
        "fact: @x -",
    ],
)
def test_being_in_debate_makes_an_agreement_a_school(line: str) -> None:
    """Contested, undercut or qualified, or doing so to another; each on its own is enough."""
    target = "thing" if line.startswith("fact undercuts") else "fact"
    found = report("fact: @d +, @e +", f"reason supports {target} id step", line)
    assert members(found)[0] == ("@d", "@e")


def test_evidential_and_analyst_relations_open_no_debate() -> None:
    found = report("fact: @d +, @e +", "other contests fact evidential")
    assert found.schools == ()


def test_one_prolific_author_is_no_school() -> None:
    """Three works by one author share force against talk."""
    found = report(
        HAWKS,
        DOVES,
        QUARREL,
        authors={"a": ["Low, Ann"], "b": ["Low, A."], "c": ["Low, Ann", "Mid, M."]},
    )
    assert members(found) == [("@d", "@e")]
    assert found.lone_voices == ("@a", "@b", "@c")


def test_a_side_in_debate_must_be_shared_by_two_voices() -> None:
    """a and b share a plain fact; in the debate only a speaks."""
    found = report("fact: @a +, @b +", "more: @a +, @b +", "force: @a +", "talk: @d +", QUARREL)
    assert found.schools == ()
    assert ("@a", "@b") in found.agreements


def test_surveys_are_left_out_and_placed() -> None:
    """The schools are as without the survey t.  It disputes talk: with the hawks, once.

    If it also holds pact, which the doves hold and which contests force, it agrees with them on
    pact and force, and disagrees on talk: 2 to 1 (with the hawks 1 to 2).
    """
    lines = (HAWKS, DOVES, QUARREL, "talk: @t -")
    found = report(*lines, surveys=("t",))
    assert members(found) == [("@a", "@b", "@c"), ("@d", "@e")]
    assert found.surveys == (Placement(holder="@t", school="force", agreements=1),)
    other = report(*lines, "pact: @d +, @e +, @t +", "pact contests force", surveys=("t",))
    assert members(other) == members(found)
    assert other.surveys == (
        Placement(holder="@t", school=other.schools[1].school.id, agreements=2, disagreements=1),
    )
    # Not marked as a survey, t is a voice like any other.
    assert "@t" in members(report(*lines))[0]


def test_bridges_agree_with_another_school_on_balance() -> None:
    """b is with the hawks on force and talk, with the doves on three other things."""
    found = report(
        "force: @a +, @b +, @c +, @g +, @h +",
        DOVES,
        QUARREL,
        "force-again: @a +, @b +, @c +, @g +, @h +",
        "talk-again: @d +, @e +",
        "force-again contests talk-again",
        *(f"x{number}: @b +, @d +, @e +" for number in range(5)),
    )
    hawks = found.schools[0]
    assert hawks.school.members == ("@a", "@b", "@c", "@g", "@h")
    assert hawks.school.bridges == ("@b",)
    assert [(each.holder, each.agreement) for each in hawks.bridges] == [("@b", 2)]


def test_by_topic_as_well_as_overall() -> None:
    """In arms a and d agree against b and e; overall the larger debate on war decides."""
    lines = (
        HAWKS,
        "talk: @d +, @e +",
        QUARREL,
        "guns: @a +, @d +",
        "butter: @b +, @e +",
        "guns contests butter",
    )
    topics = {"force": "war", "talk": "war", "guns": "arms", "butter": "arms"}
    schools = find_schools(examine(literature(*lines, topics=topics)), draws=0)
    by_topic: dict[str | None, list[tuple[str, ...]]] = {}
    for school in schools:
        by_topic.setdefault(school.topic, []).append(school.members)
    assert by_topic["arms"] == [("@a", "@d"), ("@b", "@e")]
    assert by_topic["war"] == [("@a", "@b", "@c"), ("@d", "@e")]
    assert [school.topic for school in schools] == sorted(
        (school.topic for school in schools), key=lambda topic: topic or ""
    )
    ids = [school.id for school in schools]
    assert len(set(ids)) == len(ids)


def test_a_declared_school_gives_its_name() -> None:
    """Two of three members are enough; comparison tells that we keep the declared school whole."""
    declared = (
        DeclaredSchool(id="hawks", name="The hawks", members=("@a", "group:g", "@nobody")),
        DeclaredSchool(id="mixed", name="Mixed", members=("@c", "@d")),
    )
    found = report(HAWKS, DOVES, QUARREL, schools=declared, members={"group:g": ["@b"]})
    hawks = found.schools[0]
    assert (hawks.school.id, hawks.school.name, hawks.declared) == ("hawks", "The hawks", "hawks")
    comparison = next(each for each in found.comparisons if each.name == "declared schools")
    # a, b | c, d declared; a, b, c | d found: 1 pair in both, 2 and 3 in either, of 6.
    assert comparison.holders == 4
    assert comparison.rand == pytest.approx((1 - 1) / (2.5 - 1))
    assert comparison.split == (("mixed", (("@c",), ("@d",))),)


def test_where_the_members_of_a_declared_school_are() -> None:
    """hawks are found, with c beside them; e of *mixed* is with the doves, z on no side."""
    declared = (
        DeclaredSchool(id="hawks", name="The hawks", members=("@a", "@b")),
        DeclaredSchool(id="mixed", name="Mixed", members=("@e", "@q", "@t", "@z")),
    )
    lines = [HAWKS, DOVES, QUARREL, "other: @q +", "more: @t +"]
    findings = examine(literature(*lines, schools=declared, surveys=["t"]))
    (found,) = report_schools(findings, draws=0)
    hawks, mixed = report_declared(findings, found)
    assert (hawks.found, hawks.added) == ("hawks", ("@c",))
    assert [(each.place, each.holders) for each in hawks.members] == [("hawks", ("@a", "@b"))]
    assert (mixed.found, mixed.added) == (None, ())
    assert {each.place: each.holders for each in mixed.members} == {
        "talk": ("@e",),
        "lone voice": ("@q",),
        "survey": ("@t",),
        "no side": ("@z",),
    }


def test_names_of_schools() -> None:
    """After the statement of the defining claim, without its period; ids are slugs."""
    found = report("war-pays-off: @a +, @b +, @c +", DOVES, "war-pays-off contests talk")
    assert [each.school.name for each in found.schools] == ["t/war-pays-off is so", "t/talk is so"]
    assert [each.school.id for each in found.schools] == ["war-pays-off", "talk"]
    # Those who share a denial only.
    denial = report("c: @a -, @b -, @x +")
    assert (denial.schools[0].school.id, denial.schools[0].school.defining) == ("against-c", ())
    assert denial.schools[0].school.name == "Against: t/c is so"


def test_defining_claims_by_hand() -> None:
    """force: 3 of 3 here, 0 of 2 there: (4/5) / (1/4) · 3/3 = 3.2.  arms: two of the three hold
    it, as does one of the doves: (3/4) / (2/3) · 2/3 = 0.75."""
    found = report(HAWKS, DOVES, QUARREL, "arms: @a +, @b +, @d +, @x -", "x: @x +, @y +")
    hawks = next(each for each in found.schools if "@a" in each.school.members)
    scores = {each.claim: each for each in hawks.defining}
    assert scores["t/force"].score == pytest.approx(3.2)
    assert (scores["t/force"].pro, scores["t/force"].con_elsewhere) == (3, 2)
    # arms elsewhere: d pro, x con, of two: (1 + 1) / (2 + 2).
    assert scores["t/arms"].score == pytest.approx((3 / 4) / (2 / 4) * 2 / 3)


def test_stability_tells_core_from_fringe() -> None:
    """Many shared claims hold a, b and c together; f shares one of them only, by a bare position.

    The draws are the same in every run.
    """
    lines = [f"p{number}: @a +, @b +, @c +" for number in range(6)]
    lines += [f"q{number}: @d +, @e +" for number in range(6)]
    lines += [f"p{number} contests q{number}" for number in range(6)]
    lines += ["odd: @f +, @a +", "even: @f +, @d +"]
    found = report(*lines, draws=60)
    stable = {m.holder: m.stability for account in found.schools for m in account.members}
    assert stable["@a"] == stable["@b"] == 1
    assert "@f" not in stable or stable["@f"] < 1
    assert found == report(*lines, draws=60)


def test_a_school_of_two_on_one_claim_hangs_on_few_words() -> None:
    """Six records, of which each draw leaves out one.

    Without one of the hawks the other two are still most of three; without one of the doves the
    other one is alone: of five draws in which it takes a side, it stays in four.
    """
    hawks, doves = report(HAWKS, DOVES, QUARREL, draws=200).schools
    assert hawks.school.stability == 1
    assert doves.school.stability == pytest.approx(0.8, abs=0.08)
    for account in (hawks, doves):
        school = account.school
        assert set(school.core) | set(school.fringe) == set(school.members)
        assert set(school.core) == {m.holder for m in account.members if m.stability >= 0.8}


def test_without_disagreement_gamma_zero_keeps_together() -> None:
    """γ = 0: a chain of agreements is one school; γ = 1 may cut it."""
    lines = [f"c{number}: @w{number} +, @w{number + 1} +, @x -" for number in range(4)]
    findings = examine(literature(*lines))
    (found,) = report_schools(findings, resolution=0, draws=0)
    assert ("@w0", "@w1", "@w2", "@w3", "@w4") in members(found)


def test_an_empty_literature_has_no_schools() -> None:
    (found,) = report_schools(examine(Literature()), draws=3)
    assert found.schools == ()


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_what_every_report_has(seed: int) -> None:
    """Every holder who takes a side is placed once; cleavages and bridges name other schools."""
    findings = examine(draw_literature(seed, claims=10, holders=8))
    (found,) = report_schools(findings, draws=0)
    placed: list[str] = [*found.lone_voices]
    groups: Sequence[Sequence[str]] = [*members(found), *found.agreements]
    for group in groups:
        placed.extend(group)
    assert len(placed) == len(set(placed))
    taking = {findings.tables.holders[h] for h in findings.sides.holder[findings.sides.side != 0]}
    assert set(placed) == taking
    ids = {account.school.id for account in found.schools}
    for account in found.schools:
        assert account.voices >= 2
        assert {each.school for each in account.school.cleavages} <= ids - {account.school.id}
        assert set(account.school.bridges) <= set(account.school.members)


def test_the_same_bytes_whatever_the_hash_seed() -> None:
    """Analysis of one literature in two processes with different hash seeds."""
    script = (
        "import msgspec, sys\n"
        "from analysis_examples import draw_literature\n"
        "from argmap.analysis import analyse, examine, report_schools\n"
        "found = draw_literature(3, claims=12, holders=12)\n"
        "sys.stdout.buffer.write(msgspec.json.encode(analyse(found, draws=5)))\n"
        "sys.stdout.buffer.write(msgspec.json.encode(report_schools(examine(found), draws=5)))\n"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parent)},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1
    assert outputs != {b""}


def test_analysis_carries_the_schools_and_the_parameters() -> None:
    found = literature(HAWKS, DOVES, QUARREL)
    derived = analyse(found, draws=4)
    assert [school.members for school in derived.schools] == [("@a", "@b", "@c"), ("@d", "@e")]
    assert derived.parameters == {
        "with_analyst": "false",
        "kinds": "work actor group",
        "resolution": "1",
        "draws": "4",
    }
    assert msgspec.json.decode(msgspec.json.encode(derived), type=type(derived)) == derived
