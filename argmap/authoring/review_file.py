"""``review.yaml``, and the files of relations across texts."""

from __future__ import annotations

import re

from argmap.authoring.documents import Mapping
from argmap.authoring.drafts import CorpusDraft
from argmap.authoring.fields import Fields
from argmap.authoring.relation_fields import (
    RELATION_FIELDS,
    check_reference,
    check_slug,
    name_target,
    read_members,
    read_relation,
)
from argmap.authoring.shorthand import is_key
from argmap.diagnostics import join_words
from argmap.model import RELATION_TYPES, DeclaredSchool, Holder, Review, Topic

REVIEW_FILE_FIELDS = ("review", "topics", "actors", "groups", "schools", "aliases")
REVIEW_FIELDS = ("title", "base", "description", "creators")
ACTOR_FIELDS = ("name", "works")
GROUP_FIELDS = ("name", "works", "members")
SCHOOL_FIELDS = ("name", "members", "because")
TOPIC_FIELDS = ("label", "description")
TARGET_FIELDS = ("claim", "step")
ACROSS_FIELDS = (
    "from",
    *RELATION_TYPES,
    *(name for name in RELATION_FIELDS if name not in TARGET_FIELDS),
)
_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`]+[/#]")


def read_review_file(fields: Fields, root: Mapping, draft: CorpusDraft) -> None:
    """Put the review, its topics, actors, groups and declared schools into the draft."""
    fields.expect_only(root, REVIEW_FILE_FIELDS, "review.yaml")
    head = fields.mapping(root.get("review"), root.values_at.get("review", root.at), "`review`")
    head = Mapping(root.at) if head is None else head
    fields.expect_only(head, REVIEW_FIELDS, "`review`")
    base = fields.text(head, "base", Review().base)
    if not _BASE.fullmatch(base):
        fields.report(
            head.values_at["base"],
            f"{base!r} cannot be the base of IRIs",
            "base-malformed",
            "Write an http or https address that ends with / or #.",
        )
        base = Review().base
    for field, at in root.values_at.items():
        draft.places["", field] = fields.place(at)
    topics = []
    for slug, value, at in fields.entries(root, "topics"):
        if not check_slug(fields, slug, at, "a topic"):
            continue
        label, description = slug.replace("-", " "), ""
        if isinstance(value, Mapping):
            fields.expect_only(value, TOPIC_FIELDS, "a topic")
            label = fields.text(value, "label", label)
            description = fields.text(value, "description")
        elif value is not None:
            description = fields.string(value, at, f"the topic {slug!r}")
        topics.append(Topic(id=slug, label=label, description=description, place=fields.place(at)))
    for kind, known in (("actors", ACTOR_FIELDS), ("groups", GROUP_FIELDS)):
        draft.holders += _read_holders(fields, root, kind, known)
    draft.review = Review(
        title=fields.text(head, "title"),
        base=base,
        description=fields.text(head, "description"),
        creators=fields.strings(head, "creators"),
        topics=tuple(topics),
        schools=tuple(_read_schools(fields, root)),
        aliases=_read_aliases(fields, root),
        place=fields.place(root.at),
    )


def _read_holders(fields: Fields, root: Mapping, kind: str, known: tuple[str, ...]) -> list[Holder]:
    singular = kind.removesuffix("s")
    found = []
    for slug, value, at in fields.entries(root, kind):
        if not check_slug(fields, slug, at, f"an {singular}" if kind == "actors" else "a group"):
            continue
        if isinstance(value, str) or value is None:
            name = " ".join((value or slug.replace("-", " ")).split())
            entry = Mapping(at)
        else:
            checked = fields.mapping(value, at, f"the {singular} {slug!r}")
            if checked is None:
                continue
            entry = checked
            fields.expect_only(entry, known, f"an {singular}" if kind == "actors" else "a group")
            name = fields.text(entry, "name", slug.replace("-", " "))
        found.append(
            Holder(
                id=f"{singular}:{slug}",
                kind="actor" if kind == "actors" else "group",
                name=name,
                works=_read_works(fields, entry),
                members=read_members(fields, entry, "members") if "members" in known else (),
                place=fields.place(at),
            )
        )
    return found


def _read_works(fields: Fields, entry: Mapping) -> tuple[str, ...]:
    found = set()
    for item, at in fields.items(entry, "works"):
        written = fields.string(item, at, "an item of `works`")
        key = written.removeprefix("@")
        if written and not is_key(key):
            fields.report(
                at,
                f"{written!r} cannot be the key of a work",
                "id-malformed",
                "Write the key as it stands in the bibliography.",
            )
        elif key:
            found.add(key)
    return tuple(sorted(found))


def _read_schools(fields: Fields, root: Mapping) -> list[DeclaredSchool]:
    found = []
    for slug, value, at in fields.entries(root, "schools"):
        entry = fields.mapping(value, at, f"the school {slug!r}")
        if entry is None or not check_slug(fields, slug, at, "a school"):
            continue
        fields.expect_only(entry, SCHOOL_FIELDS, "a school")
        found.append(
            DeclaredSchool(
                id=slug,
                name=fields.text(entry, "name", slug.replace("-", " ")),
                members=read_members(fields, entry, "members"),
                because=fields.text(entry, "because"),
                place=fields.place(at),
            )
        )
    return found


def _read_aliases(fields: Fields, root: Mapping) -> tuple[tuple[str, ...], ...]:
    found = []
    for item, at in fields.items(root, "aliases"):
        wrapper = Mapping(at)
        wrapper["aliases"] = item
        wrapper.keys_at["aliases"] = wrapper.values_at["aliases"] = at
        names = fields.strings(wrapper, "aliases")
        if len(names) < 2:
            fields.report(
                at,
                "one name alone is no alias",
                "field-type",
                'Write each person as a list: ["Walt, Stephen M.", "Walt, Steve"].',
            )
        else:
            found.append(tuple(sorted(names)))
    return tuple(sorted(found))


def read_across_file(fields: Fields, root: Mapping, draft: CorpusDraft) -> None:
    """Add the relations of a file across texts to the draft."""
    fields.expect_only(root, ("relations",), "a file of relations across texts")
    for item, at in fields.items(root, "relations"):
        entry = fields.mapping(item, at, "a relation")
        if entry is None:
            continue
        fields.expect_only(entry, ACROSS_FIELDS, "a relation")
        source = fields.text(entry, "from", thing="a relation")
        if source and not check_reference(fields, source, entry.values_at["from"], across=True):
            source = ""
        kinds = [name for name in entry if name in RELATION_TYPES]
        if len(kinds) != 1:
            fields.report(
                entry.keys_at[kinds[1]] if kinds else at,
                f"a relation has one of the words {join_words(RELATION_TYPES)}, this one "
                + (join_words([f"`{kind}`" for kind in kinds]) or "none"),
                "field-conflict" if kinds else "field-missing",
                f"Write `{kinds[0] if kinds else 'contests'}: text/slug`, one relation an entry.",
            )
            continue
        kind = kinds[0]
        if isinstance(entry[kind], Mapping):
            target: Mapping | None = entry[kind]
            fields.expect_only(entry[kind], TARGET_FIELDS, "the target of a relation")
        elif entry[kind] is None:
            fields.text(entry, kind)
            continue
        else:
            target = name_target(fields, entry[kind], entry.values_at[kind], kind)
        if target is None:
            continue
        # Read on without a source too, so that the other fields are looked at.
        for name in RELATION_FIELDS:
            if name in entry and name not in TARGET_FIELDS:
                target[name] = entry[name]
                target.keys_at[name] = entry.keys_at[name]
                target.values_at[name] = entry.values_at[name]
        text = source.rpartition("/")[0]
        relation = read_relation(fields, target, kind, source, text, "", across=True)
        if relation is not None and source:
            draft.relations.append(relation)
