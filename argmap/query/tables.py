"""Tables: columns and rows of plain values, on their way to pandas, Arrow, Markdown and HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from argmap import model
from argmap.diagnostics import escape_unprintable
from argmap.extras import require

if TYPE_CHECKING:
    import pandas
    import pyarrow

SHOWN = 20
"""How many rows a notebook shows."""

_NULLABLE = frozenset(("year", "length", "span_start", "span_end", "line"))
_VOCABULARIES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "attribution": (model.ATTRIBUTIONS,),
    "basis": (model.BASES,),
    "certainty": (model.CERTAINTIES,),
    "kind": (model.KINDS, ("work", "actor", "group")),
    "role": (model.ROLES,),
    "side": (("pro", "con", "mixed"),),
    "stance": (model.STANCES,),
    "target_kind": (("claim", "relation"),),
    "type": (model.RELATION_TYPES,),
    "weight": (model.WEIGHTS,),
    "status": (model.STATUSES,),
    "topic": (),
}
"""Columns of few values, with the vocabularies from which these come."""


class Table:
    """Columns and rows of plain values: strings, numbers, truth values, None, lists of strings.

    What collections, answers and SPARQL results have in common.  It is a sequence of rows, each a
    dict; ``columns`` are the names, ``rows`` the values.

    Examples
    --------
    >>> table = review.schools().table("id", "stability")
    >>> table.columns
    ('id', 'stability')
    >>> table[0]["id"]
    'alliances-for-peace'
    """

    __slots__ = ("columns", "rows")

    def __init__(self, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        self.columns: tuple[str, ...] = tuple(columns)
        self.rows: tuple[tuple[Any, ...], ...] = tuple(map(tuple, rows))

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (dict(zip(self.columns, row, strict=True)) for row in self.rows)

    def __getitem__(self, number: int) -> dict[str, Any]:
        return dict(zip(self.columns, self.rows[number], strict=True))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Table):
            return NotImplemented
        return self.columns == other.columns and self.rows == other.rows

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        from argmap.query.drawing import draw_rows

        size = f"<Table: {len(self.rows)} rows of {', '.join(self.columns)}>"
        return f"{size}\n{draw_rows(self.columns, self.rows[:10], len(self.rows))}"

    def _repr_html_(self) -> str:
        return self.html()

    def column(self, name: str) -> list[Any]:
        """Return the values of one column.

        >>> review.schools().table("id").column("id")[:2]
        ['alliances-for-peace', 'flexible-coalitions']
        """
        if name not in self.columns:
            from argmap.diagnostics import suggest
            from argmap.query.names import UnknownName

            raise UnknownName("field", name, suggest(name, self.columns) or self.columns)
        place = self.columns.index(name)
        return [row[place] for row in self.rows]

    def records(self) -> list[dict[str, Any]]:
        """Return the rows as a list of dicts, ready for JSON.

        >>> review.texts.table("key", "survey").records()[0]
        {'key': 'bogdanov2019', 'survey': True}
        """
        return list(self)

    def frame(self) -> pandas.DataFrame:
        """Return a pandas DataFrame; needs the extra ``pandas``.

        Text is of dtype ``string``, numbers of ``int64``, ``Int64`` (where some may be unknown) or
        ``float64``, truth values of ``bool``; columns of few values (kind, stance, topic, status)
        are categories; lists stay lists.

        >>> frame = review.claims.table("id", "kind", "page").frame()
        >>> [str(kind) for kind in frame.dtypes]
        ['string', 'category', 'string']
        """
        library = require("pandas", "pandas")
        series = {
            name: _make_series(library, name, self.column(name))
            for name in dict.fromkeys(self.columns)
        }
        frame: pandas.DataFrame = library.DataFrame(series)
        return frame

    def arrow(self) -> pyarrow.Table:
        """Return an Arrow table, which Polars and DuckDB take; needs the extra ``parquet``.

        >>> review.works.table("key", "year").arrow().schema.names
        ['key', 'year']
        >>> import polars
        >>> polars.from_arrow(review.works.arrow("key", "year")).columns
        ['key', 'year']
        """
        pyarrow = require("pyarrow", "parquet")
        columns = {name: self.column(name) for name in dict.fromkeys(self.columns)}
        return pyarrow.table(
            {
                name: pyarrow.array(values, type=_arrow_type(pyarrow, name, values))
                for name, values in columns.items()
            }
        )

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.arrow().__arrow_c_stream__(requested_schema)

    def markdown(self, limit: int | None = None) -> str:
        """Return a pipe table of Markdown; with ``limit``, of so many rows.

        >>> print(review.texts.table("key", "survey").markdown())
        | key | survey |
        | --- | --- |
        | bogdanov2019 | true |
        | rynningschmitt2018 | true |
        """
        lines = [f"| {' | '.join(map(_escape_cell, self.columns))} |"]
        lines.append(f"| {' | '.join('---' for _ in self.columns)} |")
        lines += [
            f"| {' | '.join(_escape_cell(show_value(value)) for value in row)} |"
            for row in self.rows[:limit]
        ]
        return "\n".join(lines)

    def html(self, limit: int | None = SHOWN) -> str:
        """Return a table of HTML, everything in it escaped; by default of twenty rows.

        >>> review.texts.table("key").html(1)[:28]
        '<table class="argmap-table">'
        """
        return write_html(self.columns, self.rows, limit)


def write_html(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], limit: int | None = SHOWN
) -> str:
    """Return rows as a table of HTML, escaped, and how many more there are."""
    from html import escape

    head = "".join(
        f'<th style="text-align:left">{escape(name.replace("_", " "))}</th>' for name in columns
    )
    lines = [f'<table class="argmap-table"><thead><tr>{head}</tr></thead><tbody>']
    for row in rows[:limit]:
        cells = "".join(
            f'<td style="text-align:left;vertical-align:top">'
            f"{escape(escape_unprintable(show_value(value), keep=chr(10)))}</td>"
            for value in row
        )
        lines.append(f"<tr>{cells}</tr>")
    lines.append("</tbody></table>")
    if limit is not None and len(rows) > limit:
        lines.append(f"<p>… and {len(rows) - limit:,} more</p>")
    return "\n".join(lines)


def show_value(value: Any) -> str:
    """Return a value as people read it: lists joined, nothing for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return "; ".join(map(show_value, value))
    if isinstance(value, dict):
        return "; ".join(f"{key}: {show_value(each)}" for key, each in value.items())
    return str(value)


def _escape_cell(text: str) -> str:
    text = escape_unprintable(text.replace("\n", " "))
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "\\<")


def _sort_of(name: str, values: Sequence[Any]) -> str:
    """Return text, category, truth, integer, number, list or object."""
    if name in _NULLABLE:
        return "integer"
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, bool) for value in known):
        return "truth"
    if known and all(isinstance(value, int) and not isinstance(value, bool) for value in known):
        return "integer"
    if known and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in known
    ):
        return "number"
    if known and all(
        isinstance(value, list | tuple) and all(isinstance(each, str) for each in value)
        for value in known
    ):
        return "list"
    if all(isinstance(value, str) for value in known):
        return "category" if name in _VOCABULARIES else "text"
    return "object"


def _make_series(pandas: Any, name: str, values: Sequence[Any]) -> Any:
    sort = _sort_of(name, values)
    if sort == "category":
        return pandas.Categorical(values, categories=_list_categories(name, values))
    if sort in ("list", "object"):
        return pandas.Series(
            [list(value) if isinstance(value, tuple) else value for value in values], dtype="object"
        )
    unknown = any(value is None for value in values)
    dtype = {
        "text": "string",
        "truth": "boolean" if unknown else "bool",
        "integer": "Int64" if unknown or name in _NULLABLE else "int64",
        "number": "Float64" if unknown else "float64",
    }[sort]
    return pandas.array(values, dtype=dtype)


def _list_categories(name: str, values: Sequence[Any]) -> list[str]:
    present = {value for value in values if value is not None}
    for vocabulary in _VOCABULARIES[name]:
        if present <= set(vocabulary):
            return list(vocabulary)
    return sorted(present)


def _arrow_type(pyarrow: Any, name: str, values: Sequence[Any]) -> Any:
    sort = _sort_of(name, values)
    return {
        "text": pyarrow.string(),
        "category": pyarrow.string(),
        "truth": pyarrow.bool_(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "list": pyarrow.list_(pyarrow.string()),
        "object": None,
    }[sort]
