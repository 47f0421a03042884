"""A view as a picture, SVG or PNG, as it can stand in a paper: drawn with matplotlib.

Nodes keep clear of each other with their labels.  Support and contest differ in more than colour:
what opposes is dashed and ends in a bar, what agrees is solid and ends in an arrow.
"""

from __future__ import annotations

import textwrap
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from math import hypot
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from argmap.diagnostics import Diagnostic
from argmap.exports.losses import tell_losses
from argmap.exports.palette import split_colour
from argmap.exports.registry import Exporter
from argmap.exports.spacing import Floats, Outline, Point, clip_ends, space_out
from argmap.exports.view_records import Edge, Node, View
from argmap.extras import require

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

LARGEST = 2_000
"""Pictures of more nodes are refused: nobody could read them."""

_LABELLED = 150
_BOXED = 60
_LINES = 6
_INK = "#222222"
_LABEL_SIZE = 7.0
_BOX_SIZE = 7.5
_LINE = 1.22
_MARKERS = {"claim": "o", "work": "o", "actor": "s", "group": "D", "relation": "o"}
_KIND_NAMES = {"claim": "claim", "work": "work", "actor": "actor", "group": "group"}
_OPPOSING = frozenset(("contests", "undercuts", "against", "disagrees", "disputes"))
_NEITHER = frozenset(("qualifies", "reports", "on both sides", "cites"))
_STYLE = {
    "font.family": ["DejaVu Sans"],
    "svg.fonttype": "none",
    "svg.hashsalt": "argmap",
}


class Mark(NamedTuple):
    """A node as it is drawn: its text in lines, and its width and height in points.

    A boxed node has its text inside; of others the text stands below a marker of ``size`` points.
    """

    node: Node
    lines: tuple[str, ...]
    boxed: bool
    size: float
    width: float
    height: float


def write_svg(view: View, file: BinaryIO) -> list[Diagnostic]:
    """Draw a view as SVG with its text as text, and return what is not drawn as notes."""
    return _write(view, file, "svg")


def write_png(view: View, file: BinaryIO) -> list[Diagnostic]:
    """Draw a view as PNG of 200 dots an inch, and return what is not drawn as notes."""
    return _write(view, file, "png")


def _write(view: View, file: BinaryIO, form: str) -> list[Diagnostic]:
    """Draw a view; an error where it has too many nodes.

    Raises
    ------
    MissingExtra
        If matplotlib is not installed.
    """
    matplotlib = require("matplotlib", "pictures")
    if len(view.nodes) > LARGEST:
        return [
            Diagnostic(
                path=f"export {form}",
                message=f"{len(view.nodes):,} nodes are too many for a picture",
                code="picture-size",
                remedy="Choose one dispute (--view dispute:ID) or one topic (--topic T), or open "
                "the gexf in Gephi.",
            )
        ]
    about = {"Title": clean(view.title)}
    dated = {"Date": None} if form == "svg" else {"Software": None}
    # The fonts lack some characters; that is counted below.
    with matplotlib.rc_context(_STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure, marks = draw_view(view)
        figure.savefig(file, format=form, dpi=200, metadata={**about, **dated})
        absent = _count_absent(marks) if form == "png" else 0
    unlabelled = sum(not mark.lines for mark in marks)
    columns = len(view.node_columns) + len(view.edge_columns)
    return tell_losses(
        form,
        [
            (unlabelled, "the labels of {}, the smaller ones", "node"),
            (absent, "{} that the font does not have", "character"),
            (columns, "all columns but labels, kinds, schools and weights", ""),
        ],
    )


def draw_view(view: View) -> tuple[Figure, list[Mark]]:
    """Return a view as a figure, with its nodes as they are drawn.

    Claims of a dispute stand in boxes with what they say; other nodes are markers with a label
    below, of which only the 150 largest nodes have one.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    marks = list(_list_marks(view))
    number = {node.id: place for place, node in enumerate(view.nodes)}
    position = space_out(
        [(mark.width, mark.height) for mark in marks],
        [(mark.node.x, mark.node.y) for mark in marks],
        [(number[edge.source], number[edge.target]) for edge in view.edges],
        relax=len(marks) <= _BOXED and any(mark.boxed for mark in marks),
    )
    reach = [(mark.width / 2, mark.height / 2) for mark in marks] or [(0.0, 0.0)]
    spots = position.tolist() or [[0.0, 0.0]]
    left = min(x - w for (x, _), (w, _) in zip(spots, reach, strict=True)) - 12
    right = max(x + w for (x, _), (w, _) in zip(spots, reach, strict=True)) + 12
    bottom = min(y - h for (_, y), (_, h) in zip(spots, reach, strict=True)) - 12
    top = max(y + h for (_, y), (_, h) in zip(spots, reach, strict=True)) + 12
    width, height = max(right - left, 360.0), max(top - bottom, 60.0)
    title = textwrap.wrap(clean(view.title), max(20, int(width / 7.2))) or [""]
    entries = _list_legend(view)
    columns = max(1, min(len(entries), int(width / 170)))
    rows = -(-len(entries) // columns)
    head, foot = 16.0 * len(title) + 14, 13.0 * rows + 16
    whole = height + head + foot
    figure = Figure(figsize=(width / 72, whole / 72), facecolor="white")
    FigureCanvasAgg(figure)
    axes: Axes = figure.add_axes((0, foot / whole, 1, height / whole))
    middle = (left + right) / 2
    axes.set_xlim(middle - width / 2, middle + width / 2)
    axes.set_ylim((bottom + top) / 2 - height / 2, (bottom + top) / 2 + height / 2)
    axes.axis("off")
    _draw_edges(axes, view, marks, position, number)
    for mark, (x, y) in zip(marks, position.tolist(), strict=True):
        _draw_mark(axes, mark, x, y)
    figure.text(
        12 / width,
        1 - 10 / whole,
        "\n".join(title),
        fontsize=10.5,
        weight="bold",
        va="top",
        color=_INK,
        parse_math=False,
    )
    if entries:
        figure.legend(
            handles=entries,
            loc="lower left",
            bbox_to_anchor=(6 / width, 4 / whole),
            ncols=columns,
            frameon=False,
            fontsize=7,
            labelcolor=_INK,
            handlelength=2.6,
            labelspacing=0.45,
            columnspacing=1.4,
            borderpad=0,
        )
    return figure, marks


def clean(text: str) -> str:
    """Return a text on one line, without what cannot be drawn."""
    shown = "".join(character if character.isprintable() else " " for character in text)
    return " ".join(shown.split())


def _list_marks(view: View) -> Iterator[Mark]:
    """Yield the nodes as they are drawn, in the order of the view."""
    names = [column.name for column in view.node_columns]
    at = names.index("statement") if "statement" in names else -1
    ranked = sorted(view.nodes, key=lambda node: (-node.size, node.id))
    labelled = {node.id for node in ranked[:_LABELLED]}
    boxed = view.name.startswith("dispute:") and len(view.nodes) <= _BOXED
    for node in view.nodes:
        if boxed and node.kind == "claim":
            said = clean(str(node.values[at] or node.label) if at >= 0 else node.label)
            lines = tuple(textwrap.wrap(said, 28, max_lines=_LINES, placeholder=" …"))
            width = max(map(_measure, lines), default=0.0) * _BOX_SIZE + 12
            yield Mark(node, lines, True, 0, width, len(lines) * _BOX_SIZE * _LINE + 9)
            continue
        label = clean(node.label) if node.id in labelled else ""
        lines = tuple(textwrap.wrap(label, 20))
        size = 1.3 * node.size
        width = max([size + 4, *(_measure(line) * _LABEL_SIZE + 4 for line in lines)])
        yield Mark(node, lines, False, size, width, size + 4 + len(lines) * _LABEL_SIZE * _LINE)


def _measure(text: str) -> float:
    """Return the width of a text set in one point."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    width, _, _ = text_to_path.get_text_width_height_descent(
        text, FontProperties(family="DejaVu Sans", size=100), ismath=False
    )
    return float(width) / 100


def _draw_mark(axes: Axes, mark: Mark, x: float, y: float) -> None:
    from matplotlib.patches import FancyBboxPatch

    colour = mark.node.colour
    text: dict[str, Any] = {
        "ha": "center",
        "color": _INK,
        "linespacing": 1.15,
        "parse_math": False,
        "zorder": 5,
    }
    if mark.boxed:
        width, height = mark.width - 4, mark.height - 4
        axes.add_patch(
            FancyBboxPatch(
                (x - width / 2, y - height / 2),
                width,
                height,
                boxstyle="round,pad=0,rounding_size=3",
                facecolor=_tint(colour),
                edgecolor=colour,
                linewidth=1.8 if mark.node.size > 8 else 0.9,
                zorder=4,
            )
        )
        axes.text(x, y, "\n".join(mark.lines), fontsize=_BOX_SIZE, va="center", **text)
        return
    centre = y + mark.height / 2 - 2 - mark.size / 2
    shrink = 0.8 if mark.node.kind in ("actor", "group") else 1.0
    axes.plot(
        [x],
        [centre],
        marker=_MARKERS.get(mark.node.kind, "o"),
        markersize=mark.size * shrink,
        markerfacecolor=colour,
        markeredgecolor="white",
        markeredgewidth=0.7,
        linestyle="none",
        zorder=4,
    )
    if mark.lines:
        axes.text(
            x,
            centre - mark.size / 2 - 1,
            "\n".join(mark.lines),
            fontsize=_LABEL_SIZE,
            va="top",
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 0.4},
            **text,
        )


def _draw_edges(
    axes: Axes, view: View, marks: Sequence[Mark], position: Floats, number: dict[str, int]
) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    together = Counter(frozenset((edge.source, edge.target)) for edge in view.edges)
    drawn: Counter[frozenset[str]] = Counter()
    for edge in view.edges:
        pair = frozenset((edge.source, edge.target))
        first, last = number[edge.source], number[edge.target]
        if first == last:
            continue
        start, end = clip_ends(
            _place(marks[first], position[first]), _place(marks[last], position[last])
        )
        # Edges between the same two bend to either side.
        bend = 0.0
        if together[pair] > 1:
            step = drawn[pair] // 2 + 1
            sign = 1 if edge.source < edge.target else -1
            bend = sign * 0.12 * step * (1 if drawn[pair] % 2 else -1)
        drawn[pair] += 1
        bent = (
            (start[0] + end[0]) / 2 + bend * (end[1] - start[1]),
            (start[1] + end[1]) / 2 - bend * (end[0] - start[0]),
        )
        width = min(0.9 + 0.35 * (edge.weight - 1), 3.0)
        shown = {"color": edge.colour, "alpha": 0.85, "zorder": 2, "linewidth": width}
        tip = end
        if view.directed:
            tip = _draw_end(axes, edge, bent, end, shown)
        axes.add_patch(
            PathPatch(
                Path([start, bent, tip], [Path.MOVETO, Path.CURVE3, Path.CURVE3]),
                fill=False,
                linestyle=choose_dashes(edge.kind),
                **shown,
            )
        )


def _draw_end(axes: Axes, edge: Edge, before: Point, end: Point, shown: dict[str, Any]) -> Point:
    """Draw the bar of what opposes, or the arrow of all else, and return where the line ends."""
    from matplotlib.patches import Polygon

    dx, dy = end[0] - before[0], end[1] - before[1]
    length = hypot(dx, dy) or 1.0
    dx, dy = dx / length, dy / length
    if edge.kind in _OPPOSING:
        near = (end[0] - 1.5 * dx, end[1] - 1.5 * dy)
        across = [(near[0] - 4 * dy, near[1] + 4 * dx), (near[0] + 4 * dy, near[1] - 4 * dx)]
        axes.add_patch(Polygon(across, closed=False, fill=False, **{**shown, "linewidth": 1.8}))
        return near
    back = (end[0] - 6.5 * dx, end[1] - 6.5 * dy)
    corners = [
        end,
        (back[0] - 2.6 * dy, back[1] + 2.6 * dx),
        (back[0] + 2.6 * dy, back[1] - 2.6 * dx),
    ]
    axes.add_patch(Polygon(corners, closed=True, fill=True, **{**shown, "linewidth": 0}))
    return back


def choose_dashes(kind: str) -> Any:
    """Return how the line of an edge is drawn: dashed if it opposes, dotted if it does neither."""
    if kind in _OPPOSING:
        return (0, (4, 2))
    return (0, (1, 1.6)) if kind in _NEITHER else "solid"


def _place(mark: Mark, position: Floats) -> Outline:
    """Return the outline at which an edge ends."""
    x, y = float(position[0]), float(position[1])
    if mark.boxed:
        return x, y, mark.width / 2, mark.height / 2, True
    return x, y + mark.height / 2 - 2 - mark.size / 2, mark.size / 2 + 1, mark.size / 2 + 1, False


def _list_legend(view: View) -> list[Any]:
    """Return what the colours, lines and markers mean."""
    from matplotlib.lines import Line2D

    handles: list[Any] = []
    for entry in view.legend:
        if entry.of == "node":
            drawn: dict[str, Any] = {"marker": "o", "markersize": 6, "linestyle": "none"}
        else:
            drawn = {"linestyle": choose_dashes(entry.key), "linewidth": 1.4}
        name = textwrap.shorten(clean(entry.name), 44, placeholder=" …")
        handles.append(Line2D([], [], color=entry.colour, label=name.replace("$", r"\$"), **drawn))
    kinds = {node.kind for node in view.nodes}
    if len(kinds - {"relation", "claim"}) > 1:
        for kind, name in _KIND_NAMES.items():
            if kind in kinds and kind != "claim":
                shape: dict[str, Any] = {
                    "marker": _MARKERS[kind],
                    "markersize": 5,
                    "linestyle": "none",
                }
                handles.append(
                    Line2D([], [], color="white", markeredgecolor=_INK, label=name, **shape)
                )
    return handles


def _tint(colour: str) -> tuple[float, float, float]:
    """Return a colour mixed with much white, on which dark text can be read."""
    red, green, blue = (1 - 0.12 * (1 - part / 255) for part in split_colour(colour))
    return red, green, blue


def _count_absent(marks: Sequence[Mark]) -> int:
    """Return the number of characters for which the font has no glyph."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    known = get_font(findfont(FontProperties(family="DejaVu Sans"))).get_charmap()
    text = "".join(line for mark in marks for line in mark.lines)
    return sum(ord(character) not in known for character in text)


_NEEDS = ("matplotlib", "pictures")
SVG = Exporter(
    "svg", ".svg", draw=write_svg, described="a picture whose text stays text", needs=_NEEDS
)
PNG = Exporter(
    "png", ".png", binary=True, draw=write_png, described="a picture in pixels", needs=_NEEDS
)
