"""The reading room: a literature as a folder of web pages that need no server and no network.

:func:`share_files` yields every file of a site, :func:`~argmap.exports.site.output.write_site` puts
them into a folder and touches only what changed.  Nothing here depends on the time, the machine or
the order of anything.
"""

from __future__ import annotations

from collections.abc import Iterator

from argmap.exports.site.library import Library, open_library
from argmap.exports.site.sharing import Share

__all__ = ["Library", "list_files", "open_library", "share_files"]


def share_files(library: Library, *, live: bool = False) -> list[Share]:
    """Return what makes the files of a site, in pieces that do not need each other.

    ``live`` pages ask the server that shows them for news.

    Raises
    ------
    MissingExtra
        Where Jinja or the package that carries the graph library is not installed.
    """
    from argmap.exports.site.graphs import list_graph_files, read_graph_library
    from argmap.exports.site.pages import share_pages
    from argmap.exports.site.rendering import list_assets, open_environment, render_pages
    from argmap.exports.site.search import write_index

    open_environment()
    read_graph_library()
    # What takes longest comes first, so that it is not what all wait for at last.
    return [
        lambda: list_graph_files(library),
        lambda: list_assets(live=live),
        lambda: [("assets/index.js", write_index(library))],
        *(
            lambda maker=maker: render_pages(library, maker(), live=live)
            for maker in share_pages(library)
        ),
    ]


def list_files(library: Library, *, live: bool = False) -> Iterator[tuple[str, bytes]]:
    """Yield the path, from the root of the site, and the bytes of every file, in a fixed order.

    Pages are made one at a time, so that no more than one is in memory.  Raises
    :class:`~argmap.extras.MissingExtra` as :func:`share_files` does.
    """
    for share in share_files(library, live=live):
        yield from share()
