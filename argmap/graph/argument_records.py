"""Claims, positions, relations, citations and passages from nodes."""

from __future__ import annotations

from argmap.graph.argument_quads import find_citing_page, find_pages
from argmap.graph.nodes import Node
from argmap.graph.reading import Reading, Unreadable, list_classes
from argmap.graph.vocabulary import RELATION_CLASSES
from argmap.model import (
    ATTRIBUTIONS,
    BASES,
    CERTAINTIES,
    KINDS,
    ROLES,
    STANCES,
    WEIGHTS,
    Citation,
    Claim,
    Literature,
    Position,
    Relation,
    RelationType,
    TargetKind,
    Uncoded,
)

_RELATION_TYPES: dict[str, RelationType] = {
    classes[0]: name  # type: ignore[misc]
    for name, classes in RELATION_CLASSES.items()
}


def read_claim(reading: Reading, iri: str, node: Node) -> Claim:
    """Return the claim that a node describes."""
    return Claim(
        id=reading.identify(iri, "claim"),
        text=reading.refer(iri, node, "text", "work"),
        statement=reading.need(iri, node, "statement"),
        kind=reading.choose(iri, node, "kind", KINDS, "descriptive"),
        topic=reading.refer_if_any(iri, node, "topic", "topic"),
        weight=reading.choose(iri, node, "weight", WEIGHTS, "supporting"),
        anchor=reading.anchor(iri, node),
        alone=reading.get(iri, node, "alone"),
        place=reading.place(iri, node),
    )


def read_position(reading: Reading, iri: str, node: Node) -> Position:
    """Return the position that a node describes."""
    return Position(
        claim=reading.refer(iri, node, "claim", "claim"),
        holder=reading.refer(iri, node, "holder", "holder"),
        stance=reading.choose(iri, node, "stance", STANCES, None),
        reported_by=reading.refer(iri, node, "reportedIn", "work"),
        page=reading.get(iri, node, "page"),
        own_locator=reading.get(iri, node, "ownLocator"),
        attribution=reading.choose(iri, node, "attribution", ATTRIBUTIONS, "explicit"),
        certainty=reading.choose(iri, node, "certainty", CERTAINTIES, "certain"),
        anchor=reading.anchor(iri, node),
        place=reading.place(iri, node),
    )


def read_relation(reading: Reading, iri: str, node: Node) -> Relation:
    """Return the relation that a node describes."""
    classes = list_classes(node, _RELATION_TYPES)
    if len(classes) > 1:
        reading.report("rdf-several", iri, f"is of {len(classes)} types of relation", sort="type")
    target, target_kind = _read_target(reading, iri, node)
    return Relation(
        id=reading.identify(iri, "relation"),
        type=_RELATION_TYPES[classes[0]],
        source=reading.refer(iri, node, "source", "claim"),
        target=target,
        target_kind=target_kind,
        drawn_by=reading.refer_all(iri, node, "drawnBy", "holder"),
        basis=reading.choose(iri, node, "basis", BASES, "explicit"),
        evidential="evidential" in node and reading.boolean(iri, node, "evidential"),
        page=reading.get(iri, node, "page"),
        because=reading.get(iri, node, "because"),
        anchor=reading.anchor(iri, node),
        place=reading.place(iri, node),
    )


def _read_target(reading: Reading, iri: str, node: Node) -> tuple[str, TargetKind]:
    target = reading.need(iri, node, "target")
    relation = reading.name(target, "relation")
    if relation is not None:
        return relation, "relation"
    return reading.refer(iri, node, "target", "claim"), "claim"


def read_citation(reading: Reading, iri: str, node: Node) -> Citation:
    """Return the citation that a node describes."""
    claim = reading.refer_if_any(iri, node, "claim", "claim")
    relation = reading.refer_if_any(iri, node, "relation", "relation")
    if claim is None and relation is None:
        reading.report("rdf-missing", iri, "has neither am:claim nor am:relation", sort="am:claim")
        raise Unreadable
    citation = Citation(
        claim=claim or "",
        relation=relation or "",
        work=reading.refer(iri, node, "cito:hasCitedEntity", "work"),
        locator=reading.get(iri, node, "citedLocator"),
        role=reading.choose(iri, node, "role", ROLES, "carries"),
        text=reading.refer(iri, node, "cito:hasCitingEntity", "work"),
        anchor=reading.anchor(iri, node),
        place=reading.place(iri, node),
    )
    page = reading.get(iri, node, "citingLocator")
    if page and page != find_citing_page(citation, ""):
        reading.citing_pages.append((iri, page, citation))
    return citation


def check_citing_pages(reading: Reading, literature: Literature) -> None:
    """Report citing locators that do not follow from the rest, as they are not kept."""
    pages = find_pages(literature)
    for iri, page, citation in reading.citing_pages:
        known = find_citing_page(citation, pages.get((citation.claim, citation.relation), ""))
        if page != known:
            reading.report(
                "rdf-not-kept",
                iri,
                f"its am:citingLocator {page!r} is not kept",
                sort="am:citingLocator",
                severity="warning",
                remedy="Give the citation an am:anchor with that am:page.",
            )


def read_uncoded(reading: Reading, iri: str, node: Node) -> Uncoded:
    """Return the passage without a claim that a node describes."""
    reading.need(iri, node, "anchor")
    anchor = reading.anchor(iri, node)
    assert anchor is not None  # need() has seen to it
    return Uncoded(
        text=reading.refer(iri, node, "text", "work"),
        anchor=anchor,
        because=reading.need(iri, node, "because"),
        place=reading.place(iri, node),
    )
