"""Small reviews written down in one file, and what argmap finds in them.

See ``tests/rules/README.md`` for the form.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import msgspec

from argmap.checks import check_literature
from argmap.diagnostics import Diagnostic, sort_diagnostics
from argmap.exports.interchange import read_records_file
from argmap.literature import load_literature
from argmap.query import load_checked
from argmap.texts.lock import write_lock

STOCK = {
    "smith2020": "Smith, Ada",
    "jones1999": "Jones, Ben",
    "brown2001": "Brown, Cora",
    "green2011": "Green, Dan",
    "clay2003": "Clay, Eve",
}
# What nearly every small example would earn, and only a few are about.
UNASKED = ("text-not-checked", "claim-without-relation")

_SEPARATOR = re.compile(r"=== (?:(before|raw|no) )?(\S+)")
_MARKER = re.compile(r"\s*[#%] expect: ([a-z -]+)$")
_HEADER = re.compile(r"expect: (\S+?)(?::(\d+))? ([a-z-]+)$")


class Expected(NamedTuple):
    """A finding by file, line (0: the file as a whole) and code."""

    path: str
    line: int
    code: str


class Example(NamedTuple):
    """Files by path, as they are and (``before``) as they were, and what is to be found."""

    files: dict[str, bytes]
    before: dict[str, bytes]
    absent: frozenset[str]
    expected: list[Expected]


def parse_example(source: str) -> Example:
    head, *rest = re.split(r"(?m)^(?==== )", source.lstrip("\n"))
    if rest or head.startswith("=== "):
        sections = [head, *rest] if head.startswith("=== ") else rest
        prose = "" if head.startswith("=== ") else head
    else:
        prose, sections = "", [f"=== corpus/smith2020.yaml\n{head}"]
    expected = [
        Expected(found[1], int(found[2] or 0), found[3])
        for line in prose.splitlines()
        if (found := _HEADER.match(line))
    ]
    example = Example({}, {}, frozenset(), expected)
    absent = set()
    for section in sections:
        first, _, body = section.partition("\n")
        found = _SEPARATOR.fullmatch(first)
        assert found, first
        how, path = found[1], found[2]
        lines = []
        for number, line in enumerate(body.splitlines(), 1):
            marker = _MARKER.search(line)
            if marker and how != "before":
                codes = marker[1].split()
                expected += [Expected(path, number, code) for code in codes]
            lines.append(_MARKER.sub("", line))
        text = "".join(f"{line}\n" for line in lines)
        if how == "raw":
            content = text.rstrip("\n").encode("latin-1").decode("unicode_escape")
            example.files[path] = content.encode("latin-1")
        elif how == "no":
            absent.add(path)
        else:
            (example.before if how == "before" else example.files)[path] = text.encode()
    return example._replace(absent=frozenset(absent))


def run_example(example: Example, folder: Path) -> list[Diagnostic]:
    """Write the files of an example to a folder, and return all that is found in them."""
    files = {"corpus/review.yaml": b"review: {title: Stock}\n"} | example.files
    written = b"".join(content for path, content in files.items() if path.startswith("corpus/"))
    stock = "".join(
        f"@book{{{key}, author = {{{author}}}, title = {{Seals}}, year = {{{key[-4:]}}}}}\n"
        for key, author in STOCK.items()
        if key.encode() in written
    )
    files.setdefault("references.bib", stock.encode())
    for path in example.absent:
        files.pop(path, None)
    records = [path for path in files if path == "records.json"]
    if records:
        target = folder / records[0]
        target.write_bytes(files[records[0]])
        literature, findings = read_records_file(target)
        return shorten([*findings, *check_literature(literature, origin=str(target))], folder)
    texts = folder / "texts"
    if any(path.startswith("texts/") for path in files):
        texts.mkdir(parents=True)
        if "corpus/anchors.lock" not in files:
            write_all(folder, files | example.before)
            loaded = load_literature(folder / "corpus", folder / "references.bib", texts)
            assert loaded.proofs is not None
            write_lock(loaded.proofs.lock, folder / "corpus" / "anchors.lock")
            for path in example.before.keys() - files.keys():
                (folder / path).unlink()
    write_all(folder, files)
    loaded = load_checked(
        folder / "corpus", folder / "references.bib", texts if texts.exists() else None
    )
    return shorten(loaded.findings, folder)


def write_all(folder: Path, files: dict[str, bytes]) -> None:
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def shorten(findings: list[Diagnostic] | tuple[Diagnostic, ...], folder: Path) -> list[Diagnostic]:
    return sort_diagnostics(
        msgspec.structs.replace(f, path=f.path.removeprefix(f"{folder.as_posix()}/"))
        for f in findings
    )


def list_found(findings: list[Diagnostic], example: Example, asked: set[str]) -> list[Expected]:
    """Return findings in the form of expectations, without what was not asked for."""
    stock = set() if "references.bib" in example.files else {"references.bib"}
    return [
        Expected(f.path, f.line, f.code)
        for f in findings
        if f.path not in stock and (f.code not in UNASKED or f.code in asked)
    ]
