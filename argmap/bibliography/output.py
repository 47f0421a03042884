"""Works made into a clean .bib file."""

from __future__ import annotations

import re
from collections.abc import Iterable

from argmap.bibliography.blocks import KEY
from argmap.bibliography.latex import encode_latex
from argmap.bibliography.names import write_people
from argmap.bibliography.values import MONTHS, NAME, balance_braces
from argmap.model import Work

_PLAIN_KEY = re.compile(KEY)
_PLAIN_NAME = re.compile(NAME)
_PLAIN_TYPE = re.compile(r"[^\W\d_][\w-]*")
# At the beginning of a line this begins an entry, even within a value.
_AT = re.compile(r"\s*\n\s*(?=@[ \t]*\w[\w-]*\s*[{(])")


def write_bibliography(works: Iterable[Work]) -> str:
    """Return a .bib file that reads back as the same works (places apart), whatever their order.

    Fields are written as they stand in ``Work.fields``; authors, editors, year, title, DOI and URL
    that are not among them are added from the record, the title protected from any change of case.
    Braces are balanced.  Entries are sorted by key, those to which a ``crossref`` leads last, as
    BibTeX needs them.  The result is sound for BibTeX, biber and pandoc, in UTF-8.

    Raises ValueError for a key, type or field name that no .bib file can hold (none that was read
    from one), and for two works with one key.
    """
    by_key: dict[str, Work] = {}
    for work in works:
        if by_key.setdefault(work.key, work) is not work:
            raise ValueError(f"two works have the key {work.key!r}")
    parents = {work.fields.get("crossref", "") for work in by_key.values()}
    ordered = sorted(by_key.values(), key=lambda work: (work.key in parents, work.key))
    return "\n".join(_write_entry(work) for work in ordered)


def _write_entry(work: Work) -> str:
    if not _PLAIN_KEY.fullmatch(work.key):
        raise ValueError(f"{work.key!r} cannot be the key of an entry")
    if not _PLAIN_TYPE.fullmatch(work.type):
        raise ValueError(f"{work.type!r} cannot be the type of an entry")
    fields = dict(work.fields)
    missing = {
        "author": write_people(work.authors) if work.authors else "",
        "editor": write_people(work.editors) if work.editors else "",
        "title": f"{{{encode_latex(work.title)}}}" if work.title else "",
        "year": _write_year(work) if "date" not in fields else "",
        "doi": work.doi,
        "url": work.url,
    }
    for name, value in missing.items():
        if value and name not in fields:
            fields[name] = value
    lines = [f"  {name} = {_write_value(name, value)}," for name, value in fields.items()]
    return "\n".join([f"@{work.type}{{{work.key},", *lines, "}", ""])


def _write_year(work: Work) -> str:
    return "" if work.year is None else str(work.year)


def _write_value(name: str, value: str) -> str:
    if not _PLAIN_NAME.fullmatch(name):
        raise ValueError(f"{name!r} cannot be the name of a field")
    if name == "month" and value in {str(number) for number in range(1, 13)}:
        # Every style knows the macros; to some, a number is just a number.
        return MONTHS[int(value) - 1]
    value = _AT.sub(" ", balance_braces(value.strip()))
    # A backslash would take the closing brace with it in pandoc.
    return f"{{{value} }}" if value.endswith("\\") else f"{{{value}}}"
