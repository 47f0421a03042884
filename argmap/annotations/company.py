"""The company of a work put into words: groups and actors, sides in disputes, schools."""

from __future__ import annotations

from collections.abc import Sequence

from argmap.annotations.accounts import Kin, Side
from argmap.annotations.holdings import merge_holdings
from argmap.annotations.ledger import sort_pages
from argmap.annotations.patterns import company as patterns
from argmap.annotations.pieces import Sentence
from argmap.annotations.telling import Telling
from argmap.annotations.wording import Slot


def tell_kin(telling: Telling) -> list[Sentence]:
    """Tell of the groups and actors to which the work belongs, and what they hold."""
    sentences: list[Sentence] = []
    for kin in telling.account.actors:
        sentences += _tell_actor(telling, kin)
    for kin in telling.account.groups:
        sentences += _tell_membership(telling, kin)
    return sentences


def _tell_membership(telling: Telling, kin: Kin) -> list[Sentence]:
    piece, plural = telling.phrases.call(kin.holder.id)
    slot = Slot((piece,), plural)
    positions = telling.ledger.index.positions_of.get(kin.holder.id, [])
    # Where the text names the group, rather than where it implies what the group holds.
    spoken = [each for each in positions if each.attribution != "implied"]
    positions = spoken or positions
    pages: dict[str, list[str]] = {}
    for position in positions:
        pages.setdefault(position.reported_by, []).append(position.page)
    sentences = []
    if pages:
        text = next(iter(pages))
        page = sort_pages(pages[text])[:1]
        sentences.append(
            telling.say(
                f"counted {plural}",
                patterns.COUNTED if plural else patterns.COUNTED_TO_ONE,
                K=slot,
                T=telling.phrases.subject(text, *page),
                P=telling.phrases.bracket({text: page}),
            )
        )
    holds = (patterns.GROUP_HOLDS, patterns.GROUP_HOLDS, patterns.GROUP_PERHAPS_HOLDS)
    return sentences + _tell_claims(telling, kin, slot, ("group", "group"), holds)


def _tell_actor(telling: Telling, kin: Kin) -> list[Sentence]:
    piece, plural = telling.phrases.call(kin.holder.id)
    holds = (patterns.ACTOR_HOLDS, patterns.ACTOR_MORE, patterns.ACTOR_PERHAPS_HOLDS)
    return _tell_claims(telling, kin, Slot((piece,), plural), ("actor", "actor+"), holds)


def _tell_claims(
    telling: Telling,
    kin: Kin,
    name: Slot,
    families: tuple[str, str],
    holds: tuple[Sequence[str], Sequence[str], Sequence[str]],
) -> list[Sentence]:
    """Tell the claims of a group or actor that have not been told.

    ``families`` and ``holds`` have one for the first claim, one for more; ``holds`` also what to
    say where it is uncertain.
    """
    first, more, perhaps = holds
    left = [each for each in kin.holdings if each.claim.id not in telling.phrases.stated]
    sentences = []
    choices: Sequence[str]
    for number, group in enumerate(merge_holdings(left, alone=False)):
        position = group[0].positions[0]
        doubtful = position.certainty == "uncertain"
        if group[0].stance == "disputes":
            choices = patterns.GROUP_PERHAPS_DENIES if doubtful else patterns.ACTOR_DENIES
        elif doubtful:
            choices = perhaps
        else:
            choices = more if number else first
        sentences.append(
            telling.say(
                families[number > 0],
                choices,
                K=name,
                S=telling.phrases.state(*(each.claim for each in group)),
                P=telling.phrases.bracket({position.reported_by: sort_pages([position.page])}),
            )
        )
    return sentences


def tell_sides(telling: Telling, *, focused: bool = False) -> list[Sentence]:
    """Tell the disputes in which the work takes a side, those apart that have been told.

    A dispute has been told where all others in it have been named for one of its claims.
    With ``focused``, nothing is told unless the account is of one dispute.
    """
    sentences = []
    for side in telling.account.sides if telling.account.focus or not focused else ():
        if side.dispute.focal in telling.told:
            continue
        named = {
            holder for claim in side.dispute.claims for holder in telling.phrases.met.get(claim, ())
        }
        if side.side != "mixed" and named.issuperset((*side.allies, *side.opponents)):
            continue
        telling.told.add(side.dispute.focal)
        sentences.append(_tell_side(telling, side))
    return sentences


def _tell_side(telling: Telling, side: Side) -> Sentence:
    here = bool(telling.phrases.stated) and telling.phrases.stated[-1] == side.claim.id
    slots = {"X": telling.phrases.state(side.claim), "P": telling.phrases.bracket(side.pages)}
    if side.side == "mixed":
        return telling.say("both sides", patterns.BOTH_SIDES, **slots)
    own, other = ("affirms", "denies") if side.side == "pro" else ("denies", "affirms")
    slots |= {"Y": Slot(own), "V": Slot(other)}
    perhaps = telling.holder in side.doubtful
    doubts = []
    for gap, company in (("D", side.allies), ("E", side.opponents)):
        # Where the work's own side is in doubt, one word of doubt is enough for all the others.
        all_doubtful = side.doubtful.issuperset(company)
        doubtful = () if perhaps and all_doubtful else side.doubtful
        slots[gap] = (
            telling.phrases.people(company, "", doubtful=doubtful)[0] if company else Slot(())
        )
        doubts.append("apparently " if all_doubtful else "")
    if perhaps:
        place = "In this dispute {P}" if here else "In the dispute over whether {X} {P}"
        what = "the claim" if here else "this"
        beside = f", {doubts[0]}with {{D}}" if side.allies else ""
        against = f", {doubts[1]}against {{E}}" if side.opponents else ""
        pattern = f"{place}, it appears to stand on the side that {{Y}} {what}{beside}{against}."
        return telling.say("perhaps", (pattern,), **slots)
    if here and side.allies and side.opponents:
        return telling.say("here", patterns.STANDS_WITH_AND_AGAINST_HERE, **slots)
    if side.allies and side.opponents:
        return telling.say("with and against", patterns.STANDS_WITH_AND_AGAINST, **slots)
    if side.opponents:
        choices: Sequence[str] = patterns.STANDS_AGAINST_HERE if here else patterns.STANDS_AGAINST
        return telling.say(f"against {here}", choices, **slots)
    choices = patterns.STANDS_WITH_HERE if here else patterns.STANDS_WITH
    return telling.say(f"with {here}", choices, **slots)


def tell_authors(telling: Telling) -> list[Sentence]:
    """Tell that a text which cites the work is by one of its own authors."""
    if telling.account.coded:
        return []
    voices = telling.ledger.findings.voices
    own = voices.get(telling.holder, frozenset())
    texts = {
        position.reported_by
        for holding in telling.account.holdings
        for position in holding.positions
    } | {use.citation.text for use in telling.account.uses}
    if not any(own & voices.get(f"@{text}", frozenset()) for text in texts):
        return []
    return [telling.say("own work", patterns.OWN_WORK)]


def tell_school(telling: Telling) -> list[Sentence]:
    """Tell the school that analysis finds, else the one that the scholar declares."""
    if not telling.teller.name_schools:
        return []
    school = telling.account.school
    if school is not None:
        fringe = telling.holder in school.fringe
        choices = patterns.FRINGE if fringe else patterns.SCHOOL
        return [telling.say("school", choices, K=Slot(school.name))]
    names = {each.id: each.name for each in telling.ledger.literature.review.schools}
    return [
        telling.say("declared", patterns.DECLARED, K=Slot(names[identifier]))
        for identifier in telling.account.declared
    ]
