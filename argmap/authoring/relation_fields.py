"""The fields of relations and citations, alike in text files and in files across texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from argmap.authoring.documents import Mapping, Position
from argmap.authoring.drafts import RelationDraft
from argmap.authoring.fields import Fields
from argmap.authoring.shorthand import (
    is_key,
    is_slug,
    parse_citations,
    parse_holder,
    parse_step,
    qualify,
)
from argmap.model import BASES, RELATION_TYPES, ROLES, Anchor, Basis, Citation, Relation, Role
from argmap.texts.anchors import parse_anchor, read_page
from argmap.texts.words import fold_phrase

RELATION_FIELDS = (
    "claim",
    "step",
    "basis",
    "by",
    "because",
    "evidential",
    "at",
    "page",
    "cites",
    "id",
)
CITATION_FIELDS = ("work", "locator", "role", "at", *ROLES)
ANCHOR_FIELDS = ("page", "section", "from", "to")


def read_anchor(fields: Fields, parent: Mapping, text: str, key: str = "at") -> Anchor | None:
    """Read an anchor field in either form; None where it is absent or malformed."""
    if key not in parent:
        return None
    value, at = parent[key], parent.values_at[key]
    if isinstance(value, Mapping):
        fields.expect_only(value, ANCHOR_FIELDS, "an anchor")
        for end in ("from", "to"):
            phrase = value.get(end)
            if isinstance(phrase, str) and phrase.strip() and not fold_phrase(phrase):
                fields.report(
                    value.values_at[end],
                    f"`{end}` has no words",
                    "anchor-malformed",
                    "Copy three or four words of the passage.",
                )
        return Anchor(
            text=text,
            page=read_stated_page(fields, value),
            section=fields.text(value, "section") or None,
            head=fields.text(value, "from", thing="an anchor"),
            tail=fields.text(value, "to"),
        )
    written = fields.string(value, at, f"`{key}`")
    if not written:
        return None
    anchor, wrong = parse_anchor(text, written)
    if anchor is None or wrong:
        fields.report(
            at, wrong, "anchor-malformed", 'Write it as "PAGE: first words … last words".'
        )
    return anchor


def read_stated_page(fields: Fields, parent: Mapping) -> str:
    """Return the field ``page`` in its one form (``661``, ``654-655``); report what is none."""
    written = fields.text(parent, "page")
    if not written:
        return ""
    page, wrong = read_page(written)
    if wrong:
        fields.report(
            parent.values_at["page"],
            wrong,
            "page-malformed",
            "Write the number as printed, `661` or `654-655`.",
        )
    return page


def read_whereabouts(fields: Fields, item: Mapping, text: str) -> tuple[Anchor | None, str]:
    """Read the fields ``at`` and ``page`` of a position or relation: an anchor, and the page."""
    anchor = read_anchor(fields, item, text)
    page = read_stated_page(fields, item)
    if anchor is None:
        return None, page
    if page and anchor.page and page != anchor.page:
        fields.report(
            item.values_at["page"],
            f"`page` says {page}, `at` says {anchor.page}",
            "field-conflict",
            "Remove `page`.",
        )
    return anchor, anchor.page or page


def read_holders(fields: Fields, parent: Mapping, key: str) -> Iterator[tuple[str, str, Position]]:
    """Yield id, own locator and place of every holder named in a field."""
    for item, at in fields.items(parent, key):
        written = fields.string(item, at, f"`{key}`")
        if not written:
            continue
        holder, locator, wrong = parse_holder(written)
        if wrong:
            fields.report(at, wrong, "holder-malformed", "A holder is a key, actor:x or group:x.")
        else:
            yield holder, locator, at


def read_members(fields: Fields, parent: Mapping, key: str) -> tuple[str, ...]:
    """Return the holders of a field in which no locator has a meaning, sorted, each once."""
    found = set()
    for holder, locator, at in read_holders(fields, parent, key):
        if locator:
            fields.report(
                at,
                f"the locator {locator!r} means nothing in `{key}`",
                "holder-malformed",
                f"Write {holder.removeprefix('@')!r} alone.",
            )
        found.add(holder)
    return tuple(sorted(found))


def read_citations(fields: Fields, parent: Mapping, claim: str, text: str) -> list[Citation]:
    """Read the field ``cites`` of a claim or relation (then ``claim`` is empty)."""
    found: list[Citation] = []

    def add(written: Any, at: Position, role: str, anchor: Anchor | None, locator: str) -> None:
        source = fields.string(written, at, "a citation")
        if not source:
            return
        pairs, wrong = parse_citations(source)
        if wrong:
            fields.report(at, wrong, "citation-malformed", "Write it as [@key, p. 1].")
        for work, own in pairs:
            found.append(
                Citation(
                    claim=claim,
                    work=work,
                    locator=locator or own,
                    role=cast(Role, role),
                    text=text,
                    anchor=anchor,
                    place=fields.place(at),
                )
            )

    for item, at in fields.items(parent, "cites"):
        if not isinstance(item, Mapping):
            add(item, at, "evidence", None, "")
            continue
        fields.expect_only(item, CITATION_FIELDS, "a citation")
        anchor = read_anchor(fields, item, text)
        roles = [role for role in ROLES if role in item]
        for role in roles:
            for written, written_at in fields.items(item, role):
                add(written, written_at, role, anchor, "")
        if "work" in item:
            role = fields.word(item, "role", ROLES, "evidence")
            locator = fields.text(item, "locator")
            for written, written_at in fields.items(item, "work"):
                add(written, written_at, role, anchor, locator)
            continue
        if not roles:
            fields.report(
                at,
                "a citation needs a work",
                "field-missing",
                "Write {evidence: key}, or {work: key, role: evidence}.",
            )
        for name in ("role", "locator"):
            if name in item:
                fields.report(
                    item.keys_at[name],
                    f"`{name}` goes with `work`",
                    "field-conflict",
                    'Write {work: key, locator: p. 1} or {evidence: "[@key, p. 1]"}.',
                )
    return found


def read_relations(
    fields: Fields, parent: Mapping, source: str, text: str, page: str
) -> Iterator[RelationDraft]:
    """Read the five relation fields of a claim."""
    for kind in RELATION_TYPES:
        for item, at in fields.items(parent, kind):
            entry: Mapping | None = None
            if isinstance(item, Mapping):
                fields.expect_only(item, RELATION_FIELDS, "a relation")
                entry = item
            else:
                entry = name_target(fields, item, at, kind)
            if entry is not None:
                draft = read_relation(fields, entry, kind, source, text, page)
                if draft is not None:
                    yield draft


def name_target(fields: Fields, item: Any, at: Position, kind: str) -> Mapping | None:
    """Return a bare target as the mapping that it is short for, ``claim`` or ``step``."""
    written = fields.string(item, at, f"`{kind}`")
    if not written:
        return None
    named = Mapping(at)
    field = "step" if parse_step(written) is not None else "claim"
    named[field] = written
    named.keys_at[field] = named.values_at[field] = at
    return named


def read_relation(
    fields: Fields,
    item: Mapping,
    kind: str,
    source: str,
    text: str,
    page: str,
    *,
    across: bool = False,
) -> RelationDraft | None:
    """Read one relation from its mapping.

    In a file ``across`` texts targets are written in full, and the basis is the analyst's unless
    said otherwise.
    """
    target = fields.text(item, "claim")
    step = fields.text(item, "step")
    if bool(target) == bool(step):
        if target:
            fields.report(
                item.keys_at["step"],
                f"`{kind}` has both `claim` and `step`",
                "field-conflict",
                "Keep the one that it aims at.",
            )
        elif not {"claim", "step"} & item.keys_at.keys():
            fields.report(
                item.at,
                f"`{kind}` needs `claim` or `step`",
                "field-missing",
                "Write {claim: slug} or {step: a -> b}.",
            )
        return None
    at = item.values_at["step" if step else "claim"]
    if target and not check_reference(fields, target, at, across=across):
        return None
    default: Basis = "analyst" if across else "explicit"
    basis = cast(Basis, fields.word(item, "basis", BASES, default))
    drawn_by = read_members(fields, item, "by")
    if "by" not in item and basis != "analyst":
        drawn_by = (f"@{text}",)
    if basis == "analyst" and drawn_by:
        fields.report(
            item.values_at["by"],
            "what the analyst draws is drawn by nobody",
            "analyst-drawn-by",
            "Remove `by`, or give another `basis`.",
        )
        drawn_by = ()
    identifier = fields.text(item, "id")
    if any(character.isspace() for character in identifier):
        fields.report(
            item.values_at["id"],
            f"the id {identifier!r} has spaces",
            "id-malformed",
            "Write it with hyphens.",
        )
        identifier = identifier.replace(" ", "-")
    anchor, stated_page = read_whereabouts(fields, item, text)
    full_target = qualify(target, text) if target else ""
    relation = Relation(
        id=identifier or (f"{source}.{kind}.{full_target}" if full_target else ""),
        type=cast(Any, kind),
        source=source,
        target=full_target,
        target_kind="relation" if step else "claim",
        drawn_by=drawn_by,
        basis=basis,
        evidential=fields.flag(item, "evidential"),
        page=stated_page or page,
        because=fields.text(item, "because"),
        anchor=anchor,
        place=fields.place(at),
    )
    return RelationDraft(
        relation=relation,
        step=step,
        text="" if across else text,
        named=bool(identifier),
        citations=tuple(read_citations(fields, item, "", text)),
    )


def check_reference(fields: Fields, written: str, at: Position, *, across: bool = False) -> bool:
    """Report what cannot be a claim's id: ``slug`` or ``text/slug``, across texts the latter."""
    text, slash, slug = written.rpartition("/")
    if is_slug(slug) and bool(text) == bool(slash) and (not slash or is_key(text)):
        if slash or not across:
            return True
        fields.report(
            at,
            f"{written!r} does not say in which text the claim stands",
            "id-malformed",
            f"Write text/{written}.",
        )
        return False
    fields.report(
        at,
        f"{written!r} is not the id of a claim",
        "id-malformed",
        "Write text/slug."
        if across
        else "Within a file write the slug, elsewhere text/slug; a step goes under `step`.",
    )
    return False


def check_slug(fields: Fields, slug: str, at: Position, thing: str) -> bool:
    """Report a slug that is none."""
    if is_slug(slug):
        return True
    better = "-".join("".join(c if c.isalnum() or c in "-_" else " " for c in slug).split())
    better = better.strip("-_")
    fields.report(
        at,
        f"{slug!r} cannot name {thing}",
        "id-malformed",
        f"Use letters, digits and hyphens{': ' + better if better else ''}.",
    )
    return False
