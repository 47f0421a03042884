"""Independent readers of the graphs: the RELAX NG of GEXF, Gephi itself, and what Gephi Lite uses.

``python tests/interop/check_graphs.py FILE...`` asks them about any GEXF files.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from clients import (
    FOLDER,
    ROOT,
    Outcome,
    fetch_jars,
    find_node_module,
    find_program,
    print_outcomes,
    run,
    tail,
)

GEPHI = "0.10.1"
_READ_GEXF = """
import fs from 'fs'
import { MultiGraph } from 'graphology'
import gexf from 'graphology-gexf'
const count = (graph, each, name) => {
  const found = {}
  graph[each]((key, a) => { if (name in a) found[a[name]] = (found[a[name]] || 0) + 1 })
  return found
}
const list = (graph, each) => {
  const names = new Set()
  graph[each]((key, a) => Object.keys(a).forEach(name => names.add(name)))
  return [...names].sort()
}
console.warn = console.error = text => { console.log('WARN ' + text) }
for (const path of process.argv.slice(2)) {
  const text = fs.readFileSync(path, 'utf8')
  const graph = path.endsWith('.gexf')
    ? gexf.parse(MultiGraph, text) : MultiGraph.from(JSON.parse(text))
  console.log(JSON.stringify({
    nodes: graph.order, edges: graph.size, kinds: count(graph, 'forEachEdge', 'kind'),
    node_columns: list(graph, 'forEachNode'), edge_columns: list(graph, 'forEachEdge'),
  }))
}
"""
_READ_CYTOSCAPE = """
import fs from 'fs'
import cytoscape from 'cytoscape'
console.warn = console.error = text => { console.log('WARN ' + text) }
const file = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'))
const graph = cytoscape({ headless: true, elements: file.elements, layout: { name: 'preset' } })
const kinds = {}
graph.edges().forEach(e => { kinds[e.data('kind')] = (kinds[e.data('kind')] || 0) + 1 })
console.log(JSON.stringify({ nodes: graph.nodes().length, edges: graph.edges().length, kinds }))
"""
_OWN = {"label", "color", "size", "x", "y", "z", "kind", "weight"}


def check() -> list[Outcome]:
    """Let them judge the shipped review, a hostile one and an empty one, in every view."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = list(_write_files(folder))
        gexf = [path for path in paths if path.suffix == ".gexf"]
        return [
            *check_files(gexf),
            *_ask_gephi_of_tables(paths),
            *(
                ask(path)
                for path in paths
                for suffix, ask in _OTHERS.items()
                if path.name.endswith(suffix)
            ),
        ]


def check_files(paths: list[Path]) -> list[Outcome]:
    """Let all readers of GEXF judge some files."""
    return [
        *_ask_jing(paths),
        *_ask_graphology(paths),
        *_ask_gephi(paths),
    ]


def _write_files(folder: Path) -> Iterator[Path]:
    """Write what is to be judged, and yield the paths."""
    sys.path.insert(0, str(ROOT / "tests"))
    from view_examples import hostile

    from argmap.analysis import analyse
    from argmap.exports.registry import list_exporters, load_exporter
    from argmap.exports.views import build_view
    from argmap.literature import load_literature
    from argmap.model import Derived, Literature

    shipped = load_literature(ROOT / "corpus", ROOT / "references.bib").literature
    unkind = hostile()
    derived = analyse(shipped, draws=0)
    reviews: list[tuple[str, Literature, Derived, tuple[str, ...]]] = [
        ("review", shipped, derived, ("claims", "holders", "full", "dispute:1", "dispute:22")),
        ("hostile", unkind, analyse(unkind, draws=0), ("claims", "full")),
        ("empty", Literature(), Derived(), ("claims",)),
    ]
    exporters = [load_exporter(name) for name in list_exporters()]
    for name, literature, found, views in reviews:
        for view_name in views:
            view = build_view(literature, found, view_name)
            stem = f"{name}-{view_name.replace(':', '-')}"
            for exporter in exporters:
                if exporter.draw is None or exporter.suffix not in (".gexf", ".csv", *_OTHERS):
                    continue
                if exporter.suffix != ".gexf" and view_name not in ("claims", "full"):
                    continue
                for part, draw in exporter.parts or (("", exporter.draw),):
                    path = folder / f"{stem}{part and '-'}{part}{exporter.suffix}"
                    with path.open("wb") as file:
                        draw(view, file)
                    yield path


def _describe(path: Path) -> dict[str, Any]:
    """Return what a GEXF file holds, read as plain XML."""
    tag = "{http://gexf.net/1.3}"
    graph = ElementTree.parse(path).getroot().find(f"{tag}graph")
    assert graph is not None
    edges = list(graph.iter(f"{tag}edge"))
    nodes = list(graph.iter(f"{tag}node"))
    columns: dict[str, set[str]] = {"node": set(), "edge": set()}
    for attributes in graph.findall(f"{tag}attributes"):
        columns[str(attributes.get("class"))] = {str(each.get("title")) for each in attributes}
    years = [float(str(node.get("start"))) for node in nodes if node.get("start")]
    return {
        "nodes": len(nodes),
        "edges": len(edges),
        "kinds": dict(Counter(str(edge.get("kind")) for edge in edges)),
        "node_columns": columns["node"],
        "edge_columns": columns["edge"],
        "dated": len(years),
        "bounds": f"{min(years)} {max(years)}" if years else "",
        "directed": str(graph.get("defaultedgetype")),
    }


def _compare(name: str, path: Path, found: dict[str, Any], keys: tuple[str, ...]) -> Outcome:
    """Compare what a reader found with what the file holds."""
    held = _describe(path)
    wrong = [f"{key}: {found[key]}, not {held[key]}" for key in keys if found[key] != held[key]]
    if wrong:
        return Outcome(name, "failed", "; ".join(wrong))
    return Outcome(name, "passed", f"{held['nodes']} nodes, {held['edges']} edges")


# ---- the schema ---------------------------------------------------------------------------------


def _ask_jing(paths: list[Path]) -> Iterator[Outcome]:
    shared = Path(os.environ.get("ARGMAP_SHARED") or ROOT.parent / "shared")
    schema = shared / "data" / "gexf-schema" / "1.3" / "gexf.rnc"
    jing = find_program("jing", "jing") if schema.is_file() else ""
    for path in paths:
        name = f"RELAX NG of GEXF 1.3 {path.name}"
        if not jing:
            why = "jing is not installed and cannot be" if schema.is_file() else "no schema at hand"
            yield Outcome(name, "skipped", why)
            continue
        code, told = run([jing, "-c", str(schema), str(path)])
        complaints = [line for line in told.splitlines() if ": error:" in line]
        wrong = code or complaints
        yield Outcome(name, "failed" if wrong else "passed", tail(told) if wrong else "")


# ---- Gephi Lite's reader ------------------------------------------------------------------------


def _ask_node(script: str, modules: tuple[str, ...], paths: list[Path]) -> tuple[str, list[Any]]:
    """Run a script on some paths: why it could not be run, and what it said of each."""
    folders = [find_node_module(module) for module in modules]
    if not all(folders):
        return f"the npm package {modules[folders.index('')]} cannot be had", []
    program = Path(folders[0]) / "read-graph.mjs"
    program.write_text(script, encoding="utf-8")
    found = []
    for path in paths:
        code, told = run(["node", str(program), str(path)])
        lines = told.strip().splitlines()
        sound = not code and not any(line.startswith("WARN") for line in lines)
        found.append(json.loads(lines[-1]) if sound else tail(told))
    return "", found


def _ask_graphology(paths: list[Path]) -> Iterator[Outcome]:
    modules = ("graphology", "graphology-gexf")
    missing, found = _ask_node(_READ_GEXF, modules, paths)
    for number, path in enumerate(paths):
        name = f"graphology-gexf {path.name}"
        if missing:
            yield Outcome(name, "skipped", missing)
        elif isinstance(found[number], str):
            yield Outcome(name, "failed", found[number])
        else:
            held, row = _describe(path), found[number]
            absent = [
                column
                for part in ("node_columns", "edge_columns")
                for column in held[part] - set(row[part])
            ]
            if absent and held["edges"]:
                yield Outcome(name, "failed", f"columns not read: {absent}")
            else:
                yield _compare(name, path, row, ("nodes", "edges", "kinds"))


def _ask_graphology_json(path: Path) -> Outcome:
    name = f"graphology {path.name}"
    missing, found = _ask_node(_READ_GEXF, ("graphology", "graphology-gexf"), [path])
    return _judge_counts(name, path, ".graphology.json", missing, found)


def _ask_cytoscape(path: Path) -> Outcome:
    name = f"cytoscape.js {path.name}"
    missing, found = _ask_node(_READ_CYTOSCAPE, ("cytoscape",), [path])
    return _judge_counts(name, path, ".cyjs", missing, found)


def _judge_counts(name: str, path: Path, suffix: str, missing: str, found: list[Any]) -> Outcome:
    if missing:
        return Outcome(name, "skipped", missing)
    if isinstance(found[0], str):
        return Outcome(name, "failed", found[0])
    beside = path.with_name(path.name.removesuffix(suffix) + ".gexf")
    return _compare(name, beside, found[0], ("nodes", "edges", "kinds"))


# ---- Graphviz -----------------------------------------------------------------------------------


def _ask_graphviz(path: Path) -> Outcome:
    name = f"graphviz {path.name}"
    neato = find_program("neato", "graphviz")
    if not neato:
        return Outcome(name, "skipped", "graphviz is not installed and cannot be")
    picture = path.with_suffix(".json")
    code, told = run([neato, "-n2", "-Tjson", "-o", str(picture), str(path)])
    if code or told.strip():
        return Outcome(name, "failed", tail(told))
    graph = json.loads(picture.read_text(encoding="utf-8"))
    edges = graph.get("edges", [])
    found = {
        "nodes": len(graph.get("objects", [])),
        "edges": len(edges),
        "kinds": dict(Counter(edge["kind"] for edge in edges)),
    }
    return _compare(name, path.with_suffix(".gexf"), found, ("nodes", "edges", "kinds"))


_OTHERS: dict[str, Callable[[Path], Outcome]] = {
    ".dot": _ask_graphviz,
    ".cyjs": _ask_cytoscape,
    ".graphology.json": _ask_graphology_json,
}


# ---- Gephi --------------------------------------------------------------------------------------


def find_gephi() -> str:
    """Return the jar of the Gephi toolkit, or "" if it or a compiler of Java cannot be had."""
    jar = FOLDER / "gephi" / "lib" / f"gephi-toolkit-{GEPHI}-all.jar"
    if not shutil.which("javac"):
        return ""
    if not jar.is_file():
        fetch_jars(jar.parent, f"org.gephi:gephi-toolkit:{GEPHI}:all")
    return str(jar) if jar.is_file() else ""


def _ask_gephi(paths: list[Path]) -> Iterator[Outcome]:
    for path, row in zip(paths, _read_by_gephi(paths), strict=True):
        yield row if isinstance(row, Outcome) else _judge_gephi(path, row)


def _ask_gephi_of_tables(paths: list[Path]) -> Iterator[Outcome]:
    """Let the spreadsheet import of Gephi read nodes and edges, each by itself."""
    tables = [path for path in paths if path.suffix == ".csv" and "empty" not in path.name]
    for path, row in zip(tables, _read_by_gephi(tables), strict=True):
        name = f"Gephi {path.name}"
        beside = path.with_name(re.sub("-(nodes|edges)[.]csv$", ".gexf", path.name))
        keys = ("nodes",) if path.name.endswith("-nodes.csv") else ("edges", "kinds")
        if isinstance(row, Outcome):
            yield row
        elif row["told"]:
            yield Outcome(name, "failed", row["told"])
        else:
            yield _compare(name, beside, row, keys)


def _read_by_gephi(paths: list[Path]) -> list[dict[str, Any] | Outcome]:
    """Return what Gephi makes of each file, or what became of it."""
    jar = find_gephi()
    if not jar:
        why = "java or the Gephi toolkit cannot be had"
        return [Outcome(f"Gephi {path.name}", "skipped", why) for path in paths]
    reader = ROOT / "tests" / "interop" / "ReadGraph.java"
    command = ["java", "-Djava.awt.headless=true", "-cp", jar, str(reader)]
    code, told = run([*command, *map(str, paths)])
    rows = [json.loads(line) for line in told.splitlines() if line.startswith('{"file"')]
    if code or len(rows) != len(paths):
        return [Outcome(f"Gephi {path.name}", "failed", tail(told)) for path in paths]
    return [*rows]


def _judge_gephi(path: Path, row: dict[str, Any]) -> Outcome:
    name = f"Gephi {path.name}"
    complaints = re.findall(r"(?:WARNING|SEVERE|CRITICAL): [^;]*", row["told"])
    if complaints:
        return Outcome(name, "failed", "; ".join(complaints))
    held = _describe(path)
    if held["dated"] and "INTERVAL" not in row["time"]:
        return Outcome(name, "failed", f"no timeline: {row['time']}")
    preview = path.with_name(f"{path.name}.pdf")
    if held["nodes"] and not _has_picture(preview):
        return Outcome(name, "failed", "the preview is empty")
    own = {"Id", "Label", "Interval", "Weight"}
    row["node_columns"] = set(row["node_columns"]) - own
    row["edge_columns"] = set(row["edge_columns"]) - own
    row["directed"] = row["directed"].lower()
    row["bounds"] = row["bounds"] if held["dated"] else ""
    keys = ["nodes", "edges", "kinds", "dated", "bounds"]
    if held["edges"]:
        keys += ["node_columns", "edge_columns", "directed"]
    return _compare(name, path, row, tuple(keys))


def _has_picture(preview: Path) -> bool:
    """Say whether a preview shows anything: rendered where that can be done, else by its size."""
    if not preview.is_file() or preview.stat().st_size < 500:
        return False
    renderer = find_program("pdftoppm", "poppler-utils")
    if not renderer:
        return True
    picture = preview.with_suffix(".ppm")
    code, _ = run([renderer, "-r", "60", "-singlefile", str(preview), str(preview.with_suffix(""))])
    pixels = picture.read_bytes()[20:] if not code and picture.is_file() else b""
    return len(set(pixels)) > 10


def main() -> int:
    """Print one line a client and file; return 1 if one was refused."""
    paths = [Path(name) for name in sys.argv[1:]]
    return print_outcomes(check_files(paths) if paths else check())


if __name__ == "__main__":
    sys.exit(main())
