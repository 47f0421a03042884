"""What goes wrong with a query, and with a server that is asked or sent one."""

from __future__ import annotations

from argmap.diagnostics import Diagnostic, describe_diagnostic, hide_secrets
from argmap.graph import StoreError


class QueryError(Exception):
    """Raised where a query is wrong, refused or too slow, and where a server fails.

    Attributes
    ----------
    diagnostic : Diagnostic
        What is wrong, with line and column where they are known, a code and a remedy.

    Examples
    --------
    >>> review.sparql("SELECT ?claim { ?claim a am:Claim ")
    Traceback (most recent call last):
    argmap.query.errors.QueryError: query:1:35: error: the query cannot be read from its end on ...
    """

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic
        super().__init__(describe_diagnostic(diagnostic))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.diagnostic,)


def complain(code: str, message: str, remedy: str = "") -> QueryError:
    """Return an error about a query as a whole."""
    return QueryError(Diagnostic(path="query", message=message, code=code, remedy=remedy))


def fail(url: str, code: str, message: str, remedy: str = "") -> StoreError:
    """Return the error about a server."""
    return StoreError(Diagnostic(path=hide_secrets(url), message=message, code=code, remedy=remedy))
