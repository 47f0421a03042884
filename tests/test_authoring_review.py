"""``review.yaml`` and the files of relations across texts: every form, and the records."""

from __future__ import annotations

from authoring_examples import reads_docstring, show

from argmap.authoring import CorpusDraft
from argmap.diagnostics import Diagnostic
from argmap.model import DeclaredSchool, Holder, Place, Review, Topic


def at(line: int, column: int, name: str = "review") -> Place:
    return Place(path=f"corpus/{name}.yaml", line=line, column=column)


@reads_docstring
def test_a_whole_review(draft: CorpusDraft, findings: list[Diagnostic]) -> None:
    """
    text: smith2020
    === review.yaml
    review:
      title: Treaties and trust
      base: https://example.org/treaties/
      description: Why treaties hold.
      creators: [Ann Author, Ben Author]
    topics:
      trust: Whether trust comes first
      law: {label: Law of nations, description: Rules and courts}
      war:
    actors:
      the-king: The King
      the-queen:
      chancery:
        name: The chancery
        works: ["@rolls1701", "acts1699", acts1699]
    groups:
      critics:
        name: Critics of treaties
        members: [jones1999, actor:the-king, "@brown2001"]
      the-others:
        works: pamphlets1700
    schools:
      legalists:
        name: Legalists
        members: [group:critics, brown2001]
        because: They trust paper.
      silent: {}
    aliases:
      - ["Walt, Stephen M.", "Walt, Steve"]
      - ["B, A", "A, B", "C"]
    """
    assert findings == []
    assert draft.review == Review(
        title="Treaties and trust",
        base="https://example.org/treaties/",
        description="Why treaties hold.",
        creators=("Ann Author", "Ben Author"),
        topics=(
            Topic(
                id="trust",
                label="trust",
                description="Whether trust comes first",
                place=at(7, 3),
            ),
            Topic(id="law", label="Law of nations", description="Rules and courts", place=at(8, 3)),
            Topic(id="war", label="war", place=at(9, 3)),
        ),
        schools=(
            DeclaredSchool(
                id="legalists",
                name="Legalists",
                members=("@brown2001", "group:critics"),
                because="They trust paper.",
                place=at(23, 3),
            ),
            DeclaredSchool(id="silent", name="silent", place=at(27, 3)),
        ),
        aliases=(("A, B", "B, A", "C"), ("Walt, Stephen M.", "Walt, Steve")),
        place=at(1, 1),
    )
    assert draft.holders == [
        Holder(id="actor:the-king", kind="actor", name="The King", place=at(11, 3)),
        Holder(id="actor:the-queen", kind="actor", name="the queen", place=at(12, 3)),
        Holder(
            id="actor:chancery",
            kind="actor",
            name="The chancery",
            works=("acts1699", "rolls1701"),
            place=at(13, 3),
        ),
        Holder(
            id="group:critics",
            kind="group",
            name="Critics of treaties",
            members=("@brown2001", "@jones1999", "actor:the-king"),
            place=at(17, 3),
        ),
        Holder(
            id="group:the-others",
            kind="group",
            name="the others",
            works=("pamphlets1700",),
            place=at(20, 3),
        ),
    ]


@reads_docstring
def test_what_a_review_cannot_hold(draft: CorpusDraft, findings: list[Diagnostic]) -> None:
    """
    text: smith2020
    === review.yaml
    review:
      title: [a, b]
      base: example.org
      creator: Me
    topics:
      two words: x
      list: [x]
    actors:
      -a: x
      king: {members: [jones1999]}
      queen: [x]
      duke: {works: ["two words"]}
    groups:
      critics: {member: jones1999, members: "[@jones1999, p. 3]"}
      others: {members: "not a holder"}
    schools:
      legalists: A name
    aliases:
      - Walt
      - [Walt]
      - [[Walt], Steve]
    """
    assert show(findings) == [
        "2:10 field-type",
        "3:9 base-malformed",
        "4:3 field-unknown",
        "6:3 id-malformed",
        "7:3 field-type",
        "9:3 id-malformed",
        "10:10 field-unknown",
        "11:3 field-type",
        "12:18 id-malformed",
        "14:13 field-unknown",
        "14:41 holder-malformed",
        "15:21 holder-malformed",
        "17:3 field-type",
        "19:5 field-type",
        "20:5 field-type",
        "21:5 field-type",
        "21:6 field-type",
    ]
    remedies = {f.line: f.remedy for f in findings}
    assert remedies[4] == "Did you mean 'creators'?"
    assert remedies[6].endswith(": two-words.")


@reads_docstring
def test_relations_across_texts(draft: CorpusDraft, findings: list[Diagnostic]) -> None:
    """
    text: smith2020
    === across.yaml
    relations:
      - from: smith2020/a
        contests: jones1999/b
        because: One says A, the other not A.
      - {from: smith2020/a, supports: jones1999/c, basis: explicit, at: "3: as they say"}
      - from: smith2020/a
        undercuts: jones1999/b -> jones1999/c
      - from: smith2020/a
        undercuts: {step: my-id}
        id: another
        cites: "[@brown2001, p. 3]"
      - {from: smith2020/d, qualifies: {claim: jones1999/b}, basis: implicit, by: clay2003}
    """
    assert findings == []
    shown = [
        (d.relation.type, d.relation.target, d.step, d.relation.basis, d.relation.drawn_by)
        for d in draft.relations
    ]
    assert shown == [
        ("contests", "jones1999/b", "", "analyst", ()),
        ("supports", "jones1999/c", "", "explicit", ("@smith2020",)),
        ("undercuts", "", "jones1999/b -> jones1999/c", "analyst", ()),
        ("undercuts", "", "my-id", "analyst", ()),
        ("qualifies", "jones1999/b", "", "implicit", ("@clay2003",)),
    ]
    anchor = draft.relations[1].relation.anchor
    assert anchor is not None
    assert (anchor.text, anchor.page, draft.relations[1].relation.page) == ("smith2020", "3", "3")
    assert draft.relations[3].relation.id == "another"
    (citation,) = draft.relations[3].citations
    assert (citation.text, citation.work, citation.locator) == ("smith2020", "brown2001", "p. 3")
    assert draft.relations[0].relation.place == at(3, 15, "across")


@reads_docstring
def test_what_relations_across_texts_cannot_hold(
    draft: CorpusDraft, findings: list[Diagnostic]
) -> None:
    """
    text: smith2020
    === across.yaml
    relations:
      - contests: jones1999/b
      - from: smith2020/a
      - from: a
        contests: b
      - {from: smith2020/a, contests: jones1999/b, supports: jones1999/c}
      - {from: smith2020/a, contests: [jones1999/b]}
      - {from: smith2020/a, contests: {claim: jones1999/b, because: x}}
      - {from: smith2020/a, contests: jones1999/b, by: smith2020}
      - {from: smith2020/a, contests: }
      - {from: smith2020/a, undercuts: {claim: jones1999/b, step: jones1999/b -> jones1999/c}}
      - smith2020/a contests jones1999/b
    """
    assert show(findings) == [
        "2:5 field-missing",
        "3:5 field-missing",
        "4:11 id-malformed",
        "5:15 id-malformed",
        "6:48 field-conflict",
        "7:35 field-type",
        "8:56 field-unknown",
        "9:52 analyst-drawn-by",
        "10:25 field-type",
        "11:57 field-conflict",
        "12:5 field-type",
    ]
    assert [d.relation.target for d in draft.relations] == ["jones1999/b", "jones1999/b"]


@reads_docstring
def test_what_a_file_is(draft: CorpusDraft, findings: list[Diagnostic]) -> None:
    """
    text: smith2020
    === b.yaml
    works: [x]
    === c.yml
    text: smith2020
    === d.YAML
    text: "@smith2020"
    === e.yaml
    text: [a]
    review: {title: x}
    === notes.txt
    text: other
    === review-two.yaml
    review: {title: y}
    === .hidden.yaml
    text: [
    """
    shown = [(f.path.rpartition("/")[2], f.line, f.code) for f in findings]
    assert sorted(shown) == [
        ("b.yaml", 1, "file-kind"),
        ("d.YAML", 1, "text-twice"),
        ("e.yaml", 1, "field-type"),
        ("e.yaml", 2, "field-unknown"),
        ("review.yaml", 1, "review-twice"),
        ("smith2020.yaml", 1, "text-twice"),
    ]
    assert [text.key for text in draft.texts] == ["smith2020", "e"]
