"""SPARQL queries: read by the word, given their bindings as data, and run under a time limit."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

import pyoxigraph

from argmap.diagnostics import Diagnostic, describe_diagnostic, did_you_mean, escape_unprintable
from argmap.graph.vocabulary import (
    PREFIXES,
    XSD,
    end_base,
    name_claim,
    name_holder,
    name_relation,
    name_text,
    name_topic,
    name_work,
)
from argmap.model import Claim, Holder, Literature, Record, Relation, Text, Topic, Work
from argmap.query.tables import Table

if TYPE_CHECKING:
    from argmap.literature import Loaded

Value = TypeVar("Value")
Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal

_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_UPDATES = frozenset(
    "INSERT DELETE LOAD CLEAR DROP CREATE ADD MOVE COPY WITH MODIFY".split()  # noqa: SIM905
)
_TOKEN = re.compile(
    r"""
    (?P<space>\s+ | \#[^\n\r]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
              | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<name>(?:[^\W\d][\w.\-]*)?:(?:[\w:.\-]|%[0-9A-Fa-f]{2}|\\.)*)
  | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<word>[^\W\d]\w*)
  | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_SERVICE = re.compile("service", re.IGNORECASE)
_GLUED = re.compile(r"(?:true|false)[\w.\-]*service", re.IGNORECASE)
_INTEGERS = frozenset(
    XSD + name
    for name in (
        "byte",
        "int",
        "integer",
        "long",
        "negativeInteger",
        "nonNegativeInteger",
        "nonPositiveInteger",
        "positiveInteger",
        "short",
        "unsignedByte",
        "unsignedInt",
        "unsignedLong",
        "unsignedShort",
    )
)
_INTEGERS |= {XSD + "gYear"}
_NUMBERS = frozenset((XSD + "decimal", XSD + "double", XSD + "float"))


_DEEPEST = 500
"""How many brackets may be open at a time; engines die of some thousands."""
_PATTERNS = frozenset(("BIND", "EXISTS", "FILTER", "GRAPH", "MINUS", "OPTIONAL", "UNION", "VALUES"))
_LONGEST = 1_000_000.0
"""Seconds that sockets and threads can be told to wait."""


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
    argmap.query.sparql.QueryError: query:1:35: error: the query cannot be read from its end on ...
    """

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic
        super().__init__(describe_diagnostic(diagnostic))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.diagnostic,)


class Token(NamedTuple):
    """A piece of a query: its kind (a group of the pattern), its text, and where it begins."""

    kind: str
    text: str
    start: int

    def __str__(self) -> str:
        return self.text.upper() if self.kind == "word" else self.text


def read_tokens(query: str) -> list[Token]:
    """Return the tokens of a query but for spaces and comments."""
    return [
        Token(match.lastgroup or "", match.group(), match.start())
        for match in _TOKEN.finditer(query)
        if match.lastgroup != "space"
    ]


def find_form(query: str) -> str:
    """Return SELECT, ASK, CONSTRUCT or DESCRIBE; refuse whatever is no query.

    Raises :class:`QueryError`.
    """
    tokens = read_tokens(query)
    _refuse_deep(tokens)
    place = 0
    while place < len(tokens) and str(tokens[place]) in ("PREFIX", "BASE"):
        place += 3 if str(tokens[place]) == "PREFIX" else 2
    word = str(tokens[place]) if place < len(tokens) else ""
    if word in _FORMS:
        return word
    if word in _UPDATES:
        raise complain(
            "sparql-update",
            f"{word} changes the graph, and queries may only ask",
            "The corpus is the truth: change it there, then `argmap build` or `argmap push`.",
        )
    raise complain(
        "sparql-syntax",
        f"a query begins with {', '.join(_FORMS[:-1])} or {_FORMS[-1]}"
        + (f", not with {escape_unprintable(word)!r}" if word else "; there is nothing here"),
        did_you_mean(word, _FORMS) if word else "",
    )


def _refuse_deep(tokens: list[Token]) -> None:
    """Raise :class:`QueryError` for what the engine, which recurses, would die of."""
    depth = deepest = operators = patterns = 0
    for token in tokens:
        if token.kind == "mark":
            depth += (token.text in "{([") - (token.text in "})]")
            deepest = max(deepest, depth)
            operators += token.text in "!|&+-*/"
        elif token.kind == "word":
            patterns += str(token) in _PATTERNS
    if deepest > _DEEPEST or patterns > 2 * _DEEPEST or operators > 10 * _DEEPEST:
        raise complain(
            "sparql-deep",
            "the query is too deep, or has too many parts, to be read",
            f"Nest at most {_DEEPEST} brackets, and give long lists as VALUES.",
        )


def refuse_service(query: str) -> None:
    """Raise :class:`QueryError` where a query would ask another server.

    The engine needs no space after a keyword, so the word is looked for within others.  Where it is
    a part of something else, a query with another word in its place can still be read, and the
    engine itself says so.  Escapes of code points count, for engines undo them before they read.
    """
    plain = _CODEPOINT.sub(_undo_codepoint, query)
    for text in dict.fromkeys((query, plain)):
        if _SERVICE.search(text):
            _refuse_service(text)


def _refuse_service(query: str) -> None:
    tokens = read_tokens(query)
    # A value may end where a prefix seems to go on: trueSERVICE:x
    if any(
        (token.kind in ("word", "tag") and _SERVICE.search(token.text))
        or (token.kind == "name" and _GLUED.match(token.text))
        for token in tokens
    ):
        raise _complain_service()
    other = "elsewhere"
    while other in query.casefold():
        other += "x"
    try:
        # Without the word there is nobody to be asked.
        pyoxigraph.Store().query(_SERVICE.sub(other, query), prefixes=PREFIXES)
    except SyntaxError as error:
        if any(
            token.kind == "name" and _SERVICE.search(token.text.partition(":")[0])
            for token in tokens
        ):
            raise _complain_service() from None
        wrong = describe_syntax_error(query, error)
        raise (wrong if wrong.diagnostic.line else _complain_service()) from None
    except (OSError, RuntimeError, ValueError):
        # It was read, and failed later.
        pass


def _complain_service() -> QueryError:
    return complain(
        "sparql-service",
        "the query asks another server (SERVICE), which is not allowed by default",
        "Allow it with --allow-service, in Python with allow_service=True, if you trust the query.",
    )


def names_graphs(query: str) -> bool:
    """Say whether a query says itself which graphs it asks (FROM)."""
    return any(
        token.kind == "word" and str(token).startswith("FROM") for token in read_tokens(query)
    )


def _undo_codepoint(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number < 0x110000 else match[0]


def bind(query: str, values: Mapping[str, Any], name: Callable[[Any], pyoxigraph.NamedNode]) -> str:
    """Return a query with values for its variables, as a VALUES block at the start of its pattern.

    A value is data to the engine, whatever it holds.  Lists give a variable several values.
    ``name`` gives the IRIs of records.

    Raises :class:`QueryError` where the query has no such variable, or cannot take values.
    """
    if not values:
        return query
    form = find_form(query)
    tokens = read_tokens(query)
    known = {token.text[1:] for token in tokens if token.kind == "variable"}
    blocks = []
    for variable, value in values.items():
        if variable not in known:
            raise complain(
                "sparql-variable",
                f"the query has no variable ?{variable} to take a value",
                did_you_mean(variable, known)
                or f"It has {', '.join(f'?{each}' for each in sorted(known)) or 'none'}.",
            )
        several = value if isinstance(value, list | tuple | set | frozenset) else [value]
        terms = " ".join(sorted({str(make_term(each, name)) for each in several}))
        blocks.append(f"VALUES ?{variable} {{ {terms} }}")
    start, end = _find_pattern(tokens, form)
    if start < 0:
        raise complain(
            "sparql-binding",
            f"this form of {form} has no pattern that could take values",
            "Write it with WHERE { … }.",
        )
    inside = query[start + 1 : end]
    following = read_tokens(inside)
    # A pattern that is a sub-query alone takes nothing beside it, unless it gets braces of its own.
    if following and str(following[0]) == "SELECT":
        inside = f"{{{inside}}}"
    return f"{query[: start + 1]} {' '.join(blocks)} {inside}{query[end:]}"


def _find_pattern(tokens: list[Token], form: str) -> tuple[int, int]:
    """Return where the braces of the outermost pattern begin and end; -1 where there is none."""
    skip = 0
    words = [str(token) for token in tokens]
    if form == "CONSTRUCT":
        if words[words.index("CONSTRUCT") + 1] != "{":
            return -1, -1
        # The first pair of braces is the template.
        skip = 1
    parentheses = depth = 0
    start = -1
    for token in tokens:
        if token.kind != "mark":
            continue
        if token.text == "(":
            parentheses += 1
        elif token.text == ")":
            parentheses -= 1
        elif token.text == "{" and (parentheses == 0 or depth):
            if depth == 0:
                start = token.start
            depth += 1
        elif token.text == "}" and depth:
            depth -= 1
            if depth == 0:
                if not skip:
                    return start, token.start
                skip -= 1
    return -1, -1


def make_term(value: Any, name: Callable[[Any], pyoxigraph.NamedNode]) -> Term:
    """Return a Python value, a record, or a term of rdflib or pyoxigraph as a term.

    Raises :class:`QueryError` for anything else.
    """
    if isinstance(value, pyoxigraph.NamedNode | pyoxigraph.Literal):
        return value
    if isinstance(value, Record):
        return name(value)
    if hasattr(value, "n3"):
        return _convert_rdflib(value)
    if isinstance(value, bool | int | float):
        return pyoxigraph.Literal(value)
    if isinstance(value, str):
        try:
            return pyoxigraph.Literal(value)
        except (UnicodeEncodeError, ValueError):
            value = "a string with half a character"
    raise complain(
        "sparql-binding",
        f"{escape_unprintable(repr(value))} cannot be a value in SPARQL",
        "Give a string, a number, a truth value, a record, an IRI from review.iri(), or a list.",
    )


def _convert_rdflib(term: Any) -> Term:
    kind = type(term).__name__
    try:
        if kind == "URIRef":
            return pyoxigraph.NamedNode(str(term))
        if kind == "Literal" and term.language:
            return pyoxigraph.Literal(str(term), language=term.language)
        if kind == "Literal" and term.datatype:
            return pyoxigraph.Literal(str(term), datatype=pyoxigraph.NamedNode(str(term.datatype)))
        if kind == "Literal":
            return pyoxigraph.Literal(str(term))
    except ValueError as error:
        # UnicodeEncodeError is one.
        raise complain(
            "sparql-binding",
            f"{escape_unprintable(repr(term))} cannot be a value in SPARQL: "
            f"{escape_unprintable(str(error))}",
            "Give an IRI without spaces, quotes and brackets.",
        ) from None
    raise complain("sparql-binding", "a blank node cannot be a value in SPARQL")


def name_iri_under(base: str, record: Any) -> pyoxigraph.NamedNode:
    """Return the IRI of a record under the base of its review."""
    namers: dict[type, Callable[[Any], str]] = {
        Claim: lambda each: name_claim(each.id),
        Holder: lambda each: name_holder(each.id),
        Relation: lambda each: name_relation(each.id),
        Text: lambda each: name_text(each.key),
        Topic: lambda each: name_topic(each.id),
        Work: lambda each: name_work(each.key),
    }
    namer = namers.get(type(record))
    if namer is None:
        raise complain(
            "sparql-binding",
            f"a {type(record).__name__} has no IRI by which it could be asked for",
            "Claims, holders, works, texts, topics and relations have.",
        )
    return pyoxigraph.NamedNode(end_base(base) + namer(record))


def name_iri(literature: Literature, name: Any) -> pyoxigraph.NamedNode:
    """Return the IRI of a record, or of what a name stands for.

    Raises :class:`~argmap.query.names.UnknownName`.
    """
    from argmap.query.names import UnknownName, find_holder, match_claims, suggest_claims

    base = end_base(literature.review.base)
    if not isinstance(name, str):
        return name_iri_under(base, name)
    claims = match_claims(literature, name)
    if len(claims) > 1:
        raise UnknownName("claim", name, claims, ambiguous=True)
    if claims:
        return pyoxigraph.NamedNode(base + name_claim(claims[0]))
    if name in {work.key for work in literature.works}:
        return pyoxigraph.NamedNode(base + name_work(name))
    try:
        return pyoxigraph.NamedNode(base + name_holder(find_holder(literature, name)))
    except UnknownName as unknown:
        if name in {topic.id for topic in literature.review.topics}:
            return pyoxigraph.NamedNode(base + name_topic(name))
        near = [*suggest_claims(literature, name), *unknown.candidates]
        raise UnknownName("claim", name, near) from None


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


def describe_syntax_error(query: str, error: SyntaxError) -> QueryError:
    """Return what is wrong with the syntax of a query, with its place.

    The engine tells neither well: a prefix that is not declared is found among the tokens, any
    other place by rdflib's parser; what that takes is told in the engine's words, without a place.
    """
    tokens = read_tokens(query)
    declared = set(PREFIXES)
    for before, token in pairwise(tokens):
        if str(before) == "PREFIX" and token.kind == "name":
            declared.add(token.text.partition(":")[0])
    for token in tokens:
        prefix = token.text.partition(":")[0]
        if token.kind == "name" and prefix not in declared:
            return _complain_at(
                query,
                token.start,
                f"the prefix {prefix + ':'!r} is not declared",
                did_you_mean(prefix, declared) or f"Declare it: PREFIX {prefix}: <…>",
            )
    from pyparsing import ParseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        parseQuery(query)
    except ParseException as found:
        rest = query[found.loc :].split()
        what = f"{escape_unprintable(' '.join(rest[:4])[:40])!r}" if rest else "its end"
        remedy = "Prefixes of argmap's ontology are bound already."
        return _complain_at(query, found.loc, f"the query cannot be read from {what} on", remedy)
    except Exception:
        pass
    message = re.sub(r"^error at \d+:\d+: ", "", error.msg or str(error)).strip()
    return complain("sparql-syntax", f"the query cannot be read: {escape_unprintable(message)}")


def _complain_at(query: str, place: int, message: str, remedy: str) -> QueryError:
    return QueryError(
        Diagnostic(
            path="query",
            line=query.count("\n", 0, place) + 1,
            column=place - (query.rfind("\n", 0, place) + 1) + 1,
            message=message,
            code="sparql-syntax",
            remedy=remedy,
        )
    )


def read_results(found: Any, stop: threading.Event | None = None) -> Table | bool:
    """Return results of pyoxigraph as rows of plain values, or a truth value."""
    if isinstance(found, pyoxigraph.QueryBoolean):
        return bool(found)
    rows: list[tuple[Any, ...]] = []
    if isinstance(found, pyoxigraph.QuerySolutions):
        columns = [variable.value for variable in found.variables]
        solution = None
        try:
            for solution in found:
                rows.append(tuple(map(read_term, solution)))
                if stop is not None and stop.is_set():
                    break
        finally:
            # Errors keep their frames, and results must end on the thread that made them.
            found = solution = None
        return Table(columns, rows)
    return make_triples(found, stop)


def make_table(found: Table | bool) -> Table:
    """Return an answer as rows, a truth value as one row of one column."""
    return found if isinstance(found, Table) else Table(("answer",), [(found,)])


def make_triples(triples: Iterable[Any], stop: threading.Event | None = None) -> Table:
    """Return triples as a table of subject, predicate and object, sorted."""
    rows = []
    for triple in triples:
        rows.append((triple.subject, triple.predicate, triple.object))
        if stop is not None and stop.is_set():
            break
    rows.sort(key=lambda row: tuple(map(str, row)))
    return Table(("subject", "predicate", "object"), (tuple(map(read_term, row)) for row in rows))


def read_term(term: Any) -> Any:
    """Return a term as a plain value: a number, a truth value, a string, or None."""
    if term is None:
        return None
    if isinstance(term, pyoxigraph.NamedNode):
        return term.value
    if not isinstance(term, pyoxigraph.Literal):
        return str(term)
    datatype = term.datatype.value
    try:
        if datatype in _INTEGERS:
            return int(term.value)
        if datatype in _NUMBERS:
            return float(term.value)
    except ValueError:
        return term.value
    if datatype == XSD + "boolean":
        return term.value in ("true", "1")
    return term.value


def run_limited(work: Callable[[], Value], seconds: float | None, stop: threading.Event) -> Value:
    """Return what some work returns, or give it up after some seconds.

    The engine cannot be interrupted in the midst of a step: its thread is told to stop, and ends
    with the process at the latest.
    """
    seconds = check_limit(seconds)
    if seconds is None:
        return work()
    done: list[Value] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True, name="argmap query")
    start = time.monotonic()
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    # The engine may hold everybody up while it reads a query: then time shows only afterwards.
    if not done or time.monotonic() - start > 2 * seconds:
        stop.set()
        raise complain_slow(seconds)
    return done[0]


def check_limit(seconds: float | None) -> float | None:
    """Return a time limit that a clock can keep; raise :class:`QueryError` where it is no time."""
    if seconds is None:
        return None
    if seconds != seconds or seconds < 0:
        raise complain(
            "sparql-limit",
            f"a time limit cannot be {seconds:g} seconds",
            "Give a number of seconds, in Python also None for no limit.",
        )
    return min(seconds, _LONGEST)


def complain_slow(seconds: float) -> QueryError:
    """Return the error for a query that took too long."""
    return complain(
        "sparql-slow",
        f"the query took longer than {seconds:g} seconds, and was given up",
        "Ask for less, or allow more time: --time-limit SECONDS, in Python time_limit=SECONDS.",
    )


def complain(code: str, message: str, remedy: str = "") -> QueryError:
    """Return an error about a query as a whole."""
    return QueryError(Diagnostic(path="query", message=message, code=code, remedy=remedy))


def write_prefixes() -> str:
    """Return the declarations of all prefixes, for servers that know none of them."""
    return " ".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())
