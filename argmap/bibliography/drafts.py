"""Text of a .bib file made into drafts of entries; nothing is lost unsaid.

Each block goes to bibtexparser by itself, and what comes back is believed only if it accounts for
every character of the block; all else is read again, piece by piece, by
:mod:`argmap.bibliography.repairs`.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from bibtexparser.model import DuplicateFieldKeyBlock
from bibtexparser.model import Entry as ParsedEntry
from bibtexparser.model import String as ParsedString
from bibtexparser.splitter import Splitter

from argmap.bibliography.blocks import (
    KEY,
    Block,
    Header,
    Layout,
    find_block,
    list_headers,
    make_layout,
)
from argmap.bibliography.datamodel import FIELDS
from argmap.bibliography.repairs import MORE, Draft, RawField, repair_block, shorten
from argmap.bibliography.sources import Source, report_at, report_line
from argmap.bibliography.values import (
    NAME,
    VERBATIM,
    Token,
    balance_braces,
    find_closing_brace,
    is_balanced,
    read_tokens,
    skip_space,
)
from argmap.diagnostics import Diagnostic

# Characters that stand for others while bibtexparser has the text.  A source holds no control
# characters, so they cannot be mistaken.  To the parser a line of a value that begins with "@word("
# is a new block, and a brace or line end after a backslash does not count; to BibTeX it does.
_AT, _GUARD, _OPENING, _CLOSING = "\x01", "\x02", "\x03", "\x04"
_BACKSLASH = re.compile(r"\\(?=[{}\n])")
_ESCAPED_BRACE = re.compile(r"(?<!\\)((?:\\\\)*\\)([{}])")
_PLAIN_KEY = re.compile(KEY)
_PLAIN_NAME = re.compile(NAME)
_PLAIN_VALUE = re.compile(r"\{[^{}]*\}")
_SWALLOWED = re.compile(r"(?:,\s*|\n[ \t]*)([A-Za-z]+)[ \t]*=[ \t]*[{\"]")
# What betrays that text between blocks was meant to be part of one: a block without its brace or
# its @, the middle of an entry, a field.
_STRAY = re.compile(
    rf"""(?P<header>^[ \t]*@(?![ \t]*comment\b)|^[ \t]*[\w-]+[ \t]*[{{(][ \t]*{KEY}[ \t]*,[ \t]*$)
    | ^[ \t]*[,)] | (?<![\w.+:-])[\w.+:-]+[ \t]*=[ \t]*[{{"]""",
    re.MULTILINE | re.VERBOSE | re.IGNORECASE,
)
_BROKEN_HEADER = re.compile(r"^[ \t]*@(?![ \t]*comment\b)", re.MULTILINE | re.IGNORECASE)
_BRACE = re.compile(r"[{}]")
_BRACE_OR_ESCAPED_QUOTE = re.compile(r"[{}]|\\\"")
_COMMENT = re.compile(r"%[^\n]*")
_KEY_WITHIN = re.compile(rf"[{{(,\s]({KEY})\s*,")


def read_drafts(source: Source) -> tuple[list[Draft], list[Header], list[Diagnostic]]:
    """Return every entry and ``@string`` of a text in order, sound or repaired.

    Entries in comments come by their headers only.  O(length) for any file that is not made to be
    slow.
    """
    layout = make_layout(source.text)
    drafts: list[Draft] = []
    hidden: list[Header] = []
    findings: list[Diagnostic] = []
    position = 0
    with _silence_parser():
        while True:
            block, commented = find_block(layout, position)
            hidden += commented
            stop = block.header.begin if block else len(source.text)
            findings += _report_stray(source, position, stop)
            if block is None:
                return drafts, hidden, findings
            if block.header.type in ("comment", "preamble"):
                position, commented, found = _skip_command(source, layout, block)
                hidden += commented
            else:
                draft, found = _read_block(source, block)
                drafts.append(draft)
                position = draft.end
            findings += found


def _read_block(source: Source, block: Block) -> tuple[Draft, list[Diagnostic]]:
    header = block.header
    sound = _parse_soundly(source, block)
    if sound is None and "\\" in source.text[header.opening : block.limit]:
        sound = _parse_with_escaped_braces(source, block)
    draft, findings = sound or repair_block(source, block)
    remedy = f"Write @{header.type}."
    if header.spaced:
        message = f"there is a space between '@' and {header.type!r}"
        findings.append(report_at(source, "bib-odd-header", header.begin, message, remedy))
    if not header.signed:
        message = f"there is no '@' before {header.type!r}"
        findings.append(report_at(source, "bib-malformed-entry", header.begin, message, remedy))
    return draft, findings


def _parse_soundly(source: Source, block: Block) -> tuple[Draft, list[Diagnostic]] | None:
    """Have bibtexparser read a block; None unless all of it is accounted for."""
    if block.closing is None or MORE.match(source.text, block.closing + 1, block.limit):
        return None
    body = source.text[block.header.opening + 1 : block.closing]
    return _parse_body(source, block, body, block.closing + 1)


def _parse_with_escaped_braces(
    source: Source, block: Block
) -> tuple[Draft, list[Diagnostic]] | None:
    r"""Have bibtexparser read a block in which ``\{`` and ``\}`` do not count as braces.

    BibTeX counts them; where that does not come out even, the writer thought otherwise.
    """
    opening = block.header.opening
    if source.text[opening] != "{":
        return None
    masks = {"{": _OPENING, "}": _CLOSING}
    region = _ESCAPED_BRACE.sub(
        lambda match: match[1] + masks[match[2]], source.text[opening : block.limit]
    )
    closing = find_closing_brace(region, 0, len(region))
    if closing is None or MORE.match(region, closing + 1):
        return None
    parsed = _parse_body(source, block, region[1:closing], opening + closing + 1)
    if parsed is None:
        return None
    draft, findings = parsed
    for number, field in enumerate(draft.fields):
        tokens = [
            Token(token.kind, token.text.replace(_OPENING, "{").replace(_CLOSING, "}"))
            for token in field.tokens
        ]
        if not all(is_balanced(token.text) for token in tokens):
            tokens = [Token(token.kind, balance_braces(token.text)) for token in tokens]
            message = f"{field.name} has a '\\{{' or '\\}}' without its partner"
            remedy = r"Write \textbraceleft{} or \textbraceright{}."
            findings.append(
                report_line(source, "bib-escaped-brace", field.line, field.name, message, remedy)
            )
        draft.fields[number] = field._replace(tokens=tokens)
    return draft, findings


def _parse_body(
    source: Source, block: Block, body: str, end: int
) -> tuple[Draft, list[Diagnostic]] | None:
    base, _ = source.locate(block.header.opening)
    kind = "string" if block.header.type == "string" else "entry"
    masked = body.replace("@", _AT)
    if "\\" in masked:
        masked = _BACKSLASH.sub(lambda _: "\\" + _GUARD, masked)
    try:
        parsed = Splitter(f"@{kind}{{{masked}}}").split().blocks
    except Exception:
        # Whatever breaks in the parser, the block is read again with more patience.
        return None
    if len(parsed) != 1:
        return None
    found: object = parsed[0]
    if isinstance(found, DuplicateFieldKeyBlock):
        found = found.ignore_error_block
    if isinstance(found, ParsedString):
        key, raw = "", [(found.key, found.value, base)]
    elif isinstance(found, ParsedEntry):
        key = found.key.replace(_AT, "@")
        raw = [(field.key, field.value, base + field.start_line) for field in found.fields]
        if not _PLAIN_KEY.fullmatch(key):
            return None
    else:
        return None
    fields: list[RawField] = []
    findings: list[Diagnostic] = []
    for name, value, line in raw:
        if not _PLAIN_NAME.fullmatch(name) or _AT in name or _GUARD in name:
            return None
        if _AT in value or _GUARD in value:
            value = value.replace(_AT, "@").replace(_GUARD, "")
        if _PLAIN_VALUE.fullmatch(value):
            tokens = [Token("text", value[1:-1])]
        else:
            tokens, stop, missing = read_tokens(value, 0, len(value))
            if missing or skip_space(value, stop, len(value)) < len(value):
                return None
        if "=" in value and name.casefold() not in VERBATIM:
            findings += _report_swallowed(source, name, value, line)
        if '\\"' in value and _has_loose_quote(value):
            message = f"in the value of {name} stands '\\\"' outside braces"
            remedy = 'Write {\\"u} instead of \\"u, or put the value in braces.'
            findings.append(report_line(source, "bib-escaped-quote", line, name, message, remedy))
        fields.append(RawField(name.casefold(), tokens, line))
    return Draft(block.header, key, fields, end), findings


def _has_loose_quote(value: str) -> bool:
    depth = 0
    for match in _BRACE_OR_ESCAPED_QUOTE.finditer(value):
        if match[0] == '\\"':
            if depth == 0:
                return True
        else:
            depth += 1 if match[0] == "{" else -1
    return False


def _skip_command(
    source: Source, layout: Layout, block: Block
) -> tuple[int, list[Header], list[Diagnostic]]:
    """Step over a ``@comment`` or ``@preamble``; return the offset after it and entries within."""
    header = block.header
    if block.closing is None:
        message = f"@{header.type} is not closed"
        remedy = "Close it with a brace."
        finding = report_at(source, "bib-unbalanced-brace", header.begin, message, remedy)
        # Go on with the next line: not everything that follows need be part of the comment.
        line_end = source.text.find("\n", header.opening, block.limit)
        return (block.limit if line_end < 0 else line_end), [], [finding]
    inside = list_headers(layout, header.opening + 1, block.closing)
    known = {inner.begin for inner in inside}
    broken = [
        _describe_stray(source, offset)
        for match in _BROKEN_HEADER.finditer(source.text, header.opening, block.closing)
        if (offset := match.end() - 1) not in known
    ]
    return block.closing + 1, [inner for inner in inside if inner.key and inner.signed], broken


def _report_stray(source: Source, begin: int, end: int) -> list[Diagnostic]:
    """Report text between blocks that was meant to be part of one; prose is a comment."""
    gap = source.text[begin:end]
    if not gap or gap.isspace():
        return []
    gap = _COMMENT.sub(lambda match: " " * len(match[0]), gap)
    if gap.strip() == ",":
        message = "a comma between entries"
        comma = begin + gap.index(",")
        return [report_at(source, "bib-extra-comma", comma, message, "Take this comma out.")]
    found = list(_STRAY.finditer(gap))
    # One finding tells of a whole broken entry; but each broken header is another entry.
    offsets = {
        match.start() + len(match[0]) - len(match[0].lstrip())
        for match in found
        if match is found[0] or match["header"]
    }
    depth = 0
    for brace in _BRACE.finditer(gap):
        depth += 1 if brace[0] == "{" else -1
        if depth < 0:
            offsets = offsets or {brace.start()}
            break
    return [_describe_stray(source, begin + offset) for offset in sorted(offsets)]


def _describe_stray(source: Source, offset: int) -> Diagnostic:
    line, _ = source.locate(offset)
    written = source.get_line(line)
    if source.text[offset] == "@":
        key = _KEY_WITHIN.search(written)
        about = f" (its key may be {key[1]!r})" if key else ""
        message = f"no entry can be read from {shorten(written)}{about}"
        remedy = "Begin an entry like this: @article{key,"
        return report_at(source, "bib-malformed-entry", offset, message, remedy)
    message = f"{shorten(written)} stands outside of any entry and is left out"
    remedy = (
        "See whether the entry above has a closing brace too many, or an entry here lost its "
        "beginning. A comment begins with '%'."
    )
    return report_at(source, "bib-stray-text", offset, message, remedy)


def _report_swallowed(source: Source, name: str, value: str, line: int) -> list[Diagnostic]:
    names = (match[1] for match in _SWALLOWED.finditer(value))
    field = next((found for found in names if found.casefold() in FIELDS), None)
    if field is None:
        return []
    message = f"within the value of {name} stands what looks like a field {field!r}"
    remedy = "See whether a closing brace or quotation mark is missing before it."
    return [report_line(source, "bib-swallowed-field", line, name, message, remedy)]


@contextmanager
def _silence_parser() -> Iterator[None]:
    """Keep bibtexparser from logging to stderr what becomes a diagnostic here."""
    logger = logging.getLogger("bibtexparser")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)
