"""What the scholar wrote of a work, in Markdown, as HTML with the works cited as links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from markdown_it.token import Token

from argmap.annotations.markdown import NoteCitation, make_parser, parse_markdown, part_citations
from argmap.exports.site.fragments import Html
from argmap.exports.site.library import Library

_OUTSIDE = re.compile(r"(?:https?|mailto):", re.IGNORECASE)


def write_note(library: Library, source: str) -> Html:
    """Return a note as HTML in which nothing runs or is loaded.

    Headings are bold lines, pictures are links; links that lead nowhere outside are words alone.
    """
    tokens = parse_markdown(source)
    for token in tokens:
        if token.type.startswith("heading_"):
            token.tag = "p"
            if token.nesting == 1:
                token.attrs = {"class": "heading"}
        if token.children:
            token.children = list(_write_inlines(library, token.children))
    parser = make_parser()
    return Html(parser.renderer.render(tokens, parser.options, {}))


def _write_inlines(library: Library, tokens: Sequence[Token]) -> Iterator[Token]:
    open_links: list[bool] = []
    for token in tokens:
        if token.type == "text":
            parts = part_citations(token.content)
            yield _show(
                "".join(
                    escape(part) if isinstance(part, str) else _write_citation(library, part)
                    for part in parts
                )
            )
        elif token.type == "link_open":
            open_links.append(bool(_OUTSIDE.match(str(token.attrs["href"]))))
            if open_links[-1]:
                token.attrs["rel"] = "noreferrer"
                yield token
        elif token.type == "link_close":
            if open_links.pop():
                yield token
        elif token.type == "image":
            href = str(token.attrs["src"])
            words = escape(token.content or href)
            yield _show(
                f'<a href="{escape(href)}" rel="noreferrer">{words}</a>'
                if _OUTSIDE.match(href)
                else words
            )
        else:
            yield token


def _show(html: str) -> Token:
    return Token("html_inline", "", 0, content=html)


def _write_citation(library: Library, cited: NoteCitation) -> str:
    """Return a citation as ``(Smith 2001, p. 3)``, or ``Smith 2001 (p. 3)`` in a sentence."""
    told = []
    for each in cited.references:
        name = library.link_holder(f"@{each.key}").html
        if each.bare and each.key in library.works:
            name = str(library.works[each.key].year or name)
        after = escape(_spell_place(each.after))
        if not cited.bracketed:
            return f"{name} ({after})" if after else name
        before = f"{escape(each.before)} " if each.before else ""
        told.append(f"{before}{name}{f', {after}' if after else ''}")
    return f"({'; '.join(told)})"


def _spell_place(place: str) -> str:
    """Return what follows a key: a locator, its ranges with a dash."""
    return re.sub(r"(?<=\d)-+(?=\d)", "–", place.strip().lstrip(",").strip())
