"""The review, its topics, schools and holders, works and coded texts from nodes."""

from __future__ import annotations

import re

from argmap.graph.nodes import Node
from argmap.graph.reading import Reading, Unreadable, list_classes, unescape_safely
from argmap.graph.vocabulary import AM, FABIO, FABIO_CLASSES, FIELD, HOLDER_CLASSES
from argmap.model import (
    DeclaredSchool,
    Holder,
    HolderKind,
    PageMarks,
    Person,
    Review,
    Text,
    Topic,
    Work,
)

_HOLDER_KINDS: dict[str, HolderKind] = {
    AM + name: kind  # type: ignore[misc]
    for kind, name in HOLDER_CLASSES.items()
}
_YEAR = re.compile(r"(-?\d{4,})(?:Z|[+-]\d\d:\d\d)?\Z", re.ASCII)


def read_review(reading: Reading) -> Review:
    """Return the review, with its topics, declared schools and aliases."""
    kinds = reading.nodes.kinds
    topics = _rank(reading, "topic")
    schools = _rank(reading, "school/declared")
    reviews = sorted(kinds.get("review", ()))
    bare = Review(
        base=reading.base,
        topics=tuple(reading.collect_from(topics, _read_topic)),
        schools=tuple(reading.collect_from(schools, _read_school)),
    )
    del bare
    raise NotImplementedError(reviews)
