"""``argmap export``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from argmap.cli.options import Settings, share_options


@click.command()
@share_options
@click.argument("format_name", metavar="FORMAT")
@click.option(
    "--view",
    default="claims",
    metavar="VIEW",
    help="What a graph format shows: claims, holders, full or dispute:ID (default: claims).",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    default=None,
    metavar="FILE",
    help="Write to a file (default: standard output).",
)
def export(settings: Settings, format_name: str, view: str, output: Path | None) -> None:
    """Write the literature in one FORMAT: json, jsonl, parquet, trig, ttl, nq, jsonld, apx or i23.

    What the format cannot carry is told on standard error.
    """
    from argmap.cli.files import write_whole
    from argmap.cli.loading import analyse, load_sound, refuse
    from argmap.cli.printing import print_findings
    from argmap.diagnostics import did_you_mean, has_errors
    from argmap.exports.registry import list_exporters, load_exporter

    exporters = list_exporters()
    if format_name not in exporters:
        hint = did_you_mean(format_name, exporters) or f"There are: {', '.join(exporters)}."
        raise click.UsageError(f"No format {format_name!r}. {hint}")
    exporter = load_exporter(format_name)
    if exporter.binary and output is None and sys.stdout.isatty():
        raise click.UsageError(f"{format_name} is binary: name a file with -o FILE.")
    if view not in ("claims", "holders", "full") and not view.startswith("dispute:"):
        raise click.UsageError(f"No view {view!r}. There are claims, holders, full and dispute:ID.")
    if view != "claims":
        raise click.UsageError(f"{format_name} holds everything and has no views.")
    loaded = load_sound(settings)
    data, losses = exporter.write(loaded.literature, analyse(loaded, settings))
    if has_errors(losses):
        refuse(losses, as_json=settings.as_json)
    print_findings(losses)
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_whole(output, data)
