"""The stages of argmap with their floors, and the command that measures one of either.

``python -m benchmarks.stages STAGE argmap|floor FOLDER`` prepares the input, runs once and prints
seconds and megabytes as JSON.  Each run has a process to itself, so that memory is its own.
"""

from __future__ import annotations

import contextlib
import gc
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from argmap.extras import is_installed
from benchmarks import graphs

Run = Callable[[], object]
HAND_WRITTEN = "hand-written"
MACHINE_MADE = "machine-made"
ARRAYS = "arrays"
GRAPHS = "graphs"


class Measure(msgspec.Struct, frozen=True):
    """What one run took: seconds, and bytes of memory that it added to what its input took."""

    seconds: float
    memory: int


class Stage(NamedTuple):
    """A stage and its floor: each prepares its input from a folder and returns what is timed.

    Above ``largest`` claims the stage is left out, for nobody waits so long.
    """

    argmap: Callable[[Path], Run]
    floor: Callable[[Path], Run]
    largest: int = 10**9


def _literature(folder: Path) -> Any:
    from argmap.model import Literature

    return msgspec.msgpack.decode((folder / "literature.msgpack").read_bytes(), type=Literature)


# ---- hand-written: files to a checked graph -----------------------------------------------------


def _read_bibliography(folder: Path) -> Run:
    from argmap.bibliography import read_bibliography

    return lambda: read_bibliography(folder / "references.bib")


def _split_bibliography(folder: Path) -> Run:
    from benchmarks.floors import split_bibliography

    return lambda: split_bibliography(folder / "references.bib")


def _read_corpus(folder: Path) -> Run:
    from argmap.authoring import read_corpus

    return lambda: read_corpus(folder / "corpus")


def _parse_yaml(folder: Path) -> Run:
    from benchmarks.floors import parse_yaml

    return lambda: parse_yaml(folder / "corpus")


def _assemble(folder: Path) -> Run:
    from argmap.authoring import read_corpus
    from argmap.literature import assemble
    from argmap.texts import read_lock

    draft, _ = read_corpus(folder / "corpus")
    works = _literature(folder).works
    return lambda: assemble(draft, works, read_lock(folder / "corpus" / "anchors.lock")[0])


def _read_lock_and_sort(folder: Path) -> Run:
    from benchmarks.floors import read_lock_and_sort

    literature = _literature(folder)
    return lambda: read_lock_and_sort(folder / "corpus" / "anchors.lock", literature)


def _prove(folder: Path) -> Run:
    from argmap.proofs import prove_records
    from argmap.texts import read_lock, read_source

    literature = _literature(folder)
    lock, _ = read_lock(folder / "corpus" / "anchors.lock")

    def run() -> object:
        sources = {}
        for text in literature.texts:
            source, _ = read_source(text, folder / "texts")
            if source is not None:
                sources[text.key] = source
        return prove_records(literature, sources, lock)

    return run


def _find_anchors(folder: Path) -> Run:
    from benchmarks.floors import find_anchors

    literature = _literature(folder)
    return lambda: find_anchors(folder / "texts", literature)


# ---- both ---------------------------------------------------------------------------------------


def _check(folder: Path) -> Run:
    from argmap.checks import check_literature
    from argmap.texts import read_source

    literature = _literature(folder)
    sources = {}
    for text in literature.texts:
        source, _ = read_source(text, folder / "texts")
        if source is not None:
            sources[text.key] = source
    return lambda: check_literature(literature, {}, sources)


def _check_records(folder: Path) -> Run:
    from argmap.checks import check_literature

    literature = _literature(folder)
    return lambda: check_literature(literature)


def _look_up_references(folder: Path) -> Run:
    from benchmarks.floors import look_up_references

    literature = _literature(folder)
    return lambda: look_up_references(literature)


def _find_disputes(folder: Path) -> Run:
    from argmap.analysis import examine, list_disputes, list_standings
    from argmap.model import Literature

    literature = _literature(folder)
    examine(Literature())  # loads what analysis imports when it runs

    def run() -> object:
        findings = examine(literature)
        return list_standings(findings), list_disputes(findings)

    return run


def _find_schools(folder: Path) -> Run:
    from argmap.analysis import examine, find_schools

    findings = examine(_literature(folder))
    return lambda: find_schools(findings, draws=0)


def _join_sides(folder: Path) -> Run:
    from benchmarks.floors import join_sides

    literature = _literature(folder)
    return lambda: join_sides(literature)


def _count_edges(folder: Path) -> Run:
    from benchmarks.floors import count_edges

    literature = _literature(folder)
    return lambda: count_edges(literature)


def _make_ledger(folder: Path) -> Any:
    from argmap.analysis import derive, examine
    from argmap.annotations import Ledger

    findings = examine(_literature(folder))
    return Ledger(findings, derive(findings, draws=0))


def _write_bibliography(folder: Path) -> Run:
    from argmap.exports.bibliography import plan_bibliography, write_bibliography

    ledger = _make_ledger(folder)

    def run() -> object:
        plan = plan_bibliography(ledger)
        return write_bibliography(ledger, plan, "chicago-author-date", ["html"])

    return run


def _run_pandoc(folder: Path) -> Run:
    from argmap.exports.bibliography import plan_bibliography, write_plainly
    from benchmarks.floors import run_pandoc

    ledger = _make_ledger(folder)
    source = write_plainly(ledger, plan_bibliography(ledger), "md", "")
    return lambda: run_pandoc(source, folder / "references.bib")


def _write_rdf(folder: Path) -> Run:
    from argmap.graph.serialisation import write_rdf

    literature = _literature(folder)

    def run() -> object:
        with (folder / "written.nq").open("wb") as file:
            return write_rdf(literature, file, syntax="nq")

    return run


def _write_bytes(folder: Path) -> Run:
    from benchmarks.floors import write_bytes

    data = (folder / "records.nq").read_bytes()
    return lambda: write_bytes(data, folder / "written.nq")


def _build_store(folder: Path) -> Run:
    from argmap.graph.stores import build_store

    literature = _literature(folder)
    return lambda: build_store(literature)


def _load_quads(folder: Path) -> Run:
    from benchmarks.floors import load_quads

    data = (folder / "records.nq").read_bytes()
    return lambda: load_quads(data)


def _export_json(folder: Path) -> Run:
    from argmap.exports.interchange import write_json

    literature = _literature(folder)
    return lambda: (folder / "written.json").write_bytes(write_json(literature))


def _write_site(folder: Path) -> Run:
    from argmap.analysis import examine
    from argmap.exports.site import list_files, open_library, share_files
    from argmap.exports.site.output import write_site
    from argmap.exports.site.sharing import count_processes
    from benchmarks.synthetic import make_review

    literature = _literature(folder)
    # A file system that has just lost ten thousand files is slow to take as many.
    target = Path(tempfile.mkdtemp(prefix="site-", dir=folder)) / "site"
    # What is imported on the way is no part of making pages.
    small = make_review(130).literature
    for _ in list_files(open_library(examine(small), draws=0)):
        pass

    def run() -> object:
        library = open_library(examine(literature), draws=0)
        return write_site(target, share_files(library), processes=count_processes())

    return run


def _write_files(folder: Path) -> Run:
    from benchmarks.floors import write_files

    if not list(folder.glob("site-*/site")):
        _write_site(folder)()
    root = min(folder.glob("site-*/site"))
    files = {
        path.relative_to(root): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
    target = Path(tempfile.mkdtemp(prefix="again-", dir=folder))
    return lambda: write_files(files, target)


def _encode_tables(folder: Path) -> Run:
    from argmap.exports.tables import build_tables
    from benchmarks.floors import encode_tables

    tables = build_tables(_literature(folder))
    return lambda: (folder / "written.json").write_bytes(encode_tables(tables))


# ---- machine-made: records to a checked graph ---------------------------------------------------


def _import(name: str) -> Callable[[Path], Run]:
    def prepare(folder: Path) -> Run:
        import pyarrow.compute
        import pyarrow.parquet  # noqa: F401

        # What a reader imports when it runs is no part of reading.
        import argmap.graph.records  # noqa: F401
        from argmap.exports.interchange import read_records_file

        return lambda: read_records_file(folder / name)

    return prepare


def _decode_lines(folder: Path) -> Run:
    from benchmarks.floors import decode_lines

    return lambda: decode_lines(folder / "records.jsonl")


def _decode_tables(folder: Path) -> Run:
    from benchmarks.floors import decode_tables

    return lambda: decode_tables(folder / "records.json")


def _read_columns(folder: Path) -> Run:
    import pyarrow.parquet  # noqa: F401

    from benchmarks.floors import read_columns

    return lambda: read_columns(folder / "records.parquet")


# ---- arrays: columns of numbers to status and schools --------------------------------------------


def _count_standings(folder: Path) -> Run:
    import scipy.sparse.csgraph  # noqa: F401

    from argmap.analysis.sides import compute_sides
    from argmap.analysis.standings import VoiceTable, count_standings
    from benchmarks.edges import read_columns, read_tables

    voices = VoiceTable(*read_columns(folder, "voice_starts", "voice_tokens"))
    if is_installed("numba"):
        _compile_loops()

    def run() -> object:
        tables = read_tables(folder)
        sides = compute_sides(tables)
        return sides, count_standings(tables, sides, voices)

    return run


def _compile_loops() -> None:
    """Run the compiled loops once on fewer claims, for compiling is no part of the stage."""
    from argmap.analysis.sides import COMPILED_FROM, compute_sides
    from argmap.analysis.standings import VoiceTable, count_standings
    from benchmarks.edges import read_columns, read_tables, write_edges

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_edges(folder, COMPILED_FROM)
        tables = read_tables(folder)
        voices = VoiceTable(*read_columns(folder, "voice_starts", "voice_tokens"))
        count_standings(tables, compute_sides(tables), voices)


def _pass_over_edges(folder: Path) -> Run:
    from benchmarks.floors import pass_over_edges

    return lambda: pass_over_edges(folder)


def _divide_holders(folder: Path) -> Run:
    import scipy.sparse.csgraph  # noqa: F401

    import argmap.analysis.sweeps  # noqa: F401
    from argmap.analysis.partitions import divide_holders, find_ties
    from benchmarks.edges import read_columns

    claim, holder, side = read_columns(folder, "side_claim", "side_holder", "side_side")
    size = int(holder.max()) + 1
    return lambda: divide_holders(find_ties(claim, holder, side, size))


def _sweep_once(folder: Path) -> Run:
    from benchmarks.edges import read_columns
    from benchmarks.floors import sweep_once, tie_holders

    net = tie_holders(*read_columns(folder, "side_claim", "side_holder", "side_side"))
    return lambda: sweep_once(net)


STAGES: dict[str, dict[str, Stage]] = {
    HAND_WRITTEN: {
        "read bibliography": Stage(_read_bibliography, _split_bibliography),
        "read corpus": Stage(_read_corpus, _parse_yaml),
        "read lock, assemble": Stage(_assemble, _read_lock_and_sort),
        "prove anchors": Stage(_prove, _find_anchors),
        "check": Stage(_check, _look_up_references),
        "status and disputes": Stage(_find_disputes, _count_edges),
        "schools, without draws": Stage(_find_schools, _join_sides, 1_000),
        "write RDF": Stage(_write_rdf, _write_bytes),
        "load into store": Stage(_build_store, _load_quads),
        "export json": Stage(_export_json, _encode_tables),
        "annotated bibliography": Stage(_write_bibliography, _run_pandoc, 1_000),
        "site": Stage(_write_site, _write_files, 10_000),
    },
    MACHINE_MADE: {
        "import JSONL": Stage(_import("records.jsonl"), _decode_lines),
        "import JSON": Stage(_import("records.json"), _decode_tables),
        "import Parquet": Stage(_import("records.parquet"), _read_columns),
        "import RDF": Stage(_import("records.nq"), _load_quads),
        "check records": Stage(_check_records, _look_up_references),
        "store records": Stage(_build_store, _load_quads),
    },
    ARRAYS: {
        "stance and status": Stage(_count_standings, _pass_over_edges),
        "blocks of holders": Stage(_divide_holders, _sweep_once),
    },
    GRAPHS: {
        "gexf : strings": Stage(graphs.write_gexf, graphs.write_strings),
        "gexf : lines": Stage(graphs.write_gexf, graphs.write_lines),
        "gexf : networkx": Stage(graphs.write_gexf, graphs.write_by_networkx, 100_000),
        "layout : neighbours": Stage(graphs.lay_out, graphs.find_neighbours, 100_000),
    },
}
"""The stages by sort; the first two sorts end in a store.

Graphs are written beside the same bytes put together as plain strings, beside lines that are
there already, and beside networkx; above 20,000 claims the layout is a grid."""

TOTALS: dict[str, dict[str, tuple[str, ...]]] = {
    HAND_WRITTEN: {
        "load + check + RDF": (
            "read bibliography",
            "read corpus",
            "read lock, assemble",
            "prove anchors",
            "check",
            "write RDF",
            "load into store",
        ),
    },
    MACHINE_MADE: {
        f"{form}, check, store": (f"import {form}", "check records", "store records")
        for form in ("JSONL", "Parquet", "RDF")
    },
    ARRAYS: {},
    GRAPHS: {},
}
"""Sums of stages that a user waits for, to be compared with the sums of their floors."""


def measure(prepare: Callable[[Path], Run], folder: Path) -> Measure:
    """Prepare, then run once."""
    run = prepare(folder)
    gc.collect()
    before = _reset_peak()
    start = time.perf_counter()
    result = run()
    seconds = time.perf_counter() - start
    memory = _read_peak() - before
    del result
    return Measure(seconds, max(0, memory))


def _reset_peak() -> int:
    """Set the peak of memory back to what is used now, where the system can, and return it."""
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _read_peak()


def _read_peak() -> int:
    """Return the most memory that this process has used, in bytes."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        unit = 1 if sys.platform == "darwin" else 1024
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
    line = next(line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024


def main(arguments: list[str]) -> None:
    """Measure one stage or one floor."""
    name, side, folder = arguments
    stage = next(stages[name] for stages in STAGES.values() if name in stages)
    found = measure(getattr(stage, side), Path(folder))
    sys.stdout.buffer.write(msgspec.json.encode(found) + b"\n")


if __name__ == "__main__":
    main(sys.argv[1:])
