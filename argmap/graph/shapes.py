"""SHACL: the shapes of all records, and a literature held against them."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

from argmap.diagnostics import Diagnostic, Severity, sort_diagnostics
from argmap.extras import require
from argmap.graph.losses import find_losses
from argmap.graph.quads import write_quads
from argmap.graph.vocabulary import AM
from argmap.model import Derived, Literature

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

SH = "http://www.w3.org/ns/shacl#"
_SEVERITIES: dict[str, Severity] = {
    f"{SH}Violation": "error",
    f"{SH}Warning": "warning",
    f"{SH}Info": "note",
}


def read_ontology() -> str:
    """Return the ontology of argmap in Turtle."""
    return (resources.files("argmap.graph") / "ontology.ttl").read_text(encoding="utf-8")


def read_shapes() -> str:
    """Return the SHACL shapes of all records in Turtle."""
    return (resources.files("argmap.graph") / "shapes.ttl").read_text(encoding="utf-8")


def validate(literature: Literature, derived: Derived | None = None) -> list[Diagnostic]:
    """Return what of a literature does not conform to the shapes, at the place of each record.

    Needs the extra ``shacl`` (raises :class:`argmap.extras.MissingExtra` without it).  Takes some
    milliseconds a claim, a hundred times as long as writing the RDF: for reviews written by hand.
    """
    findings = [loss for loss in find_losses(literature, derived) if loss.severity == "error"]
    if findings:
        return findings
    return validate_nquads("".join(write_quads(literature, derived)))


def validate_nquads(quads: str) -> list[Diagnostic]:
    """Return what in the union of all graphs of some N-Quads does not conform to the shapes."""
    pyshacl = require("pyshacl", "shacl")
    from rdflib import Graph

    data = Graph()
    data.parse(data="\n".join(map(_drop_graph, quads.split("\n"))), format="nt")
    _, results, _ = pyshacl.validate(
        data,
        shacl_graph=Graph().parse(data=read_shapes(), format="turtle"),
        ont_graph=Graph().parse(data=read_ontology(), format="turtle"),
        inplace=True,
    )
    return sort_diagnostics(_read_results(results, data))


def _drop_graph(line: str) -> str:
    return line.rsplit(" ", 2)[0] + " ." if line else line


def _read_results(results: Graph, data: Graph) -> list[Diagnostic]:
    from rdflib import RDF, URIRef

    findings = []
    for result in results.subjects(RDF.type, URIRef(f"{SH}ValidationResult")):
        value = {
            name: results.value(result, URIRef(SH + name))
            for name in ("focusNode", "resultMessage", "resultSeverity", "value")
        }
        focus = value["focusNode"]
        assert focus is not None  # the SHACL report has one in every result
        shown = f", not {value['value']}" if value["value"] is not None else ""
        path, line, column = _find_place(focus, data)
        findings.append(
            Diagnostic(
                path=path,
                line=line,
                column=column,
                severity=_SEVERITIES.get(str(value["resultSeverity"]), "error"),
                message=f"<{focus}> does not conform to: {value['resultMessage']}{shown}",
                code="shacl",
            )
        )
    return findings


def _find_place(node: Node, data: Graph) -> tuple[str, int, int]:
    """Return where the node, or else what it is a part of, was written down."""
    from rdflib import URIRef

    seen: set[Any] = set()
    near = [node]
    while near:
        current = near.pop(0)
        seen.add(current)
        path, line, column = (
            data.value(current, URIRef(AM + name)) for name in ("file", "line", "column")
        )
        if path is not None:
            return str(path), int(str(line or 0)), int(str(column or 0))
        owners = data.subjects(None, current)
        near += sorted(owner for owner in owners if owner not in seen)  # type: ignore[type-var]
    return str(node), 0, 0
