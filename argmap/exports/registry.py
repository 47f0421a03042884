"""Which formats there are: argmap's own and those of other packages, found through entry points.

A package adds a format by an entry point of the group ``argmap.exporters`` that names an
:class:`Exporter`.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from io import BytesIO
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from argmap.diagnostics import Diagnostic
from argmap.model import Derived, Literature

if TYPE_CHECKING:
    from argmap.exports.view_records import View

GROUP = "argmap.exporters"

Write = Callable[[Literature, Derived], tuple[bytes, list[Diagnostic]]]
Stream = Callable[[Literature, Derived, BinaryIO], list[Diagnostic]]
Draw = Callable[["View", BinaryIO], list[Diagnostic]]


class Exporter(NamedTuple):
    """A format: its name, the ending of its files, and the function that writes it.

    One of three functions is enough.  Each returns, as findings of severity note, what the format
    does not carry; where one is an error nothing is kept of what was written.

    - ``write(literature, derived)`` returns the bytes and the findings;
    - ``stream(literature, derived, file)`` writes to a binary file in memory that does not grow;
    - ``draw(view, file)`` does the same for the formats of graphs, which show a view
      (:func:`argmap.exports.views.build_view`).

    A graph that is more than one table has a function for each in ``parts``, by the name of the
    part; ``draw`` then writes them all, one after the other.  ``needs`` names a module and the
    extra that brings it, where the format needs one.
    """

    name: str
    suffix: str
    write: Write | None = None
    binary: bool = False
    described: str = ""
    stream: Stream | None = None
    draw: Draw | None = None
    parts: tuple[tuple[str, Draw], ...] = ()
    needs: tuple[str, str] | None = None


def write_export(
    exporter: Exporter, literature: Literature, derived: Derived, file: BinaryIO
) -> list[Diagnostic]:
    """Write a literature to a binary file in a format that has no views, and return the findings.

    Where there is an error nothing is written, unless the format streams.
    """
    if exporter.stream is not None:
        return exporter.stream(literature, derived, file)
    if exporter.write is None:
        raise TypeError(f"the exporter {exporter.name} writes views alone")
    data, findings = exporter.write(literature, derived)
    if not any(finding.severity == "error" for finding in findings):
        file.write(data)
    return findings


def draw_whole(draw: Draw, view: View) -> tuple[bytes, list[Diagnostic]]:
    """Return a view in a format of graphs as bytes, with the findings."""
    buffer = BytesIO()
    findings = draw(view, buffer)
    return buffer.getvalue(), findings


def list_exporters() -> tuple[str, ...]:
    """Return the names of the installed exporters, sorted; none of them is imported."""
    return tuple(sorted({point.name for point in entry_points(group=GROUP)}))


def load_exporter(name: str) -> Exporter:
    """Import and return one exporter; argmap's own wins over another package's of the same name.

    Raises
    ------
    KeyError
        If there is none of that name.
    TypeError
        If the entry point names something else.
    """
    points = [point for point in entry_points(group=GROUP) if point.name == name]
    if not points:
        raise KeyError(name)
    own = [point for point in points if point.value.startswith("argmap.")]
    exporter = min(own or points, key=lambda point: point.value).load()
    if not isinstance(exporter, Exporter):
        raise TypeError(f"the entry point {name} of {GROUP} is no Exporter")
    return exporter
