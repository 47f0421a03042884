"""Look-ups over a literature: who belongs where, who holds what, what is cited for what."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property

from argmap.analysis import Findings
from argmap.analysis.measures import weigh_claims
from argmap.model import Citation, Claim, Derived, Holder, Relation, School


class Ledger:
    """Look-ups over a literature that accounts of works are drawn from, made once.

    ``findings`` come from :func:`argmap.analysis.examine`, ``derived`` from
    :func:`argmap.analysis.derive` or :func:`argmap.analysis.analyse` of the same literature.
    """

    def __init__(self, findings: Findings, derived: Derived) -> None:
        self.findings = findings
        self.derived = derived
        self.literature = findings.literature
        self.index = findings.index
        self.works = {work.key: work for work in self.literature.works}
        self.holders = {holder.id: holder for holder in self.literature.holders}
        self.texts = {text.key: text for text in self.literature.texts}

    @cached_property
    def own_annotations(self) -> Mapping[str, str]:
        """The scholar's own annotations by work, in Markdown."""
        return {note.work: note.text for note in self.literature.annotations}

    @cached_property
    def citations(self) -> Mapping[str, tuple[Citation, ...]]:
        """The citations of each work."""
        found: dict[str, list[Citation]] = {}
        for citation in self.literature.citations:
            found.setdefault(citation.work, []).append(citation)
        return {key: tuple(citations) for key, citations in found.items()}

    @cached_property
    def groups(self) -> Mapping[str, tuple[Holder, ...]]:
        """The groups that name each holder as a member."""
        found: dict[str, list[Holder]] = {}
        for holder in self.literature.holders:
            for member in holder.members:
                found.setdefault(member, []).append(holder)
        return {member: tuple(groups) for member, groups in found.items()}

    @cached_property
    def actors(self) -> Mapping[str, tuple[Holder, ...]]:
        """The actors and groups whose own works each work is among."""
        found: dict[str, list[Holder]] = {}
        for holder in self.literature.holders:
            for key in holder.works if holder.kind != "work" else ():
                found.setdefault(key, []).append(holder)
        return {key: tuple(holders) for key, holders in found.items()}

    @cached_property
    def schools(self) -> Mapping[str, School]:
        """The school of each holder in the whole literature."""
        return {
            member: school
            for school in self.derived.schools
            if school.topic is None
            for member in school.members
        }

    @cached_property
    def relations(self) -> tuple[Mapping[str, list[Relation]], Mapping[str, list[Relation]]]:
        """The relations by target and by source, evidential ones too, which sides leave out."""
        incoming: dict[str, list[Relation]] = {}
        outgoing: dict[str, list[Relation]] = {}
        for relation in self.literature.relations:
            if relation.basis != "analyst" or self.findings.with_analyst:
                incoming.setdefault(relation.target, []).append(relation)
                outgoing.setdefault(relation.source, []).append(relation)
        return incoming, outgoing

    @cached_property
    def loads(self) -> Mapping[str, int]:
        """How many claims rest on each claim on which any does."""
        return {load.claim: load.resting for load in weigh_claims(self.findings)}


def list_asserting(
    ledger: Ledger,
    claim: str,
    leave_out: str = "",
    stances: Collection[str] = ("asserts", "endorses"),
) -> tuple[str, ...]:
    """Return who asserts or endorses a claim in their own name, first in the text first."""
    return tuple(
        dict.fromkeys(
            position.holder
            for position in ledger.index.positions_on.get(claim, ())
            if position.stance in stances and position.holder != leave_out
        )
    )


def list_doubtful(ledger: Ledger, claim: Claim) -> frozenset[str]:
    """Return those of whom it is not certain that they hold a claim."""
    holding = [
        each
        for each in ledger.index.positions_on.get(claim.id, ())
        if each.stance in ("asserts", "endorses")
    ]
    sure = {each.holder for each in holding if each.certainty != "uncertain"}
    return frozenset(each.holder for each in holding if each.holder not in sure)


def drop_covering_groups(ledger: Ledger, ids: Iterable[str], holder: str = "") -> tuple[str, ...]:
    """Return holders without groups that name the holder or one of the others, at any depth."""
    ids = tuple(ids)
    kept = []
    for identifier in ids:
        members = list_members(ledger, identifier)
        if holder not in members and not members.intersection(ids):
            kept.append(identifier)
    return tuple(kept)


def list_members(ledger: Ledger, identifier: str) -> frozenset[str]:
    """Return the members of a group, the members of its members included."""
    found: set[str] = set()
    waiting = [identifier]
    while waiting:
        holder = ledger.holders.get(waiting.pop())
        for member in holder.members if holder is not None else ():
            if member not in found:
                found.add(member)
                waiting.append(member)
    return frozenset(found)


def sort_pages(pages: Iterable[str]) -> tuple[str, ...]:
    """Return pages once each, in the order of a book."""
    return tuple(sorted({page for page in pages if page}, key=order_page))


def order_page(page: str) -> tuple[int, str]:
    """Return the key by which pages are sorted: by their first number."""
    digits = "".join(character if character.isdigit() else " " for character in page).split()
    return (int(digits[0]) if digits else 0, page)
