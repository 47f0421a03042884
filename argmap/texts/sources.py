"""Source texts: the reader's own copy of a coded work, read once and indexed.

The copy is plain text, perhaps with Markdown headings.  Offsets are code points of the file decoded
as UTF-8, newlines untranslated and a byte order mark counted, so that they hold for whoever reads
the same file with any tool.
"""

from __future__ import annotations

import errno
import hashlib
import re
import stat
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path, PurePosixPath, PureWindowsPath

import msgspec

from argmap.diagnostics import Diagnostic, Severity, suggest
from argmap.model import Anchor, Record, Text
from argmap.texts.headings import (
    Heading,
    add_heading,
    find_boundaries,
    find_headings,
    fold_line,
    report_at,
)
from argmap.texts.pages import PageFinding, PageStart, find_marks, place_pages
from argmap.texts.passages import digest_span
from argmap.texts.words import (
    APOSTROPHES,
    PIECE,
    breaks_after_hyphen,
    fold_phrase,
    fold_word,
)

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_RULE = re.compile(r"(?:-[ \t]*){3,}\Z|(?:\*[ \t]*){3,}\Z|(?:_[ \t]*){3,}\Z")


class Source(Record, frozen=True, kw_only=True, dict=True, eq=False):
    """A copy of a text with the indexes that anchors need.

    ``content`` is the file as it was read; offsets count its code points.  ``stream`` is every
    letter and digit of it, folded, without page marks and running heads; ``starts`` and ``ends``
    are the offsets of its pieces (runs of letters and digits), ``places`` the offsets in
    ``stream`` at which they begin, with the length of the stream as the last, and ``inner`` the
    numbers of pieces that continue a word after an apostrophe.  ``holes`` are the spans that belong
    to no passage: page marks, running heads, rules, and the part of a word that is printed twice
    at a page break.  ``body`` and ``references`` are spans; ``references`` is None where no list
    was named or found.
    """

    key: str
    file: str
    content: str
    sha256: str
    stream: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    places: tuple[int, ...]
    inner: frozenset[int]
    holes: tuple[tuple[int, int], ...]
    lines: tuple[int, ...]
    pages: tuple[PageStart, ...]
    headings: tuple[Heading, ...]
    body: tuple[int, int]
    references: tuple[int, int] | None = None

    @cached_property
    def page_offsets(self) -> tuple[int, ...]:
        """The offsets at which the pages begin."""
        return tuple(page.start for page in self.pages)

    @cached_property
    def page_spans(self) -> dict[str, tuple[int, int]]:
        """The span of each page, by its number."""
        ends = (*self.page_offsets[1:], len(self.content))
        return {p.label: (p.start, end) for p, end in zip(self.pages, ends, strict=False)}

    @cached_property
    def heading_offsets(self) -> tuple[int, ...]:
        """The offsets at which the headings' lines begin."""
        return tuple(heading.start for heading in self.headings)

    @cached_property
    def vocabulary(self) -> dict[str, tuple[int, ...]]:
        """The numbers of the pieces that each folded word occurs as, in the order of the text."""
        index: dict[str, list[int]] = {}
        for number, place in enumerate(self.places[:-1]):
            index.setdefault(self.stream[place : self.places[number + 1]], []).append(number)
        return {word: tuple(numbers) for word, numbers in index.items()}

    @cached_property
    def shingles(self) -> dict[int, dict[tuple[str, ...], tuple[int, int]]]:
        """Runs of words by length, filled on demand by :func:`argmap.texts.find_verbatim`."""
        return {}

    def find_page(self, offset: int) -> PageStart | None:
        """Return the page on which an offset lies, None where pages are unknown."""
        number = bisect_right(self.page_offsets, offset)
        return self.pages[number - 1] if number else None

    def page_at(self, offset: int) -> str:
        """Return the printed number of the page on which an offset lies, empty if unknown."""
        page = self.find_page(offset)
        return page.label if page else ""

    def page_span(self, label: str) -> tuple[int, int] | None:
        """Return the span of the content that a page takes up, None if there is no such page."""
        return self.page_spans.get(label)

    def section_at(self, offset: int) -> str | None:
        """Return the innermost heading above an offset: its number, else its title's first words.

        Depths are not compared, so that a text whose headings slip a level or repeat a number is
        read as it is printed: the last heading above counts.
        """
        number = bisect_right(self.heading_offsets, offset)
        return self.headings[number - 1].section if number else None

    def line_at(self, offset: int) -> int:
        """Return the line of the file, counted from 1, on which an offset lies."""
        return bisect_right(self.lines, offset)

    def anchor_span(self, start: int, end: int) -> Anchor:
        """Return a proved anchor, without head and tail, for a span of the content."""
        page = self.find_page(start)
        return Anchor(
            text=self.key,
            page=page.label if page else "",
            page_inferred=page.inferred if page else False,
            section=self.section_at(start),
            start=start,
            end=end,
            sha256=digest_span(self, start, end),
        )


def read_source(text: Text, folder: Path) -> tuple[Source | None, list[Diagnostic]]:
    """Read the copy of a text in ``folder`` and index it.

    Nothing is raised for bad input: a missing copy is the note ``text-not-checked``; a file that is
    unreadable, binary, empty or not UTF-8 an error, and there is no source then.  Page marks out of
    order, page beginnings or boundaries not found are reported at the text, and the source is
    returned.  Linear in the length of the file (about 50 ms for 100 KB).
    """
    data, findings = _read_bytes(text, folder)
    if data is None:
        return None, findings
    raw, trouble = _decode(text, data)
    if raw is None:
        return None, trouble
    return index_source(text, raw, hashlib.sha256(data).hexdigest())


def index_source(text: Text, raw: str, sha256: str = "") -> tuple[Source, list[Diagnostic]]:
    """Index a text that has been read already; see :func:`read_source`."""
    lines = _split_lines(raw)
    line_offsets = tuple(start for start, _ in lines)

    def describe(offset: int) -> str:
        return f"line {bisect_right(line_offsets, offset)}"

    running = {fold_line(line) for line in text.pages.running}
    breaks = [span for span in lines if _is_break(fold_line(raw[slice(*span)]), running)]
    printed, page_findings = find_marks(raw, text.pages, describe)
    holes = _merge([*breaks, *((page.start, end) for page, end in printed)])
    starts, ends, places, stream, holes = _collect_pieces(raw, holes)
    headings = find_headings(raw, lines, {start for start, _ in breaks})
    spans, boundary_findings = find_boundaries(text, raw, lines, headings)
    headings = add_heading(raw, lines, headings, spans[1])
    source = Source(
        key=text.key,
        file=text.source,
        content=raw,
        sha256=sha256 or hashlib.sha256(raw.encode("utf-8")).hexdigest(),
        stream=stream,
        starts=starts,
        ends=ends,
        places=places,
        inner=_find_inner(raw, starts, ends),
        holes=holes,
        lines=line_offsets,
        pages=(),
        headings=headings,
        body=spans[0],
        references=spans[1],
    )
    pages, more = place_pages(
        text.pages,
        [page for page, _ in printed],
        len(raw),
        lambda words, low, high: [
            _take_in_marks(raw, starts[first])
            for first, _ in find_phrase(source, fold_phrase(words), low, high)
            if low <= starts[first] < high
        ],
        lambda offset: _is_line_start(source, offset),
    )
    diagnostics = [_page_diagnostic(text, finding) for finding in (*page_findings, *more)]
    return _with_pages(source, pages), diagnostics + boundary_findings


def find_phrase(
    source: Source, phrase: str, low: int = 0, high: int | None = None, limit: int = 0
) -> list[tuple[int, int]]:
    """Return where a folded phrase begins between two offsets of the content.

    Each find is the numbers of its first piece and of the piece after its last.  Finds begin and
    end with whole words and may overlap; only where there is none may a find end before an
    apostrophe (``Nixon`` in ``Nixon's``).  ``limit`` stops after so many.
    """
    finds: list[tuple[int, int]] = []
    cut: list[tuple[int, int]] = []
    places = source.places
    first = bisect_left(source.starts, low)
    last = len(source.starts) if high is None else bisect_left(source.starts, high)
    if first >= last or not phrase:
        return []
    position = places[first]
    # A find begins before `high` but may run on.
    stop = min(places[last] + len(phrase), len(source.stream))
    while (position := source.stream.find(phrase, position, stop)) >= 0:
        begin = bisect_left(places, position)
        finish = bisect_left(places, position + len(phrase), begin)
        if begin >= last:
            break
        whole = places[begin] == position and places[finish] == position + len(phrase)
        if whole and begin not in source.inner:
            (cut if finish in source.inner else finds).append((begin, finish))
            if limit and len(finds) == limit:
                break
        position += 1
    return finds or cut[: limit or None]


# ---- reading ------------------------------------------------------------------------------------


def _read_bytes(text: Text, folder: Path) -> tuple[bytes | None, list[Diagnostic]]:
    if not text.source:
        message = f"{text.key} names no source file, so that its anchors are not checked"
        remedy = "Name your copy under `source:`, `file:`."
        return None, [report_at(text, "note", "text-not-checked", message, remedy)]
    if _leaves_folder(text.source):
        message = f"the source file {text.source!r} is not inside the folder of texts"
        remedy = "Give a file name, or a path below the folder that --texts names."
        return None, [report_at(text, "error", "text-outside", message, remedy)]
    path = folder / text.source
    try:
        data = read_regular(path)
    except (FileNotFoundError, NotADirectoryError):
        message = (
            f"no copy of {text.key} at {show_name(path.as_posix())}: its anchors are not checked"
        )
        near = suggest(text.source, _file_names(path.parent))
        remedy = f"There is {near[0]!r}." if near else "Name your folder of texts with --texts."
        return None, [report_at(text, "note", "text-not-checked", message, remedy)]
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"the copy of {text.key} at {show_name(path.as_posix())} cannot be read: {reason}"
        remedy = "Make it a readable file of plain text."
        return None, [report_at(text, "error", "text-unreadable", message, remedy)]
    return data, []


def read_regular(path: Path) -> bytes:
    """Return the bytes of an ordinary file.

    Raises OSError, for a pipe or a device too, which would be read for ever; ValueError for a name
    that no file can have.
    """
    mode = path.stat().st_mode
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        raise OSError(errno.EINVAL, "it is a pipe or a device")
    return path.read_bytes()


def show_name(name: str) -> str:
    """Return a file's name as messages show it: quoted where it has unprintable characters."""
    return name if name.isprintable() else repr(name)


def _leaves_folder(name: str) -> bool:
    paths = (PurePosixPath(name), PureWindowsPath(name))
    return any(path.anchor or ".." in path.parts for path in paths)


def _file_names(folder: Path) -> list[str]:
    try:
        return [entry.name for entry in folder.iterdir()]
    except OSError:
        return []


def _decode(text: Text, data: bytes) -> tuple[str | None, list[Diagnostic]]:
    if not data.strip():
        remedy = "Put the text into it."
        message = f"the source file {show_name(text.source)} is empty"
        return None, [report_at(text, "error", "text-empty", message, remedy)]
    if data.startswith(b"%PDF"):
        remedy = "Extract its text, for instance with pdftotext, and name that file."
        message = f"the source file {show_name(text.source)} is a PDF, not plain text"
        return None, [report_at(text, "error", "text-binary", message, remedy)]
    if b"\0" in data:
        wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
        kind = "encoded as UTF-16" if wide else "binary, not plain text"
        remedy = "Save it as UTF-8." if wide else "Name a file of plain text in UTF-8."
        message = f"the source file {show_name(text.source)} is {kind}"
        return None, [report_at(text, "error", "text-binary", message, remedy)]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        remedy = "Save it as UTF-8 (it may be in Latin-1 or Windows-1252)."
        message = (
            f"the source file {show_name(text.source)} is not UTF-8: line {line} holds the byte"
        )
        message += f" 0x{data[error.start]:02x}"
        return None, [report_at(text, "error", "text-encoding", message, remedy)]


# ---- indexing -----------------------------------------------------------------------------------


def _split_lines(raw: str) -> list[tuple[int, int]]:
    """Return the spans of the lines, their ends of line included; an empty last line is none."""
    return [m.span() for m in _LINE.finditer(raw) if m.end() > m.start()]


def _is_break(line: str, running: set[str]) -> bool:
    return bool(line) and (line in running or _RULE.match(line) is not None)


def _merge(spans: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _collect_pieces(
    raw: str, holes: tuple[tuple[int, int], ...]
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], str, tuple[tuple[int, int], ...]]:
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    twice: list[tuple[int, int]] = []
    position = 0
    for low, high in (*holes, (len(raw), len(raw))):
        for match in PIECE.finditer(raw, position, low):
            word = fold_word(match.group())
            if not word:
                continue
            if words and _repeats_fragment(raw, ends[-1], match.start(), words[-1], word):
                twice.append((starts[-1], match.start()))
                del starts[-1], ends[-1], words[-1]
            starts.append(match.start())
            ends.append(match.end())
            words.append(word)
        position = high
    places = [0]
    for word in words:
        places.append(places[-1] + len(word))
    if twice:
        holes = _merge([*holes, *twice])
    return tuple(starts), tuple(ends), tuple(places), "".join(words), holes


def _find_inner(raw: str, starts: Sequence[int], ends: Sequence[int]) -> frozenset[int]:
    return frozenset(
        number
        for number in range(1, len(starts))
        if starts[number] == ends[number - 1] + 1 and raw[ends[number - 1]] in APOSTROPHES
    )


def _repeats_fragment(raw: str, end: int, start: int, fragment: str, word: str) -> bool:
    """Say whether ``es-``, a page break and ``establish`` print the beginning of a word twice."""
    if len(word) <= len(fragment) or not word.startswith(fragment):
        return False
    gap = raw[end:start]
    return breaks_after_hyphen(gap) and len(gap.splitlines()) > 2


def _take_in_marks(raw: str, offset: int) -> int:
    """Move an offset back over opening marks, so that a page begins with its quotation mark."""
    while offset and raw[offset - 1] in "([{\"'‘“„«‹*_":
        offset -= 1
    return offset


def _is_line_start(source: Source, offset: int) -> bool:
    line = source.lines[source.line_at(offset) - 1]
    return not PIECE.search(source.content, line, offset)


def _page_diagnostic(text: Text, finding: PageFinding) -> Diagnostic:
    severity: Severity = "error" if finding.severe else "warning"
    message = f"{show_name(text.source or text.key)}: {finding.message}"
    return report_at(text, severity, finding.code, message, finding.remedy)


def _with_pages(source: Source, pages: tuple[PageStart, ...]) -> Source:
    return msgspec.structs.replace(source, pages=pages)
