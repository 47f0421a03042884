"""The commands that ask: ``ask``, ``query`` and ``push``."""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_lines import Run, make_runner
from endpoint_examples import Endpoint, serve
from shared import ROOT

import argmap as package
from argmap.cli.ask import QUESTIONS
from argmap.graph import build_store
from argmap.query.named import list_queries


@pytest.fixture
def argmap(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("ARGMAP_TEXTS", raising=False)
    for name in ("USER", "PASSWORD", "TOKEN"):
        monkeypatch.delenv(f"ARGMAP_STORE_{name}", raising=False)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return make_runner(capfdbinary)


@pytest.fixture(scope="module")
def review() -> package.Review:
    return package.load(ROOT / "corpus", ROOT / "references.bib")


@pytest.fixture(scope="module")
def store(review: package.Review, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("stores") / "store"
    build_store(review.literature, review.derive(), folder)
    return str(folder)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with serve() as endpoint:
        yield endpoint


NAMES = {
    "CLAIM": "legitimacy-by-mass",
    "HOLDER": "weitsman2013",
    "WORK": "schmitt2018",
    "TOPIC": "legitimacy",
    "A": "carter2004",
    "B": "tertrais2004",
}


@pytest.mark.parametrize("method", QUESTIONS)
def test_every_question_is_answered_as_in_python(
    method: str, argmap: Run, review: package.Review
) -> None:
    about, _ = QUESTIONS[method]
    names = [NAMES[each] for each in about]
    result = argmap("ask", method.replace("_", "-"), *names)
    answer = getattr(review, method)(*names)
    assert result.code == 0
    assert result.out == f"{answer}\n"
    assert max(map(len, result.out.splitlines())) <= 80


def test_the_readme_shows_what_is_printed(argmap: Run) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Asking")[2]
    block = text.partition("```console\n")[2].partition("```")[0]
    parts = re.split(r"^\$ argmap (.*)\n", block, flags=re.MULTILINE)
    commands = list(zip(parts[1::2], parts[2::2], strict=True))
    assert len(commands) == 2
    for command, shown in commands:
        printed = argmap(*shlex.split(command)).out
        assert "".join(f"{line.rstrip()}\n" for line in printed.splitlines()) == shown


def test_one_and_the_same_is_no_meeting(argmap: Run) -> None:
    for question in ("compare", "path"):
        result = argmap("ask", question, "weitsman2013", "@weitsman2013")
        assert result.out.splitlines()[-1] == "They are one and the same."


def test_answers_as_json(argmap: Run, review: package.Review) -> None:
    found = json.loads(argmap("ask", "who-contests", "legitimacy-by-mass", "--json").out)
    assert found == json.loads(json.dumps(review.who_contests("legitimacy-by-mass").as_object()))


def test_every_question_of_the_review_can_be_asked() -> None:
    from argmap.query.answers import Answer

    methods = {
        name
        for name, member in vars(package.Review).items()
        if str(getattr(member, "__annotations__", {}).get("return", "")).startswith("Answer")
    }
    assert Answer
    assert methods == set(QUESTIONS)


@pytest.mark.parametrize("name", list_queries())
def test_every_named_query_runs(name: str, argmap: Run, store: str) -> None:
    values = [*shlex.split(list_queries()[name].example), "--store", store]
    result = argmap("query", name, *values)
    assert result.code == 0
    assert result.out
    assert max(map(len, result.out.splitlines())) <= 80
    rows = json.loads(argmap("query", name, *values, "--json").out)
    assert result.err.strip() == f"{len(rows)} row{'' if len(rows) == 1 else 's'}."


def test_rows_in_other_forms(argmap: Run) -> None:
    rows = json.loads(argmap("query", "claims-on", "legitimacy", "--json").out)
    read = csv.DictReader(
        io.StringIO(argmap("query", "claims-on", "legitimacy", "--form", "csv").out)
    )
    assert [row["claim"] for row in read] == [row["claim"] for row in rows]
    markdown = argmap("query", "texts", "--form", "markdown").out.splitlines()
    assert markdown[0] == "| text | title | claims |"
    assert argmap("query", "texts", "--form", "rq").out == list_queries()["texts"].text


def test_values_do_not_move_the_cursor(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from argmap.cli.query import _print_rows
    from argmap.query.tables import Table

    table = Table(("a\x1b",), [("\x1b[2J\x07é",), (None,)])
    _print_rows(table, "csv")
    assert "\x1b[2J\x07é" in capsys.readouterr().out
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    _print_rows(table, "csv")
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert "\\x1b[2J\\x07é" in shown


def test_questions_and_queries_are_listed(argmap: Run) -> None:
    for command, names in (
        ("ask", {m.replace("_", "-") for m in QUESTIONS}),
        ("query", list_queries()),
    ):
        result = argmap(command)
        assert result.code == 0
        assert max(map(len, result.out.splitlines())) <= 80
        for name in names:
            assert name in result.out


def test_a_file_a_pipe_and_values(
    argmap: Run, store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = ("--store", store)
    file = tmp_path / "mine.rq"
    file.write_text("# Mine\nSELECT ?page { ?c dct:identifier ?id ; am:anchor/am:page ?page }")
    result = argmap(
        "query", str(file), "--set", "id=bogdanov2019/desperate-fallback", "--json", *there
    )
    assert json.loads(result.out) == [{"page": "135"}]
    file.write_text("# @param claim claim which\nSELECT ?page { ?claim am:anchor/am:page ?page }")
    assert "135" in argmap("query", str(file), "desperate-fallback", *there).out
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"ASK { ?s a am:Claim }")))
    assert argmap("query", "-", "--json", *there).out == "true\n"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["ask", "who-contests"], 2, "argmap ask who-contests CLAIM"),
        (["ask", "who-contests", "legitimacy-by-mas"], 1, "rynningschmitt2018/legitimacy-by-mass"),
        (["ask", "who-contest", "x"], 2, "Did you mean 'who-contests'"),
        (["ask", "claims-of", "weitsman"], 1, "[holder-unknown]"),
        (["ask", "both-sides", "legitimcy"], 1, "Did you mean 'legitimacy'"),
        (["ask", "who-holds", "legitimacy-by-mass", "--topic", "nato"], 2, "takes no --topic"),
        (["ask", "disputed", "--topic", "nope"], 1, "[topic-unknown]"),
        (["query", "who-contest", "x"], 1, "[query-unknown]"),
        (["query", "who-contests"], 1, "needs claim"),
        (["query", "who-contests", "a", "b"], 1, "takes 1 value, and 2 were given"),
        (["query", "texts", "x"], 1, "takes no values, and 1 was given"),
        (["query", "who-contests", "--set", "clam=x"], 1, "Did you mean 'claim'"),
        (["query", "who-contests", "--set", "claim"], 2, "NAME=VALUE"),
        (["query", "nothing-there.rq"], 1, "No such file"),
        (["query", "texts", "--time-limit", "0"], 2, "--time-limit"),
        (["query", "texts", "--time-limit", "nan"], 2, "--time-limit"),
        (["query", "texts", "--time-limit", "inf"], 2, "--time-limit"),
        (["query", "texts", "--set", "x=1"], 1, "It has ?claim"),
        (["ask", "who-holds", ""], 1, "list what there is"),
        (["push", ""], 1, "URL: error"),
        (["query", "texts", "--base", "http://x/"], 2, "--store URL"),
        (["query", "texts", "--store", "nowhere"], 1, "[store-missing]"),
        (["query", "texts", "--store", "http://ann:secret@h/"], 1, "[server-address]"),
        (["query", "texts", "--store", "nowhere", "--base", "http://x/"], 2, "--store URL"),
        (["query", "who-contests", "--set", "claim=a", "--set", "?claim=b"], 2, "twice"),
        (["push", "ftp://ann:secret@127.0.0.1/"], 1, "[server-address]"),
        (["push", "http://127.0.0.1:99999/?token=secret"], 1, "[server-address]"),
        (["build", "--store", "http://ann:secret@127.0.0.1:9/"], 1, "argmap push URL"),
        (["push", "nowhere"], 1, "[server-address]"),
        (["build", "--store", "http://h/"], 1, "argmap push URL"),
    ],
)
def test_wrong_input_is_told_in_a_line(
    arguments: list[str], code: int, said: str, argmap: Run
) -> None:
    result = argmap(*arguments)
    assert result.code == code, result
    assert said in " ".join((result.err + result.out).split())
    assert "Traceback" not in result.err
    assert "secret" not in result.err


def test_a_query_that_is_wrong_is_told_with_its_place(argmap: Run, tmp_path: Path) -> None:
    file = tmp_path / "wrong.rq"
    file.write_text("SELECT ?s {\n ?s ] }")
    result = argmap("query", str(file))
    assert result.code == 1
    assert result.err.startswith(f"{file}:2:")
    file.write_bytes(b"SELECT * { ?s ?p '\xff' }")
    assert "[query-encoding]" in argmap("query", str(file)).err
    file.write_text("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert "--allow-service" in argmap("query", str(file)).err


def test_push_and_ask_a_server(argmap: Run, endpoint: Endpoint) -> None:
    pushed = argmap("push", endpoint.url, "--json")
    assert pushed.code == 0
    assert sum(json.loads(pushed.out)["graphs"].values()) == len(endpoint.store)
    for arguments in (
        ["query", "who-contests", "desperate-fallback"],
        ["ask", "who-contests", "desperate-fallback"],
        ["disputes", "--brief"],
    ):
        assert argmap(*arguments, "--store", endpoint.url).out == argmap(*arguments).out


def test_a_server_that_is_down(argmap: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("argmap.query.servers._BACKOFF", 0)
    result = argmap("push", "http://127.0.0.1:9")
    assert result.code == 1
    assert "[server-unreachable]" in result.err
    found = json.loads(argmap("query", "texts", "--store", "http://127.0.0.1:9", "--json").out)
    assert found["findings"][0]["code"] == "server-unreachable"
