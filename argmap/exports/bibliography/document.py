"""The annotated bibliography as a document of pandoc's, its citations and entries formatted."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from argmap.annotations import (
    Annotation,
    Cited,
    Ledger,
    Piece,
    Reference,
    Sentence,
    annotate_works,
    list_cited,
)
from argmap.annotations.flow import flow_annotation
from argmap.annotations.locators import label_locator
from argmap.annotations.wording import name_people
from argmap.bibliography import read_field
from argmap.citing import References, Style, format_citations, read_document, read_references
from argmap.citing.elements import (
    cite,
    division,
    flatten,
    heading,
    link,
    paragraph,
    strengthen,
    walk,
    words,
)
from argmap.citing.entries import ENTRY, MARKDOWN
from argmap.citing.pandoc import Block, Inline
from argmap.diagnostics import Diagnostic
from argmap.exports.bibliography.groups import (
    Group,
    Grouping,
    list_mentions,
    list_works,
    order_alphabetically,
    order_groups,
)
from argmap.model import Dispute, Literature

_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)|(?<=s)'(?=\s)")
_SEPARATOR = "argmapannotationends"
# Footnotes, link addresses, numbered examples and headings have names, good in one text only.
_NAMES_PARTS = re.compile(r"\]:|\(@|^[ >]*(?:#|=+\s*$|-+\s*$)", re.MULTILINE)


class Plan(NamedTuple):
    """What a bibliography is to hold: a title, and works in groups under a grouping.

    ``dispute`` is the one that it is about, if it is about one.
    """

    title: str
    creators: tuple[str, ...]
    grouping: Grouping
    groups: tuple[Group, ...]
    dispute: Dispute | None = None


class Document(NamedTuple):
    """A formatted bibliography: entries and annotations by key, lines of groups by id."""

    plan: Plan
    style: Style
    entries: dict[str, list[Block]]
    annotations: dict[str, list[Block]]
    accounts: dict[str, Annotation]
    lines: dict[str, list[Block]]
    intro: list[Block]
    findings: tuple[Diagnostic, ...]


def format_document(
    ledger: Ledger, plan: Plan, style: Style, references: References | None = None
) -> Document:
    """Write the annotations of a plan's works, and format them and the entries in a style.

    Works that annotations cite and that are not among the plan's get a group of their own at the
    end, without annotations.

    Raises
    ------
    MissingExtra
        Where the extra ``cite`` is not installed.
    PandocError
        Where pandoc refuses the style.
    """
    literature = ledger.literature
    references = references or read_references(literature.works)
    own = read_own_annotations(literature, list_works(plan.groups))
    order = order_alphabetically(literature.works)
    names = {work.key: name_people(work) for work in literature.works} if style.numeric else None
    name = names.__getitem__ if names is not None else None
    groups = order_groups(plan.groups, order)
    accounts = annotate_groups(ledger, plan, groups)
    groups = add_cited(groups, accounts, own, order)
    keys = list_works(groups)
    blocks = _lay_out(groups, accounts, own, name)
    formatted = format_citations(
        blocks, references, style, keys, apart=len(groups) > 1 or bool(groups[0].title)
    )
    if style.sorts:
        # Styles differ over particles, diacritics and works of one author.
        ranks = {key: rank for rank, key in enumerate(formatted.entries)}
        groups = order_groups(groups, lambda key: ranks.get(key, len(ranks)))
        keys = list_works(groups)
    parts = {block["c"][0][0]: block["c"][1] for block in formatted.blocks if block["t"] == "Div"}
    return Document(
        plan=plan._replace(groups=groups),
        style=style,
        entries={key: formatted.entries.get(key, []) for key in keys},
        annotations={key: parts.get(f"annotation-{key}", []) for key in keys},
        accounts=accounts,
        lines={group.id: parts.get(f"group-{group.id}", []) for group in _list_groups(groups)},
        intro=[paragraph(words(describe_plan(plan, keys, style.title)))],
        findings=references.findings,
    )


def describe_plan(plan: Plan, keys: Sequence[str], style: str) -> str:
    """Return the lines that stand under the title."""
    number = len(keys)
    works = "One work" if number == 1 else f"{number:,} works"
    entries = f" Entries follow {style}." if style else ""
    return (
        f"{works}, annotated from the claims, positions and citations of the review. "
        f"Pages are those of the text that reports a claim unless another work is named.{entries}"
    )


def annotate_groups(ledger: Ledger, plan: Plan, groups: Sequence[Group]) -> dict[str, Annotation]:
    """Return the annotations of works in groups; the heading of a school need not be repeated."""
    return annotate_works(
        ledger,
        list_works(groups),
        name_schools=plan.grouping != "school",
        dispute=plan.dispute,
    )


def add_cited(
    groups: tuple[Group, ...],
    accounts: dict[str, Annotation],
    own: dict[str, list[Block]],
    order: Any,
) -> tuple[Group, ...]:
    """Return groups with one more for works that only annotations cite, where there are any."""
    keys = set(list_works(groups))
    cited = {key for account in accounts.values() for key in list_cited(account)}
    for group in groups:
        cited.update(list_mentions(group))
    cited.update(key for blocks in own.values() for key in list_citations(blocks))
    missing = tuple(sorted(cited - keys, key=order))
    if not missing:
        return groups
    return (
        *groups,
        Group(id="also-cited", title="Also cited", works=missing, annotated=False),
    )


def list_citations(blocks: Sequence[Block]) -> list[str]:
    """Return the keys that blocks cite."""
    found: list[str] = []

    def note(element: dict[str, Any]) -> Any:
        if element["t"] == "Cite":
            found.extend(citation["citationId"] for citation in element["c"][0])
        return element

    walk(list(blocks), note)
    return found


def read_own_annotations(literature: Literature, keys: Iterable[str]) -> dict[str, list[Block]]:
    """Return the scholar's own annotations of works as blocks, by key.

    Those of ``corpus/annotations`` come from Markdown; a field ``annotation`` of the bibliography
    stands in where there is none.
    """
    wanted = set(keys)
    sources = {note.work: note.text for note in literature.annotations if note.work in wanted}
    fields = {
        work.key: read_field(work, "annotation")
        for work in literature.works
        if work.key in wanted and work.key not in sources
    }
    found = _read_markdown_texts(sources)
    for key, text in fields.items():
        if text:
            parts = [part.strip() for part in text.split("\n\n") if part.strip()]
            found[key] = [paragraph(words(part)) for part in parts]
    return found


def _read_markdown_texts(sources: dict[str, str]) -> dict[str, list[Block]]:
    """Read many texts in one run where that gives the same, else one by one."""
    found = {
        key: _demote(read_document(text.encode(), MARKDOWN)["blocks"])
        for key, text in sources.items()
        if _NAMES_PARTS.search(text)
    }
    sources = {key: text for key, text in sources.items() if key not in found}
    if not sources:
        return found
    joined = f"\n\n{_SEPARATOR}\n\n".join(sources.values())
    blocks = read_document(joined.encode(), MARKDOWN)["blocks"]
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if block["t"] == "Para" and flatten(block["c"]) == _SEPARATOR:
            parts.append([])
        else:
            parts[-1].append(block)
    if len(parts) != len(sources):
        parts = [read_document(text.encode(), MARKDOWN)["blocks"] for text in sources.values()]
    return found | {key: _demote(part) for key, part in zip(sources, parts, strict=True)}


def _demote(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks in which headings are bold paragraphs: the outline is the bibliography's."""

    def change(element: dict[str, Any]) -> Any:
        return paragraph([strengthen(element["c"][2])]) if element["t"] == "Header" else element

    changed: list[Block] = walk(list(blocks), change)
    return changed


# ---- annotations as inlines ----


def convert_pieces(
    pieces: Iterable[Piece], name: Callable[[str], str] | None = None
) -> list[Inline]:
    """Return pieces as inlines, citations for citeproc to format.

    ``name`` gives the authors of a work where the style is one of numbers, which name nobody.
    """
    inlines: list[Inline] = []
    for piece in pieces:
        if isinstance(piece, Cited) and name is not None and piece.form != "brackets":
            for each in piece.references:
                named = (
                    [*words(name(each.work)), {"t": "Space"}] if piece.form == "narrative" else []
                )
                inlines += [*named, cite([(each.work, label_locator(each.locator))])]
        elif isinstance(piece, Cited):
            inlines.append(
                cite(
                    [(each.work, label_locator(each.locator)) for each in piece.references],
                    piece.form,
                )
            )
        else:
            inlines += words(set_apostrophes(piece.text))
    return inlines


def set_apostrophes(text: str) -> str:
    """Return a text with typographic apostrophes."""
    return _APOSTROPHE.sub("’", text)


def convert_sentences(
    sentences: Iterable[Sentence], name: Callable[[str], str] | None = None
) -> list[Inline]:
    """Return sentences as the inlines of a paragraph."""
    inlines: list[Inline] = []
    for sentence in sentences:
        if inlines:
            inlines.append({"t": "Space"})
        inlines += convert_pieces(sentence.pieces, name)
    return inlines


def _lay_out(
    groups: Sequence[Group],
    accounts: dict[str, Annotation],
    own: dict[str, list[Block]],
    name: Callable[[str], str] | None,
) -> list[Block]:
    """Return everything in which works are cited, in the order of reading, named by divisions."""
    blocks: list[Block] = []
    for group in groups:
        lines = [paragraph(convert_pieces(_join_lines(group.about), name))] if group.about else []
        if group.see_also:
            lines.append(paragraph(_see_also(group.see_also, name)))
        blocks.append(division(lines, f"group-{group.id}"))
        for key in group.works:
            if not group.annotated:
                continue
            account = accounts[key]
            content = [*own.get(key, [])]
            content += [
                paragraph(convert_sentences(sentences, name))
                for sentences in flow_annotation(account)
            ]
            blocks.append(division(content, f"annotation-{key}"))
        blocks += _lay_out(group.groups, accounts, own, name)
    return blocks


def _join_lines(lines: Sequence[Sequence[Piece]]) -> list[Piece]:
    from argmap.annotations import Words

    joined: list[Piece] = []
    for line in lines:
        if joined:
            joined.append(Words(text=" "))
        joined += line
    return joined


def _see_also(keys: Sequence[str], name: Callable[[str], str] | None) -> list[Inline]:
    references = tuple(Reference(work=key) for key in keys)
    inlines = [*words("See also ")]
    for number, reference in enumerate(references):
        if number:
            inlines += words(" and " if number == len(references) - 1 else ", ")
        inlines += convert_pieces([Cited(references=(reference,), form="narrative")], name)
    return [*inlines, *words(".")]


def _list_groups(groups: Iterable[Group]) -> list[Group]:
    found: list[Group] = []
    for group in groups:
        found += [group, *_list_groups(group.groups)]
    return found


# ---- the whole, for one format ----


def assemble(document: Document, target: str) -> list[Block]:
    """Return the blocks of a document for a format: html, docx, latex, typst or markdown.

    Level 1 is a group, level 2 a group in it; the title is not among the blocks.
    """
    from argmap.exports.bibliography.layout import LAYOUTS

    layout = LAYOUTS[target]
    blocks: list[Block] = [*document.intro]
    named = [group for group in document.plan.groups if group.title]
    if len(named) > 1:
        blocks += layout.contents([_link_group(group) for group in named])
    for group in document.plan.groups:
        blocks += _assemble_group(document, group, 1, layout)
    return blocks


def _link_group(group: Group) -> list[Inline]:
    number = len(list_works([group]))
    counted = "1 work" if number == 1 else f"{number:,} works"
    return [link(words(set_apostrophes(group.title)), f"#{group.id}"), *words(f" ({counted})")]


def _assemble_group(document: Document, group: Group, level: int, layout: Any) -> list[Block]:
    blocks: list[Block] = []
    if group.title:
        blocks.append(heading(level, words(set_apostrophes(group.title)), group.id))
    lines = document.lines.get(group.id, [])
    if lines:
        blocks += layout.about(lines)
    for key in group.works:
        blocks += layout.entry(
            f"{ENTRY}{key}", document.entries[key], document.annotations.get(key, [])
        )
    for inner in group.groups:
        blocks += _assemble_group(document, inner, level + 1, layout)
    return blocks


__all__ = [
    "Document",
    "Plan",
    "assemble",
    "format_document",
]
