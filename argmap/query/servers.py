"""Servers: their addresses, requests to them, and what they say where they fail.

What is transient is tried again; what a server says no to is told in its own words.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from argmap.diagnostics import escape_unprintable, hide_secrets
from argmap.extras import require
from argmap.graph import StoreError
from argmap.query.credentials import Bearer, hide_credentials, read_credentials
from argmap.query.errors import fail
from argmap.query.limits import check_limit, complain_slow, run_limited

if TYPE_CHECKING:
    import requests

EXTRA = "server"
_CONNECT_SECONDS = 10.0
READ_SECONDS = 600.0
_BACKOFF = 0.3
_PATIENCE = 60.0
"""Seconds that a server may ask us to wait before we try again, in all for one request."""
_TRIES = 4
_TRANSIENT = (429, 502, 503, 504)
_SAID = 300
"""How many characters of a server's complaint are passed on."""


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


def request(
    url: str,
    fields: Mapping[str, str] | Iterable[tuple[str, str]],
    *,
    accept: str = "*/*",
    time_limit: float | None = None,
    again: bool = True,
) -> requests.Response:
    """Post a form to a server and return its answer, read to the end.

    What is transient (no connection, 429, 502, 503, 504) is tried again three times, after the
    time that the server asks for, up to a minute; with ``again=False``, for what may not be done
    twice, only where no connection was made.

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
    wait = READ_SECONDS if time_limit is None else max(time_limit, 0.001)
    user, password, token = read_credentials(url)
    with requests.Session() as session:
        for scheme in ("http://", "https://"):
            session.mount(scheme, _make_adapter(requests))
        session.headers.update({"Accept": accept, "User-Agent": "argmap"})
        # Without one of ours, requests would look for a .netrc.
        session.auth = (user.encode(), password.encode()) if user and not token else Bearer(token)
        tries = _TRIES if again else 1
        try:
            answer = _post_patiently(session, url, data, wait, stop, tries)
            if answer.status_code == 401 and user and not token:
                # Virtuoso takes digests alone, and asks for one only where nothing was sent.
                session.auth = requests.auth.HTTPDigestAuth(user, password)
                answer = _post_patiently(session, url, data, wait, stop, tries)
        except requests.exceptions.Timeout:
            if time_limit is not None:
                raise complain_slow(time_limit) from None
            raise describe_silence(url, wait) from None
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
                raise describe_silence(url, wait) from None
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


def _make_adapter(requests: Any) -> Any:
    retry = require("urllib3.util.retry", EXTRA).Retry(
        total=_TRIES - 1,
        # A server that has begun to work and is slow would only get more to do.
        read=False,
        backoff_factor=_BACKOFF,
        allowed_methods=None,
        raise_on_status=False,
        redirect=0,
        # It would sleep for as long as a server pleases, and whatever may be done twice.
        respect_retry_after_header=False,
    )
    return requests.adapters.HTTPAdapter(max_retries=retry)


def _post_patiently(
    session: Any, url: str, data: Any, wait: float, stop: threading.Event, tries: int
) -> requests.Response:
    """Post a form again where a server says that it will do better later.

    Queries change nothing, and to insert the same triples twice is to insert them once.
    """
    patience = _PATIENCE
    for number in range(tries):
        answer = _post(session, url, data, wait, stop)
        if answer.status_code not in _TRANSIENT:
            break
        asked = _read_pause(answer)
        patience -= asked
        if patience < 0:
            raise describe_refusal(
                url, answer, f"; it asks for more than {_PATIENCE:g} seconds before the next try"
            )
        if number == tries - 1 or stop.wait(asked or _BACKOFF * 2**number):
            break
    return answer


def _read_pause(answer: requests.Response) -> float:
    """Return for how many seconds a server asks to be left alone: none where it says no time."""
    said = answer.headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdecimal():
        return float(said)
    try:
        when = parsedate_to_datetime(said)
        # A date without a zone is of Greenwich.
        left = when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)
    except (OverflowError, ValueError):
        return 0.0
    return max(left.total_seconds(), 0.0)


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
    return escape_unprintable(hide_credentials(said))


def describe_refusal(url: str, answer: requests.Response, more: str = "") -> StoreError:
    """Return the error for an answer that is none, with the server's own words, and more."""
    status = answer.status_code
    text = hide_credentials(answer.content.decode("utf-8", "replace"))
    reason = escape_unprintable(hide_credentials(str(answer.reason or "")))[:_SAID]
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
            hide_secrets(hide_credentials(answer.headers.get("Location", "elsewhere")))
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
    return fail(url, "server-failed", f"the server failed: {status} {reason}{told}{more}")


def describe_silence(url: str, seconds: float) -> StoreError:
    """Return the error for a server that says nothing for too long."""
    return fail(url, "server-slow", f"the server did not answer within {seconds:g} seconds")
