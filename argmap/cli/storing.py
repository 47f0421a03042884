"""Keeping the graph in a store on disk, and reading it from there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from argmap.cli.finding import leave, wants_json
from argmap.cli.printing import print_findings, print_json
from argmap.diagnostics import as_objects, hide_secrets
from argmap.literature import Loaded
from argmap.model import Derived, Literature

if TYPE_CHECKING:
    from argmap.graph import StoreError


def keep_store(literature: Literature, derived: Derived, store: str) -> None:
    """Put the graph into a store on disk, whole or not at all."""
    from argmap.graph import StoreError, build_store, list_left_out

    try:
        build_store(literature, derived, refuse_url(store))
    except StoreError as error:
        leave_store(error)
    print_findings(list_left_out(literature, store))


def load_store(store: str) -> Loaded:
    """Load and check the records that a store on disk, or a server, holds."""
    from argmap.graph import StoreError
    from argmap.query import load_stored

    try:
        if "://" in store:
            from argmap.query.endpoints import connect

            return connect(store).fetch()
        return load_stored(Path(store))
    except StoreError as error:
        leave_store(error)


def refuse_url(store: str) -> Path:
    """Return the folder of a store; leave where it is an address."""
    if "://" in store:
        leave(
            f"{hide_secrets(store)} is an address; "
            "what is built is kept in a folder on this machine",
            "store-address",
            "`argmap push URL` sends the review to a server.",
        )
    return Path(store)


def leave_store(error: StoreError) -> NoReturn:
    """Print what is wrong with a store or a server and leave with exit code 1."""
    if wants_json():
        print_json({"findings": as_objects(error.diagnostics)})
    else:
        print_findings(error.diagnostics)
    sys.exit(1)
