"""The dataset in an Oxigraph store, in memory or on disk.

A store on disk is a folder that holds ``argmap-store.json``, which names the current generation,
and generations, each a folder of Oxigraph's own (``oxigraph serve --location`` can serve one).  A
build makes a new generation beside the current one, brings it to the disk, and only then renames a
new ``argmap-store.json`` over the old: whatever kills a build, readers find the old generation or
the new one, whole.  What a killed build leaves is removed by the next.
"""

from __future__ import annotations

import contextlib
import errno
import io
import os
import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, cast

import msgspec
import pyoxigraph

from argmap.diagnostics import Diagnostic, describe_diagnostic
from argmap.graph.losses import find_losses
from argmap.graph.quads import write_quads
from argmap.model import Derived, Literature

if TYPE_CHECKING:
    from rdflib import Dataset

MARKER = "argmap-store.json"
_MARKER_DRAFT = f"{MARKER}.new"
_LOCK = "argmap-store.lock"
_GENERATION = re.compile(r"generation-(\d{6,})\Z", re.ASCII)
_BUFFER = 1 << 20
_OTHER = "Name a folder that is empty, or that is not there yet."


class StoreError(Exception):
    """Raised where a store cannot be built or opened.

    Attributes
    ----------
    diagnostics : list of Diagnostic
        What stands in the way, with the path, a code and what to do.

    Examples
    --------
    >>> try:
    ...     argmap.load(store="nowhere")
    ... except argmap.StoreError as error:
    ...     print(error.diagnostics[0].code)
    store-missing
    """

    def __init__(self, *diagnostics: Diagnostic) -> None:
        self.diagnostics = list(diagnostics)
        super().__init__("\n".join(map(describe_diagnostic, diagnostics)))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), tuple(self.diagnostics)


class _Marker(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in the marker: an integer, 0 before a build was ever finished."""

    generation: int
    format: str = "argmap store"
    version: int = 1


def build_store(
    literature: Literature, derived: Derived | None = None, directory: Path | None = None
) -> pyoxigraph.Store:
    """Return a store of a literature, in memory or, given a directory, on disk.

    On disk the store is replaced as a whole or not at all, and comes back open for reading only.
    A directory that is neither empty nor an argmap store is left alone.  Linear; in memory about
    350 bytes a quad, on disk about 100.  :func:`argmap.graph.losses.find_losses` tells what RDF
    cannot carry.

    Raises :class:`StoreError` where the records cannot be RDF, where the directory cannot be
    written or belongs to something else, and where another build is at work in it.
    """
    errors = [loss for loss in find_losses(literature, derived) if loss.severity == "error"]
    if errors:
        raise StoreError(*errors)
    quads = write_quads(literature, derived)
    if directory is None:
        store = pyoxigraph.Store()
        _load(store, quads)
        return store
    with _report_failures(directory):
        _make_room(directory)
        with _lock(directory):
            marker = _prepare(directory)
            number = 1 + max([marker.generation, *_list_generations(directory)])
            path = _locate(directory, number)
            try:
                _build_generation(path, quads)
                _write_marker(directory, _Marker(number))
            except BaseException:
                # What is broken goes, unless the marker was renamed already.
                if _read_marker(directory) != _Marker(number):
                    shutil.rmtree(path, ignore_errors=True)
                raise
            _remove_generations(directory, keep=number)
        return pyoxigraph.Store.read_only(str(path))


def open_store(directory: Path) -> pyoxigraph.Store:
    """Return a store on disk, open for reading; it stays as it is while others build anew.

    Raises :class:`StoreError` where the directory holds none, none that was ever finished, or one
    whose files are damaged.
    """
    last: Exception | None = None
    for _ in range(3):
        marker = _find_marker(directory)
        try:
            store = pyoxigraph.Store.read_only(str(_locate(directory, marker.generation)))
            if next(iter(store), None) is not None:
                return store
            # Every build writes a review: what is empty has lost its files' list.
            last = OSError("it holds nothing")
        except (OSError, RuntimeError) as error:
            # A build may have replaced the generation since the marker was read.
            last = error
    raise StoreError(describe_damage(str(directory), last)) from last


def describe_damage(path: str, error: Exception | None) -> Diagnostic:
    """Return the finding for a store whose files cannot be opened or read."""
    return Diagnostic(
        path=path,
        message=f"the store is damaged and cannot be read: {_say(error)}",
        code="store-damaged",
        remedy="Build it anew.",
    )


def locate_store(directory: Path) -> Path:
    """Return the folder of the current generation, which other tools can open as an Oxigraph store.

    Raises :class:`StoreError` as :func:`open_store` does.
    """
    return _locate(directory, _find_marker(directory).generation)


def as_dataset(store: pyoxigraph.Store) -> Dataset:
    """Return the store as an rdflib dataset, whose default graph is the union of all graphs."""
    from oxrdflib import OxigraphStore
    from rdflib import Dataset

    return Dataset(store=OxigraphStore(store=store), default_union=True)


class _Stream(io.RawIOBase):
    """Strings as a binary file, so that a store can load them without their being joined."""

    def __init__(self, strings: Iterator[str]) -> None:
        self._strings = strings
        self._buffer = b""
        self._offset = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        if self._offset == len(self._buffer):
            parts = []
            length = 0
            for part in self._strings:
                parts.append(part)
                length += len(part)
                if length > _BUFFER:
                    break
            self._buffer = "".join(parts).encode()
            self._offset = 0
        start = self._offset
        self._offset = min(start + size, len(self._buffer)) if size >= 0 else len(self._buffer)
        return self._buffer[start : self._offset]


def _load(store: pyoxigraph.Store, quads: Iterator[str]) -> None:
    store.bulk_load(cast(IO[bytes], _Stream(quads)), format=pyoxigraph.RdfFormat.N_QUADS)


def _build_generation(path: Path, quads: Iterator[str]) -> None:
    path.mkdir()
    store = pyoxigraph.Store(str(path))
    _load(store, quads)
    store.flush()
    # The last reference closes the store, and with it its files.
    del store
    for file in sorted(path.iterdir()):
        _synchronise(file)
    _synchronise(path)


def _synchronise(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _make_room(directory: Path) -> None:
    """See that there is a folder to build in, and that it is ours or empty."""
    if directory.is_dir():
        if _read_marker(directory) is None and (stranger := _find_stranger(directory)):
            raise StoreError(
                _complain(
                    directory,
                    "store-foreign",
                    f"the folder is no argmap store, but holds {stranger!r}; nothing was changed",
                    _OTHER,
                )
            )
    elif directory.exists():
        raise StoreError(_complain(directory, "store-foreign", "this is not a folder", _OTHER))
    else:
        directory.mkdir(parents=True)
        _synchronise(directory.parent)


def _find_stranger(directory: Path) -> str:
    """Return the name of something in the folder that no build of ours leaves, if there is any."""
    ours = {MARKER, _MARKER_DRAFT, _LOCK}
    names = sorted(entry.name for entry in directory.iterdir())
    return next((name for name in names if name not in ours and not _GENERATION.match(name)), "")


def _prepare(directory: Path) -> _Marker:
    """Mark the folder as a store, and remove what a killed build left in it."""
    marker = _read_marker(directory)
    if marker is None:
        marker = _Marker(0)
        _write_marker(directory, marker)
    (directory / _MARKER_DRAFT).unlink(missing_ok=True)
    _remove_generations(directory, keep=marker.generation)
    return marker


def _list_generations(directory: Path) -> list[int]:
    matches = (_GENERATION.match(entry.name) for entry in directory.iterdir())
    return [int(match[1]) for match in matches if match]


def _locate(directory: Path, generation: int) -> Path:
    return directory / f"generation-{generation:06d}"


def _remove_generations(directory: Path, *, keep: int) -> None:
    """Remove all generations but one; what cannot be removed now will be by the next build."""
    for number in _list_generations(directory):
        if number != keep:
            shutil.rmtree(_locate(directory, number), ignore_errors=True)


def _read_marker(directory: Path) -> _Marker | None:
    """Return what the marker says, None where there is none, or none that can be read."""
    try:
        marker = msgspec.json.decode((directory / MARKER).read_bytes(), type=_Marker)
    except (OSError, msgspec.DecodeError):
        return None
    return marker if marker == _Marker(marker.generation) else None


def _write_marker(directory: Path, marker: _Marker) -> None:
    """Replace the marker in one step."""
    draft = directory / _MARKER_DRAFT
    with draft.open("wb") as file:
        file.write(msgspec.json.encode(marker) + b"\n")
        file.flush()
        os.fsync(file.fileno())
    draft.replace(directory / MARKER)
    _synchronise(directory)


def _find_marker(directory: Path) -> _Marker:
    marker = _read_marker(directory)
    if marker is not None and marker.generation:
        return marker
    if marker is not None:
        message, remedy = "no build of this store was ever finished", "Build it."
        code = "store-unfinished"
    elif not directory.exists():
        message, remedy = "there is no such folder", "Build the store first."
        code = "store-missing"
    elif (directory / MARKER).exists():
        message, remedy = f"{MARKER} in it cannot be read", "Build the store anew."
        code = "store-damaged"
    else:
        message = "the folder is no argmap store"
        remedy = f"An argmap store has a file {MARKER} in it. Build one in a new folder."
        code = "store-foreign"
    raise StoreError(_complain(directory, code, message, remedy))


@contextlib.contextmanager
def _lock(directory: Path) -> Iterator[None]:
    """Keep other builds out; the system takes the lock back when the process ends in any way."""
    with (directory / _LOCK).open("a+b") as file:
        try:
            _lock_file(file.fileno())
        except OSError as error:
            raise StoreError(
                _complain(
                    directory,
                    "store-locked",
                    "another process is building this store",
                    "Wait for it to end, or end it.",
                )
            ) from error
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock_file(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock_file(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def _report_failures(directory: Path) -> Iterator[None]:
    """Turn what the system refuses into a finding."""
    try:
        yield
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} or any(
            words in str(error) for words in ("No space left", "File too large", "quota exceeded")
        )
        raise StoreError(
            _complain(
                directory,
                "store-full" if full else "store-unwritable",
                f"the store cannot be written: {_say(error)}; what was there before is untouched",
                "Make room on the disk." if full else "Choose a folder that you may write to.",
            )
        ) from error


def _say(error: Exception | None) -> str:
    """Return the reason without the names of files of RocksDB's own."""
    reason = getattr(error, "strerror", None) or str(error)
    # RocksDB names files of its own behind the reason.
    parts = re.split(r"\s+(?:in /|The file )", reason.replace("\n", " "))[0].split(": ")
    plain = [part for part in parts if not part.startswith(("IO error", "While ", "/"))]
    return plain[0] if plain else ": ".join(parts)


def _complain(directory: Path, code: str, message: str, remedy: str) -> Diagnostic:
    return Diagnostic(path=str(directory), message=message, code=code, remedy=remedy)
