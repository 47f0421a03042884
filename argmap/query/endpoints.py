"""SPARQL 1.1 endpoints: asking a review that lives on a server, and fetching its records.

Credentials come from the environment, ``ARGMAP_STORE_USER`` and ``ARGMAP_STORE_PASSWORD`` or
``ARGMAP_STORE_TOKEN``, and go nowhere else.  What is transient is tried again; what a server says
no to is told in its own words.
"""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

import pyoxigraph

from argmap.checks import check_literature
from argmap.diagnostics import Diagnostic, escape_unprintable, sort_diagnostics, suggest
from argmap.extras import require
from argmap.graph import StoreError
from argmap.graph.vocabulary import AM, PROV, VOID, XSD, end_base
from argmap.literature import Loaded
from argmap.model import Record
from argmap.query.progress import Progress
from argmap.query.sparql import (
    check_query,
    complain_slow,
    find_form,
    make_triples,
    names_graphs,
    read_results,
    write_prefixes,
)
from argmap.query.tables import Table

if TYPE_CHECKING:
    import requests

EXTRA = "server"
INCOMING = "incoming/"
"""What follows the base in the names of graphs that a push has not finished."""

_JSON = "application/sparql-results+json"
_TRIPLES = "application/n-triples, text/turtle;q=0.8, application/rdf+xml;q=0.5"
_CONNECT_SECONDS = 10.0
_READ_SECONDS = 600.0
_BACKOFF = 0.3
_TRANSIENT = (429, 502, 503, 504)
_SAID = 300
"""How many characters of a server's complaint are passed on."""


class Endpoint(Record, frozen=True, kw_only=True):
    """A review on a server: where to ask, the base of the review, and its graphs."""

    url: str
    base: str
    graphs: tuple[str, ...]

    def __str__(self) -> str:
        return self.url

    def ask(
        self, query: str, *, time_limit: float | None = None, allow_service: bool = False
    ) -> Table | bool:
        """Ask the graphs of the review; see :func:`argmap.query.sparql.check_query`."""
        check_query(query, allow_service=allow_service)
        dataset: list[tuple[str, str]] = []
        # What the protocol says of graphs would hide what the query says.
        if not names_graphs(query):
            dataset += [("default-graph-uri", graph) for graph in self.graphs]
            dataset += [("named-graph-uri", graph) for graph in self.graphs]
        return ask_server(self.url, query, dataset, time_limit=time_limit)

    def fetch(self) -> Loaded:
        """Fetch all records of the review, and check them."""
        return fetch_loaded(self)


def connect(url: str, *, base: str | None = None) -> Endpoint:
    """Find the review on a server.

    Raises
    ------
    StoreError
        Where the server cannot be reached or refuses, and where it holds no review, or several and
        ``base`` does not say which.
    """
    url = find_query_url(url)
    bases = _list_bases(url)
    if not bases:
        raise fail(
            url,
            "server-empty",
            "there is no review on this server",
            f"`argmap push {url}` sends one.",
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
    return Endpoint(url=url, base=base, graphs=tuple(list_graphs(url, base)))


def _list_bases(url: str) -> list[str]:
    """Return the bases of the reviews on a server, sorted."""
    found = _select(
        url,
        f"SELECT DISTINCT ?base WHERE {{ GRAPH ?graph {{ ?review a <{AM}Review> ; "
        f"<{VOID}uriSpace> ?base }} }}",
    )
    return sorted({str(each) for each in found.column("base")})


def list_graphs(url: str, base: str) -> list[str]:
    """Return the graphs of a review on a server, sorted."""
    start = end_base(base)
    derived = f"{start}derived"
    found = _select(
        url,
        f"SELECT ?graph WHERE {{ GRAPH <{derived}> {{ <{start}analysis> <{PROV}used> ?graph }} }}",
    )
    graphs = {str(each) for each in found.column("graph")}
    if graphs:
        return sorted(graphs | {derived})
    # Nothing was derived: whatever has the name of a graph of the review is of it.
    return [graph for graph in _list_own(url, start) if _is_of(graph, start)]


def list_incoming(url: str, base: str) -> list[str]:
    """Return the graphs that unfinished pushes of a review left on a server, sorted."""
    start = end_base(base)
    return [graph for graph in _list_own(url, start) if not _is_of(graph, start)]


_OWN = r"(?:review|bibliography|derived|text/.+)"
_UNFINISHED = rf"{INCOMING}[0-9a-f]{{12}}/{_OWN}"


def _is_of(graph: str, start: str, names: str = _OWN) -> bool:
    return re.fullmatch(re.escape(start) + names, graph) is not None


def _list_own(url: str, start: str) -> list[str]:
    """Return the graphs of a review, finished or not, and of none whose base lies under its own."""
    found = _select(url, "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s a ?type } }")
    inner = {end_base(base) for base in _list_bases(url)} - {start}
    names = f"(?:{_OWN}|{_UNFINISHED})"
    return sorted(
        graph
        for graph in map(str, found.column("graph"))
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
    literature, _, findings = read_records(store, path=endpoint.url)
    findings = [*findings, *check_literature(literature, origin=endpoint.url)]
    return Loaded(literature=literature, findings=tuple(sort_diagnostics(findings)))


def count_triples(url: str, graph: str) -> int:
    """Return the number of triples in a graph on a server."""
    counted = _select(
        url, f"SELECT (COUNT(*) AS ?number) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}"
    )
    return int(counted.rows[0][0])


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
        while True:
            after = str(pyoxigraph.Literal(last))
            rows = _fetch_rows(
                url,
                f"SELECT ?s ?p ?o WHERE {{ {pattern} FILTER(STR(?s) > {after}) }} "
                f"ORDER BY STR(?s) LIMIT {page}",
            )
            if len(rows) == page and rows[0][0] != rows[-1][0]:
                # The last subject may not be whole.
                rows = [row for row in rows if row[0] != rows[-1][0]]
                found.update(dict.fromkeys(rows))
                last = rows[-1][0].value
            else:
                found.update(dict.fromkeys(rows))
                break
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
    return [(row[0], row[1], row[2]) for row in _parse_results(url, data)]


def _parse_results(url: str, data: bytes) -> Any:
    try:
        return pyoxigraph.parse_query_results(data, format=pyoxigraph.QueryResultsFormat.JSON)
    except (SyntaxError, ValueError) as error:
        raise _describe_odd_answer(url, data, error) from None


def _describe_odd_answer(url: str, data: bytes, error: Exception) -> StoreError:
    said = " ".join(data[:120].decode("utf-8", "replace").split())
    return fail(
        url,
        "server-answer",
        f"the answer is no SPARQL result ({escape_unprintable(str(error))}): "
        f"{escape_unprintable(said)!r}",
        "Check that this is the address of a SPARQL endpoint.",
    )


def _select(url: str, query: str) -> Table:
    found = ask_server(url, query)
    assert isinstance(found, Table)
    return found


def ask_server(
    url: str,
    query: str,
    dataset: Sequence[tuple[str, str]] = (),
    *,
    time_limit: float | None = None,
) -> Table | bool:
    """Send a query to a server and return its rows, or a truth value.

    Raises :class:`StoreError`; :class:`~argmap.query.sparql.QueryError` where it takes too long.
    """
    form = find_form(query)
    fields = [("query", f"{write_prefixes()}\n{query}"), *dataset]
    accept = _TRIPLES if form in ("CONSTRUCT", "DESCRIBE") else _JSON
    answer = request(url, fields, accept=accept, time_limit=time_limit)
    cut = answer.headers.get("X-SPARQL-MaxRows")
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
        return bool(found.rows and found.rows[0][0])
    if cut is not None and isinstance(found, Table) and len(found) >= int(cut):
        raise fail(
            url,
            "server-cut",
            f"the server cut the answer short at {int(cut):,} rows",
            "Ask for less, or raise the server's limit on the size of answers.",
        )
    return found


# Addresses


def find_query_url(url: str) -> str:
    """Return the address to which queries go, from that of a server, a dataset or updates.

    Raises :class:`StoreError` where it is no address of a server.
    """
    parts = _split(url)
    path = parts.path.rstrip("/")
    if not path:
        path = "/query"
    elif path.endswith("/update"):
        path = path.removesuffix("/update") + "/query"
    elif path.endswith("/statements"):
        path = path.removesuffix("/statements")
    return str(urlunsplit(parts._replace(path=path, fragment="")))


def find_update_url(url: str) -> str:
    """Return the address to which updates go, from that of a server, a dataset or queries.

    Oxigraph and Fuseki take them under ``/update``, RDF4J and GraphDB under ``/statements``,
    Virtuoso and others where they take queries.
    """
    parts = _split(url)
    path = parts.path.rstrip("/")
    if not path:
        path = "/update"
    elif path.endswith("/query"):
        path = path.removesuffix("/query") + "/update"
    elif "/repositories/" in path and not path.endswith("/statements"):
        path += "/statements"
    return str(urlunsplit(parts._replace(path=path, fragment="")))


def _split(url: str) -> Any:
    try:
        parts = urlsplit(url)
        port_is_good = parts.port is None or parts.port > 0
    except ValueError:
        port_is_good = False
    if not port_is_good or parts.scheme not in ("http", "https") or not parts.hostname:
        raise fail(
            escape_unprintable(url) or "URL",
            "server-address",
            "this is no address of a server",
            "Write it as http://host:port/path.",
        )
    if parts.username or parts.password:
        hidden = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        raise fail(
            hidden,
            "server-address",
            "the address has a password in it, which ends up in logs and histories",
            "Put them into ARGMAP_STORE_USER and ARGMAP_STORE_PASSWORD, and write the address "
            "without them.",
        )
    return parts


# Requests


def request(
    url: str,
    fields: Mapping[str, str] | Iterable[tuple[str, str]],
    *,
    accept: str = "*/*",
    time_limit: float | None = None,
    again: bool = True,
) -> requests.Response:
    """Post a form to a server and return its answer, read to the end.

    What is transient (no connection, 429, 502, 503, 504) is tried again three times; with
    ``again=False``, for what may not be done twice, only where no connection was made.

    Raises
    ------
    StoreError
        Where the server cannot be reached, refuses, or fails, in its own words.
    QueryError
        Where there is a time limit, and it is over.
    """
    requests = require("requests", EXTRA)
    data = list(fields.items() if isinstance(fields, Mapping) else fields)
    deadline = None if time_limit is None else time.monotonic() + time_limit
    wait = _READ_SECONDS if time_limit is None else max(time_limit, 0.001)
    with requests.Session() as session:
        for scheme in ("http://", "https://"):
            session.mount(scheme, _make_adapter(requests, again=again))
        session.headers.update({"Accept": accept, "User-Agent": "argmap"})
        token = os.environ.get("ARGMAP_STORE_TOKEN", "")
        user = os.environ.get("ARGMAP_STORE_USER", "")
        password = os.environ.get("ARGMAP_STORE_PASSWORD", "")
        if token:
            session.auth = _Bearer(token)
        elif user:
            session.auth = (user.encode(), password.encode())
        try:
            answer = _post(session, url, data, wait, deadline)
            if answer.status_code == 401 and user:
                # Virtuoso takes digests alone, and asks for one only where nothing was sent.
                session.auth = requests.auth.HTTPDigestAuth(user, password)
                answer = _post(session, url, data, wait, deadline)
        except requests.exceptions.Timeout:
            if time_limit is not None:
                raise complain_slow(time_limit) from None
            raise fail(
                url, "server-slow", f"the server said nothing for {wait:g} seconds"
            ) from None
        except requests.exceptions.RequestException as error:
            raise fail(
                url,
                "server-unreachable",
                f"the server cannot be reached: {_name_cause(error)}",
                "Check the address, and that the server runs.",
            ) from None
        except _TooSlow:
            assert time_limit is not None
            raise complain_slow(time_limit) from None
    if answer.status_code >= 300:
        raise describe_refusal(url, answer)
    return answer


class _TooSlow(Exception):  # noqa: N818 - it is caught where it is raised
    """Raised where an answer is still coming when its time is over."""


class _Bearer:
    """Credentials that are a token."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, prepared: Any) -> Any:
        prepared.headers["Authorization"] = f"Bearer {self._token}"
        return prepared


def _make_adapter(requests: Any, *, again: bool) -> Any:
    retry = require("urllib3.util.retry", EXTRA).Retry(
        total=3,
        # A server that has begun to work and is slow would only get more to do.
        read=False,
        backoff_factor=_BACKOFF,
        status_forcelist=_TRANSIENT if again else (),
        # Queries change nothing, and to insert the same triples twice is to insert them once.
        allowed_methods=None,
        raise_on_status=False,
        redirect=0,
    )
    return requests.adapters.HTTPAdapter(max_retries=retry)


def _post(
    session: Any, url: str, data: Any, wait: float, deadline: float | None
) -> requests.Response:
    # A redirected POST would become a GET, and credentials might go elsewhere.
    answer: requests.Response = session.post(
        url, data=data, timeout=(_CONNECT_SECONDS, wait), allow_redirects=False, stream=True
    )
    parts = []
    for part in answer.iter_content(1 << 16):
        parts.append(part)
        if deadline is not None and time.monotonic() > deadline:
            answer.close()
            raise _TooSlow
    answer._content = b"".join(parts)
    return answer


def _name_cause(error: Exception) -> str:
    """Return the system's own word for what went wrong, without the layers around it."""
    cause: BaseException = error
    for _ in range(8):
        inner = getattr(cause, "reason", None) or cause.__cause__ or cause.__context__
        if not isinstance(inner, BaseException):
            inner = next((each for each in cause.args if isinstance(each, BaseException)), None)
        if inner is None:
            break
        cause = inner
    return escape_unprintable(
        str(getattr(cause, "strerror", None) or cause).partition("(")[0] or str(cause)
    )


def describe_refusal(url: str, answer: requests.Response) -> StoreError:
    """Return the error for an answer that is none, with the server's own words."""
    status = answer.status_code
    text = answer.content[: 4 * _SAID].decode("utf-8", "replace")
    said = escape_unprintable(" ".join(text.split()))[:_SAID]
    told = f" ({said})" if said and "<html" not in said.lower() else ""
    if status in (401, 403):
        return fail(
            url,
            "server-refused",
            f"the server refuses: {status} {answer.reason}{told}",
            "Set ARGMAP_STORE_USER and ARGMAP_STORE_PASSWORD, or ARGMAP_STORE_TOKEN, to an account "
            "that may do this.",
        )
    if 300 <= status < 400:
        place = escape_unprintable(answer.headers.get("Location", "elsewhere"))
        return fail(url, "server-address", f"the server has moved to {place}", "Give that address.")
    if status in (404, 405, 415):
        return fail(
            url,
            "server-address",
            f"there is no SPARQL endpoint here: {status} {answer.reason}{told}",
            "Check the path: Oxigraph answers at /query, Fuseki at /DATASET/query, "
            "Virtuoso at /sparql.",
        )
    return fail(url, "server-failed", f"the server failed: {status} {answer.reason}{told}")


def fail(url: str, code: str, message: str, remedy: str = "") -> StoreError:
    """Return the error about a server."""
    return StoreError(Diagnostic(path=url, message=message, code=code, remedy=remedy))
