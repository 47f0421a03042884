"""Records to N-Quads, straight from the records, with no triple in between.

Each coded text has a graph, named by its IRI, that holds its coding; the review's graph holds the
review, its topics, schools and holders, and the relations that the analyst drew, so that these can
be left out as a whole; one graph holds the bibliography, and one what analysis derived.
:mod:`argmap.graph.records` is the inverse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import msgspec

from argmap.graph.argument_quads import (
    find_pages,
    write_citation,
    write_claim,
    write_position,
    write_relation,
    write_uncoded,
)
from argmap.graph.derived_quads import write_derived
from argmap.graph.review_quads import write_holder, write_review, write_text, write_work
from argmap.graph.terms import lines, typed
from argmap.graph.vocabulary import (
    AM,
    check_base,
    end_base,
    is_iri,
    name_citation,
    name_position,
    name_text,
    name_uncoded,
    number_paths,
)
from argmap.model import Citation, Claim, Derived, Literature, Position, Relation, Text, Uncoded
from argmap.order import sort_records

_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_URL_SAFE = "%:/?#[]@!$&'()*+,;=-._~"


def write_quads(literature: Literature, derived: Derived | None = None) -> Iterator[str]:
    """Yield the N-Quads of a literature, the lines of one record at a time.

    The order is that of the sorted records, graph by graph, so that the same records in any order
    give the same lines.  What RDF cannot carry is changed or left out here as
    :func:`argmap.graph.losses.find_losses` reports it.  Linear in the number of records, about
    35 lines for a claim with its position, relation and anchor.

    Raises ``ValueError`` where no IRI can begin with the review's base.
    """
    if reason := check_base(literature.review.base):
        raise ValueError(f"no IRI can begin with {literature.review.base!r}: {reason}")
    base = end_base(literature.review.base)
    literature = sort_records(literature)
    graphs = [f"<{base}review>"]
    end = f" <{base}review> .\n"
    yield write_review(literature.review, base, end)
    for holder in literature.holders:
        yield write_holder(holder, base, end)
    urls = find_addresses(literature)
    for relation in literature.relations:
        if relation.basis == "analyst":
            yield write_relation(relation, base, end, urls)
    if literature.works:
        graphs.append(f"<{base}bibliography>")
        end = f" <{base}bibliography> .\n"
        yield lines(graphs[-1], [typed(f"{AM}Bibliography")], end)
        for work in literature.works:
            yield write_work(work, base, end)
    for part in _part_by_text(literature):
        graph = f"<{base}{name_text(part.key)}>"
        graphs.append(graph)
        yield from _write_part(part, base, f" {graph} .\n", urls)
    if derived is not None:
        yield from write_derived(derived, base, f" <{base}derived> .\n", graphs)


class _Part(msgspec.Struct):
    """What goes into the graph of one text; citations with the page of what they serve."""

    key: str
    texts: list[Text] = []
    claims: list[Claim] = []
    positions: list[tuple[Position, str]] = []
    relations: list[Relation] = []
    citations: list[tuple[Citation, str, str]] = []
    uncoded: list[tuple[Uncoded, str]] = []


def _part_by_text(literature: Literature) -> list[_Part]:
    """Sort records into the graphs of texts, and name those that have no id."""
    parts: dict[str, _Part] = {}

    def part_of(key: str) -> _Part:
        part = parts.get(key)
        if part is None:
            part = parts[key] = _Part(key)
        return part

    for text in literature.texts:
        part_of(text.key).texts.append(text)
    for claim in literature.claims:
        part_of(claim.text).claims.append(claim)
    paths = number_paths([name_position(position) for position in literature.positions])
    for position, path in zip(literature.positions, paths, strict=True):
        part_of(position.reported_by).positions.append((position, path))
    for relation in literature.relations:
        if relation.basis != "analyst":
            part_of(relation.source.partition("/")[0]).relations.append(relation)
    pages = find_pages(literature)
    paths = number_paths([name_citation(citation) for citation in literature.citations])
    for citation, path in zip(literature.citations, paths, strict=True):
        page = pages.get((citation.claim, citation.relation), "")
        part_of(citation.text).citations.append((citation, path, page))
    paths = number_paths([name_uncoded(passage) for passage in literature.uncoded])
    for passage, path in zip(literature.uncoded, paths, strict=True):
        part_of(passage.text).uncoded.append((passage, path))
    return [part for _, part in sorted(parts.items())]


def _write_part(part: _Part, base: str, end: str, urls: dict[str, str]) -> Iterator[str]:
    for text in part.texts:
        yield write_text(text, base, end)
    for claim in part.claims:
        yield write_claim(claim, base, end, urls)
    for position, path in part.positions:
        yield write_position(position, path, base, end, urls)
    for relation in part.relations:
        yield write_relation(relation, base, end, urls)
    for citation, path, page in part.citations:
        yield write_citation(citation, path, page, base, end, urls)
    for passage, path in part.uncoded:
        yield write_uncoded(passage, path, base, end, urls)


def find_addresses(literature: Literature) -> dict[str, str]:
    """Return for each work with a usable URL the URL up to where a text fragment follows."""
    addresses = {}
    for work in literature.works:
        if work.url and (address := _mend_url(work.url)):
            addresses[work.key] = f"{address}{'' if '#' in address else '#'}:~:text="
    return addresses


def _mend_url(url: str) -> str:
    """Percent-encode what may not stand in a URL; empty where it is none that has fragments."""
    mended = quote(_STRAY_PERCENT.sub("%25", url.strip()), safe=_URL_SAFE, errors="replace")
    return mended if mended.startswith(("http://", "https://")) and is_iri(mended) else ""
