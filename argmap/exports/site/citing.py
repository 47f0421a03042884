"""Words to take along: how to cite a claim or a dispute, in prose and for pandoc."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import NamedTuple

from argmap.analysis import ClaimAccount, Stance
from argmap.analysis.disputes import list_grounds
from argmap.annotations.markdown import escape_markdown, write_key
from argmap.diagnostics import join_words
from argmap.exports.site.fragments import Html
from argmap.exports.site.library import Library
from argmap.model import Position
from argmap.naming import show_page


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
        told = [("It is held by ", held), *_go_on(statement, held), (", and disputed by ", denied)]
    elif denied:
        told = [("It is denied by ", denied), *_go_on(statement, denied)]
    else:
        reports = [
            _describe(library, each, f"@{each.reported_by}", claim)
            for each in library.positions_on.get(claim, ())
        ] or [_find_place(library, account)]
        told = [("It is told by ", reports), *_go_on(statement, reports)]
    return _write(library, [*told, ("; on both sides stand ", torn)])


def _go_on(statement: str, sources: Iterable[Source]) -> list[tuple[str, list[Source]]]:
    """Return a clause that says what sources hold, set apart from who tells of the last of them."""
    apart = any(each.holder != f"@{each.text}" for each in sources)
    return [(f"{',' if apart else ''} that {statement}", [])]


def cite_dispute(library: Library, account: ClaimAccount) -> Citing:
    """Return how to cite the dispute over a claim: each side with its sources."""
    statement = library.vocabulary.lower_first(account.claim.statement)
    held, denied, torn = (
        _find_sources(library, side) for side in (account.pro, account.con, account.mixed)
    )
    told = [
        (f"It is disputed whether {statement}: this is affirmed by ", held),
        (", and denied by ", denied),
        ("; on both sides stand ", torn),
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
        doubts.append(f"reading {position.certainty}")
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
    """Return a sentence from its words and the sources that follow them, none where none did."""
    # Words that lead to sources stand with them alone.
    told = [(words, sources) for words, sources in told if sources or not words.endswith(" ")]
    keys = dict.fromkeys(
        key
        for _, sources in told
        for each in sources
        for key in (each.holder.removeprefix("@"), each.text)
    )
    plain = library.plain_entries
    known = sorted((key for key in keys if key in plain), key=plain.__getitem__)
    return Citing(
        prose="".join(f"{words}{_name_sources(library, s, _show_plainly)}" for words, s in told)
        + ".",
        pandoc="".join(
            f"{escape_markdown(words)}{_name_sources(library, s, _show_for_pandoc)}"
            for words, s in told
        )
        + ".",
        entries=tuple(library.entries.get(key) or escape(plain[key]) for key in known),
    )


def _group(sources: Iterable[Source]) -> list[list[Source]]:
    """Return sources by what says so: the same text on the same page, with the same doubt."""
    groups: dict[tuple[str, ...], list[Source]] = {}
    for each in sources:
        own = each.holder if each.holder == f"@{each.text}" else ""
        groups.setdefault((own, each.text, each.page, each.doubt), []).append(each)
    return list(groups.values())


Show = Callable[[Library, str, str], str]
"""Writes a holder, by id, with what stands in brackets behind it."""


def _show_plainly(library: Library, holder: str, place: str) -> str:
    name = library.name(holder)
    if not holder.startswith("@"):
        name = library.vocabulary.lower_first(name)
    return f"{name} ({place})" if place else name


def _show_for_pandoc(library: Library, holder: str, place: str) -> str:
    key = holder.removeprefix("@")
    if key == holder or key not in library.works:
        return escape_markdown(_show_plainly(library, holder, place))
    return f"@{write_key(key)}{f' [{escape_markdown(place)}]' if place else ''}"


def _name_sources(library: Library, sources: Iterable[Source], show: Show) -> str:
    told = []
    for group in _group(sources):
        first = group[0]
        place = ", ".join(part for part in (first.page, first.doubt) if part)
        if first.holder == f"@{first.text}":
            told.append(show(library, first.holder, place))
        else:
            teller = show(library, f"@{first.text}", place)
            told.append(f"{_name_all(library, group, show)}, as told by {teller}")
    told = list(dict.fromkeys(told))
    return join_words(told) if len(told) < 3 else "; ".join(told)


def _name_all(library: Library, sources: Sequence[Source], show: Show) -> str:
    """Return the names of holders, members with their camps."""
    present = {each.holder for each in sources}
    names = []
    for each in sources:
        members = [
            show(library, other.holder, "") for other in sources if other.camp == each.holder
        ]
        name = show(library, each.holder, each.own)
        if members:
            names.append(f"{name}, among them {join_words(members)}")
        elif not each.camp:
            names.append(name)
        elif each.camp not in present:
            names.append(f"{name} as one of {show(library, each.camp, '')}")
    return join_words(names)
