"""The pages of holders: works, and those without a work to cite."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from html import escape
from typing import Any, NamedTuple

from argmap.analysis.measures import Company, explain_holder
from argmap.exports.site.accounts import write_positions_of
from argmap.exports.site.entries import describe_entry
from argmap.exports.site.fragments import Html, Link
from argmap.exports.site.library import Library
from argmap.exports.site.lists import name_side
from argmap.exports.site.notes import write_note
from argmap.exports.site.rendering import Page
from argmap.model import Position, Work


class WorkRow(NamedTuple):
    """A work in a list, with how many claims it holds and is cited for."""

    link: Link
    work: Work
    held: int
    cited: int
    coded: bool
    school: Link | None


def make_work_list(library: Library) -> Page:
    """Return the list of works."""
    rows = [
        WorkRow(
            link=library.link_holder(f"@{key}"),
            work=work,
            held=len(
                {
                    position.claim
                    for position in library.positions_of.get(f"@{key}", ())
                    if position.stance in ("asserts", "endorses")
                }
            ),
            cited=len(library.citations_of.get(key, ())),
            coded=key in library.texts,
            school=_find_school(library, f"@{key}"),
        )
        for key, work in library.works.items()
    ]
    rows.sort(key=lambda row: (row.link.words.casefold(), row.work.key))
    return Page("works/index.html", "works.html", "Works", "works", {"rows": rows})


def make_work_pages(library: Library, keys: Iterable[str]) -> Iterator[Page]:
    """Yield the pages of works."""
    for key in keys:
        work, holder = library.works[key], f"@{key}"
        context = _describe_holder(library, holder)
        context |= {
            "work": work,
            "entry": describe_entry(work),
            "formatted": library.entries.get(key),
            "notes": [write_note(library, each) for each in library.notes.get(key, ())],
            "text": library.link_text(key) if key in library.texts else None,
            "cited": _write_cited(library, key),
        }
        yield Page(library.work_pages[key], "work.html", library.name(holder), "works", context)


def _write_cited(library: Library, key: str) -> list[tuple[str, Html]]:
    """Return what a work is cited for, by role, each claim once, as items of a list."""
    roles: dict[str, dict[tuple[str, str], str]] = {}
    for each in library.citations_of.get(key, ()):
        claim = each.claim or library.relations[each.relation].source
        told = roles.setdefault(each.role.replace("-", " "), {})
        if (claim, each.text) in told:
            continue
        spot = library.find_spot(each.anchor or library.claims[claim].anchor)
        page = f", {escape(spot.page)}" if spot is not None and spot.page else ""
        locator = each.locator.lstrip(": ")
        there = f"; {escape(locator)} in the work" if locator else ""
        told[claim, each.text] = (
            f"<li><p>{library.link_claim(claim).html}</p>"
            f'<p class="fine">{library.link_text(each.text).html}{page}{there}</p></li>\n'
        )
    ranked = sorted(roles.items(), key=lambda item: (-len(item[1]), item[0]))
    return [(role, Html("".join(told.values()))) for role, told in ranked]


def _find_school(library: Library, holder: str) -> Link | None:
    school = library.school_of.get(holder)
    return library.link_school(school) if school else None


def _describe_holder(library: Library, holder: str) -> dict[str, Any]:
    """Return what is told of any holder: claims, company, school, groups."""
    allies = opponents = Html()
    if holder in library.findings.holder_number and holder.removeprefix("@") not in library.texts:
        account = explain_holder(library.findings, holder)
        implied = {
            stance.claim
            for stance in account.stances
            if not all(isinstance(step, Position) for step in stance.path)
        }
        allies = Html(
            "".join(
                _write_company(library, each, each.agreements, implied, 3)
                for each in account.allies
            )
        )
        opponents = Html(
            "".join(
                _write_company(library, each, each.disagreements, implied, 4)
                for each in account.opponents
            )
        )
    record = library.holders.get(holder)
    return {
        "stances": write_positions_of(library, holder),
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


def _write_company(
    library: Library, company: Company, claims: Sequence[str], implied: Collection[str], most: int
) -> str:
    """Return another holder, and on which claims the two stand together or apart."""
    on = "".join(
        f'<p class="fine">on: {library.link_claim(claim).html}'
        f"{' (its own stand follows from others)' if claim in implied else ''}</p>"
        for claim in claims[:most]
    )
    if more := len(claims) - most if len(claims) > most else 0:
        on += f'<p class="fine">and {more:,} more claim{"" if more == 1 else "s"}</p>'
    return f"<li><p><strong>{library.link_holder(company.holder).html}</strong></p>{on}</li>\n"


def make_holder_pages(library: Library) -> Iterator[Page]:
    """Yield the list of those without a work to cite, and the page of each."""
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
