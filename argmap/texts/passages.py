"""Passages of a source text: normal form and digest, words for showing, runs repeated elsewhere."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Container
from itertools import islice
from typing import TYPE_CHECKING

from argmap.texts.words import HYPHENS, PIECE, breaks_after_hyphen, fold_word

if TYPE_CHECKING:
    from argmap.texts.sources import Source

_QUOTES = re.compile(r"[\"'`´“”„‟‘’‚‛«»‹›ʼ〝〞]+")
_DASHES = re.compile(r"\s*(?:[‒–—―−]|--+|(?<=\s)-(?=\s))\s*")
_HYPHEN_AT_BREAK = re.compile(rf"(?<=[^\W_])[{HYPHENS}][^\S\r\n]*[\r\n]\s*(?=[^\W_])")
_HYPHEN_IN_WORD = re.compile(rf"(?<=[^\W\d_])[{HYPHENS}](?=[^\W\d_])")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


def cut_holes(source: Source, start: int, end: int) -> str:
    """Return the raw text of a span without page marks, running heads and rules.

    Each of them leaves an end of line behind, so that a word cut by one can be joined.
    """
    holes = source.holes
    parts: list[str] = []
    position = start
    for low, high in holes[max(0, bisect_left(holes, (start,)) - 1) :]:
        if low >= end:
            break
        if high <= position:
            continue
        parts.append(source.content[position : max(position, low)])
        position = high
    if position < end:
        parts.append(source.content[position:end])
    return "\n".join(parts)


def normalise_span(source: Source, start: int, end: int) -> str:
    """Return the normal form of a passage, the text whose SHA-256 an anchor keeps.

    Two copies that differ only in how they were set have the same normal form.  In this order:

    1. page marks, running heads, rules and beginnings of words printed twice are taken out;
    2. a word cut at the end of a line is put together again;
    3. quotation marks and apostrophes of every kind become one ``"``;
    4. Unicode NFKC; soft hyphens and invisible characters dropped;
    5. hyphens between letters are dropped (whether one at a break belongs to the word cannot be
       told);
    6. dashes of every kind become one ``–`` without space around it, and white space one space,
       none at either end.

    Letters keep their case, and all other punctuation stays, so that a changed word or comma
    changes the digest.  Linear in the length of the span.
    """
    passage = _HYPHEN_AT_BREAK.sub("-", cut_holes(source, start, end))
    # Quotation marks before NFKC, which takes a spacing accent apart.
    passage = unicodedata.normalize("NFKC", _QUOTES.sub('"', passage))
    passage = _HYPHEN_IN_WORD.sub("", _INVISIBLE.sub("", passage))
    return _DASHES.sub("–", " ".join(passage.split()))


def digest_span(source: Source, start: int, end: int) -> str:
    """Return the SHA-256 of a passage's normal form in UTF-8, in hexadecimal."""
    return hashlib.sha256(normalise_span(source, start, end).encode("utf-8")).hexdigest()


def quote_span(source: Source, start: int, end: int) -> str:
    """Return a passage as a reader wants to see it, on one line, letters and marks as printed.

    Page marks and running heads are taken out and white space is folded.  A word cut at the end of
    a line is joined; it keeps its hyphen where the text writes it with one elsewhere.
    """

    def join(match: re.Match[str]) -> str:
        passage = match.string
        before = passage[: match.start()].split()[-1]
        after = passage[match.end() :].split()[0]
        first, last = PIECE.findall(before)[-1], PIECE.findall(after)[0]
        return "-" if last[0].isupper() or f"{first}-{last}" in source.content else ""

    passage = _HYPHEN_AT_BREAK.sub(join, cut_holes(source, start, end))
    return " ".join(passage.replace("\u00ad", "").split())


def find_verbatim(source: Source, statement: str, run: int = 8) -> tuple[int, int] | None:
    """Return where ``run`` or more consecutive words of a statement stand in the source, or None.

    The span returned, in code points of the source, is that of the longest such run, the first of
    equals.  Words are runs of letters and digits, folded; a hyphen or an apostrophe parts them,
    which is the strictest count.  The list of references is left out, for titles must be copied.
    The source is indexed once for each length of run (linear); a statement then costs its length.
    """
    runs = source.shingles.get(run)
    if runs is None:
        runs = source.shingles[run] = _index_runs(source, run)
    words = fold_statement(statement)
    best: tuple[int, int] | None = None
    longest = 0
    position = 0
    while position + run <= len(words):
        length = 0
        where = runs.get(tuple(words[position : position + run]))
        while tuple(words[position + length : position + length + run]) in runs:
            length += 1
        if where is not None and length > longest:
            longest, last = length, runs[tuple(words[position + length - 1 :][:run])][1]
            # Runs that overlap in the statement may come from places apart: show the first then.
            best = (where[0], last if where[0] < last else where[1])
        position += length or 1
    return best


def fold_statement(statement: str) -> list[str]:
    """Return the words of a statement as they are compared with those of a source."""
    return [word for word in map(fold_word, PIECE.findall(statement)) if word]


def list_runs(statement: str, run: int = 8) -> list[tuple[str, ...]]:
    """Return every run of ``run`` consecutive words of a statement, folded, in order."""
    words = fold_statement(statement)
    return [tuple(words[first : first + run]) for first in range(len(words) - run + 1)]


def match_runs(
    source: Source, wanted: Container[tuple[str, ...]], run: int = 8
) -> dict[tuple[str, ...], tuple[int, int]]:
    """Return which of the wanted runs of words stand in the source, each with its first span.

    For many statements at once, as :func:`find_verbatim` is for one: nothing is indexed but what
    is wanted, and the source is walked through once.
    """
    words, spans = _list_words(source)
    found: dict[tuple[str, ...], tuple[int, int]] = {}
    windows = zip(*(islice(words, first, None) for first in range(run)), strict=False)
    for first, window in enumerate(windows):
        if window in wanted and window not in found:
            found[window] = (spans[first][0], spans[first + run - 1][1])
    return found


def _index_runs(source: Source, run: int) -> dict[tuple[str, ...], tuple[int, int]]:
    """Map each run of words of the text, references left out, to the span where it first stands."""
    words, spans = _list_words(source)
    index: dict[tuple[str, ...], tuple[int, int]] = {}
    for first in range(len(words) - run + 1):
        span = (spans[first][0], spans[first + run - 1][1])
        index.setdefault(tuple(words[first : first + run]), span)
    return index


def _list_words(source: Source) -> tuple[list[str], list[tuple[int, int]]]:
    """Return the words of the text with their spans, references left out."""
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    left_out = source.references or (0, 0)
    for number, (start, end) in enumerate(zip(source.starts, source.ends, strict=True)):
        if left_out[0] <= start < left_out[1]:
            continue
        word = source.stream[source.places[number] : source.places[number + 1]]
        if words and _is_cut(source, number):
            words[-1] += word
            spans[-1] = (spans[-1][0], end)
        else:
            words.append(word)
            spans.append((start, end))
    return words, spans


def _is_cut(source: Source, number: int) -> bool:
    """Say whether a piece continues the one before it across the end of a line or a page mark."""
    end = source.ends[number - 1]
    if source.content[end] not in HYPHENS:
        return False
    return breaks_after_hyphen(cut_holes(source, end, source.starts[number]))
