"""Bad files of records: each fault is reported with its place, and sound rows are kept."""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pyarrow
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from interchange_examples import bridges

from argmap.checks import check_literature
from argmap.checks.explanations import explain
from argmap.exports.interchange import (
    read_records_file,
    write_json,
    write_jsonl,
    write_parquet,
)
from argmap.exports.rows import ROW_TYPES
from argmap.exports.tables import DERIVED_TABLES
from argmap.extras import MissingExtra
from argmap.model import Literature

SOUND = b'{"record":"positions","claim":"a/b","holder":"@a","stance":"asserts","reported_by":"a"}'


def read(folder: Path, name: str, data: bytes) -> tuple[Literature, list[str]]:
    """Return the literature and ``line:column code`` of each finding."""
    path = folder / name
    path.write_bytes(data)
    literature, findings = read_records_file(path)
    for finding in findings:
        assert finding.path == path.as_posix()
        assert finding.message
        assert finding.remedy
        assert explain(finding.code) is not None
    return literature, [f"{f.line}:{f.column} {f.code}" for f in findings]


LINES = {
    b'{"record":"positions","holder":"@a","stance":"asserts","reported_by":"a"}': [
        "1:1 record-field-missing"
    ],
    b' {"record":"works","key":3,"year":"1990","authors":"A, B"}': [
        "1:26 record-field-type",
        "1:35 record-field-type",
        "1:52 record-field-type",
    ],
    b'{"record":"works","key":"\xc3\xa9","year":1.5}': ["1:36 record-field-type"],
    b'{"record":"works","key":"a","year":99999999999999999999}': ["1:36 record-field-type"],
    b'{"record":"works","key":"a","year":1e999}': ["1:36 record-field-type"],
    b'{"record":"works","key":"","title":null}': ["1:25 record-field-missing"],
    b'{"record":"works","key":null}': ["1:25 record-field-missing"],
    b'{"record":"texts","key":"a","length":-1,"survey":"yes"}': [
        "1:38 record-field-type",
        "1:50 record-field-type",
    ],
    SOUND.replace(b"asserts", b"assert"): ["1:60 record-value-unknown"],
    b'{"record":"position"}': ["1:11 record-kind-unknown"],
    b'{"record":7}': ["1:11 record-kind-unknown"],
    b'{"record":"holders","id":"stone"}': ["1:0 record-value-unknown"],
    b'{"record":"holders","id":"@stone","kind":"group"}': ["1:0 record-value-unknown"],
    b'{"record":"holders","id":"group:x","members":["@a",null]}': ["1:46 record-field-type"],
    b'{"record":"works","key":"a\\u0000b"}': ["1:25 record-field-type"],
    b'{"record":"works","key":"a","title":"\\ud83d oh"}': ["1:38 json-syntax"],
    b'{"record":"works","key":"a","year":NaN}': ["1:36 json-syntax"],
    b'{"record":"works" "key":"a"}': ["1:19 json-syntax"],
    b'{"record":"works","key":"a\tb"}': ["1:27 json-syntax"],
    SOUND + b" " + SOUND: ["1:90 json-syntax"],
    SOUND[:50]: ["1:51 json-syntax"],
    b'{"record":"works","key":' + b"[" * 5000: ["1:1 json-syntax"],
}


@pytest.mark.parametrize(("line", "expected"), LINES.items())
def test_a_bad_line_costs_no_other(line: bytes, expected: list[str], tmp_path: Path) -> None:
    expected = [f"2{place.removeprefix('1')}" for place in expected]
    literature, found = read(tmp_path, "x.jsonl", SOUND + b"\n" + line + b"\n\n" + SOUND)
    assert found == expected
    assert len(literature.positions) == 2


def test_every_fault_of_every_row_is_reported(tmp_path: Path) -> None:
    bad = SOUND.replace(b'"@a"', b"1").replace(b"asserts", b"hopes")
    _, found = read(tmp_path, "x.jsonl", b"\n".join([bad] * 50))
    assert len(found) == 100


def test_an_unknown_field_is_reported_once(tmp_path: Path) -> None:
    line = SOUND[:-1] + b',"pge":"3"}'
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"\n".join([SOUND, line, line, line]))
    literature, (finding,) = read_records_file(path)
    assert len(literature.positions) == 4
    assert (finding.line, finding.severity, finding.code) == (2, "warning", "record-field-unknown")
    assert "'pge'" in finding.message
    assert "3 times" in finding.message
    assert finding.remedy == "Did you mean 'page'?"


def test_a_json_file_is_read_around_its_bad_rows(tmp_path: Path) -> None:
    data = b"""{
"works": [{"key": "a", "type": "book"},
  {"key": "b",
   "year": "1990"}],
"claims": {},
"claim": [],
"positions": [{"claim": "a/b", "holder": "@a", "stance": "asserts"},
              {"claim": "a/b", "holder": "@a", "stance": "asserts", "reported_by": "a"}, 3]
}"""
    literature, found = read(tmp_path, "x.json", data)
    assert found == [
        "4:12 record-field-type",
        "5:11 record-field-type",
        "6:10 record-kind-unknown",
        "7:15 record-field-missing",
        "8:90 record-field-type",
    ]
    assert [work.key for work in literature.works] == ["a"]
    assert len(literature.positions) == 1


WHOLE = {
    b"": ["0:0 record-none"],
    b" \n\n": ["0:0 record-none"],
    b"{}": ["0:0 record-none"],
    b"[1]": ["1:1 record-field-type"],
    b"null": ["1:1 record-field-type"],
    b'{"works": []} {}': ["1:16 json-syntax"],
    b'{"works": [': ["1:12 json-syntax"],
    b'{"works": [\x00]}': ["1:0 file-binary"],
    b'\xff\xfe{\x00"\x00': ["0:0 file-encoding"],
    b'{"works": [{"key": "\xe9"}]}': ["1:0 file-encoding"],
    b'{"works":' + b"[" * 100_000: ["1:1 json-syntax"],
    b'{"works": [{"key": "a"}], "works": [{"key": "b"}]}': ["1:2 record-duplicate"],
    b'{"works": [{"key": "a"}], "works": [{"key": "a"}]}': ["1:27 record-duplicate"],
    b'{"works": [{"key": "a"}, {"key": "a"}]}': ["0:0 record-duplicate"],
    b'{"works": [{"key": "a", "key": "b", "year": true}]}': ["1:45 record-field-type"],
    b'{"w\\"orks": []}': ["1:13 record-kind-unknown"],
}


@pytest.mark.parametrize(("data", "expected"), WHOLE.items())
def test_a_bad_file_is_one_clear_word(data: bytes, expected: list[str], tmp_path: Path) -> None:
    assert read(tmp_path, "x.json", data)[1] == expected


def test_repeated_ids_name_the_first(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(
        b'{"record":"works","key":"a"}\n{"record":"works","key":"b"}\n{"record":"works","key":"a"}'
    )
    literature, (finding,) = read_records_file(path)
    assert len(literature.works) == 2
    assert (finding.line, finding.message) == (3, "'a' stands here again (first in line 1)")


def test_a_mark_at_the_beginning_and_other_line_ends_do_no_harm(tmp_path: Path) -> None:
    literature, found = read(tmp_path, "x.jsonl", b"\xef\xbb\xbf" + SOUND + b"\r\n" + SOUND)
    assert found == []
    assert [position.place.line for position in literature.positions if position.place] == [1, 2]


def test_whole_numbers_may_be_written_with_a_point(tmp_path: Path) -> None:
    literature, found = read(tmp_path, "x.jsonl", b'{"record":"works","key":"a","year":1990.0}')
    assert found == []
    assert literature.works[0].year == 1990


def test_what_can_be_absent(tmp_path: Path) -> None:
    """Only what a row cannot do without is asked for."""
    data = b"\n".join(
        [
            b'{"record":"works","key":"a"}',
            b'{"record":"texts","key":"a"}',
            b'{"record":"claims","id":"a/x","text":"a","statement":"X.","topic":"new-topic"}',
            b'{"record":"claims","id":"a/y","text":"a","statement":"Y."}',
            b'{"record":"relations","type":"supports","source":"a/x","target":"a/y"}',
            b'{"record":"holders","id":"group:old-guard"}',
            SOUND.replace(b"a/b", b"a/x"),
        ]
    )
    literature, found = read(tmp_path, "x.jsonl", data)
    assert found == []
    assert literature.relations[0].id == "a/x.supports.a/y"
    assert [(holder.id, holder.name) for holder in literature.holders] == [
        ("@a", "a n.d."),
        ("group:old-guard", "old guard"),
    ]
    assert [(topic.id, topic.label) for topic in literature.review.topics] == [
        ("new-topic", "new topic")
    ]
    assert literature.claims[0].anchor is None
    assert literature.claims[0].place is not None
    assert (literature.claims[0].place.path, literature.claims[0].place.line) == ("x.jsonl", 3)


# ---- files --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "code"),
    [("missing.json", "file-unreadable"), (".", "file-unreadable"), ("x.txt", "record-file-kind")],
)
def test_files_that_cannot_be_read(name: str, code: str, tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"hello")
    literature, (finding,) = read_records_file(tmp_path / name)
    assert literature == Literature()
    assert finding.code == code


def test_the_beginning_of_a_file_says_more_than_its_name(tmp_path: Path) -> None:
    for name, data in (("x.json", write_jsonl(bridges())), ("x.jsonl", write_json(bridges()))):
        literature, found = read(tmp_path, name, data)
        assert found == []
        assert len(literature.claims) == 2
    buffer = BytesIO()
    write_parquet(bridges(), None, buffer)
    literature, found = read(tmp_path, "x.table", buffer.getvalue())
    assert found == []
    assert len(literature.claims) == 2


# ---- Parquet ------------------------------------------------------------------------------------


def read_columns(folder: Path, **columns: Any) -> tuple[Literature, list[str], list[str]]:
    path = folder / "x.parquet"
    pyarrow.parquet.write_table(pyarrow.table(columns), path)
    literature, findings = read_records_file(path)
    return literature, [f.code for f in findings], [f.message for f in findings]


def test_parquet_rows_are_named_by_number(tmp_path: Path) -> None:
    literature, codes, messages = read_columns(
        tmp_path,
        record=["works", "works", "positions", "works"],
        key=["a", None, None, ""],
        year=[1990.0, None, None, None],
        claim=[None, None, "a/b", None],
        holder=[None, None, "@a", None],
        stance=[None, None, "hopes", None],
        reported_by=[None, None, "a", None],
    )
    assert codes == ["record-field-missing", "record-field-missing", "record-value-unknown"]
    assert [message.partition(":")[0] for message in messages] == ["row 2", "row 4", "row 3"]
    assert [(work.key, work.year) for work in literature.works] == [("a", 1990)]


def test_a_column_of_another_type_is_reported_once(tmp_path: Path) -> None:
    _, codes, messages = read_columns(tmp_path, record=["works"] * 9, key=list(range(9)))
    assert codes == ["record-field-type"]
    assert messages == ["the column `key` holds int64, not texts"]


def test_other_arrow_types_of_text_do_as_well(tmp_path: Path) -> None:
    literature, codes, _ = read_columns(
        tmp_path,
        record=pyarrow.array(["works", "works"]).dictionary_encode(),
        key=pyarrow.array(["a", "b"], pyarrow.large_string()),
        year=pyarrow.array([1990, 1991], pyarrow.int16()),
        authors=pyarrow.array([["A"], []], pyarrow.large_list(pyarrow.string())),
        title=pyarrow.nulls(2),
    )
    assert codes == []
    assert [work.year for work in literature.works] == [1990, 1991]


def test_columns_and_kinds_that_are_not_known(tmp_path: Path) -> None:
    literature, codes, messages = read_columns(
        tmp_path,
        record=["works", "work", "works", None],
        key=["a", "b", "c", "d"],
        stance=["asserts", None, None, None],
        note=["x", "y", "z", None],
    )
    assert sorted(codes) == ["record-field-unknown"] * 2 + ["record-kind-unknown"] * 2
    assert any("'note'" in message and "2 times" in message for message in messages)
    assert any("'stance'" in message for message in messages)
    assert [work.key for work in literature.works] == ["a", "c"]


def test_parquet_without_the_column_record(tmp_path: Path) -> None:
    assert read_columns(tmp_path, key=["a"])[1] == ["record-kind-unknown"]


def test_without_pyarrow_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    (tmp_path / "x.parquet").write_bytes(b"PAR1")
    with pytest.raises(MissingExtra, match=r"argmap\[parquet\]"):
        read_records_file(tmp_path / "x.parquet")
    with pytest.raises(MissingExtra):
        write_parquet(bridges(), None, BytesIO())


@pytest.mark.parametrize("size", [0, 3, 40, 400, -1])
def test_a_cut_parquet_file(size: int, tmp_path: Path) -> None:
    buffer = BytesIO()
    write_parquet(bridges(), None, buffer)
    literature, found = read(tmp_path, "x.parquet", buffer.getvalue()[:size])
    assert literature == Literature()
    assert found == ["0:0 parquet-unreadable"]


# ---- anything -----------------------------------------------------------------------------------


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_never_raises(data: st.DataObject) -> None:
    from tempfile import TemporaryDirectory

    form = data.draw(st.sampled_from(["json", "jsonl", "parquet"]))
    buffer = BytesIO()
    write_parquet(bridges(), None, buffer)
    whole = {
        "json": write_json(bridges()),
        "jsonl": write_jsonl(bridges()),
        "parquet": buffer.getvalue(),
    }[form]
    at = data.draw(st.integers(0, len(whole)))
    size = data.draw(st.integers(0, 20))
    damaged = whole[:at] + data.draw(st.binary(max_size=8)) + whole[at + size :]
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"x.{form}"
        path.write_bytes(damaged)
        literature, findings = read_records_file(path)
    assert isinstance(literature, Literature)
    for finding in findings:
        assert explain(finding.code) is not None


# ---- what imports let through -------------------------------------------------------------------


def list_checked(folder: Path, data: bytes) -> list[tuple[str, str]]:
    (folder / "x.json").write_bytes(data)
    literature, findings = read_records_file(folder / "x.json")
    findings += check_literature(literature, origin="x.json")
    return [(finding.code, finding.severity) for finding in findings]


def test_names_that_no_corpus_file_could_write_are_told(tmp_path: Path) -> None:
    data = {
        "works": [{"key": "a b"}],
        "texts": [{"key": "a b"}, {"key": "c,d"}],
        "holders": [{"id": "actor:x y", "name": "X"}],
        "claims": [
            {"id": "a b/c d", "text": "a b", "statement": "One.", "topic": "t u"},
            {"id": "a b/e", "text": "a b", "statement": "Two.", "topic": "t-u"},
        ],
    }
    (tmp_path / "x.json").write_bytes(msgspec.json.encode(data))
    literature, _ = read_records_file(tmp_path / "x.json")
    found = check_literature(literature, origin="x.json")
    told = [f.message.partition(" can")[0] for f in found if f.code == "id-malformed"]
    assert told == ["'a b'", "'a b/c d'", "'actor:x y'", "'c,d'", "'t u'"]
    assert {f.severity for f in found if f.code == "id-malformed"} == {"warning"}


def test_empty_statements_and_addresses_that_are_none_are_told(tmp_path: Path) -> None:
    data = b"""{"works": [{"key": "a", "url": "not a url <>"}], "texts": [{"key": "a"}],
    "claims": [{"id": "a/b", "text": "a", "statement": "\\u200b"}]}"""
    found = list_checked(tmp_path, data)
    assert ("url-malformed", "warning") in found
    assert ("statement-empty", "error") in found


@pytest.mark.parametrize("kind", [kind for kind in ROW_TYPES if kind not in DERIVED_TABLES])
def test_a_list_in_place_of_a_row_is_told(kind: str, tmp_path: Path) -> None:
    assert read(tmp_path, "x.json", b'{"%b": [[]]}' % kind.encode())[1] == [
        f"1:{len(kind) + 7} record-field-type"
    ]
    assert read(tmp_path, "x.jsonl", b"[]\n")[1] == ["1:1 record-field-type"]


def test_what_analysis_found_alone_is_no_record(tmp_path: Path) -> None:
    assert read(tmp_path, "x.json", b'{"disputes": [{}]}')[1] == [
        "0:0 record-none",
        "0:0 record-derived",
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
@pytest.mark.parametrize("suffix", [".json", ".jsonl", ".parquet", ".trig", ".txt"])
def test_a_pipe_is_not_read_for_ever(suffix: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    path = tmp_path / f"x{suffix}"
    path.symlink_to(tmp_path / "pipe")
    literature, (finding,) = read_records_file(path)
    assert literature == Literature()
    assert finding.code == ("rdf-unreadable" if suffix == ".trig" else "file-unreadable")
    assert "pipe or a device" in finding.message


@pytest.mark.parametrize("suffix", [".nq", ".ttl", ".trig", ".nt", ".jsonl", ".json"])
def test_a_file_without_records_is_an_error(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"x{suffix}"
    path.write_bytes(b"")
    literature, findings = read_records_file(path)
    assert literature == Literature()
    assert [(f.code, f.severity) for f in findings] == [("record-none", "error")]


def test_unprintable_names_of_types_are_escaped(tmp_path: Path) -> None:
    odd = pyarrow.array([{"\x1b[2J": 1}])
    table = pyarrow.table({"record": ["works"], "key": odd})
    pyarrow.parquet.write_table(table, tmp_path / "x.parquet")
    findings = read_records_file(tmp_path / "x.parquet")[1]
    assert any(r"\x1b[2J" in f.message for f in findings)
    assert all(f.message.isprintable() for f in findings)
