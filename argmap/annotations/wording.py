"""English for annotations: capitals inside a clause, verbs, names of works, patterns in turn."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from argmap.annotations.names import COMMON, NAMES, PREFIXES, TITLES
from argmap.annotations.pieces import Cited, Named, Piece, Sentence, Stated, Words
from argmap.bibliography import list_people
from argmap.diagnostics import join_words
from argmap.model import Literature, Work


def _split(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Words with which a sentence may begin and that are never names.
_FUNCTION_WORDS = _split(
    """
    a about above according across after again against all almost alone along already also although
    always among an and another any are around as at away because before being below beneath beside
    besides between beyond both but by can certain contrary could despite did do does during each
    either enough especially even every everybody everyone everything except far few fewer first
    for from further generally given had has have he hence her here his how however i if in indeed
    inside instead into is it its itself just last least less like likewise long made many may maybe
    mere merely might more moreover most mostly much must neither never nevertheless no nobody none
    nor not nothing now nowhere of off often on once one only or other others otherwise our out
    outside over own particularly perhaps quite rather really same several shall she should since so
    some somebody someone something sometimes soon still such than that the their them themselves
    then there therefore these they this those though three through throughout thus to today
    together too toward towards two under unless unlike until up upon us usually very was we were
    what whatever when whenever where whereas wherever whether which whichever while who whoever
    whole whom whose why will with within without would yet you your
    """
)
_COMMON_ENDINGS = tuple(
    _split(
        """
        ing ly ed s tion sion ment ness ity ism ance ence ship hood cy al ic ive ous ful less able
        ible ute ate ent ant ary ory
        """
    )
)
_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+")
_FIRST = re.compile(r"[“‘\"'(]*([^\W\d_]+(?:[-'’][^\W\d_]+)*)")
_BRACED = re.compile(r"\{([^{}]*)\}")
_SLOT = re.compile(r"\{([A-Z])(?::([a-z ]+))?\}")

_NOUNS = {
    "article": "article",
    "book": "book",
    "mvbook": "work",
    "collection": "volume",
    "mvcollection": "work",
    "proceedings": "volume",
    "incollection": "chapter",
    "inbook": "chapter",
    "inproceedings": "paper",
    "report": "report",
    "techreport": "report",
    "thesis": "thesis",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "periodical": "periodical",
    "unpublished": "manuscript",
    "dataset": "data set",
    "video": "film",
    "movie": "film",
}
_EDITED = frozenset(("collection", "mvcollection", "proceedings", "periodical", "reference"))


class Vocabulary:
    """Which words of a literature are names, so that a sentence can go on inside another one."""

    def __init__(self, literature: Literature) -> None:
        common: Counter[str] = Counter()
        proper: Counter[str] = Counter()
        pairs: set[tuple[str, str]] = set()
        small: Counter[str] = Counter()
        for sentence in _list_sentences(literature):
            tokens = _TOKEN.findall(sentence)
            capital = [place for place, word in enumerate(tokens) if not word[0].islower()]
            small.update(tokens[1:])
            for place in capital[1:] if capital[:1] == [0] else capital:
                word = tokens[place]
                after = tokens[place + 1] if place + 1 < len(tokens) else ""
                small[word] -= 1
                if after[:1].isupper():
                    pairs.add((word, after))
                elif not tokens[place - 1][0].isupper():
                    # Of the United Nations, neither word is a name by itself.
                    proper[_strip_possessive(word)] += 1
        for word, number in small.items():
            if number:
                folded = _strip_possessive(word).casefold()
                for part in {folded, *folded.split("-")}:
                    common[part] += number
        for work in literature.works:
            for person in (*work.authors, *work.editors):
                if person.given:
                    proper.update(_TOKEN.findall(person.family))
            for name in ("title", "subtitle", "booktitle"):
                for braced in _BRACED.findall(work.fields.get(name, "")):
                    inner = _TOKEN.findall(braced)
                    if len(inner) == 1:
                        proper[_strip_possessive(inner[0])] += 1
            if not _is_foreign(work):
                # A capital in a title says nothing, a small letter all.
                titles = " ".join(work.fields.get(name, "") for name in ("title", "subtitle"))
                common.update(
                    {word for word in _TOKEN.findall(titles) if word[0].islower() and len(word) > 2}
                )
        # A word that is met both ways is what it is more often.
        self._pairs = pairs
        self._proper = {word for word in proper if proper[word] >= common[word.casefold()]}
        names = {word.casefold() for word in self._proper}
        self._common = {word for word in common if word not in names} | _FUNCTION_WORDS

    def lower_first(self, text: str) -> str:
        """Return a text as it stands inside a sentence, without its full stop.

        A capital stays on names, on abbreviations, on the first of several capitalised words, and
        on a word of which nothing tells that it is none of these.  What the literature shows of a
        word counts first, then :mod:`argmap.annotations.names`, then the end of the word.
        """
        text = text.strip().removesuffix(".")
        if text.startswith("That "):
            return "the fact that " + text.removeprefix("That ")
        match = _FIRST.match(text)
        if match is None:
            return text
        word = match[1]
        if not word[0].isupper():
            return text
        lowered = text[: match.start(1)] + word[0].lower() + text[match.start(1) + 1 :]
        bare = _strip_possessive(word)
        folded = bare.casefold()
        if folded in _FUNCTION_WORDS:
            return lowered
        first, dash, second = bare.partition("-")
        if len(first) > 1 and not first[1:].islower():
            return text
        if dash and (second[:1].isupper() or first.casefold() in PREFIXES):
            return text
        after = _TOKEN.match(text, match.end() + 1)
        if after is not None and after[0][0].isupper():
            named = (word, after[0]) in self._pairs or folded in TITLES
            if named or folded not in self._common:
                return text
        for part in (bare, first):
            if part in self._proper:
                return text
            if part.casefold() in self._common:
                return lowered
        for part in (folded, first.casefold()):
            if part in NAMES:
                return text
            if part in COMMON or part.removesuffix("s") in COMMON:
                return lowered
        if word == bare and folded.endswith(_COMMON_ENDINGS):
            return lowered
        return text


def _list_sentences(literature: Literature) -> Iterator[str]:
    """Yield the sentences of a review in which capitals mean something."""
    review = literature.review
    texts = [claim.statement for claim in literature.claims]
    texts += [text for topic in review.topics for text in (topic.label, topic.description)]
    texts += [holder.name for holder in literature.holders if holder.kind != "work"]
    texts += [relation.because for relation in literature.relations]
    texts += [school.because for school in review.schools]
    texts += [review.description]
    for text in texts:
        yield from _SENTENCE_END.split(text)


def _is_foreign(work: Work) -> bool:
    language = work.fields.get("langid", "") or work.fields.get("language", "")
    return bool(language) and "english" not in language.casefold()


def _strip_possessive(word: str) -> str:
    return re.sub(r"['’]s$", "", word)


def name_kind_of_work(work: Work) -> str:
    """Return ``book``, ``article``, ``speech`` and the like; ``text`` where nothing fits."""
    noun = _NOUNS.get(work.type)
    if noun is not None:
        return noun
    told = " ".join(
        work.fields.get(name, "") for name in ("type", "note", "howpublished", "titleaddon")
    )
    return "speech" if re.search(r"\b[Ss]peech\b", told) else "text"


def name_authors(work: Work) -> tuple[str, bool]:
    """Return what to call those who speak in a work, and whether that is a plural.

    Persons by family name (*Rynning and Schmitt*, *Crescenzi and others*); where there are none to
    speak (edited volumes, organisations, no names at all) the work itself, *the report*.
    """
    people = work.authors
    if not people or work.type in _EDITED or any(_is_corporate(str(person)) for person in people):
        return f"the {name_kind_of_work(work)}", False
    names = [f"{person.prefix} {person.family}".strip() for person in people]
    if len(names) > 3 or work.fields.get("author", "").endswith("and others"):
        return f"{names[0]} and others", True
    return join_words(names), len(names) > 1


def name_people(work: Work) -> str:
    """Return authors or editors by family name, else the title, as citations by name do."""
    people = [f"{person.prefix} {person.family}".strip() for person in list_people(work)]
    if not people:
        return work.title or work.key
    if len(people) > 2 or work.fields.get("author", "").endswith("and others"):
        return f"{people[0]} et al."
    return " and ".join(people)


def is_plural(work: Work) -> bool:
    """Say whether the citation of a work, used as the subject of a sentence, is a plural."""
    people = list_people(work)
    return len(people) > 1


def _is_corporate(name: str) -> bool:
    return ", " not in name


def conjugate(verb: str, plural: bool) -> str:
    """Return ``argues`` or ``argue``; of several words the first is the verb."""
    first, space, rest = verb.partition(" ")
    if plural:
        return {"be": "are"}.get(first, first) + space + rest
    irregular = {"be": "is", "have": "has", "do": "does"}
    if first in irregular:
        form = irregular[first]
    elif first.endswith(("s", "x", "ch", "sh", "o")):
        form = first + "es"
    elif first.endswith("y") and first[-2:-1] not in "aeiou":
        form = first[:-1] + "ies"
    else:
        form = first + "s"
    return form + space + rest


class Slot:
    """What fills a gap of a pattern: pieces, and whether they are a plural."""

    __slots__ = ("pieces", "plural")

    def __init__(self, pieces: Iterable[Piece] | str, plural: bool = False) -> None:
        self.pieces: tuple[Piece, ...] = (
            (Words(text=pieces),) if isinstance(pieces, str) else tuple(pieces)
        )
        self.plural = plural


class Rotor:
    """Chooses among patterns in turn, so that neighbouring sentences do not sound alike.

    Each family of patterns has its own turn; ``start`` shifts the first.  Of the patterns, one
    that begins as the sentence before did is passed over, and so is one with which an annotation
    would begin as the one before it did.
    """

    def __init__(self, start: int = 0) -> None:
        self._start = start
        self._turns: Counter[str] = Counter()
        self._last: list[str] = []
        self._opening = ""
        self._opens = False

    def begin_work(self) -> None:
        """Let the next pattern chosen be the first of another annotation."""
        self._opens = True

    def choose(self, family: str, patterns: Sequence[str]) -> str:
        """Return the next pattern of a family."""
        turn = self._start + self._turns[family]
        for skipped in range(len(patterns)):
            pattern = patterns[(turn + skipped) % len(patterns)]
            alike = self._opens and _open(pattern) == self._opening
            if _begin(pattern) not in self._last[-2:] and not alike:
                break
        else:
            skipped = 0
            pattern = patterns[turn % len(patterns)]
        self._turns[family] += 1 + skipped
        self._last = [*self._last[-3:], _begin(pattern)]
        if self._opens:
            self._opening, self._opens = _open(pattern), False
        return pattern


def _begin(pattern: str) -> str:
    return pattern.split(" ", 1)[0].split(":")[0].strip("{}")


def _open(pattern: str) -> str:
    return " ".join(re.sub(r":\w+", "", pattern).split(" ")[:2])


def seed(key: str) -> int:
    """Return a number by which different works start with different patterns, always the same."""
    return zlib.crc32(key.encode())


def fill(pattern: str, slots: Mapping[str, Slot]) -> Sentence:
    """Fill a pattern: ``{N}`` with the slot N, ``{N:argue}`` with the verb in the number of N.

    The first letter becomes a capital.  A comma with which a slot ends gives way to the pattern's
    own, and to whatever ends the sentence or its clause.
    """
    pieces: list[Piece] = []
    end = 0
    for match in _SLOT.finditer(pattern):
        before = pattern[end : match.start()]
        slot = slots[match[1]]
        if not slot.pieces:
            before = before.removesuffix(" ")
        _append(pieces, before)
        if match[2]:
            pieces.append(Words(text=conjugate(match[2], slot.plural)))
        else:
            pieces += slot.pieces
        end = match.end()
    _append(pieces, pattern[end:])
    return Sentence(pieces=_capitalise(_join(pieces)))


def _append(pieces: list[Piece], text: str) -> None:
    last = pieces[-1] if pieces else None
    if text[:1] in (",", ".", ":", ";") and isinstance(last, Words):
        pieces[-1] = Words(text=last.text.removesuffix(","))
    pieces.append(Words(text=text))


def _join(pieces: Iterable[Piece]) -> list[Piece]:
    """Return pieces with neighbouring words and brackets joined and empty words dropped."""
    joined: list[Piece] = []
    for piece in pieces:
        if (
            _is_bracket(piece)
            and len(joined) > 1
            and joined[-1] == Words(text=" ")
            and _is_bracket(joined[-2])
        ):
            before = joined[-2]
            assert isinstance(before, Cited)
            assert isinstance(piece, Cited)
            joined[-2:] = [Cited(references=before.references + piece.references)]
            continue
        if isinstance(piece, Words):
            if not piece.text:
                continue
            if joined and isinstance(joined[-1], Words):
                joined[-1] = Words(text=joined[-1].text + piece.text)
                continue
        joined.append(piece)
    return joined


def _is_bracket(piece: Piece) -> bool:
    return isinstance(piece, Cited) and piece.form == "brackets"


def _capitalise(pieces: list[Piece]) -> tuple[Piece, ...]:
    first = pieces[0] if pieces else None
    if isinstance(first, Words):
        pieces[0] = Words(text=first.text[:1].upper() + first.text[1:])
    elif isinstance(first, Named):
        pieces[0] = Named(holder=first.holder, text=first.text[:1].upper() + first.text[1:])
    elif isinstance(first, Stated):
        pieces[0] = Stated(claim=first.claim, text=first.text[:1].upper() + first.text[1:])
    return tuple(pieces)
