"""Sides, relations and citations of claims, made ready for a page: words, links and places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from argmap.analysis import ClaimAccount, Stance, Witness
from argmap.analysis.telling import list_pieces
from argmap.exports.site.library import Library, Link, Spot
from argmap.model import Citation, Position, Relation
from argmap.naming import show_page
from argmap.network import find_goal

DEEPEST = 3
"""So many steps of reasons are told on the page of a claim; the rest on pages of their own."""

WORDS = {
    "supports": ("Supported by", "Supports"),
    "explains": ("Explained by", "Explains"),
    "contests": ("Contested by", "Contests"),
    "qualifies": ("Qualified by", "Qualifies"),
    "undercuts": ("Undercut by", "Undercuts the step"),
}


class Sided(NamedTuple):
    """A holder on one side of a claim, how they come to stand there, and where to read it."""

    holder: Link
    kind: str
    told: tuple[Link, ...]
    contrary: tuple[Link, ...]
    quotes: tuple[tuple[str, Spot], ...]


class Sides(NamedTuple):
    """Both sides of a claim, with those on both and the witnesses, who are not counted."""

    pro: tuple[Sided, ...]
    con: tuple[Sided, ...]
    mixed: tuple[Sided, ...]
    pro_witnesses: tuple[Sided, ...]
    con_witnesses: tuple[Sided, ...]
    pro_voices: str
    con_voices: str


class Reason(NamedTuple):
    """A relation as seen from one of its ends: the claim at the other end, and what bears on it."""

    type: str
    claim: Link
    page: str
    holders: tuple[Link, ...]
    drawn_by: tuple[Link, ...]
    basis: str
    evidential: bool
    because: str
    where: str
    attacks: tuple[Reason, ...]
    reasons: tuple[Reason, ...]
    more: int


class Cited(NamedTuple):
    """A citation: the work, the place in it, and what it is cited for."""

    work: Link
    locator: str
    role: str
    claim: Link
    spot: Spot | None
    by: Link


class Told(NamedTuple):
    """A position as somebody tells it."""

    holder: Link
    stance: str
    own_locator: str
    by: Link | None
    page: str
    marks: tuple[str, ...]
    claim: Link


def list_sides(library: Library, account: ClaimAccount) -> Sides:
    """Return the sides of a claim."""
    return Sides(
        pro=_tell_stances(library, account.pro),
        con=_tell_stances(library, account.con),
        mixed=_tell_stances(library, account.mixed),
        pro_witnesses=_tell_stances(library, account.pro_witnesses),
        con_witnesses=_tell_stances(library, account.con_witnesses),
        pro_voices=_count_voices(account.pro_voices.lower, account.pro_voices.upper),
        con_voices=_count_voices(account.con_voices.lower, account.con_voices.upper),
    )


def _count_voices(lower: int, upper: int) -> str:
    number = str(lower) if lower == upper else f"{lower} to {upper}"
    return f"{number} independent {'voice' if number == '1' else 'voices'}"


def _tell_stances(library: Library, stances: Iterable[Stance | Witness]) -> tuple[Sided, ...]:
    told = []
    for stance in stances:
        holder, claim = stance.holder, stance.claim
        contrary = getattr(stance, "contrary", ())
        told.append(
            Sided(
                holder=library.link_holder(holder),
                kind=library.holders[holder].kind,
                told=library.link_pieces(list_pieces(stance.path, claim, holder, library.name)),
                contrary=library.link_pieces(list_pieces(contrary, claim, holder, library.name)),
                quotes=_find_quotes(library, (*stance.path, *contrary)),
            )
        )
    return tuple(told)


def _find_quotes(library: Library, path: Iterable[object]) -> tuple[tuple[str, Spot], ...]:
    """Return the passages on which a path rests, each once, with the address of the claim."""
    found: dict[tuple[str, str], tuple[str, Spot]] = {}
    for step in path:
        if not isinstance(step, Position):
            continue
        claim = library.claims[step.claim]
        spot = library.find_spot(step.anchor or claim.anchor)
        if spot is not None and spot.head:
            found.setdefault((spot.head, spot.tail), (library.link_claim(step.claim).href, spot))
    return tuple(found.values())


def list_positions(library: Library, positions: Iterable[Position]) -> tuple[Told, ...]:
    """Return positions, those who hold the claim first."""
    order = ("asserts", "endorses", "disputes", "reports")
    told = []
    for position in sorted(positions, key=lambda each: order.index(each.stance)):
        marks: list[str] = []
        if position.attribution in ("parenthetical", "anonymous", "implied"):
            marks.append(position.attribution)
        if position.certainty != "certain":
            marks.append(position.certainty)
        own = position.holder == f"@{position.reported_by}"
        told.append(
            Told(
                holder=library.link_holder(position.holder),
                stance=position.stance,
                own_locator=position.own_locator.lstrip(": "),
                by=None if own else library.link_text(position.reported_by),
                page=show_page(position.page) if position.page else "",
                marks=tuple(marks),
                claim=library.link_claim(position.claim),
            )
        )
    return tuple(told)


def list_reasons(
    library: Library, claim: str, types: Iterable[str], depth: int = DEEPEST
) -> tuple[Reason, ...]:
    """Return what bears on a claim, with what bears on that, down to ``depth`` steps."""
    wanted = frozenset(types)
    return _list_incoming(library, claim, wanted, depth, (claim,))


def _list_incoming(
    library: Library, target: str, types: frozenset[str], depth: int, above: tuple[str, ...]
) -> tuple[Reason, ...]:
    rank = {name: number for number, name in enumerate(WORDS)}
    relations = [
        each
        for each in library.incoming.get(target, ())
        # The analyst's readings of reasons stand on the pages of those.
        if each.type in types and (len(above) == 1 or each.basis != "analyst")
    ]
    relations.sort(key=lambda each: (each.basis == "analyst", rank[each.type], each.id))
    return tuple(
        describe_relation(library, relation, relation.source, depth, above)
        for relation in relations
    )


def list_uses(library: Library, claim: str) -> tuple[Reason, ...]:
    """Return what a claim bears on itself."""
    rank = {name: number for number, name in enumerate(WORDS)}
    relations = sorted(
        library.outgoing.get(claim, ()),
        key=lambda each: (each.basis == "analyst", rank[each.type], each.id),
    )
    return tuple(
        describe_relation(library, each, find_goal(each, library.relations), 1, (claim,))
        for each in relations
    )


def describe_relation(
    library: Library, relation: Relation, other: str, depth: int, above: tuple[str, ...]
) -> Reason:
    """Return a relation as seen from one end, ``other`` being the claim at the other."""
    deeper: tuple[Reason, ...] = ()
    more = 0
    if depth > 1 and other not in above:
        deeper = _list_incoming(library, other, frozenset(WORDS), depth - 1, (*above, other))
    elif other not in above:
        more = sum(1 for each in library.incoming.get(other, ()) if each.type in WORDS)
    attacks = tuple(
        describe_relation(library, each, each.source, 1, above)
        for each in library.incoming.get(relation.id, ())
        if each.source not in above or depth == DEEPEST
    )
    where = ""
    if relation.target_kind == "relation":
        step = library.relations[relation.target]
        where = library.claims[step.source].statement if step.source in library.claims else ""
    claim = library.claims[other]
    page = relation.page or (claim.anchor.page if claim.anchor else "")
    return Reason(
        type=relation.type,
        claim=library.link_claim(other),
        page=show_page(page) if page else "",
        holders=tuple(
            library.link_holder(name)
            for name in dict.fromkeys(
                position.holder
                for position in library.positions_on.get(other, ())
                if position.stance in ("asserts", "endorses")
            )
        ),
        drawn_by=tuple(library.link_holder(name) for name in relation.drawn_by),
        basis=relation.basis,
        evidential=relation.evidential,
        because=relation.because,
        where=where,
        attacks=attacks,
        reasons=deeper,
        more=more,
    )


def list_citations(library: Library, citations: Iterable[Citation]) -> tuple[Cited, ...]:
    """Return citations with the claims that they serve."""
    told = []
    for citation in citations:
        claim = citation.claim or library.relations[citation.relation].source
        anchor = citation.anchor or library.claims[claim].anchor
        told.append(
            Cited(
                work=library.link_holder(f"@{citation.work}"),
                locator=citation.locator.lstrip(": "),
                role=citation.role.replace("-", " "),
                claim=library.link_claim(claim),
                spot=library.find_spot(anchor),
                by=library.link_text(citation.text),
            )
        )
    return tuple(told)


def tell_flag(library: Library, flag: str) -> tuple[Link, ...]:
    """Return a note of a dispute in words, with links to those whom it names."""
    head, _, rest = flag.partition(": ")
    if head == "side without a work":
        side = {"pro": "for the claim", "con": "against the claim"}[rest]
        return (Link(f"Nobody citable stands {side}: only actors or camps do."),)
    if head == "second-hand":
        names = rest.split(", ")
        return (Link("Read in others’ accounts only, not in their own works: "),) + _join(
            library.link_holder(name) for name in names
        )
    if head == "reviewer's own works among the voices":
        names = rest.split(", ")
        return (Link("A coded text counts its own authors’ works among the voices: "),) + _join(
            library.link_holder(name) for name in names
        )
    if head == "reviewer is the only opponent":
        return (
            library.link_holder(rest),
            Link(", which tells of the claim, is its only opponent."),
        )
    for start, words in (
        ("known only through ", "Known only through "),
        ("undercut by ", "A step in it is undercut by "),
        ("qualified by ", "Qualified by "),
    ):
        if flag.startswith(start):
            name = flag.removeprefix(start)
            link = library.link_claim(name) if name in library.claims else library.link_text(name)
            return (Link(words), link)
    return (Link(flag),)


def _join(links: Iterable[Link]) -> tuple[Link, ...]:
    joined: list[Link] = []
    for link in links:
        if joined:
            joined.append(Link(", "))
        joined.append(link)
    return tuple(joined)
