"""Finding what the user names; candidates where it is unclear."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from typing import NoReturn

import click

from argmap.diagnostics import did_you_mean
from argmap.model import Literature


def find_claim(literature: Literature, name: str) -> str | None:
    """Return the id of the claim named in full or, where that is unique, by its slug alone.

    Leaves with exit code 1 and the candidates where a slug stands for several claims.
    """
    ids = [claim.id for claim in literature.claims]
    if name in ids:
        return name
    same = [identifier for identifier in ids if identifier.rpartition("/")[2] == name]
    if len(same) > 1:
        leave(f"{name!r} is the name of {len(same)} claims: {', '.join(same)}", "claim-ambiguous")
    return same[0] if same else None


def find_holder(literature: Literature, name: str) -> str:
    """Return the id of a holder named by id, bare key or slug; leave with candidates otherwise."""
    holders = {holder.id for holder in literature.holders}
    for candidate in (name, f"@{name}", f"actor:{name}", f"group:{name}"):
        if candidate in holders:
            return candidate
    if name.removeprefix("@") in {work.key for work in literature.works}:
        return f"@{name.removeprefix('@')}"
    leave_unknown("holder", name, holders | {holder.lstrip("@") for holder in holders})


def check_known(kind: str, name: str | None, known: Collection[str]) -> None:
    """Leave with exit code 1 where a named thing does not exist."""
    if name is not None and name not in known:
        leave_unknown(kind, name, known)


def leave_unknown(kind: str, name: str, known: Iterable[str]) -> NoReturn:
    """Say that there is no such thing, with the nearest names, and leave with exit code 1."""
    leave(f"no {kind} {name!r}. {did_you_mean(name, known)}".rstrip(), f"{kind}-unknown")


def leave(message: str, code: str) -> NoReturn:
    """Print one error and leave with exit code 1."""
    click.echo(f"argmap: error: {message} [{code}]", err=True)
    sys.exit(1)
