"""``argmap new``: the review that it writes, and what it must never do."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from authoring_examples import write_files
from shared import ROOT
from test_schemas import schema_errors

import argmap.templates
from argmap.analysis import analyse
from argmap.literature import Loaded
from argmap.model import RELATION_TYPES
from argmap.query import load_checked
from argmap.templates import list_template, write_template
from argmap.texts.lock import write_lock

CORPUS = {"review": "review", "orrell2014": "text", "brandvold2017": "text", "across": "across"}


@pytest.fixture
def review(tmp_path: Path) -> Path:
    written, findings = write_template(tmp_path / "my-review")
    assert findings == []
    assert written == sorted(written)
    assert written == sorted(p for p in (tmp_path / "my-review").rglob("*") if p.is_file())
    return tmp_path / "my-review"


def load(review: Path, *, texts: bool = True) -> Loaded:
    folder = review / "texts" if texts else None
    return load_checked(review / "corpus", review / "references.bib", folder)


def test_nothing_is_found_in_it(review: Path) -> None:
    loaded = load(review)
    assert loaded.findings == ()
    assert loaded.proofs is not None
    assert loaded.proofs.proved == 29
    assert loaded.proofs.unchecked == 0


def test_without_texts_anchors_are_not_checked_and_records_the_same(review: Path) -> None:
    loaded = load(review, texts=False)
    assert {f.code for f in loaded.findings} == {"text-not-checked"}
    assert loaded.literature == load(review).literature


def test_lock_file_is_current(review: Path) -> None:
    proofs = load(review).proofs
    assert proofs is not None
    shipped = (review / "corpus" / "anchors.lock").read_bytes()
    (review / "corpus" / "anchors.lock").unlink()
    proofs = load(review).proofs
    assert proofs is not None
    write_lock(proofs.lock, review / "corpus" / "anchors.lock")
    assert (review / "corpus" / "anchors.lock").read_bytes() == shipped


def test_it_shows_every_kind_of_relation_and_three_disputes(review: Path) -> None:
    literature = load(review).literature
    assert {relation.type for relation in literature.relations} == set(RELATION_TYPES)
    assert {relation.basis for relation in literature.relations} >= {"explicit", "analyst"}
    assert {holder.kind for holder in literature.holders} == {"work", "actor", "group"}
    disputes = analyse(literature).disputes
    assert [dispute.focal for dispute in disputes] == [
        "orrell2014/leaving-blinds",
        "orrell2014/merchants-keep-commissions",
        "orrell2014/knowledge-keeps-commissions",
    ]
    assert disputes[1].pro == ("@lindt1998",)
    assert disputes[1].con == ("@brandvold2017", "@orrell2014")
    assert disputes[1].pro_witnesses == ("@montesquieu1748",)


@pytest.mark.parametrize(("name", "kind"), CORPUS.items())
def test_corpus_files_name_a_schema_that_is_there_and_fits(
    review: Path, name: str, kind: str
) -> None:
    path = review / "corpus" / f"{name}.yaml"
    source = path.read_text(encoding="utf-8")
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", source)
    assert named
    schema = (path.parent / named[1]).resolve()
    assert schema == review / "schemas" / f"{kind}.json"
    assert schema.read_bytes() == (ROOT / "argmap" / "schemas" / f"{kind}.json").read_bytes()
    assert schema_errors(kind, source) == []


def test_it_explains_itself(review: Path) -> None:
    for path in (review / "corpus").glob("*.yaml"):
        source = path.read_text(encoding="utf-8")
        assert source.count("#") >= 3, path
        assert all(len(line) <= 100 for line in source.splitlines()), path
    coded = (review / "corpus" / "orrell2014.yaml").read_text(encoding="utf-8")
    comments = [line for line in coded.splitlines() if line.lstrip().startswith("#")]
    assert len(comments) > 25
    used = yaml.safe_load(coded)["claims"].values()
    fields = {field for claim in used for field in claim}
    assert fields >= {"claim", "at", "held", "endorsed", "disputed", "kind", "weight", "alone"}
    readme = (review / "README.md").read_text(encoding="utf-8")
    assert "argmap check" in readme
    for name in ("merchants-keep-commissions", "orrell2014.yaml", "brandvold2017.yaml"):
        assert name in readme


def test_texts_are_kept_out_of_version_control(review: Path) -> None:
    lines = (review / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {"/texts/", "/exports/"} <= set(lines)


def test_it_is_the_same_each_time(tmp_path: Path) -> None:
    one, _ = write_template(tmp_path / "one")
    two, _ = write_template(tmp_path / "two")
    assert [p.read_bytes() for p in one] == [p.read_bytes() for p in two]
    assert all(b"\r" not in content for _, content in list_template())


# ---- what stands there already ------------------------------------------------------------------


def snapshot(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b"folder"
        for path in folder.rglob("*")
    }


def test_into_an_empty_folder_and_beside_other_files(tmp_path: Path) -> None:
    write_files(tmp_path, {"notes.txt": "mine\n"})
    (tmp_path / "texts").mkdir()
    write_files(tmp_path / "texts", {"other.txt": "mine too\n"})
    (tmp_path / "corpus").mkdir()
    written, findings = write_template(tmp_path)
    assert findings == []
    assert len(written) == len(list_template())
    assert (tmp_path / "notes.txt").read_text() == "mine\n"
    assert (tmp_path / "texts" / "other.txt").read_text() == "mine too\n"


@pytest.mark.parametrize(
    "name",
    ["README.md", "references.bib", "corpus/review.yaml", "texts/orrell-2014.txt", ".gitignore"],
)
def test_no_file_is_overwritten(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine\n", encoding="utf-8")
    before = snapshot(tmp_path)
    written, findings = write_template(tmp_path)
    assert written == []
    assert [f.code for f in findings] == ["new-exists"]
    assert findings[0].path == path.as_posix()
    assert snapshot(tmp_path) == before


def test_no_other_corpus_is_mixed_with_it(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    write_files(tmp_path / "corpus", {"smith2020.yaml": "text: smith2020\n"})
    before = snapshot(tmp_path)
    written, findings = write_template(tmp_path)
    assert (written, [f.code for f in findings]) == ([], ["new-exists"])
    assert "smith2020.yaml" in findings[0].message
    assert snapshot(tmp_path) == before


def test_a_second_time(review: Path) -> None:
    before = snapshot(review)
    written, findings = write_template(review)
    assert written == []
    assert [f.code for f in findings] == ["new-exists"]
    assert "are there already" in findings[0].message
    assert snapshot(review) == before


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine\n", encoding="utf-8")
    assert [f.code for f in write_template(tmp_path / "file")[1]] == ["new-exists"]
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "corpus").write_text("mine\n", encoding="utf-8")
    (tmp_path / "folder" / "texts").symlink_to(tmp_path / "nowhere")
    before = snapshot(tmp_path)
    written, findings = write_template(tmp_path / "folder")
    assert (written, [f.code for f in findings]) == ([], ["new-exists"])
    assert snapshot(tmp_path) == before


def test_a_refusal_of_the_system_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "texts").mkdir()
    before = snapshot(tmp_path)
    true_open = Path.open

    def refuse(self: Path, *arguments: object, **keywords: object) -> object:
        if self.name == "text.json" and tmp_path in self.parents:
            raise OSError(28, "No space left on device")
        return true_open(self, *arguments, **keywords)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    written, findings = write_template(tmp_path)
    assert written == []
    assert [f.code for f in findings] == ["new-unwritable"]
    assert "No space left on device" in findings[0].message
    assert snapshot(tmp_path) == before


def test_an_interruption_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = argmap.templates._make_folders

    def interrupt(folder: Path, record: list[Path]) -> None:
        if folder.name == "texts":
            raise KeyboardInterrupt
        made(folder, record)

    monkeypatch.setattr(argmap.templates, "_make_folders", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_template(tmp_path / "my-review")
    assert list(tmp_path.iterdir()) == []


def test_commands_of_its_readme_work(review: Path) -> None:
    readme = (review / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"(?m)^    (argmap [a-z- ]+?)\s*(?:#.*)?$", readme)
    assert len(commands) >= 5
    for command in commands:
        run = subprocess.run(
            [sys.executable, "-m", *command.split()],
            cwd=review,
            env={name: value for name, value in os.environ.items() if name != "ARGMAP_TEXTS"},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert run.returncode == 0, (command, run.stdout, run.stderr)
        assert "Traceback" not in run.stderr


def test_nothing_of_its_texts_is_left_out(review: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "argmap", "coverage", "--texts", "texts"],
        cwd=review,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (run.returncode, run.stderr.splitlines()[-1]) == (0, "No gap."), run.stdout


def test_its_readme_names_all_that_is_to_be_taken_out(review: Path) -> None:
    readme = (review / "README.md").read_text(encoding="utf-8")
    advice = readme.partition("5. ")[2].partition("6. ")[0]
    for name in ("across.yaml", "review.yaml", "topics", "actors", "groups", "schools", "aliases"):
        assert name in advice
    for name in ("orrell2014.yaml", "brandvold2017.yaml"):
        assert name in advice
        (review / "corpus" / name).unlink()
    codes = {f.code for f in load(review).findings}
    assert {"topic-unused", "holder-unused", "work-unused", "claim-unknown"} & codes
