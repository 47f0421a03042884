"""Rules on references: whatever a record names must exist."""

from __future__ import annotations

import re
from collections.abc import Iterator

from argmap.authoring.shorthand import is_key, is_slug
from argmap.checks.context import Context, Placed
from argmap.diagnostics import Diagnostic, did_you_mean, join_words, suggest
from argmap.model import Place

MEND_BIBLIOGRAPHY = "Add the work to the bibliography, or mend the key."


def check_names(context: Context) -> Iterator[Diagnostic]:
    """id-malformed: an id of imported records that no corpus file could name.

    Corpus files are judged when they are read, keys of a bibliography as well.
    """
    if context.places:
        return

    def complain(record: Placed, what: str, name: str, remedy: str) -> Diagnostic:
        message = f"{name!r} can name no {what} in a corpus file"
        return context.report(record, "warning", message, "id-malformed", remedy)

    literature = context.literature
    slugs = "Write letters, digits and hyphens only: treaties-last."
    keys = "Write the key without spaces, commas and brackets: smith2020."
    for topic in literature.review.topics:
        if not is_slug(topic.id):
            yield complain(topic, "topic", topic.id, slugs)
    for school in literature.review.schools:
        if not is_slug(school.id):
            yield complain(school, "school", school.id, slugs)
    for holder in literature.holders:
        if holder.kind != "work" and not is_slug(holder.id.partition(":")[2]):
            yield complain(holder, holder.kind, holder.id, slugs)
    for claim in literature.claims:
        if not is_slug(claim.id.rpartition("/")[2]):
            yield complain(claim, "claim", claim.id, slugs)
    for work in literature.works:
        from_bibliography = work.place is not None and work.place.path.endswith(".bib")
        if not from_bibliography and not is_key(work.key):
            yield complain(work, "work", work.key, keys)
    for text in literature.texts:
        if text.key not in context.works and not is_key(text.key):
            yield complain(text, "text", text.key, keys)


# As pandoc reads citations: [@key, p. 3], -@key, @{any key}; not an address (a@b), not escaped.
_MENTION = re.compile(r"(?<![\w\\@])@(?:\{([^{}\s]+)\}|(\w(?:[\w:.#$%&+?<>~/-]*[\w/])?))")
_CODE = re.compile(r"(`+).*?\1", re.DOTALL)


def find_mentions(markdown: str) -> Iterator[tuple[str, int, int]]:
    """Yield the works that Markdown cites, each with its line and column, counted from 1."""
    plain = _CODE.sub(lambda code: re.sub(r"\S", " ", code[0]), markdown)
    for found in _MENTION.finditer(plain):
        line = plain.count("\n", 0, found.start())
        column = found.start() - (plain.rfind("\n", 0, found.start()) + 1)
        yield found[1] or found[2], line + 1, column + 1


def check_annotations(context: Context) -> Iterator[Diagnostic]:
    """annotation-unknown, and work-unknown in the text: works not in the bibliography."""
    for note in context.literature.annotations:
        if note.work not in context.works:
            yield context.report(
                note,
                "error",
                f"an annotation on {note.work!r}, which is no work of the bibliography",
                "annotation-unknown",
                did_you_mean(note.work, context.work_names) or "Name the file after a key.",
            )
        for key, line, column in find_mentions(note.text):
            if key in context.works:
                continue
            begin = note.place or Place(path=context.origin, line=1)
            remedy = did_you_mean(key, context.work_names) or MEND_BIBLIOGRAPHY
            yield Diagnostic(
                path=begin.path,
                line=begin.line + line - 1,
                column=column,
                message=f"no work {key!r} in the bibliography",
                code="work-unknown",
                remedy=f"{remedy} For a plain @ write \\@.",
            )


def check_works(context: Context) -> Iterator[Diagnostic]:
    """work-unknown: a work that the bibliography does not hold."""
    works = context.works

    def miss(record: Placed, key: str) -> Diagnostic:
        return context.report(
            record,
            "error",
            f"no work {key!r} in the bibliography",
            "work-unknown",
            did_you_mean(key, context.work_names) or MEND_BIBLIOGRAPHY,
        )

    literature = context.literature
    for text in literature.texts:
        if text.key not in works:
            yield miss(text, text.key)
    for position in literature.positions:
        if position.holder.startswith("@") and position.holder[1:] not in works:
            yield miss(position, position.holder[1:])
    for citation in literature.citations:
        if citation.work not in works:
            yield miss(citation, citation.work)
    for holder in literature.holders:
        for key in holder.works:
            if key not in works:
                yield miss(holder, key)
        for member in holder.members:
            if member.startswith("@") and member[1:] not in works:
                yield miss(holder, member[1:])
    for relation in literature.relations:
        for name in relation.drawn_by:
            if name.startswith("@") and name[1:] not in works:
                yield miss(relation, name[1:])
    for school in literature.review.schools:
        for member in school.members:
            if member.startswith("@") and member[1:] not in works:
                yield miss(school, member[1:])


def check_holders(context: Context) -> Iterator[Diagnostic]:
    """holder-unknown: an actor or group that review.yaml does not declare."""
    holders = context.holders

    def miss(record: Placed, name: str) -> Diagnostic:
        kind, colon, slug = name.partition(":")
        if not colon or kind not in ("actor", "group"):
            message = f"{name!r} is no holder"
            remedy = "A holder is a work (@key), an actor (actor:x) or a group (group:x)."
        else:
            message = f"no {kind} {slug!r} in review.yaml"
            remedy = did_you_mean(name, context.holder_names)
            remedy = remedy or f"Declare it under `{kind}s` in review.yaml."
        return context.report(record, "error", message, "holder-unknown", remedy)

    def unknown(name: str) -> bool:
        return not name.startswith("@") and name not in holders

    literature = context.literature
    for position in literature.positions:
        if unknown(position.holder):
            yield miss(position, position.holder)
    for relation in literature.relations:
        yield from (miss(relation, name) for name in relation.drawn_by if unknown(name))
    for holder in literature.holders:
        yield from (miss(holder, name) for name in holder.members if unknown(name))
    for school in literature.review.schools:
        yield from (miss(school, name) for name in school.members if unknown(name))


def check_claims(context: Context) -> Iterator[Diagnostic]:
    """claim-unknown: a claim that no coded text holds."""
    claims = context.claims

    def miss(record: Placed, name: str) -> Diagnostic:
        return context.report(
            record, "error", f"no claim {name!r}", "claim-unknown", _find_near_claims(context, name)
        )

    literature = context.literature
    for relation in literature.relations:
        if relation.source not in claims:
            yield miss(relation, relation.source)
        if relation.target_kind == "claim" and relation.target not in claims:
            yield miss(relation, relation.target)
    for position in literature.positions:
        if position.claim not in claims:
            yield miss(position, position.claim)
    for citation in literature.citations:
        if citation.claim and citation.claim not in claims:
            yield miss(citation, citation.claim)


def _find_near_claims(context: Context, name: str) -> str:
    """Say which claim may be meant: the slug in another text, one like it in this text."""
    text, _, slug = name.rpartition("/")
    elsewhere = [f"{other}/{slug}" for other in context.texts_of_slug.get(slug, ())][:3]
    if elsewhere:
        return f"There is {join_words([repr(known) for known in elsewhere])}."
    slugs = context.claim_slugs.get(text)
    if slugs is None:
        return did_you_mean(text, context.texts) or "Write text/slug, the text being a key."
    near = [repr(f"{text}/{known}") for known in suggest(slug, slugs)]
    if near:
        return f"Did you mean {join_words(near, 'or')}?"
    return "Write its slug within its file, text/slug elsewhere."


def check_relations(context: Context) -> Iterator[Diagnostic]:
    """relation-unknown: a relation that does not exist, as target or as what a citation serves.

    citation-serves-nothing: a citation of neither a claim nor a relation, or of both.
    """
    relations = context.relations
    for relation in context.literature.relations:
        if relation.target_kind == "relation" and relation.target not in relations:
            yield context.report(
                relation,
                "error",
                f"no relation {relation.target!r}",
                "relation-unknown",
                did_you_mean(relation.target, context.relation_names)
                or "Its id is source.type.target.",
            )
    for citation in context.literature.citations:
        if citation.relation and citation.relation not in relations:
            yield context.report(
                citation,
                "error",
                f"no relation {citation.relation!r}",
                "relation-unknown",
                did_you_mean(citation.relation, context.relation_names)
                or "Its id is source.type.target.",
            )
        if bool(citation.claim) == bool(citation.relation):
            yield context.report(
                citation,
                "error",
                f"the citation of {citation.work!r} serves "
                + ("both a claim and a relation" if citation.claim else "nothing"),
                "citation-serves-nothing",
                "Give it either a claim or a relation.",
            )


def check_topics(context: Context) -> Iterator[Diagnostic]:
    """topic-unknown: a topic that review.yaml does not list."""
    topics = {topic.id for topic in context.literature.review.topics}
    for claim in context.literature.claims:
        if claim.topic is not None and claim.topic not in topics:
            yield context.report(
                claim,
                "error",
                f"no topic {claim.topic!r} in review.yaml",
                "topic-unknown",
                did_you_mean(claim.topic, topics) or "Declare it under `topics` in review.yaml.",
                field="topic",
            )


def check_texts(context: Context) -> Iterator[Diagnostic]:
    """text-unknown: a text that is not among the coded texts; claim-misnamed: an id without it."""
    texts = context.texts

    def miss(record: Placed, key: str) -> Diagnostic:
        return context.report(
            record,
            "error",
            f"no coded text {key!r}",
            "text-unknown",
            did_you_mean(key, texts) or "Add the text, or mend the key.",
        )

    for claim in context.literature.claims:
        if claim.text not in texts:
            yield miss(claim, claim.text)
        elif not claim.id.startswith(f"{claim.text}/"):
            yield context.report(
                claim,
                "error",
                f"the id {claim.id!r} does not begin with its text, {claim.text!r}",
                "claim-misnamed",
                "Ids are text/slug.",
            )
    for position in context.literature.positions:
        if position.reported_by not in texts:
            yield miss(position, position.reported_by)
    for citation in context.literature.citations:
        if citation.text not in texts:
            yield miss(citation, citation.text)
    for passage in context.literature.uncoded:
        if passage.text not in texts:
            yield miss(passage, passage.text)
