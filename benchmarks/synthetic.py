"""Synthetic reviews of any size: an invented literature with planted schools, the same every time.

Words, names and arguments mean nothing, but the shape is that of a careful coding of real surveys:
about 130 claims a text, holders who are mostly works, claims that bear on earlier claims of the
same text, steps that are undercut, groups, actors, the reviewer's own relations across texts, and
source texts in which every anchor and every citation is found.

Works belong to schools.  A claim belongs to the school of the claim that it supports and to another
than that of a claim which it contests, and is held by works of its school but for one in ten.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import cast

import msgspec

from argmap.literature import add_work_holders
from argmap.model import (
    KINDS,
    WEIGHTS,
    Anchor,
    Basis,
    Citation,
    Claim,
    Holder,
    HolderKind,
    Kind,
    Literature,
    PageMarks,
    Person,
    Position,
    Relation,
    RelationType,
    Review,
    Text,
    Topic,
    Uncoded,
    Weight,
    Work,
)
from argmap.order import sort_records

CLAIMS_PER_TEXT = 130
WORKS_CITED = 50
CLAIMS_PER_SECTION = 25
PAGE_LENGTH = 2800
FIRST_PAGE = 201
TOPICS = 12
STRAY = 0.1
_RELATION_TYPES: tuple[RelationType, ...] = (
    *("supports",) * 6,
    "contests",
    "contests",
    "qualifies",
    "explains",
)


class Synthetic(msgspec.Struct, frozen=True, kw_only=True):
    """An invented literature.

    ``sources`` are the source texts by the names of their files; ``schools`` maps the key of each
    work that takes sides to the number of its planted school.
    """

    literature: Literature
    sources: dict[str, str]
    schools: dict[str, int]


class Dice:
    """Chance and words, both the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.syllables = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
        words: dict[str, None] = {}
        while len(words) < 6000:
            size = self.random.choice((2, 3, 3, 4))
            words["".join(self.random.choices(self.syllables, k=size))] = None
        self.words = list(words)
        self.names = set(words)

    def invent_name(self) -> str:
        """Return a proper name that was not used before and is no word."""
        while True:
            name = "".join(self.random.choices(self.syllables, k=4))
            if name not in self.names:
                self.names.add(name)
                return name.capitalize()

    def speak(self, low: int, high: int) -> list[str]:
        """Return ``low`` to ``high`` words, the first with a capital."""
        words = self.random.choices(self.words, k=self.random.randint(low, high))
        return [words[0].capitalize(), *words[1:]]

    def happens(self, probability: float) -> bool:
        """Say whether something of this probability happens."""
        return self.random.random() < probability


def make_review(claims: int, *, seed: int = 1, schools: int = 5) -> Synthetic:
    """Invent a literature of about so many claims (at least one text of ten).

    Linear in the number of claims.
    """
    dice = Dice(seed)
    number_of_texts = max(1, round(claims / CLAIMS_PER_TEXT))
    pool = [make_work(dice) for _ in range(max(10 * schools, claims // 5))]
    planted = {work.key: number % schools for number, work in enumerate(pool)}
    others = [make_other(dice, number, schools) for number in range(max(schools, claims // 100))]
    topics = [f"topic-{dice.words[number]}" for number in range(TOPICS)]
    parts = []
    for number in range(number_of_texts):
        size = max(10, claims // number_of_texts + (number < claims % number_of_texts))
        start = number * WORKS_CITED
        cited = [pool[(start + step) % len(pool)] for step in range(min(WORKS_CITED, len(pool)))]
        camps: list[list[str]] = [[] for _ in range(schools)]
        for work in cited:
            camps[planted[work.key]].append(f"@{work.key}")
        for holder, camp in dice.random.sample(others, min(len(others), 2 * schools)):
            camps[camp].append(holder.id)
        part = TextMaker(dice, camps, {work.key: work for work in cited}, topics)
        part.make(size)
        parts.append(part)
    literature = join_parts(dice, parts, pool, [holder for holder, _ in others], planted)
    used = {holder.works[0] for holder in literature.holders if holder.kind == "work"}
    return Synthetic(
        literature=literature,
        sources={part.text.source: "".join(part.written) for part in parts},
        schools={key: school for key, school in planted.items() if key in used},
    )


def make_work(dice: Dice, *, coded: bool = False) -> Work:
    """Invent a work; one that is coded is an article whose pages begin at FIRST_PAGE."""
    number = dice.random.choice((1, 1, 1, 2, 2, 3))
    people = tuple(
        Person(family=dice.invent_name(), given=f"{dice.invent_name()} {dice.syllables[0][0]}.")
        for _ in range(number)
    )
    year = dice.random.randint(1950, 2020)
    names = [person.family.lower() for person in (people if number < 3 else people[:1])]
    title = " ".join(word.capitalize() for word in dice.speak(5, 9))
    first = FIRST_PAGE if coded else 10 * dice.random.randint(1, 40)
    fields = {"author": " and ".join(map(str, people)), "title": title}
    if coded or dice.happens(0.5):
        last = first + (900 if coded else 30)
        fields |= {
            "journal": f"Journal of {dice.invent_name()} Studies",
            "volume": str(dice.random.randint(1, 60)),
            "pages": f"{first}--{last}",
        }
    else:
        fields |= {"publisher": f"{dice.invent_name()} University Press", "address": "Utopia"}
    fields["year"] = str(year)
    return Work(
        key=f"{''.join(names)}{year}",
        type="article" if "journal" in fields else "book",
        authors=people,
        year=year,
        title=title,
        fields=fields,
    )


def make_other(dice: Dice, number: int, schools: int) -> tuple[Holder, int]:
    """Invent an actor or a group, and draw its school."""
    kind: HolderKind = "group" if number % 2 else "actor"
    name = dice.invent_name()
    title = f"The government of {name}" if kind == "actor" else f"Friends of the {name} school"
    holder = Holder(id=f"{kind}:{name.lower()}", kind=kind, name=title)
    return holder, dice.random.randrange(schools)


class TextMaker:
    """One coded text while it is invented, claim by claim, with its source text.

    ``camps`` has for each school the holders that the text may name.
    """

    def __init__(
        self, dice: Dice, camps: list[list[str]], cited: dict[str, Work], topics: Sequence[str]
    ) -> None:
        self.dice = dice
        self.camps = camps
        self.cited = cited
        self.topics = topics
        self.work = make_work(dice, coded=True)
        self.key = self.work.key
        self.text = Text(
            key=self.key,
            source=f"{self.key}.txt",
            survey=dice.happens(0.2),
            pages=PageMarks(first=str(FIRST_PAGE), mark="(p. #)"),
            body="## 1 Beginning",
            references="## References",
        )
        self.claims: list[Claim] = []
        self.camp_of: list[int] = []
        self.positions: list[Position] = []
        self.relations: list[Relation] = []
        self.steps: list[Relation] = []
        self.citations: list[Citation] = []
        self.uncoded: list[Uncoded] = []
        self.printed: dict[str, None] = {}
        self.written: list[str] = []
        self.length = 0
        self.page = FIRST_PAGE
        self.turned = 0
        self.section = "1"

    def write(self, words: str) -> int:
        """Add words to the source text and return the offset at which they begin."""
        start = self.length
        self.written.append(words)
        self.length += len(words)
        return start

    def make(self, size: int) -> None:
        """Invent so many claims, and the source text."""
        self.write(f"# {self.work.title}\n\n## 1 Beginning\n\n")
        for number in range(size):
            if number and number % CLAIMS_PER_SECTION == 0:
                self.section = str(number // CLAIMS_PER_SECTION + 1)
                self.write(f"\n\n## {self.section} {self.dice.invent_name()}\n\n")
            elif number % 4 == 3:
                self.write("\n\n")
            if self.length - self.turned > PAGE_LENGTH:
                self.turned = self.length
                self.page += 1
                self.write(f"(p. {self.page}) ")
            if number % 15 == 9:
                reason = " ".join(self.dice.speak(4, 6))
                anchor = self.print_passage([])
                self.uncoded.append(Uncoded(text=self.key, anchor=anchor, because=reason))
                self.write("\n\n")
            self.make_claim(number)
        self.write("\n\n## References\n\n")
        for key in sorted(self.printed):
            work = self.cited[key]
            self.write(f"{work.fields['author']}. {work.year}. {work.title}.\n")

    def print_passage(self, cited: Sequence[tuple[str, str]]) -> Anchor:
        """Write a sentence that ends with citations, and return where it stands."""
        words = self.dice.speak(16, 28)
        start = self.write(" ".join(words))
        end = self.length
        notes = []
        for key, locator in cited:
            self.printed[key] = None
            work = self.cited[key]
            names = " and ".join(person.family for person in work.authors)
            if len(work.authors) > 2:
                names = f"{work.authors[0].family} et al."
            notes.append(f"{names} {work.year}{', ' if locator else ''}{locator}")
        self.write(f" ({'; '.join(notes)}). " if notes else ". ")
        return Anchor(
            text=self.key,
            page=str(self.page),
            section=self.section,
            head=" ".join(words[:3]),
            tail=" ".join(words[-3:]),
            start=start,
            end=end,
        )

    def make_claim(self, number: int) -> None:
        """Invent a claim with its relations, holders and citations."""
        dice = self.dice
        identifier = f"{self.key}/{dice.random.choice(dice.words)}-{number}"
        links, camp = self.draw_links(number)
        held = self.draw_holders(camp)
        against = []
        if dice.happens(0.08):
            against = [
                holder
                for holder in self.draw_holders((camp + 1) % len(self.camps))
                if holder not in held
            ]
        evidence = {}
        if dice.happens(0.3):
            key = dice.random.choice(list(self.cited))
            evidence[key] = self.draw_locator(key)
        locators = dict.fromkeys((*held, *against), "")
        for holder in locators:
            if holder[1:] in self.cited and dice.happens(0.3):
                locators[holder] = self.draw_locator(holder[1:])
        cited = dict(evidence)
        for holder in locators:
            if holder.startswith("@") and holder[1:] != self.key:
                cited.setdefault(holder[1:], locators[holder])
        anchor = self.print_passage(list(cited.items()))
        self.claims.append(
            Claim(
                id=identifier,
                text=self.key,
                statement=" ".join(dice.speak(9, 16)) + f" in case {number}.",
                kind=cast(Kind, dice.random.choice(KINDS)),
                topic=dice.random.choice(self.topics),
                weight=cast(Weight, dice.random.choice(WEIGHTS)),
                anchor=anchor,
            )
        )
        self.camp_of.append(camp)
        self.record_positions(identifier, held, against, locators, anchor.page)
        for key, locator in cited.items():
            self.citations.append(
                Citation(
                    claim=identifier,
                    work=key,
                    locator=locator,
                    role="evidence" if key in evidence else "carries",
                    text=self.key,
                )
            )
        self.record_relations(identifier, links, held, anchor.page, list(cited))

    def draw_links(self, number: int) -> tuple[list[tuple[RelationType, int]], int]:
        """Draw on which earlier claims this one bears and how; its school follows from that."""
        dice = self.dice
        if number == 0:
            return [], dice.random.randrange(len(self.camps))
        reach = range(max(0, number - 40), number)
        targets = dice.random.sample(reach, min(len(reach), 1 + dice.happens(0.35)))
        if number == 1:
            targets = [0]
        kind = dice.random.choice(_RELATION_TYPES)
        camp = self.camp_of[targets[0]]
        if kind == "contests":
            camp = (camp + 1 + dice.random.randrange(len(self.camps) - 1)) % len(self.camps)
        links = [(kind, targets[0])]
        for target in targets[1:]:
            same = self.camp_of[target] == camp
            links.append(("supports" if same else "contests", target))
        return links, camp

    def draw_holders(self, camp: int) -> list[str]:
        """Draw who holds a claim of a school: the text itself, or others, a few of them astray."""
        dice = self.dice
        if dice.happens(0.4):
            return [f"@{self.key}"]
        found: dict[str, None] = {}
        for _ in range(dice.random.choice((1, 1, 2, 3))):
            school = dice.random.randrange(len(self.camps)) if dice.happens(STRAY) else camp
            found[dice.random.choice(self.camps[school])] = None
        return list(found)

    def draw_locator(self, key: str) -> str:
        """Draw a page of a work."""
        first = self.cited[key].fields.get("pages", "1--200").partition("--")[0]
        return f"p. {int(first) + self.dice.random.randrange(30)}"

    def record_positions(
        self,
        claim: str,
        held: Sequence[str],
        against: Sequence[str],
        locators: dict[str, str],
        page: str,
    ) -> None:
        """Record who holds and who disputes a claim; the text reports what it does neither."""
        own = f"@{self.key}"
        for holder in (*held, *against):
            self.positions.append(
                Position(
                    claim=claim,
                    holder=holder,
                    stance="disputes" if holder in against else "asserts",
                    reported_by=self.key,
                    page=page,
                    own_locator=locators[holder],
                    attribution="collective" if holder.startswith("group:") else "explicit",
                )
            )
        if own not in held and own not in against:
            self.positions.append(
                Position(
                    claim=claim,
                    holder=own,
                    stance="reports",
                    reported_by=self.key,
                    page=page,
                    attribution="implied",
                )
            )

    def record_relations(
        self,
        claim: str,
        links: Sequence[tuple[RelationType, int]],
        held: Sequence[str],
        page: str,
        cited: Sequence[str],
    ) -> None:
        """Record how a claim bears on others and, now and then, on a step between two."""
        dice = self.dice
        for kind, target in links:
            other = self.claims[target].id
            relation = self.draw_relation(f"{claim}.{kind}.{other}", kind, claim, other, held, page)
            self.relations.append(relation)
            if cited and dice.happens(0.05):
                key = dice.random.choice(cited)
                self.citations.append(
                    Citation(relation=relation.id, work=key, role="evidence", text=self.key)
                )
            if kind == "supports":
                self.steps.append(relation)
        if self.steps and dice.happens(0.1):
            step = dice.random.choice(self.steps)
            if step.source != claim:
                self.relations.append(
                    self.draw_relation(
                        f"{claim}.undercuts.{step.id}", "undercuts", claim, step.id, held, page
                    )
                )

    def draw_relation(
        self,
        identifier: str,
        kind: RelationType,
        source: str,
        target: str,
        held: Sequence[str],
        page: str,
    ) -> Relation:
        """Invent who drew a relation, and why."""
        dice = self.dice
        basis: Basis = dice.random.choice(("explicit",) * 6 + ("implicit",) * 2 + ("analyst",))
        drawn_by: tuple[str, ...] = (f"@{self.key}",)
        if basis == "analyst":
            drawn_by = ()
        elif dice.happens(0.2):
            drawn_by = tuple(sorted(held))
        reasoned = kind in ("contests", "undercuts", "qualifies")
        return Relation(
            id=identifier,
            type=kind,
            source=source,
            target=target,
            target_kind="relation" if kind == "undercuts" else "claim",
            drawn_by=drawn_by,
            basis=basis,
            evidential=kind == "supports" and dice.happens(0.05),
            page=page,
            because=" ".join(dice.speak(6, 12)) if reasoned else "",
        )


def draw_across(dice: Dice, parts: Sequence[TextMaker]) -> list[Relation]:
    """Invent the reviewer's own relations between claims of different texts."""
    claims = [
        (claim.id, camp) for p in parts for claim, camp in zip(p.claims, p.camp_of, strict=True)
    ]
    found = {}
    for _ in range(len(claims) // 50 if len(parts) > 1 else 0):
        (source, camp), (target, other) = dice.random.sample(claims, 2)
        if source.partition("/")[0] == target.partition("/")[0]:
            continue
        kind: RelationType = "qualifies" if camp == other else "contests"
        identifier = f"{source}.{kind}.{target}"
        found[identifier] = Relation(
            id=identifier,
            type=kind,
            source=source,
            target=target,
            basis="analyst",
            because=" ".join(dice.speak(6, 12)),
        )
    return list(found.values())


def join_parts(
    dice: Dice,
    parts: Sequence[TextMaker],
    pool: Sequence[Work],
    others: Sequence[Holder],
    planted: dict[str, int],
) -> Literature:
    """Join the texts to one literature, without works, holders and topics that nothing uses."""
    positions = [position for part in parts for position in part.positions]
    citations = [citation for part in parts for citation in part.citations]
    cited = {citation.work for citation in citations}
    works = [work for work in pool if work.key in cited] + [part.work for part in parts]
    holding = {position.holder for position in positions}
    named = []
    for holder in others:
        if holder.id not in holding:
            continue
        if holder.kind == "group":
            camp = dice.random.choice(list(planted.values()))
            members = [f"@{w.key}" for w in works if planted.get(w.key) == camp][:3]
            holder = msgspec.structs.replace(holder, members=tuple(sorted(members)))
        named.append(holder)
    claims = [claim for part in parts for claim in part.claims]
    topics = sorted({claim.topic for claim in claims if claim.topic})
    literature = Literature(
        review=Review(
            title="An invented literature",
            base="https://example.org/review/invented/",
            creators=("Nobody",),
            topics=tuple(Topic(id=topic, label=topic.replace("-", " ")) for topic in topics),
        ),
        works=tuple(works),
        texts=tuple(part.text for part in parts),
        claims=tuple(claims),
        positions=tuple(positions),
        relations=tuple(r for part in parts for r in part.relations)
        + tuple(draw_across(dice, parts)),
        citations=tuple(citations),
        uncoded=tuple(passage for part in parts for passage in part.uncoded),
    )
    holders = add_work_holders(literature, named)
    return sort_records(msgspec.structs.replace(literature, holders=tuple(holders)))
