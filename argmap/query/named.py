"""The named queries: files of SPARQL that explain themselves.

A file ``NAME.rq`` begins with comments: the first line is its title, ``@param NAME KIND what`` says
what a variable stands for (a claim, holder, work, text or topic, or words), ``@example VALUES`` how
to call it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

import pyoxigraph

from argmap.diagnostics import suggest
from argmap.graph.vocabulary import end_base, name_claim, name_holder, name_topic, name_work
from argmap.model import Literature, Record
from argmap.query.errors import complain
from argmap.query.names import (
    UnknownName,
    find_claim,
    find_holder,
    find_text,
    find_topic,
    find_work,
)
from argmap.query.tables import Table

_ORDER = re.compile(r"ORDER BY((?: \?\w+)+)\s*\Z")
_PARAMETER = re.compile(r"@param (\w+) (\w+) (.+)")


class Parameter(Record, frozen=True, kw_only=True):
    """A variable of a named query that is given a value; ``kind`` says what it names."""

    name: str
    kind: str
    about: str


class NamedQuery(Record, frozen=True, kw_only=True):
    """A query with a name: its title, what it says of itself, its parameters and its SPARQL."""

    name: str
    title: str
    about: str
    parameters: tuple[Parameter, ...]
    example: str
    text: str


@functools.cache
def list_queries() -> dict[str, NamedQuery]:
    """Return the named queries by name, in the order of the alphabet."""
    folder = files("argmap.query") / "queries"
    found = {}
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        name, dot, suffix = file.name.rpartition(".")
        if dot and suffix == "rq":
            found[name] = parse_query(name, file.read_text(encoding="utf-8"))
    return found


def parse_query(name: str, text: str) -> NamedQuery:
    """Return the query of a file of SPARQL; whatever it does not say of itself is empty."""
    head = []
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        head.append(line.lstrip("#").strip())
    parameters = []
    about = []
    title = example = ""
    for line in head:
        if match := _PARAMETER.fullmatch(line):
            parameters.append(Parameter(name=match[1], kind=match[2], about=match[3]))
        elif line.startswith("@example"):
            example = line.removeprefix("@example").strip()
        elif not title:
            title = line.removesuffix(".")
        else:
            about.append(line)
    return NamedQuery(
        name=name,
        title=title or name,
        about="\n".join(about).strip(),
        parameters=tuple(parameters),
        example=example,
        text=text,
    )


def find_query(name: str) -> NamedQuery:
    """Return a named query.  Raises :class:`UnknownName` with candidates."""
    queries = list_queries()
    if name not in queries:
        raise UnknownName("query", name, suggest(name, queries) or queries)
    return queries[name]


def is_without_schools(query: NamedQuery) -> bool:
    """Say whether a query of ours asks nothing about schools; of others that is not known."""
    return list_queries().get(query.name) == query and "FoundSchool" not in query.text


def name_parameters(
    query: NamedQuery, values: Sequence[str], named: Mapping[str, str]
) -> dict[str, str]:
    """Return the values of all parameters by name, from values in order and by name.

    Raises :class:`~argmap.query.errors.QueryError` where one is missing, or one too many.
    """
    names = [parameter.name for parameter in query.parameters]
    given = dict(zip(names, values, strict=False))
    usage = f"Write: argmap query {query.name} {' '.join(name.upper() for name in names)}".rstrip()
    if len(values) > len(names):
        raise complain(
            "query-parameters",
            f"{query.name} takes {len(names) or 'no'} value{'' if len(names) == 1 else 's'}, "
            f"and {len(values)} {'was' if len(values) == 1 else 'were'} given",
            usage,
        )
    for name, value in named.items():
        if name not in names:
            near = suggest(name, names)
            hint = f"Did you mean {near[0]!r}?" if near else usage
            raise complain("query-parameters", f"{query.name} takes no {name!r}", hint)
        given[name] = value
    missing = [name for name in names if name not in given]
    if missing:
        about = {parameter.name: parameter.about for parameter in query.parameters}
        raise complain(
            "query-parameters",
            f"{query.name} needs {' and '.join(f'{name} ({about[name]})' for name in missing)}",
            usage,
        )
    return given


def sort_rows(query: NamedQuery, table: Table) -> Table:
    """Return the rows in the order that the query asks for, by code points.

    Servers differ here: Virtuoso compares the first twenty characters of a string.
    """
    orders = _ORDER.findall(query.text)
    names = orders[-1].replace("?", "").split() if orders else []
    if not names or not set(names) <= set(table.columns):
        return table
    places = [table.columns.index(name) for name in names]

    def rank(row: Sequence[Any]) -> list[tuple[int, float, str]]:
        values = [row[place] for place in places]
        return [
            (0, 0, "")
            if value is None
            else (1, value, "")
            if isinstance(value, int | float)
            else (2, 0, str(value))
            for value in values
        ]

    return Table(table.columns, sorted(table.rows, key=rank))


def find_terms(
    literature: Literature, query: NamedQuery, given: Mapping[str, str]
) -> dict[str, Any]:
    """Return the values of a query's parameters as terms, names looked up in the literature."""
    finders = {
        "claim": find_claim,
        "holder": find_holder,
        "work": find_work,
        "text": find_text,
        "topic": find_topic,
    }
    kinds = {parameter.name: parameter.kind for parameter in query.parameters}
    terms: dict[str, Any] = {}
    for name, value in given.items():
        finder = finders.get(kinds[name])
        if finder is None:
            terms[name] = value
        else:
            terms[name] = make_iri(literature.review.base, kinds[name], finder(literature, value))
    return terms


def make_iri(base: str, kind: str, identifier: str) -> pyoxigraph.NamedNode:
    """Return the IRI of a claim, holder, work, text or topic."""
    namers = {
        "claim": name_claim,
        "holder": name_holder,
        "work": name_work,
        # What cites, reports and is coded is the work; its graph is another thing.
        "text": name_work,
        "topic": name_topic,
    }
    return pyoxigraph.NamedNode(end_base(base) + namers[kind](identifier))
