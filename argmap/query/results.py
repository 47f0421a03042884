"""Results of queries as rows of plain values."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any

import pyoxigraph

from argmap.graph.vocabulary import XSD
from argmap.query.tables import Table

_INTEGERS = frozenset(
    XSD + name
    for name in (
        "byte",
        "int",
        "integer",
        "long",
        "negativeInteger",
        "nonNegativeInteger",
        "nonPositiveInteger",
        "positiveInteger",
        "short",
        "unsignedByte",
        "unsignedInt",
        "unsignedLong",
        "unsignedShort",
    )
)
_INTEGERS |= {XSD + "gYear"}
_NUMBERS = frozenset((XSD + "decimal", XSD + "double", XSD + "float"))


def read_results(found: Any, stop: threading.Event | None = None) -> Table | bool:
    """Return results of pyoxigraph as rows of plain values, or a truth value."""
    if isinstance(found, pyoxigraph.QueryBoolean):
        return bool(found)
    rows: list[tuple[Any, ...]] = []
    if isinstance(found, pyoxigraph.QuerySolutions):
        columns = [variable.value for variable in found.variables]
        solution = None
        try:
            for solution in found:
                rows.append(tuple(map(read_term, solution)))
                if stop is not None and stop.is_set():
                    break
        finally:
            # Errors keep their frames, and results must end on the thread that made them.
            found = solution = None
        return Table(columns, rows)
    return make_triples(found, stop)


def make_table(found: Table | bool) -> Table:
    """Return an answer as rows, a truth value as one row of one column."""
    return found if isinstance(found, Table) else Table(("answer",), [(found,)])


def make_triples(triples: Iterable[Any], stop: threading.Event | None = None) -> Table:
    """Return triples as a table of subject, predicate and object, sorted."""
    rows = []
    for triple in triples:
        rows.append((triple.subject, triple.predicate, triple.object))
        if stop is not None and stop.is_set():
            break
    rows.sort(key=lambda row: tuple(map(str, row)))
    return Table(("subject", "predicate", "object"), (tuple(map(read_term, row)) for row in rows))


def read_term(term: Any) -> Any:
    """Return a term as a plain value: a number, a truth value, a string, or None."""
    if term is None:
        return None
    if isinstance(term, pyoxigraph.NamedNode):
        return term.value
    if not isinstance(term, pyoxigraph.Literal):
        return str(term)
    datatype = term.datatype.value
    try:
        if datatype in _INTEGERS:
            return int(term.value)
        if datatype in _NUMBERS:
            return float(term.value)
    except ValueError:
        return term.value
    if datatype == XSD + "boolean":
        return term.value in ("true", "1")
    return term.value
