"""Years out of dates, and pages out of page ranges."""

from __future__ import annotations

import re
from collections.abc import Mapping

from argmap.bibliography.latex import decode_latex

# ISO 8601-2 (EDTF) as far as biblatex takes it: 2013, 2013-05, 2013-05-01, 2013-21 (a season),
# 199X, 19XX, -0044, Y17000, 1990~, 1990?, 1990%, a time of day, two of them with a slash.
_DATE = re.compile(
    r"""(?P<year>-?\d{4}|-?\d{3}X|-?\d{2}XX|[Yy]-?\d{5,9})
    (?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?
    (?:T[\d:]+(?:Z|[+-][\d:]+)?)?
    [~?%]?""",
    re.VERBOSE,
)
_PLAIN_YEAR = re.compile(r"-?\d{1,4}")
_YEAR_WITHIN = re.compile(r"(?<!\d)(1\d{3}|20\d{2})(?!\d)")
_UNDATED = re.compile(
    r"""\W*(?:n\.?\s?d\.?|no\ date|undated|forthcoming|in\ press|in\ preparation|to\ appear
    |submitted|accepted|preprint|s\.?\s?a\.?)\W*""",
    re.IGNORECASE | re.VERBOSE,
)
_ELECTRONIC = re.compile(r"[A-Za-z]")
_DASHES = re.compile(r"\s*[-–—‐‑‒−]+\s*")
_PAGES_WORD = re.compile(r"\A\s*(?:pp?|pages?)\.?\s*(?=\d)", re.IGNORECASE)
_RANGE = re.compile(r"(\d{1,9})(?:-(\d{1,9}))?")
# No journal has so many pages: longer single numbers are article numbers.
_LONGEST_PAGE = 5


def read_year(fields: Mapping[str, str]) -> tuple[int | None, str, str]:
    """Return the year of a work, the field that is at fault and what is wrong with it.

    ``date`` goes before ``year``.  Of a span the year in which it begins, of an open one that in
    which it ends; of ``199X`` the first year; years before 1 are counted as in ISO 8601 (0 is 1
    BC). Words like *forthcoming* are no fault.
    """
    date = fields.get("date", "").strip()
    written = decode_latex(fields.get("year", ""))
    if date:
        year, sound = _read_iso(date)
        if not sound:
            year = year if year is not None else _find_year(date)
            return year, "date", f"the date {date!r} is none that biblatex could read"
        found = _find_year(written)
        if found is not None and year is not None and found != year and "/" not in date:
            return year, "year", f"the year {written!r} disagrees with the date {date!r}"
        return year, "", ""
    year = _find_year(written)
    if year is None and written and not _UNDATED.fullmatch(written):
        return None, "year", f"there is no year in {written!r}"
    return year, "", ""


def read_pages(value: str) -> tuple[int, int] | None:
    """Return the first and last page that a ``pages`` field names, both included.

    Takes hyphens and dashes of all lengths, abbreviated ends (``259--74``), several ranges, a
    leading ``pp.``.  None where there is none or where it cannot be known: roman or lettered
    numbers, article numbers (six digits and more), open ends (``12ff.``), ranges that run
    backwards.
    """
    text = _PAGES_WORD.sub("", decode_latex(value))
    if not text or _ELECTRONIC.search(text):
        return None
    pages: list[int] = []
    for part in re.split(r"\s*[,;&]\s*", _DASHES.sub("-", text).strip(" .")):
        match = _RANGE.fullmatch(part)
        if not match:
            return None
        first, last = match[1], match[2] or match[1]
        if not match[2] and len(first) > _LONGEST_PAGE:
            return None
        if len(last) < len(first):
            last = first[: len(first) - len(last)] + last
        if int(last) < int(first):
            return None
        pages += [int(first), int(last)]
    return min(pages), max(pages)


def _read_iso(date: str) -> tuple[int | None, bool]:
    begin, slash, end = date.partition("/")
    years: list[int] = []
    for part in (begin.strip(), end.strip()):
        if part in ("", ".."):
            continue
        match = _DATE.fullmatch(part)
        if not match:
            return (years[0] if years else None), False
        years.append(int(match["year"].upper().removeprefix("Y").replace("X", "0")))
        month, day = match["month"] or "01", match["day"] or "01"
        # 21 to 24 are the seasons.
        if month != "XX" and not (1 <= int(month) <= 12 or 21 <= int(month) <= 24):
            return years[0], False
        if day != "XX" and not 1 <= int(day) <= 31:
            return years[0], False
    if not years:
        return None, False
    # The end of a span may not come before its beginning.
    return years[0], not (slash and len(years) == 2 and years[1] < years[0])


def _find_year(text: str) -> int | None:
    if _PLAIN_YEAR.fullmatch(text):
        return int(text)
    match = _YEAR_WITHIN.search(text)
    return int(match[1]) if match else None
