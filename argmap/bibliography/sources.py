"""Bytes of a .bib file made into text, and offsets in that text made into lines and columns."""

from __future__ import annotations

import re
import stat
from bisect import bisect_right
from pathlib import Path

from argmap.bibliography.codes import make_finding
from argmap.diagnostics import Diagnostic, did_you_mean
from argmap.model import Record

# Tabs and line feeds apart, control characters and lone surrogates are forbidden in XML and RDF,
# and none of them means anything in BibTeX.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Source(Record, frozen=True):
    """The text of a bibliography with the offsets at which its lines begin.

    ``text`` has line feeds only, no byte order mark and no control characters but tabs; ``path`` is
    the name under which places in it are reported.
    """

    path: str
    text: str
    line_starts: tuple[int, ...]

    def locate(self, offset: int) -> tuple[int, int]:
        """Return line and column, both from 1, of an offset in code points; O(log lines)."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def get_line(self, line: int) -> str:
        """Return a line, counted from 1, without its line feed."""
        begin, end = self._get_bounds(line)
        return self.text[begin:end]

    def find_column(self, line: int, word: str) -> int:
        """Return the column, from 1, at which ``word`` first stands in a line, or 1."""
        begin, end = self._get_bounds(line)
        found = self.text.find(word, begin, end)
        if found < 0:
            found = begin + max(self.text[begin:end].casefold().find(word.casefold()), 0)
        return found - begin + 1

    def _get_bounds(self, line: int) -> tuple[int, int]:
        starts = self.line_starts
        return starts[line - 1], starts[line] - 1 if line < len(starts) else len(self.text)


def report_at(source: Source, code: str, offset: int, message: str, remedy: str = "") -> Diagnostic:
    """Return a finding about the place at an offset."""
    line, column = source.locate(min(offset, max(len(source.text) - 1, 0)))
    return make_finding(code, source.path, line, column, message=message, remedy=remedy)


def report_line(
    source: Source, code: str, line: int, word: str, message: str, remedy: str = ""
) -> Diagnostic:
    """Return a finding about a line, at the column of a word in it."""
    column = source.find_column(line, word)
    return make_finding(code, source.path, line, column, message=message, remedy=remedy)


def load_text(path: Path) -> tuple[str | None, list[Diagnostic]]:
    """Read a .bib file, or say in one diagnostic why it cannot be read (then the text is None).

    Bytes that are not UTF-8 are an error, but cost nothing: their lines are read as Windows-1252.
    """
    name = path.name or str(path)
    try:
        # A pipe or a device would be read for ever.
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
            message = f"{path} is a pipe or a device, not a bibliography"
            remedy = "Name a .bib file."
            return None, [make_finding("bib-not-a-file", name, message=message, remedy=remedy)]
        data = path.read_bytes()
    except FileNotFoundError:
        return None, [_report_missing(path, name)]
    except IsADirectoryError:
        inside = sorted(file.name for file in path.glob("*.bib"))
        remedy = f"Name a file in it: {', '.join(inside[:3])}." if inside else "Name a .bib file."
        message = f"{path} is a folder, not a bibliography"
        return None, [make_finding("bib-not-a-file", name, message=message, remedy=remedy)]
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror or error}"
        remedy = "See that the file may be read."
        return None, [make_finding("bib-unreadable", name, message=message, remedy=remedy)]
    return _decode_bytes(data, name)


def make_source(text: str, path: str) -> tuple[Source, list[Diagnostic]]:
    """Bring a text into the form that a :class:`Source` promises; O(length)."""
    text = text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    clean, count = _CONTROL.subn(" ", text)
    starts = [0]
    starts.extend(match.end() for match in re.finditer("\n", clean))
    source = Source(path=path, text=clean, line_starts=tuple(starts))
    if not count:
        return source, []
    first = _CONTROL.search(text)
    assert first is not None  # count is not 0
    more = f", and {count - 1} more in the file" if count > 1 else ""
    name = f"U+{ord(first[0]):04X}"
    message = f"a control character ({name}) stands here{more}; it is read as a space"
    return source, [
        report_at(source, "bib-control-character", first.start(), message, "Delete it.")
    ]


def report_binary(path: str) -> Diagnostic:
    """Return the finding for content that holds NUL and so is no text."""
    message = "the file is not text: it holds NUL bytes; nothing was read"
    remedy = "Export your library as BibTeX or BibLaTeX, in UTF-8."
    return make_finding("bib-binary", path, message=message, remedy=remedy)


def _report_missing(path: Path, name: str) -> Diagnostic:
    folder = path.parent
    near = ""
    if folder.is_dir():
        files = sorted(file.name for file in folder.glob("*.bib"))
        near = did_you_mean(name, files) or (files and f"There is {', '.join(files[:3])}.") or ""
    return make_finding(
        "bib-missing-file",
        name,
        message=f"there is no file {path}",
        remedy=near or "Give the path of your bibliography with --bib FILE.",
    )


def _decode_bytes(data: bytes, name: str) -> tuple[str | None, list[Diagnostic]]:
    remedy = "Save the file as UTF-8."
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        message = "the file is in UTF-16, not in UTF-8"
        finding = make_finding("bib-encoding", name, message=message, remedy=remedy)
        return data.decode("utf-16", "replace"), [finding]
    if b"\0" in data:
        return None, [report_binary(name)]
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass
    # Files put together from several sources mix encodings, so each line is judged by itself.
    data = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    lines: list[str] = []
    bad: list[tuple[int, int]] = []
    for number, raw in enumerate(data.split(b"\n"), start=1):
        try:
            lines.append(raw.decode("utf-8"))
        except UnicodeDecodeError as error:
            bad.append((number, len(raw[: error.start].decode("utf-8")) + 1))
            lines.append(_decode_western(raw))
    message = "this line is not in UTF-8; it is read as Windows-1252"
    if len(bad) > 1:
        others = ", ".join(str(number) for number, _ in bad[1:6]) + ", …" * (len(bad) > 6)
        message += f", and so are {len(bad) - 1} more: {others}"
    finding = make_finding("bib-encoding", name, *bad[0], message=message, remedy=remedy)
    return "\n".join(lines), [finding]


def _decode_western(raw: bytes) -> str:
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")
