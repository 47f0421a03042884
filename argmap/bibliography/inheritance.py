"""``crossref`` and ``xdata``: fields that an entry takes over from another."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from argmap.bibliography.datamodel import (
    ALIASES,
    DATES,
    get_heirs,
    is_biblatex,
    is_handed_on_by_xdata,
)
from argmap.bibliography.entries import SUGGESTIONS, Entry, report_field
from argmap.bibliography.sources import Source
from argmap.diagnostics import Diagnostic, did_you_mean

Fields = dict[str, str]


def inherit_fields(
    entries: Mapping[str, Entry], source: Source
) -> tuple[dict[str, Fields], list[Diagnostic]]:
    """Return the fields of each entry by key, own ones first, then those taken over.

    An entry's own fields always win, empty ones too.  First comes ``@xdata`` (all its fields), then
    ``crossref``, by the rules of biblatex (a collection's title is a chapter's booktitle) if any
    entry of the file is written for biblatex, else by those of BibTeX (every field under its own
    name). The field ``xdata`` is gone afterwards, ``crossref`` stays.  Chains are followed; a cycle
    is reported, and broken where it closes.  O(fields).
    """
    own = {
        key: {field.name: field.value for field in entry.fields} for key, entry in entries.items()
    }

    def take_data(_: str, fields: Fields, __: str, parent: Fields) -> None:
        for name, value in parent.items():
            if is_handed_on_by_xdata(name):
                fields.setdefault(name, value)

    parents, findings = _find_parents("xdata", entries, own, source)
    filled, cycles = _resolve("xdata", entries, own, parents, take_data, source)
    findings += cycles
    for key, fields in filled.items():
        if "xdata" in fields:
            known = parents[key]
            left = [name for name in _split_keys(fields["xdata"]) if name not in known]
            fields["xdata"] = ",".join(left)
            if not left:
                del fields["xdata"]

    biblatex = any(is_biblatex(entry.type, filled[key]) for key, entry in entries.items())

    def take_fields(child: str, fields: Fields, name: str, parent: Fields) -> None:
        _inherit(fields, entries[child].type, parent, entries[name].type, biblatex=biblatex)

    parents, unknown = _find_parents("crossref", entries, filled, source)
    resolved, cycles = _resolve("crossref", entries, filled, parents, take_fields, source)
    return {key: resolved[key] for key in entries}, findings + unknown + cycles


def list_used_xdata(entries: Iterable[Entry]) -> set[str]:
    """Return the keys that some entry names in its ``xdata`` field."""
    return {
        key
        for entry in entries
        for field in entry.fields
        if field.name == "xdata"
        for key in _split_keys(field.value)
    }


def _split_keys(value: str) -> list[str]:
    return [key for part in value.split(",") if (key := part.strip())]


def _find_parents(
    name: str, entries: Mapping[str, Entry], fields: Mapping[str, Fields], source: Source
) -> tuple[dict[str, list[str]], list[Diagnostic]]:
    findings: list[Diagnostic] = []
    parents: dict[str, list[str]] = {}
    for key, entry in entries.items():
        value = fields[key].get(name, "")
        named = _split_keys(value) if name == "xdata" else [value] if value else []
        parents[key] = [parent for parent in named if parent in entries]
        for parent in named:
            if parent not in entries:
                near = did_you_mean(parent, entries) if len(findings) < SUGGESTIONS else ""
                message = f"{name} of {key!r} names {parent!r}, which is no entry of this file"
                remedy = near or f"Add the entry {parent!r}, or take the field out."
                findings.append(
                    report_field("bib-unknown-crossref", source, entry, name, message, remedy)
                )
    return parents, findings


def _inherit(
    fields: Fields, entry_type: str, parent: Fields, parent_type: str, *, biblatex: bool
) -> None:
    taken = {ALIASES.get(name, name) for name in fields}
    dated = biblatex and not DATES.isdisjoint(fields)
    for name, value in parent.items():
        if dated and name in DATES:  # parts of two dates make no date
            continue
        for heir in get_heirs(name, parent_type, entry_type, biblatex=biblatex):
            if ALIASES.get(heir, heir) not in taken:
                fields[heir] = value


def _resolve(
    name: str,
    entries: Mapping[str, Entry],
    own: Mapping[str, Fields],
    parents: Mapping[str, list[str]],
    take_over: Callable[[str, Fields, str, Fields], None],
    source: Source,
) -> tuple[dict[str, Fields], list[Diagnostic]]:
    """Let every entry take over from its parents, parents first.

    Depth first with a stack of its own, since chains may be longer than Python's.
    """
    findings: list[Diagnostic] = []
    resolved: dict[str, Fields] = {}
    open_keys: dict[str, None] = {}
    for root in entries:
        stack = [] if root in resolved else [(root, iter(parents[root]))]
        while stack:
            key, rest = stack[-1]
            open_keys[key] = None
            for parent in rest:
                if parent in open_keys:
                    way = list(open_keys)
                    loop = " → ".join([*way[way.index(parent) :], parent])
                    message = f"{name} of {key!r} leads back to itself: {loop}"
                    findings.append(
                        report_field(
                            "bib-crossref-cycle",
                            source,
                            entries[key],
                            name,
                            message,
                            f"Take one of these {name} fields out.",
                        )
                    )
                elif parent not in resolved:
                    stack.append((parent, iter(parents[parent])))
                    break
            else:
                fields = resolved[key] = dict(own[key])
                for parent in parents[key]:
                    if parent in resolved and parent != key:
                        take_over(key, fields, parent, resolved[parent])
                del open_keys[key]
                stack.pop()
    return resolved, findings
