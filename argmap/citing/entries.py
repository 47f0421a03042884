"""Entries of a bibliography and citations in a text, formatted by citeproc in a citation style."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from argmap.citing.elements import cite, make_harmless, walk
from argmap.citing.pandoc import (
    VERSION,
    Block,
    read_document,
    run_pandoc,
    write_document,
)
from argmap.citing.references import References, read_references
from argmap.citing.styles import DEFAULT, Style, find_style, trim_style
from argmap.model import Work

ENTRY = "ref-"
"""Before a key, this is the identifier of its entry, to which citations link."""


class Formatted(NamedTuple):
    """Blocks with their citations formatted, and the blocks of each entry by key, in order.

    The order is that of the style: by author, or by first mention.
    """

    blocks: list[Block]
    entries: dict[str, list[Block]]


def format_citations(
    blocks: Sequence[Block],
    references: References,
    style: Style,
    keys: Iterable[str],
    *,
    apart: bool = True,
) -> Formatted:
    """Format the citations in blocks, and the entries of the works ``keys``.

    One run of citeproc for all, so that year suffixes and numbers agree.  ``apart`` says that
    entries will not stand in one list.  Links, pictures and raw
    code that could do harm are made harmless.

    Raises
    ------
    MissingExtra
        Where the extra ``cite`` is not installed.
    PandocError
        Where pandoc refuses the style.
    """
    listed = [cite([(key, "")]) for key in keys]
    meta = {
        **references.as_meta(),
        "nocite": {"t": "MetaInlines", "c": listed},
        "link-citations": {"t": "MetaBool", "c": True},
        "link-bibliography": {"t": "MetaBool", "c": True},
        "suppress-bibliography": {"t": "MetaBool", "c": False},
        "lang": {"t": "MetaString", "c": style.language},
    }
    document = {"pandoc-api-version": VERSION, "meta": meta, "blocks": list(blocks)}
    used = trim_style(style, len(references.records), apart=apart)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "style.csl"
        path.write_bytes(used.data)
        data = run_pandoc(
            msgspec.json.encode(document), "json", "json", ["--citeproc", f"--csl={path}"]
        )
    blocks = msgspec.json.decode(data)["blocks"]
    if style.language.startswith("en"):
        blocks = walk(blocks, _write_and_out)
    result = make_harmless(blocks)
    body: list[Block] = []
    entries: dict[str, list[Block]] = {}
    for block in result:
        if block["t"] == "Div" and block["c"][0][0] == "refs":
            for entry in block["c"][1]:
                entries[entry["c"][0][0].removeprefix(ENTRY)] = entry["c"][1]
        else:
            body.append(block)
    return Formatted(body, entries)


def _write_and_out(element: dict[str, Any]) -> Any:
    """Write *and* for the *&* between authors who are part of a sentence, as manuals of style ask.

    CSL knows one sign for both places, and citeproc takes that of the brackets.
    """
    if element["t"] != "Cite" or element["c"][0][0]["citationMode"]["t"] != "AuthorInText":
        return element
    cited, inlines = element["c"]
    told: list[Any] = []
    for number, inline in enumerate(inlines):
        if inline["t"] == "Str" and inline["c"].startswith(("(", "[")):
            return {"t": "Cite", "c": [cited, [*told, *inlines[number:]]]}
        told.append({"t": "Str", "c": "and"} if inline == {"t": "Str", "c": "&"} else inline)
    return {"t": "Cite", "c": [cited, told]}


def format_entries(works: Sequence[Work], style: str = DEFAULT) -> dict[str, str]:
    """Return the entry of each work as a piece of HTML, by key, in the order of the style.

    ``style`` is the name of a style or the path of a CSL file.  The pieces are inline HTML
    (``<em>``, ``<span>``, ``<a>``), to be put into an element of one's own; everything that works
    hold is escaped.

    Raises
    ------
    MissingExtra
        Where the extra ``cite`` is not installed.
    ValueError
        Where there is no such style.
    """
    found, findings = find_style(style)
    if found is None:
        raise ValueError("; ".join(finding.message for finding in findings))
    references = read_references(works)
    formatted = format_citations([], references, found, [work.key for work in works])
    return render_pieces(formatted.entries)


def render_pieces(pieces: Mapping[str, Sequence[Block]]) -> dict[str, str]:
    """Return pieces of a document as HTML by name, all in one run; see :func:`format_entries`.

    A piece of one paragraph comes without the paragraph's tag.
    """
    mark = "argmap:next"
    blocks: list[Block] = []
    for piece in pieces.values():
        blocks += flatten_paragraphs(piece)
        blocks.append({"t": "RawBlock", "c": ["html", f"<!--{mark}-->"]})
    data = write_document(blocks, "html5", ["--wrap=none"])
    parts = data.decode().split(f"<!--{mark}-->")
    return {name: part.strip() for name, part in zip(pieces, parts, strict=False)}


def flatten_paragraphs(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks without a single paragraph's own tag."""
    if len(blocks) == 1 and blocks[0]["t"] == "Para":
        return [{"t": "Plain", "c": blocks[0]["c"]}]
    return list(blocks)


def read_markdown(source: str) -> list[Block]:
    """Return the blocks of the scholar's Markdown: citations are read, raw code is not."""
    return list(read_document(source.encode(), MARKDOWN)["blocks"])


MARKDOWN = (
    "markdown-raw_html-raw_tex-raw_attribute-tex_math_dollars-tex_math_single_backslash"
    "-tex_math_double_backslash-latex_macros-yaml_metadata_block-pandoc_title_block"
    "-native_divs-native_spans-mmd_title_block"
)
