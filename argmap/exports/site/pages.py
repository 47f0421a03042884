"""The pages of the site: for each its address, its template, and what the template shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

from argmap.analysis import explain_claim
from argmap.analysis.measures import explain_holder
from argmap.exports.site.accounts import (
    WORDS,
    list_citations,
    list_positions,
    list_reasons,
    list_sides,
    list_uses,
    tell_flag,
)
from argmap.exports.site.citing import cite_claim, cite_dispute
from argmap.exports.site.coverage import measure_text
from argmap.exports.site.entries import describe_entry
from argmap.exports.site.library import Library, Link
from argmap.exports.site.lists import (
    Row,
    describe_dispute_row,
    group_disputes,
    list_rows,
    list_schools,
    name_side,
)
from argmap.exports.site.overview import describe_overview
from argmap.model import Claim, Work
from argmap.terms import list_terms


class Page(NamedTuple):
    """A page: where it stands, the template it is made of, its title, and what it shows."""

    address: str
    template: str
    title: str
    section: str
    context: dict[str, Any]


Outlines = dict[str, dict[str, Any]]

MOST_IN_FRONT = 60
"""The front page shows so many disputes, the most contested."""


def list_pages(library: Library) -> Iterator[Page]:
    """Yield every page of the site, each made when it is asked for; the order is fixed."""
    # What is told of a disputed claim is told twice.
    outlines: Outlines = {}
    makers: tuple[Callable[[Library], Iterable[Page]], ...] = (
        _make_front,
        partial(_make_disputes, outlines=outlines),
        _make_schools,
        _make_works,
        _make_holders,
        partial(_make_claims, outlines=outlines),
        _make_topics,
        _make_texts,
        _make_rest,
    )
    for maker in makers:
        yield from maker(library)


def _make_front(library: Library) -> Iterator[Page]:
    review = library.literature.review
    context = {
        **describe_overview(library),
        "topics": group_disputes(library, MOST_IN_FRONT),
        "more": max(0, len(library.disputes) - MOST_IN_FRONT),
        "schools": list_schools(library, None)[:MOST_IN_FRONT],
        "texts": [_describe_text(library, key) for key in library.texts],
    }
    yield Page("index.html", "overview.html", review.title or "Review", "overview", context)


def _make_disputes(library: Library, outlines: Outlines) -> Iterator[Page]:
    yield Page(
        "disputes/index.html",
        "disputes.html",
        "Disputes",
        "disputes",
        {"topics": group_disputes(library), "count": len(library.disputes)},
    )
    for number, dispute in enumerate(library.disputes):
        for name in dispute.claims:
            outlines[name] = _outline_claim(library, library.claims[name])
        claims = [outlines[name] for name in dispute.claims]
        last = len(library.disputes)
        yield Page(
            library.dispute_pages[number],
            "dispute.html",
            library.claims[dispute.focal].statement,
            "disputes",
            {
                "number": number + 1,
                "dispute": dispute,
                "topic": library.link_topic(dispute.topic),
                "claims": claims,
                "flags": [tell_flag(library, flag) for flag in dispute.flags],
                "stances": [
                    (library.link_text(key), stance)
                    for key, stance in sorted(dispute.text_stances.items())
                ],
                "citing": cite_dispute(library, number),
                "before": library.link_dispute(number - 1) if number else None,
                "after": library.link_dispute(number + 1) if number + 1 < last else None,
            },
        )


def _make_schools(library: Library) -> Iterator[Page]:
    overall = next(report for report in library.reports if report.topic is None)
    by_topic = [
        (library.link_topic(report.topic), list_schools(library, report.topic))
        for report in library.reports
        if report.topic is not None and report.schools
    ]
    yield Page(
        "schools/index.html",
        "schools.html",
        "Schools of thought",
        "schools",
        {
            "schools": list_schools(library, None),
            "by_topic": by_topic,
            "agreements": [name_side(library, group) for group in overall.agreements],
            "lone": name_side(library, overall.lone_voices),
            "surveys": [
                (
                    library.link_holder(survey.holder),
                    library.link_school(survey.school) if survey.school else None,
                    survey,
                )
                for survey in overall.surveys
            ],
            "comparisons": overall.comparisons,
        },
    )
    for report in library.reports:
        for account in report.schools:
            school = account.school
            parted: dict[str, list[Link]] = {}
            for cleavage in school.cleavages:
                parted.setdefault(cleavage.school, []).append(library.link_claim(cleavage.claim))
            declared = next(
                (each for each in library.literature.review.schools if each.id == account.declared),
                None,
            )
            yield Page(
                library.school_pages[school.id],
                "school.html",
                school.name,
                "schools",
                {
                    "account": account,
                    "school": school,
                    "topic": library.link_topic(school.topic),
                    "declared": declared,
                    "members": [
                        (
                            library.link_holder(member.holder),
                            library.holders[member.holder].kind,
                            member,
                            member.holder in school.core,
                        )
                        for member in account.members
                    ],
                    "defining": [
                        (library.link_claim(each.claim), each) for each in account.defining
                    ],
                    "parted": [
                        (library.link_school(other), claims) for other, claims in parted.items()
                    ],
                    "bridges": [
                        (library.link_holder(each.holder), library.link_school(each.school), each)
                        for each in account.bridges
                    ],
                },
            )


class WorkRow(NamedTuple):
    """A work in a list, with how many claims it holds and is cited for."""

    link: Link
    work: Work
    held: int
    cited: int
    coded: bool
    school: Link | None


def _make_works(library: Library) -> Iterator[Page]:
    held = {
        key: len(
            {
                position.claim
                for position in library.positions_of.get(f"@{key}", ())
                if position.stance in ("asserts", "endorses")
            }
        )
        for key in library.works
    }
    rows = [
        WorkRow(
            link=library.link_holder(f"@{key}"),
            work=work,
            held=held[key],
            cited=len(library.citations_of.get(key, ())),
            coded=key in library.texts,
            school=_find_school(library, f"@{key}"),
        )
        for key, work in library.works.items()
    ]
    rows.sort(key=lambda row: (row.link.words.casefold(), row.work.key))
    yield Page("works/index.html", "works.html", "Works", "works", {"rows": rows})
    for key, work in library.works.items():
        holder = f"@{key}"
        context = _describe_holder(library, holder)
        context |= {
            "work": work,
            "entry": describe_entry(work),
            "formatted": library.entries.get(key),
            "notes": list_notes(library, key),
            "text": library.link_text(key) if key in library.texts else None,
            "cited": _merge_citations(library, key),
        }
        yield Page(library.work_pages[key], "work.html", library.name(holder), "works", context)


def list_notes(library: Library, key: str) -> list[tuple[Link, ...]]:
    """Return the paragraphs that the scholar wrote of a work, citations in them as links."""
    return [
        tuple(_link_citations(library, " ".join(paragraph.split())))
        for annotation in library.literature.annotations
        if annotation.work == key
        for paragraph in re.split(r"\n\s*\n", annotation.text.strip())
    ]


_CITED = re.compile(r"\[@([\w:.+-]+\w)(?:, *([^\]@;]+))?\]|@([\w:.+-]+\w)")


def _link_citations(library: Library, text: str) -> Iterator[Link]:
    at = 0
    for found in _CITED.finditer(text):
        key = found[1] or found[3]
        if key not in library.works:
            continue
        yield Link(text[at : found.start()] + ("(" if found[1] else ""))
        yield library.link_holder(f"@{key}")
        yield Link((f", {found[2]}" if found[2] else "") + (")" if found[1] else ""))
        at = found.end()
    yield Link(text[at:])


def _merge_citations(library: Library, key: str) -> list[tuple[str, list[Any]]]:
    """Return what a work is cited for, by role, each claim once."""
    seen: dict[tuple[str, str, str], Any] = {}
    for cited in list_citations(library, library.citations_of.get(key, ())):
        seen.setdefault((cited.role, cited.claim.href, cited.by.href), cited)
    roles: dict[str, list[Any]] = {}
    for (role, _, _), cited in seen.items():
        roles.setdefault(role, []).append(cited)
    return sorted(roles.items(), key=lambda item: (-len(item[1]), item[0]))


def _find_school(library: Library, holder: str) -> Link | None:
    school = library.school_of.get(holder)
    return library.link_school(school) if school else None


def _describe_holder(library: Library, holder: str) -> dict[str, Any]:
    """Return what is told of any holder: claims, company, school, groups."""
    positions = library.positions_of.get(holder, [])
    stances: dict[str, list[Any]] = {}
    for told in list_positions(library, positions):
        stances.setdefault(told.stance, []).append(told)
    allies: list[Any] = []
    opponents: list[Any] = []
    if holder in library.findings.holder_number and holder.removeprefix("@") not in library.texts:
        account = explain_holder(library.findings, holder)
        allies, opponents = (
            [
                (
                    library.link_holder(each.holder),
                    [library.link_claim(claim) for claim in each.agreements],
                    [library.link_claim(claim) for claim in each.disagreements],
                )
                for each in company
            ]
            for company in (account.allies, account.opponents)
        )
    record = library.holders.get(holder)
    return {
        "stances": stances,
        "allies": allies,
        "opponents": opponents,
        "school": _find_school(library, holder),
        "groups": name_side(library, library.findings.index.groups.get(holder, ())),
        "members": name_side(library, record.members if record else ()),
        "own_works": name_side(
            library,
            (f"@{key}" for key in (record.works if record and record.kind != "work" else ())),
        ),
    }


def _make_holders(library: Library) -> Iterator[Page]:
    others = [
        library.holders[name]
        for name in sorted(library.holders)
        if name.removeprefix("@") not in library.works
    ]
    rows = [
        (
            library.link_holder(holder.id),
            holder.kind,
            len(library.positions_of.get(holder.id, ())),
            _find_school(library, holder.id),
        )
        for holder in others
    ]
    yield Page("holders/index.html", "holders.html", "Camps and actors", "works", {"rows": rows})
    for holder in others:
        context = _describe_holder(library, holder.id)
        context |= {"holder": holder, "cited": []}
        yield Page(
            library.holder_pages[holder.id],
            "holder.html",
            library.name(holder.id),
            "works",
            context,
        )


def _outline_claim(library: Library, claim: Claim) -> dict[str, Any]:
    """Return what is told of a claim on its own page and on that of its dispute."""
    account = explain_claim(library.findings, claim.id)
    # What attacks a step is told with the step.
    reasons = list_reasons(library, claim.id, ("supports", "explains", "contests", "qualifies"))
    uses = list_uses(library, claim.id)
    dispute = library.dispute_of.get(claim.id)
    return {
        "claim": claim,
        "itself": library.link_claim(claim.id),
        "place": library.find_spot(claim.anchor),
        "standing": account.standing,
        "sides": list_sides(library, account),
        "favour": [each for each in reasons if each.type in ("supports", "explains")],
        "against": [each for each in reasons if each.type == "contests"],
        "limits": [each for each in reasons if each.type == "qualifies"],
        "account": account,
        "bears": uses,
        "denies": [each for each in uses if each.type == "contests"],
        "passage": library.passages.get(claim.id, ""),
        "topic": library.link_topic(claim.topic),
        "dispute": None if dispute is None else (dispute + 1, library.link_dispute(dispute)),
    }


def _describe_claim(library: Library, claim: Claim, outline: dict[str, Any]) -> dict[str, Any]:
    """Return all that is told of a claim: its outline, and what only its own page has room for."""
    account = outline["account"]
    uses = outline["bears"]
    return outline | {
        "uses": [
            (word, [each for each in uses if each.type == kind])
            for kind, (_, word) in WORDS.items()
        ],
        "positions": list_positions(library, library.positions_on.get(claim.id, ())),
        "citations": list_citations(library, library.citations_at.get(claim.id, ())),
        "flags": [tell_flag(library, flag) for flag in account.flags],
        "citing": cite_claim(library, claim),
    }


def _make_claims(library: Library, outlines: Outlines) -> Iterator[Page]:
    counts = Counter(claim.topic or "" for claim in library.literature.claims)
    disputed = Counter(library.claims[name].topic or "" for name in library.dispute_of)
    known = [topic for topic in library.topics if counts[topic]]
    known += sorted(topic for topic in counts if topic and topic not in library.topics)
    yield Page(
        "claims/index.html",
        "claims.html",
        "Claims",
        "claims",
        {
            "topics": [
                (library.link_topic(topic), counts[topic], disputed[topic]) for topic in known
            ],
            "without": list_rows(library, library.claims_on.get("", ())),
            "texts": [_describe_text(library, key) for key in library.texts],
            "count": len(library.literature.claims),
        },
    )
    for claims in library.claims_of.values():
        for number, claim in enumerate(claims):
            outline = outlines.pop(claim.id, None) or _outline_claim(library, claim)
            context = _describe_claim(library, claim, outline)
            before = claims[number - 1].id if number else None
            after = claims[number + 1].id if number + 1 < len(claims) else None
            context["before"] = library.link_claim(before) if before else None
            context["after"] = library.link_claim(after) if after else None
            yield Page(
                library.claim_pages[claim.id], "claim.html", claim.statement, "claims", context
            )


def _make_topics(library: Library) -> Iterator[Page]:
    for topic, address in library.topic_pages.items():
        link = library.link_topic(topic)
        rows: dict[str, list[Row]] = {}
        claims = library.claims_on.get(topic, ())
        for row in list_rows(library, claims):
            rows.setdefault(row.text.words, []).append(row)
        numbers = sorted({library.dispute_of[c.id] for c in claims if c.id in library.dispute_of})
        yield Page(
            address,
            "topic.html",
            link.words if link else topic,
            "claims",
            {
                "topic": link,
                "texts": [(group[0].text, group) for group in rows.values()],
                "disputes": [describe_dispute_row(library, number) for number in numbers],
                "schools": list_schools(library, topic),
            },
        )


def _describe_text(library: Library, key: str) -> tuple[Link, int, Work | None]:
    claims = library.claims_of.get(key, ())
    return library.link_text(key), len(claims), library.works.get(key)


def _make_texts(library: Library) -> Iterator[Page]:
    described = [
        (*_describe_text(library, key), measure_text(library, key)) for key in library.texts
    ]
    yield Page("texts/index.html", "texts.html", "Coded texts", "texts", {"texts": described})
    for key, address in library.text_pages.items():
        sections: dict[str, list[Claim]] = {}
        for claim in library.claims_of.get(key, ()):
            name = claim.anchor.section if claim.anchor and claim.anchor.section else ""
            sections.setdefault(name, []).append(claim)
        work = library.works.get(key)
        yield Page(
            address,
            "text.html",
            library.name(f"@{key}"),
            "texts",
            {
                "text": library.texts[key],
                "work": library.link_holder(f"@{key}") if work else None,
                "entry": describe_entry(work) if work else None,
                "formatted": library.entries.get(key),
                "sections": [
                    (name, list_rows(library, claims)) for name, claims in sections.items()
                ],
                "coverage": measure_text(library, key),
                "detail": library.details.get(key),
                "uncoded": [
                    (library.find_spot(each.anchor), each.because)
                    for each in sorted(
                        (each for each in library.literature.uncoded if each.text == key),
                        key=lambda each: each.anchor.start or 0,
                    )
                ],
            },
        )


def _make_rest(library: Library) -> Iterator[Page]:
    review = library.literature.review
    yield Page("glossary.html", "glossary.html", "Glossary", "glossary", {"terms": list_terms()})
    yield Page("search.html", "search.html", "Search", "search", {})
    yield Page(
        "about.html",
        "about.html",
        "About this site",
        "about",
        {"review": review, "plain": not library.entries},
    )
    yield Page("graph/index.html", "graph.html", "Graph", "graph", {})
