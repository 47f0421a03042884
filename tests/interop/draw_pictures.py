"""The pictures of the documentation that others draw: ``make pictures``.

Gephi's preview of the holders, and the same drawn by sigma in Chromium, as Gephi Lite draws it.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path

from check_graphs import find_gephi
from clients import ROOT, Outcome, find_node_module, find_program, run, tail
from PIL import Image, ImageChops

PICTURES = ROOT / "docs" / "pictures"
_PAGE = """
import Sigma from 'sigma'
import { MultiGraph } from 'graphology'
import gexf from 'graphology-gexf'
const graph = gexf.parse(MultiGraph, window.GEXF)
graph.forEachEdge((edge, a) => graph.setEdgeAttribute(edge, 'size', 1 + 0.4 * (a.weight - 1)))
graph.forEachNode((node, a) => graph.setNodeAttribute(node, 'size', 0.6 * a.size))
new Sigma(graph, document.getElementById('graph'), {
  labelRenderedSizeThreshold: 3, labelDensity: 3, labelGridCellSize: 60, labelSize: 12,
  defaultEdgeType: 'line',
})
"""
_CHROMIUM = (
    "--headless=new",
    "--no-sandbox",
    "--use-gl=angle",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--window-size=1400,1000",
    "--virtual-time-budget=8000",
)


def draw_gephi(graph: Path) -> Outcome:
    """Draw a graph in the preview of Gephi."""
    name, jar = "Gephi's preview", find_gephi()
    renderer = find_program("pdftoppm", "poppler-utils")
    if not jar or not renderer:
        return Outcome(name, "skipped", "java, the Gephi toolkit or pdftoppm cannot be had")
    reader = ROOT / "tests" / "interop" / "ReadGraph.java"
    code, told = run(["java", "-Djava.awt.headless=true", "-cp", jar, str(reader), str(graph)])
    if code:
        return Outcome(name, "failed", tail(told))
    bare = graph.with_suffix("")
    run([renderer, "-png", "-r", "170", "-singlefile", f"{graph}.pdf", str(bare)])
    _keep(bare.with_suffix(".png"), "gephi.png")
    return Outcome(name, "passed")


def draw_sigma(graph: Path) -> Outcome:
    """Draw a graph by sigma in Chromium."""
    name = "sigma in Chromium"
    modules = ("graphology", "graphology-gexf", "sigma", "esbuild")
    folders = [find_node_module(module) for module in modules]
    chromium = find_program("chromium", "chromium")
    if not all(folders) or not chromium:
        return Outcome(name, "skipped", "the npm packages or Chromium cannot be had")
    folder = Path(folders[0])
    (folder / "page.mjs").write_text(_PAGE, encoding="utf-8")
    bundle = graph.with_suffix(".js")
    esbuild = folder / "node_modules" / ".bin" / "esbuild"
    command = [str(esbuild), str(folder / "page.mjs"), "--bundle", f"--outfile={bundle}"]
    code, told = run(command)
    if code:
        return Outcome(name, "failed", tail(told))
    text = json.dumps(graph.read_text(encoding="utf-8")).replace("</", "<\\/")
    page = graph.with_suffix(".html")
    page.write_text(
        '<!doctype html><meta charset="utf-8"><body style="margin: 0; background: white">'
        '<div id="graph" style="width: 1400px; height: 1000px"></div>'
        f'<script>window.GEXF = {text}</script><script src="{bundle.name}"></script>',
        encoding="utf-8",
    )
    picture = graph.with_suffix(".png")
    profile = graph.with_suffix(".profile")
    command = [chromium, *_CHROMIUM, f"--user-data-dir={profile}", f"--screenshot={picture}"]
    code, told = run([*command, page.as_uri()])
    if code or not picture.is_file():
        return Outcome(name, "failed", tail(told))
    _keep(picture, "gephi-lite.png")
    return Outcome(name, "passed")


def _keep(drawn: Path, name: str) -> None:
    """Keep a picture without its white margin."""
    picture = Image.open(drawn).convert("RGB")
    white = Image.new("RGB", picture.size, "white")
    left, top, right, bottom = ImageChops.difference(picture, white).getbbox() or (0, 0, 1, 1)
    box = (max(0, left - 20), max(0, top - 20), right + 20, bottom + 20)
    picture.crop(box).save(PICTURES / name, optimize=True)


def main() -> int:
    """Draw both pictures; return 1 if one could not be drawn."""
    sys.path.insert(0, str(ROOT))
    from argmap.analysis import analyse
    from argmap.exports.gexf import write_gexf
    from argmap.exports.views import build_view
    from argmap.literature import load_literature

    literature = load_literature(ROOT / "corpus", ROOT / "references.bib").literature
    view = build_view(literature, analyse(literature, draws=0), "holders")
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "holders.gexf"
        with graph.open("wb") as file:
            write_gexf(view, file)
        outcomes = [draw_gephi(graph), draw_sigma(graph)]
    for outcome in outcomes:
        print(outcome.result, outcome.client, re.sub(r"\s+", " ", outcome.told))
    return int(any(outcome.result == "failed" for outcome in outcomes))


if __name__ == "__main__":
    sys.exit(main())
