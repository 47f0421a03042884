"""Claims, disputes and schools as lists show them."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from argmap.analysis.standings import STATUSES
from argmap.exports.site.fragments import Html, Link, write_links, write_status
from argmap.exports.site.library import Library
from argmap.model import Claim, Work


class DisputeRow(NamedTuple):
    """A dispute in a list, with the holders on either side."""

    number: int
    link: Link
    pro: tuple[Link, ...]
    con: tuple[Link, ...]


def group_disputes(
    library: Library, most: int = 10**9
) -> list[tuple[Link | None, list[DisputeRow]]]:
    """Return the disputes by topic, topics in the order of their first dispute."""
    groups: dict[str, list[DisputeRow]] = {}
    for number, dispute in enumerate(library.disputes[:most]):
        groups.setdefault(dispute.topic or "", []).append(describe_dispute_row(library, number))
    return [(library.link_topic(topic), rows) for topic, rows in groups.items()]


def describe_dispute_row(library: Library, number: int) -> DisputeRow:
    """Return a dispute as a list shows it."""
    dispute = library.disputes[number]
    return DisputeRow(
        number=number + 1,
        link=library.link_dispute(number),
        pro=name_side(library, dispute.pro),
        con=name_side(library, dispute.con),
    )


def name_side(library: Library, holders: Iterable[str]) -> tuple[Link, ...]:
    """Return links to the holders of a side."""
    return tuple(library.link_holder(name) for name in holders)


class SchoolRow(NamedTuple):
    """A school in a list."""

    link: Link
    voices: int
    members: tuple[Link, ...]
    defining: tuple[Link, ...]


def list_schools(library: Library, topic: str | None) -> list[SchoolRow]:
    """Return the schools of a topic, or of the whole literature."""
    return [
        SchoolRow(
            link=library.link_school(account.school.id),
            voices=account.voices,
            members=name_side(library, account.school.members),
            defining=tuple(library.link_claim(claim) for claim in account.school.defining[:2]),
        )
        for report in library.reports
        if report.topic == topic
        for account in report.schools
    ]


def write_rows(library: Library, claims: Iterable[Claim], *, with_text: bool = False) -> Html:
    """Return claims as items of a list: page, statement, holders, status."""
    standings = library.findings.counts.status
    number = library.findings.claim_number
    rows = []
    for claim in claims:
        page, anchor = "–", claim.anchor
        if anchor and anchor.page:
            page = escape(anchor.page)
            if anchor.page_inferred:
                page += '<abbr title="inferred: the text has no page mark there">?</abbr>'
        holders = name_side(library, library.list_holders(claim.id))
        told = write_links(holders, 3) if holders else "reported, held by nobody"
        text = f"{library.link_text(claim.text).html} · " if with_text else ""
        status = write_status(STATUSES[int(standings[number[claim.id]])])
        rows.append(
            f'<li><span class="page" title="page">{page}</span>\n'
            f"<div><p>{library.link_claim(claim.id).html}</p>\n"
            f'<p class="fine">{text}{told} · {status}</p></div></li>\n'
        )
    return Html("".join(rows))


def describe_text(library: Library, key: str) -> tuple[Link, int, Work | None]:
    """Return a coded text, the number of its claims, and the work that it is."""
    return library.link_text(key), len(library.claims_of.get(key, ())), library.works.get(key)
