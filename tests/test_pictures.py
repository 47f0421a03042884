"""Pictures: no label covers another, opposition is seen without colour, the same bytes again."""

from __future__ import annotations

import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from itertools import combinations

import pytest
from shared import ROOT
from view_examples import hostile

from argmap.analysis import analyse
from argmap.exports.pictures import (
    LARGEST,
    choose_dashes,
    draw_view,
    write_png,
    write_svg,
)
from argmap.exports.registry import draw_whole
from argmap.exports.view_records import Node, View
from argmap.exports.views import build_view
from argmap.literature import load_literature
from argmap.model import Derived, Literature

pytest.importorskip("matplotlib")
SVG = "{http://www.w3.org/2000/svg}"
PICTURES = {
    "dispute.svg": "dispute:coalitions-effective-by-design",
    "holders.svg": "holders",
}


@pytest.fixture(scope="module")
def shipped() -> tuple[Literature, Derived]:
    literature = load_literature(ROOT / "corpus", ROOT / "references.bib").literature
    return literature, analyse(literature, draws=0)


@pytest.mark.parametrize("name", [*PICTURES.values(), "dispute:1", "dispute:2"])
def test_no_label_covers_another(shipped: tuple[Literature, Derived], name: str) -> None:
    """The boxes that matplotlib itself measures, of texts and of boxes, at 5 to 114 nodes."""
    figure, marks = draw_view(build_view(*shipped, name))
    assert all(mark.lines for mark in marks)
    renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
    axes = figure.axes[0]
    boxes = [text.get_window_extent(renderer) for text in axes.texts]
    assert len(boxes) == len(marks)
    for one, other in combinations(boxes, 2):
        assert not one.overlaps(other)
    edge = figure.bbox
    for box in boxes:
        assert edge.x0 <= box.x0 <= box.x1 <= edge.x1
        assert edge.y0 <= box.y0 <= box.y1 <= edge.y1


@pytest.mark.parametrize("name", ["claims", "holders", "full", "dispute:marks"])
@pytest.mark.parametrize("write", [write_svg, write_png])
def test_hostile_content_is_drawn(name: str, write: object) -> None:
    literature = hostile()
    view = build_view(literature, analyse(literature, draws=0), name)
    data, findings = draw_whole(write, view)  # type: ignore[arg-type]
    told = " ".join(finding.message for finding in findings)
    if write is write_svg:
        root = ElementTree.fromstring(data)
        assert root.find(f"{SVG}title") is not None
        shown = " ".join(element.text or "" for element in root.iter(f"{SVG}text"))
        assert "Ferries & <bridges>" in shown
        assert "character" not in told
    else:
        assert data.startswith(b"\x89PNG")
        if name != "holders":
            assert "characters that the font does not have" in told


def test_a_picture_is_the_same_again(shipped: tuple[Literature, Derived]) -> None:
    for write in (write_svg, write_png):
        view = build_view(*shipped, "dispute:1")
        assert draw_whole(write, view)[0] == draw_whole(write, view)[0]
    assert b"<dc:date>" not in draw_whole(write_svg, view)[0]


@pytest.mark.parametrize("name", PICTURES)
def test_the_pictures_of_the_documentation_are_as_drawn_now(name: str) -> None:
    """Whoever changes the review or the drawing draws them anew: ``make pictures``."""
    import matplotlib

    literature = load_literature(ROOT / "corpus", ROOT / "references.bib").literature
    data, _ = draw_whole(write_svg, build_view(literature, analyse(literature), PICTURES[name]))
    kept = (ROOT / "docs" / "pictures" / name).read_text(encoding="utf-8")
    drawn = data.decode()
    assert read_texts(kept) == read_texts(drawn)
    version = re.search(r"Matplotlib v([\d.]+)", kept)
    assert version is not None
    if version[1] == matplotlib.__version__:
        assert kept == drawn


def read_texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_opposition_is_seen_without_colour() -> None:
    for opposed, agreed in (
        ("contests", "supports"),
        ("against", "for"),
        ("disagrees", "agrees"),
        ("disputes", "asserts"),
    ):
        assert choose_dashes(opposed) != choose_dashes(agreed)
        assert choose_dashes(agreed) == "solid"


def test_too_many_nodes_are_refused() -> None:
    nodes = [Node(id=str(n), label=str(n), kind="claim") for n in range(LARGEST + 1)]
    data, (finding,) = draw_whole(write_svg, View(name="claims", nodes=nodes))
    assert data == b""
    assert (finding.severity, finding.code) == ("error", "picture-size")


def test_of_many_nodes_the_larger_ones_have_labels() -> None:
    nodes = [
        Node(id=f"{n:03}", label=f"n{n}", kind="claim", size=1 + n / 100, x=float(n % 20) * 9,
             y=n // 20 * 9.0)
        for n in range(200)
    ]  # fmt: skip
    view = View(name="claims", nodes=nodes)
    _, marks = draw_view(view)
    bare = [mark.node.id for mark in marks if not mark.lines]
    assert bare == [f"{n:03}" for n in range(50)]
    _, findings = draw_whole(write_svg, view)
    assert "left out: the labels of 50 nodes, the smaller ones" in [f.message for f in findings]


def test_nothing_is_drawn_too() -> None:
    for name in ("claims", "holders", "full"):
        data, _ = draw_whole(write_svg, build_view(Literature(), Derived(), name))
        assert ElementTree.fromstring(data) is not None


def test_math_is_text() -> None:
    node = Node(id="a", label="costs $5 and $x^2$", kind="work")
    data, _ = draw_whole(write_svg, View(name="holders", title="$\\alpha$", nodes=[node]))
    assert read_texts(data.decode())[:3] == ["costs $5 and $x^2$", "$\\alpha$"][:3]


def test_matplotlib_is_loaded_for_pictures_alone() -> None:
    code = "import sys, argmap.exports.pictures; print('matplotlib' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
