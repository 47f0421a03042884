"""Which formats there are: argmap's own and those of other packages, found through entry points.

A package adds a format by an entry point of the group ``argmap.exporters`` that names an
:class:`Exporter`.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import NamedTuple

from argmap.diagnostics import Diagnostic
from argmap.model import Derived, Literature

GROUP = "argmap.exporters"


class Exporter(NamedTuple):
    """A format: its name, the ending of its files, and the function that writes it.

    ``write`` returns the bytes and, as findings of severity note, what they do not carry.
    """

    name: str
    suffix: str
    write: Callable[[Literature, Derived], tuple[bytes, list[Diagnostic]]]
    binary: bool = False
    described: str = ""


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
