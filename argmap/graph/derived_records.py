"""What analysis derived from nodes."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.graph.nodes import Node
from argmap.graph.reading import Reading, Unreadable, list_values
from argmap.model import Cleavage, Derived, Dispute, School, Standing


def read_derived(reading: Reading) -> Derived | None:
    """Return what analysis derived, None where neither an am:Derived nor a standing is there."""
    nodes = reading.nodes
    parameters: dict[str, str] = {}
    found = nodes.kinds.get("derived", {})
    if not (found or nodes.standings or nodes.kinds.get("dispute")):
        return None
    standings = []
    for iri in nodes.standings:
        try:
            standings.append(_read_standing(reading, iri, nodes.by_iri[iri]))
        except Unreadable:
            continue
    for iri in found:
        try:
            parameters.update(_read_parameters(reading, iri, nodes.by_iri[iri]))
        except Unreadable:
            continue
    disputes = sorted(reading.collect("dispute", _read_dispute), key=lambda entry: entry[:2])
    schools = sorted(reading.collect("school/found", _read_school), key=lambda entry: entry[:2])
    return Derived(
        standings=tuple(sorted(standings, key=lambda standing: standing.claim)),
        disputes=tuple(dispute for _, _, dispute in disputes),
        schools=tuple(school for _, _, school in schools),
        parameters=parameters,
    )


def _read_parameters(reading: Reading, iri: str, node: Node) -> Iterator[tuple[str, str]]:
    for activity in list_values(node, "prov:wasGeneratedBy"):
        # An activity may be described elsewhere.
        if activity in reading.nodes.by_iri:
            part = reading.get_part(iri, activity, "prov:wasGeneratedBy")
            for name, parameter in reading.list_parts(activity, part, "parameter"):
                yield reading.need(name, parameter, "name"), reading.get(name, parameter, "value")


def _read_standing(reading: Reading, iri: str, node: Node) -> Standing:
    claim = reading.name(iri, "claim")
    if claim is None:
        reading.report("rdf-reference", iri, "has am:status but is no claim", sort="am:status")
        raise Unreadable
    return Standing(
        claim=claim,
        status=reading.need(iri, node, "status"),
        pro=reading.refer_all(iri, node, "pro", "holder"),
        con=reading.refer_all(iri, node, "con", "holder"),
        mixed=reading.refer_all(iri, node, "mixed", "holder"),
        depth=reading.integer(iri, node, "depth") or 0,
    )


def _read_dispute(reading: Reading, iri: str, node: Node) -> tuple[int, str, Dispute]:
    stances = {}
    for name, part in reading.list_parts(iri, node, "textStance"):
        text = reading.refer(name, part, "text", "work")
        stances[text] = reading.need(name, part, "side")
    depth = reading.integer(iri, node, "depth")
    dispute = Dispute(
        focal=reading.refer(iri, node, "focal", "claim"),
        claims=reading.refer_all(iri, node, "disputedClaim", "claim"),
        topic=reading.refer_if_any(iri, node, "topic", "topic"),
        depth=1 if depth is None else depth,
        pro=reading.refer_all(iri, node, "pro", "holder"),
        con=reading.refer_all(iri, node, "con", "holder"),
        mixed=reading.refer_all(iri, node, "mixed", "holder"),
        pro_voices=reading.integer(iri, node, "proVoices") or 0,
        con_voices=reading.integer(iri, node, "conVoices") or 0,
        pro_witnesses=reading.refer_all(iri, node, "proWitness", "holder"),
        con_witnesses=reading.refer_all(iri, node, "conWitness", "holder"),
        flags=reading.get_all(iri, node, "flag"),
        text_stances=stances,
    )
    return reading.integer(iri, node, "ordinal") or 0, dispute.focal, dispute


def _read_school(reading: Reading, iri: str, node: Node) -> tuple[int, str, School]:
    school = School(
        id=reading.identify(iri, "school/found"),
        name=reading.need(iri, node, "skos:prefLabel"),
        members=reading.refer_all(iri, node, "member", "holder"),
        core=reading.refer_all(iri, node, "core", "holder"),
        fringe=reading.refer_all(iri, node, "fringe", "holder"),
        defining=reading.refer_all(iri, node, "defining", "claim"),
        cleavages=tuple(
            Cleavage(
                school=reading.refer(name, part, "school", "school/found"),
                claim=reading.refer(name, part, "claim", "claim"),
            )
            for name, part in reading.list_parts(iri, node, "cleavage")
        ),
        bridges=reading.refer_all(iri, node, "bridge", "holder"),
        stability=reading.number(iri, node, "stability", 1.0),
        topic=reading.refer_if_any(iri, node, "topic", "topic"),
    )
    return reading.integer(iri, node, "ordinal") or 0, school.id, school
