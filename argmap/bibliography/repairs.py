"""Entries that are broken, read field by field: what can be saved, and where the fault lies.

A sound entry never comes here (see :mod:`argmap.bibliography.drafts`), unless it has comments
between its fields.  The reader takes an entry apart at what looks like the beginning of a field, so
that a missing comma, brace or quotation mark costs one value at most.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from argmap.bibliography.blocks import KEY, Block, Header
from argmap.bibliography.datamodel import FIELDS
from argmap.bibliography.sources import Source, report_at
from argmap.bibliography.values import (
    NAME,
    Token,
    balance_braces,
    find_closing_brace,
    find_closing_quote,
    read_tokens,
    skip_space,
)
from argmap.diagnostics import Diagnostic

_FIELD = re.compile(rf"({NAME})\s*=")
_FIELD_WITHOUT_EQUALS = re.compile(rf"({NAME})\s*(?=[{{\"])")
# A comma or a new line, and then what looks like a field.
_NEXT_FIELD = re.compile(rf"(?:,\s*|\n[ \t]*)(?P<name>{NAME})[ \t]*=[ \t]*(?P<value>[{{\"]|\w)")
_NEXT_ENTRY = re.compile(rf"@[ \t]*\w[\w-]*\s*[{{(]\s*{KEY}\s*,")
# After a brace that should have closed the entry: a sign that it goes on.
MORE = re.compile(rf"\s*(?:,\s*(?:\}}|{NAME}\s*=)|\}}|{NAME}\s*=\s*[{{\"])")
_LINE_END = re.compile(r"[ \t]*(?:\n|\Z)")
_RESUME = re.compile(rf"(?:(?<=\n)[ \t]*|,\s*)(?:(?={NAME}\s*=)|(?=[}})]\s*$))", re.MULTILINE)
_HEAD = re.compile(r"(?P<junk>[\s\",{=@%#~\\]*)(?P<words>[^,={}\"\n]*)")
_REST_OF_KEY = re.compile(rf"[{{\"]((?:{KEY})?)\s*(?=,)")
_BRACE = re.compile(r"[{})]")
_COMMENT = re.compile(r"%([^\n]*)")
_COMMENTED_FIELD = re.compile(rf"[%\s]*({NAME})\s*=\s*\S")
_NOT_IN_KEY = re.compile(r"[\s,{}=\"#%\\~@]")


class RawField(NamedTuple):
    """A field as it was found: its name in lower case, the pieces of its value, its line."""

    name: str
    tokens: list[Token]
    line: int


class Draft(NamedTuple):
    """A block as it was found; ``end`` is the offset at which reading goes on.

    ``key`` is empty for a ``@string`` and for an entry without one.
    """

    header: Header
    key: str
    fields: list[RawField]
    end: int


class _State:
    """What the functions below share while they read one block."""

    __slots__ = (
        "closer",
        "cut_off",
        "findings",
        "label",
        "limit",
        "short_of_braces",
        "source",
        "text",
    )

    def __init__(self, source: Source, block: Block) -> None:
        self.source = source
        self.text = source.text
        self.limit = block.limit
        self.closer = ")" if source.text[block.header.opening] == "(" else "}"
        self.short_of_braces = block.closing is None
        self.findings: list[Diagnostic] = []
        self.label = f"@{block.header.type}"
        self.cut_off = ""

    def report(self, code: str, position: int, message: str, remedy: str = "") -> None:
        self.findings.append(report_at(self.source, code, position, message, remedy))


def repair_block(source: Source, block: Block) -> tuple[Draft, list[Diagnostic]]:
    """Read a broken entry or ``@string`` as far as possible, with the reasons why it is broken."""
    state = _State(source, block)
    position = block.header.opening + 1
    key = ""
    if block.header.type != "string":
        key, position = _read_key(state, position)
        state.label = f"the entry {key!r}" if key else "this entry"
    fields, end = _read_fields(state, position, block)
    # Whatever happened, go on behind the header.
    end = max(end, block.header.opening + 1)
    return Draft(block.header, key, fields, end), state.findings


def clean_key(key: str) -> str:
    """Return a key without the characters that no BibTeX key can hold."""
    return _NOT_IN_KEY.sub("", key)


def _read_key(state: _State, position: int) -> tuple[str, int]:
    """Read the key, and the comma after it, from the offset after the opening brace."""
    text, limit = state.text, state.limit
    head = _HEAD.match(text, position, limit)
    assert head is not None  # every part of the pattern may be empty
    words = head["words"].split()
    begin = head.start("words")
    after = skip_space(text, head.end(), limit)
    mark = text[after] if after < limit else ""
    written = text[position : head.end()].strip()
    if mark == "=" and text[skip_space(text, after + 1, limit) : limit][:1] != ",":
        # The last word names a field; what stands before it, if anything, is the key.
        field = head.start("words") + head["words"].rstrip().rfind(words[-1]) if words else after
        key = clean_key("".join(words[:-1]))
        if key:
            _report_missing_comma(state, field, f"the key {key!r}")
        else:
            _report_missing_key(state, position)
        return key, field
    key = clean_key("".join(words))
    if not key:
        _report_missing_key(state, position)
        return "", head.end()
    end = after
    if mark == "=":
        written, end = f"{written}=", skip_space(text, after + 1, limit)
    elif rest := _REST_OF_KEY.match(text, after, limit):
        key, written, end = key + rest[1], written + rest[0].strip(), rest.end()
    if written != key:
        state.report(
            "bib-bad-key",
            begin,
            f"{written!r} is no key; the entry is read as {key!r}",
            f"Write {key!r}, and cite it so.",
        )
    if text[end : end + 1] == "," and end < limit:
        return key, end + 1
    if end < limit and text[end] not in "})":
        _report_missing_comma(state, begin + len(head["words"].rstrip()), f"the key {key!r}")
    return key, end


def _read_fields(state: _State, position: int, block: Block) -> tuple[list[RawField], int]:
    text, limit = state.text, state.limit
    fields: list[RawField] = []
    while True:
        position = _skip_between_fields(state, position, bool(fields))
        if position >= limit:
            _report_unclosed(state, block)
            return fields, limit
        mark = text[position]
        if mark == state.closer or (mark in "})" and _LINE_END.match(text, position + 1, limit)):
            if not MORE.match(text, position + 1, limit):
                if mark != state.closer:
                    opened = text[block.header.opening]
                    state.report(
                        "bib-unbalanced-brace",
                        position,
                        f"{state.label} was opened by {opened!r} and is closed by {mark!r}",
                        f"Close it with {state.closer!r}.",
                    )
                return fields, position + 1
            state.report(
                "bib-unbalanced-brace",
                position,
                f"a {mark!r} too many: {state.label} goes on after it",
                f"Take this {mark!r} out, or find the value above that lost its opening brace.",
            )
            position += 1
            continue
        if mark == "@" and _NEXT_ENTRY.match(text, position, limit):
            _report_unclosed(state, block, position)
            return fields, position
        position = _read_field(state, position, fields)


def _read_field(state: _State, position: int, fields: list[RawField]) -> int:
    """Read one field, or report what stands in its place and skip it."""
    text, limit = state.text, state.limit
    match = _FIELD.match(text, position, limit)
    if not match:
        match = _FIELD_WITHOUT_EQUALS.match(text, position, limit)
        if match:
            state.report(
                "bib-missing-equals",
                match.end(1),
                f"there is no '=' between {match[1]!r} and its value",
                f"Write {match[1]} = … .",
            )
    if match:
        line, _ = state.source.locate(match.end() - 1)
        tokens, position = _read_value(state, match.end(), match[1])
        fields.append(RawField(match[1].casefold(), tokens, line))
        return position
    odd = position
    while odd < limit and text[odd] in "\"'#()=@{\\":
        odd += 1
    if odd > position and _FIELD.match(text, odd, limit):
        state.report(
            "bib-bad-field-name",
            position,
            f"{text[position:odd]!r} cannot stand before the name of a field",
            f"Take {text[position:odd]!r} out.",
        )
        return odd
    end = _find_end_of_junk(text, position + 1, limit, state.closer)
    if end >= len(text):
        return end  # the file is cut off here, which is reported as such
    state.report(
        "bib-stray-text",
        position,
        f"{shorten(text[position:end])} is no field of {state.label}; it is left out",
        "A field is written name = {value}, with a comma after it.",
    )
    return end


def _find_end_of_junk(text: str, position: int, limit: int, closer: str) -> int:
    """Find the next field, entry or closing brace."""
    resume = _RESUME.search(text, position, limit)
    end = resume.end() if resume else limit
    entry = _NEXT_ENTRY.search(text, position, end)
    end = entry.start() if entry else end
    depth = 0
    for match in _BRACE.finditer(text, position, end):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth < 0 or (depth == 0 and match[0] == closer == ")"):
            return match.start()
    return end


def _read_value(state: _State, position: int, name: str) -> tuple[list[Token], int]:
    """Read a value and stop before what follows it: a comma, a closing brace, another field."""
    text, limit = state.text, state.limit
    begin = skip_space(text, position, limit)
    tokens, end, missing = read_tokens(text, begin, limit)
    cut = _find_cut(state, begin, end)
    if cut is not None:
        return _cut_value(state, begin, cut, name)
    if missing:
        gap = skip_space(text, end, limit)
        if text[gap : gap + 1] == "#":
            gap = skip_space(text, gap + 1, limit)
        if gap < limit and text[gap] in '{"':
            following = _find_next_field(text, gap, limit)
            return _cut_value(state, gap, limit if following is None else following, name, tokens)
        if gap >= limit:
            return tokens, gap  # the entry is cut off here, which is reported as such
        state.report(
            "bib-bad-value",
            position - 1 if not tokens else end,
            f"{name} has no value" if not tokens else f"the value of {name} ends with '#'",
            "Write the value in braces.",
        )
        return tokens, gap
    after = skip_space(text, end, limit)
    if after >= limit or text[after] in ",})" or _NEXT_ENTRY.match(text, after, limit):
        return tokens, after
    if _FIELD.match(text, after, limit):
        _report_missing_comma(state, end, f"the value of {name}")
        return tokens, after
    # Something else goes on where the value has ended.
    stop = _find_end_of_value(text, after, limit)
    if tokens[-1].kind == "text":
        message = f"after the value of {name} stands {shorten(text[after:stop])}; it is left out"
    else:
        tokens = [Token("text", balance_braces(text[begin:stop].strip()))]
        message = f"the value of {name} has no braces: {shorten(tokens[0].text)}"
    state.report("bib-bad-value", begin, message, "Write the whole value in one pair of braces.")
    return tokens, stop


def _find_end_of_value(text: str, position: int, limit: int) -> int:
    """Find the comma, line end or closing brace outside of groups."""
    begin = position
    while position < limit and text[position] not in ",\n})":
        if text[position] in '{"':
            find = find_closing_brace if text[position] == "{" else find_closing_quote
            closing = find(text, position, limit)
            if closing is None:
                break
            position = closing
        position += 1
    return max(position, begin + 1)


def _find_cut(state: _State, begin: int, end: int) -> int | None:
    """Find where a value must have ended: at the next field, where braces or quotes are missing."""
    if begin >= end:
        return None
    if state.text[begin] == '"' or (state.short_of_braces and state.text[begin] == "{"):
        return _find_next_field(state.text, begin, end)
    return None


def _find_next_field(text: str, begin: int, end: int) -> int | None:
    for match in _NEXT_FIELD.finditer(text, begin, end):
        if match["name"].casefold() in FIELDS or match["value"] in '{"':
            return match.start()
    return None


def _cut_value(
    state: _State, begin: int, cut: int, name: str, before: list[Token] | None = None
) -> tuple[list[Token], int]:
    """Take what stands from an opening brace or quotation mark up to ``cut`` for the value."""
    text = state.text
    closing = (find_closing_quote if text[begin] == '"' else find_closing_brace)(text, begin, cut)
    if closing is not None:
        # The value does end before the next field; only a later one is at fault.
        tokens, end, _ = read_tokens(text, begin, cut)
        return [*(before or []), *tokens], end
    if text[begin] == '"':
        code, mark = "bib-unbalanced-quote", "quotation mark"
    else:
        code, mark = "bib-unbalanced-brace", "brace"
    value = text[begin + 1 : cut].strip().rstrip(",").rstrip('"' if text[begin] == '"' else "")
    if cut >= len(text):
        line, _ = state.source.locate(begin)
        state.cut_off = f", within the value of {name} that begins at line {line}"
    else:
        line, _ = state.source.locate(cut)
        where = f"the next field begins at line {line}" if cut < state.limit else "the entry ends"
        state.report(
            code,
            begin,
            f"the {mark} that opens the value of {name} is not closed before {where}",
            f"Close the value of {name} with a {mark}.",
        )
    return [*(before or []), Token("text", balance_braces(value))], cut


def _skip_between_fields(state: _State, position: int, comma_taken: bool) -> int:
    """Skip white space, one comma, and comments; report more commas and fields in comments."""
    text, limit = state.text, state.limit
    commas = 0
    while position < limit:
        mark = text[position]
        if mark == ",":
            commas += 1
            if commas == int(comma_taken) + 1:
                state.report(
                    "bib-extra-comma", position, "a comma too many", "Take this comma out."
                )
            position += 1
        elif mark == "%":
            comment = _COMMENT.match(text, position, limit)
            assert comment is not None  # it begins with %
            field = _COMMENTED_FIELD.match(comment[0])
            if field:
                state.report(
                    "bib-commented-field",
                    position,
                    f"the field {field[1]!r} of {state.label} stands behind '%' and is left out",
                    "Take the line out, or the '%'.",
                )
            position = comment.end()
        elif mark.isspace():
            position += 1
        else:
            break
    return position


def _report_missing_key(state: _State, position: int) -> None:
    title = re.compile(r"title\s*=\s*[{\"]+([^{}\"\n]{1,60})").search(
        state.text, position, state.limit
    )
    about = f" ({' '.join(title[1].split())!r})" if title else ""
    state.report(
        "bib-missing-key",
        position - 1,
        f"this entry has no key{about}; it is left out",
        "Write a key and a comma after the opening brace: @article{key, …",
    )


def _report_missing_comma(state: _State, position: int, after: str) -> None:
    state.report("bib-missing-comma", position, f"there is no comma after {after}", "Add a comma.")


def _report_unclosed(state: _State, block: Block, position: int | None = None) -> None:
    begin = block.header.begin
    limit = block.limit if position is None else position
    if limit >= len(state.text):
        state.report(
            "bib-truncated",
            begin,
            f"the file ends inside {state.label}{state.cut_off}",
            "Get the whole file again, or close the entry with a brace.",
        )
        return
    line, _ = state.source.locate(limit)
    state.report(
        "bib-unbalanced-brace",
        begin,
        f"{state.label} is not closed before the next block begins at line {line}",
        f"Close it with {state.closer!r}, or find the value in it that lacks a closing brace.",
    )


def shorten(text: str) -> str:
    """Return a text in quotation marks, on one line, of 60 characters at most."""
    text = " ".join(text.split())
    return repr(text if len(text) <= 60 else text[:59] + "…")
