"""Views: what is shown of the shipped review, of a hostile one, and of an empty one."""

from __future__ import annotations

import random
from collections import Counter

import msgspec
import pytest
from graph_examples import tiny, tiny_derived
from shared import ROOT
from view_examples import hostile, list_values

from argmap.analysis import analyse
from argmap.exports.palette import KINDS, NEUTRAL, colour_schools
from argmap.exports.view_losses import list_view_losses
from argmap.exports.view_sources import LONGEST_LABEL, label_claim, label_holder
from argmap.exports.views import View, ViewUnknown, build_view
from argmap.literature import load_literature
from argmap.model import Claim, Derived, Literature
from argmap.network import choose_relations, find_goal
from argmap.order import sort_records

NAMES = ("claims", "holders", "full", "dispute:coalitions-effective-by-design")


@pytest.fixture(scope="module")
def shipped() -> tuple[Literature, Derived]:
    literature = load_literature(ROOT / "corpus", ROOT / "references.bib").literature
    return literature, analyse(literature, draws=0)


@pytest.fixture(scope="module")
def views(shipped: tuple[Literature, Derived]) -> dict[str, View]:
    return {name: build_view(*shipped, name) for name in NAMES}


def test_claims_shows_every_claim_and_every_relation_that_counts(
    shipped: tuple[Literature, Derived], views: dict[str, View]
) -> None:
    literature, _ = shipped
    view = views["claims"]
    assert [node.id for node in view.nodes] == [claim.id for claim in literature.claims]
    relations = choose_relations(literature, with_analyst=False)
    expected = Counter(
        (relation.source, find_goal(relation, relations), relation.type)
        for relation in relations.values()
    )
    shown = {(edge.source, edge.target, edge.kind): edge.weight for edge in view.edges}
    assert shown == expected
    named = [
        name
        for values in list_values(view, "edge").values()
        for name in values["relation"].split("; ")
    ]
    assert sorted(named) == sorted(relations)


def test_an_undercut_points_at_the_target_of_the_step_in_claims(views: dict[str, View]) -> None:
    view = views["claims"]
    edge = next(
        edge
        for edge in view.edges
        if edge.kind == "undercuts" and "real-cases-not-clear-cut" in edge.source
    )
    step = list_values(view, "edge")[edge.id]["step"]
    assert edge.target == "rynningschmitt2018/coalitions-effective-by-design"
    assert step.endswith(".supports.rynningschmitt2018/coalitions-effective-by-design")


def test_an_undercut_points_at_a_node_of_the_step_in_full(views: dict[str, View]) -> None:
    view = views["full"]
    steps = {node.id for node in view.nodes if node.kind == "relation"}
    assert {edge.target for edge in view.edges if edge.kind == "undercuts"} == steps
    for step in steps:
        into = [edge for edge in view.edges if edge.target == step and edge.kind == "supports"]
        out = [edge for edge in view.edges if edge.source == step and edge.kind == "supports"]
        assert (len(into), len(out)) == (1, 1)
        values = list_values(view, "edge")
        assert values[into[0].id]["relation"] == values[out[0].id]["relation"]
        assert f"relation:{values[out[0].id]['relation']}" == step


def test_full_shows_every_work_once_and_every_position(
    shipped: tuple[Literature, Derived], views: dict[str, View]
) -> None:
    literature, _ = shipped
    view = views["full"]
    works = [node.id for node in view.nodes if node.kind == "work"]
    assert set(works) >= {f"@{work.key}" for work in literature.works}
    stances = Counter(edge.kind for edge in view.edges if edge.source[0] in "@ag")
    positions = {(each.holder, each.claim, each.stance) for each in literature.positions}
    counted = Counter(stance for _, _, stance in positions)
    assert {kind: stances[kind] for kind in counted} == counted
    cited = sum(edge.weight for edge in view.edges if edge.kind == "cites")
    relations = choose_relations(literature, with_analyst=False)
    assert cited == sum(bool(c.claim) or c.relation in relations for c in literature.citations)


def test_holders_agree_and_disagree_as_the_standings_have_it(
    shipped: tuple[Literature, Derived], views: dict[str, View]
) -> None:
    _, derived = shipped
    view = views["holders"]
    agree = disagree = 0
    for standing in derived.standings:
        pro, con = len(standing.pro), len(standing.con)
        agree += pro * (pro - 1) // 2 + con * (con - 1) // 2
        disagree += pro * con
    assert sum(edge.weight for edge in view.edges if edge.kind == "agrees") == agree
    assert sum(edge.weight for edge in view.edges if edge.kind == "disagrees") == disagree
    assert not view.directed
    sides = {
        holder
        for standing in derived.standings
        for holder in (*standing.pro, *standing.con, *standing.mixed)
    }
    assert {node.id for node in view.nodes} == sides


def test_a_dispute_shows_its_claims_its_sides_and_what_is_next_to_them(
    views: dict[str, View],
) -> None:
    view = views["dispute:coalitions-effective-by-design"]
    sides = {(e.source, e.kind) for e in view.edges if e.kind in ("for", "against")}
    assert sides == {("@weitsman2013", "for"), ("@rynningschmitt2018", "against")}
    claims = {node.id.rpartition("/")[2] for node in view.nodes if node.kind == "claim"}
    assert {"coalitions-effective-by-design", "real-cases-not-clear-cut"} <= claims


@pytest.mark.parametrize("name", NAMES)
def test_every_view_is_sound(
    shipped: tuple[Literature, Derived], views: dict[str, View], name: str
) -> None:
    view = views[name]
    assert_sound(view)
    schools = colour_schools(shipped[1])
    assert {node.colour for node in view.nodes} <= {*schools.values(), NEUTRAL, *KINDS.values()}
    assert view.date == "2019-01-01"
    for columns, rows in ((view.node_columns, view.nodes), (view.edge_columns, view.edges)):
        for place, column in enumerate(columns):
            assert any(row.values[place] is not None for row in rows), column.name


def test_holders_have_the_colours_of_their_schools(
    shipped: tuple[Literature, Derived], views: dict[str, View]
) -> None:
    colours = colour_schools(shipped[1])
    schools = {
        member: school.id
        for school in shipped[1].schools
        if school.topic is None
        for member in school.members
    }
    for node in views["holders"].nodes:
        assert node.colour == (colours[schools[node.id]] if node.id in schools else NEUTRAL)
    assert len({colours[school] for school in schools.values()}) == len(set(schools.values()))


def test_claims_know_their_page_year_and_passage(views: dict[str, View]) -> None:
    values = list_values(views["claims"], "node")
    claim = values["rynningschmitt2018/coalitions-effective-by-design"]
    assert claim["text"] == "rynningschmitt2018"
    assert claim["page"]
    assert claim["url"].startswith("https://doi.org/10.1093/oxfordhb/")
    assert "#:~:text=" in claim["url"]
    assert claim["status"] == "disputed"
    assert claim["year"] == 2013


def test_the_order_of_records_changes_nothing(shipped: tuple[Literature, Derived]) -> None:
    literature, derived = shipped
    shuffled = msgspec.structs.replace(
        literature,
        **{
            name: tuple(random.Random(1).sample(records, len(records)))
            for name in ("works", "holders", "claims", "positions", "relations", "citations")
            if (records := getattr(literature, name))
        },
    )
    for name in NAMES:
        assert build_view(sort_records(shuffled), derived, name) == build_view(*shipped, name)


def test_one_topic_shows_its_claims_alone(shipped: tuple[Literature, Derived]) -> None:
    literature, _ = shipped
    derived = analyse(literature, topic="effectiveness", draws=0)
    chosen = {claim.id for claim in literature.claims if claim.topic == "effectiveness"}
    for name in ("claims", "full"):
        view = build_view(literature, derived, name)
        assert {node.id for node in view.nodes if node.kind == "claim"} == chosen
        assert_sound(view)


def test_the_analysts_relations_are_shown_when_they_count(
    shipped: tuple[Literature, Derived],
) -> None:
    literature, derived = shipped
    counted = analyse(literature, with_analyst=True, draws=0)
    without = build_view(literature, derived, "claims", positions=False)
    with_them = build_view(literature, counted, "claims", positions=False)
    assert len(with_them.edges) > len(without.edges)
    assert any(values["basis"] == "analyst" for values in list_values(with_them, "edge").values())


@pytest.mark.parametrize("name", ["claims", "holders", "full", "dispute:marks"])
def test_hostile_content_is_shown(name: str) -> None:
    literature = hostile()
    view = build_view(literature, analyse(literature, draws=0), name)
    assert_sound(view)
    assert view.nodes


def test_relations_of_one_kind_between_two_claims_are_one_edge() -> None:
    literature = hostile()
    view = build_view(literature, analyse(literature, draws=0), "claims")
    edge = next(edge for edge in view.edges if edge.kind == "undercuts")
    assert (edge.id, edge.weight, edge.sign) == ("r4; r5", 2, -1)
    assert list_values(view, "edge")["r4; r5"]["step"] == "r1; r2"
    kinds = {
        e.kind for e in view.edges if (e.source, e.target) == ("ferry/marks", "ferry/controls")
    }
    assert kinds == {"supports", "contests"}


@pytest.mark.parametrize("name", ["claims", "holders", "full"])
def test_nothing_is_a_view_too(name: str) -> None:
    view = build_view(Literature(), Derived(), name)
    assert (view.nodes, view.edges, view.date) == ((), (), "")


def test_an_invented_review_with_everything() -> None:
    for name in ("claims", "holders", "full"):
        assert_sound(build_view(tiny(), tiny_derived(), name))


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        ("clams", "view-unknown", "Did you mean 'claims'?"),
        ("dispute", "claim-unknown", "`argmap disputes` lists them."),
        ("dispute:0", "dispute-unknown", "`argmap disputes` lists them."),
        ("dispute:23", "dispute-unknown", "`argmap disputes` lists them."),
        ("dispute:" + "9" * 5000, "dispute-unknown", "`argmap disputes` lists them."),
        ("dispute:²", "claim-unknown", "`argmap disputes` lists them."),
        ("dispute:coalition-effective-by-design", "claim-unknown", "coalitions-effective"),
        ("dispute:afghanistan-mended-nato", "dispute-unknown", "`argmap disputes` lists them."),
    ],
)
def test_unknown_views_are_told(
    shipped: tuple[Literature, Derived], name: str, code: str, told: str
) -> None:
    with pytest.raises(ViewUnknown) as caught:
        build_view(*shipped, name)
    assert caught.value.code == code
    assert told in caught.value.remedy


def test_a_dispute_is_named_by_number_slug_or_id(shipped: tuple[Literature, Derived]) -> None:
    first = shipped[1].disputes[0]
    assert first.focal == "rynningschmitt2018/alliances-keep-peace"
    views = [
        build_view(*shipped, f"dispute:{name}")
        for name in ("1", "alliances-keep-peace", first.focal, first.claims[-1])
    ]
    assert all(view.nodes == views[0].nodes for view in views)


def test_what_a_view_does_not_show_is_told(
    shipped: tuple[Literature, Derived], views: dict[str, View]
) -> None:
    literature, _ = shipped
    (hidden, uncoded) = list_view_losses(literature, views["claims"], "gexf")
    assert f"{len(literature.positions)} positions" in hidden.message
    assert "93 works" in hidden.message
    analyst = sum(relation.basis == "analyst" for relation in literature.relations)
    assert f"{analyst} relations" in hidden.message
    assert "claims," not in hidden.message.partition("which")[0]
    assert "passages without a claim" in uncoded.message
    (analyst, _) = list_view_losses(literature, views["full"], "gexf")
    left = sum(relation.basis == "analyst" for relation in literature.relations)
    assert f"{left} relations" in analyst.message
    assert "position" not in analyst.message


def test_braces_in_a_name_are_told_as_they_are() -> None:
    view = View(name="dispute:{0!r}{x")
    literature = Literature(claims=(Claim(id="t/a", text="t", statement="A."),))
    (hidden,) = list_view_losses(literature, view, "gexf")
    assert "1 claim, which the view dispute:{0!r}{x does" in hidden.message


def test_labels_are_short_and_say_something() -> None:
    def label(slug: str, statement: str) -> str:
        return label_claim(Claim(id=f"t/{slug}", text="t", statement=statement))

    assert label("dogs-bark", "Dogs bark at night.") == "dogs bark"
    assert label("c000123", "Dogs bark at night and by day, all of them.") == (
        "Dogs bark at night and by day, all…"
    )
    assert label("1", "") == "1"
    assert label("x", "word" * 50).endswith("…")
    assert label_holder("group:eu", "Old Europe, the opponents of the war in Iraq") == "Old Europe"
    assert label_holder("group:who-say-iraq", "Those who say that Iraq has been of no use") == (
        "Who say Iraq"
    )


def assert_sound(view: View) -> None:
    """Assert what every view promises, whatever it shows."""
    nodes = [node.id for node in view.nodes]
    edges = [edge.id for edge in view.edges]
    assert nodes == sorted(set(nodes))
    assert edges == sorted(set(edges))
    assert {end for edge in view.edges for end in (edge.source, edge.target)} <= set(nodes)
    ways = [
        (*((edge.source, edge.target) if view.directed else sorted((edge.source, edge.target))),
         edge.kind)
        for edge in view.edges
    ]  # fmt: skip
    assert len(ways) == len(set(ways))
    for edge in view.edges:
        assert edge.weight > 0
        assert edge.colour == KINDS[edge.kind]
        assert len(edge.values) == len(view.edge_columns)
    for node in view.nodes:
        assert 0 < len(node.label) <= LONGEST_LABEL
        assert "\n" not in node.label
        assert len(node.values) == len(view.node_columns)
        assert node.size > 0
    for first, node in enumerate(view.nodes):
        for other in view.nodes[first + 1 :]:
            apart = ((node.x - other.x) ** 2 + (node.y - other.y) ** 2) ** 0.5
            assert apart >= node.size + other.size
