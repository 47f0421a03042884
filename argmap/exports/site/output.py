"""A site in a folder: what changed is written, what is gone is removed, nothing else touched."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

import msgspec

from argmap.diagnostics import Diagnostic
from argmap.exports.site.sharing import Share, make_files

MANIFEST = "manifest.json"


class Written(NamedTuple):
    """How many files a site has, how many of them were written anew, and how many are gone."""

    files: int
    changed: int
    removed: int
    size: int


def find_obstacle(folder: Path) -> Diagnostic | None:
    """Return why a site cannot go into a folder, or None: it would stand among others' files."""
    if not folder.exists():
        return None
    if not folder.is_dir():
        message = "a file stands where the folder of the site should be"
    elif any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        message = "the folder has files that are no site of argmap's"
    else:
        return None
    return Diagnostic(
        path=folder.as_posix(),
        message=message,
        code="site-folder",
        remedy="Name a folder that is new, empty or a site written before: -o DIR.",
    )


def write_site(
    folder: Path,
    shares: Sequence[Share],
    tell: Callable[[int], None] = lambda number: None,
    processes: int = 1,
) -> Written:
    """Write the files of a site; ``tell`` is called with the number of files made so far.

    All new files go into a folder of their own first; only when every one of them is on the disk do
    they take their places, so that each file is the old one or the new one, and whole.

    Raises
    ------
    OSError
        Where something cannot be read or written; what was there before stays.
    """
    before = _read_manifest(folder)
    fresh = not folder.exists()
    folder.parent.mkdir(parents=True, exist_ok=True)
    staging = Path(
        tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent if fresh else folder)
    )

    def keep(name: str, data: bytes) -> tuple[str, int, bool]:
        if not fresh and _is_same(folder / name, data):
            return name, len(data), False
        _put(staging / name, data)
        return name, len(data), True

    try:
        made = sorted(make_files(shares, keep, tell, processes))
        names = [name for name, _, _ in made]
        changed = [name for name, _, is_changed in made if is_changed]
        manifest = msgspec.json.format(msgspec.json.encode({"files": names}), indent=1)
        gone = sorted(before - set(names))
        if fresh:
            _put(staging / MANIFEST, manifest)
            staging.chmod(0o777 & ~_read_mask())
            staging.rename(folder)
        else:
            if changed or gone or not (folder / MANIFEST).exists():
                _put(staging / MANIFEST, manifest)
                changed.append(MANIFEST)
            for name in changed:
                target = folder / name
                target.parent.mkdir(parents=True, exist_ok=True)
                (staging / name).replace(target)
            for name in gone:
                _remove(folder, name)
        number = len([name for name in changed if name != MANIFEST])
        return Written(len(names), number, len(gone), sum(size for _, size, _ in made))
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def _put(path: Path, data: bytes) -> None:
    try:
        stream = open(path, "wb", buffering=0)  # noqa: PTH123, SIM115 - a third of a Path's time
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        stream = path.open("wb", buffering=0)
    with stream:
        # A disk that is full takes a part, and says nothing.
        if stream.write(data) != len(data):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))


def _is_same(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _read_mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _read_manifest(folder: Path) -> set[str]:
    """Return the files that were written before; none where the manifest is damaged."""
    try:
        found = msgspec.json.decode((folder / MANIFEST).read_bytes(), type=dict[str, list[str]])
    except (OSError, msgspec.DecodeError):
        return set()
    return {name for name in found.get("files", ()) if _stays_inside(name)}


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return (
        bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\\" not in name
    )


def _remove(folder: Path, name: str) -> None:
    path = folder / name
    path.unlink(missing_ok=True)
    for parent in path.parents:
        if parent == folder or any(parent.iterdir()):
            return
        parent.rmdir()
