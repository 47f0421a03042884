"""What a graph shows: one model of nodes and edges, ready to be drawn, for every graph format.

A view is made of records alone (:mod:`argmap.exports.view_records`), so whatever draws it, Gephi, a
picture or a page, needs to know nothing of claims and holders.  There are four:

``claims``
    Claims and the relations between them.  A relation that bears on a relation points to the claim
    to which the other leads, and names the other in the column ``step``.
``holders``
    Holders who take a side on any claim, joined by ``agrees`` and ``disagrees`` where they stand on
    one side of a claim, or on different ones; the weight is the number of such claims.
``full``
    Claims, holders and works with positions, relations and citations.  A work that holds something
    is one node.  A relation on which another one bears is a node between its two claims.
``dispute:ID``
    The claims of one dispute, the claims next to them, the relations between all of these, and the
    holders on the sides of the claims in dispute.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

import msgspec

from argmap.diagnostics import did_you_mean
from argmap.exports.layout import lay_out
from argmap.exports.palette import KINDS, NEUTRAL, SCHOOLS, list_schools
from argmap.exports.view_edges import (
    EDGE_COLUMNS,
    DrawnEdge,
    count_ends,
    join_citations,
    join_claims,
    join_positions,
    join_through_relations,
)
from argmap.exports.view_nodes import (
    NODE_COLUMNS,
    DrawnNode,
    show_claim,
    show_holder,
    show_relation,
)
from argmap.exports.view_records import (
    VIEWS,
    Column,
    ColumnType,
    Edge,
    LegendEntry,
    Node,
    Value,
    View,
    ViewUnknown,
)
from argmap.exports.view_sources import Sources, gather
from argmap.model import Claim, Derived, Dispute, Literature
from argmap.network import find_goal

__all__ = [
    "VIEWS",
    "Column",
    "ColumnType",
    "Edge",
    "LegendEntry",
    "Node",
    "Value",
    "View",
    "ViewUnknown",
    "build_view",
    "place_nodes",
]

Shown = TypeVar("Shown", Node, Edge)


def build_view(
    literature: Literature,
    derived: Derived,
    name: str = "claims",
    *,
    positions: bool = True,
    sources: Sources | None = None,
) -> View:
    """Return a view of a literature, its nodes and edges sorted by id.

    Linear in the records shown, quadratic in the holders of one claim; see
    :func:`argmap.exports.layout.lay_out` for the positions.

    Parameters
    ----------
    literature, derived
        Records without errors, and what :func:`argmap.analysis.analyse` made of them: relations
        that the analyst drew are shown if they counted there, and only the claims of one topic
        (with those who take a side on them) if it was asked for one.
    name
        ``claims``, ``holders``, ``full`` or ``dispute:ID``, where ID is a claim in dispute (with
        or without its text) or the number of a dispute, counted from 1.
    positions
        Lay the nodes out; otherwise they all stand at (0, 0).
    sources
        What :func:`argmap.exports.view_sources.gather` made of these records, for who builds
        several views of them.

    Raises
    ------
    ViewUnknown
        If there is no such view or dispute.
    """
    known, _, identifier = name.partition(":")
    sources = sources or gather(literature, derived)
    builders = {"claims": _show_claims, "holders": _show_holders, "full": _show_full}
    if known == "dispute":
        dispute = _find_dispute(literature, derived, identifier)
        scene = _show_dispute(sources, dispute)
    elif name in builders:
        scene = builders[name](sources)
    else:
        remedy = did_you_mean(name, builders) or f"There are: {', '.join(VIEWS)}."
        raise ViewUnknown(name, f"no view {name!r}", "view-unknown", remedy)
    view = _finish(scene, name)
    return place_nodes(view) if positions else view


@dataclass(frozen=True, eq=False)
class _Scene:
    """A view in the making: values still by the names of columns."""

    sources: Sources
    title: str
    directed: bool
    nodes: list[DrawnNode]
    edges: list[DrawnEdge]


# ---- the four views -----------------------------------------------------------------------------


def _show_claims(sources: Sources) -> _Scene:
    chosen = [claim.id for claim in sources.literature.claims if _is_on_topic(sources, claim)]
    edges = join_claims(sources, sources.relations.values(), set(chosen))
    degree = count_ends(edge for edge, _ in edges)
    nodes = [show_claim(sources, claim, degree[claim]) for claim in chosen]
    return _Scene(sources, "claims and the relations between them", True, nodes, edges)


def _show_holders(sources: Sources) -> _Scene:
    agreements: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    disagreements: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    present: set[str] = set()
    for standing in sources.derived.standings:
        if not _is_on_topic(sources, sources.claims[standing.claim]):
            continue
        present.update(standing.pro, standing.con, standing.mixed)
        for side in (standing.pro, standing.con):
            for pair in combinations(sorted(side), 2):
                agreements[pair].append(standing.claim)
        for one in standing.pro:
            for other in standing.con:
                disagreements[min(one, other), max(one, other)].append(standing.claim)
    edges: list[DrawnEdge] = []
    for kind, sign, ties in (("agrees", 1, agreements), ("disagrees", -1, disagreements)):
        for (one, other), claims in ties.items():
            edge = Edge(
                id=f"{one} {kind} {other}",
                source=one,
                target=other,
                kind=kind,
                sign=sign,
                weight=len(claims),
                colour=KINDS[kind],
            )
            net = len(agreements.get((one, other), ())) - len(disagreements.get((one, other), ()))
            edges.append((edge, {"claims": len(claims), "net": net, "on": "; ".join(claims)}))
    degree = count_ends(edge for edge, _ in edges)
    nodes = [show_holder(sources, holder, degree[holder]) for holder in sorted(present)]
    return _Scene(sources, "who agrees with whom", False, nodes, edges)


def _show_full(sources: Sources) -> _Scene:
    literature = sources.literature
    chosen = {claim.id for claim in literature.claims if _is_on_topic(sources, claim)}
    relations = sources.relations
    shown = {
        name: relation
        for name, relation in relations.items()
        if relation.source in chosen and find_goal(relation, relations) in chosen
    }
    aims = {each.target for each in shown.values() if each.target_kind == "relation"}
    edges = [
        *join_through_relations(sources, shown, aims),
        *join_positions(sources, chosen),
        *join_citations(sources, chosen, shown, aims),
    ]
    degree = count_ends(edge for edge, _ in edges)
    named = {edge.source for edge, _ in edges} | {edge.target for edge, _ in edges}
    if sources.topic is None:
        named |= {holder.id for holder in literature.holders}
        named |= {f"@{work.key}" for work in literature.works}
    others = sorted(name for name in named if name.startswith(("@", "actor:", "group:")))
    nodes = [
        *(show_claim(sources, claim, degree[claim]) for claim in chosen),
        *(show_holder(sources, other, degree[other]) for other in others),
        *(show_relation(sources, relations[name]) for name in sorted(aims)),
    ]
    return _Scene(sources, "claims, holders, works and citations", True, nodes, edges)


def _show_dispute(sources: Sources, dispute: Dispute) -> _Scene:
    inside = set(dispute.claims)
    near = {each.id: each for claim in dispute.claims for each in sources.relations_at[claim]}
    chosen = inside.union(
        *({each.source, find_goal(each, sources.relations)} for each in near.values())
    )
    between = {each.id: each for claim in chosen for each in sources.relations_at[claim]}
    edges = join_claims(sources, [between[name] for name in sorted(between)], chosen)
    stances: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    pages: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in dispute.claims:
        for position in sources.positions_on[claim]:
            stances[position.holder, claim].add(position.stance)
            if position.page:
                pages[position.holder, claim].add(position.page)
    holders = set()
    for claim in dispute.claims:
        standing = sources.standings[claim]
        for kind, sign, side in (
            ("for", 1, standing.pro),
            ("against", -1, standing.con),
            ("on both sides", 0, standing.mixed),
        ):
            for holder in side:
                holders.add(holder)
                edge = Edge(
                    id=f"{holder} {kind} {claim}",
                    source=holder,
                    target=claim,
                    kind=kind,
                    sign=sign,
                    colour=KINDS[kind],
                )
                taken: dict[str, Value] = {
                    "stance": "; ".join(sorted(stances[holder, claim])) or None,
                    "page": "; ".join(sorted(pages[holder, claim])) or None,
                    "text": sources.claims[claim].text,
                }
                edges.append((edge, taken))
    degree = count_ends(edge for edge, _ in edges)
    nodes = [
        *(show_claim(sources, claim, degree[claim]) for claim in sorted(chosen)),
        *(show_holder(sources, holder, degree[holder]) for holder in sorted(holders)),
    ]
    return _Scene(sources, sources.claims[dispute.focal].statement, True, nodes, edges)


def _find_dispute(literature: Literature, derived: Derived, identifier: str) -> Dispute:
    name = f"dispute:{identifier}"
    disputes = derived.disputes
    listed = "`argmap disputes` lists them."
    if identifier.isascii() and identifier.isdigit():
        # Python converts no number of thousands of digits.
        number = int(identifier) if len(identifier) < 10 else 0
        if 1 <= number <= len(disputes):
            return disputes[number - 1]
        message = f"there is no dispute {identifier}; there are {len(disputes)}"
        raise ViewUnknown(name, message, "dispute-unknown", listed)
    identifier = unicodedata.normalize("NFC", identifier)
    ids = {claim.id for claim in literature.claims}
    named = sorted(claim for claim in ids if identifier in (claim, claim.rpartition("/")[2]))
    if identifier in ids:
        named = [identifier]
    if not named:
        remedy = did_you_mean(identifier, ids | {claim.rpartition("/")[2] for claim in ids})
        raise ViewUnknown(name, f"no claim {identifier!r}", "claim-unknown", remedy or listed)
    if len(named) > 1:
        message = f"{identifier!r} is the name of {len(named)} claims: {', '.join(named)}"
        raise ViewUnknown(name, message, "claim-ambiguous", "Write the id in full.")
    for dispute in disputes:
        if named[0] in dispute.claims:
            return dispute
    raise ViewUnknown(name, f"{identifier!r} is not in dispute", "dispute-unknown", listed)


# ---- from scenes to views -----------------------------------------------------------------------


def place_nodes(view: View, *, seed: int = 0) -> View:
    """Return a view with its nodes laid out; whoever disagrees is drawn less near."""
    number = {node.id: place for place, node in enumerate(view.nodes)}
    groups = {colour: place for place, colour in enumerate((*SCHOOLS, NEUTRAL))}
    position = lay_out(
        len(number),
        [number[edge.source] for edge in view.edges],
        [number[edge.target] for edge in view.edges],
        weights=[_pull(edge) for edge in view.edges],
        radii=[node.size for node in view.nodes],
        groups=[groups.get(node.colour, len(groups)) for node in view.nodes],
        seed=seed,
    )
    nodes = tuple(
        msgspec.structs.replace(node, x=x, y=y)
        for node, (x, y) in zip(view.nodes, position.tolist(), strict=True)
    )
    return msgspec.structs.replace(view, nodes=nodes)


def _pull(edge: Edge) -> float:
    return (0.3 if edge.kind == "disagrees" else 1.0) * min(edge.weight, 4.0)


def _finish(scene: _Scene, name: str) -> View:
    """Return a scene as a view: sorted, years on the edges, only the columns that say something."""
    review = scene.sources.literature.review
    years = {node.id: node.year for node, _ in scene.nodes}
    edges: list[DrawnEdge] = []
    for edge, values in scene.edges:
        ends = [year for end in (edge.source, edge.target) if (year := years[end]) is not None]
        year = max(ends, default=None)
        edges.append((msgspec.structs.replace(edge, year=year), values | {"year": year}))
    node_columns = _choose_columns(NODE_COLUMNS, (values for _, values in scene.nodes))
    edge_columns = _choose_columns(EDGE_COLUMNS, (values for _, values in edges))
    title = review.title or "A review"
    return View(
        name=name,
        title=f"{title}: {scene.title}",
        description=review.description,
        creators=review.creators,
        date=scene.sources.date,
        directed=scene.directed,
        node_columns=node_columns,
        edge_columns=edge_columns,
        nodes=tuple(_fill(scene.nodes, node_columns)),
        edges=tuple(_fill(edges, edge_columns)),
        legend=tuple(_explain(scene)),
    )


def _choose_columns(
    columns: Iterable[Column], rows: Iterable[Mapping[str, Value]]
) -> tuple[Column, ...]:
    used = {name for values in rows for name, value in values.items() if value not in (None, "")}
    return tuple(column for column in columns if column.name in used)


def _fill(
    drawn: Iterable[tuple[Shown, dict[str, Value]]], columns: Sequence[Column]
) -> Iterator[Shown]:
    for record, values in sorted(drawn, key=lambda pair: pair[0].id):
        row = tuple([values.get(column.name) for column in columns])
        yield msgspec.structs.replace(record, values=tuple(None if v == "" else v for v in row))


def _explain(scene: _Scene) -> Iterator[LegendEntry]:
    """Yield what the colours mean, of those that occur: schools, then kinds of edges."""
    colours = {node.colour for node, _ in scene.nodes if node.kind != "relation"}
    for school in list_schools(scene.sources.derived):
        colour = scene.sources.colours[school.id]
        if colour in colours and colour != NEUTRAL:
            yield LegendEntry(of="node", key=school.id, name=school.name, colour=colour)
    if NEUTRAL in colours:
        many = len(list_schools(scene.sources.derived)) > len(SCHOOLS)
        name = "no school, or a smaller one" if many else "no school"
        yield LegendEntry(of="node", key="", name=name, colour=NEUTRAL)
    kinds = {edge.kind for edge, _ in scene.edges}
    # Where relations are no nodes, an undercut can only point at the claim behind the step.
    stepless = all(node.kind != "relation" for node, _ in scene.nodes)
    for kind, colour in KINDS.items():
        if kind in kinds:
            name = "undercuts a step to it" if kind == "undercuts" and stepless else kind
            yield LegendEntry(of="edge", key=kind, name=name, colour=colour)


def _is_on_topic(sources: Sources, claim: Claim) -> bool:
    return sources.topic is None or claim.topic == sources.topic
