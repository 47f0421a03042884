"""Tables and answers drawn for a terminal."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import TYPE_CHECKING, Any

from argmap.diagnostics import escape_unprintable
from argmap.query.tables import show_value

if TYPE_CHECKING:
    from rich.table import Table as RichTable

NARROW = 80
_WIDE = 100
_COLUMN = 13
"""What a column needs to be legible."""
_CELL = 200
"""How much of a value is shown."""


def make_table(
    columns: Iterable[tuple[str, dict[str, Any]]], rows: Iterable[Sequence[str]]
) -> RichTable:
    """Return rich's table; columns are (heading, options of rich's add_column)."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        show_edge=False,
        padding=(0, 1),
        header_style="bold",
    )
    for heading, options in columns:
        table.add_column(heading, **options)
    for row in rows:
        table.add_row(*(Text(escape_unprintable(cell, keep="\n")) for cell in row))
    return table


def draw_rows(columns: Sequence[str], rows: Sequence[Sequence[Any]], total: int) -> str:
    """Return rows as a table of plain text that fits the terminal, and how many more there are."""
    from rich.console import Console

    stream = StringIO()
    # Not in colour, and not past us into a notebook.
    console = Console(
        file=stream,
        width=find_width(),
        color_system=None,
        force_terminal=False,
        force_jupyter=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    shown = max(1, find_width() // _COLUMN)
    cells = [[_cut(show_value(value)) for value in row[:shown]] for row in rows]
    headings = [*columns[:shown], *(["…"] if len(columns) > shown else [])]
    console.print(make_table([(name, {"overflow": "fold"}) for name in headings], cells))
    drawn = "\n".join(line.rstrip() for line in stream.getvalue().rstrip().splitlines())
    return drawn + (f"\n… and {total - len(rows):,} more" if total > len(rows) else "")


def _cut(text: str) -> str:
    return text if len(text) <= _CELL else text[: _CELL - 1] + "…"


def find_width() -> int:
    """Return the width for text: that of the terminal, from 40 to 100; 80 in a pipe."""
    if not sys.stdout.isatty():
        return NARROW
    return max(40, min(shutil.get_terminal_size((NARROW, 24)).columns, _WIDE))


def wrap(text: str, *, first: str = "", indent: str = "") -> str:
    """Return a text wrapped to the width, unprintable characters escaped."""
    return textwrap.fill(
        escape_unprintable(text, keep="\n"),
        width=find_width(),
        initial_indent=first,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
