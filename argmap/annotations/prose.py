"""Accounts of works put into words: sentences with citations, no two neighbours alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Literal

from msgspec.structs import replace

from argmap.annotations import patterns
from argmap.annotations.accounts import (
    Bearing,
    Holding,
    Kin,
    Ledger,
    Side,
    Use,
    WorkAccount,
    drop_covering_groups,
    explain_work,
    sort_pages,
)
from argmap.annotations.phrases import Phrases, clean_locator, count, join_pages
from argmap.annotations.pieces import (
    About,
    Annotation,
    Cited,
    Paragraph,
    Piece,
    Reference,
    Sentence,
    Words,
)
from argmap.annotations.wording import (
    Rotor,
    Slot,
    Vocabulary,
    fill,
    name_authors,
    name_kind_of_work,
    seed,
)
from argmap.model import Claim, Dispute, Position

_MERGED_WORDS = 45


class Teller:
    """Tells accounts of the works of one literature; see :func:`annotate_works`."""

    def __init__(self, ledger: Ledger, *, name_schools: bool = True) -> None:
        self.ledger = ledger
        self.name_schools = name_schools
        self.vocabulary = Vocabulary(ledger.literature)


def annotate_works(
    ledger: Ledger,
    keys: Iterable[str],
    *,
    name_schools: bool = True,
    dispute: Dispute | None = None,
) -> dict[str, Annotation]:
    """Return the annotations of works, in the order in which they will be read.

    Patterns of sentences go round from one work to the next; the same works in the same order get
    the same words.  ``name_schools`` tells each work's school, which is idle under a heading that
    does.  With a ``dispute``, the sides that works take in it are told first, and no other dispute.

    Raises
    ------
    KeyError
        If the literature has no such work.
    """
    teller = Teller(ledger, name_schools=name_schools)
    rotor = Rotor()
    return {
        key: _annotate(teller, focus_account(explain_work(ledger, key), dispute), rotor)
        for key in keys
    }


def annotate_work(ledger: Ledger, key: str, *, teller: Teller | None = None) -> Annotation:
    """Return the annotation of one work by itself, the same wherever it is asked for.

    Pass one ``teller`` where many are asked for: what it has learned of the literature's words is
    kept.
    """
    teller = teller or Teller(ledger)
    return _annotate(teller, explain_work(ledger, key), Rotor(seed(key)))


def _annotate(teller: Teller, account: WorkAccount, rotor: Rotor) -> Annotation:
    rotor.begin_work()
    told = _Told(teller, account, rotor)
    paragraphs: list[Paragraph] = []

    def add(about: About, sentences: list[Sentence]) -> None:
        if sentences:
            paragraphs.append(Paragraph(about=about, sentences=tuple(sentences)))

    if account.coded:
        # Under the heading of one dispute, that one comes before all else.
        add("claims", [*told.tell_coded(), *told.tell_sides(focused=True), *told.tell_theses()])
    else:
        add("claims", told.tell_holdings(account.holdings))
    add("uses", told.tell_uses())
    add("company", [*told.tell_kin(), *told.tell_sides()])
    add("standing", [*told.tell_authors(), *told.tell_school()])
    return Annotation(
        work=account.work.key,
        own=teller.ledger.own_annotations.get(account.work.key, ""),
        paragraphs=tuple(paragraphs),
    )


class _Told:
    """The telling of one account: what fills the gaps, and who has been named already."""

    def __init__(self, teller: Teller, account: WorkAccount, rotor: Rotor) -> None:
        self.ledger = teller.ledger
        self.teller = teller
        self.account = account
        self.rotor = rotor
        self.holder = f"@{account.work.key}"
        self.held = {holding.claim.id for holding in account.holdings}
        self.phrases = Phrases(teller.ledger, teller.vocabulary, account.work)
        name, plural = name_authors(account.work)
        self.fixed = {
            "N": Slot(name, plural),
            "W": Slot(name_kind_of_work(account.work)),
        }
        self.told: set[object] = set()

    def say(self, family: str, choices: Sequence[str], **slots: Slot) -> Sentence:
        """Fill the next pattern of a family."""
        return fill(self.rotor.choose(family, choices), self.fixed | slots)

    # ---- claims ----

    def tell_holdings(self, holdings: Iterable[Holding]) -> list[Sentence]:
        """Tell claims in the order of their texts, each with what others say to it."""
        sentences: list[Sentence] = []
        first = True
        for group in merge_holdings(holdings):
            sentences += self._tell_group(group, first=first)
            first = False
        return sentences

    def _tell_group(self, group: tuple[Holding, ...], *, first: bool) -> list[Sentence]:
        lead = group[0]
        position = lead.positions[0]
        text, page = position.reported_by, position.page
        positions = [each for holding in group for each in holding.positions]
        slots = {
            "S": self.phrases.state(*(holding.claim for holding in group), positions=positions),
            "T": self.phrases.subject(text, page),
            "R": self.phrases.brief(text),
            "P": self.phrases.bracket({text: sort_pages([page])}),
        }
        family, choices = self._choose_family(group, first=first)
        sentences = [self.say(family, choices, **slots)]
        if position.certainty == "uncertain":
            sentences.append(self.say("doubtful", patterns.DOUBTFUL, **slots))
        elif position.attribution == "implied" and lead.positions[0].holder[1:] != text:
            sentences.append(self.say("implied", patterns.IMPLIED, **slots))
        others: dict[str, list[Position]] = {}
        for each in positions:
            if each.reported_by != text:
                others.setdefault(each.reported_by, []).append(each)
        for other, found in others.items():
            slots["T"] = self.phrases.subject(other, *(each.page for each in found))
            also: Sequence[str] = patterns.ALSO_REPORTED_BY
            if all(each.certainty == "uncertain" for each in found):
                also = patterns.ALSO_PERHAPS_REPORTED_BY
            sentences.append(self.say(f"also {len(also)}", also, **slots))
        for holding in group:
            self.phrases.about = holding.claim.id
            sentences += self._tell_company(holding, text)
            # What bears on a claim that the work denies or passes on is not the work's affair.
            if holding.stance in ("asserts", "endorses"):
                sentences += self._tell_bearings(holding)
            self.phrases.about = ""
        return sentences

    def _choose_family(
        self, group: tuple[Holding, ...], *, first: bool
    ) -> tuple[str, Sequence[str]]:
        holding = group[0]
        position = holding.positions[0]
        reporter = f"@{position.reported_by}"
        if reporter == position.holder:
            return ("self", patterns.SELF) if first else ("self+", patterns.SELF_MORE)
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

    def _tell_company(self, holding: Holding, text: str) -> list[Sentence]:
        """Tell who else holds or denies the very claim, the reporting text apart."""
        sentences = []
        own = {f"@{text}", self.holder, *(kin.holder.id for kin in self.account.actors)}
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
                self.ledger, dict.fromkeys(each.holder for each in positions), self.holder
            )
            for mood, holders in _part_by_mood(positions, kept).items():
                theirs = [each for each in positions if each.holder in holders]
                pages = sort_pages(each.page for each in theirs)
                told_by = theirs[0].reported_by
                people, places = self.phrases.people(holders, told_by, *pages)
                # A name and its year stand badly before a bracket.
                form = _COMPANY[family, mood][bool(places.pieces)]
                slots = {"D": people, "P": places, "T": self.phrases.subject(told_by, *pages)}
                name = f"{family} {mood} {bool(places.pieces)}"
                sentences.append(self.say(name, form, **slots))
        return sentences

    def _tell_bearings(self, holding: Holding) -> list[Sentence]:
        """Tell what claims of others bear on a claim, and what is made of it."""
        sentences: list[Sentence] = []
        bearings = [each for each in holding.bearings if self._is_worth_telling(each)]
        bearings.sort(key=lambda each: (_RANK[each.direction, each.relation.type],))
        for _, group in groupby(bearings, key=_alike):
            sentences.append(self._tell_bearing(tuple(group)))
        return sentences

    def _is_worth_telling(self, bearing: Bearing) -> bool:
        """Leave out what the work says of its own claims, which are told one by one."""
        own = bearing.other.id in self.held
        others = drop_covering_groups(self.ledger, bearing.holders, self.holder)
        if bearing.direction != "out" and not others:
            return False
        if bearing.relation.type == "contests" or bearing.direction == "step":
            return not own
        return not own

    def _tell_bearing(self, group: tuple[Bearing, ...]) -> Sentence:
        lead = group[0]
        relation = lead.relation
        claims = [bearing.other for bearing in group]
        # Where the step is taken: in the text of the claim that bears on the other.
        text = relation.source.partition("/")[0]
        pages = sort_pages(bearing.page for bearing in group)
        holders = drop_covering_groups(self.ledger, lead.holders, self.holder)
        drawing = tuple(each for each in holders if each in relation.drawn_by)
        if lead.direction == "in" and relation.type != "contests" and drawing:
            # Others may hold the claim too; the step is theirs who draw it.
            holders = drawing
        people, places = (
            self.phrases.people(holders, text, *pages, doubtful=self._list_doubtful(lead.other))
            if holders
            else (Slot(()), Slot(()))
        )
        said = (lead.direction, relation.type, relation.evidential, tuple(c.id for c in claims))
        if said in self.told and relation.basis != "analyst":
            slots = {"D": people, "P": self.phrases.bracket({text: pages})}
            if lead.goal is not None and lead.goal.id in self.held:
                slots["G"] = self.phrases.state(lead.goal)
                return self.say("between again", patterns.UNDERCUT_BETWEEN_AGAIN, **slots)
            if relation.evidential:
                return self.say("evidence again", patterns.EVIDENCE_AGAIN, **slots)
            if holders or (lead.direction, relation.type) != ("out", "contests"):
                again = patterns.AGAIN[lead.direction, relation.type]
                return self.say(f"again {lead.direction} {relation.type}", again, **slots)
        self.told.add(said)
        slots = {"X": self.phrases.state(*claims), "D": people, "P": places}
        if lead.direction == "step" and lead.goal is not None:
            slots["G"] = self.phrases.state(lead.goal)
            if lead.goal.id in self.held:
                return self.say("between", patterns.UNDERCUT_BETWEEN, **slots)
        if lead.direction == "out" and relation.type != "contests":
            # A conclusion may stand on another page than its reason.
            drawn = [claim for claim in claims if claim.text == text and claim.anchor is not None]
            pages = sort_pages((*pages, *(claim.anchor.page for claim in drawn if claim.anchor)))
        bracket = self.phrases.bracket({text: pages})
        tacit = relation.basis == "implicit"
        if relation.basis == "analyst":
            slots |= {
                "P": bracket,
                "Q": Slot(f", which it {_VERBS[lead.direction, relation.type]}"),
            }
            return self.say("analyst", patterns.ANALYST, **slots)
        if lead.direction == "step":
            return self.say("undercut", patterns.UNDERCUT, **slots)
        if lead.direction == "in":
            family, choices = _INCOMING[relation.type]
            if tacit and relation.type in _INCOMING_TACITLY:
                tacitly = _INCOMING_TACITLY[relation.type]
                return self.say(f"{family} tacitly", tacitly, **slots)
            if relation.type in _BY_TEXT and not drawing and f"@{text}" in relation.drawn_by:
                slots["T"] = self.phrases.subject(text, *pages)
                return self.say(f"{family} by text", _BY_TEXT[relation.type], **slots)
            return self.say(family, choices, **slots)
        if relation.type == "contests":
            if holders:
                return self.say("contests", patterns.CONTESTS, **slots)
            slots["P"] = bracket
            return self.say("contests nobody", patterns.CONTESTS_NOBODY, **slots)
        slots |= {
            "P": bracket,
            "T": self.phrases.subject(text, *pages),
            "R": self.phrases.brief(text),
        }
        if relation.type == "qualifies":
            choices = patterns.QUALIFIES_TACITLY if tacit else patterns.QUALIFIES
            return self.say(f"qualifies {tacit}", choices, **slots)
        if relation.evidential:
            choices = patterns.EVIDENCE_BY_IMPLICATION if tacit else patterns.EVIDENCE
            return self.say(f"evidence {tacit}", choices, **slots)
        if lead.mine:
            choices = _CONCLUDED[relation.type, tacit]
            return self.say(f"{relation.type} {tacit}", choices, **slots)
        if f"@{text}" not in relation.drawn_by:
            slots["D"], slots["P"] = self.phrases.people(relation.drawn_by, text, *pages)
            return self.say("used by others", patterns.USED_BY_OTHERS, **slots)
        if relation.type == "supports" and holders and f"@{text}" not in lead.holders:
            # The text argues for a view that it reports, and does not make its own.
            slots["D"], _ = self.phrases.people(holders, "")
            choices = patterns.USED_TACITLY_FOR_A_VIEW if tacit else patterns.USED_FOR_A_VIEW
            return self.say(f"used for a view {tacit}", choices, **slots)
        return self.say(f"used {relation.type} {tacit}", _USED[relation.type, tacit], **slots)

    def _list_doubtful(self, claim: Claim) -> set[str]:
        """Return those of whom it is not certain that they hold a claim."""
        holding = [
            each
            for each in self.ledger.index.positions_on.get(claim.id, ())
            if each.stance in ("asserts", "endorses")
        ]
        sure = {each.holder for each in holding if each.certainty != "uncertain"}
        return {each.holder for each in holding} - sure

    # ---- uses ----

    def tell_uses(self) -> list[Sentence]:
        """Tell what the work is cited for beside its own claims."""
        return [self._tell_use(use) for use in self.account.uses]

    def _tell_use(self, use: Use) -> Sentence:
        citation = use.citation
        text = citation.text
        statement = self.phrases.state(use.claim)
        if citation.locator:
            reference = Reference(
                work=self.account.work.key, locator=clean_locator(citation.locator)
            )
            statement = Slot((*statement.pieces, Words(text=" "), Cited(references=(reference,))))
        others = drop_covering_groups(self.ledger, use.holders)
        if f"@{text}" in use.holders or not others:
            view: tuple[Piece, ...] = (Words(text="statement"),)
        else:
            people, _ = self.phrases.people(others, "")
            view = (Words(text="view of "), *people.pieces)
        slots = {
            "S": statement,
            "T": self.phrases.subject(text, use.page),
            "P": self.phrases.bracket({text: sort_pages([use.page])}),
            "V": Slot(view),
        }
        if use.relation is not None:
            if use.relation.target_kind == "claim":
                goal = self.phrases.state(self.ledger.index.claims[use.relation.target])
            else:
                goal = Slot("a step from one claim to another")
            slots["G"] = goal
            step = patterns.STEP_USES[use.relation.target_kind, use.relation.type]
            return self.say(f"use step {use.relation.type}", step, **slots)
        return self.say(f"use {citation.role}", patterns.USES[citation.role], **slots)

    # ---- company ----

    def tell_kin(self) -> list[Sentence]:
        """Tell of the groups and actors to which the work belongs, and what they hold."""
        sentences: list[Sentence] = []
        for kin in self.account.actors:
            left = tuple(each for each in kin.holdings if each.claim.id not in self.phrases.stated)
            sentences += self._tell_actor(replace(kin, holdings=left))
        for kin in self.account.groups:
            sentences += self._tell_membership(kin)
        return sentences

    def _tell_membership(self, kin: Kin) -> list[Sentence]:
        piece, plural = self.phrases.call(kin.holder.id)
        slot = Slot((piece,), plural)
        positions = self.ledger.index.positions_of.get(kin.holder.id, [])
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
                self.say(
                    f"counted {plural}",
                    patterns.COUNTED if plural else patterns.COUNTED_TO_ONE,
                    K=slot,
                    T=self.phrases.subject(text, *page),
                    P=self.phrases.bracket({text: page}),
                )
            )
        left = [each for each in kin.holdings if each.claim.id not in self.phrases.stated]
        for group in merge_holdings(left, alone=False):
            position = group[0].positions[0]
            denies = group[0].stance == "disputes"
            choices = patterns.ACTOR_DENIES if denies else patterns.GROUP_HOLDS
            if position.certainty == "uncertain":
                choices = patterns.GROUP_PERHAPS_DENIES if denies else patterns.GROUP_PERHAPS_HOLDS
            sentences.append(
                self.say(
                    "group",
                    choices,
                    K=slot,
                    S=self.phrases.state(*(each.claim for each in group)),
                    P=self.phrases.bracket({position.reported_by: sort_pages([position.page])}),
                )
            )
        return sentences

    def _tell_actor(self, kin: Kin) -> list[Sentence]:
        piece, plural = self.phrases.call(kin.holder.id)
        slot = Slot((piece,), plural)
        sentences = []
        choices: Sequence[str]
        for number, group in enumerate(merge_holdings(kin.holdings, alone=False)):
            position = group[0].positions[0]
            choices = patterns.ACTOR_MORE if number else patterns.ACTOR_HOLDS
            denies = group[0].stance == "disputes"
            if denies:
                choices = patterns.ACTOR_DENIES
            if position.certainty == "uncertain":
                choices = patterns.GROUP_PERHAPS_DENIES if denies else patterns.ACTOR_PERHAPS_HOLDS
            sentences.append(
                self.say(
                    "actor+" if number else "actor",
                    choices,
                    K=slot,
                    S=self.phrases.state(*(each.claim for each in group)),
                    P=self.phrases.bracket({position.reported_by: sort_pages([position.page])}),
                )
            )
        return sentences

    def tell_sides(self, *, focused: bool = False) -> list[Sentence]:
        """Tell the disputes in which the work takes a side, those apart that have been told.

        A dispute has been told where all others in it have been named for one of its claims.
        With ``focused``, nothing is told unless the account is of one dispute.
        """
        sentences = []
        for side in self.account.sides if self.account.focus or not focused else ():
            if side.dispute.focal in self.told:
                continue
            named = {
                holder
                for claim in side.dispute.claims
                for holder in self.phrases.met.get(claim, ())
            }
            if side.side != "mixed" and named.issuperset((*side.allies, *side.opponents)):
                continue
            self.told.add(side.dispute.focal)
            sentences.append(self._tell_side(side))
        return sentences

    def _tell_side(self, side: Side) -> Sentence:
        here = bool(self.phrases.stated) and self.phrases.stated[-1] == side.claim.id
        slots = {"X": self.phrases.state(side.claim), "P": self.phrases.bracket(side.pages)}
        if side.side == "mixed":
            return self.say("both sides", patterns.BOTH_SIDES, **slots)
        allies, opponents = (
            self.phrases.people(company, "", doubtful=side.doubtful)[0] if company else Slot(())
            for company in (side.allies, side.opponents)
        )
        slots |= {"D": allies, "E": opponents}
        if self.holder in side.doubtful:
            place = "In this dispute {P}" if here else "In the dispute over whether {X} {P}"
            beside = " with {D}" if side.allies else ""
            against = " against {E}" if side.opponents else ""
            pattern = f"{place}, it appears to stand{beside}{against}."
            return self.say("perhaps", (pattern,), **slots)
        if here and side.allies and side.opponents:
            return self.say("here", patterns.STANDS_WITH_AND_AGAINST_HERE, **slots)
        if side.allies and side.opponents:
            return self.say("with and against", patterns.STANDS_WITH_AND_AGAINST, **slots)
        if side.opponents:
            choices: Sequence[str] = (
                patterns.STANDS_AGAINST_HERE if here else patterns.STANDS_AGAINST
            )
            return self.say(f"against {here}", choices, **slots)
        choices = patterns.STANDS_WITH_HERE if here else patterns.STANDS_WITH
        return self.say(f"with {here}", choices, **slots)

    # ---- standing ----

    def tell_authors(self) -> list[Sentence]:
        """Tell that a text which cites the work is by one of its own authors."""
        if self.account.coded:
            return []
        voices = self.ledger.findings.voices
        own = voices.get(self.holder, frozenset())
        texts = {
            position.reported_by
            for holding in self.account.holdings
            for position in holding.positions
        } | {use.citation.text for use in self.account.uses}
        if not any(own & voices.get(f"@{text}", frozenset()) for text in texts):
            return []
        return [self.say("own work", patterns.OWN_WORK)]

    def tell_school(self) -> list[Sentence]:
        """Tell the school that analysis finds, else the one that the scholar declares."""
        if not self.teller.name_schools:
            return []
        school = self.account.school
        if school is not None:
            fringe = self.holder in school.fringe
            choices = patterns.FRINGE if fringe else patterns.SCHOOL
            return [self.say("school", choices, K=Slot(school.name))]
        names = {each.id: each.name for each in self.ledger.literature.review.schools}
        return [
            self.say("declared", patterns.DECLARED, K=Slot(names[identifier]))
            for identifier in self.account.declared
        ]

    # ---- coded texts ----

    def tell_coded(self) -> list[Sentence]:
        """Tell what a coded text is, in numbers."""
        account = self.account
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
        return [self.say("coded", choices, **numbers)]

    def tell_theses(self) -> list[Sentence]:
        """Tell what a coded text argues, by the claims on which most of its others rest."""
        account, key = self.account, self.account.work.key
        sentences = []
        doubtful = {
            holding.claim.id
            for holding in account.holdings
            if holding.positions[0].certainty == "uncertain"
        }
        for number, claim in enumerate(self.account.theses):
            page = claim.anchor.page if claim.anchor is not None else ""
            reference = Reference(work=key, locator=join_pages([page]))
            place = Slot((Cited(references=(reference,), form="bare"),))
            slots = {"S": self.phrases.state(claim), "P": place}
            family = "self" if number == 0 else "self+"
            theses: Sequence[str] = patterns.SELF_MORE if number else patterns.SELF
            if claim.id in doubtful:
                family, theses = "self?", patterns.SELF_PERHAPS
            sentences.append(self.say(family, theses, **slots))
        return sentences


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


def focus_account(account: WorkAccount, dispute: Dispute | None) -> WorkAccount:
    """Return an account of one dispute: its claims first, and no side in any other."""
    if dispute is None:
        return account
    own = set(dispute.claims)
    return replace(
        account,
        focus=True,
        sides=tuple(side for side in account.sides if side.dispute == dispute),
        holdings=tuple(sorted(account.holdings, key=lambda each: each.claim.id not in own)),
    )


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
