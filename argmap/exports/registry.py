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


def find_exporters() -> dict[str, Exporter]:
    """Return every installed exporter by name, sorted; argmap's own win over others of the name."""
    found: dict[str, Exporter] = {}
    for point in sorted(entry_points(group=GROUP), key=lambda point: (point.name, point.value)):
        own = point.value.startswith("argmap.")
        if own or point.name not in found:
            exporter = point.load()
            if not isinstance(exporter, Exporter):
                raise TypeError(f"the entry point {point.name} of {GROUP} is no Exporter")
            found[point.name] = exporter
    return dict(sorted(found.items()))
