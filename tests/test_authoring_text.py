"""A coded text: every form in which scholars may write it, and the records that come of it."""

from __future__ import annotations

import msgspec
from authoring_examples import reads_docstring, show

from argmap.authoring import CorpusDraft
from argmap.diagnostics import Diagnostic
from argmap.model import Anchor, Citation, Claim, PageMarks, Place, Position, Text


def at(line: int, column: int) -> Place:
    return Place(path="corpus/smith2020.yaml", line=line, column=column)


@reads_docstring
def test_smallest_claim(draft: CorpusDraft, findings: list[Diagnostic]) -> None:
    """
    text: smith2020
    claims:
      treaties-last:
        claim: Treaties outlive the rulers who sign them.
        at: "12: A treaty once … its first signatories."
        held: jones1999
    """
    assert findings == []
    anchor = Anchor(
        text="smith2020", page="12", head="A treaty once", tail="its first signatories."
    )
    assert draft.texts == [Text(key="smith2020", place=at(1, 1))]
    assert draft.claims == [
        Claim(
            id="smith2020/treaties-last",
            text="smith2020",
            statement="Treaties outlive the rulers who sign them.",
            anchor=anchor,
            place=at(3, 3),
        )
    ]
    common = {"claim": "smith2020/treaties-last", "reported_by": "smith2020", "page": "12"}
    assert draft.positions == [
        Position(holder="@jones1999", stance="asserts", place=at(6, 11), **common),
        Position(
            holder="@smith2020",
            stance="reports",
            attribution="implied",
            place=at(3, 3),
            **common,
        ),
    ]
    assert draft.citations == [
        Citation(
            claim="smith2020/treaties-last", work="jones1999", text="smith2020", place=at(6, 11)
        )
    ]


@reads_docstring
def test_text_holds_its_own_claim(draft: CorpusDraft, findings: list[Diagnostic]) -> None:
    """
    text: smith2020
    claims:
      treaties-last:
        claim: Treaties outlive the rulers who sign them.
        at: "12: A treaty once … its first signatories."
        held: smith2020
    """
    assert findings == []
    assert [(p.holder, p.stance) for p in draft.positions] == [("@smith2020", "asserts")]
    assert draft.citations == []


@reads_docstring
def test_every_field_of_a_claim(draft: CorpusDraft, findings: list[Diagnostic]) -> None:
    """
    text: smith2020
    claims:
      a:
        claim: >
          Treaties outlive
          their makers.
        at: {page: 12, section: "2.1", from: A treaty once, to: first signatories}
        kind: causal
        topic: treaties
        weight: core
        alone: Nothing in the text takes it up.
        held: jones1999
    """
    assert findings == []
    (claim,) = draft.claims
    assert claim.statement == "Treaties outlive their makers."
    assert (claim.kind, claim.topic, claim.weight) == ("causal", "treaties", "core")
    assert claim.alone == "Nothing in the text takes it up."
    assert claim.anchor == Anchor(
        text="smith2020", page="12", section="2.1", head="A treaty once", tail="first signatories"
    )


@reads_docstring
def test_source_and_pages(draft: CorpusDraft, findings: list[Diagnostic]) -> None:
    """
    text: smith2020
    survey: true
    source:
      file: smith-2020.txt
      first: 12
      mark: "[#]"
      inferred:
        14: With the next
        15: And again
      running: ["## Head", "---"]
      body: "## 1 Opening"
      references: "## Works"
    """
    assert findings == []
    assert draft.texts == [
        Text(
            key="smith2020",
            source="smith-2020.txt",
            survey=True,
            pages=PageMarks(
                first="12",
                mark="[#]",
                inferred=(("14", "With the next"), ("15", "And again")),
                running=("## Head", "---"),
            ),
            body="## 1 Opening",
            references="## Works",
            place=at(1, 1),
        )
    ]


@reads_docstring
def test_file_topic_holds_where_a_claim_names_none(
    draft: CorpusDraft, findings: list[Diagnostic]
) -> None:
    """
    text: smith2020
    topic: treaties
    claims:
      a: {claim: One., at: "1: one", held: smith2020}
      b: {claim: Two., at: "1: two", held: smith2020, topic: war}
    """
    assert findings == []
    assert [claim.topic for claim in draft.claims] == ["treaties", "war"]
    assert draft.places["smith2020/a", "topic"] == at(2, 8)
    assert draft.places["smith2020/b", "topic"] == at(5, 58)


@reads_docstring
def test_holders_in_every_form(draft: CorpusDraft, findings: list[Diagnostic]) -> None:
    """
    text: smith2020
    claims:
      a:
        claim: One.
        at: "12: one"
        held:
          - jones1999
          - "@brown2001"
          - "[@clay2003, p. 87]"
          - group:critics
          - {by: actor:the-king, page: 14, attribution: implied, certainty: uncertain}
          - {by: [doe1990, "[@roe1991, 4-5]"], at: "13: they hold … this view"}
        endorsed: smith2020
        disputed: {by: poe1988, own: "ch. 3"}
        reported: [gray2010, green2011]
    """
    assert findings == []
    shown = [
        (p.holder, p.stance, p.page, p.own_locator, p.attribution, p.certainty)
        for p in draft.positions
    ]
    assert shown == [
        ("@jones1999", "asserts", "12", "", "explicit", "certain"),
        ("@brown2001", "asserts", "12", "", "explicit", "certain"),
        ("@clay2003", "asserts", "12", "p. 87", "explicit", "certain"),
        ("group:critics", "asserts", "12", "", "collective", "certain"),
        ("actor:the-king", "asserts", "14", "", "implied", "uncertain"),
        ("@doe1990", "asserts", "13", "", "explicit", "certain"),
        ("@roe1991", "asserts", "13", "4-5", "explicit", "certain"),
        ("@smith2020", "endorses", "12", "", "explicit", "certain"),
        ("@poe1988", "disputes", "12", "ch. 3", "explicit", "certain"),
        ("@gray2010", "reports", "12", "", "explicit", "certain"),
        ("@green2011", "reports", "12", "", "explicit", "certain"),
    ]
    anchored = [p.holder for p in draft.positions if p.anchor is not None]
    assert anchored == ["@doe1990", "@roe1991"]
    assert [(c.work, c.locator, c.role) for c in draft.citations] == [
        ("jones1999", "", "carries"),
        ("brown2001", "", "carries"),
        ("clay2003", "p. 87", "carries"),
        ("doe1990", "", "carries"),
        ("roe1991", "4-5", "carries"),
        ("poe1988", "ch. 3", "carries"),
        ("gray2010", "", "carries"),
        ("green2011", "", "carries"),
    ]


@reads_docstring
def test_places_of_holders(draft: CorpusDraft, findings: list[Diagnostic]) -> None:
    """
    text: smith2020
    claims:
      a:
        claim: One.
        at: "12: one"
        held: [jones1999, {by: brown2001}]
        disputed:
          - by:
              - clay2003
              -  doe1990
    """
    assert findings == []
    assert [p.place for p in draft.positions if p.stance != "reports"] == [
        at(6, 12),
        at(6, 28),
        at(9, 13),
        at(10, 14),
    ]


@reads_docstring
def test_citations_in_every_form(draft: CorpusDraft, findings: list[Diagnostic]) -> None:
    """
    text: smith2020
    claims:
      a:
        claim: One.
        at: "12: one"
        held: jones1999
        cites:
          - key2000
          - "@other2001, p. 3"
          - "[see @waltz1979; @walt1987, p. 1]"
          - {exemplar: [ex2002, "[@ex2003, 5]"], report: rep2004, at: "13: (Rep 2004)"}
          - {work: ev2005, locator: p. 87, role: primary-source}
          - work: "[@ev2006, 9]"
          - {evidence: jones1999}
      b:
        claim: Two.
        at: "12: two"
        held: smith2020
        cites: solo1999
    """
    assert findings == []
    shown = [
        (c.claim[10:], c.work, c.locator, c.role, c.anchor is not None) for c in draft.citations
    ]
    assert shown == [
        ("a", "key2000", "", "evidence", False),
        ("a", "other2001", "p. 3", "evidence", False),
        ("a", "waltz1979", "", "evidence", False),
        ("a", "walt1987", "p. 1", "evidence", False),
        ("a", "ex2002", "", "exemplar", True),
        ("a", "ex2003", "5", "exemplar", True),
        ("a", "rep2004", "", "report", True),
        ("a", "ev2005", "p. 87", "primary-source", False),
        ("a", "ev2006", "9", "evidence", False),
        # Another role for a holder takes the place of `carries`.
        ("a", "jones1999", "", "evidence", False),
        ("b", "solo1999", "", "evidence", False),
    ]
    assert {c.text for c in draft.citations} == {"smith2020"}


@reads_docstring
def test_relations_in_every_form(draft: CorpusDraft, findings: list[Diagnostic]) -> None:
    """
    text: smith2020
    claims:
      a:
        claim: One.
        at: "12: one"
        held: smith2020
        supports: b
        contests: [c, other1999/d]
        undercuts: b -> c
        qualifies: {claim: c, basis: implicit, because: Only in peace., page: 13}
        explains:
          - {claim: d, basis: analyst}
          - {claim: e, by: [jones1999, group:critics], at: "14: for them"}
          - {claim: f, evidential: true, cites: "[@key2000, p. 1]", id: my-id}
      g:
        claim: Seven.
        at: "12: seven"
        held: smith2020
        undercuts:
          - {step: a contests c, because: They speak of different things.}
          - {step: my-id}
          - x/a→y/b
    """
    assert findings == []
    shown = [
        (d.relation.id, d.step, d.relation.target, ",".join(d.relation.drawn_by), d.relation.basis)
        for d in draft.relations
    ]
    me = "@smith2020"
    assert shown == [
        ("smith2020/a.supports.smith2020/b", "", "smith2020/b", me, "explicit"),
        ("smith2020/a.contests.smith2020/c", "", "smith2020/c", me, "explicit"),
        ("smith2020/a.contests.other1999/d", "", "other1999/d", me, "explicit"),
        ("", "b -> c", "", me, "explicit"),
        ("smith2020/a.qualifies.smith2020/c", "", "smith2020/c", me, "implicit"),
        ("smith2020/a.explains.smith2020/d", "", "smith2020/d", "", "analyst"),
        (
            "smith2020/a.explains.smith2020/e",
            "",
            "smith2020/e",
            "@jones1999,group:critics",
            "explicit",
        ),
        ("my-id", "", "smith2020/f", me, "explicit"),
        ("", "a contests c", "", me, "explicit"),
        ("", "my-id", "", me, "explicit"),
        ("", "x/a→y/b", "", me, "explicit"),
    ]
    pages = [d.relation.page for d in draft.relations]
    assert pages == ["12"] * 4 + ["13", "12", "14"] + ["12"] * 4
    assert [d.relation.evidential for d in draft.relations].index(True) == 7
    assert [c.work for d in draft.relations for c in d.citations] == ["key2000"]
    assert draft.relations[7].named
    assert [d.relation.target_kind for d in draft.relations].count("relation") == 4
    assert [d.relation.place for d in draft.relations[:4]] == [
        at(7, 15),
        at(8, 16),
        at(8, 19),
        at(9, 16),
    ]


@reads_docstring
def test_passages_without_a_claim(draft: CorpusDraft, findings: list[Diagnostic]) -> None:
    """
    text: smith2020
    none:
      - at: "12: In what follows … the third part."
        because: Announces the plan.
      - {at: {from: Thanks are due}, because: Thanks.}
    """
    assert findings == []
    assert [(u.anchor.page, u.anchor.head, u.because, u.place) for u in draft.uncoded] == [
        ("12", "In what follows", "Announces the plan.", at(3, 5)),
        ("", "Thanks are due", "Thanks.", at(5, 5)),
    ]


@reads_docstring
def test_words_that_yaml_might_turn_into_something_else(
    draft: CorpusDraft, findings: list[Diagnostic]
) -> None:
    """
    text: 2020
    topic: no
    claims:
      012: {claim: yes, at: "1: on", held: 1999, supports: 0o17}
      0o17: {claim: 2001-12-14, at: "1: off", held: 1e3}
      null: {claim: .inf, at: "1: nan", held: true, supports: [012, null-too]}
    """
    assert findings == []
    assert draft.texts[0].key == "2020"
    assert [(c.id, c.statement, c.topic) for c in draft.claims] == [
        ("2020/012", "yes", "no"),
        ("2020/0o17", "2001-12-14", "no"),
        ("2020/null", ".inf", "no"),
    ]
    assert [p.holder for p in draft.positions] == [
        "@1999",
        "@2020",
        "@1e3",
        "@2020",
        "@true",
        "@2020",
    ]
    assert draft.relations[0].relation.target == "2020/0o17"
    assert [d.relation.target for d in draft.relations[1:]] == ["2020/012", "2020/null-too"]


@reads_docstring
def test_names_in_any_script(draft: CorpusDraft, findings: list[Diagnostic]) -> None:
    """
    text: müller2020
    claims:
      krieg-für-öl: {claim: Eins., at: "1: eins", held: group:kritiker-à-la-carte}
      договор: {claim: Два., at: "1: два", held: müller2020, supports: krieg-für-öl}
      हिंदी-संधि: {claim: तीन।, at: "1: तीन", held: müller2020, supports: договор}
      同盟: {claim: 三。, at: "1: 三つ", held: müller2020, supports: हिंदी-संधि}
    """
    assert findings == []
    assert [claim.id for claim in draft.claims] == [
        "müller2020/krieg-für-öl",
        "müller2020/договор",
        "müller2020/हिंदी-संधि",
        "müller2020/同盟",
    ]
    assert [d.relation.target for d in draft.relations] == [c.id for c in draft.claims[:3]]


@reads_docstring
def test_composed_and_decomposed_letters_are_the_same(
    draft: CorpusDraft, findings: list[Diagnostic]
) -> None:
    """
    text: smith2020
    claims:
      cafe\u0301: {claim: One., at: "1: one", held: smith2020}
      b: {claim: Two., at: "1: two", held: smith2020, supports: caf\u00e9}
    """
    assert findings == []
    assert draft.relations[0].relation.target == draft.claims[0].id == "smith2020/caf\u00e9"


@reads_docstring
def test_white_space_and_folding_do_not_matter(
    draft: CorpusDraft, findings: list[Diagnostic]
) -> None:
    """
    text: "  smith2020 "
    claims:
      a:
        claim: |
          One
            two.
        at: "12:  one
             two"
        held: " jones1999  "
        supports: " b   ->  c "
    """
    assert findings == []
    assert draft.texts[0].key == "smith2020"
    assert draft.claims[0].statement == "One two."
    assert draft.claims[0].anchor is not None
    assert draft.claims[0].anchor.head == "one two"
    assert draft.positions[0].holder == "@jones1999"
    assert draft.relations[0].step == "b -> c"


@reads_docstring
def test_page_and_place_may_both_be_given(draft: CorpusDraft, findings: list[Diagnostic]) -> None:
    """
    text: smith2020
    claims:
      a:
        claim: One.
        at: one two
        held:
          - {by: b1999, page: 3, at: three four}
          - {by: c1999, page: 3, at: "4: three four"}
          - {by: d1999, page: 654–5}
          - {by: e1999, page: "p. 3"}
          - {by: f1999, page: 9-3}
    """
    assert show(findings) == [
        "8:27 field-conflict",
        "10:27 page-malformed",
        "11:27 page-malformed",
    ]
    assert [p.page for p in draft.positions] == ["3", "4", "654-655", "", "", ""]


@reads_docstring
def test_places_of_the_fields_of_a_claim(draft: CorpusDraft, findings: list[Diagnostic]) -> None:
    """
    text: smith2020
    claims:
      a:
        claim:   One.
        at: "1: one"
        kind:    causal
        held:
          smith2020
    """
    assert findings == []
    assert {
        field: (place.line, place.column)
        for (record, field), place in draft.places.items()
        if record == "smith2020/a"
    } == {"claim": (4, 14), "at": (5, 9), "kind": (6, 14), "held": (8, 7)}
    assert draft.places["smith2020", "text"] == at(1, 7)


def test_records_are_plain_and_hashable() -> None:
    claim = Claim(id="a/b", text="a", statement="One.", place=at(1, 1))
    assert msgspec.json.decode(msgspec.json.encode(claim), type=Claim) == claim
    assert hash(claim) == hash(msgspec.structs.replace(claim))
