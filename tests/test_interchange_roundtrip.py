"""Tables written and read again are the same tables, in every format."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from interchange_examples import bridges, bridges_derived, complete_holders, drawn_literatures

from argmap.exports.interchange import (
    read_json,
    read_jsonl,
    read_parquet,
    read_records_file,
    write_json,
    write_jsonl,
    write_parquet,
)
from argmap.exports.tables import Row, build_tables
from argmap.model import Derived, Literature

FORMATS = ("json", "jsonl", "parquet")


def write(literature: Literature, form: str, derived: Derived | None = None) -> bytes:
    if form == "json":
        return write_json(literature, derived)
    if form == "jsonl":
        return write_jsonl(literature, derived)
    buffer = BytesIO()
    write_parquet(literature, derived, buffer)
    return buffer.getvalue()


def expect_tables(literature: Literature, data: bytes, name: str) -> dict[str, list[Row]]:
    """Return the tables as they should come back.

    In JSONL, claims that know no place of their own stand where their line stands.
    """
    tables = build_tables(literature)
    if name.endswith(".jsonl"):
        lines = [msgspec.json.decode(line) for line in data.splitlines()]
        numbers = {
            row["id"]: number for number, row in enumerate(lines, 1) if row["record"] == "claims"
        }
        for row in tables["claims"]:
            if row["file"] is None:
                row.update(file=name, line=numbers[row["id"]])
    return tables


@pytest.mark.parametrize("form", FORMATS)
@given(drawn=drawn_literatures())
@settings(max_examples=40, deadline=None)
def test_tables_come_back(form: str, drawn: Literature) -> None:
    literature = complete_holders(drawn)
    data = write(literature, form)
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"records.{form}"
        path.write_bytes(data)
        again, findings = {"json": read_json, "jsonl": read_jsonl, "parquet": read_parquet}[form](
            path
        )
        found, more = read_records_file(path)
    assert build_tables(again) == expect_tables(literature, data, path.name)
    assert {finding.code for finding in findings} <= {"record-none"}
    assert (found, more) == (again, findings)


@pytest.mark.parametrize("form", FORMATS)
@given(drawn=drawn_literatures())
@settings(max_examples=15, deadline=None)
def test_what_came_back_comes_back_as_the_same_records(form: str, drawn: Literature) -> None:
    """Once read, nothing is lost any more."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"records.{form}"
        path.write_bytes(write(drawn, form))
        once, _ = read_records_file(path)
        path.write_bytes(write(once, form))
        twice, _ = read_records_file(path)
    assert build_tables(twice) == build_tables(once)
    if form != "jsonl":  # There records know their lines.
        assert twice == once


@given(order=st.permutations(range(8)))
@settings(max_examples=20, deadline=None)
def test_the_order_of_lines_does_not_matter(order: list[int]) -> None:
    lines = write_jsonl(bridges()).splitlines()[:8]
    expected = write_jsonl(_parse(b"\n".join(lines)))
    assert write_jsonl(_parse(b"\n".join(lines[number] for number in order))) == expected


def _parse(data: bytes) -> Literature:
    from argmap.exports.reading import parse_jsonl

    literature, findings = parse_jsonl(data, Path("x.jsonl"))
    assert findings == []
    return literature


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_derived_is_not_read(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"records.{form}"
    path.write_bytes(write(bridges(), form, bridges_derived()))
    literature, findings = read_records_file(path)
    assert build_tables(literature) == build_tables(bridges())
    assert [(finding.severity, finding.code) for finding in findings] == [
        ("note", "record-derived")
    ]
    assert "2 claims, 1 dispute, 1 school" in findings[0].message


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_records_give_the_same_bytes(form: str) -> None:
    literature = bridges()
    turned = msgspec.structs.replace(
        literature,
        **{
            name: getattr(literature, name)[::-1]
            for name in ("works", "holders", "claims", "positions", "relations", "citations")
        },
    )
    assert write(literature, form, bridges_derived()) == write(turned, form, bridges_derived())
