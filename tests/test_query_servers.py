"""Reviews on a server: pushed, asked, fetched, and what is said when the server does not do it."""

from __future__ import annotations

import base64
import json
import pickle
import shlex
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyoxigraph
import pytest
from endpoint_examples import Endpoint, Reply, serve
from graph_examples import odd, tiny, tiny_derived
from shared import ROOT

import argmap
from argmap.graph import build_store, read_records
from argmap.model import Literature
from argmap.query.endpoints import connect
from argmap.query.named import list_queries
from argmap.query.push import push
from argmap.query.servers import find_query_url, find_update_url


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[Endpoint]:
    for name in ("USER", "PASSWORD", "TOKEN"):
        monkeypatch.delenv(f"ARGMAP_STORE_{name}", raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with serve() as endpoint:
        yield endpoint


@pytest.fixture(scope="module")
def local() -> argmap.Review:
    return argmap.load(ROOT / "corpus", ROOT / "references.bib")


def answer(name: str, *values: str | None) -> Reply:
    """Return an answer of one column, where None is unbound; without values of one odd row."""
    rows = [
        {name: {"type": "literal", "value": each}} if each is not None else {}
        for each in values or ("x",)
    ]
    data = {"head": {"vars": [name]}, "results": {"bindings": rows}}
    return 200, {}, json.dumps(data).encode()


def fail_code(error: pytest.ExceptionInfo[argmap.StoreError]) -> str:
    return error.value.diagnostics[0].code


def test_a_review_is_pushed_asked_and_fetched(endpoint: Endpoint, local: argmap.Review) -> None:
    pushed = push(local.literature, local.derive(), endpoint.url)
    assert sum(pushed.graphs.values()) == len(local.store)
    remote = argmap.load(store=f"{endpoint.url}/query")
    for name, query in list_queries().items():
        values = shlex.split(query.example)
        assert remote.query(name, *values) == local.query(name, *values), name
    assert remote.sparql("ASK { ?claim a am:Claim }") is True
    # So far the server did all the work, and nothing was fetched.
    assert "not read yet" in repr(remote)
    # The scholar's own annotations stay at home, and pushing says so.
    assert remote.literature == msgspec.structs.replace(local.literature, annotations=())
    assert [loss.message for loss in pushed.losses] == [
        "left out: 4 annotations of works by the scholar"
    ]
    assert str(remote.who_contests("desperate-fallback")) == str(
        local.who_contests("desperate-fallback")
    )
    assert pickle.loads(pickle.dumps(remote)).query("texts") == local.query("texts")


def test_a_push_replaces_the_review_and_leaves_others(endpoint: Endpoint) -> None:
    first = push(tiny(), tiny_derived(), endpoint.url)
    other = push(odd(), None, endpoint.url)
    again = push(tiny(), None, endpoint.url)
    assert set(first.graphs) - set(again.graphs) == set(again.dropped)
    names = {graph.value for graph in endpoint.store.named_graphs()}
    assert names == set(again.graphs) | set(other.graphs)
    review = argmap.load(store=endpoint.url, base=tiny().review.base, strict=False)
    assert review.literature == read_records(build_store(tiny()))[0]
    with pytest.raises(argmap.StoreError) as error:
        argmap.load(store=endpoint.url)
    assert fail_code(error) == "server-several"
    with pytest.raises(argmap.StoreError) as error:
        argmap.load(store=endpoint.url, base="https://example.org/nobody/")
    assert fail_code(error) == "server-empty"


@pytest.mark.parametrize("inner", ["inner/", "text/", "incoming/", "incoming/0123456789ab/x"])
def test_a_push_leaves_reviews_whose_base_lies_under_its_own(
    endpoint: Endpoint, inner: str
) -> None:
    def under(base: str) -> Literature:
        review = msgspec.structs.replace(tiny().review, base=base)
        return msgspec.structs.replace(tiny(), review=review)

    outer = under("https://example.org/lab/")
    first = push(under(f"https://example.org/lab/{inner}"), None, endpoint.url)
    for _ in range(2):
        second = push(outer, None, endpoint.url)
        assert second.dropped == ()
        names = {graph.value for graph in endpoint.store.named_graphs()}
        assert names == set(first.graphs) | set(second.graphs)
    found = argmap.load(store=endpoint.url, base=outer.review.base, strict=False)
    assert found.literature == read_records(build_store(outer))[0]


def test_readers_find_the_old_review_until_all_of_the_new_one_is_there(endpoint: Endpoint) -> None:
    push(tiny(), tiny_derived(), endpoint.url)
    before = {str(quad) for quad in endpoint.store}

    def refuse_the_third(path: str, fields: dict[str, list[str]], _: object) -> Reply | None:
        inserts = [1 for _, each, _ in endpoint.requests if "INSERT" in each.get("update", [""])[0]]
        if "INSERT" in fields.get("update", [""])[0] and len(inserts) > seen + 2:
            return 507, {}, b"no room"
        return None

    seen = sum("INSERT" in each.get("update", [""])[0] for _, each, _ in endpoint.requests)
    endpoint.trick = refuse_the_third
    with pytest.raises(argmap.StoreError, match="no room"):
        push(tiny(), None, endpoint.url)
    endpoint.trick = None
    left = {str(quad) for quad in endpoint.store}
    assert before < left
    review = argmap.load(store=endpoint.url, strict=False)
    assert review.literature == read_records(build_store(tiny(), tiny_derived()))[0]
    # The next push clears what that one left.
    push(tiny(), tiny_derived(), endpoint.url)
    assert {str(quad) for quad in endpoint.store} == before


def test_what_a_server_loses_is_noticed_before_anything_is_replaced(endpoint: Endpoint) -> None:
    push(tiny(), tiny_derived(), endpoint.url)
    before = {str(quad) for quad in endpoint.store}

    def lose(path: str, fields: dict[str, list[str]], _: object) -> Reply | None:
        update = fields.get("update", [""])[0]
        if "INSERT" in update and "bibliography" in update:
            return 204, {}, b""
        return None

    endpoint.trick = lose
    with pytest.raises(argmap.StoreError) as error:
        push(tiny(), tiny_derived(), endpoint.url)
    assert fail_code(error) == "server-cut"
    assert {str(quad) for quad in endpoint.store} == before


def test_answers_cut_short_are_asked_for_page_by_page(
    endpoint: Endpoint, local: argmap.Review
) -> None:
    push(tiny(), None, endpoint.url)
    rows = 7

    def cut(path: str, fields: dict[str, list[str]], headers: object) -> Reply | None:
        query = fields.get("query", [""])[0]
        if "?s ?p ?o" not in query or "COUNT" in query:
            return None
        limited = query if "LIMIT" in query else f"{query} LIMIT {rows}"
        return endpoint_reply(endpoint, limited)

    def endpoint_reply(endpoint: Endpoint, query: str) -> Reply:
        found = endpoint.store.query(query)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        return 200, {}, found.serialize(format=pyoxigraph.QueryResultsFormat.JSON)

    endpoint.trick = cut
    with pytest.raises(argmap.StoreError) as error:
        # One subject has more triples than a page.
        _ = argmap.load(store=endpoint.url, strict=False).literature
    assert fail_code(error) == "server-cut"
    rows = 40
    review = argmap.load(store=endpoint.url, strict=False)
    assert review.literature == read_records(build_store(tiny()))[0]


@pytest.mark.parametrize(
    ("reply", "code", "said"),
    [
        ((401, {}, b""), "server-refused", "ARGMAP_STORE_USER"),
        ((403, {}, b"read only"), "server-refused", "read only"),
        ((404, {}, b""), "server-address", "no SPARQL endpoint here"),
        ((302, {"Location": "http://127.0.0.1:1/elsewhere"}, b""), "server-address", "elsewhere"),
        ((500, {}, b"out of\x1b[31m memory"), "server-failed", "out of\\x1b[31m memory"),
        ((503, {}, b"busy"), "server-failed", "busy"),
        ((200, {}, b"<html>Welcome</html>"), "server-answer", "Welcome"),
        ((200, {}, b""), "server-answer", "no SPARQL result"),
        ((200, {}, b'{"head": {"vars": ["base"]}}'), "server-answer", "no SPARQL result"),
        ((200, {}, b'{"head": {}, "boolean": true}'), "server-answer", "not rows"),
        (answer("other"), "server-answer", "?base"),
        (answer("base", None), "server-answer", "?base"),
        (answer("base", "not an IRI"), "server-answer", "?base"),
        ((200, {"Content-Length": "100"}, b'{"head"'), "server-answer", "broke off"),
    ],
)
def test_a_server_that_does_not_do_it_is_told_of_in_its_own_words(
    endpoint: Endpoint, reply: Reply, code: str, said: str
) -> None:
    endpoint.trick = lambda *_: reply
    with pytest.raises(argmap.StoreError) as error:
        argmap.load(store=endpoint.url)
    assert fail_code(error) == code
    assert said in str(error.value)
    assert str(error.value).startswith(endpoint.url)


def test_the_graphs_that_a_query_names_are_the_ones_asked(endpoint: Endpoint) -> None:
    push(tiny(), None, endpoint.url)
    review = argmap.load(store=endpoint.url)
    assert review.sparql("ASK { ?s ?p ?o }") is True
    assert review.sparql("ASK FROM <http://nonexistent/> { ?s ?p ?o }") is False
    assert review.sparql(f"ASK FROM <{tiny().review.base}review> {{ ?s ?p ?o }}") is True


@pytest.mark.parametrize(
    "reply",
    [
        answer("number", None),
        answer("number", "abc"),
        answer("number", "-1"),
        answer("number", "1", "2"),
        (200, {}, b'{"head": {"vars": ["number"]}, "results": {"bindings": []}}'),
        (200, {}, b'{"head": {}, "boolean": true}'),
    ],
)
def test_a_number_that_is_none(endpoint: Endpoint, reply: Reply) -> None:
    push(tiny(), None, endpoint.url)
    endpoint.trick = lambda _, fields, __: reply if "COUNT" in str(fields.get("query")) else None
    with pytest.raises(argmap.StoreError) as error:
        _ = argmap.load(store=endpoint.url).literature
    assert fail_code(error) == "server-answer"


@pytest.mark.parametrize(
    "reply", [answer("s", "x"), answer("s", None), (200, {}, b'{"head": {}, "boolean": true}')]
)
def test_triples_that_are_none(endpoint: Endpoint, reply: Reply) -> None:
    push(tiny(), None, endpoint.url)
    endpoint.trick = lambda _, fields, __: reply if "SELECT ?s ?p" in str(fields) else None
    with pytest.raises(argmap.StoreError) as error:
        _ = argmap.load(store=endpoint.url).literature
    assert fail_code(error) == "server-answer"


def test_what_a_server_says_of_its_limit_may_be_no_number(endpoint: Endpoint) -> None:
    push(tiny(), None, endpoint.url)
    review = argmap.load(store=endpoint.url)
    code, _, body = answer("s", "x")
    endpoint.trick = lambda *_: (code, {"X-SPARQL-MaxRows": "abc"}, body)
    assert len(review.sparql("SELECT ?s { ?s ?p ?o }")) == 1  # type: ignore[arg-type]
    endpoint.trick = lambda *_: (code, {"X-SPARQL-MaxRows": "1"}, body)
    with pytest.raises(argmap.StoreError, match="cut the answer short at 1 rows"):
        review.sparql("SELECT ?s { ?s ?p ?o }")


@pytest.mark.parametrize("challenge", ["Digest", "Digest realm=x", "Digest nonce=x, realm"])
def test_a_challenge_without_its_parts(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch, challenge: str
) -> None:
    monkeypatch.setenv("ARGMAP_STORE_USER", "ann")
    endpoint.trick = lambda *_: (401, {"WWW-Authenticate": challenge}, b"")
    with pytest.raises(argmap.StoreError) as error:
        argmap.load(store=endpoint.url)
    assert fail_code(error) in ("server-answer", "server-refused")


def test_pages_that_never_end(endpoint: Endpoint) -> None:
    push(tiny(), None, endpoint.url)
    page = endpoint.store.query("SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } } ORDER BY ?s LIMIT 9")
    assert isinstance(page, pyoxigraph.QuerySolutions)
    data = page.serialize(format=pyoxigraph.QueryResultsFormat.JSON)
    # The error below keeps this frame, and results must end on the thread that made them.
    del page
    endpoint.trick = lambda _, fields, __: (
        (200, {}, data) if "SELECT ?s ?p" in str(fields) else None
    )
    with pytest.raises(argmap.StoreError) as error:
        _ = argmap.load(store=endpoint.url, strict=False).literature
    assert fail_code(error) == "server-cut"


def test_an_answer_that_comes_byte_by_byte_is_given_up(endpoint: Endpoint) -> None:
    push(tiny(), None, endpoint.url)
    review = argmap.load(store=endpoint.url)
    endpoint.drip = 1
    began = time.monotonic()
    with pytest.raises(argmap.QueryError) as error:
        review.sparql("SELECT * { ?s ?p ?o } LIMIT 9", time_limit=0.3)
    assert error.value.diagnostic.code == "sparql-slow"
    with pytest.raises(argmap.QueryError):
        review.query("who-contests", "x", time_limit=0.3)
    with pytest.raises(argmap.StoreError) as silent:
        connect(endpoint.url, time_limit=0.3)
    assert fail_code(silent) == "server-slow"
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("status", [200, 302, 400, 403, 500])
def test_what_a_server_repeats_of_the_credentials_is_not_passed_on(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    def echo(path: str, fields: object, headers: dict[str, str]) -> Reply:
        return status, {"Location": f"http://h/?{headers['Authorization']}"}, str(headers).encode()

    endpoint.trick = echo
    monkeypatch.setenv("ARGMAP_STORE_USER", "ann")
    monkeypatch.setenv("ARGMAP_STORE_PASSWORD", "pass:word")
    monkeypatch.delenv("ARGMAP_STORE_TOKEN", raising=False)
    coded = base64.b64encode(b"ann:pass:word").decode()
    with pytest.raises(argmap.StoreError) as error:
        argmap.load(store=endpoint.url)
    assert coded not in str(error.value)
    monkeypatch.setenv("ARGMAP_STORE_TOKEN", "a-token")
    with pytest.raises(argmap.StoreError) as error:
        argmap.load(store=endpoint.url)
    assert "a-token" not in str(error.value)


@pytest.mark.parametrize(
    "token", ["SECRET\n", "SECRET\r\nX: y", "SÉCRET", "SECRET \u20ac", " SECRET"]
)
def test_a_token_that_cannot_be_sent(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    monkeypatch.setenv("ARGMAP_STORE_TOKEN", token)
    with pytest.raises(argmap.StoreError) as error:
        argmap.load(store=endpoint.url)
    assert fail_code(error) == "server-credentials"
    assert "CRET" not in str(error.value)
    assert endpoint.requests == []


def test_credentials_come_from_nowhere_else(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login ann password SECRET")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    push(tiny(), None, endpoint.url)
    assert not any("Authorization" in headers for _, _, headers in endpoint.requests)


def test_what_is_transient_is_tried_again(endpoint: Endpoint) -> None:
    push(tiny(), None, endpoint.url)
    left = [503, 429]
    endpoint.trick = lambda *_: (left.pop(), {"Retry-After": "0"}, b"") if left else None
    assert argmap.load(store=endpoint.url).sparql("ASK { ?s ?p ?o }") is True
    assert not left


@pytest.mark.parametrize(
    "asked", ["61", "3600", "9" * 500, "Fri, 31 Dec 9999 23:59:59 GMT", "31 Dec 9999 23:59:59"]
)
def test_nobody_waits_for_as_long_as_a_server_pleases(endpoint: Endpoint, asked: str) -> None:
    endpoint.trick = lambda *_: (503, {"Retry-After": asked}, b"busy")
    with pytest.raises(
        argmap.StoreError, match="more than 60 seconds before the next try"
    ) as error:
        argmap.load(store=endpoint.url)
    assert fail_code(error) == "server-failed"
    assert "busy" in str(error.value)
    assert len(str(error.value)) < 300
    assert len(endpoint.requests) == 1


@pytest.mark.parametrize(
    "asked", ["0", "soon", "-5", "1e9", "\u00b2", "Fri, 31 Dec 1999 23:59:59 GMT", ", , ,", ""]
)
def test_a_time_that_is_past_or_none_is_no_time_to_wait_for(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch, asked: str
) -> None:
    monkeypatch.setattr("argmap.query.servers._BACKOFF", 0)
    endpoint.trick = lambda *_: (503, {"Retry-After": asked}, b"busy")
    with pytest.raises(argmap.StoreError, match="the server failed: 503") as error:
        argmap.load(store=endpoint.url)
    assert "next try" not in str(error.value)
    assert len(endpoint.requests) == 4


def test_many_short_waits_are_a_long_one(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("argmap.query.servers._PATIENCE", 1.5)
    endpoint.trick = lambda *_: (429, {"Retry-After": "1"}, b"busy")
    with pytest.raises(argmap.StoreError, match=r"more than 1\.5 seconds before the next try"):
        argmap.load(store=endpoint.url)
    assert len(endpoint.requests) == 2


def test_what_may_not_be_done_twice_is_not(endpoint: Endpoint) -> None:
    endpoint.trick = lambda _, fields, __: (
        (503, {"Retry-After": "0"}, b"busy") if "MOVE" in str(fields.get("update")) else None
    )
    with pytest.raises(argmap.StoreError, match="the server failed: 503"):
        push(tiny(), None, endpoint.url)
    assert sum("MOVE" in str(fields) for _, fields, _ in endpoint.requests) == 1


def test_a_time_limit_ends_a_wait(endpoint: Endpoint) -> None:
    push(tiny(), None, endpoint.url)
    review = argmap.load(store=endpoint.url)
    endpoint.trick = lambda *_: (503, {"Retry-After": "50"}, b"busy")
    start = time.monotonic()
    with pytest.raises(argmap.QueryError) as error:
        review.sparql("ASK { ?s ?p ?o }", time_limit=0.2)
    assert error.value.diagnostic.code == "sparql-slow"
    assert time.monotonic() - start < 25


def test_nobody_listens(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("argmap.query.servers._BACKOFF", 0)
    with pytest.raises(argmap.StoreError) as error:
        argmap.load(store="http://127.0.0.1:9/query")
    assert fail_code(error) == "server-unreachable"
    assert "Connection refused" in str(error.value)


def test_a_server_with_no_review(endpoint: Endpoint) -> None:
    with pytest.raises(argmap.StoreError) as error:
        argmap.load(store=endpoint.url)
    assert fail_code(error) == "server-empty"
    assert "argmap push" in str(error.value)


@pytest.mark.parametrize(
    "url", ["http://", "http://host:x/", "ftp://host/", "file:///etc", "http://[::1/", "://"]
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(argmap.StoreError) as error:
        argmap.load(store=url)
    assert fail_code(error) == "server-address"


@pytest.mark.parametrize(
    "url",
    [
        "http://ann:secret@127.0.0.1:9/query",
        "ftp://ann:secret@127.0.0.1/",
        "http://ann:secret@127.0.0.1:99999/",
        "http://ann:secret@[::1/",
        "http://ann:se/secret@127.0.0.1/",
        "http://127.0.0.1:99999/?token=secret",
        "ftp://127.0.0.1/?a=b&token=secret#c",
    ],
)
def test_a_password_in_the_address_is_refused_and_not_repeated(url: str) -> None:
    with pytest.raises(argmap.StoreError) as error:
        argmap.load(store=url)
    assert fail_code(error) == "server-address"
    assert "secret" not in str(error.value)


def test_credentials_come_from_the_environment(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGMAP_STORE_USER", "ann")
    monkeypatch.setenv("ARGMAP_STORE_PASSWORD", "sécret: 1")
    push(tiny(), None, endpoint.url)
    sent = {headers.get("Authorization") for _, _, headers in endpoint.requests}
    assert sent == {"Basic " + base64.b64encode("ann:sécret: 1".encode()).decode()}
    monkeypatch.setenv("ARGMAP_STORE_TOKEN", "abc")
    argmap.load(store=endpoint.url)
    assert endpoint.requests[-1][2]["Authorization"] == "Bearer abc"


def test_a_digest_is_given_where_one_is_asked_for(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARGMAP_STORE_USER", "ann")
    monkeypatch.setenv("ARGMAP_STORE_PASSWORD", "secret")
    challenge = 'Digest realm="SPARQL", nonce="n", qop="auth", algorithm="MD5"'

    def demand(path: str, fields: object, headers: dict[str, str]) -> Reply | None:
        given = headers.get("Authorization", "")
        if given.startswith("Digest"):
            return None
        return 401, {} if given else {"WWW-Authenticate": challenge}, b""

    endpoint.trick = demand
    push(tiny(), None, endpoint.url)
    assert argmap.load(store=endpoint.url).sparql("ASK { ?s ?p ?o }") is True


def test_a_slow_server_is_given_up(endpoint: Endpoint) -> None:
    push(tiny(), None, endpoint.url)
    review = argmap.load(store=endpoint.url)

    def sleep(*_: object) -> None:
        time.sleep(1)

    endpoint.trick = sleep
    with pytest.raises(argmap.QueryError) as error:
        review.sparql("ASK { ?s ?p ?o }", time_limit=0.1)
    assert error.value.diagnostic.code == "sparql-slow"


@pytest.mark.parametrize(
    ("given", "query", "update"),
    [
        ("http://h:7878", "http://h:7878/query", "http://h:7878/update"),
        ("http://h:7878/", "http://h:7878/query", "http://h:7878/update"),
        ("http://h/ds/query", "http://h/ds/query", "http://h/ds/update"),
        ("http://h/ds/update", "http://h/ds/query", "http://h/ds/update"),
        ("http://h/ds", "http://h/ds", "http://h/ds"),
        ("http://h/sparql", "http://h/sparql", "http://h/sparql"),
        ("http://h/sparql-auth", "http://h/sparql-auth", "http://h/sparql-auth"),
        (
            "http://h/repositories/r",
            "http://h/repositories/r",
            "http://h/repositories/r/statements",
        ),
        (
            "http://h/repositories/r/statements",
            "http://h/repositories/r",
            "http://h/repositories/r/statements",
        ),
    ],
)
def test_where_queries_and_updates_go(given: str, query: str, update: str) -> None:
    assert find_query_url(given) == query
    assert find_update_url(given) == update


def test_a_review_on_disk_answers_itself(tmp_path: object, local: argmap.Review) -> None:
    folder = tmp_path / "store"  # type: ignore[operator]
    build_store(local.literature, local.derive(), folder)
    stored = argmap.load(store=folder)
    assert stored.query("who-contests", "desperate-fallback") == local.query(
        "who-contests", "desperate-fallback"
    )
    assert "not read yet" in repr(stored)
    with pytest.raises(argmap.UnknownName) as error:
        stored.query("who-holds", "desprate-fallback")
    assert error.value.candidates[0] == "bogdanov2019/desperate-fallback"
    assert stored.query("claims-of", "neoconservatives") == local.query(
        "claims-of", "group:neoconservatives"
    )
    assert pickle.loads(pickle.dumps(stored)).claims == local.claims


def test_errors_can_be_pickled() -> None:
    with pytest.raises(argmap.StoreError) as error:
        argmap.load(store="nowhere")
    again = pickle.loads(pickle.dumps(error.value))
    assert (str(again), again.diagnostics) == (str(error.value), error.value.diagnostics)
    with pytest.raises(argmap.CorpusError) as wrong:
        argmap.load("nowhere")
    copy = pickle.loads(pickle.dumps(wrong.value))
    assert (str(copy), copy.diagnostics) == (str(wrong.value), wrong.value.diagnostics)


def test_a_base_goes_with_a_server(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="address of a server"):
        argmap.load(store=tmp_path, base="http://example.org/")


def test_records_that_cannot_be_rdf_are_not_pushed(endpoint: Endpoint) -> None:
    spoilt = msgspec.structs.replace(
        tiny(), review=msgspec.structs.replace(tiny().review, base="nowhere")
    )
    with pytest.raises(argmap.StoreError):
        push(spoilt, None, endpoint.url)
    assert endpoint.requests == []
