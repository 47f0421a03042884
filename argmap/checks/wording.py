"""Rules on statements: in our own words, and each said once."""

from __future__ import annotations

from collections.abc import Iterator

from argmap.checks.context import Context, Placed
from argmap.diagnostics import Diagnostic
from argmap.texts.passages import list_runs, match_runs

RUN = 8
"""How many consecutive words of a source make a quotation."""


def check_verbatim(context: Context) -> Iterator[Diagnostic]:
    """verbatim: a statement or reason that repeats the words of a text at hand."""
    written: list[tuple[Placed, str, str]] = []
    for claim in context.literature.claims:
        written.append((claim, "claim", claim.statement))
        if claim.alone:
            written.append((claim, "alone", claim.alone))
    written += [(r, "", r.because) for r in context.literature.relations if r.because]
    written += [(p, "", p.because) for p in context.literature.uncoded if p.because]
    if not context.sources:
        return
    runs = [list_runs(words, RUN) for _, _, words in written]
    wanted = {run for statement in runs for run in statement}
    for key, source in context.sources.items():
        found = match_runs(source, wanted, RUN)
        if not found:
            continue
        for (record, field, _), statement in zip(written, runs, strict=True):
            spans = [found[run] for run in statement if run in found]
            if spans:
                page = source.page_at(spans[0][0])
                yield context.report(
                    record,
                    "warning",
                    f"{RUN} or more consecutive words stand in {key}"
                    + (f", p. {page}" if page else ""),
                    "verbatim",
                    "Say it in your own words; the anchor leads readers to the text's.",
                    field=field,
                )


def check_statements(context: Context) -> Iterator[Diagnostic]:
    """statement-empty: a statement without a word; statement-duplicate: the same under two ids."""
    seen: dict[str, str] = {}
    for claim in context.literature.claims:
        key = " ".join(
            "".join(c if c.isalnum() else " " for c in claim.statement.casefold()).split()
        )
        if not claim.statement and context.places:
            continue  # The reader of corpus files has reported it.
        if not key:
            yield context.report(
                claim,
                "error",
                f"the statement of {claim.id!r} holds no letter and no digit",
                "statement-empty",
                "Say in one sentence what is claimed.",
                field="claim",
            )
            continue
        if key in seen:
            yield context.report(
                claim,
                "warning",
                f"{claim.id!r} states the same as {seen[key]!r}",
                "statement-duplicate",
                "Add the position to the first claim, or say what is different.",
                field="claim",
            )
        seen.setdefault(key, claim.id)
