"""Answers: what a question found, told with pages."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from argmap.diagnostics import escape_unprintable
from argmap.model import Record
from argmap.query.collection import Collection
from argmap.query.tables import Table

if TYPE_CHECKING:
    import pandas
    import pyarrow

Row = TypeVar("Row", bound=Record)
_BRIEF = 20
"""How many rows the representation of an answer tells; ``str`` and ``print`` tell all."""


class Answer(Record, Generic[Row], frozen=True, kw_only=True):
    """What a question found.

    ``question`` and ``about`` (statement and page of what was asked about) say what was asked,
    ``summary`` is the answer in a line, ``rows`` a :class:`Collection` of records with pages, and
    ``notes`` are what a careful reader must know besides.  An answer prints well, shows as a table
    in a notebook, and is true where it has rows.

    Examples
    --------
    >>> answer = review.who_contests("legitimacy-by-mass")
    >>> print(answer)
    Who contests rynningschmitt2018/legitimacy-by-mass?
      A large number of participating states can give an intervention the legitimacy
      that principled multilateralism would have given it. (Rynning & Schmitt 2018,
      p. 662)
    1 independent voice against it.
      - Rynning & Schmitt 2018: disputes it (p. 662)
      - Mattox & Grenier 2015 (a witness): asserts afghanistan-mandate-eased-support
        (Rynning & Schmitt 2018, p. 662), which supports mass-poor-substitute (p.
        662), which contests it (p. 662)
      - Schmitt 2018 (a witness): asserts support-unrelated-to-numbers (Rynning &
        Schmitt 2018, p. 662), which supports aggregation-left-audiences-cold (p.
        662), which contests it (p. 662)
    Note: witnesses are used by others on this side; they are shown, not counted.
    Note: contested by aggregation-left-audiences-cold (p. 662),
      mass-poor-substitute (p. 662).
    >>> answer.rows[0].page
    '662'
    """

    question: str
    about: str = ""
    summary: str = ""
    rows: Collection[Row]
    notes: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __str__(self) -> str:
        return self._tell(len(self.rows))

    def __repr__(self) -> str:
        return self._tell(_BRIEF)

    def _repr_html_(self) -> str:
        from argmap.query.tables import write_html

        rows: Any = self.rows
        parts = [f"<p><strong>{_escape(self.question)}</strong></p>"]
        if self.about:
            parts.append(f"<p><em>{_escape(self.about)}</em></p>")
        if self.summary:
            parts.append(f"<p>{_escape(self.summary)}</p>")
        if rows:
            columns = rows[0].shown
            parts.append(
                write_html(columns, [[getattr(row, name) for name in columns] for row in rows])
            )
        parts += [f"<p><small>Note: {_escape(note)}</small></p>" for note in self.notes]
        return f'<div class="argmap-answer">{"".join(parts)}</div>'

    def _tell(self, limit: int) -> str:
        from argmap.query.drawing import wrap

        lines = [wrap(self.question)]
        if self.about:
            lines.append(wrap(self.about, first="  ", indent="  "))
        if self.summary:
            lines.append(wrap(self.summary))
        for row in self.rows[:limit]:
            margin = "  " * getattr(row, "depth", 1)
            first, *more = str(row).split("\n")
            lines.append(wrap(first, first=f"{margin}- ", indent=f"{margin}  "))
            lines += [wrap(line, first=f"{margin}  ", indent=f"{margin}    ") for line in more]
        if len(self.rows) > limit:
            lines.append(f"  … and {len(self.rows) - limit} more; print() tells all")
        lines += [wrap(f"Note: {note}", indent="  ") for note in self.notes]
        return "\n".join(lines)

    def table(self, *columns: str) -> Table:
        """Return the rows as a :class:`Table`.

        >>> review.who_holds("desperate-fallback").table("holder", "page").rows
        (('@carter2004', '135'),)
        """
        return self.rows.table(*columns)

    def records(self) -> list[dict[str, Any]]:
        """Return the rows as a list of dicts.

        >>> review.who_holds("desperate-fallback").records()[0]["own_locator"]
        'p. 74'
        """
        return self.rows.records()

    def frame(self, *columns: str) -> pandas.DataFrame:
        """Return the rows as a pandas DataFrame; needs the extra ``pandas``.

        >>> review.who_holds("desperate-fallback").frame("name", "page").shape
        (1, 2)
        """
        return self.rows.frame(*columns)

    def arrow(self, *columns: str) -> pyarrow.Table:
        """Return the rows as an Arrow table; needs the extra ``parquet``.

        >>> review.who_holds("desperate-fallback").arrow("name").num_rows
        1
        """
        return self.rows.arrow(*columns)

    def markdown(self, *columns: str) -> str:
        """Return the rows as a pipe table of Markdown.

        >>> print(review.who_holds("desperate-fallback").markdown("name", "page"))
        | name | page |
        | --- | --- |
        | Carter 2004 | 135 |
        """
        return self.rows.markdown(*columns)

    def as_object(self) -> dict[str, Any]:
        """Return question, summary, rows and notes as one object, the form of ``--json``.

        >>> sorted(review.who_holds("desperate-fallback").as_object())
        ['about', 'notes', 'question', 'rows', 'summary']
        """
        return {
            "question": self.question,
            "about": self.about,
            "summary": self.summary,
            "rows": msgspec.to_builtins(self.records()),
            "notes": list(self.notes),
        }


def _escape(text: str) -> str:
    return escape(escape_unprintable(text))
