"""What bears on a claim, as a tree of reasons, and what the claim bears on itself."""

from __future__ import annotations

from collections.abc import Collection
from html import escape

from argmap.exports.site.fragments import Html, write_links
from argmap.exports.site.library import Library
from argmap.model import Relation
from argmap.naming import show_page
from argmap.network import find_goal

DEEPEST = 3
"""So many steps of reasons are told on the page of a claim; the rest on pages of their own."""

USES = {
    "supports": "Supports",
    "explains": "Explains",
    "contests": "Contests",
    "qualifies": "Qualifies",
    "undercuts": "Undercuts the step",
}
"""Kinds of relations in the order of reading, with what a claim does that they start from."""

_RANK = {name: number for number, name in enumerate(USES)}
_EVERY = frozenset(USES)
_BASES = {
    "explicit": "the text marks the step",
    "implicit": "it follows from the text",
}


def write_reasons(library: Library, claim: str, kinds: Collection[str]) -> Html:
    """Return the relations of some kinds that bear on a claim, with what bears on those in turn.

    They are items of a list, empty where there are none.  :data:`DEEPEST` steps are told.
    """
    return Html(_write_incoming(library, claim, kinds, DEEPEST, (claim,)))


def write_uses(library: Library, claim: str) -> dict[str, Html]:
    """Return what a claim bears on itself, as items of a list for each kind of relation."""
    found: dict[str, list[str]] = {}
    for relation in _sort(library.outgoing.get(claim, ())):
        found.setdefault(relation.type, []).append(_write_use(library, relation))
    return {kind: Html("".join(found[kind])) for kind in USES if kind in found}


def _sort(relations: Collection[Relation]) -> list[Relation]:
    if len(relations) < 2:
        return list(relations)
    return sorted(relations, key=lambda each: (each.basis == "analyst", _RANK[each.type], each.id))


def _write_incoming(
    library: Library, target: str, kinds: Collection[str], depth: int, above: tuple[str, ...]
) -> str:
    relations = [
        each
        for each in library.incoming.get(target, ())
        # The analyst's readings of reasons stand on the pages of those.
        if each.type in kinds and (len(above) == 1 or each.basis != "analyst")
    ]
    return "".join(_write_reason(library, each, depth, above) for each in _sort(relations))


def _write_reason(library: Library, relation: Relation, depth: int, above: tuple[str, ...]) -> str:
    """Return a relation with the claim it starts from, what attacks it, and what bears on that."""
    other = relation.source
    written = _write_step(library, relation, "")
    attacks = library.incoming.get(relation.id)
    if attacks:
        told = "".join(
            f"{_write_step(library, each, ' this step:')}</li>\n"
            for each in attacks
            if each.source not in above or depth == DEEPEST
        )
        if told:
            written += f'<ul class="attacks">\n{told}</ul>\n'
    if other in above:
        return f"{written}</li>\n"
    if depth > 1:
        deeper = _write_incoming(library, other, _EVERY, depth - 1, (*above, other))
        if deeper:
            number = sum(1 for each in library.incoming[other] if each.basis != "analyst")
            written += (
                f"<details><summary>{_count_bearing(number)} on this in turn</summary>\n"
                f'<ul class="tree">\n{deeper}</ul>\n</details>\n'
            )
    elif bearing := library.incoming.get(other):
        written += (
            f'<p class="fine">{_count_bearing(len(bearing))} on this in turn: see its page.</p>\n'
        )
    return f"{written}</li>\n"


def _count_bearing(number: int) -> str:
    return f"{number:,} claim bears" if number == 1 else f"{number:,} claims bear"


def _write_step(library: Library, relation: Relation, joint: str) -> str:
    """Return a relation and the claim it starts from, as an item that is still open."""
    kind, claim = relation.type, relation.source
    return (
        f'<li class="reason {kind}{_mark_analyst(relation)}">\n'
        f'<p><span class="type {kind}">{kind}</span>{joint} {library.link_claim(claim).html}'
        f"{_write_holders(library, claim)}</p>\n{_write_details(library, relation)}\n"
    )


def _write_use(library: Library, relation: Relation) -> str:
    goal = find_goal(relation, library.relations)
    lead = trail = ""
    if relation.target_kind == "relation":
        step = library.relations[relation.target]
        if step.source in library.claims:
            lead = "the step to "
            words = escape(library.claims[step.source].statement)
            trail = f' <span class="fine">from: {words}</span>'
    return (
        f'<li class="reason {relation.type}{_mark_analyst(relation)}">\n'
        f"<p>{lead}{library.link_claim(goal).html}{trail}</p>\n"
        f"{_write_details(library, relation)}\n</li>\n"
    )


def _mark_analyst(relation: Relation) -> str:
    return " analyst" if relation.basis == "analyst" else ""


def _write_holders(library: Library, claim: str) -> str:
    known = library.pieces
    name = f"by {claim}"
    written = known.get(name)
    if written is None:
        links = [library.link_holder(holder) for holder in library.list_holders(claim)]
        written = f' <span class="by">{write_links(links, 3)}</span>' if links else ""
        known[name] = written
    return written


def _write_details(library: Library, relation: Relation) -> str:
    """Return who drew a relation, in which text and where, how plainly, and why."""
    known = library.pieces
    name = f"step {relation.id}"
    written = known.get(name)
    if written is not None:
        return written
    claim = library.claims[relation.source]
    page = relation.page or (claim.anchor.page if claim.anchor else "")
    place = library.link_text(claim.text).html + (f", {escape(show_page(page))}" if page else "")
    drawers = [library.link_holder(holder) for holder in relation.drawn_by]
    if relation.basis == "analyst":
        words = "The reviewer’s own reading"
        if not library.findings.with_analyst:
            words += ", which is not counted"
    elif drawers and relation.drawn_by != (f"@{claim.text}",):
        words = f"Drawn by {write_links(drawers)}, says {place}; {_BASES[relation.basis]}"
    else:
        words = f"Drawn by {place}; {_BASES[relation.basis]}"
    if relation.evidential:
        words += "; shows that the position exists, and takes no side"
    because = ""
    if relation.because:
        because = f' <span class="because">{escape(relation.because)}</span>'
    written = known[name] = f'<p class="fine">{words}.{because}</p>'
    return written
