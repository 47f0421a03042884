"""The review, its topics, schools and holders, works and coded texts from nodes."""

from __future__ import annotations

import re

from argmap.graph.nodes import Node
from argmap.graph.reading import Reading, Unreadable, list_classes, unescape_safely
from argmap.graph.vocabulary import AM, FABIO, FABIO_CLASSES, FIELD, HOLDER_CLASSES
from argmap.model import (
    DeclaredSchool,
    Holder,
    HolderKind,
    PageMarks,
    Person,
    Review,
    Text,
    Topic,
    Work,
)

_HOLDER_KINDS: dict[str, HolderKind] = {
    AM + name: kind  # type: ignore[misc]
    for kind, name in HOLDER_CLASSES.items()
}
_YEAR = re.compile(r"(-?\d{4,})(?:Z|[+-]\d\d:\d\d)?\Z", re.ASCII)


def read_review(reading: Reading) -> Review:
    """Return the review, with its topics, declared schools and aliases."""
    topics = tuple(
        topic for _, _, topic in sorted(reading.collect("topic", _read_topic), key=_rank)
    )
    schools = tuple(
        school
        for _, _, school in sorted(reading.collect("school/declared", _read_school), key=_rank)
    )
    for iri in sorted(reading.nodes.kinds.get("review", ()))[:1]:
        node = reading.nodes.by_iri[iri]
        try:
            return Review(
                title=reading.get(iri, node, "dct:title"),
                base=reading.base,
                description=reading.get(iri, node, "dct:description"),
                creators=reading.get_all(iri, node, "dc:creator"),
                topics=topics,
                schools=schools,
                aliases=tuple(
                    reading.get_all(name, part, "name")
                    for name, part in reading.list_parts(iri, node, "alias")
                ),
                place=reading.place(iri, node),
            )
        except Unreadable:
            break
    else:
        if reading.nodes.by_iri:
            reading.report(
                "rdf-no-review",
                reading.base,
                "no am:Review is described; the base is told from the names of nodes",
                severity="note",
            )
    return Review(base=reading.base, topics=topics, schools=schools)


def _rank(entry: tuple[int | None, str, object]) -> tuple[bool, int, str]:
    """Sort by ordinal, what has none last, by id."""
    ordinal, identifier, _ = entry
    return ordinal is None, ordinal or 0, identifier


def _read_topic(reading: Reading, iri: str, node: Node) -> tuple[int | None, str, Topic]:
    topic = Topic(
        id=reading.identify(iri, "topic"),
        label=reading.need(iri, node, "skos:prefLabel"),
        description=reading.get(iri, node, "skos:definition"),
        place=reading.place(iri, node),
    )
    return reading.integer(iri, node, "ordinal"), topic.id, topic


def _read_school(reading: Reading, iri: str, node: Node) -> tuple[int | None, str, DeclaredSchool]:
    school = DeclaredSchool(
        id=reading.identify(iri, "school/declared"),
        name=reading.need(iri, node, "skos:prefLabel"),
        members=reading.refer_all(iri, node, "member", "holder"),
        because=reading.get(iri, node, "because"),
        place=reading.place(iri, node),
    )
    return reading.integer(iri, node, "ordinal"), school.id, school


def read_holder(reading: Reading, iri: str, node: Node) -> Holder:
    """Return the work, actor or group that a node describes as a holder of claims."""
    classes = list_classes(node, _HOLDER_KINDS)
    if len(classes) > 1:
        reading.report("rdf-several", iri, f"is of {len(classes)} kinds of holder", sort="type")
    return Holder(
        id=reading.identify(iri, "holder"),
        kind=_HOLDER_KINDS[classes[0]],
        name=reading.need(iri, node, "foaf:name"),
        works=reading.refer_all(iri, node, "work", "work"),
        members=reading.refer_all(iri, node, "member", "holder"),
        place=reading.place(iri, node),
    )


def read_work(reading: Reading, iri: str, node: Node) -> Work:
    """Return the work that a node describes."""
    return Work(
        key=reading.identify(iri, "work"),
        type=_read_type(reading, iri, node),
        authors=_read_persons(reading, iri, node, "dct:creator"),
        editors=_read_persons(reading, iri, node, "editor"),
        year=_read_year(reading, iri, node),
        title=reading.get(iri, node, "dct:title"),
        doi=reading.get(iri, node, "prism:doi"),
        url=reading.get(iri, node, "fabio:hasURL"),
        fields=_read_fields(reading, iri, node),
        place=reading.place(iri, node),
    )


def _read_type(reading: Reading, iri: str, node: Node) -> str:
    """Return the entry type, told from the FaBiO class where nothing else tells."""
    entry_type = reading.find(iri, node, "entryType")
    if entry_type is not None:
        return entry_type
    names = sorted(FABIO_CLASSES, key=lambda name: (len(name), name))
    classes = list_classes(node, [FABIO + FABIO_CLASSES[name] for name in names])
    return next((name for name in names if FABIO + FABIO_CLASSES[name] in classes), "misc")


def _read_persons(reading: Reading, iri: str, node: Node, slot: str) -> tuple[Person, ...]:
    if slot not in node:
        return ()
    return tuple(
        Person(
            family=reading.need(name, part, "foaf:familyName"),
            given=reading.get(name, part, "foaf:givenName"),
            prefix=reading.get(name, part, "namePrefix"),
            suffix=reading.get(name, part, "nameSuffix"),
        )
        for name, part in reading.list_parts(iri, node, slot)
    )


def _read_year(reading: Reading, iri: str, node: Node) -> int | None:
    value = reading.find(iri, node, "fabio:hasPublicationYear")
    if value is None:
        return None
    match = _YEAR.match(value)
    if match is None:
        reading.report(
            "rdf-value-form",
            iri,
            f"fabio:hasPublicationYear is {value!r}, which is not a year",
            sort="fabio:hasPublicationYear",
        )
        raise Unreadable
    return int(match[1])


def _read_fields(reading: Reading, iri: str, node: Node) -> dict[str, str]:
    fields = {
        unescape_safely(slot.removeprefix(FIELD)): reading.get(iri, node, slot)
        for slot in node
        if slot.startswith(FIELD)
    }
    order = reading.find_order(node, "field")
    if order is None or set(order) != fields.keys():
        order = sorted(fields)
    return {name: fields[name] for name in order}


def read_text(reading: Reading, iri: str, node: Node) -> Text:
    """Return the coded text that a node describes."""
    key = reading.identify(iri, "text")
    work = reading.refer_if_any(iri, node, "work", "work")
    if work not in {None, key}:
        reading.report(
            "rdf-not-kept",
            iri,
            f"its am:work is {work!r}, but its identifier {key!r}, which is taken for the work",
            sort="am:work",
            severity="warning",
        )
    inferred = []
    for name, part in reading.list_parts(iri, node, "inferredPage"):
        inferred.append((reading.get(name, part, "page"), reading.get(name, part, "beginsWith")))
    return Text(
        key=key,
        source=reading.get(iri, node, "sourceFile"),
        survey=reading.boolean(iri, node, "survey"),
        pages=PageMarks(
            first=reading.get(iri, node, "firstPage"),
            mark=reading.get(iri, node, "pageMark"),
            inferred=tuple(inferred),
            running=reading.get_all(iri, node, "runningHead"),
        ),
        body=reading.get(iri, node, "body"),
        references=reading.get(iri, node, "references"),
        sha256=reading.find(iri, node, "sha256"),
        length=reading.integer(iri, node, "length"),
        place=reading.place(iri, node),
    )
