"""What every page may ask for: the literature examined, with look-ups, names and addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar
from urllib.parse import quote

from argmap.analysis import (
    Findings,
    SchoolReport,
    list_disputes,
    list_standings,
    list_topics,
    report_schools,
)
from argmap.annotations.wording import Vocabulary
from argmap.exports.palette import NEUTRAL, colour_schools
from argmap.exports.site.addresses import link_to, name_files
from argmap.exports.site.entries import write_entry
from argmap.exports.site.fragments import Link, Spot
from argmap.graph.argument_quads import write_text_fragment
from argmap.graph.quads import find_addresses
from argmap.model import (
    Anchor,
    Citation,
    Claim,
    Derived,
    Dispute,
    Holder,
    Literature,
    Position,
    Relation,
    Text,
    Topic,
    Uncoded,
    Work,
)
from argmap.naming import name_holders, show_page

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True, eq=False)
class Library:
    """A literature with everything that its pages say of it; look-ups are made when first needed.

    What only the reader's own copies of the texts can tell is in ``passages``, the passages by
    claim, and ``details``, figures by text; both are empty for a site that is written to disk.
    ``entries`` has the entries of works as inline HTML that is safe to show, by key; a work that is
    not in it is shown in a plain form.
    """

    literature: Literature
    findings: Findings
    derived: Derived
    reports: tuple[SchoolReport, ...]
    passages: Mapping[str, str]
    details: Mapping[str, Mapping[str, int]]
    entries: Mapping[str, str]

    @property
    def disputes(self) -> tuple[Dispute, ...]:
        """The disputes, most contested first."""
        return self.derived.disputes

    def colour_school(self, school: str) -> str:
        """Return the colour of a school of the whole literature, the same as in a graph file."""
        return self.school_colours.get(school, NEUTRAL)

    @cached_property
    def school_colours(self) -> dict[str, str]:
        """Colours of the schools of the whole literature, by id."""
        return colour_schools(self.derived)

    @cached_property
    def name(self) -> Callable[[str], str]:
        """The name of a holder by id."""
        return name_holders(self.literature)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """Which words are names, so that a statement can go on inside a sentence."""
        return Vocabulary(self.literature)

    @cached_property
    def notes(self) -> dict[str, list[str]]:
        """What the scholar wrote of works, in Markdown, by key."""
        return _group((each.work, each.text) for each in self.literature.annotations)

    @cached_property
    def claims(self) -> dict[str, Claim]:
        """Claims by id."""
        return {claim.id: claim for claim in self.literature.claims}

    @cached_property
    def works(self) -> dict[str, Work]:
        """Works by key."""
        return {work.key: work for work in self.literature.works}

    @cached_property
    def plain_entries(self) -> dict[str, str]:
        """Entries of works as plain text, by key."""
        return {key: write_entry(work) for key, work in self.works.items()}

    @cached_property
    def texts(self) -> dict[str, Text]:
        """Coded texts by key."""
        return {text.key: text for text in self.literature.texts}

    @cached_property
    def holders(self) -> dict[str, Holder]:
        """Holders by id, those named in passing included."""
        return self.findings.index.holders

    @cached_property
    def topics(self) -> dict[str, Topic]:
        """Topics by id, those that no claim has included."""
        return {topic.id: topic for topic in self.literature.review.topics}

    @cached_property
    def relations(self) -> dict[str, Relation]:
        """Relations by id."""
        return {relation.id: relation for relation in self.literature.relations}

    @cached_property
    def incoming(self) -> dict[str, list[Relation]]:
        """Relations by the claim or relation on which they bear, the analyst's included."""
        return _group((relation.target, relation) for relation in self.literature.relations)

    @cached_property
    def outgoing(self) -> dict[str, list[Relation]]:
        """Relations by the claim they start from, the analyst's included."""
        return _group((relation.source, relation) for relation in self.literature.relations)

    @cached_property
    def positions_on(self) -> dict[str, list[Position]]:
        """Positions by claim."""
        return _group((position.claim, position) for position in self.literature.positions)

    @cached_property
    def positions_of(self) -> dict[str, list[Position]]:
        """Positions by holder."""
        return _group((position.holder, position) for position in self.literature.positions)

    @cached_property
    def citations_of(self) -> dict[str, list[Citation]]:
        """Citations by the work cited."""
        return _group((citation.work, citation) for citation in self.literature.citations)

    @cached_property
    def citations_at(self) -> dict[str, list[Citation]]:
        """Citations by the claim that they serve, itself or through a relation from it."""
        return _group(
            (citation.claim or self.relations[citation.relation].source, citation)
            for citation in self.literature.citations
        )

    @cached_property
    def told_in(self) -> dict[str, list[Position]]:
        """Positions by the coded text that tells of them."""
        return _group((position.reported_by, position) for position in self.literature.positions)

    @cached_property
    def cited_in(self) -> dict[str, list[Citation]]:
        """Citations by the coded text that has them."""
        return _group((citation.text, citation) for citation in self.literature.citations)

    @cached_property
    def uncoded_of(self) -> dict[str, list[Uncoded]]:
        """Passages set aside, by coded text."""
        return _group((each.text, each) for each in self.literature.uncoded)

    @cached_property
    def passages_in(self) -> dict[str, list[Anchor]]:
        """The passages of positions and relations that have their own, by coded text."""
        anchors = [position.anchor for position in self.literature.positions]
        anchors += [relation.anchor for relation in self.literature.relations]
        return _group((anchor.text, anchor) for anchor in anchors if anchor is not None)

    @cached_property
    def claims_of(self) -> dict[str, list[Claim]]:
        """Claims by the text they stand in, in the order of the text."""
        from argmap.naming import order_in_text

        ordered = sorted(self.literature.claims, key=order_in_text)
        return _group((claim.text, claim) for claim in ordered)

    @cached_property
    def claim_order(self) -> dict[str, int]:
        """The place of each claim in the order of reading, text by text."""
        ordered = (claim.id for claims in self.claims_of.values() for claim in claims)
        return {name: number for number, name in enumerate(ordered)}

    @cached_property
    def neighbours(self) -> dict[str, tuple[str | None, str | None]]:
        """The claims before and after each claim in its text."""
        found: dict[str, tuple[str | None, str | None]] = {}
        for claims in self.claims_of.values():
            names = [None, *(claim.id for claim in claims), None]
            found.update(
                (claim.id, (before, after))
                for claim, before, after in zip(claims, names, names[2:], strict=False)
            )
        return found

    @cached_property
    def claims_on(self) -> dict[str, list[Claim]]:
        """Claims by topic (empty for those without one), in the order of their texts."""
        every = [claim for claims in self.claims_of.values() for claim in claims]
        return _group((claim.topic or "", claim) for claim in every)

    @cached_property
    def dispute_of(self) -> dict[str, int]:
        """The number of the dispute in which a claim stands, from 0."""
        return {
            claim: number
            for number, dispute in enumerate(self.disputes)
            for claim in dispute.claims
        }

    @cached_property
    def school_of(self) -> dict[str, str]:
        """The school of the whole literature to which a holder belongs, by id."""
        return {
            member: account.school.id
            for report in self.reports
            if report.topic is None
            for account in report.schools
            for member in account.school.members
        }

    @cached_property
    def school_names(self) -> dict[str, str]:
        """Names of schools by id, those within a topic included."""
        return {
            account.school.id: account.school.name
            for report in self.reports
            for account in report.schools
        }

    @cached_property
    def claim_pages(self) -> dict[str, str]:
        """Addresses of claims."""
        grouped = _group((claim.text, claim.id) for claim in self.literature.claims)
        folders = name_files("claims", grouped)
        pages = {}
        for text, ids in grouped.items():
            folder = folders[text].removesuffix(".html")
            slugs = {name.partition("/")[2] or name: name for name in ids}
            for slug, address in name_files(folder, slugs).items():
                pages[slugs[slug]] = address
        return pages

    @cached_property
    def work_pages(self) -> dict[str, str]:
        """Addresses of works."""
        return name_files("works", self.works)

    @cached_property
    def holder_pages(self) -> dict[str, str]:
        """Addresses of holders; those that are works of the bibliography have the work's."""
        others = [name for name in self.holders if name.removeprefix("@") not in self.works]
        pages = name_files("holders", others)
        pages.update((f"@{key}", address) for key, address in self.work_pages.items())
        return pages

    @cached_property
    def text_pages(self) -> dict[str, str]:
        """Addresses of coded texts."""
        return name_files("texts", self.texts)

    @cached_property
    def topic_pages(self) -> dict[str, str]:
        """Addresses of topics."""
        return name_files("topics", {*self.topics, *(topic for topic in self.claims_on if topic)})

    @cached_property
    def school_pages(self) -> dict[str, str]:
        """Addresses of schools."""
        return name_files("schools", self.school_names)

    @cached_property
    def dispute_pages(self) -> list[str]:
        """Addresses of disputes, in their order: each is named by its focal claim."""
        focal = [dispute.focal for dispute in self.disputes]
        short = {name: name.partition("/")[2] or name for name in focal}
        if len({name.casefold() for name in short.values()}) < len(short):
            short = {name: name for name in focal}
        pages = name_files("disputes", short.values())
        return [pages[short[name]] for name in focal]

    @cached_property
    def outside(self) -> dict[str, str]:
        """Where texts stand on the web, up to where a text fragment follows, by key."""
        addresses = {
            key: f"https://doi.org/{quote(work.doi, safe='/')}#:~:text="
            for key, work in self.works.items()
            if key in self.texts and work.doi
        }
        return addresses | find_addresses(self.literature)

    # ---- links, each made once ------------------------------------------------------------------

    @cached_property
    def claim_links(self) -> dict[str, Link]:
        """Links to claims, in the words of their statements."""
        return {
            name: Link(self.claims[name].statement, link_to(address))
            for name, address in self.claim_pages.items()
        }

    @cached_property
    def holder_links(self) -> dict[str, Link]:
        """Links to holders; those of whom there is no page are words alone."""
        return {
            name: Link(self.name(name), link_to(address))
            for name, address in self.holder_pages.items()
        }

    @cached_property
    def text_links(self) -> dict[str, Link]:
        """Links to coded texts."""
        return {
            key: Link(self.name(f"@{key}"), link_to(address))
            for key, address in self.text_pages.items()
        }

    @cached_property
    def topic_links(self) -> dict[str, Link]:
        """Links to topics, in the words of their labels, with what falls under them."""
        links = {}
        for name, address in self.topic_pages.items():
            topic = self.topics.get(name)
            label = topic.label if topic is not None and topic.label != name else spell_slug(name)
            note = topic.description if topic is not None else ""
            links[name] = Link(label[:1].upper() + label[1:], link_to(address), note)
        return links

    def link_claim(self, claim: str) -> Link:
        """Return a link to a claim, in the words of its statement."""
        return self.claim_links[claim]

    def link_holder(self, holder: str) -> Link:
        """Return a link to a holder."""
        return self.holder_links.get(holder) or Link(self.name(holder))

    def link_text(self, text: str) -> Link:
        """Return a link to a coded text, or to the work where it is not coded."""
        return self.text_links.get(text) or self.link_holder(f"@{text}")

    def link_topic(self, topic: str | None) -> Link | None:
        """Return a link to a topic, None for none."""
        return self.topic_links.get(topic) if topic else None

    def link_dispute(self, number: int) -> Link:
        """Return a link to a dispute by its number from 0, in the words of its focal claim."""
        statement = self.claims[self.disputes[number].focal].statement
        return Link(statement, link_to(self.dispute_pages[number]))

    def link_school(self, school: str) -> Link:
        """Return a link to a school."""
        return Link(self.school_names[school], link_to(self.school_pages[school]))

    def find_spot(self, anchor: Anchor | None) -> Spot | None:
        """Return where an anchored passage stands."""
        if anchor is None:
            return None
        # Anchors are asked for again and again, and slow to hash; records live as long as this.
        spot = self._spots.get(id(anchor))
        if spot is None:
            base = self.outside.get(anchor.text, "")
            section = anchor.section or ""
            spot = self._spots[id(anchor)] = Spot(
                text=self.link_text(anchor.text),
                page=show_page(anchor.page) if anchor.page else "",
                section=f"§ {section}" if section[:1].isdigit() else section,
                head=anchor.head,
                tail=anchor.tail,
                inferred=anchor.page_inferred,
                outside=base + write_text_fragment(anchor) if base and anchor.head else "",
            )
        return spot

    def list_holders(self, claim: str) -> tuple[str, ...]:
        """Return those who hold a claim, each once."""
        return tuple(
            dict.fromkeys(
                position.holder
                for position in self.positions_on.get(claim, ())
                if position.stance in ("asserts", "endorses")
            )
        )

    @cached_property
    def pieces(self) -> dict[str, str]:
        """Pieces of HTML that were made already, by what they tell."""
        return {}

    @cached_property
    def _spots(self) -> dict[int, Spot]:
        return {}


def spell_slug(slug: str) -> str:
    """Return an id as words: ``war-and-peace`` is *War and peace*."""
    words = slug.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def open_library(
    findings: Findings,
    *,
    passages: Mapping[str, str] | None = None,
    details: Mapping[str, Mapping[str, int]] | None = None,
    entries: Mapping[str, str] | None = None,
    draws: int | None = None,
) -> Library:
    """Work out the disputes and schools of an examined literature, over all and by topic."""
    reports = report_schools(findings, [None, *list_topics(findings)], draws=draws, compare=(None,))
    derived = Derived(
        standings=list_standings(findings),
        disputes=list_disputes(findings),
        schools=tuple(account.school for report in reports for account in report.schools),
        parameters={"with_analyst": "true" if findings.with_analyst else "false"},
    )
    return Library(
        literature=findings.literature,
        findings=findings,
        derived=derived,
        reports=reports,
        passages=passages or {},
        details=details or {},
        entries=entries or {},
    )


def _group(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, list[Value]]:
    grouped: dict[Key, list[Value]] = {}
    for key, value in pairs:
        grouped.setdefault(key, []).append(value)
    return grouped
