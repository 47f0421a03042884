"""N-Quads, as :func:`argmap.graph.quads.write_quads` yields them, in other syntaxes of RDF.

Every line is rewritten by itself, so that order and bytes depend on nothing but the lines.  (The
serialisers at hand order their prefixes by a random hash, and hold the whole graph in memory.)
Memory is constant, time linear: a few microseconds a quad.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from argmap.graph.vocabulary import PREFIXES, RDF, XSD

_LOCAL = re.compile(r"[A-Za-z][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*\Z")
_PLAIN_BASE = re.compile(r"https?://[^/?#]+/(?:[^/?#]+/)*\Z")
_TYPE = f"<{RDF}type>"
_INTEGER = f"^^<{XSD}integer>"
_BOOLEAN = f"^^<{XSD}boolean>"


def _split(line: str) -> tuple[str, str, str, str]:
    """Return subject, predicate, object and graph of a line, each as it is written."""
    subject, predicate, rest = line.split(" ", 2)
    # A literal may have spaces, but after it there are just the graph and the full stop.
    value, graph, _ = rest.rsplit(" ", 2)
    return subject, predicate, value, graph


def _split_lines(chunks: Iterable[str]) -> Iterator[tuple[str, str, str, str]]:
    for chunk in chunks:
        for line in chunk.split("\n"):
            if line:
                yield _split(line)


class _Abbreviations(dict[str, str]):
    """IRIs in brackets to their short forms, each found once."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self[_TYPE] = "a"
        self.start = f"<{base}" if _PLAIN_BASE.match(base) else ""

    def __missing__(self, iri: str) -> str:
        if self.start and iri.startswith(self.start):
            # Not kept: there are as many of these as there are nodes.
            return f"<{iri[len(self.start) :]}"
        short = shorten(iri[1:-1])
        self[iri] = short = short or iri
        return short


def shorten(iri: str) -> str:
    """Return the IRI as ``prefix:name`` where one of our prefixes fits, else the empty string."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and _LOCAL.match(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return ""


def write_trig(chunks: Iterable[str], base: str) -> Iterator[str]:
    """Yield TriG, one graph after the other, IRIs under ``base`` relative to it."""
    return _write_turtle(chunks, base, named=True)


def write_turtle(chunks: Iterable[str], base: str) -> Iterator[str]:
    """Yield Turtle, which has no named graphs: all triples stand in one."""
    return _write_turtle(chunks, base, named=False)


def _write_turtle(chunks: Iterable[str], base: str, *, named: bool) -> Iterator[str]:
    short = _Abbreviations(base)
    if short.start:
        yield f"@base {short.start}> .\n"
    yield "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    last_subject = last_predicate = last_graph = ""
    for subject, predicate, value, graph in _split_lines(chunks):
        if value[0] == "<":
            value = short[value]
        elif value[-1] == ">":
            value = _shorten_literal(value, short)
        if graph != last_graph and named:
            yield " .\n}\n" if last_graph else ""
            yield f"\n{short[graph]} {{\n"
            last_subject = ""
        elif subject != last_subject and last_subject:
            yield " .\n"
        last_graph = graph
        if subject != last_subject:
            yield f"{short[subject]} {short[predicate]} {value}"
        elif predicate != last_predicate:
            yield f" ;\n    {short[predicate]} {value}"
        else:
            yield f", {value}"
        last_subject, last_predicate = subject, predicate
    if last_subject:
        yield " .\n}\n" if named else " .\n"


def _shorten_literal(value: str, short: _Abbreviations) -> str:
    if value.endswith(_INTEGER):
        return value[1 : -len(_INTEGER) - 1]
    if value.endswith(_BOOLEAN):
        return value[1 : -len(_BOOLEAN) - 1]
    text, _, datatype = value.rpartition("^^")
    return f"{text}^^{short[datatype]}" if text else value


def write_jsonld(chunks: Iterable[str], base: str) -> Iterator[str]:
    """Yield JSON-LD with a context of its own, a node a line.

    IRIs of nodes are written in full: before JSON-LD 1.1 a relative one with a colon was taken for
    absolute.
    """
    del base
    context = ", ".join(f'"{name}": "{iri}"' for name, iri in PREFIXES.items())
    yield f'{{"@context": {{{context}}},\n"@graph": ['
    names: dict[str, str] = {}
    node: dict[str, list[str]] = {}
    last_subject = last_graph = ""
    for subject, predicate, value, graph in _split_lines(chunks):
        if subject != last_subject or graph != last_graph:
            if node:
                yield _write_node(last_subject, node)
                node = {}
            if graph != last_graph:
                yield "\n]}," if last_graph else ""
                yield f'\n{{"@id": "{graph[1:-1]}", "@graph": [\n'
            else:
                yield ",\n"
            last_subject, last_graph = subject, graph
        if predicate == _TYPE:
            iri = value[1:-1]
            node.setdefault("@type", []).append(f'"{shorten(iri) or iri}"')
            continue
        name = names.get(predicate)
        if name is None:
            iri = predicate[1:-1]
            name = names[predicate] = shorten(iri) or iri
        node.setdefault(name, []).append(_write_value(value))
    if node:
        yield _write_node(last_subject, node) + "\n]}"
    yield "\n]}\n"


def _write_node(subject: str, node: dict[str, list[str]]) -> str:
    members = [f'"@id": "{subject[1:-1]}"']
    for name, values in node.items():
        written = values[0] if len(values) == 1 else f"[{', '.join(values)}]"
        members.append(f'"{name}": {written}')
    return f"{{{', '.join(members)}}}"


def _write_value(value: str) -> str:
    if value[0] == "<":
        iri = value[1:-1]
        return f'{{"@id": "{shorten(iri) or iri}"}}'
    if value[-1] == '"':
        # The escapes of N-Quads are those of JSON.
        return value
    if value.endswith(_INTEGER):
        return value[1 : -len(_INTEGER) - 1]
    if value.endswith(_BOOLEAN):
        return value[1 : -len(_BOOLEAN) - 1]
    text, _, datatype = value.rpartition("^^")
    iri = datatype[1:-1]
    return f'{{"@value": {text}, "@type": "{shorten(iri) or iri}"}}'
