"""What bears on a claim put into words: support, contest, undercut, qualification."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from argmap.annotations.accounts import Bearing, Holding, drop_covering_groups, sort_pages
from argmap.annotations.patterns import bearings as patterns
from argmap.annotations.pieces import Sentence
from argmap.annotations.telling import Telling
from argmap.annotations.wording import Slot
from argmap.model import Claim

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
_INCOMING: dict[str, tuple[str, Sequence[str]]] = {
    "contests": ("contested", patterns.CONTESTED),
    "qualifies": ("qualified", patterns.QUALIFIED),
    "supports": ("supported", patterns.SUPPORTED),
    "explains": ("explained", patterns.EXPLAINED),
}
_INCOMING_TACITLY: dict[str, Sequence[str]] = {
    "qualifies": patterns.QUALIFIED_TACITLY,
    "supports": patterns.SUPPORTED_TACITLY,
    "explains": patterns.EXPLAINED_TACITLY,
}
_CONCLUDED: dict[tuple[str, bool], Sequence[str]] = {
    ("supports", False): patterns.CONCLUDES,
    ("supports", True): patterns.CONCLUDES_TACITLY,
    ("explains", False): patterns.EXPLAINS,
    ("explains", True): patterns.EXPLAINS_TACITLY,
}
_USED: dict[tuple[str, bool], Sequence[str]] = {
    ("supports", False): patterns.USED,
    ("supports", True): patterns.USED_TACITLY,
    ("explains", False): patterns.USED_TO_EXPLAIN,
    ("explains", True): patterns.USED_TACITLY_TO_EXPLAIN,
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
    for _, group in groupby(bearings, key=_alike):
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
    people, places = (
        telling.phrases.people(holders, text, *pages, doubtful=_list_doubtful(telling, lead.other))
        if holders
        else (Slot(()), Slot(()))
    )
    said = (lead.direction, relation.type, relation.evidential, tuple(c.id for c in claims))
    if said in telling.told and relation.basis != "analyst":
        slots = {"D": people, "P": telling.phrases.bracket({text: pages})}
        if lead.goal is not None and lead.goal.id in telling.held:
            slots["G"] = telling.phrases.state(lead.goal)
            return telling.say("between again", patterns.UNDERCUT_BETWEEN_AGAIN, **slots)
        if relation.evidential:
            return telling.say("evidence again", patterns.EVIDENCE_AGAIN, **slots)
        if holders or (lead.direction, relation.type) != ("out", "contests"):
            again = patterns.AGAIN[lead.direction, relation.type]
            return telling.say(f"again {lead.direction} {relation.type}", again, **slots)
    telling.told.add(said)
    slots = {"X": telling.phrases.state(*claims), "D": people, "P": places}
    if lead.direction == "step" and lead.goal is not None:
        slots["G"] = telling.phrases.state(lead.goal)
        if lead.goal.id in telling.held:
            return telling.say("between", patterns.UNDERCUT_BETWEEN, **slots)
    if lead.direction == "out" and relation.type != "contests":
        # A conclusion may stand on another page than its reason.
        drawn = [claim for claim in claims if claim.text == text and claim.anchor is not None]
        pages = sort_pages((*pages, *(claim.anchor.page for claim in drawn if claim.anchor)))
    bracket = telling.phrases.bracket({text: pages})
    tacit = relation.basis == "implicit"
    if relation.basis == "analyst":
        slots |= {
            "P": bracket,
            "Q": Slot(f", which it {_VERBS[lead.direction, relation.type]}"),
        }
        return telling.say("analyst", patterns.ANALYST, **slots)
    if lead.direction == "step":
        return telling.say("undercut", patterns.UNDERCUT, **slots)
    if lead.direction == "in":
        family, choices = _INCOMING[relation.type]
        if tacit and relation.type in _INCOMING_TACITLY:
            tacitly = _INCOMING_TACITLY[relation.type]
            return telling.say(f"{family} tacitly", tacitly, **slots)
        if relation.type in _BY_TEXT and not drawing and f"@{text}" in relation.drawn_by:
            slots["T"] = telling.phrases.subject(text, *pages)
            return telling.say(f"{family} by text", _BY_TEXT[relation.type], **slots)
        return telling.say(family, choices, **slots)
    if relation.type == "contests":
        if holders:
            return telling.say("contests", patterns.CONTESTS, **slots)
        slots["P"] = bracket
        return telling.say("contests nobody", patterns.CONTESTS_NOBODY, **slots)
    slots |= {
        "P": bracket,
        "T": telling.phrases.subject(text, *pages),
        "R": telling.phrases.brief(text),
    }
    if relation.type == "qualifies":
        choices = patterns.QUALIFIES_TACITLY if tacit else patterns.QUALIFIES
        return telling.say(f"qualifies {tacit}", choices, **slots)
    if relation.evidential:
        choices = patterns.EVIDENCE_BY_IMPLICATION if tacit else patterns.EVIDENCE
        return telling.say(f"evidence {tacit}", choices, **slots)
    if lead.mine:
        choices = _CONCLUDED[relation.type, tacit]
        return telling.say(f"{relation.type} {tacit}", choices, **slots)
    if f"@{text}" not in relation.drawn_by:
        slots["D"], slots["P"] = telling.phrases.people(relation.drawn_by, text, *pages)
        return telling.say("used by others", patterns.USED_BY_OTHERS, **slots)
    if relation.type == "supports" and holders and f"@{text}" not in lead.holders:
        # The text argues for a view that it reports, and does not make its own.
        slots["D"], _ = telling.phrases.people(holders, "")
        choices = patterns.USED_TACITLY_FOR_A_VIEW if tacit else patterns.USED_FOR_A_VIEW
        return telling.say(f"used for a view {tacit}", choices, **slots)
    return telling.say(f"used {relation.type} {tacit}", _USED[relation.type, tacit], **slots)


def _list_doubtful(telling: Telling, claim: Claim) -> set[str]:
    """Return those of whom it is not certain that they hold a claim."""
    holding = [
        each
        for each in telling.ledger.index.positions_on.get(claim.id, ())
        if each.stance in ("asserts", "endorses")
    ]
    sure = {each.holder for each in holding if each.certainty != "uncertain"}
    return {each.holder for each in holding} - sure


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
