"""``argmap query``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from argmap.cli.options import Settings, share_options

if TYPE_CHECKING:
    from argmap.query import Review
    from argmap.query.named import NamedQuery
    from argmap.query.tables import Table


@click.command()
@share_options
@click.argument("query_name", metavar="[NAME|FILE.rq|-]", required=False)
@click.argument("values", nargs=-1, metavar="[VALUE]...")
@click.option(
    "--set",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="Give a variable of the query a value (may be repeated).",
)
@click.option("--base", metavar="IRI", help="Which review, where a server holds several.")
@click.option(
    "--form",
    type=click.Choice(["table", "csv", "markdown", "rq"]),
    default="table",
    show_default=True,
    help="How rows are printed; rq prints the query itself.",
)
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True, max=1_000_000),
    default=60.0,
    show_default=True,
    metavar="SECONDS",
    help="Give up after so many seconds.",
)
@click.option("--allow-service", is_flag=True, help="Let the query ask other servers (SERVICE).")
def query(
    settings: Settings,
    query_name: str | None,
    values: tuple[str, ...],
    parameters: tuple[str, ...],
    base: str | None,
    form: str,
    time_limit: float,
    allow_service: bool,
) -> None:
    """Ask the graph in SPARQL: a named query, a file, or - for standard input.

    Without NAME, list the named queries. VALUEs are what they are about: claims, works, holders and
    topics, named as everywhere. With --store the store or the server (URL) answers.
    """
    import msgspec

    from argmap.cli.finding import leave_name
    from argmap.cli.printing import count, print_json
    from argmap.graph import StoreError
    from argmap.query.errors import QueryError
    from argmap.query.names import UnknownName
    from argmap.query.results import make_table
    from argmap.query.syntax import find_form

    if time_limit != time_limit:
        raise click.BadParameter("it must be a number of seconds", param_hint="--time-limit")
    if query_name is None:
        _list_queries(settings)
        return
    named = {}
    for each in parameters:
        name, equals, value = each.partition("=")
        if not equals or not name:
            raise click.UsageError(f"--set takes NAME=VALUE, not {each!r}.")
        name = name.lstrip("?$")
        if name in named:
            raise click.UsageError(f"--set gives {name} a value twice.")
        named[name] = value
    try:
        chosen = _find_query(query_name)
        if form == "rq":
            click.echo(chosen.text, nl=False)
            return
        review = _open_review(settings, base, time_limit)
        free: dict[str, Any] = {} if chosen.parameters else dict(named)
        asked = find_form(chosen.text)
        if free and not values:
            table = make_table(
                review.sparql(
                    chosen.text, time_limit=time_limit, allow_service=allow_service, **free
                )
            )
        else:
            table = review.run_query(
                chosen, values, named, time_limit=time_limit, allow_service=allow_service
            )
    except UnknownName as unknown:
        leave_name(unknown)
    except QueryError as wrong:
        from argmap.cli.finding import tell_failure

        path = query_name if wrong.diagnostic.line else "argmap"
        tell_failure(msgspec.structs.replace(wrong.diagnostic, path=path))
        sys.exit(1)
    except StoreError as wrong:
        from argmap.cli.storing import leave_store

        leave_store(wrong)
    if settings.as_json:
        print_json(table.records() if asked != "ASK" else table.rows[0][0])
        return
    _print_rows(table, form)
    if asked != "ASK":
        click.echo(f"{count(len(table), 'row')}.", err=True)


def _find_query(name: str) -> NamedQuery:
    """Return a named query, or that of a file or of standard input."""
    from argmap.cli.finding import leave
    from argmap.query.named import find_query, list_queries, parse_query

    if name == "-":
        data = sys.stdin.buffer.read()
        path = "standard input"
    elif name not in list_queries() and (name.endswith(".rq") or Path(name).is_file()):
        data = Path(name).read_bytes()
        path = name
    else:
        return find_query(name)
    try:
        return parse_query(path, data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        leave(f"{path} is no text in UTF-8", "query-encoding", "Save it as UTF-8.")


def _open_review(settings: Settings, base: str | None, time_limit: float) -> Review:
    """Return the review of the corpus, or one on a store or a server that answers by itself."""
    from argmap.cli.loading import load_sound
    from argmap.query import Review, load

    if settings.store is not None and "://" in settings.store:
        from argmap.query.endpoints import connect

        return Review(None, connect(settings.store, base=base, time_limit=time_limit))
    if base is not None:
        raise click.UsageError("--base goes with the --store URL of a server.")
    if settings.store is not None:
        return load(store=settings.store)
    return Review(load_sound(settings))


def _list_queries(settings: Settings) -> None:
    from argmap.cli.printing import print_json, print_table
    from argmap.query.named import list_queries

    queries = list_queries().values()
    if settings.as_json:
        print_json(list(queries))
        return
    rows = []
    for each in queries:
        names = " ".join(parameter.name.upper() for parameter in each.parameters)
        rows.append((f"{each.name} {names}".rstrip(), each.title))
    print_table((("argmap query", {"no_wrap": True}), ("What it asks", {"overflow": "fold"})), rows)


def _print_rows(table: Table, form: str) -> None:
    """Print rows as a table, as Markdown, or as CSV by RFC 4180."""
    from argmap.cli.printing import NARROW, break_words, print_table, printable
    from argmap.diagnostics import escape_unprintable
    from argmap.query.tables import show_value

    if form == "markdown":
        click.echo(table.markdown())
    elif form == "csv":
        import csv

        # A file gets the values as they are; on a terminal they must not move the cursor.
        show = escape_unprintable if sys.stdout.isatty() else str
        writer = csv.writer(sys.stdout)
        writer.writerow(map(show, table.columns))
        writer.writerows(
            [None if value is None else show(show_value(value)) for value in row]
            for row in table.rows
        )
    elif len(table):
        cells = [[printable(show_value(value)) for value in row] for row in table.rows]
        longest = [
            max(len(name), *(len(row[place]) for row in cells))
            for place, name in enumerate(table.columns)
        ]
        weights = [3 if name == "statement" else 1 for name in table.columns]
        widths = _share_width(longest, weights, NARROW - 3 * (len(longest) - 1))
        print_table(
            [
                (name.replace("_", " "), {"overflow": "fold", "width": width})
                for name, width in zip(table.columns, widths, strict=True)
            ],
            [
                [
                    cell if " " in cell else break_words(cell, width)
                    for cell, width in zip(row, widths, strict=True)
                ]
                for row in cells
            ],
        )


def _share_width(longest: list[int], weights: list[int], left: int) -> list[int]:
    """Return widths: columns that are short get what they need, the others share the rest."""
    widths = [0] * len(longest)
    waiting = set(range(len(longest)))
    while waiting:
        unit = left / sum(weights[place] for place in waiting)
        shares = {place: max(int(unit * weights[place]), 6) for place in waiting}
        fitting = {place for place in waiting if longest[place] <= shares[place]} or waiting
        for place in fitting:
            widths[place] = min(longest[place], shares[place])
            left -= widths[place]
        waiting = waiting - fitting
    return widths
