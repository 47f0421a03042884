"""SPARQL 1.1 endpoints: asking a review that lives on a server, and fetching its records."""

from __future__ import annotations

import re
import threading
from collections.abc import Sequence
from typing import Any

import pyoxigraph

from argmap.checks import check_literature
from argmap.diagnostics import escape_unprintable, hide_secrets, sort_diagnostics, suggest
from argmap.graph import StoreError
from argmap.graph.vocabulary import AM, PROV, VOID, XSD, end_base
from argmap.literature import Loaded
from argmap.model import Record
from argmap.query.credentials import hide_credentials
from argmap.query.errors import QueryError, fail
from argmap.query.progress import Progress
from argmap.query.results import make_triples, read_results
from argmap.query.servers import READ_SECONDS, describe_silence, find_query_url, request
from argmap.query.sparql import check_query
from argmap.query.syntax import find_form, names_graphs, write_prefixes
from argmap.query.tables import Table

INCOMING = "incoming/"
"""What follows the base in the names of graphs that a push has not finished."""
_JSON = "application/sparql-results+json"
_TRIPLES = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"


class Endpoint(Record, frozen=True, kw_only=True):
    """A review on a server: where to ask, the base of the review, and its graphs."""

    url: str
    base: str
    graphs: tuple[str, ...]

    def __str__(self) -> str:
        return hide_secrets(self.url)

    def ask(
        self, query: str, *, time_limit: float | None = None, allow_service: bool = False
    ) -> Table | bool:
        """Ask the graphs of the review; see :func:`argmap.query.sparql.check_query`."""
        check_query(query, allow_service=allow_service, time_limit=time_limit)
        dataset: list[tuple[str, str]] = []
        # What the protocol says of graphs would hide what the query says.
        if not names_graphs(query):
            dataset += [("default-graph-uri", graph) for graph in self.graphs]
            dataset += [("named-graph-uri", graph) for graph in self.graphs]
        return ask_server(self.url, query, dataset, time_limit=time_limit)

    def fetch(self) -> Loaded:
        """Fetch all records of the review, and check them."""
        return fetch_loaded(self)


def connect(url: str, *, base: str | None = None, time_limit: float | None = None) -> Endpoint:
    """Find the review on a server, asking nothing for longer than the limit, in seconds.

    Raises
    ------
    StoreError
        Where the server cannot be reached or refuses, and where it holds no review, or several and
        ``base`` does not say which.
    """
    url = find_query_url(url)
    bases = _list_bases(url, time_limit)
    if not bases:
        raise fail(
            url,
            "server-empty",
            "there is no review on this server",
            f"`argmap push {hide_secrets(url)}` sends one.",
        )
    if base is not None and base not in bases:
        near = suggest(base, bases) or bases
        raise fail(
            url,
            "server-empty",
            f"there is no review {base} on this server",
            f"There is {', '.join(near[:5])}.",
        )
    if base is None and len(bases) > 1:
        raise fail(
            url,
            "server-several",
            f"there are {len(bases)} reviews on this server: {', '.join(bases[:5])}",
            "Say which with --base IRI, in Python with base=IRI.",
        )
    base = base or bases[0]
    return Endpoint(url=url, base=base, graphs=tuple(list_graphs(url, base, time_limit)))


def _list_bases(url: str, time_limit: float | None = None) -> list[str]:
    """Return the bases of the reviews on a server, sorted."""
    found = _select(
        url,
        f"SELECT DISTINCT ?base WHERE {{ GRAPH ?graph {{ ?review a <{AM}Review> ; "
        f"<{VOID}uriSpace> ?base }} }}",
        "base",
        time_limit,
    )
    return sorted(set(found))


def list_graphs(url: str, base: str, time_limit: float | None = None) -> list[str]:
    """Return the graphs of a review on a server, sorted."""
    start = end_base(base)
    derived = f"{start}derived"
    found = _select(
        url,
        f"SELECT ?graph WHERE {{ GRAPH <{derived}> {{ <{start}analysis> <{PROV}used> ?graph }} }}",
        "graph",
        time_limit,
    )
    graphs = set(found)
    if graphs:
        return sorted(graphs | {derived})
    # Nothing was derived: whatever has the name of a graph of the review is of it.
    return [graph for graph in _list_own(url, start, time_limit) if _is_of(graph, start)]


def list_incoming(url: str, base: str) -> list[str]:
    """Return the graphs that unfinished pushes of a review left on a server, sorted."""
    start = end_base(base)
    return [graph for graph in _list_own(url, start) if not _is_of(graph, start)]


_OWN = r"(?:review|bibliography|derived|text/.+)"
_UNFINISHED = rf"{INCOMING}[0-9a-f]{{12}}/{_OWN}"


def _is_of(graph: str, start: str, names: str = _OWN) -> bool:
    return re.fullmatch(re.escape(start) + names, graph) is not None


def _list_own(url: str, start: str, time_limit: float | None = None) -> list[str]:
    """Return the graphs of a review, finished or not, and of none whose base lies under its own."""
    found = _select(
        url, "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s a ?type } }", "graph", time_limit
    )
    inner = {end_base(base) for base in _list_bases(url, time_limit)} - {start}
    names = f"(?:{_OWN}|{_UNFINISHED})"
    return sorted(
        graph
        for graph in found
        if _is_of(graph, start, names)
        and not any(each.startswith(start) and _is_of(graph, each, names) for each in inner)
    )


def fetch_loaded(endpoint: Endpoint) -> Loaded:
    """Fetch all records of a review from its server, and check them."""
    from argmap.graph import read_records

    store = pyoxigraph.Store()
    with Progress("fetching the records", len(endpoint.graphs)) as progress:
        for graph in endpoint.graphs:
            store.bulk_extend(fetch_graph(endpoint.url, graph))
            progress.advance()
    literature, _, findings = read_records(store, path=str(endpoint))
    findings = [*findings, *check_literature(literature, origin=str(endpoint))]
    return Loaded(literature=literature, findings=tuple(sort_diagnostics(findings)))


def count_triples(url: str, graph: str) -> int:
    """Return the number of triples in a graph on a server."""
    counted = _ask_rows(
        url, f"SELECT (COUNT(*) AS ?number) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    )
    number = counted.rows[0][0] if len(counted) == 1 and len(counted.columns) == 1 else None
    if not isinstance(number, int) or number < 0:
        raise _describe_wrong_answer(url, "a number of triples")
    return number


def fetch_graph(url: str, graph: str) -> list[pyoxigraph.Quad]:
    """Return all quads of a graph on a server, in as many answers as it takes.

    Raises :class:`StoreError` where the server keeps something back.
    """
    wanted = count_triples(url, graph)
    pattern = f"GRAPH <{graph}> {{ ?s ?p ?o }}"
    rows = _fetch_rows(url, f"SELECT ?s ?p ?o WHERE {{ {pattern} }}")
    found = dict.fromkeys(rows)
    if len(found) < wanted and rows:
        # The server cuts answers short: go on from subject to subject, a page at a time.
        page = len(rows)
        found = {}
        last = ""
        before = -1
        # A server that heeds neither the filter nor the limit would keep us for ever.
        while before < len(found) <= wanted:
            before = len(found)
            after = str(pyoxigraph.Literal(last))
            rows = _fetch_rows(
                url,
                f"SELECT ?s ?p ?o WHERE {{ {pattern} FILTER(STR(?s) > {after}) }} "
                f"ORDER BY STR(?s) LIMIT {page}",
            )
            if len(rows) != page or rows[0][0] == rows[-1][0]:
                found.update(dict.fromkeys(rows))
                break
            # The last subject may not be whole.
            rows = [row for row in rows if row[0] != rows[-1][0]]
            found.update(dict.fromkeys(rows))
            last = rows[-1][0].value
    if len(found) != wanted:
        raise fail(
            url,
            "server-cut",
            f"the server gave {len(found):,} of the {wanted:,} triples in <{graph}>",
            "Raise the server's limit on the size of answers.",
        )
    name = pyoxigraph.NamedNode(graph)
    return [pyoxigraph.Quad(s, p, mend_term(p, o), name) for s, p, o in found]


_YEAR = re.compile(r"(-?)(\d+)")
_TRUTHS = frozenset(AM + name for name in ("evidential", "pageInferred", "survey"))


def mend_term(predicate: pyoxigraph.NamedNode, term: Any) -> Any:
    """Return a term as argmap writes it.

    Virtuoso keeps truth values as the numbers 0 and 1, and the year -0044 as -044.
    """
    if not isinstance(term, pyoxigraph.Literal):
        return term
    if predicate.value in _TRUTHS:
        return pyoxigraph.Literal(term.value in ("1", "true"))
    if term.datatype.value == f"{XSD}gYear" and (year := _YEAR.fullmatch(term.value)):
        return pyoxigraph.Literal(f"{year[1]}{year[2]:0>4}", datatype=term.datatype)
    return term


def _fetch_rows(url: str, query: str) -> list[tuple[Any, Any, Any]]:
    data = request(url, {"query": query}, accept=_JSON).content
    found = _parse_results(url, data)
    if not isinstance(found, pyoxigraph.QuerySolutions):
        raise _describe_wrong_answer(url, "triples")
    rows = []
    row = None
    try:
        for row in found:
            subject, predicate, term = row["s"], row["p"], row["o"]
            if (
                not isinstance(subject, pyoxigraph.NamedNode | pyoxigraph.BlankNode)
                or not isinstance(predicate, pyoxigraph.NamedNode)
                or not isinstance(
                    term, pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal
                )
            ):
                raise _describe_wrong_answer(url, "triples")
            rows.append((subject, predicate, term))
    except KeyError:
        raise _describe_wrong_answer(url, "triples") from None
    except (SyntaxError, ValueError) as error:
        raise _describe_odd_answer(url, data, error) from None
    finally:
        # Errors keep their frames, and results must end on the thread that made them.
        found = row = None
    return rows


def _parse_results(url: str, data: bytes) -> Any:
    try:
        return pyoxigraph.parse_query_results(data, format=pyoxigraph.QueryResultsFormat.JSON)
    except (SyntaxError, ValueError) as error:
        raise _describe_odd_answer(url, data, error) from None


def _describe_odd_answer(url: str, data: bytes, error: Exception) -> StoreError:
    said = " ".join(hide_credentials(data.decode("utf-8", "replace"))[:120].split())
    return fail(
        url,
        "server-answer",
        f"the answer is no SPARQL result ({hide_credentials(escape_unprintable(str(error)))}): "
        f"{escape_unprintable(said)!r}",
        "Check that this is the address of a SPARQL endpoint.",
    )


def _describe_wrong_answer(url: str, wanted: str) -> StoreError:
    return fail(
        url,
        "server-answer",
        f"the answer is a SPARQL result, but not {wanted}, which the server was asked for",
        "Check that this is the address of a SPARQL endpoint, and that nothing stands between.",
    )


def _ask_rows(url: str, query: str, time_limit: float | None = None) -> Table:
    """Ask what is asked for our own sake, so that a slow answer is the server's fault."""
    limit = READ_SECONDS if time_limit is None else time_limit
    try:
        found = ask_server(url, query, time_limit=limit)
    except QueryError as error:
        if error.diagnostic.code != "sparql-slow":
            raise
        raise describe_silence(url, limit) from None
    assert isinstance(found, Table)
    return found


_IRI = re.compile(r"[^<>\"{}|^`\\\x00-\x20]+")


def _select(url: str, query: str, column: str, time_limit: float | None = None) -> list[str]:
    """Return a column of IRIs."""
    found = _ask_rows(url, query, time_limit)
    values = found.column(column) if column in found.columns else [None]
    if not all(isinstance(each, str) and _IRI.fullmatch(each) for each in values):
        raise _describe_wrong_answer(url, f"a column of IRIs ?{column}")
    return list(values)


def ask_server(
    url: str,
    query: str,
    dataset: Sequence[tuple[str, str]] = (),
    *,
    time_limit: float | None = None,
) -> Table | bool:
    """Send a query to a server and return its rows, or a truth value.

    Raises :class:`StoreError`; :class:`~argmap.query.errors.QueryError` where it takes too long.
    """
    form = find_form(query)
    fields = [("query", f"{write_prefixes()}\n{query}"), *dataset]
    accept = _TRIPLES if form in ("CONSTRUCT", "DESCRIBE") else _JSON
    answer = request(url, fields, accept=accept, time_limit=time_limit)
    cut = answer.headers.get("X-SPARQL-MaxRows", "")[:18]
    if form in ("CONSTRUCT", "DESCRIBE"):
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        known = pyoxigraph.RdfFormat.from_media_type(kind)
        try:
            return make_triples(
                pyoxigraph.parse(answer.content, format=known or pyoxigraph.RdfFormat.N_TRIPLES)
            )
        except (SyntaxError, ValueError) as error:
            raise _describe_odd_answer(url, answer.content, error) from None
    try:
        found = read_results(_parse_results(url, answer.content), threading.Event())
    except (SyntaxError, ValueError) as error:
        raise _describe_odd_answer(url, answer.content, error) from None
    if form == "ASK" and isinstance(found, Table):
        # Virtuoso answers with one row where it is told which graphs to ask.
        return bool(found.rows and any(found.rows[0][:1]))
    if isinstance(found, Table) != (form == "SELECT"):
        raise _describe_wrong_answer(url, "rows" if form == "SELECT" else "a truth value")
    if isinstance(found, Table) and cut.isdecimal() and len(found) >= int(cut):
        raise fail(
            url,
            "server-cut",
            f"the server cut the answer short at {int(cut):,} rows",
            "Ask for less, or raise the server's limit on the size of answers.",
        )
    return found
