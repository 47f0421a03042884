"""The repository holds no sentence of the coded texts, and speaks of argmap alone."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from shared import ROOT, TEXTS, needs_texts

RUN = 8
BIBLIOGRAPHIC = {".bib", ".lock", ".png", ".pdf", ".docx", ".parquet"}


def list_files() -> list[Path]:
    """Return every file under version control, or not ignored."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return sorted(ROOT / name for name in listed.decode().split("\0") if name)


def split_words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def list_runs(text: str) -> set[tuple[str, ...]]:
    words = split_words(text)
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


@needs_texts
def test_no_file_shares_eight_words_in_a_row_with_a_coded_text() -> None:
    """Bodies of the texts only: titles of works and addresses are bibliographic facts."""
    runs: set[tuple[str, ...]] = set()
    for name, start, end in (
        ("rynning-schmitt-2018.txt", "## 44.1 Introduction", "\n## References"),
        ("bogdanov-2019.txt", "The last fifteen", "\nReferences\n"),
    ):
        text = (TEXTS / name).read_text(encoding="utf-8")
        runs |= list_runs(text[text.index(start) : text.index(end)])
    assert len(runs) > 10_000
    copied = []
    for path in list_files():
        if path.suffix in BIBLIOGRAPHIC or not path.is_file():
            continue
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        copied += [f"{path.name}: {' '.join(run)}" for run in sorted(list_runs(text) & runs)][:2]
    assert copied == []


def test_no_path_of_a_machine_and_no_number_of_an_issue() -> None:
    words = re.compile(
        r"(?<![\w`])/(?:work|root|home)/[a-z]|\bissue #?\d|\bpypi\.org\b|registry\.npmjs"
    )
    found = []
    for path in list_files():
        if path.suffix in BIBLIOGRAPHIC or path.name == Path(__file__).name or not path.is_file():
            continue
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [
            f"{path.name}:{n}: {line}" for n, line in enumerate(lines, 1) if words.search(line)
        ]
    assert found == []
