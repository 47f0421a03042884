"""Disputes: disputed claims joined by contests, each told with everything that bears on it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from argmap.analysis.findings import Findings, count_claim, list_side
from argmap.analysis.sides import CON, MIXED, PRO
from argmap.analysis.stances import (
    Path,
    Stance,
    Witness,
    explain_stance,
    find_witnesses,
    list_contests,
    view_holder,
)
from argmap.analysis.standings import DISPUTED, STATUSES
from argmap.analysis.voices import Bounds
from argmap.model import Claim, Dispute, Position, Record, Relation, Standing


class ClaimAccount(Record, frozen=True, kw_only=True):
    """All there is to tell about where a claim stands.

    ``pro``, ``con`` and ``mixed`` give every holder with the path that explains the side; voices
    and depth lie between their bounds, which are equal but for very large sides; ``contests``,
    ``supports`` and ``qualifications`` are relations into or (contests) out of the claim;
    ``undercuts`` are aimed at one of those steps, or at such an undercut; ``text_stances`` has pro,
    con, mixed or reports for each coded text that has to do with the claim.
    """

    claim: Claim
    standing: Standing
    pro: tuple[Stance, ...]
    con: tuple[Stance, ...]
    mixed: tuple[Stance, ...]
    pro_voices: Bounds
    con_voices: Bounds
    depth: Bounds
    pro_witnesses: tuple[Witness, ...]
    con_witnesses: tuple[Witness, ...]
    supports: tuple[Relation, ...]
    contests: tuple[Relation, ...]
    qualifications: tuple[Relation, ...]
    undercuts: tuple[Relation, ...]
    text_stances: dict[str, str]
    flags: tuple[str, ...]


class DisputeAccount(Record, frozen=True, kw_only=True):
    """A dispute with the account of every claim in it, the focal claim first."""

    dispute: Dispute
    claims: tuple[ClaimAccount, ...]


def list_disputes(findings: Findings, *, topic: str | None = None) -> tuple[Dispute, ...]:
    """Return the disputes, most contested first; with ``topic``, among that topic's claims only.

    Linear in disputed claims and contests, and in the paths of the sides of focal claims.
    """
    return tuple(
        describe_dispute(findings, claims) for claims in group_disputes(findings, topic=topic)
    )


def group_disputes(findings: Findings, *, topic: str | None = None) -> list[tuple[str, ...]]:
    """Return the claims of each dispute, both in the order of contestation, focal claims first."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    tables, counts = findings.tables, findings.counts
    disputed = counts.status == DISPUTED
    if topic is not None:
        on_topic = [findings.index.claims[name].topic == topic for name in tables.claims]
        disputed = disputed & np.array(on_topic, dtype=np.bool_)
    numbers = np.flatnonzero(disputed)
    if not len(numbers):
        return []
    place = np.full(len(tables.claims), -1, dtype=np.int64)
    place[numbers] = np.arange(len(numbers))
    joined = disputed[tables.contest_source] & disputed[tables.contest_target]
    source = place[tables.contest_source[joined]]
    target = place[tables.contest_target[joined]]
    links = coo_array(
        (np.ones(len(source), dtype=np.int8), (source, target)), shape=(len(numbers),) * 2
    )
    _, label = connected_components(links, directed=False)
    groups: dict[int, list[str]] = {}
    for at in np.argsort(counts.rank[numbers]).tolist():
        groups.setdefault(int(label[at]), []).append(tables.claims[int(numbers[at])])
    return [tuple(group) for group in groups.values()]


def describe_dispute(findings: Findings, claims: tuple[str, ...]) -> Dispute:
    """Return the record of the dispute over these claims, the first of which is the focal one."""
    focal = claims[0]
    pro_voices, con_voices, depth = count_claim(findings, focal)
    pro = list_side(findings, focal, PRO)
    con = list_side(findings, focal, CON)
    witnesses = _find_witnesses(findings, focal)
    return Dispute(
        focal=focal,
        claims=claims,
        topic=findings.index.claims[focal].topic,
        depth=depth.lower,
        pro=pro,
        con=con,
        mixed=list_side(findings, focal, MIXED),
        pro_voices=pro_voices.lower,
        con_voices=con_voices.lower,
        pro_witnesses=tuple(witness.holder for witness in witnesses if witness.side == "pro"),
        con_witnesses=tuple(witness.holder for witness in witnesses if witness.side == "con"),
        flags=_flag(findings, focal, claims, list_undercuts(findings, claims)),
        text_stances=_read_text_stances(findings, focal),
    )


def explain_dispute(findings: Findings, dispute: Dispute) -> DisputeAccount:
    """Return a dispute with the account of every claim in it."""
    return DisputeAccount(
        dispute=dispute, claims=tuple(explain_claim(findings, claim) for claim in dispute.claims)
    )


def explain_claim(findings: Findings, claim: str) -> ClaimAccount:
    """Return all there is to tell about where one claim stands.

    Raises
    ------
    KeyError
        If the literature has no such claim.
    """
    index = findings.index
    pro_voices, con_voices, depth = count_claim(findings, claim)
    sides = {side: list_side(findings, claim, side) for side in (PRO, CON, MIXED)}
    stances = {side: _explain(findings, claim, holders) for side, holders in sides.items()}
    witnesses = _find_witnesses(findings, claim)
    incoming = index.incoming.get(claim, ())
    undercuts = list_undercuts(findings, (claim,))
    return ClaimAccount(
        claim=index.claims[claim],
        standing=Standing(
            claim=claim,
            status=STATUSES[int(findings.counts.status[findings.claim_number[claim]])],
            pro=sides[PRO],
            con=sides[CON],
            mixed=sides[MIXED],
            depth=depth.lower,
        ),
        pro=stances[PRO],
        con=stances[CON],
        mixed=stances[MIXED],
        pro_voices=pro_voices,
        con_voices=con_voices,
        depth=depth,
        pro_witnesses=tuple(witness for witness in witnesses if witness.side == "pro"),
        con_witnesses=tuple(witness for witness in witnesses if witness.side == "con"),
        supports=tuple(each for each in incoming if each.type in ("supports", "explains")),
        contests=tuple(dict.fromkeys(contest for contest, _ in list_contests(index, claim))),
        qualifications=tuple(each for each in incoming if each.type == "qualifies"),
        undercuts=undercuts,
        text_stances=_read_text_stances(findings, claim),
        flags=_flag(findings, claim, (claim,), undercuts),
    )


def list_undercuts(findings: Findings, claims: Iterable[str]) -> tuple[Relation, ...]:
    """Return the undercuts of steps to these claims and of their contests, and undercuts of those.

    Sorted by id.
    """
    index = findings.index
    waiting: list[str] = []
    for claim in claims:
        waiting.extend(relation.id for relation in index.incoming.get(claim, ()))
        waiting.extend(contest.id for contest, _ in list_contests(index, claim))
    found: dict[str, Relation] = {}
    while waiting:
        for relation in index.incoming.get(waiting.pop(), ()):
            if relation.type == "undercuts" and relation.id not in found:
                found[relation.id] = relation
                waiting.append(relation.id)
    return tuple(found[identifier] for identifier in sorted(found))


def _explain(findings: Findings, claim: str, holders: Iterable[str]) -> tuple[Stance, ...]:
    found = (explain_stance(findings.index, each, claim, findings.views) for each in holders)
    return tuple(stance for stance in found if stance is not None)


def _find_witnesses(findings: Findings, claim: str) -> tuple[Witness, ...]:
    """Return the witnesses of a claim, from the holders who are pro on the claims around it."""
    index = findings.index
    sources = {
        relation.source
        for near in (claim, *(other for _, other in list_contests(index, claim)))
        for relation in index.incoming.get(near, ())
        if relation.type == "supports"
    }
    pro = {source: list_side(findings, source, PRO) for source in sources}
    return find_witnesses(index, claim, pro, findings.views)


def _read_text_stances(findings: Findings, claim: str) -> dict[str, str]:
    """Return where each coded text that has to do with a claim stands on it, sorted by text."""
    index = findings.index
    stances: dict[str, str] = {}
    reporting = {position.reported_by for position in index.positions_on.get(claim, ())}
    reporting.add(index.claims[claim].text)
    taking = {
        holder[1:] for side in (PRO, CON, MIXED) for holder in list_side(findings, claim, side)
    }
    for key in sorted((taking & findings.coded) | reporting):
        holder = f"@{key}"
        stance = None
        if holder in index.holders:
            stance = explain_stance(index, holder, claim, findings.views)
        if stance is not None:
            stances[key] = stance.side
        elif key in reporting:
            stances[key] = "reports"
    return stances


def _flag(
    findings: Findings, claim: str, claims: tuple[str, ...], undercuts: tuple[Relation, ...]
) -> tuple[str, ...]:
    """Return what a reader must know about a claim's sides and about the dispute around it."""
    index = findings.index
    pro = list_side(findings, claim, PRO)
    con = list_side(findings, claim, CON)
    mixed = list_side(findings, claim, MIXED)
    flags: list[str] = []
    for name, side in (("pro", pro), ("con", con)):
        if side and not any(index.holders[holder].kind == "work" for holder in side):
            flags.append(f"side without a work: {name}")
    grounds = {
        holder: list_grounds(findings, holder, claim) for holder in sorted({*pro, *con, *mixed})
    }
    texts = {position.reported_by for ground in grounds.values() for position in ground}
    if len(texts) == 1 and grounds.keys() - {f"@{text}" for text in texts}:
        flags.append(f"known only through {min(texts)}")
    second_hand = [
        holder
        for holder, ground in grounds.items()
        if (index.holders[holder].kind == "work" or index.holders[holder].works)
        and not any(is_first_hand(position, holder) for position in ground)
    ]
    if second_hand:
        flags.append(f"second-hand: {', '.join(second_hand)}")
    chained = {relation.id for relation in undercuts}
    flags.extend(
        f"undercut by {name}"
        for name in sorted({each.source for each in undercuts if each.target not in chained})
    )
    flags.extend(
        f"qualified by {name}"
        for name in sorted(
            {
                relation.source
                for each in claims
                for relation in index.incoming.get(each, ())
                if relation.type == "qualifies"
            }
        )
    )
    flags.extend(_flag_reviewer(findings, pro, con, grounds))
    pro_voices, con_voices, depth = count_claim(findings, claim)
    for name, bounds in (("pro", pro_voices), ("con", con_voices), ("depth", depth)):
        if bounds.lower < bounds.upper:
            flags.append(f"lower and upper bound: {name} {bounds.lower} to {bounds.upper}")
    return tuple(flags)


def _flag_reviewer(
    findings: Findings,
    pro: tuple[str, ...],
    con: tuple[str, ...],
    grounds: dict[str, list[Position]],
) -> list[str]:
    """Return flags about the texts that tell of others' positions: the reviewers of this claim."""
    index, voices = findings.index, findings.voices
    reviewers = sorted(
        {
            f"@{position.reported_by}"
            for ground in grounds.values()
            for position in ground
            if position.holder != f"@{position.reported_by}"
        }
    )
    flags: list[str] = []
    own = [
        holder
        for holder in sorted({*pro, *con})
        if index.holders[holder].kind == "work"
        and holder not in reviewers
        and any(voices[holder] & voices.get(reviewer, frozenset()) for reviewer in reviewers)
    ]
    if own:
        flags.append(f"reviewer's own works among the voices: {', '.join(own)}")
    for reviewer in reviewers:
        told = [position for holder in pro for position in grounds[holder]]
        if (
            reviewer in con
            and any(f"@{each.reported_by}" == reviewer != each.holder for each in told)
            and all(voices[holder] & voices[reviewer] for holder in con)
        ):
            flags.append(f"reviewer is the only opponent: {reviewer}")
    return flags


def list_grounds(findings: Findings, holder: str, claim: str) -> list[Position]:
    """Return all positions on which a holder's side on a claim rests.

    These are the positions on the shortest paths, and other positions with the same holder and
    claim, which tell the same elsewhere.
    """
    index = findings.index
    view = view_holder(index, holder, findings.views)
    paths: list[Path] = [paths[claim] for paths in (view.pro, view.con) if claim in paths]
    wanted = {
        (step.holder, step.claim) for path in paths for step in path if isinstance(step, Position)
    }
    return [
        position
        for place in sorted(wanted)
        for position in index.positions_at[place]
        if position.stance != "reports"
    ]


def is_first_hand(position: Position, holder: str) -> bool:
    """Say whether a position is read in the holder's own work, or located there."""
    return position.holder == holder and (
        bool(position.own_locator) or position.reported_by == holder.removeprefix("@")
    )
