"""argmap: a literature as a citation-linked argument graph.

>>> import argmap
>>> review = argmap.load("corpus", "references.bib")  # doctest: +SKIP

Names are imported when they are first used, so that ``import argmap`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argmap.diagnostics import CorpusError as CorpusError
    from argmap.diagnostics import Diagnostic as Diagnostic
    from argmap.model import Anchor as Anchor
    from argmap.model import Citation as Citation
    from argmap.model import Claim as Claim
    from argmap.model import Dispute as Dispute
    from argmap.model import Holder as Holder
    from argmap.model import Literature as Literature
    from argmap.model import Position as Position
    from argmap.model import Relation as Relation
    from argmap.model import School as School
    from argmap.model import Text as Text
    from argmap.model import Work as Work
    from argmap.query import Review as Review
    from argmap.query import load as load

_HOMES = {
    "Anchor": "model",
    "Citation": "model",
    "Claim": "model",
    "CorpusError": "diagnostics",
    "Diagnostic": "diagnostics",
    "Dispute": "model",
    "Holder": "model",
    "Literature": "model",
    "Position": "model",
    "Relation": "model",
    "Review": "query",
    "School": "model",
    "Text": "model",
    "Work": "model",
    "load": "query",
}

__all__ = [
    "Anchor",
    "Citation",
    "Claim",
    "CorpusError",
    "Diagnostic",
    "Dispute",
    "Holder",
    "Literature",
    "Position",
    "Relation",
    "Review",
    "School",
    "Text",
    "Work",
    "load",
]


def __getattr__(name: str) -> Any:
    """Import a public name on first use."""
    if name in _HOMES:
        return getattr(import_module(f"argmap.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'argmap' has no attribute {name!r}")


def __dir__() -> list[str]:
    """Return the public names."""
    return sorted(__all__)
