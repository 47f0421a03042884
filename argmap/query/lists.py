"""Questions about the whole literature or a topic: which claims are disputed, undercut, unsure."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from argmap.analysis import explain_stance, order_claims
from argmap.analysis.findings import count_claim, list_side
from argmap.analysis.measures import list_gaps, list_second_hand
from argmap.analysis.sides import CON, MIXED, PRO
from argmap.analysis.standings import STATUSES
from argmap.naming import order_in_text
from argmap.query.answers import Answer
from argmap.query.questions import Grounds, count, start
from argmap.query.rows import Attack, Division, Entry

_TWO_SIDED = frozenset(("disputed", "self-contested", "challenged", "mixed"))


def disputed(grounds: Grounds, topic: str | None = None) -> Answer[Entry]:
    """Answer which claims are disputed, the deepest first."""

    def tell(claim: str) -> str:
        pro, con, depth = count_claim(grounds.findings, claim)
        return f"{pro.lower} for, {con.lower} against; depth {depth.lower}"

    claims = [c for c in order_claims(grounds.findings) if _status(grounds, c) == "disputed"]
    return _list(grounds, "Which claims are disputed", claims, tell, topic)


def second_hand(grounds: Grounds, topic: str | None = None) -> Answer[Entry]:
    """Answer which claims that works hold were read in none of these works."""

    def tell(claim: str) -> str:
        works = [
            holder
            for holder in list_side(grounds.findings, claim, PRO)
            if grounds.index.holders[holder].kind == "work"
        ]
        reporting = {
            position.reported_by for position in grounds.index.positions_on.get(claim, ())
        } or {grounds.claims[claim].text}
        told = grounds.list(f"@{key}" for key in sorted(reporting))
        return f"{grounds.list(works)}, known only through {told}"

    claims = list_second_hand(grounds.findings)
    return _list(
        grounds, "Which claims are known only second-hand", _place(grounds, claims), tell, topic
    )


def uncitable(grounds: Grounds, topic: str | None = None) -> Answer[Entry]:
    """Answer which claims have holders, but no work among them."""
    claims = []
    for claim in grounds.claims:
        pro = list_side(grounds.findings, claim, PRO)
        if pro and all(grounds.index.holders[holder].kind != "work" for holder in pro):
            claims.append(claim)

    def tell(claim: str) -> str:
        return f"held by {grounds.list(list_side(grounds.findings, claim, PRO))}"

    return _list(
        grounds, "Which claims are held by nobody citable", _place(grounds, claims), tell, topic
    )


def asserted_once(grounds: Grounds, topic: str | None = None) -> Answer[Entry]:
    """Answer which claims one independent voice asserts and nobody else takes a side on."""
    gaps = set(list_gaps(grounds.findings))
    claims = [claim for claim in grounds.claims if _status(grounds, claim) == "asserted"]

    def tell(claim: str) -> str:
        told = f"by {grounds.list(list_side(grounds.findings, claim, PRO))}"
        return f"{told}; nobody else takes it up" if claim in gaps else told

    return _list(
        grounds, "Which claims are asserted by one voice only", _place(grounds, claims), tell, topic
    )


def undercut(grounds: Grounds, topic: str | None = None) -> Answer[Attack]:
    """Answer which arguments attack an inference rather than a claim."""
    rows = []
    for claim in _place(grounds, grounds.claims):
        for relation in grounds.index.outgoing.get(claim, ()):
            if relation.type != "undercuts":
                continue
            step = grounds.index.relations[relation.target]
            goal = grounds.goal_of(step)
            entry = grounds.claims[claim]
            if topic is not None and topic not in (entry.topic, grounds.claims[goal].topic):
                continue
            rows.append(
                Attack(
                    claim=claim,
                    statement=entry.statement,
                    text=entry.text,
                    page=relation.page or grounds.page_of(claim),
                    names=tuple(map(grounds.name, relation.drawn_by)),
                    relation=step.id,
                    source=step.source,
                    target=goal,
                    source_statement=grounds.claims[step.source].statement,
                    target_statement=grounds.claims[goal].statement,
                    because=relation.because,
                )
            )
    where = f" about {topic}" if topic else ""
    left = sum(
        each.type == "undercuts" and each.basis == "analyst"
        for each in grounds.literature.relations
    )
    notes = []
    if left and not grounds.findings.with_analyst:
        notes.append(
            f"{count(left, 'undercut')} of the reviewer's own reading left out; "
            "with_analyst=True (--with analyst) counts them."
        )
    return grounds.answer(
        f"Which arguments{where} attack an inference rather than a claim?",
        rows,
        Attack,
        summary=f"{start(count(len(rows), 'undercut'))}.",
        notes=notes,
    )


def both_sides(grounds: Grounds, topic: str) -> Answer[Division]:
    """Answer with the claims of a topic that anybody opposes, and who is on which side."""
    rows = []
    on_topic = [
        claim for claim in order_claims(grounds.findings) if _topic(grounds, claim) == topic
    ]
    for claim in on_topic:
        status = _status(grounds, claim)
        if status in _TWO_SIDED:
            pro, con, mixed = (
                _order_by_page(grounds, claim, list_side(grounds.findings, claim, side))
                for side in (PRO, CON, MIXED)
            )
            entry = grounds.claims[claim]
            rows.append(
                Division(
                    claim=claim,
                    statement=entry.statement,
                    text=entry.text,
                    page=grounds.page_of(claim),
                    status=status,
                    pro=pro,
                    con=con,
                    mixed=mixed,
                )
            )
    about = next(each for each in grounds.literature.review.topics if each.id == topic)
    return grounds.answer(
        f"What are the two sides on {topic}?",
        rows,
        Division,
        about=about.description or about.label,
        summary=f"Of {count(len(on_topic), 'claim')}, {len(rows)} "
        f"{'has' if len(rows) == 1 else 'have'} somebody against "
        f"{'it' if len(rows) == 1 else 'them'}.",
    )


def _order_by_page(grounds: Grounds, claim: str, holders: Iterable[str]) -> tuple[str, ...]:
    """Return names of holders, those first who hold it by their own word."""

    def rank(holder: str) -> tuple[int, str]:
        stance = explain_stance(grounds.index, holder, claim, grounds.findings.views)
        return (len(stance.path) if stance is not None else 9), holder

    return tuple(grounds.name(holder) for holder in sorted(holders, key=rank))


def _list(
    grounds: Grounds,
    question: str,
    claims: Iterable[str],
    tell: Callable[[str], str],
    topic: str | None,
) -> Answer[Entry]:
    rows = [
        Entry(
            claim=claim,
            statement=grounds.claims[claim].statement,
            text=grounds.claims[claim].text,
            page=grounds.page_of(claim),
            topic=_topic(grounds, claim),
            why=tell(claim),
        )
        for claim in claims
        if topic is None or _topic(grounds, claim) == topic
    ]
    return grounds.answer(
        f"{question}{f' on {topic}' if topic else ''}?",
        rows,
        Entry,
        summary=f"{start(count(len(rows), 'claim'))}.",
    )


def _place(grounds: Grounds, claims: Iterable[str]) -> list[str]:
    """Return claims as they stand in their texts."""
    return sorted(claims, key=lambda claim: order_in_text(grounds.claims[claim]))


def _status(grounds: Grounds, claim: str) -> str:
    number = grounds.findings.claim_number[claim]
    return STATUSES[int(grounds.findings.counts.status[number])]


def _topic(grounds: Grounds, claim: str) -> str:
    return grounds.claims[claim].topic or ""
