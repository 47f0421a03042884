"""The tables as JSON, JSONL and Parquet, written and read.

``json`` is one object of tables (``argmap/schemas/export.json``), ``jsonl`` has a row on each line
with its table as the first field, ``record``, and ``parquet`` is one table of all rows with a
column ``record``.  All three carry the same; what they cannot is told by
:func:`argmap.exports.tables.list_losses`.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import msgspec

from argmap.diagnostics import Diagnostic, join_words
from argmap.exports.parquet import read_parquet, write_parquet
from argmap.exports.reading import (
    Result,
    has_rows_on_lines,
    parse_json,
    parse_jsonl,
    read_bytes,
    read_json,
    read_jsonl,
)
from argmap.exports.registry import Exporter
from argmap.exports.tables import build_tables, list_losses
from argmap.model import Derived, Literature

__all__ = [
    "JSON",
    "JSONL",
    "PARQUET",
    "read_json",
    "read_jsonl",
    "read_parquet",
    "read_records_file",
    "write_json",
    "write_jsonl",
    "write_parquet",
]

RDF_SUFFIXES = (".nq", ".trig", ".ttl", ".nt", ".jsonld", ".rdf")
_SUFFIXES = (".json", ".jsonl", ".ndjson", ".parquet", *RDF_SUFFIXES)
_PARQUET_MAGIC = b"PAR1"


def write_json(literature: Literature, derived: Derived | None = None) -> bytes:
    """Return all tables as one JSON object in UTF-8, a row on each line.

    The same records give the same bytes.  Linear but for the sorting.
    """
    encode = msgspec.json.Encoder().encode
    tables = []
    for kind, rows in build_tables(literature, derived).items():
        body = b"[\n" + b",\n".join(map(encode, rows)) + b"\n]" if rows else b"[]"
        tables.append(encode(kind) + b": " + body)
    return b"{\n" + b",\n".join(tables) + b"\n}\n"


def write_jsonl(literature: Literature, derived: Derived | None = None) -> bytes:
    """Return all rows as lines of JSON in UTF-8, each with its table in the field ``record``.

    The same records give the same bytes.  Linear but for the sorting.
    """
    encode = msgspec.json.Encoder().encode
    lines = []
    for kind, rows in build_tables(literature, derived).items():
        begin = b'{"record":' + encode(kind) + b","
        lines += [begin + encode(row)[1:] + b"\n" for row in rows]
    return b"".join(lines)


def read_records_file(path: Path) -> Result:
    """Read records from a file of any format that argmap writes.

    The format shows in the file's name and, for JSON and Parquet, in how it begins.  Never raises
    for bad input; :class:`~argmap.extras.MissingExtra` where Parquet needs the extra ``parquet``.
    """
    suffix = path.suffix.lower()
    if suffix in RDF_SUFFIXES:
        return _read_rdf(path)
    data, findings = read_bytes(path)
    if data is None:
        return Literature(), findings
    head = data[:65536]
    if head.startswith(_PARQUET_MAGIC) or suffix == ".parquet":
        return read_parquet(path)
    on_lines = has_rows_on_lines(head)
    if on_lines is None and suffix in _SUFFIXES:
        on_lines = suffix != ".json"
    if on_lines is None:
        return Literature(), [
            Diagnostic(
                path=path.as_posix(),
                message="neither the name of the file nor its beginning says what it is",
                code="record-file-kind",
                remedy=f"Its name must end in {join_words(_SUFFIXES, 'or')}.",
            )
        ]
    return parse_jsonl(data, path) if on_lines else parse_json(data, path)


def _read_rdf(path: Path) -> Result:
    # pyoxigraph is not loaded for the sake of JSON.
    from argmap.graph.records import read_records

    literature, derived, findings = read_records(path)
    if derived is not None:
        findings.append(
            Diagnostic(
                path=path.as_posix(),
                severity="note",
                message="not read, for it is computed anew: what analysis derived",
                code="record-derived",
                remedy="Nothing is to be done.",
            )
        )
    return literature, findings


# ---- exporters ----------------------------------------------------------------------------------


def _export_json(literature: Literature, derived: Derived) -> tuple[bytes, list[Diagnostic]]:
    return write_json(literature, derived), list_losses(literature, derived, "json")


def _export_jsonl(literature: Literature, derived: Derived) -> tuple[bytes, list[Diagnostic]]:
    return write_jsonl(literature, derived), list_losses(literature, derived, "jsonl")


def _export_parquet(literature: Literature, derived: Derived) -> tuple[bytes, list[Diagnostic]]:
    buffer = BytesIO()
    write_parquet(literature, derived, buffer)
    return buffer.getvalue(), list_losses(literature, derived, "parquet")


JSON = Exporter("json", ".json", _export_json, described="all tables as one JSON object")
JSONL = Exporter("jsonl", ".jsonl", _export_jsonl, described="a row of a table on each line")
PARQUET = Exporter(
    "parquet", ".parquet", _export_parquet, binary=True, described="all tables in one, for pandas"
)
