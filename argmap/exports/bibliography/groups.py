"""Which works a bibliography holds, and under which headings they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal

from argmap.annotations import Cited, Ledger, Piece, Reference, Stated, Words
from argmap.annotations.telling import Teller
from argmap.bibliography import describe_work
from argmap.diagnostics import join_words
from argmap.model import Dispute, Record, School, Work

Grouping = Literal["school", "topic", "dispute", "text", "year", "none"]
GROUPINGS: tuple[Grouping, ...] = ("school", "topic", "dispute", "text", "year", "none")
Only = Literal["cited", "held", "disputed"]
KINDS: tuple[Only, ...] = ("cited", "held", "disputed")

Line = tuple[Piece, ...]

_MANY = 12
"""So many works need no groups among them."""


class Group(Record, frozen=True, kw_only=True):
    """Works under one heading.

    ``about`` are sentences on what the group is; ``see_also`` are works that belong here as well
    and stand elsewhere.  ``annotated`` is false for works that are listed only because annotations
    cite them.
    """

    id: str
    title: str
    about: tuple[Line, ...] = ()
    works: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    annotated: bool = True


def choose_works(
    ledger: Ledger,
    *,
    keys: Sequence[str] = (),
    only: Only | None = None,
    dispute: Dispute | None = None,
    topic: str | None = None,
) -> tuple[str, ...]:
    """Return the keys of the works that meet every condition, sorted.

    ``only`` is *cited* (in a coded text), *held* (takes a position) or *disputed* (takes a side in
    a dispute).
    """
    chosen = set(keys) if keys else {work.key for work in ledger.literature.works}
    if only == "cited":
        chosen &= {citation.work for citation in ledger.literature.citations}
    elif only == "held":
        chosen &= _as_keys(
            position.holder
            for position in ledger.literature.positions
            if position.stance != "reports"
        )
    elif only == "disputed":
        chosen &= {key for each in ledger.derived.disputes for key in _list_parties(ledger, each)}
    if dispute is not None:
        chosen &= set(_list_parties(ledger, dispute))
    if topic is not None:
        chosen &= {key for key, topics in _count_topics(ledger).items() if topics[topic]}
    return tuple(sorted(chosen))


def group_works(
    ledger: Ledger, keys: Iterable[str], grouping: Grouping, *, dispute: Dispute | None = None
) -> tuple[Group, ...]:
    """Return works in groups, each work once; groups without works are left out.

    With ``dispute`` the groups are its sides, whatever the grouping.
    """
    chosen = tuple(keys)
    if dispute is not None:
        groups: Iterable[Group] = (_describe_dispute(ledger, dispute, set(chosen)),)
    elif grouping == "school":
        groups = _group_by_school(ledger, chosen)
    elif grouping == "topic":
        groups = _group_by_topic(ledger, chosen)
    elif grouping == "dispute":
        groups = _group_by_dispute(ledger, chosen)
    elif grouping == "text":
        groups = _group_by_text(ledger, chosen)
    elif grouping == "year":
        groups = _group_by_year(ledger, chosen)
    else:
        groups = (Group(id="works", title="", works=chosen),)
    return tuple(group for group in groups if group.works or group.groups)


def list_works(groups: Iterable[Group]) -> tuple[str, ...]:
    """Return the works of groups in their order, those of groups within groups included."""
    found: list[str] = []
    for group in groups:
        found += group.works
        found += list_works(group.groups)
    return tuple(found)


def list_mentions(group: Group) -> set[str]:
    """Return the works that the lines of a group, and of groups in it, cite."""
    found = set(group.see_also)
    for line in group.about:
        for piece in line:
            if isinstance(piece, Cited):
                found.update(reference.work for reference in piece.references)
    for inner in group.groups:
        found |= list_mentions(inner)
    return found


def _as_keys(holders: Iterable[str]) -> set[str]:
    return {holder[1:] for holder in holders if holder.startswith("@")}


def _take(chosen: Iterable[str], left: set[str]) -> tuple[str, ...]:
    """Return those works that are still left, and take them away."""
    taken = tuple(key for key in sorted(chosen) if key in left)
    left.difference_update(taken)
    return taken


# ---- schools ----


def _group_by_school(ledger: Ledger, keys: Sequence[str]) -> Iterable[Group]:
    left = set(keys)
    texts = _take((text.key for text in ledger.literature.texts if text.survey), left)
    if texts:
        yield Group(
            id="surveys",
            title="The surveys",
            about=(_say("The texts that the review is coded from; they belong to no school."),),
            works=texts,
        )
    declared = {school.id: school for school in ledger.literature.review.schools}
    found = [school for school in ledger.derived.schools if school.topic is None]
    placed = _as_keys(member for school in found for member in school.members)
    for school in found:
        works = _take(_as_keys(school.members), left)
        own = declared.pop(school.id, None)
        about = [_say(own.because)] if own is not None and own.because else []
        about += _tell_school(ledger, school)
        if own is not None:
            added = _take(_as_keys(own.members) - placed, left)
            works += added
            about += [_count_in(added)] if added else []
        yield Group(id=school.id, title=school.name, about=tuple(about), works=works)
    for own in declared.values():
        works = _take(_as_keys(own.members), left)
        note = (
            "The reviewer sees a school here; two independent voices that agree on a claim in "
            "debate were not found for it."
        )
        about = [_say(own.because)] if own.because else []
        yield Group(id=own.id, title=own.name, about=(*about, _say(note)), works=works)
    speaking = _as_keys(
        position.holder for position in ledger.literature.positions if position.stance != "reports"
    )
    yield Group(
        id="other-voices",
        title="Other voices",
        about=(_say("Works that take a position and stand in no school."),),
        **_divide(ledger, "other-voices", _take(speaking, left)),
    )
    yield Group(
        id="sources",
        title="Examples and sources",
        about=(_say("Works that are cited and take no position of their own."),),
        **_divide(ledger, "sources", _take(tuple(left), left)),
    )


def _divide(ledger: Ledger, identifier: str, keys: tuple[str, ...]) -> dict[str, Any]:
    """Return many works in groups by topic, few as they are: the fields of a group."""
    if len(keys) <= _MANY:
        return {"works": keys}
    home = _find_home(ledger, keys)
    groups = [
        Group(
            id=f"{identifier}-{topic.id}",
            title=topic.label or topic.id,
            works=tuple(key for key in keys if home.get(key) == topic.id),
        )
        for topic in ledger.literature.review.topics
    ]
    return {
        "works": tuple(key for key in keys if key not in home),
        "groups": tuple(group for group in groups if group.works),
    }


def _count_in(keys: Sequence[str]) -> Line:
    """Return who is in a school by the reviewer's judgement, and not by the sides it takes."""
    pieces: list[Piece] = [Words(text="The reviewer also counts ")]
    for number, key in enumerate(keys):
        if number:
            pieces.append(Words(text=" and " if number == len(keys) - 1 else ", "))
        pieces.append(Cited(references=(Reference(work=key),), form="narrative"))
    return (*pieces, Words(text=" here, by the argument and not by sides taken together."))


def _tell_school(ledger: Ledger, school: School) -> list[Line]:
    teller = Teller(ledger)
    lines: list[Line] = []
    defining = [ledger.index.claims[claim] for claim in school.defining[:2]]
    if defining:
        pieces: list[Piece] = [Words(text="What sets it apart is the view that ")]
        for number, claim in enumerate(defining):
            if number:
                pieces.append(Words(text=", and that "))
            text = teller.vocabulary.lower_first(claim.statement)
            pieces.append(Stated(claim=claim.id, text=text))
        lines.append((*pieces, Words(text=".")))
    names = {each.id: each.name for each in ledger.derived.schools}
    if school.cleavages:
        first = school.cleavages[0]
        claim = ledger.index.claims[first.claim]
        lines.append(
            (
                Words(text=f"It is parted from “{names[first.school]}” by the question whether "),
                Stated(claim=claim.id, text=teller.vocabulary.lower_first(claim.statement)),
                Words(text="."),
            )
        )
    return lines


# ---- topics, texts, years ----


def _count_topics(ledger: Ledger) -> dict[str, Counter[str]]:
    """Return for each work how often it has to do with claims of each topic."""
    found: dict[str, Counter[str]] = {}
    claims = ledger.index.claims
    for position in ledger.literature.positions:
        topic = claims[position.claim].topic
        if topic and position.holder.startswith("@") and position.stance != "reports":
            found.setdefault(position.holder[1:], Counter())[topic] += 1
    for citation in ledger.literature.citations:
        relation = ledger.index.relations.get(citation.relation)
        claim = claims.get(citation.claim or (relation.source if relation else ""))
        if claim is not None and claim.topic:
            found.setdefault(citation.work, Counter())[claim.topic] += 1
    return found


def _find_home(ledger: Ledger, keys: Iterable[str]) -> dict[str, str]:
    """Return for each work the topic with which it has most to do, the first where several are."""
    counts = _count_topics(ledger)
    order = {topic.id: number for number, topic in enumerate(ledger.literature.review.topics)}

    def choose(topics: Counter[str]) -> str:
        return min(topics, key=lambda topic: (-topics[topic], order.get(topic, len(order)), topic))

    return {key: choose(counts[key]) for key in keys if counts.get(key)}


def _group_by_topic(ledger: Ledger, keys: Sequence[str]) -> Iterable[Group]:
    left = set(keys)
    counts = _count_topics(ledger)
    texts = {text.key for text in ledger.literature.texts if text.survey}
    yield from _list_surveys(ledger, left)
    home = _find_home(ledger, [key for key in keys if key not in texts])
    for topic in ledger.literature.review.topics:
        works = _take([key for key, chosen in home.items() if chosen == topic.id], left)
        others = [
            key
            for key in keys
            if key not in works and key not in texts and counts.get(key, Counter())[topic.id]
        ]
        about = (topic.description or "").strip()
        yield Group(
            id=topic.id,
            title=topic.label or topic.id,
            about=(_say(about),) if about else (),
            works=works,
            see_also=tuple(others) if works else (),
        )
    yield from _list_rest(left, "Works that no claim with a topic speaks of.")


def _list_surveys(ledger: Ledger, left: set[str]) -> Iterable[Group]:
    works = _take((text.key for text in ledger.literature.texts if text.survey), left)
    yield Group(
        id="surveys",
        title="The surveys",
        about=(_say("The texts that the review is coded from."),),
        works=works,
    )


def _list_rest(left: set[str], line: str) -> Iterable[Group]:
    yield Group(
        id="other-works",
        title="Other works",
        about=(_say(line),),
        works=_take(tuple(left), left),
    )


def _group_by_text(ledger: Ledger, keys: Sequence[str]) -> Iterable[Group]:
    left = set(keys)
    texts = [text.key for text in ledger.literature.texts]
    yield Group(
        id="coded-texts",
        title="The coded texts",
        about=(_say("The texts that the review is coded from."),),
        works=_take(texts, left),
    )
    for text in texts:
        met = {each.work for each in ledger.literature.citations if each.text == text}
        met |= _as_keys(
            each.holder for each in ledger.literature.positions if each.reported_by == text
        )
        met -= set(texts)
        work = ledger.works.get(text)
        name = describe_work(work) if work is not None else text
        works = _take(met, left)
        yield Group(
            id=f"text-{text}",
            title=f"Works met in {name}",
            works=works,
            see_also=tuple(key for key in keys if key in met and key not in works),
        )
    yield from _list_rest(left, "Works of the bibliography that no coded text cites.")


def _group_by_year(ledger: Ledger, keys: Sequence[str]) -> Iterable[Group]:
    years: dict[int | None, list[str]] = {}
    for key in keys:
        years.setdefault(ledger.works[key].year, []).append(key)
    for year in sorted(year for year in years if year is not None):
        yield Group(id=f"year-{year}", title=str(year), works=tuple(years[year]))
    if None in years:
        yield Group(id="no-year", title="Without a year", works=tuple(years[None]))


# ---- disputes ----


def _list_parties(ledger: Ledger, dispute: Dispute) -> dict[str, str]:
    """Return the works that have to do with a dispute, each with its part in it."""
    parts: dict[str, str] = {}
    for name, holders in (
        ("pro", dispute.pro),
        ("con", dispute.con),
        ("mixed", dispute.mixed),
        ("witness", (*dispute.pro_witnesses, *dispute.con_witnesses)),
    ):
        for holder in holders:
            works = [holder[1:]] if holder.startswith("@") else []
            if name != "witness" and holder in ledger.holders:
                works += ledger.holders[holder].works
            for key in works:
                if key in ledger.works:
                    parts.setdefault(key, name)
    for claim in dispute.claims[1:]:
        for position in ledger.index.positions_on.get(claim, ()):
            if position.holder.startswith("@") and position.stance != "reports":
                parts.setdefault(position.holder[1:], "near")
    for text in dispute.text_stances:
        parts.setdefault(text, "report")
    return {key: part for key, part in parts.items() if key in ledger.works}


_PARTS = (
    ("pro", "For"),
    ("con", "Against"),
    ("mixed", "On both sides"),
    ("near", "On claims nearby"),
    ("witness", "Called as witnesses"),
    ("report", "Where it is told"),
)


def _describe_dispute(ledger: Ledger, dispute: Dispute, left: set[str]) -> Group:
    """Return a dispute as a group, its sides as groups in it; takes its works from those left."""
    parts = _list_parties(ledger, dispute)
    identifier = f"dispute-{dispute.focal.rpartition('/')[2]}"
    claim = ledger.index.claims[dispute.focal]
    elsewhere = tuple(key for key in parts if key not in left)
    sides = tuple(
        Group(
            id=f"{identifier}-{part}",
            title=title,
            works=_take([key for key, chosen in parts.items() if chosen == part], left),
        )
        for part, title in _PARTS
    )
    return Group(
        id=identifier,
        title=claim.statement.removesuffix("."),
        about=_tell_dispute(ledger, dispute),
        see_also=tuple(sorted(elsewhere)),
        groups=tuple(side for side in sides if side.works),
    )


def _tell_dispute(ledger: Ledger, dispute: Dispute) -> tuple[Line, ...]:
    voices = [
        f"{count} independent {'voice' if count == 1 else 'voices'} {side}"
        for count, side in ((dispute.pro_voices, "for it"), (dispute.con_voices, "against it"))
    ]
    lines = [_say(f"Disputed: {join_words(voices)}.")]
    phrases = Teller(ledger).vocabulary
    holders = {holder.id: holder for holder in ledger.literature.holders}
    for side, name in ((dispute.pro, "For it"), (dispute.con, "Against it")):
        bare = [holders[each] for each in side if each in holders and not each.startswith("@")]
        if bare:
            told = [
                phrases.lower_first(each.name)
                if each.kind == "group" or each.name.startswith("The ")
                else each.name
                for each in bare
            ]
            lines.append(_say(f"{name} also, without a work of their own: {'; '.join(told)}."))
    return tuple(lines)


def _group_by_dispute(ledger: Ledger, keys: Sequence[str]) -> Iterable[Group]:
    left = set(keys)
    yield from _list_surveys(ledger, left)
    for dispute in ledger.derived.disputes:
        yield _describe_dispute(ledger, dispute, left)
    yield from _list_rest(left, "Works that take no side in a dispute.")


def _say(text: str) -> Line:
    return (Words(text=text),)


Order = Callable[[str], int]


def order_groups(groups: Iterable[Group], order: Order) -> tuple[Group, ...]:
    """Return groups with their works in the order of the style."""
    return tuple(
        Group(
            id=group.id,
            title=group.title,
            about=group.about,
            works=tuple(sorted(group.works, key=order)),
            see_also=tuple(sorted(group.see_also, key=order)),
            groups=order_groups(group.groups, order),
            annotated=group.annotated,
        )
        for group in groups
    )


def order_alphabetically(works: Iterable[Work]) -> Order:
    """Return the order of works by names, year and title, as nearly all styles have it."""
    from argmap.bibliography import list_people

    def key(work: Work) -> tuple[object, ...]:
        people = [f"{person.family} {person.given}".casefold() for person in list_people(work)]
        return (people or [work.title.casefold()], work.year or 0, work.title.casefold(), work.key)

    ranks = {work.key: rank for rank, work in enumerate(sorted(works, key=key))}
    return lambda name: ranks.get(name, len(ranks))
