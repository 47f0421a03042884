"""What views look up: names, labels, years, schools and addresses of claims, holders and works."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from msgspec.structs import replace

from argmap.exports.palette import NEUTRAL, colour_schools, list_schools
from argmap.graph.argument_quads import write_text_fragment
from argmap.graph.quads import find_addresses
from argmap.model import (
    Claim,
    Derived,
    Holder,
    Literature,
    Position,
    Relation,
    School,
    Standing,
    Work,
)
from argmap.naming import name_holders
from argmap.network import choose_relations, find_goal

LONGEST_LABEL = 36
_SLUG_OF_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W_]+)+")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, eq=False)
class Sources:
    """A literature and what analysis made of it, with the look-ups of views.

    ``schools`` has each holder's school, ``colours`` the schools' colours by id, ``focal`` for each
    claim in dispute the claim under which the dispute is told, ``years`` the year of each holder
    (``@key`` for works) and ``claim_years`` that of each claim, where known.
    """

    literature: Literature
    derived: Derived
    claims: dict[str, Claim]
    works: dict[str, Work]
    holders: dict[str, Holder]
    standings: dict[str, Standing]
    schools: dict[str, School]
    colours: dict[str, str]
    focal: dict[str, str]
    years: dict[str, int]
    claim_years: dict[str, int]
    cited: dict[str, tuple[str, ...]]
    name: Callable[[str], str]
    addresses: dict[str, str]

    @property
    def with_analyst(self) -> bool:
        """Whether relations counted that the analyst drew."""
        return self.derived.parameters.get("with_analyst") == "true"

    @property
    def topic(self) -> str | None:
        """The one topic that was analysed, None for all."""
        return self.derived.parameters.get("topic")

    @cached_property
    def relations(self) -> dict[str, Relation]:
        """The relations that are shown, by id."""
        return choose_relations(self.literature, with_analyst=self.with_analyst)

    @cached_property
    def relations_at(self) -> dict[str, list[Relation]]:
        """The relations that are shown, by either claim that they join."""
        found: defaultdict[str, list[Relation]] = defaultdict(list)
        for relation in self.relations.values():
            for end in {relation.source, find_goal(relation, self.relations)}:
                found[end].append(relation)
        return found

    @cached_property
    def positions_on(self) -> dict[str, list[Position]]:
        """Positions by claim."""
        found: defaultdict[str, list[Position]] = defaultdict(list)
        for position in self.literature.positions:
            found[position.claim].append(position)
        return found

    @cached_property
    def date(self) -> str:
        """The date of the newest coded text, ISO 8601; its year's first day if that is all."""
        return _date_review(self.literature)

    def colour_holder(self, holder: str) -> str:
        """Return the colour of a holder's school."""
        school = self.schools.get(holder)
        return NEUTRAL if school is None else self.colours[school.id]

    def find_school(self, claim: str) -> School | None:
        """Return the school to which most of the holders for a claim belong, if there is one."""
        standing = self.standings.get(claim)
        if standing is None:
            return None
        found = {
            school.id: school
            for holder in standing.pro
            if (school := self.schools.get(holder)) is not None
        }
        counts = Counter(
            self.schools[holder].id for holder in standing.pro if holder in self.schools
        )
        ranked = counts.most_common(2)
        if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
            return None
        return found[ranked[0][0]]

    def find_url(self, claim: Claim) -> str | None:
        """Return the address of a claim's passage in the published text."""
        anchor = claim.anchor
        if anchor is None or not anchor.head or anchor.text not in self.addresses:
            return None
        return self.addresses[anchor.text] + write_text_fragment(anchor)


def gather(literature: Literature, derived: Derived) -> Sources:
    """Return the look-ups of a literature; linear in its records."""
    works = {work.key: work for work in literature.works}
    holders = {holder.id: holder for holder in literature.holders}
    years = _date_holders(literature, works, holders)
    cited: defaultdict[str, set[str]] = defaultdict(set)
    for citation in literature.citations:
        if citation.claim:
            cited[citation.claim].add(citation.work)
    schools = list_schools(derived)
    return Sources(
        literature=literature,
        derived=derived,
        claims={claim.id: claim for claim in literature.claims},
        works=works,
        holders=holders,
        standings={standing.claim: standing for standing in derived.standings},
        schools={member: school for school in schools for member in school.members},
        colours=colour_schools(derived),
        focal={claim: each.focal for each in derived.disputes for claim in each.claims},
        years=years,
        claim_years=_date_claims(literature, works, years, cited),
        cited={claim: tuple(sorted(keys)) for claim, keys in cited.items()},
        name=name_holders(literature),
        addresses=_find_addresses(literature),
    )


def _date_review(literature: Literature) -> str:
    coded = {text.key for text in literature.texts}
    dates = []
    for work in literature.works:
        if work.key in coded and work.year is not None and 1 <= work.year <= 9999:
            written = work.fields.get("date", "")
            dates.append(written if _ISO_DAY.fullmatch(written) else f"{work.year:04d}-01-01")
    return max(dates, default="")


def label_claim(claim: Claim) -> str:
    """Return a few words for a claim: those of its slug, else the first of its statement."""
    slug = claim.id.rpartition("/")[2]
    words = slug.replace("-", " ") if _SLUG_OF_WORDS.fullmatch(slug) else claim.statement or slug
    return shorten_words(words)


def label_holder(identifier: str, name: str) -> str:
    """Return a short name of a holder: a long one's first part, else its slug in words."""
    for short in (name, re.split("[,;:(]", name, maxsplit=1)[0]):
        if 0 < len(short.strip()) <= LONGEST_LABEL:
            return " ".join(short.split())
    kind, _, slug = identifier.partition(":")
    if kind in ("actor", "group") and slug:
        return shorten_words(_spell_slug(slug, name))
    return shorten_words(name)


def _spell_slug(slug: str, name: str) -> str:
    """Return a slug in words, with the capitals that the words have in the name."""
    # The first word of a name has its capital for that reason alone.
    known = {word.casefold(): word for word in re.findall(r"\w+", name)[1:]}
    words = " ".join(known.get(word, word) for word in slug.split("-"))
    return words[:1].upper() + words[1:]


def shorten_words(text: str, longest: int = LONGEST_LABEL) -> str:
    """Return a text on one line, cut after a word where it is too long, with an ellipsis."""
    # Statements may be very long; no more of one is looked at than can be shown.
    words = text[: longest * 4].split()
    line = " ".join(words)
    if len(line) <= longest and len(text) <= longest * 4:
        return line
    cut = line[:longest].rpartition(" ")[0] or line[: longest - 1]
    return cut.rstrip(",;:.") + "…"


def _find_addresses(literature: Literature) -> dict[str, str]:
    """Return where each coded text can be read, its DOI where the entry has no URL."""
    coded = {text.key for text in literature.texts}
    works = [
        work if work.url or not work.doi else replace(work, url=f"https://doi.org/{work.doi}")
        for work in literature.works
        if work.key in coded
    ]
    return find_addresses(Literature(works=tuple(works)))


def _date_holders(
    literature: Literature, works: Mapping[str, Work], holders: Mapping[str, Holder]
) -> dict[str, int]:
    """Return the year of each holder: a work's own, else the earliest of its works or members."""
    years = {f"@{key}": work.year for key, work in works.items() if work.year is not None}

    def date(identifier: str, above: frozenset[str]) -> int | None:
        if identifier in years or identifier in above or identifier not in holders:
            return years.get(identifier)
        holder = holders[identifier]
        named = [f"@{key}" for key in holder.works] + list(holder.members)
        found = [date(each, above | {identifier}) for each in named]
        return min((year for year in found if year is not None), default=None)

    for holder in literature.holders:
        if holder.kind != "work":
            year = date(holder.id, frozenset())
            if year is not None:
                years[holder.id] = year
    return years


def _date_claims(
    literature: Literature,
    works: Mapping[str, Work],
    years: Mapping[str, int],
    cited: Mapping[str, Iterable[str]],
) -> dict[str, int]:
    """Return the year of each claim: the earliest of those who hold it, else cited, else text."""
    held: defaultdict[str, list[int]] = defaultdict(list)
    for position in literature.positions:
        year = years.get(position.holder)
        if year is not None and position.stance in ("asserts", "endorses"):
            held[position.claim].append(year)
    found: dict[str, int] = {}
    for claim in literature.claims:
        dated = held.get(claim.id) or [
            work.year
            for key in (*cited.get(claim.id, ()), claim.text)
            if (work := works.get(key)) is not None and work.year is not None
        ]
        if dated:
            found[claim.id] = min(dated)
    return found
