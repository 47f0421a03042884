"""The reference of commands, ``docs/commands.md``, written from the commands themselves.

``python -m argmap.cli.reference > docs/commands.md`` brings it up to date.
"""

from __future__ import annotations

import click

from argmap.cli import program

_HEAD = """# Commands

What each command says of itself; `argmap COMMAND --help` prints the same.

Exit codes: 0 fine, 1 findings or bad input, 2 wrong usage, 130 interrupted. Results go to
standard output, messages and progress to standard error. With `--json` the result is one JSON value
and nothing else.
"""


def write_reference() -> str:
    """Return the help of the program and of every command as Markdown."""
    parts = [_HEAD, _show("argmap", program, None)]
    context = click.Context(program, info_name="argmap", max_content_width=80, terminal_width=80)
    for name in program.list_commands(context):
        command = program.get_command(context, name)
        if command is not None:
            parts.append(_show(f"argmap {name}", command, context))
    return "\n".join(parts)


def _show(name: str, command: click.Command, parent: click.Context | None) -> str:
    context = click.Context(
        command,
        info_name=name.rpartition(" ")[2],
        parent=parent,
        max_content_width=80,
        terminal_width=80,
        help_option_names=["-h", "--help"],
    )
    return f"## {name}\n\n```text\n{command.get_help(context)}\n```\n"


if __name__ == "__main__":
    click.echo(write_reference(), nl=False)
