"""The forms that citations by author and year take in plain text, as patterns and small readers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from argmap.model import Work
from argmap.texts.names import PARTICLES, Named, split_keys

_BRACKET = 700  # how far a bracket may reach back

YEAR = re.compile(
    r"(?<!\w)(?<!\d[-/.,])"
    r"(?:(?P<year>(?:1[4-9]|20)\d\d)(?:/(?P<later>(?:1[4-9]|20)\d\d))?(?P<letter>[a-h])?"
    r"(?P<letters>(?:(?:, ?| ?(?:and|&) ?|-)[b-h](?!\w))*)"
    r"|(?P<undated>(?i:n\. ?d\.|no date|undated|in press|in preparation|forthcoming)))"
    r"(?!\w|[-/.,]\d|-\w| -\s?\d)"
)
_LABEL = (
    r"(?i:pp?|pgs?|pages?|chs?|chaps?|chapters?|secs?|sections?|§+|paras?|paragraphs?|¶|vols?"
    r"|volumes?|nos?|nn?|fn|notes?|figs?|figures?|tables?|appendix|app|part|pt|books?|bk|arts?"
    r"|articles?|lines?)\b\.?|§+|¶"
)
_NUMBER = (
    r"(?:[A-Z]?\d+(?:\.\d+)*[a-eg-z]?|[ivxlc]+\b)(?: ?- ?(?:[A-Z]?\d+[a-eg-z]?|[ivxlc]+\b))?"
    r"(?: ?ff?\b\.?)?"
)
_NO_YEAR = r"(?!(?:1[4-9]|20)\d\d[a-h]?\b(?! ?-))"
_MORE = rf"(?:(?:,? (?:and|&) |, ?)(?:(?:{_LABEL}) ?)?{_NO_YEAR}{_NUMBER}(?![\w-]))*"
_ESPECIALLY = r"(?:(?:esp\.|especially|e\.g\.,?|at|and passim) )?"
LOCATOR = re.compile(
    rf" ?: ?(?P<colon>{_ESPECIALLY}(?:(?:{_LABEL}) ?)?{_NUMBER}(?!\w){_MORE})"
    rf"|,? ?(?P<label>{_ESPECIALLY}(?:{_LABEL}) ?{_NUMBER}(?!\w){_MORE})"
    rf"|, ?(?P<bare>{_ESPECIALLY}{_NO_YEAR}\d+(?: ?- ?\d+)?(?:ff?\b\.?)?(?!\w){_MORE})(?=[\]);,])"
    rf"|[,:] ?(?P<passim>passim)"
)
CONTINUED = re.compile(r" ?(?:[,;]|,? ?(?:and|&)|[,;] (?:and|&)|; see also|, see also) ?\Z")
CAPITAL_BEFORE = re.compile(
    r"(?P<word>[A-Z][\w'-]+)(?:,? (?:[A-Z]\.[ -]?)+)?(?:,? (?:and|&) |, )\Z"
)
SIGNAL_WORDS = {"See", "Compare", "Cf", "For", "Also", "In", "But", "And", "As", "Following"}
# Possessive, so that a run of capitals or initials is not cut up in all possible ways.
_NAME_TOKEN = (
    r"(?:(?:[A-Z]\.[ -]?)++|(?:[dDlO]')?[A-Z][\w'-]*+|(?:van|von|de|der|den|du|da|di|la|le|el|al"
    r"|bin|ter|ten|zu|of|on|the|for|and|&|et al\.?|eds?\.?)(?=[ ,]))"
)
NAMES = re.compile(rf"(?P<names>{_NAME_TOKEN}(?:,? ?{_NAME_TOKEN})*),? ?\Z")
NARRATIVE = re.compile(rf"(?P<names>{_NAME_TOKEN}(?:,? ?{_NAME_TOKEN})*)(?:'s?)? ?[(\[]\Z")
VERB = re.compile(
    r"[)\]] (?:has |have |also |further |rightly |convincingly )?"
    r"(?:argue|show|claim|suggest|find|found|demonstrate|note|write|wrote|maintain|contend|observe"
    r"|conclude|hold|held|propose|point|state|define|distinguish|insist|report|explain|emphasi[sz]e"
    r"|develop|call|assert|believe)"
)
NOT_NAMES = frozenset(
    """january february march april may june july august september october november december
    jan feb mar apr jun jul aug sept sep oct nov dec spring summer autumn fall winter
    since until before after during between circa from early late mid resolution treaty act
    summit edition volume table figure chapter section page cup olympics""".split()  # noqa: SIM905
)


def find_opener(text: str, position: int) -> int:
    """Return where the innermost bracket around a position opens, -1 outside all brackets."""
    depth = 0
    for index in range(position - 1, max(-1, position - _BRACKET), -1):
        mark = text[index]
        if mark in ")]":
            depth += 1
        elif mark in "([":
            if not depth:
                return index
            depth -= 1
    return -1


def read_letters(year: re.Match[str]) -> list[str]:
    """Return the letters after a year, one empty string if none: ``2013a, b`` and ``2013a-c``."""
    first = year["letter"] or ""
    letters = [first]
    if not first:
        return letters
    for joint, letter in re.findall(r"(-|,|and|&) ?([b-h])", year["letters"]):
        if joint == "-":
            letters += [chr(code) for code in range(ord(letters[-1]) + 1, ord(letter))]
        letters.append(letter)
    return letters


def choose_works(matches: Sequence[Named], letter: str) -> list[Named]:
    """Return the works that fit best: authors before editors, then the one of the letter.

    Works without letters of their own are lettered as reference lists do it, by title.
    """
    best = min(named.rank for named in matches)
    works = [named for named in matches if named.rank == best]
    exact = min(len(named.people) for named in works)
    if len(works) > 1 and any(named.letter for named in works):
        lettered = [named for named in works if named.letter == letter]
        works = lettered or works
    elif len(works) > 1 and letter:
        ordered = sorted(works, key=lambda named: (_title_key(named.work), named.work.key))
        number = ord(letter) - ord("a")
        works = ordered[number : number + 1] or works
    if len(works) > 1:
        # `Smith et al.` is rather said of three authors than of two.
        several = [named for named in works if len(named.people) > 2]
        works = several if exact <= 2 and several else works
    return works


def _title_key(work: Work) -> str:
    words = split_keys(work.title)
    return " ".join(words[1:] if words[:1] and words[0] in ("the", "a", "an") else words)


def split_names(printed: str) -> list[str]:
    """Return the family names in a printed list, ``et al.`` as the last where it stands."""
    names: list[str] = []
    others = re.search(r"\bet al\b", printed) is not None
    printed = re.sub(r"\bet al\.?|\beds?\.?(?=[ ,]|\Z)", " ", printed)
    for part in re.split(r",|\band\b|&|;", printed):
        words = re.sub(r"(?:\b[A-Z]\.[ -]?)+|\b(?:Jr|Sr)\.?", " ", part).strip(" .'").split()
        words = [word.removesuffix("'s") for word in words]
        if words:
            names.append(" ".join(_family(words)))
    return [*names, "et al."] if others and names else names


def _family(words: Sequence[str]) -> Sequence[str]:
    """Return a family name with its particles, given names left out; a body's name whole."""
    if any(word in ("of", "on", "the", "for") for word in words):
        return words
    first = len(words) - 1
    while first and words[first - 1].lower() in PARTICLES:
        first -= 1
    return words[first:]
