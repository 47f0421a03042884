"""The networkx view: what nodes and edges stand in it, and its projections."""

from __future__ import annotations

import io
import re

import msgspec
import networkx
import pytest
from analysis_examples import draw_literature, literature
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.analysis import analyse
from argmap.model import Anchor, Citation, Derived, Literature, School
from argmap.network import (
    build_network,
    project_claims,
    project_holders,
    project_sides,
    project_works,
)


def example() -> Literature:
    """a and b against c; s supports the contest; an analyst's contest with an undercut on it."""
    found = literature(
        "p: @a +, @b + by=s",
        "q: @c +, @d .",
        "r: group:g -",
        "p contests q id k",
        "r undercuts [k] id u",
        "q contests r id x basis analyst",
        "p undercuts [x] id y",
        "p supports r evidential id e",
        members={"group:g": ["@silent"]},
        texts=("s", "t"),
    )
    cited = (
        Citation(claim="t/p", work="b", locator="p. 9", role="evidence", text="t"),
        Citation(claim="t/p", work="b", role="carries", text="t"),
        Citation(relation="k", work="a", role="carries", text="t"),
        Citation(relation="x", work="d", role="carries", text="s"),
    )
    claims = tuple(
        msgspec.structs.replace(
            claim, topic="war", anchor=Anchor(text="t", page="12", start=5, end=9)
        )
        for claim in found.claims
    )
    return msgspec.structs.replace(found, citations=cited, claims=claims)


def test_nodes_are_claims_holders_and_works() -> None:
    graph = build_network(example())
    kinds = {name: data["node"] for name, data in graph.nodes(data=True)}
    assert kinds["t/p"] == "claim"
    assert kinds["@a"] == kinds["group:g"] == kinds["@silent"] == "holder"
    assert kinds["a"] == kinds["t"] == "work"
    assert graph.nodes["t/p"] == {
        "node": "claim",
        "label": "p",
        "statement": "t/p is so.",
        "text": "t",
        "kind": "descriptive",
        "weight": "supporting",
        "topic": "war",
        "page": "12",
        "span_start": 5,
        "span_end": 9,
    }
    assert graph.nodes["group:g"]["members"] == "@silent"


def test_relations_keep_their_ids_and_what_they_bear_on() -> None:
    """The undercut u bears on p contests q, and so points to q."""
    graph = build_network(example())
    contest = graph.edges["t/p", "t/q", "k"]
    assert (contest["edge"], contest["kind"], contest["sign"]) == ("relation", "contests", -1)
    assert graph.edges["t/r", "t/q", "u"]["step"] == "k"
    # The existence of a position as evidence says nothing about agreement.
    assert graph.edges["t/p", "t/r", "e"]["sign"] == 0


def test_the_analyst_is_left_out_with_all_that_hangs_on_it() -> None:
    def ids(graph: networkx.MultiDiGraph) -> set[str]:  # type: ignore[type-arg]
        return {
            key
            for _, _, key, data in graph.edges(keys=True, data=True)
            if data["edge"] == "relation"
        }

    assert ids(build_network(example())) == {"k", "u", "e"}
    wide = build_network(example(), with_analyst=True)
    assert ids(wide) == {"k", "u", "e", "x", "y"}
    assert wide.has_edge("t/q", "d")
    assert not build_network(example()).has_edge("t/q", "d")


def test_positions_and_citations() -> None:
    graph = build_network(example())
    (position,) = graph["@b"]["t/p"].values()
    assert (position["edge"], position["kind"], position["reported_by"]) == (
        "position",
        "asserts",
        "s",
    )
    (relayed,) = graph["@d"]["t/q"].values()
    assert relayed["sign"] == 0
    assert sorted(data["kind"] for data in graph["t/p"]["b"].values()) == ["carries", "evidence"]
    (serving,) = graph["t/p"]["a"].values()
    assert serving["relation"] == "k"


def test_findings_stand_on_claims_and_holders() -> None:
    found = example()
    derived = analyse(found, draws=0)
    school = School(id="alpha", name="Alpha", members=("@a", "@b"))
    graph = build_network(found, msgspec.structs.replace(derived, schools=(school,)))
    assert graph.nodes["t/q"]["status"] == "disputed"
    assert graph.nodes["t/q"]["con"] == 2
    assert graph.nodes["t/p"]["dispute"] == graph.nodes["t/q"]["dispute"]
    assert graph.nodes["@a"]["school"] == graph.nodes["a"]["school"] == "alpha"
    assert "school" not in graph.nodes["@c"]


def test_holders_agree_and_disagree() -> None:
    """a and b hold p and so oppose q (2 agreements); c holds q and so opposes p (2 each against).

    d only reports; g disputes r alone.
    """
    graph = project_holders(example(), analyse(example(), draws=0))
    assert graph.edges["@a", "@b"] == {
        "agreements": 2,
        "disagreements": 0,
        "weight": 2,
        "sign": 1,
    }
    assert graph.edges["@a", "@c"]["weight"] == -2
    assert graph.degree("@d") == 0
    assert graph.number_of_edges() == 4  # and g with its member, who inherits


def test_works_citing_works() -> None:
    graph = project_works(example())
    assert graph.edges["t", "b"] == {"weight": 2, "carries": 1, "evidence": 1}
    assert graph.edges["t", "a"]["weight"] == 1
    assert graph.nodes["b"]["authors"] == "bson, A."


def test_two_modes() -> None:
    graph = project_sides(example(), analyse(example(), draws=0))
    assert graph.edges["@c", "t/p"] == {"side": "con", "weight": -1}
    assert networkx.is_bipartite(graph)
    assert {data["bipartite"] for _, data in graph.nodes(data=True)} == {0, 1}


def test_claims_only() -> None:
    graph = project_claims(build_network(example()))
    assert set(graph) == {"t/p", "t/q", "t/r"}
    assert graph.number_of_edges() == 3


def test_every_attribute_is_documented() -> None:
    """What the docstring names in double backticks is what nodes and edges carry."""
    documented = set(re.findall(r"``(\w+)``", build_network.__doc__ or ""))
    graph = build_network(example(), analyse(example(), draws=0), with_analyst=True)
    for _, data in graph.nodes(data=True):
        assert set(data) <= documented
    for _, _, data in graph.edges(data=True):
        assert set(data) <= documented


def test_an_empty_literature_is_an_empty_network() -> None:
    assert build_network(Literature()).number_of_nodes() == 0
    assert project_holders(Literature(), Derived()).number_of_nodes() == 0


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_the_network_loses_nothing_and_every_writer_takes_it(seed: int) -> None:
    found = draw_literature(seed)
    graph = build_network(found, analyse(found, draws=0), with_analyst=True)
    kinds = [data["edge"] for _, _, data in graph.edges(data=True)]
    assert kinds.count("position") == len(found.positions)
    assert kinds.count("relation") == len(found.relations)
    networkx.write_graphml(graph, io.BytesIO())
    assert isinstance(networkx.node_link_data(graph), dict)


@pytest.mark.parametrize("seed", range(5))
def test_signed_weights_are_those_of_the_sides(seed: int) -> None:
    """Counted claim by claim for each pair."""
    found = draw_literature(seed)
    derived = analyse(found, draws=0)
    graph = project_holders(found, derived)
    side = {
        (holder, standing.claim): value
        for standing in derived.standings
        for value, holders in ((1, standing.pro), (-1, standing.con))
        for holder in holders
    }
    names = sorted({holder for holder, _ in side})
    for one in names:
        for other in names:
            if one >= other:
                continue
            products = [
                side[one, claim] * side[other, claim]
                for holder, claim in side
                if holder == one and (other, claim) in side
            ]
            weight = graph.edges[one, other]["weight"] if graph.has_edge(one, other) else None
            assert weight == (sum(products) if products else None)
