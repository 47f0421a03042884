"""``argmap build``: the main job."""

from __future__ import annotations

from pathlib import Path

import click

from argmap.cli.options import Settings, share_options


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
