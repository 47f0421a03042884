"""Loading a literature for a command, and refusing one with errors."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from argmap.cli.finding import check_known
from argmap.cli.options import Settings
from argmap.cli.printing import print_findings, print_json, summarise_findings
from argmap.diagnostics import Diagnostic, as_objects, has_errors
from argmap.literature import Loaded
from argmap.model import Derived
from argmap.query import load_checked


def load(settings: Settings) -> Loaded:
    """Load from the store where one is named, else from the corpus; findings are in the result."""
    if settings.store is not None:
        from argmap.cli.storing import load_store

        return load_store(settings.store)
    return load_checked(settings.corpus, settings.bibliography, settings.texts)


def load_sound(settings: Settings) -> Loaded:
    """Load, and leave with exit code 1 where there is an error; warnings are counted on stderr."""
    loaded = demand_sound(load(settings), settings)
    check_known("topic", settings.topic, {entry.id for entry in loaded.literature.review.topics})
    return loaded


def demand_sound(loaded: Loaded, settings: Settings) -> Loaded:
    """Leave with exit code 1 where there is an error; warnings are counted on stderr."""
    if has_errors(loaded.findings):
        refuse(loaded.findings, as_json=settings.as_json)
    warnings = [finding for finding in loaded.findings if finding.severity == "warning"]
    if warnings:
        click.echo(f"argmap: {summarise_findings(warnings)}; `argmap check` shows them.", err=True)
    return loaded


def refuse(findings: tuple[Diagnostic, ...] | list[Diagnostic], *, as_json: bool) -> NoReturn:
    """Print the errors and leave with exit code 1."""
    errors = [finding for finding in findings if finding.severity == "error"]
    if as_json:
        print_json({"findings": as_objects(errors)})
    else:
        print_findings(errors)
        click.echo(f"argmap: {summarise_findings(errors)}; nothing was done.", err=True)
    sys.exit(1)


def analyse(loaded: Loaded, settings: Settings, *, draws: int | None = None) -> Derived:
    """Compute standings, disputes and schools of a sound literature.

    ``draws=0`` leaves out how stable the schools are, which takes most of the time.
    """
    from argmap.analysis import analyse as run

    return run(
        loaded.literature,
        with_analyst=settings.with_analyst,
        topic=settings.topic,
        draws=draws,
    )


def judge(loaded: Loaded, settings: Settings) -> Derived:
    """Compute standings alone, which takes no time: what stands for and against each claim."""
    from argmap.analysis import examine, list_standings

    findings = examine(loaded.literature, with_analyst=settings.with_analyst)
    return Derived(standings=list_standings(findings))
