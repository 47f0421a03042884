"""Checked access to the fields of a YAML mapping: every slip is reported with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from argmap.authoring.documents import Mapping, Position, Sequence
from argmap.diagnostics import Diagnostic, Severity, did_you_mean, join_words
from argmap.model import Place

_TRUE = frozenset(("true", "True", "TRUE"))
_LONGEST_MESSAGE = 300
_FALSE = frozenset(("false", "False", "FALSE"))


class Fields:
    """One file while it is read: its names in findings and in records, and the findings."""

    def __init__(self, label: str, name: str) -> None:
        self.label = label
        self.name = name
        self.findings: list[Diagnostic] = []

    def place(self, at: Position) -> Place:
        """Return the place of a record in this file."""
        return Place(path=self.name, line=at[0], column=at[1])

    def report(
        self,
        at: Position,
        message: str,
        code: str,
        remedy: str = "",
        severity: Severity = "error",
    ) -> None:
        """Note a finding at a place of this file; a message that quotes a whole page is cut."""
        if len(message) > _LONGEST_MESSAGE:
            message = f"{message[:_LONGEST_MESSAGE]} …"
        self.findings.append(
            Diagnostic(
                path=self.label,
                line=at[0],
                column=at[1],
                severity=severity,
                message=message,
                code=code,
                remedy=remedy,
            )
        )

    def expect_only(self, mapping: Mapping, known: Iterable[str], thing: str) -> None:
        """Report every key of the mapping that is not a known field of the thing."""
        names = tuple(known)
        for key, at in mapping.keys_at.items():
            if key in names:
                continue
            remedy = did_you_mean(key, names) or f"Its fields: {join_words(names)}."
            if mapping.get(key) is None and " " in key:
                remedy = "A comma inside {…} ends a value: put the value before it in quotes."
            self.report(at, f"{thing} has no field {key!r}", "field-unknown", remedy)

    def mapping(self, value: Any, at: Position, thing: str) -> Mapping | None:
        """Return the value as a mapping, or report that it is none."""
        if isinstance(value, Mapping):
            return value
        self.report(
            at,
            f"{thing} must be a mapping (`key: value` lines), not {_name_type(value)}",
            "field-type",
            "Indent its fields below it.",
        )
        return None

    def entries(self, parent: Mapping, key: str) -> Iterator[tuple[str, Any, Position]]:
        """Yield name, value and place of the name for each entry of a mapping of things."""
        if key not in parent or parent[key] is None:
            return
        table = self.mapping(parent[key], parent.values_at[key], f"`{key}`")
        if table is None:
            return
        for name, value in table.items():
            yield name, value, table.keys_at[name]

    def items(self, parent: Mapping, key: str) -> Iterator[tuple[Any, Position]]:
        """Yield each item of a list with its place; a single value counts as a list of one."""
        if key not in parent:
            return
        value, at = parent[key], parent.values_at[key]
        if isinstance(value, Sequence):
            for item, item_at in zip(value, value.items_at, strict=True):
                if item is None:
                    self.report(item_at, f"an item of `{key}` is empty", "field-type", "Remove it.")
                else:
                    yield item, item_at
        elif value is None:
            self.report(at, f"`{key}` is empty", "field-type", "Give it a value, or remove it.")
        else:
            yield value, at

    def text(self, parent: Mapping, key: str, default: str = "", *, thing: str = "") -> str:
        """Return a string field; ``thing`` named makes it required."""
        value = parent.get(key)
        if value is None:
            if thing:
                self.report(
                    parent.keys_at.get(key, parent.at),
                    f"{thing} needs `{key}`",
                    "field-missing",
                    f"Add `{key}: …`.",
                )
            elif key in parent:
                self.report(
                    parent.keys_at[key], f"`{key}` is empty", "field-type", "Fill or remove it."
                )
            return default
        return self.string(value, parent.values_at[key], f"`{key}`") or default

    def string(self, value: Any, at: Position, thing: str) -> str:
        """Return the value as a string without outer white space, or report that it is none."""
        if isinstance(value, str):
            folded = " ".join(value.split())
            if not folded:
                self.report(at, f"{thing} is empty", "field-type", "Fill it, or remove it.")
            return folded
        if not value:
            hint = "Fill it, or remove it."
        elif isinstance(value, Sequence):
            hint = "Write a single value here."
        else:
            hint = "Write a single value here, in quotes if it holds a colon or braces."
        self.report(at, f"{thing} must be text, not {_name_type(value)}", "field-type", hint)
        return ""

    def strings(self, parent: Mapping, key: str) -> tuple[str, ...]:
        """Return a field that is one string or a list of strings."""
        found = (
            self.string(item, at, f"an item of `{key}`") for item, at in self.items(parent, key)
        )
        return tuple(text for text in found if text)

    def word(self, parent: Mapping, key: str, known: tuple[str, ...], default: str) -> str:
        """Return a field whose value is one of a few words, or report it and return the default."""
        if key not in parent:
            return default
        value = self.text(parent, key)
        if not value:
            return default
        if value in known:
            return value
        self.report(
            parent.values_at[key],
            f"{value!r} is no {key}",
            "value-unknown",
            did_you_mean(value, known) or f"One of {join_words(known, 'or')}.",
        )
        return default

    def flag(self, parent: Mapping, key: str) -> bool:
        """Return a field that is true or false (absent: false)."""
        if key not in parent:
            return False
        value = parent[key]
        if not isinstance(value, str) or value not in _TRUE | _FALSE:
            self.report(
                parent.values_at[key],
                f"`{key}` must be true or false",
                "field-type",
                f"Write `{key}: true`, or leave it out.",
            )
            return False
        return value in _TRUE


def _name_type(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, Sequence):
        return "a list"
    return "text"
