"""The scholar's own Markdown: CommonMark, with citations as pandoc has them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

# A mark on the way, of a code point that no text holds.
_AT = "\ufdd2"
_KEYS = r"\{[^{}\s]+\}|\w(?:[\w:.#$%&+?<>~/-]*\w)?"
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#$@^~|])|(?m:^(\d+)([.)]))|(?m:^([-+=:]))")
_PLAIN_KEY = re.compile(r"\w(?:[\w:.#$%&+?<>~/-]*\w)?")
_BRACKETED = re.compile(r"\[([^\[\]]*@[^\[\]]*)\]")
_ONE = re.compile(rf"\s*(?P<before>[^@]*?)(?P<bare>-?)@(?P<key>{_KEYS})(?P<after>[^@]*)")
_NARRATIVE = re.compile(rf"(?<![\w\\@])(?P<bare>-?)@(?P<key>{_KEYS})(?:\s*\[(?P<after>[^\]]*)\])?")


class Reference(NamedTuple):
    """A work cited: its key, words before it, what follows it (a locator), and whether no name."""

    key: str
    before: str
    after: str
    bare: bool


class NoteCitation(NamedTuple):
    """Works cited at one place, in brackets or as a part of the sentence."""

    references: tuple[Reference, ...]
    bracketed: bool


def make_parser() -> MarkdownIt:
    """Return what reads notes: CommonMark with strikethrough, HTML in it being plain text."""
    return MarkdownIt("commonmark", {"html": False}).enable("strikethrough")


def parse_markdown(source: str) -> list[Token]:
    """Return the tokens of a note, neighbouring texts joined.

    :func:`part_citations` takes the texts apart.
    """
    parser = make_parser()
    # An escaped @ cites nothing.
    tokens = parser.parse(source.replace(_AT, "").replace(r"\@", _AT))
    for token in tokens:
        token.content = token.content.replace(_AT, "@")
        if token.children:
            token.children = _join_text(token.children)
    return tokens


def part_citations(text: str) -> Iterator[str | NoteCitation]:
    """Yield the words of a text and the citations in it, as they come."""
    at = 0
    for found in _BRACKETED.finditer(text):
        parts = [_ONE.fullmatch(part) for part in found[1].split(";")]
        if all(parts):
            yield from _part_sentence(text[at : found.start()])
            yield NoteCitation(tuple(_refer(part) for part in parts if part), bracketed=True)
            at = found.end()
    yield from _part_sentence(text[at:])


def _part_sentence(text: str) -> Iterator[str | NoteCitation]:
    at = 0
    for found in _NARRATIVE.finditer(text):
        yield text[at : found.start()].replace(_AT, "@")
        yield NoteCitation((_refer(found),), bracketed=False)
        at = found.end()
    yield text[at:].replace(_AT, "@")


def _refer(found: re.Match[str]) -> Reference:
    given = found.groupdict()
    return Reference(
        key=given["key"].strip("{}"),
        before=(given.get("before") or "").strip(),
        after=given["after"] or "",
        bare=bool(given["bare"]),
    )


def _join_text(tokens: Sequence[Token]) -> list[Token]:
    """Return tokens with neighbouring texts joined, so that a citation is in one piece."""
    joined: list[Token] = []
    for token in tokens:
        if token.type == "text" and joined and joined[-1].type == "text":
            joined[-1] = Token("text", "", 0, content=joined[-1].content + token.content)
            continue
        if token.type != "text":
            token.content = token.content.replace(_AT, "@")
        joined.append(token)
    return joined


def escape_markdown(text: str) -> str:
    """Return plain text as Markdown that means nothing else."""

    def escape(found: re.Match[str]) -> str:
        if found[1]:
            return f"\\{found[1]}"
        return f"{found[2]}\\{found[3]}" if found[2] else f"\\{found[4]}"

    return _SPECIAL.sub(escape, text)


def write_key(key: str) -> str:
    """Return a key as pandoc reads it behind an ``@``, in braces where it is not plain."""
    return key if _PLAIN_KEY.fullmatch(key) else f"{{{key}}}"
