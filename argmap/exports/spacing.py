"""Room for nodes with their labels: boxes moved until none covers another, as little as may be."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot, sqrt

import numpy as np
import numpy.typing as npt

from argmap.exports.layout import lay_out, round_positions

Floats = npt.NDArray[np.float64]
Point = tuple[float, float]
Outline = tuple[float, float, float, float, bool]
"""Middle, half width and half height, and whether it is a box (else it is a disc)."""

_GAP = 6.0
_GAP_ANEW = 18.0
_ROOM = 3.2
_ROOM_ANEW = 2.4
"""How many times the area of all boxes the picture is large, about."""


def space_out(
    sizes: Sequence[tuple[float, float]],
    position: Sequence[tuple[float, float]],
    edges: Sequence[tuple[int, int]],
    *,
    relax: bool = False,
) -> Floats:
    """Return middles of boxes, shape (n, 2), so that no two boxes come nearer than six units.

    ``sizes`` are widths and heights.  The boxes start where ``position`` has them, spread over the
    room that they need; with ``relax`` they are laid out anew, for boxes that are large beside the
    distances.  Quadratic in the number of boxes, in up to some hundred rounds.
    """
    count = len(sizes)
    if count == 0:
        return np.zeros((0, 2))
    size = np.asarray(sizes, dtype=np.float64)
    if relax:
        sources = [source for source, _ in edges]
        targets = [target for _, target in edges]
        radii = (size[:, 0] + size[:, 1]) / 4
        spot = lay_out(count, sources, targets, radii=radii)
    else:
        spot = np.asarray(position, dtype=np.float64)
    spot = np.array(spot, dtype=np.float64)
    spot -= (spot.min(axis=0) + spot.max(axis=0)) / 2
    extent = np.maximum(spot.max(axis=0) - spot.min(axis=0), 1.0)
    gap = _GAP_ANEW if relax else _GAP
    room = _ROOM_ANEW if relax else _ROOM
    needed = room * sum((width + gap) * (height + gap) for width, height in sizes)
    scale = sqrt(needed / float(extent[0] * extent[1]))
    spot = round_positions(spot * scale, 3)
    _push_boxes(spot, size + gap)
    return round_positions(spot, 2)


def _push_boxes(spot: Floats, size: Floats) -> None:
    """Push boxes apart in place, each pair along the way that is shorter."""
    count = len(spot)
    if count < 2:
        return
    first, second = np.triu_indices(count, 1)
    need = (size[first] + size[second]) / 2
    for _ in range(600):
        apart = spot[second] - spot[first]
        over = need - np.abs(apart)
        touching = np.flatnonzero((over > 1e-2).all(axis=1))
        if not len(touching):
            return
        one, other = first[touching], second[touching]
        over, apart = over[touching], apart[touching]
        axis = (over[:, 1] < over[:, 0]).astype(np.int64)
        rows = np.arange(len(axis))
        toward = np.where(apart[rows, axis] < 0, -1.0, 1.0)
        move = toward * (over[rows, axis] * 0.5 + 0.01)
        for side in (0, 1):
            along = np.where(axis == side, move, 0.0)
            spot[:, side] += np.bincount(other, along, count) - np.bincount(one, along, count)
    apart = np.abs(spot[second] - spot[first])
    # Whatever is left is cleared by spreading all of it.
    ratio = (need / np.maximum(apart, 1e-3)).min(axis=1).max()
    spot *= max(1.0, float(ratio)) * 1.001


def clip_ends(source: Outline, target: Outline) -> tuple[Point, Point]:
    """Return where the line between two outlines leaves the one and meets the other."""
    dx, dy = target[0] - source[0], target[1] - source[1]
    length = hypot(dx, dy) or 1.0
    begin, end = _reach(source, dx / length, dy / length), _reach(target, dx / length, dy / length)
    if begin + end >= length:
        begin = end = length * 0.45
    return (
        (source[0] + dx / length * begin, source[1] + dy / length * begin),
        (target[0] - dx / length * end, target[1] - dy / length * end),
    )


def _reach(outline: Outline, dx: float, dy: float) -> float:
    """Return how far it is from the middle of an outline to its edge in a direction."""
    _, _, width, height, boxed = outline
    if not boxed:
        return width
    return min(width / abs(dx) if dx else float("inf"), height / abs(dy) if dy else float("inf"))
