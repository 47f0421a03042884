"""Reading tables from text: JSON and JSONL into the records of a literature.

The fast way decodes rows straight into structs that check themselves.  Whatever it refuses goes the
slow way of :mod:`argmap.exports.faults`, which reports every fault of every row; sound rows are
kept.  Rows of JSONL know their lines; in JSON only faults are given a place.
"""

from __future__ import annotations

import gc
import json
import re
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from argmap.diagnostics import Diagnostic, did_you_mean, join_words, sort_diagnostics
from argmap.exports.faults import (
    Examination,
    RowPlace,
    decode_object,
    explain_syntax,
    locate,
    say_type,
)
from argmap.exports.records import Gathered, build_literature
from argmap.exports.rows import ROW_TYPES, AnyRow
from argmap.exports.tables import DERIVED_TABLES
from argmap.model import Literature

Result = tuple[Literature, list[Diagnostic]]

KINDS = join_words(list(ROW_TYPES))
_BOM = b"\xef\xbb\xbf"
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_NUL = b"\\u0000"
_TAGGED = re.compile(rb'\s*\{\s*"record"\s*:')
_TABLED = re.compile(rb'\s*\{\s*"(?:' + "|".join(ROW_TYPES).encode() + rb')"\s*:\s*\[')
_SPACE = re.compile(rb"[ \t\r\n]*")


def read_json(path: Path) -> Result:
    """Read an object of tables, the form of ``argmap export json``.

    Never raises for bad input.  Linear in the size of the file.
    """
    data, findings = read_bytes(path)
    return (Literature(), findings) if data is None else parse_json(data, path)


def read_jsonl(path: Path) -> Result:
    """Read rows from the lines of a file, each an object whose field ``record`` names its table.

    Never raises for bad input.  Linear in the size of the file.
    """
    data, findings = read_bytes(path)
    return (Literature(), findings) if data is None else parse_jsonl(data, path)


def has_rows_on_lines(head: bytes) -> bool | None:
    """Say whether a file that begins so holds a row on each line; None where that does not show."""
    head = head.removeprefix(_BOM)
    if _TAGGED.match(head):
        return True
    return False if _TABLED.match(head) else None


def finish(gathered: Gathered, examination: Examination) -> Result:
    """Make the literature of what was gathered; join and sort the findings."""
    read = any(rows for kind, rows in gathered.rows.items() if kind not in DERIVED_TABLES)
    if not read and not examination.findings:
        examination.report(
            0,
            0,
            "the file holds no records",
            "record-none",
            "Check that it is the file that you meant.",
        )
    examination.report_unknown()
    literature, findings = build_literature(gathered)
    return literature, sort_diagnostics(examination.findings + findings)


@contextmanager
def pause_collector() -> Iterator[None]:
    """Keep the collector of cyclic garbage off: records have no cycles, and there are many."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


# ---- JSON ---------------------------------------------------------------------------------------


def parse_json(data: bytes, path: Path) -> Result:
    """Parse the bytes of an object of tables; see :func:`read_json`."""
    text, findings = _check_text(data, path)
    if text is None:
        return Literature(), findings
    data = text
    gathered = Gathered(path=path.as_posix(), name=path.name)
    examination = Examination(gathered.path)
    try:
        tables = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
    except msgspec.ValidationError:
        message = "the file must be one object of tables"
        remedy = f'Write {{"claims": [...], ...}} with the tables {KINDS}.'
        examination.report(*locate(data, _skip(data, 0)), message, "record-field-type", remedy)
        return Literature(), examination.findings
    except (msgspec.DecodeError, RecursionError) as error:
        _report_syntax(examination, data, 0, data, error)
        return Literature(), examination.findings
    trusted = _NUL not in data
    with pause_collector():
        for name, offset in _walk_tables(data, tables, examination):
            if name not in ROW_TYPES:
                hint = did_you_mean(name, ROW_TYPES) or f"The tables: {KINDS}."
                message = f"there is no table {name!r}; what stands in it was left out"
                examination.report(*locate(data, offset), message, "record-kind-unknown", hint)
                continue
            rows = _decode_table(name, tables[name]) if trusted else None
            if rows is None:
                rows = _examine_table(name, bytes(tables[name]), data, offset, examination)
            gathered.rows[name] = rows
        return finish(gathered, examination)


def _decode_table(kind: str, raw: msgspec.Raw) -> list[Any] | None:
    """Return the rows of a table, or None where one of them is not sound."""
    row_type = ROW_TYPES[kind]
    try:
        return msgspec.json.decode(raw, type=list[row_type])  # type: ignore[valid-type]
    except (msgspec.DecodeError, RecursionError):
        return None


def _walk_tables(
    data: bytes, tables: dict[str, msgspec.Raw], examination: Examination
) -> Iterator[tuple[str, int]]:
    """Yield the name of each table with the offset of its value.

    A name that stands twice is reported: of two values the decoder keeps the last, unseen.
    """
    seen: set[str] = set()
    at = _skip(data, _skip(data, 0) + 1)
    while data[at : at + 1] == b'"':
        end = at + 1
        while data[end : end + 1] != b'"':
            end += 2 if data[end : end + 1] == b"\\" else 1
        name = msgspec.json.decode(data[at : end + 1], type=str)
        value = _skip(data, _skip(data, end + 1) + 1)
        if name not in seen and _is_at(data, value, tables[name]):
            seen.add(name)
            yield name, value
            size = memoryview(tables[name]).nbytes
        else:
            message = f"the table {name!r} stands twice; only one of the two was read"
            examination.report(*locate(data, at), message, "record-duplicate", "Join the two.")
            text = data[value:].decode()
            size = len(text[: json.JSONDecoder().raw_decode(text)[1]].encode())
        at = _skip(data, _skip(data, value + size) + 1)


def _is_at(data: bytes, offset: int, raw: msgspec.Raw) -> bool:
    """Say whether a value stands here, by comparing its length and both its ends."""
    view = memoryview(raw)
    end = offset + view.nbytes
    tail = max(offset, end - 64)
    return data[offset : offset + 64][: view.nbytes] == view[:64] and data[tail:end] == view[-64:]


def _skip(data: bytes, at: int) -> int:
    found = _SPACE.match(data, at)
    return found.end() if found else at


def _examine_table(
    kind: str, raw: bytes, data: bytes, offset: int, examination: Examination
) -> list[Any]:
    """Return the sound rows of one table after reporting the faults of all others."""
    try:
        pieces = msgspec.json.decode(raw, type=list[msgspec.Raw])
    except msgspec.DecodeError:
        found = say_type(msgspec.json.decode(raw))
        message = f"{kind!r} must be a list of rows, not {found}"
        examination.report(*locate(data, offset), message, "record-field-type", "Write a list.")
        return []
    rows = []
    line = locate(data, offset)[0]
    at = 0
    for piece in pieces:
        source = bytes(piece)
        # Between a row and the next there is but a comma and white space.
        start = raw.index(source, at)
        line += raw.count(b"\n", at, start)
        at = start
        row = _decode_row(kind, source)
        if row is None:
            begin = data.rfind(b"\n", 0, offset + start) + 1
            column = len(data[begin : offset + start].decode()) + 1
            row = _examine_row(kind, source, data, offset + start, line, column, examination)
        if row is not None:
            rows.append(row)
        at += len(source)
        line += source.count(b"\n")
    return rows


def _decode_row(kind: str, source: bytes) -> Any:
    """Return the row, or None where it is not sound."""
    if _NUL in source:
        return None
    try:
        return msgspec.json.decode(source, type=ROW_TYPES[kind])
    except (msgspec.DecodeError, RecursionError):
        return None


def _examine_row(
    kind: str,
    source: bytes,
    data: bytes,
    offset: int,
    line: int,
    column: int,
    examination: Examination,
) -> Any:
    try:
        fields = decode_object(source)
    except (msgspec.DecodeError, RecursionError) as error:
        _report_syntax(examination, source, offset, data, error)
        return None
    place = RowPlace(line, column, source.decode())
    if not isinstance(fields, dict):
        examination.report_no_object(fields, place)
        return None
    return examination.examine(kind, fields, place)


def _report_syntax(
    examination: Examination, source: bytes, offset: int, data: bytes, error: Exception
) -> None:
    at, message, remedy = explain_syntax(error, source)
    examination.report(*locate(data, offset + at), message, "json-syntax", remedy)


# ---- JSONL --------------------------------------------------------------------------------------


def parse_jsonl(data: bytes, path: Path) -> Result:
    """Parse the bytes of lines of rows; see :func:`read_jsonl`."""
    text, findings = _check_text(data, path)
    if text is None:
        return Literature(), findings
    data = text
    gathered = Gathered(path=path.as_posix(), name=path.name)
    examination = Examination(gathered.path)
    with pause_collector():
        numbered = _decode_lines(data) if _NUL not in data else None
        rows, numbers = numbered or _examine_lines(data, examination)
        rows_of: dict[type[Any], list[Any]] = {row_type: [] for row_type in ROW_TYPES.values()}
        lines_of: dict[type[Any], list[int]] = {row_type: [] for row_type in ROW_TYPES.values()}
        for number, row in zip(numbers, rows, strict=True):
            row_type = type(row)
            rows_of[row_type].append(row)
            lines_of[row_type].append(number)
        gathered.rows = {kind: rows_of[row_type] for kind, row_type in ROW_TYPES.items()}
        gathered.lines = {kind: lines_of[row_type] for kind, row_type in ROW_TYPES.items()}
        del rows
        return finish(gathered, examination)


def _decode_lines(data: bytes) -> tuple[list[Any], Sequence[int]] | None:
    """Return all rows with their lines, or None where not every line is one sound row."""
    try:
        rows = msgspec.json.Decoder(AnyRow).decode_lines(data)
    except (msgspec.DecodeError, RecursionError):
        return None
    numbers: Sequence[int] = range(1, len(rows) + 1)
    lines_match = data.count(b"\n") + (not data.endswith(b"\n")) == len(rows)
    if not lines_match or b"\n\n" in data or b"\n\r\n" in data:
        lines = data.split(b"\n")
        numbers = [number for number, line in enumerate(lines, 1) if line.strip()]
    return (rows, numbers) if len(numbers) == len(rows) else None


def _examine_lines(data: bytes, examination: Examination) -> tuple[list[Any], list[int]]:
    """Return the sound rows with their lines after reporting the faults of all others."""
    rows: list[Any] = []
    numbers: list[int] = []
    decoder = msgspec.json.Decoder(AnyRow)
    for number, line in enumerate(data.split(b"\n"), 1):
        source = line.strip()
        if not source:
            continue
        row = None
        if _NUL not in source:
            try:
                row = decoder.decode(source)
            except (msgspec.DecodeError, RecursionError):
                row = None
        if row is None:
            column = len(line) - len(line.lstrip()) + 1
            row = _examine_line(source, number, column, examination)
        if row is not None:
            rows.append(row)
            numbers.append(number)
    return rows, numbers


def _examine_line(source: bytes, line: int, column: int, examination: Examination) -> Any:
    try:
        fields = decode_object(source)
    except (msgspec.DecodeError, RecursionError) as error:
        at, message, remedy = explain_syntax(error, source)
        if message == "it ends in the middle":
            message = "the line ends in the middle of a row"
            remedy = "Write each row on a line of its own. Is the file whole?"
        before = len(source[:at].decode("utf-8", "replace"))
        examination.report(line, column + before, message, "json-syntax", remedy)
        return None
    place = RowPlace(line, column, source.decode())
    if not isinstance(fields, dict):
        examination.report_no_object(fields, place)
        return None
    kind = fields.get("record")
    if not isinstance(kind, str) or kind not in ROW_TYPES:
        examination.report_kind(kind, place)
        return None
    return examination.examine(kind, fields, place)


# ---- files --------------------------------------------------------------------------------------


def _check_text(data: bytes, path: Path) -> tuple[bytes | None, list[Diagnostic]]:
    """Return text in UTF-8 without a byte order mark, or None with a finding where it is none."""

    def refuse(line: int, message: str, code: str, remedy: str) -> list[Diagnostic]:
        label = path.as_posix()
        return [Diagnostic(path=label, line=line, message=message, code=code, remedy=remedy)]

    if data.startswith(_WIDE):
        return None, refuse(0, "this is UTF-16, not UTF-8", "file-encoding", "Save it in UTF-8.")
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        remedy = "This is no text file, or it was damaged."
        return None, refuse(line, "a NUL byte stands here", "file-binary", remedy)
    data = data.removeprefix(_BOM)
    if not data.isascii():
        try:
            data.decode()
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            message = f"byte 0x{data[error.start]:02x} is not UTF-8"
            return None, refuse(line, message, "file-encoding", "Save the file in UTF-8.")
    if not data.strip():
        remedy = "Check that it is the file that you meant."
        return None, refuse(0, "the file is empty", "record-none", remedy)
    return data, []


def read_bytes(path: Path) -> tuple[bytes | None, list[Diagnostic]]:
    """Return the bytes of a file, or None with a finding where it cannot be read."""
    reason = "it is a pipe or a device"
    try:
        # A pipe or a device would be read for ever; a folder is refused by itself.
        mode = path.stat().st_mode
        if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
            return path.read_bytes(), []
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
    return None, [_refuse_file(path, reason)]


def _refuse_file(path: Path, reason: str) -> Diagnostic:
    return Diagnostic(
        path=path.as_posix(),
        message="this is a folder, not a file" if path.is_dir() else f"cannot read it: {reason}",
        code="file-unreadable",
        remedy="Check the name and the permissions of the file.",
    )
