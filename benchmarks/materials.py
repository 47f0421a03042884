"""The input of the stages: one invented review in all forms, below one folder.

``python -m benchmarks.materials SIZE FOLDER hand-written|machine-made|arrays|graphs``
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from argmap.exports.interchange import write_json, write_jsonl, write_parquet
from argmap.graph.serialisation import write_rdf
from argmap.literature import load_literature
from benchmarks.corpus import write_files
from benchmarks.edges import write_edges, write_sides
from benchmarks.graphs import write_view
from benchmarks.stages import ARRAYS, GRAPHS, HAND_WRITTEN
from benchmarks.synthetic import make_review

CLAIMS_PER_HOLDER = 20
"""Schools of a million claims are sought among fifty thousand holders."""


def prepare_materials(size: int, folder: Path, sort: str) -> None:
    """Write a review of so many claims: as files by hand, as records, or as bare arrays."""
    if sort == ARRAYS:
        write_edges(folder, size)
        write_sides(folder, size // CLAIMS_PER_HOLDER)
        return
    if sort == GRAPHS:
        write_view(size, folder)
        return
    folder.mkdir(parents=True, exist_ok=True)
    review = make_review(size)
    literature = review.literature
    if sort == HAND_WRITTEN:
        write_files(review, folder)
        loaded = load_literature(folder / "corpus", folder / "references.bib")
        literature = loaded.literature
    (folder / "literature.msgpack").write_bytes(msgspec.msgpack.encode(literature))
    (folder / "records.json").write_bytes(write_json(literature))
    (folder / "records.jsonl").write_bytes(write_jsonl(literature))
    write_parquet(literature, None, folder / "records.parquet")
    with (folder / "records.nq").open("wb") as file:
        write_rdf(literature, file, syntax="nq")


if __name__ == "__main__":
    prepare_materials(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
