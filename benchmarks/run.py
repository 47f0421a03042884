"""One command that measures every stage beside its floor: ``python -m benchmarks``.

A stage and its floor run one after the other, each in a process of its own, and this several times;
of each the best time counts, and the least memory.  Only the ratios are worth comparing between
machines.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from benchmarks.stages import ARRAYS, GRAPHS, HAND_WRITTEN, MACHINE_MADE, STAGES, TOTALS, Measure

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1_000, 10_000, 100_000)
HAND_WRITTEN_LIMIT = 10_000
WIDTH = 80
_LAST_WRITTEN = {ARRAYS: "side_side.npy", GRAPHS: "view.msgpack"}
_HELP = ("argmap --help", "import click")

Pair = tuple[Measure, Measure]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print the tables; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--sizes",
        default=",".join(map(str, SIZES)),
        help="numbers of claims, between commas (default: %(default)s)",
    )
    parser.add_argument("--rounds", type=int, default=0, help="runs of each (default: by size)")
    parser.add_argument("--only", default="", help="measure only stages with this in their names")
    parser.add_argument(
        "--hand-written-limit",
        type=int,
        default=HAND_WRITTEN_LIMIT,
        help="largest review that is also written by hand (default: %(default)s)",
    )
    parser.add_argument("--keep", type=Path, help="folder for the invented reviews (kept)")
    options = parser.parse_args(arguments)
    try:
        sizes = [int(size) for size in options.sizes.split(",")]
    except ValueError:
        parser.error(f"{options.sizes!r} are no numbers between commas")
    with tempfile.TemporaryDirectory() as temporary:
        root = (options.keep or Path(temporary)).resolve()
        if options.only in _HELP[0]:
            print_help_ratio(options.rounds or 10)
        for size in sizes:
            rounds = options.rounds or choose_rounds(size)
            for sort in (HAND_WRITTEN, MACHINE_MADE, ARRAYS, GRAPHS):
                if sort != HAND_WRITTEN or size <= options.hand_written_limit:
                    measure_sort(sort, size, rounds, root / f"{sort}-{size}", options.only)
    return 0


def choose_rounds(size: int) -> int:
    """Return how often to run: less for what takes long, and varies less."""
    return 5 if size <= 1_000 else 3 if size <= 10_000 else 2


def measure_sort(sort: str, size: int, rounds: int, folder: Path, only: str) -> None:
    """Invent a review, measure its stages and print their table."""
    stages = [name for name in STAGES[sort] if only in name]
    if not stages:
        return
    if not (folder / _LAST_WRITTEN.get(sort, "records.nq")).exists():
        _run("benchmarks.materials", str(size), str(folder), sort)
    title = f"{size:,} claims, {sort}"
    print(f"\n{title:<26} {'seconds':>8} {'floor':>8} {'ratio':>7} {'MB':>8} {'floor':>8} ratio")
    print("-" * WIDTH)
    measures: dict[str, Pair] = {}
    for name in stages:
        if size > STAGES[sort][name].largest:
            print(f"{name:<26} left out above {STAGES[sort][name].largest:,} claims")
            continue
        measures[name] = measure_pair(name, folder, rounds)
        print(format_row(name, measures[name]), flush=True)
    for name, parts in TOTALS[sort].items():
        if all(part in measures for part in parts):
            print(format_row(f"= {name}", add_pairs([measures[part] for part in parts])))


def measure_pair(stage: str, folder: Path, rounds: int) -> Pair:
    """Measure a stage and its floor in turn, and return the best of each."""
    found: dict[str, list[Measure]] = {"argmap": [], "floor": []}
    for _ in range(rounds):
        for side, measures in found.items():
            output = _run("benchmarks.stages", stage, side, str(folder))
            measures.append(msgspec.json.decode(output, type=Measure))
    return best_of(found["argmap"]), best_of(found["floor"])


def best_of(measures: Sequence[Measure]) -> Measure:
    """Return the least time and the least memory."""
    return Measure(
        min(measure.seconds for measure in measures), min(measure.memory for measure in measures)
    )


def add_pairs(pairs: Sequence[Pair]) -> Pair:
    """Return the sums of the times, and the most memory that any one takes."""
    argmap, floor = zip(*pairs, strict=True)
    return tuple(  # type: ignore[return-value]
        Measure(sum(m.seconds for m in side), max(m.memory for m in side))
        for side in (argmap, floor)
    )


def format_row(name: str, pair: Pair) -> str:
    """Return one line of a table, at most 80 columns wide."""
    argmap, floor = pair
    return (
        f"{name:<26} {format_seconds(argmap.seconds)} {format_seconds(floor.seconds)} "
        f"{format_ratio(argmap.seconds, floor.seconds):>7} "
        f"{argmap.memory / 1e6:>8,.1f} {floor.memory / 1e6:>8,.1f} "
        f"{format_ratio(argmap.memory, floor.memory, least=1e6):>5}"
    )


def format_seconds(seconds: float) -> str:
    """Return seconds in eight columns, with as many digits as mean something."""
    return f"{seconds:>8.1f}" if seconds >= 10 else f"{seconds:>8.3f}"


def format_ratio(measured: float, floor: float, least: float = 0.0) -> str:
    """Return a ratio; a dash where the floor is too small to compare with."""
    if floor <= least:
        return "–"
    ratio = measured / floor
    return f"{ratio:.0f}" if ratio >= 100 else f"{ratio:.1f}"


def print_help_ratio(rounds: int) -> None:
    """Print how long ``argmap --help`` takes beside importing its command-line library alone."""
    commands: Mapping[str, Sequence[str]] = {
        _HELP[0]: ("-m", "argmap", "--help"),
        _HELP[1]: ("-c", "import click"),
        "python, nothing else": ("-c", ""),
    }
    times: dict[str, float] = dict.fromkeys(commands, float("inf"))
    for _ in range(rounds):
        for name, command in commands.items():
            times[name] = min(times[name], _time(lambda c=command: _python(*c)))  # type: ignore[misc]
    first, second = (times[name] for name in _HELP)
    print(f"{_HELP[0]}: {first:.3f} s, {first / second:.2f} × {_HELP[1]} ({second:.3f} s)")


def _time(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def _run(module: str, *arguments: str) -> bytes:
    return _python("-m", module, *arguments)


def _python(*arguments: str) -> bytes:
    command = [sys.executable, *arguments]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=ROOT).stdout


if __name__ == "__main__":
    sys.exit(main())
