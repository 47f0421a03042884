"""The file of one coded text: its source, its claims, and the passages without a claim."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any, cast

from argmap.authoring.documents import Mapping, Position
from argmap.authoring.drafts import CorpusDraft
from argmap.authoring.fields import Fields
from argmap.authoring.relation_fields import (
    check_slug,
    read_anchor,
    read_citations,
    read_holders,
    read_relations,
    read_whereabouts,
)
from argmap.authoring.shorthand import is_key
from argmap.model import (
    ATTRIBUTIONS,
    CERTAINTIES,
    KINDS,
    RELATION_TYPES,
    WEIGHTS,
    Anchor,
    Citation,
    Claim,
    PageMarks,
    Text,
    Uncoded,
)
from argmap.model import Position as Stand

TEXT_FIELDS = ("text", "survey", "topic", "source", "claims", "none")
SOURCE_FIELDS = ("file", "first", "mark", "inferred", "running", "body", "references")
STANCE_FIELDS = {
    "held": "asserts",
    "endorsed": "endorses",
    "disputed": "disputes",
    "reported": "reports",
}
CLAIM_FIELDS = (
    "claim",
    "at",
    *STANCE_FIELDS,
    "kind",
    "topic",
    "weight",
    "cites",
    *RELATION_TYPES,
    "alone",
)
POSITION_FIELDS = ("by", "page", "at", "own", "attribution", "certainty")
NONE_FIELDS = ("at", "because")


def read_text_file(fields: Fields, root: Mapping, draft: CorpusDraft) -> None:
    """Add the records of one text file to the draft."""
    fields.expect_only(root, TEXT_FIELDS, "a text file")
    written = fields.text(root, "text", thing="a text file")
    key = written.removeprefix("@")
    if written and not is_key(key):
        fields.report(
            root.values_at["text"],
            f"{written!r} cannot be the key of a work",
            "id-malformed",
            "Write the key as it stands in the bibliography.",
        )
        key = ""
    # Without a key the rest is still read, under the file's name, so that all is reported at once.
    key = key or "-".join(PurePath(fields.name).stem.split())
    text = _read_text(fields, root, key)
    draft.texts.append(text)
    draft.places[key, "text"] = fields.place(root.values_at["text"])
    default_topic = fields.text(root, "topic")
    if default_topic:
        draft.places[key, "topic"] = fields.place(root.values_at["topic"])
    for slug, value, at in fields.entries(root, "claims"):
        if check_slug(fields, slug, at, "a claim"):
            _read_claim(fields, slug, value, at, key, default_topic, draft)
    for item, at in fields.items(root, "none"):
        entry = fields.mapping(item, at, "an entry of `none`")
        if entry is None:
            continue
        fields.expect_only(entry, NONE_FIELDS, "an entry of `none`")
        because = fields.text(entry, "because", thing="a passage without a claim")
        anchor = _require_anchor(fields, entry, key, "a passage without a claim")
        if anchor is not None:
            draft.uncoded.append(
                Uncoded(text=key, anchor=anchor, because=because, place=fields.place(at))
            )


def _read_text(fields: Fields, root: Mapping, key: str) -> Text:
    place = fields.place(root.keys_at["text"])
    survey = fields.flag(root, "survey")
    if "source" not in root:
        return Text(key=key, survey=survey, place=place)
    source = fields.mapping(root["source"], root.values_at["source"], "`source`")
    if source is None:
        return Text(key=key, survey=survey, place=place)
    fields.expect_only(source, SOURCE_FIELDS, "`source`")
    mark = fields.text(source, "mark")
    if mark and mark.count("#") != 1:
        fields.report(
            source.values_at["mark"],
            f"{mark!r} does not say where the number stands",
            "value-unknown",
            'Put one # in its place: "(p. #)".',
        )
        mark = ""
    inferred = [
        (page, fields.string(words, at, f"page {page}"))
        for page, words, at in fields.entries(source, "inferred")
    ]
    return Text(
        key=key,
        source=fields.text(source, "file"),
        survey=survey,
        pages=PageMarks(
            first=fields.text(source, "first"),
            mark=mark,
            inferred=tuple((page, words) for page, words in inferred if words),
            running=fields.strings(source, "running"),
        ),
        body=fields.text(source, "body"),
        references=fields.text(source, "references"),
        place=place,
    )


def _require_anchor(fields: Fields, parent: Mapping, text: str, thing: str) -> Anchor | None:
    if parent.get("at") is None:
        fields.report(
            parent.keys_at.get("at", parent.at),
            f"{thing} needs `at`",
            "field-missing",
            'Add `at: "PAGE: first words … last words"`.',
        )
        return None
    return read_anchor(fields, parent, text)


def _read_claim(
    fields: Fields,
    slug: str,
    value: Any,
    at: Position,
    text: str,
    default_topic: str,
    draft: CorpusDraft,
) -> None:
    entry = fields.mapping(value, at, f"the claim {slug!r}")
    if entry is None:
        return
    identifier = f"{text}/{slug}"
    # Fields are looked for below the slug, so that a missing one is reported there.
    entry.at = at
    fields.expect_only(entry, CLAIM_FIELDS, "a claim")
    statement = fields.text(entry, "claim", thing=f"the claim {slug!r}")
    anchor = _require_anchor(fields, entry, text, f"the claim {slug!r}")
    page = anchor.page if anchor else ""
    for field, field_at in entry.values_at.items():
        draft.places[identifier, field] = fields.place(field_at)
    if "topic" not in entry and default_topic:
        # A slip in the file's topic is one finding, not one for each claim.
        draft.places[identifier, "topic"] = draft.places[text, "topic"]
    draft.claims.append(
        Claim(
            id=identifier,
            text=text,
            statement=statement,
            kind=cast(Any, fields.word(entry, "kind", KINDS, "descriptive")),
            topic=fields.text(entry, "topic", default_topic) or None,
            weight=cast(Any, fields.word(entry, "weight", WEIGHTS, "supporting")),
            anchor=anchor,
            alone=fields.text(entry, "alone"),
            place=fields.place(at),
        )
    )
    citations = read_citations(fields, entry, identifier, text)
    cited = {citation.work for citation in citations}
    positions = list(_read_positions(fields, entry, identifier, text, page))
    for position in positions:
        work = position.holder.removeprefix("@")
        if position.holder.startswith("@") and work != text and work not in cited:
            cited.add(work)
            citations.append(
                Citation(
                    claim=identifier,
                    work=work,
                    locator=position.own_locator,
                    text=text,
                    place=position.place,
                )
            )
    if positions and all(position.holder != f"@{text}" for position in positions):
        positions.append(
            Stand(
                claim=identifier,
                holder=f"@{text}",
                stance="reports",
                reported_by=text,
                page=page,
                attribution="implied",
                place=fields.place(at),
            )
        )
    draft.positions += positions
    draft.citations += citations
    draft.relations += read_relations(fields, entry, identifier, text, page)


def _read_positions(
    fields: Fields, entry: Mapping, claim: str, text: str, page: str
) -> list[Stand]:
    found = []
    for field, stance in STANCE_FIELDS.items():
        for item, at in fields.items(entry, field):
            if isinstance(item, Mapping):
                holder_fields = item
                fields.expect_only(item, POSITION_FIELDS, "a position")
                if "by" not in item:
                    fields.report(
                        at, f"`{field}` does not say by whom", "field-missing", "Add `by: holder`."
                    )
                    continue
            elif holder := fields.string(item, at, f"`{field}`"):
                holder_fields = Mapping(at)
                holder_fields["by"] = holder
                holder_fields.keys_at["by"] = holder_fields.values_at["by"] = at
            else:
                continue
            found += _read_position(fields, holder_fields, stance, claim, text, page)
    return found


def _read_position(
    fields: Fields, item: Mapping, stance: str, claim: str, text: str, page: str
) -> list[Stand]:
    anchor, stated_page = read_whereabouts(fields, item, text)
    own = fields.text(item, "own")
    found = []
    for holder, locator, at in read_holders(fields, item, "by"):
        default = "collective" if holder.startswith("group:") else "explicit"
        found.append(
            Stand(
                claim=claim,
                holder=holder,
                stance=cast(Any, stance),
                reported_by=text,
                page=stated_page or page,
                own_locator=own or locator,
                attribution=cast(Any, fields.word(item, "attribution", ATTRIBUTIONS, default)),
                certainty=cast(Any, fields.word(item, "certainty", CERTAINTIES, "certain")),
                anchor=anchor,
                place=fields.place(at),
            )
        )
    return found
