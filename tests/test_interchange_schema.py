"""The JSON Schema of the export: real and drawn exports keep it, broken ones do not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from interchange_examples import bridges, bridges_derived, drawn_literatures
from jsonschema import Draft202012Validator

from argmap.exports.interchange import write_json
from argmap.exports.rows import list_field_types
from argmap.exports.tables import COLUMNS
from argmap.model import Literature

ROOT = Path(__file__).parent.parent
SCHEMA = json.loads(resources.files("argmap").joinpath("schemas/export.json").read_bytes())
VALIDATOR = Draft202012Validator(SCHEMA)


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_the_schema_has_the_columns_in_their_order() -> None:
    assert tuple(SCHEMA["properties"]) == tuple(SCHEMA["required"]) == tuple(COLUMNS)
    for kind, columns in COLUMNS.items():
        row = SCHEMA["$defs"][kind]
        assert tuple(row["properties"]) == tuple(row["required"]) == columns
        assert row["additionalProperties"] is False


def test_everything_is_described() -> None:
    def walk(node: Any) -> Iterator[str]:
        if isinstance(node, dict):
            for name, value in node.get("properties", {}).items():
                if not value.get("description"):
                    yield name
            for value in node.values():
                yield from walk(value)

    assert list(walk(SCHEMA)) == []
    assert all(definition["description"] for definition in SCHEMA["$defs"].values())


def test_the_schema_allows_the_words_that_are_read() -> None:
    for kind in COLUMNS:
        types = list_field_types(kind)
        for name, column in SCHEMA["$defs"][kind]["properties"].items():
            if "enum" in column and name in types and name != "status":
                for word in column["enum"]:
                    msgspec.convert(word, types[name])
                with pytest.raises(msgspec.ValidationError):
                    msgspec.convert("no such word", types[name])


def test_an_export_keeps_the_schema() -> None:
    VALIDATOR.validate(json.loads(write_json(bridges(), bridges_derived())))
    VALIDATOR.validate(json.loads(write_json(Literature())))


@given(literature=drawn_literatures())
@settings(max_examples=25, deadline=None)
def test_drawn_exports_keep_the_schema(literature: Literature) -> None:
    assert list(VALIDATOR.iter_errors(json.loads(write_json(literature)))) == []


def test_the_shipped_review_keeps_the_schema() -> None:
    from argmap.analysis import analyse
    from argmap.literature import load_literature

    if not (ROOT / "corpus" / "review.yaml").exists():
        pytest.skip("there is no corpus beside the package")
    loaded = load_literature(ROOT / "corpus", ROOT / "references.bib")
    data = write_json(loaded.literature, analyse(loaded.literature))
    VALIDATOR.validate(json.loads(data))
    assert len(json.loads(data)["claims"]) > 50


def _drop(*path: str | int) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        *way, last = path
        for step in way:
            data = data[step]
        del data[last]

    return change


def _set(value: Any, *path: str | int) -> Callable[[Any], None]:
    def change(data: Any) -> None:
        *way, last = path
        for step in way:
            data = data[step]
        data[last] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        _drop("schools"),
        _set([], "extra"),
        _set(None, "works"),
        _drop("claims", 0, "statement"),
        _set("more", "claims", 0, "note"),
        _set("perhaps", "claims", 0, "kind"),
        _set(None, "claims", 0, "page"),
        _set(660, "claims", 0, "page"),
        _set("1999", "works", 0, "year"),
        _set(1999.5, "works", 0, "year"),
        _set("Stone, Ada", "works", 0, "authors"),
        _set("stone1999", "positions", 0, "holder"),
        _set("", "positions", 0, "claim"),
        _set([None], "relations", 0, "drawn_by"),
        _set("yes", "relations", 0, "evidential"),
        _set(-1, "citations", 0, "span_start"),
        _set({"a": "for"}, "disputes", 0, "text_stances"),
        _set([["planks", "a/b"]], "schools", 0, "cleavages"),
        _set(1.5, "schools", 0, "stability"),
    ],
)
def test_broken_exports_do_not_keep_it(change: Callable[[Any], None]) -> None:
    data = json.loads(write_json(bridges(), bridges_derived()))
    change(data)
    assert not VALIDATOR.is_valid(data)
