"""Where the blocks of a .bib file begin and end, whatever happens inside them.

A line that begins with ``@article{`` (any known type) or ``@word{key,`` begins a block, even where
the block before it was never closed: so a missing brace costs one entry, not the rest of the file.
Elsewhere in a line ``@`` begins a block only between blocks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from argmap.bibliography.datamodel import TYPES
from argmap.model import Record

KEY = r"[^\s,{}=\"#%\\~@]+"
_HEADER = re.compile(r"@(?P<space>[ \t]*)(?P<type>[^\W\d_][\w-]*)\s*(?P<open>[{(])")
_SHAPE = re.compile(rf"\s*(?P<key>{KEY})\s*,")
_UNSIGNED = re.compile(
    rf"^[ \t]*(?P<type>{'|'.join(sorted(TYPES))})[ \t]*(?P<open>\{{)(?=\s*{KEY}\s*,)",
    re.IGNORECASE | re.MULTILINE,
)
_BRACE = re.compile(r"[{}]")
_PAREN = re.compile(r"\\.|[{}()\"]", re.DOTALL)
_COMMANDS = frozenset({"comment", "preamble", "string"})


class Header(NamedTuple):
    """What looks like the beginning of a block: ``@type{``.

    ``begin`` is the offset of ``@`` (of the type, where ``signed`` is False and the ``@`` is
    missing), ``opening`` that of the brace or parenthesis.  ``key`` is what stands before the first
    comma, if that is shaped like a key.  ``sure`` says that the header begins a block even within
    another that is still open.
    """

    begin: int
    type: str
    opening: int
    key: str
    sure: bool
    signed: bool
    spaced: bool


class Block(NamedTuple):
    """A header with the offset of its closing brace (None if there is none before ``limit``).

    ``limit`` is the offset at which the next block surely begins, or the end of the text.
    """

    header: Header
    closing: int | None
    limit: int


class Layout(Record, frozen=True):
    """All headers of a text in order, and the partner of each brace."""

    text: str
    headers: tuple[Header, ...]
    begins: tuple[int, ...]
    sure_begins: tuple[int, ...]
    partners: dict[int, int]


def make_layout(text: str) -> Layout:
    """Find every header and match every brace; O(length)."""
    headers = [
        _make_header(text, match, match.start(), signed=True) for match in _HEADER.finditer(text)
    ]
    signed = {header.opening for header in headers}
    headers += [
        _make_header(text, match, match.start("type"), signed=False)
        for match in _UNSIGNED.finditer(text)
        if match.start("open") not in signed
    ]
    headers.sort()
    partners: dict[int, int] = {}
    opened: list[int] = []
    for match in _BRACE.finditer(text):
        if match[0] == "{":
            opened.append(match.start())
        elif opened:
            partners[opened.pop()] = match.start()
    return Layout(
        text=text,
        headers=tuple(headers),
        begins=tuple(header.begin for header in headers),
        sure_begins=tuple(
            header.begin for header in headers if header.sure and _begins_line(text, header.begin)
        ),
        partners=partners,
    )


def find_block(layout: Layout, position: int) -> tuple[Block | None, list[Header]]:
    """Return the next block at or after ``position``, and the headers behind ``%`` before it."""
    commented: list[Header] = []
    index = bisect_left(layout.begins, position)
    while index < len(layout.headers):
        header = layout.headers[index]
        line_begin = layout.text.rfind("\n", position, header.begin) + 1 or position
        if "%" in layout.text[line_begin : header.begin]:
            line_end = layout.text.find("\n", header.begin)
            stop = len(layout.text) if line_end < 0 else line_end
            following = max(bisect_left(layout.begins, stop), index + 1)
            commented += [found for found in layout.headers[index:following] if found.key]
            index = following
        elif _can_begin(layout.text, header):
            return make_block(layout, header), commented
        else:
            index += 1
    return None, commented


def make_block(layout: Layout, header: Header) -> Block:
    """Find where the block of a header ends; O(log headers), for parentheses O(block)."""
    following = bisect_right(layout.sure_begins, header.opening)
    limit = (
        layout.sure_begins[following] if following < len(layout.sure_begins) else len(layout.text)
    )
    if layout.text[header.opening] == "(":
        return Block(header, _find_closing_parenthesis(layout.text, header.opening, limit), limit)
    closing = layout.partners.get(header.opening)
    if closing is None:
        return Block(header, None, limit)
    if header.type == "comment" and not layout.text[header.opening + 1 : limit].strip():
        # Entries that somebody put into a comment: they follow its brace at once.
        following = bisect_left(layout.sure_begins, closing)
        inside = following < len(layout.sure_begins)
        return Block(header, closing, layout.sure_begins[following] if inside else len(layout.text))
    return Block(header, closing if closing < limit else None, limit)


def list_headers(layout: Layout, begin: int, end: int) -> tuple[Header, ...]:
    """Return the headers between two offsets."""
    first, last = bisect_left(layout.begins, begin), bisect_left(layout.begins, end)
    return layout.headers[first:last]


def _make_header(text: str, match: re.Match[str], begin: int, *, signed: bool) -> Header:
    word = match["type"].casefold()
    command = word in _COMMANDS
    braced = match["open"] == "{"
    shape = None if command else _SHAPE.match(text, match.end())
    key = shape["key"] if shape else ""
    known = word in TYPES
    return Header(
        begin=begin,
        type=word,
        opening=match.start("open"),
        key=key,
        # Of a known type, a key and a brace two are enough.
        sure=signed and (command or [known, bool(key), braced].count(True) >= 2),
        signed=signed,
        spaced=signed and bool(match["space"]),
    )


def _can_begin(text: str, header: Header) -> bool:
    """Say whether a header begins a block where none is open."""
    if header.sure or (header.key and text[header.opening] == "{"):
        return True
    return header.signed and _begins_line(text, header.begin)


def _begins_line(text: str, position: int) -> bool:
    while position and text[position - 1] in " \t":
        position -= 1
    return position == 0 or text[position - 1] == "\n"


def _find_closing_parenthesis(text: str, opening: int, limit: int) -> int | None:
    depth = 0
    quoted = False
    for match in _PAREN.finditer(text, opening + 1, limit):
        mark = match[0]
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth -= 1
        elif depth == 0 and mark == '"':
            quoted = not quoted
        elif depth == 0 and mark == ")" and not quoted:
            return match.start()
    return None
