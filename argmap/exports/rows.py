"""The rows of the tables as they are read: what each column may hold, checked while decoding.

The structs repeat :data:`argmap.exports.tables.COLUMNS` with types; fields that have a default may
be absent, or null.  Their order is that of columns without a default first.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, get_type_hints

import msgspec

from argmap.model import (
    Attribution,
    Basis,
    Certainty,
    HolderKind,
    Kind,
    RelationType,
    Role,
    Stance,
    TargetKind,
    Weight,
)

Name = Annotated[str, msgspec.Meta(min_length=1)]
Names = tuple[Name, ...] | None
# 64 bits are what a column of numbers holds in every other program.
Number = Annotated[int, msgspec.Meta(ge=-(2**63), le=2**63 - 1)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]


class WorkRow(msgspec.Struct, forbid_unknown_fields=True, tag_field="record", tag="works"):
    """A row of ``works``."""

    key: Name
    type: Name | None = None
    authors: Names = None
    year: Number | None = None
    title: str | None = None
    doi: str | None = None
    url: str | None = None


class HolderRow(msgspec.Struct, forbid_unknown_fields=True, tag_field="record", tag="holders"):
    """A row of ``holders``."""

    id: Name
    kind: HolderKind | None = None
    name: str | None = None
    works: Names = None
    members: Names = None


class TextRow(msgspec.Struct, forbid_unknown_fields=True, tag_field="record", tag="texts"):
    """A row of ``texts``."""

    key: Name
    source: str | None = None
    survey: bool | None = None
    first_page: str | None = None
    sha256: str | None = None
    length: Count | None = None


class ClaimRow(msgspec.Struct, forbid_unknown_fields=True, tag_field="record", tag="claims"):
    """A row of ``claims``; what analysis found is taken as it comes, for it is not used."""

    id: Name
    text: Name
    statement: str
    kind: Kind | None = None
    topic: Name | None = None
    weight: Weight | None = None
    page: str | None = None
    page_inferred: bool | None = None
    section: str | None = None
    span_start: Count | None = None
    span_end: Count | None = None
    file: str | None = None
    line: Count | None = None
    status: Any = None
    pro: Any = None
    con: Any = None
    mixed: Any = None


class PositionRow(msgspec.Struct, forbid_unknown_fields=True, tag_field="record", tag="positions"):
    """A row of ``positions``."""

    claim: Name
    holder: Name
    stance: Stance
    reported_by: Name
    page: str | None = None
    own_locator: str | None = None
    attribution: Attribution | None = None
    certainty: Certainty | None = None


class RelationRow(msgspec.Struct, forbid_unknown_fields=True, tag_field="record", tag="relations"):
    """A row of ``relations``; without an id it gets ``source.type.target``."""

    type: RelationType
    source: Name
    target: Name
    id: Name | None = None
    target_kind: TargetKind | None = None
    drawn_by: Names = None
    basis: Basis | None = None
    evidential: bool | None = None
    page: str | None = None
    because: str | None = None


class CitationRow(msgspec.Struct, forbid_unknown_fields=True, tag_field="record", tag="citations"):
    """A row of ``citations``; it serves a claim or a relation."""

    work: Name
    text: Name
    claim: str | None = None
    relation: str | None = None
    locator: str | None = None
    role: Role | None = None
    span_start: Count | None = None
    span_end: Count | None = None


class DisputeRow(msgspec.Struct, tag_field="record", tag="disputes"):
    """A row of ``disputes``, of which nothing is read: analysis finds it anew."""


class SchoolRow(msgspec.Struct, tag_field="record", tag="schools"):
    """A row of ``schools``, of which nothing is read: analysis finds it anew."""


AnyRow = (
    WorkRow
    | HolderRow
    | TextRow
    | ClaimRow
    | PositionRow
    | RelationRow
    | CitationRow
    | DisputeRow
    | SchoolRow
)

ROW_TYPES: Mapping[str, type[Any]] = {
    "works": WorkRow,
    "holders": HolderRow,
    "texts": TextRow,
    "claims": ClaimRow,
    "positions": PositionRow,
    "relations": RelationRow,
    "citations": CitationRow,
    "disputes": DisputeRow,
    "schools": SchoolRow,
}
"""The type of the rows of each table, in the order of the tables."""


@cache
def list_field_types(kind: str) -> dict[str, Any]:
    """Return the fields of a table's rows with their types."""
    return get_type_hints(ROW_TYPES[kind], include_extras=True)


@cache
def list_required(kind: str) -> tuple[str, ...]:
    """Return the fields without which a row of the table is refused."""
    fields = msgspec.structs.fields(ROW_TYPES[kind])
    return tuple(field.name for field in fields if field.required)
