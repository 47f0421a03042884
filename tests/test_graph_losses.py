"""What RDF cannot carry is told."""

from __future__ import annotations

import msgspec
import pytest
from graph_examples import odd, tiny, tiny_derived

from argmap.graph import find_losses, read_records, serialise
from argmap.model import Claim, Derived, Holder, Literature, Place, Standing, Topic, Work


def test_nothing_is_lost_of_what_is_merely_odd() -> None:
    assert find_losses(tiny(), tiny_derived()) == []
    assert find_losses(odd()) == []


def test_half_a_surrogate_pair_is_told_and_replaced() -> None:
    claim = Claim(
        id="t/a", text="t", statement="half \ud800 a pair", place=Place(path="c.yaml", line=4)
    )
    literature = Literature(claims=(claim,))
    data, [finding] = serialise(literature, None, "nq")
    assert (finding.path, finding.line, finding.column) == ("c.yaml", 4, 1)
    assert (finding.code, finding.severity) == ("rdf-surrogate", "warning")
    assert "U+D800" in finding.message
    again, _, _ = read_records(data, "nq")
    assert again.claims[0].statement == "half \ufffd a pair"


@pytest.mark.parametrize("character", ["\0", "\ufffe", "\uffff"])
def test_characters_that_some_readers_refuse_are_told_and_carried(character: str) -> None:
    work = Work(key="w", type="book", fields={"note": f"a{character}b"})
    literature = Literature(works=(work,))
    for syntax in ("trig", "nq", "jsonld"):
        data, [finding] = serialise(literature, None, syntax)
        assert (finding.code, finding.severity) == ("rdf-fragile", "note")
        assert finding.path == "https://example.org/review/work/w"
        assert read_records(data, syntax)[0] == literature


def test_characters_are_found_in_what_analysis_derived() -> None:
    derived = Derived(parameters={"topic": "\udfff"})
    assert [finding.code for finding in find_losses(Literature(), derived)] == ["rdf-surrogate"]


def test_two_records_of_one_identifier_are_an_error() -> None:
    claim = Claim(id="t/a", text="t", statement="A.", place=Place(path="c.yaml", line=4))
    other = msgspec.structs.replace(claim, place=Place(path="c.yaml", line=9))
    holder = Holder(id="actor:x", kind="actor", name="X")
    topics = (Topic(id="x", label="X"),) * 3
    literature = Literature(
        review=msgspec.structs.replace(tiny().review, topics=topics),
        claims=(claim, other),
        holders=(holder, holder),
    )
    data, findings = serialise(literature)
    assert data == b""
    assert [(finding.code, finding.severity) for finding in findings] == [
        ("rdf-duplicate", "error")
    ] * 3
    assert "c.yaml:9" in "\n".join(map(str, findings))
    assert "3 records are the topic" in "\n".join(map(str, findings))


def test_two_standings_of_one_claim_are_an_error() -> None:
    standing = Standing(claim="t/a", status="unheld")
    other = Standing(claim="t/a", status="asserted")
    [finding] = find_losses(Literature(), Derived(standings=(standing, other)))
    assert finding.code == "rdf-duplicate"
