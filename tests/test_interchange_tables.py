"""The tables of the contract: columns, order, what is null, what is told to be lost."""

from __future__ import annotations

import msgspec
from interchange_examples import bridges, bridges_derived

from argmap.exports.interchange import JSON, JSONL, PARQUET, write_json, write_jsonl
from argmap.exports.rows import ROW_TYPES
from argmap.exports.tables import COLUMNS, build_tables, list_losses, parse_name
from argmap.model import Derived, Literature, Person

GOLDEN = """\
{
"works": [
{"key":"office","type":"misc","authors":["Office of Roads"],"year":null,"title":null,"doi":null,\
"url":null},
{"key":"stone1999","type":"book","authors":["Stone, Ada","van der Brugge, Jr., Jan"],"year":1999,\
"title":"Spans, short and long","doi":null,"url":null}
],
"holders": [
{"id":"@office","kind":"work","name":"Office of Roads n.d.","works":["office"],"members":[]},
{"id":"@stone1999","kind":"work","name":"Stone & Brugge 1999","works":["stone1999"],"members":[]},
{"id":"actor:mayor","kind":"actor","name":"The mayor","works":[],"members":[]},
{"id":"group:walkers","kind":"group","name":"Walkers","works":[],"members":["@office"]}
],
"texts": [
{"key":"stone1999","source":"stone.txt","survey":false,"first_page":"9","sha256":"DIGEST",\
"length":5000}
],
"claims": [
{"id":"stone1999/ropes-last","text":"stone1999","statement":"Ropes outlast planks.",\
"kind":"causal","topic":"rope-bridges","weight":"core","page":"12","page_inferred":false,\
"section":"2.1","span_start":100,"span_end":160,"file":"corpus/stone1999.yaml","line":7,\
"status":"disputed","pro":["@office"],"con":["group:walkers"],"mixed":[]},
{"id":"stone1999/ropes-rot","text":"stone1999",\
"statement":"Ropes rot within “two” years – naïvely tied.","kind":"descriptive","topic":null,\
"weight":"supporting","page":"","page_inferred":false,"section":null,"span_start":null,\
"span_end":null,"file":"corpus/stone1999.yaml","line":15,"status":"asserted",\
"pro":["group:walkers"],"con":[],"mixed":[]}
],
"positions": [
{"claim":"stone1999/ropes-last","holder":"@office","stance":"asserts","reported_by":"stone1999",\
"page":"12","own_locator":"p. 3","attribution":"explicit","certainty":"certain"},
{"claim":"stone1999/ropes-rot","holder":"group:walkers","stance":"asserts",\
"reported_by":"stone1999","page":"13","own_locator":null,"attribution":"collective",\
"certainty":"uncertain"}
],
"relations": [
{"id":"stone1999/ropes-rot.contests.stone1999/ropes-last","type":"contests",\
"source":"stone1999/ropes-rot","target":"stone1999/ropes-last","target_kind":"claim",\
"drawn_by":["@stone1999"],"basis":"explicit","evidential":false,"page":"13",\
"because":"What has rotted has not lasted."}
],
"citations": [
{"claim":"stone1999/ropes-last","relation":null,"work":"office","locator":"p. 3",\
"role":"carries","text":"stone1999","span_start":150,"span_end":158}
],
"disputes": [
{"focal":"stone1999/ropes-last","claims":["stone1999/ropes-last"],"topic":null,"depth":1,\
"pro":["@office"],"con":["group:walkers"],"mixed":[],"pro_voices":1,"con_voices":1,\
"pro_witnesses":[],"con_witnesses":[],"flags":["side without a work: con"],\
"text_stances":{"a":"pro","stone1999":"reports"}}
],
"schools": [
{"id":"ropers","name":"Ropers","members":["@office","@stone1999"],"core":["@office"],\
"fringe":["@stone1999"],"defining":[],\
"cleavages":[{"school":"planks","claim":"stone1999/ropes-last"}],"bridges":[],\
"stability":0.6667,"topic":null}
]
}
"""


def test_json_is_as_agreed() -> None:
    expected = GOLDEN.replace("DIGEST", "b" * 64)
    assert write_json(bridges(), bridges_derived()).decode() == expected


def test_jsonl_has_the_same_rows() -> None:
    whole = msgspec.json.decode(write_json(bridges(), bridges_derived()))
    expected = [{"record": kind, **row} for kind, rows in whole.items() for row in rows]
    lines = write_jsonl(bridges(), bridges_derived()).splitlines()
    assert [msgspec.json.decode(line) for line in lines] == expected
    assert all(line.startswith(b'{"record":') for line in lines)


def test_an_empty_literature_has_all_tables() -> None:
    assert msgspec.json.decode(write_json(Literature())) == {kind: [] for kind in COLUMNS}
    assert write_jsonl(Literature()) == b""


def test_every_row_has_the_columns_in_their_order() -> None:
    for kind, rows in build_tables(bridges(), bridges_derived()).items():
        assert rows
        for row in rows:
            assert tuple(row) == COLUMNS[kind]


def test_rows_are_read_as_they_are_written() -> None:
    for kind, columns in COLUMNS.items():
        fields = ROW_TYPES[kind].__struct_fields__
        assert set(fields) == (set(columns) if kind not in ("disputes", "schools") else set())


def test_without_analysis_nothing_is_said_of_status() -> None:
    tables = build_tables(bridges())
    assert [row["status"] for row in tables["claims"]] == [None, None]
    assert all(row[side] == [] for row in tables["claims"] for side in ("pro", "con", "mixed"))
    assert (tables["disputes"], tables["schools"]) == ([], [])


def test_losses_are_counted() -> None:
    messages = [finding.message for finding in list_losses(bridges(), bridges_derived())]
    assert messages == [
        "left out: the first and last words of 1 passage",
        "left out: the digests of 1 passage",
        "left out: the page and section of 1 citation",
        "left out: 1 field of works (publisher, journal, pages and others)",
        "left out: how pages and boundaries show in 1 text",
        "left out: the columns of the places of 2 claims",
        "left out: title of the review",
        "left out: the labels and descriptions of 1 topic",
        "left out: the depth of 1 claim",
    ]
    assert all(finding.severity == "note" for finding in list_losses(bridges()))


def test_nothing_lost_nothing_said() -> None:
    assert list_losses(Literature(), Derived()) == []


def test_exporters_give_bytes_and_losses() -> None:
    for exporter in (JSON, JSONL, PARQUET):
        data, losses = exporter.write(bridges(), bridges_derived())
        assert data
        assert {loss.path for loss in losses} == {f"export {exporter.name}"}
    assert PARQUET.binary


def test_names_come_back() -> None:
    for person in (
        Person(family="Stone", given="Ada"),
        Person(prefix="van der", family="Brugge", given="Jan", suffix="Jr."),
        Person(family="Van Evera", given="Stephen"),
        Person(family="Office of Roads"),
        Person(prefix="de", family="Graaf"),
    ):
        assert parse_name(str(person)) == person
    for written in ("Office, Roads, and Bridges, Ltd.", "a, , b", "x , y", "de", ", x"):
        assert str(parse_name(written)) == written
