"""The short forms scholars write: pandoc citations, holders, steps, slugs."""

from __future__ import annotations

import re
import unicodedata

from argmap.model import RELATION_TYPES

SLUG = re.compile(r"[^\W_](?:[\w-]*[^\W_])?")
"""Letters, digits, hyphens and underscores; the first and last a letter or digit."""

# These patterns stand in the JSON Schemas too; they keep to what every dialect understands.
_IN_KEY = r"[^\s,;\[\]{}@\"'#%~\\()=]"
KEY = rf"{_IN_KEY}*[^\s,;\[\]{{}}@\"'#%~\\()=:.?!]"
"""The key of a work: none of the characters that BibTeX or pandoc give a meaning to."""

# The key is the longest there is (what follows cannot belong to it): no backtracking into it.
CITED = (
    r"\s*(?:[^\s@;\[\]]+\s+){0,4}-?@"
    rf"(?:\{{{KEY}\}}|{KEY}[:.?!]*(?!{_IN_KEY}))[^@;\[\]]*"
)
"""One work in a citation: a prefix of at most four words, the key after ``@``, the locator."""

CITATION = rf"^\s*(?:{KEY}|{CITED}(?:;{CITED})*|\[{CITED}(?:;{CITED})*\])\s*$"
"""A key, or a citation of one or several works in brackets or without."""

_BARE_KEY = re.compile(KEY)
_CITED = re.compile(rf"[^@]*@(?:\{{(?P<braced>{KEY})\}}|(?P<key>{KEY})[:.?!]*)(?P<rest>.*)")
_CITATION = re.compile(CITATION)
STEP = rf"^\s*(\S+?)(?:\s*(->|→)\s*|\s+({'|'.join(RELATION_TYPES)})\s+)(\S+)\s*$"
"""A step: source, arrow or type of relation, target."""

_STEP = re.compile(STEP)
_LONGEST_STEP = 1000  # the pattern is quadratic in the number of arrows


def is_slug(word: str) -> bool:
    """Say whether a word can name a claim, a topic, an actor, a group or a school.

    As :data:`SLUG`, and in scripts that write vowels as marks (Hindi, Thai) with these too.
    """
    if word.isascii():
        return SLUG.fullmatch(word) is not None
    bare = "".join(c for c in word[1:] if unicodedata.category(c) not in ("Mn", "Mc"))
    return SLUG.fullmatch(word[:1] + bare) is not None


def is_key(word: str) -> bool:
    """Say whether a word can be the key of a work."""
    return _BARE_KEY.fullmatch(word) is not None


def parse_citations(written: str) -> tuple[list[tuple[str, str]], str]:
    """Parse ``[@key, p. 87; @other]``, ``@key`` or ``key`` into keys with locators.

    Returns the (key, locator) pairs and, in plain words, what is wrong (empty if nothing is).
    Pandoc's braces around a key or a locator are allowed; a prefix before ``@`` (see, cf.) is too.
    """
    text = " ".join(written.split())
    if _BARE_KEY.fullmatch(text):
        return [(text, "")], ""
    if _CITATION.match(text) is None:
        return [], _explain_citation(text)
    inner = text[1:-1] if text.startswith("[") else text
    pairs: list[tuple[str, str]] = []
    for part in inner.split(";"):
        found = _CITED.fullmatch(part)
        if found is None:
            raise AssertionError(f"the patterns disagree on {part!r}")
        locator = found["rest"].strip(" ,:")
        if locator.startswith("{") and locator.endswith("}"):
            locator = locator[1:-1].strip()
        pairs.append((found["braced"] or found["key"], locator))
    return pairs, ""


def _explain_citation(text: str) -> str:
    """Say what is wrong with a citation that does not fit its pattern."""
    if "@" not in text:
        return f"{text!r} is neither a key nor a citation like [@key, p. 1]"
    if text.startswith("[") != text.endswith("]"):
        return f"the brackets of {text!r} do not match"
    inner = text[1:-1] if text.startswith("[") else text
    for part in inner.split(";"):
        before, sign, after = part.partition("@")
        if not sign:
            return f"{part.strip()!r} in {text!r} has no @ before its key"
        if not re.match(rf"{_IN_KEY}|\{{{KEY}\}}", after):
            return f"{part.strip()!r} in {text!r} has no key after @"
        if "@" in after:
            return f"{part.strip()!r} in {text!r} holds two citations without `;` between"
        if "[" in part or "]" in part:
            return f"{part.strip()!r} in {text!r} holds brackets"
        if before.strip(" -") and (len(before.split()) > 4 or before[-1:] not in (" ", "-")):
            return f"{before.strip()!r} before the key in {text!r} is no prefix like `see`"
    return f"{text!r} is no citation like [@key, p. 1]"


def parse_holder(written: str) -> tuple[str, str, str]:
    """Parse a holder into its id, its own locator, and what is wrong (empty if nothing is).

    A work is written by its key, ``@key`` or ``[@key, p. 87]``; others as ``actor:x``, ``group:x``.
    """
    text = written.strip()
    kind, colon, slug = text.partition(":")
    if colon and kind in ("actor", "group"):
        if is_slug(slug):
            return text, "", ""
        return "", "", f"{slug!r} is not a slug (letters, digits and hyphens)"
    pairs, wrong = parse_citations(text)
    if wrong:
        return "", "", wrong
    if len(pairs) > 1:
        return "", "", f"{written!r} names several holders; write them as a list"
    key, locator = pairs[0]
    return f"@{key}", locator, ""


def parse_step(written: str) -> tuple[str, tuple[str, ...], str] | None:
    """Parse ``a -> b`` or ``a contests b`` into source, possible types and target.

    An arrow stands for ``supports`` or ``explains``.  Returns None where it is neither (it may be
    the id of a relation).
    """
    if " " not in written and "->" not in written and "→" not in written:
        return None
    found = _STEP.match(written) if len(written) < _LONGEST_STEP else None
    if found is None:
        return None
    source, _, kind, target = found.groups()
    return source, (kind,) if kind else ("supports", "explains"), target


def qualify(reference: str, text: str) -> str:
    """Return the full id of a claim written short within the file of ``text``."""
    return reference if "/" in reference or not text else f"{text}/{reference}"
