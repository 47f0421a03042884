"""Anchors: from ``"660: head … tail"`` to a span of the reader's own copy of the text.

Head and tail are compared as words: case, accents, punctuation, markup, white space, hyphenation,
page marks and running heads make no difference (:mod:`argmap.texts.words`).
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_left
from collections import Counter

import msgspec

from argmap.diagnostics import join_words
from argmap.model import Anchor, Record
from argmap.texts.pages import PAGE, rank_page, split_page
from argmap.texts.passages import digest_span, quote_span
from argmap.texts.sources import Source, find_phrase
from argmap.texts.words import cut_words, fold_phrase, split_words

LONGEST_SPAN = 400
"""How many pieces (runs of letters and digits) after its head a tail is looked for."""

_WITH_PAGE = re.compile(
    r"(?:pp?\.\s*)?(?P<first>[A-Za-z]{0,2}[0-9]+|[ivxlc]+|[IVXLC]+)"
    r"(?:\s*[-–]\s*(?P<last>[A-Za-z]{0,2}[0-9]+|[ivxlc]+|[IVXLC]+))?\s*:\s*(?P<words>\S.*)\Z",
    re.DOTALL,
)
_ELLIPSIS = re.compile(r"\s*(?:[\[(]\s*)?(?:…|\.{3,})(?:\s*[\])])?\s*")
_CLOSING = ".,;:!?…)]}\"'’”»›"
_OPENING = "([{\"'‘“„«‹"


class Problem(Record, frozen=True, kw_only=True):
    """Why an anchor could not be proved: a code, what is wrong, and what to do."""

    code: str
    message: str
    remedy: str = ""


def parse_anchor(text_key: str, at: str) -> tuple[Anchor | None, str]:
    """Read an anchor as scholars write it, with what is wrong, empty if nothing.

    ``"660: head … tail"``, with ``…`` or ``...``; the page may be left out, may be Roman
    (``xii``), electronic (``e123``) or a span (``654-655``, also ``654–5``).  A phrase without an
    ellipsis stands whole: it becomes the head, and the tail is empty.
    """
    written = " ".join(at.split())
    match = _WITH_PAGE.match(written)
    page, words = "", written
    if match and rank_page(match["first"]) is not None:
        words = match["words"]
        page, wrong = _read_pages(match["first"], match["last"] or "")
        if wrong:
            return None, wrong
    if not words:
        return None, "the anchor is empty"
    parts = _ELLIPSIS.split(words)
    if len(parts) > 2:
        return None, "the anchor has more than one ellipsis; give its first and its last words"
    head, tail = parts[0], parts[1] if len(parts) == 2 else ""
    if not fold_phrase(head):
        return None, "the anchor has no first words"
    if len(parts) == 2 and not fold_phrase(tail):
        return None, "the anchor has no last words after the ellipsis"
    return Anchor(text=text_key, page=page, head=head, tail=tail), ""


def read_page(page: str) -> tuple[str, str]:
    """Return a page or a span of pages in its one form (``654-655``), with what is wrong."""
    first, dash, last = page.strip().replace("–", "-").partition("-")
    return _read_pages(first.strip(), last.strip() if dash else "")


def _read_pages(first: str, last: str) -> tuple[str, str]:
    if last.isdigit() and first.isdigit() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    for label in (first, last or first):
        if not PAGE.match(label) or rank_page(label) is None:
            return "", f"{label!r} is not a page"
    one, two = rank_page(first), rank_page(last or first)
    if one is not None and two is not None and two < one:
        return "", f"the pages {first}-{last} run backwards"
    return (f"{first}-{last}" if last and last != first else first), ""


def format_anchor(anchor: Anchor) -> str:
    """Return the string form of an anchor, ``"660: head … tail"``; parsing it gives the anchor."""
    words = f"{anchor.head} … {anchor.tail}" if anchor.tail else anchor.head
    return f"{anchor.page}: {words}" if anchor.page else words


def prove_anchor(source: Source, anchor: Anchor) -> tuple[Anchor, Problem | None]:
    """Find an anchor's passage, with what is wrong, None if nothing.

    The head must begin on the page named (with a span of pages: the tail end on the last), and
    exactly one passage on that page may begin with the head and end with the tail, which is the
    nearest after the head and begins at most :data:`LONGEST_SPAN` pieces after it.  Without a
    page, or with one in a text that shows no pages, the passage must be the only one in the text.
    A section given with the anchor must be the passage's.

    The anchor returned has ``start``, ``end``, ``sha256``, ``section`` and ``page_inferred``
    filled, and ``page`` where none was given and the text shows pages; it is as it was where there
    is a problem.  Punctuation that closes the passage belongs to the span where the tail has some.

    With a page the search costs the length of that page, else that of the text; only a failed
    search reads the whole text again, for the nearest place.
    """
    head, tail = fold_phrase(anchor.head), fold_phrase(anchor.tail)
    if not head:
        return anchor, Problem(code="anchor-not-found", message="the anchor has no first words")
    first_page, last_page = split_page(anchor.page)
    window = source.page_span(first_page) if first_page else None
    if first_page and source.pages and window is None:
        return anchor, _no_such_page(source, anchor, first_page, head, tail)
    low, high = window or (0, len(source.content))
    spans, heads = _find_spans(source, head, tail, low, high)
    if anchor.section and len(spans) > 1:
        spans = [s for s in spans if _is_section(source, s, anchor.section)] or spans
    if len(spans) == 1:
        return _finish(source, anchor, spans[0], last_page)
    if spans:
        return anchor, _twice(source, anchor, spans)
    return anchor, _missing(source, anchor, head, tail, heads)


def _find_spans(
    source: Source, head: str, tail: str, low: int, high: int
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the spans in pieces that head and tail delimit, and the finds of the head alone."""
    heads = find_phrase(source, head, low, high)
    if not tail:
        return heads, heads
    spans = []
    for first, after in heads:
        reach = min(after + LONGEST_SPAN, len(source.starts))
        until = source.starts[reach] if reach < len(source.starts) else len(source.content)
        since = source.starts[after] if after < len(source.starts) else len(source.content)
        ends = find_phrase(source, tail, since, until, limit=1)
        if ends:
            spans.append((first, ends[0][1]))
    return spans, heads


def _finish(
    source: Source, anchor: Anchor, span: tuple[int, int], last_page: str
) -> tuple[Anchor, Problem | None]:
    start, end = source.starts[span[0]], source.ends[span[1] - 1]
    page, final = source.find_page(start), source.find_page(source.starts[span[1] - 1])
    section = source.section_at(start)
    if anchor.section and not _is_section(source, span, anchor.section):
        message = f"the passage stands in section {section or 'none'!r}, not {anchor.section!r}"
        remedy = f"Write {section!r}, or leave the section out." if section else "Leave it out."
        return anchor, Problem(code="anchor-section", message=message, remedy=remedy)
    if page and final and "-" in anchor.page and final.label != last_page:
        right = page.label if page.label == final.label else f"{page.label}-{final.label}"
        message = f"the passage begins on page {page.label} and ends on page {final.label}"
        message += f", not {last_page}"
        return anchor, Problem(code="anchor-page", message=message, remedy=f"Write {right}.")
    start, end = _widen(source, anchor, start, end)
    proved = msgspec.structs.replace(
        anchor,
        page=anchor.page or (page.label if page else ""),
        page_inferred=page.inferred if page else bool(anchor.page),
        section=section,
        start=start,
        end=end,
        sha256=digest_span(source, start, end),
    )
    return proved, None


def _widen(source: Source, anchor: Anchor, start: int, end: int) -> tuple[int, int]:
    """Take in punctuation that touches the span where head or tail show that it is meant."""
    last = anchor.tail or anchor.head
    if last.rstrip()[-1:] in _CLOSING:
        while end < len(source.content) and source.content[end] in _CLOSING:
            end += 1
    if anchor.head.lstrip()[:1] in _OPENING:
        while start and source.content[start - 1] in _OPENING:
            start -= 1
    return start, end


def _is_section(source: Source, span: tuple[int, int], wanted: str) -> bool:
    section = source.section_at(source.starts[span[0]]) or ""
    one, two = fold_phrase(section), fold_phrase(wanted)
    return one == two or (bool(two) and section.endswith("…") and two.startswith(one))


# ---- what is wrong ------------------------------------------------------------------------------


def _quoted(phrase: str) -> str:
    return f"“{cut_words(phrase)}”"


def _place(source: Source, piece: int) -> str:
    page = source.find_page(source.starts[piece])
    if page:
        return f"page {page.label}"
    section = source.section_at(source.starts[piece])
    return f"section {section}" if section else f"word {piece + 1} of the text"


def _twice(source: Source, anchor: Anchor, spans: list[tuple[int, int]]) -> Problem:
    pages = Counter(_place(source, first) for first, _ in spans)
    places = [f"{place} ({n} times)" if n > 1 else place for place, n in pages.items()]
    return Problem(
        code="anchor-twice",
        message=f"{len(spans)} passages fit {_quoted(anchor.head)}: on {join_words(places[:5])}",
        remedy="Add a word to the beginning or the end."
        if anchor.page or len(pages) == 1
        else "Name the page, or add a word to the beginning or the end.",
    )


def _no_such_page(source: Source, anchor: Anchor, page: str, head: str, tail: str) -> Problem:
    elsewhere = _found_elsewhere(source, anchor, head, tail)
    if elsewhere:
        return elsewhere
    labels = [source.pages[0].label, source.pages[-1].label]
    return Problem(
        code="anchor-page",
        message=f"the text has no page {page}; it runs from page {labels[0]} to {labels[1]}",
        remedy="Correct the page.",
    )


def _found_elsewhere(source: Source, anchor: Anchor, head: str, tail: str) -> Problem | None:
    spans, _ = _find_spans(source, head, tail, 0, len(source.content))
    if not spans:
        return None
    places = list(dict.fromkeys(_place(source, first) for first, _ in spans))
    where = join_words(places[:5], "and")
    remedy = "Correct the page."
    if len(places) == 1:
        page = source.find_page(source.starts[spans[0][0]])
        final = source.find_page(source.starts[spans[0][1] - 1])
        if page and final:
            crosses = "-" in anchor.page and final.label != page.label
            remedy = f"Write {page.label}-{final.label}." if crosses else f"Write {page.label}."
    return Problem(
        code="anchor-page",
        message=f"{_quoted(anchor.head)} is found on {where}, not on page {anchor.page}",
        remedy=remedy,
    )


def _missing(
    source: Source, anchor: Anchor, head: str, tail: str, heads: list[tuple[int, int]]
) -> Problem:
    """Tell which end is missing, where the nearest words are, or on which page both are."""
    named = anchor.page and source.pages
    if named:
        elsewhere = _found_elsewhere(source, anchor, head, tail)
        if elsewhere:
            return elsewhere
    where = f" on page {split_page(anchor.page)[0]}" if named else ""
    if heads:
        message = f"the last words {_quoted(anchor.tail)} do not follow"
        message += f" {_quoted(anchor.head)}{where} within {LONGEST_SPAN} words"
        after = heads[0][1]
        finds = find_phrase(source, tail)
        if finds:
            nearest = min(finds, key=lambda find: abs(find[0] - after))
            side = "before it" if nearest[0] < after else f"{nearest[0] - after} words after it"
            remedy = f"They stand on {_place(source, nearest[0])}, {side}."
        else:
            remedy = _nearest(source, anchor.tail, after)
        return Problem(code="anchor-not-found", message=message, remedy=remedy)
    message = f"the words {_quoted(anchor.head)} are not in the text{where}"
    window = source.page_span(split_page(anchor.page)[0]) if named else None
    near = bisect_left(source.starts, window[0]) if window else 0
    everywhere = find_phrase(source, head)
    if everywhere:
        places = list(dict.fromkeys(_place(source, first) for first, _ in everywhere))
        remedy = f"They stand on {join_words(places[:5])}, but {_quoted(anchor.tail)} does not"
        remedy += f" follow within {LONGEST_SPAN} words."
    else:
        remedy = _nearest(source, anchor.head, near)
    return Problem(code="anchor-not-found", message=message, remedy=remedy)


def _nearest(source: Source, phrase: str, near: int) -> str:
    """Say where the words most like a phrase stand; of equals, the place nearest to ``near``.

    Every word votes for the place at which the phrase would begin; a misspelt word votes as the
    words of the text that it resembles.
    """
    words = split_words(phrase)[:12]
    votes: Counter[int] = Counter()
    for position, word in enumerate(words):
        for known in _resembling(source, word):
            for piece in source.vocabulary[known]:
                votes[max(0, piece - position)] += 1
    best, score = 0, 0
    for begin in sorted(votes):
        # A word too many or too few shifts the rest by one.
        total = votes[begin] + votes.get(begin + 1, 0)
        if (total, -abs(begin - near)) > (score, -abs(best - near)):
            best, score = begin, total
    if not words or 2 * score < len(words) + 1:
        return "Nothing in the text is near; check the words and the text."
    last = min(best + len(words), len(source.starts)) - 1
    found = quote_span(source, source.starts[best], source.ends[last])
    return f"Nearest: {_quoted(found)} on {_place(source, best)}."


def _resembling(source: Source, word: str) -> list[str]:
    if word in source.vocabulary:
        return [word]
    alike = [w for w in source.vocabulary if w[0] == word[0] and abs(len(w) - len(word)) < 3]
    return difflib.get_close_matches(word, alike, n=2, cutoff=0.75)
