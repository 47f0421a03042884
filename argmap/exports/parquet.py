"""Parquet: all tables in one, with a column ``record`` and the union of their columns.

Needs the extra ``parquet``; pyarrow is imported where it is used.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from pathlib import Path
from typing import Any, BinaryIO

from argmap.diagnostics import did_you_mean, escape_unprintable
from argmap.exports.faults import Examination, RowPlace, is_name, words_of
from argmap.exports.reading import KINDS, Result, finish, pause_collector, read_bytes
from argmap.exports.records import Gathered
from argmap.exports.rows import ROW_TYPES, list_field_types, list_required
from argmap.exports.tables import COLUMNS, DERIVED_COLUMNS, DERIVED_TABLES, build_tables
from argmap.extras import require
from argmap.model import Derived, Literature

EXTRA = "parquet"
_NUMBERS = frozenset(
    (
        "year",
        "length",
        "span_start",
        "span_end",
        "line",
        "depth",
        "pro_voices",
        "con_voices",
    )
)
_FLAGS = frozenset(("survey", "page_inferred", "evidential"))
_LISTS = frozenset(
    (
        "authors",
        "works",
        "members",
        "pro",
        "con",
        "mixed",
        "drawn_by",
        "claims",
        "pro_witnesses",
        "con_witnesses",
        "flags",
        "core",
        "fringe",
        "defining",
        "bridges",
    )
)

_READ = frozenset(
    name for kind in ROW_TYPES if kind not in DERIVED_TABLES for name in COLUMNS[kind]
) - frozenset(DERIVED_COLUMNS)


def write_parquet(literature: Literature, derived: Derived | None, target: Path | BinaryIO) -> None:
    """Write all tables as one, each in row groups of its own, to a path or a file open for bytes.

    The same records give the same bytes with the same version of pyarrow.  Raises
    :class:`~argmap.extras.MissingExtra` without the extra ``parquet``, OSError where the target
    cannot be written.
    """
    pyarrow = require("pyarrow", EXTRA)
    parquet = require("pyarrow.parquet", EXTRA)
    schema = make_schema(pyarrow)
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        for kind, rows in build_tables(literature, derived).items():
            if not rows:
                continue
            columns = [pyarrow.repeat(pyarrow.scalar(kind, pyarrow.string()), len(rows))]
            for field in list(schema)[1:]:
                if field.name in COLUMNS[kind]:
                    values = [row[field.name] for row in rows]
                    columns.append(pyarrow.array(values, type=field.type, from_pandas=False))
                else:
                    columns.append(pyarrow.nulls(len(rows), field.type))
            writer.write_table(pyarrow.Table.from_arrays(columns, schema=schema))


def make_schema(pyarrow: Any) -> Any:
    """Return the Arrow schema: ``record``, then every column in the order of the tables."""
    text = pyarrow.string()
    names = dict.fromkeys(name for columns in COLUMNS.values() for name in columns)
    fields = [pyarrow.field("record", text, nullable=False)]
    for name in names:
        if name in _NUMBERS:
            kind = pyarrow.int64()
        elif name in _FLAGS:
            kind = pyarrow.bool_()
        elif name in _LISTS:
            kind = pyarrow.list_(text)
        elif name == "stability":
            kind = pyarrow.float64()
        elif name == "text_stances":
            kind = pyarrow.map_(text, text)
        elif name == "cleavages":
            kind = pyarrow.list_(pyarrow.struct([("school", text), ("claim", text)]))
        else:
            kind = text
        fields.append(pyarrow.field(name, kind))
    return pyarrow.schema(fields)


def read_parquet(path: Path) -> Result:
    """Read a table with a column ``record``; columns may be absent, and in any order.

    Never raises for bad input; raises :class:`~argmap.extras.MissingExtra` without the extra
    ``parquet``.  Findings name rows by their number in the file, counted from 1.
    """
    pyarrow = require("pyarrow", EXTRA)
    parquet = require("pyarrow.parquet", EXTRA)
    data, findings = read_bytes(path)
    if data is None:
        return Literature(), findings
    examination = Examination(path.as_posix())
    try:
        table = parquet.ParquetFile(pyarrow.BufferReader(data)).read()
        table.validate(full=True)
    except (pyarrow.ArrowException, OSError, ValueError, MemoryError) as error:
        reason = str(error).partition("\n")[0] or type(error).__name__
        remedy = "Write the file again; it may be damaged or not be Parquet at all."
        examination.report(
            0, 0, f"cannot read it: {escape_unprintable(reason)}", "parquet-unreadable", remedy
        )
        return Literature(), examination.findings
    gathered = Gathered(path=examination.path, name=path.name)
    with pause_collector():
        table = _check_columns(table, pyarrow, examination)
        if table is not None:
            for kind, rows, numbers in _split_kinds(table, examination):
                gathered.rows[kind] = _read_kind(kind, rows, numbers, examination)
        return finish(gathered, examination)


def _check_columns(table: Any, pyarrow: Any, examination: Examination) -> Any:
    """Return the table with its columns cast to the schema's types, None where that fails.

    Columns that are not known stay as they are, to be counted as unknown fields.
    """
    schema = make_schema(pyarrow)
    names = table.column_names
    sound = True
    if "record" not in names:
        hint = did_you_mean("record", names) or f"It says for each row which it is: {KINDS}."
        message = "there is no column `record`"
        examination.report(0, 0, message, "record-kind-unknown", hint)
        sound = False
    for name in sorted({name for name in names if names.count(name) > 1}):
        message = f"there are {names.count(name)} columns {name!r}"
        examination.report(0, 0, message, "record-duplicate", "Rename or remove one.")
        sound = False
    if not sound:
        return None
    for number, name in enumerate(names):
        if name != "record" and name not in _READ:
            continue
        wanted = schema.field(name).type
        column = table.column(number)
        if column.type == wanted:
            continue
        cast = _cast(column, wanted, pyarrow)
        if cast is None:
            found = escape_unprintable(str(column.type))
            message = f"the column `{name}` holds {found}, not {_say_arrow(name)}"
            remedy = f"Convert the column to {wanted}."
            examination.report(0, 0, message, "record-field-type", remedy)
            sound = False
        else:
            table = table.set_column(number, name, cast)
    return table if sound else None


def _cast(column: Any, wanted: Any, pyarrow: Any) -> Any:
    """Return the column in the wanted type where no value changes its meaning, else None."""
    types = pyarrow.types
    found = column.type
    if types.is_dictionary(found):
        found = found.value_type
    is_text = types.is_string(found) or types.is_large_string(found)
    is_list = types.is_list(found) or types.is_large_list(found) or types.is_fixed_size_list(found)
    fits = types.is_null(found)
    if types.is_string(wanted):
        fits = fits or is_text
    elif types.is_integer(wanted):
        fits = fits or types.is_integer(found) or types.is_floating(found)
    elif types.is_list(wanted):
        fits = fits or is_list
    if not fits:
        return None
    try:
        return column.cast(wanted)
    except pyarrow.ArrowException:
        return None


def _say_arrow(name: str) -> str:
    if name in _LISTS:
        return "lists of texts"
    if name in _NUMBERS:
        return "whole numbers"
    return "true and false" if name in _FLAGS else "texts"


def _split_kinds(table: Any, examination: Examination) -> Iterable[tuple[str, Any, Sequence[int]]]:
    """Yield for each kind of record its rows and their numbers, in the order of the tables."""
    numbers_of: dict[Any, list[int]] = {}
    for number, kind in enumerate(table.column("record").to_pylist(), 1):
        try:
            numbers_of[kind].append(number)
        except KeyError:
            numbers_of[kind] = [number]
    for kind, numbers in numbers_of.items():
        if kind not in ROW_TYPES:
            what = "do not say in `record` what they are"
            if kind is not None:
                what = f"belong to no table: there is none {kind!r}"
            message = f"{len(numbers):,} rows {what} (the first: row {numbers[0]})"
            hint = did_you_mean(kind or "", ROW_TYPES) or f"The tables: {KINDS}."
            examination.report(0, 0, message, "record-kind-unknown", hint)
    for kind in ROW_TYPES:
        if numbers := numbers_of.get(kind, []):
            first, last = numbers[0], numbers[-1]
            if last - first + 1 == len(numbers):
                yield kind, table.slice(first - 1, len(numbers)), numbers
            else:
                yield kind, table.take([number - 1 for number in numbers]), numbers


def _read_kind(
    kind: str, table: Any, numbers: Sequence[int], examination: Examination
) -> list[Any]:
    """Return the sound rows of one kind after reporting the faults of all others."""
    row_type = ROW_TYPES[kind]
    if kind in DERIVED_TABLES:
        return [row_type() for _ in numbers]
    if _is_sound(kind, table, require("pyarrow.compute", EXTRA)):
        return list(map(row_type, *_list_columns(table, row_type.__struct_fields__)))
    rows = []
    for number, fields in zip(numbers, table.to_pylist(), strict=True):
        present = {name: value for name, value in fields.items() if value is not None}
        row = examination.examine(kind, present, RowPlace(lead=f"row {number}: "))
        if row is not None:
            rows.append(row)
    return rows


def _list_columns(table: Any, names: Sequence[str]) -> Iterator[Iterable[Any]]:
    """Yield the values of columns; None without end where there is no such column."""
    for name in names:
        if name not in table.column_names:
            yield repeat(None)
        elif name in _LISTS:
            values = table.column(name).to_pylist()
            yield [value if value is None else tuple(value) for value in values]
        else:
            yield table.column(name).to_pylist()


def _is_sound(kind: str, table: Any, compute: Any) -> bool:
    """Say whether no value of the columns needs to be looked at: all are known to be right."""
    types = list_field_types(kind)
    names = table.column_names
    required = list_required(kind)
    if any(name not in names or table.column(name).null_count for name in required):
        return False
    for name in names:
        column = table.column(name)
        if name == "record" or name in DERIVED_COLUMNS:
            continue
        if name not in types:
            if column.null_count < len(column):
                return False
        elif name in _LISTS:
            items = compute.list_flatten(column)
            if items.null_count or _holds_odd(items, True, compute):
                return False
        elif name in _NUMBERS:
            if name != "year" and (compute.min(column).as_py() or 0) < 0:
                return False
        elif words := words_of(types[name]):
            if not set(column.unique().to_pylist()) <= {None, *words}:
                return False
        elif name not in _FLAGS and _holds_odd(column, is_name(types[name]), compute):
            return False
    return True


def _holds_odd(texts: Any, named: bool, compute: Any) -> bool:
    """Say whether a text holds U+0000, or is empty where a name must stand."""
    if compute.any(compute.match_substring(texts, "\0")).as_py():
        return True
    return named and bool(compute.any(compute.equal(texts, "")).as_py())
