"""What a reviewer asks of a literature beside disputes and schools: gaps, weights, holders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from argmap.analysis.coherence import find_conflicts
from argmap.analysis.disputes import is_first_hand, list_grounds
from argmap.analysis.findings import Findings, list_side
from argmap.analysis.sides import CON, MIXED, PRO
from argmap.analysis.stances import Stance, explain_stance
from argmap.analysis.standings import STATUSES
from argmap.analysis.voices import Tokens, count_depth, count_voices
from argmap.model import Record, Relation


class Change(Record, frozen=True, kw_only=True):
    """A claim whose standing a work holds up: its status and depth with and without the work."""

    claim: str
    before: str
    after: str
    depth_before: int
    depth_after: int


class Fall(Record, frozen=True, kw_only=True):
    """What would change if a holder had not spoken; ``ended`` counts disputed claims that end."""

    holder: str
    changes: tuple[Change, ...]
    ended: int


class Load(Record, frozen=True, kw_only=True):
    """A claim and how many claims rest on it, through one step of support or through several."""

    claim: str
    direct: int
    resting: int


class Company(Record, frozen=True, kw_only=True):
    """Another holder, with the claims on which the two take the same side, and different ones."""

    holder: str
    agreements: tuple[str, ...]
    disagreements: tuple[str, ...]


class HolderAccount(Record, frozen=True, kw_only=True):
    """What a holder stands for: every side with its reason, with whom and against whom.

    ``allies`` and ``opponents`` are those with whom agreement, or disagreement, prevails, the
    firmest first; who shares a voice with the holder is in ``own_voice`` instead.
    """

    holder: str
    stances: tuple[Stance, ...]
    allies: tuple[Company, ...]
    opponents: tuple[Company, ...]
    own_voice: tuple[str, ...]


def judge_claim(pro: Sequence[Tokens], con: Sequence[Tokens], mixed: bool) -> tuple[str, int]:
    """Return the status and the depth of a claim from the voices on its sides.

    The definition for one claim; :mod:`argmap.analysis.standings` does all of them at once.
    """
    depth = count_depth(pro, con).lower if pro and con else 0
    if depth >= 1:
        return "disputed", depth
    if pro and con:
        return "self-contested", 0
    if con:
        return "challenged", 0
    if pro:
        return ("corroborated" if count_voices(pro).lower >= 2 else "asserted"), 0
    return ("mixed" if mixed else "unheld"), 0


def weigh_holders(findings: Findings) -> tuple[Fall, ...]:
    """Return what hangs on each work, actor and group that takes a side, most disputes first.

    A holder falls alone: members of a group keep what they have of it.
    """
    tables, sides = findings.tables, findings.sides
    claims_of: dict[int, list[int]] = {}
    for claim, holder in zip(sides.claim.tolist(), sides.holder.tolist(), strict=True):
        claims_of.setdefault(holder, []).append(claim)
    falls = []
    for holder, claims in sorted(claims_of.items()):
        name = tables.holders[holder]
        changes = []
        for claim in claims:
            identifier = tables.claims[claim]
            left = {
                side: [each for each in list_side(findings, identifier, side) if each != name]
                for side in (PRO, CON, MIXED)
            }
            after, depth_after = judge_claim(
                [findings.voices[each] for each in left[PRO]],
                [findings.voices[each] for each in left[CON]],
                bool(left[MIXED]),
            )
            before = STATUSES[int(findings.counts.status[claim])]
            depth_before = int(findings.counts.depth[claim])
            if (before, depth_before) != (after, depth_after):
                changes.append(
                    Change(
                        claim=identifier,
                        before=before,
                        after=after,
                        depth_before=depth_before,
                        depth_after=depth_after,
                    )
                )
        ended = sum(each.before == "disputed" != each.after for each in changes)
        if changes:
            falls.append(Fall(holder=name, changes=tuple(changes), ended=ended))
    falls.sort(key=lambda fall: (-fall.ended, -len(fall.changes), fall.holder))
    return tuple(falls)


def list_second_hand(findings: Findings) -> tuple[str, ...]:
    """Return the claims that works hold but that were read in none of them, sorted.

    No pro holder's position is from the holder's own coded text or has a place in its own work.
    """
    found = []
    for claim in findings.tables.claims:
        grounds = [
            (holder, list_grounds(findings, holder, claim))
            for holder in list_side(findings, claim, PRO)
            if findings.index.holders[holder].kind == "work"
        ]
        if grounds and not any(
            is_first_hand(position, holder) for holder, ground in grounds for position in ground
        ):
            found.append(claim)
    return tuple(found)


def list_gaps(findings: Findings) -> tuple[str, ...]:
    """Return the claims that one voice asserts and that nobody else takes up, sorted.

    Nobody is against them or mixed, and no relation touches them that anybody else draws.
    """
    index = findings.index
    found = []
    for number, claim in enumerate(findings.tables.claims):
        if STATUSES[int(findings.counts.status[number])] != "asserted":
            continue
        if list_side(findings, claim, MIXED):
            continue
        own = frozenset().union(
            *(findings.voices[each] for each in list_side(findings, claim, PRO))
        )
        touching = (*index.outgoing.get(claim, ()), *index.incoming.get(claim, ()))
        drawers = [drawer for relation in touching for drawer in relation.drawn_by]
        if all(findings.voices[drawer] & own for drawer in drawers):
            found.append(claim)
    return tuple(found)


def weigh_claims(findings: Findings) -> tuple[Load, ...]:
    """Return the claims on which others rest by support, those that carry most first.

    The centrality that means something in an argument: if the claim went, ``resting`` others would
    lose a reason, or a reason's reason.  Quadratic in the longest chains at worst.
    """
    index = findings.index
    onward = {
        claim: sorted(
            {
                relation.target
                for relation in index.outgoing.get(claim, ())
                if relation.type == "supports" and relation.target_kind == "claim"
            }
        )
        for claim in findings.tables.claims
    }
    loads = []
    for claim, direct in onward.items():
        reached: set[str] = set()
        waiting = list(direct)
        while waiting:
            name = waiting.pop()
            if name not in reached and name != claim:
                reached.add(name)
                waiting.extend(onward[name])
        if reached:
            loads.append(Load(claim=claim, direct=len(direct), resting=len(reached)))
    loads.sort(key=lambda load: (-load.resting, -load.direct, load.claim))
    return tuple(loads)


def explain_holder(findings: Findings, holder: str) -> HolderAccount:
    """Return what a holder stands for, with whom and against whom.

    Raises
    ------
    KeyError
        If the literature has no such holder.
    """
    number = findings.holder_number[holder]
    sides, names = findings.sides, findings.tables
    mine = sides.holder == number
    claims = [names.claims[claim] for claim in sides.claim[mine].tolist()]
    stances = tuple(
        stance
        for claim in sorted(claims)
        if (stance := explain_stance(findings.index, holder, claim, findings.views)) is not None
    )
    agreed: dict[str, list[str]] = {}
    disagreed: dict[str, list[str]] = {}
    for stance in stances:
        pro, con = (list_side(findings, stance.claim, side) for side in (PRO, CON))
        if stance.side == "mixed":
            continue
        same, opposite = (pro, con) if stance.side == "pro" else (con, pro)
        for other in same:
            agreed.setdefault(other, []).append(stance.claim)
        for other in opposite:
            disagreed.setdefault(other, []).append(stance.claim)
    own = findings.voices[holder]
    company = [
        Company(
            holder=other,
            agreements=tuple(agreed.get(other, ())),
            disagreements=tuple(disagreed.get(other, ())),
        )
        for other in sorted({*agreed, *disagreed} - {holder})
    ]
    apart = [each for each in company if not findings.voices[each.holder] & own]
    balance = Counter(
        {each.holder: len(each.agreements) - len(each.disagreements) for each in apart}
    )
    return HolderAccount(
        holder=holder,
        stances=stances,
        allies=tuple(
            sorted(
                (each for each in apart if balance[each.holder] > 0),
                key=lambda each: (-balance[each.holder], each.holder),
            )
        ),
        opponents=tuple(
            sorted(
                (each for each in apart if balance[each.holder] < 0),
                key=lambda each: (balance[each.holder], each.holder),
            )
        ),
        own_voice=tuple(each.holder for each in company if findings.voices[each.holder] & own),
    )


def find_school_conflicts(
    findings: Findings, members: Sequence[str]
) -> tuple[tuple[str, ...], tuple[Relation, ...]]:
    """Return the claims that most voices of some holders hold, and the contests among these.

    A school without such contests holds a conflict-free position.
    """
    chosen = set(members)
    held = []
    for claim in findings.tables.claims:
        pro = [findings.voices[h] for h in list_side(findings, claim, PRO) if h in chosen]
        con = [findings.voices[h] for h in list_side(findings, claim, CON) if h in chosen]
        if pro and count_voices(pro).lower > count_voices(con).lower:
            held.append(claim)
    return tuple(held), find_conflicts(findings.index, held)
