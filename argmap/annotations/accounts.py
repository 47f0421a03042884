"""What a literature knows of a work: what it claims, who answers, what it is cited for.

Facts only; :mod:`argmap.annotations.prose` puts them into words.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

from argmap.analysis import Stance, explain_claim, explain_stance
from argmap.annotations.ledger import (
    Ledger,
    drop_covering_groups,
    list_asserting,
    order_page,
    sort_pages,
)
from argmap.model import (
    Citation,
    Claim,
    Dispute,
    Holder,
    Position,
    Record,
    Relation,
    School,
    Work,
)
from argmap.naming import order_in_text

THESES = 7
"""So many main claims are told of a coded text."""

Direction = Literal["in", "out", "step"]


class Bearing(Record, frozen=True, kw_only=True):
    """A relation between a claim of the work and somebody's claim.

    ``direction`` is ``in`` where ``other`` bears on the work's claim, ``out`` where the work's
    claim bears on ``other``, and ``step`` where ``other`` undercuts the step between the work's
    claim and ``goal``.  ``holders`` assert or endorse the other claim, the work apart; ``mine``
    says whether the work itself draws the relation.
    """

    relation: Relation
    direction: Direction
    other: Claim
    holders: tuple[str, ...] = ()
    mine: bool = False
    goal: Claim | None = None
    page: str = ""


class Holding(Record, frozen=True, kw_only=True):
    """A claim on which a work, or a holder close to it, takes a stance.

    ``positions`` say so, in the order of texts and pages; ``agreeing`` and ``opposed`` are the
    positions of others on the same claim; ``bearings`` the relations to claims of others.
    """

    claim: Claim
    stance: str
    positions: tuple[Position, ...]
    agreeing: tuple[Position, ...] = ()
    opposed: tuple[Position, ...] = ()
    bearings: tuple[Bearing, ...] = ()


class Kin(Record, frozen=True, kw_only=True):
    """A group that names the work as a member, or an actor whose work it is.

    ``holdings`` are what it holds and the work does not in its own name.
    """

    holder: Holder
    holdings: tuple[Holding, ...] = ()


class Use(Record, frozen=True, kw_only=True):
    """A citation of the work for a claim that is not its own; ``holders`` are those who hold it.

    Where it is cited for a relation, ``claim`` is the one from which that starts.
    """

    citation: Citation
    relation: Relation | None = None
    claim: Claim
    page: str
    holders: tuple[str, ...] = ()


class Side(Record, frozen=True, kw_only=True):
    """The side that a work takes in a dispute, with whom and against whom.

    Allies and opponents leave out the work's own groups, and groups of which a member is named;
    ``pages`` maps coded texts to the pages on which the sides rest; ``doubtful`` are those, the
    work itself among them, whose side rests on a position marked as uncertain.
    """

    dispute: Dispute
    claim: Claim
    side: str
    allies: tuple[str, ...]
    opponents: tuple[str, ...]
    pages: dict[str, tuple[str, ...]]
    doubtful: frozenset[str] = frozenset()


class WorkAccount(Record, frozen=True, kw_only=True):
    """All that is known of a work; see the classes of its fields.

    ``coded`` says that the work is a coded text, ``survey`` that it is marked as a survey.
    Of a coded text, ``theses`` are its main claims, and ``claims``, ``own`` and ``cited`` the
    numbers of claims, of those it holds itself, and of works it cites.  ``focus`` says that the
    account is of one dispute only, the one of its ``sides``.
    """

    work: Work
    focus: bool = False
    coded: bool = False
    survey: bool = False
    holdings: tuple[Holding, ...] = ()
    groups: tuple[Kin, ...] = ()
    actors: tuple[Kin, ...] = ()
    uses: tuple[Use, ...] = ()
    sides: tuple[Side, ...] = ()
    school: School | None = None
    declared: tuple[str, ...] = ()
    theses: tuple[Claim, ...] = ()
    claims: int = 0
    own: int = 0
    cited: int = 0


def explain_work(ledger: Ledger, key: str) -> WorkAccount:
    """Return all that is known of a work.

    Raises
    ------
    KeyError
        If the literature has no such work.
    """
    work = ledger.works[key]
    holder = f"@{key}"
    holdings = list_holdings(ledger, holder)
    held = {holding.claim.id for holding in holdings}
    text = ledger.texts.get(key)
    return WorkAccount(
        work=work,
        coded=text is not None,
        survey=text is not None and text.survey,
        holdings=holdings,
        groups=_list_kin(ledger, ledger.groups.get(holder, ()), held),
        actors=_list_kin(ledger, ledger.actors.get(key, ()), held),
        uses=_list_uses(ledger, key, held),
        sides=_list_sides(ledger, holder),
        school=ledger.schools.get(holder),
        declared=tuple(
            school.id for school in ledger.literature.review.schools if holder in school.members
        ),
        theses=_choose_theses(ledger, holdings) if text is not None else (),
        **(_count(ledger, key) if text is not None else {}),
    )


def list_holdings(ledger: Ledger, holder: str) -> tuple[Holding, ...]:
    """Return the claims on which a holder takes a stance in its own name, as they stand in texts.

    A holder that both holds a claim and reports it only holds it.
    """
    found: dict[str, list[Position]] = {}
    for position in ledger.index.positions_of.get(holder, ()):
        found.setdefault(position.claim, []).append(position)
    ranked = ("asserts", "endorses", "disputes", "reports")
    holdings = []
    for claim_id, positions in found.items():
        stance = min((each.stance for each in positions), key=ranked.index)
        chosen = [each for each in positions if each.stance == stance]
        # The surest comes first: it is the one that is told.
        chosen.sort(
            key=lambda each: (
                each.certainty == "uncertain",
                each.reported_by,
                order_page(each.page),
            )
        )
        others = [
            each for each in ledger.index.positions_on.get(claim_id, ()) if each.holder != holder
        ]
        same = ("asserts", "endorses") if stance != "disputes" else ("disputes",)
        opposite = ("disputes",) if stance != "disputes" else ("asserts", "endorses")
        holdings.append(
            Holding(
                claim=ledger.index.claims[claim_id],
                stance=stance,
                positions=tuple(chosen),
                agreeing=tuple(each for each in others if each.stance in same),
                opposed=tuple(each for each in others if each.stance in opposite),
                bearings=_list_bearings(ledger, holder, claim_id),
            )
        )
    return tuple(sorted(holdings, key=lambda holding: order_in_text(holding.claim)))


def _list_bearings(ledger: Ledger, holder: str, claim: str) -> tuple[Bearing, ...]:
    index = ledger.index
    found = []
    incoming, outgoing = ledger.relations
    for relation in incoming.get(claim, ()):
        other = index.claims[relation.source]
        mine = holder in relation.drawn_by
        holders = list_asserting(ledger, other.id, holder)
        found.append(
            Bearing(
                relation=relation,
                direction="in",
                other=other,
                holders=holders,
                mine=mine,
                page=relation.page or _page(other),
            )
        )
    for relation in outgoing.get(claim, ()):
        if relation.target_kind != "claim":
            continue
        other = index.claims[relation.target]
        found.append(
            Bearing(
                relation=relation,
                direction="out",
                other=other,
                holders=list_asserting(ledger, other.id, holder),
                mine=holder in relation.drawn_by,
                page=relation.page or _page(index.claims[claim]),
            )
        )
        if relation.type in ("supports", "explains", "contests"):
            found += _list_undercuts(ledger, holder, relation, other)
    return tuple(found)


def _list_undercuts(ledger: Ledger, holder: str, step: Relation, goal: Claim) -> list[Bearing]:
    """Return what undercuts a step that the holder draws."""
    index = ledger.index
    if holder not in step.drawn_by:
        return []
    return [
        Bearing(
            relation=relation,
            direction="step",
            other=index.claims[relation.source],
            holders=list_asserting(ledger, relation.source, holder),
            mine=holder in relation.drawn_by,
            goal=goal,
            page=relation.page or _page(index.claims[relation.source]),
        )
        for relation in index.incoming.get(step.id, ())
        if relation.type == "undercuts"
    ]


def _list_kin(ledger: Ledger, holders: Iterable[Holder], held: set[str]) -> tuple[Kin, ...]:
    kin = []
    for holder in holders:
        holdings = list_holdings(ledger, holder.id)
        kin.append(
            Kin(
                holder=holder,
                holdings=tuple(
                    each
                    for each in holdings
                    if each.claim.id not in held and each.stance != "reports"
                ),
            )
        )
    return tuple(kin)


def _list_uses(ledger: Ledger, key: str, held: set[str]) -> tuple[Use, ...]:
    """Return the citations of a work for claims that are not its own, as they stand in texts."""
    index = ledger.index
    uses = []
    for citation in ledger.citations.get(key, ()):
        claim_id = citation.claim
        relation = None
        if not claim_id:
            relation = index.relations.get(citation.relation)
            if relation is None:
                continue
            claim_id = relation.source
        if citation.role == "carries" and relation is None and claim_id in held:
            continue
        claim = index.claims[claim_id]
        page = citation.anchor.page if citation.anchor is not None else ""
        # Who came to share a view later is not whom the source of it reports.
        stances = ("asserts",) if citation.role == "report" else ("asserts", "endorses")
        uses.append(
            Use(
                citation=citation,
                relation=relation,
                claim=claim,
                page=page or _page(claim),
                holders=list_asserting(ledger, claim_id, f"@{key}", stances),
            )
        )
    return tuple(sorted(uses, key=lambda use: (order_in_text(use.claim), use.citation.role)))


def _list_sides(ledger: Ledger, holder: str) -> tuple[Side, ...]:
    """Return the disputes in which a holder takes a side, in their order."""
    sides = []
    for dispute in ledger.derived.disputes:
        for claim in dispute.claims:
            stance = explain_stance(ledger.index, holder, claim, ledger.findings.views)
            if stance is not None:
                sides.append(_describe_side(ledger, dispute, stance))
                break
    return tuple(sides)


def _describe_side(ledger: Ledger, dispute: Dispute, stance: Stance) -> Side:
    account = explain_claim(ledger.findings, stance.claim)
    allies, opponents = account.pro, account.con
    if stance.side == "con":
        allies, opponents = opponents, allies
    elif stance.side == "mixed":
        allies = ()
        opponents = ()
    holder = stance.holder
    voice = ledger.findings.voices[holder]
    pages: dict[str, list[str]] = {}
    for other in (stance, *allies, *opponents):
        for step in (*other.path, *other.contrary):
            if isinstance(step, Position) and step.page:
                pages.setdefault(step.reported_by, []).append(step.page)

    def name(stances: Iterable[Stance]) -> tuple[str, ...]:
        ids = [each.holder for each in stances if each.holder != holder]
        apart = [each for each in ids if not ledger.findings.voices[each] & voice]
        return drop_covering_groups(ledger, apart, holder)

    return Side(
        dispute=dispute,
        claim=account.claim,
        side=stance.side,
        allies=name(allies),
        opponents=name(opponents),
        pages={text: sort_pages(found) for text, found in sorted(pages.items())},
        doubtful=frozenset(
            each.holder
            for each in (stance, *allies, *opponents)
            if any(
                isinstance(step, Position) and step.certainty == "uncertain" for step in each.path
            )
        ),
    )


def _choose_theses(ledger: Ledger, holdings: Iterable[Holding]) -> tuple[Claim, ...]:
    """Return the core claims that a coded text holds and most others rest on, as they stand.

    Where none is marked as core, those are taken on which most rests, or most contested.
    """
    held = [each.claim for each in holdings if each.stance in ("asserts", "endorses")]
    own = [claim for claim in held if claim.weight == "core"] or held
    incoming, outgoing = ledger.relations

    def rank(claim: Claim) -> tuple[object, ...]:
        met = (*incoming.get(claim.id, ()), *outgoing.get(claim.id, ()))
        against = sum(each.type == "contests" for each in met)
        load = ledger.loads.get(claim.id, 0)
        return (-load, -against, -len(met), order_in_text(claim))

    chosen = sorted(own, key=rank)
    return tuple(sorted(chosen[:THESES], key=order_in_text))


def _count(ledger: Ledger, key: str) -> dict[str, Any]:
    positions = ledger.index.positions_of.get(f"@{key}", ())
    own = {each.claim for each in positions if each.stance in ("asserts", "endorses")}
    claims = [claim for claim in ledger.literature.claims if claim.text == key]
    cited = {
        citation.work
        for citation in ledger.literature.citations
        if citation.text == key and citation.work != key
    }
    return {
        "claims": len(claims),
        "own": len(own),
        "cited": len(cited),
    }


def _page(claim: Claim) -> str:
    return claim.anchor.page if claim.anchor is not None else ""
