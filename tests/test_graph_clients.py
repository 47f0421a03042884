"""Other readers of RDF, as far as they are libraries of Python."""

from __future__ import annotations

import subprocess
import sys
import warnings

import pytest
from graph_examples import odd, tiny, tiny_derived
from rdflib import Dataset, Graph

from argmap.graph import FORMATS, read_ontology, read_shapes, serialise, write_quads

NAMES = {"trig": "trig", "ttl": "turtle", "nq": "nquads", "jsonld": "json-ld"}


@pytest.mark.parametrize("syntax", FORMATS)
@pytest.mark.parametrize("name", ["tiny", "odd"])
def test_rdflib_reads_as_many_quads(syntax: str, name: str) -> None:
    literature, derived = (tiny(), tiny_derived()) if name == "tiny" else (odd(), None)
    data, _ = serialise(literature, derived, syntax)
    expected = "".join(write_quads(literature, derived)).count("\n")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        graph = Graph() if syntax == "ttl" else Dataset()
        graph.parse(data=data, format=NAMES[syntax])
        found = len(graph) if syntax == "ttl" else len(list(graph.quads()))
    assert found == expected


@pytest.mark.parametrize("turtle", [read_ontology(), read_shapes()], ids=["ontology", "shapes"])
def test_rdflib_reads_ontology_and_shapes(turtle: str) -> None:
    assert len(Graph().parse(data=turtle, format="turtle")) > 500


def test_heavy_libraries_wait_until_they_are_needed() -> None:
    program = (
        "import sys, argmap.graph;"
        "print([name for name in ('rdflib', 'oxrdflib', 'pyshacl') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert done.stdout.decode().strip() == "[]"
