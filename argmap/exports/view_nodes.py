"""The nodes of views: claims, holders and works, each with its columns, its colour and its size."""

from __future__ import annotations

from math import sqrt

from argmap.exports.palette import KINDS, NEUTRAL
from argmap.exports.view_records import Column, Node, Value
from argmap.exports.view_sources import Sources, label_claim, label_holder, shorten_words
from argmap.model import Relation
from argmap.naming import shorten

DrawnNode = tuple[Node, dict[str, Value]]
"""A node, and its values by the names of columns."""

NODE_COLUMNS: tuple[Column, ...] = (
    Column(name="node", described="claim, work, actor, group or relation"),
    Column(name="statement", described="the claim in full"),
    Column(name="full_name", described="the holder in full"),
    Column(name="title", described="title of the work"),
    Column(name="kind", described="kind of claim, type of work or of relation"),
    Column(name="text", described="BibTeX key of the coded text in which the claim stands"),
    Column(name="page", described="printed page of that text"),
    Column(name="section", described="section of that text"),
    Column(name="topic", described="topic of the claim"),
    Column(name="importance", described="core, supporting or background"),
    Column(name="status", described="disputed, corroborated, asserted, …"),
    Column(name="depth", type="integer", described="independent voices on either side"),
    Column(name="pro", type="integer", described="number of holders for the claim"),
    Column(name="con", type="integer", described="number of holders against it"),
    Column(name="holders_for", described="names of the holders for the claim"),
    Column(name="holders_against", described="names of the holders against it"),
    Column(name="dispute", described="id of the claim under which the dispute is told"),
    Column(name="school", described="school of thought"),
    Column(name="key", described="BibTeX key of the work, or of the works for the claim"),
    Column(name="authors", described="authors of the work"),
    Column(name="members", described="ids of the members of the group"),
    Column(name="cites", described="BibTeX keys of the works cited for the claim"),
    Column(name="year", type="integer", described="year of the work, or of the first to hold it"),
    Column(name="url", type="anyURI", described="address of the passage, or of the work"),
)


def show_claim(sources: Sources, identifier: str, degree: int) -> DrawnNode:
    """Return a claim, larger the more independent voices stand on either side of it."""
    claim = sources.claims[identifier]
    standing = sources.standings.get(identifier)
    school = sources.find_school(identifier)
    year = sources.claim_years.get(identifier)
    depth = standing.depth if standing else 0
    node = Node(
        id=identifier,
        label=label_claim(claim),
        kind="claim",
        colour=sources.colours[school.id] if school else NEUTRAL,
        size=round(4 + 4 * sqrt(depth) + sqrt(degree), 2),
        year=year,
    )
    values: dict[str, Value] = {
        "node": "claim",
        "statement": claim.statement,
        "kind": claim.kind,
        "text": claim.text,
        "page": claim.anchor.page if claim.anchor else None,
        "section": claim.anchor.section if claim.anchor else None,
        "topic": claim.topic,
        "importance": claim.weight,
        "dispute": sources.focal.get(identifier),
        "school": school.name if school else None,
        "cites": "; ".join(sources.cited.get(identifier, ())),
        "year": year,
        "url": sources.find_url(claim),
    }
    if standing is not None:
        values |= {
            "status": standing.status,
            "depth": standing.depth,
            "pro": len(standing.pro),
            "con": len(standing.con),
            "holders_for": "; ".join(map(sources.name, standing.pro)),
            "holders_against": "; ".join(map(sources.name, standing.con)),
            "key": "; ".join(holder[1:] for holder in standing.pro if holder[:1] == "@"),
        }
    return node, values


def show_holder(sources: Sources, identifier: str, degree: int) -> DrawnNode:
    """Return a work, an actor or a group, larger the more edges it has."""
    work = sources.works.get(identifier.removeprefix("@")) if identifier[:1] == "@" else None
    holder = sources.holders.get(identifier)
    kind = "work" if identifier[:1] == "@" else identifier.partition(":")[0]
    name = sources.name(identifier).removeprefix("@")
    school = sources.schools.get(identifier)
    year = sources.years.get(identifier)
    node = Node(
        id=identifier,
        label=label_holder(identifier, name),
        kind=kind,
        colour=sources.colour_holder(identifier),
        size=round(4 + sqrt(degree), 2),
        year=year,
    )
    values: dict[str, Value] = {
        "node": kind,
        "full_name": name,
        "school": school.name if school else None,
        "members": "; ".join(holder.members) if holder else None,
        "year": year,
    }
    if work is not None:
        values |= {
            "title": work.title,
            "kind": work.type,
            "key": work.key,
            "authors": "; ".join(map(str, work.authors)),
            "url": work.url or (f"https://doi.org/{work.doi}" if work.doi else None),
        }
    return node, values


def show_relation(sources: Sources, relation: Relation) -> DrawnNode:
    """Return a relation on which others bear, as a small node in its colour."""
    source, target = shorten(relation.source), shorten(relation.target)
    node = Node(
        id=f"relation:{relation.id}",
        label=shorten_words(f"{relation.type}: {source.replace('-', ' ')}"),
        kind="relation",
        colour=KINDS[relation.type],
        size=3.0,
    )
    return node, {
        "node": "relation",
        "kind": relation.type,
        "full_name": f"{source} {relation.type} {target}",
        "text": sources.claims[relation.source].text,
        "page": relation.page or None,
    }
