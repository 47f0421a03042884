"""Entries made into works, and what others ask of a work: its people, its pages, its short name."""

from __future__ import annotations

import re

from argmap.bibliography.datamodel import ALIASES, NAME_FIELDS
from argmap.bibliography.dates import read_pages, read_year
from argmap.bibliography.entries import Entry, report_field
from argmap.bibliography.latex import decode_latex, find_unknown_macros
from argmap.bibliography.names import has_others, read_people
from argmap.bibliography.sources import Source
from argmap.bibliography.values import VERBATIM
from argmap.diagnostics import Diagnostic
from argmap.model import Person, Place, Work

_DECODED_FIELDS = ("author", "editor", "title", "booktitle", "journaltitle", "journal", "publisher")
_DOI_PREFIX = re.compile(r"(?:https?://)?(?:dx\.)?doi\.org/|doi:\s*", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([_%&#~])")
_SPELLINGS: dict[str, tuple[str, ...]] = {}
for _plain, _biblatex in ALIASES.items():
    _SPELLINGS[_plain] = _SPELLINGS[_biblatex] = (_biblatex, _plain)


def make_work(
    entry: Entry, fields: dict[str, str], source: Source
) -> tuple[Work, list[Diagnostic]]:
    """Return the work that an entry describes; ``fields`` has what it inherits, too."""
    findings: list[Diagnostic] = []
    people: dict[str, tuple[Person, ...]] = {}
    for name in ("author", "editor"):
        people[name], problems = read_people(fields.get(name, ""))
        for problem in problems:
            remedy = (
                "Write 'Family, Given and Family, Given'; "
                "put the name of an organisation into a second pair of braces."
            )
            findings.append(report_field("bib-bad-name", source, entry, name, problem, remedy))
    year, field, problem = read_year(fields)
    if problem:
        remedy = "Write the year in four digits, or a date as in 2013-05-01 or 2013/2014."
        findings.append(report_field("bib-bad-date", source, entry, field, problem, remedy))
    for name in _DECODED_FIELDS:
        for macro in find_unknown_macros(fields.get(name, "")):
            message = f"the macro {macro} in {name} is not known; it is left out, its argument kept"
            remedy = "Write the character itself, in UTF-8."
            findings.append(report_field("bib-unknown-macro", source, entry, name, message, remedy))
    work = Work(
        key=entry.key,
        type=entry.type,
        authors=people["author"],
        editors=people["editor"],
        year=year,
        title=decode_latex(fields.get("title", "")),
        doi=_normalise_doi(fields.get("doi", "")),
        url=fields.get("url", ""),
        fields=fields,
        place=Place(path=source.path, line=entry.line, column=entry.column),
    )
    return work, findings


def read_field(work: Work, name: str) -> str:
    """Return a field as plain text, under either of its spellings, or the empty string.

    ``journaltitle`` finds ``journal`` too, ``location`` finds ``address``, and the other way round.
    Addresses, DOIs and file names are returned as they are.
    """
    for spelling in _SPELLINGS.get(name, (name,)):
        value = work.fields.get(spelling, "")
        if value:
            return value if name in VERBATIM else decode_latex(value)
    return ""


def read_names(work: Work, name: str) -> tuple[Person, ...]:
    """Return the persons in any field of names, such as ``translator`` or ``bookauthor``.

    Raises ValueError for a field that holds no names.
    """
    if name not in NAME_FIELDS:
        raise ValueError(f"{name!r} is no field of names")
    people, _ = read_people(work.fields.get(name, ""))
    return people


def list_people(work: Work) -> tuple[Person, ...]:
    """Return the authors of a work; of a work without authors, the editors."""
    return work.authors or work.editors


def describe_work(work: Work) -> str:
    """Return a work's short name, like *Weitsman 2013*, on one line.

    One author by family name, two joined by ``&``, more as *et al.*; without authors the editors,
    without those the title, without one the key.
    """
    people = [f"{person.prefix} {person.family}".strip() for person in list_people(work)]
    more = has_others(work.fields.get("author" if work.authors else "editor", ""))
    if not people:
        name = work.title or work.key
    elif len(people) > 2 or more:
        name = f"{people[0]} et al."
    else:
        name = " & ".join(people)
    return f"{name} {work.year if work.year is not None else 'n.d.'}"


def page_range(work: Work) -> tuple[int, int] | None:
    """Return the first and last page of a work, both included, or None where they are not known.

    See :func:`argmap.bibliography.dates.read_pages` for what is understood.
    """
    return read_pages(work.fields.get("pages", ""))


def _normalise_doi(doi: str) -> str:
    doi = doi.strip()
    match = _DOI_PREFIX.match(doi)
    return _ESCAPED.sub(r"\1", doi[match.end() :] if match else doi)
