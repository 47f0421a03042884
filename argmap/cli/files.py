"""Writing results: whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

import click

from argmap.cli.finding import tell_failure, wants_json
from argmap.diagnostics import Diagnostic

Content = bytes | Callable[[BinaryIO], object]
"""What a file is to hold, or a function that writes it to the open file."""


def write_whole(path: Path, data: Content) -> None:
    """Write one file; see :func:`write_all`."""
    write_all({path: data})


def write_all(files: Mapping[Path, Content]) -> None:
    """Write files so that a crash, a full disk or Ctrl-C leaves each old one or new one whole.

    All data go to temporary files beside their targets first, in the order given; only when every
    one of them is on the disk do they take their places.  Links are followed; what is no regular
    file (a device, a pipe) is written to as it is.

    Raises
    ------
    WriteFailed
        With one line that says what could not be written and why; no target is touched.
    """
    waiting: dict[Path, Path] = {}
    path = Path()
    try:
        targets = {
            name if _is_special(name) else Path(os.path.realpath(name)): data
            for name, data in files.items()
        }
        for path in targets:
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, "a folder stands in its place", str(path))
        for path, data in targets.items():
            if _is_special(path):
                with path.open("wb") as stream:
                    _fill(stream, data)
                continue
            _make_folder(path.parent)
            # Not the whole name, which may be as long as a name can be.
            handle, temporary = tempfile.mkstemp(prefix=f".{path.name[:60]}.", dir=path.parent)
            waiting[path] = Path(temporary)
            with os.fdopen(handle, "wb") as stream:
                _fill(stream, data)
                stream.flush()
                os.fsync(stream.fileno())
            Path(temporary).chmod(_choose_mode(path))
        for path in list(waiting):
            waiting[path].replace(path)
            del waiting[path]
    except OSError as error:
        raise WriteFailed(path, error) from error
    finally:
        for temporary_path in waiting.values():
            temporary_path.unlink(missing_ok=True)


def _make_folder(folder: Path) -> None:
    for each in (*reversed(folder.parents), folder):
        if each.exists() and not each.is_dir():
            raise NotADirectoryError(
                errno.ENOTDIR, f"{each.name} is a file and no folder", str(each)
            )
    folder.mkdir(parents=True, exist_ok=True)


def _is_special(path: Path) -> bool:
    """Say whether a path is a device, a pipe or the like, which is written to as it is."""
    return path.exists() and not path.is_file() and not path.is_dir()


def _choose_mode(path: Path) -> int:
    """Return the mode of the file in whose place another comes, else that of any new file."""
    if path.exists():
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def _fill(stream: BinaryIO, data: Content) -> None:
    if isinstance(data, bytes):
        stream.write(data)
    else:
        data(stream)


class WriteFailed(click.ClickException):
    """A file could not be written; shown as one finding, exit code 1."""

    exit_code = 1

    def __init__(self, path: Path, error: OSError) -> None:
        super().__init__(f"cannot write the file: {error.strerror or error}")
        self.path = path
        self.remedy = "Check the permissions and the space left, or write elsewhere."
        if error.errno in (errno.ENOTDIR, errno.EISDIR):
            self.remedy = "Name another file, or move away what stands there."
        # Known only while the command runs, and shown after it has ended.
        self.as_json = wants_json()

    def show(self, file: object = None) -> None:
        """Print the finding and its remedy."""
        del file
        tell_failure(
            Diagnostic(
                path=self.path.as_posix(),
                message=self.message,
                code="write-failed",
                remedy=self.remedy,
            ),
            as_json=self.as_json,
        )
