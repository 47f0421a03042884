"""Graphs of any size, as views: written, written by others, and laid out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from argmap.exports.palette import KINDS, NEUTRAL, SCHOOLS
from argmap.exports.view_edges import EDGE_COLUMNS
from argmap.exports.view_nodes import NODE_COLUMNS
from argmap.exports.view_records import Edge, Node, View

Run = Callable[[], object]
_SHOWN = frozenset(
    (
        "node",
        "statement",
        "kind",
        "text",
        "page",
        "topic",
        "importance",
        "status",
        "depth",
        "pro",
        "con",
        "school",
        "year",
        "url",
        "relation",
        "basis",
        "evidential",
        "drawn_by",
    )
)
_KINDS = ("supports", "supports", "supports", "contests", "qualifies", "explains")


def make_view(size: int) -> View:
    """Return a view of so many invented claims and as many relations, on a grid."""
    colours = (*SCHOOLS, NEUTRAL)
    nodes = [
        Node(
            id=f"text{number // 130}/claim-{number}",
            label=f"claim {number} of many",
            kind="claim",
            values=(
                "claim",
                f"What claim {number} says at some length, so that it reads like a sentence.",
                "causal",
                f"text{number // 130}",
                str(200 + number % 40),
                f"topic{number % 12}",
                "supporting",
                "disputed" if number % 9 == 0 else "asserted",
                int(number % 9 == 0),
                1 + number % 3,
                int(number % 9 == 0),
                None if number % 4 else f"School {number % 8}",
                1960 + number % 60,
                f"https://example.org/text{number // 130}#:~:text=claim%20{number},end",
            ),
            colour=colours[number % len(colours)],
            size=5.0,
            x=number % 1000 * 12.5,
            y=number // 1000 * 12.5,
            year=1960 + number % 60,
        )
        for number in range(size)
    ]
    edges = []
    for number in range(size):
        kind = _KINDS[number % len(_KINDS)]
        values = (
            f"relation {number}",
            f"text{number // 130}",
            str(200 + number % 40),
            "explicit",
            False,
            f"@work{number % 1000}",
            1990,
        )
        edges.append(
            Edge(
                id=f"relation {number}",
                source=nodes[number].id,
                target=nodes[(number * 7 + 1) % size].id,
                kind=kind,
                sign=1,
                values=values,
                colour=KINDS[kind],
                year=1990,
            )
        )
    shown = ("relation", "text", "page", "basis", "evidential", "drawn_by", "year")
    named = {column.name: column for column in EDGE_COLUMNS}
    return View(
        name="claims",
        title="An invented review",
        node_columns=tuple(column for column in NODE_COLUMNS if column.name in _SHOWN),
        edge_columns=tuple(named[name] for name in shown),
        nodes=nodes,
        edges=edges,
    )


def write_view(size: int, folder: Path) -> None:
    """Keep a view of so many claims for the stages."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "view.msgpack").write_bytes(msgspec.msgpack.encode(make_view(size)))


def read_view(folder: Path) -> View:
    """Return the view that was kept."""
    return msgspec.msgpack.decode((folder / "view.msgpack").read_bytes(), type=View)


def write_gexf(folder: Path) -> Run:
    """Write the view as GEXF, as argmap does."""
    from argmap.exports.gexf import write_gexf as write

    view = read_view(folder)

    def run() -> object:
        with (folder / "written.gexf").open("wb") as file:
            return write(view, file)

    return run


def write_strings(folder: Path) -> Run:
    """Write the same bytes put together from the same values as plain strings, none escaped."""
    view = read_view(folder)
    node_line = (
        '<node id="%s" label="%s" start="%s.0"><viz:color r="%s" g="%s" b="%s"/>'
        '<viz:position x="%s" y="%s"/><viz:size value="%s"/><attvalues>'
        + "".join(f'<attvalue for="{c.name}" value="%s"/>' for c in view.node_columns)
        + "</attvalues></node>\n"
    )
    edge_line = (
        '<edge id="%s" source="%s" target="%s" kind="%s" weight="%s" start="%s.0">'
        '<viz:color r="%s" g="%s" b="%s"/><attvalues><attvalue for="sign" value="%s"/>'
        + "".join(f'<attvalue for="{c.name}" value="%s"/>' for c in view.edge_columns)
        + "</attvalues></edge>\n"
    )

    def run() -> None:
        with (folder / "strings.gexf").open("w", encoding="utf-8") as file:
            for n in view.nodes:
                own = (n.id, n.label, n.year, 128, 128, 128, n.x, n.y, n.size)
                file.write(node_line % (own + n.values))
            for e in view.edges:
                ends = (e.id, e.source, e.target, e.kind, e.weight, e.year, 128, 128, 128, e.sign)
                file.write(edge_line % (ends + e.values))

    return run


def write_lines(folder: Path) -> Run:
    """Write the very lines of the file again, which are there already as strings."""
    write_gexf(folder)()
    lines = (folder / "written.gexf").read_text(encoding="utf-8").splitlines(keepends=True)

    def run() -> None:
        with (folder / "strings.gexf").open("w", encoding="utf-8") as file:
            file.writelines(lines)

    return run


def write_by_networkx(folder: Path) -> Run:
    """Write the same graph by networkx, with what of it networkx can write."""
    import networkx

    view = read_view(folder)
    graph: networkx.MultiDiGraph[Any] = networkx.MultiDiGraph()
    for node in view.nodes:
        values = zip(view.node_columns, node.values, strict=True)
        graph.add_node(node.id, label=node.label, **{c.name: v for c, v in values if v is not None})
    for edge in view.edges:
        values = zip(view.edge_columns, edge.values, strict=True)
        known = {c.name: v for c, v in values if v is not None}
        graph.add_edge(edge.source, edge.target, key=edge.id, sign=edge.sign, **known)
    return lambda: networkx.write_gexf(graph, folder / "networkx.gexf")


def lay_out(folder: Path) -> Run:
    """Lay the view out anew, as argmap does."""
    from argmap.exports.layout import lay_out as run

    view = read_view(folder)
    number = {node.id: place for place, node in enumerate(view.nodes)}
    sources = [number[edge.source] for edge in view.edges]
    targets = [number[edge.target] for edge in view.edges]
    return lambda: run(len(number), sources, targets, radii=[node.size for node in view.nodes])


def find_neighbours(folder: Path) -> Run:
    """Find the nodes near each node eighty times, which moving them by steps cannot do without."""
    import numpy as np
    from scipy.spatial import cKDTree

    view = read_view(folder)
    position = np.array([(node.x, node.y) for node in view.nodes])

    def run() -> None:
        for _ in range(80):
            cKDTree(position).query_pairs(14.0, output_type="ndarray")

    return run
