"""Where nodes stand before anybody runs a layout: forces as in ForceAtlas2, in numpy.

The same graph gives the same positions on any machine: no random numbers, no matrix product, and
sums only along first axes and in bincounts, which add in one order everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

LARGEST = 20_000
"""Above so many nodes they stand in a grid, school by school."""

_EXACT_UP_TO = 800
_TOGETHER_UP_TO = 1 << 16
"""Small parts are laid out many at once, up to so many pairs of nodes."""
_ROUND_UP_TO = 60
_CELLS = 20
_ROUNDS = ((12, 80), (300, 400), (_EXACT_UP_TO, 200), (LARGEST, 80))
"""Up to how many nodes of a part forces are applied how often."""
_MARGIN = 1.25
_SPREAD = 1.2
_GRAVITY = 0.4
_GOLDEN = 2.399963229728653


def lay_out(
    count: int,
    sources: Sequence[int] | Ints,
    targets: Sequence[int] | Ints,
    *,
    weights: Sequence[float] | Floats | None = None,
    radii: Sequence[float] | Floats | None = None,
    groups: Sequence[int] | Ints | None = None,
    seed: int = 0,
) -> Floats:
    """Return positions of shape (count, 2) in which no two nodes overlap.

    Parameters
    ----------
    count
        Number of nodes, which are numbered from 0.
    sources, targets
        The ends of each edge.
    weights
        How strongly each edge pulls, at least 0 (default 1); what is pulled by 0 is not joined.
    radii
        The radius of each node (default 1); positions are in the same unit.
    groups
        The group of each node: nodes of one group start side by side, and stand together in a grid.
    seed
        Another seed turns the start of the layout, for who does not like how it came out.

    Connected parts are laid out each for itself and packed, the largest in the middle; nodes
    without edges stand together.  Linear in parts; quadratic up to 800 nodes of a part, linear
    above with far nodes taken together by the cell; above 20,000 nodes a grid, linear but for
    sorting.
    """
    if count == 0:
        return np.zeros((0, 2))
    radius = np.ones(count) if radii is None else np.asarray(radii, dtype=np.float64)
    group = np.zeros(count, np.int64) if groups is None else np.asarray(groups, dtype=np.int64)
    if count > LARGEST:
        return _stand_in_grid(radius, group)
    source, target = np.asarray(sources, dtype=np.int64), np.asarray(targets, dtype=np.int64)
    pull = np.ones(len(source)) if weights is None else np.asarray(weights, dtype=np.float64)
    kept = (source != target) & (pull > 0)
    source, target, pull = source[kept], target[kept], pull[kept]
    order, sizes = _find_parts(count, source, target)
    place = np.empty(count, dtype=np.int64)
    place[order] = np.arange(count)
    position = np.empty((count, 2))
    position[order] = _lay_out_parts(
        sizes, place[source], place[target], pull, radius[order], group[order], seed
    )
    return round_positions(position, 2)


def _find_parts(count: int, source: Ints, target: Ints) -> tuple[Ints, Ints]:
    """Return the nodes part by part, and how many each connected part has, large parts first.

    Nodes without edges are one part, the last.
    """
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    links = coo_array((np.ones(len(source), np.int8), (source, target)), shape=(count, count))
    number, label = connected_components(links, directed=False)
    sizes = np.bincount(label, minlength=number)
    _, first = np.unique(label, return_index=True)
    order = np.lexsort((first[label], -sizes[label]))
    joined = -np.sort(-sizes[sizes > 1], kind="stable")
    alone = count - int(joined.sum())
    return order, np.concatenate([joined, [alone]]) if alone else joined


def _lay_out_parts(
    sizes: Ints,
    source: Ints,
    target: Ints,
    pull: Floats,
    radius: Floats,
    group: Ints,
    seed: int,
) -> Floats:
    """Lay out parts of so many nodes, which come one after another, and pack them."""
    starts = np.cumsum(sizes) - sizes
    part = np.repeat(np.arange(len(sizes)), sizes)
    mean = np.bincount(part, radius) / sizes
    position = _start(radius, group, starts[part], 2.4 * mean[part], seed)
    by_part = np.argsort(part[source], kind="stable")
    source, target, pull = source[by_part], target[by_part], pull[by_part]
    edges = np.concatenate([[0], np.cumsum(np.bincount(part[source], minlength=len(sizes)))])
    pairs = starts[(sizes == 2) & (np.diff(edges) > 0)]
    half = _SPREAD * (radius[pairs] + radius[pairs + 1])
    position[pairs], position[pairs + 1] = 0.0, 0.0
    position[pairs, 0], position[pairs + 1, 0] = -half, half
    for first, last in _list_batches(sizes[(sizes > 2) & (np.diff(edges) > 0)].tolist()):
        begin, end = int(starts[first]), int(starts[last - 1] + sizes[last - 1])
        lines = slice(int(edges[first]), int(edges[last]))
        _apply_forces(
            position[begin:end],
            source[lines] - begin,
            target[lines] - begin,
            pull[lines],
            _SPREAD * mean[part[begin:end]],
            sizes[first:last],
        )
    _push_apart(position, radius, part)
    low, high = np.minimum.reduceat(position, starts), np.maximum.reduceat(position, starts)
    position -= ((low + high) / 2)[part]
    # Circles round (0, 0) hold all nodes of a part.
    length = np.sqrt(position[:, 0] ** 2 + position[:, 1] ** 2)
    reach = np.maximum.reduceat(length + radius, starts) + 2.0 * _mean(radius)
    return position + _pack(reach)[part]


def _list_batches(sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the bounds of parts that are laid out at once; sizes fall."""
    first = 0
    while first < len(sizes):
        rounds = _count_rounds(sizes[first])
        last = first + 1
        limit = first + _TOGETHER_UP_TO // sizes[first] ** 2
        while last < min(limit, len(sizes)) and _count_rounds(sizes[last]) == rounds:
            last += 1
        yield first, last
        first = last


def _count_rounds(size: int) -> int:
    return next(rounds for largest, rounds in _ROUNDS if size <= largest)


def _start(radius: Floats, group: Ints, begin: Ints, step: Floats, seed: int) -> Floats:
    """Return a sunflower for each part, in which the nodes of a group stand in one run.

    ``begin`` and ``step`` are, of each node, the first node of its part and how far that spreads.
    """
    count = len(radius)
    order = np.lexsort((np.arange(count), -radius, group, begin))
    turn = np.empty(count)
    turn[order] = np.arange(count) - begin
    distance = step * np.sqrt(turn + 0.5)
    angle = (turn + seed) * _GOLDEN
    # Rounded, since sine and cosine differ in their last digits between machines.
    return round_positions(
        np.stack([distance * np.cos(angle), distance * np.sin(angle)], axis=1), 3
    )


def _apply_forces(
    position: Floats, source: Ints, target: Ints, pull: Floats, unit: Floats, sizes: Ints
) -> None:
    """Move nodes by ForceAtlas2's forces, in steps that grow smaller, in place.

    ``unit`` is a length for each node, the same for all nodes of a part.  Each part moves as if it
    were alone.
    """
    count, largest = len(position), int(sizes[0])
    ends = np.concatenate([source, target])
    mass = np.bincount(ends, minlength=count) + 1.0
    repel: Callable[[Any, Any], Any] = _repel_cells
    if largest <= _EXACT_UP_TO:
        # Nodes sit by part in columns, empty seats at the end.
        seat = np.full((largest, len(sizes)), count)
        column = np.repeat(np.arange(len(sizes)), sizes)
        seat[np.arange(count) - (np.cumsum(sizes) - sizes)[column], column] = np.arange(count)
        repel = partial(_repel_all, seat=seat)
    rounds = _count_rounds(largest)
    for number in range(rounds):
        force: Floats = repel(position, mass) * (unit * unit)[:, None]
        for axis in (0, 1):
            along = pull * (position[target, axis] - position[source, axis])
            force[:, axis] += np.bincount(source, along, count) - np.bincount(target, along, count)
        force -= position * (mass * _GRAVITY)[:, None]
        force /= mass[:, None]
        length = np.sqrt(force[:, 0] ** 2 + force[:, 1] ** 2) + 1e-9
        longest = unit * 4 * (1 - number / rounds) + 0.01
        position += force * (np.minimum(length, longest) / length * 0.5)[:, None]


def _repel_all(position: Floats, mass: Floats, *, seat: Ints) -> Floats:
    """Return how each node is driven away by every other one of its part: masses over distance."""
    force = np.empty((len(position) + 1, 2))
    weight = np.append(mass, 0.0)[seat]
    x, y = (np.append(position[:, axis], 0.0)[seat] for axis in (0, 1))
    across, down = x[None] - x[:, None], y[None] - y[:, None]
    share = weight[:, None] / (across * across + down * down + 1e-2)
    force[seat, 0] = (across * share).sum(axis=0) * weight
    force[seat, 1] = (down * share).sum(axis=0) * weight
    return force[:-1]


def _repel_cells(position: Floats, mass: Floats) -> Floats:
    """Return what :func:`_repel_all` does, the nodes of each cell of a grid taken together."""
    low = position.min(axis=0)
    width = position.max(axis=0) - low + 1e-9
    cell = np.minimum(((position - low) / width * _CELLS).astype(np.int64), _CELLS - 1)
    number = cell[:, 0] * _CELLS + cell[:, 1]
    weight = np.bincount(number, mass, _CELLS * _CELLS)
    used = np.flatnonzero(weight)
    middle = [
        np.bincount(number, mass * position[:, axis], _CELLS * _CELLS)[used] / weight[used]
        for axis in (0, 1)
    ]
    force = np.empty_like(position)
    # Nodes near each other in one cell count as a cloud as wide as the cell.
    soft = width[0] * width[1] / (_CELLS * _CELLS * 4)
    for begin in range(0, len(position), 4096):
        rows = slice(begin, begin + 4096)
        across = position[None, rows, 0] - middle[0][:, None]
        down = position[None, rows, 1] - middle[1][:, None]
        share = weight[used][:, None] / (across * across + down * down + soft)
        force[rows, 0] = (across * share).sum(axis=0) * mass[rows]
        force[rows, 1] = (down * share).sum(axis=0) * mass[rows]
    return force


def _push_apart(position: Floats, radius: Floats, part: Ints) -> None:
    """Push overlapping nodes of a part apart in place; what still overlaps is spread as a whole."""
    moving = np.arange(len(position))
    for _ in range(150):
        here = position[moving]
        first, second, gap, distance = _find_overlaps(here, radius[moving], part[moving])
        if not len(first):
            return
        toward = (here[second] - here[first]) / distance[:, None]
        same = distance <= 1e-6
        toward[same] = (1.0, 0.0)
        move = toward * (gap * 0.52)[:, None]
        for axis in (0, 1):
            here[:, axis] += np.bincount(second, move[:, axis], len(here))
            here[:, axis] -= np.bincount(first, move[:, axis], len(here))
        position[moving] = here
        # Parts in which nothing overlaps stay as they are.
        moving = moving[np.isin(part[moving], part[moving[first]])]
    first, _, gap, distance = _find_overlaps(position[moving], radius[moving], part[moving])
    factor = np.ones(int(part[-1]) + 1)
    np.maximum.at(factor, part[moving[first]], (gap + distance) / np.maximum(distance, 1e-3) * 1.01)
    position *= factor[part][:, None]


def _find_overlaps(
    position: Floats, radius: Floats, part: Ints
) -> tuple[Ints, Ints, Floats, Floats]:
    """Return pairs of nodes nearer than they may be, by how much, and their distances."""
    from scipy.spatial import cKDTree

    reach = float(radius.max()) * 2 * _MARGIN
    # Every part lies on a level of its own, out of reach of others.
    tree = cKDTree(np.column_stack([position, part * (2 * reach)]))
    found: Any = tree.query_pairs(reach, output_type="ndarray")
    pairs = found[np.lexsort((found[:, 1], found[:, 0]))].astype(np.int64)
    first, second = pairs[:, 0], pairs[:, 1]
    apart = position[second] - position[first]
    distance = np.sqrt(apart[:, 0] ** 2 + apart[:, 1] ** 2)
    gap = (radius[first] + radius[second]) * _MARGIN - distance
    close = gap > 1e-3
    return first[close], second[close], gap[close], np.maximum(distance[close], 1e-6)


def _pack(reach: Floats) -> Floats:
    """Return centres of circles beside each other: larger ones round the first, others in rows."""
    order = [0, *(1 + np.argsort(-reach[1:], kind="stable")).tolist()]
    near, far = order[:_ROUND_UP_TO], order[_ROUND_UP_TO:]
    centres = np.zeros((len(reach), 2))
    centres[near] = _pack_round(reach[near])
    if far:
        rows = _pack_rows(reach[far])
        low = (centres[near] - reach[near, None]).min(axis=0)
        high = (centres[near] + reach[near, None]).max(axis=0)
        middle = (low[0] + high[0] - rows[:, 0].max()) / 2
        centres[far] = rows + (middle, low[1])
    return centres


def _pack_round(size: Floats) -> Floats:
    """Return centres of circles that do not touch, each as near the first as it can be; cubic."""
    centres = np.zeros((len(size), 2))
    angle = np.arange(48) * (2 * np.pi / 48)
    around = np.round(np.stack([np.cos(angle), np.sin(angle)], axis=1), 6)
    for number in range(1, len(size)):
        # Every good place touches one of the circles that stand already.
        touching = (size[:number] + size[number])[:, None, None]
        spots = (centres[:number, None] + around * touching).reshape(-1, 2)
        apart = spots[:, None, :] - centres[None, :number]
        distance = np.sqrt(apart[:, :, 0] ** 2 + apart[:, :, 1] ** 2)
        spots = spots[(distance >= touching[:, 0, 0] - 1e-3).all(axis=1)]
        far = np.round(spots[:, 0] ** 2 + spots[:, 1] ** 2, 3)
        centres[number] = spots[int(np.argmin(far))]
    return centres


def _pack_rows(size: Floats) -> Floats:
    """Return centres of circles in rows, about as wide together as they are high."""
    width = 2 * float(np.sqrt((size[:, None] * size[:, None]).sum(axis=0)[0]))
    centres = np.zeros((len(size), 2))
    across = down = high = 0.0
    for number, each in enumerate(size.tolist()):
        if across and across + 2 * each > width:
            across, down, high = 0.0, down - high, 0.0
        centres[number] = (across + each, down - each)
        across += 2 * each
        high = max(high, 2 * each)
    return centres


def _stand_in_grid(radius: Floats, group: Ints) -> Floats:
    """Return a grid of rows, the nodes of a group in one run."""
    count = len(radius)
    order = np.lexsort((np.arange(count), group))
    step = 2 * _MARGIN * float(radius.max())
    columns = int(np.ceil(np.sqrt(count)))
    place = np.empty(count, dtype=np.int64)
    place[order] = np.arange(count)
    middle = columns // 2
    across, down = place % columns - middle, middle - place // columns
    return round_positions(np.stack([across * step, down * step], axis=1), 2)


def round_positions(position: Any, digits: int) -> Floats:
    """Return rounded positions, without negative zeros."""
    rounded: Floats = np.round(position, digits) + 0.0
    return rounded


def _mean(values: Floats) -> float:
    return float(np.bincount(np.zeros(len(values), np.int64), values)[0]) / len(values)
