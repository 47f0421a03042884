"""The graph views as data for the page that draws them, and the library that draws."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.exports.site.library import Library


def list_graph_files(library: Library) -> Iterator[tuple[str, bytes]]:
    """Yield the graph library and its licence, and each view as a script file."""
    return iter(())
