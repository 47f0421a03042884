"""The graph views as data for the page that draws them, and the library that draws.

Positions and colours are those of every other graph file (:mod:`argmap.exports.views`).  Relations
that only the analyst drew are added between claims that are drawn: the page shows them when asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from argmap.analysis import order_claims
from argmap.exports.palette import KINDS
from argmap.exports.site.library import Library
from argmap.exports.view_records import Node, View
from argmap.exports.view_sources import Sources, gather
from argmap.exports.views import build_view, place_nodes
from argmap.extras import MissingExtra
from argmap.network import find_goal

MOST_NODES = 2000
"""Nobody can look at more nodes: of claims the most contested are drawn, laid out anew."""

MOST_DISPUTES = 60
"""So many disputes have a picture of their own."""

_LIBRARY = "pyvis/lib/vis-9.1.2/vis-network.min.js"


def list_graph_files(library: Library) -> Iterator[tuple[str, bytes]]:
    """Yield the graph library and its licence, and the views as script files.

    Raises :class:`~argmap.extras.MissingExtra` where the package that carries the library is not
    installed.
    """
    yield "assets/vis-network.min.js", read_graph_library()
    licence = files("argmap.exports.site") / "assets" / "vis-network.LICENSE.txt"
    yield "assets/vis-network.LICENSE.txt", licence.read_bytes()
    sources = gather(library.literature, library.derived)
    views = [
        _describe_view(library, _show(library, name, sources), name, words)
        for name, words in (("claims", "All claims"), ("holders", "Who agrees with whom"))
    ]
    views += [
        _describe_view(
            library,
            _show(library, f"dispute:{number + 1}", sources),
            f"dispute-{number + 1}",
            f"Dispute {number + 1}: {library.link_dispute(number).words}",
        )
        for number in range(min(len(library.disputes), MOST_DISPUTES))
    ]
    names = {
        "topics": {
            name: link.words
            for name in library.topic_pages
            if (link := library.link_topic(name)) is not None
        },
        "schools": {
            account.school.id: account.school.name
            for report in library.reports
            if report.topic is None
            for account in report.schools
        },
        "colours": {
            account.school.id: library.colour_school(account.school.id)
            for report in library.reports
            if report.topic is None
            for account in report.schools
        },
        "texts": {key: library.name(f"@{key}") for key in library.texts},
    }
    data = msgspec.json.encode({"names": names, "views": views})
    yield "assets/graphs.js", b"window.argmapGraphs = " + data + b";\n"


def read_graph_library() -> bytes:
    """Return the graph library as the page loads it."""
    try:
        return Path(str(distribution("pyvis").locate_file(_LIBRARY))).read_bytes()
    except (PackageNotFoundError, FileNotFoundError) as error:
        raise MissingExtra("pyvis", "site") from error


def _show(library: Library, name: str, sources: Sources) -> View:
    """Return a view as every graph format shows it, or of very many claims the most contested."""
    whole = name.startswith("dispute") or len(library.claims) <= MOST_NODES
    view = build_view(library.literature, library.derived, name, positions=whole, sources=sources)
    if len(view.nodes) <= MOST_NODES:
        return view if whole else place_nodes(view)
    known = {node.id: node for node in view.nodes}
    ranked = order_claims(library.findings) if name == "claims" else sorted(known)
    chosen = set(ranked[:MOST_NODES])
    edges = [each for each in view.edges if each.source in chosen and each.target in chosen]
    # Those that nothing joins to another of the chosen say nothing in a picture.
    joined = {end for each in edges for end in (each.source, each.target)}
    nodes = [node for node in view.nodes if node.id in joined]
    return place_nodes(msgspec.structs.replace(view, nodes=nodes, edges=edges))


def _describe_view(library: Library, view: View, name: str, words: str) -> dict[str, Any]:
    """Return a view as the page takes it: nodes and edges as short lists, ends by number."""
    place = {node.id: number for number, node in enumerate(view.nodes)}
    column = {each.name: number for number, each in enumerate(view.edge_columns)}
    edges: list[tuple[Any, ...]] = [
        (place[e.source], place[e.target], e.kind, e.colour, 0, _tell_edge(e.values, column))
        for e in view.edges
    ]
    edges += _list_analysts(library, place)
    whole = library.literature.claims if name == "claims" else view.nodes
    return {
        "name": name,
        "words": words,
        "directed": view.directed,
        "left": len(whole) - len(view.nodes),
        "nodes": [_describe_node(library, node) for node in view.nodes],
        "edges": edges,
    }


def _tell_edge(values: tuple[Any, ...], column: dict[str, int]) -> str:
    """Return what is told of an edge beside its kind: the page, the reason, or the claims."""
    told = []
    for name in ("page", "claims", "because"):
        value = values[column[name]] if name in column else None
        if value and name == "page":
            value = f"p. {value}"
        elif value and name == "claims":
            value = f"on {value} claim{'' if value == 1 else 's'}"
        if value:
            told.append(str(value))
    return "; ".join(told)


def _describe_node(library: Library, node: Node) -> tuple[Any, ...]:
    """Return a node: id, label, words, address, colour, size, place, and what filters look at."""
    if node.id in library.claims:
        claim = library.claims[node.id]
        pro = library.findings.index.positions_on.get(node.id, ())
        holders = [each.holder for each in pro if each.stance in ("asserts", "endorses")]
        link = library.link_claim(node.id)
        topics, texts = [claim.topic or ""], [claim.text]
        kind: str = claim.kind
    else:
        holders = [node.id]
        link = library.link_holder(node.id)
        held = [library.claims[each.claim] for each in library.positions_of.get(node.id, ())]
        kind = node.kind
        topics = sorted({claim.topic or "" for claim in held})
        texts = sorted({claim.text for claim in held})
    return (
        node.id,
        node.label,
        link.words,
        link.href,
        node.colour,
        node.size,
        node.x,
        -node.y,
        node.kind,
        kind,
        topics,
        _list_schools(library, holders),
        texts,
        node.year,
    )


def _list_schools(library: Library, holders: Iterable[str]) -> list[str]:
    return sorted({library.school_of[name] for name in holders if name in library.school_of})


def _list_analysts(library: Library, place: dict[str, int]) -> list[tuple[Any, ...]]:
    """Return the relations that the analyst drew between claims that are drawn."""
    if library.findings.with_analyst:
        return []
    return [
        (place[each.source], place[goal], each.type, KINDS[each.type], 1, each.because)
        for each in library.literature.relations
        if each.basis == "analyst"
        and each.source in place
        and (goal := find_goal(each, library.relations)) in place
    ]
