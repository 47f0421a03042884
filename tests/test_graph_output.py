"""What the RDF of a small literature looks like."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import msgspec
import pytest
from graph_examples import tiny, tiny_derived
from pyoxigraph import NamedNode, RdfFormat, parse

from argmap.graph import FORMATS, serialise, write_quads
from argmap.graph.vocabulary import AM, CITO
from argmap.model import Literature, Review, Work

GOLDEN = Path(__file__).parent / "golden" / "ferries.trig"


def test_trig_is_the_golden_file() -> None:
    data, findings = serialise(tiny(), tiny_derived(), "trig")
    assert data.decode() == GOLDEN.read_text(encoding="utf-8")
    assert findings == []


def test_turtle_says_that_it_has_no_graphs() -> None:
    _, findings = serialise(tiny(), None, "ttl")
    assert [(finding.code, finding.severity) for finding in findings] == [("rdf-no-graphs", "note")]


def test_an_unknown_syntax_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="Did you mean 'trig'"):
        serialise(tiny(), None, "trigg")


def test_an_empty_literature_is_just_a_review() -> None:
    for syntax in FORMATS:
        data, _ = serialise(Literature(), None, syntax)
        assert b"am:Review" in data or b"ontology#Review" in data


def test_each_record_stands_in_its_graph() -> None:
    base = "https://example.org/ferries/"
    graphs: dict[str, set[str]] = {}
    for quad in parse("".join(write_quads(tiny(), tiny_derived())), format=RdfFormat.N_QUADS):
        path = quad.subject.value.removeprefix(base)
        graph = quad.graph_name.value.removeprefix(base)
        graphs.setdefault(graph, set()).add(path)
    assert graphs.keys() == {"review", "bibliography", "text/ferry2020", "derived"}
    assert "relation/ferry2020/bridges-last.undercuts.rust" in graphs["review"], "the analyst's"
    assert "relation/rust" in graphs["text/ferry2020"]
    assert "holder/actor/mayor" in graphs["review"]
    assert "work/ferry2020" in graphs["bibliography"]
    assert "claim/ferry2020/steel-rusts" in graphs["text/ferry2020"] & graphs["derived"]


def test_citations_hold_between_works_only() -> None:
    quads = list(parse("".join(write_quads(tiny(), tiny_derived())), format=RdfFormat.N_QUADS))
    works = {
        quad.subject
        for quad in quads
        if quad.predicate.value.endswith("#type") and quad.object == NamedNode(f"{AM}Work")
    }
    ends = [
        quad
        for quad in quads
        if quad.predicate.value in {f"{CITO}hasCitingEntity", f"{CITO}hasCitedEntity"}
    ]
    assert len(ends) == 4
    assert {quad.object for quad in ends} <= works
    direct = {quad.predicate.value for quad in quads if quad.predicate.value.startswith(CITO)}
    assert direct == {
        f"{CITO}hasCitingEntity",
        f"{CITO}hasCitedEntity",
        f"{CITO}hasCitationCharacterization",
    }


def _fragments(url: str) -> list[str]:
    works = (Work(key="ferry2020", type="article", url=url), tiny().works[0])
    literature = msgspec.structs.replace(tiny(), works=works)
    return [
        quad.object.value
        for quad in parse("".join(write_quads(literature)), format=RdfFormat.N_QUADS)
        if quad.predicate.value == f"{AM}textFragment"
    ]


@pytest.mark.parametrize(
    ("url", "start"),
    [
        ("https://example.org/a", "https://example.org/a#:~:text="),
        ("https://example.org/a#b", "https://example.org/a#b:~:text="),
        (" https://example.org/a b%zz%20é ", "https://example.org/a%20b%25zz%20%C3%A9#:~:text="),
    ],
)
def test_text_fragments_point_into_the_work(url: str, start: str) -> None:
    fragments = _fragments(url)
    assert len(fragments) == 6
    assert all(fragment.startswith(start) for fragment in fragments)
    words = {unquote(fragment.removeprefix(start)) for fragment in fragments}
    assert "A ferry, well-kept,any bridge & pier" in words
    [escaped] = [fragment for fragment in fragments if "well" in fragment]
    # A bare hyphen, comma or ampersand would end the words.
    assert escaped.endswith("A%20ferry%2C%20well%2Dkept,any%20bridge%20%26%20pier")


@pytest.mark.parametrize(
    "url", ["", "doi:10.1/x", "http://[x", "no address", "ftp://example.org/x"]
)
def test_no_text_fragment_without_an_address_that_takes_one(url: str) -> None:
    assert _fragments(url) == []


@pytest.mark.parametrize(
    "base",
    [
        "",
        "review/",
        "https://exa mple.org/",
        "https://example.org/%zz/",
        "am:x/",
        "https://[/",
        "https://a/../b/",
    ],
)
def test_a_base_that_no_iri_can_begin_with_is_an_error(base: str) -> None:
    literature = Literature(review=Review(base=base))
    data, findings = serialise(literature)
    assert data == b""
    assert [(finding.code, finding.severity) for finding in findings] == [("rdf-base", "error")]
    with pytest.raises(ValueError, match="no IRI can begin"):
        list(write_quads(literature))
