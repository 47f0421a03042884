"""Terms and lines of N-Quads, by string formatting.

A *fact* is a predicate and an object with a space before each, so that facts of one subject join to
lines at the speed of :meth:`str.join`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Sequence

from argmap.graph.vocabulary import AM, RDF, XSD, escape

_ESCAPED = re.compile('[\x00-\x1f"\\\\\x7f\ud800-\udfff\ufffe\uffff]')
_SHORT = {
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
    '"': '\\"',
    "\\": "\\\\",
}

REPLACEMENT = "\ufffd"
"""What stands in RDF for a lone surrogate, which it cannot carry."""


def predicate(iri: str) -> str:
    """Return the IRI as the predicate of a fact."""
    return f" <{iri}> "


def own_predicate(name: str) -> str:
    """Return a property of argmap's ontology as the predicate of a fact."""
    return predicate(AM + name)


TYPE = predicate(f"{RDF}type")
ORDER = own_predicate("order")
ORDINAL = own_predicate("ordinal")
_INTEGER = f'"^^<{XSD}integer>'
_DOUBLE = f'"^^<{XSD}double>'
TRUE = f'"true"^^<{XSD}boolean>'


def typed(iri: str) -> str:
    """Return the fact that the subject is of a class."""
    return f"{TYPE}<{iri}>"


def literal(text: str) -> str:
    """Return a plain literal; what N-Quads or its readers cannot bear in the clear is escaped."""
    # What is printable needs no escape but for these two: a scan in C for nearly every string.
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    if "\ud800" <= character <= "\udfff":
        return REPLACEMENT
    return _SHORT.get(character) or f"\\u{ord(character):04X}"


def integer(number: int) -> str:
    """Return an ``xsd:integer``."""
    return f'"{number}{_INTEGER}'


def boolean(truth: bool) -> str:
    """Return an ``xsd:boolean``."""
    return TRUE if truth else f'"false"^^<{XSD}boolean>'


def double(number: float) -> str:
    """Return an ``xsd:double`` that reads back as the very number."""
    text = repr(float(number))
    return f'"{ {"inf": "INF", "-inf": "-INF", "nan": "NaN"}.get(text, text) }{_DOUBLE}'


def lines(subject: str, facts: Iterable[str], end: str) -> str:
    """Return one line for each fact; ``subject`` is an IRI in its brackets, ``end`` closes a line.

    ``end`` holds the graph, the full stop and the line feed.
    """
    return f"{subject}{(end + subject).join(facts)}{end}"


def list_facts(
    name: str, start: str, values: Sequence[str], express: Callable[[str], str]
) -> list[str]:
    """Return a fact for each value, and one for their order where it is not the alphabet's.

    RDF keeps no order and no repetition: the order is a literal, the property's name and the
    percent-encoded values with spaces between.
    """
    if len(values) == 1:
        return [start + express(values[0])]
    if not values:
        return []
    facts = [start + express(value) for value in dict.fromkeys(values)]
    if any(first >= second for first, second in itertools.pairwise(values)):
        facts.append(order_fact(name, values))
    return facts


def order_fact(name: str, values: Iterable[str]) -> str:
    """Return the fact that the values of a property have this order."""
    return f'{ORDER}"{" ".join([name, *map(escape, values)])}"'
