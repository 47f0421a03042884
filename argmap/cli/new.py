"""``argmap new``."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
def new(directory: Path) -> None:
    """Begin a review in DIR: a small one that checks clean and explains itself.

    Nothing that stands in DIR is overwritten.
    """
    from argmap.cli.printing import print_findings
    from argmap.diagnostics import has_errors
    from argmap.templates import write_template

    written, findings = write_template(directory)
    print_findings(findings)
    if has_errors(findings):
        sys.exit(1)
    for path in written:
        click.echo(path.as_posix())
    name = shlex.quote(f"./{directory}" if str(directory).startswith("-") else str(directory))
    click.echo(f"\nNext: cd {name} && argmap check", err=True)
