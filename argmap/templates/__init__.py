"""``argmap new``: a small review that checks clean and explains itself."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from argmap.diagnostics import Diagnostic

_RENAMED = {"gitignore": ".gitignore"}  # under its own name it would hide files of the package
_SCHEMAS = ("text.json", "review.json", "across.json")


def list_template() -> list[tuple[str, bytes]]:
    """Return the files of the example review by path below its folder, sorted, with contents.

    The schemas of corpus files are among them, so that editors find them beside the corpus.
    """
    found = list(_walk(files("argmap.templates").joinpath("review"), ""))
    schemas = files("argmap").joinpath("schemas")
    found += [(f"schemas/{name}", schemas.joinpath(name).read_bytes()) for name in _SCHEMAS]
    return sorted(found)


def _walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, f"{prefix}{entry.name}/")
        else:
            yield f"{prefix}{_RENAMED.get(entry.name, entry.name)}", entry.read_bytes()


def write_template(directory: Path) -> tuple[list[Path], list[Diagnostic]]:
    """Write the example review into a folder, all of it or nothing.

    Returns the files written, sorted.  The folder is made where it is missing; what else stands in
    it is left alone.  A file of the review that is there already, or a corpus, is the error
    ``new-exists``; what the system refuses ``new-unwritable``, and then, as on Ctrl-C, what was
    written is taken away again.
    """
    template = list_template()
    if finding := _find_obstacle(directory, [name for name, _ in template]):
        return [], [finding]
    written: list[Path] = []
    made: list[Path] = []
    try:
        for name, content in template:
            path = directory / name
            _make_folders(path.parent, made)
            # "x": if the file has come to be in the meantime, it is not ours to overwrite.
            with path.open("xb") as stream:
                written.append(path)
                stream.write(content)
    except OSError as error:
        _take_away(written, made)
        reason = error.strerror or str(error)
        message = f"the review cannot be written: {reason}; nothing was kept of it"
        remedy = "Choose a folder that you may write to, on a disk with room."
        return [], [_report(directory, message, "new-unwritable", remedy)]
    except BaseException:
        _take_away(written, made)
        raise
    return sorted(written), []


def _find_obstacle(directory: Path, names: list[str]) -> Diagnostic | None:
    """Return a finding where writing the review would change something that is there."""
    if directory.exists() and not directory.is_dir():
        message = "this is a file, not a folder; nothing was written"
        return _report(directory, message, "new-exists", "Name a new folder.")
    standing = []
    for name in names:
        parents = [directory / parent for parent in Path(name).parents]
        path = directory / name
        blocked = [p for p in parents if (p.exists() or p.is_symlink()) and not p.is_dir()]
        standing += blocked[:1] or [path] * (path.exists() or path.is_symlink())
    corpus = directory / "corpus"
    if not standing and corpus.is_dir():
        # Files of another review would be mixed with ours.
        standing = sorted(path for path in corpus.iterdir() if path.suffix in (".yaml", ".yml"))
    if not standing:
        return None
    others = len(set(standing)) - 1
    more = f" and {others} more" if others else ""
    message = f"{standing[0].name!r}{more} is there already; nothing was written"
    if others:
        message = f"{standing[0].name!r}{more} are there already; nothing was written"
    return _report(standing[0], message, "new-exists", "Name a new folder: argmap new my-review.")


def _make_folders(folder: Path, made: list[Path]) -> None:
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for path in reversed(missing):
        path.mkdir()
        made.append(path)


def _take_away(written: list[Path], made: list[Path]) -> None:
    """Remove what was written, as far as the system lets us, the innermost folders first."""
    for path in written:
        path.unlink(missing_ok=True)
    for path in reversed(made):
        try:
            path.rmdir()
        except OSError:
            return


def _report(path: Path, message: str, code: str, remedy: str) -> Diagnostic:
    return Diagnostic(path=path.as_posix(), message=message, code=code, remedy=remedy)
