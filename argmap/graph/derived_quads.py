"""What analysis derived as lines of N-Quads, with its provenance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from argmap.graph.argument_quads import IDENTIFIER
from argmap.graph.review_quads import LABEL, NAME, SCHEME, holder_facts
from argmap.graph.terms import (
    ORDINAL,
    double,
    integer,
    lines,
    list_facts,
    literal,
    own_predicate,
    predicate,
    typed,
)
from argmap.graph.vocabulary import (
    AM,
    PROV,
    SKOS,
    escape,
    name_claim,
    name_found_school,
    name_topic,
    name_work,
)
from argmap.model import Derived, Dispute, School, Standing

_CLAIM = own_predicate("claim")
_STATUS = own_predicate("status")
_DEPTH = own_predicate("depth")
_TOPIC = own_predicate("topic")


def write_derived(derived: Derived, base: str, end: str, graphs: Sequence[str]) -> Iterator[str]:
    """Yield the lines of standings, disputes, schools and parameters.

    ``graphs`` are the IRIs, in brackets, of the graphs from which they were derived.
    """
    activity = f"<{base}analysis>"
    facts = [
        typed(f"{AM}Derived"),
        typed(f"{PROV}Entity"),
        f"{predicate(f'{PROV}wasGeneratedBy')}{activity}",
        *(predicate(f"{PROV}wasDerivedFrom") + graph for graph in graphs),
    ]
    yield lines(f"<{base}derived>", facts, end)
    parameters = {f"<{base}parameter/{escape(name)}>": name for name in derived.parameters}
    facts = [
        typed(f"{PROV}Activity"),
        *(predicate(f"{PROV}used") + graph for graph in graphs),
        *(own_predicate("parameter") + node for node in parameters),
    ]
    yield lines(activity, facts, end)
    for number, (node, name) in enumerate(parameters.items(), 1):
        facts = [
            typed(f"{AM}Parameter"),
            ORDINAL + integer(number),
            NAME + literal(name),
            own_predicate("value") + literal(derived.parameters[name]),
        ]
        yield lines(node, facts, end)
    for standing in derived.standings:
        yield _write_standing(standing, base, end)
    for number, dispute in enumerate(derived.disputes, 1):
        yield _write_dispute(number, dispute, base, end)
    if derived.schools:
        yield lines(f"<{base}schools/found>", [typed(f"{SKOS}ConceptScheme")], end)
    for number, school in enumerate(derived.schools, 1):
        yield _write_school(number, school, base, end)


def _claim_facts(name: str, claims: tuple[str, ...], base: str) -> list[str]:
    return list_facts(
        name, own_predicate(name), claims, lambda claim: f"<{base}{name_claim(claim)}>"
    )


def _write_standing(standing: Standing, base: str, end: str) -> str:
    """Return the lines of a standing, which are facts of the claim itself."""
    facts = [_STATUS + literal(standing.status), _DEPTH + integer(standing.depth)]
    for name, holders in (
        ("pro", standing.pro),
        ("con", standing.con),
        ("mixed", standing.mixed),
    ):
        facts += holder_facts(name, holders, base)
    return lines(f"<{base}{name_claim(standing.claim)}>", facts, end)


def _write_dispute(number: int, dispute: Dispute, base: str, end: str) -> str:
    focal = escape(dispute.focal)
    facts = [
        typed(f"{AM}Dispute"),
        ORDINAL + integer(number),
        f"{own_predicate('focal')}<{base}{name_claim(dispute.focal)}>",
        *_claim_facts("disputedClaim", dispute.claims, base),
    ]
    if dispute.topic is not None:
        facts.append(f"{_TOPIC}<{base}{name_topic(dispute.topic)}>")
    facts += [
        _DEPTH + integer(dispute.depth),
        own_predicate("proVoices") + integer(dispute.pro_voices),
        own_predicate("conVoices") + integer(dispute.con_voices),
    ]
    for name, holders in (
        ("pro", dispute.pro),
        ("con", dispute.con),
        ("mixed", dispute.mixed),
        ("proWitness", dispute.pro_witnesses),
        ("conWitness", dispute.con_witnesses),
    ):
        facts += holder_facts(name, holders, base)
    facts += list_facts("flag", own_predicate("flag"), dispute.flags, literal)
    stances = ""
    for rank, (text, stance) in enumerate(dispute.text_stances.items(), 1):
        node = f"<{base}text-stance/{focal}:{escape(text)}>"
        facts.append(own_predicate("textStance") + node)
        stance_facts = [
            typed(f"{AM}TextStance"),
            ORDINAL + integer(rank),
            f"{own_predicate('text')}<{base}{name_work(text)}>",
            own_predicate("side") + literal(stance),
        ]
        stances += lines(node, stance_facts, end)
    return lines(f"<{base}dispute/{focal}>", facts, end) + stances


def _write_school(number: int, school: School, base: str, end: str) -> str:
    facts = [
        typed(f"{AM}FoundSchool"),
        typed(f"{SKOS}Concept"),
        IDENTIFIER + literal(school.id),
        LABEL + literal(school.name),
        f"{SCHEME}<{base}schools/found>",
        ORDINAL + integer(number),
    ]
    for name, holders in (
        ("member", school.members),
        ("core", school.core),
        ("fringe", school.fringe),
        ("bridge", school.bridges),
    ):
        facts += holder_facts(name, holders, base)
    facts += _claim_facts("defining", school.defining, base)
    facts.append(own_predicate("stability") + double(school.stability))
    if school.topic is not None:
        facts.append(f"{_TOPIC}<{base}{name_topic(school.topic)}>")
    cleavages = ""
    for rank, cleavage in enumerate(school.cleavages, 1):
        node = f"<{base}cleavage/{escape(school.id)}:{rank}>"
        facts.append(own_predicate("cleavage") + node)
        cleavage_facts = [
            typed(f"{AM}Cleavage"),
            ORDINAL + integer(rank),
            f"{own_predicate('school')}<{base}{name_found_school(cleavage.school)}>",
            f"{_CLAIM}<{base}{name_claim(cleavage.claim)}>",
        ]
        cleavages += lines(node, cleavage_facts, end)
    return lines(f"<{base}{name_found_school(school.id)}>", facts, end) + cleavages
