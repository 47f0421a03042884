"""What is wrong with an input, and how to mend it.

A scholar's mistake is data: every stage returns ``(value, diagnostics)`` and goes on, so that one
run reports everything at once.  A programmer's mistake is an exception.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from typing import Any, Literal

import msgspec

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


class Diagnostic(msgspec.Struct, frozen=True, kw_only=True):
    """One finding about one place of an input.

    ``line`` and ``column`` count from 1; 0 means that the finding concerns the file as a whole.
    ``code`` names the rule (``argmap check --explain CODE``); ``remedy`` says what to do.
    """

    path: str
    line: int = 0
    column: int = 0
    severity: Severity = "error"
    message: str
    code: str
    remedy: str = ""

    def __str__(self) -> str:
        return describe_diagnostic(self)


class CorpusError(Exception):
    """Raised where findings of severity *error* forbid going on; carries all of them.

    Attributes
    ----------
    diagnostics : list of Diagnostic
        Every finding, warnings and notes included, sorted by place.
    """

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = sort_diagnostics(diagnostics)
        errors = [finding for finding in self.diagnostics if finding.severity == "error"]
        noun = "error" if len(errors) == 1 else "errors"
        lines = [f"{len(errors)} {noun} in the corpus"]
        lines += [describe_diagnostic(finding) for finding in errors]
        super().__init__("\n".join(lines))


def describe_diagnostic(finding: Diagnostic) -> str:
    """Return ``path:line:column: severity: message [code]`` and, indented below, the remedy."""
    place = finding.path
    if finding.line:
        place += f":{finding.line}"
        if finding.column:
            place += f":{finding.column}"
    text = f"{place}: {finding.severity}: {finding.message} [{finding.code}]"
    if finding.remedy:
        text += f"\n    {finding.remedy}"
    return text


def sort_diagnostics(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the findings without repetition, by path, line, column, severity, code, message."""
    rank = {severity: position for position, severity in enumerate(SEVERITIES)}
    return sorted(
        dict.fromkeys(findings),
        key=lambda f: (f.path, f.line, f.column, rank[f.severity], f.code, f.message, f.remedy),
    )


def has_errors(findings: Iterable[Diagnostic]) -> bool:
    """Say whether any finding is an error."""
    return any(finding.severity == "error" for finding in findings)


def count_severities(findings: Iterable[Diagnostic]) -> dict[Severity, int]:
    """Return how many findings there are of each severity, all three always present."""
    counts: dict[Severity, int] = dict.fromkeys(SEVERITIES, 0)
    for finding in findings:
        counts[finding.severity] += 1
    return counts


def as_objects(findings: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Return the findings as plain objects, the form of ``--json``."""
    return [msgspec.structs.asdict(finding) for finding in findings]


def suggest(word: str, known: Iterable[str], *, limit: int = 3) -> list[str]:
    """Return up to ``limit`` known words near ``word``, nearest first, ties by alphabet."""
    candidates = sorted(set(known))
    folded: dict[str, list[str]] = {}
    for candidate in candidates:
        folded.setdefault(candidate.casefold(), []).append(candidate)
    near = difflib.get_close_matches(word.casefold(), list(folded), n=limit, cutoff=0.6)
    return [candidate for key in near for candidate in folded[key]][:limit]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``Did you mean 'x' or 'y'?``, or the empty string where nothing is near."""
    near = suggest(word, known)
    if not near:
        return ""
    return f"Did you mean {join_words([repr(word) for word in near], 'or')}?"


def join_words(words: Sequence[str], conjunction: str = "and") -> str:
    """Return ``a``, ``a and b`` or ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"
