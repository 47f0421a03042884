"""Conditions of filters: what is wanted of a field of records, and whether a value is that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from argmap.diagnostics import suggest
from argmap.model import (
    ATTRIBUTIONS,
    BASES,
    CERTAINTIES,
    KINDS,
    ROLES,
    STANCES,
    STATUSES,
    WEIGHTS,
    Dispute,
    Literature,
    Record,
)
from argmap.query.names import (
    UnknownName,
    find_claim,
    find_holder,
    find_text,
    find_topic,
    find_work,
)

_NAMES: Mapping[str, Callable[..., str]] = {
    "claim": find_claim,
    "focal": find_claim,
    "claims": find_claim,
    "defining": find_claim,
    "holder": find_holder,
    "drawn_by": find_holder,
    "members": find_holder,
    "pro": find_holder,
    "con": find_holder,
    "mixed": find_holder,
    "core": find_holder,
    "fringe": find_holder,
    "bridges": find_holder,
    "pro_witnesses": find_holder,
    "con_witnesses": find_holder,
    "text": find_text,
    "reported_by": find_text,
    "work": find_work,
    "works": find_work,
    "topic": find_topic,
}
"""Fields that hold names, with what finds the id of the thing named."""

_VOCABULARIES: Mapping[str, Sequence[str]] = {
    "attribution": ATTRIBUTIONS,
    "basis": BASES,
    "certainty": CERTAINTIES,
    "kind": (*KINDS, "work", "actor", "group"),
    "role": ROLES,
    "stance": STANCES,
    "status": STATUSES,
    "weight": WEIGHTS,
}


def resolve(literature: Literature | None, name: str, value: Any) -> Any:
    """Return what is wanted of a field, with names in full.

    Raises :class:`UnknownName` where the literature has no such thing, or the field no such value.
    """
    if callable(value) or value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Record):
        value = name_record(value)
    if not isinstance(value, str):
        return tuple(resolve(literature, name, each) for each in value)
    if name in _VOCABULARIES and value not in _VOCABULARIES[name]:
        known = _VOCABULARIES[name]
        raise UnknownName("value", value, suggest(value, known) or known)
    if literature is None or name not in _NAMES:
        return value
    # Members of a school or a group are holders; the works of a holder are works.
    return _NAMES[name](literature, value)


def accepts(wanted: Any, value: Any) -> bool:
    """Say whether the value of a field is as wanted."""
    if callable(wanted):
        return value is not None and bool(wanted(value))
    if isinstance(value, list | tuple):
        if isinstance(wanted, tuple):
            return any(each in value for each in wanted)
        return not value if wanted is None else wanted in value
    if isinstance(wanted, tuple):
        return value in wanted
    if wanted is None:
        return value is None or value == ""
    return bool(value == wanted)


def name_record(record: Any) -> str:
    """Return the id of a record, or its key; of a dispute and a standing, its claim."""
    for field in ("id", "key", "focal", "claim"):
        if hasattr(record, field):
            return str(getattr(record, field))
    return ""


def list_claim_fields(
    literature: Literature, disputes: Iterable[Dispute]
) -> dict[str, dict[str, Any]]:
    """Return what a filter may ask of claims beside their columns, by field and claim."""
    holders: dict[str, dict[str, None]] = {}
    stances: dict[str, dict[str, None]] = {}
    works: dict[str, dict[str, None]] = {}
    for position in literature.positions:
        stances.setdefault(position.claim, {})[position.stance] = None
        if position.stance != "reports":
            holders.setdefault(position.claim, {})[position.holder] = None
    sources = {relation.id: relation.source for relation in literature.relations}
    for citation in literature.citations:
        claim = citation.claim or sources.get(citation.relation, "")
        works.setdefault(claim, {})[citation.work] = None
    return {
        "holder": {claim: tuple(each) for claim, each in holders.items()},
        "stance": {claim: tuple(each) for claim, each in stances.items()},
        "work": {claim: tuple(each) for claim, each in works.items()},
        "dispute": {claim: dispute.focal for dispute in disputes for claim in dispute.claims},
    }
