"""The graph formats: everything in a view comes back, whatever it holds; what does not is told."""

from __future__ import annotations

import csv
import json
import re
import xml.etree.ElementTree as ElementTree
from io import BytesIO, StringIO
from typing import Any

import networkx
import pytest
from graph_examples import tiny, tiny_derived
from hypothesis import example, given
from hypothesis import strategies as st
from shared import ROOT
from view_examples import hostile, list_values, read_gexf

from argmap.analysis import analyse
from argmap.exports.dot import write_dot
from argmap.exports.gexf import write_gexf
from argmap.exports.graph_objects import write_cytoscape, write_graphology
from argmap.exports.graph_tables import CSV, write_edges, write_nodes, write_tables
from argmap.exports.graphml import write_graphml
from argmap.exports.markup import pair_backslashes, wrap_column
from argmap.exports.palette import split_colour
from argmap.exports.registry import Draw, Exporter, draw_whole, list_exporters, load_exporter
from argmap.exports.view_records import Column, Edge, Node, View
from argmap.exports.views import build_view
from argmap.literature import load_literature
from argmap.model import Derived, Literature

GOLDEN = ROOT / "tests" / "golden"
UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
DRAWS: dict[str, Draw] = {
    "gexf": write_gexf,
    "graphml": write_graphml,
    "dot": write_dot,
    "csv": write_tables,
    "cyjs": write_cytoscape,
    "graphology.json": write_graphology,
}


def clean(text: str) -> str:
    return UNWANTED.sub("", text)


def cleaned(values: dict[str, Any]) -> dict[str, Any]:
    return {
        name: clean(value) if isinstance(value, str) else value for name, value in values.items()
    }


def show_hostile() -> list[View]:
    literature = hostile()
    derived = analyse(literature, draws=0)
    return [build_view(literature, derived, name) for name in ("claims", "holders", "full")]


@pytest.fixture(scope="module", params=["claims", "holders", "full", "empty", "edgeless", "real"])
def view(request: pytest.FixtureRequest) -> View:
    if request.param == "empty":
        return build_view(Literature(), Derived(), "full")
    if request.param == "edgeless":
        nodes = (Node(id="a", label="a", kind="claim"), Node(id="b", label="b", kind="claim", x=9))
        return View(name="claims", nodes=nodes)
    if request.param == "real":
        literature = load_literature(ROOT / "corpus", ROOT / "references.bib").literature
        return build_view(literature, analyse(literature, draws=0), "full")
    return next(view for view in show_hostile() if view.name == request.param)


def test_gexf_brings_everything_back(view: View) -> None:
    data, _ = draw_whole(write_gexf, view)
    nodes, edges = read_gexf(data)
    assert list(nodes) == [node.id for node in view.nodes]
    assert list(edges) == [edge.id for edge in view.edges]
    known = list_values(view, "node")
    for node in view.nodes:
        row = nodes[node.id]
        assert row["label"] == clean(node.label)
        assert row.get("start") == (None if node.year is None else f"{node.year}.0")
        assert float(row["position"]["x"]) == node.x
        assert float(row["position"]["y"]) == node.y
        assert float(row["size"]["value"]) == node.size
        assert tuple(int(row["color"][part]) for part in "rgb") == split_colour(node.colour)
        assert {n[1:]: v for n, v in row.items() if n[0] == "="} == cleaned(known[node.id])
    known = list_values(view, "edge")
    for edge in view.edges:
        row = edges[edge.id]
        assert (row["source"], row["target"], row["kind"]) == (edge.source, edge.target, edge.kind)
        assert float(row["weight"]) == edge.weight > 0
        values = {n[1:]: v for n, v in row.items() if n[0] == "="}
        assert values == cleaned({"sign": edge.sign, **known[edge.id]})


def test_gexf_has_what_gephi_needs(view: View) -> None:
    data, _ = draw_whole(write_gexf, view)
    text = data.decode()
    root = ElementTree.fromstring(data)
    graph = root[-1]
    tags = [re.sub("{.*}", "", child.tag) for child in graph]
    assert tags == ["attributes", "attributes", "nodes", "edges"]
    assert graph.get("defaultedgetype") == ("directed" if view.directed else "undirected")
    dated = any(node.year is not None for node in view.nodes)
    assert graph.get("mode") == ("dynamic" if dated else "static")
    assert graph.get("timeformat") == ("double" if dated else None)
    titles = re.findall('<attribute id="(.*?)" title="(.*?)"', text)
    assert not {name.lower() for pair in titles for name in pair} & {
        "id",
        "type",
        "label",
        "weight",
        "start",
        "end",
        "timeset",
        "interval",
    }
    assert 'type="anyURI"' not in text


def test_graphml_brings_everything_back(view: View) -> None:
    data, _ = draw_whole(write_graphml, view)
    graph = networkx.read_graphml(BytesIO(data))
    assert set(graph) == {node.id for node in view.nodes}
    known = list_values(view, "node")
    for node in view.nodes:
        row = graph.nodes[node.id]
        values = {name: row[name] for name in row if name not in ("label", *"xyrgb", "size")}
        assert values == cleaned(known[node.id])
        assert (row["label"], row["x"], row["y"]) == (clean(node.label), node.x, node.y)
    if graph.is_multigraph():
        found = {key: (*ends, data) for *ends, key, data in graph.edges(keys=True, data=True)}
    else:
        found = {data.pop("id"): (*ends, data) for *ends, data in graph.edges(data=True)}
    known = list_values(view, "edge")
    assert set(found) == set(known)
    for edge in view.edges:
        source, target, row = found[edge.id]
        assert {source, target} == {edge.source, edge.target}
        own = {"kind": edge.kind, "sign": edge.sign, "weight": edge.weight}
        values = {name: row[name] for name in row if name not in (*"rgb", "id")}
        assert values == cleaned(own | known[edge.id])


def test_tables_bring_everything_back(view: View) -> None:
    for write, kind in ((write_nodes, "node"), (write_edges, "edge")):
        data, _ = draw_whole(write, view)
        rows = list(csv.DictReader(StringIO(data.decode(), newline="")))
        known = list_values(view, kind)
        assert [row["Id"] for row in rows] == list(known)
        for row in rows:
            values = {name: row[name] for name in known[row["Id"]]}
            assert values == {name: show(value) for name, value in known[row["Id"]].items()}
    both, _ = draw_whole(write_tables, view)
    nodes, edges = (draw_whole(write, view)[0] for _, write in CSV.parts)
    assert both == nodes + b"\n" + edges
    head = edges.decode().splitlines()[0].split(",")
    assert head[:6] == ["Id", "Source", "Target", "Type", "Kind", "Weight"]


def show(value: Any) -> str:
    """Return a value as it stands in a table: without what no table can hold."""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    clean = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", "", text)
    return pair_backslashes(clean)[0]


def test_json_brings_everything_back(view: View) -> None:
    cytoscape = json.loads(draw_whole(write_cytoscape, view)[0])
    graphology = json.loads(draw_whole(write_graphology, view)[0])
    assert graphology["options"]["multi"] is True
    assert graphology["options"]["type"] == ("directed" if view.directed else "undirected")
    for kind, known in (
        ("nodes", list_values(view, "node")),
        ("edges", list_values(view, "edge")),
    ):
        first = {row["data"]["id"]: row["data"] for row in cytoscape["elements"][kind]}
        second = {row["key"]: row["attributes"] for row in graphology[kind]}
        assert list(first) == list(second) == list(known)
        for name, values in known.items():
            expected = {key: without_halves(value) for key, value in values.items()}
            assert {key: first[name][key] for key in values} == expected
            assert {key: second[name][key] for key in values} == expected
    for edge in cytoscape["elements"]["edges"]:
        assert edge["data"]["interaction"] == edge["data"]["kind"]


def without_halves(value: Any) -> Any:
    return re.sub("[\ud800-\udfff]", "", value) if isinstance(value, str) else value


def test_dot_is_sound(view: View) -> None:
    """Every quoted text ends where it should, by the grammar of Graphviz (interop asks it)."""
    text = draw_whole(write_dot, view)[0].decode()
    bare = re.sub(r'"(?:[^"\\]|\\.)*"', "Q", text, flags=re.DOTALL)
    assert '"' not in bare
    join = "->" if view.directed else "--"
    assert not re.search(r"[\[ ](node|edge|graph|strict|subgraph)=", bare)
    statements = re.findall(rf"^Q (?:{join} Q )?\[.*\];$", bare, flags=re.MULTILINE)
    assert len(statements) == len(view.nodes) + len(view.edges)


@pytest.mark.parametrize("suffix", DRAWS)
def test_what_is_left_out_is_told(suffix: str) -> None:
    view = show_hostile()[2]
    told = " ".join(finding.message for finding in draw_whole(DRAWS[suffix], view)[1])
    assert re.search(r"[1-9]\d* (control character|lone surrogate)", told), told


@pytest.mark.parametrize("suffix", DRAWS)
def test_golden_files(suffix: str) -> None:
    view = build_view(tiny(), tiny_derived(), "full")
    data, _ = draw_whole(DRAWS[suffix], view)
    assert data == (GOLDEN / f"ferries-full.{suffix}").read_bytes()


@pytest.mark.parametrize("suffix", DRAWS)
def test_rows_stream_in_little_memory(suffix: str) -> None:
    """Ten times the nodes, and the pieces in which they are written are no larger."""

    class Sink(BytesIO):
        """A file that remembers the largest piece it was given."""

        largest = 0

        def write(self, data: Any) -> int:
            self.largest = max(self.largest, len(data))
            return len(data)

    sizes = []
    for count in (5_000, 50_000):
        file = Sink()
        nodes = [
            Node(id=f"{n:06}", label="x", kind="claim", values=("y" * 99,)) for n in range(count)
        ]
        columns = (Column(name="statement"),)
        DRAWS[suffix](View(name="claims", nodes=nodes, node_columns=columns), file)
        sizes.append(file.largest)
    assert sizes[1] <= sizes[0] * 1.05


@example(values=[0, False])
@given(values=st.lists(st.one_of(st.none(), st.text(), st.integers(), st.booleans()), min_size=1))
def test_columns_are_escaped_as_one(values: list[Any]) -> None:
    wrapped = wrap_column(values, '<a v="', '"/>', always=True)
    assert len(wrapped) == len(values)
    for value, element in zip(values, wrapped, strict=True):
        text = "" if value is None else show_xml(value)
        assert ElementTree.fromstring(element).get("v") == clean(text)
    for value, element in zip(values, wrap_column(values, '<a v="', '"/>'), strict=True):
        assert (element == "") == (clean(show_xml(value) if value is not None else "") == "")


def show_xml(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@given(st.text(), st.text(), st.text())
def test_any_text_survives_gexf(name: str, statement: str, label: str) -> None:
    node = Node(id="n", label=label, kind="claim", values=(statement,))
    edge = Edge(id="e", source="n", target="n", kind="supports", values=(name,))
    view = View(
        name="claims",
        title=name,
        node_columns=(Column(name="statement"),),
        edge_columns=(Column(name="because"),),
        nodes=(node,),
        edges=(edge,),
    )
    nodes, edges = read_gexf(draw_whole(write_gexf, view)[0])
    assert nodes["n"]["label"] == clean(label)
    assert nodes["n"].get("=statement", "") == clean(statement)
    assert edges["e"].get("=because", "") == clean(name)


@pytest.mark.parametrize(
    ("text", "paired", "added"),
    [
        ("a\\b", "a\\b", 0),
        ("a\\", "a\\\\", 1),
        ("a\\\\", "a\\\\", 0),
        ('\\"\\\\"\\\\\\"', '\\\\"\\\\"\\\\\\\\"', 2),
        ("a\\\n", "a\\\n", 0),
    ],
)
def test_backslashes_stand_in_pairs_before_marks(text: str, paired: str, added: int) -> None:
    assert pair_backslashes(text) == (paired, added)


def test_every_exporter_has_one_way_of_writing() -> None:
    for name in list_exporters():
        exporter = load_exporter(name)
        ways = [exporter.write, exporter.stream, exporter.draw]
        assert sum(way is not None for way in ways) == 1, name
        assert exporter.name == name


def test_exporters_of_others_need_know_nothing_of_views() -> None:
    exporter = Exporter("mine", ".mine", lambda literature, derived: (b"", []))
    assert exporter.draw is None
    assert exporter.stream is None
