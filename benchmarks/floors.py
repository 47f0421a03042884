"""The floors: the least work that each stage must do, written to be fast and for nothing else.

A floor takes the same input as its stage and touches the same data, with no checks, no places, no
messages and no mercy for input other than what :mod:`benchmarks.corpus` writes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pyoxigraph

from argmap.exports.rows import ROW_TYPES, AnyRow
from argmap.model import Literature
from argmap.texts.lock import LockedAnchor

_ENTRY = re.compile(r"@(\w+)\{([^,]+),\n((?:  .*\n)*)\}")
_FIELD = re.compile(r"  (\w+) = \{(.*)\},\n")


def split_bibliography(path: Path) -> list[tuple[str, str, dict[str, str]]]:
    """Cut a .bib file into types, keys and fields."""
    text = path.read_text(encoding="utf-8")
    return [(kind, key, dict(_FIELD.findall(body))) for kind, key, body in _ENTRY.findall(text)]


def parse_yaml(folder: Path) -> list[Any]:
    """Parse every YAML file to plain data with the fastest parser there is."""
    paths = sorted(folder.glob("*.yaml"))
    if find_spec("ryaml") is None:  # then the fastest that argmap itself depends on
        return [build_plainly(path) for path in paths]
    ryaml: Any = import_module("ryaml")
    return [ryaml.loads(path.read_text(encoding="utf-8")) for path in paths]


def build_plainly(path: Path) -> Any:
    """Build plain data from the events of PyYAML's C parser."""
    import yaml

    root: list[Any] = []
    stack: list[Any] = [root]
    keys: list[Any] = []
    event: Any
    for event in yaml.parse(path.read_bytes(), Loader=yaml.CSafeLoader):
        kind = type(event)
        if kind is yaml.ScalarEvent:
            value: Any = event.value
        elif kind is yaml.MappingStartEvent:
            value = {}
        elif kind is yaml.SequenceStartEvent:
            value = []
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            stack.pop()
            keys.pop()
            continue
        else:
            continue
        top = stack[-1]
        if type(top) is list:
            top.append(value)
        elif keys[-1] is None:
            keys[-1] = value
        else:
            top[keys[-1]] = value
            keys[-1] = None
        if kind is not yaml.ScalarEvent:
            stack.append(value)
            keys.append(None)
    return root[0]


def read_lock_and_sort(path: Path, literature: Literature) -> int:
    """Decode the lock file, look up the anchor of every claim, and sort all records by id."""
    lines = path.read_bytes().splitlines()
    decoder = msgspec.json.Decoder(LockedAnchor)
    anchors = [decoder.decode(line) for line in lines if line.startswith(b'{"claim"')]
    known = {(anchor.claim, anchor.used_for): anchor for anchor in anchors}
    found = sum((claim.id, "") in known for claim in literature.claims)
    sorted(claim.id for claim in literature.claims)
    sorted(relation.id for relation in literature.relations)
    sorted((position.claim, position.holder) for position in literature.positions)
    sorted((citation.claim, citation.work) for citation in literature.citations)
    return found


def find_anchors(folder: Path, literature: Literature) -> int:
    """Read and hash every text, and find the first and last words of every claim, and citations."""
    texts = {}
    for text in literature.texts:
        data = (folder / text.source).read_bytes()
        hashlib.sha256(data).hexdigest()
        texts[text.key] = data.decode()
    names = {
        work.key: f"{work.authors[0].family} {'and' if len(work.authors) == 2 else ''}"
        for work in literature.works
    }
    found = 0
    spans = {}
    for claim in literature.claims:
        anchor = claim.anchor
        if anchor is not None:
            start = texts[claim.text].find(anchor.head)
            spans[claim.id] = start
            found += texts[claim.text].find(anchor.tail, start) > start
    for citation in literature.citations:
        found += texts[citation.text].find(names[citation.work], spans.get(citation.claim, 0)) > 0
    return found


def look_up_references(literature: Literature) -> int:
    """Look up every name that a record uses, in one pass."""
    works = {work.key for work in literature.works}
    holders = {holder.id for holder in literature.holders}
    claims = {claim.id for claim in literature.claims}
    relations = {relation.id for relation in literature.relations}
    unknown = 0
    for position in literature.positions:
        unknown += position.claim not in claims
        unknown += position.holder not in holders
        unknown += position.reported_by not in works
    for relation in literature.relations:
        unknown += relation.source not in claims
        unknown += relation.target not in (claims if relation.target_kind == "claim" else relations)
    for citation in literature.citations:
        unknown += citation.work not in works
        unknown += citation.text not in works
    return unknown


def count_edges(literature: Literature) -> int:
    """Read positions and relations into arrays, and pass over them once."""
    claims = {claim.id: number for number, claim in enumerate(literature.claims)}
    holders = {holder.id: number for number, holder in enumerate(literature.holders)}
    size = len(claims)

    def number(names: Iterable[str], index: dict[str, int]) -> Any:
        return np.fromiter((index.get(name, 0) for name in names), dtype=np.int64)

    claim = number((position.claim for position in literature.positions), claims)
    holder = number((position.holder for position in literature.positions), holders)
    source = number((relation.source for relation in literature.relations), claims)
    target = number((relation.target for relation in literature.relations), claims)
    held = np.bincount(claim, minlength=size)
    received = np.bincount(target, minlength=size)
    np.unique(claim * len(holders) + holder)
    return int((held[source] * received[source]).sum())


def pass_over_edges(folder: Path) -> Any:
    """Read columns of edges, and hand on once along each what its claim has."""
    said = ("claim", "holder", "stance")
    claim, _, stance = (np.load(folder / f"position_{name}.npy") for name in said)
    drawn = ("source", "target", "type", "drawer")
    source, target, _, _ = (np.load(folder / f"relation_{name}.npy") for name in drawn)
    held = np.bincount(claim[stance < 2], minlength=int(claim[-1]) + 1)
    return np.bincount(target, held[source]), np.bincount(claim, stance)


def tie_holders(claim: Any, holder: Any, side: Any) -> Any:
    """Return the matrix of net agreement between holders."""
    from scipy import sparse

    sides = sparse.csr_array((side.astype(np.float32), (holder, claim)))
    net = (sides @ sides.T).tocsr()
    net.setdiag(0)
    net.eliminate_zeros()
    return net


def sweep_once(net: Any) -> Any:
    """Let every holder, all at once, choose the block near it that adds most to modularity."""
    from scipy import sparse

    size = net.shape[0]
    block = np.arange(size, dtype=np.int32)
    plus, minus = (np.asarray(part.sum(axis=1)) for part in (net.maximum(0), -net.minimum(0)))
    blocks = sparse.csr_array((np.ones(size, np.float32), block, np.arange(size + 1)))
    near = net @ blocks
    row = np.repeat(np.arange(size, dtype=np.int32), np.diff(near.indptr))
    gain = near.data - (plus / plus.sum())[row] * (plus @ blocks)[near.indices]
    gain += (minus / minus.sum())[row] * (minus @ blocks)[near.indices]
    best = np.maximum.reduceat(gain, near.indptr[:-1])
    chosen = np.flatnonzero(gain == best[row])
    block[row[chosen]] = near.indices[chosen]
    return block


def join_sides(literature: Literature) -> int:
    """Multiply holders by claims with claims by holders: who agrees with whom, and how often."""
    from scipy import sparse

    claims = {claim.id: number for number, claim in enumerate(literature.claims)}
    holders = {holder.id: number for number, holder in enumerate(literature.holders)}
    taken = [p for p in literature.positions if p.stance != "reports" and p.claim in claims]
    rows = [holders[position.holder] for position in taken]
    columns = [claims[position.claim] for position in taken]
    signs = np.array([-1 if position.stance == "disputes" else 1 for position in taken])
    sides = sparse.csr_array((signs, (rows, columns)), shape=(len(holders), len(claims)))
    return int((sides @ sides.T).nnz)


def write_bytes(data: bytes, path: Path) -> int:
    """Write bytes to a file."""
    return path.write_bytes(data)


def write_files(files: Mapping[Path, bytes], folder: Path) -> int:
    """Write many small files into a new folder."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return len(files)


def load_quads(data: bytes) -> int:
    """Load N-Quads into Oxigraph in bulk."""
    store = pyoxigraph.Store()
    store.bulk_load(data, format=pyoxigraph.RdfFormat.N_QUADS)
    return len(data)


def encode_tables(tables: dict[str, list[dict[str, Any]]]) -> bytes:
    """Encode tables that are there already."""
    return msgspec.json.encode(tables)


def decode_lines(path: Path) -> list[Any]:
    """Decode JSONL into typed rows."""
    return msgspec.json.Decoder(AnyRow).decode_lines(path.read_bytes())


def decode_tables(path: Path) -> dict[str, Any]:
    """Decode JSON into typed rows."""
    tables = msgspec.json.decode(path.read_bytes(), type=dict[str, msgspec.Raw])
    return {
        kind: msgspec.json.decode(tables[kind], type=list[row_type])  # type: ignore[valid-type]
        for kind, row_type in ROW_TYPES.items()
    }


def read_columns(path: Path) -> Any:
    """Read Parquet into Arrow's arrays."""
    import pyarrow.parquet

    return pyarrow.parquet.read_table(path)


def run_pandoc(source: bytes, bibliography: Path) -> bytes:
    """Return Markdown with citations as pandoc by itself renders it, entries at the end."""
    from argmap.citing.pandoc import run_pandoc as run
    from argmap.citing.styles import find_style, trim_style

    style, _ = find_style("chicago-author-date")
    assert style is not None
    path = bibliography.parent / "trimmed.csl"
    # Untrimmed, pandoc takes a minute for a thousand works.
    path.write_bytes(trim_style(style, 10**6, apart=False).data)
    options = ["--citeproc", f"--bibliography={bibliography}", f"--csl={path}"]
    return run(source, "markdown", "html5", options)
