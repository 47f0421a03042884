"""Entries of works for pages: in a citation style where pandoc is at hand, else plain, and told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Sequence

    from argmap.model import Work


def format_works(works: Sequence[Work], style: str, *, as_json: bool = False) -> dict[str, str]:
    """Return the entries of works as HTML by key; none, with a word, without the extra ``cite``.

    Leaves with exit code 1 where there is no such style, or pandoc refuses it.
    """
    from argmap.citing import PandocError, find_style, format_entries
    from argmap.cli.loading import refuse
    from argmap.diagnostics import Diagnostic
    from argmap.extras import MissingExtra

    try:
        found, problems = find_style(style)
        if found is None:
            refuse(problems, as_json=as_json)
        return format_entries(works, style) if works else {}
    except MissingExtra as missing:
        click.echo(
            f"argmap: note: entries are in a plain form: {missing} [extra-missing]", err=True
        )
    except PandocError as error:
        problem = Diagnostic(
            path=f"--style {style}",
            message=f"pandoc refuses the style: {error}",
            code="style-refused",
            remedy="Take another style, or mend the file.",
        )
        refuse([problem], as_json=as_json)
    return {}
