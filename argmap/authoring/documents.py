"""YAML documents that remember where everything stands.

Built on PyYAML's event stream alone, so that no tag is resolved and no alias expanded: every
scalar is a string (or None where nothing, ``~`` or ``null`` stands), as in YAML 1.2's failsafe
schema.  Aliases, anchors, tags, duplicate keys, further documents and deep nesting are refused,
each with its line, so that no file can run code or outgrow memory.  (Composing nodes instead would
be as easy and would crash the process on 100,000 open brackets.)

Strings come in Unicode's composed form (NFC), so that names that look alike are alike.
"""

from __future__ import annotations

import re
import stat
import unicodedata
from pathlib import Path
from typing import Any

import yaml

from argmap.diagnostics import Diagnostic, Severity

Position = tuple[int, int]
"""A line and a column, counted from 1."""

DEEPEST = 24
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_LOADER: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class Mapping(dict[str, Any]):
    """A YAML mapping; ``keys_at`` and ``values_at`` hold the place of each key and value."""

    __slots__ = ("at", "keys_at", "values_at")

    def __init__(self, at: Position) -> None:
        super().__init__()
        self.at = at
        self.keys_at: dict[str, Position] = {}
        self.values_at: dict[str, Position] = {}


class Sequence(list[Any]):
    """A YAML sequence; ``items_at`` holds the place of each item."""

    __slots__ = ("at", "items_at")

    def __init__(self, at: Position) -> None:
        super().__init__()
        self.at = at
        self.items_at: list[Position] = []


def read_document(path: Path, label: str) -> tuple[Mapping | None, list[Diagnostic]]:
    """Read the one YAML mapping in a file.

    ``label`` is the path as diagnostics shall show it.  Returns None with at least one error where
    the file cannot be read, is not UTF-8 text, is empty, or is not well-formed.
    """
    source, findings = read_plain_text(path, label)
    return (None, findings) if source is None else parse_document(source, label)


def is_printable_name(name: str) -> bool:
    """Say whether a file name can stand in messages and in records."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return name.isprintable()


def read_plain_text(path: Path, label: str) -> tuple[str | None, list[Diagnostic]]:
    """Return the text of a file in UTF-8, or None with an error; see :func:`read_document`."""
    try:
        # A pipe or a device would be read for ever.
        regular = stat.S_ISREG(path.stat().st_mode)
        data = path.read_bytes() if regular else b""
        reason = "" if regular else "it is a folder or a device"
    except OSError as error:
        reason = error.strerror or str(error)
    if reason:
        return None, [
            Diagnostic(
                path=label,
                message=f"cannot read the file: {reason}",
                code="file-unreadable",
                remedy="Check the name and the permissions of the file.",
            )
        ]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, [
            Diagnostic(
                path=label,
                line=1,
                message="the file is in UTF-16, not in UTF-8",
                code="file-encoding",
                remedy="Save the file in UTF-8.",
            )
        ]
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        return None, [
            Diagnostic(
                path=label,
                line=line,
                message="this is a binary file, not text",
                code="file-binary",
                remedy="A corpus file is plain text in UTF-8; save it as such, or move it away.",
            )
        ]
    try:
        source = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [
            Diagnostic(
                path=label,
                line=line,
                message=f"byte 0x{data[error.start]:02x} is not UTF-8",
                code="file-encoding",
                remedy="Save the file in UTF-8.",
            )
        ]
    return source, []


def parse_document(source: str, label: str) -> tuple[Mapping | None, list[Diagnostic]]:
    """Parse the one YAML mapping in a string; see :func:`read_document`."""
    for separator in _OTHER_BREAKS:
        if separator in source:
            source = source.replace(separator, " ")
    source, findings = _blank_controls(source, label)
    quoted = [0, 0]
    try:
        root, at = _build(source, label, findings, quoted)
    except yaml.YAMLError as error:
        findings.append(_explain_syntax(error, source, label, (quoted[0], quoted[1])))
        return None, findings
    if root is None:
        if not findings:
            findings.append(
                Diagnostic(
                    path=label,
                    line=1,
                    message="the file is empty",
                    code="yaml-empty",
                    remedy="Write a text, a review or relations, or remove the file.",
                )
            )
        return None, findings
    if not isinstance(root, Mapping):
        findings.append(
            Diagnostic(
                path=label,
                line=at[0],
                column=at[1],
                message="the file must be a mapping (`key: value` lines)",
                code="file-kind",
                remedy="Begin with `text: KEY`, `review:` or `relations:`.",
            )
        )
        return None, findings
    return root, findings


_FLATTEN = "No field of a corpus nests this deep; check brackets and indentation."


def _build(
    source: str, label: str, findings: list[Diagnostic], quoted: list[int]
) -> tuple[Any, Position]:
    """Fold the event stream into nested Mapping and Sequence objects.

    ``quoted`` is set to the lines on which the last value in quotes begins and ends.
    """
    root: Any = None
    root_at: Position = (1, 1)
    stack: list[Mapping | Sequence] = []
    keys: list[Any] = []  # for each open mapping the key that waits for its value
    documents = 0
    skipping = 0  # depth inside a collection that stands where a key should

    def refuse(
        at: Position, message: str, code: str, remedy: str, severity: Severity = "error"
    ) -> None:
        findings.append(
            Diagnostic(
                path=label,
                line=at[0],
                column=at[1],
                severity=severity,
                message=message,
                code=code,
                remedy=remedy,
            )
        )

    event: Any
    for event in yaml.parse(source, Loader=_LOADER):
        kind = type(event)
        if kind is yaml.DocumentStartEvent:
            documents += 1
            if documents == 2:
                mark = event.start_mark
                refuse(
                    (mark.line + 1, mark.column + 1),
                    "a second document begins here",
                    "yaml-documents",
                    "Keep one document in a file: remove the line `---`.",
                )
            continue
        if kind in _FRAME or documents > 1:
            continue
        mark = event.start_mark
        at = (mark.line + 1, mark.column + 1)
        if kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            if skipping:
                skipping -= 1
                continue
            stack.pop()
            keys.pop()
            continue
        if kind is yaml.AliasEvent:
            if skipping:
                continue
            refuse(
                at,
                f"aliases are not allowed (*{event.anchor})",
                "yaml-alias",
                "Write the value out, or put it in quotes if the asterisk belongs to it.",
            )
            value: Any = None
        else:
            if event.anchor is not None:
                refuse(
                    at,
                    f"anchors are not allowed (&{event.anchor})",
                    "yaml-alias",
                    "Remove it, or put the value in quotes if the ampersand belongs to it.",
                )
            if event.tag is not None:
                refuse(
                    at,
                    f"tags are not allowed ({event.tag[:60]})",
                    "yaml-tag",
                    "Remove it, or put the value in quotes if the exclamation mark belongs to it.",
                )
            if kind is yaml.ScalarEvent:
                written = event.value
                if not written.isascii():
                    written = unicodedata.normalize("NFC", written)
                value = None if event.implicit[0] and written in _NOTHING else written
                end = event.end_mark
                if not event.style:
                    if source.startswith(" #", end.index) and not _COMMENT.match(source, end.index):
                        refuse(
                            (end.line + 1, end.column + 2),
                            "what follows # is a comment, and no part of the value",
                            "yaml-comment",
                            "Put the value in quotes if it belongs to it; else write `# `.",
                            "warning",
                        )
                elif event.style in ("'", '"'):
                    quoted[:] = mark.line + 1, end.line + 1
            elif kind is yaml.MappingStartEvent:
                value = Mapping(at)
            else:
                value = Sequence(at)
        opens = kind is yaml.MappingStartEvent or kind is yaml.SequenceStartEvent
        if opens and len(stack) + skipping >= DEEPEST:
            refuse(at, f"nested more than {DEEPEST} levels deep", "yaml-depth", _FLATTEN)
            return None, root_at
        if skipping:
            skipping += opens
            continue
        if not stack:
            root, root_at = value, at
        else:
            parent = stack[-1]
            if type(parent) is Sequence:
                parent.append(value)
                parent.items_at.append(at)
            else:
                waiting = keys[-1]
                if waiting is None:
                    if opens:
                        refuse(
                            at,
                            "a key must be a word, not a list or a mapping",
                            "yaml-key",
                            "Put the text in quotes if it begins with a bracket or brace.",
                        )
                        skipping = 1
                        keys[-1] = _REFUSED
                        continue
                    key: Any = _REFUSED if kind is yaml.AliasEvent else written
                    if key in parent.keys_at:  # type: ignore[union-attr]
                        first = parent.keys_at[key][0]  # type: ignore[union-attr]
                        refuse(
                            at,
                            f"{key!r} stands here for the second time (first in line {first})",
                            "yaml-duplicate-key",
                            "Give one of them another name, or join the two.",
                        )
                        key = _REFUSED
                    elif key is not _REFUSED:
                        parent.keys_at[key] = at  # type: ignore[union-attr]
                    keys[-1] = key
                    continue
                keys[-1] = None
                if waiting is not _REFUSED:
                    parent[waiting] = value
                    parent.values_at[waiting] = at  # type: ignore[union-attr]
        if opens:
            stack.append(value)
            keys.append(None)
    return root, root_at


_COMMENT = re.compile(r" #[\s#!]|\Z")
_REFUSED = object()
"""Stands for a key that was reported: its value is read, and left out."""

_FRAME = frozenset((yaml.StreamStartEvent, yaml.StreamEndEvent, yaml.DocumentEndEvent))


def _explain_syntax(
    error: yaml.YAMLError, source: str, label: str, quoted: tuple[int, int]
) -> Diagnostic:
    """Say in plain words what the YAML parser stumbled over, and where.

    ``quoted`` are the first and the last line of the last value in quotes that spans lines.
    """
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    opened = getattr(error, "context_mark", None) or mark
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or error)
    context = str(getattr(error, "context", None) or "")
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    code = "yaml-syntax"
    since = opened.line + 1 if opened is not None else line
    lines = source.splitlines()
    text = lines[line - 1] if 0 < line <= len(lines) else ""
    if re.match(r" *\t", text) or "'\\t'" in problem or "tab" in problem:
        message, remedy = "a tab stands where YAML wants spaces", "Indent with spaces only."
        column = text.find("\t") + 1 or column
    elif "unexpected end of stream" in problem:
        message = f"the quotation mark of line {since} is still open at the end of the file"
        remedy = "Close it."
    elif quoted[0] < quoted[1] == line:
        message = f"the quotation mark of line {quoted[0]} is closed here only"
        remedy = f"Close it in line {quoted[0]}, or write one within the words twice ('')."
    elif "',' or" in problem:
        message = f"the bracket or brace of line {since} is still open here"
        remedy = "Close it, put a comma between its items, or quote an item that has brackets."
    elif "mapping values are not allowed" in problem:
        if re.search(r":\s", text[: column - 1]):
            message = "a colon and a space inside a value end it"
            remedy = 'Put the value in quotes: key: "value: with a colon".'
        else:
            message = "this line is indented as if it belonged to the value before it"
            remedy = "Indent it as its neighbours are."
    elif "cannot start any token" in problem:
        message, remedy = "this character cannot begin a value", "Put the value in quotes."
    elif "could not find expected ':'" in problem:
        line, column = since, opened.column + 1 if opened is not None else 1
        message, remedy = "a key without a colon and a space", "Write `key: value`."
    elif "escape" in context or "escape" in problem:
        message = "within double quotes a backslash begins an escape"
        remedy = "Write it twice, or put the value in single quotes."
    elif "comment or line break" in problem or "block scalar" in context:
        message = "a value cannot begin with | or >"
        remedy = "Put the value in quotes, or begin it in the next line."
    elif "document start" in problem:
        message = "what stands before this is a whole document already"
        remedy = "Remove the line `...`, or check the quotation marks."
    elif "incompatible" in problem or "directive" in problem + context:
        message, remedy = "a line that begins with % is no part of a corpus file", "Remove it."
    elif "expected key" in problem or "block end" in problem or "'-' indicator" in problem:
        message = "this line does not fit what stands above it"
        remedy = "Indent it as its neighbours are; no words may follow a closing quotation mark."
    elif "node content" in problem or "block sequence entries" in problem:
        message = "no value can begin here"
        remedy = "Look for a bracket, a comma or a dash too many."
    elif "nesting" in problem:  # newer releases of the parser set a limit of their own
        code, message, remedy = "yaml-depth", f"nested more than {DEEPEST} levels deep", _FLATTEN
    else:
        message, remedy = problem, "Check the indentation and the quotation marks of this line."
    return Diagnostic(
        path=label, line=line, column=column, message=message, code=code, remedy=remedy
    )


_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
)
_BREAK = re.compile(r"\r\n|\r|\n")
# YAML 1.1 ends a line at these, YAML 1.2 and editors do not.
_OTHER_BREAKS = ("\x85", "\u2028", "\u2029")


def _blank_controls(source: str, label: str) -> tuple[str, list[Diagnostic]]:
    """Put a space for every control character, and report the first of each line."""
    if _CONTROL.search(source) is None:
        return source, []
    findings = []
    for number, line in enumerate(_BREAK.split(source), 1):
        found = _CONTROL.search(line)
        if found is not None:
            findings.append(
                Diagnostic(
                    path=label,
                    line=number,
                    column=found.start() + 1,
                    message=f"the control character U+{ord(found.group()):04X} is not allowed",
                    code="yaml-control",
                    remedy="Remove it; as it does not show, retype the words around it.",
                )
            )
    return _CONTROL.sub(" ", source), findings
