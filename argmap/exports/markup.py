"""Rows of XML from columns of values: a column is escaped in one go, which is many times faster."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from argmap.exports.view_records import Value

Row = TypeVar("Row")

CHUNK = 2_000
UNWRITABLE = "control character"
_BORDER = "\x00"
# What XML 1.0 cannot carry in any form, the border between values aside.
_UNWANTED = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_REPLACEMENTS = (
    ("&", "&amp;"),
    ("<", "&lt;"),
    (">", "&gt;"),
    ('"', "&quot;"),
    ("\n", "&#10;"),
    ("\r", "&#13;"),
    ("\t", "&#9;"),
)


def escape(text: str) -> str:
    """Return a text as it may stand in XML, between tags or between double quotes."""
    return wrap_column([text], "", "")[0]


def wrap_column(
    values: Sequence[Value],
    before: str,
    after: str,
    *,
    always: bool = False,
    lost: Counter[str] | None = None,
) -> list[str]:
    """Return ``before value after`` for each value, escaped; "" where a value is None or empty.

    With ``always`` empty values are wrapped as well.  Characters that XML cannot carry are dropped,
    and counted in ``lost`` under ``control character``.
    """
    texts = [_write(value) for value in values]
    joined = _BORDER.join(texts)
    if joined.count(_BORDER) != len(texts) - 1 or _UNWANTED.search(joined):
        clean = [_UNWANTED.sub("", text.replace(_BORDER, "")) for text in texts]
        if lost is not None:
            lost[UNWRITABLE] += sum(map(len, texts)) - sum(map(len, clean))
        joined = _BORDER.join(clean)
    for character, name in _REPLACEMENTS:
        if character in joined:
            joined = joined.replace(character, name)
    wrapped = f"{before}{joined.replace(_BORDER, after + _BORDER + before)}{after}".split(_BORDER)
    if always:
        return wrapped
    empty = before + after
    return ["" if text == empty else text for text in wrapped]


def cut(rows: Iterable[Row], size: int = CHUNK) -> Iterator[list[Row]]:
    """Yield the rows in lists of one size, the last of which may be shorter."""
    iterator = iter(rows)
    while chunk := list(islice(iterator, size)):
        yield chunk


def _write(value: Value) -> str:
    # Ordered by how often each type occurs.
    if type(value) is str:
        return value
    if value is None:
        return ""
    if value is True:
        return "true"
    return "false" if value is False else str(value)
