"""Literatures that graph formats find hard, and what a file of theirs holds."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from typing import Any

from argmap.exports.view_records import View
from argmap.model import (
    Anchor,
    Citation,
    Claim,
    Holder,
    Literature,
    Position,
    Relation,
    Review,
    Text,
    Work,
)
from argmap.order import sort_records

GEXF = "{http://gexf.net/1.3}"
VIZ = "{http://gexf.net/1.3/viz}"

STATEMENTS = {
    "marks": "Less < more & \"more\" > 'less' ]]> <!-- -->",
    "controls": "A bell \x07, a null \x00, an escape \x1b[31m, a feed \x0c and \x7f\x85.",
    "emoji": "Ferries \U0001f6a2 outlast bridges \U0001f309, say 👩‍👩‍👧.",
    "right-to-left": "الجسور أرخص من العبّارات, and עברית too \u202eevil\u202c.",
    "endless": "A claim that goes on and on. " * 345,
    "lines": "One line\nand another\tand a tab\r\n.",
    "slashes": 'C:\\new\\table \\" \\\\" \\',
    "odd": "Not a character: \ufffe, half of one: \ud83d.",
    "math": "It costs $5 and not $x^2$ {a} %s %(b)s \\alpha",
    "formula": "=1+1, as @SUM(A1) has it",
}


def hostile() -> Literature:
    """Return a review whose statements, names and numbers are as unkind as they can be."""
    claims = tuple(
        Claim(
            id=f"ferry/{slug}",
            text="ferry",
            statement=statement,
            topic="speed" if number % 2 else None,
            anchor=Anchor(text="ferry", page=str(number), head="a, b-c & d", tail='"x" <y>'),
        )
        for number, (slug, statement) in enumerate(STATEMENTS.items())
    )
    ids = [claim.id for claim in claims]
    relations = (
        Relation(id="r1", type="supports", source=ids[0], target=ids[1]),
        Relation(id="r2", type="contests", source=ids[0], target=ids[1], because='"So" & <b>'),
        Relation(id="r3", type="contests", source=ids[1], target=ids[0]),
        Relation(id="r4", type="undercuts", source=ids[2], target="r1", target_kind="relation"),
        Relation(id="r5", type="undercuts", source=ids[2], target="r2", target_kind="relation"),
        Relation(id="r6", type="supports", source=ids[3], target="r4", target_kind="relation"),
        Relation(id="r7", type="qualifies", source=ids[4], target=ids[4]),
        Relation(id="r8", type="explains", source=ids[5], target=ids[6], basis="analyst"),
    )
    positions = [
        Position(claim=ids[0], holder="@ferry", stance="asserts", reported_by="ferry", page="1"),
        Position(claim=ids[0], holder="@ferry", stance="asserts", reported_by="other", page="2"),
        Position(claim=ids[0], holder="actor:x", stance="disputes", reported_by="ferry"),
        Position(claim=ids[1], holder="group:all", stance="asserts", reported_by="ferry"),
    ]
    positions += [
        Position(claim=name, holder="@ferry", stance="reports", reported_by="ferry")
        for name in ids[2:]
    ]
    return sort_records(
        Literature(
            review=Review(title="Ferries & <bridges>", description='"Why?" \x07'),
            works=(
                Work(key="ferry", type="book", title="Undated", url="https://example.org/a?b=1&c"),
                Work(key="old", type="book", title="Old \x01", year=-44),
            ),
            texts=(Text(key="ferry"),),
            holders=(
                Holder(id="@ferry", kind="work", name="ferry", works=("ferry",)),
                Holder(id="actor:x", kind="actor", name="X <&\"'> \x07"),
                Holder(id="group:all", kind="group", name="Everybody " * 20, members=("actor:x",)),
            ),
            claims=claims,
            relations=relations,
            positions=tuple(positions),
            citations=(
                Citation(claim=ids[0], work="old", text="ferry", locator="p. 1"),
                Citation(relation="r1", work="missing", text="ferry"),
            ),
        )
    )


def read_gexf(data: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the nodes and edges of a GEXF file by id, each with its attributes and columns."""
    root = ElementTree.fromstring(data)
    graph = root.find(f"{GEXF}graph")
    assert graph is not None
    types = {
        (columns.get("class"), column.get("id")): column.get("type")
        for columns in graph.findall(f"{GEXF}attributes")
        for column in columns
    }
    found: list[dict[str, Any]] = []
    for kind in ("node", "edge"):
        rows = {}
        for element in graph.iter(f"{GEXF}{kind}"):
            row = dict(element.attrib)
            for value in element.iter(f"{GEXF}attvalue"):
                row[f"={value.get('for')}"] = _read(
                    value.get("value", ""), types[kind, value.get("for")]
                )
            for part in element:
                if part.tag.startswith(VIZ):
                    row[part.tag.removeprefix(VIZ)] = dict(part.attrib)
            assert row["id"] not in rows
            rows[row["id"]] = row
        found.append(rows)
    return found[0], found[1]


def list_values(view: View, kind: str) -> dict[str, dict[str, Any]]:
    """Return what is known of each node or edge of a view, by id and by column."""
    rows, columns = (
        (view.nodes, view.node_columns) if kind == "node" else (view.edges, view.edge_columns)
    )
    return {
        row.id: {
            column.name: value
            for column, value in zip(columns, row.values, strict=True)
            if value is not None
        }
        for row in rows
    }


def _read(text: str, kind: str | None) -> Any:
    if kind == "boolean":
        return {"true": True, "false": False}[text]
    return {"integer": int, "double": float}.get(kind or "", str)(text)
