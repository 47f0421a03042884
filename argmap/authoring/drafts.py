"""What one reads off the corpus files, before files and bibliography are joined."""

from __future__ import annotations

import msgspec

from argmap.model import (
    Citation,
    Claim,
    Holder,
    OwnAnnotation,
    Place,
    Position,
    Relation,
    Review,
    Text,
    Uncoded,
)


class RelationDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A relation as written: where ``step`` is not empty the target is still to be looked up.

    ``named`` says whether the scholar gave the id; ``citations`` lack the relation's id.
    """

    relation: Relation
    step: str = ""
    text: str = ""
    named: bool = False
    citations: tuple[Citation, ...] = ()


class CorpusDraft(msgspec.Struct, kw_only=True):
    """The records of all corpus files, in the order of reading.

    ``places`` maps (id of claim or text, field) to the place of the field's value; the fields of
    the review stand under the empty id.
    """

    review: Review = Review()
    holders: list[Holder] = []
    texts: list[Text] = []
    claims: list[Claim] = []
    positions: list[Position] = []
    relations: list[RelationDraft] = []
    citations: list[Citation] = []
    uncoded: list[Uncoded] = []
    annotations: list[OwnAnnotation] = []
    places: dict[tuple[str, str], Place] = {}
