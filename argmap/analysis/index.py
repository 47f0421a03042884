"""Look-ups over a literature by claim, by holder and by relation: the plain side of analysis."""

from __future__ import annotations

from dataclasses import dataclass, field

from argmap.analysis.tables import is_usable, list_holders, list_memberships
from argmap.model import Claim, Holder, HolderKind, Literature, Position, Relation


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """The records of a literature by the ids they hang on; values keep the literature's order.

    Positions are by holder, by claim, and by both.

    ``relations`` has every relation by id; the look-ups by source, target and drawer have usable
    relations only (no evidential ones, no analyst's unless asked for).  ``groups`` has the groups
    that name a holder as member.
    """

    literature: Literature
    with_analyst: bool
    claims: dict[str, Claim] = field(default_factory=dict)
    holders: dict[str, Holder] = field(default_factory=dict)
    relations: dict[str, Relation] = field(default_factory=dict)
    positions_of: dict[str, list[Position]] = field(default_factory=dict)
    positions_on: dict[str, list[Position]] = field(default_factory=dict)
    positions_at: dict[tuple[str, str], list[Position]] = field(default_factory=dict)
    drawn_by: dict[str, list[Relation]] = field(default_factory=dict)
    outgoing: dict[str, list[Relation]] = field(default_factory=dict)
    incoming: dict[str, list[Relation]] = field(default_factory=dict)
    groups: dict[str, list[str]] = field(default_factory=dict)


def index_literature(literature: Literature, *, with_analyst: bool = False) -> Index:
    """Return the look-ups of a literature; linear in the number of records.

    Holders that are named only as members or as drawers of a step get a bare record, so that every
    id found in ``groups`` or ``drawn_by`` is in ``holders``.
    """
    index = Index(literature=literature, with_analyst=with_analyst)
    index.claims.update((claim.id, claim) for claim in literature.claims)
    listed = {holder.id: holder for holder in literature.holders}
    for name in list_holders(literature):
        index.holders[name] = listed[name] if name in listed else describe_bare_holder(name)
    for position in literature.positions:
        index.positions_of.setdefault(position.holder, []).append(position)
        index.positions_on.setdefault(position.claim, []).append(position)
        index.positions_at.setdefault((position.holder, position.claim), []).append(position)
    for relation in literature.relations:
        index.relations[relation.id] = relation
        if not is_usable(relation, with_analyst=with_analyst):
            continue
        index.outgoing.setdefault(relation.source, []).append(relation)
        index.incoming.setdefault(relation.target, []).append(relation)
        for holder in relation.drawn_by:
            index.drawn_by.setdefault(holder, []).append(relation)
    for group, member in list_memberships(literature.holders):
        index.groups.setdefault(member, []).append(group)
    return index


def name_kind(name: str) -> HolderKind:
    """Return the kind of a holder by the form of its id."""
    if name.startswith("group:"):
        return "group"
    return "actor" if name.startswith("actor:") else "work"


def describe_bare_holder(name: str) -> Holder:
    """Return the record of a holder of which nothing is known but its id."""
    kind = name_kind(name)
    if kind == "work":
        key = name.removeprefix("@")
        return Holder(id=name, kind=kind, name=key, works=(key,))
    return Holder(id=name, kind=kind, name=name.partition(":")[2])
