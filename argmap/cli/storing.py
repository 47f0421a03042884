"""Keeping the graph in a store on disk, and reading it from there."""

from __future__ import annotations

from pathlib import Path

from argmap.cli.finding import leave
from argmap.literature import Loaded
from argmap.model import Derived, Literature


def keep_store(literature: Literature, derived: Derived, store: str) -> None:
    """Put the graph into a store on disk, whole or not at all."""
    from argmap.graph import StoreError, build_store

    try:
        build_store(literature, derived, refuse_url(store))
    except StoreError as error:
        leave_store(error)


def load_store(store: str) -> Loaded:
    """Load and check the records that a store on disk holds."""
    from argmap.graph import StoreError
    from argmap.query import load_stored

    try:
        return load_stored(refuse_url(store))
    except StoreError as error:
        leave_store(error)


def refuse_url(store: str) -> Path:
    """Return the folder of a store; leave where it is an address."""
    if "://" in store:
        leave(f"{store} is an address; a store is a folder on this machine", "store-address")
    return Path(store)


def leave_store(error: Exception) -> None:
    """Print what is wrong with a store and leave with exit code 1."""
    import sys

    import click

    click.echo(str(error), err=True)
    sys.exit(1)
