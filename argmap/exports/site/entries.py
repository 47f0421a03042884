"""A work's entry in a plain author-date form, for reading; any other style needs citeproc."""

from __future__ import annotations

from typing import NamedTuple

from argmap.bibliography import list_people, read_field
from argmap.diagnostics import join_words
from argmap.model import Person, Work


class Entry(NamedTuple):
    """An entry in parts.

    ``quoted`` says that the title stands in quotation marks, not italics; ``lead`` and ``joint``
    stand before the container, and between it and the details.
    """

    people: str
    year: str
    title: str
    quoted: bool
    lead: str
    container: str
    joint: str
    details: str
    url: str
    shown: str


_PARTS = frozenset(("article", "incollection", "inproceedings", "inbook", "online", "unpublished"))


def describe_entry(work: Work) -> Entry:
    """Return a work's entry; parts that are not known are empty."""
    people = _name_people(list_people(work))
    if people and not work.authors:
        people += ", ed." if len(work.editors) == 1 else ", eds."
    title = work.title
    if subtitle := read_field(work, "subtitle"):
        title = f"{title}: {subtitle}" if title else subtitle
    journal = read_field(work, "journaltitle")
    container = journal or read_field(work, "booktitle")
    details: list[str] = []
    volume, number = read_field(work, "volume"), read_field(work, "number")
    pages = read_field(work, "pages").replace("---", "–").replace("--", "–")
    if journal:
        issue = f"{volume}{f' ({number})' if number else ''}"
        details.append(f"{issue}: {pages}" if issue and pages else issue or pages)
    else:
        if work.authors and work.editors:
            details.append(f"edited by {_name_people(work.editors, turned=False)}")
        if pages:
            details.append(f"pp. {pages}" if "–" in pages or "-" in pages else f"p. {pages}")
        place = read_field(work, "location")
        house = next(
            (
                value
                for name in ("publisher", "institution", "school", "organization")
                if (value := read_field(work, name))
            ),
            "",
        )
        details.append(": ".join(part for part in (place, house) if part))
    url = f"https://doi.org/{work.doi}" if work.doi else work.url
    return Entry(
        people=people,
        year=str(work.year) if work.year is not None else "n.d.",
        title=title or work.key,
        quoted=work.type in _PARTS,
        lead="" if journal or not container else "In ",
        container=container,
        joint=" " if journal else ", ",
        details=", ".join(part for part in details if part),
        url=url if url.startswith(("http://", "https://")) else "",
        shown=url,
    )


def write_entry(work: Work) -> str:
    """Return a work's entry as plain text."""
    entry = describe_entry(work)
    title = f"“{entry.title}.”" if entry.quoted else f"{entry.title}."
    parts = [f"{part.rstrip('.')}." for part in (entry.people, entry.year) if part]
    parts.append(title)
    if entry.container:
        joint = entry.joint if entry.details else ""
        parts.append(f"{entry.lead}{entry.container}{joint}{entry.details}.")
    elif entry.details:
        parts.append(f"{entry.details}.")
    if entry.shown:
        parts.append(entry.shown)
    return " ".join(parts)


def _name_people(people: tuple[Person, ...], *, turned: bool = True) -> str:
    names = [
        str(person) if turned and not number else _name_plainly(person)
        for number, person in enumerate(people)
    ]
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])}, and {names[-1]}" if turned else join_words(names)


def _name_plainly(person: Person) -> str:
    name = " ".join(part for part in (person.given, person.prefix, person.family) if part)
    return f"{name}, {person.suffix}" if person.suffix else name
