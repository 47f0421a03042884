"""The reading room: a literature as a folder of web pages that need no server and no network.

:func:`list_files` yields every file of a site, :func:`~argmap.exports.site.output.write_site` puts
them into a folder and touches only what changed.  Nothing here depends on the time, the machine or
the order of anything.
"""

from __future__ import annotations

from collections.abc import Iterator

from argmap.exports.site.library import Library, open_library

__all__ = ["Library", "list_files", "open_library"]


def list_files(library: Library, *, live: bool = False) -> Iterator[tuple[str, bytes]]:
    """Yield the path, from the root of the site, and the bytes of every file, in a fixed order.

    Pages are made one at a time, so that no more than one is in memory; ``live`` pages ask the
    server that shows them for news.

    Raises
    ------
    MissingExtra
        Where Jinja or the package that carries the graph library is not installed.
    """
    from argmap.exports.site.graphs import list_graph_files
    from argmap.exports.site.pages import list_pages
    from argmap.exports.site.rendering import list_assets, render_pages
    from argmap.exports.site.search import write_index

    yield from list_assets(live=live)
    yield from list_graph_files(library)
    yield "assets/index.js", write_index(library)
    yield from render_pages(library, list_pages(library), live=live)
