"""Pages of a source text: where each begins, by printed marks or by its first words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from argmap.model import PageMarks, Record

_LABEL = r"[A-Za-z]{0,2}[0-9]{1,7}|[ivxlc]{1,8}|[IVXLC]{1,8}"
_ROMAN = re.compile(r"(?i)(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})\Z")
_HUNDREDS = re.compile(r"(?i)c{0,3}")
PAGE = re.compile(rf"(?:{_LABEL})\Z")


class PageStart(Record, frozen=True, kw_only=True):
    """A page, the offset in code points where it begins, and whether that was inferred."""

    label: str
    start: int
    inferred: bool = False


class PageFinding(Record, frozen=True, kw_only=True):
    """Something wrong with a text's pages, to be reported at the text."""

    code: str
    message: str
    remedy: str
    severe: bool = False


def read_roman(numeral: str) -> int | None:
    """Return the value of a Roman numeral below 400, or None."""
    hundreds = _HUNDREDS.match(numeral)
    rest = numeral[hundreds.end() :] if hundreds else numeral
    if not numeral or not _ROMAN.match(rest):
        return None
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    digits = [values[letter] for letter in numeral.lower()]
    return sum(
        -value if value < following else value
        for value, following in zip(digits, [*digits[1:], 0], strict=True)
    )


def rank_page(label: str) -> tuple[int, int] | None:
    """Return a key that orders pages as a book does, Roman before Arabic; None if it is no page.

    ``e123`` and ``S12`` are ordered by their number.
    """
    if not PAGE.match(label):
        return None
    number = re.search(r"[0-9]+", label)
    if number:
        return (1, int(number.group()))
    value = read_roman(label)
    return None if value is None else (0, value)


def split_page(page: str) -> tuple[str, str]:
    """Return the first and the last page of a page or a span (``654-655``), empty where none."""
    first, _, last = page.partition("-")
    return first, last or first


def compile_mark(mark: str) -> re.Pattern[str] | None:
    """Return a pattern for a page mark such as ``(p. #)``, the label in group 1; None without #.

    White space in the mark stands for any or none.  A mark that is nothing but ``#`` is looked for
    on lines of its own only.
    """
    before, number, after = mark.strip().partition("#")
    if not number:
        return None
    parts = [_spaced(before), rf"({_LABEL})", _spaced(after)]
    if not (before + after).strip():
        return re.compile(rf"(?m)^[^\S\r\n]*({_LABEL})[^\S\r\n]*(?=\r?$|\r)")
    left = r"(?<![^\W_])" if (before or "#")[0].isalnum() or not before else ""
    right = "" if after else r"(?![^\W_])"
    return re.compile(left + "".join(parts) + right)


def _spaced(literal: str) -> str:
    return r"\s*".join(re.escape(part) for part in re.split(r"\s+", literal))


def find_marks(
    raw: str, marks: PageMarks, describe: Callable[[int], str]
) -> tuple[list[tuple[PageStart, int]], list[PageFinding]]:
    """Return the printed page marks as pages with the offset at which each mark ends.

    Marks must rise.  The longest rising series is taken for the pages; a mark outside it is
    reported and stays in the text, for it may be a locator that looks like a mark.
    ``describe`` turns an offset into words (``line 45``).  O(n log n) for n marks.
    """
    if not marks.mark:
        return [], []
    pattern = compile_mark(marks.mark)
    if pattern is None:
        finding = PageFinding(
            code="page-mark",
            severe=True,
            message=f"the page mark {marks.mark!r} has no # for the number",
            remedy="Write the mark as it is printed, with # for the number: '(p. #)'.",
        )
        return [], [finding]
    found: list[tuple[tuple[int, int], re.Match[str]]] = []
    for match in pattern.finditer(raw):
        rank = rank_page(match.group(1))
        if rank is not None:
            found.append((rank, match))
    floor = rank_page(marks.first) if marks.first else None
    kept = set(_longest_rise([rank for rank, _ in found], floor))
    pages: list[tuple[PageStart, int]] = []
    findings: list[PageFinding] = []
    for position, (_, match) in enumerate(found):
        if position in kept:
            pages.append((PageStart(label=match.group(1), start=match.start()), match.end()))
            continue
        findings.append(
            PageFinding(
                code="page-mark-order",
                message=f"the page mark {match.group()!r} on {describe(match.start())} is out of"
                " order and was taken for ordinary words",
                remedy="Correct the number in your copy, or the `mark` if it matches locators too.",
            )
        )
    return pages, findings


def _longest_rise(ranks: Sequence[tuple[int, int]], floor: tuple[int, int] | None) -> list[int]:
    """Return the positions of the longest strictly rising series at or above ``floor``."""
    tops: list[tuple[int, int]] = []
    ends: list[int] = []
    previous: dict[int, int] = {}
    for position, rank in enumerate(ranks):
        if floor is not None and rank < floor:
            continue
        length = bisect_right(tops, rank)
        if length and tops[length - 1] == rank:
            continue  # the same page marked twice: the first mark counts
        if length:
            previous[position] = ends[length - 1]
        tops[length : length + 1] = [rank]
        ends[length : length + 1] = [position]
    chain: list[int] = []
    position_or_none = ends[-1] if ends else None
    while position_or_none is not None:
        chain.append(position_or_none)
        position_or_none = previous.get(position_or_none)
    return chain[::-1]


def place_pages(
    marks: PageMarks,
    printed: Sequence[PageStart],
    length: int,
    find: Callable[[str, int, int], list[int]],
    is_line_start: Callable[[int], bool],
) -> tuple[tuple[PageStart, ...], list[PageFinding]]:
    """Return all pages in order, the inferred among them, and what is wrong with them.

    ``find(words, low, high)`` gives the offsets of a phrase between two offsets.  A page without a
    mark must begin with words found once between its neighbours; of several finds, the only one at
    the beginning of a line is taken.
    """
    findings: list[PageFinding] = []
    pages = _first_page(marks, printed)
    known = {page.label for page in pages}
    inferred: list[tuple[tuple[int, int], str, str]] = []
    for label, words in marks.inferred:
        rank = rank_page(label)
        if rank is None:
            findings.append(_no_page(label))
        elif label in known:
            findings.append(_marked_too(label))
        else:
            inferred.append((rank, label, words))
    for rank, label, words in sorted(inferred):
        low, high = _neighbours(pages, rank, length)
        offsets = find(words, low, high)
        at_line = [offset for offset in offsets if is_line_start(offset)]
        if len(offsets) > 1 and len(at_line) == 1:
            offsets = at_line
        if len(offsets) != 1:
            findings.append(_not_once(label, words, len(offsets)))
            continue
        pages.append(PageStart(label=label, start=offsets[0], inferred=True))
        pages.sort(key=lambda page: page.start)
    findings.extend(_gaps(pages))
    return tuple(pages), findings


def _first_page(marks: PageMarks, printed: Sequence[PageStart]) -> list[PageStart]:
    pages = list(printed)
    if marks.first and rank_page(marks.first) is not None:
        if pages and pages[0].label == marks.first:
            return [PageStart(label=marks.first, start=0), *pages[1:]]
        unmarked = not printed and bool(marks.inferred)
        return [PageStart(label=marks.first, start=0, inferred=unmarked), *pages]
    number = re.fullmatch(r"[0-9]+", pages[0].label) if pages else None
    if number and int(number.group()) > 1 and pages[0].start > 0:
        before = str(int(number.group()) - 1)
        return [PageStart(label=before, start=0, inferred=True), *pages]
    return pages


def _neighbours(pages: Iterable[PageStart], rank: tuple[int, int], length: int) -> tuple[int, int]:
    low, high = 0, length
    for page in pages:
        other = rank_page(page.label)
        if other is not None and other < rank:
            low = max(low, page.start)
        elif other is not None and other > rank:
            high = min(high, page.start)
    return low, high


def _gaps(pages: Sequence[PageStart]) -> list[PageFinding]:
    findings = []
    for page, following in pairwise(pages):
        one, two = rank_page(page.label), rank_page(following.label)
        if one is None or two is None or one[0] != two[0] or two[1] - one[1] <= 1:
            continue
        missing = str(one[1] + 1) if two[1] - one[1] == 2 else f"{one[1] + 1}-{two[1] - 1}"
        findings.append(
            PageFinding(
                code="page-mark-missing",
                message=f"no page mark for {missing}, between {page.label} and {following.label}",
                remedy="Name it under `inferred` with the words with which it begins.",
            )
        )
    return findings


def _no_page(label: str) -> PageFinding:
    return PageFinding(
        code="page-start",
        severe=True,
        message=f"{label!r} is not a page number",
        remedy="Under `inferred` stand a page and the words with which it begins.",
    )


def _marked_too(label: str) -> PageFinding:
    return PageFinding(
        code="page-start",
        message=f"page {label} carries a mark, so that it need not be inferred",
        remedy=f"Remove {label} from `inferred`.",
    )


def _not_once(label: str, words: str, times: int) -> PageFinding:
    trouble = f"are found {times} times" if times else "are not found"
    return PageFinding(
        code="page-start",
        severe=True,
        message=f"the first words of page {label} {trouble} where it could begin: {words!r}",
        remedy="Copy the first words of the page, enough of them to be found once.",
    )
