"""The small pieces of HTML that stand on every page by the dozen.

They are made here and not in templates because they are most of what a page is made of, and a call
within a template costs ten times as much.  Everything that comes from a review is escaped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from argmap.extras import require

if TYPE_CHECKING:
    from argmap.exports.site.accounts import Reason
    from argmap.exports.site.library import Link, Spot

_STATUSES = {
    "disputed": "disputed",
    "self-contested": "contested within one voice",
    "challenged": "only opposed",
    "mixed": "holders on both sides",
    "corroborated": "agreed by several",
    "asserted": "one voice",
    "unheld": "held by nobody",
}
_BASES = {
    "explicit": "the text marks the step",
    "implicit": "it follows from the text",
    "analyst": "the reviewer’s own reading, which is not counted",
}


def list_fragments() -> dict[str, Callable[..., Any]]:
    """Return the functions that make pieces, by the names under which templates call them.

    Each takes first the way to the root of the site, where it makes links, and returns markup.
    """
    markup = require("markupsafe", "site")
    safe, escape = markup.Markup, markup.escape

    def write_link(root: str, link: Link) -> str:
        words = str(escape(link.words))
        return f'<a href="{root}{escape(link.href)}">{words}</a>' if link.href else words

    def join(root: str, links: Sequence[Link], most: int) -> str:
        shown = [write_link(root, link) for link in links[:most]]
        if len(links) > most:
            return f"{', '.join(shown)} and {len(links) - most} more"
        return " and ".join(part for part in (", ".join(shown[:-1]), "".join(shown[-1:])) if part)

    def write_term(root: str, identifier: str, words: str) -> str:
        return f'<a class="term" href="{root}glossary.html#{identifier}">{escape(words)}</a>'

    def write_spot(root: str, place: Spot, text: bool) -> str:
        told = f"{write_link(root, place.text)}, " if text else ""
        told += str(escape(place.page)) or "no page"
        if place.inferred:
            told += f" {write_term(root, 'inferred', '(inferred)')}"
        if place.section:
            told += f", {escape(place.section)}"
        told = f'<span class="spot">{told}</span>'
        if place.head:
            tail = f" … {escape(place.tail)}" if place.tail else ""
            told += f' <q class="words">{escape(place.head)}{tail}</q>'
        if place.outside:
            href = escape(place.outside)
            told += f' <a class="out" href="{href}" rel="noreferrer">find it in the text</a>'
        return told

    def link(root: str, link: Link) -> Any:
        """A link, or words alone where it leads nowhere."""
        return safe(write_link(root, link))

    def links(root: str, items: Sequence[Link], most: int = 99) -> Any:
        """Links in a row, with a word on how many there are beyond the most."""
        return safe(join(root, items, most))

    def told(root: str, pieces: Iterable[Link]) -> Any:
        """What is told in pieces; claims among them look like quotations."""
        written = []
        for piece in pieces:
            words = str(escape(piece.words))
            href = f"{root}{escape(piece.href)}"
            style = ' class="inner"' if piece.href.startswith("claims/") else ""
            written.append(f'<a{style} href="{href}">{words}</a>' if piece.href else words)
        return safe("".join(written))

    def term(root: str, identifier: str, words: str) -> Any:
        """A word that the glossary explains."""
        return safe(write_term(root, identifier, words))

    def spot(root: str, place: Spot, text: bool = True) -> Any:
        """Where a passage stands, with its first and last words."""
        return safe(write_spot(root, place, text))

    def status(name: str) -> Any:
        """The status of a claim in words."""
        return safe(f'<span class="status {name}">{_STATUSES[name]}</span>')

    def mark(kind: str) -> Any:
        """The kind of a relation."""
        return safe(f'<span class="type {kind}">{kind}</span>')

    def details(root: str, reason: Reason) -> Any:
        """Who drew a relation, where, how plainly, and why."""
        if reason.drawn_by:
            words = f"Drawn by {join(root, reason.drawn_by, 99)}"
        else:
            words = "Drawn by the reviewer" if reason.basis == "analyst" else "Drawn"
        if reason.page:
            words += f", {escape(reason.page)}"
        words += f"; {_BASES[reason.basis]}"
        if reason.evidential:
            words += "; shows that the position exists, and takes no side"
        because = ""
        if reason.because:
            because = f' <span class="because">{escape(reason.because)}</span>'
        return safe(f'<p class="fine">{words}.{because}</p>')

    return {each.__name__: each for each in (link, links, told, term, spot, status, mark, details)}
