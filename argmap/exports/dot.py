"""DOT, for Graphviz, with every column as an attribute: written row by row.

``neato -n2`` draws it as it is laid out here; ``dot`` and ``sfdp`` lay it out anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import BinaryIO

from argmap.diagnostics import Diagnostic
from argmap.exports.losses import tell_losses
from argmap.exports.markup import MARK, UNPAIRED, UNWRITABLE, cut, pair_backslashes
from argmap.exports.registry import Exporter
from argmap.exports.view_records import Edge, Node, Value, View

_DASHED = ("contests", "undercuts", "against", "disagrees", "disputes")
_CONTROL = dict.fromkeys((*range(9), *range(11, 32), 127))
# Names that mean something else to Graphviz: the size of a sheet of paper, and a keyword.
_RENAMED = {"page": "printed_page", "node": '"node"'}


def write_dot(view: View, file: BinaryIO) -> list[Diagnostic]:
    """Write a view as DOT in UTF-8, and return what it does not carry as notes.

    Linear; the memory taken does not grow with the number of nodes and edges.
    """
    node_names = [_RENAMED.get(column.name, column.name) for column in view.node_columns]
    edge_names = [_RENAMED.get(column.name, column.name) for column in view.edge_columns]
    join = "->" if view.directed else "--"
    lost: Counter[str] = Counter()
    about = {
        "comment": ". ".join(part.rstrip(".") for part in (view.title, view.description) if part),
        "creators": "; ".join(view.creators),
        "date": view.date,
    }
    head = [
        f"{'digraph' if view.directed else 'graph'} {_quote(f'argmap {view.name}', lost)} {{",
        f"graph {_list_attributes(about.items(), lost)};",
        'node [shape=circle, style=filled, fixedsize=shape, penwidth=0, fontname="sans-serif"];',
    ]
    file.write(("\n".join(head) + "\n").encode())
    for nodes in cut(view.nodes):
        lines = [_write_node(node, node_names, lost) for node in nodes]
        file.write("".join(lines).encode())
    for edges in cut(view.edges):
        lines = [_write_edge(edge, join, edge_names, lost) for edge in edges]
        file.write("".join(lines).encode())
    file.write(b"}\n")
    dated = sum(node.year is not None for node in view.nodes)
    return tell_losses(
        "dot",
        [
            (lost[UNWRITABLE], "{}", UNWRITABLE),
            (lost[MARK], UNPAIRED, MARK),
            (dated, "the timeline; the years of {} stand in an attribute", "node"),
        ],
    )


def _write_node(node: Node, names: list[str], lost: Counter[str]) -> str:
    # Positions are in points, widths in inches.
    own: list[tuple[str, Value]] = [
        ("label", node.label.replace("\\", "\\\\")),
        ("pos", f"{node.x},{node.y}"),
        ("width", round(node.size / 36, 4)),
        ("fillcolor", node.colour),
    ]
    values = zip(names, node.values, strict=True)
    return f"{_quote(node.id, lost)} {_list_attributes([*own, *values], lost)};\n"


def _write_edge(edge: Edge, join: str, names: list[str], lost: Counter[str]) -> str:
    own: list[tuple[str, Value]] = [
        ("key", edge.id),
        ("kind", edge.kind),
        ("sign", edge.sign),
        ("weight", edge.weight),
        ("color", edge.colour),
        ("style", "dashed" if edge.kind in _DASHED else "solid"),
    ]
    values = zip(names, edge.values, strict=True)
    ends = f"{_quote(edge.source, lost)} {join} {_quote(edge.target, lost)}"
    return f"{ends} {_list_attributes([*own, *values], lost)};\n"


def _list_attributes(attributes: Iterable[tuple[str, Value]], lost: Counter[str]) -> str:
    shown = [
        f"{name}={_quote(str(value), lost)}"
        for name, value in attributes
        if value is not None and value != ""
    ]
    return f"[{', '.join(shown)}]"


def _quote(text: str, lost: Counter[str]) -> str:
    """Return a text as a quoted id, in which only quotation marks are escaped.

    Graphviz reads backslashes in pairs, so an odd number of them before a mark becomes even.
    """
    clean = text.translate(_CONTROL).encode("utf-8", "ignore").decode()
    lost[UNWRITABLE] += len(text) - len(clean)
    clean, added = pair_backslashes(clean)
    lost[MARK] += added
    return '"' + clean.replace('"', '\\"') + '"'


DOT = Exporter("dot", ".dot", draw=write_dot, described="a graph for Graphviz")
