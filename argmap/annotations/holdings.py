"""Claims put into words: what a work holds and denies, and who else does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from argmap.annotations.accounts import Holding
from argmap.annotations.bearings import tell_bearings
from argmap.annotations.ledger import drop_covering_groups, sort_pages
from argmap.annotations.patterns import holdings as patterns
from argmap.annotations.phrases import count, join_pages
from argmap.annotations.pieces import Cited, Reference, Sentence
from argmap.annotations.telling import Telling
from argmap.annotations.wording import Slot
from argmap.model import Position

_MERGED_WORDS = 45
Mood = Literal["certain", "implied", "uncertain"]
_MOODS: tuple[Mood, ...] = ("certain", "implied", "uncertain")
_ENDORSED: dict[Mood, tuple[Sequence[str], Sequence[str]]] = {
    "certain": (patterns.ENDORSED, patterns.ENDORSED_MORE),
    "implied": (patterns.ENDORSED_TACITLY, patterns.ENDORSED_TACITLY_MORE),
    "uncertain": (patterns.ENDORSED_PERHAPS, patterns.ENDORSED_PERHAPS_MORE),
}
# Each in two forms: without a bracket after the names, and with one.
_COMPANY: dict[tuple[str, Mood], tuple[Sequence[str], Sequence[str]]] = {
    ("agreeing", "certain"): patterns.AGREEING,
    ("agreeing", "implied"): patterns.AGREEING_TACITLY,
    ("agreeing", "uncertain"): patterns.AGREEING_PERHAPS,
    ("disputed", "certain"): patterns.DISPUTED_BY,
    ("disputed", "implied"): patterns.DISPUTED_TACITLY,
    ("disputed", "uncertain"): patterns.DISPUTED_PERHAPS,
    ("denied", "certain"): patterns.DENIED_CLAIM_HELD_BY,
    ("denied", "implied"): patterns.DENIED_CLAIM_HELD_BY,
    ("denied", "uncertain"): patterns.DENIED_CLAIM_PERHAPS_HELD_BY,
}


def tell_coded(telling: Telling) -> list[Sentence]:
    """Tell what a coded text is, in numbers."""
    account = telling.account
    claims = count(account.claims, "claim")
    if account.own == account.claims:
        own = "its own" if account.claims == 1 else "all its own"
    else:
        own = f"{account.own or 'none'} of {'it' if account.claims == 1 else 'them'} its own"
    numbers = {
        "C": Slot(f"{claims}, {own}"),
        "F": Slot(f"a survey of {count(account.cited, 'work')}" if account.survey else ""),
    }
    choices = patterns.SURVEY if account.survey else patterns.CODED
    return [telling.say("coded", choices, **numbers)]


def tell_theses(telling: Telling) -> list[Sentence]:
    """Tell what a coded text argues, by the claims on which most of its others rest."""
    account, key = telling.account, telling.account.work.key
    sentences = []
    doubtful = {
        holding.claim.id
        for holding in account.holdings
        if holding.positions[0].certainty == "uncertain"
    }
    for number, claim in enumerate(telling.account.theses):
        page = claim.anchor.page if claim.anchor is not None else ""
        reference = Reference(work=key, locator=join_pages([page]))
        place = Slot((Cited(references=(reference,), form="bare"),))
        slots = {"S": telling.phrases.state(claim), "P": place}
        family = "telling" if number == 0 else "telling+"
        theses: Sequence[str] = patterns.SELF_MORE if number else patterns.SELF
        if claim.id in doubtful:
            family, theses = "telling?", patterns.SELF_PERHAPS
        sentences.append(telling.say(family, theses, **slots))
    return sentences


def tell_holdings(telling: Telling, holdings: Iterable[Holding]) -> list[Sentence]:
    """Tell claims in the order of their texts, each with what others say to it."""
    sentences: list[Sentence] = []
    first = True
    for group in merge_holdings(holdings):
        sentences += _tell_group(telling, group, first=first)
        first = False
    return sentences


def _tell_group(telling: Telling, group: tuple[Holding, ...], *, first: bool) -> list[Sentence]:
    lead = group[0]
    position = lead.positions[0]
    text, page = position.reported_by, position.page
    positions = [each for holding in group for each in holding.positions]
    slots = {
        "S": telling.phrases.state(*(holding.claim for holding in group), positions=positions),
        "T": telling.phrases.subject(text, page),
        "R": telling.phrases.brief(text),
        "P": telling.phrases.bracket({text: sort_pages([page])}),
    }
    family, choices = _choose_family(telling, group, first=first)
    sentences = [telling.say(family, choices, **slots)]
    if position.certainty == "uncertain":
        sentences.append(telling.say("doubtful", patterns.DOUBTFUL, **slots))
    elif position.attribution == "implied" and lead.positions[0].holder[1:] != text:
        sentences.append(telling.say("implied", patterns.IMPLIED, **slots))
    others: dict[str, list[Position]] = {}
    for each in positions:
        if each.reported_by != text:
            others.setdefault(each.reported_by, []).append(each)
    for other, found in others.items():
        slots["T"] = telling.phrases.subject(other, *(each.page for each in found))
        also: Sequence[str] = patterns.ALSO_REPORTED_BY
        if all(each.certainty == "uncertain" for each in found):
            also = patterns.ALSO_PERHAPS_REPORTED_BY
        sentences.append(telling.say(f"also {len(also)}", also, **slots))
    for holding in group:
        telling.phrases.about = holding.claim.id
        sentences += _tell_company(telling, holding, text)
        # What bears on a claim that the work denies or passes on is not the work's affair.
        if holding.stance in ("asserts", "endorses"):
            sentences += tell_bearings(telling, holding)
        telling.phrases.about = ""
    return sentences


def _choose_family(
    telling: Telling, group: tuple[Holding, ...], *, first: bool
) -> tuple[str, Sequence[str]]:
    holding = group[0]
    position = holding.positions[0]
    reporter = f"@{position.reported_by}"
    if reporter == position.holder:
        return ("telling", patterns.SELF) if first else ("telling+", patterns.SELF_MORE)
    if holding.stance == "disputes":
        return "denied", patterns.DENIED
    if holding.stance == "reports":
        return "passed on", patterns.PASSED_ON
    shared = [each for each in holding.agreeing if each.holder == reporter]
    if shared:
        mood = min(map(_judge_mood, shared), key=_MOODS.index)
        if mood == "certain" and any(each.stance == "asserts" for each in shared):
            return ("shared", patterns.SHARED) if first else ("shared+", patterns.SHARED_MORE)
        return f"endorsed {mood} {first}", _ENDORSED[mood][not first]
    if not first:
        return "reported+", patterns.REPORTED_MORE
    texts = {each.reported_by for each in holding.positions}
    alone = [each for each in patterns.REPORTED if len(texts) == 1 or " only " not in each]
    return "reported", alone


def _tell_company(telling: Telling, holding: Holding, text: str) -> list[Sentence]:
    """Tell who else holds or denies the very claim, the reporting text apart."""
    sentences = []
    own = {f"@{text}", telling.holder, *(kin.holder.id for kin in telling.account.actors)}
    opposed = [each for each in holding.opposed if each.holder not in own]
    contested = any(
        bearing.relation.type == "contests" and f"@{text}" in bearing.holders
        for bearing in holding.bearings
    )
    # The text's own dissent is told with its reason, where it gives one.
    if not contested:
        opposed += [each for each in holding.opposed if each.holder == f"@{text}"]
    agreeing = [each for each in holding.agreeing if each.holder not in own]
    answer = "denied" if holding.stance == "disputes" else "disputed"
    for family, positions in (("agreeing", agreeing), (answer, opposed)):
        kept = drop_covering_groups(
            telling.ledger, dict.fromkeys(each.holder for each in positions), telling.holder
        )
        for mood, holders in _part_by_mood(positions, kept).items():
            theirs = [each for each in positions if each.holder in holders]
            pages = sort_pages(each.page for each in theirs)
            told_by = theirs[0].reported_by
            people, places = telling.phrases.people(holders, told_by, *pages)
            # A name and its year stand badly before a bracket.
            form = _COMPANY[family, mood][bool(places.pieces)]
            slots = {"D": people, "P": places, "T": telling.phrases.subject(told_by, *pages)}
            name = f"{family} {mood} {bool(places.pieces)}"
            sentences.append(telling.say(name, form, **slots))
    return sentences


def _judge_mood(position: Position) -> Mood:
    """Return how sure it is that a holder takes a stance, as the coding marks it."""
    if position.certainty == "uncertain":
        return "uncertain"
    return "implied" if position.attribution == "implied" else "certain"


def _part_by_mood(
    positions: Sequence[Position], holders: Iterable[str]
) -> dict[Mood, tuple[str, ...]]:
    """Return holders by the surest of their positions, the surest first."""
    moods = {
        holder: min(
            (_judge_mood(each) for each in positions if each.holder == holder), key=_MOODS.index
        )
        for holder in holders
    }
    parts = {mood: tuple(each for each in moods if moods[each] == mood) for mood in _MOODS}
    return {mood: found for mood, found in parts.items() if found}


def merge_holdings(holdings: Iterable[Holding], *, alone: bool = True) -> list[tuple[Holding, ...]]:
    """Return claims in groups that one sentence can tell: two or three short ones on one page.

    With ``alone``, claims that others answer or build upon stay by themselves, so that the answer
    is to one claim.
    """
    groups: list[list[Holding]] = []
    for holding in holdings:
        position = holding.positions[0]
        before = groups[-1] if groups else []
        if before and not (alone and (holding.bearings or before[-1].bearings)):
            last = before[-1].positions[0]
            words = sum(len(each.claim.statement.split()) for each in (*before, holding))
            if (
                (last.reported_by, last.page, before[-1].stance, last.attribution, last.certainty)
                == (
                    position.reported_by,
                    position.page,
                    holding.stance,
                    position.attribution,
                    position.certainty,
                )
                and len(before) < 3
                and words <= _MERGED_WORDS
                and _same_reception(before[-1], holding)
            ):
                before.append(holding)
                continue
        groups.append([holding])
    return [tuple(group) for group in groups]


def _same_reception(one: Holding, other: Holding) -> bool:
    def receive(holding: Holding) -> set[tuple[str, str, str]]:
        return {
            (each.holder, each.stance, _judge_mood(each))
            for each in (*holding.agreeing, *holding.opposed)
        }

    return receive(one) == receive(other)
