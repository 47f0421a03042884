"""How the authors of a work may be printed before a year, as patterns over plain text."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

from argmap.model import Person, Record, Work
from argmap.texts.plain import fold_letters

_GIVEN = r"[A-Z][\w'-]*\.?"
_INITIALS = r"(?:[A-Z]\.[ -]?|[A-Z]{1,3}(?= |,|$))"
_SUFFIX = r"(?:,? (?:Jr|Sr)\.?|,? (?:II|III|IV)\b)?"
_AND = r"(?:, ?(?:and|&) |,? ?& ?| and | und | et | y |, | ?/ ?)"
_OTHERS = r",? (?:et al\.?|et alii|and (?:others|colleagues|co-authors|collaborators)|u\.a\.)"
PARTICLES = frozenset(
    ["van", "von", "de", "der", "den", "du", "da", "di", "la", "le", "bin", "ter", "ten", "zu"]
)
_SMALL_WORDS = {"of", "on", "the", "for", "and", "in", "to", "de", "du", "des", "der", "für", "a"}
_NATIONS = (
    (("united", "states"), r"(?:United States|U\. ?S\.|US)"),
    (("us",), r"(?:United States|U\. ?S\.|US)"),
    (("u.s.",), r"(?:United States|U\. ?S\.|US)"),
    (("united", "kingdom"), r"(?:United Kingdom|U\. ?K\.|UK)"),
    (("uk",), r"(?:United Kingdom|U\. ?K\.|UK)"),
    (("united", "nations"), r"(?:United Nations|U\. ?N\.|UN)"),
    (("un",), r"(?:United Nations|U\. ?N\.|UN)"),
    (("european", "union"), r"(?:European Union|E\. ?U\.|EU)"),
    (("eu",), r"(?:European Union|E\. ?U\.|EU)"),
)
_SHORT = (
    (("united", "states"), "us"),
    (("united", "kingdom"), "uk"),
    (("united", "nations"), "un"),
    (("european", "union"), "eu"),
)
SIGNAL = (
    r"(?:see(?: also| especially| e\.g\.)?|cf\.?|compare|e\.g\.|i\.e\.|for (?:example|instance)"
    r"|also|esp\.|especially|in|by|from|after|following|originally|orig\.|quoted|cited|as|c\.|ca\.)"
    r"[,:]?"
)
BEFORE_YEAR = (
    r"(?:'s?)?"
    r"(?: ?[(\[]eds?\.?[)\]])?(?:,? (?:eds?|trans)\.)?"
    r"(?:,? ?|(?<='s)(?: [\w-]+){1,4} (?=[(\[])|(?<=s')(?: [\w-]+){1,4} (?=[(\[]))"
    rf"(?P<open>[(\[]{{1,2}} ?(?:{SIGNAL} )*+)?"
    r"(?:[(\[]\d{4}[)\]] |\d{4} ?[(\[])?\Z"
)
_NAME_FIELDS = ("shortauthor", "shorteditor", "shorthand", "label", "organization", "institution")
_TITLE_FIELDS = ("shorttitle", "title")


class Named(Record, frozen=True, kw_only=True, dict=True, eq=False):
    """A work with what its citations look like.

    ``people`` are the authors, else the editors; ``others`` what else it may go by: a body's
    initials, short names, a title; ``rank`` puts authors before editors.
    """

    work: Work
    people: tuple[Person, ...]
    others: tuple[str, ...]
    years: tuple[int, ...]
    letter: str
    rank: int

    @cached_property
    def triggers(self) -> frozenset[str]:
        """Folded words one of which stands among the last words before the year."""
        names = [person.family for person in self.people]
        return frozenset(key for name in (*names, *self.others) for key in _triggers(name))

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """A pattern that finds the work's names, in group ``names``, right before a year."""
        forms = [_list_pattern(self.people)] if self.people else []
        forms += [_corporate(name) for name in self.others]
        names = "|".join(f"(?:{form})" for form in forms) or r"(?!)"
        return re.compile(rf"(?<![\w-])(?P<names>{names}){BEFORE_YEAR}")


def name_work(work: Work) -> Named:
    """Return how a work's citations look; works without authors or editors go by short names."""
    people = work.authors or work.editors
    others: list[str] = []
    if not people or is_corporate(people[0]):
        others = [work.fields[field] for field in _NAME_FIELDS if work.fields.get(field)]
    if people and is_corporate(people[0]):
        others.append(_acronym(people[0].family))
    elif not people:
        others += [work.fields.get(field, "") for field in _TITLE_FIELDS]
        others.append(work.title)
    return Named(
        work=work,
        people=people,
        others=tuple(dict.fromkeys(other for other in others if other.strip())),
        years=_read_years(work),
        letter=_read_letter(work),
        rank=0 if work.authors else 1,
    )


def is_corporate(person: Person) -> bool:
    """Say whether a name is that of a body: several words and no given name."""
    words = person.family.split()
    return not person.given and not person.prefix and len(words) > 1 and not _is_particle(words[0])


def _is_particle(word: str) -> bool:
    return word.lower() in PARTICLES


@lru_cache(maxsize=1 << 16)
def fold_key(word: str) -> str:
    """Return a word without case, accents and apostrophes, umlauts like plain vowels."""
    letters = re.sub(r"[^a-z0-9]", "", fold_letters(word).lower())
    return re.sub(r"(?<=[aou])e", "", letters)


def split_keys(words: str) -> list[str]:
    """Return the folded words of a phrase, split at everything but letters and apostrophes."""
    parts = re.split(r"[^\w']+", words.replace("’", "'"))
    folded = (fold_key(re.sub(r"'s?\Z", "", part)) for part in parts)
    return [word for word in folded if word]


def _triggers(name: str) -> list[str]:
    keys = split_keys(name)
    short = [initials for spelt, initials in _SHORT if keys[-len(spelt) :] == list(spelt)]
    return [*keys[-1:], *keys[:1], *short, *(initials[-1] for initials in short)]


def _read_years(work: Work) -> tuple[int, ...]:
    years = [work.year] if work.year is not None else []
    for field in ("origdate", "origyear"):
        match = re.match(r"\s*(\d{4})\b", work.fields.get(field, ""))
        if match and int(match.group(1)) not in years:
            years.append(int(match.group(1)))
    return tuple(years)


def _read_letter(work: Work) -> str:
    """Return the letter that tells works of one year apart, from the year or from the key."""
    for written in (work.fields.get("year", ""), work.fields.get("date", ""), work.key):
        match = re.search(r"\d{4}([a-h])\Z", written.strip())
        if match:
            return match.group(1)
    return work.fields.get("extrayear", work.fields.get("extradate", "")).strip().lower()


def _list_pattern(people: tuple[Person, ...]) -> str:
    first = _person(people[0])
    if len(people) == 1:
        return first
    rest = "".join(f"{_AND}{_person(person)}" for person in people[1:])
    forms = [first + rest, first + _OTHERS]
    if len(people) > 2:
        forms += [f"{first}{_AND}{_person(people[1])}{_OTHERS}"]
    return "|".join(forms)


def _person(person: Person) -> str:
    if is_corporate(person):
        return _corporate(person.family)
    family = _spelling(person.family)
    if person.prefix:
        family = rf"(?:{_spelling(person.prefix)} ?)?{family}"
    after = rf"(?:,? (?:{_after(person.given)}{_INITIALS}{{1,3}}))?"
    return rf"(?:{_given(person.given)})?{family}{_SUFFIX}{after}"


def _given(given: str) -> str:
    """Return a pattern for given names before a family name, as initials or in full."""
    names = fold_letters(given).replace(".", ". ").split()
    if not names:
        return r"(?:[A-Z]\. ?){1,3}"
    first = names[0].rstrip(".-")
    if len(first) < 2:
        opening = rf"{re.escape(first)}(?:\.|[a-z][\w'-]+)"
    else:
        # Given names are often spelt in several ways: Andrei and Andrey, Steve and Steven.
        spelt = re.escape(first[1:]) if len(first) < 4 else rf"{re.escape(first[1:3])}[\w'-]*"
        opening = rf"{re.escape(first[0])}(?:\.|{spelt})"
    return rf"{opening} ?(?:{_GIVEN} ?){{0,3}}(?<=[. ])"


def _after(given: str) -> str:
    """Return a pattern for the first given name after the family name, before other initials."""
    first = fold_letters(given).partition(" ")[0]
    return rf"{re.escape(first)}(?: [A-Z]\.)*|" if len(first.rstrip(".")) > 2 else ""


def _spelling(name: str) -> str:
    """Return a pattern for a family name: any case, hyphens loose, umlauts also as two letters."""
    spelt = re.sub(r"([äöüÄÖÜ])", r"\1\0", name)
    letters = []
    for mark in fold_letters(spelt):
        if mark == "\0":
            letters.append("e?")
        elif mark in "-":
            letters.append("[- ]?")
        elif mark == "'":
            letters.append("'? ?")
        elif mark == " ":
            letters.append(r"[ -]")
        else:
            letters.append(re.escape(mark))
    pattern = re.sub(r"(?<=[aouAOU])e(?!\?)", "e?", "".join(letters[1:]))
    fixed = name[:1].isupper() and not _is_particle(name.split()[0])
    first = letters[0] if fixed else f"(?i:{''.join(letters[:1])})"
    return f"{first}(?i:{pattern})"


def _corporate(name: str) -> str:
    words = fold_letters(name).replace(",", " ").split()
    if words and words[0].lower() == "the":
        words = words[1:]
    optional = ""
    if len(words) > 2 and words[0].lower() in ("us", "u.s."):
        optional, words = r"(?:U\.?S\.? |United States )?", words[1:]
    pattern: list[str] = []
    while words:
        folded = [word.lower() for word in words]
        for spelt, nation in _NATIONS:
            if tuple(folded[: len(spelt)]) == spelt:
                pattern.append(nation)
                words = words[len(spelt) :]
                break
        else:
            word = words.pop(0)
            pattern.append(r"(?:and|&)" if word in ("and", "&") else _word(word))
    return rf"(?:[Tt]he )?{optional}" + " ".join(pattern)


def _word(word: str) -> str:
    spelt = re.escape(word[1:]).replace("'", "'?").replace(r"\.", r"\.?")
    return f"{re.escape(word[0])}(?i:{spelt})"


def _acronym(name: str) -> str:
    words = [word for word in re.split(r"[^\w]+", fold_letters(name)) if word]
    initials = "".join(word[0].upper() for word in words if word.lower() not in _SMALL_WORDS)
    return initials if len(initials) > 2 else ""
