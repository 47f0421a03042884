"""The words that argmap uses, explained for readers: ``python -m argmap.terms > docs/terms.md``."""

from __future__ import annotations

import sys
import textwrap
import tomllib
from functools import cache
from importlib.resources import files

import msgspec

_HEAD = "# Terms\n\nWhat the words mean that argmap prints.\n"
_WIDTH = 104


class Term(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A term: its address in a glossary, what it is called, and what it means.

    In ``text`` a word between asterisks stands out, and one between backticks is typed as it is.
    """

    id: str
    title: str
    text: str


@cache
def list_terms() -> tuple[Term, ...]:
    """Return the terms in the order in which one would explain them."""
    source = files("argmap").joinpath("terms.toml").read_text(encoding="utf-8")
    return tuple(
        msgspec.convert({"id": name, **entry}, Term)
        for name, entry in tomllib.loads(source).items()
    )


def write_terms() -> str:
    """Return all terms as Markdown."""
    parts = [
        textwrap.fill(
            f"**{term.title}.** {term.text}",
            _WIDTH,
            break_long_words=False,
            break_on_hyphens=False,
        )
        for term in list_terms()
    ]
    return "\n\n".join((_HEAD.rstrip("\n"), *parts)) + "\n"


if __name__ == "__main__":
    sys.stdout.write(write_terms())
