"""``argmap bibliography``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, cast

import click

from argmap.cli.options import Settings, share_options, write_to_file

if TYPE_CHECKING:
    from argmap.analysis import Findings
    from argmap.annotations import Ledger
    from argmap.exports.bibliography.document import Plan
    from argmap.exports.bibliography.groups import Grouping, Only
    from argmap.extras import MissingExtra
    from argmap.literature import Loaded
    from argmap.model import Derived, Dispute

_FORMATS = ("md", "html", "docx", "latex", "typst", "pdf", "json")
_GROUPINGS = ("school", "topic", "dispute", "text", "year", "none")
_SUFFIXES = {
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".docx": "docx",
    ".tex": "latex",
    ".typ": "typst",
    ".pdf": "pdf",
    ".json": "json",
}


@click.command()
@share_options
@click.option(
    "--style",
    default="chicago-author-date",
    metavar="STYLE|FILE.csl",
    help="Citation style: chicago-author-date, apa, mla, harvard, any other of the CSL project, "
    "a CSL file, or none (default: chicago-author-date).",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(_FORMATS),
    default=None,
    help="Format (default: as the file's name says, else md).",
)
@click.option(
    "--group-by",
    "grouping",
    type=click.Choice(_GROUPINGS),
    default="school",
    help="Headings (default: school).",
)
@click.option(
    "--works",
    "wanted",
    multiple=True,
    metavar="KEY,...",
    help="Only these works.",
)
@click.option(
    "--only",
    type=click.Choice(("cited", "held", "disputed")),
    default=None,
    help="Only works cited in a text, that hold a claim, or that take part in a dispute.",
)
@click.option("--dispute", metavar="ID", default=None, help="Only the two sides of one dispute.")
@write_to_file
def bibliography(
    settings: Settings,
    style: str,
    format_name: str | None,
    grouping: str,
    wanted: tuple[str, ...],
    only: str | None,
    dispute: str | None,
    output: Path | None,
) -> None:
    """Print an annotated bibliography: every work with what it claims and who answers.

    Entries follow the style to the letter. Your own annotations, corpus/annotations/KEY.md, come
    first. With --style none citations are left as pandoc and biblatex have them.
    """
    from argmap.annotations import Ledger
    from argmap.cli.files import write_whole
    from argmap.cli.loading import load_sound
    from argmap.exports.bibliography import BINARY, GROUPINGS, KINDS, NO_STYLE, PLAIN_FORMATS

    chosen = _choose_format(settings, format_name, output)
    if chosen in BINARY and output is None and sys.stdout.isatty():
        raise click.UsageError(f"{chosen} is binary: name a file with -o FILE.")
    if style == NO_STYLE and chosen not in PLAIN_FORMATS:
        raise click.UsageError(f"Without a style there is md and latex, but no {chosen}.")
    told = _SUFFIXES.get(output.suffix.lower(), chosen) if output is not None else chosen
    if output is not None and format_name is not None and told != chosen:
        raise click.UsageError(
            f"The name {output.name!r} says {told}, and --format says {chosen}: "
            "leave --format out, or choose another name."
        )
    assert grouping in GROUPINGS
    assert only is None or only in KINDS
    loaded = load_sound(settings)
    ledger = Ledger(*_examine(loaded, settings))
    plan = _plan(settings, ledger, grouping, wanted, only, dispute)
    data = _write(settings, ledger, plan, style, chosen)
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_whole(output, data)


def _choose_format(settings: Settings, named: str | None, output: Path | None) -> str:
    if settings.as_json:
        if named not in (None, "json"):
            raise click.UsageError(f"--json and --format {named} exclude each other.")
        return "json"
    if named is not None:
        return named
    if output is None:
        return "md"
    suffix = output.suffix.lower()
    if suffix not in _SUFFIXES:
        known = ", ".join(dict.fromkeys(_FORMATS))
        raise click.UsageError(
            f"The name {output.name!r} tells no format: choose one with --format ({known})."
        )
    return _SUFFIXES[suffix]


def _examine(loaded: Loaded, settings: Settings) -> tuple[Findings, Derived]:
    from argmap.analysis import derive, examine

    findings = examine(loaded.literature, with_analyst=settings.with_analyst)
    return findings, derive(findings)


def _plan(
    settings: Settings,
    ledger: Ledger,
    grouping: str,
    wanted: tuple[str, ...],
    only: str | None,
    dispute: str | None,
) -> Plan:
    from argmap.cli.finding import check_known
    from argmap.exports.bibliography import plan_bibliography

    keys = [key for part in wanted for key in part.replace(",", " ").split()]
    keys = [key.strip().removeprefix("@") for key in keys]
    for key in keys:
        check_known("work", key, set(ledger.works))
    if wanted and not keys:
        raise click.UsageError("--works names no work.")
    plan = plan_bibliography(
        ledger,
        grouping=cast("Grouping", grouping),
        keys=keys,
        only=cast("Only | None", only),
        dispute=_find_dispute(ledger, dispute) if dispute is not None else None,
        topic=settings.topic,
    )
    if not plan.groups:
        _refuse_empty(settings)
    return plan


def _find_dispute(ledger: Ledger, name: str) -> Dispute:
    """Return a dispute by its number, or by any claim in it."""
    from argmap.cli.finding import leave_unknown

    disputes = ledger.derived.disputes
    if name.isdigit() and 0 < int(name) <= len(disputes):
        return disputes[int(name) - 1]
    for whole in (True, False):
        for dispute in disputes:
            for claim in dispute.claims:
                if name in (claim, "" if whole else claim.rpartition("/")[2]):
                    return dispute
    names = {claim for dispute in disputes for claim in dispute.claims}
    leave_unknown("dispute", name, names | {each.rpartition("/")[2] for each in names})


def _write(settings: Settings, ledger: Ledger, plan: Plan, style: str, chosen: str) -> bytes:
    from argmap.cli.loading import refuse
    from argmap.cli.printing import print_findings
    from argmap.diagnostics import has_errors
    from argmap.exports.bibliography import (
        NO_STYLE,
        PLAIN_FORMATS,
        write_bibliography,
        write_plainly,
    )
    from argmap.extras import MissingExtra

    source = settings.bibliography.as_posix()
    if style == NO_STYLE:
        return write_plainly(ledger, plan, chosen, source)
    try:
        data, findings = write_bibliography(ledger, plan, style, [chosen])
    except MissingExtra as missing:
        if chosen not in PLAIN_FORMATS:
            _tell_ways_out(missing)
        finish = "pandoc --citeproc" if chosen == "md" else "biblatex and biber"
        click.echo(
            f"argmap: warning: no style {style}, entries and citations are left to {finish}: "
            f"{missing} [extra-missing]",
            err=True,
        )
        return write_plainly(ledger, plan, chosen, source)
    if has_errors(findings):
        refuse(findings, as_json=settings.as_json)
    print_findings(findings)
    return data[chosen]


def _tell_ways_out(missing: MissingExtra) -> NoReturn:
    """Say what is missing, and what can be had without it."""
    click.echo(
        f"argmap: error: {missing} [extra-missing]\n"
        "    Without it there is --format md for pandoc, and --format latex for biblatex.",
        err=True,
    )
    sys.exit(1)


def _refuse_empty(settings: Settings) -> NoReturn:
    from argmap.cli.loading import refuse
    from argmap.diagnostics import Diagnostic

    finding = Diagnostic(
        path=settings.bibliography.as_posix(),
        message="no work meets these conditions",
        code="bibliography-empty",
        remedy="Leave out --works, --only, --topic or --dispute.",
    )
    refuse([finding], as_json=settings.as_json)
