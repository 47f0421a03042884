"""Properties of nodes to fields of records, with a finding for whatever does not fit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

from argmap.diagnostics import Diagnostic, Severity, did_you_mean, join_words
from argmap.graph.nodes import KINDS, PROPERTY_IRIS, Node, Nodes
from argmap.graph.vocabulary import AM, end_base, escape, read_iri, unescape
from argmap.model import Anchor, Citation, Place, Review

_T = TypeVar("_T")

_SHOWN = 20
"""How many findings of one sort are told one by one; the rest are counted."""

_IDENTIFIED = (
    "work",
    "text",
    "topic",
    "holder",
    "claim",
    "relation",
    "school/declared",
    "school/found",
)


class Unreadable(Exception):  # noqa: N818 - no error of the program: the node gives no record
    """Raised where a node lacks what its record needs; the finding has been made."""


class Reading:
    """Nodes on their way to records: looks up, converts, and remembers what was wrong.

    Attributes
    ----------
    nodes : Nodes
        What was read.
    base : str
        The base of the review, as its record has it.
    citing_pages : list of (str, str, Citation)
        IRI, citing locator and record of citations whose locator is not that of their anchor.
    """

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        self.citing_pages: list[tuple[str, str, Citation]] = []
        self._findings = list(nodes.findings)
        self._counts: dict[tuple[str, str], int] = {}
        self._parts: set[str] = set()
        self._options: dict[str, dict[str, str]] = {}
        self.base = self._find_base()
        self._ids = {kind: self._identify(kind) for kind in _IDENTIFIED}

    # What is wrong

    def report(
        self,
        code: str,
        iri: str,
        message: str,
        *,
        sort: str = "",
        severity: Severity = "error",
        remedy: str = "",
    ) -> None:
        """Note a finding about a node; of one ``code`` and ``sort``, twenty are kept in full."""
        count = self._counts[code, sort] = self._counts.get((code, sort), 0) + 1
        if count <= _SHOWN:
            self._findings.append(
                Diagnostic(
                    path=self.nodes.path,
                    severity=severity,
                    message=f"<{iri}>: {message}",
                    code=code,
                    remedy=remedy,
                )
            )

    def finish(self) -> list[Diagnostic]:
        """Return all findings, after a look for nodes that no record has made use of."""
        known = set(self._parts).union(self.nodes.standings, *self.nodes.kinds.values())
        for iri, node in self.nodes.by_iri.items():
            if iri not in known and node.keys() - {"type"}:
                self.report(
                    "rdf-node-unused",
                    iri,
                    "belongs to no record, and is not kept",
                    severity="warning",
                    remedy="Give it a class of the ontology, or link it to a node that has one.",
                )
        for (code, sort), count in self._counts.items():
            if count > _SHOWN:
                matter = f" ({sort})" if sort else ""
                self._findings.append(
                    Diagnostic(
                        path=self.nodes.path,
                        severity="note",
                        message=f"{count - _SHOWN} more findings of {code}{matter}",
                        code="rdf-more",
                    )
                )
        return self._findings

    # Identifiers

    def _find_base(self) -> str:
        reviews = sorted(self.nodes.kinds.get("review", ()))
        for iri in reviews[1:]:
            self.report("rdf-reviews", iri, f"a second review besides <{reviews[0]}>")
        if reviews:
            base = self.nodes.by_iri[reviews[0]].get("void:uriSpace")
            if isinstance(base, str):
                return base
        # Without a word on the base, the first claim or work named our way tells it.
        for kind in ("claim", "work"):
            for iri in self.nodes.kinds.get(kind, ()):
                identifier = self.nodes.by_iri[iri].get("dct:identifier")
                if isinstance(identifier, str):
                    tail = f"{kind}/{escape(identifier)}"
                    if iri.endswith(tail):
                        return iri.removesuffix(tail)
        return Review().base

    def _identify(self, kind: str) -> dict[str, str]:
        """Return the ids of the nodes of a kind by their IRIs."""
        ids: dict[str, str] = {}
        owners: dict[str, str] = {}
        for iri in self.nodes.kinds.get(kind, ()):
            node = self.nodes.by_iri[iri]
            identifier = node.get("dct:identifier")
            if type(identifier) is dict:
                identifier = self._pick_one(iri, "dct:identifier", identifier)
            if identifier is None:
                identifier = read_iri(iri, self.base, kind)
            if identifier is None:
                self.report("rdf-missing", iri, "has no dct:identifier", sort="dct:identifier")
                continue
            if (other := owners.setdefault(identifier, iri)) != iri:
                self.report("rdf-same-id", iri, f"has the identifier {identifier!r} of <{other}>")
            ids[iri] = identifier
        return ids

    def identify(self, iri: str, kind: str) -> str:
        """Return the id of a node that is to become a record of its own."""
        identifier = self._ids[kind].get(iri)
        if identifier is None:
            raise Unreadable
        return identifier

    def name(self, iri: str, kind: str) -> str | None:
        """Return the id that an IRI stands for, described here or not; None where it has none."""
        identifier = self._ids[kind].get(iri)
        if identifier is None:
            identifier = read_iri(iri, self.base, kind)
        if identifier is None and kind == "holder":
            # A work can be named as the holder itself.
            work = self.name(iri, "work")
            identifier = None if work is None else f"@{work}"
        if identifier is None and kind == "work" and iri in self._ids["text"]:
            identifier = self._ids["text"][iri]
        return identifier

    # Records

    def collect(self, kind: str, read: Callable[[Reading, str, Node], _T]) -> tuple[_T, ...]:
        """Return the records of all nodes of a kind that can be read."""
        records = []
        by_iri = self.nodes.by_iri
        for iri in self.nodes.kinds.get(kind, ()):
            try:
                records.append(read(self, iri, by_iri[iri]))
            except Unreadable:
                continue
        return tuple(records)

    def list_parts(self, iri: str, node: Node, slot: str) -> list[tuple[str, Node]]:
        """Return the nodes that a property names, in the order of their ordinals."""
        parts = []
        for name in list_values(node, slot):
            part = self.get_part(iri, name, slot)
            rank = self.integer(name, part, "ordinal")
            parts.append((rank is None, rank or 0, name, part))
        parts.sort(key=lambda entry: entry[:3])
        return [(name, part) for _, _, name, part in parts]

    def get_part(self, iri: str, name: str, slot: str) -> Node:
        """Return a node that belongs to another one's record."""
        part = self.nodes.by_iri.get(name)
        if part is None:
            self.report(
                "rdf-undescribed",
                iri,
                f"nothing is said of <{name}>, its {_show(slot)}",
                sort=_show(slot),
            )
            raise Unreadable
        self._parts.add(name)
        return part

    # Values

    def _pick_one(self, iri: str, slot: str, values: Iterable[str]) -> str:
        """Report that there are several values where one is wanted, and return the smallest."""
        self.report(
            "rdf-several",
            iri,
            f"has {len(list(values))} values of {_show(slot)}, but can have only one",
            sort=_show(slot),
        )
        return min(values)

    def find(self, iri: str, node: Node, slot: str) -> str | None:
        """Return the one value of a property, or None."""
        value = node.get(slot)
        if type(value) is dict:
            return self._pick_one(iri, slot, value)
        return value

    def get(self, iri: str, node: Node, slot: str) -> str:
        """Return the one value of a property, or the empty string."""
        value = node.get(slot)
        if value is None:
            return ""
        if type(value) is dict:
            return self._pick_one(iri, slot, value)
        return value  # type: ignore[no-any-return]

    def need(self, iri: str, node: Node, slot: str) -> str:
        """Return the one value of a property that the record cannot do without."""
        value = node.get(slot)
        if value is None:
            self.report("rdf-missing", iri, f"has no {_show(slot)}", sort=_show(slot))
            raise Unreadable
        if type(value) is dict:
            return self._pick_one(iri, slot, value)
        return value  # type: ignore[no-any-return]

    def refer(self, iri: str, node: Node, slot: str, kind: str) -> str:
        """Return the id of the node that a property names, which the record cannot do without."""
        return self._name_target(iri, slot, self.need(iri, node, slot), kind)

    def refer_if_any(self, iri: str, node: Node, slot: str, kind: str) -> str | None:
        """Return the id of the node that a property names, or None where it names none."""
        value = self.find(iri, node, slot)
        return None if value is None else self._name_target(iri, slot, value, kind)

    def _name_target(self, iri: str, slot: str, value: str, kind: str) -> str:
        identifier = self.name(value, kind)
        if identifier is None:
            minted = f"<{end_base(self.base)}{kind}/…>"
            self.report(
                "rdf-reference",
                iri,
                f"its {_show(slot)}, <{value}>, is no {kind}",
                sort=_show(slot),
                remedy=f"Describe it with its class and dct:identifier, or name it {minted}.",
            )
            raise Unreadable
        return identifier

    def refer_all(self, iri: str, node: Node, slot: str, kind: str) -> tuple[str, ...]:
        """Return the ids of the nodes that a property names, in their order."""
        values = node.get(slot)
        if values is None:
            return ()
        if type(values) is not dict:
            return self._restore_order(
                iri, node, slot, (self._name_target(iri, slot, values, kind),)
            )
        names = [self._name_target(iri, slot, value, kind) for value in values]
        return self._restore_order(iri, node, slot, sorted(names))

    def get_all(self, iri: str, node: Node, slot: str) -> tuple[str, ...]:
        """Return the values of a property, in their order."""
        return self._restore_order(iri, node, slot, sorted(list_values(node, slot)))

    def _restore_order(
        self, iri: str, node: Node, slot: str, values: Sequence[str]
    ) -> tuple[str, ...]:
        if "order" not in node:
            return tuple(values)
        order = self.find_order(node, slot.rpartition(":")[2])
        if order is None:
            return tuple(values)
        if set(order) != set(values):
            self.report(
                "rdf-order",
                iri,
                f"am:order names other values of {_show(slot)} than there are; they are sorted",
                severity="warning",
                sort=_show(slot),
            )
            return tuple(values)
        return tuple(order)

    def find_order(self, node: Node, name: str) -> list[str] | None:
        """Return the values of a property as ``am:order`` lists them, None where it does not."""
        for order in list_values(node, "order"):
            first, *rest = order.split(" ")
            if first == name:
                return [unescape_safely(value) for value in rest]
        return None

    def choose(
        self, iri: str, node: Node, slot: str, options: tuple[str, ...], default: str | None
    ) -> Any:
        """Return which of a few options a property names; without a default it must name one."""
        value = node.get(slot)
        if value is None and default is not None:
            return default
        known = self._options.get(slot)
        if known is None:
            known = {f"{AM}{slot}-{option}": option for option in options}
            self._options[slot] = known
        if type(value) is not str:
            value = self.need(iri, node, slot)
        option = known.get(value)
        if option is not None:
            return option
        self.report(
            "rdf-value-unknown",
            iri,
            f"<{value}> is no {slot}",
            sort=slot,
            remedy=did_you_mean(value.removeprefix(f"{AM}{slot}-"), options)
            or f"It is one of {join_words([f'am:{slot}-{option}' for option in options], 'or')}.",
        )
        raise Unreadable

    def integer(self, iri: str, node: Node, slot: str) -> int | None:
        """Return the whole number that is the value of a property, or None where it has none."""
        value = self.find(iri, node, slot)
        if value is None:
            return None
        try:
            return int(value)
        except ValueError:
            self._report_form(iri, slot, value, "a whole number")
            raise Unreadable from None

    def boolean(self, iri: str, node: Node, slot: str) -> bool:
        """Return whether the property is true; what is not said is false."""
        value = self.find(iri, node, slot)
        if value in {None, "false", "0"}:
            return False
        if value not in {"true", "1"}:
            self._report_form(iri, slot, str(value), "true or false")
            raise Unreadable
        return True

    def number(self, iri: str, node: Node, slot: str, default: float) -> float:
        """Return the number that is the value of a property."""
        value = self.find(iri, node, slot)
        if value is None:
            return default
        try:
            return float(value)
        except ValueError:
            self._report_form(iri, slot, value, "a number")
            raise Unreadable from None

    def _report_form(self, iri: str, slot: str, value: str, wanted: str) -> None:
        message = f"{_show(slot)} is {value!r}, which is not {wanted}"
        self.report("rdf-value-form", iri, message, sort=_show(slot))

    # What many records have

    def place(self, iri: str, node: Node) -> Place | None:
        """Return where the record was written down, None where no property tells."""
        path = node.get("file")
        if path is None and "line" not in node and "column" not in node:
            return None
        line = self.integer(iri, node, "line")
        column = self.integer(iri, node, "column")
        return Place(
            path=self.get(iri, node, "file"),
            line=0 if line is None else line,
            column=1 if column is None else column,
        )

    def anchor(self, iri: str, node: Node) -> Anchor | None:
        """Return the anchor of a record, None where it has none."""
        name = self.find(iri, node, "anchor")
        if name is None:
            return None
        part = self.get_part(iri, name, "anchor")
        head = tail = ""
        start: int | None = None
        end: int | None = None
        for selector in list_values(part, "oa:hasSelector"):
            detail = self.get_part(name, selector, "oa:hasSelector")
            if "oa:hasStartSelector" in detail or "oa:hasEndSelector" in detail:
                head = self._read_quote(selector, detail, "oa:hasStartSelector")
                tail = self._read_quote(selector, detail, "oa:hasEndSelector")
            elif "oa:exact" in detail:
                head = self._get_words(selector, detail)
            else:
                start = self.integer(selector, detail, "oa:start")
                end = self.integer(selector, detail, "oa:end")
        return Anchor(
            text=self.refer(name, part, "oa:hasSource", "work"),
            page=self.get(name, part, "page"),
            page_inferred="pageInferred" in part and self.boolean(name, part, "pageInferred"),
            section=self.find(name, part, "section"),
            head=head,
            tail=tail,
            start=start,
            end=end,
            sha256=self.find(name, part, "sha256"),
        )

    def _read_quote(self, iri: str, node: Node, slot: str) -> str:
        """Return the words with which a range begins, or with which it ends.

        The end of a range is exclusive: argmap writes a point and what stands before it, others
        the last words themselves.
        """
        name = self.find(iri, node, slot)
        if name is None:
            return ""
        return self._get_words(name, self.get_part(iri, name, slot))

    def _get_words(self, iri: str, quote: Node) -> str:
        exact = self.get(iri, quote, "oa:exact")
        prefix = self.get(iri, quote, "oa:prefix")
        if exact and prefix:
            self.report(
                "rdf-not-kept",
                iri,
                f"oa:prefix {prefix!r} is not kept beside oa:exact",
                sort="oa:prefix",
                severity="note",
            )
        return exact or prefix


def list_values(node: Node, slot: str) -> list[str]:
    """Return the values of a property, in no order."""
    values = node.get(slot)
    if values is None:
        return []
    return list(values) if type(values) is dict else [values]


def list_classes(node: Node, options: Iterable[str]) -> list[str]:
    """Return which of some classes, by their IRIs, a node is of."""
    types = list_values(node, "type")
    return [option for option in options if option in types]


def unescape_safely(escaped: str) -> str:
    """Undo the escapes of an identifier, and leave it alone where they are no UTF-8."""
    try:
        return unescape(escaped)
    except UnicodeDecodeError:
        return escaped


def _show(slot: str) -> str:
    """Return the property as a reader of the ontology knows it."""
    return slot if ":" in slot or slot not in PROPERTY_IRIS else f"am:{slot}"


assert set(_IDENTIFIED) <= set(KINDS.values())
