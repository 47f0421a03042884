"""A tiny invented literature with every kind of record in it."""

from __future__ import annotations

from argmap.model import (
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


def _at(line: int, name: str = "corpus/ferry2020.yaml") -> Place:
    return Place(path=name, line=line, column=3)


def tiny() -> Literature:
    """Return a review of two works on ferries, one of which was coded."""
    review = "corpus/review.yaml"
    return sort_records(
        Literature(
            review=Review(
                title="Ferries and bridges",
                base="https://example.org/ferries/",
                description="A review for tests.",
                creators=("Zoë Wharf", "Abe Quay"),
                topics=(
                    Topic(id="speed", label="Which is faster", place=_at(7, review)),
                    Topic(id="cost", label="Which is cheaper", description="In the long run."),
                ),
                schools=(
                    DeclaredSchool(
                        id="islanders",
                        name="Islanders",
                        members=("group:skippers", "@ferry2020"),
                        because="They live there.",
                        place=_at(20, review),
                    ),
                ),
                aliases=(("Quay, A.", "Quay, Abe"),),
                place=_at(1, review),
            ),
            works=(
                Work(
                    key="ferry2020",
                    type="article",
                    authors=(Person(family="Wharf", given="Zoë"),),
                    year=2020,
                    title="Why “ferries” last",
                    doi="10.1000/ferry",
                    url="https://example.org/ferry.html#top",
                    fields={"title": "Why ``ferries'' last", "author": "Wharf, Zo{\\'e}"},
                    place=_at(1, "references.bib"),
                ),
                Work(
                    key="bridge1999",
                    type="incollection",
                    authors=(
                        Person(family="Span", given="Ida", prefix="van der"),
                        Person(family="Arch", given="Bo", suffix="Jr."),
                    ),
                    editors=(Person(family="Ministry of Roads"),),
                    year=1999,
                    title="Bridges first",
                    fields={"pages": "1--20"},
                    place=_at(9, "references.bib"),
                ),
            ),
            texts=(
                Text(
                    key="ferry2020",
                    source="ferry.txt",
                    survey=True,
                    pages=PageMarks(
                        first="10",
                        mark="[#]",
                        inferred=(("12", "Then the tide"),),
                        running=("Ferries", "---"),
                    ),
                    body="## Start",
                    references="## Works",
                    sha256="0" * 64,
                    length=5000,
                    place=_at(1),
                ),
            ),
            holders=(
                Holder(id="@ferry2020", kind="work", name="Wharf 2020", works=("ferry2020",)),
                Holder(id="@bridge1999", kind="work", name="Span 1999", works=("bridge1999",)),
                Holder(id="actor:mayor", kind="actor", name="The mayor", works=("bridge1999",)),
                Holder(
                    id="group:skippers",
                    kind="group",
                    name="Skippers",
                    members=("@ferry2020", "actor:mayor"),
                    place=_at(15, review),
                ),
            ),
            claims=(
                Claim(
                    id="ferry2020/ferries-last",
                    text="ferry2020",
                    statement='Ferries outlive bridges, "come hell or high water".',
                    kind="causal",
                    topic="cost",
                    weight="core",
                    anchor=Anchor(
                        text="ferry2020",
                        page="11",
                        section="2.1",
                        head="A ferry, well-kept",
                        tail="any bridge & pier",
                        start=100,
                        end=180,
                        sha256="a" * 64,
                    ),
                    place=_at(10),
                ),
                Claim(
                    id="ferry2020/bridges-last",
                    text="ferry2020",
                    statement="Bridges outlive ferries.",
                    anchor=Anchor(text="ferry2020", page="12", page_inferred=True, head="Some say"),
                    place=_at(20),
                ),
                Claim(
                    id="ferry2020/steel-rusts",
                    text="ferry2020",
                    statement="Steel rusts.",
                    weight="background",
                    alone="Told by the way.",
                ),
            ),
            positions=(
                Position(
                    claim="ferry2020/ferries-last",
                    holder="@ferry2020",
                    stance="asserts",
                    reported_by="ferry2020",
                    page="11",
                    place=_at(12),
                ),
                Position(
                    claim="ferry2020/ferries-last",
                    holder="@ferry2020",
                    stance="asserts",
                    reported_by="ferry2020",
                    page="13",
                    anchor=Anchor(text="ferry2020", page="13", head="Once more"),
                ),
                Position(
                    claim="ferry2020/bridges-last",
                    holder="@bridge1999",
                    stance="asserts",
                    reported_by="ferry2020",
                    page="12",
                    own_locator="p. 4",
                    attribution="parenthetical",
                    certainty="uncertain",
                    place=_at(22),
                ),
                Position(
                    claim="ferry2020/steel-rusts",
                    holder="group:skippers",
                    stance="endorses",
                    reported_by="ferry2020",
                    attribution="collective",
                ),
            ),
            relations=(
                Relation(
                    id="ferry2020/ferries-last.contests.ferry2020/bridges-last",
                    type="contests",
                    source="ferry2020/ferries-last",
                    target="ferry2020/bridges-last",
                    drawn_by=("@ferry2020",),
                    page="12",
                    because="Of two things only one can outlive the other.",
                    place=_at(14),
                ),
                Relation(
                    id="rust",
                    type="supports",
                    source="ferry2020/steel-rusts",
                    target="ferry2020/ferries-last",
                    drawn_by=("group:skippers", "@ferry2020"),
                    basis="implicit",
                    evidential=True,
                    anchor=Anchor(text="ferry2020", page="14", head="Rust never", tail="sleeps"),
                ),
                Relation(
                    id="ferry2020/bridges-last.undercuts.rust",
                    type="undercuts",
                    source="ferry2020/bridges-last",
                    target="rust",
                    target_kind="relation",
                    basis="analyst",
                ),
            ),
            citations=(
                Citation(
                    claim="ferry2020/bridges-last",
                    work="bridge1999",
                    locator="p. 4",
                    role="carries",
                    text="ferry2020",
                    place=_at(23),
                ),
                Citation(
                    relation="rust",
                    work="bridge1999",
                    role="primary-source",
                    text="ferry2020",
                    anchor=Anchor(text="ferry2020", page="15", head="(Span 1999)", start=7, end=18),
                ),
            ),
            uncoded=(
                Uncoded(
                    text="ferry2020",
                    anchor=Anchor(text="ferry2020", page="10", head="This paper", tail="in turn."),
                    because="Announces the plan.",
                    place=_at(40),
                ),
            ),
        )
    )


def odd() -> Literature:
    """Return two claims whose identifiers and words are as odd as RDF can carry them."""
    key = 'conf/Жук "90%" #1'
    source, target = f"{key}/a b", f"{key}/../\u2028"
    relation = f"{source}.contests.{target}"
    anchor = Anchor(text=key, page="1", head="<&,-\t\\", tail="\U0001f600 e\u0301")
    return sort_records(
        Literature(
            review=Review(base="https://example.org/étude", creators=("B", "A", "B")),
            works=(
                Work(key=key, type="misc", year=-44, title='\x07\x7f\x85\n\r"', url="no address"),
                Work(key="future", type="online", year=12024, url="https://example.org/a b"),
            ),
            holders=(Holder(id=f"@{key}", kind="work", name="", works=(key,)),),
            claims=(
                Claim(id=source, text=key, statement="\\u0041 \\", anchor=anchor),
                Claim(id=target, text=key, statement="'''\"\"\""),
            ),
            positions=tuple(
                Position(
                    claim=claim, holder=f"@{key}", stance="asserts", reported_by=key, anchor=anchor
                )
                for claim in (source, target)
            ),
            relations=(
                Relation(
                    id=relation,
                    type="contests",
                    source=source,
                    target=target,
                    drawn_by=(f"@{key}",),
                    because="{}",
                ),
            ),
            citations=(Citation(relation=relation, work="future", text=key, locator="%"),),
        )
    )


def tiny_derived() -> Derived:
    """Return what an analysis of it might say."""
    return Derived(
        standings=(
            Standing(
                claim="ferry2020/bridges-last",
                status="disputed",
                pro=("@bridge1999",),
                con=("@ferry2020",),
                depth=1,
            ),
            Standing(claim="ferry2020/steel-rusts", status="asserted", pro=("group:skippers",)),
        ),
        disputes=(
            Dispute(
                focal="ferry2020/bridges-last",
                claims=("ferry2020/bridges-last", "ferry2020/ferries-last"),
                topic="cost",
                pro=("@bridge1999",),
                con=("@ferry2020",),
                mixed=("actor:mayor",),
                pro_voices=1,
                con_voices=1,
                pro_witnesses=("actor:mayor",),
                flags=("second-hand: pro", "known only through ferry2020"),
                text_stances={"ferry2020": "con"},
            ),
        ),
        schools=(
            School(
                id="school-1",
                name="Ferries last",
                members=("@ferry2020", "group:skippers"),
                core=("@ferry2020",),
                fringe=("group:skippers",),
                defining=("ferry2020/ferries-last",),
                cleavages=(Cleavage(school="school-2", claim="ferry2020/bridges-last"),),
                bridges=("actor:mayor",),
                stability=0.1 + 0.2,
            ),
            School(id="school-2", name="Bridges last", members=("@bridge1999",), topic="cost"),
        ),
        parameters={"gamma": "1", "analyst": "false"},
    )
