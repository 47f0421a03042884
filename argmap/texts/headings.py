"""Headings of a source text, and the lines at which its body and its references begin."""

from __future__ import annotations

import re
from collections.abc import Sequence

from argmap.diagnostics import Diagnostic, Severity, report_placed, suggest
from argmap.model import Record, Text
from argmap.texts.words import cut_words

_MARKDOWN_HEADING = re.compile(r"#{1,6}[ \t]+(?P<title>.*?)[ \t]*#*\Z")
_NUMBERED_TITLE = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)*)\.?[ \t]+\S")
_NUMBERED_LINE = re.compile(r"(?P<number>[0-9]+(?:\.[0-9]+)+)\.?[ \t]+[^\W\d_]")
_HAS_YEAR = re.compile(r"\b(?:1[4-9]|20)[0-9]{2}[a-h]?\b")
_LONGEST_HEADING = 120
_SECTION_WORDS = 6


class Heading(Record, frozen=True, kw_only=True):
    """A heading's line, and the section it opens: its number, else the first words of its title.

    Titles are cut at six words, for sections are stored with anchors and travel with the corpus.
    """

    start: int
    end: int
    section: str


def fold_line(line: str) -> str:
    """Return a line with single spaces, without end of line, byte order mark and form feed."""
    return " ".join(line.strip("\ufeff \t\r\n\f\v").split())


def report_at(text: Text, severity: Severity, code: str, message: str, remedy: str) -> Diagnostic:
    """Return a diagnostic at the place where a text is described."""
    return report_placed(text.place, severity, message, code, remedy, origin=text.key)


def find_headings(
    raw: str, lines: Sequence[tuple[int, int]], breaks: set[int]
) -> tuple[Heading, ...]:
    """Return the headings of a text; ``breaks`` are the offsets of lines that are running heads."""
    blank = [not fold_line(raw[start:end]) or start in breaks for start, end in lines]
    headings = []
    for number, (start, end) in enumerate(lines):
        if blank[number] or end - start > 4 * _LONGEST_HEADING:
            continue
        alone = (number == 0 or blank[number - 1]) and (
            number + 1 == len(lines) or blank[number + 1]
        )
        section = read_heading(fold_line(raw[start:end]), alone)
        if section:
            headings.append(Heading(start=start, end=end, section=section))
    return tuple(headings)


def read_heading(line: str, alone: bool = True) -> str:
    """Return the section that a line opens, or the empty string where the line is no heading.

    Headings are Markdown's (``## 44.4 Title``) and, on a line that stands alone between blank
    ones, titles in capitals or with a number such as ``4.2``.
    """
    markdown = _MARKDOWN_HEADING.match(line)
    if markdown:
        title = markdown.group("title").strip("*_ \t")
        number = _NUMBERED_TITLE.match(title)
        return number.group("number") if number else cut_words(title, _SECTION_WORDS)
    if not alone or len(line) > _LONGEST_HEADING or line.endswith((".", ",", ";")):
        return ""
    numbered = _NUMBERED_LINE.match(line)
    if numbered:
        return numbered.group("number")
    letters = [character for character in line if character.isalpha()]
    # Capitals must prevail: `DOI: 10.1234/5678` is no heading.
    if len(letters) < 3 or 2 * len(letters) < len(line.replace(" ", "")):
        return ""
    if not all(letter.isupper() for letter in letters):
        return ""
    return cut_words(line.strip("*_ "), _SECTION_WORDS)


def find_boundaries(
    text: Text, raw: str, lines: Sequence[tuple[int, int]], headings: Sequence[Heading]
) -> tuple[tuple[tuple[int, int], tuple[int, int] | None], list[Diagnostic]]:
    """Return the spans of the body and of the references (None if there are none).

    The body ends where the references begin; these end with the first later section of which
    fewer than half of the lines hold a year.
    """
    findings: list[Diagnostic] = []
    folded = [fold_line(raw[start:end]) for start, end in lines]
    body = 0
    references: tuple[int, int] | None = None
    if text.body:
        number = _find_line(text, "body", text.body, folded, findings)
        body = 0 if number is None else lines[number][0]
    if text.references:
        number = _find_line(text, "references", text.references, folded, findings)
        if number is not None:
            start = lines[number][0]
            references = (start, _end_of_list(raw, start, headings))
    end = references[0] if references and references[0] > body else len(raw)
    return ((body, end), references), findings


def _end_of_list(raw: str, start: int, headings: Sequence[Heading]) -> int:
    later = [heading for heading in headings if heading.start > start]
    ends = [heading.start for heading in later[1:]] + [len(raw)]
    for heading, end in zip(later, ends, strict=False):
        lines = [line for line in raw[heading.end : end].splitlines() if line.strip()]
        if 2 * sum(1 for line in lines if _HAS_YEAR.search(line)) < len(lines) or not lines:
            return heading.start
    return len(raw)


def add_heading(
    raw: str,
    lines: Sequence[tuple[int, int]],
    headings: tuple[Heading, ...],
    references: tuple[int, int] | None,
) -> tuple[Heading, ...]:
    """Count the line with which the references begin as a heading, however it is set."""
    start = references[0] if references else -1
    if start < 0 or any(heading.start == start for heading in headings):
        return headings
    end = next(end for low, end in lines if low == start)
    section = cut_words(fold_line(raw[start:end]), _SECTION_WORDS)
    added = Heading(start=start, end=end, section=section)
    return tuple(sorted((*headings, added), key=lambda heading: heading.start))


def _find_line(
    text: Text, field: str, wanted: str, folded: Sequence[str], findings: list[Diagnostic]
) -> int | None:
    """Return the number of the line that is ``wanted`` or, failing that, that begins with it."""
    target = fold_line(wanted)
    numbers = [number for number, line in enumerate(folded) if line == target]
    numbers = numbers or [
        number
        for number, line in enumerate(folded)
        if line.startswith(target) and not line[len(target) : len(target) + 1].isalnum()
    ]
    if not numbers:
        near = suggest(target, (line[:_LONGEST_HEADING] for line in folded if line), limit=1)
        place = f" (line {_line_number(folded, near[0])})" if near else ""
        remedy = "Copy the line as it stands in the file."
        if near:
            remedy = f"Did you mean {cut_words(near[0])!r}{place}?"
        message = f"no line of {text.source} is {cut_words(target)!r}, named as its `{field}`"
        findings.append(report_at(text, "error", "text-boundary", message, remedy))
        return None
    if len(numbers) > 1:
        places = ", ".join(str(number + 1) for number in numbers[:5])
        chosen = numbers[0] if field == "body" else numbers[-1]
        message = f"{len(numbers)} lines of {text.source} are {cut_words(target)!r}, named as its"
        message += f" `{field}` (lines {places}); line {chosen + 1} was taken"
        remedy = "Name a line that occurs once."
        findings.append(report_at(text, "warning", "text-boundary", message, remedy))
        return chosen
    return numbers[0]


def _line_number(folded: Sequence[str], beginning: str) -> int:
    return next(number for number, line in enumerate(folded, 1) if line.startswith(beginning))
