"""What the codes of reading and writing tables mean."""

from __future__ import annotations

from collections.abc import Mapping

from argmap.diagnostics import Severity
from argmap.exports.rows import list_required
from argmap.exports.tables import COLUMNS

EXPLANATIONS: Mapping[str, tuple[Severity, str, str]] = {
    "json-syntax": (
        "error",
        "A file is not JSON",
        "What stands at the given place cannot be read as JSON: a comma, bracket or quotation mark "
        "is missing, the file was cut off, or a value is none that JSON knows (NaN, half a "
        "character). In JSONL the other lines are read all the same. Write the file again, or mend "
        "the place.",
    ),
    "parquet-unreadable": (
        "error",
        "A file is not Parquet",
        "The file has the name of a Parquet file but is none, was cut off, or is compressed in a "
        "way that your pyarrow does not know. Write it again.",
    ),
    "record-derived": (
        "note",
        "What analysis finds is not read",
        "Status, sides, disputes and schools in a file of records are those that were found when "
        "it was written. They are left out, for argmap computes them anew from the records.",
    ),
    "record-duplicate": (
        "error",
        "The same id stands twice",
        "Two rows of one table have the same key or id, or one file has a table or a column twice. "
        "Only one of them could be read. Remove one, or give it an id of its own.",
    ),
    "record-field-missing": (
        "error",
        "A row lacks a field that it needs",
        "The row was left out, for without that field it says nothing. Each table needs these: "
        + "; ".join(f"{kind}: {', '.join(list_required(kind))}" for kind in COLUMNS)
        + ". All other fields may be absent or null.",
    ),
    "record-field-type": (
        "error",
        "A value is of the wrong type",
        "The row was left out: a field holds a number where text must stand, text where a list "
        "must stand, or the like. `argmap/schemas/export.json` says what each field holds.",
    ),
    "record-field-unknown": (
        "warning",
        "A field that no table has",
        "The rows were read without that field. It is reported once for each table and field, with "
        "the number of rows. Mend its name if it is misspelt; else there is no place for it.",
    ),
    "record-file-kind": (
        "error",
        "A file whose format does not show",
        "Neither the ending of the file's name nor its beginning shows what it is. Rename it: "
        ".json, .jsonl, .parquet, or one of the RDF formats (.nq, .trig, .ttl, .nt, .jsonld).",
    ),
    "record-kind-unknown": (
        "error",
        "A row of no table",
        "The row, the table or the column `record` does not name a table that argmap knows: "
        + ", ".join(COLUMNS)
        + ". What stands there was left out.",
    ),
    "record-none": (
        "error",
        "A file without records",
        "The file is empty, or has no row in any of its tables (then it is a warning).",
    ),
    "record-value-unknown": (
        "error",
        "A word that the field does not know",
        "Fields such as `stance`, `kind`, `type` or `role` take one of a few words; the finding "
        "names the nearest. The id of a holder is @key for a work, actor:x or group:x.",
    ),
    "export-loss": (
        "note",
        "What a format does not carry",
        "The format has no place for this part of the literature; all else is in the file. The RDF "
        "formats carry everything.",
    ),
}
"""For each code its severity, a title, and an explanation with the remedy."""
