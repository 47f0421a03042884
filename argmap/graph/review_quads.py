"""The review, its topics, schools and holders, works and coded texts as lines of N-Quads."""

from __future__ import annotations

import functools

from argmap.graph.argument_quads import IDENTIFIER, place_facts
from argmap.graph.terms import (
    ORDINAL,
    boolean,
    integer,
    lines,
    list_facts,
    literal,
    order_fact,
    own_predicate,
    predicate,
    typed,
)
from argmap.graph.vocabulary import (
    AM,
    DC,
    DCT,
    FABIO,
    FABIO_CLASSES,
    FIELD,
    FOAF,
    HOLDER_CLASSES,
    PRISM,
    SKOS,
    VOID,
    XSD,
    escape,
    escape_name,
    name_declared_school,
    name_holder,
    name_text,
    name_topic,
    name_work,
)
from argmap.model import (
    DeclaredSchool,
    Holder,
    Person,
    Review,
    Text,
    Topic,
    Work,
)

NAME = own_predicate("name")
PAGE = own_predicate("page")
WORK = own_predicate("work")
FOAF_NAME = predicate(f"{FOAF}name")
LABEL = predicate(f"{SKOS}prefLabel")
SCHEME = predicate(f"{SKOS}inScheme")
_TITLE = predicate(f"{DCT}title")
_A_CONCEPT = typed(f"{SKOS}Concept")
_A_SCHEME = typed(f"{SKOS}ConceptScheme")
_AGENT = typed(f"{FOAF}Agent")
_WORK_TYPE = typed(f"{AM}Work")


def write_review(review: Review, base: str, end: str) -> str:
    """Return the lines of the review, its topics, declared schools and aliases."""
    facts = [
        typed(f"{AM}Review"),
        typed(f"{VOID}Dataset"),
        predicate(f"{VOID}uriSpace") + literal(review.base),
    ]
    if review.title:
        facts.append(_TITLE + literal(review.title))
    if review.description:
        facts.append(predicate(f"{DCT}description") + literal(review.description))
    facts += list_facts("creator", predicate(f"{DC}creator"), review.creators, literal)
    aliases = [f"<{base}alias/{number}>" for number in range(1, len(review.aliases) + 1)]
    facts += [own_predicate("alias") + alias for alias in aliases]
    parts = [lines(f"<{base}review>", facts + place_facts(review.place), end)]
    for number, (alias, names) in enumerate(zip(aliases, review.aliases, strict=True), 1):
        facts = [typed(f"{AM}Alias"), ORDINAL + integer(number)]
        parts.append(lines(alias, facts + list_facts("name", NAME, names, literal), end))
    if review.topics:
        parts.append(lines(f"<{base}topics>", [_A_SCHEME], end))
        parts += [_write_topic(*item, base, end) for item in enumerate(review.topics, 1)]
    if review.schools:
        parts.append(lines(f"<{base}schools/declared>", [_A_SCHEME], end))
        parts += [_write_school(*item, base, end) for item in enumerate(review.schools, 1)]
    return "".join(parts)


def _write_topic(number: int, topic: Topic, base: str, end: str) -> str:
    facts = [
        typed(f"{AM}Topic"),
        _A_CONCEPT,
        IDENTIFIER + literal(topic.id),
        LABEL + literal(topic.label),
        f"{SCHEME}<{base}topics>",
        ORDINAL + integer(number),
    ]
    if topic.description:
        facts.append(predicate(f"{SKOS}definition") + literal(topic.description))
    return lines(f"<{base}{name_topic(topic.id)}>", facts + place_facts(topic.place), end)


def _write_school(number: int, school: DeclaredSchool, base: str, end: str) -> str:
    facts = [
        typed(f"{AM}DeclaredSchool"),
        _A_CONCEPT,
        IDENTIFIER + literal(school.id),
        LABEL + literal(school.name),
        f"{SCHEME}<{base}schools/declared>",
        ORDINAL + integer(number),
        *holder_facts("member", school.members, base),
    ]
    if school.because:
        facts.append(own_predicate("because") + literal(school.because))
    path = name_declared_school(school.id)
    return lines(f"<{base}{path}>", facts + place_facts(school.place), end)


def holder_facts(name: str, holders: tuple[str, ...], base: str) -> list[str]:
    """Return the facts of a property whose values are holders, in their order."""
    return list_facts(
        name, own_predicate(name), holders, lambda holder: f"<{base}{name_holder(holder)}>"
    )


def write_holder(holder: Holder, base: str, end: str) -> str:
    """Return the lines of a holder."""
    facts = [
        typed(AM + HOLDER_CLASSES[holder.kind]),
        _AGENT,
        IDENTIFIER + literal(holder.id),
        FOAF_NAME + literal(holder.name),
        *list_facts("work", WORK, holder.works, lambda key: f"<{base}{name_work(key)}>"),
        *holder_facts("member", holder.members, base),
    ]
    return lines(f"<{base}{name_holder(holder.id)}>", facts + place_facts(holder.place), end)


@functools.lru_cache(maxsize=4096)
def _field(name: str) -> str:
    return predicate(FIELD + escape_name(name))


def write_work(work: Work, base: str, end: str) -> str:
    """Return the lines of a work, its authors and its editors."""
    facts = [
        typed(FABIO + FABIO_CLASSES.get(work.type, "Expression")),
        _WORK_TYPE,
        IDENTIFIER + literal(work.key),
        own_predicate("entryType") + literal(work.type),
    ]
    if work.title:
        facts.append(_TITLE + literal(work.title))
    if work.year is not None:
        facts.append(predicate(f"{FABIO}hasPublicationYear") + _write_year(work.year))
    if work.doi:
        facts.append(predicate(f"{PRISM}doi") + literal(work.doi))
    if work.url:
        facts.append(f"{predicate(f'{FABIO}hasURL')}{literal(work.url)}^^<{XSD}anyURI>")
    persons = ""
    for role, start, names in (
        ("author", predicate(f"{DCT}creator"), work.authors),
        ("editor", own_predicate("editor"), work.editors),
    ):
        for number, person in enumerate(names, 1):
            node = f"<{base}{role}/{escape(work.key)}:{number}>"
            facts.append(start + node)
            persons += _write_person(person, node, number, end)
    facts += [_field(name) + literal(value) for name, value in work.fields.items()]
    if len(work.fields) > 1:
        facts.append(order_fact("field", work.fields))
    path = name_work(work.key)
    return lines(f"<{base}{path}>", facts + place_facts(work.place), end) + persons


def _write_year(year: int) -> str:
    digits = f"{year:05d}" if year < 0 else f"{year:04d}"
    return f'"{digits}"^^<{XSD}gYear>'


def _write_person(person: Person, node: str, number: int, end: str) -> str:
    facts = [
        _AGENT,
        ORDINAL + integer(number),
        predicate(f"{FOAF}familyName") + literal(person.family),
    ]
    if person.given:
        facts.append(predicate(f"{FOAF}givenName") + literal(person.given))
    if person.prefix:
        facts.append(own_predicate("namePrefix") + literal(person.prefix))
    if person.suffix:
        facts.append(own_predicate("nameSuffix") + literal(person.suffix))
    return lines(node, facts, end)


def write_text(text: Text, base: str, end: str) -> str:
    """Return the lines of a coded text and its inferred pages."""
    facts = [
        typed(f"{AM}Text"),
        IDENTIFIER + literal(text.key),
        f"{WORK}<{base}{name_work(text.key)}>",
        own_predicate("survey") + boolean(text.survey),
    ]
    for name, value in (
        ("sourceFile", text.source),
        ("firstPage", text.pages.first),
        ("pageMark", text.pages.mark),
        ("body", text.body),
        ("references", text.references),
    ):
        if value:
            facts.append(own_predicate(name) + literal(value))
    facts += list_facts("runningHead", own_predicate("runningHead"), text.pages.running, literal)
    if text.sha256 is not None:
        facts.append(own_predicate("sha256") + literal(text.sha256))
    if text.length is not None:
        facts.append(own_predicate("length") + integer(text.length))
    inferred = ""
    for number, (page, words) in enumerate(text.pages.inferred, 1):
        node = f"<{base}inferred-page/{escape(text.key)}:{number}>"
        facts.append(own_predicate("inferredPage") + node)
        page_facts = [
            typed(f"{AM}InferredPage"),
            ORDINAL + integer(number),
            PAGE + literal(page),
            own_predicate("beginsWith") + literal(words),
        ]
        inferred += lines(node, page_facts, end)
    return lines(f"<{base}{name_text(text.key)}>", facts + place_facts(text.place), end) + inferred
