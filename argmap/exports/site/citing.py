"""Words to take along: how to cite a claim or a dispute, in prose and for pandoc."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from argmap.analysis.disputes import list_grounds
from argmap.exports.site.fragments import Html
from argmap.exports.site.library import Library
from argmap.model import Claim, Position
from argmap.naming import show_page


class Citing(NamedTuple):
    """A sentence with its sources in words, the same for pandoc, and its entries as HTML."""

    prose: str
    pandoc: str
    entries: tuple[str, ...]


def write_citing(citing: Citing) -> Html:
    """Return how to cite, as a section with words to copy."""
    written = (
        '<section class="cite" aria-labelledby="cite">\n<h2 id="cite">Cite this</h2>\n'
        f'<div class="copy"><h3>In prose</h3><p id="cite-prose">{escape(citing.prose)}</p>'
        '<button type="button" data-copy="cite-prose" hidden>Copy</button></div>\n'
        '<div class="copy"><h3>For pandoc</h3><p id="cite-pandoc"><code>'
        f"{escape(citing.pandoc)}</code></p>"
        '<button type="button" data-copy="cite-pandoc" hidden>Copy</button></div>\n'
    )
    if citing.entries:
        entries = "".join(f"<li>{entry}</li>\n" for entry in citing.entries)
        written += f'<h3>References</h3>\n<ul class="entries">\n{entries}</ul>\n'
    return Html(f"{written}</section>\n")


def cite_claim(library: Library, claim: Claim) -> Citing:
    """Return how to cite a claim: who holds it, where, and who says so."""
    positions = [
        each for each in library.positions_on.get(claim.id, ()) if each.stance != "reports"
    ]
    pro = [each for each in positions if each.stance != "disputes"]
    con = [each for each in positions if each.stance == "disputes"]
    page = claim.anchor.page if claim.anchor else ""
    told = [claim.statement.rstrip(".")]
    prose = pandoc = ""
    if pro or con:
        prose = _list_sources(library, pro, plain=True, against=con)
        pandoc = _list_sources(library, pro, plain=False, against=con)
    else:
        prose = f"({library.name('@' + claim.text)}, {show_page(page)})"
        pandoc = f"[@{claim.text}, {show_page(page)}]"
    keys = dict.fromkeys((*_list_keys(library, positions), claim.text))
    return Citing(f"{told[0]} {prose}.", f"{told[0]} {pandoc}.", _list_entries(library, keys))


def cite_dispute(library: Library, number: int) -> Citing:
    """Return how to cite a dispute: the claim in question, and each side with its sources."""
    dispute = library.disputes[number]
    sides: list[list[Position]] = []
    for holders in (dispute.pro, dispute.con):
        found: dict[tuple[str, str], Position] = {}
        for holder in holders:
            for position in list_grounds(library.findings, holder, dispute.focal):
                found.setdefault((position.holder, position.page), position)
        sides.append(list(found.values()))
    statement = library.claims[dispute.focal].statement.rstrip(".")
    parts = []
    for plain in (True, False):
        pro, con = (_list_sources(library, side, plain=plain) for side in sides)
        parts.append(f"It is disputed whether “{statement}”: for it {pro}; against it {con}.")
    keys = dict.fromkeys(
        (*_list_keys(library, [*sides[0], *sides[1]]), library.claims[dispute.focal].text)
    )
    return Citing(parts[0], parts[1], _list_entries(library, keys))


def _list_sources(
    library: Library,
    positions: Iterable[Position],
    *,
    plain: bool,
    against: Iterable[Position] = (),
) -> str:
    told = [_name_source(library, each, plain=plain) for each in positions]
    denied = [_name_source(library, each, plain=plain) for each in against]
    if denied:
        told.append(f"against: {'; '.join(denied)}" if told else f"denied by {'; '.join(denied)}")
    inside = "; ".join(dict.fromkeys(told))
    return f"({inside})" if plain else f"[{inside}]"


def _name_source(library: Library, position: Position, *, plain: bool) -> str:
    """Return a position as a source: the holder, and the text that tells of it, with pages."""
    key = position.holder.removeprefix("@")
    page = f", {show_page(position.page)}" if position.page else ""
    if key == position.reported_by:
        return f"{library.name(position.holder)}{page}" if plain else f"@{key}{page}"
    own = f", {position.own_locator.lstrip(': ')}" if position.own_locator else ""
    name = library.name(position.holder)
    teller = library.name(f"@{position.reported_by}")
    if plain:
        return f"{name}{own}, as told by {teller}{page}"
    if position.holder.startswith("@") and key in library.works:
        return f"@{key}{own}; as told by @{position.reported_by}{page}"
    return f"{name} as told by @{position.reported_by}{page}"


def _list_keys(library: Library, positions: Iterable[Position]) -> list[str]:
    keys = []
    for position in positions:
        keys += [position.holder.removeprefix("@"), position.reported_by]
    return [key for key in dict.fromkeys(keys) if key in library.works]


def _list_entries(library: Library, keys: Iterable[str]) -> tuple[str, ...]:
    known = sorted(
        (key for key in keys if key in library.works), key=library.plain_entries.__getitem__
    )
    return tuple(library.entries.get(key) or escape(library.plain_entries[key]) for key in known)
