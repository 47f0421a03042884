"""Questions about one claim: who holds it, who contests it, and what reasons there are."""

from __future__ import annotations

from collections.abc import Iterable

from argmap.analysis import explain_claim
from argmap.analysis.disputes import ClaimAccount
from argmap.model import Relation
from argmap.naming import shorten, show_page
from argmap.query.answers import Answer
from argmap.query.questions import Grounds, count, start
from argmap.query.rows import Reason, Stand


def who_holds(grounds: Grounds, claim: str) -> Answer[Stand]:
    """Answer who is for a claim, who is on both sides, and who is a witness for it."""
    account = explain_claim(grounds.findings, claim)
    rows = [
        *(grounds.stand(stance, "pro") for stance in account.pro),
        *(grounds.stand(stance, "mixed") for stance in account.mixed),
        *(grounds.stand(witness, "witness pro") for witness in account.pro_witnesses),
    ]
    summary = _count_voices(account.pro_voices.lower, "for it")
    if account.pro and not any(row.kind == "work" for row in rows if row.side == "pro"):
        summary += " Nobody citable: no work stands on this side."
    return grounds.answer(
        f"Who holds {claim}?",
        rows,
        Stand,
        about=grounds.describe(claim),
        summary=summary,
        notes=[
            *_note_witnesses(rows),
            *_note_reports(grounds, claim),
            *_note_opponents(account),
        ],
    )


def who_contests(grounds: Grounds, claim: str) -> Answer[Stand]:
    """Answer who is against a claim, who is on both sides, and who is a witness against it."""
    account = explain_claim(grounds.findings, claim)
    rows = [
        *(grounds.stand(stance, "con") for stance in account.con),
        *(grounds.stand(stance, "mixed") for stance in account.mixed),
        *(grounds.stand(witness, "witness con") for witness in account.con_witnesses),
    ]
    notes = _note_witnesses(rows)
    contests = [each for each in account.contests if each.target == claim]
    denied = [each for each in account.contests if each.target != claim]
    for word, relations in (
        ("contested by", contests),
        ("qualified by", account.qualifications),
    ):
        if relations:
            notes.append(f"{word} {_list_sources(relations)}.")
    if denied:
        told = ", ".join(f"{shorten(each.target)}{_show(each.page)}" for each in denied)
        notes.append(f"it contests {told} itself.")
    if account.undercuts:
        notes.append(
            f"steps to it or from it are undercut by {_list_sources(account.undercuts)}: "
            "that attacks an inference, not the claim."
        )
    return grounds.answer(
        f"Who contests {claim}?",
        rows,
        Stand,
        about=grounds.describe(claim),
        summary=_count_voices(account.con_voices.lower, "against it"),
        notes=notes,
    )


def who_supports(grounds: Grounds, claim: str) -> Answer[Reason]:
    """Answer which claims support or explain a claim, and who draws these steps, on which page."""
    rows = [_tell_reason(grounds, relation, 1) for relation in _list_reasons(grounds, claim)]
    drawers = {name for row in rows for name in row.names}
    return grounds.answer(
        f"Who supports {claim}, with what?",
        rows,
        Reason,
        about=grounds.describe(claim),
        summary=f"{start(count(len(rows), 'reason'))}"
        + (f", drawn by {'; '.join(sorted(drawers))}." if drawers else "."),
        notes=_note_left_out(grounds, claim),
    )


def reasons(grounds: Grounds, claim: str) -> Answer[Reason]:
    """Answer with all reasons for a claim, the reasons for these, and so on down."""
    rows: list[Reason] = []
    told: set[str] = {claim}
    # The steps still to tell, the next one last; a claim's own reasons are told once.
    waiting = [(1, relation) for relation in reversed(_list_reasons(grounds, claim))]
    while waiting:
        depth, relation = waiting.pop()
        below = _list_reasons(grounds, relation.source)
        again = bool(below) and relation.source in told
        rows.append(_tell_reason(grounds, relation, depth, again=again))
        if relation.source not in told:
            told.add(relation.source)
            waiting += [(depth + 1, each) for each in reversed(below)]
    grounded = sum(bool(row.cited) for row in rows)
    undercut = sum(bool(row.undercut_by) for row in rows)
    summary = (
        f"{start(count(len(rows), 'reason'))}, {max((row.depth for row in rows), default=0)} deep"
    )
    summary += f"; {grounded} with works cited, {undercut} whose step is undercut."
    return grounds.answer(
        f"What reasons are there for {claim}?",
        rows,
        Reason,
        about=grounds.describe(claim),
        summary=summary if rows else "No reason is given for it.",
        notes=_note_left_out(grounds, claim),
    )


def _list_reasons(grounds: Grounds, claim: str) -> list[Relation]:
    return [
        relation
        for relation in grounds.index.incoming.get(claim, ())
        if relation.type in ("supports", "explains")
    ]


def _tell_reason(
    grounds: Grounds, relation: Relation, depth: int, *, again: bool = False
) -> Reason:
    source = grounds.claims[relation.source]
    cited = []
    for served in (relation.source, relation.id):
        for citation in grounds.citations_for.get(served, ()):
            locator = f", {citation.locator.lstrip(': ')}" if citation.locator else ""
            cited.append(f"{grounds.name('@' + citation.work)}{locator} ({citation.role})")
    undercuts = [
        each.source
        for each in grounds.index.incoming.get(relation.id, ())
        if each.type == "undercuts"
    ]
    return Reason(
        depth=depth,
        claim=relation.source,
        statement=source.statement,
        step=relation.type,
        of=relation.target,
        text=source.text,
        page=relation.page or grounds.page_of(relation.source),
        drawn_by=relation.drawn_by,
        names=tuple(map(grounds.name, relation.drawn_by)),
        basis=relation.basis,
        cited=tuple(dict.fromkeys(cited)),
        undercut_by=tuple(undercuts),
        again=again,
    )


def _count_voices(number: int, side: str) -> str:
    noun = "voice" if number == 1 else "voices"
    return f"{number or 'No'} independent {noun} {side}."


def _note_witnesses(rows: list[Stand]) -> list[str]:
    if any(row.side.startswith("witness") for row in rows):
        return ["witnesses are used by others on this side; they are shown, not counted."]
    return []


def _note_reports(grounds: Grounds, claim: str) -> list[str]:
    positions = [
        position
        for position in grounds.index.positions_on.get(claim, ())
        if position.stance == "reports"
    ]
    if not positions:
        return []
    told = [f"{grounds.name(each.holder)}{_show(each.page)}" for each in positions]
    return [f"reported, without taking a side, by {', '.join(told)}."]


def _note_opponents(account: ClaimAccount) -> list[str]:
    if not account.con:
        return []
    return [f"{count(len(account.con), 'holder')} against it; who_contests() tells who."]


def _note_left_out(grounds: Grounds, claim: str) -> list[str]:
    """Return a note on the steps to a claim that do not count."""
    left = [
        relation
        for relation in grounds.literature.relations
        if relation.target == claim and relation.type in ("supports", "explains")
    ]
    analyst = sum(each.basis == "analyst" for each in left)
    evidential = sum(each.evidential and each.basis != "analyst" for each in left)
    notes = []
    if analyst and not grounds.findings.with_analyst:
        notes.append(
            f"{count(analyst, 'step')} of the reviewer's own reading left out; "
            "with_analyst=True (--with analyst) counts them."
        )
    if evidential:
        notes.append(
            f"{count(evidential, 'step')} left out that only "
            f"{'shows' if evidential == 1 else 'show'} that somebody holds it."
        )
    return notes


def _list_sources(relations: Iterable[Relation]) -> str:
    return ", ".join(f"{shorten(each.source)}{_show(each.page)}" for each in relations)


def _show(page: str) -> str:
    return f" ({show_page(page)})" if page else ""
