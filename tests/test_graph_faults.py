"""Reading RDF that is broken, foreign or incomplete: findings, never a traceback."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest
from graph_examples import tiny, tiny_derived
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.diagnostics import Diagnostic
from argmap.graph import read_records, serialise
from argmap.graph.nodes import SYNTAXES
from argmap.model import Literature, Place

PREFIXES = """\
@base <https://example.org/ferries/> .
@prefix am: <https://w3id.org/argmap/ontology#> .
@prefix cito: <http://purl.org/spar/cito/> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix fabio: <http://purl.org/spar/fabio/> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<review> a am:Review ; void:uriSpace "https://example.org/ferries/" .
"""


def _read(turtle: str) -> tuple[Literature, list[Diagnostic]]:
    literature, _, findings = read_records((PREFIXES + turtle).encode(), "trig")
    return literature, findings


def _codes(findings: list[Diagnostic]) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in findings]


CLAIM = '<claim/t/a> a am:Claim ; am:statement "S." ; am:text <work/t> .\n'
POSITION = (
    CLAIM + "<p> a am:Position ; am:claim <claim/t/a> ; am:holder <holder/work/t> ;"
    " am:stance am:stance-asserts ; am:reportedIn <work/t> .\n"
)


def test_little_needs_to_be_said() -> None:
    literature, findings = _read(POSITION)
    assert findings == []
    [claim] = literature.claims
    assert (claim.id, claim.kind, claim.weight, claim.anchor) == (
        "t/a",
        "descriptive",
        "supporting",
        None,
    )
    [position] = literature.positions
    assert (position.holder, position.attribution) == ("@t", "explicit")


@pytest.mark.parametrize(
    ("turtle", "code", "words"),
    [
        ("<claim/t/a> a am:Claim ; am:text <work/t> .", "rdf-missing", "has no am:statement"),
        (CLAIM + '<claim/t/a> am:statement "T." .', "rdf-several", "2 values of am:statement"),
        (CLAIM + "<claim/t/a> am:kind am:kind-casual .", "rdf-value-unknown", "kind-casual"),
        (CLAIM + "<claim/t/a> am:kind am:weight-core .", "rdf-value-unknown", "is no kind"),
        (CLAIM + "<claim/t/a> am:line am:x .", "rdf-value-kind", "should be a literal"),
        (CLAIM + '<claim/t/a> am:line "x" .', "rdf-value-form", "not a whole number"),
        (CLAIM + '<claim/t/a> am:topic "x" .', "rdf-value-kind", "should be an IRI"),
        (CLAIM + "<claim/t/a> am:topic <elsewhere> .", "rdf-reference", "is no topic"),
        (CLAIM + "<claim/t/a> am:anchor <anchor/1> .", "rdf-undescribed", "nothing is said of"),
        (
            CLAIM + '<c> a am:Claim; dct:identifier "t/a"; am:statement ""; am:text <work/t> .',
            "rdf-same-id",
            "t/a",
        ),
        ('<c> a am:Claim; am:statement "T."; am:text <work/t> .', "rdf-missing", "dct:identifier"),
        (POSITION + "<p> am:stance am:stance-disputes .", "rdf-several", "2 values of am:stance"),
        (POSITION + "<q> a am:Position .", "rdf-missing", "has no am:claim"),
        (
            "<c> a cito:Citation; cito:hasCitingEntity <work/t>; cito:hasCitedEntity <work/u> .",
            "rdf-missing",
            "neither am:claim nor am:relation",
        ),
        (CLAIM + "<relation/r> a am:Support; am:source <claim/t/a> .", "rdf-missing", "am:target"),
        (
            CLAIM + "<relation/r> a am:Support, am:Contest;"
            " am:source <claim/t/a>; am:target <claim/t/a> .",
            "rdf-several",
            "2 types of relation",
        ),
        (
            CLAIM + "<relation/r> a am:Support; am:evidential 7;"
            " am:source <claim/t/a>; am:target <claim/t/a> .",
            "rdf-value-form",
            "not true or false",
        ),
        ('<work/w> a am:Work; fabio:hasPublicationYear "soon" .', "rdf-value-form", "not a year"),
        ("<work/w> a am:Work; dct:creator <author/1> .", "rdf-undescribed", "its dct:creator"),
        ("<holder/actor/x> a am:Actor .", "rdf-missing", "has no foaf:name"),
        ("<u> a am:Uncoded; am:text <work/t> .", "rdf-missing", "has no am:anchor"),
        ("<other> a am:Review .", "rdf-reviews", "a second review"),
    ],
)
def test_what_is_wrong_is_an_error_that_names_the_node(turtle: str, code: str, words: str) -> None:
    _, findings = _read(turtle)
    errors = [finding for finding in findings if finding.severity == "error"]
    assert [finding.code for finding in errors] == [code]
    assert words in errors[0].message
    assert "<https://example.org/ferries/" in errors[0].message


@pytest.mark.parametrize(
    ("turtle", "code", "severity", "words"),
    [
        ('<claim/t/a> am:statment "x" .', "rdf-property-unknown", "warning", "am:statment"),
        ('<claim/t/a> dct:subject "x" .', "rdf-property-unknown", "note", "dct:subject"),
        ("<claim/t/a> a am:Clam .", "rdf-class-unknown", "warning", "am:Clam"),
        ("<x> a foaf:Image .", "rdf-class-unknown", "note", "foaf:Image"),
        ('<claim/t/a> am:alone "x"@en .', "rdf-language", "note", "am:alone"),
        ('<x> a foaf:Agent ; foaf:familyName "Stray" .', "rdf-node-unused", "warning", "/x"),
        (
            '<t> a am:Text; dct:identifier "t"; am:work <work/u> .',
            "rdf-not-kept",
            "warning",
            "am:work",
        ),
        (
            "<c> a cito:Citation; cito:hasCitingEntity <work/t>; cito:hasCitedEntity <work/u>;"
            ' am:claim <claim/t/a>; am:citingLocator "9" .',
            "rdf-not-kept",
            "warning",
            "am:citingLocator '9'",
        ),
        (
            '<g> a am:Group; dct:identifier "group:g"; foaf:name "G";'
            ' am:member <holder/work/t>; am:order "member %40x" .',
            "rdf-order",
            "warning",
            "am:order",
        ),
    ],
)
def test_what_is_not_kept_is_said(turtle: str, code: str, severity: str, words: str) -> None:
    literature, findings = _read(CLAIM + turtle)
    assert _codes(findings) == [(code, severity)]
    for prefix, iri in (
        ("am:", "https://w3id.org/argmap/ontology#"),
        ("dct:", "http://purl.org/dc/terms/"),
        ("foaf:", "http://xmlns.com/foaf/0.1/"),
    ):
        if severity != "warning" or "unknown" in code:
            words = words.replace(prefix, iri)
    assert words in findings[0].message
    assert [claim.id for claim in literature.claims] == ["t/a"]


def test_a_misspelt_term_gets_a_suggestion() -> None:
    _, findings = _read(CLAIM + '<claim/t/a> am:statment "x" ; am:kind am:kind-casual .')
    assert "'statement'" in findings[0].remedy
    assert "'causal'" in findings[1].remedy


def test_counts_stand_for_many() -> None:
    unknown = "".join(f'<claim/t/a> am:statment "{number}" .\n' for number in range(1000))
    _, [finding] = _read(CLAIM + unknown)
    assert "1000 times" in finding.message
    claims = "".join(f"<claim/t/{number}> a am:Claim .\n" for number in range(1000))
    _, findings = _read(claims)
    assert len(findings) == 21
    assert findings[-1].code == "rdf-more"
    assert "980 more" in findings[-1].message


def test_rdf_of_others_may_name_nodes_as_it_likes() -> None:
    literature, findings = _read(
        """
        <http://other.org/work> a am:Work, fabio:Book ; dct:identifier "w1" .
        <urn:x:c> a am:Claim ; dct:identifier "w1/c" ; am:statement "S." ;
            am:text <http://other.org/work> ;
            am:anchor [ oa:hasSource <http://other.org/work> ; am:page "3" ;
                oa:hasSelector [ oa:hasStartSelector [ oa:exact "From" ] ;
                                 oa:hasEndSelector [ oa:exact "to" ] ] ] .
        <urn:x:p> a am:Position ; am:claim <urn:x:c> ; am:holder <http://other.org/work> ;
            am:stance am:stance-asserts ; am:reportedIn <http://other.org/work> .
        <urn:x:r> a am:Undercut ; dct:identifier "r" ; am:source <urn:x:c> ; am:target <urn:x:s> .
        <urn:x:s> a am:Support ; dct:identifier "s" ; am:source <urn:x:c> ; am:target <urn:x:c> .
        """
    )
    assert findings == []
    [work] = literature.works
    assert (work.key, work.type) == ("w1", "book")
    [claim] = literature.claims
    assert claim.anchor is not None
    assert (claim.anchor.head, claim.anchor.tail, claim.anchor.page) == ("From", "to", "3")
    assert literature.positions[0].holder == "@w1"
    assert [(r.id, r.target, r.target_kind) for r in literature.relations] == [
        ("r", "s", "relation"),
        ("s", "w1/c", "claim"),
    ]


def test_without_a_review_the_base_is_told_from_the_nodes() -> None:
    turtle = (PREFIXES.rpartition("<review>")[0] + POSITION).replace(
        "<claim/t/a> a", '<claim/t/a> dct:identifier "t/a" ; a'
    )
    literature, _, findings = read_records(turtle.encode(), "ttl")
    assert _codes(findings) == [("rdf-no-review", "note")]
    assert literature.review.base == "https://example.org/ferries/"
    assert literature.positions[0].holder == "@t"


def test_a_place_needs_only_its_line() -> None:
    literature, findings = _read(CLAIM + "<claim/t/a> am:line 7 .")
    assert findings == []
    assert literature.claims[0].place == Place(path="", line=7)


# What does not parse


def test_a_syntax_error_has_its_place(tmp_path: Path) -> None:
    path = tmp_path / "bad.ttl"
    path.write_text(
        "<http://a/b> <http://a/c> 1 .\n<http://a/b> <http://a/c>  \n.", encoding="utf-8"
    )
    literature, derived, [finding] = read_records(path)
    assert (literature, derived) == (Literature(), None)
    assert str(finding).startswith(f"{path.as_posix()}:3:1: error: ")
    assert finding.code == "rdf-syntax"
    assert "arser error" not in finding.message


@pytest.mark.parametrize("syntax", SYNTAXES)
@settings(max_examples=30, deadline=None)
@given(data=st.binary(max_size=60))
def test_noise_gives_findings(syntax: str, data: bytes) -> None:
    read_records(data, syntax)


@pytest.mark.parametrize("syntax", ["trig", "ttl", "nq", "jsonld"])
@settings(max_examples=25, deadline=None)
@given(cut=st.integers(0, 10**6))
def test_a_truncated_file_gives_findings(syntax: str, cut: int) -> None:
    data, _ = serialise(tiny(), tiny_derived(), syntax)
    read_records(data[: cut % len(data)], syntax)


@settings(max_examples=60, deadline=None)
@given(drop=st.sets(st.integers(0, 410), max_size=60), turn=st.integers(0, 410))
def test_missing_and_misplaced_lines_give_findings(drop: set[int], turn: int) -> None:
    lines = serialise(tiny(), tiny_derived(), "nq")[0].decode().splitlines(keepends=True)
    _, predicate, rest = lines[turn].split(" ", 2)
    lines.append(f"{lines[0].split()[0]} {predicate} {rest}")
    kept = [line for number, line in enumerate(lines) if number not in drop]
    read_records("".join(kept).encode(), "nq")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path, code, words in (
        (tmp_path / "none.ttl", "rdf-unreadable", "No such file"),
        (tmp_path, "rdf-syntax-unknown", "no syntax"),
        (tmp_path / "x.trg", "rdf-syntax-unknown", "no syntax"),
    ):
        _, _, [finding] = read_records(path)
        assert (finding.code, finding.path) == (code, path.as_posix())
        assert words in finding.message
    _, _, [finding] = read_records(tmp_path / "x.trg")
    assert "'trig'" in finding.remedy
    (tmp_path / "folder.nq").mkdir()
    _, _, [finding] = read_records(tmp_path / "folder.nq")
    assert (finding.code, finding.message) == ("rdf-unreadable", "cannot be read: Is a directory")


def test_nothing_is_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    data = b'{"@context": "http://localhost:1/context", "@id": "http://a/b", "name": "x"}'
    _, _, [finding] = read_records(data, "jsonld")
    assert finding.code == "rdf-remote"
    assert "fetches nothing" in finding.message


# ---- nothing of ours, and unprintable bytes -----------------------------------------------------


@pytest.mark.parametrize(
    ("source", "syntax"),
    [
        (b"", "ttl"),
        (b"", "nq"),
        (b"# nothing\n", "trig"),
        (b"{}", "jsonld"),
        (b"<http://example.org/a> <http://example.org/b> <http://example.org/c> .", "ttl"),
        (b"<http://example.org/a> a <http://example.org/Thing> .", "ttl"),
    ],
)
def test_a_file_without_records_of_ours_is_an_error(source: bytes, syntax: str) -> None:
    literature, derived, findings = read_records(source, syntax)
    assert (literature, derived) == (Literature(), None)
    assert [f.code for f in findings if f.severity == "error"] == ["record-none"]


@pytest.mark.parametrize("source", [b"\x1b[2J", b"<a\x1b> <b> <c> .", b"@prefix \x1b: <x> ."])
@pytest.mark.parametrize("syntax", ["ttl", "nq", "trig"])
def test_messages_of_parsers_are_printable(source: bytes, syntax: str) -> None:
    findings = read_records(source, syntax)[2]
    assert findings
    assert all(f.message.isprintable() for f in findings)
