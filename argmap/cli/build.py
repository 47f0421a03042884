"""``argmap build``: the main job."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from argmap.cli.options import Settings, share_options

if TYPE_CHECKING:
    from argmap.diagnostics import Diagnostic
    from argmap.literature import Loaded
    from argmap.model import Derived

_DOCUMENTS = ("md", "html", "docx", "pdf")


@click.command()
@share_options
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("exports"),
    metavar="DIR",
    help="Folder to write into (default: exports).",
)
def build(settings: Settings, output: Path) -> None:
    """Check the corpus and write everything into exports/.

    Nothing is written where there is an error.  With --store DIR the graph is kept there as well.
    """
    from argmap.cli.files import write_all
    from argmap.cli.loading import analyse, load_sound, refuse
    from argmap.cli.printing import count, print_json, print_wrapped, printable
    from argmap.diagnostics import has_errors
    from argmap.exports.registry import list_exporters, load_exporter
    from argmap.exports.summary import describe_review
    from argmap.extras import MissingExtra

    loaded = load_sound(settings._replace(store=None))
    derived = analyse(loaded, settings)
    files: dict[Path, bytes] = {}
    losses: dict[str, list[str]] = {}
    for name in list_exporters():
        try:
            exporter = load_exporter(name)
            data, lost = exporter.write(loaded.literature, derived)
        except MissingExtra as missing:
            click.echo(f"argmap: warning: no {name}: {missing} [extra-missing]", err=True)
            continue
        if has_errors(lost):
            refuse(lost, as_json=settings.as_json)
        files[output / f"argmap{exporter.suffix}"] = data
        if lost:
            losses[name] = [finding.message for finding in lost]
    documents, lost = _write_bibliographies(loaded, derived, settings)
    files |= {output / f"bibliography{suffix}": data for suffix, data in documents.items()}
    if lost:
        losses["bibliography"] = [finding.message for finding in lost]
    files[output / "losses.txt"] = _list_losses(losses).encode()
    write_all(files)
    if settings.store is not None:
        from argmap.cli.storing import keep_store

        keep_store(loaded.literature, derived, settings.store)
    if settings.as_json:
        print_json(
            {
                "files": {path.as_posix(): len(data) for path, data in sorted(files.items())},
                "losses": losses,
            }
        )
        return
    click.echo(printable(describe_review(loaded.literature, derived)))
    click.echo(f"Written to {output.as_posix()}/ ({count(len(files), 'file')}):")
    for path, data in sorted(files.items()):
        click.echo(f"  {path.name:<16} {_measure(len(data)):>9}")
    told = ", ".join(f"{name} {len(lost)}" for name, lost in losses.items())
    print_wrapped(f"What some formats leave out ({told}) is told in losses.txt.")


def _write_bibliographies(
    loaded: Loaded, derived: Derived, settings: Settings
) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Return the annotated bibliography by school, by the ending of its file.

    Without the extra ``cite`` it is left to pandoc and biblatex to finish.
    """
    from argmap.analysis import examine
    from argmap.annotations import Ledger
    from argmap.cli.loading import refuse
    from argmap.diagnostics import has_errors
    from argmap.exports.bibliography import (
        DEFAULT_STYLE,
        PLAIN_FORMATS,
        SUFFIXES,
        plan_bibliography,
        write_bibliography,
        write_plainly,
    )
    from argmap.extras import MissingExtra

    ledger = Ledger(examine(loaded.literature, with_analyst=settings.with_analyst), derived)
    plan = plan_bibliography(ledger)
    if not plan.groups:
        return {}, []
    try:
        data, findings = write_bibliography(ledger, plan, DEFAULT_STYLE, _DOCUMENTS)
    except MissingExtra as missing:
        click.echo(
            f"argmap: warning: bibliography.md and .tex are left to pandoc and biblatex to "
            f"finish, no html, docx and pdf: {missing} [extra-missing]",
            err=True,
        )
        source = "argmap.bib"
        plain = {
            SUFFIXES[name]: write_plainly(ledger, plan, name, source) for name in PLAIN_FORMATS
        }
        return plain, []
    if has_errors(findings):
        refuse(findings, as_json=settings.as_json)
    return {SUFFIXES[name]: content for name, content in data.items()}, findings


def _list_losses(losses: dict[str, list[str]]) -> str:
    """Return what each format could not carry; formats that leave out the same stand together."""
    together: dict[tuple[str, ...], list[str]] = {}
    for name, lost in losses.items():
        together.setdefault(tuple(lost), []).append(name)
    parts = []
    for lines, names in together.items():
        parts.append(f"{', '.join(names)}\n" + "".join(f"  - {line}\n" for line in lines))
    return "\n".join(parts)


def _measure(size: int) -> str:
    return f"{size:,} B" if size < 10_000 else f"{size / 1000:,.0f} kB"
