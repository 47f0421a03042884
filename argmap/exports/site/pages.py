"""The pages of the site: for each its address, its template, and what the template shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import TypeVar

from argmap.analysis import report_declared
from argmap.analysis.comparison import DeclaredAccount
from argmap.exports.site.claim_pages import (
    make_claim_list,
    make_claim_pages,
    make_dispute_pages,
)
from argmap.exports.site.coverage import measure_text
from argmap.exports.site.entries import describe_entry
from argmap.exports.site.fragments import Html, Link
from argmap.exports.site.holder_pages import make_holder_pages, make_work_list, make_work_pages
from argmap.exports.site.library import Library
from argmap.exports.site.lists import (
    describe_dispute_row,
    describe_text,
    group_disputes,
    list_schools,
    name_side,
    write_rows,
)
from argmap.exports.site.overview import describe_overview
from argmap.exports.site.rendering import Page
from argmap.model import Claim
from argmap.terms import list_terms

Maker = Callable[[], Iterator[Page]]
Thing = TypeVar("Thing")

CLAIMS_A_SHARE = 250

MOST_IN_FRONT = 60
"""The front page shows so many disputes, the most contested."""


def share_pages(library: Library) -> list[Maker]:
    """Return what makes the pages of the site, in pieces that do not need each other."""
    disputes = range(len(library.disputes))
    others = [
        claim
        for claims in library.claims_of.values()
        for claim in claims
        if claim.id not in library.dispute_of
    ]
    makers: list[Maker] = [
        partial(make, library)
        for make in (
            _make_front,
            _make_lists,
            _make_topics,
            _make_texts,
            _make_schools,
            make_holder_pages,
        )
    ]
    makers += [
        partial(make_dispute_pages, library, part) for part in _cut(disputes, CLAIMS_A_SHARE // 4)
    ]
    makers += [partial(make_claim_pages, library, part) for part in _cut(others, CLAIMS_A_SHARE)]
    makers += [
        partial(make_work_pages, library, part) for part in _cut(library.works, CLAIMS_A_SHARE)
    ]
    makers.append(partial(_make_rest, library))
    return makers


def _cut(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    listed = list(things)
    return (listed[start : start + size] for start in range(0, len(listed), size))


def _make_front(library: Library) -> Iterator[Page]:
    review = library.literature.review
    context = {
        **describe_overview(library),
        "topics": group_disputes(library, MOST_IN_FRONT),
        "more": max(0, len(library.disputes) - MOST_IN_FRONT),
        "schools": list_schools(library, None)[:MOST_IN_FRONT],
        "texts": [describe_text(library, key) for key in library.texts],
    }
    yield Page("index.html", "overview.html", review.title or "Review", "overview", context)


def _make_lists(library: Library) -> Iterator[Page]:
    yield Page(
        "disputes/index.html",
        "disputes.html",
        "Disputes",
        "disputes",
        {"topics": group_disputes(library), "count": len(library.disputes)},
    )
    yield make_claim_list(library)
    yield make_work_list(library)


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
    traced = {each.school.id: each for each in report_declared(library.findings, overall)}
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
                    "whereabouts": (
                        _tell_whereabouts(library, traced[declared.id], school.id)
                        if declared is not None and report.topic is None
                        else []
                    ),
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


_PLACES = {
    "agreement": "in an agreement that is no school",
    "lone voice": "in no school",
    "survey": "a survey, placed afterwards",
    "no side": "taking no side on any claim",
}


def _tell_whereabouts(
    library: Library, declared: DeclaredAccount, here: str
) -> list[tuple[Html, tuple[Link, ...]]]:
    """Return where the declared members of a school are found, and who came to it undeclared."""
    told = []
    for each in declared.members:
        if each.place == here:
            words = Html("Here")
        elif each.place in _PLACES:
            words = Html(_PLACES[each.place].capitalize())
        else:
            words = Html(f"In the school “{library.link_school(each.place).html}”")
        told.append((words, name_side(library, each.holders)))
    if declared.added:
        told.append((Html("Here, and not declared"), name_side(library, declared.added)))
    return told


def _make_topics(library: Library) -> Iterator[Page]:
    for topic, address in library.topic_pages.items():
        link = library.link_topic(topic)
        texts: dict[str, list[Claim]] = {}
        claims = library.claims_on.get(topic, ())
        for claim in claims:
            texts.setdefault(claim.text, []).append(claim)
        numbers = sorted({library.dispute_of[c.id] for c in claims if c.id in library.dispute_of})
        yield Page(
            address,
            "topic.html",
            link.words if link else topic,
            "claims",
            {
                "topic": link,
                "texts": [
                    (library.link_text(text), write_rows(library, group))
                    for text, group in texts.items()
                ],
                "disputes": [describe_dispute_row(library, number) for number in numbers],
                "schools": list_schools(library, topic),
            },
        )


def _make_texts(library: Library) -> Iterator[Page]:
    described = [
        (*describe_text(library, key), measure_text(library, key)) for key in library.texts
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
                    (name, write_rows(library, claims)) for name, claims in sections.items()
                ],
                "coverage": measure_text(library, key),
                "detail": library.details.get(key),
                "uncoded": [
                    (library.find_spot(each.anchor), each.because)
                    for each in sorted(
                        library.uncoded_of.get(key, ()),
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
        {
            "review": review,
            "plain": not library.entries,
            "with_analyst": library.findings.with_analyst,
        },
    )
    yield Page("graph/index.html", "graph.html", "Graph", "graph", {})
