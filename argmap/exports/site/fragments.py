"""The small pieces of HTML that stand on every page by the dozen.

They are made here and not in templates because they are most of what a page is made of, and a call
within a template costs ten times as much.  Everything that comes from a review is escaped.
Addresses are written from the root of the site, as ``~/``; a page makes them its own when it is put
together, so that a piece is made once for all pages it stands on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

_STATUSES = {
    "disputed": "disputed",
    "self-contested": "contested within one voice",
    "challenged": "only opposed",
    "mixed": "holders on both sides",
    "corroborated": "agreed by several",
    "asserted": "one voice",
    "unheld": "held by nobody",
}


class Html(str):
    """A piece of HTML, which templates show as it is."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


@dataclass(frozen=True, eq=False)
class Link:
    """A reference to a page of the site (from its root), or words alone where there is none."""

    words: str
    href: str = ""
    note: str = ""

    def __html__(self) -> str:
        return self.html

    @cached_property
    def html(self) -> str:
        """The reference as HTML."""
        words = escape(self.words)
        return f'<a href="~/{escape(self.href)}">{words}</a>' if self.href else words

    @cached_property
    def quoted(self) -> str:
        """The same as a claim that is named within a sentence."""
        words = escape(self.words)
        return f'<a class="inner" href="~/{escape(self.href)}">{words}</a>' if self.href else words


@dataclass(frozen=True, eq=False)
class Spot:
    """Where a passage stands, in words and with the way there."""

    text: Link
    page: str
    section: str
    head: str
    tail: str
    inferred: bool
    outside: str

    def __html__(self) -> str:
        return self.html

    @cached_property
    def html(self) -> str:
        """The place with its text, its first and last words, and a link into the text."""
        return f'<span class="spot">{self.text.html}, {self._place}'

    @cached_property
    def within(self) -> Html:
        """The same without the text, for a page on which no other is meant."""
        return Html(f'<span class="spot">{self._place}')

    @cached_property
    def _place(self) -> str:
        told = escape(self.page) or "no page"
        if self.inferred:
            told += f" {write_term('inferred', '(inferred)')}"
        if self.section:
            told += f", {escape(self.section)}"
        told += "</span>"
        if self.head:
            tail = f" … {escape(self.tail)}" if self.tail else ""
            told += f' <q class="words">{escape(self.head)}{tail}</q>'
        if self.outside:
            href = escape(self.outside)
            told += (
                f' <a class="out" href="{href}" rel="noreferrer" title="leaves this site">'
                "find it in the text</a>"
            )
        return told


def write_links(links: Sequence[Link], most: int = 99) -> Html:
    """Return links in a row, with a word on how many there are beyond the most."""
    shown = [link.html for link in links[:most]]
    if len(links) > most:
        return Html(f"{', '.join(shown)} and {len(links) - most} more")
    if len(shown) < 2:
        return Html("".join(shown))
    return Html(f"{', '.join(shown[:-1])} and {shown[-1]}")


def write_told(pieces: Iterable[Link]) -> Html:
    """Return what is told in pieces; claims among them look like quotations."""
    return Html(
        "".join(
            piece.quoted if piece.href.startswith("claims/") else piece.html for piece in pieces
        )
    )


def write_term(identifier: str, words: str) -> Html:
    """Return a word that the glossary explains."""
    return Html(f'<a class="term" href="~/glossary.html#{identifier}">{escape(words)}</a>')


def write_status(name: str) -> Html:
    """Return the status of a claim in words."""
    return Html(f'<span class="status {name}">{_STATUSES[name]}</span>')


def write_notes(notes: Sequence[Sequence[Link]]) -> Html:
    """Return what to keep in mind, as a section; empty where there is nothing."""
    if not notes:
        return Html()
    items = "".join(f"<li>{write_told(note)}</li>\n" for note in notes)
    return Html(
        f'<section class="flags">\n<h2>What to keep in mind</h2>\n<ul>\n{items}</ul>\n</section>\n'
    )


def write_turn(before: Link | None, after: Link | None, what: str) -> Html:
    """Return the way to the neighbours of a page; empty where it has none."""
    ways = ""
    for relation, lead, link in (("prev", "Previous", before), ("next", "Next", after)):
        if link is not None:
            ways += (
                f'<a rel="{relation}" href="~/{escape(link.href)}">'
                f"<span>{lead} {what}</span> {escape(link.words)}</a>\n"
            )
    return Html(f'<nav class="turn" aria-label="Neighbours">\n{ways}</nav>\n' if ways else "")


def list_fragments() -> dict[str, Callable[..., Any]]:
    """Return the functions that templates call, by name."""
    return {
        "links": write_links,
        "told": write_told,
        "term": write_term,
        "status": write_status,
    }
