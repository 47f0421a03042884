"""A .bib file or its text made into works."""

from __future__ import annotations

from pathlib import Path

from argmap.bibliography.codes import make_finding
from argmap.bibliography.entries import Entry, read_entries
from argmap.bibliography.inheritance import inherit_fields, list_used_xdata
from argmap.bibliography.sources import Source, load_text, make_source, report_binary
from argmap.bibliography.works import make_work
from argmap.diagnostics import Diagnostic, sort_diagnostics
from argmap.model import Work


def read_bibliography(path: Path) -> tuple[tuple[Work, ...], list[Diagnostic]]:
    """Read a .bib file: the works sorted by key, and everything that is wrong with it.

    See :func:`parse_bibliography`.  A file that is missing, is a folder, cannot be read or is no
    text gives one error and no work.  Places carry the file's name without its folder.  Never
    raises.
    """
    text, findings = load_text(path)
    if text is None:
        return (), findings
    works, found = parse_bibliography(text, path.name)
    return works, sort_diagnostics([*findings, *found])


def parse_bibliography(source: str, path: str) -> tuple[tuple[Work, ...], list[Diagnostic]]:
    """Read the text of a .bib file: the works sorted by key, and everything that is wrong with it.

    Takes BibTeX and biblatex, with a byte order mark and any kind of line end.  An entry is either
    among the works or named by a finding, and what is wrong with one entry costs no other: a broken
    entry is kept with the fields that can be read.  ``@xdata`` entries are no works; they live on
    in those that use them.  O(length) for any file that is not made to be slow.

    Parameters
    ----------
    source
        The text.
    path
        The name under which places in it are reported.
    """
    if "\0" in source:
        return (), [report_binary(path)]
    text, findings = make_source(source, path)
    entries, found = read_entries(text)
    findings += found
    if not entries and not any(finding.severity == "error" for finding in findings):
        findings.append(
            make_finding(
                "bib-empty",
                path,
                message="the bibliography holds no entry",
                remedy="Write entries like @book{walt1987, author = {Walt, Stephen M.}, … }.",
            )
        )
    fields, found = inherit_fields(entries, text)
    findings += found
    works: list[Work] = []
    used = list_used_xdata(entries.values())
    for key, entry in sorted(entries.items()):
        if entry.type == "xdata":
            findings += [] if key in used else [_report_unused(text, entry)]
            continue
        work, found = make_work(entry, fields[key], text)
        works.append(work)
        findings += found
    return tuple(works), sort_diagnostics(findings)


def _report_unused(source: Source, entry: Entry) -> Diagnostic:
    return make_finding(
        "bib-unused-xdata",
        source.path,
        entry.line,
        entry.column,
        message=f"no entry uses the @xdata {entry.key!r}, and it is no work by itself",
        remedy=f"Write xdata = {{{entry.key}}} in an entry, or take it out.",
    )
