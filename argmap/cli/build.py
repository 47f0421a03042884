"""``argmap build``: the main job."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from argmap.cli.options import Settings, share_options, write_to_folder

if TYPE_CHECKING:
    from argmap.cli.files import Content
    from argmap.diagnostics import Diagnostic
    from argmap.exports.view_records import View
    from argmap.model import Derived, Literature

Writer = Callable[[BinaryIO], "list[Diagnostic]"]


@click.command()
@share_options
@write_to_folder("exports", "Folder to write into")
def build(settings: Settings, output: Path) -> None:
    """Check the corpus and write everything into exports/.

    Nothing is written where there is an error.  With --store DIR the graph is kept there as well.
    """
    from argmap.cli.files import write_all
    from argmap.cli.loading import analyse, load_sound
    from argmap.cli.printing import count, print_json, print_wrapped, printable
    from argmap.exports.summary import describe_review

    loaded = load_sound(settings._replace(store=None))
    derived = analyse(loaded, settings)
    losses: dict[str, list[Diagnostic]] = {}
    files: dict[Path, Content] = {}
    planned = chain(
        plan_files(loaded.literature, derived), plan_bibliographies(loaded.literature, derived)
    )
    for name, format_name, write in planned:
        told = losses.setdefault(format_name, [])
        files[output / name] = partial(_fill, write, told, settings.as_json)
    files[output / "losses.txt"] = lambda file: file.write(_list_losses(losses).encode())
    write_all(files)
    if settings.store is not None:
        from argmap.cli.storing import keep_store

        keep_store(loaded.literature, derived, settings.store)
    sizes = {path: path.stat().st_size for path in sorted(files)}
    if settings.as_json:
        print_json(
            {
                "files": {path.as_posix(): size for path, size in sizes.items()},
                "losses": {name: _tell(lost) for name, lost in losses.items() if lost},
            }
        )
        return
    click.echo(printable(describe_review(loaded.literature, derived)))
    click.echo(f"Written to {output.as_posix()}/ ({count(len(files), 'file')}):")
    width = max(len(path.name) for path in sizes)
    for path, size in sizes.items():
        click.echo(f"  {path.name:<{width}} {_measure(size):>9}")
    counts = ", ".join(f"{name} {len(_tell(lost))}" for name, lost in losses.items() if lost)
    print_wrapped(f"What some formats leave out ({counts}) is told in losses.txt.")


VIEWS_OF_FORMATS = {"gexf": ("claims", "holders", "full"), "svg": ("holders",), "png": ()}
"""What build shows in the formats of graphs; in those that are not named, the claims."""
_LARGEST_PICTURE = 300
_DOCUMENTS = ("md", "html", "docx", "pdf")


def plan_files(literature: Literature, derived: Derived) -> Iterator[tuple[str, str, Writer]]:
    """Yield the files of build: a name, the format, and the function that writes it.

    Formats whose extra is not installed are named on standard error and left out.
    """
    from functools import cache

    from argmap.exports.registry import list_exporters, load_exporter, write_export
    from argmap.exports.view_losses import draw_and_tell
    from argmap.extras import MissingExtra, require

    @cache
    def show(name: str) -> View:
        from argmap.exports.views import build_view

        return build_view(literature, derived, name)

    for name in list_exporters():
        try:
            exporter = load_exporter(name)
            if exporter.needs is not None:
                require(*exporter.needs)
            if exporter.write is not None:
                # Known at once whether a module is missing, whoever wrote the exporter.
                data, found = exporter.write(literature, derived)
                yield f"argmap{exporter.suffix}", name, partial(_copy, data, found)
                continue
        except MissingExtra as missing:
            click.echo(f"argmap: warning: no {name}: {missing} [extra-missing]", err=True)
            continue
        if exporter.draw is None:
            writer = partial(write_export, exporter, literature, derived)
            yield f"argmap{exporter.suffix}", name, writer
            continue
        for view_name in VIEWS_OF_FORMATS.get(name, ("claims",)):
            view = show(view_name)
            if name == "svg" and len(view.nodes) > _LARGEST_PICTURE:
                click.echo(f"argmap: no picture of {len(view.nodes):,} {view_name}.", err=True)
                continue
            for part, draw in exporter.parts or (("", exporter.draw),):
                stem = f"argmap-{view_name}{'-' if part else ''}{part}"
                writer = partial(draw_and_tell, draw, view, literature, name)
                yield f"{stem}{exporter.suffix}", name, writer


def plan_bibliographies(
    literature: Literature, derived: Derived
) -> Iterator[tuple[str, str, Writer]]:
    """Yield the annotated bibliography by school, as :func:`plan_files` does.

    Without the extra ``cite`` it is left to pandoc and biblatex to finish.
    """
    from argmap.analysis import examine
    from argmap.annotations import Ledger
    from argmap.exports.bibliography import (
        DEFAULT_STYLE,
        PLAIN_FORMATS,
        SUFFIXES,
        plan_bibliography,
        write_bibliography,
        write_plainly,
    )
    from argmap.extras import MissingExtra

    with_analyst = derived.parameters.get("with_analyst") == "true"
    ledger = Ledger(examine(literature, with_analyst=with_analyst), derived)
    plan = plan_bibliography(ledger)
    if not plan.groups:
        return
    found: list[Diagnostic] = []
    try:
        written, found = write_bibliography(ledger, plan, DEFAULT_STYLE, _DOCUMENTS)
    except MissingExtra as missing:
        click.echo(
            f"argmap: warning: bibliography.md and .tex are left to pandoc and biblatex to "
            f"finish, no html, docx and pdf: {missing} [extra-missing]",
            err=True,
        )
        written = {name: write_plainly(ledger, plan, name, "argmap.bib") for name in PLAIN_FORMATS}
    for name, content in written.items():
        yield f"bibliography{SUFFIXES[name]}", "bibliography", partial(_copy, content, found)
        found = []  # told once


def _copy(data: bytes, found: list[Diagnostic], file: BinaryIO) -> list[Diagnostic]:
    file.write(data)
    return found


def _fill(write: Writer, told: list[Diagnostic], as_json: bool, file: BinaryIO) -> None:
    """Write a file and keep what it could not carry; leave before any file takes its place."""
    from argmap.cli.loading import refuse
    from argmap.diagnostics import has_errors

    found = write(file)
    if has_errors(found):
        refuse(found, as_json=as_json)
    told.extend(found)


def _tell(lost: list[Diagnostic]) -> list[str]:
    return list(dict.fromkeys(finding.message for finding in lost))


def _list_losses(losses: dict[str, list[Diagnostic]]) -> str:
    """Return what each format could not carry; formats that leave out the same stand together."""
    together: dict[tuple[str, ...], list[str]] = {}
    for name, lost in losses.items():
        if lost:
            together.setdefault(tuple(_tell(lost)), []).append(name)
    parts = []
    for lines, names in together.items():
        parts.append(f"{', '.join(names)}\n" + "".join(f"  - {line}\n" for line in lines))
    return "\n".join(parts)


def _measure(size: int) -> str:
    return f"{size:,} B" if size < 10_000 else f"{size / 1000:,.0f} kB"
