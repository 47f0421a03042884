"""argmap: a literature as a citation-linked argument graph.

>>> import argmap
>>> review = argmap.load("corpus", "references.bib")
>>> review
<Review 'Alliances and coalitions': 2 texts, 336 claims, 513 positions, 456 relations, 93 works>

Names are imported when they are first used, so that ``import argmap`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from argmap.diagnostics import CorpusError as CorpusError
    from argmap.diagnostics import Diagnostic as Diagnostic
    from argmap.extras import MissingExtra as MissingExtra
    from argmap.graph.stores import StoreError as StoreError
    from argmap.model import Anchor as Anchor
    from argmap.model import Citation as Citation
    from argmap.model import Claim as Claim
    from argmap.model import Cleavage as Cleavage
    from argmap.model import Derived as Derived
    from argmap.model import Dispute as Dispute
    from argmap.model import Holder as Holder
    from argmap.model import Literature as Literature
    from argmap.model import Person as Person
    from argmap.model import Place as Place
    from argmap.model import Position as Position
    from argmap.model import Relation as Relation
    from argmap.model import School as School
    from argmap.model import Standing as Standing
    from argmap.model import Text as Text
    from argmap.model import Topic as Topic
    from argmap.model import Work as Work
    from argmap.query.answers import Answer as Answer
    from argmap.query.collection import Collection as Collection
    from argmap.query.errors import QueryError as QueryError
    from argmap.query.loading import load as load
    from argmap.query.names import UnknownName as UnknownName
    from argmap.query.review import Review as Review
    from argmap.query.rows import Attack as Attack
    from argmap.query.rows import CitingWork as CitingWork
    from argmap.query.rows import Comparison as Comparison
    from argmap.query.rows import Division as Division
    from argmap.query.rows import Entry as Entry
    from argmap.query.rows import Holding as Holding
    from argmap.query.rows import Link as Link
    from argmap.query.rows import Reason as Reason
    from argmap.query.rows import Shift as Shift
    from argmap.query.rows import Stand as Stand
    from argmap.query.rows import Turn as Turn
    from argmap.query.rows import Use as Use
    from argmap.query.tables import Table as Table

_HOMES = {
    "Anchor": "model",
    "Answer": "query.answers",
    "Attack": "query.rows",
    "Citation": "model",
    "CitingWork": "query.rows",
    "Claim": "model",
    "Cleavage": "model",
    "Collection": "query.collection",
    "Comparison": "query.rows",
    "CorpusError": "diagnostics",
    "Derived": "model",
    "Diagnostic": "diagnostics",
    "Dispute": "model",
    "Division": "query.rows",
    "Entry": "query.rows",
    "Holder": "model",
    "Holding": "query.rows",
    "Link": "query.rows",
    "Literature": "model",
    "MissingExtra": "extras",
    "Person": "model",
    "Place": "model",
    "Position": "model",
    "QueryError": "query.errors",
    "Reason": "query.rows",
    "Relation": "model",
    "Review": "query.review",
    "School": "model",
    "Shift": "query.rows",
    "Stand": "query.rows",
    "Standing": "model",
    "StoreError": "graph.stores",
    "Table": "query.tables",
    "Text": "model",
    "Topic": "model",
    "Turn": "query.rows",
    "UnknownName": "query.names",
    "Use": "query.rows",
    "Work": "model",
    "load": "query.loading",
}

__all__ = [
    "Anchor",
    "Answer",
    "Attack",
    "Citation",
    "CitingWork",
    "Claim",
    "Cleavage",
    "Collection",
    "Comparison",
    "CorpusError",
    "Derived",
    "Diagnostic",
    "Dispute",
    "Division",
    "Entry",
    "Holder",
    "Holding",
    "Link",
    "Literature",
    "MissingExtra",
    "Person",
    "Place",
    "Position",
    "QueryError",
    "Reason",
    "Relation",
    "Review",
    "School",
    "Shift",
    "Stand",
    "Standing",
    "StoreError",
    "Table",
    "Text",
    "Topic",
    "Turn",
    "UnknownName",
    "Use",
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
