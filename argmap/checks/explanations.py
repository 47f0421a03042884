"""What each code means: for ``argmap check --explain`` and for the gallery in the documentation.

The one source is ``explanations.toml`` beside this module.
"""

from __future__ import annotations

import textwrap
import tomllib
from functools import cache
from importlib.resources import files

import msgspec

from argmap.diagnostics import Severity, join_words

CHAPTERS = {
    "files": "Files of the corpus",
    "yaml": "YAML",
    "fields": "Fields of corpus files",
    "references": "References between records",
    "argument": "The argument",
    "works": "Works and pages",
    "texts": "Texts and anchors",
    "lock": "The lock file",
    "bibliography": "The bibliography",
    "records": "Tables: JSON, JSONL and Parquet",
    "rdf": "RDF",
    "stores": "Stores",
    "commands": "Commands",
}
"""The chapters of the gallery, in their order, with their titles."""

_WIDTH = 80


class Explanation(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A code explained to a scholar.

    ``also`` are severities with which the code occurs besides ``severity``; ``wrong`` and ``right``
    an example and the same mended, in ``language`` (yaml, bibtex, json, turtle or sh).
    """

    code: str
    chapter: str
    severity: Severity
    also: tuple[Severity, ...] = ()
    title: str
    why: str
    remedy: str
    language: str = "yaml"
    wrong: str
    right: str


@cache
def _read_explanations() -> dict[str, Explanation]:
    text = files("argmap.checks").joinpath("explanations.toml").read_text(encoding="utf-8")
    tables = tomllib.loads(text)
    return {
        code: msgspec.convert({"code": code, **table}, Explanation)
        for code, table in tables.items()
    }


def explain(code: str) -> Explanation | None:
    """Return the explanation of a code, None where there is no such code."""
    return _read_explanations().get(code)


def list_codes() -> list[str]:
    """Return every code, sorted."""
    return sorted(_read_explanations())


def describe_explanation(explanation: Explanation) -> str:
    """Return an explanation as text for a terminal, 80 columns wide but for the examples."""
    severity = join_words((explanation.severity, *explanation.also), "or")
    parts = [
        f"{explanation.code} ({severity})\n{explanation.title}.",
        _wrap(explanation.why),
        _wrap(f"What to do: {explanation.remedy}"),
        "Wrong:\n" + textwrap.indent(explanation.wrong.strip("\n"), "    "),
        "Right:\n" + textwrap.indent(explanation.right.strip("\n"), "    "),
    ]
    return "\n\n".join(parts)


def _wrap(paragraph: str) -> str:
    return textwrap.fill(paragraph, _WIDTH, break_long_words=False, break_on_hyphens=False)


def write_gallery() -> str:
    """Return all explanations as one Markdown document, by chapter and then by code."""
    lines = [
        "# What argmap can say, and what to do about it",
        "",
        "Every finding ends with a code in brackets; `argmap check --explain CODE` prints what "
        "stands here. An *error* forbids to go on, a *warning* asks for a look (`--strict` treats "
        "it as an error), a *note* says what should be known.",
        "",
        "In the examples a line `=== name` begins a file of its own; where there is none, the "
        "example is one file of the corpus.",
        "",
    ]
    by_chapter: dict[str, list[Explanation]] = {chapter: [] for chapter in CHAPTERS}
    for code in list_codes():
        explanation = _read_explanations()[code]
        by_chapter[explanation.chapter].append(explanation)
    for chapter, explanations in by_chapter.items():
        links = ", ".join(f"[{entry.code}](#{entry.code})" for entry in explanations)
        lines += [f"- {CHAPTERS[chapter]}: {links}"]
    for chapter, explanations in by_chapter.items():
        lines += ["", f"## {CHAPTERS[chapter]}"]
        for entry in explanations:
            severity = join_words((entry.severity, *entry.also), "or")
            lines += ["", f"### {entry.code}", "", f"*{severity}*: {entry.title}.", "", entry.why]
            lines += ["", f"**What to do.** {entry.remedy}", "", "Wrong:", ""]
            lines += [f"```{entry.language}", entry.wrong.strip("\n"), "```", "", "Right:", ""]
            lines += [f"```{entry.language}", entry.right.strip("\n"), "```"]
    return "\n".join(lines) + "\n"
