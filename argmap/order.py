"""The order of records: total, so that records in any order come out the same."""

from __future__ import annotations

import msgspec

from argmap.model import Anchor, Citation, Literature, Place, Position, Uncoded


def sort_records(literature: Literature) -> Literature:
    """Return the literature with every collection in its order (see :class:`Literature`).

    Collections whose records have a key or an id are sorted by it, the others by all their fields;
    linear where the records are in order already.
    """
    return msgspec.structs.replace(
        literature,
        works=tuple(sorted(literature.works, key=lambda work: work.key)),
        texts=tuple(sorted(literature.texts, key=lambda text: text.key)),
        holders=tuple(sorted(literature.holders, key=lambda holder: holder.id)),
        claims=tuple(sorted(literature.claims, key=lambda claim: claim.id)),
        positions=tuple(sorted(literature.positions, key=order_position)),
        relations=tuple(sorted(literature.relations, key=lambda relation: relation.id)),
        citations=tuple(sorted(literature.citations, key=order_citation)),
        uncoded=tuple(sorted(literature.uncoded, key=order_uncoded)),
        annotations=tuple(sorted(literature.annotations, key=lambda each: each.work)),
    )


def order_position(position: Position) -> tuple[object, ...]:
    """Return the key by which positions are sorted: all their fields."""
    return (
        position.claim,
        position.holder,
        position.stance,
        position.reported_by,
        position.page,
        position.own_locator,
        position.attribution,
        position.certainty,
        _order_place(position.place),
        _order_anchor(position.anchor),
    )


def order_citation(citation: Citation) -> tuple[object, ...]:
    """Return the key by which citations are sorted: all their fields."""
    anchor = citation.anchor
    start = -1 if anchor is None or anchor.start is None else anchor.start
    return (
        citation.claim,
        citation.relation,
        citation.work,
        citation.locator,
        citation.role,
        citation.text,
        start,
        _order_place(citation.place),
        _order_anchor(anchor),
    )


def order_uncoded(passage: Uncoded) -> tuple[object, ...]:
    """Return the key by which passages without a claim are sorted: all their fields."""
    anchor = passage.anchor
    start = -1 if anchor.start is None else anchor.start
    return (
        passage.text,
        start,
        anchor.page,
        anchor.head,
        anchor.tail,
        passage.because,
        _order_place(passage.place),
        _order_anchor(anchor),
    )


def _order_place(place: Place | None) -> tuple[str, int, int]:
    return ("", 0, 0) if place is None else (place.path, place.line, place.column)


def _order_anchor(anchor: Anchor | None) -> tuple[object, ...]:
    if anchor is None:
        return ()
    return (
        anchor.text,
        anchor.page,
        anchor.page_inferred,
        anchor.section is not None,
        anchor.section or "",
        anchor.head,
        anchor.tail,
        -1 if anchor.start is None else anchor.start,
        -1 if anchor.end is None else anchor.end,
        anchor.sha256 is not None,
        anchor.sha256 or "",
    )
