"""Collections: sequences of records that filter, compose, and become tables."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Sequence

import pandas
import polars
import pyarrow
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shared import ROOT

import argmap
from argmap.exports.tables import COLUMNS, build_tables
from argmap.extras import MissingExtra
from argmap.query.collection import Collection
from argmap.query.tables import Table

NAMES = ("works", "holders", "texts", "claims", "positions", "relations", "citations")


@pytest.fixture(scope="module")
def review() -> argmap.Review:
    return argmap.load(ROOT / "corpus", ROOT / "references.bib")


@pytest.mark.parametrize("name", NAMES)
def test_a_collection_is_a_sequence_of_the_records(name: str, review: argmap.Review) -> None:
    collection = getattr(review, name)
    records = getattr(review.literature, name)
    assert isinstance(collection, Sequence)
    assert collection == records
    assert list(collection) == list(records)
    assert collection[0] is records[0]
    assert collection[-2:] == records[-2:]
    assert records[0] in collection
    assert len(collection[:0]) == 0


@pytest.mark.parametrize("name", [*NAMES, "disputes", "schools"])
def test_rows_are_those_of_the_export(name: str, review: argmap.Review) -> None:
    rows = build_tables(review.literature, review.derive())[name]
    found = getattr(review, name)
    collection = found() if callable(found) else found
    # The export sorts by all columns, the records by all fields.
    assert sorted(collection.records(), key=str) == sorted(rows, key=str)
    assert collection.columns == COLUMNS[name]


@pytest.mark.parametrize("name", NAMES)
def test_frames_keep_their_types_when_they_are_empty(name: str, review: argmap.Review) -> None:
    collection = getattr(review, name)
    full, empty = collection.frame(), collection[:0].frame()
    assert list(full.columns) == list(empty.columns) == list(COLUMNS[name])
    assert len(full) == len(collection)
    assert not any(str(kind) == "object" for column, kind in empty.dtypes.items() if column == "id")


def test_frames_have_sensible_types(review: argmap.Review) -> None:
    frame = review.claims.frame()
    kinds = {name: str(kind) for name, kind in frame.dtypes.items()}
    assert kinds["id"] == kinds["statement"] == kinds["page"] == "string"
    assert kinds["kind"] == kinds["status"] == kinds["topic"] == "category"
    assert kinds["line"] == kinds["span_start"] == "Int64"
    assert kinds["page_inferred"] == "bool"
    assert list(frame["weight"].cat.categories) == ["core", "supporting", "background"]
    assert isinstance(frame["pro"].iloc[0], list)
    assert str(review.works.frame()["year"].dtype) == "Int64"
    assert str(review.schools().frame()["stability"].dtype) == "float64"
    assert isinstance(review.disputes().frame()["text_stances"].iloc[0], dict)


def test_arrow_and_polars(review: argmap.Review) -> None:
    table = review.claims.arrow()
    assert table.schema.field("pro").type == pyarrow.list_(pyarrow.string())
    assert pyarrow.table(review.claims).equals(table)
    frame = polars.from_arrow(table)
    assert isinstance(frame, polars.DataFrame)
    assert frame.height == len(review.claims)
    assert polars.DataFrame(review.works.table("key", "year")).schema["year"] == polars.Int64
    assert review.disputes().arrow().num_rows == len(review.disputes())


def test_filters(review: argmap.Review) -> None:
    claims = review.claims
    assert claims.filter(text="bogdanov2019") | claims.filter(text="rynningschmitt2018") == claims
    disputed = claims.filter(status="disputed")
    assert {claim.id for claim in disputed} == {
        claim for claim, standing in review.standings().items() if standing.status == "disputed"
    }
    assert len(disputed & claims.filter(topic="legitimacy")) == len(
        claims.filter(status="disputed", topic="legitimacy")
    )
    assert claims.filter(lambda claim: False) == ()
    assert claims.filter(pro="weitsman2013") == claims.filter(
        lambda claim: "@weitsman2013" in review.standings()[claim.id].pro
    )
    assert claims.filter(work="record2007").values("page") == ["139", "140"]
    assert (
        claims.filter(dispute="alliances-keep-peace").values("id")
        == [
            "rynningschmitt2018/alliances-keep-peace",
            "rynningschmitt2018/alliances-endanger-peace",
        ]
        or len(claims.filter(dispute="rynningschmitt2018/alliances-keep-peace")) == 2
    )
    assert len(claims.filter(topic=None)) == sum(claim.topic is None for claim in claims)
    assert review.works.filter(year=None) == [w for w in review.works if w.year is None]
    assert review.relations.filter(drawn_by=review.works.get("weitsman2013")) == [
        each for each in review.relations if "@weitsman2013" in each.drawn_by
    ]
    assert review.positions.filter(stance=["disputes", "endorses"]).values("stance") != []


@pytest.mark.parametrize(
    ("wanted", "candidate"),
    [
        ({"topic": "legitimcy"}, "legitimacy"),
        ({"holder": "weitsman2031"}, "weitsman2013"),
        ({"kind": "casual"}, "causal"),
        ({"stance": "assert"}, "asserts"),
        ({"txt": "x"}, "text"),
        ({"text": "bogdanov"}, "bogdanov2019"),
        ({"status": "contested"}, "self-contested"),
    ],
)
def test_misspelt_filters_are_answered_with_candidates(
    wanted: dict[str, str], candidate: str, review: argmap.Review
) -> None:
    with pytest.raises(argmap.UnknownName) as error:
        review.claims.filter(**wanted)
    assert candidate in error.value.candidates


def test_one_record_by_its_name(review: argmap.Review) -> None:
    assert review.claims.get("desperate-fallback").id == "bogdanov2019/desperate-fallback"
    assert review.holders.get("weitsman2013").id == "@weitsman2013"
    assert review.holders.get("neorealists").id == "group:neorealists"
    with pytest.raises(argmap.UnknownName) as error:
        review.claims.get("desprate-fallback")
    assert error.value.candidates == ("bogdanov2019/desperate-fallback",)


def test_groups_part_the_records(review: argmap.Review) -> None:
    groups = review.claims.group_by("topic")
    assert sum(map(len, groups.values())) == len(review.claims)
    assert review.claims.count_by("topic") == {
        topic: len(group)
        for topic, group in sorted(groups.items(), key=lambda each: (-len(each[1]), str(each[0])))
    }
    holders = review.relations.group_by("drawn_by")
    assert sum(map(len, holders.values())) == sum(len(each.drawn_by) for each in review.relations)


def test_sorting_is_stable_and_puts_the_unknown_last(review: argmap.Review) -> None:
    years = [work.year for work in review.works.sort_by("year")]
    known = [year for year in years if year is not None]
    assert years == sorted(known) + [None] * (len(years) - len(known))
    assert [w.year for w in review.works.sort_by("year", reverse=True)][: len(known)] == sorted(
        known, reverse=True
    )
    twice = review.claims.sort_by("text", "page")
    assert twice == sorted(review.claims, key=lambda each: (each.text, each.anchor.page))


@settings(max_examples=30, deadline=None)
@given(one=st.sets(st.integers(0, 40)), other=st.sets(st.integers(0, 40)))
def test_collections_compose_as_sets_do(
    one: set[int], other: set[int], review: argmap.Review
) -> None:
    records = review.works
    first = Collection((records[n] for n in sorted(one)), argmap.Work, review)
    second = Collection((records[n] for n in sorted(other)), argmap.Work, review)
    keys = {n: records[n].key for n in one | other}
    assert {work.key for work in first & second} == {keys[n] for n in one & other}
    assert {work.key for work in first | second} == set(keys.values())
    assert {work.key for work in first - second} == {keys[n] for n in one - other}
    assert len(first | second) == len(one | other)


def test_representations_are_short_and_escaped(review: argmap.Review) -> None:
    for collection in (review.claims, review.works, review.relations, review.disputes()):
        assert len(repr(collection).splitlines()) <= 12
        assert all(len(line) <= 110 for line in repr(collection).splitlines())
        assert collection._repr_html_().count("<tr>") <= 21
    assert len(repr(review.claims.table()).splitlines()) < 150
    assert len(repr(review)) < 200
    nasty = argmap.Work(key="<script>", type="book", title="a|b\x1b[31m\n<b>")
    collection = Collection([nasty], argmap.Work)
    assert "<script>" not in collection._repr_html_()
    assert "\x1b" not in collection._repr_html_() + repr(collection) + collection.markdown()
    assert "a\\|b" in collection.markdown("title")
    assert len(collection.markdown("title").splitlines()) == 3


def test_everything_can_be_pickled(review: argmap.Review) -> None:
    copy = pickle.loads(pickle.dumps(review))
    assert copy.literature == review.literature
    assert copy.who_contests("legitimacy-by-mass") == review.who_contests("legitimacy-by-mass")
    some = review.claims.filter(topic="nato")
    assert pickle.loads(pickle.dumps(some)) == some
    answer = review.who_holds("legitimacy-by-mass")
    assert pickle.loads(pickle.dumps(answer)) == answer
    with pytest.raises(argmap.UnknownName) as error:
        review.claims.get("nope")
    assert str(pickle.loads(pickle.dumps(error.value))) == str(error.value)


def test_a_table_is_compared_and_asked_by_column() -> None:
    table = Table(("a", "b"), [(1, None), (2, ["x", "y"])])
    assert table == Table(("a", "b"), [(1, None), (2, ["x", "y"])])
    assert table.records() == [{"a": 1, "b": None}, {"a": 2, "b": ["x", "y"]}]
    assert str(table.frame()["a"].dtype) == "int64"
    assert table.markdown().splitlines()[3] == "| 2 | x; y |"
    with pytest.raises(argmap.UnknownName):
        table.column("c")
    assert isinstance(Table((), []).frame(), pandas.DataFrame)


def test_what_is_not_installed_says_how_to_install_it(
    review: argmap.Review, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtra, match=r"pip install 'argmap\[pandas\]'"):
        review.claims.frame()


def test_heavy_libraries_wait_until_they_are_needed() -> None:
    program = (
        "import sys, argmap; review = argmap.load(); review.claims.filter(topic='nato');"
        "print([m for m in ('pandas', 'requests', 'rdflib', 'pyarrow', 'networkx', 'rich')"
        " if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, cwd=ROOT, check=True
    )
    assert done.stdout.decode().strip() == "[]"
