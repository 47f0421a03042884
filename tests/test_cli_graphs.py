"""Graphs and pictures on the command line: what is written where, and what is refused."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from shared import ROOT
from view_examples import read_gexf

from argmap.cli import main
from argmap.exports import registry
from argmap.exports.registry import Exporter

Run = Callable[..., tuple[int, bytes, str]]


@pytest.fixture
def argmap(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.delenv("ARGMAP_TEXTS", raising=False)

    def run(*arguments: str) -> tuple[int, bytes, str]:
        common = ("--corpus", str(ROOT / "corpus"), "--bib", str(ROOT / "references.bib"))
        with pytest.raises(SystemExit) as caught:
            main([arguments[0], *common, *arguments[1:]])
        out, err = capfdbinary.readouterr()
        return int(caught.value.code or 0), out, err.decode()

    return run


def test_the_default_view_is_claims(argmap: Run) -> None:
    code, out, err = argmap("export", "gexf")
    assert code == 0
    assert argmap("export", "gexf", "--view", "claims")[1] == out
    nodes, edges = read_gexf(out)
    assert all("/" in name for name in nodes)
    assert {edge["kind"] for edge in edges.values()} == {
        "supports",
        "contests",
        "undercuts",
        "qualifies",
        "explains",
    }
    assert "513 positions" in err
    assert "[export-loss]" in err


@pytest.mark.parametrize("name", ["gexf", "graphml", "dot", "cytoscape", "graphology", "svg"])
def test_a_file_holds_what_standard_output_gets(argmap: Run, tmp_path: Path, name: str) -> None:
    path, view = tmp_path / "graph", "dispute:alliances-keep-peace"
    code, out, _ = argmap("export", name, "--view", view)
    assert code == 0
    assert argmap("export", name, "--view", view, "-o", str(path))[:2] == (0, b"")
    assert path.read_bytes() == out
    assert [entry.name for entry in tmp_path.iterdir()] == ["graph"]


def test_tables_are_two_files_or_one_after_the_other(argmap: Run, tmp_path: Path) -> None:
    code, out, _ = argmap("export", "csv", "-o", str(tmp_path / "a.b.csv"))
    assert (code, out) == (0, b"")
    parts = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert set(parts) == {"a.b-nodes.csv", "a.b-edges.csv"}
    both = argmap("export", "csv")[1]
    assert both == parts["a.b-nodes.csv"] + b"\n" + parts["a.b-edges.csv"]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("gexf", "--view", "clams"), 2, "Did you mean 'claims'?"),
        (("gexf", "--view", ""), 2, "claims, holders, full and dispute:ID"),
        (("gexf", "--view", "dispute:"), 2, "dispute:ID"),
        (("gexf", "--view", "dispute"), 2, "dispute:ID"),
        (("json", "--view", "holders"), 2, "has no views"),
        (("gefx",), 2, "Did you mean 'gexf'?"),
        (("gexf", "--view", "dispute:99"), 1, "there are 22 [dispute-unknown]"),
        (("gexf", "--view", "dispute:-1"), 1, "no claim '-1' [claim-unknown]"),
        (("gexf", "--view", "dispute:alliance-keep-peace"), 1, "Did you mean 'alliances-keep"),
        (("gexf", "--view", "dispute:iraq-fiasco"), 1, "is not in dispute [dispute-unknown]"),
        (("svg", "--topic", "nope"), 1, "no topic 'nope'"),
    ],
)
def test_what_there_is_not_is_refused(
    argmap: Run, tmp_path: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    path = tmp_path / "graph"
    found, out, err = argmap("export", *arguments, "-o", str(path))
    assert (found, out) == (code, b"")
    assert told in err
    assert "Traceback" not in err
    assert not path.exists()


def test_an_unknown_dispute_is_json_where_json_was_asked_for(argmap: Run) -> None:
    code, out, err = argmap("export", "gexf", "--view", "dispute:99", "--json")
    assert (code, err) == (1, "")
    (finding,) = json.loads(out)["findings"]
    assert finding["code"] == "dispute-unknown"


def test_a_picture_without_matplotlib_names_the_extra(
    argmap: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    code, out, err = argmap("export", "svg", "-o", str(tmp_path / "a.svg"))
    assert (code, out) == (1, b"")
    assert "argmap[pictures]" in err
    assert not list(tmp_path.iterdir())
    code, _, err = argmap("build", "-o", str(tmp_path / "exports"))
    assert code == 0
    assert "argmap: warning: no svg" in err
    assert (tmp_path / "exports" / "argmap-holders.gexf").is_file()
    assert not (tmp_path / "exports" / "argmap-holders.svg").exists()


def test_of_two_tables_none_is_written_where_one_cannot_be(argmap: Run, tmp_path: Path) -> None:
    (tmp_path / "a-edges.csv").mkdir()
    code, _, err = argmap("export", "csv", "-o", str(tmp_path / "a.csv"))
    assert code == 1
    assert "[write-failed]" in err
    assert [path.name for path in tmp_path.iterdir()] == ["a-edges.csv"]


def test_build_writes_graphs(argmap: Run, tmp_path: Path) -> None:
    code, out, _ = argmap("build", "-o", str(tmp_path), "--json")
    assert code == 0
    told = json.loads(out)
    sizes = {Path(name).name: size for name, size in told["files"].items()}
    assert sizes == {path.name: path.stat().st_size for path in tmp_path.iterdir()}
    assert {name for name in sizes if name.startswith("argmap-")} == {
        "argmap-claims-edges.csv",
        "argmap-claims-nodes.csv",
        "argmap-claims.cyjs",
        "argmap-claims.dot",
        "argmap-claims.gexf",
        "argmap-claims.graphml",
        "argmap-claims.graphology.json",
        "argmap-full.gexf",
        "argmap-holders.gexf",
        "argmap-holders.svg",
    }
    listed = (ROOT / "exports" / "README.md").read_text(encoding="utf-8")
    assert [name for name in sizes if f"`{name}`" not in listed] == []
    assert "graphml" in told["losses"]
    losses = (tmp_path / "losses.txt").read_text(encoding="utf-8")
    assert "timeline" in losses
    assert "513 positions, 130 citations" in losses
    assert "which the view holders does not show" in losses


def test_exporters_of_three_kinds_are_written(
    argmap: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Other packages' exporters: of the first signature, streaming, and of views."""
    entries = [
        EntryPoint(name, f"test_cli_graphs:{name.upper()}", registry.GROUP)
        for name in ("old", "streaming", "drawn", "bad")
    ]
    monkeypatch.setattr(registry, "entry_points", lambda group: entries)
    assert argmap("export", "old")[:2] == (0, b"336")
    assert argmap("export", "streaming")[:2] == (0, b"336 22")
    assert argmap("export", "drawn", "--view", "holders")[:2] == (0, b"114")
    path = tmp_path / "bad"
    code, _, err = argmap("export", "bad", "-o", str(path))
    assert code == 1
    assert "too bad [too-bad]" in err
    assert not path.exists()
    code, _, err = argmap("build", "-o", str(tmp_path / "exports"))
    assert code == 1
    assert not list((tmp_path / "exports").iterdir())


def _stream(literature, derived, file):  # type: ignore[no-untyped-def]
    file.write(b"%d %d" % (len(literature.claims), len(derived.disputes)))
    return []


def _draw(view, file):  # type: ignore[no-untyped-def]
    file.write(b"%d" % len(view.nodes))
    return []


def _fail(literature, derived, file):  # type: ignore[no-untyped-def]
    from argmap.diagnostics import Diagnostic

    file.write(b"half")
    return [Diagnostic(path="export bad", message="too bad", code="too-bad")]


OLD = Exporter("old", ".old", lambda literature, _: (b"%d" % len(literature.claims), []))
STREAMING = Exporter("streaming", ".streaming", stream=_stream)
DRAWN = Exporter("drawn", ".drawn", draw=_draw)
BAD = Exporter("bad", ".bad", stream=_fail)
