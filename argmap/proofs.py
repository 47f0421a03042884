"""Proving anchors against the reader's own copies of the texts, and keeping what was proved.

What is proved goes to the lock file and from there into the records; so records, and all that is
made of them, are the same with and without a copy at hand.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from argmap.diagnostics import Diagnostic, Severity, report_placed
from argmap.model import Anchor, Citation, Literature, Place, Text, Work
from argmap.texts.anchors import Problem, format_anchor, prove_anchor
from argmap.texts.citations import FoundCitation, find_citations, index_works
from argmap.texts.lock import Lock, LockedAnchor, LockedText
from argmap.texts.paragraphs import Paragraph, split_paragraphs
from argmap.texts.sources import Source

RENEW = "Run `argmap check --write-lock` with your copy of the text at hand."


class Anchored(NamedTuple):
    """An anchor of some record: where it is kept in the lock file, and where it is written."""

    claim: str
    used_for: str
    text: str
    anchor: Anchor | None
    place: Place | None
    record: Any


class Proofs(msgspec.Struct, frozen=True, kw_only=True):
    """What proving gave: findings, the lock as it should be, and how many anchors were proved.

    ``found_citations``, ``unresolved`` (what looks like a citation and fits no work, or several)
    and ``paragraphs`` are those of each text with a copy at hand.
    """

    findings: tuple[Diagnostic, ...]
    lock: Lock
    proved: int = 0
    unchecked: int = 0
    found_citations: Mapping[str, tuple[FoundCitation, ...]] = {}
    unresolved: Mapping[str, tuple[Problem, ...]] = {}
    paragraphs: Mapping[str, tuple[Paragraph, ...]] = {}


def list_anchors(literature: Literature) -> Iterator[Anchored]:
    """Yield every anchor of the literature; citations without one are yielded with None."""
    for claim in literature.claims:
        yield Anchored(claim.id, "", claim.text, claim.anchor, claim.place, claim)
    for position in literature.positions:
        if position.anchor is not None:
            used_for = f"{position.holder} {position.stance}"
            yield Anchored(
                position.claim,
                used_for,
                position.reported_by,
                position.anchor,
                position.place,
                position,
            )
    sources = {}
    for relation in literature.relations:
        sources[relation.id] = relation.source
        if relation.anchor is not None:
            yield Anchored(
                relation.source,
                relation.id,
                relation.anchor.text,
                relation.anchor,
                relation.place,
                relation,
            )
    for citation in literature.citations:
        used_for = f"[@{citation.work}] {citation.role} {citation.locator}".rstrip()
        claim_id = citation.claim
        if not claim_id:
            claim_id = sources.get(citation.relation, "")
            used_for = f"{citation.relation} {used_for}"
        yield Anchored(claim_id, used_for, citation.text, citation.anchor, citation.place, citation)
    for passage in literature.uncoded:
        yield Anchored(
            f"{passage.text}/", "none", passage.text, passage.anchor, passage.place, passage
        )


def fill_from_lock(literature: Literature, lock: Lock) -> Literature:
    """Return the literature with offsets, digests and sections of its anchors from the lock."""
    filled: dict[int, Any] = {}
    for entry in list_anchors(literature):
        at = format_anchor(entry.anchor) if entry.anchor else ""
        locked = lock.find(entry.claim, entry.used_for, at)
        anchor = entry.anchor or (Anchor(text=entry.text) if locked else None)
        if anchor is None:
            continue
        if locked is not None and locked.text == anchor.text:
            anchor = msgspec.structs.replace(
                anchor,
                page=anchor.page or locked.page,
                page_inferred=locked.inferred,
                section=anchor.section or locked.section,
                start=locked.start,
                end=locked.end,
                sha256=locked.sha256,
            )
        if anchor != entry.anchor:
            filled[id(entry.record)] = msgspec.structs.replace(entry.record, anchor=anchor)

    def swap(records: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(filled.get(id(record), record) for record in records)

    texts = []
    for text in literature.texts:
        known = lock.find_text(text.key)
        if known is not None:
            text = msgspec.structs.replace(text, sha256=known.sha256, length=known.length)
        texts.append(text)
    return msgspec.structs.replace(
        literature,
        texts=tuple(texts),
        claims=swap(literature.claims),
        positions=swap(literature.positions),
        relations=swap(literature.relations),
        citations=swap(literature.citations),
        uncoded=swap(literature.uncoded),
    )


def prove_records(
    literature: Literature,
    sources: Mapping[str, Source],
    lock: Lock,
    places: Mapping[tuple[str, str], Place] | None = None,
) -> Proofs:
    """Prove every anchor of the texts at hand, and compare with the lock.

    Linear in the number of anchors and the length of the texts.
    """
    places = places or {}
    findings: list[Diagnostic] = []
    entries: list[LockedAnchor] = []
    counts: Counter[str] = Counter()
    unchecked: Counter[str] = Counter()
    behind: Counter[str] = Counter()
    moved: Counter[str] = Counter()
    prover = AnchorProver(sources)
    finder = CitationFinder(literature, prover)
    findings += finder.findings
    used: set[tuple[str, str, str]] = set()
    for entry in list_anchors(literature):
        place = places.get((entry.claim, "at"), entry.place) if not entry.used_for else entry.place
        searched = isinstance(entry.record, Citation) and not (entry.anchor and entry.anchor.head)
        at = "" if searched or entry.anchor is None else format_anchor(entry.anchor)
        if (entry.claim, entry.used_for, at) in used:
            continue
        used.add((entry.claim, entry.used_for, at))
        known = lock.find(entry.claim, entry.used_for, at)
        source = sources.get(entry.text)
        if source is None:
            unchecked[entry.text] += not searched
            if known is not None:
                entries.append(known)
            continue
        if searched:
            proved = finder.locate(entry.record)
            if proved is None:
                if entry.record.role != "carries":
                    findings.append(_report_unseen(entry.record))
                continue
        elif entry.anchor is None:
            continue
        else:
            # A section that is not the lock file's was written by the scholar.
            section = entry.anchor.section
            written = None if known is not None and known.section == section else section
            proved, problem = prover.prove(entry.anchor, written)
            if problem is not None:
                findings.append(
                    report_placed(place, "error", problem.message, problem.code, problem.remedy)
                )
                if known is not None:
                    entries.append(known)
                continue
            counts["anchors"] += 1
        locked = LockedAnchor(
            claim=entry.claim,
            used_for=entry.used_for,
            at=at,
            text=entry.text,
            page=proved.page,
            inferred=proved.page_inferred,
            section=proved.section,
            start=proved.start or 0,
            end=proved.end or 0,
            sha256=proved.sha256 or "",
        )
        entries.append(locked)
        if known is None:
            behind[entry.text] += 1
        elif known != locked:
            if known.sha256 != locked.sha256 and not searched:
                message = "the passage no longer reads as it did when the anchor was proved"
                remedy = f"Read it again, mend the claim if need be. {RENEW}"
                findings.append(report_placed(place, "warning", message, "anchor-changed", remedy))
            else:
                moved[entry.text] += 1
    texts = []
    for text in literature.texts:
        locked_text = lock.find_text(text.key)
        source = sources.get(text.key)
        if source is None:
            if unchecked[text.key]:
                findings.append(_report_unchecked(text, unchecked[text.key]))
        else:
            if locked_text is not None and locked_text.sha256 != source.sha256:
                findings.append(
                    report_placed(
                        text.place,
                        "warning",
                        f"your copy of {text.key} is not the one its anchors were proved against",
                        "text-changed",
                        f"Look through the findings below. {RENEW}",
                    )
                )
            number = behind[text.key] + moved[text.key]
            if number:
                findings.append(
                    report_placed(
                        text.place,
                        "warning",
                        f"the lock file is behind: {_count_anchors(number)} of {text.key} "
                        f"{'is' if number == 1 else 'are'} new or moved",
                        "lock-behind",
                        RENEW,
                    )
                )
            locked_text = LockedText(
                text=text.key, sha256=source.sha256, length=len(source.content)
            )
        if locked_text is not None:
            texts.append(locked_text)
    coded = {text.key for text in literature.texts}
    left_over = [
        entry
        for entry in lock.anchors
        if entry.text in coded and (entry.claim, entry.used_for, entry.at) not in used
    ]
    if left_over:
        first = left_over[0]
        findings.append(
            Diagnostic(
                path=_lock_path(literature),
                severity="warning",
                message=f"{_count_anchors(len(left_over))} of the lock file no longer in the "
                f"corpus (the first: {first.claim} {first.used_for or first.at})",
                code="lock-behind",
                remedy=RENEW,
            )
        )
    return Proofs(
        findings=tuple(findings),
        lock=Lock(texts=tuple(texts), anchors=tuple(entries)),
        proved=counts["anchors"],
        unchecked=sum(unchecked.values()),
        found_citations=finder.found,
        unresolved=finder.unresolved,
        paragraphs=finder.paragraphs,
    )


class AnchorProver:
    """Proves anchors against the texts at hand, each only once."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self.sources = sources
        self._proved: dict[Anchor, tuple[Anchor, Problem | None]] = {}

    def prove(self, anchor: Anchor, section: str | None = None) -> tuple[Anchor, Problem | None]:
        """Prove an anchor anew, whatever the lock file said; its text must be at hand.

        ``section`` is the one that the scholar wrote, to be proved too.
        """
        fresh = msgspec.structs.replace(anchor, start=None, end=None, sha256=None, section=section)
        found = self._proved.get(fresh)
        if found is None:
            found = self._proved[fresh] = prove_anchor(self.sources[anchor.text], fresh)
        return found

    def find_span(self, anchor: Anchor | None) -> tuple[int, int] | None:
        """Return the span of an anchor, or None where it is not to be found."""
        if anchor is None or anchor.text not in self.sources:
            return None
        proved, _ = self.prove(anchor)
        if proved.start is None or proved.end is None:
            return None
        return proved.start, proved.end


class CitationFinder:
    """Where each recorded citation stands in the texts at hand.

    A citation without an anchor of its own is the occurrence of its work that touches the passage
    of its claim, else the nearest one in the paragraphs of that passage.
    """

    def __init__(self, literature: Literature, prover: AnchorProver) -> None:
        sources = self.sources = prover.sources
        self.found: dict[str, tuple[FoundCitation, ...]] = {}
        self.paragraphs: dict[str, tuple[Paragraph, ...]] = {}
        self.unresolved: dict[str, tuple[Problem, ...]] = {}
        self.findings: list[Diagnostic] = []
        self._by_work: dict[tuple[str, str], list[FoundCitation]] = defaultdict(list)
        self._spans: dict[str, tuple[int, int]] = {}
        self._starts: dict[str, list[int]] = {}
        works: tuple[Work, ...] = literature.works
        index = index_works(works) if sources else None
        for text in literature.texts:
            source = sources.get(text.key)
            if source is None or index is None:
                continue
            self.paragraphs[text.key] = split_paragraphs(source, text)
            self._starts[text.key] = [each.start for each in self.paragraphs[text.key]]
            found, problems = find_citations(source, index)
            self.found[text.key] = found
            self.unresolved[text.key] = tuple(
                problem for problem in problems if problem.code != "citation-misspelt"
            )
            for problem in problems:
                severity: Severity = "note" if _is_noted(problem, works) else "warning"
                self.findings.append(
                    report_placed(
                        text.place, severity, problem.message, problem.code, problem.remedy
                    )
                )
            for citation in found:
                self._by_work[text.key, citation.work].append(citation)
        for claim in literature.claims:
            if (span := prover.find_span(claim.anchor)) is not None:
                self._spans[claim.id] = span
        for relation in literature.relations:
            span = prover.find_span(relation.anchor) or self._spans.get(relation.source)
            if span is not None:
                self._spans[relation.id] = span

    def locate(self, citation: Citation) -> Anchor | None:
        """Return where the citation stands, or None where it cannot be seen near its claim."""
        span = self._spans.get(citation.claim or citation.relation)
        candidates = self._by_work.get((citation.text, citation.work), [])
        if span is None or not candidates:
            return None
        start, end = span
        reach_start, reach_end = start, end
        starts, paragraphs = self._starts[citation.text], self.paragraphs[citation.text]
        touched = slice(max(0, bisect_right(starts, start) - 1), bisect_left(starts, end))
        for paragraph in paragraphs[touched]:
            if start < paragraph.end:
                reach_start = min(reach_start, paragraph.start)
                reach_end = max(reach_end, paragraph.end)
        near = [
            (max(0, found.start - end, start - found.end), found.start, found)
            for found in candidates
            if reach_start <= found.start and found.end <= reach_end
        ]
        if citation.locator:
            wanted = _bare_locator(citation.locator)
            near = [entry for entry in near if _bare_locator(entry[2].locator) == wanted] or near
        if not near:
            return None
        found = min(near, key=lambda entry: entry[:2])[2]
        return self.sources[citation.text].anchor_span(found.start, found.end)


def _count_anchors(number: int) -> str:
    return f"{number} anchor{'' if number == 1 else 's'}"


def _is_noted(problem: Problem, works: Iterable[Work]) -> bool:
    """Say whether a note in the bibliography tells of a name that the text misspells."""
    quoted = problem.message.partition("“")[2].partition("”")[0]
    return problem.code == "citation-misspelt" and any(
        quoted in work.fields.get("note", "") for work in works
    )


def _bare_locator(locator: str) -> str:
    return locator.replace("pp.", "").replace("p.", "").replace("–", "-").strip(" :")


def _report_unseen(citation: Citation) -> Diagnostic:
    return report_placed(
        citation.place,
        "warning",
        f"no citation of {citation.work} stands near this claim in {citation.text}",
        "citation-not-found",
        "Mend the key, move the citation to the claim that it serves, or give `at`.",
    )


def _report_unchecked(text: Text, number: int) -> Diagnostic:
    return report_placed(
        text.place,
        "note",
        f"{_count_anchors(number)} of {text.key} not checked: no copy of the text at hand",
        "text-not-checked",
        f"Put {text.source or 'the text'} into a folder and name it: --texts DIR or ARGMAP_TEXTS.",
    )


def _lock_path(literature: Literature) -> str:
    for text in literature.texts:
        if text.place is not None:
            return f"{Path(text.place.path).parent.as_posix()}/anchors.lock"
    return "anchors.lock"
