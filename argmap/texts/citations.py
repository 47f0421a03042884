"""In-text citations of works of the bibliography, in texts that cite by author and year.

The matcher is anchored on the bibliography: it looks at every year in the body and asks which
works of that year have authors whose names stand before it.  So years of events, spans of years,
page marks and terms of office are no citations, however much they look like them.

Covered: citations in brackets (``(Smith 2000: 4; see also Jones and Miller, 1999, pp. 3-5)``), in
prose (``A. Smith (2000)``, ``Smith's (2000) book``, ``Smith's book (2000)``) and bare
(``Smith 2000 shows``); round and square brackets; one, two and more authors joined by *and*, ``&``
or commas, ``et al.``, corporate authors and their initials, editors where there are no authors,
titles where there is nobody; particles, initials, given names, ``Jr.``; capitals, accents and
hyphens printed otherwise; several years or letters after one name (``2000, 2003a``, ``2013a, b``);
``in press``, ``forthcoming`` and ``n.d.``; original years (``1922/1978``, ``[1922] 1978``);
locators after a colon, a comma or an abbreviation; white space, page breaks and running heads
anywhere inside.  A misspelt family name is resolved and reported.

Not covered: numeric and note styles, *ibid.* and *op. cit.*, citations of a title or an author
without a year, years written in words or with two digits (``'99``), a name in one sentence and its
year in another, a locator apart from its year (``Smith (2000) … (p. 4)``), citations in front
matter (before the ``body`` line) and after the list of references has begun.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Literal

from argmap.diagnostics import join_words
from argmap.model import Record, Work
from argmap.texts.anchors import Problem
from argmap.texts.citation_forms import (
    CAPITAL_BEFORE,
    CONTINUED,
    LOCATOR,
    NAMES,
    NARRATIVE,
    NOT_NAMES,
    SIGNAL_WORDS,
    VERB,
    YEAR,
    choose_works,
    find_opener,
    read_letters,
    split_names,
)
from argmap.texts.names import SIGNAL, Named, fold_key, name_work, split_keys
from argmap.texts.passages import quote_span
from argmap.texts.plain import Plain, make_plain
from argmap.texts.sources import Source
from argmap.texts.words import cut_words

Form = Literal["parenthetical", "narrative"]


class FoundCitation(Record, frozen=True, kw_only=True):
    """One work cited at one place.

    ``start`` and ``end`` are offsets into the source, names, year and locator included;
    ``locator`` is as printed, without colon or comma; ``cluster`` numbers the brackets (or, in
    prose, the mentions) from 1; ``printed`` is the citation on one line; ``corrected`` is the right
    spelling of a name that the text misspells, else empty.
    """

    work: str
    start: int
    end: int
    page: str
    page_inferred: bool
    locator: str
    cluster: int
    form: Form
    printed: str
    corrected: str = ""


class WorkIndex(Record, frozen=True, kw_only=True, eq=False):
    """Works by year and by the words that betray them, and by the family names of their authors.

    Works without a year stand under None.
    """

    by_year: dict[int | None, dict[str, list[Named]]]
    families: dict[str, list[Named]]


_ORIGINAL_FOLLOWS = re.compile(r" ?[(\[]\d{4}[)\]]")
_LEFT = 320  # how far names may reach back from their year


def index_works(works: Iterable[Work]) -> WorkIndex:
    """Return the index that :func:`find_citations` needs, to be made once for many texts."""
    by_year: dict[int | None, dict[str, list[Named]]] = {}
    families: dict[str, list[Named]] = {}
    for named in map(name_work, works):
        for year in named.years or (None,):
            index = by_year.setdefault(year, {})
            for trigger in sorted(named.triggers):
                index.setdefault(trigger, []).append(named)
        for person in named.people:
            families.setdefault(fold_key(person.family), []).append(named)
    return WorkIndex(by_year=by_year, families=families)


def find_citations(
    source: Source, works: Iterable[Work] | WorkIndex
) -> tuple[tuple[FoundCitation, ...], list[Problem]]:
    """Return the citations in the body of a text, in order, with what is wrong with some.

    Problems are ``citation-misspelt`` (resolved all the same), ``citation-unlisted`` (looks like a
    citation, and no work of the bibliography fits) and ``citation-ambiguous`` (several works fit;
    none is taken).  The text's own work is not looked for.  Linear in the length of the body and
    in the number of works (:func:`index_works` saves the latter); each year is compared only with
    the works of that year whose names stand near.
    """
    return _Search(source, works).run()


class _Hit(Record, frozen=True, kw_only=True):
    """A citation in the plain text: its works (several where ambiguous), span and form."""

    named: tuple[Named, ...]
    start: int
    names: tuple[int, int]
    end: int
    locator: tuple[int, int] | None
    opener: int
    form: Form
    corrected: str = ""


class _Search:
    """The state of one search: the plain text, the index of works, what has been found."""

    def __init__(self, source: Source, works: Iterable[Work] | WorkIndex) -> None:
        self.source = source
        self.plain: Plain = make_plain(source, *source.body)
        self.works = works if isinstance(works, WorkIndex) else index_works(works)
        self.hits: list[_Hit] = []
        self.problems: list[Problem] = []

    def run(self) -> tuple[tuple[FoundCitation, ...], list[Problem]]:
        text = self.plain.text
        position = 0
        while year := YEAR.search(text, position):
            position = self._read_year(year)
        return self._number(), self.problems

    # ---- one year -------------------------------------------------------------------------------

    def _read_year(self, year: re.Match[str]) -> int:
        """Read what stands around a year, and return where to go on."""
        text = self.plain.text
        opener = find_opener(text, year.start())
        locator = LOCATOR.match(text, year.end())
        left = text[max(0, year.start() - _LEFT) : year.start()]
        matches = self._match_names(left, year.start(), year, opener)
        if matches:
            self._keep(year, matches, locator, opener)
            return self.hits[-1].end
        previous = self._find_previous(year)
        if previous is not None:
            left = text[slice(*previous.names)] + " "
            matches = self._match_names(left, previous.names[1] + 1, year, -1)
            if matches:
                self._keep(year, matches, locator, opener, previous)
                return self.hits[-1].end
        if not year["undated"]:
            matches, corrected = self._match_misspelt(year, opener)
            if matches:
                self._keep(year, matches, locator, opener, corrected=corrected)
                return self.hits[-1].end
        if not _ORIGINAL_FOLLOWS.match(text, year.end()):
            self._report_unlisted(year, opener, locator.end() if locator else year.end(), previous)
        return year.end()

    def _find_previous(self, year: re.Match[str]) -> _Hit | None:
        """Return the citation that a year continues, as in ``Smith 2000, 2003``."""
        if not self.hits or self.hits[-1].end > year.start():
            return None
        gap = self.plain.text[self.hits[-1].end : year.start()]
        return self.hits[-1] if CONTINUED.match(gap) else None

    def _keep(
        self,
        year: re.Match[str],
        matches: Sequence[tuple[int, int, Named]],
        locator: re.Match[str] | None,
        opener: int,
        previous: _Hit | None = None,
        corrected: str = "",
    ) -> None:
        begin, names_end, _ = matches[0]
        form: Form = "parenthetical" if 0 <= opener < begin else "narrative"
        if previous is not None:
            form, opener = previous.form, previous.opener
        elif opener < 0:
            opener = -1 - begin  # a mention in no bracket is a cluster of its own
        for letter in read_letters(year):
            hit = _Hit(
                named=tuple(choose_works([named for _, _, named in matches], letter)),
                start=year.start() if previous else begin,
                names=previous.names if previous else (begin, names_end),
                end=locator.end() if locator else year.end(),
                locator=locator.span(locator.lastgroup or 0) if locator else None,
                opener=opener,
                form=form,
                corrected=corrected,
            )
            self.hits.append(hit)

    def _match_names(
        self, left: str, end: int, year: re.Match[str], opener: int
    ) -> list[tuple[int, int, Named]]:
        """Return the works whose names end the left context, with the span of the names.

        Of several the longest names count, so that *Smith and Jones* is no citation of *Jones*.
        """
        found: list[tuple[int, int, Named]] = []
        offset = end - len(left)
        for named in self._candidates(left, year):
            match = named.pattern.search(left)
            if match:
                found.append((offset + match.start("names"), offset + match.end("names"), named))
        if not found:
            return []
        first = min(start for start, _, _ in found)
        best = [entry for entry in found if entry[0] == first]
        within = 0 <= opener < first
        if self._is_partial(left[: first - offset], opener - offset, within):
            return []
        return best

    def _candidates(self, left: str, year: re.Match[str]) -> list[Named]:
        years: list[int | None] = [None]
        if year["year"]:
            years = [int(written) for written in (year["year"], year["later"]) if written]
        words = split_keys(left)[-16:]
        words += [one + two for one, two in pairwise(words)]
        found: dict[str, Named] = {}
        for number in years:
            index = self.works.by_year.get(number, {})
            for word in dict.fromkeys(words):
                for named in index.get(word, ()):
                    if named.work.key != self.source.key:
                        found[named.work.key] = named
        return [found[key] for key in sorted(found)]

    def _is_partial(self, before: str, opener: int, within: bool) -> bool:
        """Say whether another author's name stands right before the names found.

        In prose only the name of somebody in the bibliography counts, joined by *and*.
        """
        element = before[max(0, opener + 1) :] if within else before
        match = CAPITAL_BEFORE.search(element)
        if match is None or match["word"] in SIGNAL_WORDS:
            return False
        joined = element.endswith(("and ", "& ", "&"))
        return within or (joined and fold_key(match["word"]) in self.works.families)

    # ---- slips ----------------------------------------------------------------------------------

    def _match_misspelt(
        self, year: re.Match[str], opener: int
    ) -> tuple[list[tuple[int, int, Named]], str]:
        """Return the one work of the year whose authors' names are nearly those printed."""
        span = self._printed_names(year, opener)
        if span is None:
            return [], ""
        printed = split_names(self.plain.text[slice(*span)])
        index = self.works.by_year.get(int(year["year"]), {})
        candidates = {n.work.key: n for entries in index.values() for n in entries if n.people}
        near = []
        for key in sorted(candidates):
            named = candidates[key]
            slips = self._compare(printed, [person.family for person in named.people])
            if slips:
                near.append((named, slips))
        if len(near) != 1:
            return [], ""
        named, slips = near[0]
        self.problems.append(
            Problem(
                code="citation-misspelt",
                message=f"{self._place(span[0])}: {join_words([f'“{one}”' for one, _ in slips])}"
                f" was taken for {join_words([two for _, two in slips])} ({named.work.key})",
                remedy="The text misspells the name; nothing to do if the work is right.",
            )
        )
        start = span[0]
        if len(printed) == 1:
            start = self.plain.text.rfind(slips[0][0], span[0], span[1])
        return [(start, span[1], named)], join_words([right for _, right in slips])

    def _compare(self, printed: Sequence[str], families: Sequence[str]) -> list[tuple[str, str]]:
        """Return the misspelt names with their right spelling; nothing unless all names fit."""
        others = bool(printed) and printed[-1] == "et al."
        names = list(printed[:-1] if others else printed)
        if not names or (len(names) != len(families) and not (others and len(families) > 1)):
            return []
        slips: list[tuple[str, str]] = []
        for name, family in zip(names, families, strict=False):
            one, two = fold_key(name), fold_key(family)
            if one == two:
                continue
            # A name that somebody else in the bibliography bears is no slip.
            if min(len(one), len(two)) < 6 or one[0] != two[0] or one in self.works.families:
                return []
            if difflib.SequenceMatcher(None, one, two, autojunk=False).ratio() < 0.85:
                return []
            slips.append((name, family))
        return slips

    def _printed_names(self, year: re.Match[str], opener: int) -> tuple[int, int] | None:
        """Return the span of what looks like authors' names before a year, None if nothing does."""
        text = self.plain.text
        low = max(0, year.start() - _LEFT)
        if opener >= 0 and text[opener + 1 : year.start()].strip():
            begin = max(opener + 1, text.rfind(";", low, year.start()) + 1)
            if self.hits and begin < self.hits[-1].end <= year.start():
                begin = self.hits[-1].end
            match = NAMES.search(text, begin, year.start())
            if match is None:
                return None
            before = text[begin : match.start("names")]
            signal = re.search(rf"(?:\A|\W)(?:{SIGNAL} ?)++\Z", before)
            if before.strip(" ,.;") and not signal:
                return None
        else:
            match = NARRATIVE.search(text, low, year.start())
            if match is None:
                return None
        return match.span("names")

    def _report_unlisted(
        self, year: re.Match[str], opener: int, end: int, previous: _Hit | None
    ) -> None:
        text = self.plain.text
        closed = text[end : end + 1] in (")", "]", ";", ",", ":")
        span = previous.names if previous is not None else self._printed_names(year, opener)
        if span is None or (previous is not None and not closed):
            return
        names = split_names(text[slice(*span)])
        if not names or any(word in NOT_NAMES for name in names for word in name.lower().split()):
            return
        folded = [fold_key(name) for name in names]
        known = [named for name in folded[-2:] for named in self.works.families.get(name, ())]
        if previous is None and not 0 <= opener < span[0]:
            # In prose a place or an office may stand before a year in brackets.
            initials = re.match(r"(?:[A-Z]\. ?)+[A-Z]", text[slice(*span)]) is not None
            says = VERB.match(text, end) is not None or end > year.end() or "et al." in names
            if not (closed and (known or initials or says)):
                return
        keys = self._suggest(folded, year)
        written = cut_words(f"{text[slice(*span)]} {year.group()}")
        remedy = "Add the work to the bibliography, or correct its year or names there."
        if keys:
            remedy = f"Did you mean {join_words(keys[:4], 'or')}? {remedy}"
        problem = Problem(
            code="citation-unlisted",
            message=f"{self._place(span[0])}: “{written}” looks like a citation, but no work of the"
            " bibliography fits",
            remedy=remedy,
        )
        self.problems.append(problem)

    def _suggest(self, names: Sequence[str], year: re.Match[str]) -> list[str]:
        """Return the works most like a citation: by names shared, then of the same year."""
        families = self.works.families
        if not any(name in families for name in names):
            alike = sorted(name for name in families if name[:1] == names[0][:1])
            names = difflib.get_close_matches(names[0], alike, n=2, cutoff=0.75)
        shared: dict[str, int] = {}
        dated: dict[str, bool] = {}
        for name in names:
            for named in families.get(name, ()):
                key = named.work.key
                shared[key] = shared.get(key, 0) + 1
                dated[key] = str(named.work.year) == year["year"]
        return sorted(shared, key=lambda key: (-shared[key], not dated[key], key))

    def _place(self, position: int) -> str:
        offset = self.plain.offsets[position]
        page = self.source.page_at(offset)
        return f"page {page}" if page else f"line {self.source.line_at(offset)} of the text"

    # ---- the result -----------------------------------------------------------------------------

    def _number(self) -> tuple[FoundCitation, ...]:
        found: list[FoundCitation] = []
        openers: dict[int, int] = {}
        for hit in self.hits:
            start, end = self.plain.span(hit.start, hit.end)
            if len(hit.named) != 1:
                keys = sorted(named.work.key for named in hit.named)
                written = cut_words(self.plain.text[hit.start : hit.end])
                self.problems.append(
                    Problem(
                        code="citation-ambiguous",
                        message=f"{self._place(hit.start)}: “{written}” may be"
                        f" {join_words(keys, 'or')}",
                        remedy="Tell them apart by a letter: end their keys with 2013a, 2013b.",
                    )
                )
                continue
            cluster = openers.setdefault(hit.opener, len(openers) + 1)
            locator = quote_span(self.source, *self.plain.span(*hit.locator)) if hit.locator else ""
            if hit.form == "narrative" and self.source.content[end : end + 1] in (")", "]"):
                end += 1
            page = self.source.find_page(start)
            found.append(
                FoundCitation(
                    work=hit.named[0].work.key,
                    start=start,
                    end=end,
                    page=page.label if page else "",
                    page_inferred=page.inferred if page else False,
                    locator=locator,
                    cluster=cluster,
                    form=hit.form,
                    printed=quote_span(self.source, start, end),
                    corrected=hit.corrected,
                )
            )
        return tuple(found)


__all__ = ["FoundCitation", "WorkIndex", "find_citations", "index_works"]
