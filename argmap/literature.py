"""Joining corpus, bibliography and texts into one :class:`~argmap.model.Literature`.

References that lead nowhere stay in the records as they are written: the rules of
:mod:`argmap.checks` find them, whether the records come from YAML, JSON, Parquet or RDF.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec

from argmap.authoring import CorpusDraft, RelationDraft, read_corpus
from argmap.authoring.shorthand import parse_step, qualify
from argmap.bibliography import describe_work, read_bibliography
from argmap.diagnostics import Diagnostic, did_you_mean, report_placed, sort_diagnostics
from argmap.model import Citation, Holder, Literature, Place, Relation, Text, Work
from argmap.order import sort_records
from argmap.proofs import Proofs, fill_from_lock, prove_records
from argmap.texts.lock import Lock, read_lock
from argmap.texts.sources import Source, read_source

LOCK_NAME = "anchors.lock"


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """A literature with what is needed to check it and to talk about it.

    ``places`` maps (id of claim or text, field) to the place of the field; ``sources`` the keys of
    texts to the reader's own copies, where there are any; ``proofs`` is what proving the anchors
    against them gave; ``folder`` holds the corpus folder, and ``bibliography`` is the path of the
    ``.bib`` file, both as given.
    """

    literature: Literature
    findings: tuple[Diagnostic, ...] = ()
    places: Mapping[tuple[str, str], Place] = {}
    sources: Mapping[str, Source] = {}
    proofs: Proofs | None = None
    folder: Path = Path()
    corpus: Path = Path("corpus")
    bibliography: Path = Path("references.bib")


def load_literature(corpus: Path, bibliography: Path, texts: Path | None = None) -> Loaded:
    """Read a corpus, its bibliography and, where there is one, the reader's folder of texts.

    Anchors get their offsets, digests and sections from the lock file, so that records are the same
    with and without a copy of the texts; with a copy they are proved as well, and what differs is
    among the findings.  Never raises for bad input.
    """
    draft, findings = read_corpus(corpus)
    works, problems = read_bibliography(bibliography)
    findings = findings + problems
    lock, problems = read_lock(corpus / LOCK_NAME)
    findings += problems
    sources: dict[str, Source] = {}
    if texts is not None and not texts.is_dir():
        findings.append(
            Diagnostic(
                path=texts.as_posix(),
                message="the folder of texts does not exist"
                if not texts.exists()
                else "this is no folder of texts, but a file",
                code="texts-missing",
                remedy="Name the folder with your copies with --texts DIR or ARGMAP_TEXTS.",
            )
        )
    elif texts is not None:
        label = corpus.as_posix()
        for text in draft.texts:
            source, problems = read_source(text, texts)
            findings += [_place_finding(problem, text, label) for problem in problems]
            if source is not None:
                sources[text.key] = source
    literature, problems = assemble(draft, works, lock)
    findings += show_paths(problems, corpus, bibliography)
    proofs = None
    if draft.texts:
        proofs = prove_records(literature, sources, lock, draft.places)
        # Where a folder was named, reading it has said already which texts are not in it.
        told = [f for f in proofs.findings if texts is None or f.code != "text-not-checked"]
        findings += show_paths(told, corpus, bibliography)
    return Loaded(
        literature=literature,
        findings=tuple(sort_diagnostics(findings)),
        places=draft.places,
        sources=sources,
        proofs=proofs,
        folder=corpus.parent,
        corpus=corpus,
        bibliography=bibliography,
    )


def assemble(
    draft: CorpusDraft, works: Iterable[Work], lock: Lock | None = None
) -> tuple[Literature, list[Diagnostic]]:
    """Join a draft and works: look up steps, name relations, add the holders that are works.

    Findings name paths as the records do (relative to the folder of the corpus).  Linear in the
    number of records.
    """
    known = tuple(sorted(works, key=lambda work: work.key))
    relations, citations, findings = _resolve_relations(draft.relations)
    literature = Literature(
        review=draft.review,
        works=known,
        texts=tuple(draft.texts),
        holders=(),
        claims=tuple(draft.claims),
        positions=tuple(draft.positions),
        relations=tuple(relations),
        citations=tuple(draft.citations) + tuple(citations),
        uncoded=tuple(draft.uncoded),
        annotations=tuple(draft.annotations),
    )
    literature = msgspec.structs.replace(
        literature, holders=tuple(add_work_holders(literature, draft.holders))
    )
    if lock is not None:
        literature = fill_from_lock(literature, lock)
    return sort_records(literature), findings


def add_work_holders(literature: Literature, others: Iterable[Holder]) -> list[Holder]:
    """Return actors and groups with every known work that stands somewhere as a holder."""
    known = {work.key: work for work in literature.works}
    named: set[str] = {position.holder for position in literature.positions}
    holders = list(others)
    for holder in holders:
        named.update(holder.members)
    for relation in literature.relations:
        named.update(relation.drawn_by)
    for school in literature.review.schools:
        named.update(school.members)
    for name in sorted(named):
        work = known.get(name.removeprefix("@")) if name.startswith("@") else None
        if work is not None:
            holder = Holder(id=name, kind="work", name=describe_work(work), works=(work.key,))
            holders.append(holder)
    return holders


def add_works(literature: Literature, works: Iterable[Work]) -> Literature:
    """Return the literature with works of a bibliography; they win over works of the same key."""
    known = {work.key: work for work in (*literature.works, *works)}
    others = [holder for holder in literature.holders if holder.kind != "work"]
    literature = msgspec.structs.replace(literature, works=tuple(known.values()))
    return sort_records(
        msgspec.structs.replace(literature, holders=tuple(add_work_holders(literature, others)))
    )


def _resolve_relations(
    drafts: list[RelationDraft],
) -> tuple[list[Relation], list[Citation], list[Diagnostic]]:
    """Give every relation its target and its id; what leads nowhere is reported and left out."""
    findings: list[Diagnostic] = []
    done: dict[str, Relation] = {}
    by_ends: dict[tuple[str, str], list[Relation]] = {}
    citations: list[Citation] = []

    def accept(relation: Relation, draft: RelationDraft) -> None:
        first = done.get(relation.id)
        if first is not None:
            findings.append(_report_twice(relation, first, draft.named))
            return
        done[relation.id] = relation
        by_ends.setdefault((relation.source, relation.target), []).append(relation)
        citations.extend(
            msgspec.structs.replace(citation, relation=relation.id) for citation in draft.citations
        )

    waiting = []
    for draft in drafts:
        if draft.step:
            waiting.append(draft)
        else:
            accept(draft.relation, draft)
    # A step may itself aim at a step: go on as long as a round resolves one.
    while waiting:
        left = []
        for draft in waiting:
            matches = _find_step(draft, done, by_ends)
            if len(matches) == 1:
                target = matches[0].id
                relation = draft.relation
                identifier = relation.id or f"{relation.source}.{relation.type}.{target}"
                accept(msgspec.structs.replace(relation, id=identifier, target=target), draft)
            elif matches:
                findings.append(_report_several(draft, matches))
            else:
                left.append(draft)
        if len(left) == len(waiting):
            findings += [_report_no_step(draft, done, by_ends) for draft in left]
            break
        waiting = left
    return list(done.values()), citations, findings


def _find_step(
    draft: RelationDraft,
    done: Mapping[str, Relation],
    by_ends: Mapping[tuple[str, str], list[Relation]],
) -> list[Relation]:
    if draft.step in done:
        return [done[draft.step]]
    step = parse_step(draft.step)
    if step is None:
        return []
    source, types, target = step
    ends = qualify(source, draft.text), qualify(target, draft.text)
    return [relation for relation in by_ends.get(ends, ()) if relation.type in types]


def _report_twice(relation: Relation, first: Relation, named: bool) -> Diagnostic:
    where = f" (first in {first.place.path}:{first.place.line})" if first.place else ""
    return report_placed(
        relation.place,
        "error",
        f"the relation {relation.id!r} stands twice{where}",
        "relation-duplicate",
        "Give it another id." if named else "Remove one, or give one of them an `id` of its own.",
    )


def _report_several(draft: RelationDraft, matches: list[Relation]) -> Diagnostic:
    ids = ", ".join(relation.id for relation in matches)
    return report_placed(
        draft.relation.place,
        "error",
        f"{draft.step!r} could be any of {len(matches)} relations",
        "step-ambiguous",
        f"Write the id of one: {ids}.",
    )


def _report_no_step(
    draft: RelationDraft,
    done: Mapping[str, Relation],
    by_ends: Mapping[tuple[str, str], list[Relation]],
) -> Diagnostic:
    step = parse_step(draft.step)
    if step is None:
        remedy = did_you_mean(draft.step, done) or "Write `a -> b`, or the id of a relation."
        return report_placed(
            draft.relation.place, "error", f"no relation {draft.step!r}", "step-unknown", remedy
        )
    source, _, target = step
    ends = qualify(source, draft.text), qualify(target, draft.text)
    if others := by_ends.get(ends):
        remedy = f"There is `{source} {others[0].type} {target}`."
    elif turned := by_ends.get((ends[1], ends[0])):
        remedy = f"The other way round there is `{target} {turned[0].type} {source}`."
    else:
        near = [
            f"`{start.removeprefix(draft.text + '/')} -> {end.removeprefix(draft.text + '/')}`"
            for start, end in sorted(by_ends)
            if start == ends[0] or end == ends[1]
        ]
        remedy = f"Did you mean {' or '.join(near[:3])}?" if near else ""
        if not near:
            remedy = "Write the step down first: `supports` or `explains` under its source."
    return report_placed(
        draft.relation.place,
        "error",
        f"no step leads from {source} to {target}",
        "step-unknown",
        remedy,
    )


def show_paths(
    findings: Iterable[Diagnostic], corpus: Path, bibliography: Path
) -> list[Diagnostic]:
    """Turn the paths of records, the same on every machine, into paths as the user gave them."""
    name = corpus.resolve().name
    shown = []
    for finding in findings:
        folder, _, file = finding.path.partition("/")
        if folder == name and file:
            finding = msgspec.structs.replace(finding, path=(corpus / file).as_posix())
        elif not file and folder == bibliography.name:
            finding = msgspec.structs.replace(finding, path=bibliography.as_posix())
        shown.append(finding)
    return shown


def _place_finding(finding: Diagnostic, text: Text, corpus: str) -> Diagnostic:
    """Move a finding on a source text to the place where the corpus names it."""
    if text.place is None or finding.line:
        return finding
    return msgspec.structs.replace(
        finding,
        path=f"{corpus}/{Path(text.place.path).name}",
        line=text.place.line,
        column=text.place.column,
    )
