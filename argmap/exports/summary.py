"""The review in a few lines: what there is, what is disputed, what is known only at second hand."""

from __future__ import annotations

import textwrap
from collections import Counter

from argmap.bibliography import describe_work
from argmap.diagnostics import join_words
from argmap.model import STATUSES, Derived, Dispute, Literature

_WIDTH = 78


def describe_review(literature: Literature, derived: Derived) -> str:
    """Return a summary of at most 78 columns that a person can read in half a minute."""
    title = literature.review.title or "The review"
    lines = [title, "=" * len(title), ""]
    numbers = [
        _count(len(literature.claims), "claim"),
        _count(len(literature.positions), "position"),
        _count(len(literature.relations), "relation"),
        _count(len(literature.citations), "citation"),
    ]
    texts = [describe_work(work) for work in literature.works if work.key in _coded(literature)]
    coded = f", coded from {join_words(texts)}" if texts else ""
    lines += _wrap(f"{join_words(numbers)} in {_count(len(literature.works), 'work')}{coded}.")
    statuses = Counter(standing.status for standing in derived.standings)
    told = [f"{statuses[status]} {status}" for status in STATUSES if statuses[status]]
    if told:
        lines += _wrap(f"Of the claims {join_words(told)}.")
    if derived.disputes:
        lines += ["", f"Disputes ({len(derived.disputes)}), deepest first"]
        lines += ["-" * len(lines[-1])]
        statements = {claim.id: claim.statement for claim in literature.claims}
        names = {holder.id: holder.name for holder in literature.holders}
        for number, dispute in enumerate(derived.disputes, 1):
            lines += _describe_dispute(number, dispute, statements, names)
    return "\n".join(lines) + "\n"


def _describe_dispute(
    number: int, dispute: Dispute, statements: dict[str, str], names: dict[str, str]
) -> list[str]:
    lines = textwrap.wrap(
        statements.get(dispute.focal, dispute.focal),
        _WIDTH,
        initial_indent=f"{number:>2}. ",
        subsequent_indent="    ",
    )
    for label, side in (("for", dispute.pro), ("against", dispute.con)):
        lines += textwrap.wrap(
            f"{label}: {'; '.join(names.get(holder, holder) for holder in side)}",
            _WIDTH,
            initial_indent="    ",
            subsequent_indent="        ",
        )
    return lines


def _coded(literature: Literature) -> set[str]:
    return {text.key for text in literature.texts}


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def _wrap(text: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH)
