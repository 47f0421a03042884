"""Citing: works formatted in any citation style by pandoc's citeproc (extra ``cite``)."""

from argmap.citing.entries import (
    Formatted,
    format_citations,
    format_entries,
    read_markdown,
    render_pieces,
)
from argmap.citing.pandoc import PandocError, find_pandoc, read_document, write_document
from argmap.citing.references import References, read_references, write_csl_json
from argmap.citing.styles import DEFAULT, Style, find_style, list_styles

__all__ = [
    "DEFAULT",
    "Formatted",
    "PandocError",
    "References",
    "Style",
    "find_pandoc",
    "find_style",
    "format_citations",
    "format_entries",
    "list_styles",
    "read_document",
    "read_markdown",
    "read_references",
    "render_pieces",
    "write_csl_json",
    "write_document",
]
