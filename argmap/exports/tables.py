"""The flat tables of a literature: what every tabular export writes, and what it leaves out.

The tables, their columns and the order of both are a contract (``argmap/schemas/export.json``
describes them).  A value that is absent is None, with one exception: ``page`` is always a string
and empty where no page is known.  Numbers that are no integers are rounded to four digits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from argmap.diagnostics import Diagnostic, join_words
from argmap.exports.losses import Loss, tell_losses
from argmap.model import (
    Anchor,
    Citation,
    Claim,
    Derived,
    Dispute,
    Holder,
    Literature,
    PageMarks,
    Person,
    Position,
    Relation,
    Review,
    School,
    Standing,
    Text,
    Work,
)

Row = dict[str, Any]

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "works": ("key", "type", "authors", "year", "title", "doi", "url"),
    "holders": ("id", "kind", "name", "works", "members"),
    "texts": ("key", "source", "survey", "first_page", "sha256", "length"),
    "claims": (
        "id",
        "text",
        "statement",
        "kind",
        "topic",
        "weight",
        "page",
        "page_inferred",
        "section",
        "span_start",
        "span_end",
        "file",
        "line",
        "status",
        "pro",
        "con",
        "mixed",
    ),
    "positions": (
        "claim",
        "holder",
        "stance",
        "reported_by",
        "page",
        "own_locator",
        "attribution",
        "certainty",
    ),
    "relations": (
        "id",
        "type",
        "source",
        "target",
        "target_kind",
        "drawn_by",
        "basis",
        "evidential",
        "page",
        "because",
    ),
    "citations": (
        "claim",
        "relation",
        "work",
        "locator",
        "role",
        "text",
        "span_start",
        "span_end",
    ),
    "disputes": (
        "focal",
        "claims",
        "topic",
        "depth",
        "pro",
        "con",
        "mixed",
        "pro_voices",
        "con_voices",
        "pro_witnesses",
        "con_witnesses",
        "flags",
        "text_stances",
    ),
    "schools": (
        "id",
        "name",
        "members",
        "core",
        "fringe",
        "defining",
        "cleavages",
        "bridges",
        "stability",
        "topic",
    ),
}
"""The tables in their order, each with its columns in theirs."""

DERIVED_TABLES = ("disputes", "schools")
DERIVED_COLUMNS = ("status", "pro", "con", "mixed")
"""Columns of claims that analysis fills."""

CARRIED_WORK_FIELDS = frozenset(("author", "date", "year", "title", "doi", "url"))


def build_tables(literature: Literature, derived: Derived | None = None) -> dict[str, list[Row]]:
    """Return the tables as lists of rows, sorted by id, else by key, else by all columns.

    Disputes and schools keep their own order.  Without ``derived`` the status of claims is None,
    their sides are empty, and there are no disputes and schools.  Linear but for the sorting.
    """
    derived = Derived() if derived is None else derived
    standings = {standing.claim: standing for standing in derived.standings}
    positions = [_row_of_position(position) for position in literature.positions]
    citations = [_row_of_citation(citation) for citation in literature.citations]
    return {
        "works": _sort_by([_row_of_work(work) for work in literature.works], "key"),
        "holders": _sort_by([_row_of_holder(holder) for holder in literature.holders], "id"),
        "texts": _sort_by([_row_of_text(text) for text in literature.texts], "key"),
        "claims": _sort_by(
            [_row_of_claim(claim, standings.get(claim.id)) for claim in literature.claims], "id"
        ),
        "positions": sorted(positions, key=_order_position),
        "relations": _sort_by(
            [_row_of_relation(relation) for relation in literature.relations], "id"
        ),
        "citations": sorted(citations, key=_order_citation),
        "disputes": [_row_of_dispute(dispute) for dispute in derived.disputes],
        "schools": [_row_of_school(school) for school in derived.schools],
    }


def tabulate_record(record: Any, standing: Standing | None = None) -> Row:
    """Return the row of one record: a work, holder, text, claim, position, and so on.

    Raises KeyError for a record that stands in no table.
    """
    if isinstance(record, Claim):
        return _row_of_claim(record, standing)
    return _ROWS[type(record)](record)


def _sort_by(rows: list[Row], column: str) -> list[Row]:
    return sorted(rows, key=lambda row: row[column])


def _order_position(row: Row) -> tuple[str, ...]:
    """Return all values of a position, comparable: what is absent comes first."""
    return (
        row["claim"],
        row["holder"],
        row["stance"],
        row["reported_by"],
        row["page"],
        row["own_locator"] or "",
        row["attribution"],
        row["certainty"],
    )


def _order_citation(row: Row) -> tuple[str | int, ...]:
    """Return all values of a citation, comparable: what is absent comes first."""
    start, end = row["span_start"], row["span_end"]
    return (
        row["claim"] or "",
        row["relation"] or "",
        row["work"],
        row["locator"] or "",
        row["role"],
        row["text"],
        -1 if start is None else start,
        -1 if end is None else end,
    )


def _row_of_work(work: Work) -> Row:
    return {
        "key": work.key,
        "type": work.type,
        "authors": [str(person) for person in work.authors],
        "year": work.year,
        "title": work.title or None,
        "doi": work.doi or None,
        "url": work.url or None,
    }


def _row_of_holder(holder: Holder) -> Row:
    return {
        "id": holder.id,
        "kind": holder.kind,
        "name": holder.name,
        "works": list(holder.works),
        "members": list(holder.members),
    }


def _row_of_text(text: Text) -> Row:
    return {
        "key": text.key,
        "source": text.source or None,
        "survey": text.survey,
        "first_page": text.pages.first or None,
        "sha256": text.sha256,
        "length": text.length,
    }


def _row_of_claim(claim: Claim, standing: Standing | None) -> Row:
    anchor = claim.anchor
    place = claim.place
    return {
        "id": claim.id,
        "text": claim.text,
        "statement": claim.statement,
        "kind": claim.kind,
        "topic": claim.topic or None,
        "weight": claim.weight,
        "page": anchor.page if anchor else "",
        "page_inferred": anchor.page_inferred if anchor else False,
        "section": anchor.section or None if anchor else None,
        "span_start": anchor.start if anchor else None,
        "span_end": anchor.end if anchor else None,
        "file": place.path if place else None,
        "line": place.line or None if place else None,
        "status": standing.status if standing else None,
        "pro": list(standing.pro) if standing else [],
        "con": list(standing.con) if standing else [],
        "mixed": list(standing.mixed) if standing else [],
    }


def _row_of_position(position: Position) -> Row:
    return {
        "claim": position.claim,
        "holder": position.holder,
        "stance": position.stance,
        "reported_by": position.reported_by,
        "page": position.page,
        "own_locator": position.own_locator or None,
        "attribution": position.attribution,
        "certainty": position.certainty,
    }


def _row_of_relation(relation: Relation) -> Row:
    return {
        "id": relation.id,
        "type": relation.type,
        "source": relation.source,
        "target": relation.target,
        "target_kind": relation.target_kind,
        "drawn_by": list(relation.drawn_by),
        "basis": relation.basis,
        "evidential": relation.evidential,
        "page": relation.page,
        "because": relation.because or None,
    }


def _row_of_citation(citation: Citation) -> Row:
    anchor = citation.anchor
    return {
        "claim": citation.claim or None,
        "relation": citation.relation or None,
        "work": citation.work,
        "locator": citation.locator or None,
        "role": citation.role,
        "text": citation.text,
        "span_start": anchor.start if anchor else None,
        "span_end": anchor.end if anchor else None,
    }


def _row_of_dispute(dispute: Dispute) -> Row:
    return {
        "focal": dispute.focal,
        "claims": list(dispute.claims),
        "topic": dispute.topic,
        "depth": dispute.depth,
        "pro": list(dispute.pro),
        "con": list(dispute.con),
        "mixed": list(dispute.mixed),
        "pro_voices": dispute.pro_voices,
        "con_voices": dispute.con_voices,
        "pro_witnesses": list(dispute.pro_witnesses),
        "con_witnesses": list(dispute.con_witnesses),
        "flags": list(dispute.flags),
        "text_stances": dict(sorted(dispute.text_stances.items())),
    }


def _row_of_school(school: School) -> Row:
    return {
        "id": school.id,
        "name": school.name,
        "members": list(school.members),
        "core": list(school.core),
        "fringe": list(school.fringe),
        "defining": list(school.defining),
        "cleavages": [
            {"school": cleavage.school, "claim": cleavage.claim} for cleavage in school.cleavages
        ],
        "bridges": list(school.bridges),
        "stability": round(school.stability, 4),
        "topic": school.topic,
    }


_ROWS: Mapping[type, Callable[[Any], Row]] = {
    Work: _row_of_work,
    Holder: _row_of_holder,
    Text: _row_of_text,
    Position: _row_of_position,
    Relation: _row_of_relation,
    Citation: _row_of_citation,
    Dispute: _row_of_dispute,
    School: _row_of_school,
}


# ---- what the tables leave out ------------------------------------------------------------------


def list_losses(
    literature: Literature, derived: Derived | None = None, format_name: str = "json"
) -> list[Diagnostic]:
    """Return, as notes, what the tables cannot carry, with counts; nothing lost, nothing returned.

    ``format_name`` is the name of the format as the user knows it.  RDF carries all of it.  Linear.
    """
    losses = [
        *_list_lost_anchors(literature),
        *_list_lost_works(literature),
        *_list_lost_details(literature),
        *_list_lost_review(literature.review),
    ]
    if derived is not None:
        deep = sum(standing.depth > 0 for standing in derived.standings)
        losses.append((deep, "the depth of {}", "claim"))
        losses.append((len(derived.parameters), "{} of the analysis", "parameter"))
    return tell_losses(format_name, losses)


def _list_lost_anchors(literature: Literature) -> list[Loss]:
    anchors = [*_list_anchors(literature.claims), *_list_anchors(literature.citations)]
    worded = sum(bool(anchor.head or anchor.tail) for anchor in anchors)
    digests = sum(anchor.sha256 is not None for anchor in anchors)
    whole = (*_list_anchors(literature.positions), *_list_anchors(literature.relations))
    paged = sum(bool(a.page or a.section) for a in _list_anchors(literature.citations))
    return [
        (worded, "the first and last words of {}", "passage"),
        (digests, "the digests of {}", "passage"),
        (paged, "the page and section of {}", "citation"),
        (len(whole), "all but the page of {} of positions and relations", "anchor"),
        (len(literature.uncoded), "{} without a claim, with the reasons", "passage"),
        (len(literature.annotations), "{} of works", "annotation"),
    ]


def _list_lost_works(literature: Literature) -> list[Loss]:
    works = literature.works
    fields = sum(field not in CARRIED_WORK_FIELDS for work in works for field in work.fields)
    edited = sum(bool(work.editors) for work in works)
    unnamed = sum(work.fields.get("author", "").endswith(" and others") for work in works)
    parted = sum(parse_name(str(name)) != name for work in works for name in work.authors)
    return [
        (fields, "{} of works (publisher, journal, pages and others)", "field"),
        (edited, "the editors of {}", "work"),
        (unnamed, "“and others” after the authors of {}", "work"),
        (parted, "which words are prefix or suffix in {}", "name"),
    ]


def _list_lost_details(literature: Literature) -> list[Loss]:
    marked = sum(
        bool(text.body or text.references) or text.pages != PageMarks(first=text.pages.first)
        for text in literature.texts
    )
    alone = sum(bool(claim.alone) for claim in literature.claims)
    columns = sum(
        claim.place is not None and claim.place.column != 1 for claim in literature.claims
    )
    others: tuple[Iterable[Any], ...] = (
        literature.works,
        literature.texts,
        literature.holders,
        literature.positions,
        literature.relations,
        literature.citations,
    )
    placed = sum(record.place is not None for records in others for record in records)
    return [
        (marked, "how pages and boundaries show in {}", "text"),
        (alone, "why no relation touches {}", "claim"),
        (columns, "the columns of the places of {}", "claim"),
        (placed, "the file and line of {} that are not claims", "record"),
    ]


def _list_lost_review(review: Review) -> list[Loss]:
    named = {
        "title": review.title,
        "description": review.description,
        "creators": review.creators,
        "base IRI": review.base if review.base != Review().base else "",
    }
    names = [name for name, value in named.items() if value]
    described = sum(
        bool(topic.description) or topic.label != name_topic(topic.id) for topic in review.topics
    )
    return [
        (len(names), f"{join_words(names)} of the review", ""),
        (described, "the labels and descriptions of {}", "topic"),
        (len(review.schools), "{}", "declared school"),
        (len(review.aliases), "{} of one person", "set of names"),
    ]


def parse_name(written: str) -> Person:
    """Return the person of whom ``str`` is ``written``: ``de Graaf, Beatrice``.

    Leading words in lower case are the prefix, as in BibTeX; of three parts between commas the
    second is the suffix.
    """
    parts = written.split(", ", 2)
    words = parts[0].split(" ")
    small = 0
    while small < len(words) - 1 and words[small][:1].islower():
        small += 1
    person = Person(
        family=" ".join(words[small:]),
        given=parts[-1] if len(parts) > 1 else "",
        prefix=" ".join(words[:small]),
        suffix=parts[1] if len(parts) > 2 else "",
    )
    return person if str(person) == written else Person(family="", given=written)


def name_topic(identifier: str) -> str:
    """Return the label of a topic that has none of its own."""
    return identifier.replace("-", " ")


def _list_anchors(records: Iterable[Any]) -> list[Anchor]:
    return [record.anchor for record in records if record.anchor is not None]
