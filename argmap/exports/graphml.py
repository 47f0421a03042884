"""GraphML, which yEd, igraph, networkx, visone and Gephi read: written row by row.

Colours, sizes and positions stand in columns under the names by which Gephi knows them (``r``,
``g``, ``b``, ``size``, ``x``, ``y``); the kind of an edge and its sign are columns like any other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from argmap.diagnostics import Diagnostic
from argmap.exports.losses import tell_losses
from argmap.exports.markup import UNWRITABLE, cut, escape, wrap_column
from argmap.exports.palette import split_colour
from argmap.exports.registry import Exporter
from argmap.exports.view_records import Column, Edge, Node, Value, View

_TYPES = {
    "string": "string",
    "anyURI": "string",
    "integer": "int",
    "double": "double",
    "boolean": "boolean",
}
_NODE_OWN = (
    Column(name="label"),
    Column(name="size", type="double"),
    Column(name="x", type="double"),
    Column(name="y", type="double"),
    Column(name="r", type="integer"),
    Column(name="g", type="integer"),
    Column(name="b", type="integer"),
)
_EDGE_OWN = (
    Column(name="kind"),
    Column(name="sign", type="integer"),
    Column(name="weight", type="double"),
    Column(name="r", type="integer"),
    Column(name="g", type="integer"),
    Column(name="b", type="integer"),
)
_SCHEMA = "http://graphml.graphdrawing.org/xmlns"


def write_graphml(view: View, file: BinaryIO) -> list[Diagnostic]:
    """Write a view as GraphML in UTF-8, and return what it does not carry as notes.

    Linear; the memory taken does not grow with the number of nodes and edges.
    """
    node_columns = (*_NODE_OWN, *view.node_columns)
    edge_columns = (*_EDGE_OWN, *view.edge_columns)
    lost: Counter[str] = Counter()
    file.write(_write_head(view, node_columns, edge_columns).encode())
    for nodes in cut(view.nodes):
        file.write(_write_nodes(nodes, node_columns, lost).encode())
    for edges in cut(view.edges):
        file.write(_write_edges(edges, edge_columns, lost).encode())
    file.write(b"</graph>\n</graphml>\n")
    dated = sum(node.year is not None for node in view.nodes)
    return tell_losses(
        "graphml",
        [
            (lost[UNWRITABLE], "{}, which XML cannot hold", UNWRITABLE),
            (dated, "the timeline; the years of {} stand in a column", "node"),
        ],
    )


def _write_head(view: View, node_columns: Sequence[Column], edge_columns: Sequence[Column]) -> str:
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<graphml xmlns="{_SCHEMA}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        f' xsi:schemaLocation="{_SCHEMA} {_SCHEMA}/1.0/graphml.xsd">',
    ]
    about = {
        "title": view.title,
        "description": view.description,
        "creators": "; ".join(view.creators),
        "date": view.date,
        "view": view.name,
    }
    given = {name: value for name, value in about.items() if value}
    keys = [("graph", Column(name=name)) for name in given]
    keys += [("node", column) for column in node_columns]
    keys += [("edge", column) for column in edge_columns]
    for owner, column in keys:
        lines.append(
            f'<key id="{owner}-{column.name}" for="{owner}" attr.name="{column.name}"'
            f' attr.type="{_TYPES[column.type]}"/>'
        )
    lines.append(f'<graph edgedefault="{"directed" if view.directed else "undirected"}">')
    lines += [f'<data key="graph-{name}">{escape(value)}</data>' for name, value in given.items()]
    return "\n".join(lines) + "\n"


def _write_nodes(nodes: Sequence[Node], columns: Sequence[Column], lost: Counter[str]) -> str:
    rows = [
        (node.label, node.size, node.x, node.y, *split_colour(node.colour), *node.values)
        for node in nodes
    ]
    parts = [
        wrap_column([node.id for node in nodes], '<node id="', '">', always=True, lost=lost),
        *_wrap_values("node", rows, columns, lost),
        ["</node>\n"] * len(nodes),
    ]
    return "".join(map("".join, zip(*parts, strict=True)))


def _write_edges(edges: Sequence[Edge], columns: Sequence[Column], lost: Counter[str]) -> str:
    rows = [
        (edge.kind, edge.sign, float(edge.weight), *split_colour(edge.colour), *edge.values)
        for edge in edges
    ]
    parts = [
        wrap_column([edge.id for edge in edges], '<edge id="', '"', always=True, lost=lost),
        wrap_column([edge.source for edge in edges], ' source="', '"', always=True, lost=lost),
        wrap_column([edge.target for edge in edges], ' target="', '">', always=True, lost=lost),
        *_wrap_values("edge", rows, columns, lost),
        ["</edge>\n"] * len(edges),
    ]
    return "".join(map("".join, zip(*parts, strict=True)))


def _wrap_values(
    owner: str, rows: Sequence[Sequence[Value]], columns: Sequence[Column], lost: Counter[str]
) -> Iterator[list[str]]:
    for column, values in zip(columns, zip(*rows, strict=True), strict=True):
        yield wrap_column(values, f'<data key="{owner}-{column.name}">', "</data>", lost=lost)


GRAPHML = Exporter(
    "graphml", ".graphml", draw=write_graphml, described="a graph for yEd, igraph, networkx, visone"
)
