"""Names of nodes, and the ontology that documents the terms."""

from __future__ import annotations

import re
from urllib.parse import urljoin

import pyoxigraph
import pytest
from graph_examples import tiny, tiny_derived
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import wild_text

from argmap.graph import read_ontology, read_shapes, write_quads
from argmap.graph.nodes import KINDS as RECORD_CLASSES
from argmap.graph.nodes import PROPERTY_IRIS
from argmap.graph.vocabulary import (
    AM,
    PREFIXES,
    RDF,
    RDFS,
    end_base,
    escape,
    name_claim,
    name_holder,
    name_relation,
    name_work,
    number_paths,
    read_iri,
    unescape,
)
from argmap.model import (
    ATTRIBUTIONS,
    BASES,
    CERTAINTIES,
    KINDS,
    ROLES,
    STANCES,
    WEIGHTS,
)

BASE = "https://example.org/review/"
OWL = "http://www.w3.org/2002/07/owl#"
DCAM = "http://purl.org/dc/dcam/"


@settings(max_examples=300, deadline=None)
@given(wild_text)
def test_escapes_are_plain_and_undone(identifier: str) -> None:
    escaped = escape(identifier)
    assert re.fullmatch(r"[A-Za-z0-9._~/%-]*", escaped)
    assert unescape(escaped) == identifier
    pyoxigraph.NamedNode(BASE + escaped)


@settings(max_examples=300, deadline=None)
@given(wild_text)
def test_names_survive_the_resolution_of_relative_iris(identifier: str) -> None:
    # Whoever resolves dot segments, as browsers and some parsers do, must not merge two nodes.
    iri = f"{BASE}claim/{escape(identifier)}"
    assert urljoin(BASE, iri) == iri
    assert urljoin(BASE, iri.removeprefix(BASE)) == iri


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        (name_claim, "claim"),
        (name_relation, "relation"),
        (name_work, "work"),
        (name_holder, "holder"),
    ],
)
@settings(max_examples=100, deadline=None)
@given(
    identifier=wild_text
    | wild_text.map(lambda key: f"@{key}")
    | wild_text.map(lambda slug: f"actor:{slug}")
    | wild_text.map(lambda slug: f"group:{slug}"),
    base=st.sampled_from([BASE, "https://example.org/r", "https://example.org/r#", "urn:x:"]),
)
def test_identifiers_come_back_from_iris(name, kind, identifier, base) -> None:  # type: ignore[no-untyped-def]
    iri = end_base(base) + name(identifier)
    assert read_iri(iri, base, kind) == identifier
    assert read_iri(iri, "https://example.org/elsewhere/", kind) is None


def test_iris_of_others_stand_for_nothing() -> None:
    assert read_iri(f"{BASE}claim/%FF", BASE, "claim") is None
    assert read_iri(f"{BASE}holder/nobody", BASE, "holder") is None
    assert read_iri(f"{BASE}holder/ghost/x", BASE, "holder") is None
    assert read_iri(f"{BASE}works/x", BASE, "work") is None


def test_names_tell_what_they_name() -> None:
    assert name_claim("smith2020/a-b") == "claim/smith2020/a-b"
    assert name_holder("@smith2020") == "holder/work/smith2020"
    assert name_holder("actor:mayor") == "holder/actor/mayor"
    assert name_work("conf/x 1") == "work/conf/x%201"
    assert name_relation("a/b.undercuts.c/d.supports.e/f") == (
        "relation/a/b.undercuts.c/d.supports.e/f"
    )


def test_equal_paths_are_numbered() -> None:
    assert number_paths(["a", "b", "a", "a"]) == ["a", "b", "a:2", "a:3"]


# The ontology


def _describe(turtle: str) -> dict[str, dict[str, list[str]]]:
    terms: dict[str, dict[str, list[str]]] = {}
    for quad in pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE):
        if quad.subject.value.startswith(AM):
            facts = terms.setdefault(quad.subject.value, {})
            facts.setdefault(quad.predicate.value, []).append(quad.object.value)
    return terms


TERMS = _describe(read_ontology())
PROPERTIES = {
    iri: facts
    for iri, facts in TERMS.items()
    if facts[f"{RDF}type"][0] in {f"{OWL}ObjectProperty", f"{OWL}DatatypeProperty"}
}


@pytest.mark.parametrize("iri", TERMS)
def test_every_term_has_a_label_and_a_comment(iri: str) -> None:
    [label] = TERMS[iri][f"{RDFS}label"]
    [comment] = TERMS[iri][f"{RDFS}comment"]
    assert label
    assert comment.endswith((".", "besides."))


@pytest.mark.parametrize("iri", PROPERTIES)
def test_every_property_says_of_what_it_is_said(iri: str) -> None:
    for name in ("domain", "range"):
        exact = PROPERTIES[iri].get(f"{RDFS}{name}", [])
        among = PROPERTIES[iri].get(f"{DCAM}{name}Includes", [])
        assert len(exact) == 1 or (not exact and len(among) > 1)


def _used_terms() -> set[str]:
    used = set()
    for quad in pyoxigraph.parse(
        "".join(write_quads(tiny(), tiny_derived())), format=pyoxigraph.RdfFormat.N_QUADS
    ):
        used |= {quad.predicate.value, quad.object.value}
    return {term for term in used if term.startswith(AM)}


def test_every_term_that_is_written_is_documented() -> None:
    assert _used_terms() <= TERMS.keys()


def test_every_property_that_is_documented_can_be_read_or_recomputed() -> None:
    known = {iri for iri in PROPERTY_IRIS.values() if iri.startswith(AM)}
    assert PROPERTIES.keys() - known == {f"{AM}textFragment"}
    assert known <= PROPERTIES.keys()


def test_every_class_of_records_is_documented() -> None:
    ours = {iri for iri in RECORD_CLASSES if iri.startswith(AM)}
    assert {iri for iri in ours if f"{OWL}Class" not in TERMS[iri][f"{RDF}type"]} == set()


def test_the_values_are_those_of_the_model() -> None:
    documented = {
        iri.removeprefix(AM)
        for iri, facts in TERMS.items()
        if f"{OWL}Class" not in facts[f"{RDF}type"] and iri not in PROPERTIES
    }
    assert documented == {
        f"{name}-{value}"
        for name, values in {
            "kind": KINDS,
            "weight": WEIGHTS,
            "stance": STANCES,
            "attribution": ATTRIBUTIONS,
            "certainty": CERTAINTIES,
            "basis": BASES,
            "role": ROLES,
        }.items()
        for value in values
    }


def test_support_is_not_the_transitive_one_of_micropublications() -> None:
    assert "mp:" not in read_ontology()
    assert "TransitiveProperty" not in read_ontology()


def test_shapes_use_documented_terms_only() -> None:
    used = set()
    for quad in pyoxigraph.parse(read_shapes(), format=pyoxigraph.RdfFormat.TURTLE):
        value = getattr(quad.object, "value", "")
        used |= {value} if value.startswith(AM) else set()
    assert used
    assert used <= TERMS.keys()


def test_prefixes_are_one_to_one() -> None:
    assert len(set(PREFIXES.values())) == len(PREFIXES)
