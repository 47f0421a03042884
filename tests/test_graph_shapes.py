"""The SHACL shapes: good data conforms, and each shape can fail."""

from __future__ import annotations

import re

import pytest
from graph_examples import odd, tiny, tiny_derived

from argmap.diagnostics import Diagnostic
from argmap.graph import read_shapes, validate, write_quads
from argmap.graph.shapes import validate_nquads
from argmap.graph.vocabulary import PREFIXES
from argmap.model import Literature, Review

pytest.importorskip("pyshacl")

BASE = "https://example.org/ferries/"
ANCHOR = "<anchor/claim/ferry2020/ferries-last>"

# For each shape lines that are taken out, by a pattern, lines that are put in, the node in fault
# and a part of what is said of it.  Where one node breaks two shapes, it does so once.
BREAKS: dict[str, tuple[str, str, str, str]] = {
    "Place": ("", "<topic/speed> am:line 0 .", "topic/speed", "at most one am:line"),
    "Review": ("<review> void:uriSpace", "", "review", "exactly one void:uriSpace"),
    "Alias": ("", "<alias/1> am:name 5 .", "alias/1", "every am:name is a string"),
    "Topic": ("<topic/cost> skos:prefLabel", "", "topic/cost", "exactly one skos:prefLabel"),
    "DeclaredSchool": (
        "<school/declared/islanders> am:member",
        "",
        "school/declared/islanders",
        "every am:member is a holder",
    ),
    "Holder": ("<holder/actor/mayor> foaf:name", "", "holder/actor/mayor", "exactly one foaf:name"),
    "WorkHolder": (
        "<holder/work/bridge1999> am:work",
        "",
        "holder/work/bridge1999",
        "names the work",
    ),
    "Actor": (
        "",
        "<holder/actor/mayor> am:member <holder/work/ferry2020> .",
        "holder/actor/mayor",
        "an actor has no members",
    ),
    "Work": ("", '<work/ferry2020> prism:doi "x" .', "work/ferry2020", "at most one prism:doi"),
    "Person": (
        "<author/ferry2020:1> foaf:familyName",
        "",
        "author/ferry2020:1",
        "exactly one foaf:familyName",
    ),
    "Text": (
        "<text/ferry2020> am:sha256",
        '<text/ferry2020> am:sha256 "0g" .',
        "text/ferry2020",
        "64",
    ),
    "InferredPage": (
        "<inferred-page/ferry2020:1> am:beginsWith",
        "",
        "inferred-page/ferry2020:1",
        "exactly one am:beginsWith",
    ),
    "Claim": (
        "",
        "<claim/ferry2020/steel-rusts> am:kind am:kind-causal .",
        "claim/ferry2020/steel-rusts",
        "at most one am:kind",
    ),
    "Position": (
        "<position/ferry2020/steel-rusts:endorses:group/skippers:ferry2020> am:stance",
        "",
        "position/ferry2020/steel-rusts:endorses:group/skippers:ferry2020",
        "exactly one am:stance",
    ),
    "Relation": (
        "",
        "<relation/ferry2020/bridges-last.undercuts.rust> am:drawnBy <holder/actor/mayor> .",
        "relation/ferry2020/bridges-last.undercuts.rust",
        "is drawn by somebody unless its basis is the analyst",
    ),
    "Support": (
        "",
        "<relation/rust> am:target <work/ferry2020> .",
        "relation/rust",
        "its target is a claim or a relation",
    ),
    "Undercut": (
        "",
        "<relation/ferry2020/bridges-last.undercuts.rust> am:target <work/ferry2020> .",
        "relation/ferry2020/bridges-last.undercuts.rust",
        "its target is a relation",
    ),
    "Contest": (
        "<relation/ferry2020/ferries-last.contests.ferry2020/bridges-last> am:because",
        "",
        "relation/ferry2020/ferries-last.contests.ferry2020/bridges-last",
        "why both cannot be true",
    ),
    "Qualify": (
        "",
        "<relation/q> a am:Qualify ; am:target <relation/rust> .",
        "relation/q",
        "its target is a claim",
    ),
    "Explain": (
        "",
        "<relation/e> a am:Explain ; am:target <relation/rust> .",
        "relation/e",
        "its target is a claim",
    ),
    "Citation": (
        "<citation/claim/ferry2020/bridges-last:ferry2020:bridge1999:carries> am:claim",
        "",
        "citation/claim/ferry2020/bridges-last:ferry2020:bridge1999:carries",
        "serves either a claim or a relation",
    ),
    "BetweenWorks": (
        "",
        "<claim/ferry2020/ferries-last> cito:cites <work/ferry2020> .",
        "claim/ferry2020/ferries-last",
        "is no claim",
    ),
    "Uncoded": (
        "<uncoded/ferry2020:10:This%20paper> am:because",
        "",
        "uncoded/ferry2020:10:This%20paper",
        "exactly one am:because",
    ),
    "Anchor": (f"{ANCHOR} oa:hasSource", "", ANCHOR[1:-1], "exactly one oa:hasSource"),
    "Range": (
        "<selector/range/relation/rust> oa:hasEndSelector",
        "",
        "selector/range/relation/rust",
        "exactly one end selector",
    ),
    "Quote": (
        "<selector/head/relation/rust> oa:exact",
        "",
        "selector/head/relation/rust",
        "exactly one oa:exact",
    ),
    "Span": (
        "<selector/position/claim/ferry2020/ferries-last> oa:start",
        "<selector/position/claim/ferry2020/ferries-last> oa:start 999 .",
        "selector/position/claim/ferry2020/ferries-last",
        "before its oa:end",
    ),
    "Standing": (
        "<claim/ferry2020/bridges-last> am:status",
        '<claim/ferry2020/bridges-last> am:status "fought over" .',
        "claim/ferry2020/bridges-last",
        "one of the seven",
    ),
    "Dispute": (
        "<dispute/ferry2020/bridges-last> am:focal",
        "",
        "dispute/ferry2020/bridges-last",
        "exactly one am:focal",
    ),
    "TextStance": (
        "<text-stance/ferry2020/bridges-last:ferry2020> am:side",
        "",
        "text-stance/ferry2020/bridges-last:ferry2020",
        "exactly one am:side",
    ),
    "FoundSchool": (
        "<school/found/school-1> am:stability",
        '<school/found/school-1> am:stability "1.5"^^xsd:double .',
        "school/found/school-1",
        "from 0 to 1",
    ),
    "Cleavage": (
        "<cleavage/school-1:1> am:claim",
        "",
        "cleavage/school-1:1",
        "exactly one am:claim",
    ),
    "Derived": ("<derived> prov:wasDerivedFrom", "", "derived", "names a graph"),
    "Parameter": ("<parameter/gamma> am:value", "", "parameter/gamma", "exactly one am:value"),
}


def _expand(text: str) -> str:
    """Write out prefixes and relative IRIs, as N-Quads have them."""
    text = re.sub(
        r"(?<![\w<\"])(\w+):([\w-]+)",
        lambda m: f"<{PREFIXES[m[1]]}{m[2]}>" if m[1] in PREFIXES else m[0],
        text,
    )
    return re.sub(r"<(?!\w+://)", f"<{BASE}", text)


def _break_everything() -> str:
    quads = "".join(write_quads(tiny(), tiny_derived())).splitlines()
    for pattern, addition, _, _ in BREAKS.values():
        if pattern:
            left = [quad for quad in quads if not quad.startswith(_expand(pattern) + " ")]
            assert len(left) < len(quads), pattern
            quads = left
        for fact in addition.removesuffix(" .").split(" ; "):
            if fact:
                fact = fact if fact.startswith("<") else f"{addition.split()[0]} {fact}"
                fact = re.sub(r" a (?=am:)", " rdf:type ", fact)
                fact = re.sub(r" (\d+)$", r' "\1"^^xsd:integer', fact)
                quads.append(f"{_expand(fact)} <{BASE}review> .")
    return "\n".join(quads) + "\n"


@pytest.fixture(scope="module")
def findings() -> list[Diagnostic]:
    return validate_nquads(_break_everything())


@pytest.mark.parametrize("shape", BREAKS)
def test_each_shape_can_fail(shape: str, findings: list[Diagnostic]) -> None:
    _, _, node, words = BREAKS[shape]
    assert [f for f in findings if f"<{BASE}{node}>" in f.message and words in f.message]


def test_every_shape_has_its_failure() -> None:
    assert set(re.findall(r"^shape:(\w+) a sh:NodeShape", read_shapes(), re.M)) == BREAKS.keys()


def test_findings_stand_where_the_record_was_written(findings: list[Diagnostic]) -> None:
    places = {(f.path, f.line, f.column) for f in findings if f"{ANCHOR[1:-1]}>" in f.message}
    assert places == {("corpus/ferry2020.yaml", 10, 3)}, "the anchor has its claim's place"
    [place] = {f.path for f in findings if f"<{BASE}parameter/gamma>" in f.message}
    assert place == f"{BASE}parameter/gamma", "nobody wrote it down"


@pytest.mark.parametrize("literature", [tiny(), odd(), Literature()], ids=["tiny", "odd", "empty"])
def test_good_data_conforms(literature: Literature) -> None:
    derived = tiny_derived() if literature.texts else None
    assert validate(literature, derived) == []


def test_what_cannot_be_rdf_is_said_first() -> None:
    [finding] = validate(Literature(review=Review(base="nowhere")))
    assert finding.code == "rdf-base"
