"""Works handed to pandoc: a clean .bib in, CSL records out, nothing lost on the way."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from argmap.bibliography import (
    decode_latex,
    escape_bare,
    write_bibliography,
    write_plainly,
)
from argmap.citing.elements import flatten, walk, words
from argmap.citing.pandoc import PandocError, read_document, write_document
from argmap.diagnostics import Diagnostic
from argmap.model import Work

_VERBATIM = frozenset(("url", "doi", "eprint", "file", "pdf", "verba", "verbb", "verbc"))
# What no style prints and pandoc need not read.
_LEFT_OUT = frozenset(("annotation", "annote", "abstract", "file", "pdf", "keywords", "review"))
_LISTS = frozenset(("publisher", "institution", "organization", "school", "location", "address"))
# pandoc knows no command for a brace by itself: these characters stand for them on the way.
_BRACES = {"\ue010": "{", "\ue011": "}", "\ue012": "."}
# After the full stop of an abbreviation no sentence begins, whatever pandoc takes it for.
_ABBREVIATION = re.compile(r"(?<![\w.])(?:[A-Z]\.){2,}(?=\}*[\s-])")
_TITLES = frozenset(
    ("title", "subtitle", "booktitle", "booksubtitle", "maintitle", "mainsubtitle", "journaltitle")
    + ("journal", "shorttitle", "titleaddon", "issuetitle")
)
_BRACE_COMMANDS = re.compile(r"\\textbrace(left|right)(?![a-zA-Z])(?:\{\}|\s)?")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
_LETTERS = re.compile(r"[\W_]+")


class References(msgspec.Struct, frozen=True):
    """Works as pandoc has them: metadata by key, in the order of the works; and what was lost."""

    records: dict[str, dict[str, Any]]
    findings: tuple[Diagnostic, ...] = ()

    def as_meta(self, keys: Iterable[str] | None = None) -> dict[str, Any]:
        """Return the metadata ``references`` of a document."""
        chosen = self.records if keys is None else {key: self.records[key] for key in keys}
        return {"references": {"t": "MetaList", "c": list(chosen.values())}}


def read_references(works: Sequence[Work]) -> References:
    """Return works as pandoc understands them.

    Fields that pandoc would misread (bare ``%`` and ``&``, commands it does not know) are written
    anew from their plain text; whether title and names came through is compared letter by letter.

    Raises
    ------
    MissingExtra
        Where the extra ``cite`` is not installed.
    """
    names = {f"w{number}": work for number, work in enumerate(works)}
    plain: set[str] = set()
    records = _read(names, plain)
    doubtful = {name for name, work in names.items() if not _is_whole(work, records.get(name))}
    if doubtful:
        # A second time from plain text, and only then is anything given up.
        plain |= doubtful
        records |= _read({name: names[name] for name in sorted(doubtful)}, plain)
    findings = []
    found: dict[str, dict[str, Any]] = {}
    for name, work in names.items():
        record = records.get(name)
        if record is None or not _is_whole(work, record):
            findings.append(
                Diagnostic(
                    path=work.place.path if work.place else "references",
                    line=work.place.line if work.place else 0,
                    severity="note",
                    message=f"pandoc reads the entry {work.key!r} otherwise than it is written",
                    code="reference-changed",
                    remedy="Compare the entry in the bibliography with its fields.",
                )
            )
        if record is None:
            record = {"t": "MetaMap", "c": {"title": _meta(words(work.title or work.key))}}
        found[work.key] = _finish(work, record)
    return References(found, tuple(findings))


def write_csl_json(references: References) -> bytes:
    """Return CSL JSON: an array of items, a line end after the last, sorted as the works are."""
    data = write_document([], "csljson", meta=references.as_meta())
    items = msgspec.json.decode(data)
    for item in items:
        for names in ("author", "editor"):
            # What BibTeX writes as `and others` is no person.
            item[names] = [each for each in item.get(names, ()) if each != {"literal": "others"}]
            if not item[names]:
                del item[names]
    encoded = msgspec.json.format(msgspec.json.encode(items, order="sorted"), indent=2)
    return encoded + b"\n"


def _read(names: dict[str, Work], plain: set[str]) -> dict[str, dict[str, Any]]:
    """Return the records of entries by name; halves of what pandoc refuses are tried alone."""
    entries = [_prepare(name, work, plain=name in plain) for name, work in names.items()]
    source = _BRACE_COMMANDS.sub(
        lambda found: "\ue010" if found[1] == "left" else "\ue011", write_bibliography(entries)
    ).encode()
    try:
        document = read_document(source, "biblatex")
    except PandocError:
        if len(names) == 1:
            return {}
        keys = list(names)
        half = len(keys) // 2
        parts = keys[:half], keys[half:]
        found: dict[str, dict[str, Any]] = {}
        for part in parts:
            found |= _read({name: names[name] for name in part}, plain)
        return found
    records = walk(document["meta"].get("references", {"c": []})["c"], _restore_braces)
    return {_get_string(record["c"]["id"]): record for record in records}


def _restore_braces(element: dict[str, Any]) -> dict[str, Any]:
    if element["t"] in ("Str", "MetaString"):
        for mark, brace in _BRACES.items():
            element["c"] = element["c"].replace(mark, brace)
    return element


def _prepare(name: str, work: Work, *, plain: bool) -> Work:
    """Return the work as pandoc is to read it, under a key that no format minds."""
    fields = {}
    for field, value in work.fields.items():
        if field in _LEFT_OUT or field in ("crossref", "xdata", "xref", "ids"):
            continue
        if field in _VERBATIM:
            fields[field] = value
            continue
        value = write_plainly(value) if plain and field not in _NAMES else escape_bare(value)
        if field == "issue" and "number" in work.fields:
            # A season beside the number: styles have room for one of them.
            continue
        if field in _TITLES:
            value = _ABBREVIATION.sub(_keep_together, value)
        if field in _LISTS and _AND.search(value):
            # BibTeX knows one publisher; pandoc would make two of `Simon and Schuster`.
            value = f"{{{value}}}"
        fields[field] = value
    translation = fields.pop("titleaddon", "") if _is_foreign(work) else ""
    if translation:
        name_of_title = "subtitle" if "subtitle" in fields else "title"
        fields[name_of_title] = f"{fields.get(name_of_title, '')} {{[{translation}]}}"
    return msgspec.structs.replace(work, key=name, fields=fields, place=None)


def _keep_together(abbreviation: re.Match[str]) -> str:
    return f"{{{abbreviation[0].replace('.', chr(0xE012))}}}"


_NAMES = frozenset(("author", "editor", "translator", "bookauthor", "options", "langid"))


def _is_foreign(work: Work) -> bool:
    language = work.fields.get("langid", "") or work.fields.get("language", "")
    return bool(language) and "english" not in language.lower() and language.lower() != "en"


def _is_whole(work: Work, record: dict[str, Any] | None) -> bool:
    """Say whether the title and the family names of a work came through, letter by letter."""
    if record is None:
        return False
    fields = record["c"]
    title = fields.get("title")
    raw_left = "Raw" in str(title)
    if raw_left or not _has_letters(title, work.title):
        return False
    for name, people in (("author", work.authors), ("editor", work.editors)):
        shown = _LETTERS.sub("", _text(fields.get(name)))
        for person in people:
            if _LETTERS.sub("", person.family) not in shown:
                return False
    return True


def _has_letters(meta: Any, wanted: str) -> bool:
    if "$" in wanted or not wanted:
        return True
    shown = _LETTERS.sub("", _text(meta)).casefold()
    return _LETTERS.sub("", wanted).casefold() in shown


def _text(meta: Any) -> str:
    if meta is None:
        return ""
    kind, content = meta["t"], meta["c"]
    if kind == "MetaString":
        return str(content)
    if kind == "MetaList":
        return " ".join(map(_text, content))
    if kind == "MetaMap":
        return " ".join(
            _text(content[name])
            for name in ("non-dropping-particle", "dropping-particle", "family", "literal", "given")
            if name in content
        )
    return flatten(content)


def _finish(work: Work, record: dict[str, Any]) -> dict[str, Any]:
    """Give a record its key, and take out what no document may hold."""

    def change(element: dict[str, Any]) -> Any:
        if element["t"] == "Math":
            return words(decode_latex(f"${element['c'][1]}$"))
        return [] if element["t"] in ("RawInline", "RawBlock") else element

    fields: dict[str, Any] = walk(record["c"], change)
    fields["id"] = {"t": "MetaString", "c": work.key}
    fields.pop("note", None)
    if work.type == "periodical":
        # A periodical as a whole is not an article in itself.
        fields["type"] = {"t": "MetaString", "c": "book"}
        fields.pop("container-title", None)
    return {"t": "MetaMap", "c": fields}


def _meta(inlines: list[Any]) -> dict[str, Any]:
    return {"t": "MetaInlines", "c": inlines}


def _get_string(meta: dict[str, Any]) -> str:
    content = meta["c"]
    return content if isinstance(content, str) else flatten(content)
