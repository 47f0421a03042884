"""Running pandoc, which comes with the extra ``cite``: from bytes to bytes, and nothing else."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from argmap.extras import require

EPOCH = "315532800"
"""The first second of 1980, the earliest that a zip file can name: when all documents are made."""

VERSION = [1, 23, 1]
"""The version of pandoc's document type that is written; all later ones read it."""

Block = dict[str, Any]
Inline = dict[str, Any]


class PandocError(RuntimeError):
    """Raised where pandoc refuses what it was given; the message is pandoc's own."""


def find_pandoc() -> str:
    """Return the path of pandoc: the one in the package, so that all machines have the same.

    Raises
    ------
    MissingExtra
        Where the extra ``cite`` is not installed.
    """
    package = require("pypandoc", "cite")
    files = Path(package.__file__ or "").parent / "files"
    for name in ("pandoc", "pandoc.exe"):
        if (files / name).is_file():
            return str(files / name)
    return str(package.get_pandoc_path())


def run_pandoc(source: bytes, reader: str, writer: str, options: Sequence[str] = ()) -> bytes:
    """Convert bytes; pandoc reads no file but those named in the options, and no address.

    Raises
    ------
    MissingExtra
        Where the extra ``cite`` is not installed.
    PandocError
        Where the source is refused.
    """
    command = [find_pandoc(), "--from", reader, "--to", writer, "--sandbox", *options]
    if not any(option.startswith("--output") for option in options):
        command.append("--output=-")
    environment = {"SOURCE_DATE_EPOCH": EPOCH, "LC_ALL": "C.UTF-8", "PATH": os.defpath}
    for name in ("SYSTEMROOT", "TEMP", "TMP", "HOME"):
        if name in os.environ:
            environment[name] = os.environ[name]
    done = subprocess.run(command, input=source, capture_output=True, env=environment, check=False)
    if done.returncode != 0:
        raise PandocError(done.stderr.decode("utf-8", "replace").strip())
    return done.stdout


def read_document(source: bytes, reader: str, options: Sequence[str] = ()) -> dict[str, Any]:
    """Return pandoc's document, as its JSON has it, of a source in one of its formats."""
    document: dict[str, Any] = msgspec.json.decode(run_pandoc(source, reader, "json", options))
    return document


def write_document(
    blocks: Sequence[Block],
    writer: str,
    options: Sequence[str] = (),
    meta: dict[str, Any] | None = None,
) -> bytes:
    """Return blocks in one of pandoc's formats."""
    document = {"pandoc-api-version": VERSION, "meta": meta or {}, "blocks": list(blocks)}
    return run_pandoc(msgspec.json.encode(document), "json", writer, options)
