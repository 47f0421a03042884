"""A formatted bibliography written as Markdown, HTML, docx, LaTeX, Typst, PDF or JSON."""

from __future__ import annotations

import html
import re
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from argmap.citing import find_pandoc, render_pieces, write_document
from argmap.citing.elements import flatten, heading, words
from argmap.citing.pandoc import Block
from argmap.exports.bibliography.document import Document, assemble
from argmap.exports.bibliography.groups import Group
from argmap.extras import require


class Format(NamedTuple):
    """A format: the ending of its files, the function that writes it, whether it is binary."""

    suffix: str
    write: Callable[[Document], bytes]
    binary: bool = False


def write_markdown(document: Document) -> bytes:
    """Return Markdown for any reader: entries as paragraphs, annotations as block quotations."""
    blocks = [heading(1, words(document.plan.title)), *_deepen(assemble(document, "markdown"))]
    return write_document(blocks, "gfm-raw_html", ["--wrap=none"])


def write_html(document: Document) -> bytes:
    """Return a page that stands alone: no script, no address fetched, citations link to entries."""
    blocks = _deepen(assemble(document, "html"))
    body = write_document(blocks, "html5", ["--wrap=none", "--mathml"]).decode()
    page = (files("argmap.exports.bibliography") / "page.html").read_text(encoding="utf-8")
    plan = document.plan
    creators = (
        f'<p class="creators">{html.escape(", ".join(plan.creators))}</p>' if plan.creators else ""
    )
    values = {"title": html.escape(plan.title), "creators": creators, "body": body.rstrip("\n")}
    return _fill_page(page, values)


def _fill_page(page: str, values: Mapping[str, str]) -> bytes:
    """Return a page with its marks filled in at one go: what is filled in may hold marks itself."""
    return re.sub("@(title|creators|body)@", lambda found: values[found[1]], page).encode()


def write_docx(document: Document) -> bytes:
    """Return a Word document with styles named Bibliography, Annotation and Group Note."""
    meta = _describe(document)
    with tempfile.TemporaryDirectory() as folder:
        reference = Path(folder) / "reference.docx"
        reference.write_bytes(_make_reference())
        data = write_document(
            assemble(document, "docx"), "docx", [f"--reference-doc={reference}"], meta
        )
    return _indent_lists(data)


def write_latex(document: Document) -> bytes:
    """Return a LaTeX document for lualatex or xelatex; entries and citations are formatted."""
    body = write_document(assemble(document, "latex"), "latex", ["--wrap=none"]).decode()
    plan = document.plan
    title = write_document([{"t": "Plain", "c": words(plan.title)}], "latex", ["--wrap=none"])
    people = write_document(
        [{"t": "Plain", "c": words(", ".join(plan.creators))}], "latex", ["--wrap=none"]
    )
    page = (files("argmap.exports.bibliography") / "page.tex").read_text(encoding="utf-8")
    values = {
        "title": title.decode().strip(),
        "creators": people.decode().strip(),
        "body": body.rstrip("\n"),
    }
    return _fill_page(page, values)


def write_typst(document: Document) -> bytes:
    """Return a Typst document, which `typst compile` makes a PDF of."""
    body = write_document(assemble(document, "typst"), "typst", ["--wrap=none"]).decode()
    page = (files("argmap.exports.bibliography") / "page.typ").read_text(encoding="utf-8")
    plan = document.plan
    values = {
        "title": _quote_typst(plan.title),
        "creators": "".join(f"{_quote_typst(each)}, " for each in plan.creators),
        "body": body.rstrip("\n"),
    }
    return _fill_page(page, values)


def write_pdf(document: Document) -> bytes:
    """Return a PDF, set by Typst with its own fonts; only scripts that these lack use others.

    Raises
    ------
    MissingExtra
        Where the extra ``cite`` is not installed.
    """
    typst = require("typst", "cite")
    source = write_typst(document)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bibliography.typ"
        path.write_bytes(source)
        data: bytes = typst.compile(
            str(path),
            root=folder,
            ignore_system_fonts=not _needs_other_fonts(source.decode()),
            format="pdf",
            timestamp=0,
        )
        return data


def write_json(document: Document) -> bytes:
    """Return entries and annotations as JSON: as HTML, as plain text, and as their pieces."""
    entries = render_pieces(document.entries)
    annotations = render_pieces(document.annotations)

    def tell(group: Group) -> dict[str, Any]:
        return {
            "id": group.id,
            "title": group.title,
            "about": flatten([block["c"] for block in document.lines.get(group.id, [])]),
            "see_also": list(group.see_also),
            "works": [
                {
                    "key": key,
                    "entry": {
                        "html": entries[key],
                        "text": _squeeze(flatten(document.entries[key])),
                    },
                    "annotation": {
                        "html": annotations[key],
                        "text": [_squeeze(flatten([block])) for block in document.annotations[key]],
                        "own": document.accounts[key].own if key in document.accounts else "",
                        "paragraphs": msgspec.to_builtins(document.accounts[key].paragraphs)
                        if key in document.accounts
                        else [],
                    },
                }
                for key in group.works
            ],
            "groups": [tell(inner) for inner in group.groups],
        }

    told = {
        "title": document.plan.title,
        "creators": list(document.plan.creators),
        "style": document.style.title,
        "groups": [tell(group) for group in document.plan.groups],
    }
    return msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n"


FORMATS: dict[str, Format] = {
    "md": Format(".md", write_markdown),
    "html": Format(".html", write_html),
    "docx": Format(".docx", write_docx, binary=True),
    "latex": Format(".tex", write_latex),
    "typst": Format(".typ", write_typst),
    "pdf": Format(".pdf", write_pdf, binary=True),
    "json": Format(".json", write_json),
}


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _deepen(blocks: list[Block]) -> list[Block]:
    """Return blocks with their headings one level down, below the title."""
    return [
        {"t": "Header", "c": [block["c"][0] + 1, *block["c"][1:]]}
        if block["t"] == "Header"
        else block
        for block in blocks
    ]


def _describe(document: Document) -> dict[str, Any]:
    plan = document.plan
    meta: dict[str, Any] = {
        "title": {"t": "MetaInlines", "c": words(plan.title)},
        "lang": {"t": "MetaString", "c": "en-US"},
    }
    if plan.creators:
        people = [{"t": "MetaInlines", "c": words(name)} for name in plan.creators]
        meta["author"] = {"t": "MetaList", "c": people}
    return meta


_LATIN_GREEK_CYRILLIC = re.compile(
    r"[\u0000-\u058f\u1e00-\u1fff\u2000-\u22ff\u2500-\u25ff\u2c60-\u2c7f\ua640-\ua69f\ufb00-\ufb06]*"
)


def _needs_other_fonts(text: str) -> bool:
    return not _LATIN_GREEK_CYRILLIC.fullmatch(text)


def list_unset(document: Document) -> str:
    """Return the characters of a document that only fonts of the machine may have, at most 20."""
    text = write_typst(document).decode()
    found = sorted({each for each in text if not _LATIN_GREEK_CYRILLIC.fullmatch(each)})
    return "".join(found[:20]) + ("…" if len(found) > 20 else "")


def _quote_typst(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


_FONT = "Cambria"
_INDENT = 567
"""The indent of annotations in Word, in twentieths of a point."""


def _indent_lists(data: bytes) -> bytes:
    """Return a Word document whose lists, all of them in annotations, begin where these do."""

    def shift(found: re.Match[str]) -> str:
        return f'{found[1]}"{int(found[2]) + _INDENT}"'

    def indent(text: str) -> str:
        return re.sub(r'(<w:ind [^>]*w:left=)"(\d+)"', shift, text)

    return _change_parts(data, {"word/numbering.xml": indent})


@cache
def _make_reference() -> bytes:
    """Return pandoc's own reference document with the styles of a bibliography."""
    import subprocess

    command = [find_pandoc(), "--print-default-data-file", "reference.docx"]
    original = subprocess.run(command, capture_output=True, check=True).stdout
    styles = (files("argmap.exports.bibliography") / "styles.xml").read_text(encoding="utf-8")

    def add_styles(text: str) -> str:
        for name in re.findall(r'w:styleId="([^"]+)"', styles):
            text = re.sub(
                rf'<w:style [^>]*w:styleId="{name}".*?</w:style>', "", text, flags=re.DOTALL
            )
        # Tables stand in annotations alone, and begin where these do.
        indent = rf'<w:tblInd w:w="{_INDENT}" w:type="dxa"'
        text = re.sub(r'<w:tblInd w:w="0" w:type="dxa"', indent, text)
        return text.replace("</w:styles>", f"{styles}</w:styles>")

    def set_font(text: str) -> str:
        return re.sub(r'(<a:latin typeface=")[^"]*', rf"\g<1>{_FONT}", text)

    return _change_parts(original, {"word/styles.xml": add_styles, "word/theme/": set_font})


def _change_parts(data: bytes, changes: Mapping[str, Callable[[str], str]]) -> bytes:
    """Return a Word document with its parts changed whose names begin so, and without dates."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for item in source.infolist():
            content = source.read(item)
            for start, change in changes.items():
                if item.filename.startswith(start):
                    content = change(content.decode("utf-8")).encode()
            entry = zipfile.ZipInfo(item.filename)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)
    return made.getvalue()
