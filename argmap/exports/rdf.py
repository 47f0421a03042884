"""The RDF formats as exporters."""

from __future__ import annotations

from functools import partial

from argmap.diagnostics import Diagnostic
from argmap.exports.registry import Exporter
from argmap.graph import list_left_out, serialise
from argmap.model import Derived, Literature


def _write(
    literature: Literature, derived: Derived, *, form: str
) -> tuple[bytes, list[Diagnostic]]:
    data, findings = serialise(literature, derived, form)
    return data, [*findings, *list_left_out(literature, f"export {form}")]


TRIG = Exporter("trig", ".trig", partial(_write, form="trig"))
TURTLE = Exporter("ttl", ".ttl", partial(_write, form="ttl"))
NQUADS = Exporter("nq", ".nq", partial(_write, form="nq"))
JSONLD = Exporter("jsonld", ".jsonld", partial(_write, form="jsonld"))
