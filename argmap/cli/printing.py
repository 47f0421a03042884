"""What goes to the screen: findings, tables, wrapped text."""

from __future__ import annotations

import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import click
import msgspec

from argmap.diagnostics import (
    Diagnostic,
    Severity,
    count_severities,
    describe_diagnostic,
    escape_unprintable,
    join_words,
)

if TYPE_CHECKING:
    from rich.console import Console

NARROW = 80
_COLOURS: dict[Severity, str] = {"error": "red", "warning": "yellow", "note": "blue"}


def open_console() -> Console:
    """Return a console for stdout: as wide as the terminal, 80 columns in a pipe."""
    from rich.console import Console

    terminal = sys.stdout.isatty()
    return Console(
        file=sys.stdout,
        width=None if terminal else NARROW,
        highlight=False,
        markup=False,
        emoji=False,
        soft_wrap=False,
    )


def print_json(value: Any) -> None:
    """Print a value as indented JSON, alone on stdout."""
    data = msgspec.json.format(msgspec.json.encode(value), indent=2)
    click.echo(data.decode())


def print_findings(findings: Iterable[Diagnostic], *, to_stderr: bool = True) -> None:
    """Print findings, one a paragraph, coloured on a terminal."""
    for finding in findings:
        text = printable(describe_diagnostic(finding))
        label = f" {finding.severity}: "
        head, found, tail = text.partition(label)
        if found:
            styled = click.style(finding.severity, fg=_COLOURS[finding.severity], bold=True)
            text = f"{head} {styled}: {tail}"
        click.echo(text, err=to_stderr)


def summarise_findings(findings: Sequence[Diagnostic]) -> str:
    """Return ``2 errors, 1 warning``, or the empty string where there are none."""
    parts = [
        f"{number} {severity}{'' if number == 1 else 's'}"
        for severity, number in count_severities(findings).items()
        if number
    ]
    return join_words(parts)


def tell_codes(findings: Sequence[Diagnostic]) -> str:
    """Return the codes with how often each occurs, most frequent first."""
    counts = Counter(finding.code for finding in findings)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{code} {number}" for code, number in ranked)


def print_table(
    columns: Sequence[tuple[str, dict[str, Any]]], rows: Iterable[Sequence[str]]
) -> None:
    """Print a table that fits the width; columns are (heading, options of rich's add_column)."""
    from argmap.query.drawing import make_table

    open_console().print(make_table(columns, rows))


def printable(text: str) -> str:
    """Return a text that may be printed: unprintable characters escaped, line ends kept."""
    return escape_unprintable(text, keep="\n")


def print_wrapped(text: str, *, indent: str = "", first: str | None = None) -> None:
    """Print text wrapped to the width, later lines indented."""
    import shutil

    width = shutil.get_terminal_size((NARROW, 24)).columns if sys.stdout.isatty() else NARROW
    click.echo(
        textwrap.fill(
            printable(text),
            width=max(40, min(width, 100)),
            initial_indent=indent if first is None else first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
    )


def break_words(text: str, width: int) -> str:
    """Return a name broken into lines at its hyphens and slashes, never inside a word."""
    return "\n".join(textwrap.wrap(text.replace("/", "/ "), width)).replace("/ ", "/")


def announce(stage: str) -> None:
    """Say on a terminal what long work is at; say nothing in a pipe."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{stage}", err=True, nl=False)


def count(number: int, noun: str, plural: str = "") -> str:
    """Return ``1 claim``, ``2 claims``, ``1,200 claims``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
