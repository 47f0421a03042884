"""What is wrong with the rows of a file: every fault of every row, with its place and a remedy.

This is the slow way, taken only for what the fast way refused.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, Literal, NamedTuple, get_args, get_origin

import msgspec

from argmap.diagnostics import Diagnostic, Severity, did_you_mean, join_words
from argmap.exports.rows import ROW_TYPES, Name, list_field_types, list_required

SINGULAR: Mapping[str, str] = {
    "works": "a work",
    "holders": "a holder",
    "texts": "a text",
    "claims": "a claim",
    "positions": "a position",
    "relations": "a relation",
    "citations": "a citation",
    "disputes": "a dispute",
    "schools": "a school",
}
_SPACE = re.compile(r"[ \t\r\n]*")
_BYTE = re.compile(r" \(byte (\d+)\)$")
_HALF_PAIR = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])")


class RowPlace(NamedTuple):
    """Where a row stands: line and column (0: unknown), its source, and words that lead to it."""

    line: int = 0
    column: int = 0
    source: str = ""
    lead: str = ""


class Examination:
    """The faults of one file, collected row by row.

    ``findings`` are those so far; fields that no table has are counted and reported once for each
    table and field by :meth:`report_unknown`.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.findings: list[Diagnostic] = []
        self._unknown: dict[tuple[str, str], int] = {}
        self._first: dict[tuple[str, str], tuple[int, int]] = {}
        self._types = {kind: list_field_types(kind) for kind in ROW_TYPES}
        self._required = {kind: list_required(kind) for kind in ROW_TYPES}

    def report(
        self,
        line: int,
        column: int,
        message: str,
        code: str,
        remedy: str = "",
        severity: Severity = "error",
    ) -> None:
        """Note a finding at a place of this file."""
        self.findings.append(
            Diagnostic(
                path=self.path,
                line=line,
                column=column,
                severity=severity,
                message=message,
                code=code,
                remedy=remedy,
            )
        )

    def examine(self, kind: str, fields: Mapping[str, Any], place: RowPlace) -> Any:
        """Return the row of these fields, or None after all its faults were reported."""
        types = self._types[kind]
        before = len(self.findings)
        values: dict[str, Any] = {}
        for name, value in fields.items():
            if name == "record":
                continue
            if name not in types:
                self._count_unknown(kind, name, place)
            elif value is not None:
                values[name] = self._convert(kind, name, value, place)
        for name in self._required[kind]:
            if name not in values:
                self._report_missing(kind, name, name in fields, place)
        if len(self.findings) > before:
            return None
        return ROW_TYPES[kind](**values)

    def report_no_object(self, value: Any, place: RowPlace) -> None:
        """Report a row that is no object."""
        message = f"{place.lead}a row must be an object, not {say_type(value)}"
        remedy = 'Write {"field": value, ...}.'
        self.report(place.line, place.column, message, "record-field-type", remedy)

    def report_kind(self, kind: Any, place: RowPlace) -> None:
        """Report a row that does not say to which table it belongs."""
        line, column = locate_field(place, "record")
        remedy = f'Write "record": with one of {join_words(list(ROW_TYPES), "or")}.'
        if kind is None:
            message = "the row does not say in `record` what it is"
        elif isinstance(kind, str):
            message = f"there is no table {kind!r}; the row was left out"
            remedy = did_you_mean(kind, ROW_TYPES) or remedy
        else:
            message = f"`record` must be text, not {say_type(kind)}"
        self.report(line, column, f"{place.lead}{message}", "record-kind-unknown", remedy)

    def report_unknown(self) -> None:
        """Report the fields that no table has, each once."""
        for (kind, name), number in sorted(self._unknown.items()):
            line, column = self._first[kind, name]
            times = f" ({number:,} times; this is the first)" if number > 1 else ""
            self.report(
                line,
                column,
                f"{SINGULAR[kind]} has no field {name!r}; it was left out{times}",
                "record-field-unknown",
                did_you_mean(name, self._types[kind])
                or f"The fields of {SINGULAR[kind]}: {join_words(list(self._types[kind]))}.",
                "warning",
            )
        self._unknown.clear()

    def _count_unknown(self, kind: str, name: str, place: RowPlace) -> None:
        if kind in ("disputes", "schools"):
            return  # Nothing of them is read.
        key = (kind, name)
        if key not in self._unknown:
            self._first[key] = locate_field(place, name)
        self._unknown[key] = self._unknown.get(key, 0) + 1

    def _convert(self, kind: str, name: str, value: Any, place: RowPlace) -> Any:
        wanted = self._types[kind][name]
        if isinstance(value, float) and value.is_integer() and _is_number(wanted):
            value = int(value)  # Programs that know no missing integers write 1990.0.
        try:
            converted = msgspec.convert(value, wanted)
        except msgspec.ValidationError as error:
            line, column = locate_field(place, name)
            message, code, remedy = _explain_value(name, value, wanted, str(error))
            if code == "record-field-missing" and name not in self._required[kind]:
                remedy = f"Fill in `{name}`, or write null."
            self.report(line, column, f"{place.lead}{message}", code, remedy)
            return value
        if _holds_nul(value):
            line, column = locate_field(place, name)
            self.report(
                line,
                column,
                f"{place.lead}`{name}` holds the character U+0000, which is no text",
                "record-field-type",
                "Remove the character.",
            )
        return converted

    def _report_missing(self, kind: str, name: str, present: bool, place: RowPlace) -> None:
        line, column = locate_field(place, name) if present else (place.line, place.column)
        what = f"`{name}` of {SINGULAR[kind]} is empty" if present else ""
        self.report(
            line,
            column,
            f"{place.lead}{what or f'{SINGULAR[kind]} needs `{name}`'}",
            "record-field-missing",
            f"Fill in `{name}`." if present else f'Add "{name}": ….',
        )


# ---- words for faults ---------------------------------------------------------------------------


def words_of(wanted: Any) -> tuple[str, ...]:
    """Return the words that a type allows, none where it allows any."""
    for part in (wanted, *get_args(wanted)):
        if get_origin(part) is Literal:
            return get_args(part)
    return ()


def is_name(wanted: Any) -> bool:
    """Say whether a type is of texts that must not be empty."""
    return any(part == Name for part in (wanted, *get_args(wanted)))


def _is_list(wanted: Any) -> bool:
    return any(get_origin(part) is tuple for part in (wanted, *get_args(wanted)))


def _is_number(wanted: Any) -> bool:
    parts = [part for option in (wanted, *get_args(wanted)) for part in (option, *get_args(option))]
    return int in parts


def _holds_nul(value: Any) -> bool:
    if isinstance(value, str):
        return "\0" in value
    return isinstance(value, list) and any(_holds_nul(item) for item in value)


def _explain_value(name: str, value: Any, wanted: Any, error: str) -> tuple[str, str, str]:
    """Return message, code and remedy for a value that is not of the wanted type."""
    if words := words_of(wanted):
        remedy = f"One of {join_words(words, 'or')}."
        if isinstance(value, str):
            message = f"{_cut(value)!r} is no {name.replace('_', ' ')}"
            return message, "record-value-unknown", did_you_mean(value, words) or remedy
        return f"`{name}` must be text, not {say_type(value)}", "record-field-type", remedy
    if _is_list(wanted):
        if isinstance(value, list):
            odd = next((item for item in value if not isinstance(item, str)), "")
            message = f"an item of `{name}` must be text, not {say_type(odd)}"
            return message, "record-field-type", "Mend the item, or remove it."
        remedy = f"Write a list: {json.dumps([value])}." if isinstance(value, str) else ""
        message = f"`{name}` must be a list of texts, not {say_type(value)}"
        return message, "record-field-type", remedy
    if _is_number(wanted):
        if isinstance(value, int) and not isinstance(value, bool):
            low = "less than 0" if value < 0 else "too large"
            return f"`{name}` is {low}", "record-field-type", "Mend it, or leave it out."
        digits = isinstance(value, str) and value.strip().lstrip("-").isdecimal()
        remedy = f"Write it without quotation marks: {value.strip()}." if digits else ""
        message = f"`{name}` must be a whole number, not {say_type(value)}"
        return message, "record-field-type", remedy or "Leave it out where it is unknown."
    if value == "":
        return f"`{name}` is empty", "record-field-missing", f"Fill in `{name}`."
    kind = "true or false" if "bool" in error.partition(",")[0] else "text"
    remedy = "Write it in quotation marks." if kind == "text" else "Write true or false."
    return f"`{name}` must be {kind}, not {say_type(value)}", "record-field-type", remedy


def say_type(value: Any) -> str:
    """Return what a value is, in plain words."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return "a number"
        case float():
            return f"the number {value!r}"
        case "":
            return "an empty text"
        case str():
            return f"the text {_cut(value)!r}"
        case list() | tuple():
            return "a list"
        case dict():
            return "an object"
        case _:
            return f"a {type(value).__name__}"


def _cut(text: str, limit: int = 40) -> str:
    return text if len(text) <= limit else text[:limit] + "…"


# ---- places in JSON -----------------------------------------------------------------------------


def locate(data: bytes, offset: int) -> tuple[int, int]:
    """Return line and column, counted from 1 and in characters, of an offset in bytes."""
    start = data.rfind(b"\n", 0, offset) + 1
    column = len(data[start:offset].decode("utf-8", "replace")) + 1
    return data.count(b"\n", 0, offset) + 1, column


def locate_field(place: RowPlace, name: str) -> tuple[int, int]:
    """Return line and column of the value of a row's field, else those of the row."""
    at = find_fields(place.source).get(name)
    if at is None:
        return place.line, place.column
    before = place.source[:at]
    breaks = before.count("\n")
    if breaks:
        return place.line + breaks, at - before.rfind("\n")
    return place.line, place.column + at


def find_fields(source: str) -> dict[str, int]:
    """Return the offset of the value of every field of a JSON object, as far as it can be read."""
    found: dict[str, int] = {}
    decoder = json.JSONDecoder()
    try:
        at = _skip(source, 0)
        if source[at] != "{":
            return found
        at = _skip(source, at + 1)
        while source[at] == '"':
            name, at = scanstring(source, at + 1, False)
            at = _skip(source, at)
            at = _skip(source, at + 1)  # the colon
            found.setdefault(name, at)
            _, at = decoder.raw_decode(source, at)
            at = _skip(source, at)
            at = _skip(source, at + 1)  # the comma
    except (ValueError, IndexError, StopIteration, RecursionError):
        pass
    return found


def _skip(source: str, at: int) -> int:
    found = _SPACE.match(source, at)
    return found.end() if found else at


def decode_object(source: bytes) -> Any:
    """Return what JSON says, numbers out of range as infinite.

    Raises msgspec.DecodeError or RecursionError where it is not JSON.
    """
    try:
        return msgspec.json.decode(source)
    except msgspec.ValidationError:
        return json.loads(source)


def explain_syntax(error: Exception, data: bytes) -> tuple[int, str, str]:
    """Return the offset in bytes of a fault of syntax, what it is, and a remedy."""
    if isinstance(error, RecursionError):
        return 0, "brackets are nested too deep", "No row nests deeper than a list in an object."
    message = str(error)
    text = data.decode("utf-8", "replace")
    if half := _HALF_PAIR.search(text):
        offset = len(text[: half.start()].encode())
        remedy = "Write the character itself, or both halves of the pair."
        return offset, f"{half.group()} is half of a character", remedy
    if message == "Input data was truncated":
        return len(data.rstrip()), "it ends in the middle", "Is the file whole? Write it again."
    found = _BYTE.search(message)
    offset = int(found[1]) if found else 0
    message = _BYTE.sub("", message).removeprefix("JSON is malformed: ")
    byte = data[offset : offset + 1]
    if message == "invalid character" and byte == b"\0":
        return offset, "a NUL byte stands here", "This is not a text file, or it was damaged."
    if message == "invalid character" and byte and byte[0] < 32:
        return (
            offset,
            "a control character stands inside a text",
            "Write it as \\n, \\t or \\u00XX.",
        )
    if data[offset : offset + 3] == b"NaN" or data[offset : offset + 8] == b"Infinity":
        return offset, "NaN and Infinity are not JSON", "Write null."
    if message == "trailing characters":
        remedy = "One file of JSON holds one object, one line of JSONL one row."
        return offset, "more stands behind the end", remedy
    return (
        offset,
        f"this is not JSON: {message}",
        "Check commas, brackets and quotation marks here.",
    )
