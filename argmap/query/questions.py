"""What the questions share: findings, names, pages, and how answers are put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from argmap.model import Citation, Claim, Literature, Position, Record, Relation
from argmap.naming import list_names, name_holders, show_page
from argmap.query.answers import Answer
from argmap.query.collection import Collection
from argmap.query.rows import Holding, Stand

if TYPE_CHECKING:
    from argmap.analysis import Findings, Stance, Witness

Row = TypeVar("Row", bound=Record)


class Grounds:
    """A literature examined, with look-ups by name: what every question is answered from."""

    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.literature: Literature = findings.literature
        self.index = findings.index
        self.claims: dict[str, Claim] = self.index.claims
        self.name: Callable[[str], str] = name_holders(self.literature)

    @cached_property
    def inferred(self) -> dict[str, frozenset[str]]:
        """The pages of each coded text that carry no mark."""
        return {
            text.key: frozenset(page for page, _ in text.pages.inferred)
            for text in self.literature.texts
        }

    @cached_property
    def citations_for(self) -> dict[str, list[Citation]]:
        """The citations that serve each claim and each relation, by id."""
        served: dict[str, list[Citation]] = {}
        for citation in self.literature.citations:
            served.setdefault(citation.claim or citation.relation, []).append(citation)
        return served

    @cached_property
    def survey_kinds(self) -> dict[str, str]:
        """The kind of every holder."""
        return {name: holder.kind for name, holder in self.index.holders.items()}

    def page_of(self, claim: str) -> str:
        """Return the page of a claim, empty where it is not known."""
        anchor = self.claims[claim].anchor
        return anchor.page if anchor is not None else ""

    def describe(self, claim: str) -> str:
        """Return the statement of a claim with its text and page."""
        entry = self.claims[claim]
        page = f", {show_page(self.page_of(claim))}" if self.page_of(claim) else ""
        return f"{entry.statement} ({self.name('@' + entry.text)}{page})"

    def list(self, holders: Iterable[str]) -> str:
        """Return the names of holders in a sentence."""
        return list_names(holders, self.name)

    def page_of_citation(self, citation: Citation) -> str:
        """Return the page of the citing text on which a citation stands."""
        if citation.anchor is not None and citation.anchor.page:
            return citation.anchor.page
        if citation.claim:
            return self.page_of(citation.claim) if citation.claim in self.claims else ""
        relation = self.index.relations[citation.relation]
        anchor = relation.anchor
        return relation.page or (anchor.page if anchor else "") or self.page_of(relation.source)

    def source_of(self, citation: Citation) -> str:
        """Return the claim that a citation serves, by way of a relation's source."""
        return citation.claim or self.index.relations[citation.relation].source

    def goal_of(self, relation: Relation) -> str:
        """Return the claim to which a relation leads, through relations on relations."""
        seen = set()
        while relation.target_kind == "relation" and relation.id not in seen:
            seen.add(relation.id)
            relation = self.index.relations[relation.target]
        return relation.target

    def stand(self, stance: Stance | Witness, side: str) -> Stand:
        """Return the row of a stance, or of a witness."""
        position, pages, how = self.trace(stance)
        return Stand(
            claim=stance.claim,
            holder=stance.holder,
            name=self.name(stance.holder),
            kind=self.survey_kinds.get(stance.holder, ""),
            side=side,
            text=position.reported_by if position else "",
            page=position.page if position else "",
            pages=pages,
            own_locator=position.own_locator if position else "",
            certainty=position.certainty if position else "",
            how=how,
        )

    def holding(self, stance: Stance) -> Holding:
        """Return the row of a stance among the claims of one holder."""
        position, pages, how = self.trace(stance)
        return Holding(
            claim=stance.claim,
            statement=self.claims[stance.claim].statement,
            side=stance.side,
            text=position.reported_by if position else "",
            page=position.page if position else "",
            pages=pages,
            own_locator=position.own_locator if position else "",
            how=how,
        )

    def trace(self, stance: Stance | Witness) -> tuple[Position | None, tuple[str, ...], str]:
        """Return the position on which a stance rests, the pages on its path, and the path told."""
        from argmap.analysis.telling import tell_path

        contrary = getattr(stance, "contrary", ())
        how = tell_path(stance.path, stance.claim, stance.holder, self.name)
        if contrary:
            how += f"; yet {tell_path(contrary, stance.claim, stance.holder, self.name)}"
        steps = [
            step for step in (*stance.path, *contrary) if isinstance(step, Position | Relation)
        ]
        position = next((step for step in steps if isinstance(step, Position)), None)
        return position, tuple(dict.fromkeys(step.page for step in steps if step.page)), how

    def answer(
        self,
        question: str,
        rows: Sequence[Row],
        row_type: type[Row],
        *,
        about: str = "",
        summary: str = "",
        notes: Iterable[str] = (),
    ) -> Answer[Row]:
        """Return an answer; a note says whose pages in it are inferred."""
        inferred = {
            text
            for row in rows
            if (text := getattr(row, "text", "")) in self.inferred
            and self.inferred[text] & {getattr(row, "page", ""), *getattr(row, "pages", ())}
        }
        notes = list(notes)
        if inferred:
            names = self.list(f"@{key}" for key in sorted(inferred))
            notes.append(note_inferred(names))
        return Answer(
            question=question,
            about=about,
            summary=summary,
            rows=Collection(rows, row_type),
            notes=tuple(notes),
        )


def note_inferred(names: str) -> str:
    """Return the note on pages that no mark in the text bears out."""
    return f"pages of {names} are inferred, for the copy has no page marks there."


def count(number: int, noun: str, plural: str = "") -> str:
    """Return ``1 claim``, ``2 claims``, ``no claims``."""
    if not number:
        return f"no {plural or noun + 's'}"
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def start(sentence: str) -> str:
    """Return a sentence with a capital letter."""
    return sentence[:1].upper() + sentence[1:]
