"""Questions about one work: what it claims, what it is cited for, what hangs on it, and years."""

from __future__ import annotations

from collections import Counter

from argmap.analysis import list_stances
from argmap.analysis.measures import weigh_holders
from argmap.naming import order_in_text
from argmap.query.answers import Answer
from argmap.query.questions import Grounds, count, start
from argmap.query.rows import CitingWork, Holding, Shift, Turn, Use


def claims_of(grounds: Grounds, holder: str) -> Answer[Holding]:
    """Answer what a work, actor or group claims and denies: its own words first."""
    stances = sorted(
        list_stances(grounds.index, holder, grounds.findings.views),
        key=lambda stance: (
            len(stance.path) > 1,
            stance.side != "pro",
            order_in_text(grounds.claims[stance.claim]),
        ),
    )
    rows = [grounds.holding(stance) for stance in stances]
    own = sum(len(stance.path) == 1 for stance in stances)
    sides = Counter(row.side for row in rows)
    summary = (
        f"{start(count(len(rows), 'claim'))}: for {sides['pro']}, against {sides['con']}"
        + (f", on both sides of {sides['mixed']}" if sides["mixed"] else "")
        + (f"; {own} by its own word, the others by what follows from it." if rows else "")
    )
    groups = list(grounds.index.groups.get(holder, ()))
    notes = [f"counted among {grounds.list(groups)}."] if groups else []
    return grounds.answer(
        f"What does {grounds.name(holder)} claim?",
        rows,
        Holding,
        summary=summary if rows else "It takes no side on any claim.",
        notes=notes,
    )


def cited_for(grounds: Grounds, work: str) -> Answer[Use]:
    """Answer what a work is cited for, by which text, where, and in which role."""
    rows = []
    for citation in grounds.literature.citations:
        if citation.work == work:
            claim = grounds.source_of(citation)
            rows.append(
                Use(
                    work=work,
                    text=citation.text,
                    text_name=grounds.name("@" + citation.text),
                    page=grounds.page_of_citation(citation),
                    role=citation.role,
                    locator=citation.locator,
                    claim=claim,
                    relation=citation.relation,
                    statement=grounds.claims[claim].statement,
                )
            )
    rows.sort(key=lambda row: (row.text, order_in_text(grounds.claims[row.claim]), row.role))
    texts = sorted({row.text for row in rows})
    summary = (
        f"{start(count(len(rows), 'citation'))}, by {grounds.list(f'@{key}' for key in texts)}."
        if rows
        else "It is cited for nothing that was coded."
    )
    return grounds.answer(
        f"What is {grounds.name('@' + work)} cited for?", rows, Use, summary=summary
    )


def who_cites(grounds: Grounds, work: str) -> Answer[CitingWork]:
    """Answer which texts cite a work, on which pages, and for what."""
    uses = cited_for(grounds, work).rows.group_by("text")
    rows = [
        CitingWork(
            text=text,
            name=grounds.name("@" + text),
            times=len(group),
            roles=tuple(group.count_by("role")),
            pages=tuple(group.values("page")),
            claims=tuple(group.values("claim")),
        )
        for text, group in uses.items()
    ]
    return grounds.answer(
        f"Which works cite {grounds.name('@' + work)}, and for what?",
        rows,
        CitingWork,
        summary=f"{start(count(len(rows), 'coded text'))} "
        f"{'cites' if len(rows) == 1 else 'cite'} it.",
    )


def without(grounds: Grounds, holder: str) -> Answer[Shift]:
    """Answer which claims would stand otherwise if a work, actor or group had not spoken."""
    fall = next((fall for fall in weigh_holders(grounds.findings) if fall.holder == holder), None)
    rows = []
    for change in fall.changes if fall else ():
        claim = grounds.claims[change.claim]
        rows.append(
            Shift(
                claim=claim.id,
                statement=claim.statement,
                text=claim.text,
                page=grounds.page_of(claim.id),
                before=change.before,
                after=change.after,
                depth_before=change.depth_before,
                depth_after=change.depth_after,
            )
        )
    rows.sort(key=lambda row: (row.before != "disputed", -row.depth_before, row.claim))
    notes = []
    key = holder.removeprefix("@")
    if key in grounds.findings.coded:
        reported = [p for p in grounds.literature.positions if p.reported_by == key]
        holders = {p.holder for p in reported} - {holder}
        elsewhere = {p.holder for p in grounds.literature.positions if p.reported_by != key}
        notes.append(
            f"were it not coded, {count(len(reported), 'position')} would be gone, and "
            f"{count(len(holders - elsewhere), 'holder')} known only through it."
        )
    ended = fall.ended if fall else 0
    summary = f"{start(count(len(rows), 'claim'))} would stand otherwise"
    summary += f"; {count(ended, 'disputed claim')} would be so no longer." if ended else "."
    return grounds.answer(
        f"What would change without {grounds.name(holder)}?",
        rows,
        Shift,
        summary=summary,
        notes=notes,
    )


def over_years(grounds: Grounds, topic: str) -> Answer[Turn]:
    """Answer what works of which years say on a topic, and since when its disputes are open."""
    years = {work.key: work.year for work in grounds.literature.works}
    rows = []
    undated: set[str] = set()
    for position in grounds.literature.positions:
        claim = grounds.claims[position.claim]
        if claim.topic != topic or position.stance == "reports":
            continue
        holder = grounds.index.holders[position.holder]
        year = years.get(position.holder.removeprefix("@")) if holder.kind == "work" else None
        if year is None:
            undated.add(position.holder)
            continue
        rows.append(
            Turn(
                year=year,
                holder=position.holder,
                name=grounds.name(position.holder),
                stance=position.stance,
                claim=claim.id,
                statement=claim.statement,
                text=position.reported_by,
                page=position.page,
            )
        )
    rows.sort(key=lambda row: (row.year, row.holder, order_in_text(grounds.claims[row.claim])))
    decades = Counter(f"{row.year // 10 * 10}s" for row in rows)
    told = ", ".join(f"{decade} {number}" for decade, number in sorted(decades.items()))
    notes = _date_disputes(grounds, topic, years)
    if undated:
        notes.append(f"without a year: {grounds.list(sorted(undated))}.")
    return grounds.answer(
        f"How did {topic} move over the years?",
        rows,
        Turn,
        summary=f"{start(count(len(rows), 'position'))}, by decade: {told}."
        if rows
        else "Nothing.",
        notes=notes,
    )


def _date_disputes(grounds: Grounds, topic: str, years: dict[str, int | None]) -> list[str]:
    """Return since when each dispute of a topic has had either side, as far as works tell."""
    from argmap.analysis import list_disputes

    def date(holders: tuple[str, ...]) -> str:
        known = [year for each in holders if (year := years.get(each[1:])) is not None]
        return f"since {min(known)}" if known else "by no dated work"

    return [
        f"{each.focal.partition('/')[2]}: for it {date(each.pro)}, against it {date(each.con)}."
        for each in list_disputes(grounds.findings, topic=topic)
    ]
