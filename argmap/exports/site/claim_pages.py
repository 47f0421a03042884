"""The pages of claims and of the disputes in which they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from argmap.analysis import ClaimAccount, explain_claim
from argmap.exports.site.accounts import tell_flag, write_citations_at, write_positions_on
from argmap.exports.site.citing import cite_claim, cite_dispute, write_citing
from argmap.exports.site.faces import count_voices, write_face
from argmap.exports.site.fragments import Html, Link, Spot, write_notes, write_turn
from argmap.exports.site.graphs import MOST_DISPUTES
from argmap.exports.site.library import Library
from argmap.exports.site.lists import describe_text, write_rows
from argmap.exports.site.reasons import USES, write_reasons, write_uses
from argmap.exports.site.rendering import Page
from argmap.model import Claim


class Outline(NamedTuple):
    """What is told of a claim on its own page and on that of its dispute."""

    account: ClaimAccount
    place: Spot | None
    itself: Link
    pro_voices: str
    con_voices: str
    face: Html
    favour: Html
    against: Html
    limits: Html


def make_dispute_pages(library: Library, numbers: Iterable[int]) -> Iterator[Page]:
    """Yield the pages of disputes, by number from 0, and of the claims in them."""
    last = len(library.disputes) - 1
    for number in numbers:
        dispute = library.disputes[number]
        outlines = [_outline(library, library.claims[name]) for name in dispute.claims]
        focal = outlines[0]
        denies = write_uses(library, dispute.focal).get("contests", Html())
        yield Page(
            library.dispute_pages[number],
            "dispute.html",
            focal.account.claim.statement,
            "disputes",
            {
                "number": number + 1,
                "drawn": number < MOST_DISPUTES,
                "dispute": dispute,
                "topic": library.link_topic(dispute.topic),
                "claims": outlines,
                "trees": (
                    ("Reasons given for it", focal.favour),
                    ("Claims that deny it", focal.against),
                    ("Claims that it denies itself", denies),
                    ("What limits it", focal.limits),
                ),
                "flags": write_notes([tell_flag(library, flag) for flag in dispute.flags]),
                "stances": [
                    (library.link_text(key), stance)
                    for key, stance in sorted(dispute.text_stances.items())
                ],
                "citing": write_citing(cite_dispute(library, focal.account)),
                "turn": write_turn(
                    library.link_dispute(number - 1) if number else None,
                    library.link_dispute(number + 1) if number < last else None,
                    "dispute",
                ),
            },
        )
        for outline in outlines:
            yield _make_claim_page(library, outline)


def make_claim_pages(library: Library, claims: Iterable[Claim]) -> Iterator[Page]:
    """Yield the pages of claims that are in no dispute."""
    for claim in claims:
        yield _make_claim_page(library, _outline(library, claim))


def _make_claim_page(library: Library, outline: Outline) -> Page:
    claim = outline.account.claim
    dispute = library.dispute_of.get(claim.id)
    before, after = library.neighbours[claim.id]
    return Page(
        library.claim_pages[claim.id],
        "claim.html",
        claim.statement,
        "claims",
        {
            "claim": claim,
            "topic": library.link_topic(claim.topic),
            "passage": library.passages.get(claim.id, ""),
            "dispute": None if dispute is None else (dispute + 1, library.link_dispute(dispute)),
            "place": outline.place,
            "standing": outline.account.standing.status,
            "face": outline.face,
            "trees": (
                ("Reasons for it", outline.favour),
                ("Reasons against it", outline.against),
                ("What limits it", outline.limits),
                *((USES[kind], tree) for kind, tree in write_uses(library, claim.id).items()),
            ),
            "positions": write_positions_on(library, claim.id),
            "citations": write_citations_at(library, claim.id),
            "flags": write_notes([tell_flag(library, flag) for flag in outline.account.flags]),
            "citing": write_citing(cite_claim(library, outline.account)),
            "turn": write_turn(
                library.link_claim(before) if before else None,
                library.link_claim(after) if after else None,
                "claim of the text",
            ),
        },
    )


def make_claim_list(library: Library) -> Page:
    """Return the page that leads to the claims: by topic, and in the order of the texts."""
    counts = Counter(claim.topic or "" for claim in library.literature.claims)
    disputed = Counter(library.claims[name].topic or "" for name in library.dispute_of)
    known = [topic for topic in library.topics if counts[topic]]
    known += sorted(topic for topic in counts if topic and topic not in library.topics)
    return Page(
        "claims/index.html",
        "claims.html",
        "Claims",
        "claims",
        {
            "topics": [
                (library.link_topic(topic), counts[topic], disputed[topic]) for topic in known
            ],
            "without": write_rows(library, library.claims_on.get("", ()), with_text=True),
            "texts": [describe_text(library, key) for key in library.texts],
            "count": len(library.literature.claims),
        },
    )


def _outline(library: Library, claim: Claim) -> Outline:
    account = explain_claim(library.findings, claim.id)
    return Outline(
        account=account,
        place=library.find_spot(claim.anchor),
        itself=library.link_claim(claim.id),
        pro_voices=count_voices(account.pro_voices),
        con_voices=count_voices(account.con_voices),
        face=write_face(library, account),
        # What attacks a step is told with the step.
        favour=write_reasons(library, claim.id, ("supports", "explains")),
        against=write_reasons(library, claim.id, ("contests",)),
        limits=write_reasons(library, claim.id, ("qualifies",)),
    )
