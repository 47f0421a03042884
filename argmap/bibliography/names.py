"""Lists of names in BibTeX's notation made into persons, and persons made into names."""

from __future__ import annotations

import re
from functools import lru_cache

from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
    split_multiple_persons_names,
)

from argmap.bibliography.latex import decode_latex, encode_latex
from argmap.bibliography.values import is_balanced
from argmap.model import Person

_AND_BREAK = re.compile(r"(?:\A|\s)and(?=\s|\Z)", re.IGNORECASE)
_EXTENDED = re.compile(r"\s*(?:family|given|prefix|suffix|id|useprefix)(?:-i)?\s*=", re.IGNORECASE)
_PARTS = ("family", "given", "prefix", "suffix")
_IGNORED_PARTS = ("id", "useprefix", "hash", "sortingnamekeytemplatename", "nametemplates")
_ET_AL = re.compile(r"\bet\.?\s+al\b", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s(?:\\?&)\s|;")
_PLAIN_WORD = re.compile(r"[^\W\d_a-z][\w.’'-]*")


def read_people(value: str) -> tuple[tuple[Person, ...], list[str]]:
    """Return the persons that a field like ``author`` names, and what is wrong with it.

    Names are split first and decoded then, so that ``{Simon and Schuster}`` stays one corporate
    name. A final ``and others`` is no person.  A name that breaks the rules is kept as well as can
    be.
    """
    persons: list[Person] = []
    problems: list[str] = []
    names = split_multiple_persons_names(_strip_braces_without_partner(value))
    for position, name in enumerate(names):
        if name.strip().casefold() == "others":
            if position < len(names) - 1:
                problems.append("'others' stands before the last name")
            continue
        if _AND_BREAK.match(name) or not name.strip(" \t\n~,"):
            problems.append("there is nothing on one side of an 'and'")
            name = _AND_BREAK.sub(" ", name, count=1)
            if not name.strip(" \t\n~,"):
                continue
        person, problem = _read_person(name)
        if problem:
            problems.append(problem)
        if person != Person(family=""):
            persons.append(person)
    if names and value.rstrip().casefold().endswith(" and"):
        problems.append("the list ends with 'and'")
    return tuple(persons), problems


def has_others(value: str) -> bool:
    """Say whether a list of names ends with ``and others``."""
    return re.search(r"\sand\s+others\s*\Z", value, re.IGNORECASE) is not None


def write_people(people: tuple[Person, ...]) -> str:
    """Return a list of names that :func:`read_people` reads back as the same persons."""
    return " and ".join(_write_person(person) for person in people)


@lru_cache(maxsize=65536)
def _read_person(name: str) -> tuple[Person, str]:
    if _EXTENDED.match(name):
        return _read_extended(name)
    problem = ""
    try:
        parts = parse_single_name_into_parts(name, strict=True)
    except InvalidNameError as error:
        parts = parse_single_name_into_parts(name, strict=False)
        problem = f"{_shorten(name)}: {error.reason[:1].lower()}{error.reason[1:]}"
    outside = _drop_groups(name)
    if _ET_AL.search(outside):
        problem = f"{_shorten(name)}: write 'and others' for 'et al.'"
    elif _SEPARATORS.search(outside):
        problem = f"{_shorten(name)}: persons are separated by 'and' only"
    given, prefix, family = parts.first, parts.von, parts.last
    # BibTeX takes "Fonseca de la" for the prefix of "Fonseca de la Bella, Lucía"; people do not.
    if "," in outside and prefix and not decode_latex(prefix[0])[:1].islower():
        prefix, family = [], [*prefix, *family]
    # To BibTeX a small word before a single surname is its prefix; the parser takes it for a
    # given name.
    if len(given) == 1 and len(family) == 1 and not prefix and not parts.jr and "," not in outside:
        first = decode_latex(given[0])
        if first[:1].islower() and not given[0].startswith("{"):
            given, prefix = [], given
    return (
        Person(
            family=_decode_words(family),
            given=_decode_words(given),
            prefix=_decode_words(prefix),
            suffix=_decode_words(parts.jr),
        ),
        problem,
    )


def _read_extended(name: str) -> tuple[Person, str]:
    """Read biblatex's extended notation: ``family={de Graaf}, given=Beatrice``."""
    found: dict[str, str] = {}
    problem = ""
    for part in _split_outside_braces(name, ","):
        label, _, text = part.partition("=")
        label = label.strip().casefold()
        if label in _PARTS:
            found[label] = decode_latex(text.strip().strip('"'))
        elif label and label.removesuffix("-i") not in _PARTS and label not in _IGNORED_PARTS:
            problem = f"{_shorten(name)}: {label!r} is no part of a name"
    if not found.get("family"):
        return Person(family=found.get("given", "")), f"{_shorten(name)}: there is no family name"
    return Person(**found), problem


def _write_person(person: Person) -> str:
    family, given, prefix, suffix = (
        encode_latex(part) for part in (person.family, person.given, person.prefix, person.suffix)
    )
    if not (given or prefix or suffix):
        return family if _PLAIN_WORD.fullmatch(family) else f"{{{family}}}"
    # The simplest notation that means the same: as scholars write it, with a family name that
    # must not be taken apart, with every part protected, in biblatex's extended notation.
    for candidate in (
        _join_name(prefix, family, suffix, given),
        _join_name(prefix, f"{{{family}}}", suffix, given),
        _join_name(prefix, f"{{{family}}}", suffix and f"{{{suffix}}}", given and f"{{{given}}}"),
    ):
        if read_people(candidate) == ((person,), []):
            return candidate
    parts = zip(_PARTS, (family, given, prefix, suffix), strict=True)
    return ", ".join(f"{label}={{{text}}}" for label, text in parts if text)


def _join_name(prefix: str, family: str, suffix: str, given: str) -> str:
    name = f"{prefix} {family}".strip()
    if suffix:
        return f"{name}, {suffix}, {given}"
    return f"{name}, {given}"


def _decode_words(words: list[str]) -> str:
    return " ".join(filter(None, (decode_latex(word) for word in words)))


def _drop_groups(name: str) -> str:
    """Return what of a name stands outside braces."""
    if "{" not in name:
        return name
    depth = 0
    parts: list[str] = []
    for character in name:
        if character == "{":
            depth += 1
        elif character == "}":
            depth = max(depth - 1, 0)
        elif depth == 0:
            parts.append(character)
    return "".join(parts)


def _split_outside_braces(text: str, separator: str) -> list[str]:
    parts = [""]
    depth = 0
    quoted = False
    for character in text:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if character == '"' and depth == 0:
            quoted = not quoted
        if character == separator and depth == 0 and not quoted:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def _strip_braces_without_partner(value: str) -> str:
    return value if is_balanced(value) else value.replace("{", "").replace("}", "")


def _shorten(name: str) -> str:
    name = " ".join(name.split())
    return repr(name if len(name) <= 60 else name[:59] + "…")
