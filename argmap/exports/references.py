"""The works for other programs: annotated .bib for biblatex, CSL JSON, and RIS."""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from argmap.annotations import Ledger, annotate_works
from argmap.annotations.latex import tell_in_latex
from argmap.annotations.locators import label_locator
from argmap.annotations.pieces import Annotation, Cited, Sentence
from argmap.bibliography import (
    clean_work,
    describe_work,
    read_field,
    read_names,
    write_bibliography,
)
from argmap.bibliography.values import MONTHS
from argmap.diagnostics import Diagnostic, join_words
from argmap.exports.registry import Exporter
from argmap.model import Derived, Literature, Person, Work


def _split(words: str) -> frozenset[str]:
    return frozenset(words.split())


_TYPES = {
    "article": "JOUR",
    "artwork": "ART",
    "audio": "SOUND",
    "book": "BOOK",
    "booklet": "PAMP",
    "collection": "EDBOOK",
    "dataset": "DATA",
    "inbook": "CHAP",
    "incollection": "CHAP",
    "inproceedings": "CPAPER",
    "jurisdiction": "CASE",
    "legislation": "STAT",
    "manual": "BOOK",
    "mastersthesis": "THES",
    "movie": "MPCT",
    "mvbook": "BOOK",
    "mvcollection": "EDBOOK",
    "online": "ELEC",
    "patent": "PAT",
    "periodical": "SER",
    "phdthesis": "THES",
    "proceedings": "CONF",
    "reference": "ENCYC",
    "report": "RPRT",
    "software": "COMP",
    "techreport": "RPRT",
    "thesis": "THES",
    "unpublished": "UNPB",
    "video": "VIDEO",
}
_TOLD = "claims, positions and relations, but for what annotations tell"
_PAGES = re.compile(r"\s*(?:--?|–|—)\s*")
# What RIS has a tag for, or the note below.
_CARRIED = _split(
    """
    author editor translator title subtitle titleaddon booktitle booksubtitle journal journaltitle
    year date month day volume number issue pages publisher institution organization school address
    location edition series doi url urldate isbn issn abstract keywords note langid language type
    annotation annote eventtitle
    """
)
_RIVALS = (
    ("number", "issue"),
    ("isbn", "issn"),
    ("publisher", "institution", "organization", "school"),
    ("journaltitle", "booktitle", "eventtitle"),
    ("langid", "language"),
)
"""Fields that share a tag of RIS, the one that takes it first."""
_SILENT = {"note": "note", "abstract": "abstract", "keyword": "keywords", "annote": "annotation"}
"""Names of CSL JSON for fields that are for no bibliography, with the fields."""
_FILES = _split("file pdf review")
_MONTHS = {name: number for number, name in enumerate(MONTHS, 1)}


def write_biblatex(literature: Literature, derived: Derived) -> tuple[bytes, list[Diagnostic]]:
    r"""Return the .bib file with each annotation in a field ``annotation``, cited with biblatex.

    The field holds LaTeX: ``\textcite`` and ``\parencite`` with pages.  An ``annotation`` that the
    bibliography has already comes first in it.
    """
    annotations = _annotate(literature, derived)
    works = []
    for work in literature.works:
        work = clean_work(work)
        fields = dict(work.fields)
        before = fields.pop("annote", "") or fields.get("annotation", "")
        parts = [before] if before else []
        told = tell_in_latex(annotations[work.key])
        text = "\n\n".join([*parts, *([told] if told else [])])
        if text:
            fields["annotation"] = text
        works.append(msgspec.structs.replace(work, fields=fields))
    data = write_bibliography(works).encode()
    return data, [_lose("biblatex", _TOLD)]


def write_csl_json(literature: Literature, derived: Derived) -> tuple[bytes, list[Diagnostic]]:
    """Return CSL JSON, as Zotero, pandoc and citeproc-js read it; each item has its key as id."""
    from argmap.citing import read_references
    from argmap.citing import write_csl_json as write

    del derived
    references = read_references(literature.works)
    works = {work.key: work for work in literature.works}
    items: list[dict[str, object]] = msgspec.json.decode(write(references))
    for item in items:
        # Fields that no style prints and pandoc is not given.
        for name, field in _SILENT.items():
            if value := read_field(works[str(item["id"])], field):
                item[name] = value
    losses = [_lose("csl-json", "claims, positions, relations and citations: all but the works")]
    losses += _lose_files("csl-json", literature.works)
    if any("issue" in _list_second(work) for work in literature.works):
        losses.append(_lose("csl-json", "the field issue beside number"))
    losses += _lose_others("csl-json", literature.works)
    data = msgspec.json.format(msgspec.json.encode(items, order="sorted"), indent=2) + b"\n"
    return data, [*losses, *references.findings]


def write_ris(literature: Literature, derived: Derived) -> tuple[bytes, list[Diagnostic]]:
    """Return RIS, as EndNote, Zotero and Mendeley read it; annotations are notes (``N1``)."""
    annotations = _annotate(literature, derived)
    names = {f"{work.key}": describe_work(work) for work in literature.works}
    records = [
        _write_record(work, tell_plainly(annotations[work.key], names)) for work in literature.works
    ]
    losses = [_lose("ris", _TOLD)]
    lost = sorted(
        {field for work in literature.works for field in work.fields if field not in _CARRIED}
    )
    if lost:
        losses.append(_lose("ris", f"fields without a tag: {', '.join(lost)}"))
    second = sorted({field for work in literature.works for field in _list_second(work)})
    if second:
        told = f"fields whose tag another field of the entry takes: {', '.join(second)}"
        losses.append(_lose("ris", told))
    losses += _lose_others("ris", literature.works)
    return "\r\n".join(records).encode(), losses


def tell_plainly(annotation: Annotation, names: dict[str, str]) -> list[str]:
    """Return the paragraphs of an annotation in plain text, works by their short names."""
    own = [part.strip() for part in annotation.own.split("\n\n") if part.strip()]
    told = [
        " ".join(_flatten(sentence, names) for sentence in paragraph.sentences)
        for paragraph in annotation.paragraphs
    ]
    return [*own, *told]


def _flatten(sentence: Sentence, names: dict[str, str]) -> str:
    parts = []
    for piece in sentence.pieces:
        if not isinstance(piece, Cited):
            parts.append(piece.text)
            continue
        told = []
        for each in piece.references:
            name, _, year = names.get(each.work, each.work).rpartition(" ")
            place = f", {label_locator(each.locator)}" if each.locator else ""
            if piece.form == "narrative":
                told.append(f"{name} ({year}{place})")
            elif piece.form == "bare":
                told.append(f"{year}{place}")
            else:
                told.append(f"{name} {year}{place}")
        parts.append(join_words(told) if piece.form == "narrative" else f"({'; '.join(told)})")
    return "".join(parts)


def _annotate(literature: Literature, derived: Derived) -> dict[str, Annotation]:
    from argmap.analysis import examine

    with_analyst = derived.parameters.get("with_analyst") == "true"
    ledger = Ledger(examine(literature, with_analyst=with_analyst), derived)
    return annotate_works(ledger, [work.key for work in literature.works])


def _write_record(work: Work, notes: Iterable[str]) -> str:
    lines = [("TY", _TYPES.get(work.type, "GEN")), ("ID", work.key)]
    book = work.type in ("collection", "mvcollection", "proceedings", "periodical")
    lines += [("AU", _name(person)) for person in work.authors]
    lines += [("ED" if not book else "AU", _name(person)) for person in work.editors]
    lines += [("A4", _name(person)) for person in read_names(work, "translator")]
    title = ": ".join(part for part in (work.title, read_field(work, "subtitle")) if part)
    addition = read_field(work, "titleaddon")
    lines.append(("TI", f"{title} [{addition}]" if addition else title))
    host = read_field(work, "booktitle")
    host = ": ".join(part for part in (host, read_field(work, "booksubtitle")) if part)
    lines.append(("T2", read_field(work, "journaltitle") or host or read_field(work, "eventtitle")))
    lines.append(("T3", read_field(work, "series")))
    if work.year is not None:
        lines += [("PY", str(work.year)), ("DA", _date(work))]
    lines.append(("VL", read_field(work, "volume")))
    lines.append(("IS", read_field(work, "number") or read_field(work, "issue")))
    pages = _PAGES.split(read_field(work, "pages"), maxsplit=1)
    lines += list(zip(("SP", "EP"), pages, strict=False))
    publisher = next(
        (
            value
            for name in ("publisher", "institution", "organization", "school")
            if (value := read_field(work, name))
        ),
        "",
    )
    lines += [
        ("PB", publisher),
        ("CY", read_field(work, "location")),
        ("ET", read_field(work, "edition")),
        ("M3", read_field(work, "type")),
        ("LA", read_field(work, "langid") or read_field(work, "language")),
        ("SN", read_field(work, "isbn") or read_field(work, "issn")),
        ("DO", work.doi),
        ("UR", work.url),
        ("Y2", read_field(work, "urldate").replace("-", "/")),
        ("AB", read_field(work, "abstract")),
    ]
    keywords = read_field(work, "keywords")
    lines += [("KW", part.strip()) for part in keywords.split(",")]
    lines += [("N1", read_field(work, "note")), ("N1", read_field(work, "annotation"))]
    lines += [("N1", note) for note in notes]
    written = [f"{tag}  - {_on_one_line(value)}" for tag, value in lines if value.strip()]
    return "\r\n".join([*written, "ER  - ", ""])


def _name(person: Person) -> str:
    family = f"{person.prefix} {person.family}".strip()
    return ", ".join(part for part in (family, person.given, person.suffix) if part)


def _date(work: Work) -> str:
    date = work.fields.get("date", "").partition("/")[0]
    parts = date.split("-") if date and not date.startswith("-") else []
    month = parts[1] if len(parts) > 1 else work.fields.get("month", "")
    month = str(_MONTHS.get(month[:3].lower(), month))
    day = parts[2] if len(parts) > 2 else work.fields.get("day", "")
    month = f"{int(month):02}" if month.isdigit() else ""
    day = f"{int(day):02}" if day.isdigit() and month else ""
    return f"{work.year}/{month}/{day}/"


def _on_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _list_second(work: Work) -> list[str]:
    """Return the fields that RIS leaves out because another one of the entry has their tag."""
    second = []
    for rivals in _RIVALS:
        present = [name for name in rivals if read_field(work, name)]
        second += [
            name for name in present[1:] if read_field(work, name) != read_field(work, present[0])
        ]
    return second


def _lose_files(name: str, works: Iterable[Work]) -> list[Diagnostic]:
    fields = sorted({field for work in works for field in work.fields if field in _FILES})
    return [_lose(name, f"fields that are no part of a reference: {', '.join(fields)}")] * bool(
        fields
    )


def _lose_others(name: str, works: Iterable[Work]) -> list[Diagnostic]:
    """Return what becomes of people who are not named."""
    keys = [
        work.key
        for work in works
        if any(
            work.fields.get(field, "").endswith(" and others")
            for field in ("author", "editor", "translator")
        )
    ]
    return [_lose(name, f"“and others” after the names of {join_words(keys)}")] * bool(keys)


def _lose(name: str, told: str) -> Diagnostic:
    return Diagnostic(
        path=f"export {name}", severity="note", message=f"left out: {told}", code="export-loss"
    )


BIBLATEX = Exporter("biblatex", ".bib", write_biblatex)
CSL_JSON = Exporter("csl-json", ".csl.json", write_csl_json)
RIS = Exporter("ris", ".ris", write_ris)
