"""A literature as TriG, Turtle, N-Quads or JSON-LD, the same bytes on every run and machine."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from argmap.diagnostics import Diagnostic, did_you_mean, has_errors
from argmap.graph.losses import find_losses
from argmap.graph.quads import write_quads
from argmap.graph.syntaxes import write_jsonld, write_trig, write_turtle
from argmap.graph.vocabulary import end_base
from argmap.model import Derived, Literature

_CHUNK = 1 << 20


def _write_nquads(chunks: Iterable[str], base: str) -> Iterator[str]:
    del base
    return iter(chunks)


_SYNTAXES: dict[str, Callable[[Iterable[str], str], Iterator[str]]] = {
    "trig": write_trig,
    "ttl": write_turtle,
    "nq": _write_nquads,
    "jsonld": write_jsonld,
}
FORMATS: tuple[str, ...] = tuple(_SYNTAXES)
"""The syntaxes that can be written; :data:`argmap.graph.nodes.SYNTAXES` has what can be read."""


def serialise(
    literature: Literature, derived: Derived | None = None, syntax: str = "trig"
) -> tuple[bytes, list[Diagnostic]]:
    """Return the RDF of a literature in UTF-8, and what is lost in it.

    With an error among the diagnostics (a base that no IRI can begin with, two records of one id)
    the bytes are empty.  Raises ``ValueError`` for an unknown syntax.
    """
    buffer = io.BytesIO()
    findings = write_rdf(literature, buffer, derived, syntax)
    return buffer.getvalue(), findings


def write_rdf(
    literature: Literature,
    file: BinaryIO,
    derived: Derived | None = None,
    syntax: str = "trig",
) -> list[Diagnostic]:
    """Write the RDF of a literature to a binary file, and return what is lost in it.

    Nothing is written where an error is among the diagnostics.  Memory does not grow with the
    output; time is linear, at most a few microseconds a quad.  Raises ``ValueError`` for an unknown
    syntax, ``OSError`` where the file does.
    """
    if syntax not in _SYNTAXES:
        known = did_you_mean(syntax, FORMATS) or f"Known are {', '.join(FORMATS)}."
        raise ValueError(f"no RDF syntax {syntax!r}. {known}")
    findings = find_losses(literature, derived)
    if syntax == "ttl":
        findings.append(
            Diagnostic(
                path=literature.review.base,
                severity="note",
                message="Turtle has no named graphs: all triples are written into one, and which"
                " text, the review or the analysis says what is told by the nodes alone",
                code="rdf-no-graphs",
                remedy="Choose trig, nq or jsonld to keep the graphs.",
            )
        )
    if has_errors(findings):
        return findings
    base = end_base(literature.review.base)
    pending: list[str] = []
    size = 0
    for part in _SYNTAXES[syntax](write_quads(literature, derived), base):
        pending.append(part)
        size += len(part)
        if size > _CHUNK:
            file.write("".join(pending).encode())
            pending.clear()
            size = 0
    file.write("".join(pending).encode())
    return findings
