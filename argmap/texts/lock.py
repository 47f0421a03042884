"""The lock file ``corpus/anchors.lock``: what proving the anchors against the texts has found.

JSON lines: first one for each text, then one for each anchor, sorted, so that equal corpora have
equal files and a change of one anchor is a change of one line.  With it every export is the same
whether or not the texts are at hand, and a text that has changed is noticed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

import msgspec

from argmap.diagnostics import Diagnostic
from argmap.model import Record
from argmap.texts.sources import read_regular

_REMEDY = "Write it anew: argmap check --write-lock --texts DIR."
_CONFLICT = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")


class LockedText(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A text's file when its anchors were proved: SHA-256 of its bytes, length in code points."""

    text: str
    sha256: str
    length: int


class LockedAnchor(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An anchor as it was proved.

    ``used_for`` (``for`` in the file) tells what the anchor belongs to: empty for the claim itself,
    a relation's id, ``"@holder stance"`` for a position, ``"[@work] role locator"`` for a citation,
    ``none`` for a passage without a claim.  ``at`` is the anchor's string form.
    """

    claim: str
    used_for: str = msgspec.field(name="for")
    at: str
    text: str
    page: str
    inferred: bool
    section: str | None
    start: int
    end: int
    sha256: str


class Lock(Record, frozen=True, kw_only=True, dict=True):
    """The lock file's texts, sorted by key, and anchors, sorted by (claim, for, at)."""

    texts: tuple[LockedText, ...] = ()
    anchors: tuple[LockedAnchor, ...] = ()

    @cached_property
    def _by_place(self) -> dict[tuple[str, str, str], LockedAnchor]:
        return {(a.claim, a.used_for, a.at): a for a in self.anchors}

    @cached_property
    def _by_key(self) -> dict[str, LockedText]:
        return {text.text: text for text in self.texts}

    def find(self, claim: str, used_for: str, at: str) -> LockedAnchor | None:
        """Return the anchor of a claim that serves ``used_for`` and reads ``at``; constant time."""
        return self._by_place.get((claim, used_for, at))

    def find_text(self, key: str) -> LockedText | None:
        """Return what the lock knows of a text's file; constant time."""
        return self._by_key.get(key)


def read_lock(path: Path) -> tuple[Lock, list[Diagnostic]]:
    """Read a lock file; a missing one is an empty lock.

    Lines that cannot be read (bad JSON, wrong or unknown fields, marks of a merge conflict,
    repetitions) are errors with their line, and left out.
    """
    name = path.as_posix()
    try:
        data = read_regular(path)
    except FileNotFoundError:
        return Lock(), []
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"the lock file cannot be read: {reason}"
        return Lock(), [Diagnostic(path=name, message=message, code="lock-unreadable")]
    texts: dict[str, LockedText] = {}
    anchors: dict[tuple[str, str, str], LockedAnchor] = {}
    findings: list[Diagnostic] = []

    def report(line: int, code: str, message: str) -> None:
        findings.append(
            Diagnostic(path=name, line=line, column=1, message=message, code=code, remedy=_REMEDY)
        )

    for number, line in enumerate(data.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        if not line.strip():
            continue
        if line.startswith(_CONFLICT):
            report(number, "lock-conflict", "the lock file holds marks of a merge conflict")
            continue
        record = _read_record(line)
        if isinstance(record, str):
            report(number, "lock-record", record)
        elif isinstance(record, LockedText):
            if record.text in texts:
                report(number, "lock-twice", f"the text {record.text} stands here a second time")
            texts.setdefault(record.text, record)
        else:
            place = (record.claim, record.used_for, record.at)
            if place in anchors:
                report(number, "lock-twice", f"the anchor {record.at!r} stands here a second time")
            anchors.setdefault(place, record)
    return sort_lock(Lock(texts=tuple(texts.values()), anchors=tuple(anchors.values()))), findings


def _read_record(line: bytes) -> LockedText | LockedAnchor | str:
    try:
        value = msgspec.json.decode(line)
        if not isinstance(value, dict):
            return "a line of the lock file is not a JSON object"
        if "claim" in value:
            return msgspec.convert(value, LockedAnchor)
        return msgspec.convert(value, LockedText)
    except msgspec.ValidationError as error:
        return f"a line of the lock file has wrong fields: {error}"
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return f"a line of the lock file is not JSON: {error}"


def sort_lock(lock: Lock) -> Lock:
    """Return the lock with texts and anchors in their order, repetitions left out."""
    texts = sorted(set(lock.texts), key=lambda text: (text.text, text.sha256, text.length))
    # Bytes decide between records that differ in nothing else, whatever the order of the set.
    anchors = sorted(
        set(lock.anchors), key=lambda a: (a.claim, a.used_for, a.at, msgspec.json.encode(a))
    )
    return Lock(texts=tuple(texts), anchors=tuple(anchors))


def format_lock(lock: Lock) -> bytes:
    """Return the lock file's bytes: JSON lines in UTF-8, each ended by a line feed."""
    ordered = sort_lock(lock)
    lines = [msgspec.json.encode(record) for record in (*ordered.texts, *ordered.anchors)]
    return b"".join(line + b"\n" for line in lines)


def write_lock(lock: Lock, path: Path) -> list[Diagnostic]:
    """Write a lock file whole or not at all, and return what prevented it.

    A file that reads the same is left alone.  A link is followed.
    """
    target = Path(os.path.realpath(path))
    try:
        content = format_lock(lock)
        if target.is_file() and target.read_bytes() == content:
            return []
        with _replacing(target) as temporary:
            descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(content)
                stream.flush()
                os.fsync(stream.fileno())
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"the lock file cannot be written: {reason}"
        remedy = "Make its folder writable; the old file is unchanged."
        finding = Diagnostic(
            path=path.as_posix(), message=message, code="lock-unwritable", remedy=remedy
        )
        return [finding]
    return []


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """Yield a temporary file beside ``target`` that takes its place if all goes well."""
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    temporary.unlink(missing_ok=True)
    try:
        yield temporary
        os.replace(temporary, target)  # noqa: PTH105 - pathlib's replace is the same call
    finally:
        temporary.unlink(missing_ok=True)
