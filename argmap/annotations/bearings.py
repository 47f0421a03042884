"""What bears on a claim put into words: support, contest, undercut, qualification."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from argmap.annotations.accounts import Bearing, Holding
from argmap.annotations.ledger import drop_covering_groups, list_doubtful, sort_pages
from argmap.annotations.patterns import bearings as patterns
from argmap.annotations.pieces import Sentence
from argmap.annotations.telling import Telling
from argmap.annotations.wording import Slot

_RANK = {
    # Reasons come first, while the claim is still at hand.
    ("in", "supports"): 0,
    ("in", "explains"): 1,
    ("in", "contests"): 2,
    ("out", "contests"): 3,
    ("in", "qualifies"): 4,
    ("out", "supports"): 6,
    ("out", "explains"): 7,
    ("out", "qualifies"): 8,
    ("step", "undercuts"): 9,
}
# What the text says first, then what it leaves to its readers.
_FAMILIES: dict[str, tuple[Sequence[str], Sequence[str]]] = {
    "in supports": (patterns.SUPPORTED, patterns.SUPPORTED_TACITLY),
    "in explains": (patterns.EXPLAINED, patterns.EXPLAINED_TACITLY),
    "in contests": (patterns.CONTESTED, patterns.CONTESTED_TACITLY),
    "in qualifies": (patterns.QUALIFIED, patterns.QUALIFIED_TACITLY),
    "out contests": (patterns.CONTESTS, patterns.CONTESTS_TACITLY),
    "out contests nobody": (patterns.CONTESTS_NOBODY, patterns.CONTESTS_NOBODY_TACITLY),
    "out qualifies": (patterns.QUALIFIES, patterns.QUALIFIES_TACITLY),
    "evidence": (patterns.EVIDENCE, patterns.EVIDENCE_BY_IMPLICATION),
    "evidence again": (patterns.EVIDENCE_AGAIN, patterns.EVIDENCE_AGAIN_BY_IMPLICATION),
    "concludes supports": (patterns.CONCLUDES, patterns.CONCLUDES_TACITLY),
    "concludes explains": (patterns.EXPLAINS, patterns.EXPLAINS_TACITLY),
    "used supports": (patterns.USED, patterns.USED_TACITLY),
    "used explains": (patterns.USED_TO_EXPLAIN, patterns.USED_TACITLY_TO_EXPLAIN),
    "used by others": (patterns.USED_BY_OTHERS, patterns.USED_TACITLY_BY_OTHERS),
    "used for a view": (patterns.USED_FOR_A_VIEW, patterns.USED_TACITLY_FOR_A_VIEW),
    "undercut": (patterns.UNDERCUT, patterns.UNDERCUT_TACITLY),
    "undercut between": (patterns.UNDERCUT_BETWEEN, patterns.UNDERCUT_BETWEEN_TACITLY),
    "undercut between again": (
        patterns.UNDERCUT_BETWEEN_AGAIN,
        patterns.UNDERCUT_BETWEEN_AGAIN_TACITLY,
    ),
    **{
        f"again {direction} {kind}": (again, patterns.AGAIN_TACITLY[direction, kind])
        for (direction, kind), again in patterns.AGAIN.items()
    },
}
_BY_TEXT: dict[str, Sequence[str]] = {
    "qualifies": patterns.QUALIFIED_BY_TEXT,
    "supports": patterns.SUPPORTED_BY_TEXT,
    "explains": patterns.EXPLAINED_BY_TEXT,
}
_VERBS = {
    ("in", "contests"): "is contested by",
    ("out", "contests"): "contests",
    ("step", "undercuts"): "is undercut by",
    ("in", "qualifies"): "is qualified by",
    ("in", "supports"): "is supported by",
    ("in", "explains"): "is explained by",
    ("out", "supports"): "supports",
    ("out", "explains"): "explains",
    ("out", "qualifies"): "qualifies",
}


def tell_bearings(telling: Telling, holding: Holding) -> list[Sentence]:
    """Tell what claims of others bear on a claim, and what is made of it."""
    sentences: list[Sentence] = []
    bearings = [each for each in holding.bearings if _is_worth_telling(telling, each)]
    bearings.sort(key=lambda each: (_RANK[each.direction, each.relation.type],))

    def look(bearing: Bearing) -> tuple[object, ...]:
        return (*_alike(bearing), list_doubtful(telling.ledger, bearing.other))

    for _, group in groupby(bearings, key=look):
        sentences.append(_tell_bearing(telling, tuple(group)))
    return sentences


def _is_worth_telling(telling: Telling, bearing: Bearing) -> bool:
    """Leave out what the work says of its own claims, which are told one by one."""
    own = bearing.other.id in telling.held
    others = drop_covering_groups(telling.ledger, bearing.holders, telling.holder)
    return not own and (bearing.direction == "out" or bool(others))


def _tell_bearing(telling: Telling, group: tuple[Bearing, ...]) -> Sentence:
    lead = group[0]
    relation = lead.relation
    claims = [bearing.other for bearing in group]
    # Where the step is taken: in the text of the claim that bears on the other.
    text = relation.source.partition("/")[0]
    pages = sort_pages(bearing.page for bearing in group)
    holders = drop_covering_groups(telling.ledger, lead.holders, telling.holder)
    drawing = tuple(each for each in holders if each in relation.drawn_by)
    if lead.direction == "in" and relation.type != "contests" and drawing:
        # Others may hold the claim too; the step is theirs who draw it.
        holders = drawing
    doubtful = list_doubtful(telling.ledger, lead.other)
    people, places = (
        telling.phrases.people(holders, text, *pages, doubtful=doubtful)
        if holders
        else (Slot(()), Slot(()))
    )
    tacit = relation.basis == "implicit"

    def say(family: str, **slots: Slot) -> Sentence:
        return telling.say(f"{family} {tacit}", _FAMILIES[family][tacit], **slots)

    kind = f"{lead.direction} {relation.type}"
    between = lead.goal is not None and lead.goal.id in telling.held
    said = (kind, relation.evidential, tuple(claim.id for claim in claims))
    if said in telling.told and relation.basis != "analyst":
        slots = {"D": people, "P": telling.phrases.bracket({text: pages})}
        if lead.goal is not None and between:
            return say("undercut between again", G=telling.phrases.state(lead.goal), **slots)
        if relation.evidential:
            return say("evidence again", **slots)
        if holders or kind != "out contests":
            return say(f"again {kind}", **slots)
    telling.told.add(said)
    slots = {"X": telling.phrases.state(*claims), "D": people, "P": places}
    if lead.direction == "step" and lead.goal is not None:
        slots["G"] = telling.phrases.state(lead.goal)
        if between and relation.basis != "analyst":
            return say("undercut between", **slots)
    if lead.direction == "out" and relation.type != "contests":
        # A conclusion may stand on another page than its reason.
        drawn = [claim for claim in claims if claim.text == text and claim.anchor is not None]
        pages = sort_pages((*pages, *(claim.anchor.page for claim in drawn if claim.anchor)))
    bracket = telling.phrases.bracket({text: pages})
    if relation.basis == "analyst":
        slots |= {"P": bracket, "Q": Slot(f", which it {_VERBS[lead.direction, relation.type]}")}
        return telling.say("analyst", patterns.ANALYST, **slots)
    if lead.direction == "step":
        return say("undercut", **slots)
    if lead.direction == "in":
        by_text = not drawing and f"@{text}" in relation.drawn_by
        if relation.type in _BY_TEXT and by_text and not tacit:
            slots["T"] = telling.phrases.subject(text, *pages)
            return telling.say(f"{kind} by text", _BY_TEXT[relation.type], **slots)
        return say(kind, **slots)
    if relation.type == "contests":
        if holders:
            return say(kind, **slots)
        return say(f"{kind} nobody", **(slots | {"P": bracket}))
    slots |= {
        "P": bracket,
        "T": telling.phrases.subject(text, *pages),
        "R": telling.phrases.brief(text),
    }
    if relation.type == "qualifies":
        return say(kind, **slots)
    if relation.evidential:
        return say("evidence", **slots)
    if lead.mine:
        return say(f"concludes {relation.type}", **slots)
    if f"@{text}" not in relation.drawn_by:
        slots["D"], slots["P"] = telling.phrases.people(relation.drawn_by, text, *pages)
        return say("used by others", **slots)
    if relation.type == "supports" and holders and f"@{text}" not in lead.holders:
        # The text argues for a view that it reports, and does not make its own.
        slots["D"], _ = telling.phrases.people(holders, "", doubtful=doubtful)
        return say("used for a view", **slots)
    return say(f"used {relation.type}", **slots)


def _alike(bearing: Bearing) -> tuple[object, ...]:
    """Return the key of bearings that one sentence can tell."""
    relation = bearing.relation
    return (
        bearing.direction,
        relation.type,
        relation.evidential,
        relation.basis,
        bearing.mine,
        bearing.relation.drawn_by,
        bearing.goal.id if bearing.goal is not None else "",
        bearing.holders if bearing.direction != "out" or relation.type == "contests" else (),
        relation.source.partition("/")[0],
        bearing.page,
    )
