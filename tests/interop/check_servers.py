"""Servers of SPARQL 1.1 hold a review and answer as argmap's own store does.

The ``oxigraph`` server, Apache Jena Fuseki and Virtuoso: a review is pushed, asked every named
query, fetched, replaced, and stands beside another one.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import msgspec
from clients import ROOT, Outcome, print_outcomes
from servers import (
    Missing,
    Server,
    start_fuseki,
    start_oxigraph,
    start_virtuoso,
    use_environment,
)

import argmap
from argmap.graph import build_store, read_records
from argmap.model import Literature
from argmap.order import sort_records
from argmap.query.named import list_queries
from argmap.query.push import push

SERVERS: dict[str, Callable[[], AbstractContextManager[Server]]] = {
    "oxigraph": start_oxigraph,
    "Fuseki": start_fuseki,
    "Virtuoso": start_virtuoso,
}
FORMS = {
    "ASK": ("ASK { ?claim a am:Claim }", {}),
    "ASK, bound": ("ASK { ?claim dct:identifier ?id }", {"id": "no such claim"}),
    "CONSTRUCT": (
        "CONSTRUCT { ?s dct:identifier ?id } WHERE { ?s a am:Topic ; dct:identifier ?id }",
        {},
    ),
    "several values": (
        "SELECT ?claim ?statement { ?node dct:identifier ?claim ; am:statement ?statement }"
        " ORDER BY ?claim",
        {"claim": ["bogdanov2019/desperate-fallback", "rynningschmitt2018/legitimacy-by-mass"]},
    ),
    "a sub-query": (
        "SELECT ?stance ?n { { SELECT ?stance (COUNT(?p) AS ?n) { ?p am:stance ?stance }"
        " GROUP BY ?stance } } ORDER BY ?n",
        {},
    ),
    "quotes": ("SELECT ?s { ?s am:statement ?words }", {"words": "\"'\\ } # ?s ?p"}),
    "graphs": (
        "SELECT ?graph (COUNT(?claim) AS ?n) { GRAPH ?graph { ?claim a am:Claim } }"
        " GROUP BY ?graph ORDER BY ?n",
        {},
    ),
}


def check() -> list[Outcome]:
    """Start each server, and tell how it took a review."""
    outcomes = []
    for name, start in SERVERS.items():
        try:
            with start() as server, use_environment(server.environment):
                outcomes += [
                    Outcome(f"{name}: {what}", "failed" if told else "passed", told)
                    for what, told in try_server(server)
                ]
        except Missing as missing:
            outcomes.append(Outcome(name, "skipped", str(missing)))
        except (RuntimeError, argmap.StoreError) as error:
            outcomes.append(Outcome(name, "failed", str(error)))
    return outcomes


def try_server(server: Server) -> Iterator[tuple[str, str]]:
    """Yield what was tried of a server, and what went wrong with it, empty where nothing did."""
    local = argmap.load(ROOT / "corpus", ROOT / "references.bib")
    # RDF carries nearly all of a review.
    carried, _, _ = read_records(local.store)
    pushed = push(local.literature, local.derive(), server.update)
    yield f"push of {sum(pushed.graphs.values()):,} triples", ""
    remote = argmap.load(store=server.query)
    wrong = [
        name
        for name, query in list_queries().items()
        if remote.query(name, *shlex.split(query.example))
        != local.query(name, *shlex.split(query.example))
    ]
    yield f"{len(list_queries())} named queries", f"other answers to {wrong}" if wrong else ""
    wrong = [
        name
        for name, (query, values) in FORMS.items()
        if remote.sparql(query, **values) != local.sparql(query, **values)
    ]
    yield f"{len(FORMS)} forms of query", f"other answers to {wrong}" if wrong else ""
    yield "names", _expect(argmap.UnknownName, lambda: remote.query("who-holds", "no-such-claim"))
    yield (
        "updates as queries",
        _expect(argmap.QueryError, lambda: remote.sparql("DELETE WHERE { ?s ?p ?o }")),
    )
    same = remote.literature == carried
    yield "records fetched", "" if same else "they are not those that were pushed"
    yield (
        "questions",
        (
            ""
            if str(remote.who_contests("legitimacy-by-mass"))
            == str(local.who_contests("legitimacy-by-mass"))
            else "another answer"
        ),
    )
    yield "another review beside it", _try_second(server, carried)
    yield "a smaller review in its place", _try_smaller(server, carried)
    # Last, for some servers go on with what nobody waits for any longer.
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?f) }"
    remote = argmap.load(store=server.query, base=local.literature.review.base)
    yield (
        "time limit",
        _expect(argmap.QueryError, lambda: remote.sparql(endless, time_limit=0.5)),
    )


def _try_second(server: Server, carried: Literature) -> str:
    """Push a second review with every oddity, and read it back."""
    sys.path.insert(0, str(ROOT / "tests"))
    from graph_examples import odd

    literature = odd()
    wanted, _, _ = read_records(build_store(literature))
    pushed = push(literature, None, server.update)
    told = _expect(argmap.StoreError, lambda: argmap.load(store=server.query))
    if told:
        return told
    second = argmap.load(store=server.query, base=pushed.base, strict=False)
    if second.literature != wanted:
        return f"it is not what was pushed: {_compare(second.literature, wanted)}"
    first = argmap.load(store=server.query, base=carried.review.base)
    return "" if first.literature == carried else "the first is no longer what it was"


def _try_smaller(server: Server, whole: Literature) -> str:
    """Push the review without one of its texts, whose graph must go."""
    kept = {text.key for text in whole.texts[:1]}
    smaller = sort_records(
        msgspec.structs.replace(
            whole,
            texts=tuple(text for text in whole.texts if text.key in kept),
            claims=tuple(claim for claim in whole.claims if claim.text in kept),
            positions=tuple(each for each in whole.positions if each.reported_by in kept),
            relations=(),
            citations=tuple(each for each in whole.citations if each.text in kept and each.claim),
            uncoded=(),
        )
    )
    pushed = push(smaller, None, server.update)
    if len(pushed.dropped) != 2:
        return f"dropped {pushed.dropped}, not the other text and what was derived"
    remote = argmap.load(store=server.query, base=whole.review.base, strict=False)
    return "" if remote.literature == smaller else _compare(remote.literature, smaller)


def _compare(found: Literature, wanted: Literature) -> str:
    """Return the first records that differ."""
    for name in Literature.__struct_fields__:
        one, other = getattr(found, name), getattr(wanted, name)
        if one != other and isinstance(one, tuple):
            pairs = zip(one, other, strict=False)
            first = next((pair for pair in pairs if pair[0] != pair[1]), (len(one), len(other)))
            return f"{name}: {first[0]!r} for {first[1]!r}"
        if one != other:
            return f"{name}: {one!r} for {other!r}"
    return ""


def _expect(error: type[Exception], work: Callable[[], object]) -> str:
    try:
        found = work()
    except error:
        return ""
    return f"no {error.__name__}, but {found!r}"


def main() -> int:
    """Print one line a trial; return 1 if a server failed."""
    return print_outcomes(check())


if __name__ == "__main__":
    sys.exit(main())
