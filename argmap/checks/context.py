"""What a rule gets to see: the records, indexed, with the places of their fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import Protocol

from argmap.diagnostics import Diagnostic, NameIndex, Severity, index_names, report_placed
from argmap.model import (
    Claim,
    Holder,
    Literature,
    Place,
    Position,
    Relation,
    Review,
    Text,
    Work,
)
from argmap.texts.sources import Source


class Placed(Protocol):
    """A record that knows where it was written down."""

    @property
    def place(self) -> Place | None:
        """Where the record stands, None where that is unknown."""
        ...


class Context:
    """A literature under check.

    Every index is built when a rule first asks for it, in one pass.
    """

    def __init__(
        self,
        literature: Literature,
        places: Mapping[tuple[str, str], Place] | None = None,
        sources: Mapping[str, Source] | None = None,
        origin: str = "",
    ) -> None:
        self.literature = literature
        self.places = places or {}
        self.sources = sources or {}
        self.origin = origin

    @cached_property
    def works(self) -> dict[str, Work]:
        """Works by key."""
        return {work.key: work for work in self.literature.works}

    @cached_property
    def texts(self) -> dict[str, Text]:
        """Coded texts by key."""
        return {text.key: text for text in self.literature.texts}

    @cached_property
    def holders(self) -> dict[str, Holder]:
        """Holders by id."""
        return {holder.id: holder for holder in self.literature.holders}

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Claims by id."""
        return {claim.id: claim for claim in self.literature.claims}

    @cached_property
    def relations(self) -> dict[str, Relation]:
        """Relations by id."""
        return {relation.id: relation for relation in self.literature.relations}

    @cached_property
    def positions_of(self) -> dict[str, list[Position]]:
        """Positions by claim."""
        found: dict[str, list[Position]] = defaultdict(list)
        for position in self.literature.positions:
            found[position.claim].append(position)
        return found

    @cached_property
    def work_names(self) -> NameIndex:
        """The keys of works, prepared for suggestions."""
        return index_names(self.works)

    @cached_property
    def holder_names(self) -> NameIndex:
        """The ids of actors and groups, prepared for suggestions."""
        return index_names(name for name in self.holders if not name.startswith("@"))

    @cached_property
    def relation_names(self) -> NameIndex:
        """The ids of relations, prepared for suggestions."""
        return index_names(self.relations)

    @cached_property
    def claim_slugs(self) -> dict[str, NameIndex]:
        """The slugs of claims by text, prepared for suggestions."""
        slugs: dict[str, list[str]] = defaultdict(list)
        for name in self.claims:
            text, _, slug = name.rpartition("/")
            slugs[text].append(slug)
        return {text: index_names(names) for text, names in slugs.items()}

    @cached_property
    def texts_of_slug(self) -> dict[str, list[str]]:
        """The texts in which a claim has a slug, in order."""
        texts: dict[str, list[str]] = defaultdict(list)
        for name in sorted(self.claims):
            text, _, slug = name.rpartition("/")
            texts[slug].append(text)
        return texts

    def report(
        self,
        record: Placed | None,
        severity: Severity,
        message: str,
        code: str,
        remedy: str = "",
        *,
        field: str = "",
    ) -> Diagnostic:
        """Make a finding at the record, or at one of its fields where the place is known."""
        place = record.place if record is not None else None
        if field and isinstance(record, (Claim, Review)):
            name = record.id if isinstance(record, Claim) else ""
            place = self.places.get((name, field), place)
        return report_placed(place, severity, message, code, remedy, origin=self.origin)
