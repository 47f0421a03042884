"""SPARQL 1.1 endpoints: asking a review that lives on a server, and fetching its records.

Credentials come from the environment, ``ARGMAP_STORE_USER`` and ``ARGMAP_STORE_PASSWORD`` or
``ARGMAP_STORE_TOKEN``, and go nowhere else.  What is transient is tried again; what a server says
no to is told in its own words.
"""

from __future__ import annotations

import base64
import html
import json
import os
import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit, urlunsplit

import pyoxigraph

from argmap.checks import check_literature
from argmap.diagnostics import (
    Diagnostic,
    escape_unprintable,
    hide_secrets,
    sort_diagnostics,
    suggest,
)
from argmap.extras import require
from argmap.graph import StoreError
from argmap.graph.vocabulary import AM, PROV, VOID, XSD, end_base
from argmap.literature import Loaded
from argmap.model import Record
from argmap.query.progress import Progress
from argmap.query.sparql import (
    QueryError,
    check_limit,
    check_query,
    complain_slow,
    find_form,
    make_triples,
    names_graphs,
    read_results,
    run_limited,
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
    said = " ".join(_hide_credentials(data.decode("utf-8", "replace"))[:120].split())
    return fail(
        url,
        "server-answer",
        f"the answer is no SPARQL result ({_hide_credentials(escape_unprintable(str(error)))}): "
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
    limit = _READ_SECONDS if time_limit is None else time_limit
    try:
        found = ask_server(url, query, time_limit=limit)
    except QueryError as error:
        if error.diagnostic.code != "sparql-slow":
            raise
        raise _describe_silence(url, limit) from None
    assert isinstance(found, Table)
    return found


def _describe_silence(url: str, seconds: float) -> StoreError:
    return fail(url, "server-slow", f"the server did not answer within {seconds:g} seconds")


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

    Raises :class:`StoreError`; :class:`~argmap.query.sparql.QueryError` where it takes too long.
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
        raise fail(
            url,
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
    data = list(fields.items() if isinstance(fields, Mapping) else fields)
    time_limit = check_limit(time_limit)
    stop = threading.Event()
    # What a server sends byte by byte is never late for the socket.
    answer = run_limited(
        lambda: _request(url, data, accept, time_limit, stop, again=again), time_limit, stop
    )
    if answer.status_code >= 300:
        raise describe_refusal(url, answer)
    return answer


def _request(
    url: str,
    data: list[tuple[str, str]],
    accept: str,
    time_limit: float | None,
    stop: threading.Event,
    *,
    again: bool,
) -> requests.Response:
    requests = require("requests", EXTRA)
    wait = _READ_SECONDS if time_limit is None else max(time_limit, 0.001)
    user, password, token = read_credentials(url)
    with requests.Session() as session:
        for scheme in ("http://", "https://"):
            session.mount(scheme, _make_adapter(requests, again=again))
        session.headers.update({"Accept": accept, "User-Agent": "argmap"})
        # Without one of ours, requests would look for a .netrc.
        session.auth = (user.encode(), password.encode()) if user and not token else _Bearer(token)
        try:
            answer = _post(session, url, data, wait, stop)
            if answer.status_code == 401 and user and not token:
                # Virtuoso takes digests alone, and asks for one only where nothing was sent.
                session.auth = requests.auth.HTTPDigestAuth(user, password)
                answer = _post(session, url, data, wait, stop)
        except requests.exceptions.Timeout:
            if time_limit is not None:
                raise complain_slow(time_limit) from None
            raise _describe_silence(url, wait) from None
        except (
            requests.exceptions.ChunkedEncodingError,
            requests.exceptions.ContentDecodingError,
        ) as error:
            raise fail(
                url,
                "server-answer",
                f"the answer broke off, or is spoilt: {_name_cause(error)}",
                "Try again; where it happens again, ask who runs the server.",
            ) from None
        except requests.exceptions.RequestException as error:
            if stop.is_set():
                raise complain_slow(wait) from None
            if "timed out" in str(error):
                raise _describe_silence(url, wait) from None
            raise fail(
                url,
                "server-unreachable",
                f"the server cannot be reached: {_name_cause(error)}",
                "Check the address, and that the server runs.",
            ) from None
        except (KeyError, ValueError) as error:
            # requests does not expect a challenge without its parts.
            raise fail(
                url,
                "server-answer",
                f"the answer is none of HTTP: {_name_cause(error)}",
                "Check that this is the address of a SPARQL endpoint.",
            ) from None
    return answer


def read_credentials(url: str) -> tuple[str, str, str]:
    """Return user, password and token from the environment, each empty where there is none.

    Raises :class:`StoreError` where one has what no request can carry, without repeating it.
    """
    names = ("USER", "PASSWORD", "TOKEN")
    user, password, token = (os.environ.get(f"ARGMAP_STORE_{name}", "") for name in names)
    sound = (
        user.isprintable(),
        password.isprintable(),
        token.isprintable() and token.isascii() and token == token.strip(),
    )
    for name, good in zip(names, sound, strict=True):
        if not good:
            raise fail(
                url,
                "server-credentials",
                f"ARGMAP_STORE_{name} has a character in it that cannot be sent",
                "Set it anew; often it is a line end that came along.",
            )
    return user, password, token


def _hide_credentials(text: str) -> str:
    """Return what a server says without the credentials that it repeats."""
    user, password, token = (
        os.environ.get(f"ARGMAP_STORE_{name}", "") for name in ("USER", "PASSWORD", "TOKEN")
    )
    secrets = set()
    for secret in filter(None, (f"{user}:{password}" if password else "", password, token)):
        coded = base64.b64encode(secret.encode("utf-8", "replace")).decode()
        secrets |= {secret, coded, coded.rstrip("="), quote(secret), quote(secret, safe="")}
        secrets |= {html.escape(secret), json.dumps(secret)[1:-1], quote(coded, safe="")}
    for secret in sorted(secrets, key=lambda each: (-len(each), each)):
        text = text.replace(secret, "…")
    return text


class _Bearer:
    """Credentials that are a token, or none where it is empty."""

    def __init__(self, token: str) -> None:
        self._token = token

    def __call__(self, prepared: Any) -> Any:
        if self._token:
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
    session: Any, url: str, data: Any, wait: float, stop: threading.Event
) -> requests.Response:
    # A redirected POST would become a GET, and credentials might go elsewhere.
    answer: requests.Response = session.post(
        url, data=data, timeout=(_CONNECT_SECONDS, wait), allow_redirects=False, stream=True
    )
    parts = []
    for part in answer.iter_content(1 << 10):
        parts.append(part)
        if stop.is_set():
            # Nobody waits any longer.
            answer.close()
            break
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
    said = str(getattr(cause, "strerror", None) or cause).partition("(")[0] or str(cause)
    return escape_unprintable(_hide_credentials(said))


def describe_refusal(url: str, answer: requests.Response) -> StoreError:
    """Return the error for an answer that is none, with the server's own words."""
    status = answer.status_code
    text = _hide_credentials(answer.content.decode("utf-8", "replace"))
    reason = escape_unprintable(_hide_credentials(str(answer.reason or "")))[:_SAID]
    said = escape_unprintable(" ".join(text.split()))[:_SAID]
    told = f" ({said})" if said and "<html" not in said.lower() else ""
    if status in (401, 403):
        return fail(
            url,
            "server-refused",
            f"the server refuses: {status} {reason}{told}",
            "Set ARGMAP_STORE_USER and ARGMAP_STORE_PASSWORD, or ARGMAP_STORE_TOKEN, to an account "
            "that may do this.",
        )
    if 300 <= status < 400:
        place = escape_unprintable(
            hide_secrets(_hide_credentials(answer.headers.get("Location", "elsewhere")))
        )
        return fail(url, "server-address", f"the server has moved to {place}", "Give that address.")
    if status in (404, 405, 415):
        return fail(
            url,
            "server-address",
            f"there is no SPARQL endpoint here: {status} {reason}{told}",
            "Check the path: Oxigraph answers at /query, Fuseki at /DATASET/query, "
            "Virtuoso at /sparql.",
        )
    return fail(url, "server-failed", f"the server failed: {status} {reason}{told}")


def fail(url: str, code: str, message: str, remedy: str = "") -> StoreError:
    """Return the error about a server."""
    return StoreError(Diagnostic(path=hide_secrets(url), message=message, code=code, remedy=remedy))
