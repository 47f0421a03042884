"""A graph as two tables of comma-separated values: nodes and edges.

The headings are those by which Gephi's spreadsheet import knows them (``Id``, ``Label``,
``Source``, ``Target``, ``Type``, ``Kind``, ``Weight``); Neo4j's ``LOAD CSV`` and visone take any.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import chain
from typing import BinaryIO

from argmap.diagnostics import Diagnostic
from argmap.exports.losses import tell_losses
from argmap.exports.markup import MARK, UNPAIRED, UNWRITABLE, cut, pair_backslashes
from argmap.exports.registry import Exporter
from argmap.exports.view_records import Value, View

_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def write_nodes(view: View, file: BinaryIO) -> list[Diagnostic]:
    """Write the nodes of a view, a row each after a row of headings; linear, constant memory."""
    names = [column.name for column in view.node_columns]
    lost = _write_rows(file, ["Id", "Label", *names, "Color", "Size", "X", "Y"], _list_nodes(view))
    return _tell(view, lost)


def write_edges(view: View, file: BinaryIO) -> list[Diagnostic]:
    """Write the edges of a view, a row each after a row of headings; linear, constant memory."""
    names = [column.name for column in view.edge_columns]
    headings = ["Id", "Source", "Target", "Type", "Kind", "Weight", "Sign", *names, "Color"]
    return _tell(None, _write_rows(file, headings, _list_edges(view)))


def write_tables(view: View, file: BinaryIO) -> list[Diagnostic]:
    """Write both tables, the nodes first, with an empty line between them."""
    findings = write_nodes(view, file)
    file.write(b"\n")
    return [*findings, *write_edges(view, file)]


def _list_nodes(view: View) -> Iterator[Sequence[Value]]:
    for node in view.nodes:
        yield (node.id, node.label, *node.values, node.colour, node.size, node.x, node.y)


def _list_edges(view: View) -> Iterator[Sequence[Value]]:
    sort = "Directed" if view.directed else "Undirected"
    for edge in view.edges:
        own = (edge.id, edge.source, edge.target, sort, edge.kind, edge.weight, edge.sign)
        yield (*own, *edge.values, edge.colour)


def _write_rows(
    file: BinaryIO, headings: list[str], rows: Iterator[Sequence[Value]]
) -> Counter[str]:
    """Write rows and count what is not written as it is."""
    lost: Counter[str] = Counter()
    for chunk in cut(chain([headings], rows)):
        buffer = StringIO()
        table = [[_show(value, lost) for value in row] for row in chunk]
        csv.writer(buffer, lineterminator="\n").writerows(table)
        file.write(buffer.getvalue().encode())
    return lost


def _show(value: Value, lost: Counter[str]) -> Value:
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return value
    if _UNWANTED.search(value):
        clean = _UNWANTED.sub("", value)
        lost[UNWRITABLE] += len(value) - len(clean)
        value = clean
    # Gephi and Neo4j take a backslash for an escape, and would lose the row.
    value, added = pair_backslashes(value)
    lost[MARK] += added
    return value


def _tell(view: View | None, lost: Counter[str]) -> list[Diagnostic]:
    about = 0 if view is None else bool(view.title or view.description or view.date)
    return tell_losses(
        "csv",
        [
            (lost[UNWRITABLE], "{}", UNWRITABLE),
            (lost[MARK], UNPAIRED, MARK),
            (int(about), "title, description, creators and date of the review", ""),
        ],
    )


CSV = Exporter(
    "csv",
    ".csv",
    draw=write_tables,
    parts=(("nodes", write_nodes), ("edges", write_edges)),
    described="a graph as two tables, for Gephi's spreadsheet import, Neo4j, visone",
)
