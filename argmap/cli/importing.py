"""``argmap import``."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.cli.options import Settings, share_options

if TYPE_CHECKING:
    from argmap.diagnostics import Diagnostic

SHOWN = 20
"""How many findings of one code are printed one by one; the rest are counted."""


@click.command("import")
@share_options
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
def import_records(settings: Settings, file: Path) -> None:
    """Read records from FILE (JSON, JSONL, Parquet or RDF), check them, and keep them.

    They are kept with --store DIR; without it they are only checked.  Works that FILE does not
    hold are taken from the bibliography.
    """
    from argmap.bibliography import read_bibliography
    from argmap.checks import check_literature
    from argmap.cli.loading import analyse, refuse
    from argmap.cli.printing import announce, count, print_json, summarise_findings
    from argmap.diagnostics import as_objects, has_errors, sort_diagnostics
    from argmap.exports.interchange import read_records_file
    from argmap.literature import Loaded, add_works

    announce(f"reading {file.name} …")
    literature, findings = read_records_file(file)
    if settings.bibliography.exists():
        works, problems = read_bibliography(settings.bibliography)
        findings += problems
        literature = add_works(literature, works)
    announce(f"checking {count(len(literature.claims), 'claim')} …")
    findings += check_literature(literature, origin=file.as_posix())
    findings = sort_diagnostics(findings)
    if has_errors(findings):
        announce("")
        if settings.as_json:
            refuse(findings, as_json=True)
        _print_some([finding for finding in findings if finding.severity == "error"])
        click.echo(f"argmap: {summarise_findings(findings)}; nothing was kept.", err=True)
        sys.exit(1)
    if settings.store is not None:
        from argmap.cli.storing import keep_store

        announce("analysing and storing …")
        keep_store(literature, analyse(Loaded(literature=literature), settings), settings.store)
    announce("")
    numbers = {
        name: len(getattr(literature, name))
        for name in ("claims", "positions", "relations", "citations", "works")
    }
    if settings.as_json:
        print_json({"records": numbers, "findings": as_objects(findings)})
        return
    _print_some(findings)
    told = ", ".join(count(number, name[:-1]) for name, number in numbers.items())
    click.echo(f"{told} read from {file.as_posix()}.")
    if settings.store is None:
        click.echo("Nothing was kept: name a store with --store DIR.", err=True)
    else:
        click.echo(f"Kept in {settings.store}.")


def _print_some(findings: list[Diagnostic]) -> None:
    """Print the first findings of each code, and how many more there are (`--json` has all)."""
    from argmap.cli.printing import count, print_findings

    seen: Counter[str] = Counter()
    for finding in findings:
        seen[finding.code] += 1
        if seen[finding.code] <= SHOWN:
            print_findings([finding])
    for code, number in sorted(seen.items()):
        if number > SHOWN:
            click.echo(
                f"argmap: {count(number - SHOWN, 'more finding')} of {code}; --json shows all.",
                err=True,
            )
