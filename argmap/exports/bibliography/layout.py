"""How entries, annotations and lists are laid out in each of pandoc's formats."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from argmap.citing.elements import (
    bullets,
    division,
    raw,
    span,
    walk,
)
from argmap.citing.pandoc import Block, Inline


class Layout(NamedTuple):
    """Blocks for a list of contents, for lines about a group, and for a work."""

    contents: Callable[[Sequence[Sequence[Inline]]], list[Block]]
    about: Callable[[Sequence[Block]], list[Block]]
    entry: Callable[[str, Sequence[Block], Sequence[Block]], list[Block]]


def _html_contents(items: Sequence[Sequence[Inline]]) -> list[Block]:
    return [division([bullets(items)], "contents", ["contents"])]


def _html_about(lines: Sequence[Block]) -> list[Block]:
    return [division(lines, "", ["about"])]


def _html_entry(
    identifier: str, entry: Sequence[Block], annotation: Sequence[Block]
) -> list[Block]:
    parts = [division(entry, "", ["entry"])]
    if annotation:
        parts.append(division(annotation, "", ["annotation"]))
    return [division(parts, identifier, ["work"])]


def _style(name: str, blocks: Sequence[Block], identifier: str = "") -> Block:
    return division(blocks, identifier, [], [("custom-style", name)])


def _docx_contents(items: Sequence[Sequence[Inline]]) -> list[Block]:
    return [_style("Contents Entry", [{"t": "Para", "c": list(item)}]) for item in items]


def _docx_about(lines: Sequence[Block]) -> list[Block]:
    return [_style("Group Note", lines)]


def _docx_entry(
    identifier: str, entry: Sequence[Block], annotation: Sequence[Block]
) -> list[Block]:
    blocks = [_style("Bibliography", _as_paragraphs(entry), identifier)]
    if annotation:
        blocks.append(_style("Annotation", annotation))
    return blocks


def _as_paragraphs(blocks: Sequence[Block]) -> list[Block]:
    """Return an entry as one paragraph; the number of a numeric style comes first."""
    inlines: list[Inline] = []
    for block in blocks:
        inner = _as_paragraphs(block["c"][1]) if block["t"] == "Div" else [block]
        for part in inner:
            if inlines:
                inlines.append({"t": "Space"})
            inlines += part["c"]
    return [{"t": "Para", "c": inlines}] if inlines else []


def _typst_contents(items: Sequence[Sequence[Inline]]) -> list[Block]:
    return [raw("typst", "#contents["), bullets(items), raw("typst", "]")]


def _typst_about(lines: Sequence[Block]) -> list[Block]:
    return [raw("typst", "#about["), *lines, raw("typst", "]")]


def _typst_entry(
    identifier: str, entry: Sequence[Block], annotation: Sequence[Block]
) -> list[Block]:
    name = identifier.replace("\\", "\\\\").replace('"', '\\"')
    blocks = [
        raw("typst", f'#entry(label("{name}"))['),
        *_as_paragraphs(entry),
        raw("typst", "]"),
    ]
    if annotation:
        blocks += [raw("typst", "#annotation["), *annotation, raw("typst", "]")]
    return blocks


def _latex_contents(items: Sequence[Sequence[Inline]]) -> list[Block]:
    return [bullets(items)]


def _latex_about(lines: Sequence[Block]) -> list[Block]:
    return [raw("latex", r"\begin{groupnote}"), *lines, raw("latex", r"\end{groupnote}")]


def _latex_entry(
    identifier: str, entry: Sequence[Block], annotation: Sequence[Block]
) -> list[Block]:
    parts = _as_paragraphs(entry)
    if parts:
        parts[0]["c"] = [span([], [], identifier), *parts[0]["c"]]
    blocks = [raw("latex", r"\begin{entry}"), *parts, raw("latex", r"\end{entry}")]
    if annotation:
        blocks += [
            raw("latex", r"\begin{annotation}"),
            *annotation,
            raw("latex", r"\end{annotation}"),
        ]
    return blocks


def _markdown_contents(items: Sequence[Sequence[Inline]]) -> list[Block]:
    return [bullets(items)]


def _markdown_about(lines: Sequence[Block]) -> list[Block]:
    return list(lines)


def _markdown_entry(
    identifier: str, entry: Sequence[Block], annotation: Sequence[Block]
) -> list[Block]:
    del identifier
    blocks = list(_plain(_as_paragraphs(entry)))
    if annotation:
        blocks.append({"t": "BlockQuote", "c": _plain(annotation)})
    return blocks


def _plain(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks without spans and without links inside the document, which Markdown lacks."""

    def change(element: Block) -> object:
        if element["t"] == "Span":
            return element["c"][1]
        if element["t"] == "Div":
            return element["c"][1]
        if element["t"] == "Link" and element["c"][2][0].startswith("#"):
            return element["c"][1]
        return element

    changed: list[Block] = walk(list(blocks), change)
    return changed


LAYOUTS = {
    "html": Layout(_html_contents, _html_about, _html_entry),
    "docx": Layout(_docx_contents, _docx_about, _docx_entry),
    "typst": Layout(_typst_contents, _typst_about, _typst_entry),
    "latex": Layout(_latex_contents, _latex_about, _latex_entry),
    "markdown": Layout(_markdown_contents, _markdown_about, _markdown_entry),
}
