"""Records to RDF and back, in every syntax."""

from __future__ import annotations

import random
import subprocess
import sys

import msgspec
import pyoxigraph
import pytest
from graph_examples import tiny
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import derivations, literatures

from argmap.graph.quads import write_quads
from argmap.graph.records import read_records
from argmap.graph.serialisation import FORMATS, serialise
from argmap.graph.stores import build_store
from argmap.model import Derived, Literature
from argmap.order import sort_records

PARSERS = {
    "trig": pyoxigraph.RdfFormat.TRIG,
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "nq": pyoxigraph.RdfFormat.N_QUADS,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}
WILD = literatures(wild=True).flatmap(lambda lit: st.tuples(st.just(lit), derivations(lit)))


@settings(max_examples=60, deadline=None)
@given(WILD)
def test_records_to_nquads_to_records_is_the_identity(pair: tuple[Literature, Derived]) -> None:
    literature, derived = pair
    data = "".join(write_quads(literature, derived)).encode()
    again, derived_again, findings = read_records(data, "nq")
    assert again == literature
    assert derived_again == derived
    assert [str(finding) for finding in findings] == []
    # Equal dicts may differ in their order, which counts for the fields of a work.
    for work, work_again in zip(literature.works, again.works, strict=True):
        assert list(work.fields) == list(work_again.fields)


@settings(max_examples=20, deadline=None)
@given(WILD)
def test_all_syntaxes_read_back_to_the_same_quads(pair: tuple[Literature, Derived]) -> None:
    quads = "".join(write_quads(*pair)).encode()
    expected = set(pyoxigraph.parse(quads, format=PARSERS["nq"]))
    assert len(expected) == quads.count(b"\n"), "a quad is written twice"
    for syntax in FORMATS:
        data, _ = serialise(*pair, syntax)
        found = set(pyoxigraph.parse(data, format=PARSERS[syntax]))
        if syntax == "ttl":
            assert found == {
                pyoxigraph.Quad(quad.subject, quad.predicate, quad.object) for quad in expected
            }
        else:
            assert found == expected
        again, derived_again, findings = read_records(data, syntax)
        assert (again, derived_again, findings) == (*pair, [])


@settings(max_examples=20, deadline=None)
@given(WILD)
def test_there_are_no_blank_nodes_and_every_node_is_under_the_base(
    pair: tuple[Literature, Derived],
) -> None:
    base = pair[0].review.base
    for quad in pyoxigraph.parse("".join(write_quads(*pair)), format=PARSERS["nq"]):
        assert isinstance(quad.subject, pyoxigraph.NamedNode)
        assert not isinstance(quad.object, pyoxigraph.BlankNode)
        assert isinstance(quad.graph_name, pyoxigraph.NamedNode)
        assert quad.subject.value.startswith(base)
        assert quad.graph_name.value.startswith(base)


@settings(max_examples=20, deadline=None)
@given(WILD, st.randoms(use_true_random=False))
def test_the_order_of_records_makes_no_difference(
    pair: tuple[Literature, Derived], shuffler: random.Random
) -> None:
    literature, derived = pair
    shuffled = {}
    for name in ("works", "texts", "holders", "claims", "positions", "relations", "citations"):
        records = list(getattr(literature, name))
        shuffler.shuffle(records)
        shuffled[name] = tuple(records)
    other = msgspec.structs.replace(literature, **shuffled)
    for syntax in FORMATS:
        assert serialise(other, derived, syntax) == serialise(literature, derived, syntax)


@settings(max_examples=10, deadline=None)
@given(WILD)
def test_a_store_holds_the_same_records(pair: tuple[Literature, Derived]) -> None:
    store = build_store(*pair)
    assert read_records(store) == (*pair, [])


@settings(max_examples=10, deadline=None)
@given(literatures(wild=True))
def test_sorting_is_total(literature: Literature) -> None:
    turned = msgspec.structs.replace(
        literature,
        positions=literature.positions[::-1],
        citations=literature.citations[::-1],
        uncoded=literature.uncoded[::-1],
    )
    assert sort_records(turned) == literature


@pytest.mark.parametrize("syntax", FORMATS)
def test_bytes_do_not_depend_on_the_hash_seed(syntax: str) -> None:
    program = (
        "import sys, msgspec;"
        "from argmap.model import Literature;"
        "from argmap.graph.serialisation import serialise;"
        "literature = msgspec.json.decode(sys.stdin.buffer.read(), type=Literature);"
        f"sys.stdout.buffer.write(serialise(literature, None, {syntax!r})[0])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            input=msgspec.json.encode(tiny()),
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert outputs == {serialise(tiny(), None, syntax)[0]}
