"""Reviews on a server: pushed, asked, fetched, and what is said when the server does not do it."""

from __future__ import annotations

import base64
import pickle
import shlex
from collections.abc import Iterator

import msgspec
import pytest
from endpoint_examples import Endpoint, Reply, serve
from graph_examples import odd, tiny, tiny_derived
from shared import ROOT

import argmap
from argmap.graph import build_store, read_records
from argmap.model import Literature
from argmap.query.endpoints import find_query_url, find_update_url
from argmap.query.named import list_queries
from argmap.query.push import push


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
        import pyoxigraph

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


def test_what_is_transient_is_tried_again(endpoint: Endpoint) -> None:
    push(tiny(), None, endpoint.url)
    left = [503, 429]
    endpoint.trick = lambda *_: (left.pop(), {"Retry-After": "0"}, b"") if left else None
    assert argmap.load(store=endpoint.url).sparql("ASK { ?s ?p ?o }") is True
    assert not left


def test_nobody_listens(endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("argmap.query.endpoints._BACKOFF", 0)
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


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(argmap.StoreError) as error:
        argmap.load(store="http://ann:secret@127.0.0.1:9/query")
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
    import time

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


def test_records_that_cannot_be_rdf_are_not_pushed(endpoint: Endpoint) -> None:
    spoilt = msgspec.structs.replace(
        tiny(), review=msgspec.structs.replace(tiny().review, base="nowhere")
    )
    with pytest.raises(argmap.StoreError):
        push(spoilt, None, endpoint.url)
    assert endpoint.requests == []
