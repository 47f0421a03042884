"""A small literature about bridges, and literatures drawn by Hypothesis."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import strategies as st

from argmap.model import (
    ATTRIBUTIONS,
    BASES,
    CERTAINTIES,
    KINDS,
    RELATION_TYPES,
    ROLES,
    STANCES,
    WEIGHTS,
    Anchor,
    Citation,
    Claim,
    Cleavage,
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


def bridges() -> Literature:
    """Return two claims on rope bridges, one contesting the other."""
    anchor = Anchor(
        text="stone1999",
        page="12",
        section="2.1",
        head="Ropes do",
        tail="not rot",
        start=100,
        end=160,
        sha256="a" * 64,
    )
    return sort_records(
        Literature(
            review=Review(title="Bridges", topics=(Topic(id="rope-bridges", label="Ropes"),)),
            works=(
                Work(
                    key="stone1999",
                    type="book",
                    authors=(
                        Person(family="Stone", given="Ada"),
                        Person(prefix="van der", family="Brugge", given="Jan", suffix="Jr."),
                    ),
                    year=1999,
                    title="Spans, short and long",
                    fields={"author": "Stone, Ada", "publisher": "Arch Press", "year": "1999"},
                ),
                Work(key="office", type="misc", authors=(Person(family="Office of Roads"),)),
            ),
            texts=(
                Text(
                    key="stone1999",
                    source="stone.txt",
                    pages=PageMarks(first="9", mark="[#]"),
                    sha256="b" * 64,
                    length=5000,
                ),
            ),
            holders=(
                Holder(id="@office", kind="work", name="Office of Roads n.d.", works=("office",)),
                Holder(
                    id="@stone1999", kind="work", name="Stone & Brugge 1999", works=("stone1999",)
                ),
                Holder(id="actor:mayor", kind="actor", name="The mayor"),
                Holder(
                    id="group:walkers", kind="group", name="Walkers", members=("@office",), works=()
                ),
            ),
            claims=(
                Claim(
                    id="stone1999/ropes-last",
                    text="stone1999",
                    statement="Ropes outlast planks.",
                    kind="causal",
                    topic="rope-bridges",
                    weight="core",
                    anchor=anchor,
                    place=Place(path="corpus/stone1999.yaml", line=7, column=3),
                ),
                Claim(
                    id="stone1999/ropes-rot",
                    text="stone1999",
                    statement="Ropes rot within “two” years – naïvely tied.",
                    alone="",
                    place=Place(path="corpus/stone1999.yaml", line=15, column=3),
                ),
            ),
            positions=(
                Position(
                    claim="stone1999/ropes-last",
                    holder="@office",
                    stance="asserts",
                    reported_by="stone1999",
                    page="12",
                    own_locator="p. 3",
                ),
                Position(
                    claim="stone1999/ropes-rot",
                    holder="group:walkers",
                    stance="asserts",
                    reported_by="stone1999",
                    page="13",
                    attribution="collective",
                    certainty="uncertain",
                ),
            ),
            relations=(
                Relation(
                    id="stone1999/ropes-rot.contests.stone1999/ropes-last",
                    type="contests",
                    source="stone1999/ropes-rot",
                    target="stone1999/ropes-last",
                    drawn_by=("@stone1999",),
                    page="13",
                    because="What has rotted has not lasted.",
                ),
            ),
            citations=(
                Citation(
                    claim="stone1999/ropes-last",
                    work="office",
                    locator="p. 3",
                    text="stone1999",
                    anchor=Anchor(text="stone1999", page="12", start=150, end=158),
                ),
            ),
        )
    )


def bridges_derived() -> Derived:
    """Return what analysis could say of :func:`bridges`, invented where that tests more."""
    return Derived(
        standings=(
            Standing(
                claim="stone1999/ropes-last",
                status="disputed",
                pro=("@office",),
                con=("group:walkers",),
                depth=1,
            ),
            Standing(claim="stone1999/ropes-rot", status="asserted", pro=("group:walkers",)),
        ),
        disputes=(
            Dispute(
                focal="stone1999/ropes-last",
                claims=("stone1999/ropes-last",),
                pro=("@office",),
                con=("group:walkers",),
                pro_voices=1,
                con_voices=1,
                flags=("side without a work: con",),
                text_stances={"stone1999": "reports", "a": "pro"},
            ),
        ),
        schools=(
            School(
                id="ropers",
                name="Ropers",
                members=("@office", "@stone1999"),
                core=("@office",),
                fringe=("@stone1999",),
                cleavages=(Cleavage(school="planks", claim="stone1999/ropes-last"),),
                stability=2 / 3,
            ),
        ),
    )


# ---- drawn literatures --------------------------------------------------------------------------

_texts = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
_names = st.text("abcä-12", min_size=1, max_size=4)
_words = st.text("abcä ,.'", min_size=1, max_size=12)
_offsets = st.none() | st.integers(0, 2**53)
_keys = st.sampled_from(["a2000", "b2001", "c2002", "ü.n+x"])
_claims = st.builds("{}/{}".format, _keys, _names)
_holders = st.sampled_from(["@a2000", "@b2001", "@unknown", "actor:x", "group:y", "group:ö"])
_holder_sets = st.lists(_holders, unique=True, max_size=3).map(lambda found: tuple(sorted(found)))
_places = st.none() | st.builds(Place, path=_words, line=st.integers(1, 10**6))
_people = st.builds(
    Person,
    family=st.sampled_from(["Stone", "de Stone", "Office, Roads", "O’Neil", "ibn al-Ħ"]),
    given=st.sampled_from(["", "Ada", "J. B.", "Ada, Jr."]),
    prefix=st.sampled_from(["", "van der", "Van"]),
    suffix=st.sampled_from(["", "Jr.", "III"]),
)
_anchors = st.builds(
    Anchor,
    text=_keys,
    page=_texts,
    page_inferred=st.booleans(),
    section=st.none() | _words,
    head=_texts,
    start=_offsets,
    end=_offsets,
)


def _unique(records: st.SearchStrategy[Any], field: str) -> st.SearchStrategy[tuple[Any, ...]]:
    found = st.lists(records, max_size=4, unique_by=lambda record: getattr(record, field))
    return found.map(tuple)


def _some(records: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(records, max_size=4).map(tuple)


@st.composite
def drawn_literatures(draw: st.DrawFn) -> Literature:
    """Draw literatures, sound or not, with names and texts of all sorts."""
    holders = draw(st.lists(_holders, unique=True).map(tuple))
    return sort_records(
        Literature(
            works=draw(
                _unique(
                    st.builds(
                        Work,
                        key=_keys,
                        type=_names,
                        authors=st.lists(_people, max_size=3).map(tuple),
                        year=st.none() | st.integers(-3000, 3000),
                        title=_texts,
                        doi=_texts,
                        url=_texts,
                    ),
                    "key",
                )
            ),
            texts=draw(
                _unique(
                    st.builds(
                        Text,
                        key=_keys,
                        source=_texts,
                        survey=st.booleans(),
                        pages=st.builds(PageMarks, first=_texts),
                        sha256=st.none() | st.just("0" * 64),
                        length=_offsets,
                    ),
                    "key",
                )
            ),
            holders=tuple(
                Holder(
                    id=name,
                    kind="work" if name[0] == "@" else draw(st.just(name.partition(":")[0])),
                    name=draw(_texts),
                    works=tuple(sorted(draw(st.sets(_keys, max_size=2)))),
                    members=draw(_holder_sets),
                )
                for name in holders
            ),
            claims=draw(
                _unique(
                    st.builds(
                        Claim,
                        id=_claims,
                        text=_keys,
                        statement=_texts,
                        kind=st.sampled_from(KINDS),
                        topic=st.none() | _names,
                        weight=st.sampled_from(WEIGHTS),
                        anchor=st.none() | _anchors,
                        place=_places,
                    ),
                    "id",
                )
            ),
            positions=draw(
                _some(
                    st.builds(
                        Position,
                        claim=_claims,
                        holder=_holders,
                        stance=st.sampled_from(STANCES),
                        reported_by=_keys,
                        page=_texts,
                        own_locator=_texts,
                        attribution=st.sampled_from(ATTRIBUTIONS),
                        certainty=st.sampled_from(CERTAINTIES),
                    )
                )
            ),
            relations=draw(
                _unique(
                    st.builds(
                        Relation,
                        id=_words,
                        type=st.sampled_from(RELATION_TYPES),
                        source=_claims,
                        target=_claims,
                        target_kind=st.sampled_from(("claim", "relation")),
                        drawn_by=_holder_sets,
                        basis=st.sampled_from(BASES),
                        evidential=st.booleans(),
                        page=_texts,
                        because=_texts,
                    ),
                    "id",
                )
            ),
            citations=draw(
                _some(
                    st.builds(
                        Citation,
                        claim=_claims | st.just(""),
                        relation=_words | st.just(""),
                        work=_keys,
                        locator=_texts,
                        role=st.sampled_from(ROLES),
                        text=_keys,
                        anchor=st.none() | _anchors,
                    )
                )
            ),
            uncoded=(Uncoded(text="a2000", anchor=Anchor(text="a2000", head="x"), because="y"),)[
                : draw(st.integers(0, 1))
            ],
        )
    )


def complete_holders(literature: Literature) -> Literature:
    """Return the literature with every known work that is named as a holder among its holders."""
    from argmap.literature import add_work_holders

    holders = {holder.id: holder for holder in literature.holders}
    for holder in add_work_holders(literature, literature.holders):
        holders.setdefault(holder.id, holder)
    return sort_records(msgspec.structs.replace(literature, holders=tuple(holders.values())))
