"""GEXF 1.3, for Gephi and Gephi Lite: written row by row in constant memory.

What networkx leaves out is here: the kind of each edge, by which Gephi keeps a support and a
contest between the same two claims apart; positive weights, since it drops what has none; colours,
sizes and positions; and years as a timeline of numbers, since years as dates are an error.
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
from argmap.exports.view_records import Column, ColumnType, Edge, Node, Value, View

# Gephi does not know the anyURI of the schema, and drops such a column.
_TYPES: dict[ColumnType, str] = {
    "string": "string",
    "anyURI": "string",
    "integer": "integer",
    "double": "double",
    "boolean": "boolean",
}
_COLOURED = '><viz:color r="%d" g="%d" b="%d"/>'
_SIGN = Column(name="sign", type="integer")


def write_gexf(view: View, file: BinaryIO) -> list[Diagnostic]:
    """Write a view as GEXF 1.3 in UTF-8, and return what it does not carry as notes.

    Linear; the memory taken does not grow with the number of nodes and edges.
    """
    dynamic = any(node.year is not None for node in view.nodes)
    edge_columns = (_SIGN, *view.edge_columns)
    file.write(_write_head(view, edge_columns, dynamic=dynamic).encode())
    lost: Counter[str] = Counter()
    for nodes in cut(view.nodes):
        file.write(_write_nodes(nodes, view.node_columns, lost).encode())
    file.write(b"</nodes>\n<edges>\n")
    for edges in cut(view.edges):
        file.write(_write_edges(edges, edge_columns, lost).encode())
    file.write(b"</edges>\n</graph>\n</gexf>\n")
    return tell_losses("gexf", [(lost[UNWRITABLE], "{}, which XML cannot hold", UNWRITABLE)])


def _write_head(view: View, edge_columns: Sequence[Column], *, dynamic: bool) -> str:
    date = f' lastmodifieddate="{view.date}"' if view.date else ""
    described = ". ".join(part.rstrip(".") for part in (view.title, view.description) if part)
    time = ' timeformat="double" timerepresentation="interval"' if dynamic else ""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">',
        f"<meta{date}>",
        f"<creator>{escape('; '.join(view.creators) or 'argmap')}</creator>",
        f"<description>{escape(described)}</description>",
        f"<keywords>{escape(f'argument graph, view {view.name}')}</keywords>",
        "</meta>",
        f'<graph defaultedgetype="{"directed" if view.directed else "undirected"}" '
        f'mode="{"dynamic" if dynamic else "static"}"{time}>',
    ]
    for kind, columns in (("node", view.node_columns), ("edge", edge_columns)):
        lines.append(f'<attributes class="{kind}">')
        lines += [
            f'<attribute id="{column.name}" title="{column.name}" type="{_TYPES[column.type]}"/>'
            for column in columns
        ]
        lines.append("</attributes>")
    return "\n".join(lines) + "\n<nodes>\n"


def _write_nodes(nodes: Sequence[Node], columns: Sequence[Column], lost: Counter[str]) -> str:
    parts = [
        wrap_column([node.id for node in nodes], '<node id="', '"', always=True, lost=lost),
        wrap_column([node.label for node in nodes], ' label="', '"', always=True, lost=lost),
        ["" if node.year is None else f' start="{node.year}.0"' for node in nodes],
        _paint(nodes),
        [
            f'<viz:position x="{node.x}" y="{node.y}"/><viz:size value="{node.size}"/>'
            for node in nodes
        ],
        *_wrap_values([node.values for node in nodes], columns, lost),
        ["</node>\n"] * len(nodes),
    ]
    return "".join(map("".join, zip(*parts, strict=True)))


def _write_edges(edges: Sequence[Edge], columns: Sequence[Column], lost: Counter[str]) -> str:
    parts = [
        wrap_column([edge.id for edge in edges], '<edge id="', '"', always=True, lost=lost),
        wrap_column([edge.source for edge in edges], ' source="', '"', always=True, lost=lost),
        wrap_column([edge.target for edge in edges], ' target="', '"', always=True, lost=lost),
        [f' kind="{edge.kind}" weight="{edge.weight}"' for edge in edges],
        ["" if edge.year is None else f' start="{edge.year}.0"' for edge in edges],
        _paint(edges),
        *_wrap_values([(edge.sign, *edge.values) for edge in edges], columns, lost),
        ["</edge>\n"] * len(edges),
    ]
    return "".join(map("".join, zip(*parts, strict=True)))


def _paint(rows: Sequence[Node] | Sequence[Edge]) -> list[str]:
    colours = [row.colour for row in rows]
    painted = {colour: _COLOURED % split_colour(colour) for colour in set(colours)}
    return [painted[colour] for colour in colours]


def _wrap_values(
    rows: Sequence[Sequence[Value]], columns: Sequence[Column], lost: Counter[str]
) -> Iterator[list[str]]:
    """Yield each column of the rows as elements, between the tags that hold them."""
    if not columns:
        return
    yield ["<attvalues>"] * len(rows)
    for column, values in zip(columns, zip(*rows, strict=True), strict=True):
        yield wrap_column(values, f'<attvalue for="{column.name}" value="', '"/>', lost=lost)
    yield ["</attvalues>"] * len(rows)


GEXF = Exporter("gexf", ".gexf", draw=write_gexf, described="a graph for Gephi and Gephi Lite")
