"""``argmap coverage``."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from argmap.cli.options import Settings, share_options

if TYPE_CHECKING:
    from argmap.coverage import TextCoverage


@click.command()
@share_options
@click.option("--all", "everything", is_flag=True, help="List what is covered too.")
def coverage(settings: Settings, everything: bool) -> None:
    """Tell how much of each text is coded, by paragraph and by citation.

    Needs your copies of the texts.  Exits with 1 where a paragraph has neither a claim nor a reason
    for having none, a citation in the text is not recorded, or an entry of the list of references
    is not in the bibliography.
    """
    from argmap.cli.finding import leave
    from argmap.cli.loading import load_sound
    from argmap.cli.printing import count, print_json
    from argmap.coverage import measure_coverage

    if settings.store is not None:
        leave("coverage reads the corpus and the texts; a store holds no text", "text-not-checked")
    loaded = load_sound(settings)
    measured = measure_coverage(loaded)
    missing = [text.key for text in loaded.literature.texts if text.key not in loaded.sources]
    if not measured:
        leave("no copy of a text at hand: name their folder with --texts DIR", "text-not-checked")
    gaps = sum(entry.gaps for entry in measured)
    if settings.as_json:
        print_json([_tabulate(entry) for entry in measured])
    else:
        for number, entry in enumerate(measured):
            if number:
                click.echo()
            _print_text(entry, everything=everything)
    for key in missing:
        click.echo(f"{key}: not measured, no copy of the text at hand.", err=True)
    click.echo(f"{count(gaps, 'gap')}." if gaps else "No gap.", err=True)
    if gaps:
        sys.exit(1)


def _print_text(coverage_: TextCoverage, *, everything: bool) -> None:
    from argmap.cli.printing import count, print_wrapped

    paragraphs = coverage_.paragraphs
    coded = [entry for entry in paragraphs if entry.claims]
    excused = [entry for entry in paragraphs if entry.because and not entry.claims]
    recorded = [entry for entry in coverage_.citations if entry.recorded]
    click.echo(click.style(coverage_.text, bold=True))
    print_wrapped(
        f"{count(len(paragraphs), 'paragraph')}: {len(coded)} with claims, {len(excused)} without "
        f"a claim for a stated reason, {len(paragraphs) - len(coded) - len(excused)} open.",
        indent="    ",
        first="  ",
    )
    print_wrapped(
        f"{count(len(coverage_.citations), 'citation')} of works in "
        f"{count(coverage_.clusters, 'place')}: {len(recorded)} recorded, "
        f"{len(coverage_.citations) - len(recorded)} not.",
        indent="    ",
        first="  ",
    )
    roles = Counter(citation.role for entry in recorded for citation in entry.recorded)
    told = [
        f"{role} {number}" for role, number in sorted(roles.items(), key=lambda i: (-i[1], i[0]))
    ]
    if told:
        print_wrapped(f"Recorded as {', '.join(told)}.", indent="    ", first="  ")
    print_wrapped(
        f"{count(len(coverage_.listed), 'work')} in the list of references, "
        f"{len(coverage_.never_cited)} of them never cited; "
        f"{count(len(coverage_.never_listed), 'work')} cited but not listed.",
        indent="    ",
        first="  ",
    )
    print_wrapped(
        f"{count(len(coverage_.second_hand), 'claim')} known only at second hand.",
        indent="    ",
        first="  ",
    )
    for title, names in (
        ("Never cited", coverage_.never_cited),
        ("Cited but not listed", coverage_.never_listed),
        ("In the list, not in the bibliography", coverage_.not_in_bibliography),
    ):
        if names:
            print_wrapped(f"{title}: {', '.join(names)}.", indent="    ", first="  ")
    for told_of in coverage_.unresolved:
        print_wrapped(f"Not resolved: {told_of}.", indent="    ", first="  ")
    _print_paragraphs(coverage_, everything=everything)
    _print_citations(coverage_, everything=everything)
    if everything and coverage_.second_hand:
        click.echo("  Known only at second hand")
        for claim in coverage_.second_hand:
            click.echo(f"    {claim.rpartition('/')[2]}")


def _print_paragraphs(coverage_: TextCoverage, *, everything: bool) -> None:
    from argmap.cli.printing import print_wrapped

    shown = [entry for entry in coverage_.paragraphs if everything or not entry.covered]
    if shown:
        click.echo("  Paragraphs" if everything else "  Paragraphs without claim or reason")
    for entry in shown:
        paragraph = entry.paragraph
        slugs = ", ".join(claim.rpartition("/")[2] for claim in entry.claims)
        told = slugs or (f"none: {entry.because}" if entry.because else "open")
        page = f"p. {paragraph.page}" if paragraph.page else ""
        place = ", ".join(part for part in (page, paragraph.section or "") if part)
        words = paragraph.words.rstrip(" …")
        print_wrapped(
            f"{paragraph.number}. {place}{', ' if place else ''}“{words} …”: {told}",
            indent="       ",
            first="    ",
        )


def _print_citations(coverage_: TextCoverage, *, everything: bool) -> None:
    from argmap.cli.printing import print_wrapped

    shown = [entry for entry in coverage_.citations if everything or not entry.recorded]
    if shown:
        click.echo("  Citations" if everything else "  Citations that are not recorded")
    for entry in shown:
        found = entry.found
        purposes = dict.fromkeys(
            f"{citation.role} for {(citation.claim or citation.relation).partition('/')[2]}"
            for citation in entry.recorded
        )
        slip = f" (misspelt, taken for {found.corrected})" if found.corrected else ""
        page = f"p. {found.page} " if found.page else ""
        print_wrapped(
            f"{page}{found.work}, printed “{found.printed}”{slip}: "
            + ("; ".join(purposes) or "not recorded"),
            indent="       ",
            first="    ",
        )
    if everything and coverage_.unseen:
        click.echo("  Recorded, but not found as citations in the text")
        for citation in coverage_.unseen:
            where = (citation.claim or citation.relation).partition("/")[2]
            print_wrapped(f"{citation.work}: {citation.role} for {where}", indent="    ")


def _tabulate(coverage_: TextCoverage) -> dict[str, Any]:
    return {
        "text": coverage_.text,
        "gaps": coverage_.gaps,
        "clusters": coverage_.clusters,
        "paragraphs": [
            {
                "number": entry.paragraph.number,
                "page": entry.paragraph.page,
                "section": entry.paragraph.section,
                "start": entry.paragraph.start,
                "end": entry.paragraph.end,
                "claims": list(entry.claims),
                "none": entry.because,
            }
            for entry in coverage_.paragraphs
        ],
        "citations": [
            {
                "work": entry.found.work,
                "printed": entry.found.printed,
                "page": entry.found.page,
                "locator": entry.found.locator,
                "start": entry.found.start,
                "end": entry.found.end,
                "cluster": entry.found.cluster,
                "recorded": [
                    {
                        "claim": citation.claim,
                        "relation": citation.relation,
                        "role": citation.role,
                        "locator": citation.locator,
                    }
                    for citation in entry.recorded
                ],
            }
            for entry in coverage_.citations
        ],
        "listed": list(coverage_.listed),
        "never_cited": list(coverage_.never_cited),
        "never_listed": list(coverage_.never_listed),
        "not_in_bibliography": list(coverage_.not_in_bibliography),
        "second_hand": list(coverage_.second_hand),
        "unresolved": list(coverage_.unresolved),
    }
