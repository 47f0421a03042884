"""Questions about two works, actors, groups or texts: where they meet, and what joins them."""

from __future__ import annotations

from collections import Counter, deque

from argmap.analysis import Stance, list_stances
from argmap.model import Position, Relation
from argmap.naming import order_in_text, shorten, show_page
from argmap.network import RELATION_SIGNS, STANCE_SIGNS
from argmap.query.answers import Answer
from argmap.query.questions import Grounds, count, note_inferred
from argmap.query.rows import Comparison, Link

_ORDER = (
    "disagree",
    "contests",
    "undercuts",
    "mixed",
    "qualifies",
    "agree",
    "supports",
    "explains",
)


def compare(grounds: Grounds, first: str, second: str) -> Answer[Comparison]:
    """Answer where two holders agree and disagree; of two texts, also how their claims meet."""
    if first == second:
        question = f"Where do {grounds.name(first)} and {grounds.name(second)} agree and disagree?"
        return grounds.answer(question, [], Comparison, summary="They are one and the same.")
    sides = [
        {each.claim: each for each in list_stances(grounds.index, holder, grounds.findings.views)}
        for holder in (first, second)
    ]
    rows = []
    for claim in sides[0].keys() & sides[1].keys():
        one, other = sides[0][claim], sides[1][claim]
        verdict = "agree" if one.side == other.side else "disagree"
        if "mixed" in (one.side, other.side):
            verdict = "mixed"
        rows.append(_meet(grounds, verdict, one, other))
    rows += _list_bearings(grounds, first, second, sides)
    rows.sort(
        key=lambda row: (
            _ORDER.index(row.verdict),
            order_in_text(grounds.claims[row.claim]),
            row.other,
        )
    )
    counts = Counter(row.verdict for row in rows)
    bearing = len(rows) - counts["agree"] - counts["disagree"] - counts["mixed"]
    summary = f"They agree on {count(counts['agree'], 'claim')}, disagree on "
    summary += f"{count(counts['disagree'], 'claim')}"
    if bearing:
        summary += (
            f"; {count(bearing, 'claim')} of the one {'bears' if bearing == 1 else 'bear'} on "
        )
        summary += "a claim of the other"
    notes = []
    coded = grounds.findings.coded
    if {first[1:], second[1:]} <= coded and not grounds.findings.with_analyst:
        left = [
            relation
            for relation in grounds.literature.relations
            if relation.basis == "analyst" and _joins(grounds, relation, first[1:], second[1:])
        ]
        if left:
            notes.append(
                f"{count(len(left), 'relation')} between their claims "
                f"{'is' if len(left) == 1 else 'are'} the reviewer's own reading and left out; "
                "with_analyst=True (--with analyst) counts them."
            )
    return grounds.answer(
        f"Where do {grounds.name(first)} and {grounds.name(second)} agree and disagree?",
        rows,
        Comparison,
        summary=summary + ".",
        notes=[*notes, *_note_inferred(grounds, rows)],
    )


def _meet(grounds: Grounds, verdict: str, one: Stance, other: Stance) -> Comparison:
    told = []
    pages = []
    for stance in (one, other):
        position, _, how = grounds.trace(stance)
        told.append(f"{grounds.name(stance.holder)}: {how}")
        pages.append(position.page if position else "")
    return Comparison(
        verdict=verdict,
        claim=one.claim,
        statement=grounds.claims[one.claim].statement,
        first_page=pages[0],
        second_page=pages[1],
        how="; ".join(told),
    )


def _list_bearings(
    grounds: Grounds, first: str, second: str, sides: list[dict[str, Stance]]
) -> list[Comparison]:
    """Return the relations from a claim of the one to a claim of the other, in either direction."""
    keys = first[1:], second[1:]
    both_coded = set(keys) <= grounds.findings.coded
    held = [
        {claim for claim, stance in stances.items() if stance.side == "pro"} for stances in sides
    ]
    if both_coded:
        held = [{c.id for c in grounds.literature.claims if c.text == key} for key in keys]
    rows = []
    for relations in grounds.index.outgoing.values():
        for relation in relations:
            goal = grounds.goal_of(relation)
            forward = relation.source in held[0] and goal in held[1]
            backward = relation.source in held[1] and goal in held[0]
            # What a holder contests is a disagreement already, and one's own chains are no meeting.
            if not (forward or backward) or (forward and backward):
                continue
            if relation.type == "contests" and not both_coded:
                continue
            pages = grounds.page_of(relation.source), grounds.page_of(goal)
            entry = grounds.claims[relation.source]
            step = "the step to " if relation.target_kind == "relation" else ""
            basis = "the reviewer's reading" if relation.basis == "analyst" else relation.basis
            rows.append(
                Comparison(
                    verdict=relation.type,
                    claim=relation.source,
                    statement=entry.statement,
                    other=goal,
                    first_page=pages[0] if forward else pages[1],
                    second_page=pages[1] if forward else pages[0],
                    how=f"{shorten(relation.source)} ({show_page(pages[0])}) {relation.type} "
                    f"{step}{shorten(goal)} ({show_page(pages[1])}): "
                    f"{grounds.claims[goal].statement} {basis}",
                )
            )
    return rows


def _joins(grounds: Grounds, relation: Relation, one: str, other: str) -> bool:
    goal = grounds.goal_of(relation)
    return {grounds.claims[relation.source].text, grounds.claims[goal].text} == {one, other}


def _note_inferred(grounds: Grounds, rows: list[Comparison]) -> list[str]:
    texts = {grounds.claims[row.claim].text for row in rows} | {
        grounds.claims[row.other].text for row in rows if row.other
    }
    inferred = [f"@{key}" for key in sorted(texts) if grounds.inferred.get(key)]
    if not inferred:
        return []
    return [note_inferred(grounds.list(inferred))]


def path(grounds: Grounds, first: str, second: str) -> Answer[Link]:
    """Answer with the shortest way of support or contest from one holder to another.

    It leads from a position of the one over relations between claims, in either direction, to a
    position of the other, and through no third holder.  Linear in positions and relations.
    """
    if first == second:
        question = f"Which way leads from {grounds.name(first)} to {grounds.name(second)}?"
        return grounds.answer(question, [], Link, summary="They are one and the same.")
    starts = _list_positions(grounds, first)
    ends = _list_positions(grounds, second)
    steps: dict[str, list[tuple[str, Relation]]] = {}
    for relations in grounds.index.outgoing.values():
        for relation in relations:
            if relation.type == "qualifies":
                continue
            goal = grounds.goal_of(relation)
            steps.setdefault(relation.source, []).append((goal, relation))
            steps.setdefault(goal, []).append((relation.source, relation))
    for options in steps.values():
        options.sort(key=lambda each: each[1].id)
    came: dict[str, tuple[str, Relation] | None] = dict.fromkeys(sorted(starts))
    waiting = deque(came)
    found = ""
    while waiting and not found:
        claim = waiting.popleft()
        if claim in ends:
            found = claim
            break
        for goal, relation in steps.get(claim, ()):
            if goal not in came:
                came[goal] = (claim, relation)
                waiting.append(goal)
    question = f"Which way leads from {grounds.name(first)} to {grounds.name(second)}?"
    if not found:
        summary = (
            "None: no chain of support or contest joins a claim of the one to one of the other."
        )
        for holder, positions in ((first, starts), (second, ends)):
            if not positions:
                summary = f"None: {grounds.name(holder)} takes no position of its own."
        return grounds.answer(question, [], Link, summary=summary)
    chain: list[tuple[str, str, Relation]] = []
    claim = found
    while (step := came[claim]) is not None:
        chain.append((step[0], claim, step[1]))
        claim = step[0]
    chain.reverse()
    rows = [
        _tell_position(grounds, starts[claim], first=True),
        *(_tell_relation(grounds, source, goal, relation) for source, goal, relation in chain),
        _tell_position(grounds, ends[found], first=False),
    ]
    sign = 1
    for row in rows:
        sign *= row.sign
    verdict = "in support" if sign > 0 else "in contest"
    summary = f"{count(len(chain), 'relation').capitalize()} between their claims, {verdict}."
    return grounds.answer(question, rows, Link, summary=summary)


def _list_positions(grounds: Grounds, holder: str) -> dict[str, Position]:
    """Return the positions of a holder, and of the groups that name them, by claim; own first."""
    found: dict[str, Position] = {}
    for name in (holder, *grounds.index.groups.get(holder, ())):
        for position in grounds.index.positions_of.get(name, ()):
            if position.stance != "reports":
                found.setdefault(position.claim, position)
    return found


def _tell_position(grounds: Grounds, position: Position, *, first: bool) -> Link:
    where = f"{grounds.name('@' + position.reported_by)}, {show_page(position.page)}"
    statement = grounds.claims[position.claim].statement
    return Link(
        source=position.holder if first else position.claim,
        kind=position.stance,
        target=position.claim if first else position.holder,
        sign=STANCE_SIGNS[position.stance],
        text=position.reported_by,
        page=position.page,
        told=f"{grounds.name(position.holder)} {position.stance}: {statement} [{where}]"
        if first
        else f"which {grounds.name(position.holder)} {position.stance} [{where}]",
    )


def _tell_relation(grounds: Grounds, source: str, goal: str, relation: Relation) -> Link:
    forward = relation.source == source
    passive = {
        "supports": "is supported by",
        "explains": "is explained by",
        "contests": "is contested by",
        "undercuts": "is reached by a step undercut by",
    }
    verb = relation.type if forward else passive[relation.type]
    if forward and relation.type == "undercuts":
        verb = "undercuts a step to"
    page = relation.page or grounds.page_of(relation.source)
    basis = "the reviewer's reading, " if relation.basis == "analyst" else ""
    return Link(
        source=source,
        kind=relation.type,
        target=goal,
        sign=RELATION_SIGNS[relation.type],
        text=grounds.claims[relation.source].text,
        page=page,
        told=f"which {verb}: {grounds.claims[goal].statement} [{basis}{show_page(page)}]",
    )
