"""The folder ``corpus/annotations/``: what the scholar writes about works, ``KEY.md`` for each."""

from __future__ import annotations

import re
from pathlib import Path

from argmap.authoring.documents import is_printable_name, read_plain_text
from argmap.diagnostics import Diagnostic
from argmap.model import OwnAnnotation, Place

_SUFFIX = ".md"
_HEADER = re.compile(
    r"\s*^(---)[ \t]*\r?\n(?:#.*\n)*[\w-]+[ \t]*:(?:.*\n)*?(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)",
    re.MULTILINE,
)


def read_annotations(folder: Path, corpus: str) -> tuple[list[OwnAnnotation], list[Diagnostic]]:
    """Read every ``*.md`` file of a folder, in the order of their names; the name is the key.

    ``corpus`` is the name of the corpus folder, under which records know their place.  Hidden files
    and a ``README.md`` are passed over, files of other kinds are noted.
    """
    notes: list[OwnAnnotation] = []
    findings: list[Diagnostic] = []
    try:
        paths = sorted(folder.iterdir(), key=lambda path: path.name)
    except OSError as error:
        reason = error.strerror or str(error)
        return [], [
            Diagnostic(
                path=folder.as_posix(),
                message=f"cannot read the folder of annotations: {reason}",
                code="file-unreadable",
                remedy="Check the permissions of the folder.",
            )
        ]
    for path in paths:
        if path.name.startswith(".") or path.name == "README.md":
            continue
        label = f"{folder.as_posix()}/{ascii(path.name)[1:-1]}"
        if not is_printable_name(path.name):
            findings.append(
                Diagnostic(
                    path=label,
                    message="the name of this file is not UTF-8, or holds control characters",
                    code="file-name",
                    remedy="Rename the file after the key of a work: smith2020.md.",
                )
            )
            continue
        label = path.as_posix()
        if path.suffix != _SUFFIX or path.is_dir():
            findings.append(
                Diagnostic(
                    path=label,
                    severity="note",
                    message="annotations are files KEY.md; this is none, and was not read",
                    code="file-not-read",
                    remedy="Rename it after the key of a work, smith2020.md, or move it away.",
                )
            )
            continue
        source, problems = read_plain_text(path, label)
        findings += problems
        if source is None:
            continue
        header = _HEADER.match(source)
        if header is not None:
            findings.append(
                Diagnostic(
                    path=label,
                    line=source[: header.start(1)].count("\n") + 1,
                    severity="warning",
                    message="a YAML header is no part of an annotation; it is not printed",
                    code="annotation-header",
                    remedy="Take the lines from --- to --- out, or make a sentence of them.",
                )
            )
            # The lines that follow keep their numbers.
            source = "\n" * header[0].count("\n") + source[header.end() :]
        text = "\n".join(line.rstrip() for line in source.splitlines()).strip()
        if not text:
            findings.append(
                Diagnostic(
                    path=label,
                    severity="warning",
                    message="this annotation is empty",
                    code="annotation-empty",
                    remedy="Write a paragraph, or remove the file.",
                )
            )
            continue
        begin = source[: len(source) - len(source.lstrip())].count("\n")
        notes.append(
            OwnAnnotation(
                work=path.stem,
                text=text,
                place=Place(path=f"{corpus}/{folder.name}/{path.name}", line=begin + 1),
            )
        )
    return notes, findings
