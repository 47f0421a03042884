"""How much of a text is coded: paragraph by paragraph, and citation by citation.

Everything here needs the reader's copy of the text; a text without one is left out and named.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable

from argmap.analysis import examine
from argmap.analysis.measures import list_second_hand
from argmap.literature import Loaded
from argmap.model import Anchor, Citation, Claim, Literature, Position, Record, Relation
from argmap.proofs import fill_from_lock
from argmap.texts.citations import FoundCitation
from argmap.texts.paragraphs import Paragraph
from argmap.texts.references import find_listed
from argmap.texts.sources import Source


class ParagraphCoverage(Record, frozen=True, kw_only=True):
    """A paragraph with the ids of the claims whose passages touch it, or why it has none."""

    paragraph: Paragraph
    claims: tuple[str, ...] = ()
    because: str = ""

    @property
    def covered(self) -> bool:
        """Whether a claim or a reason stands for the paragraph."""
        return bool(self.claims or self.because)


class CitationCoverage(Record, frozen=True, kw_only=True):
    """A citation found in the text with the citations of the corpus that record it."""

    found: FoundCitation
    recorded: tuple[Citation, ...] = ()


class TextCoverage(Record, frozen=True, kw_only=True):
    """The coverage of one text.

    ``unseen`` are recorded citations that no citation found in the text answers to: works that the
    text names without citing, or citations said of a claim far from the bracket; ``listed`` the
    works of the text's list of references; ``never_cited`` those of them that the text does not
    cite; ``never_listed`` works cited in the text but not listed; ``not_in_bibliography`` first
    words of entries that no work of the bibliography answers to; ``second_hand`` claims that works
    hold and that were read in none of them; ``unresolved`` says what in the text looks like a
    citation and fits no work of the bibliography, or several.
    """

    text: str
    paragraphs: tuple[ParagraphCoverage, ...] = ()
    citations: tuple[CitationCoverage, ...] = ()
    unseen: tuple[Citation, ...] = ()
    listed: tuple[str, ...] = ()
    never_cited: tuple[str, ...] = ()
    never_listed: tuple[str, ...] = ()
    not_in_bibliography: tuple[str, ...] = ()
    second_hand: tuple[str, ...] = ()
    unresolved: tuple[str, ...] = ()

    @property
    def gaps(self) -> int:
        """How many paragraphs, citations and entries are not accounted for."""
        return (
            sum(not entry.covered for entry in self.paragraphs)
            + sum(not entry.recorded for entry in self.citations)
            + len(self.not_in_bibliography)
            + len(self.unresolved)
        )

    @property
    def clusters(self) -> int:
        """How many brackets and mentions the citations stand in."""
        return len({entry.found.cluster for entry in self.citations})


def measure_coverage(loaded: Loaded) -> tuple[TextCoverage, ...]:
    """Return the coverage of every text with a copy at hand, sorted by key.

    Linear in paragraphs, citations and claims, times the logarithm of paragraphs.
    """
    proofs = loaded.proofs
    if proofs is None:
        return ()
    # What was proved just now, so that nothing depends on how current the lock file is.
    literature = fill_from_lock(loaded.literature, proofs.lock)
    second_hand = list_second_hand(examine(literature))
    found = []
    for key, source in sorted(loaded.sources.items()):
        paragraphs = proofs.paragraphs.get(key, ())
        citations = proofs.found_citations.get(key, ())
        covered = _cover_citations(literature, key, citations)
        listed = find_listed(source, literature.works)
        keys = [entry.work for entry in listed if entry.work]
        cited = {citation.work for citation in citations}
        seen = {id(record) for entry in covered for record in entry.recorded}
        found.append(
            TextCoverage(
                text=key,
                paragraphs=_cover_paragraphs(literature, source, paragraphs),
                citations=covered,
                unseen=tuple(
                    citation
                    for citation in literature.citations
                    if citation.text == key and id(citation) not in seen
                ),
                listed=tuple(sorted(keys)),
                never_cited=tuple(sorted(set(keys) - cited)),
                never_listed=tuple(sorted(cited - set(keys))) if listed else (),
                not_in_bibliography=tuple(entry.words for entry in listed if not entry.work),
                unresolved=tuple(each.message for each in proofs.unresolved.get(key, ())),
                second_hand=tuple(c for c in second_hand if c.rpartition("/")[0] == key),
            )
        )
    return tuple(found)


def _cover_paragraphs(
    literature: Literature, source: Source, paragraphs: tuple[Paragraph, ...]
) -> tuple[ParagraphCoverage, ...]:
    starts = [paragraph.start for paragraph in paragraphs]
    claims: dict[int, dict[str, None]] = defaultdict(dict)
    reasons: dict[int, list[str]] = defaultdict(list)

    def touch(anchor: Anchor | None) -> Iterable[int]:
        if anchor is None or anchor.start is None or anchor.end is None:
            return ()
        first = max(0, bisect_right(starts, anchor.start) - 1)
        last = bisect_right(starts, anchor.end - 1)
        return [
            number
            for number in range(first, last)
            if paragraphs[number].start < anchor.end and anchor.start < paragraphs[number].end
        ]

    records: list[tuple[str, Claim | Position | Relation]] = [
        (claim.id, claim) for claim in literature.claims if claim.text == source.key
    ]
    records += [(p.claim, p) for p in literature.positions if p.reported_by == source.key]
    records += [
        (relation.source, relation)
        for relation in literature.relations
        if relation.anchor is not None and relation.anchor.text == source.key
    ]
    for claim, record in records:
        for number in touch(record.anchor):
            claims[number][claim] = None
    for passage in literature.uncoded:
        if passage.text == source.key:
            for number in touch(passage.anchor):
                reasons[number].append(passage.because)
    return tuple(
        ParagraphCoverage(
            paragraph=paragraph,
            claims=tuple(claims[number]),
            because="; ".join(reasons[number]),
        )
        for number, paragraph in enumerate(paragraphs)
    )


def _cover_citations(
    literature: Literature, text: str, found: tuple[FoundCitation, ...]
) -> tuple[CitationCoverage, ...]:
    recorded: dict[str, list[Citation]] = defaultdict(list)
    for citation in literature.citations:
        anchor = citation.anchor
        if citation.text == text and anchor is not None and anchor.start is not None:
            recorded[citation.work].append(citation)
    return tuple(
        CitationCoverage(
            found=entry,
            recorded=tuple(
                citation
                for citation in recorded[entry.work]
                if citation.anchor is not None
                and (citation.anchor.start or 0) < entry.end
                and entry.start < (citation.anchor.end or 0)
            ),
        )
        for entry in found
    )
