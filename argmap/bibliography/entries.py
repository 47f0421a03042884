"""Drafts made into entries: macros resolved, no key and no field of an entry twice."""

from __future__ import annotations

import difflib
import re
from collections import ChainMap
from functools import lru_cache
from typing import NamedTuple

from argmap.bibliography.codes import make_finding
from argmap.bibliography.datamodel import FIELDS, READ_FIELDS, TYPES
from argmap.bibliography.drafts import read_drafts
from argmap.bibliography.repairs import Draft, RawField
from argmap.bibliography.sources import Source, report_at, report_line
from argmap.bibliography.values import VERBATIM, join_tokens, normalise_month
from argmap.diagnostics import Diagnostic, did_you_mean

_ODD_KEY = re.compile(r"[()'|]")
# Comparing a wrong word with all others takes time; nobody reads a hundred suggestions.
SUGGESTIONS = 20


class Field(NamedTuple):
    """A field with its value resolved: macros put in, pieces joined; ``line`` counts from 1."""

    name: str
    value: str
    line: int


class Entry(NamedTuple):
    """An entry with its own fields in order, no name twice; line and column count from 1."""

    key: str
    type: str
    fields: tuple[Field, ...]
    line: int
    column: int


class _Macros:
    """The ``@string`` macros in force while the file is read from top to bottom."""

    __slots__ = ("all", "findings", "first_lines", "in_force", "source", "unknown")

    def __init__(self, source: Source) -> None:
        self.source = source
        self.findings: list[Diagnostic] = []
        self.in_force: dict[str, str] = {}
        self.all: dict[str, str] = {}
        self.first_lines: dict[str, int] = {}
        self.unknown: dict[str, str] = {}


def read_entries(source: Source) -> tuple[dict[str, Entry], list[Diagnostic]]:
    """Return all entries by key, in the order of the file, with whatever is wrong with them.

    Of two entries with one key the first counts, of two fields with one name as well.  The braces
    of every value match.
    """
    drafts, hidden, findings = read_drafts(source)
    macros = _Macros(source)
    for draft in drafts:
        if draft.header.type == "string":
            for field in draft.fields:
                macros.first_lines.setdefault(field.name, field.line)
                value, _ = join_tokens(field.tokens, macros.all)
                macros.all.setdefault(field.name, value)
    entries: dict[str, Entry] = {}
    folded: dict[str, Entry] = {}
    for draft in drafts:
        if draft.header.type == "string":
            for field in draft.fields:
                _define_macro(field, macros)
        elif draft.key:
            entry = _make_entry(draft, macros)
            findings += _check_header(source, draft, entry, entries, folded)
            entries.setdefault(entry.key, entry)
    for header in hidden:
        if header.key not in entries:
            message = f"the entry {header.key!r} stands in a comment and is left out"
            remedy = "BibTeX would read it: take it out of the file if it is not wanted."
            findings.append(report_at(source, "bib-commented-entry", header.begin, message, remedy))
    return entries, findings + macros.findings


def report_field(
    code: str, source: Source, entry: Entry, name: str, message: str, remedy: str = ""
) -> Diagnostic:
    """Return a finding about a field of an entry, or about the entry if it has no such field."""
    for field in entry.fields:
        if field.name == name:
            return report_line(source, code, field.line, name, message, remedy)
    return make_finding(code, source.path, entry.line, entry.column, message=message, remedy=remedy)


def _define_macro(field: RawField, macros: _Macros) -> None:
    value = _resolve(field, macros)
    if macros.in_force.setdefault(field.name, value) != value:
        message = (
            f"the macro {field.name!r} was defined otherwise at line "
            f"{macros.first_lines[field.name]}; from here on it has this value"
        )
        _report_macro(macros, "bib-duplicate-string", field, field.name, message,
                      "Give one of them another name.")  # fmt: skip
        macros.in_force[field.name] = value


def _make_entry(draft: Draft, macros: _Macros) -> Entry:
    source = macros.source
    fields: dict[str, Field] = {}
    for raw in draft.fields:
        value = _resolve(raw, macros)
        first = fields.get(raw.name)
        if first is None:
            fields[raw.name] = Field(raw.name, value, raw.line)
        else:
            same = first.value == value
            differs = raw.name in READ_FIELDS and not same
            message = f"{draft.key!r} has {raw.name} twice" + ", with the same value" * same
            message += f"; the one at line {first.line} is kept"
            macros.findings.append(
                report_line(
                    source, "bib-duplicate-field" if differs else "bib-repeated-field",
                    raw.line, raw.name, message, "Take one of them out.",
                )
            )  # fmt: skip
    for field in fields.values():
        near = _suggest_field(field.name)
        if near and near not in fields:
            message = f"{draft.key!r} has a field {field.name!r}, which nothing reads"
            remedy = f"Did you mean {near!r}?"
            macros.findings.append(
                report_line(source, "bib-unknown-field", field.line, field.name, message, remedy)
            )
    line, column = source.locate(draft.header.begin)
    return Entry(draft.key, draft.header.type, tuple(fields.values()), line, column)


def _check_header(
    source: Source,
    draft: Draft,
    entry: Entry,
    entries: dict[str, Entry],
    folded: dict[str, Entry],
) -> list[Diagnostic]:
    """Compare a key with those before it, and a type with those that are known."""
    begin = draft.header.begin
    first = entries.get(entry.key)
    if first is not None:
        message = (
            f"the key {entry.key!r} is taken by the entry at line {first.line}, which is kept; "
            "this one is left out"
        )
        remedy = "Give one of them another key, or take it out."
        return [report_at(source, "bib-duplicate-key", begin, message, remedy)]
    findings: list[Diagnostic] = []
    near = folded.setdefault(entry.key.casefold(), entry)
    if near is not entry:
        message = (
            f"{entry.key!r} differs from the key {near.key!r} at line {near.line} by case only; "
            "BibTeX takes them for one"
        )
        remedy = "Give one of them another key."
        findings.append(report_at(source, "bib-case-duplicate-key", begin, message, remedy))
    if _ODD_KEY.search(entry.key):
        message = f"the key {entry.key!r} holds a character at which other programs stop"
        remedy = "Use letters, digits and - _ : . + / only."
        findings.append(report_at(source, "bib-odd-key", begin, message, remedy))
    suggested = _suggest_type(entry.type)
    if suggested:
        message = f"{entry.type!r} is no type of entry that BibTeX or biblatex knows"
        remedy = f"Did you mean @{suggested}?"
        findings.append(report_at(source, "bib-unknown-type", begin, message, remedy))
    return findings


def _resolve(field: RawField, macros: _Macros) -> str:
    verbatim = field.name in VERBATIM
    value, undefined = join_tokens(field.tokens, macros.in_force, verbatim=verbatim)
    for macro in dict.fromkeys(undefined):
        name = macro.casefold()
        if name in macros.all:
            line = macros.first_lines[name]
            message = f"the macro {macro!r} is used before line {line}, where it is defined"
            remedy = "Move its @string up."
        else:
            message = f"the macro {macro!r} is not defined; its name is taken for its value"
            if name not in macros.unknown:
                few = len(macros.unknown) < SUGGESTIONS
                macros.unknown[name] = did_you_mean(macro, macros.all) if few else ""
            remedy = macros.unknown[name] or (
                f"Define it with @string{{{macro} = {{…}}}}, or put the value in braces."
            )
        _report_macro(macros, "bib-undefined-string", field, macro, message, remedy)
    if undefined:
        known = ChainMap(macros.in_force, macros.all)
        value, _ = join_tokens(field.tokens, known, verbatim=verbatim)
    return normalise_month(value) if field.name == "month" else value


def _report_macro(
    macros: _Macros, code: str, field: RawField, word: str, message: str, remedy: str
) -> None:
    macros.findings.append(report_line(macros.source, code, field.line, word, message, remedy))


@lru_cache(maxsize=4096)
def _suggest_field(name: str) -> str:
    if name in FIELDS or not name.isalpha():
        return ""
    near = difflib.get_close_matches(name, sorted(FIELDS), n=1, cutoff=0.8)
    return near[0] if near else ""


@lru_cache(maxsize=4096)
def _suggest_type(name: str) -> str:
    if name in TYPES:
        return ""
    near = difflib.get_close_matches(name, sorted(TYPES), n=1, cutoff=0.75)
    return near[0] if near else ""
