"""From the rows of a file to the records of a literature."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, repeat
from typing import Any

import msgspec

from argmap.diagnostics import Diagnostic
from argmap.exports.losses import count
from argmap.exports.rows import (
    ROW_TYPES,
    CitationRow,
    ClaimRow,
    HolderRow,
    PositionRow,
    RelationRow,
    TextRow,
    WorkRow,
)
from argmap.exports.tables import DERIVED_TABLES, name_topic, parse_name
from argmap.literature import add_work_holders
from argmap.model import (
    Anchor,
    Citation,
    Claim,
    Holder,
    HolderKind,
    Literature,
    PageMarks,
    Place,
    Position,
    Relation,
    Review,
    Text,
    Topic,
    Work,
)
from argmap.order import sort_records

Places = Iterable[Place | None]


class Gathered(msgspec.Struct, kw_only=True):
    """The rows of one file by table.

    ``lines`` has for each row of a table the line on which it stands; a table whose lines are
    unknown is absent from it.  ``path`` is the file as findings show it, ``name`` as records do.
    """

    path: str
    name: str
    rows: dict[str, list[Any]] = msgspec.field(default_factory=lambda: {k: [] for k in ROW_TYPES})
    lines: dict[str, Sequence[int]] = {}


def build_literature(gathered: Gathered) -> tuple[Literature, list[Diagnostic]]:
    """Make the records of the rows, sorted; what stands twice is reported and left out.

    A record knows its place where its line is known; a claim that says in which file and on which
    line it was written first keeps that.  The topics of claims become those of the review; every
    work that takes a position is a holder.  Linear but for the sorting.
    """
    findings: list[Diagnostic] = []

    def take(kind: str) -> tuple[list[Any], Places]:
        rows = gathered.rows[kind]
        places = list_places(gathered, kind)
        name = _IDENTIFIERS.get(kind)
        if name is None:
            return rows, places
        return _drop_repeated(gathered, kind, [name(row) for row in rows], places, findings)

    claims = tuple(build_claims(*take("claims")))
    topics = sorted({claim.topic for claim in claims if claim.topic is not None})
    literature = Literature(
        review=Review(topics=tuple(Topic(id=topic, label=name_topic(topic)) for topic in topics)),
        works=tuple(build_works(*take("works"))),
        texts=tuple(build_texts(*take("texts"))),
        claims=claims,
        positions=tuple(build_positions(*take("positions"))),
        relations=tuple(build_relations(*take("relations"))),
        citations=tuple(build_citations(*take("citations"))),
    )
    holders = {holder.id: holder for holder in build_holders(*take("holders"))}
    for holder in add_work_holders(literature, holders.values()):
        holders.setdefault(holder.id, holder)
    literature = msgspec.structs.replace(literature, holders=tuple(holders.values()))
    findings += _check_holders(gathered)
    return sort_records(literature), findings + _note_derived(gathered)


def list_places(gathered: Gathered, kind: str) -> Places:
    """Return the place of each row of a table; None without end where lines are unknown."""
    lines = gathered.lines.get(kind)
    if lines is None:
        return repeat(None)
    name = gathered.name
    return [Place(path=name, line=line) for line in lines]


def name_relation(row: RelationRow) -> str:
    """Return the id of a relation: its own, else ``source.type.target``."""
    return row.id or f"{row.source}.{row.type}.{row.target}"


def kind_of_holder(identifier: str) -> HolderKind | None:
    """Return the kind that a holder's id shows, None where it shows none."""
    if identifier.startswith("@"):
        return "work" if len(identifier) > 1 else None
    kind, colon, slug = identifier.partition(":")
    if colon and slug and kind in ("actor", "group"):
        return kind  # type: ignore[return-value]
    return None


_IDENTIFIERS: dict[str, Any] = {
    "works": lambda row: row.key,
    "holders": lambda row: row.id,
    "texts": lambda row: row.key,
    "claims": lambda row: row.id,
    "relations": name_relation,
}


def _drop_repeated(
    gathered: Gathered,
    kind: str,
    names: Sequence[str],
    places: Places,
    findings: list[Diagnostic],
) -> tuple[list[Any], Places]:
    """Return the rows of a table without those whose id another row had before."""
    rows = gathered.rows[kind]
    if len(set(names)) == len(names):
        return rows, places
    first: dict[str, int] = {}
    lines = gathered.lines.get(kind)
    fresh = []
    for number, name in enumerate(names):
        fresh.append(name not in first)
        if name in first:
            before = first[name]
            where = f"line {lines[before]}" if lines else f"row {before + 1} of {kind}"
            row = "" if lines else f"row {number + 1} of {kind}: "
            findings.append(
                Diagnostic(
                    path=gathered.path,
                    line=lines[number] if lines else 0,
                    message=f"{row}{name!r} stands here again (first in {where})",
                    code="record-duplicate",
                    remedy="Remove one of the two, or give it an id of its own.",
                )
            )
        else:
            first[name] = number
    return list(compress(rows, fresh)), list(compress(places, fresh))


def _check_holders(gathered: Gathered) -> list[Diagnostic]:
    """Report holders whose id shows no kind, or another than they say."""
    findings = []
    lines = gathered.lines.get("holders")
    for number, row in enumerate(gathered.rows["holders"]):
        kind = kind_of_holder(row.id)
        if kind is not None and row.kind in (None, kind):
            continue
        where = "" if lines else f"row {number + 1} of holders: "
        findings.append(
            Diagnostic(
                path=gathered.path,
                line=lines[number] if lines else 0,
                message=f"{where}{row.id!r} is not the id of {_say_kind(row.kind)}",
                code="record-value-unknown",
                remedy="The id of a work is @key, of an actor actor:x, of a group group:x.",
            )
        )
    return findings


def _say_kind(kind: HolderKind | None) -> str:
    return {"work": "a work", "actor": "an actor", "group": "a group", None: "a holder"}[kind]


def _note_derived(gathered: Gathered) -> list[Diagnostic]:
    """Say once that what analysis finds is not read."""
    claims = sum(
        bool(row.status or row.pro or row.con or row.mixed) for row in gathered.rows["claims"]
    )
    found = [f"the status and sides of {count(claims, 'claim')}"] if claims else []
    sizes = ((kind, len(gathered.rows[kind])) for kind in DERIVED_TABLES)
    found += [count(number, kind.removesuffix("s")) for kind, number in sizes if number]
    if not found:
        return []
    return [
        Diagnostic(
            path=gathered.path,
            severity="note",
            message=f"not read, for they are computed anew: {', '.join(found)}",
            code="record-derived",
            remedy="Nothing is to be done.",
        )
    ]


# ---- one table after the other ------------------------------------------------------------------


def build_works(rows: Sequence[WorkRow], places: Places) -> Iterator[Work]:
    """Make works of rows."""
    for row, place in zip(rows, places, strict=False):
        yield Work(
            key=row.key,
            type=row.type or "misc",
            authors=tuple(map(parse_name, row.authors or ())),
            year=row.year,
            title=row.title or "",
            doi=row.doi or "",
            url=row.url or "",
            place=place,
        )


def build_holders(rows: Sequence[HolderRow], places: Places) -> Iterator[Holder]:
    """Make holders of rows; the kind is what the id shows."""
    for row, place in zip(rows, places, strict=False):
        kind = row.kind or kind_of_holder(row.id) or "actor"
        name, works = row.name, row.works
        if name is None:
            name = row.id.removeprefix("@").rpartition(":")[2].replace("-", " ")
        if works is None and kind == "work":
            works = (row.id.removeprefix("@"),)
        yield Holder(
            id=row.id,
            kind=kind,
            name=name,
            works=_as_set(works),
            members=_as_set(row.members),
            place=place,
        )


def _as_set(names: tuple[str, ...] | None) -> tuple[str, ...]:
    """Return names whose order says nothing in the order of records."""
    if not names:
        return ()
    return names if len(names) == 1 else tuple(sorted(set(names)))


def build_texts(rows: Sequence[TextRow], places: Places) -> Iterator[Text]:
    """Make texts of rows."""
    for row, place in zip(rows, places, strict=False):
        yield Text(
            key=row.key,
            source=row.source or "",
            survey=bool(row.survey),
            pages=PageMarks(first=row.first_page or ""),
            sha256=row.sha256,
            length=row.length,
            place=place,
        )


def build_claims(rows: Sequence[ClaimRow], places: Places) -> Iterator[Claim]:
    """Make claims of rows; the anchor has page, section and span, as far as they are known."""
    for row, place in zip(rows, places, strict=False):
        anchor = None
        start, end = row.span_start, row.span_end
        if row.page or row.section or row.page_inferred or start is not None or end is not None:
            anchor = Anchor(
                text=row.text,
                page=row.page or "",
                page_inferred=bool(row.page_inferred),
                section=row.section,
                start=start,
                end=end,
            )
        yield Claim(
            id=row.id,
            text=row.text,
            statement=row.statement,
            kind=row.kind or "descriptive",
            topic=row.topic or None,
            weight=row.weight or "supporting",
            anchor=anchor,
            place=Place(path=row.file, line=row.line or 0) if row.file else place,
        )


def build_positions(rows: Sequence[PositionRow], places: Places) -> Iterator[Position]:
    """Make positions of rows."""
    for row, place in zip(rows, places, strict=False):
        yield Position(
            claim=row.claim,
            holder=row.holder,
            stance=row.stance,
            reported_by=row.reported_by,
            page=row.page or "",
            own_locator=row.own_locator or "",
            attribution=row.attribution or "explicit",
            certainty=row.certainty or "certain",
            place=place,
        )


def build_relations(rows: Sequence[RelationRow], places: Places) -> Iterator[Relation]:
    """Make relations of rows."""
    for row, place in zip(rows, places, strict=False):
        yield Relation(
            id=row.id or name_relation(row),
            type=row.type,
            source=row.source,
            target=row.target,
            target_kind=row.target_kind or "claim",
            drawn_by=_as_set(row.drawn_by),
            basis=row.basis or "explicit",
            evidential=bool(row.evidential),
            page=row.page or "",
            because=row.because or "",
            place=place,
        )


def build_citations(rows: Sequence[CitationRow], places: Places) -> Iterator[Citation]:
    """Make citations of rows."""
    for row, place in zip(rows, places, strict=False):
        start, end = row.span_start, row.span_end
        anchor = None
        if start is not None or end is not None:
            anchor = Anchor(text=row.text, start=start, end=end)
        yield Citation(
            claim=row.claim or "",
            relation=row.relation or "",
            work=row.work,
            locator=row.locator or "",
            role=row.role or "carries",
            text=row.text,
            anchor=anchor,
            place=place,
        )
