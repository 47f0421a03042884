"""The shipped review: what a scholar who has read the two texts expects to find in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from shared import ROOT, TEXTS, needs_texts

import argmap
from argmap.analysis import (
    analyse,
    examine,
    explain_claim,
    report_declared,
    report_schools,
)
from argmap.coverage import measure_coverage
from argmap.literature import Loaded
from argmap.model import Dispute
from argmap.query import load_checked


@cache
def loaded(texts: Path | None = None) -> Loaded:
    return load_checked(ROOT / "corpus", ROOT / "references.bib", texts)


@cache
def disputes(*, with_analyst: bool = False) -> dict[str, Dispute]:
    found = analyse(loaded().literature, with_analyst=with_analyst).disputes
    return {claim: dispute for dispute in found for claim in dispute.claims}


def test_no_error_and_no_warning_without_the_texts() -> None:
    severe = [str(finding) for finding in loaded().findings if finding.severity != "note"]
    assert severe == []


@needs_texts
def test_every_anchor_is_proved_and_the_lock_is_current() -> None:
    with_texts = loaded(TEXTS)
    severe = [str(finding) for finding in with_texts.findings if finding.severity != "note"]
    assert severe == []
    assert with_texts.proofs is not None
    assert with_texts.proofs.unchecked == 0
    assert with_texts.proofs.proved > 300


@needs_texts
def test_records_are_the_same_with_and_without_the_texts() -> None:
    assert loaded(TEXTS).literature == loaded().literature


@needs_texts
@pytest.mark.parametrize(
    ("text", "citations", "clusters", "listed"),
    [("rynningschmitt2018", 45, 40, 41), ("bogdanov2019", 56, 41, 48)],
)
def test_coverage_has_no_gap(text: str, citations: int, clusters: int, listed: int) -> None:
    (coverage,) = [entry for entry in measure_coverage(loaded(TEXTS)) if entry.text == text]
    assert (len(coverage.citations), coverage.clusters) == (citations, clusters)
    assert [entry.found.printed for entry in coverage.citations if not entry.recorded] == []
    assert [entry.paragraph.words for entry in coverage.paragraphs if not entry.covered] == []
    assert len(coverage.listed) == listed
    assert (coverage.never_cited, coverage.never_listed) == ((), ())
    assert coverage.gaps == 0


def test_all_89_works_are_accounted_for() -> None:
    literature = loaded().literature
    works = [work for work in literature.works if "unlisted" not in work.fields.get("keywords", "")]
    assert len(works) == 89
    used = {citation.work for citation in literature.citations}
    used |= {text.key for text in literature.texts}
    assert {work.key for work in works} <= used


def test_pages_of_the_unmarked_text_are_flagged_as_inferred() -> None:
    literature = loaded().literature
    flags = {
        claim.anchor.page_inferred
        for claim in literature.claims
        if claim.text == "bogdanov2019" and claim.anchor
    }
    assert flags == {True}
    printed = [
        claim.anchor.page_inferred
        for claim in literature.claims
        if claim.text == "rynningschmitt2018" and claim.anchor
    ]
    assert not any(printed)


def test_the_effectiveness_thesis_is_hers_and_the_text_disputes_it() -> None:
    claim = "rynningschmitt2018/coalitions-effective-by-design"
    dispute = disputes()[claim]
    assert dispute.pro == ("@weitsman2013",)
    assert dispute.con == ("@rynningschmitt2018",)
    account = explain_claim(examine(loaded().literature), claim)
    assert [undercut.source for undercut in account.undercuts] == [
        "rynningschmitt2018/real-cases-not-clear-cut"
    ]
    assert len(account.qualifications) == 3


def test_the_trade_off_sets_schmitt_against_bensahel_and_scales_is_a_witness() -> None:
    dispute = disputes()["rynningschmitt2018/leader-pays-in-effectiveness"]
    assert "@bensahel2007" in dispute.pro
    assert "@schmitt2018" in dispute.con
    assert "@scales1998" in dispute.pro_witnesses
    assert dispute.con_voices == 1


def test_on_peace_or_war_one_work_stands_on_both_sides() -> None:
    dispute = disputes()["rynningschmitt2018/alliances-keep-peace"]
    assert dispute.mixed == ("@levy1981",)
    assert {"@gelpi1999", "@pressman2008", "@tierney2011", "@waltz1979"} <= set(dispute.pro)
    assert {"@oren1990", "@weitsman2004"} <= set(dispute.con)
    assert any(flag.startswith("undercut by") for flag in dispute.flags)


def test_changed_war_is_disputed_and_the_text_keeps_out_of_it() -> None:
    dispute = disputes()["rynningschmitt2018/shift-to-small-wars-decisive"]
    assert {"@smith2006", "@hammes2004", "@hoffman2007"} <= set(dispute.pro)
    assert "@dombrowski2015" in dispute.con
    assert dispute.text_stances == {"rynningschmitt2018": "reports"}


def test_walts_definition_is_contested_by_duffield_and_the_text() -> None:
    dispute = disputes()["rynningschmitt2018/walt-definition"]
    assert dispute.pro == ("@walt1987",)
    assert dispute.con == ("@duffield2009", "@rynningschmitt2018")


def test_nobody_citable_holds_legitimacy_by_mass() -> None:
    dispute = disputes()["rynningschmitt2018/legitimacy-by-mass"]
    assert not any(holder.startswith("@") for holder in dispute.pro)
    assert "side without a work: pro" in dispute.flags
    assert dispute.con == ("@rynningschmitt2018",)
    # Schmitt 2018 is by one of the authors and is used as evidence: a witness, no second opponent.
    assert set(dispute.con_witnesses) == {"@mattoxgrenier2015", "@schmitt2018"}


def test_carter_is_set_against_tertrais_and_not_against_krauthammer() -> None:
    dispute = disputes()["bogdanov2019/desperate-fallback"]
    assert dispute.pro == ("@carter2004",)
    assert "@tertrais2004" in dispute.con
    for layer in (False, True):
        sides = disputes(with_analyst=layer)["bogdanov2019/desperate-fallback"]
        assert "@krauthammer2004" not in (*sides.pro, *sides.con)


def test_the_worth_of_permanent_alliances() -> None:
    dispute = disputes()["bogdanov2019/permanent-advocated"]
    assert "@sherwoodrandall2006" in dispute.pro
    assert "@tertrais2004" in dispute.con


def test_the_lesson_of_iraq_is_undercut() -> None:
    dispute = disputes()["bogdanov2019/strategy-refuted"]
    assert "undercut by bogdanov2019/iraq-no-refutation" in dispute.flags
    assert "side without a work: pro" in dispute.flags


def test_the_texts_disagree_only_by_the_analysts_reading() -> None:
    texts = {claim.id: claim.text for claim in loaded().literature.claims}

    def crossing(with_analyst: bool) -> set[str]:
        return {
            dispute.focal
            for dispute in disputes(with_analyst=with_analyst).values()
            if len({texts[claim] for claim in dispute.claims}) > 1
        }

    assert crossing(False) == set()
    assert len(crossing(True)) >= 5


def read_expectations(heading: str) -> list[list[str]]:
    """Return the rows of the table below a heading, cells without their backticks."""
    document = (ROOT / "docs" / "expectations.md").read_text(encoding="utf-8")
    section = document.split(f"# {heading}\n", 1)[1].split("\n#", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip(" `") for cell in line.split("|")[1:-1]] for line in lines[2:]]


def name_holders(cell: str) -> set[str]:
    names = {name.strip() for name in cell.split(",")} - {""}
    return {name if ":" in name else f"@{name}" for name in names}


def test_expected_disputes_are_found_with_the_expected_sides() -> None:
    findings = examine(loaded().literature)
    ids = {claim.id.partition("/")[2]: claim.id for claim in loaded().literature.claims}
    rows = read_expectations("Disputes")
    assert len(rows) == 15
    for _, pro, con, claim in rows:
        assert ids[claim] in disputes(), claim
        account = explain_claim(findings, ids[claim])
        assert name_holders(pro) <= {stance.holder for stance in account.pro}, claim
        assert name_holders(con) <= {stance.holder for stance in account.con}, claim


def test_what_was_expected_and_not_found_or_the_other_way_round_is_told() -> None:
    ids = {claim.id.partition("/")[2]: claim.id for claim in loaded().literature.claims}
    missing = [row[3] for row in read_expectations("Expected, and not found")]
    assert not {ids[claim] for claim in missing} & disputes().keys()
    expected = {ids[row[3]] for row in read_expectations("Disputes")}
    surprising = {ids[row[0]] for row in read_expectations("Found, and not expected")}
    told = {disputes()[claim].focal for claim in expected | surprising}
    assert told == {dispute.focal for dispute in disputes().values()}


def test_declared_schools_are_found_where_the_document_says_so() -> None:
    findings = examine(loaded().literature)
    (report,) = report_schools(findings, draws=0)
    found = {each.school.id: each.found is not None for each in report_declared(findings, report)}
    rows = read_expectations("Schools")
    assert {row[0]: row[1] == "yes" for row in rows} == found


def test_load_gives_a_review_and_says_what_it_holds() -> None:
    review = argmap.load(ROOT / "corpus", ROOT / "references.bib")
    assert repr(review).startswith("<Review 'Alliances and coalitions': 2 texts, 336 claims")
    assert len(review.disputes()) == len({dispute.focal for dispute in disputes().values()})
