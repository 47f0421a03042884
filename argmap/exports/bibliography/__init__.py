"""The annotated bibliography of a literature, in any citation style and in seven formats.

:func:`plan_bibliography` chooses and groups works, :func:`write_bibliography` writes them; with
:data:`NO_STYLE` entries and citations are left to pandoc or biblatex, which needs no extra.
"""

from __future__ import annotations

from collections.abc import Sequence

from argmap.annotations import Ledger
from argmap.diagnostics import Diagnostic
from argmap.exports.bibliography.document import Plan
from argmap.exports.bibliography.groups import (
    GROUPINGS,
    KINDS,
    Grouping,
    Only,
    choose_works,
    group_works,
    list_works,
)
from argmap.model import Dispute

__all__ = [
    "BINARY",
    "DEFAULT_STYLE",
    "FORMATS",
    "GROUPINGS",
    "KINDS",
    "NO_STYLE",
    "PLAIN_FORMATS",
    "SUFFIXES",
    "list_works",
    "plan_bibliography",
    "write_bibliography",
    "write_plainly",
]

FORMATS = ("md", "html", "docx", "latex", "typst", "pdf", "json")
PLAIN_FORMATS = ("md", "latex")
SUFFIXES = {"md": ".md", "html": ".html", "docx": ".docx", "latex": ".tex", "typst": ".typ"}
SUFFIXES |= {"pdf": ".pdf", "json": ".json"}
BINARY = ("docx", "pdf")
NO_STYLE = "none"
DEFAULT_STYLE = "chicago-author-date"


def plan_bibliography(
    ledger: Ledger,
    *,
    grouping: Grouping = "school",
    keys: Sequence[str] = (),
    only: Only | None = None,
    dispute: Dispute | None = None,
    topic: str | None = None,
) -> Plan:
    """Return which works a bibliography holds and how they are grouped.

    Parameters
    ----------
    ledger
        The literature and what analysis found of it.
    grouping
        By school, topic, dispute, text, year, or not at all.
    keys, only, topic
        Only these works; only works *cited* in a coded text, that *held* a position, or that take
        part in a *disputed* claim; only works with claims on a topic.
    dispute
        Only the works on both sides of this dispute, grouped by side.
    """
    review = ledger.literature.review
    chosen = choose_works(ledger, keys=keys, only=only, dispute=dispute, topic=topic)
    name = review.title or "The review"
    title = f"{name}: an annotated bibliography"
    if dispute is not None:
        title = f"{name}: both sides of a debate"
    return Plan(
        title=title,
        creators=review.creators,
        grouping="dispute" if dispute is not None else grouping,
        groups=group_works(ledger, chosen, grouping, dispute=dispute),
        dispute=dispute,
    )


def write_bibliography(
    ledger: Ledger, plan: Plan, style: str, formats: Sequence[str]
) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Return a bibliography in each of some formats; they are formatted once for all of them.

    Findings of severity error, and no bytes, where there is no such style or pandoc refuses it;
    notes on entries that pandoc reads otherwise than they are written.

    Raises
    ------
    MissingExtra
        Where the extra ``cite`` is not installed.
    """
    from argmap.citing import PandocError, find_style
    from argmap.exports.bibliography import formats as written
    from argmap.exports.bibliography.document import format_document

    found, findings = find_style(style)
    if found is None:
        return {}, findings
    try:
        document = format_document(ledger, plan, found)
    except PandocError as error:
        return {}, [
            Diagnostic(
                path=style if style.endswith(".csl") else f"--style {style}",
                message=f"pandoc refuses this: {' '.join(str(error).split())[:300]}",
                code="style-refused",
                remedy="Try another style; if it is refused as well, the entries are at fault.",
            )
        ]
    data = {name: written.FORMATS[name].write(document) for name in formats}
    notes = list(document.findings)
    if "pdf" in formats and (lacking := written.list_unset(document)):
        notes.append(
            Diagnostic(
                path="bibliography --format pdf",
                severity="note",
                message=f"no character of these is in Typst's own fonts: {lacking}",
                code="pdf-font",
                remedy="They are printed where a font of this machine has them; look at the PDF.",
            )
        )
    return data, notes


def write_plainly(ledger: Ledger, plan: Plan, format_name: str, bibliography: str) -> bytes:
    """Return a bibliography as Markdown for pandoc or as LaTeX for biblatex.

    ``bibliography`` is the path of the ``.bib`` file that the Markdown names.
    """
    from argmap.exports.bibliography.plain import write_plain_latex, write_plain_markdown

    if format_name == "latex":
        return write_plain_latex(ledger, plan)
    return write_plain_markdown(ledger, plan, bibliography)
