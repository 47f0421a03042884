"""The edges of views: relations, positions and citations, each with its columns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable

from msgspec.structs import replace

from argmap.exports.palette import KINDS
from argmap.exports.view_records import Column, Edge, Value
from argmap.exports.view_sources import Sources
from argmap.model import Relation
from argmap.network import RELATION_SIGNS, STANCE_SIGNS, find_goal

DrawnEdge = tuple[Edge, dict[str, Value]]
"""An edge, and its values by the names of columns."""

EDGE_COLUMNS: tuple[Column, ...] = (
    Column(name="relation", described="id of the relation"),
    Column(name="step", described="id of the relation on which this one bears"),
    Column(name="stance", described="asserts, endorses, disputes or reports"),
    Column(name="text", described="BibTeX key of the coded text that says so"),
    Column(name="page", described="printed page of that text"),
    Column(name="own_locator", described="place in the holder's own work"),
    Column(name="attribution", described="how plainly the text names the holder"),
    Column(name="certainty", described="how certain the coder is"),
    Column(name="basis", described="explicit, implicit or the analyst's own reading"),
    Column(name="evidential", type="boolean", described="evidence, not an argument of anybody"),
    Column(name="drawn_by", described="holders to whom the step belongs"),
    Column(name="because", described="why the one bears on the other"),
    Column(name="role", described="what the citation serves for"),
    Column(name="locator", described="place cited in the work"),
    Column(name="claims", type="integer", described="number of claims on which the two stand so"),
    Column(name="net", type="integer", described="claims agreed on less claims disagreed on"),
    Column(name="on", described="ids of these claims"),
    Column(name="year", type="integer", described="year in which both ends are there"),
)


def join_claims(
    sources: Sources, relations: Iterable[Relation], chosen: Collection[str]
) -> list[DrawnEdge]:
    """Return those of the relations that join two of the claims chosen.

    What bears on a relation points to where that leads.
    """
    edges = []
    for relation in relations:
        goal = find_goal(relation, sources.relations)
        if relation.source in chosen and goal in chosen:
            step = relation.target if relation.target_kind == "relation" else None
            edges.append(_show_step(sources, relation, relation.source, goal, step=step))
    return _merge_steps(edges)


def join_through_relations(
    sources: Sources, relations: dict[str, Relation], aims: Collection[str]
) -> list[DrawnEdge]:
    """Return the relations as edges; one that others bear on goes through a node of its own."""
    edges = []
    for relation in relations.values():
        goal, step = relation.target, None
        if relation.target_kind == "relation":
            goal, step = f"relation:{relation.target}", relation.target
        if relation.id in aims:
            middle = f"relation:{relation.id}"
            edges.append(
                _show_step(sources, relation, relation.source, middle, step=step, half=" (from)")
            )
            edges.append(_show_step(sources, relation, middle, goal, step=step, half=" (to)"))
        else:
            edges.append(_show_step(sources, relation, relation.source, goal, step=step))
    return _merge_steps(edges)


def _merge_steps(edges: Iterable[DrawnEdge]) -> list[DrawnEdge]:
    """Return edges of which no two have one kind and direction; Gephi would merge them unsaid.

    Where several relations are of one kind between the same two nodes, their ids and whatever
    their columns say are joined by semicolons, and the weight is their number.
    """
    together: dict[tuple[str, str, str], list[DrawnEdge]] = {}
    for edge, values in edges:
        key = (edge.source, edge.target, edge.kind)
        together.setdefault(key, []).append((edge, values))
    merged = []
    for several in together.values():
        edge, values = several[0]
        if len(several) > 1:
            edge = replace(
                edge,
                id="; ".join(each.id for each, _ in several),
                sign=next((each.sign for each, _ in several if each.sign), 0),
                weight=len(several),
            )
            values = {name: _combine([other.get(name) for _, other in several]) for name in values}
        merged.append((edge, values))
    return merged


def _combine(values: Iterable[Value]) -> Value:
    """Return what several edges say in one column: all of it, each thing once."""
    found = list(dict.fromkeys(value for value in values if value is not None))
    if not found or isinstance(found[0], bool):
        return all(found) if found else None
    return "; ".join(map(str, found))


def _show_step(
    sources: Sources,
    relation: Relation,
    source: str,
    target: str,
    *,
    step: str | None,
    half: str = "",
) -> DrawnEdge:
    edge = Edge(
        id=relation.id + half,
        source=source,
        target=target,
        kind=relation.type,
        sign=0 if relation.evidential else RELATION_SIGNS[relation.type],
        colour=KINDS[relation.type],
    )
    return edge, {
        "relation": relation.id,
        "text": sources.claims[relation.source].text,
        "page": relation.page or None,
        "basis": relation.basis,
        "evidential": relation.evidential,
        "drawn_by": "; ".join(relation.drawn_by) or None,
        "because": relation.because or None,
        "step": step,
    }


def join_positions(sources: Sources, chosen: Collection[str]) -> list[DrawnEdge]:
    """Return one edge for each stance of a holder on a claim, whoever reports it."""
    together: dict[tuple[str, str, str], dict[str, set[str]]] = {}
    for position in sources.literature.positions:
        if position.claim not in chosen:
            continue
        key = (position.holder, position.claim, position.stance)
        told = together.setdefault(key, defaultdict(set))
        told["text"].add(position.reported_by)
        told["page"].add(position.page)
        told["own_locator"].add(position.own_locator)
        told["attribution"].add(position.attribution)
        told["certainty"].add(position.certainty)
    edges: list[DrawnEdge] = []
    for (holder, claim, stance), told in together.items():
        edge = Edge(
            id=f"{holder} {stance} {claim}",
            source=holder,
            target=claim,
            kind=stance,
            sign=STANCE_SIGNS[stance],
            colour=KINDS[stance],
        )
        values: dict[str, Value] = {name: _join(found) for name, found in told.items()}
        edges.append((edge, values | {"stance": stance}))
    return edges


def join_citations(
    sources: Sources,
    chosen: Collection[str],
    relations: dict[str, Relation],
    aims: Collection[str],
) -> list[DrawnEdge]:
    """Return one edge for each claim, or relation shown as a node, and work cited for it."""
    together: dict[tuple[str, str], dict[str, set[str]]] = {}
    counts: Counter[tuple[str, str]] = Counter()
    for citation in sources.literature.citations:
        start = citation.claim
        if not start:
            if citation.relation not in relations:
                continue
            start = relations[citation.relation].source
            if citation.relation in aims:
                start = f"relation:{citation.relation}"
        if start not in chosen and not start.startswith("relation:"):
            continue
        key = (start, f"@{citation.work}")
        told = together.setdefault(key, defaultdict(set))
        counts[key] += 1
        told["text"].add(citation.text)
        told["role"].add(citation.role)
        told["locator"].add(citation.locator)
        told["relation"].add(citation.relation)
        told["page"].add(citation.anchor.page if citation.anchor else "")
    edges: list[DrawnEdge] = []
    for key, told in together.items():
        start, work = key
        edge = Edge(
            id=f"{start} cites {work}",
            source=start,
            target=work,
            kind="cites",
            weight=counts[key],
            colour=KINDS["cites"],
        )
        edges.append((edge, {name: _join(values) for name, values in told.items()}))
    return edges


def _join(values: Iterable[str]) -> str | None:
    return "; ".join(sorted(value for value in values if value)) or None


def count_ends(edges: Iterable[Edge]) -> Counter[str]:
    """Return the degree of each node."""
    degree: Counter[str] = Counter()
    for edge in edges:
        degree[edge.source] += 1
        degree[edge.target] += 1
    return degree
