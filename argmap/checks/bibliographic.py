"""Rules on works and pages: what is cited must be in the work, and be cited at all."""

from __future__ import annotations

import re
from collections.abc import Iterator

from argmap.bibliography import page_range
from argmap.checks.context import Context, Placed
from argmap.diagnostics import Diagnostic
from argmap.model import Work

# A number of more than nine digits is no page, and one of thousands cannot be converted.
_NUMBERS = re.compile(r"(?<!\d)\d{1,9}(?!\d)")
_PAGES = re.compile(
    r"(?:(?:pp?|S|s)\.?\s*)?(\d{1,9})(?:\s*(?:-|–|--|ff?\.?)\s*(\d{1,9})?)?(?:,.*)?", re.DOTALL
)

# An absolute IRI: no white space, no control character, none of what RFC 3987 leaves out.
_ADDRESS = re.compile(r"(?:https?|ftp)://[^\s\x00-\x20\x7f-\x9f<>\"{}|\\^`]+", re.IGNORECASE)
# A DOI may hold nearly any character that is printed, even angle brackets.
_DOI = re.compile(r"10\.\d{2,9}(?:\.\d+)*/\S+", re.ASCII)


def check_addresses(context: Context) -> Iterator[Diagnostic]:
    """url-malformed: a work's URL that is no address of the web, or a DOI that is none."""
    for work in context.literature.works:
        if work.url and _ADDRESS.fullmatch(work.url) is None:
            yield context.report(
                work,
                "warning",
                f"the url of {work.key!r} is no address: {_cut(work.url)!r}",
                "url-malformed",
                "Write the whole address, from http:// or https:// on, without spaces.",
            )
        if work.doi and not (_DOI.fullmatch(work.doi) and work.doi.isprintable()):
            yield context.report(
                work,
                "warning",
                f"the doi of {work.key!r} is none: {_cut(work.doi)!r}",
                "url-malformed",
                "Write the DOI alone, as in 10.1000/182.",
            )


def _cut(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[:limit] + "…"


def check_cited(context: Context) -> Iterator[Diagnostic]:
    """work-unused: an entry of the bibliography that is neither coded, cited nor a holder."""
    literature = context.literature
    used = {citation.work for citation in literature.citations} | set(context.texts)
    used.update(p.holder[1:] for p in literature.positions if p.holder.startswith("@"))
    for holder in literature.holders:
        used.update(holder.works)
    # A container (an edited volume, a set of data) is used by whatever is part of it.
    used.update(
        parent.strip()
        for work in literature.works
        for field in ("crossref", "xdata", "related")
        for parent in work.fields.get(field, "").split(",")
    )
    for work in literature.works:
        if work.key not in used:
            yield context.report(
                work,
                "warning",
                f"{work.key!r} is in the bibliography, but nothing cites it",
                "work-unused",
                "Record what it is cited for (`cites`), or remove the entry.",
            )


def check_pages(context: Context) -> Iterator[Diagnostic]:
    """page-outside-text: an anchor on a page that the coded text does not have."""
    ranges = {key: page_range(context.works[key]) for key in context.texts if key in context.works}

    def outside(text: str, page: str) -> str:
        span = ranges.get(text)
        numbers = [int(number) for number in _NUMBERS.findall(page)]
        if span is None or not numbers or (span[0] <= min(numbers) and max(numbers) <= span[1]):
            return ""
        return f"page {page} is outside {text}, pp. {span[0]}–{span[1]}"

    def finding(record: Placed, message: str, field: str = "") -> Diagnostic:
        return context.report(
            record,
            "error",
            message,
            "page-outside-text",
            "Mend the page, or `pages` in the bibliography.",
            field=field,
        )

    for claim in context.literature.claims:
        if claim.anchor and (message := outside(claim.text, claim.anchor.page)):
            yield finding(claim, message, "at")
    for position in context.literature.positions:
        anchor = context.claims[position.claim].anchor if position.claim in context.claims else None
        if anchor and anchor.page == position.page:
            continue
        if message := outside(position.reported_by, position.page):
            yield finding(position, message)
    for relation in context.literature.relations:
        claim_ = context.claims.get(relation.source)
        if claim_ is None or (claim_.anchor and claim_.anchor.page == relation.page):
            continue
        if message := outside(claim_.text, relation.page):
            yield finding(relation, message)
    for passage in context.literature.uncoded:
        if message := outside(passage.text, passage.anchor.page):
            yield finding(passage, message)


def check_locators(context: Context) -> Iterator[Diagnostic]:
    """locator-outside-work: a locator beyond the pages of the article or chapter that is cited."""
    ranges: dict[str, tuple[int, int] | None] = {}

    def outside(work: Work, locator: str) -> str:
        if work.key not in ranges:
            ranges[work.key] = page_range(work)
        span = ranges[work.key]
        found = _PAGES.fullmatch(locator.strip(" :"))
        if span is None or found is None:
            return ""
        first = int(found[1])
        last = int(found[2]) if found[2] else first
        if last < first:
            last = int(found[1][: len(found[1]) - len(found[2])] + found[2])
        if span[0] <= first and last <= span[1]:
            return ""
        return f"{locator} is outside {work.key}, pp. {span[0]}–{span[1]}"

    def finding(record: Placed, message: str) -> Diagnostic:
        return context.report(
            record,
            "warning",
            message,
            "locator-outside-work",
            "Mend the locator, or `pages` in the bibliography; if the text misprints it, keep it "
            "and say so in a note of the entry.",
        )

    seen: set[tuple[str, str, object]] = set()
    for citation in context.literature.citations:
        work = context.works.get(citation.work)
        if work is not None and citation.locator and (message := outside(work, citation.locator)):
            seen.add((citation.work, citation.locator, citation.place))
            yield finding(citation, message)
    for position in context.literature.positions:
        work = context.works.get(position.holder.removeprefix("@"))
        if work is None or not position.own_locator:
            continue
        if (work.key, position.own_locator, position.place) in seen:
            continue
        if message := outside(work, position.own_locator):
            yield finding(position, message)


def check_shadows(context: Context) -> Iterator[Diagnostic]:
    """holder-shadows-work: an actor or group that is the author of a work, without naming it."""
    by_author: dict[str, list[str]] = {}
    for work in context.literature.works:
        people = work.authors or work.editors
        if len(people) == 1:
            person = people[0]
            names = {
                " ".join(part for part in (person.prefix, person.family) if part),
                " ".join(part for part in (person.given, person.prefix, person.family) if part),
                " ".join(
                    part
                    for part in (person.given.partition(" ")[0], person.prefix, person.family)
                    if part
                ),
            }
            for name in names:
                if _fold(name):
                    by_author.setdefault(_fold(name), []).append(work.key)
    for holder in context.literature.holders:
        if holder.kind == "work":
            continue
        slug = holder.id.partition(":")[2]
        shadowed = set(by_author.get(_fold(holder.name), ())) | set(by_author.get(_fold(slug), ()))
        if slug in context.works:
            shadowed.add(slug)
        for key in sorted(shadowed - set(holder.works)):
            yield context.report(
                holder,
                "warning",
                f"{holder.id} stands beside {key}, a work of the same name",
                "holder-shadows-work",
                f"Let the work hold the claim (`held: {key}`), or name it: `works: [{key}]`.",
            )


def check_aliases(context: Context) -> Iterator[Diagnostic]:
    """alias-unknown: a name in `aliases` that is nobody's in the bibliography."""
    review = context.literature.review
    if not review.aliases:
        return
    # Loads numpy, which no other rule needs.
    from argmap.analysis.voices import Signature, is_compatible, read_name, sign_person

    signatures: dict[str, set[Signature]] = {}
    for work in context.literature.works:
        for person in work.authors or work.editors:
            signature = sign_person(person)
            signatures.setdefault(signature.family, set()).add(signature)
    for alias in review.aliases:
        for name in alias:
            wanted = sign_person(read_name(name))
            alike = signatures.get(wanted.family, ())
            if not any(is_compatible(wanted, signature) for signature in alike):
                yield context.report(
                    review,
                    "warning",
                    f"the alias {name!r} is the name of no author in the bibliography",
                    "alias-unknown",
                    "Write it as the entry does, `Family, Given`; an alias joins names of authors.",
                    field="aliases",
                )


def _fold(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())
