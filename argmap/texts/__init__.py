"""Source texts: pages, anchors and their digests, the lock file, paragraphs, in-text citations."""

from argmap.texts.anchors import Problem, format_anchor, parse_anchor, prove_anchor, read_page
from argmap.texts.lock import (
    Lock,
    LockedAnchor,
    LockedText,
    read_lock,
    write_lock,
)
from argmap.texts.passages import digest_span, find_verbatim, normalise_span, quote_span
from argmap.texts.sources import Source, read_source

__all__ = [
    "Lock",
    "LockedAnchor",
    "LockedText",
    "Problem",
    "Source",
    "digest_span",
    "find_verbatim",
    "format_anchor",
    "normalise_span",
    "parse_anchor",
    "prove_anchor",
    "quote_span",
    "read_lock",
    "read_page",
    "read_source",
    "write_lock",
]
