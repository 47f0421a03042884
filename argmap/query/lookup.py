"""Names looked up by asking a graph, for those too large to read their records."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any

import pyoxigraph

from argmap.diagnostics import suggest
from argmap.query.bindings import bind
from argmap.query.named import NamedQuery, make_iri
from argmap.query.names import UnknownName
from argmap.query.sparql import Graph
from argmap.query.tables import Table

_PATTERNS = {
    "claim": "?node a am:Claim ; dct:identifier ?id .",
    "holder": "?node a ?type ; dct:identifier ?id . "
    "VALUES ?type { am:WorkHolder am:Actor am:Group }",
    "work": "?node a am:Work ; dct:identifier ?id .",
    "text": "?node a am:Text ; dct:identifier ?id .",
    "topic": "?node a am:Topic ; dct:identifier ?id .",
}
_COMPARED = 50_000
"""Among how many names a misspelt one is looked for."""


def find_terms_by_asking(
    graph: Graph,
    query: NamedQuery,
    given: Mapping[str, str],
    *,
    time_limit: float | None = None,
) -> dict[str, Any]:
    """Return the values of a named query's parameters as terms, names looked up in the graph.

    Raises :class:`UnknownName` with candidates.
    """
    kinds = {parameter.name: parameter.kind for parameter in query.parameters}
    return {
        name: make_iri(graph.base, kinds[name], find_name(graph, kinds[name], value, time_limit))
        if kinds[name] in _PATTERNS
        else value
        for name, value in given.items()
    }


def find_name(graph: Graph, kind: str, name: str, time_limit: float | None = None) -> str:
    """Return the id of a claim, holder, work, text or topic, named as everywhere."""
    bare = name.removeprefix("@")
    forms = {
        "claim": [name],
        "holder": [name, f"@{bare}", f"actor:{name}", f"group:{name}"],
    }.get(kind, [bare])
    ask = functools.partial(_ask_ids, graph, time_limit)
    found = ask(_PATTERNS[kind], "id", forms)
    if not found and kind == "claim":
        found = ask(f"{_PATTERNS[kind]} FILTER(STRENDS(STR(?id), STR(?end)))", "end", [f"/{name}"])
    if not found and kind == "holder" and ask(_PATTERNS["work"], "id", [bare]):
        # Any work could hold something.
        return f"@{bare}"
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownName(kind, name, found, ambiguous=True)
    known = ask(_PATTERNS[kind])
    slugs = {each.rpartition("/")[2].rpartition(":")[2].lstrip("@"): each for each in known}
    near = [*suggest(name, known), *(slugs[each] for each in suggest(name, slugs))]
    raise UnknownName(kind, name, dict.fromkeys(near))


def _ask_ids(
    graph: Graph,
    time_limit: float | None,
    pattern: str,
    variable: str = "",
    values: list[str] | None = None,
) -> list[str]:
    text = f"SELECT DISTINCT ?id WHERE {{ {pattern} }} LIMIT {_COMPARED}"
    asked = bind(text, {variable: values} if variable else {}, _refuse)
    table = graph.ask(asked, time_limit=time_limit)
    assert isinstance(table, Table)
    return sorted(map(str, table.column("id")))


def _refuse(record: object) -> pyoxigraph.NamedNode:
    raise TypeError(record)
