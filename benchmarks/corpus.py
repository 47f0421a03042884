"""An invented review as files: corpus, bibliography, source texts and the lock of their anchors.

The YAML is written as people write it (docs/authoring.md): short forms where they suffice, nothing
that is a default.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from argmap.literature import load_literature
from argmap.model import Citation, Claim, Holder, Literature, Position, Relation, Text, Work
from argmap.texts import format_anchor, write_lock
from benchmarks.synthetic import Synthetic

_FIELDS = {"asserts": "held", "disputes": "disputed"}


def write_files(review: Synthetic, folder: Path) -> None:
    """Write ``corpus/``, ``references.bib`` and ``texts/`` below a folder, anchors proved.

    Raises ValueError where an anchor is not found: the fault is then argmap's or the generator's.
    """
    literature = review.literature
    corpus, texts = folder / "corpus", folder / "texts"
    corpus.mkdir(parents=True, exist_ok=True)
    texts.mkdir(exist_ok=True)
    (folder / "references.bib").write_text(format_bibliography(literature.works), encoding="utf-8")
    (corpus / "review.yaml").write_text(format_review(literature), encoding="utf-8")
    across = format_across(literature)
    if across:
        (corpus / "across.yaml").write_text(across, encoding="utf-8")
    index = Index(literature)
    for text in literature.texts:
        (corpus / f"{text.key}.yaml").write_text(format_text(text, index), encoding="utf-8")
    for name, content in review.sources.items():
        (texts / name).write_text(content, encoding="utf-8")
    loaded = load_literature(corpus, folder / "references.bib", texts)
    errors = [finding for finding in loaded.findings if finding.severity == "error"]
    if errors or loaded.proofs is None:
        raise ValueError("\n".join(str(finding) for finding in errors[:20]))
    write_lock(loaded.proofs.lock, corpus / "anchors.lock")


class Index:
    """The records of a literature by what they belong to."""

    def __init__(self, literature: Literature) -> None:
        self.claims: dict[str, list[Claim]] = defaultdict(list)
        self.positions: dict[str, list[Position]] = defaultdict(list)
        self.relations: dict[str, list[Relation]] = defaultdict(list)
        self.citations: dict[str, list[Citation]] = defaultdict(list)
        self.uncoded: dict[str, list[str]] = defaultdict(list)
        self.steps = {relation.id: relation for relation in literature.relations}
        for claim in literature.claims:
            self.claims[claim.text].append(claim)
        for claims in self.claims.values():
            claims.sort(key=lambda claim: claim.anchor.start or 0 if claim.anchor else 0)
        for position in literature.positions:
            self.positions[position.claim].append(position)
        for relation in literature.relations:
            if not is_across(relation):
                self.relations[relation.source].append(relation)
        for citation in literature.citations:
            self.citations[citation.claim or citation.relation].append(citation)
        for passage in literature.uncoded:
            self.uncoded[passage.text] += [
                f'  - at: "{format_anchor(passage.anchor)}"',
                f"    because: {passage.because}",
            ]


def is_across(relation: Relation) -> bool:
    """Say whether a relation joins claims of different texts."""
    if relation.target_kind == "relation":
        return False
    return relation.source.partition("/")[0] != relation.target.partition("/")[0]


# ---- bibliography and review --------------------------------------------------------------------


def format_bibliography(works: Iterable[Work]) -> str:
    """Return the works as BibTeX."""
    entries = []
    for work in works:
        fields = "".join(f"  {name} = {{{value}}},\n" for name, value in work.fields.items())
        entries.append(f"@{work.type}{{{work.key},\n{fields}}}\n")
    return "\n".join(entries)


def format_review(literature: Literature) -> str:
    """Return ``review.yaml``."""
    review = literature.review
    lines = [
        "review:",
        f"  title: {review.title}",
        f"  base: {review.base}",
        f"  creators: [{', '.join(review.creators)}]",
        "topics:",
    ]
    lines += [f"  {topic.id}:" for topic in review.topics]
    for kind in ("actor", "group"):
        holders = [holder for holder in literature.holders if holder.kind == kind]
        lines += [f"{kind}s:"] * bool(holders)
        for holder in holders:
            lines += format_other(holder)
    return "\n".join(lines) + "\n"


def format_other(holder: Holder) -> list[str]:
    """Return the lines of an actor or a group."""
    lines = [f"  {holder.id.partition(':')[2]}:", f"    name: {holder.name}"]
    if holder.members:
        lines.append(f"    members: [{', '.join(map(shorten, holder.members))}]")
    return lines


def format_across(literature: Literature) -> str:
    """Return the file of relations across texts, empty where there are none."""
    lines = ["relations:"]
    for relation in filter(is_across, literature.relations):
        lines += [
            f"  - from: {relation.source}",
            f"    {relation.type}: {relation.target}",
            f"    because: {relation.because}",
        ]
    return "\n".join(lines) + "\n" if len(lines) > 1 else ""


# ---- texts --------------------------------------------------------------------------------------


def format_text(text: Text, index: Index) -> str:
    """Return the file of one coded text."""
    lines = [
        f"text: {text.key}",
        *(["survey: true"] if text.survey else []),
        "source:",
        f"  file: {text.source}",
        f"  first: {text.pages.first}",
        f'  mark: "{text.pages.mark}"',
        f'  body: "{text.body}"',
        f'  references: "{text.references}"',
        "claims:",
    ]
    for claim in index.claims[text.key]:
        lines += format_claim(claim, index)
    if index.uncoded[text.key]:
        lines += ["none:", *index.uncoded[text.key]]
    return "\n".join(lines) + "\n"


def format_claim(claim: Claim, index: Index) -> list[str]:
    """Return the lines of one claim."""
    lines = [f"  {claim.id.partition('/')[2]}:", f"    claim: {claim.statement}"]
    if claim.anchor is not None:
        lines.append(f'    at: "{format_anchor(claim.anchor)}"')
    if claim.kind != "descriptive":
        lines.append(f"    kind: {claim.kind}")
    if claim.topic:
        lines.append(f"    topic: {claim.topic}")
    if claim.weight != "supporting":
        lines.append(f"    weight: {claim.weight}")
    for stance, field in _FIELDS.items():
        holders = [
            f'"[{position.holder}, {position.own_locator}]"'
            if position.own_locator
            else shorten(position.holder)
            for position in index.positions[claim.id]
            if position.stance == stance
        ]
        lines += format_list(field, holders)
    evidence = [c for c in index.citations[claim.id] if c.role == "evidence"]
    lines += format_list("cites", [cite(citation) for citation in evidence])
    by_type: dict[str, list[str]] = defaultdict(list)
    for relation in index.relations[claim.id]:
        by_type[relation.type].append(format_relation(relation, claim.text, index))
    for kind, relations in by_type.items():
        lines += format_list(kind, relations)
    lines.append("")
    return lines


def format_relation(relation: Relation, text: str, index: Index) -> str:
    """Return one relation: its bare target where all else is a default, else a mapping."""
    fields = {}
    if relation.target_kind == "relation":
        step = index.steps[relation.target]
        ends = [end.removeprefix(f"{text}/") for end in (step.source, step.target)]
        fields["step"] = " -> ".join(ends)
    else:
        fields["claim"] = relation.target.removeprefix(f"{text}/")
    if relation.basis != "explicit":
        fields["basis"] = relation.basis
    if relation.drawn_by not in ((), (f"@{text}",)):
        fields["by"] = f"[{', '.join(map(shorten, relation.drawn_by))}]"
    if relation.evidential:
        fields["evidential"] = "true"
    if relation.because:
        fields["because"] = relation.because
    cited = [cite(citation) for citation in index.citations[relation.id]]
    if cited:
        fields["cites"] = f"[{', '.join(cited)}]"
    if list(fields) == ["claim"]:
        return fields["claim"]
    return f"{{{', '.join(f'{name}: {value}' for name, value in fields.items())}}}"


def format_list(field: str, values: Sequence[str]) -> list[str]:
    """Return a field with one value on its line, several below each other."""
    if len(values) < 2:
        return [f"    {field}: {value}" for value in values]
    return [f"    {field}:", *(f"      - {value}" for value in values)]


def cite(citation: Citation) -> str:
    """Return a citation in pandoc's form, in quotation marks."""
    locator = f", {citation.locator}" if citation.locator else ""
    return f'"[@{citation.work}{locator}]"'


def shorten(holder: str) -> str:
    """Return a holder as it is written: a work by its bare key."""
    return holder.removeprefix("@")
