"""``argmap export``."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from argmap.cli.options import Settings, share_options, write_to_file

if TYPE_CHECKING:
    from argmap.diagnostics import Diagnostic
    from argmap.exports.registry import Exporter
    from argmap.model import Derived, Literature

Writer = Callable[[BinaryIO], "list[Diagnostic]"]


@click.command()
@share_options
@click.argument("format_name", metavar="FORMAT")
@click.option(
    "--view",
    default=None,
    metavar="VIEW",
    help="What a graph format shows: claims, holders, full or dispute:ID (default: claims).",
)
@write_to_file
def export(settings: Settings, format_name: str, view: str | None, output: Path | None) -> None:
    """Write the literature in one FORMAT.

    \b
    Everything: json, jsonl, parquet, trig, ttl, nq, jsonld
    A view as a graph: gexf (Gephi), graphml, dot, csv, cytoscape,
      graphology (sigma, Gephi Lite)
    A view as a picture: svg, png
    Contests alone, for solvers: apx, i23
    The works: biblatex (with annotations), csl-json, ris

    csv is two tables: with -o NAME.csv they are NAME-nodes.csv and NAME-edges.csv.
    What the format cannot carry is told on standard error.
    """  # noqa: D301 - click wants the character itself
    from argmap.cli.loading import analyse, load_sound
    from argmap.diagnostics import did_you_mean
    from argmap.exports.registry import list_exporters, load_exporter
    from argmap.extras import require

    exporters = list_exporters()
    if format_name not in exporters:
        hint = did_you_mean(format_name, exporters) or f"There are: {', '.join(exporters)}."
        raise click.UsageError(f"No format {format_name!r}. {hint}")
    exporter = load_exporter(format_name)
    if exporter.binary and output is None and sys.stdout.isatty():
        raise click.UsageError(f"{format_name} is binary: name a file with -o FILE.")
    if view is not None:
        _check_view(exporter, view)
    if exporter.needs is not None:
        require(*exporter.needs)
    loaded = load_sound(settings)
    # Views do not show how stable schools are.
    derived = analyse(loaded, settings, draws=None if exporter.draw is None else 0)
    writers = _choose_writers(exporter, loaded.literature, derived, view, output)
    _write(writers, as_json=settings.as_json)


def _check_view(exporter: Exporter, view: str) -> None:
    from argmap.diagnostics import did_you_mean

    plain = ("claims", "holders", "full")
    if view not in plain and not (view.startswith("dispute:") and view != "dispute:"):
        hint = did_you_mean(view, (*plain, "dispute:ID"))
        raise click.UsageError(
            f"No view {view!r}. {hint or 'There are claims, holders, full and dispute:ID.'}"
        )
    if exporter.draw is None and view != "claims":
        raise click.UsageError(f"{exporter.name} holds everything and has no views.")


def _choose_writers(
    exporter: Exporter,
    literature: Literature,
    derived: Derived,
    view_name: str | None,
    output: Path | None,
) -> dict[Path | None, Writer]:
    """Return what to write where: one file, standard output (None), or a file for each part."""
    from argmap.cli.finding import leave
    from argmap.exports.registry import write_export

    if exporter.draw is None:
        return {output: partial(write_export, exporter, literature, derived)}
    from argmap.exports.view_losses import draw_and_tell
    from argmap.exports.views import ViewUnknown, build_view

    try:
        view = build_view(literature, derived, view_name or "claims")
    except ViewUnknown as unknown:
        leave(str(unknown), unknown.code, unknown.remedy)
    special = output is not None and output.exists() and not output.is_file()
    if not exporter.parts or output is None or special:
        return {output: partial(draw_and_tell, exporter.draw, view, literature, exporter.name)}
    return {
        output.with_name(f"{output.stem}-{part}{output.suffix}"): partial(
            draw_and_tell, draw, view, literature, exporter.name
        )
        for part, draw in exporter.parts
    }


def _write(writers: dict[Path | None, Writer], *, as_json: bool) -> None:
    """Write all files or none, or to standard output, and tell the losses, each once."""
    from argmap.cli.files import write_all
    from argmap.cli.loading import refuse
    from argmap.cli.printing import print_findings
    from argmap.diagnostics import has_errors

    losses: list[Diagnostic] = []

    def fill(write: Writer, file: BinaryIO) -> None:
        losses.extend(write(file))
        if has_errors(losses):
            # Leaves write_all before any file takes its place.
            refuse(losses, as_json=as_json)

    for path, write in writers.items():
        if path is None:
            fill(write, sys.stdout.buffer)
            sys.stdout.buffer.flush()
    write_all({path: partial(fill, write) for path, write in writers.items() if path is not None})
    print_findings(dict.fromkeys(losses))
