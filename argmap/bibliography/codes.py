"""The codes of everything that can be wrong with a .bib file, with their severities."""

from __future__ import annotations

from argmap.diagnostics import Diagnostic, Severity

SEVERITY_OF_CODE: dict[str, Severity] = {
    "bib-bad-date": "warning",
    "bib-bad-field-name": "error",
    "bib-bad-key": "error",
    "bib-bad-name": "warning",
    "bib-bad-value": "error",
    "bib-binary": "error",
    "bib-case-duplicate-key": "warning",
    "bib-commented-entry": "note",
    "bib-commented-field": "warning",
    "bib-control-character": "warning",
    "bib-crossref-cycle": "error",
    "bib-duplicate-field": "error",
    "bib-duplicate-key": "error",
    "bib-duplicate-string": "warning",
    "bib-empty": "error",
    "bib-encoding": "error",
    "bib-escaped-brace": "warning",
    "bib-escaped-quote": "warning",
    "bib-extra-comma": "warning",
    "bib-malformed-entry": "error",
    "bib-missing-comma": "error",
    "bib-missing-equals": "error",
    "bib-missing-file": "error",
    "bib-missing-key": "error",
    "bib-not-a-file": "error",
    "bib-odd-header": "warning",
    "bib-odd-key": "warning",
    "bib-repeated-field": "warning",
    "bib-stray-text": "error",
    "bib-swallowed-field": "warning",
    "bib-truncated": "error",
    "bib-unbalanced-brace": "error",
    "bib-unbalanced-quote": "error",
    "bib-undefined-string": "warning",
    "bib-unknown-crossref": "error",
    "bib-unknown-field": "warning",
    "bib-unknown-macro": "warning",
    "bib-unknown-type": "warning",
    "bib-unreadable": "error",
    "bib-unused-xdata": "warning",
}


def make_finding(
    code: str, path: str, line: int = 0, column: int = 0, *, message: str, remedy: str = ""
) -> Diagnostic:
    """Return a diagnostic with the severity of its code; KeyError for a code that is not known."""
    return Diagnostic(
        path=path,
        line=line,
        column=column,
        severity=SEVERITY_OF_CODE[code],
        message=message,
        code=code,
        remedy=remedy,
    )
