"""SPARQL: what is read of a query, what is refused, and values that stay values."""

from __future__ import annotations

import threading
import time

import pyoxigraph
import pytest
import rdflib
from graph_examples import tiny
from hypothesis import given, settings
from hypothesis import strategies as st
from shared import ROOT

import argmap
from argmap.graph.stores import as_dataset, build_store
from argmap.query.bindings import bind
from argmap.query.limits import run_limited
from argmap.query.named import list_queries, parse_query
from argmap.query.sparql import StoredGraph
from argmap.query.syntax import find_form, read_tokens, refuse_service
from argmap.query.tables import Table

PREDICATE = pyoxigraph.NamedNode("http://example.org/says")


@pytest.fixture(scope="module")
def review() -> argmap.Review:
    return argmap.load(ROOT / "corpus", ROOT / "references.bib")


def code(error: pytest.ExceptionInfo[argmap.QueryError]) -> str:
    return error.value.diagnostic.code


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_no_value_can_change_a_query(value: str) -> None:
    store = pyoxigraph.Store()
    graph = StoredGraph(store, "")
    query = "SELECT ?s WHERE { ?s <http://example.org/says> ?value }"
    try:
        store.add(
            pyoxigraph.Quad(
                pyoxigraph.NamedNode("http://example.org/x"), PREDICATE, pyoxigraph.Literal(value)
            )
        )
    except UnicodeEncodeError:
        return
    store.add(
        pyoxigraph.Quad(
            pyoxigraph.NamedNode("http://example.org/y"), PREDICATE, pyoxigraph.Literal(1)
        )
    )
    bound = bind(query, {"value": value}, lambda record: record)
    assert graph.ask(bound) == Table(("s",), [("http://example.org/x",)])


@given(st.text())
def test_tokens_are_the_query_but_for_spaces(text: str) -> None:
    tokens = read_tokens(text)
    assert all(text[token.start : token.start + len(token.text)] == token.text for token in tokens)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "select * { service silent <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o . SERVICE?x { ?a ?b ?c } }",
        "SELECT * { ?s ?p 'a\\'b' SERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { \\u0053ERVICE <http://example.org/> { ?s ?p ?o } }",
        "SELECT * { # nothing\nSERVICE <http://example.org/> { ?s ?p ?o } }",
        'SELECT * { ?s ?p """x" """ SERVICE <http://example.org/> { ?s ?p ?o } }',
        "ASK { FILTER EXISTS { SERVICE <http://example.org/> { ?s ?p ?o } } }",
        # Engines need no space after a keyword, nor after a value.
        "SELECT * { SERVICESILENT<http://127.0.0.1:9/> { ?s ?p ?o } }",
        "PREFIX ex: <http://127.0.0.1:9/> SELECT * { SERVICEex:q { ?s ?p ?o } }",
        "PREFIX ex: <http://127.0.0.1:9/> SELECT * { serviceSILENTex:q { ?s ?p ?o } }",
        "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:q { ?s ?p ?o } }",
        "PREFIX SERVICE: <http://127.0.0.1:9/> SELECT * { SERVICESERVICE:a { ?s ?p ?o } }",
        "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p 1e5SERVICE<http://127.0.0.1:9/> { ?s ?p ?o } }",
        "PREFIX trueSERVICE: <http://127.0.0.1:9/> PREFIX : <http://127.0.0.1:9/> "
        "SELECT * { ?s ?p trueSERVICE:q { ?s ?p ?o } }",
        "PREFIX ex: <x:y> SELECT * { ?s ?p ex:.SERVICE<http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_other_servers_are_not_asked(query: str, review: argmap.Review) -> None:
    with pytest.raises(argmap.QueryError) as error:
        review.sparql(query)
    assert code(error) == "sparql-service"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p 'SERVICE' }",
        "SELECT * { ?s <http://example.org/SERVICE> ?o } # SERVICE",
        "PREFIX service: <http://example.org/> SELECT * { ?s service:SERVICE ?o }",
        'SELECT * { ?s ?p """the SERVICE""" }',
        "SELECT ?service (COUNT(?s) AS ?services) { ?s ?p ?service } GROUP BY ?service",
        "PREFIX my-service: <http://example.org/> ASK { ?s my-service:a.service ?o }",
    ],
)
def test_the_word_itself_is_no_sin(query: str, review: argmap.Review) -> None:
    refuse_service(query)
    assert isinstance(review.sparql(query), Table | bool)


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX ex: <x:y> SELECT * { ?s ex:p?trueSERVICE<http://127.0.0.1:9/> { ?s ?p ?o } }",
        # What looks like an IRI is the sign of less, and the string after it is none.
        "PREFIX q: <http://127.0.0.1:9/> "
        "SELECT * { ?a ?p ?b FILTER(?a<?b)SERVICEq:q#>\n{ ?s ?p ?o } }",
        "SELECT * { ?a ?p ?b FILTER(?a<'>')SERVICE<http://127.0.0.1:9/>{?s ?p ?o} ?c ?d '' }",
        "SELECT * { ?a ?p ?b FILTER(?a<?b#>'''\n) SERVICE<http://127.0.0.1:9/>{} #'''\n}",
    ],
)
def test_what_engines_may_read_otherwise_is_refused(query: str) -> None:
    with pytest.raises(argmap.QueryError):
        refuse_service(query)


def test_a_mistake_beside_the_word_is_told_as_one(review: argmap.Review) -> None:
    with pytest.raises(argmap.QueryError) as error:
        review.sparql("SELECT ?service { ?service ?p ] }")
    assert code(error) == "sparql-syntax"
    assert error.value.diagnostic.line == 1


def test_the_graphs_that_a_query_names_are_the_ones_asked(review: argmap.Review) -> None:
    count = "(COUNT(*) AS ?n)"
    bibliography = f"{review.literature.review.base}bibliography"
    every = "{ ?s ?p ?o }"
    inside = review.sparql(f"SELECT {count} {{ GRAPH <{bibliography}> {every} }}")
    for query in (
        f"SELECT {count} FROM <{bibliography}> {every}",
        f"PREFIX b: <{bibliography}> SELECT {count}FROM b: {every}",
    ):
        assert review.sparql(query) == inside
    assert review.sparql(f"SELECT {count} FROM <http://nonexistent/> {every}") == Table(
        ("n",), [(0,)]
    )


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "sparql-syntax"),
        ("# nothing", "sparql-syntax"),
        ("SELEKT * {}", "sparql-syntax"),
        ("SELECT ?s { ?s a nowhere:Claim }", "sparql-syntax"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "sparql-update"),
        ("PREFIX x: <x:> LOAD <http://example.org/>", "sparql-update"),
        ("BASE <http://x/> drop all", "sparql-update"),
        ("WITH <http://x/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "sparql-update"),
    ],
)
def test_what_is_no_query_is_refused(query: str, expected: str, review: argmap.Review) -> None:
    with pytest.raises(argmap.QueryError) as error:
        review.sparql(query)
    assert code(error) == expected


def test_errors_have_their_place(review: argmap.Review) -> None:
    with pytest.raises(argmap.QueryError) as error:
        review.sparql("SELECT ?s WHERE {\n  ?s ] }\n")
    assert error.value.diagnostic.line == 2
    with pytest.raises(argmap.QueryError, match="the prefix 'dcct:' is not declared") as error:
        review.sparql("SELECT ?s WHERE {\n  ?s a dcct:Claim }")
    assert (error.value.diagnostic.line, error.value.diagnostic.column) == (2, 8)
    assert "Did you mean 'dct'" in error.value.diagnostic.remedy
    with pytest.raises(argmap.QueryError) as error:
        review.sparql("SELECT ?s (COUNT(?t) AS ?n) { ?s am:topic ?t }")
    assert code(error) == "sparql-syntax"


def test_bindings_go_into_every_form(review: argmap.Review) -> None:
    claim = review.claims.get("desperate-fallback")
    text = "?claim dct:identifier ?id"
    for form, expected in (
        (f"ASK {{ {text} }}", True),
        (f"SELECT ?id WHERE {{ {text} }}", [{"id": claim.id}]),
        (f"SELECT ?id {{ {text} }}", [{"id": claim.id}]),
        (f"SELECT ?id {{ SELECT ?claim ?id {{ {text} }} }}", [{"id": claim.id}]),
        (
            f"SELECT (COUNT(?id) AS ?n) (EXISTS {{ ?a ?b ?c }} AS ?e) {{ {text} }}",
            [{"n": 1, "e": True}],
        ),
    ):
        found = review.sparql(form, claim=claim)
        assert (found.records() if isinstance(found, Table) else found) == expected, form
    triples = review.sparql(
        "CONSTRUCT { ?claim dct:title ?id } WHERE { ?claim dct:identifier ?id }", claim=claim
    )
    assert isinstance(triples, Table)
    assert triples.column("object") == [claim.id]
    with pytest.raises(argmap.QueryError) as error:
        review.sparql("CONSTRUCT WHERE { ?claim dct:identifier ?id }", claim=claim)
    assert code(error) == "sparql-binding"
    with pytest.raises(argmap.QueryError) as error:
        review.sparql("DESCRIBE ?claim", claim=claim)
    assert code(error) == "sparql-binding"


def test_values_of_every_sort(review: argmap.Review) -> None:
    query = "SELECT ?n { ?s am:depth ?n } LIMIT 1"
    assert review.sparql(query, n=2) == Table(("n",), [(2,)])
    assert review.sparql(query, n=[7, 2]) == Table(("n",), [(2,)])
    by_record = "ASK { ?claim am:text ?work }"
    work = review.works.get("bogdanov2019")
    assert review.sparql(by_record, work=work) is True
    assert review.sparql(by_record, work=rdflib.URIRef(review.iri("bogdanov2019").value)) is True
    assert review.sparql("ASK { ?s am:name ?n }", n=rdflib.Literal("x", lang="en")) is False
    for wrong in (None, object(), b"x", "\ud800", rdflib.BNode(), review.positions[0]):
        with pytest.raises(argmap.QueryError) as error:
            review.sparql(by_record, work=wrong)
        assert code(error) == "sparql-binding"


@pytest.mark.parametrize(
    "value",
    [
        rdflib.URIRef("http://a> } SERVICE <x"),
        rdflib.Literal("a", datatype=rdflib.URIRef("x y")),
        rdflib.Literal("\ud800"),
    ],
)
def test_terms_of_rdflib_that_are_none(value: object, review: argmap.Review) -> None:
    with pytest.raises(argmap.QueryError) as error:
        review.sparql("ASK { ?s ?p ?value }", value=value)
    assert code(error) == "sparql-binding"


def test_time_limits_that_no_clock_keeps(review: argmap.Review) -> None:
    for seconds in (1e300, float("inf")):
        assert review.sparql("ASK { ?s ?p ?o }", time_limit=seconds) is True
    for seconds in (float("nan"), -1):
        with pytest.raises(argmap.QueryError) as error:
            review.sparql("ASK { ?s ?p ?o }", time_limit=seconds)
        assert code(error) == "sparql-limit"


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ {'{' * 3000}{'}' * 3000} }}",
        f"ASK {{ FILTER({'(' * 5000}1{')' * 5000}) }}",
        f"ASK {{ FILTER({'!' * 20_000}true) }}",
        f"ASK {{ FILTER(true{' || true' * 20_000}) }}",
        f"ASK {{ {'OPTIONAL { ?s ?p ?o }' * 3000} }}",
    ],
)
def test_what_engines_die_of_is_refused(query: str, review: argmap.Review) -> None:
    with pytest.raises(argmap.QueryError) as error:
        review.sparql(query)
    assert code(error) == "sparql-deep"


def test_work_is_given_up_in_time() -> None:
    """Work that outlasts its limit is told to stop, and nobody waits for it."""
    stop = threading.Event()
    with pytest.raises(argmap.QueryError) as error:
        run_limited(lambda: stop.wait(60), 0.05, stop)
    assert code(error) == "sparql-slow"
    assert stop.is_set()
    assert run_limited(lambda: 1, 60, threading.Event()) == 1


def test_long_lists_are_not_deep(review: argmap.Review) -> None:
    query = "SELECT DISTINCT ?n { VALUES ?n { 2 } ?s ?p ?o }"
    assert review.sparql(query, n=list(range(-9000, 3))) == Table(("n",), [(2,)])


def test_results_are_plain_values(review: argmap.Review) -> None:
    found = review.sparql(
        "SELECT * { VALUES (?i ?d ?b ?s ?y ?u ?x) "
        "{ (1 2.5 true 'a' '1999'^^xsd:gYear UNDEF <x:y>) } }"
    )
    assert isinstance(found, Table)
    assert found.records() == [
        {"i": 1, "d": 2.5, "b": True, "s": "a", "y": 1999, "u": None, "x": "x:y"}
    ]
    assert review.sparql("SELECT * { VALUES ?n { 'x'^^xsd:integer } }").rows == (("x",),)  # type: ignore[union-attr]


def test_a_query_is_given_up_in_time(review: argmap.Review) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . FILTER(?a != ?f) }"
    _ = review.store
    began = time.monotonic()
    with pytest.raises(argmap.QueryError) as error:
        review.sparql(endless, time_limit=0.2)
    assert code(error) == "sparql-slow"
    assert time.monotonic() - began < 20


def test_forms_are_found_behind_prologues() -> None:
    query = "# SELECT\nPREFIX a: <x:y#>\nBASE <z:z>\nprefix : <b:>\nAsk {}"
    assert find_form(query) == "ASK"


@pytest.mark.parametrize("name", list_queries())
def test_named_queries_explain_themselves(name: str) -> None:
    query = list_queries()[name]
    assert query.title
    assert not query.title.endswith(".")
    assert bool(query.parameters) == bool(query.example)
    variables = {token.text[1:] for token in read_tokens(query.text) if token.kind == "variable"}
    for parameter in query.parameters:
        assert parameter.name in variables
        assert parameter.kind in ("claim", "holder", "work", "text", "topic", "words")
    # All rows in an order that every engine can keep.
    assert query.text.rstrip().rpartition("\n")[2].startswith("ORDER BY ?")


SMALL = (
    "texts",
    "undercuts",
    "disputes",
    "nobody-citable",
    "schools",
    "asserted-once",
    "who-cites",
)


@pytest.mark.parametrize("name", SMALL)
def test_another_engine_gives_the_same_rows(name: str) -> None:
    """Rdflib's own engine agrees on a small graph; servers are tried with the clients."""
    from argmap.graph.vocabulary import PREFIXES

    store = build_store(tiny())
    mine = StoredGraph(store, tiny().review.base).ask(list_queries()[name].text)
    assert isinstance(mine, Table)
    graph = rdflib.Graph()
    graph.parse(data=as_dataset(store).serialize(format="nt"), format="nt")
    theirs = [
        tuple(None if value is None else value.toPython() for value in row)
        for row in graph.query(list_queries()[name].text, initNs=PREFIXES)
    ]
    shown = [tuple(None if v is None else str(v) for v in row) for row in theirs]
    assert sorted(shown, key=str) == sorted(
        (tuple(None if v is None else str(v) for v in row) for row in mine.rows), key=str
    )


def test_answers_and_queries_agree(review: argmap.Review) -> None:
    for claim in review.claims:
        asked = {row.holder for row in review.who_contests(claim.id) if row.side == "con"}
        assert set(review.query("who-contests", claim.id).column("holder")) >= (
            asked - _inherited(review, claim.id)
        ), claim.id
    citable = set(review.query("nobody-citable").column("claim"))
    assert citable == {row.claim for row in review.uncitable()}
    once = set(review.query("asserted-once").column("claim"))
    assert once == {row.claim for row in review.asserted_once()}
    assert len(review.query("undercuts")) == len(review.undercut())


def _inherited(review: argmap.Review, claim: str) -> set[str]:
    """Return the members who are against a claim through their group's dispute alone."""
    return {row.holder for row in review.who_contests(claim) if row.how.startswith("as one of")}


def test_a_file_of_ones_own() -> None:
    query = parse_query("mine.rq", "# Mine\n# more\n# @param x claim the claim\nASK { ?x ?p ?o }")
    assert (query.title, query.about, query.parameters[0].kind) == ("Mine", "more", "claim")
    assert parse_query("bare.rq", "ASK {}").title == "bare.rq"
