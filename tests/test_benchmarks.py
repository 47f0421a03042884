"""The benchmarks run, and the invented reviews are sound; no time is asserted."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from argmap.checks import check_literature
from argmap.exports.interchange import read_records_file, write_jsonl
from argmap.exports.tables import Row, build_tables
from argmap.literature import load_literature
from benchmarks import run
from benchmarks.corpus import write_files
from benchmarks.stages import GRAPHS, HAND_WRITTEN, MACHINE_MADE, STAGES, TOTALS, Measure
from benchmarks.synthetic import Synthetic, make_review

SMALLEST = 120


@pytest.fixture(scope="module")
def review() -> Synthetic:
    return make_review(2 * SMALLEST)


def test_the_same_seed_gives_the_same_review(review: Synthetic) -> None:
    assert make_review(2 * SMALLEST) == review
    assert make_review(2 * SMALLEST, seed=2).literature != review.literature


def test_a_review_has_everything_that_there_is(review: Synthetic) -> None:
    literature = review.literature
    assert len(literature.claims) == 2 * SMALLEST
    assert len(literature.texts) == len(review.sources) == 2
    assert {holder.kind for holder in literature.holders} == {"work", "actor", "group"}
    assert {position.stance for position in literature.positions} == {
        "asserts",
        "disputes",
        "reports",
    }
    assert {relation.type for relation in literature.relations} == {
        "supports",
        "contests",
        "undercuts",
        "qualifies",
        "explains",
    }
    assert {relation.basis for relation in literature.relations} == {
        "explicit",
        "implicit",
        "analyst",
    }
    assert any(citation.relation for citation in literature.citations)
    assert len(set(review.schools.values())) == 5


def test_schools_are_planted(review: Synthetic) -> None:
    """Works of one school stand together far more often than chance has it."""
    together = apart = 0
    holders: dict[str, list[int]] = {}
    for position in review.literature.positions:
        school = review.schools.get(position.holder.removeprefix("@"))
        if position.stance == "asserts" and school is not None:
            holders.setdefault(position.claim, []).append(school)
    for schools in holders.values():
        for number, school in enumerate(schools):
            for other in schools[number + 1 :]:
                together += school == other
                apart += school != other
    assert together > 3 * apart


def test_an_invented_review_checks_clean_and_reads_as_it_was_made(
    review: Synthetic, tmp_path: Path
) -> None:
    """The files load to the records they were made from, every anchor where it was put."""
    write_files(review, tmp_path)
    loaded = load_literature(tmp_path / "corpus", tmp_path / "references.bib", tmp_path / "texts")
    findings = [
        *loaded.findings,
        *check_literature(loaded.literature, loaded.places, loaded.sources),
    ]
    assert [str(finding) for finding in findings] == []
    assert loaded.proofs is not None
    assert loaded.proofs.proved >= len(review.literature.claims)
    assert _strip(build_tables(loaded.literature)) == _strip(build_tables(review.literature))


def _strip(tables: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Return the tables without what only files know: lines, digests, places of citations."""
    unknown = {
        "claims": ("file", "line"),
        "citations": ("span_start", "span_end"),
        "texts": ("sha256", "length"),
    }
    for kind, columns in unknown.items():
        for row in tables[kind]:
            for column in columns:
                del row[column]
    tables["citations"].sort(key=lambda row: [str(value) for value in row.values()])
    return tables


def test_machine_made_records_check_clean(review: Synthetic, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(write_jsonl(review.literature))
    literature, findings = read_records_file(path)
    assert findings == []
    problems = check_literature(literature)
    assert [str(problem) for problem in problems if problem.severity == "error"] == []


def test_the_command_prints_its_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["--sizes", str(SMALLEST), "--rounds", "1", "--keep", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert all(len(line) <= run.WIDTH for line in printed.splitlines())
    assert re.search(r"^argmap --help: .* × import click", printed, re.MULTILINE)
    for sort in (HAND_WRITTEN, MACHINE_MADE, GRAPHS):
        assert f"{SMALLEST} claims, {sort}" in printed
        for name in (*STAGES[sort], *(f"= {name}" for name in TOTALS[sort])):
            row = next(line for line in printed.splitlines() if line.startswith(f"{name} "))
            assert len(row.removeprefix(name).split()) == 6


def test_what_takes_too_long_is_left_out_with_a_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    measure = Measure(12.0, 5_000_000)
    monkeypatch.setattr(run, "measure_pair", lambda *_: (measure, Measure(0.1, 100)))
    monkeypatch.setattr(run, "_run", lambda *_: b"")
    run.measure_sort(HAND_WRITTEN, 10**6, 1, tmp_path, "schools")
    assert "left out above" in capsys.readouterr().out
    run.measure_sort(HAND_WRITTEN, 10, 1, tmp_path, "schools")
    assert capsys.readouterr().out.splitlines()[-1].split()[-6:] == [
        "12.0",
        "0.100",
        "120",
        "5.0",
        "0.0",
        "–",
    ]


def test_wrong_sizes_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        run.main(["--sizes", "many"])
    assert caught.value.code == 2
    assert "'many'" in capsys.readouterr().err
