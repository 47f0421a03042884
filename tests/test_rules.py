"""Every rule finds what its fixture announces, and keeps silent on the near miss."""

from __future__ import annotations

from pathlib import Path

import pytest
from rule_examples import UNASKED, list_found, parse_example, run_example, write_all

from argmap.authoring import read_corpus
from argmap.bibliography import read_bibliography
from argmap.checks import check_literature
from argmap.checks.explanations import explain, list_codes
from argmap.literature import assemble

FOLDER = Path(__file__).parent / "rules"
FIXTURES = sorted(FOLDER.glob("*.txt"))
CHAPTERS = ("files", "yaml", "fields", "references", "argument", "works", "texts", "lock")

# Codes about things that no file in a fixture can show, and the test of each.
ELSEWHERE = {
    "corpus-missing": "test_authoring_yaml.py::test_no_folder",
    "file-name": "test_authoring_yaml.py::test_file_names_that_cannot_be_shown",
    "file-unreadable": "test_authoring_yaml.py::test_files_that_cannot_be_read",
    "page-mark": "test_texts_sources.py",  # the reader of YAML sees to it before (value-unknown)
    "texts-missing": "test_cli.py::test_a_folder_of_texts_that_does_not_exist",
    "lock-unreadable": "test_texts_lock.py",
    "lock-unwritable": "test_texts_lock.py",
}


def rules() -> list[str]:
    return [
        code
        for code in list_codes()
        if (entry := explain(code)) is not None and entry.chapter in CHAPTERS
    ]


def test_every_rule_has_a_pair_of_fixtures() -> None:
    names = {path.name for path in FIXTURES}
    expected = {
        f"{code}{kind}.txt" for code in rules() if code not in ELSEWHERE for kind in ("", ".silent")
    }
    assert names == expected


@pytest.mark.parametrize(("code", "test"), ELSEWHERE.items())
def test_rules_without_fixtures_are_tested_elsewhere(code: str, test: str) -> None:
    file, _, name = test.partition("::")
    source = (FOLDER.parent / file).read_text(encoding="utf-8")
    assert code in source
    assert name in source


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name.removesuffix(".txt"))
def test_fixture(path: Path, tmp_path: Path) -> None:
    code = path.name.removesuffix(".txt").removesuffix(".silent")
    example = parse_example(path.read_text(encoding="utf-8"))
    findings = run_example(example, tmp_path)
    asked = {expected.code for expected in example.expected} | {code}
    found = list_found(findings, example, asked)
    assert sorted(found) == sorted(example.expected), "\n".join(map(str, findings))
    entry = explain(code)
    assert entry is not None
    severities = {f.severity for f in findings if f.code == code}
    assert severities <= {entry.severity, *entry.also}
    assert all(f.remedy for f in findings if f.code not in UNASKED)
    silent = path.name.endswith(".silent.txt")
    assert (code in {expected.code for expected in example.expected}) != silent


# ---- one slip is one finding --------------------------------------------------------------------

WHOLE = {
    "corpus/review.yaml": b"""\
review: {title: Stock}
topics: {war: null}
actors: {crown: The Crown}
""",
    "corpus/smith2020.yaml": b"""\
text: smith2020
claims:
  a: {claim: One., at: "1: one", held: actor:crown, topic: war, cites: jones1999}
""",
    "corpus/jones1999.yaml": b"""\
text: jones1999
claims:
  b: {claim: Two., at: "1: two", held: jones1999, supports: smith2020/a}
  c: {claim: Three., at: "1: three", held: actor:crown, explains: b}
""",
    "references.bib": b"""\
@book{smith2020, author = {Smith, Ada}, title = {Seals}, year = {2020}}
@book{jones1999, author = {Jones, Ben}, title = {Seals}, year = {1999}}
""",
}


def check_files(folder: Path, files: dict[str, bytes]) -> tuple[list[str], list[str]]:
    """Return the codes of reading, and those of checking that they do not make pointless."""
    write_all(folder, files)
    draft, read = read_corpus(folder / "corpus")
    works, problems = read_bibliography(folder / "references.bib")
    literature, more = assemble(draft, works)
    earlier = [*read, *problems, *more]
    found = check_literature(literature, draft.places, earlier=earlier)
    return [f.code for f in earlier], [f.code for f in found]


def test_nothing_is_found_in_the_whole(tmp_path: Path) -> None:
    assert check_files(tmp_path, WHOLE) == ([], [])


@pytest.mark.parametrize("name", ["review", "smith2020", "jones1999"])
@pytest.mark.parametrize(
    ("damage", "code"),
    [(b"\ntabs: [", "yaml-syntax"), (b"\0", "file-binary"), (b"\xff", "file-encoding")],
)
def test_a_file_that_is_lost_is_not_reported_over_and_over(
    name: str, damage: bytes, code: str, tmp_path: Path
) -> None:
    path = f"corpus/{name}.yaml"
    read, found = check_files(tmp_path, WHOLE | {path: WHOLE[path] + damage})
    assert read == [code]
    assert found == []


def test_a_bibliography_that_is_lost_is_not_reported_over_and_over(tmp_path: Path) -> None:
    read, found = check_files(tmp_path, WHOLE | {"references.bib": b"\0"})
    assert read == ["bib-binary"]
    assert found == []


def test_what_does_not_hang_on_the_lost_file_is_still_found(tmp_path: Path) -> None:
    source = WHOLE["corpus/smith2020.yaml"] + b'  d: {claim: Four., at: "2: four"}\n'
    files = {"corpus/smith2020.yaml": source, "corpus/jones1999.yaml": b"text: ["}
    read, found = check_files(tmp_path, WHOLE | files)
    assert read == ["yaml-syntax"]
    assert found == ["claim-without-holder"]
