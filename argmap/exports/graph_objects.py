"""A graph as JSON: for Cytoscape (``.cyjs``) and for graphology, on which sigma and Gephi Lite run.

Both are one object with a node or an edge on each line, written row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, BinaryIO, TypeVar

import msgspec

from argmap.diagnostics import Diagnostic
from argmap.exports.losses import tell_losses
from argmap.exports.markup import cut
from argmap.exports.registry import Exporter
from argmap.exports.view_records import Edge, Node, Value, View

Shown = TypeVar("Shown", Node, Edge)

_encode = msgspec.json.Encoder().encode


def write_cytoscape(view: View, file: BinaryIO) -> list[Diagnostic]:
    """Write a view as Cytoscape's JSON, for its desktop and for cytoscape.js; linear.

    The y axis points down there.  What an edge is, is its ``interaction``, as Cytoscape has it, and
    its ``kind``.
    """
    node_names, edge_names = _list_names(view)

    def show_node(node: Node) -> object:
        own = {"id": node.id, "name": node.label, "colour": node.colour, "size": node.size}
        data = own | _list_values(node_names, node.values)
        return {"data": data, "position": {"x": node.x, "y": 0.0 - node.y}}

    def show_edge(edge: Edge) -> object:
        own = {
            "id": edge.id,
            "source": edge.source,
            "target": edge.target,
            "interaction": edge.kind,
            **_list_edge(edge),
            "colour": edge.colour,
        }
        return {"data": own | _list_values(edge_names, edge.values)}

    about = {"name": view.title or view.name, **_describe(view)}
    head = b'{"format_version":"1.0","generated_by":"argmap","target_cytoscapejs_version":"~3.30",'
    file.write(head + b'"data":' + _encode(about) + b',\n"elements":{"nodes":[\n')
    lost = _write_rows(file, view.nodes, show_node)
    file.write(b'],\n"edges":[\n')
    lost += _write_rows(file, view.edges, show_edge)
    file.write(b"]}}\n")
    losses = [
        (lost, "{}", "lone surrogate"),
        (int(not view.directed), "that edges have no direction", ""),
    ]
    return tell_losses("cytoscape", losses)


def write_graphology(view: View, file: BinaryIO) -> list[Diagnostic]:
    """Write a view as graphology's JSON, which sigma draws as it is; linear."""
    node_names, edge_names = _list_names(view)

    def show_node(node: Node) -> object:
        own = {"label": node.label, "x": node.x, "y": node.y, "size": node.size}
        own["color"] = node.colour
        return {"key": node.id, "attributes": own | _list_values(node_names, node.values)}

    def show_edge(edge: Edge) -> object:
        own = {**_list_edge(edge), "label": edge.kind, "color": edge.colour}
        return {
            "key": edge.id,
            "source": edge.source,
            "target": edge.target,
            "undirected": not view.directed,
            "attributes": own | _list_values(edge_names, edge.values),
        }

    options = {
        "type": "directed" if view.directed else "undirected",
        "multi": True,
        "allowSelfLoops": True,
    }
    file.write(b'{"attributes":' + _encode({"title": view.title, **_describe(view)}))
    file.write(b',\n"options":' + _encode(options) + b',\n"nodes":[\n')
    lost = _write_rows(file, view.nodes, show_node)
    file.write(b'],\n"edges":[\n')
    lost += _write_rows(file, view.edges, show_edge)
    file.write(b"]}\n")
    return tell_losses("graphology", [(lost, "{}", "lone surrogate")])


def _describe(view: View) -> dict[str, Any]:
    about = {
        "description": view.description,
        "creator": "; ".join(view.creators),
        "date": view.date,
        "view": view.name,
    }
    return {name: value for name, value in about.items() if value}


def _list_names(view: View) -> tuple[list[str], list[str]]:
    return [c.name for c in view.node_columns], [c.name for c in view.edge_columns]


def _list_edge(edge: Edge) -> dict[str, Value]:
    return {"kind": edge.kind, "sign": edge.sign, "weight": edge.weight}


def _list_values(names: list[str], values: Iterable[Value]) -> dict[str, Value]:
    """Return the values that are known, by name."""
    return {name: value for name, value in zip(names, values, strict=True) if value is not None}


def _write_rows(file: BinaryIO, rows: Iterable[Shown], show: Callable[[Shown], object]) -> int:
    """Write a row on each line, and return how many halves of pairs had to be left out."""
    lost = 0
    begin = b""
    for chunk in cut(rows):
        lines = []
        for row in chunk:
            try:
                lines.append(_encode(show(row)))
            except UnicodeEncodeError:
                clean, dropped = _drop_halves(show(row))
                lost += dropped
                lines.append(_encode(clean))
        file.write(begin + b",\n".join(lines))
        begin = b",\n"
    if begin:
        file.write(b"\n")
    return lost


def _drop_halves(value: Any) -> tuple[Any, int]:
    """Return a value without lone surrogates in its texts, which UTF-8 cannot hold."""
    if isinstance(value, str):
        clean = value.encode("utf-8", "ignore").decode()
        return clean, len(value) - len(clean)
    if not isinstance(value, dict):
        return value, 0
    parts = {name: _drop_halves(inner) for name, inner in value.items()}
    return {name: inner for name, (inner, _) in parts.items()}, sum(n for _, n in parts.values())


CYTOSCAPE = Exporter(
    "cytoscape", ".cyjs", draw=write_cytoscape, described="a graph for Cytoscape, as JSON"
)
GRAPHOLOGY = Exporter(
    "graphology",
    ".graphology.json",
    draw=write_graphology,
    described="a graph for sigma and graphology, as JSON",
)
