"""The contests as an abstract argumentation framework, for solvers: ``.apx`` and ``.i23``."""

from __future__ import annotations

from collections.abc import Callable

from argmap.analysis import index_literature
from argmap.analysis.coherence import Framework, build_framework, write_apx, write_i23
from argmap.diagnostics import Diagnostic
from argmap.exports.registry import Exporter
from argmap.model import Derived, Literature


def _export(
    name: str, write: Callable[[Framework], str], literature: Literature, derived: Derived
) -> tuple[bytes, list[Diagnostic]]:
    with_analyst = derived.parameters.get("with_analyst") == "true"
    framework = build_framework(index_literature(literature, with_analyst=with_analyst))
    told = "claims and who attacks whom are all there is: no holder, page, support or qualification"
    loss = Diagnostic(
        path=f"export {name}",
        severity="note",
        message=f"left out: {told}",
        code="export-loss",
    )
    return write(framework).encode(), [loss]


APX = Exporter("apx", ".apx", lambda *records: _export("apx", write_apx, *records))
I23 = Exporter("i23", ".i23", lambda *records: _export("i23", write_i23, *records))
