"""A stretch of a source text made plain for matching, every character with its offset."""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_left

from argmap.model import Record
from argmap.texts.sources import Source

_UNITS = re.compile(
    r"(?P<join>(?<=[^\W\d_])[-‐\u00ad][^\S\r\n]*[\r\n]\s*(?=[a-z]))"
    r"|(?P<keep>(?<=[^\W_])[-‐–][^\S\r\n]*[\r\n]\s*(?=[^\W_]))"
    r"|(?P<space>\s+)"
    r"|(?P<ascii>(?:[!-,./-~]|-(?!\s))+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_SPECIAL = {
    **dict.fromkeys("’‘ʼ´", "'"),
    **dict.fromkeys("“”„«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "đ": "d",
    "Đ": "D",
    "ð": "d",
    "Ð": "D",
    "ı": "i",
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
    "Œ": "OE",
    "þ": "th",
    "Þ": "Th",
    "ß": "ss",
    "ẞ": "SS",
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
}


class Plain(Record, frozen=True, kw_only=True, eq=False):
    """Plain text, and for each of its characters the offset in the source.

    Page marks and running heads are gone, words cut at the end of a line are whole, white space is
    one space, letters have no accents, and each kind of mark is one: ``'``, ``"`` and ``-``.
    """

    text: str
    offsets: array[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the source that a span of the plain text comes from."""
        return self.offsets[start], self.offsets[end - 1] + 1


def make_plain(source: Source, start: int, end: int) -> Plain:
    """Return a span of the source made plain; linear in its length."""
    masked = _mask(source, start, end)
    parts: list[str] = []
    offsets = array("q")
    for unit in _UNITS.finditer(masked):
        low, high = unit.span()
        if unit.lastgroup == "ascii":
            parts.append(unit.group())
            offsets.extend(range(start + low, start + high))
            continue
        folded = {"join": "", "keep": "-", "space": " "}.get(unit.lastgroup or "")
        if folded is None:
            folded = fold_letters(unit.group())
        parts.append(folded)
        offsets.extend([start + low] * len(folded))
    return Plain(text="".join(parts), offsets=offsets)


def _mask(source: Source, start: int, end: int) -> str:
    """Return a span with its holes as empty lines, as long as before, so that offsets hold."""
    pieces: list[str] = []
    position = start
    for low, high in source.holes[max(0, bisect_left(source.holes, (start,)) - 1) :]:
        low, high = max(low, start), min(high, end)
        if low < high:
            pieces += [source.content[position:low], "\n" * (high - low)]
            position = high
    return "".join((*pieces, source.content[position:end]))


def fold_letters(written: str) -> str:
    """Return letters without accents, and marks of each kind as one, keeping case."""
    if written.isascii():
        return written
    spelt = "".join(_SPECIAL.get(letter, letter) for letter in written)
    return "".join(c for c in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(c))
