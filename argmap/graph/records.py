"""RDF to records: the inverse of :mod:`argmap.graph.quads`, for RDF of any origin.

Identifiers come from ``dct:identifier``, else from an IRI under the review's base.  What is wrong
or not kept is reported with the IRI of the node; records are what argmap's own rules then check.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph

from argmap.diagnostics import Diagnostic, sort_diagnostics
from argmap.graph.argument_records import (
    check_citing_pages,
    read_citation,
    read_claim,
    read_position,
    read_relation,
    read_uncoded,
)
from argmap.graph.derived_records import read_derived
from argmap.graph.nodes import read_nodes
from argmap.graph.reading import Reading
from argmap.graph.review_records import read_holder, read_review, read_text, read_work
from argmap.model import Derived, Literature
from argmap.order import sort_records


def read_records(
    source: Path | bytes | pyoxigraph.Store, syntax: str | None = None, path: str = ""
) -> tuple[Literature, Derived | None, list[Diagnostic]]:
    """Return the records in RDF, what analysis derived if that is in it, and what was found.

    ``source`` is a file (``syntax`` then defaults to the end of its name), bytes, or a store;
    ``syntax`` is a key of :data:`argmap.graph.nodes.SYNTAXES`; ``path`` is what findings name
    instead of the file.  Nothing is fetched.  A node with an error gives no record; RDF that does
    not parse gives none at all, and RDF without any record is an error.  Raises
    :class:`~argmap.graph.stores.StoreError` where the files of a store are damaged.

    Linear: reading takes about as long as loading the same quads into a store, and half the memory.
    """
    nodes = read_nodes(source, syntax, path)
    if any(finding.code in _FATAL for finding in nodes.findings):
        return Literature(), None, nodes.findings
    if not nodes.kinds.keys() - _DERIVED:
        missing = Diagnostic(
            path=nodes.path,
            message="no record of argmap in this file",
            code="record-none",
            remedy="Check that it is the file that you meant.",
        )
        return Literature(), None, sort_diagnostics([*nodes.findings, missing])
    reading = Reading(nodes)
    literature = Literature(
        review=read_review(reading),
        works=reading.collect("work", read_work),
        texts=reading.collect("text", read_text),
        holders=reading.collect("holder", read_holder),
        claims=reading.collect("claim", read_claim),
        positions=reading.collect("position", read_position),
        relations=reading.collect("relation", read_relation),
        citations=reading.collect("citation", read_citation),
        uncoded=reading.collect("uncoded", read_uncoded),
    )
    check_citing_pages(reading, literature)
    derived = read_derived(reading)
    return sort_records(literature), derived, reading.finish()


_DERIVED = {"derived", "dispute", "school/found"}
_FATAL = {"rdf-syntax", "rdf-syntax-unknown", "rdf-unreadable", "rdf-remote"}
