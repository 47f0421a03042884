"""What RDF cannot carry of a literature, so that nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec

from argmap.diagnostics import Diagnostic, report_placed, sort_diagnostics
from argmap.graph.vocabulary import (
    check_base,
    end_base,
    name_citation,
    name_claim,
    name_declared_school,
    name_found_school,
    name_holder,
    name_position,
    name_relation,
    name_text,
    name_topic,
    name_uncoded,
    name_work,
)
from argmap.model import Derived, Literature, Place

# JSON writes U+0000 as an escape and the two noncharacters as they are.
_FRAGILE = (b"\\u0000", "\ufffe".encode(), "\uffff".encode())

Named = tuple[str, Sequence[Any], Callable[[Any], str]]


def find_losses(literature: Literature, derived: Derived | None = None) -> list[Diagnostic]:
    """Return what of the records RDF cannot carry, or some readers of RDF cannot.

    Errors: a base that is no IRI, two records with one identifier.  Warnings: lone surrogates, for
    which U+FFFD is written.  Notes: characters that RDF carries but not every reader takes.
    Linear, at the speed of writing the records as JSON.
    """
    findings = []
    if reason := check_base(literature.review.base):
        findings.append(
            report_placed(
                literature.review.place,
                "error",
                f"no IRI can begin with the base {literature.review.base!r}: {reason}",
                "rdf-base",
                "Write an address like https://example.org/my-review/ as `base` in review.yaml.",
                origin=literature.review.base,
            )
        )
    base = end_base(literature.review.base)
    for kind, records, name in _name_records(literature, derived):
        if kind:
            findings += _find_twins(kind, records, name, base)
        findings += _find_characters(records, name, base)
    return sort_diagnostics(findings)


def list_left_out(literature: Literature, label: str) -> list[Diagnostic]:
    """Return what the RDF of a literature leaves out altogether; ``label`` says of which output."""
    number = len(literature.annotations)
    if not number:
        return []
    told = "1 annotation" if number == 1 else f"{number:,} annotations"
    return [
        Diagnostic(
            path=label,
            severity="note",
            message=f"left out: {told} of works by the scholar",
            code="export-loss",
        )
    ]


def _name_records(literature: Literature, derived: Derived | None) -> Iterator[Named]:
    """Yield the collections, named where ids must differ, with the path of each record's node."""
    review = literature.review
    bare = msgspec.structs.replace(review, topics=(), schools=())
    yield "", [bare], lambda _: "review"
    yield "topic", review.topics, lambda topic: name_topic(topic.id)
    yield "school", review.schools, lambda school: name_declared_school(school.id)
    yield "holder", literature.holders, lambda holder: name_holder(holder.id)
    yield "work", literature.works, lambda work: name_work(work.key)
    yield "text", literature.texts, lambda text: name_text(text.key)
    yield "claim", literature.claims, lambda claim: name_claim(claim.id)
    yield "", literature.positions, name_position
    yield "relation", literature.relations, lambda relation: name_relation(relation.id)
    yield "", literature.citations, name_citation
    yield "", literature.uncoded, name_uncoded
    if derived is not None:
        yield "standing", derived.standings, lambda standing: name_claim(standing.claim)
        yield "dispute", derived.disputes, lambda dispute: "dispute/" + dispute.focal
        yield "school", derived.schools, lambda school: name_found_school(school.id)
        yield "", [derived.parameters], lambda _: "analysis"


def _find_twins(
    kind: str, records: Sequence[Any], name: Callable[[Any], str], base: str
) -> Iterator[Diagnostic]:
    paths = [name(record) for record in records]
    if len(set(paths)) == len(paths):
        return
    owners: dict[str, list[Place | None]] = {}
    for record, path in zip(records, paths, strict=True):
        owners.setdefault(path, []).append(getattr(record, "place", None))
    for path, places in owners.items():
        if len(places) > 1:
            known = [place for place in places if place is not None]
            yield report_placed(
                max(known, key=lambda place: (place.path, place.line, place.column), default=None),
                "error",
                f"{len(places)} records are the {kind} {base + path}, which can be only one in RDF",
                "rdf-duplicate",
                "Give each an id of its own.",
                origin=base + path,
            )


def _find_characters(
    records: Sequence[Any], name: Callable[[Any], str], base: str
) -> Iterator[Diagnostic]:
    if not _needs_a_look(records):
        return
    for record in records:
        if not _needs_a_look(record):
            continue
        place, iri = getattr(record, "place", None), base + name(record)
        characters = sorted({c for text in _find_strings(record) for c in text})
        lone = [c for c in characters if "\ud800" <= c <= "\udfff"]
        if lone:
            yield report_placed(
                place,
                "warning",
                f"{_spell(lone)}: half a surrogate pair, which no RDF can carry; U+FFFD is written",
                "rdf-surrogate",
                "Write the whole character.",
                origin=iri,
            )
        fragile = [c for c in characters if c in "\0\ufffe\uffff"]
        if fragile:
            yield report_placed(
                place,
                "note",
                f"{_spell(fragile)}: no character of any script; some readers of RDF refuse it",
                "rdf-fragile",
                "Remove it.",
                origin=iri,
            )


def _needs_a_look(records: object) -> bool:
    try:
        encoded = msgspec.json.encode(records)
    except UnicodeEncodeError:
        return True
    return any(mark in encoded for mark in _FRAGILE)


def _find_strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _find_strings(getattr(value, name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _find_strings(item)
    elif isinstance(value, Iterable):
        for item in value:
            yield from _find_strings(item)


def _spell(characters: Iterable[str]) -> str:
    return ", ".join(f"U+{ord(character):04X}" for character in characters)
