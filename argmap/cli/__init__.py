"""The command ``argmap``.

Commands are imported when they are called, and import what is heavy when they run, so that
``argmap --help`` costs little more than importing click.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import NoReturn

import click

_COMMANDS: dict[str, tuple[str, str]] = {
    "check": ("check:check", "Check the corpus, the bibliography and the anchors."),
    "build": ("build:build", "Write everything into exports/."),
    "claims": ("claims:claims", "List claims: who holds them, and where."),
    "show": ("show:show", "Show one claim, work or holder, with all that bears on it."),
    "disputes": ("disputes:disputes", "List disputes: who is on which side, and why."),
    "schools": ("schools:schools", "List schools of thought, found and declared."),
    "works": ("works:works", "List works, and what each is cited for."),
    "ask": ("ask:ask", "Answer a question with pages: who contests this claim, and where?"),
    "query": ("query:query", "Ask the graph in SPARQL; named queries, files, servers."),
    "bibliography": (
        "bibliography:bibliography",
        "Print an annotated bibliography in any citation style.",
    ),
    "coverage": ("coverage:coverage", "Tell how much of each text is coded."),
    "site": ("site:site", "Write the literature as web pages, or serve them."),
    "export": ("export:export", "Write the literature in one format."),
    "import": ("importing:import_records", "Read records from JSON, JSONL, Parquet or RDF."),
    "push": ("push:push", "Send the review to a SPARQL 1.1 endpoint."),
    "new": ("new:new", "Begin a review: a small one that explains itself."),
}


class CommandTable(click.Group):
    """A group that knows the names and first lines of its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table, which is that of a review's life."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(f"argmap.cli.{module}"), name)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a misspelt one is answered with the nearest."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from argmap.diagnostics import did_you_mean

            hint = did_you_mean(args[0], _COMMANDS) if args else ""
            if not hint:
                raise
            raise click.UsageError(f"No such command {args[0]!r}. {hint}", ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the table of commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])


@click.group(
    cls=CommandTable,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)
@click.version_option(None, "--version", package_name="argmap", message="%(prog)s %(version)s")
def program() -> None:
    """Turn a literature into a citation-linked argument graph.

    Who claims what, on which page; who supports it, who contests it.
    """


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line and leave with its exit code.

    0 fine, 1 findings or bad input, 2 wrong usage, 130 interrupted.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            # Closed by the caller: what is printed goes nowhere, files are written all the same.
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115
    try:
        code = program.main(arguments, prog_name="argmap", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("argmap: interrupted; nothing was left half-written", err=True)
        sys.exit(130)
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does: that is its right.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except ImportError as error:
        from argmap.extras import MissingExtra

        if not isinstance(error, MissingExtra):
            raise
        click.echo(f"argmap: error: {error} [extra-missing]", err=True)
        sys.exit(1)
    except OSError as error:
        from argmap.cli.finding import tell_failure
        from argmap.diagnostics import Diagnostic

        name = error.filename if isinstance(error.filename, str) else "argmap"
        message = str(error.strerror or error)
        remedy = "Check the name, the permissions and the space left."
        tell_failure(Diagnostic(path=name, message=message, code="file-failed", remedy=remedy))
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)
