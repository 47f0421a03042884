"""``argmap site``."""

from __future__ import annotations

from pathlib import Path

import click

from argmap.cli.options import Settings, share_options, write_to_folder

SHARED_FROM = 1000
"""With more claims than this, all cores make pages."""


@click.command()
@share_options
@write_to_folder("exports/site", "Folder of the site")
@click.option(
    "--style",
    default="chicago-author-date",
    metavar="NAME",
    show_default=True,
    help="Citation style of entries, or a CSL file (extra: cite).",
)
@click.option("--serve", is_flag=True, help="Show the site, and show it anew when files change.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="With --serve: the port; 0 takes any that is free.",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="With --serve: the address to listen on; others let other machines in.",
)
def site(settings: Settings, output: Path, style: str, serve: bool, port: int, host: str) -> None:
    """Write the literature as web pages to read, search and walk through.

    The folder needs no server: open its index.html.  With --serve nothing is written: pages are
    shown from memory with the findings of `argmap check` in place, and with the passages from your
    own copies of the texts.
    """
    from argmap.cli.entries import format_works
    from argmap.cli.finding import tell_failure
    from argmap.cli.loading import load_sound
    from argmap.cli.printing import announce, count, print_json
    from argmap.exports.site.output import find_obstacle, write_site

    if settings.topic is not None:
        raise click.UsageError("A site has every topic, each with a page of its own: no --topic.")
    if serve:
        from argmap.cli.serving import serve_site

        serve_site(settings, style, host, port)
        return
    obstacle = find_obstacle(output)
    if obstacle is not None:
        tell_failure(obstacle)
        raise SystemExit(1)
    loaded = load_sound(settings)
    from argmap.analysis import examine
    from argmap.exports.site import open_library, share_files
    from argmap.exports.site.sharing import count_processes

    announce("Working out disputes and schools …")
    library = open_library(
        examine(loaded.literature, with_analyst=settings.with_analyst),
        entries=format_works(loaded.literature.works, style, as_json=settings.as_json),
    )
    written = write_site(
        output,
        share_files(library),
        lambda number: announce(f"Writing pages: {number:,} …"),
        count_processes() if len(library.claims) > SHARED_FROM else 1,
    )
    announce("")
    if settings.as_json:
        print_json({"folder": output.as_posix(), **written._asdict()})
        return
    told = f"{count(written.files, 'file')}, {written.size / 1e6:,.1f} MB"
    news = f"{written.changed:,} new or changed"
    if written.removed:
        news += f", {written.removed:,} removed"
    click.echo(f"{output.as_posix()}: {told}; {news}.")
    click.echo(f"Open {(output / 'index.html').as_posix()} in a browser.", err=True)
