r"""Fields made safe for TeX: what is bare is escaped, what TeX might run is plain text.

A title with a bare ``%`` ends there for TeX, and one with ``\input`` reads a file.
"""

from __future__ import annotations

import re

import msgspec

from argmap.bibliography.datamodel import NAME_FIELDS
from argmap.bibliography.latex import decode_latex, encode_latex, find_unknown_macros
from argmap.bibliography.values import VERBATIM
from argmap.model import Work

_BARE = re.compile(
    r"""(?P<kept>\\(?:url|nolinkurl|path)\s*\{[^{}]*\}|\\[a-zA-Z]+|\\.)
    |(?P<formula>\$[^$]*\$)|(?P<special>[%&#_^$])""",
    re.VERBOSE | re.DOTALL,
)
_FORMULA = re.compile(r"[\\^_{}]|\A\$\s*[A-Za-z]\s*\$\Z")
_SPECIALS = {"^": r"\textasciicircum{}"}
# Read by programs, not set in type.
_CODES = frozenset(
    ("options", "langid", "langidopts", "crossref", "xref", "xdata", "ids", "related")
)


def clean_work(work: Work) -> Work:
    """Return a work whose fields TeX can set, whatever stands in them."""
    fields = {}
    for name, value in work.fields.items():
        if name in VERBATIM or name in _CODES:
            fields[name] = value
        elif not find_unknown_macros(value):
            fields[name] = escape_bare(value)
        elif name not in NAME_FIELDS:
            fields[name] = write_plainly(value)
        elif name not in ("author", "editor"):
            fields[name] = escape_bare(decode_latex(value))
        # Authors and editors are written anew from the record.
    return msgspec.structs.replace(work, fields=fields)


def escape_bare(value: str) -> str:
    r"""Return a value in which ``%``, ``&`` and their like stand for themselves.

    Escaped ones, formulas and the arguments of ``\url`` stay as they are.
    """

    def escape(found: re.Match[str]) -> str:
        if found["kept"]:
            return found[0]
        if found["formula"]:
            if _FORMULA.search(found[0]):
                return found[0]
            return rf"\${escape_bare(found[0][1:-1])}\$"
        return _SPECIALS.get(found[0], f"\\{found[0]}")

    return _BARE.sub(escape, value)


def write_plainly(value: str) -> str:
    """Return a value anew from its plain text, protected from changes of case."""
    return f"{{{encode_latex(decode_latex(value))}}}"
