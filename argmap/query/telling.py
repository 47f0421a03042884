"""Records told in a line, for lists of them, and the columns that a notebook shows of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from argmap.diagnostics import escape_unprintable
from argmap.model import (
    Citation,
    Claim,
    Dispute,
    Holder,
    Position,
    Relation,
    School,
    Text,
    Work,
)
from argmap.naming import show_page

_LENGTH = 100
_COLUMNS: dict[type, tuple[str, ...]] = {
    Work: ("key", "authors", "year", "title"),
    Holder: ("id", "name", "works", "members"),
    Text: ("key", "source", "survey"),
    Claim: ("id", "statement", "page", "kind", "topic", "status"),
    Position: ("holder", "stance", "claim", "reported_by", "page"),
    Relation: ("source", "type", "target", "drawn_by", "basis", "page"),
    Citation: ("text", "work", "locator", "role", "claim", "relation"),
    Dispute: ("focal", "topic", "depth", "pro", "con", "flags"),
    School: ("id", "name", "members", "stability"),
}


def choose_columns(record_type: type, columns: Sequence[str]) -> Sequence[str]:
    """Return the columns that a notebook shows of records of a type."""
    shown: Sequence[str] = getattr(record_type, "shown", ())
    return shown or _COLUMNS.get(record_type, columns)


def tell_record(record: Any) -> str:
    """Return a record in one line of at most a hundred characters."""
    text = escape_unprintable(_tell(record).replace("\n", " "))
    return text if len(text) <= _LENGTH else text[: _LENGTH - 1] + "…"


def _tell(record: Any) -> str:
    if isinstance(record, Claim):
        page = f" ({show_page(record.anchor.page)})" if record.anchor else ""
        return f"{record.id}{page}: {record.statement}"
    if isinstance(record, Work):
        return f"{record.key}: {record.title}"
    if isinstance(record, Text):
        return f"{record.key}{' (survey)' if record.survey else ''}"
    if isinstance(record, Holder):
        return f"{record.id}: {record.name}"
    if isinstance(record, Position):
        where = f"{record.reported_by}, {show_page(record.page)}"
        return f"{record.holder} {record.stance} {record.claim} ({where})"
    if isinstance(record, Relation):
        page = f" ({show_page(record.page)})" if record.page else ""
        return f"{record.source} {record.type} {record.target}{page}"
    if isinstance(record, Citation):
        locator = f", {record.locator.lstrip(': ')}" if record.locator else ""
        served = record.claim or record.relation
        return f"{record.text} cites {record.work}{locator} ({record.role}) for {served}"
    if isinstance(record, Dispute):
        return f"{record.focal}: {record.pro_voices} for, {record.con_voices} against"
    if isinstance(record, School):
        return f"{record.id}: {', '.join(record.members)}"
    return str(record)
