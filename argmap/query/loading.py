"""Loading a review: from its files, from a store on disk, or from a server."""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from argmap.checks import check_literature
from argmap.diagnostics import CorpusError, Diagnostic, has_errors, sort_diagnostics
from argmap.literature import Loaded, load_literature, show_paths

if TYPE_CHECKING:
    from argmap.query.review import Review


def load_checked(corpus: Path, bibliography: Path, texts: Path | None = None) -> Loaded:
    """Load a literature and run every rule; all findings are in the result, sorted by place."""
    loaded = load_literature(corpus, bibliography, texts)
    problems = check_literature(
        loaded.literature, loaded.places, loaded.sources, earlier=loaded.findings
    )
    findings = [*loaded.findings, *show_paths(problems, corpus, bibliography)]
    return msgspec.structs.replace(loaded, findings=tuple(sort_diagnostics(findings)))


def load_stored(folder: Path) -> Loaded:
    """Load and check the records that a store on disk holds.

    Raises :class:`~argmap.graph.StoreError` where there is no store, or a damaged one.
    """
    from argmap.graph import open_store, read_records

    literature, _, findings = read_records(open_store(folder), path=str(folder))
    findings = [*findings, *check_literature(literature, origin=str(folder))]
    return Loaded(literature=literature, findings=tuple(sort_diagnostics(findings)))


def load(
    corpus: str | PathLike[str] = "corpus",
    bibliography: str | PathLike[str] = "references.bib",
    texts: str | PathLike[str] | None = None,
    *,
    strict: bool = True,
    store: str | PathLike[str] | None = None,
    base: str | None = None,
) -> Review:
    """Load and check a review.

    Parameters
    ----------
    corpus, bibliography
        The folder of the corpus and the ``.bib`` file.
    texts
        A folder with your copies of the texts; with it anchors are proved.
    strict
        Refuse a corpus with errors.
    store
        Ask this instead of the files: a folder that ``argmap build --store`` wrote, or the address
        of any SPARQL 1.1 endpoint to which ``argmap push`` sent a review
        (``http://host:3030/review/query``).  Either answers :meth:`Review.sparql` and the named
        queries itself, however large it is; the records are read once, when a collection or another
        question first needs them, and checked then.  ``ARGMAP_STORE_USER`` and
        ``ARGMAP_STORE_PASSWORD``, or ``ARGMAP_STORE_TOKEN``, are credentials for a server.
    base
        With the address of a server that holds several reviews: the base IRI of the one meant.

    Raises
    ------
    CorpusError
        Under ``strict``, where there is an error; carries every finding.
    StoreError
        Where there is no store in the folder, or the server cannot be asked.
    ValueError
        Where ``base`` is given without the address of a server.

    Examples
    --------
    >>> review = argmap.load("corpus", "references.bib")
    >>> len(review.texts)
    2
    >>> argmap.load("nowhere")
    Traceback (most recent call last):
    argmap.diagnostics.CorpusError: 1 error in the corpus
    nowhere: error: the corpus folder does not exist [corpus-missing]
        Name the folder with --corpus DIR, or begin one with `argmap new DIR`.
    """
    from argmap.query.review import Review

    if base is not None and (store is None or "://" not in str(store)):
        raise ValueError("base goes with the address of a server; a folder holds one review")
    if store is not None and "://" in str(store):
        from argmap.query.endpoints import connect

        return Review(None, connect(str(store), base=base), strict=strict)
    if store is not None:
        from argmap.query.sparql import StoredGraph

        graph = StoredGraph(Path(store))
        # What is missing or damaged is told at once.
        graph.store  # noqa: B018
        return Review(None, graph, strict=strict)
    folder = Path(texts) if texts is not None else None
    loaded = load_checked(Path(corpus), Path(bibliography), folder)
    if strict:
        demand_sound(loaded.findings)
    return Review(loaded)


def demand_sound(findings: Iterable[Diagnostic]) -> None:
    """Raise :class:`CorpusError` where a finding is an error."""
    findings = tuple(findings)
    if has_errors(findings):
        raise CorpusError(findings)
