"""What can be searched for: one entry for each thing of the site, as a script file."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from argmap.exports.site.addresses import link_to
from argmap.exports.site.library import Library
from argmap.naming import show_page
from argmap.terms import list_terms

KINDS = ("Dispute", "School", "Topic", "Text", "Work", "Camp or actor", "Claim", "Term")
"""The kinds of entries, the rarer and weightier first: so they come in a list of results."""

Entry = tuple[int, str, str, str, str]
"""Kind by number, address, words, what else is told, and words by which it is found as well."""


def write_index(library: Library) -> bytes:
    """Return the search index as a script."""
    data = msgspec.json.encode({"kinds": KINDS, "entries": list(list_entries(library))})
    return b"window.argmapIndex = " + data + b";\n"


def list_entries(library: Library) -> Iterator[Entry]:
    """Yield all entries, by kind."""
    for number in range(len(library.disputes)):
        dispute = library.disputes[number]
        link = library.link_dispute(number)
        sides = " / ".join(
            ", ".join(library.name(name) for name in side[:3])
            for side in (dispute.pro, dispute.con)
        )
        topic = library.link_topic(dispute.topic)
        about = f"{topic.words}: {topic.note}. " if topic and topic.note else ""
        names = [_spell(dispute.focal), topic.words if topic else ""]
        names += [library.name(name) for side in (dispute.pro, dispute.con) for name in side[3:]]
        yield 0, link.href, link.words, f"{about}{sides}", " ".join(names)
    for school, name in library.school_names.items():
        link = library.link_school(school)
        yield 1, link.href, name, _name_topic(library, school), ""
    for name in library.topic_pages:
        topic = library.link_topic(name)
        if topic is not None:
            yield 2, topic.href, topic.words, topic.note, ""
    for key in library.texts:
        link = library.link_text(key)
        work = library.works.get(key)
        yield 3, link.href, link.words, work.title if work else "", ""
    for key, work in library.works.items():
        link = library.link_holder(f"@{key}")
        yield 4, link.href, link.words, work.title, ""
    for holder, address in library.holder_pages.items():
        if holder.removeprefix("@") not in library.works:
            yield 5, link_to(address), library.name(holder), "", ""
    for claim in library.literature.claims:
        link = library.link_claim(claim.id)
        page = f", {show_page(claim.anchor.page)}" if claim.anchor and claim.anchor.page else ""
        holders = dict.fromkeys(
            library.name(position.holder)
            for position in library.positions_on.get(claim.id, ())
            if position.stance in ("asserts", "endorses") and position.holder != f"@{claim.text}"
        )
        said = f" · {', '.join(holders)}" if holders else ""
        told = f"{library.name('@' + claim.text)}{page}{said}"
        yield 6, link.href, link.words, told, _spell(claim.id)
    for term in list_terms():
        yield 7, link_to("glossary.html", term.id), term.title, term.text, ""


def _spell(claim: str) -> str:
    """Return the words of the name that the scholar gave to a claim."""
    return claim.partition("/")[2].replace("-", " ")


def _name_topic(library: Library, school: str) -> str:
    """Return to which topic a school is confined, empty for one of the whole literature."""
    topic = library.link_topic(school.partition(":")[0]) if ":" in school else None
    return f"on {topic.words}" if topic is not None else ""
