"""The literature as a networkx graph, and the projections of it that people ask for.

The graph is a view for people and for networkx's algorithms; argmap computes on arrays and adds
its results here as attributes.  All attributes are strings, numbers or truth values, and those
that are unknown are left out, so that every writer of networkx takes the graphs as they are.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, Any

from argmap.model import Derived, Literature, Position, Relation

if TYPE_CHECKING:
    import networkx

RELATION_SIGNS = {"supports": 1, "explains": 1, "contests": -1, "undercuts": -1, "qualifies": 0}
STANCE_SIGNS = {"asserts": 1, "endorses": 1, "disputes": -1, "reports": 0}


def build_network(
    literature: Literature, derived: Derived | None = None, *, with_analyst: bool = False
) -> networkx.MultiDiGraph[str]:
    """Return the whole literature as a directed multigraph; linear in the number of records.

    Nodes have ``node`` (claim, holder or work) and ``label``, and

    - claims (by id): ``statement``, ``text``, ``kind``, ``weight``, and where known ``topic``,
      ``page``, ``section``, ``span_start``, ``span_end``; with ``derived`` also ``status``,
      ``depth``, ``pro``, ``con``, ``mixed`` (numbers of holders) and ``dispute`` (its focal claim);
    - holders (``@key``, ``actor:x``, ``group:x``): ``kind`` (work, actor, group), ``works`` and
      ``members`` (ids joined by semicolons) where there are any; with ``derived`` also ``school``
      (the id of the holder's school in the whole literature) where there is one;
    - works (by BibTeX key): ``type``, ``title``, ``authors`` (joined by semicolons), and where
      known ``year``, ``doi``, ``url``; with ``derived`` also ``school``, as of the holder.

    Edges have ``edge`` (position, relation or citation), ``kind``, ``sign`` (1, -1, 0) and

    - positions, from holder to claim: ``kind`` is the stance; ``reported_by`` (text),
      ``attribution``, ``certainty``, and where known ``page`` and ``own_locator``;
    - relations, from claim to claim, under the relation's id as key: ``kind`` is the type;
      ``basis``, ``evidential``, ``drawn_by`` (holders joined by semicolons), and where known
      ``page`` and ``because``.  A relation that bears on another one points to the claim to which
      the other leads, and names it in ``step``;
    - citations, from the claim that the citation serves to the work cited: ``kind`` is the role;
      ``text`` (citing), and where known ``locator``; one that serves a relation starts from the
      relation's source and names it in ``relation``.

    Relations of basis *analyst*, and what bears on them, are left out unless ``with_analyst``, with
    the citations that serve them.  The sign of a relation is that of its type, 0 where it
    is evidential: then it says nothing about agreement.
    """
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    _add_nodes(graph, literature, derived)
    relations = choose_relations(literature, with_analyst=with_analyst)
    for position in sorted(literature.positions, key=_order_position):
        _add_edge(
            graph,
            position.holder,
            position.claim,
            f"{position.stance} {position.reported_by} {position.page}".strip(),
            edge="position",
            kind=position.stance,
            sign=STANCE_SIGNS[position.stance],
            reported_by=position.reported_by,
            attribution=position.attribution,
            certainty=position.certainty,
            page=position.page,
            own_locator=position.own_locator,
        )
    for relation in sorted(relations.values(), key=lambda each: each.id):
        _add_edge(
            graph,
            relation.source,
            find_goal(relation, relations),
            relation.id,
            edge="relation",
            kind=relation.type,
            sign=0 if relation.evidential else RELATION_SIGNS[relation.type],
            basis=relation.basis,
            evidential=relation.evidential,
            drawn_by="; ".join(relation.drawn_by),
            step=relation.target if relation.target_kind == "relation" else "",
            page=relation.page,
            because=relation.because,
        )
    citations = [
        (each.claim or relations[each.relation].source, each)
        for each in literature.citations
        if each.claim or each.relation in relations
    ]
    citations.sort(
        key=lambda pair: (
            pair[0],
            pair[1].work,
            pair[1].role,
            pair[1].locator,
            pair[1].text,
            pair[1].relation,
        )
    )
    for claim, citation in citations:
        _add_edge(
            graph,
            claim,
            citation.work,
            f"{citation.role} {citation.locator}".strip(),
            edge="citation",
            kind=citation.role,
            sign=0,
            text=citation.text,
            relation=citation.relation,
            locator=citation.locator,
        )
    return graph


def project_claims(network: networkx.MultiDiGraph[str]) -> networkx.MultiDiGraph[str]:
    """Return the claims of a network and the relations between them, all attributes kept."""
    import networkx

    graph: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    graph.add_nodes_from(
        (name, dict(data)) for name, data in network.nodes(data=True) if data["node"] == "claim"
    )
    for source, target, key, data in network.edges(keys=True, data=True):
        if data["edge"] == "relation":
            graph.add_edge(source, target, key=key, **data)
    return graph


def project_holders(literature: Literature, derived: Derived) -> networkx.Graph[str]:
    """Return the holders, joined where they take sides on the same claim.

    Edges have ``agreements`` and ``disagreements``, the numbers of claims on which the two stand on
    one side and on different sides; ``weight``, the difference of the two; and ``sign``, its sign.
    Mixed holders count on neither side of a claim.  Quadratic in the number of holders per claim.
    """
    import networkx

    graph: networkx.Graph[str] = networkx.Graph()
    schools = _place_in_schools(derived)
    graph.add_nodes_from(
        (name, data) for name, data in _describe_holders(literature, schools) if name
    )
    agreements: Counter[tuple[str, str]] = Counter()
    disagreements: Counter[tuple[str, str]] = Counter()
    for standing in derived.standings:
        agreements.update(combinations(sorted(standing.pro), 2))
        agreements.update(combinations(sorted(standing.con), 2))
        disagreements.update(
            (min(one, other), max(one, other)) for one in standing.pro for other in standing.con
        )
    for one, other in sorted(agreements.keys() | disagreements.keys()):
        agreed, disagreed = agreements[one, other], disagreements[one, other]
        weight = agreed - disagreed
        graph.add_edge(
            one,
            other,
            agreements=agreed,
            disagreements=disagreed,
            weight=weight,
            sign=(weight > 0) - (weight < 0),
        )
    return graph


def project_works(literature: Literature) -> networkx.DiGraph[str]:
    """Return the works, a coded text pointing to each work that it cites.

    Edges have ``weight``, the number of recorded citations, and one number for each role that
    occurs among them (``carries``, ``evidence``, …).  Nodes as in :func:`build_network`.
    """
    import networkx

    graph: networkx.DiGraph[str] = networkx.DiGraph()
    graph.add_nodes_from(_describe_works(literature, {}))
    counts: Counter[tuple[str, str, str]] = Counter(
        (citation.text, citation.work, citation.role) for citation in literature.citations
    )
    for (text, work, role), count in sorted(counts.items()):
        for key in (text, work):
            if key not in graph:
                graph.add_node(key, node="work", label=key)
        if not graph.has_edge(text, work):
            graph.add_edge(text, work, weight=0)
        graph.edges[text, work]["weight"] += count
        graph.edges[text, work][role] = count
    return graph


def project_sides(literature: Literature, derived: Derived) -> networkx.Graph[str]:
    """Return holders and claims, joined where the holder takes a side on the claim.

    Nodes have ``bipartite`` (0 holders, 1 claims) beside the attributes of :func:`build_network`;
    edges have ``side`` (pro, con, mixed) and ``weight`` (1, -1, 0).
    """
    import networkx

    graph: networkx.Graph[str] = networkx.Graph()
    schools = _place_in_schools(derived)
    for name, data in _describe_holders(literature, schools):
        graph.add_node(name, bipartite=0, **data)
    for name, data in _describe_claims(literature, derived):
        graph.add_node(name, bipartite=1, **data)
    for standing in derived.standings:
        for side, weight in (("pro", 1), ("con", -1), ("mixed", 0)):
            for holder in getattr(standing, side):
                graph.add_edge(holder, standing.claim, side=side, weight=weight)
    return graph


def _add_nodes(
    graph: networkx.MultiDiGraph[str], literature: Literature, derived: Derived | None
) -> None:
    schools = _place_in_schools(derived)
    graph.add_nodes_from(_describe_claims(literature, derived))
    graph.add_nodes_from(_describe_holders(literature, schools))
    graph.add_nodes_from(_describe_works(literature, schools))


def _describe_claims(
    literature: Literature, derived: Derived | None
) -> list[tuple[str, dict[str, Any]]]:
    standings = {standing.claim: standing for standing in derived.standings} if derived else {}
    focal = {}
    if derived is not None:
        focal = {claim: each.focal for each in derived.disputes for claim in each.claims}
    described = []
    for claim in literature.claims:
        anchor = claim.anchor
        data: dict[str, Any] = {
            "node": "claim",
            "label": claim.id.partition("/")[2] or claim.id,
            "statement": claim.statement,
            "text": claim.text,
            "kind": claim.kind,
            "weight": claim.weight,
            "topic": claim.topic,
        }
        if anchor is not None:
            data |= {
                "page": anchor.page,
                "section": anchor.section,
                "span_start": anchor.start,
                "span_end": anchor.end,
            }
        if claim.id in standings:
            standing = standings[claim.id]
            data |= {
                "status": standing.status,
                "depth": standing.depth,
                "pro": len(standing.pro),
                "con": len(standing.con),
                "mixed": len(standing.mixed),
                "dispute": focal.get(claim.id),
            }
        described.append((claim.id, _drop_unknown(data)))
    return described


def _describe_holders(
    literature: Literature, schools: dict[str, str]
) -> list[tuple[str, dict[str, Any]]]:
    described: dict[str, dict[str, Any]] = {}
    for holder in literature.holders:
        described[holder.id] = {
            "node": "holder",
            "label": holder.name or holder.id,
            "kind": holder.kind,
            "works": "; ".join(holder.works),
            "members": "; ".join(holder.members),
            "school": schools.get(holder.id),
        }
    # Members that hold nothing themselves need no record of their own.
    for holder in literature.holders:
        for member in holder.members:
            prefix = member.partition(":")[0]
            kind = "work" if member.startswith("@") else prefix
            described.setdefault(
                member,
                {
                    "node": "holder",
                    "label": member.removeprefix("@"),
                    "kind": kind,
                    "school": schools.get(member),
                },
            )
    return [(name, _drop_unknown(described[name])) for name in sorted(described)]


def _describe_works(
    literature: Literature, schools: dict[str, str]
) -> list[tuple[str, dict[str, Any]]]:
    return [
        (
            work.key,
            _drop_unknown(
                {
                    "node": "work",
                    "label": work.key,
                    "type": work.type,
                    "title": work.title,
                    "authors": "; ".join(str(person) for person in work.authors),
                    "year": work.year,
                    "doi": work.doi,
                    "url": work.url,
                    "school": schools.get(f"@{work.key}"),
                }
            ),
        )
        for work in literature.works
    ]


def _place_in_schools(derived: Derived | None) -> dict[str, str]:
    if derived is None:
        return {}
    return {
        member: school.id
        for school in derived.schools
        if school.topic is None
        for member in school.members
    }


def choose_relations(literature: Literature, *, with_analyst: bool) -> dict[str, Relation]:
    """Return the relations to show by id: but the analyst's and what hangs on those."""
    chosen = {
        relation.id: relation
        for relation in literature.relations
        if with_analyst or relation.basis != "analyst"
    }
    while True:
        hanging = [
            identifier
            for identifier, relation in chosen.items()
            if relation.target_kind == "relation" and relation.target not in chosen
        ]
        if not hanging:
            return chosen
        for identifier in hanging:
            del chosen[identifier]


def find_goal(relation: Relation, relations: dict[str, Relation]) -> str:
    """Return the claim to which a relation leads, through relations that bear on relations."""
    seen = {relation.id}
    while relation.target_kind == "relation" and relation.target not in seen:
        seen.add(relation.target)
        relation = relations[relation.target]
    return relation.target if relation.target_kind == "claim" else relation.source


def _order_position(position: Position) -> tuple[str, ...]:
    return (
        position.holder,
        position.claim,
        position.stance,
        position.reported_by,
        position.page,
        position.own_locator,
        position.attribution,
        position.certainty,
    )


def _add_edge(
    graph: networkx.MultiDiGraph[str], source: str, target: str, key: str, **data: Any
) -> None:
    """Add an edge under a key of its own, and its ends where the literature does not list them."""
    for name, node in ((source, "holder"), (target, "work")):
        if name not in graph:
            graph.add_node(name, node=node, label=name)
    number, free = 1, key
    while graph.has_edge(source, target, free):
        number += 1
        free = f"{key} {number}"
    graph.add_edge(source, target, key=free, **_drop_unknown(data))


def _drop_unknown(data: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if value is not None and value != ""}
