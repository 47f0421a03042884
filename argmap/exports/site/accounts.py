"""Positions, citations and notes of disputes, made ready for a page: words, links and places."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from argmap.exports.site.fragments import Html, Link
from argmap.exports.site.library import Library
from argmap.model import Position
from argmap.naming import show_page

_STANCES = ("asserts", "endorses", "disputes", "reports")


def write_positions_on(library: Library, claim: str) -> Html:
    """Return who takes which stance on a claim, and who says so, as items of a list."""
    return Html(
        "".join(
            f'<li class="{each.stance}"><strong>{library.link_holder(each.holder).html}</strong> '
            f"{each.stance} it{_place_there(each, ' (', ')')}{_name_teller(library, each, ', ')}"
            f"{_name_page(each)}{_mark(each)}</li>\n"
            for each in _sort(library.positions_on.get(claim, ()))
        )
    )


def write_positions_of(library: Library, holder: str) -> dict[str, Html]:
    """Return where a holder stands and who says so, as items of a list for each stance."""
    found: dict[str, list[str]] = {}
    positions = sorted(
        library.positions_of.get(holder, ()), key=lambda each: library.claim_order[each.claim]
    )
    for each in _sort(positions):
        teller = _name_teller(library, each, "") or "in its own text"
        found.setdefault(each.stance, []).append(
            f'<li class="{each.stance}"><p>{library.link_claim(each.claim).html}</p>'
            f'<p class="fine">{teller}{_name_page(each)}{_place_there(each, "; ", "")}'
            f"{_mark(each)}</p></li>\n"
        )
    return {stance: Html("".join(items)) for stance, items in found.items()}


def _sort(positions: Iterable[Position]) -> list[Position]:
    """Return positions, those who hold the claim first."""
    return sorted(positions, key=lambda each: _STANCES.index(each.stance))


def _place_there(position: Position, before: str, after: str) -> str:
    locator = position.own_locator.lstrip(": ")
    return f"{before}{escape(locator)} there{after}" if locator else ""


def _name_teller(library: Library, position: Position, joint: str) -> str:
    if position.holder == f"@{position.reported_by}":
        return ""
    return f"{joint}says {library.link_text(position.reported_by).html}"


def _name_page(position: Position) -> str:
    return f", {escape(show_page(position.page))}" if position.page else ""


def _mark(position: Position) -> str:
    marks: list[str] = []
    if position.attribution in ("parenthetical", "anonymous", "implied"):
        marks.append(position.attribution)
    if position.certainty != "certain":
        marks.append(position.certainty)
    return f" ({', '.join(marks)})" if marks else ""


def write_citations_at(library: Library, claim: str) -> Html:
    """Return the works that are cited for a claim or for a step from it, as items of a list."""
    return Html(
        "".join(
            f"<li>{library.link_holder(f'@{each.work}').html}"
            f"{f', {escape(locator)}' if (locator := each.locator.lstrip(': ')) else ''}: "
            f"{each.role.replace('-', ' ')}</li>\n"
            for each in library.citations_at.get(claim, ())
        )
    )


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
