"""Finding what the user names; candidates where it is unclear."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, NoReturn

import click

from argmap.diagnostics import Diagnostic, as_objects, did_you_mean
from argmap.model import Literature

if TYPE_CHECKING:
    from argmap.query import UnknownName


_LISTS = "`argmap claims`, `works`, `disputes` and `schools` list what there is."


def find_claim(literature: Literature, name: str) -> str | None:
    """Return the id of the claim named in full or, where that is unique, by its slug alone.

    Leaves with exit code 1 and the candidates where a slug stands for several claims.
    """
    from argmap.query.names import UnknownName, match_claims

    same = match_claims(literature, name)
    if len(same) > 1:
        leave_name(UnknownName("claim", name, same, ambiguous=True))
    return same[0] if same else None


def find_holder(literature: Literature, name: str) -> str:
    """Return the id of a holder named by id, bare key or slug; leave with candidates otherwise."""
    from argmap.query import names

    try:
        return names.find_holder(literature, name)
    except names.UnknownName as unknown:
        leave_name(unknown)


def find_record(literature: Literature, name: str) -> tuple[str, str]:
    """Return the kind and the id of what a name stands for; leave with candidates otherwise."""
    from argmap.query import names

    try:
        return names.find_record(literature, name)
    except names.UnknownName as unknown:
        leave_name(unknown)


def leave_name(unknown: UnknownName) -> NoReturn:
    """Tell that a name is unknown or ambiguous, and leave with exit code 1."""
    finding = unknown.diagnostic
    leave(finding.message, finding.code, finding.remedy or _LISTS)


def check_known(kind: str, name: str | None, known: Collection[str]) -> None:
    """Leave with exit code 1 where a named thing does not exist."""
    if name is not None and name not in known:
        leave_unknown(kind, name, known)


def leave_unknown(kind: str, name: str, known: Iterable[str]) -> NoReturn:
    """Say that there is no such thing, with the nearest names, and leave with exit code 1."""
    remedy = did_you_mean(name, known)
    remedy = remedy or _LISTS
    leave(f"no {kind} {name!r}", f"{kind}-unknown", remedy)


def leave(message: str, code: str, remedy: str = "") -> NoReturn:
    """Tell one error and leave with exit code 1."""
    tell_failure(Diagnostic(path="argmap", message=message, code=code, remedy=remedy))
    sys.exit(1)


def wants_json() -> bool:
    """Say whether the command that runs was given ``--json``."""
    context = click.get_current_context(silent=True)
    return context is not None and bool(context.params.get("as_json"))


def tell_failure(finding: Diagnostic, *, as_json: bool | None = None) -> None:
    """Print a finding that ends the command: on standard error, as JSON on stdout if so asked."""
    from argmap.cli.printing import print_findings, print_json

    if wants_json() if as_json is None else as_json:
        print_json({"findings": as_objects([finding])})
    else:
        print_findings([finding])
