"""Words to take along: how to cite a claim or a dispute, in prose and for pandoc."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

from argmap.analysis import ClaimAccount, Stance
from argmap.analysis.disputes import list_grounds
from argmap.diagnostics import join_words
from argmap.exports.site.fragments import Html
from argmap.exports.site.library import Library
from argmap.model import Position
from argmap.naming import show_page

_MARKS = re.compile(r"[;\[\]@]+")


class Citing(NamedTuple):
    """A sentence with its sources in words, the same for pandoc, and its entries as HTML."""

    prose: str
    pandoc: str
    entries: tuple[str, ...]


class Source(NamedTuple):
    """Who stands somewhere, and which text says so where.

    ``camp`` is the group for which a member stands there, ``own`` the place in the holder's own
    work, ``doubt`` what is not plain or not sure.
    """

    holder: str
    camp: str
    own: str
    text: str
    page: str
    doubt: str


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
        written += (
            '<div class="copy"><h3>References</h3>\n'
            f'<ul class="entries" id="cite-entries">\n{entries}</ul>\n'
            '<button type="button" data-copy="cite-entries" hidden>Copy</button></div>\n'
        )
    return Html(f"{written}</section>\n")


def cite_claim(library: Library, account: ClaimAccount) -> Citing:
    """Return how to cite a claim: who holds it and who disputes it, where, and who says so."""
    claim = account.claim.id
    statement = library.vocabulary.lower_first(account.claim.statement)
    held, denied, torn = (
        _find_sources(library, side) for side in (account.pro, account.con, account.mixed)
    )
    if held:
        told = [(f"It is held that {statement} ", held), (", and disputed ", denied)]
    elif denied:
        told = [(f"It is denied that {statement} ", denied)]
    else:
        reports = [
            _describe(library, each, f"@{each.reported_by}", claim)
            for each in library.positions_on.get(claim, ())
        ]
        told = [(f"It is said that {statement} ", reports or [_find_place(library, account)])]
    return _write(library, [*told, (", on both sides ", torn)])


def cite_dispute(library: Library, account: ClaimAccount) -> Citing:
    """Return how to cite the dispute over a claim: each side with its sources."""
    statement = library.vocabulary.lower_first(account.claim.statement)
    held, denied, torn = (
        _find_sources(library, side) for side in (account.pro, account.con, account.mixed)
    )
    told = [
        (f"It is disputed whether {statement}: affirmed ", held),
        (", denied ", denied),
        (", on both sides ", torn),
    ]
    return _write(library, told)


def _find_sources(library: Library, stances: Iterable[Stance]) -> list[Source]:
    """Return the sources of those who stand on one side, each once."""
    return list(
        dict.fromkeys(
            _describe(library, position, stance.holder, stance.claim)
            for stance in stances
            for position in list_grounds(library.findings, stance.holder, stance.claim)
        )
    )


def _describe(library: Library, position: Position, holder: str, claim: str) -> Source:
    """Return a position as the source of where a holder stands on a claim."""
    doubts: list[str] = []
    if position.claim != claim:
        doubts.append("by implication")
    if position.certainty != "certain":
        doubts.append(position.certainty)
    anchor = position.anchor or library.claims[position.claim].anchor
    if anchor is not None and anchor.page_inferred and anchor.page == position.page:
        doubts.append("page inferred")
    return Source(
        holder=holder,
        camp=position.holder if position.holder not in (holder, f"@{position.reported_by}") else "",
        own=position.own_locator.lstrip(": ") if position.holder == holder else "",
        text=position.reported_by,
        page=show_page(position.page) if position.page else "",
        doubt=", ".join(doubts),
    )


def _find_place(library: Library, account: ClaimAccount) -> Source:
    """Return the text in which a claim stands of which nobody takes note."""
    claim = account.claim
    page = show_page(claim.anchor.page) if claim.anchor and claim.anchor.page else ""
    return Source(f"@{claim.text}", "", "", claim.text, page, "")


def _write(library: Library, told: Sequence[tuple[str, list[Source]]]) -> Citing:
    told = [(words, sources) for words, sources in told if sources]
    keys = dict.fromkeys(
        key
        for _, sources in told
        for each in sources
        for key in (each.holder.removeprefix("@"), each.text)
    )
    plain = library.plain_entries
    known = sorted((key for key in keys if key in plain), key=plain.__getitem__)
    return Citing(
        prose="".join(f"{words}({_name_plainly(library, s)})" for words, s in told) + ".",
        pandoc="".join(f"{words}[{_name_for_pandoc(library, s)}]" for words, s in told) + ".",
        entries=tuple(library.entries.get(key) or escape(plain[key]) for key in known),
    )


def _group(sources: Iterable[Source]) -> list[list[Source]]:
    """Return sources by what says so: the same text on the same page, with the same doubt."""
    groups: dict[tuple[str, ...], list[Source]] = {}
    for each in sources:
        own = each.holder if each.holder == f"@{each.text}" else ""
        groups.setdefault((own, each.text, each.page, each.doubt), []).append(each)
    return list(groups.values())


def _name_plainly(library: Library, sources: Iterable[Source]) -> str:
    told = []
    for group in _group(sources):
        first = group[0]
        teller = ""
        if first.holder != f"@{first.text}":
            teller = f", as told by {library.name(f'@{first.text}')}"
        told.append(f"{_name_all(library, group)}{teller}{_place(first)}")
    return "; ".join(dict.fromkeys(told))


def _name_for_pandoc(library: Library, sources: Iterable[Source]) -> str:
    """Return the same with keys; every part between semicolons has one, as pandoc wants it."""
    told = []
    for group in _group(sources):
        first = group[0]
        if first.holder == f"@{first.text}":
            told.append(f"@{first.text}{_place(first)}")
            continue
        works = [
            each
            for each in group
            if each.holder.startswith("@") and each.holder[1:] in library.works
        ]
        told += [f"{each.holder}{f', {each.own}' if each.own else ''}" for each in works]
        others = _name_all(library, [each for each in group if each not in works])
        lead = f"{_MARKS.sub('', others)}, " if others else ""
        told.append(f"{lead}as told by @{first.text}{_place(first)}")
    return "; ".join(dict.fromkeys(told))


def _name_all(library: Library, sources: Sequence[Source]) -> str:
    """Return the names of holders, members with their camps."""
    present = {each.holder for each in sources}
    names = []
    for each in sources:
        name = f"{library.name(each.holder)}{f', {each.own}' if each.own else ''}"
        members = [library.name(other.holder) for other in sources if other.camp == each.holder]
        if members:
            names.append(f"{name}, among them {join_words(members)}")
        elif not each.camp:
            names.append(name)
        elif each.camp not in present:
            camp = library.vocabulary.lower_first(library.name(each.camp))
            names.append(f"{name} as one of {camp}")
    return join_words(names)


def _place(source: Source) -> str:
    page = f", {source.page}" if source.page else ""
    return f"{page}, {source.doubt}" if source.doubt else page
