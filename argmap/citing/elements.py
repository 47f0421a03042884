"""The elements of pandoc's documents that argmap makes, takes apart and makes harmless."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from argmap.citing.pandoc import Block, Inline

_SAFE_ADDRESS = re.compile(r"(?:https?|ftp|mailto):|#", re.IGNORECASE)
_SPACE = re.compile(r"\s+")

Attributes = list[Any]


def attributes(
    identifier: str = "", classes: Sequence[str] = (), pairs: Iterable[tuple[str, str]] = ()
) -> Attributes:
    """Return attributes as pandoc has them."""
    return [identifier, list(classes), [list(pair) for pair in pairs]]


def words(text: str) -> list[Inline]:
    """Return plain text; white space at its ends may break lines, all else stands for itself.

    Words are not taken apart: a document of a thousand annotations would be ten times the size.
    """
    body = _SPACE.sub(" ", text.strip())
    inlines: list[Inline] = [{"t": "Str", "c": body}] if body else []
    if text[:1].isspace():
        inlines.insert(0, {"t": "Space"})
    if body and text[-1:].isspace():
        inlines.append({"t": "Space"})
    return inlines


def strengthen(inlines: Sequence[Inline]) -> Inline:
    """Return inlines in bold."""
    return {"t": "Strong", "c": list(inlines)}


def link(inlines: Sequence[Inline], target: str, classes: Sequence[str] = ()) -> Inline:
    """Return a link."""
    return {"t": "Link", "c": [attributes("", classes), list(inlines), [target, ""]]}


def span(inlines: Sequence[Inline], classes: Sequence[str] = (), identifier: str = "") -> Inline:
    """Return a span."""
    return {"t": "Span", "c": [attributes(identifier, classes), list(inlines)]}


def paragraph(inlines: Sequence[Inline]) -> Block:
    """Return a paragraph."""
    return {"t": "Para", "c": list(inlines)}


def heading(level: int, inlines: Sequence[Inline], identifier: str = "") -> Block:
    """Return a heading."""
    return {"t": "Header", "c": [level, attributes(identifier), list(inlines)]}


def division(
    blocks: Sequence[Block],
    identifier: str = "",
    classes: Sequence[str] = (),
    pairs: Iterable[tuple[str, str]] = (),
) -> Block:
    """Return a division."""
    return {"t": "Div", "c": [attributes(identifier, classes, pairs), list(blocks)]}


def bullets(items: Iterable[Sequence[Inline]]) -> Block:
    """Return a tight list with bullets."""
    return {"t": "BulletList", "c": [[{"t": "Plain", "c": list(item)}] for item in items]}


def raw(writer: str, text: str) -> Block:
    """Return a block that one writer copies to the letter; never for text from a literature."""
    return {"t": "RawBlock", "c": [writer, text]}


def cite(references: Iterable[tuple[str, str]], form: str = "brackets") -> Inline:
    """Return a citation of (key, locator with its label) pairs for citeproc to format."""
    mode = {
        "brackets": "NormalCitation",
        "narrative": "AuthorInText",
        "bare": "SuppressAuthor",
    }[form]
    return {
        "t": "Cite",
        "c": [
            [
                {
                    "citationId": key,
                    "citationPrefix": [],
                    "citationSuffix": words(f", {locator}") if locator else [],
                    "citationMode": {"t": mode},
                    "citationNoteNum": 0,
                    "citationHash": 0,
                }
                for key, locator in references
            ],
            [],
        ],
    }


def walk(element: Any, change: Callable[[dict[str, Any]], Any]) -> Any:
    """Return an element with every element in it changed, innermost first.

    ``change`` returns an element, or a list of elements to stand in its place.  Not recursive in
    the depth of Python's stack beyond the depth of the document.
    """
    if isinstance(element, list):
        changed: list[Any] = []
        for item in element:
            if not isinstance(item, (dict, list)):
                changed.append(item)
                continue
            new = walk(item, change)
            if isinstance(new, list) and isinstance(item, dict) and "t" in item:
                changed.extend(new)
            else:
                changed.append(new)
        return changed
    if isinstance(element, dict):
        new = {
            name: walk(value, change) if isinstance(value, (dict, list)) else value
            for name, value in element.items()
        }
        return change(new) if "t" in new else new
    return element


def flatten(inlines: Sequence[Any]) -> str:
    """Return the text of inlines without their form."""
    return "".join(_list_text(inlines))


def _list_text(element: Any) -> Iterator[str]:
    if isinstance(element, list):
        for item in element:
            yield from _list_text(item)
    elif isinstance(element, dict):
        kind = element.get("t")
        if kind == "Str":
            yield element["c"]
        elif kind in ("Space", "SoftBreak", "LineBreak"):
            yield " "
        elif kind == "Quoted":
            single = element["c"][0]["t"] == "SingleQuote"
            yield "‘" if single else "“"
            yield from _list_text(element["c"][1])
            yield "’" if single else "”"
        elif kind in ("Link", "Image", "Span"):
            yield from _list_text(element["c"][1])
        elif kind in ("Code", "Math"):
            yield element["c"][1]
        elif kind == "Cite":
            yield from _list_text(element["c"][1])
        elif "c" in element:
            yield from _list_text(element["c"])


def make_harmless(blocks: Sequence[Any]) -> list[Any]:
    """Return blocks without anything that could run or load: raw code, pictures, odd addresses.

    Formatted citations become plain inlines.  Raw code goes; pictures become links to what they
    show; links to anything but the web, mail and this document become their text with the address
    in brackets.
    """

    def change(element: dict[str, Any]) -> Any:
        kind = element["t"]
        if kind in ("RawInline", "RawBlock"):
            return []
        if kind == "Cite":
            return element["c"][1]
        if kind == "Image":
            _, inlines, target = element["c"]
            element = link(inlines or words(target[0]), target[0])
            kind = "Link"
        if kind == "Link":
            _, inlines, (address, title) = element["c"]
            if address.startswith("https://") and ":" in address[8:].split("/")[0]:
                # citeproc puts https:// before what is no web address (javascript:…).
                scheme = address[8:].split(":")[0]
                if scheme.isalpha():
                    address = address[8:]
            if not _SAFE_ADDRESS.match(address):
                shown = flatten(inlines)
                return inlines if shown == address else [*inlines, *words(f" ({address})")]
            element["c"][2] = [address, title]
        if kind in ("Span", "Div", "Header", "CodeBlock", "Code", "Link"):
            _drop_pairs(element)
        return element

    changed: list[Any] = walk(list(blocks), change)
    return changed


def _drop_pairs(element: dict[str, Any]) -> None:
    """Drop attributes but id and classes, such as style and onclick."""
    parts = element["c"]
    where = 1 if element["t"] == "Header" else 0
    parts[where] = [parts[where][0], parts[where][1], []]
