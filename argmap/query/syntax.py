"""The syntax of SPARQL, read by the word, and what of it is refused before an engine reads it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

import pyoxigraph

from argmap.diagnostics import Diagnostic, did_you_mean, escape_unprintable
from argmap.graph.vocabulary import PREFIXES
from argmap.query.errors import QueryError, complain

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
_DEEPEST = 500
"""How many brackets may be open at a time; engines die of some thousands."""
_PATTERNS = frozenset(("BIND", "EXISTS", "FILTER", "GRAPH", "MINUS", "OPTIONAL", "UNION", "VALUES"))


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


def names_graphs(query: str) -> bool:
    """Say whether a query says itself which graphs it asks (FROM)."""
    return any(
        token.kind == "word" and str(token).startswith("FROM") for token in read_tokens(query)
    )


def find_pattern(tokens: list[Token], form: str) -> tuple[int, int]:
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


def _undo_codepoint(match: re.Match[str]) -> str:
    number = int(match[1] or match[2], 16)
    return chr(number) if number < 0x110000 else match[0]


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


def write_prefixes() -> str:
    """Return the declarations of all prefixes, for servers that know none of them."""
    return " ".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items())
