"""The review object: a literature to ask questions of in Python."""

from __future__ import annotations

from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from argmap.checks import check_literature
from argmap.diagnostics import CorpusError, Diagnostic, has_errors, sort_diagnostics
from argmap.literature import Loaded, load_literature, show_paths
from argmap.model import (
    Citation,
    Claim,
    Derived,
    Dispute,
    Holder,
    Position,
    Relation,
    School,
    Text,
    Work,
)

if TYPE_CHECKING:
    import networkx
    import rdflib


def load_checked(corpus: Path, bibliography: Path, texts: Path | None = None) -> Loaded:
    """Load a literature and run every rule; all findings are in the result, sorted by place."""
    loaded = load_literature(corpus, bibliography, texts)
    problems = check_literature(
        loaded.literature, loaded.places, loaded.sources, earlier=loaded.findings
    )
    findings = [*loaded.findings, *show_paths(problems, corpus, bibliography)]
    return msgspec.structs.replace(loaded, findings=tuple(sort_diagnostics(findings)))


def load(
    corpus: str | PathLike[str] = "corpus",
    bibliography: str | PathLike[str] = "references.bib",
    texts: str | PathLike[str] | None = None,
    *,
    strict: bool = True,
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

    Raises
    ------
    CorpusError
        Under ``strict``, where there is an error; carries every finding.
    """
    loaded = load_checked(
        Path(corpus), Path(bibliography), Path(texts) if texts is not None else None
    )
    if strict and has_errors(loaded.findings):
        raise CorpusError(loaded.findings)
    return Review(loaded)


class Review:
    """A loaded literature.

    The collections are tuples of records, sorted as :class:`argmap.model.Literature` says;
    ``diagnostics`` are the findings, warnings and notes included.
    """

    def __init__(self, loaded: Loaded) -> None:
        self._loaded = loaded
        self.literature = loaded.literature
        self.title: str = loaded.literature.review.title
        self.texts: tuple[Text, ...] = loaded.literature.texts
        self.works: tuple[Work, ...] = loaded.literature.works
        self.holders: tuple[Holder, ...] = loaded.literature.holders
        self.claims: tuple[Claim, ...] = loaded.literature.claims
        self.positions: tuple[Position, ...] = loaded.literature.positions
        self.relations: tuple[Relation, ...] = loaded.literature.relations
        self.citations: tuple[Citation, ...] = loaded.literature.citations
        self.diagnostics: tuple[Diagnostic, ...] = loaded.findings
        self._derived: dict[tuple[bool, str | None], Derived] = {}

    def __repr__(self) -> str:
        return (
            f"<Review {self.title!r}: {len(self.texts)} texts, {len(self.claims)} claims, "
            f"{len(self.positions)} positions, {len(self.relations)} relations, "
            f"{len(self.works)} works>"
        )

    def disputes(
        self, *, with_analyst: bool = False, topic: str | None = None
    ) -> tuple[Dispute, ...]:
        """Return the disputes, deepest first."""
        return self.derive(with_analyst=with_analyst, topic=topic).disputes

    def schools(
        self, *, with_analyst: bool = False, topic: str | None = None
    ) -> tuple[School, ...]:
        """Return the schools of thought that analysis finds."""
        return self.derive(with_analyst=with_analyst, topic=topic).schools

    def derive(self, *, with_analyst: bool = False, topic: str | None = None) -> Derived:
        """Return standings, disputes and schools; computed once for each combination."""
        from argmap.analysis import analyse

        key = (with_analyst, topic)
        if key not in self._derived:
            self._derived[key] = analyse(self.literature, with_analyst=with_analyst, topic=topic)
        return self._derived[key]

    def network(self, *, with_analyst: bool = False) -> networkx.MultiDiGraph[Any]:
        """Return claims, holders and works with positions, relations and citations as a graph."""
        from argmap.network import build_network

        return build_network(self.literature, self.derive(), with_analyst=with_analyst)

    @cached_property
    def dataset(self) -> rdflib.Dataset:
        """The RDF dataset, in memory over Oxigraph."""
        from argmap.graph import as_dataset, build_store

        return as_dataset(build_store(self.literature, self.derive()))
