"""``argmap push``."""

from __future__ import annotations

import click

from argmap.cli.options import Settings, share_options


@click.command()
@share_options
@click.argument("url", metavar="URL")
def push(settings: Settings, url: str) -> None:
    """Send the review to a SPARQL 1.1 endpoint, in place of what it holds of it.

    URL is that of a server, a dataset, or where it takes updates: http://host:7878 (Oxigraph),
    http://host:3030/DATASET/update (Fuseki), http://host:8890/sparql-auth (Virtuoso).
    ARGMAP_STORE_USER and ARGMAP_STORE_PASSWORD, or ARGMAP_STORE_TOKEN, are the credentials. Readers
    find the old review or the new one; other reviews on the server stay.
    """
    from argmap.cli.loading import analyse, load_sound
    from argmap.cli.printing import announce, count, print_findings, print_json
    from argmap.cli.storing import leave_store
    from argmap.diagnostics import as_objects, hide_secrets
    from argmap.graph import StoreError
    from argmap.query.push import push as send

    loaded = load_sound(settings)
    announce("analysing …")
    derived = analyse(loaded, settings)
    announce("")
    try:
        done = send(loaded.literature, derived, url)
    except StoreError as error:
        leave_store(error)
    if settings.as_json:
        print_json(
            {
                "url": hide_secrets(done.url),
                "base": done.base,
                "graphs": done.graphs,
                "dropped": done.dropped,
                "findings": as_objects(done.losses),
            }
        )
        return
    print_findings(done.losses)
    click.echo(
        f"{count(sum(done.graphs.values()), 'triple')} in {count(len(done.graphs), 'graph')} "
        f"sent to {hide_secrets(done.url)}."
    )
    if done.dropped:
        click.echo(f"{count(len(done.dropped), 'graph')} that the review has no longer: dropped.")
    click.echo(f"In Python: argmap.load(store={hide_secrets(_query_url(done.url))!r})", err=True)


def _query_url(url: str) -> str:
    from argmap.query.servers import find_query_url

    return find_query_url(url).replace("/sparql-auth", "/sparql")
