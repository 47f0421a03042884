"""Hypothesis strategies for the records of argmap.

``literatures()`` draws coherent literatures: every reference leads somewhere.  With ``wild=True``
identifiers and strings hold whatever Unicode can, and references may lead nowhere; only lone
surrogates are left out.
"""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from argmap.model import (
    ATTRIBUTIONS,
    BASES,
    CERTAINTIES,
    KINDS,
    ROLES,
    STANCES,
    STATUSES,
    WEIGHTS,
    Anchor,
    Citation,
    Claim,
    Cleavage,
    DeclaredSchool,
    Derived,
    Dispute,
    Holder,
    Literature,
    PageMarks,
    Person,
    Place,
    Position,
    Relation,
    Review,
    School,
    Standing,
    Text,
    Topic,
    Uncoded,
    Work,
)
from argmap.order import sort_records

BASE_IRIS = (
    "https://example.org/review/",
    "https://example.org/review",
    "http://example.org/a?set=",
    "https://example.org/reviews#",
    "urn:example:review:",
    "https://example.org:8080/a//b/",
    "https://example.org/\u00e9tude/",
)
_ODD = (
    "",
    ".",
    "..",
    "a/../b",
    "conf/aaai/Smith",
    "%41",
    "a%2Fb",
    "two words",
    'a"b\\c',
    "a:b:2",
    "<x>",
    "é",
    "e\u0301",
    "\u0416\u0443\u043a",
    "\U0001f600",
    "#",
    "\n",
    "\u2028",
    "\x85",
    "\x00",
    "\ufffe",
    "x" * 300,
)

wild_text = st.sampled_from(_ODD) | st.text(
    alphabet=st.characters(exclude_categories=["Cs"]), max_size=12
)
plain_text = st.text(alphabet="abc dE,.'-é", max_size=12).map(str.strip)
slugs = st.from_regex(r"[a-z]{1,6}(-[a-z]{1,4})?", fullmatch=True)
keys = st.from_regex(r"[a-z]{3,7}(19|20)[0-9]{2}", fullmatch=True)
pages = st.sampled_from(["", "1", "654", "654-655", "xii", "A3"])
digests = st.none() | st.text(alphabet="0123456789abcdef", min_size=64, max_size=64)


def _lists(elements: st.SearchStrategy[Any], size: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(elements, max_size=size).map(tuple)


def _some_of(values: list[str], size: int = 3) -> st.SearchStrategy[tuple[str, ...]]:
    if not values:
        return st.just(())
    return st.lists(st.sampled_from(values), max_size=size, unique=True).map(tuple)


def _one_of(values: list[str]) -> st.SearchStrategy[str]:
    return st.sampled_from(values)


def places(text: st.SearchStrategy[str]) -> st.SearchStrategy[Place | None]:
    """Draw places, or None."""
    return st.none() | st.builds(
        Place, path=text, line=st.integers(1, 10**6), column=st.integers(1, 500)
    )


def persons(text: st.SearchStrategy[str]) -> st.SearchStrategy[Person]:
    """Draw names."""
    return st.builds(Person, family=text, given=text, prefix=text, suffix=text)


def anchors(text: st.SearchStrategy[str], source: str) -> st.SearchStrategy[Anchor]:
    """Draw anchors in a text, proved or not."""
    spans = st.tuples(st.integers(0, 10**6), st.integers(1, 500)).map(lambda s: (s[0], sum(s)))
    return st.builds(
        lambda span, **fields: Anchor(
            **fields, start=span and span[0], end=None if span is None else span[1]
        ),
        span=st.none() | spans,
        text=st.just(source),
        page=pages,
        page_inferred=st.booleans(),
        section=st.none() | text,
        head=text,
        tail=text,
        sha256=digests,
    )


@st.composite
def literatures(
    draw: st.DrawFn, *, wild: bool = False, max_claims: int = 4, places_drawn: bool = True
) -> Literature:
    """Draw a literature, its collections sorted."""
    text = wild_text if wild else plain_text
    identifiers = wild_text if wild else slugs
    place = places(text) if places_drawn else st.none()
    work_keys = draw(st.lists(wild_text if wild else keys, min_size=1, max_size=4, unique=True))
    # A reference may lead nowhere only where references are wild.
    any_work = _one_of(work_keys) | wild_text if wild else _one_of(work_keys)
    text_keys = draw(st.lists(_one_of(work_keys), min_size=1, max_size=2, unique=True))
    topics = draw(st.lists(identifiers, max_size=2, unique=True))
    actors = [f"actor:{slug}" for slug in draw(st.lists(identifiers, max_size=2, unique=True))]
    groups = [f"group:{slug}" for slug in draw(st.lists(identifiers, max_size=2, unique=True))]
    holder_ids = [f"@{key}" for key in work_keys] + actors + groups
    any_holder = _one_of(holder_ids) | wild_text if wild else _one_of(holder_ids)
    claim_ids = draw(
        st.lists(
            st.tuples(_one_of(text_keys), identifiers), max_size=max_claims, unique_by="/".join
        )
    )
    ids = ["/".join(pair) for pair in claim_ids]

    works = [
        draw(
            st.builds(
                Work,
                key=st.just(key),
                type=st.sampled_from(["article", "book", "incollection", "misc", "dataset"]),
                authors=_lists(persons(text)),
                editors=_lists(persons(text), 1),
                year=st.none() | st.integers(-500, 12000),
                title=text,
                doi=text,
                url=text
                | st.sampled_from(
                    ["https://example.org/a b?q=%", "http://[x", "https://example.org/p#top"]
                ),
                fields=st.dictionaries(text, text, max_size=3),
                place=place,
            )
        )
        for key in work_keys
    ]
    texts = [
        draw(
            st.builds(
                Text,
                key=st.just(key),
                source=text,
                survey=st.booleans(),
                pages=st.builds(
                    PageMarks,
                    first=pages,
                    mark=text,
                    inferred=_lists(st.tuples(pages, text), 2),
                    running=_lists(text),
                ),
                body=text,
                references=text,
                sha256=digests,
                length=st.none() | st.integers(0, 10**7),
                place=place,
            )
        )
        for key in text_keys
    ]
    holders = [
        draw(
            st.builds(
                Holder,
                id=st.just(name),
                kind=st.just("work" if name[0] == "@" else name.partition(":")[0]),
                name=text,
                works=st.just((name[1:],)) if name[0] == "@" else _some_of(work_keys),
                members=_some_of(holder_ids) if name.startswith("group:") else st.just(()),
                place=place,
            )
        )
        for name in holder_ids
    ]
    claims = [
        draw(
            st.builds(
                Claim,
                id=st.just(f"{key}/{slug}"),
                text=st.just(key),
                statement=text if wild else text.filter(bool),
                kind=st.sampled_from(KINDS),
                topic=st.none() | _one_of(topics) if topics else st.none(),
                weight=st.sampled_from(WEIGHTS),
                anchor=st.none() | anchors(text, key),
                alone=text,
                place=place,
            )
        )
        for key, slug in claim_ids
    ]
    position = (
        st.builds(
            Position,
            claim=_one_of(ids) | wild_text if wild else _one_of(ids),
            holder=any_holder,
            stance=st.sampled_from(STANCES),
            reported_by=_one_of(text_keys),
            page=pages,
            own_locator=text,
            attribution=st.sampled_from(ATTRIBUTIONS),
            certainty=st.sampled_from(CERTAINTIES),
            anchor=st.none() | anchors(text, text_keys[0]),
            place=place,
        )
        if ids
        else st.nothing()
    )
    positions = draw(st.lists(position, max_size=5)) if ids else []
    relations = _draw_relations(draw, ids, any_holder, text, text_keys[0], place, wild=wild)
    citations = []
    for served in draw(st.lists(_one_of(ids), max_size=3)) if ids else []:
        of_relation = bool(relations) and draw(st.booleans())
        citations.append(
            draw(
                st.builds(
                    Citation,
                    claim=st.just("" if of_relation else served),
                    relation=_one_of([r.id for r in relations]) if of_relation else st.just(""),
                    work=any_work,
                    locator=pages,
                    role=st.sampled_from(ROLES),
                    text=_one_of(text_keys),
                    anchor=st.none() | anchors(text, text_keys[0]),
                    place=place,
                )
            ),
        )
    # What serves a claim of the empty id would serve nothing.
    citations = [citation for citation in citations if citation.claim or citation.relation]
    uncoded = draw(
        st.lists(
            st.builds(
                Uncoded,
                text=_one_of(text_keys),
                anchor=anchors(text, text_keys[0]),
                because=text,
                place=place,
            ),
            max_size=2,
        )
    )
    review = draw(
        st.builds(
            Review,
            title=text,
            base=st.sampled_from(BASE_IRIS if wild else BASE_IRIS[:1]),
            description=text,
            creators=_lists(text),
            topics=st.tuples(
                *[
                    st.builds(Topic, id=st.just(name), label=text, description=text, place=place)
                    for name in draw(st.permutations(topics))
                ]
            ),
            schools=st.lists(
                st.builds(
                    DeclaredSchool,
                    id=identifiers,
                    name=text,
                    members=st.lists(_one_of(holder_ids), min_size=1, max_size=3, unique=True).map(
                        tuple
                    ),
                    because=text,
                    place=place,
                ),
                max_size=2,
                unique_by=lambda school: school.id,
            ).map(tuple),
            aliases=_lists(_lists(text), 2),
            place=place,
        )
    )
    return sort_records(
        Literature(
            review=review,
            works=tuple(works),
            texts=tuple(texts),
            holders=tuple(holders),
            claims=tuple(claims),
            positions=tuple(positions),
            relations=tuple(relations),
            citations=tuple(citations),
            uncoded=tuple(uncoded),
        )
    )


def _draw_relations(
    draw: st.DrawFn,
    ids: list[str],
    any_holder: st.SearchStrategy[str],
    text: st.SearchStrategy[str],
    source: str,
    place: st.SearchStrategy[Place | None],
    *,
    wild: bool,
) -> list[Relation]:
    """Draw relations from claim to claim, and undercuts and supports of relations drawn before."""
    relations: dict[str, Relation] = {}
    for _ in range(draw(st.integers(0, 4)) if len(ids) > 1 else 0):
        start = draw(_one_of(ids))
        kind = draw(st.sampled_from(["supports", "contests", "undercuts", "qualifies", "explains"]))
        at_relation = kind == "undercuts" or (kind == "supports" and draw(st.booleans()))
        targets = list(relations) if at_relation else [other for other in ids if other != start]
        if not targets:
            continue
        target = draw(_one_of(targets))
        basis = draw(st.sampled_from(BASES))
        drawers = st.lists(any_holder, min_size=1, max_size=2, unique=not wild).map(tuple)
        relation = draw(
            st.builds(
                Relation,
                id=st.just(f"{start}.{kind}.{target}") | (wild_text if wild else slugs),
                type=st.just(kind),
                source=st.just(start),
                target=st.just(target),
                target_kind=st.just("relation" if at_relation else "claim"),
                drawn_by=st.just(()) if basis == "analyst" else drawers,
                basis=st.just(basis),
                evidential=st.booleans(),
                page=pages,
                because=text if kind != "contests" or wild else text.filter(bool),
                anchor=st.none() | anchors(text, source),
                place=place,
            )
        )
        if relation.id:
            relations.setdefault(relation.id, relation)
    return list(relations.values())


@st.composite
def derivations(draw: st.DrawFn, literature: Literature) -> Derived:
    """Draw what analysis might have derived from a literature, with nothing sound about it."""
    claims = [claim.id for claim in literature.claims]
    holders = [holder.id for holder in literature.holders]
    topics: list[str | None] = [None, *(topic.id for topic in literature.review.topics)]
    side = _some_of(holders)
    standings = [
        draw(
            st.builds(
                Standing,
                claim=st.just(claim),
                status=st.sampled_from(STATUSES),
                pro=side,
                con=side,
                mixed=side,
                depth=st.integers(0, 9),
            )
        )
        for claim in claims
        if draw(st.booleans())
    ]
    disputes = [
        draw(
            st.builds(
                Dispute,
                focal=st.just(focal),
                claims=st.lists(_one_of(claims), min_size=1, max_size=3, unique=True).map(tuple),
                topic=st.sampled_from(topics),
                depth=st.integers(1, 9),
                pro=side,
                con=side,
                mixed=side,
                pro_voices=st.integers(0, 9),
                con_voices=st.integers(0, 9),
                pro_witnesses=side,
                con_witnesses=side,
                flags=_lists(
                    st.sampled_from(["second-hand: pro", "side without a work: con", "x"])
                ),
                text_stances=st.dictionaries(
                    st.sampled_from([text.key for text in literature.texts]),
                    st.sampled_from(["pro", "con", "mixed", "reports"]),
                ),
            )
        )
        for focal in (draw(_some_of(claims)) if claims else ())
    ]
    names = draw(st.lists(slugs, max_size=2, unique=True)) if claims else []
    schools = [
        draw(
            st.builds(
                School,
                id=st.just(name),
                name=plain_text,
                members=st.lists(_one_of(holders), min_size=1, max_size=3, unique=True).map(tuple),
                core=side,
                fringe=side,
                defining=_some_of(claims),
                cleavages=_lists(
                    st.builds(Cleavage, school=_one_of(names), claim=_one_of(claims)), 2
                ),
                bridges=side,
                stability=st.floats(0, 1),
                topic=st.sampled_from(topics),
            )
        )
        for name in names
    ]
    return Derived(
        standings=tuple(standings),
        disputes=tuple(disputes),
        schools=tuple(schools),
        parameters=draw(st.dictionaries(plain_text, plain_text, max_size=3)),
    )
