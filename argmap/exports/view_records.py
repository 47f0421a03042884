"""The records of a view: nodes and edges ready to be drawn, whatever draws them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from argmap.exports.palette import NEUTRAL
from argmap.model import Record

VIEWS: tuple[str, ...] = ("claims", "holders", "full", "dispute:ID")

ColumnType = Literal["string", "integer", "double", "boolean", "anyURI"]
Value = str | int | float | bool | None


class Column(Record, frozen=True, kw_only=True):
    """A column of nodes or of edges: its name, the type of its values, and what it says."""

    name: str
    type: ColumnType = "string"
    described: str = ""


class Node(Record, frozen=True, kw_only=True):
    """A node as it is shown.

    ``label`` is short enough to stand beside it.  ``kind`` is ``claim``, ``work``, ``actor``,
    ``group`` or ``relation``.  ``values`` follow the view's ``node_columns``, None where unknown.
    ``colour`` is ``#rrggbb``; ``size`` is a radius in the unit of ``x`` and ``y`` (``y`` upward).
    ``year`` is when it enters a timeline.
    """

    id: str
    label: str
    kind: str
    values: tuple[Value, ...] = ()
    colour: str = NEUTRAL
    size: float = 1.0
    x: float = 0.0
    y: float = 0.0
    year: int | None = None


class Edge(Record, frozen=True, kw_only=True):
    """An edge as it is shown, from node id to node id.

    ``kind`` is one of the keys of :data:`argmap.exports.palette.KINDS`, ``sign`` 1, -1 or 0,
    ``weight`` positive.  ``values`` follow the view's ``edge_columns``, None where unknown.
    """

    id: str
    source: str
    target: str
    kind: str
    sign: int = 0
    weight: float = 1.0
    values: tuple[Value, ...] = ()
    colour: str = NEUTRAL
    year: int | None = None


class LegendEntry(Record, frozen=True, kw_only=True):
    """What a colour means: a school (``of`` node) or a kind of edge (``of`` edge)."""

    of: Literal["node", "edge"]
    key: str
    name: str
    colour: str


class View(Record, frozen=True, kw_only=True):
    """Nodes and edges as they are shown, sorted by id, with what stands over and beside them.

    ``date`` is that of the newest coded text (ISO 8601), empty where none is known.  Between two
    nodes there may be several edges, but no two of one kind and direction.
    """

    name: str
    title: str = ""
    description: str = ""
    creators: tuple[str, ...] = ()
    date: str = ""
    directed: bool = True
    node_columns: tuple[Column, ...] = ()
    edge_columns: tuple[Column, ...] = ()
    nodes: Sequence[Node] = ()
    edges: Sequence[Edge] = ()
    legend: tuple[LegendEntry, ...] = ()


class ViewUnknown(LookupError):  # noqa: N818 - it names what is unknown
    """Raised where there is no such view, or no such dispute.

    Attributes
    ----------
    name : str
        What was asked for.
    code : str
        The code of the finding: ``view-unknown``, ``dispute-unknown``, ``claim-unknown`` or
        ``claim-ambiguous``.
    remedy : str
        What there is instead.
    """

    def __init__(self, name: str, message: str, code: str, remedy: str) -> None:
        self.name = name
        self.code = code
        self.remedy = remedy
        super().__init__(message)
