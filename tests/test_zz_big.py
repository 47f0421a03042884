"""Whatever stands in the files: nothing is raised, and every finding says where."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import msgspec
import yaml
from authoring_examples import write_files
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schema_examples import ACROSS, KNOWN_NAMES, REVIEW, TEXT

from argmap.authoring import read_corpus
from argmap.authoring.documents import parse_document
from argmap.diagnostics import SEVERITIES, Diagnostic

GOOD = {"smith2020.yaml": TEXT, "review.yaml": REVIEW, "across.yaml": ACROSS}
RARE = "\t\r\n\0\x0b\x85\u2028\ufeff'\"[]{}:,#&*!|>%@`?-… é😀"


def check(findings: list[Diagnostic], files: dict[str, str]) -> None:
    for finding in findings:
        name = Path(finding.path).name
        assert finding.severity in SEVERITIES
        assert finding.message
        assert finding.code
        assert finding.remedy
        if name in files and finding.code not in ("review-missing", "corpus-empty"):
            lines = files[name].replace("\r\n", "\n").replace("\r", "\n").count("\n") + 1
            assert 1 <= finding.line <= lines + 1, finding
            assert finding.column >= 0


def read(files: dict[str, str]) -> list[Diagnostic]:
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), files)
        _, findings = read_corpus(Path(folder))
    return findings


def test_the_good_files_are_good() -> None:
    assert read(GOOD) == []


@given(st.text(max_size=200))
@settings(max_examples=6000, deadline=None)
def test_any_text(source: str) -> None:
    root, findings = parse_document(source, "f.yaml")
    assert root is not None or findings
    assert all(f.path == "f.yaml" and f.line >= 1 and f.remedy for f in findings)


@given(st.text(alphabet=RARE + "abc 123", max_size=80))
@settings(max_examples=6000, deadline=None)
def test_text_of_rare_characters(source: str) -> None:
    root, findings = parse_document(source, "f.yaml")
    assert root is not None or findings
    assert all(f.line >= 1 for f in findings)


@st.composite
def mutated(draw: st.DrawFn) -> dict[str, str]:
    name = draw(st.sampled_from(sorted(GOOD)))
    source = GOOD[name]
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(source)))
        length = draw(st.sampled_from([0, 0, 1, 2, 5, 40, 400]))
        new = draw(st.one_of(st.text(alphabet=RARE, max_size=3), st.sampled_from(KNOWN_NAMES)))
        source = source[:start] + new + source[start + length :]
    return GOOD | {name: source}


@given(mutated())
@settings(max_examples=6000, deadline=None)
def test_mutations_of_good_files(files: dict[str, str]) -> None:
    check(read(files), files)


@st.composite
def shuffled_lines(draw: st.DrawFn) -> dict[str, str]:
    name = draw(st.sampled_from(sorted(GOOD)))
    lines = GOOD[name].splitlines(keepends=True)
    for _ in range(draw(st.integers(1, 3))):
        position = draw(st.integers(0, len(lines) - 1))
        line = lines[position]
        action = draw(st.sampled_from(["cut", "twice", "in", "out", "move"]))
        if action == "cut":
            del lines[position]
        elif action == "twice":
            lines.insert(position, line)
        elif action == "in":
            lines[position] = " " + line
        elif action == "out":
            lines[position] = line.removeprefix(" ")
        else:
            lines.insert(draw(st.integers(0, len(lines) - 1)), lines.pop(position))
        if not lines:
            break
    return GOOD | {name: "".join(lines)}


@given(shuffled_lines())
@settings(max_examples=6000, deadline=None)
def test_lines_out_of_order(files: dict[str, str]) -> None:
    check(read(files), files)


words = st.one_of(st.sampled_from(KNOWN_NAMES), st.text(max_size=8), st.none())
trees = st.recursive(
    words,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.one_of(st.sampled_from(KNOWN_NAMES), st.text(max_size=5)), inner, max_size=4
        ),
    ),
    max_leaves=25,
)


@given(
    st.sampled_from(["text", "review", "relations", "claims"]),
    st.dictionaries(st.sampled_from(KNOWN_NAMES), trees, max_size=6),
    trees,
)
@settings(max_examples=6000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_trees_of_known_names(kind: str, tree: dict[str, Any], value: Any) -> None:
    source = yaml.safe_dump({**tree, kind: value}, allow_unicode=True, sort_keys=False)
    files = {"f.yaml": source}
    check(read(files), files)


# ---- the order of files and the seed of hashes --------------------------------------------------


def test_order_of_files_makes_no_difference(tmp_path: Path) -> None:
    """File names order what is read; records and findings are the same but for the names."""

    def read_under(names: list[str]) -> list[Any]:
        folder = tmp_path / "-".join(names)
        broken = {
            "one": TEXT + "nonsense: 1\n",
            "two": TEXT.replace("smith2020", "jones1999") + "topic: [x]\n",
            "three": ACROSS + "nonsense: 1\n",
        }
        write_files(
            folder / "corpus",
            {f"{n}.yaml": text for n, text in zip(names, broken.values(), strict=True)},
        )
        draft, findings = read_corpus(folder / "corpus")
        shown = json.loads(msgspec.json.encode([draft.texts, draft.claims, draft.positions]))
        shown.append(json.loads(msgspec.json.encode([draft.relations, draft.citations])))
        shown.append([msgspec.structs.asdict(finding) for finding in findings])
        return shown

    def strip(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: strip(v) for k, v in value.items() if k != "path"}
        if isinstance(value, list):
            return sorted((strip(item) for item in value), key=repr)
        return value

    first = read_under(["a", "b", "c"])
    for names in (["c", "b", "a"], ["b", "c", "a"], ["a", "c", "b"]):
        assert strip(read_under(names)) == strip(first)


def test_hash_seed_makes_no_difference(tmp_path: Path) -> None:
    rng = random.Random(1)
    broken = "".join(rng.choice("ab: \n-[]") for _ in range(40))
    write_files(
        tmp_path / "corpus",
        {**GOOD, "b.yaml": "text: x\nclaimz: 1\n", "c.yaml": "text: y\n" + broken},
    )
    program = (
        "import sys, msgspec; from pathlib import Path; from argmap.authoring import read_corpus\n"
        "draft, findings = read_corpus(Path('corpus'))\n"
        "places = [[list(key), place] for key, place in draft.places.items()]\n"
        "draft.places = {}\n"
        "sys.stdout.buffer.write(msgspec.json.encode([draft, findings, places]))\n"
    )
    outputs = set()
    for seed in ("0", "1", "42"):
        run = subprocess.run(
            [sys.executable, "-c", program],
            cwd=tmp_path,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        )
        outputs.add(run.stdout)
    assert len(outputs) == 1
    assert b"claimz" in outputs.pop()
