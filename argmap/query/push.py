"""Sending a review to a SPARQL 1.1 endpoint, so that readers see the old one or the new one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from argmap.diagnostics import Diagnostic, has_errors
from argmap.graph import StoreError, find_losses, list_left_out, write_quads
from argmap.graph.vocabulary import end_base
from argmap.model import Derived, Literature, Record
from argmap.query.endpoints import INCOMING, count_triples, list_graphs, list_incoming
from argmap.query.errors import fail
from argmap.query.progress import Progress
from argmap.query.servers import find_query_url, find_update_url, request

BATCH = 1_000
"""Triples in one update; servers refuse updates of many megabytes."""


class Pushed(Record, frozen=True, kw_only=True):
    """What a push has put on a server: its graphs with how many triples each has."""

    url: str
    base: str
    graphs: dict[str, int]
    dropped: tuple[str, ...] = ()
    losses: tuple[Diagnostic, ...] = ()


def push(literature: Literature, derived: Derived | None, url: str) -> Pushed:
    """Send a review to a server in place of what it holds of it; other reviews stay.

    Triples go into graphs of their own (``BASE/incoming/…``) in batches; only when all are there,
    counted, do these take the places of the old graphs, in one update, which most servers do whole
    or not at all.  Graphs that the review has no longer are dropped, and so is what earlier pushes
    left unfinished.

    Raises
    ------
    StoreError
        Where the records cannot be RDF, and where the server cannot be reached, refuses, or keeps
        less than it was sent; the review that it held stays as it was.
    """
    losses = [*find_losses(literature, derived), *list_left_out(literature, url)]
    if has_errors(losses):
        raise StoreError(*[loss for loss in losses if loss.severity == "error"])
    update, query = find_update_url(url), find_query_url(url)
    base = end_base(literature.review.base)
    old = list_graphs(query, literature.review.base)
    graphs = part_graphs(write_quads(literature, derived))
    mark = hashlib.sha256()
    for graph, triples in graphs.items():
        mark.update(graph.encode())
        mark.update("".join(triples).encode("utf-8", "replace"))
    start = f"{base}{INCOMING}{mark.hexdigest()[:12]}/"
    incoming = {graph: start + graph.removeprefix(base) for graph in graphs}
    leftovers = list_incoming(query, literature.review.base)
    if leftovers:
        _update(update, drop_graphs(leftovers))
    with Progress("sending the graph", sum(map(len, graphs.values()))) as progress:
        for graph, triples in graphs.items():
            for first in range(0, len(triples), BATCH):
                batch = triples[first : first + BATCH]
                _update(
                    update, f"INSERT DATA {{ GRAPH <{incoming[graph]}> {{\n{''.join(batch)}}} }}"
                )
                progress.advance(len(batch))
    for graph, triples in graphs.items():
        kept = count_triples(query, incoming[graph])
        if kept != len(set(triples)):
            _update(update, drop_graphs(incoming.values()))
            raise fail(
                url,
                "server-cut",
                f"the server kept {kept:,} of the {len(triples):,} triples for <{graph}>; "
                "the review that it held stays as it was",
                "Try again; where it happens again, ask who runs the server.",
            )
    gone = [graph for graph in old if graph not in graphs]
    moves = [f"MOVE GRAPH <{incoming[graph]}> TO GRAPH <{graph}>" for graph in graphs]
    drops = [f"DROP SILENT GRAPH <{graph}>" for graph in gone]
    # Not twice: a second MOVE would find nothing to move.
    request(update, {"update": " ;\n".join([*moves, *drops])}, again=False)
    return Pushed(
        url=update,
        base=literature.review.base,
        graphs={graph: len(set(triples)) for graph, triples in graphs.items()},
        dropped=tuple(gone),
        losses=tuple(losses),
    )


def part_graphs(quads: Iterable[str]) -> dict[str, list[str]]:
    """Return the lines of triples of each graph, from lines of quads."""
    graphs: dict[str, list[str]] = {}
    for line in split_lines(quads):
        # A literal may have spaces, but after it there are just the graph and the full stop.
        triple, graph, _ = line.rsplit(" ", 2)
        graphs.setdefault(graph[1:-1], []).append(f"{triple} .\n")
    return graphs


def split_lines(chunks: Iterable[str]) -> Iterator[str]:
    """Yield the lines of N-Quads, without their ends."""
    for chunk in chunks:
        # Not splitlines: literals may hold other characters that it takes for line ends.
        for line in chunk.split("\n"):
            if line:
                yield line


def drop_graphs(graphs: Iterable[str]) -> str:
    """Return the update that drops some graphs."""
    return " ;\n".join(f"DROP SILENT GRAPH <{graph}>" for graph in graphs)


def _update(url: str, update: str) -> None:
    request(url, {"update": update})
