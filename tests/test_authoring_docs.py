"""The documentation of the format is true: its examples are read and fit the schemas."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from authoring_examples import read_files
from shared import ROOT
from test_schemas import READER_FIELDS, schema_errors

from argmap.model import ATTRIBUTIONS, BASES, CERTAINTIES, KINDS, RELATION_TYPES, ROLES, WEIGHTS

DOCUMENT = (ROOT / "docs" / "authoring.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"(?ms)^```yaml\n(.*?)^```", DOCUMENT)
WHOLE = {
    "review": next(block for block in BLOCKS if "\nreview:" in block),
    "text": next(block for block in BLOCKS if "\ntext:" in block),
    "across": next(block for block in BLOCKS if "\nrelations:" in block),
}
PARTS = [block for block in BLOCKS if block not in WHOLE.values()]


@pytest.mark.parametrize("kind", WHOLE)
def test_whole_files_are_read_and_fit_their_schema(kind: str, tmp_path: Path) -> None:
    source = WHOLE[kind]
    assert source.startswith(f"# yaml-language-server: $schema=../schemas/{kind}.json\n")
    name = {"text": "smith2020", "review": "review", "across": "across"}[kind]
    files = {"smith2020.yaml": "text: smith2020\n", "review.yaml": "review: {title: x}\n"}
    _, findings = read_files(tmp_path, files | {f"{name}.yaml": source})
    assert [str(finding) for finding in findings] == []
    assert schema_errors(kind, source) == []


@pytest.mark.parametrize("number", range(len(PARTS)))
def test_parts_of_claims_are_read_and_fit_the_schema(number: int, tmp_path: Path) -> None:
    # Each alternative for a field makes a claim of its own.
    claims: list[list[str]] = []
    for line in PARTS[number].splitlines():
        if not line.startswith((" ", "-")):
            claims.append([])
        claims[-1].append(line)
    source = "text: smith2020\nclaims:\n"
    for place, lines in enumerate(claims):
        body = "".join(f"    {line}\n" for line in lines)
        source += f'  claim-{place}:\n    claim: One.\n    at: "1: one"\n{body}'
    _, findings = read_files(
        tmp_path, {"smith2020.yaml": source, "review.yaml": "review: {title: x}\n"}
    )
    assert [str(finding) for finding in findings] == []
    assert schema_errors("text", source) == []


def test_every_field_and_every_word_is_documented() -> None:
    words = {field for lists in READER_FIELDS.values() for fields in lists for field in fields}
    words |= {*KINDS, *WEIGHTS, *ATTRIBUTIONS, *CERTAINTIES, *BASES, *ROLES, *RELATION_TYPES}
    missing = [word for word in sorted(words) if not re.search(rf"\b{word}\b", DOCUMENT)]
    assert missing == []


def test_no_example_is_overlooked() -> None:
    assert len(PARTS) == 3
    assert len(BLOCKS) == 6
