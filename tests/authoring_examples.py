"""Corpora written down in the docstrings of tests, as beancount does.

A test decorated with :func:`reads_docstring` gets the draft and the findings of the corpus in its
docstring: files begin with ``=== name``, and without such a line there is one, ``smith2020.yaml``.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

from argmap.authoring import CorpusDraft, read_corpus
from argmap.diagnostics import Diagnostic

Test = Callable[[CorpusDraft, list[Diagnostic]], None]


def split_files(source: str, default: str = "smith2020.yaml") -> dict[str, str]:
    """Return the files of a text by name; lines before the first separator are the default's."""
    files: dict[str, list[str]] = {}
    name = default
    for line in source.splitlines(keepends=True):
        if line.startswith("=== "):
            name = line[4:].strip()
            files[name] = []
        else:
            files.setdefault(name, []).append(line)
    return {name: "".join(lines) for name, lines in files.items() if name != default or any(lines)}


def write_files(folder: Path, files: dict[str, str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_text(content, encoding="utf-8", newline="")


def read_files(folder: Path, files: dict[str, str]) -> tuple[CorpusDraft, list[Diagnostic]]:
    corpus = folder / "corpus"
    write_files(corpus, files)
    return read_corpus(corpus)


def read_one(folder: Path, source: str) -> tuple[CorpusDraft, list[Diagnostic]]:
    """Read a corpus of one text and an empty review; what is missing from it is not reported."""
    return read_files(folder, {"smith2020.yaml": source, "review.yaml": "review: {title: x}\n"})


def reads_docstring(test: Test) -> Callable[[Path], None]:
    source = textwrap.dedent(test.__doc__ or "")
    # The docstring's first line carries the quotation marks only.
    source = source.removeprefix("\n")

    def run(tmp_path: Path) -> None:
        files = split_files(source)
        files.setdefault("review.yaml", "review: {title: Test}\n")
        test(*read_files(tmp_path, files))

    run.__name__ = test.__name__
    run.__doc__ = test.__doc__
    run.__module__ = test.__module__
    return run


def show(findings: list[Diagnostic]) -> list[str]:
    """Return findings as ``line:column code`` by place, short enough for a test to list."""
    ordered = sorted(findings, key=lambda f: (f.line, f.column, f.code))
    return [f"{f.line}:{f.column} {f.code}" for f in ordered]
