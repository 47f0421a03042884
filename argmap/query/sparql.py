"""SPARQL queries: what can be asked, and a store asked under a time limit."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import pyoxigraph

from argmap.diagnostics import escape_unprintable
from argmap.graph.vocabulary import PREFIXES
from argmap.query.errors import complain
from argmap.query.limits import run_limited
from argmap.query.results import read_results
from argmap.query.syntax import describe_syntax_error, find_form, names_graphs, refuse_service
from argmap.query.tables import Table

if TYPE_CHECKING:
    from argmap.literature import Loaded


class Graph(Protocol):
    """What can be asked in SPARQL: a store, or a server."""

    @property
    def base(self) -> str:
        """The base of the review."""

    def ask(
        self, query: str, *, time_limit: float | None = None, allow_service: bool = False
    ) -> Table | bool:
        """Return the rows of a query, or the truth value of an ASK.  Raises QueryError."""


class StoredGraph:
    """The graph of a review in an Oxigraph store; one on disk is opened when it is first asked."""

    def __init__(self, store: pyoxigraph.Store | Path, base: str | None = None) -> None:
        self._origin = store
        self._base = base
        self._store = store if isinstance(store, pyoxigraph.Store) else None

    def __str__(self) -> str:
        return str(self._origin)

    def __reduce__(self) -> tuple[object, ...]:
        return StoredGraph, (self._origin, self._base)

    @property
    def store(self) -> pyoxigraph.Store:
        """The store itself, of a folder for reading only."""
        if self._store is None:
            from argmap.graph import open_store

            assert isinstance(self._origin, Path)
            self._store = open_store(self._origin)
        return self._store

    @property
    def base(self) -> str:
        """The base of the review."""
        if self._base is None:
            found = self.ask("SELECT ?base { ?review a am:Review ; void:uriSpace ?base }")
            assert isinstance(found, Table)
            self._base = str(found.rows[0][0]) if found.rows else ""
        return self._base

    def ask(
        self, query: str, *, time_limit: float | None = None, allow_service: bool = False
    ) -> Table | bool:
        """Ask the store; see :func:`check_query` for what is refused."""
        find_form(query)
        if not allow_service:
            refuse_service(query)
        store = self.store
        stop = threading.Event()
        return run_limited(lambda: _evaluate(store, query, stop), time_limit, stop)

    def fetch(self) -> Loaded:
        """Read all records of the store, and check them."""
        from argmap.query.loading import load_stored

        assert isinstance(self._origin, Path)
        return load_stored(self._origin)


def check_query(
    query: str, *, allow_service: bool = False, time_limit: float | None = None
) -> None:
    """Refuse what is no query, is none of SPARQL 1.1, or asks another server unless allowed.

    Raises :class:`QueryError` with the place of what is wrong.
    """
    find_form(query)
    if not allow_service:
        refuse_service(query)
        # An empty store tells what is wrong with a query, in the same words for every server.
        # Reading alone can take for ever: brackets of collections cost twice as much each.
        stop = threading.Event()
        run_limited(lambda: _evaluate(pyoxigraph.Store(), query, stop), time_limit, stop)


def _evaluate(store: pyoxigraph.Store, query: str, stop: threading.Event) -> Table | bool:
    try:
        found = store.query(
            query, prefixes=PREFIXES, use_default_graph_as_union=not names_graphs(query)
        )
        return read_results(found, stop)
    except SyntaxError as error:
        raise describe_syntax_error(query, error) from None
    except (OSError, RuntimeError, ValueError) as error:
        raise complain(
            "sparql-failed", f"the query failed: {escape_unprintable(str(error))}"
        ) from None
