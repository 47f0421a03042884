"""Bindings of the variables of queries: values are data to the engine, records their IRIs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pyoxigraph

from argmap.diagnostics import did_you_mean, escape_unprintable
from argmap.graph.vocabulary import (
    end_base,
    name_claim,
    name_holder,
    name_relation,
    name_text,
    name_topic,
    name_work,
)
from argmap.model import Claim, Holder, Literature, Record, Relation, Text, Topic, Work
from argmap.query.errors import complain
from argmap.query.syntax import find_form, find_pattern, read_tokens

Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal


def bind(query: str, values: Mapping[str, Any], name: Callable[[Any], pyoxigraph.NamedNode]) -> str:
    """Return a query with values for its variables, as a VALUES block at the start of its pattern.

    A value is data to the engine, whatever it holds.  Lists give a variable several values.
    ``name`` gives the IRIs of records.

    Raises :class:`QueryError` where the query has no such variable, or cannot take values.
    """
    if not values:
        return query
    form = find_form(query)
    tokens = read_tokens(query)
    known = {token.text[1:] for token in tokens if token.kind == "variable"}
    blocks = []
    for variable, value in values.items():
        if variable not in known:
            raise complain(
                "sparql-variable",
                f"the query has no variable ?{variable} to take a value",
                did_you_mean(variable, known)
                or f"It has {', '.join(f'?{each}' for each in sorted(known)) or 'none'}.",
            )
        several = value if isinstance(value, list | tuple | set | frozenset) else [value]
        terms = " ".join(sorted({str(make_term(each, name)) for each in several}))
        blocks.append(f"VALUES ?{variable} {{ {terms} }}")
    start, end = find_pattern(tokens, form)
    if start < 0:
        raise complain(
            "sparql-binding",
            f"this form of {form} has no pattern that could take values",
            "Write it with WHERE { … }.",
        )
    inside = query[start + 1 : end]
    following = read_tokens(inside)
    # A pattern that is a sub-query alone takes nothing beside it, unless it gets braces of its own.
    if following and str(following[0]) == "SELECT":
        inside = f"{{{inside}}}"
    return f"{query[: start + 1]} {' '.join(blocks)} {inside}{query[end:]}"


def make_term(value: Any, name: Callable[[Any], pyoxigraph.NamedNode]) -> Term:
    """Return a Python value, a record, or a term of rdflib or pyoxigraph as a term.

    Raises :class:`QueryError` for anything else.
    """
    if isinstance(value, pyoxigraph.NamedNode | pyoxigraph.Literal):
        return value
    if isinstance(value, Record):
        return name(value)
    if hasattr(value, "n3"):
        return _convert_rdflib(value)
    if isinstance(value, bool | int | float):
        return pyoxigraph.Literal(value)
    if isinstance(value, str):
        try:
            return pyoxigraph.Literal(value)
        except (UnicodeEncodeError, ValueError):
            value = "a string with half a character"
    raise complain(
        "sparql-binding",
        f"{escape_unprintable(repr(value))} cannot be a value in SPARQL",
        "Give a string, a number, a truth value, a record, an IRI from review.iri(), or a list.",
    )


def _convert_rdflib(term: Any) -> Term:
    kind = type(term).__name__
    try:
        if kind == "URIRef":
            return pyoxigraph.NamedNode(str(term))
        if kind == "Literal" and term.language:
            return pyoxigraph.Literal(str(term), language=term.language)
        if kind == "Literal" and term.datatype:
            return pyoxigraph.Literal(str(term), datatype=pyoxigraph.NamedNode(str(term.datatype)))
        if kind == "Literal":
            return pyoxigraph.Literal(str(term))
    except ValueError as error:
        # UnicodeEncodeError is one.
        raise complain(
            "sparql-binding",
            f"{escape_unprintable(repr(term))} cannot be a value in SPARQL: "
            f"{escape_unprintable(str(error))}",
            "Give an IRI without spaces, quotes and brackets.",
        ) from None
    raise complain("sparql-binding", "a blank node cannot be a value in SPARQL")


def name_iri_under(base: str, record: Any) -> pyoxigraph.NamedNode:
    """Return the IRI of a record under the base of its review."""
    namers: dict[type, Callable[[Any], str]] = {
        Claim: lambda each: name_claim(each.id),
        Holder: lambda each: name_holder(each.id),
        Relation: lambda each: name_relation(each.id),
        Text: lambda each: name_text(each.key),
        Topic: lambda each: name_topic(each.id),
        Work: lambda each: name_work(each.key),
    }
    namer = namers.get(type(record))
    if namer is None:
        raise complain(
            "sparql-binding",
            f"a {type(record).__name__} has no IRI by which it could be asked for",
            "Claims, holders, works, texts, topics and relations have.",
        )
    return pyoxigraph.NamedNode(end_base(base) + namer(record))


def name_iri(literature: Literature, name: Any) -> pyoxigraph.NamedNode:
    """Return the IRI of a record, or of what a name stands for.

    Raises :class:`~argmap.query.names.UnknownName`.
    """
    from argmap.query.names import find_record

    base = end_base(literature.review.base)
    if not isinstance(name, str):
        return name_iri_under(base, name)
    kind, identifier = find_record(literature, name)
    namers = {"claim": name_claim, "holder": name_holder, "topic": name_topic, "work": name_work}
    return pyoxigraph.NamedNode(base + namers[kind](identifier))
