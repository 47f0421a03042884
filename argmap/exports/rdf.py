"""The RDF formats as exporters."""

from __future__ import annotations

from functools import partial

from argmap.diagnostics import Diagnostic
from argmap.exports.registry import Exporter
from argmap.graph import serialise
from argmap.model import Derived, Literature


def _write(
    literature: Literature, derived: Derived, *, form: str
) -> tuple[bytes, list[Diagnostic]]:
    data, findings = serialise(literature, derived, form)
    if literature.annotations:
        number = len(literature.annotations)
        told = "1 annotation" if number == 1 else f"{number:,} annotations"
        findings.append(
            Diagnostic(
                path=f"export {form}",
                severity="note",
                message=f"left out: {told} of works by the scholar",
                code="export-loss",
            )
        )
    return data, findings


TRIG = Exporter("trig", ".trig", partial(_write, form="trig"))
TURTLE = Exporter("ttl", ".ttl", partial(_write, form="ttl"))
NQUADS = Exporter("nq", ".nq", partial(_write, form="nq"))
JSONLD = Exporter("jsonld", ".jsonld", partial(_write, form="jsonld"))
