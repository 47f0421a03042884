"""The command line: what it prints, where, and with which exit code."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from command_lines import Run, make_runner
from shared import ROOT, TEXTS, needs_texts

from argmap.cli import program

REVIEW = """\
review:
  title: Dogs
  base: https://example.org/dogs/
topics: {noise: What dogs sound like}
"""
TEXT = """\
text: smith2020
source: {file: smith-2020.txt, first: 1, mark: "[p. #]"}
claims:
  dogs-bark:
    claim: Dogs bark.
    at: "2: The common dog … at night."
    held: [smith2020, "[@brown2001, p. 87]"]
    topic: noise
  dogs-mute:
    claim: No dog makes any noise.
    at: "2: Some say that … make no noise"
    held: {by: jones1999}
    disputed: smith2020
    topic: noise
    contests: {claim: dogs-bark, because: Who barks makes noise.}
"""
SOURCE = """\
A treatise on dogs.

[p. 2] The common dog, as is well known, is heard at night (Brown 2001: 87). Some say that dogs
make no noise (Jones 1999).
"""
BIBLIOGRAPHY = """\
@book{smith2020, author = {Smith, Ann}, title = {A Treatise on Dogs}, year = {2020}}
@book{jones1999, author = {Jones, Bob}, title = {Silence}, year = {1999}}
@book{brown2001, author = {Brown, Cay}, title = {Noise}, year = {2001}}
"""


@pytest.fixture
def review(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small review with a dispute and a copy of its text, as the working folder."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "texts").mkdir()
    (tmp_path / "corpus" / "review.yaml").write_text(REVIEW)
    (tmp_path / "corpus" / "smith2020.yaml").write_text(TEXT)
    (tmp_path / "texts" / "smith-2020.txt").write_text(SOURCE)
    (tmp_path / "references.bib").write_text(BIBLIOGRAPHY)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ARGMAP_TEXTS", raising=False)
    return tmp_path


@pytest.fixture
def argmap(capfdbinary: pytest.CaptureFixture[bytes]) -> Run:
    return make_runner(capfdbinary)


def test_check_of_a_sound_review(review: Path, argmap: Run) -> None:
    assert argmap("check", "--write-lock").code == 0
    result = argmap("check", "--strict")
    assert (result.code, result.out) == (0, "")
    assert result.err.splitlines() == [
        "2 claims, 4 positions, 1 relation, 2 citations, 3 works; 2 anchors proved.",
        "No findings.",
    ]


def test_check_reports_everything_at_once_with_places(review: Path, argmap: Run) -> None:
    text = TEXT.replace("topic: noise\n  dogs-mute", "topic: nois\n  dogs-mute")
    text = text.replace("jones1999}", "jnes1999}").replace(
        "contests: {claim: dogs-bark", "contests: {claim: dogs-brk"
    )
    (review / "corpus" / "smith2020.yaml").write_text(text)
    result = argmap("check")
    assert result.code == 1
    lines = [line for line in result.out.splitlines() if not line.startswith("    ")]
    assert (
        "corpus/smith2020.yaml:8:12: error: no topic 'nois' in review.yaml [topic-unknown]" in lines
    )
    assert (
        "corpus/smith2020.yaml:12:16: error: no work 'jnes1999' in the bibliography [work-unknown]"
        in lines
    )
    assert (
        "corpus/smith2020.yaml:15:23: error: no claim 'smith2020/dogs-brk' [claim-unknown]" in lines
    )
    assert "    Did you mean 'jones1999'?" in result.out.splitlines()
    assert "    Did you mean 'smith2020/dogs-bark'" in result.out


def test_check_as_json_prints_nothing_else_on_stdout(review: Path, argmap: Run) -> None:
    (review / "corpus" / "smith2020.yaml").write_text(TEXT.replace("2: The", "1: The"))
    result = argmap("check", "--json")
    found = json.loads(result.out)
    assert result.code == 1
    assert found["errors"] == 1
    (error,) = [entry for entry in found["findings"] if entry["severity"] == "error"]
    assert error["code"] == "anchor-page"
    assert (error["path"], error["line"], error["column"]) == ("corpus/smith2020.yaml", 6, 9)


def test_no_copy_of_the_text_is_not_checked_and_no_error(review: Path, argmap: Run) -> None:
    shutil.rmtree(review / "texts")
    result = argmap("check", "--strict")
    assert result.code == 0
    assert "not checked" in result.out
    assert "0 anchors proved, 2 anchors not checked" in result.err


def test_a_changed_text_is_noticed(review: Path, argmap: Run) -> None:
    assert argmap("check", "--write-lock").code == 0
    changed = SOURCE.replace("is well known", "was well known")
    (review / "texts" / "smith-2020.txt").write_text(changed)
    result = argmap("check", "--strict")
    assert result.code == 1
    assert "[text-changed]" in result.out
    assert "corpus/smith2020.yaml:6:9: warning" in result.out
    assert "[anchor-changed]" in result.out


def test_exports_are_the_same_with_and_without_the_text(review: Path, argmap: Run) -> None:
    argmap("check", "--write-lock")
    with_text = argmap("export", "trig").out
    shutil.rmtree(review / "texts")
    assert argmap("export", "trig").out == with_text


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda root: shutil.rmtree(root / "corpus"), "corpus-missing"),
        (lambda root: [p.unlink() for p in (root / "corpus").iterdir()], "corpus-empty"),
        (lambda root: (root / "references.bib").unlink(), "bib-missing"),
        (
            lambda root: (root / "corpus/smith2020.yaml").write_text("text: a\n\tclaims: b\n"),
            "yaml-syntax",
        ),
        (
            lambda root: (root / "corpus/smith2020.yaml").write_bytes(b"\x7fELF\0\0\1"),
            "file-binary",
        ),
        (
            lambda root: (root / "corpus/smith2020.yaml").write_bytes(b"text: \xff\n"),
            "file-encoding",
        ),
        (lambda root: (root / "corpus/smith2020.yaml").write_text(""), "yaml-empty"),
        (lambda root: (root / "references.bib").write_text(BIBLIOGRAPHY[:70]), "bib-"),
        (lambda root: (root / "texts/smith-2020.txt").write_bytes(b"\0\1\2"), "text-binary"),
    ],
)
def test_bad_input_is_one_clear_message(
    review: Path, argmap: Run, spoil: Callable[[Path], object], code: str
) -> None:
    spoil(review)
    for command in (["check"], ["build"], ["claims"], ["export", "json"]):
        result = argmap(*command)
        assert result.code == 1
        assert code in result.out + result.err
        assert "Traceback" not in result.err
    assert not (review / "exports").exists()


def test_build_writes_every_format(review: Path, argmap: Run) -> None:
    result = argmap("build")
    assert result.code == 0
    names = sorted(path.name for path in (review / "exports").iterdir())
    assert {"argmap.json", "argmap.trig", "argmap.ttl", "argmap.nq", "argmap.jsonld"} <= set(names)
    assert all(not name.startswith(".") for name in names)
    assert max(map(len, result.out.splitlines())) <= 80


def test_build_is_the_same_on_every_run(review: Path, argmap: Run) -> None:
    argmap("build")
    first = {path.name: path.read_bytes() for path in (review / "exports").iterdir()}
    argmap("build")
    assert {path.name: path.read_bytes() for path in (review / "exports").iterdir()} == first


def test_build_into_an_unwritable_place(review: Path, argmap: Run) -> None:
    (review / "exports").write_text("a file where a folder should be")
    result = argmap("build")
    assert result.code == 1
    assert "[write-failed]" in result.err
    assert (review / "exports").read_text() == "a file where a folder should be"


def test_a_full_disk_leaves_the_old_files(
    review: Path, argmap: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert argmap("build").code == 0
    before = {path.name: path.read_bytes() for path in (review / "exports").iterdir()}
    (review / "corpus/smith2020.yaml").write_text(TEXT.replace("Dogs bark.", "Dogs howl."))
    calls = []

    def fail(descriptor: int) -> None:
        calls.append(descriptor)
        if len(calls) == 3:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    result = argmap("build")
    assert result.code == 1
    assert "No space left on device [write-failed]" in result.err
    assert {path.name: path.read_bytes() for path in (review / "exports").iterdir()} == before


def test_interrupted_in_the_middle(
    review: Path, argmap: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    result = argmap("build")
    assert result.code == 130
    assert "Traceback" not in result.err
    assert not any((review / "exports").iterdir())


def test_ctrl_c_from_outside_gives_130(review: Path) -> None:
    command = [
        sys.executable,
        "-c",
        "import time; time.sleep = None; from argmap.cli import main; main()",
    ]
    slow = (
        "import argmap.query.loading, time, os, signal\n"
        "argmap.query.loading.load_literature = lambda *a: time.sleep(60)\n"
        "from argmap.cli import main\n"
        "print('ready', flush=True)\n"
        "main(['build'])\n"
    )
    command = [sys.executable, "-c", slow]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"Traceback" not in err


def test_claims_filters(review: Path, argmap: Run) -> None:
    def ids(*options: str) -> list[str]:
        result = argmap("claims", "--json", *options)
        assert result.code == 0
        return [row["id"].partition("/")[2] for row in json.loads(result.out)]

    assert ids() == ["dogs-bark", "dogs-mute"]
    assert ids("--holder", "jones1999", "--stance", "asserts") == ["dogs-mute"]
    assert ids("--holder", "smith2020", "--stance", "disputes") == ["dogs-mute"]
    assert ids("--work", "brown2001") == ["dogs-bark"]
    assert ids("--second-hand") == ["dogs-mute"]
    assert ids("--topic", "noise", "--kind", "descriptive", "noise") == ["dogs-mute"]
    assert ids("--kind", "causal") == []
    assert ids("--text", "smith2020", "BARK") == ["dogs-bark"]
    assert ids("--status", "disputed") == ["dogs-bark", "dogs-mute"]


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["claims", "--holder", "jone1999"], "'jones1999'"),
        (["claims", "--work", "smth2020"], "'smith2020'"),
        (["claims", "--topic", "nois"], "'noise'"),
        (["claims", "--text", "smith202"], "'smith2020'"),
        (["show", "dogs-barks"], "'dogs-bark'"),
        (["show", "smith2020/dogs-barks"], "'smith2020/dogs-bark'"),
        (["show", "jons1999"], "'jones1999'"),
        (["show", "@jons1999"], "'jones1999'"),
        (["show", "smih2020"], "'smith2020'"),
        (["show", "noises"], "'noise'"),
        (["works", "jons1999"], "'jones1999'"),
        (["disputes", "dogs-barkk"], "'dogs-bark'"),
    ],
)
def test_misspelt_names_are_answered_with_candidates(
    review: Path, argmap: Run, arguments: list[str], hint: str
) -> None:
    result = argmap(*arguments)
    assert result.code == 1
    assert "Did you mean" in result.err
    assert hint in result.err
    assert result.out == ""


def test_what_cannot_be_shown_is_told_as_what_it_is(review: Path, argmap: Run) -> None:
    result = argmap("show", "zebra")
    assert result.code == 1
    assert "nothing is named 'zebra': no claim, work, actor, group or topic" in result.err
    assert "[name-unknown]" in result.err
    result = argmap("show", "noise")
    assert result.code == 1
    assert "'noise' is a topic" in result.err
    assert "`argmap claims --topic noise`" in result.err
    for nothing in ("", " "):
        result = argmap("show", nothing)
        assert result.code == 1
        assert "Did you mean" not in result.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["chek"],
        ["claims", "--kind", "x"],
        ["export", "gefx"],
        ["check", "--explain", "wrk-unknown"],
    ],
)
def test_wrong_usage_is_2(review: Path, argmap: Run, arguments: list[str]) -> None:
    result = argmap(*arguments)
    assert result.code == 2
    assert result.out == ""
    assert result.err


def test_show_prints_what_a_scholar_wants_to_read(review: Path, argmap: Run) -> None:
    result = argmap("show", "dogs-bark")
    assert result.code == 0
    assert (
        result.out
        == """\
smith2020/dogs-bark
Dogs bark.

  descriptive · supporting · noise
  Smith 2020, p. 2: “The common dog … at night.”
  corpus/smith2020.yaml:4
  disputed; for it Brown 2001 and Smith 2020; against it Jones 1999

Who holds it, and who says so
  + Brown 2001 asserts it (p. 87 there), says Smith 2020, p. 2
    corpus/smith2020.yaml:7
  + Smith 2020 asserts it, p. 2
    corpus/smith2020.yaml:7

Contested by
  smith2020/dogs-mute (p. 2)
    No dog makes any noise.
    [explicit; drawn by Smith 2020; p. 2; corpus/smith2020.yaml:15]
    because: Who barks makes noise.

Cited here
  Brown 2001, p. 87: carries
"""
    )


def test_show_quotes_only_from_the_readers_own_copy(review: Path, argmap: Run) -> None:
    result = argmap("show", "dogs-bark", "--quote")
    assert "“The common dog, as is well known, is heard at night”" in result.out
    shutil.rmtree(review / "texts")
    result = argmap("show", "dogs-bark", "--quote")
    assert "as is well known" not in result.out
    assert "no copy of the text at hand" in result.out


def test_export_validates_and_tells_its_losses(review: Path, argmap: Run) -> None:
    result = argmap("export", "json")
    tables = json.loads(result.out)
    assert list(tables) == [
        "works",
        "holders",
        "texts",
        "claims",
        "positions",
        "relations",
        "citations",
        "disputes",
        "schools",
    ]
    assert "note" in result.err
    assert "first and last words of 2 passages" in result.err


def test_import_takes_back_what_export_wrote(review: Path, argmap: Run) -> None:
    for format_name in ("json", "jsonl", "trig", "nq", "jsonld", "ttl"):
        assert argmap("export", format_name, "-o", f"out.{format_name}").code == 0
        result = argmap("import", f"out.{format_name}", "--json")
        assert result.code == 0, result
        assert json.loads(result.out)["records"]["claims"] == 2


def test_a_store_keeps_what_was_built_and_answers_without_the_corpus(
    review: Path, argmap: Run
) -> None:
    assert argmap("build", "--store", "graph").code == 0
    from_corpus = json.loads(argmap("claims", "--json").out)
    shutil.rmtree(review / "corpus")
    from_store = json.loads(argmap("claims", "--json", "--store", "graph").out)
    assert from_store == from_corpus


def test_a_store_that_is_none(review: Path, argmap: Run) -> None:
    result = argmap("claims", "--store", "nowhere")
    assert result.code == 1
    assert "nowhere" in result.err
    assert "Traceback" not in result.err


def test_a_folder_of_texts_that_does_not_exist(review: Path, argmap: Run) -> None:
    for name in ("nowhere", "references.bib"):
        result = argmap("check", "--texts", name)
        assert result.code == 1
        assert f"{name}: error:" in result.out
        assert "[texts-missing]" in result.out


def test_the_lock_file_is_left_alone_where_there_is_an_error(review: Path, argmap: Run) -> None:
    argmap("check", "--write-lock")
    lock = (review / "corpus" / "anchors.lock").read_bytes()
    for wrong in (
        TEXT.replace("disputed: smith2020", "disputed: @smith2020"),
        TEXT.replace("dog …", "dig …"),
    ):
        (review / "corpus" / "smith2020.yaml").write_text(wrong)
        result = argmap("check", "--write-lock")
        assert result.code == 1
        assert "the lock file was left as it is" in result.err
        assert (review / "corpus" / "anchors.lock").read_bytes() == lock


def test_one_slip_of_yaml_is_one_error(review: Path, argmap: Run) -> None:
    text = TEXT.replace("claim: Dogs bark.", "claim: Dogs: they bark.")
    (review / "corpus" / "smith2020.yaml").write_text(text)
    result = argmap("check")
    errors = [line for line in result.out.splitlines() if " error: " in line]
    assert len(errors) == 1
    assert "[yaml-syntax]" in errors[0]


def test_what_is_no_regular_file_is_written_to_and_stays_what_it_is(
    review: Path, argmap: Run
) -> None:
    (review / "target.json").write_text("old")
    (review / "link.json").symlink_to("target.json")
    os.mkfifo(review / "pipe")
    reader = subprocess.Popen(["cat", "pipe"], stdout=subprocess.PIPE)
    assert argmap("export", "json", "-o", "pipe").code == 0
    piped, _ = reader.communicate(timeout=30)
    assert argmap("export", "json", "-o", "link.json").code == 0
    assert argmap("export", "json", "-o", "/dev/null").code == 0
    assert (review / "link.json").is_symlink()
    assert (review / "target.json").read_bytes() == piped
    assert (review / "pipe").is_fifo()
    assert Path("/dev/null").is_char_device()


def test_a_folder_in_the_way_of_one_file_stops_all(review: Path, argmap: Run) -> None:
    (review / "exports" / "argmap.nq").mkdir(parents=True)
    (review / "exports" / "argmap.json").write_text("old")
    result = argmap("build")
    assert result.code == 1
    assert "[write-failed]" in result.err
    assert (review / "exports" / "argmap.json").read_text() == "old"
    assert sorted(path.name for path in (review / "exports").iterdir()) == [
        "argmap.json",
        "argmap.nq",
    ]


@pytest.mark.parametrize("arguments", [["show", "nope"], ["claims", "--topic", "nope"]])
def test_failures_are_json_where_json_was_asked_for(
    review: Path, argmap: Run, arguments: list[str]
) -> None:
    result = argmap(*arguments, "--json")
    assert result.code == 1
    (finding,) = json.loads(result.out)["findings"]
    assert finding["severity"] == "error"
    assert finding["code"].endswith("-unknown")


def test_no_data_can_move_the_cursor(review: Path, argmap: Run) -> None:
    title = r'title: "D\e[31mogs\u202e"'
    (review / "corpus" / "review.yaml").write_text(REVIEW.replace("title: Dogs", title))
    for arguments in (["build"], ["check", "--corpus", "no\x1bwhere"]):
        result = argmap(*arguments)
        assert "\x1b" not in result.out + result.err
        assert "\u202e" not in result.out + result.err


def test_a_number_that_is_none(review: Path, argmap: Run) -> None:
    for wrong in ("nan", "inf", "-1"):
        assert argmap("schools", "--resolution", wrong).code == 2


def test_what_the_coder_was_unsure_of_is_told_so_wherever_it_is_told(
    argmap: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    for command in (("disputes",), ("ask", "who-contests"), ("show",)):
        told = " ".join(argmap(*command, "coalitions-effective-by-design").out.split())
        assert "uncertain" in told, command


def test_a_device_is_written_to_and_a_private_file_stays_private(
    review: Path, argmap: Run, tmp_path: Path
) -> None:
    private = tmp_path / "private.json"
    private.touch()
    private.chmod(0o600)
    assert argmap("export", "json", "-o", str(private)).code == 0
    assert private.stat().st_mode & 0o777 == 0o600
    assert argmap("export", "csv", "-o", "/dev/null").code == 0
    assert not Path("/dev/null-nodes").exists()
    long = "n" * 250 + ".json"
    assert argmap("export", "json", "-o", long).code == 0
    command = [sys.executable, "-m", "argmap", "export", "json", "-o", "/dev/stdout"]
    done = subprocess.run(command, capture_output=True, check=False, cwd=review)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(b"{")


def test_schools_beside_those_declared(argmap: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    told = " ".join(argmap("schools", "--compare").out.split())
    assert "(war-has-changed): found" in told
    assert "Declared members as lone voices: Dombrowski 2015" in told
    assert "Against the discourse network" in told
    (alone,) = json.loads(argmap("schools", "great-power-war", "--json").out)["declared"]
    assert alone["found"] is None
    assert argmap("schools", "--compare", "--topic", "legitimacy").code == 2


def test_a_citation_of_nobody_known_is_a_gap(review: Path, argmap: Run) -> None:
    source = SOURCE.replace("(Jones 1999)", "(Jones 1999; Nobody 1998)")
    (review / "texts" / "smith-2020.txt").write_text(source)
    (text,) = json.loads(argmap("coverage", "--json").out)
    assert len(text["unresolved"]) == 1
    assert "Nobody 1998" in text["unresolved"][0]


def test_closed_output_is_no_traceback(review: Path) -> None:
    command = f"{sys.executable} -m argmap claims >&-"
    done = subprocess.run(["sh", "-c", command], stderr=subprocess.PIPE, check=False)
    assert done.returncode == 0
    assert b"Traceback" not in done.stderr


def test_coverage(review: Path, argmap: Run) -> None:
    result = argmap("coverage", "--json")
    (text,) = json.loads(result.out)
    assert [entry["work"] for entry in text["citations"]] == ["brown2001", "jones1999"]
    assert text["citations"][0]["recorded"][0]["locator"] == "p. 87"
    assert [bool(entry["claims"]) for entry in text["paragraphs"]] == [False, True]
    assert result.code == 1


def test_tables_fit_80_columns(review: Path, argmap: Run) -> None:
    for arguments in (["claims"], ["works"], ["disputes"], ["disputes", "--brief"], ["coverage"]):
        result = argmap(*arguments)
        assert result.out
        assert max(map(len, result.out.splitlines())) <= 80, arguments


def test_no_colour_in_a_pipe(review: Path, argmap: Run) -> None:
    assert "\x1b[" not in argmap("show", "dogs-bark").out + argmap("check").out


def test_explain(review: Path, argmap: Run) -> None:
    result = argmap("check", "--explain", "anchor-page")
    assert result.code == 0
    assert "anchor-page" in result.out


def test_new_makes_a_review_that_checks_clean(review: Path, argmap: Run) -> None:
    assert argmap("new", "mine").code == 0
    os.chdir("mine")
    result = argmap("check", "--strict")
    assert (result.code, result.out) == (0, "")


@needs_texts
def test_the_shipped_review_is_clean_under_strict(
    argmap: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    result = argmap("check", "--strict", "--texts", str(TEXTS))
    assert result.code == 0
    assert "error" not in result.out


def test_every_command_is_documented() -> None:
    from argmap.cli.reference import write_reference

    written = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    # Only the words: releases of click break lines differently.
    assert written.split() == write_reference().split()


def test_every_command_takes_the_common_options() -> None:
    import click

    context = click.Context(program)
    for name in program.list_commands(context):
        command = program.get_command(context, name)
        assert command is not None
        if name == "new":
            continue
        options = {option for parameter in command.params for option in parameter.opts}
        common = {"--corpus", "--bib", "--texts", "--store", "--json", "--with", "--topic"}
        assert common <= options, name
