"""Lists of names in BibTeX's notation made into persons, and persons made into names."""

from __future__ import annotations

import re
from functools import lru_cache

from bibtexparser.middlewares.names import (
    InvalidNameError,
    parse_single_name_into_parts,
)

from argmap.bibliography.latex import decode_latex, encode_latex
from argmap.model import Person

_AND_OR_BRACE = re.compile(r"[{}]|(?<!\S)and(?!\S)", re.IGNORECASE)
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
    names = _split_names(value)
    for position, name in enumerate(names):
        if name.casefold() == "others":
            if position < len(names) - 1:
                problems.append("'others' stands before the last name")
        elif not name.strip(" ~,"):
            problems.append("there is nothing on one side of an 'and'")
        else:
            person, problem = _read_person(name)
            if problem:
                problems.append(problem)
            if person != Person(family=""):
                persons.append(person)
    return tuple(persons), problems


def has_others(value: str) -> bool:
    """Say whether a list of names ends with ``and others``."""
    return re.search(r"\sand\s+others\s*\Z", value, re.IGNORECASE) is not None


def write_people(people: tuple[Person, ...]) -> str:
    """Return a list of names that :func:`read_people` reads back as the same persons."""
    return " and ".join(_write_person(person) for person in people)


def _split_names(value: str) -> list[str]:
    """Split at every ``and`` outside braces, white space on both sides of it.

    Not with bibtexparser's own function, which cuts off the beginning of a name that begins with a
    backslash.
    """
    if not value.strip():
        return []
    names: list[str] = []
    begin = depth = 0
    for match in _AND_OR_BRACE.finditer(value):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth -= 1
        elif depth == 0:
            names.append(" ".join(value[begin : match.start()].split()))
            begin = match.end()
    return [*names, " ".join(value[begin:].split())]


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
            family=decode_latex(" ".join(family)),
            given=decode_latex(" ".join(given)),
            prefix=decode_latex(" ".join(prefix)),
            suffix=decode_latex(" ".join(parts.jr)),
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


def _shorten(name: str) -> str:
    name = " ".join(name.split())
    return repr(name if len(name) <= 60 else name[:59] + "…")
