"""Values of fields: pieces in braces or quotes, numbers and macros, joined by ``#``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

# What may name a field, a macro or a number without braces; everything else is punctuation.
NAME = r"[^\s\"#%'(),={}@\\]+"
_BARE = re.compile(NAME)
_PLAIN_BRACES = re.compile(r"\{[^{}]*\}")
_BRACE = re.compile(r"[{}]")
_QUOTE_OR_BRACE = re.compile(r"\\\"|[{}\"]")
_SPACE = re.compile(r"(?:\s|%[^\n]*(?:\n|\Z))*")
_BREAK = re.compile(r"[ \t]*\n[ \t]*")
_PARAGRAPH = re.compile(r"\n\s*\n")

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip

_MONTH_NUMBERS = {name.casefold(): str(number) for number, name in enumerate(_MONTH_NAMES, 1)}
_MONTH_NUMBERS |= {name: str(number) for number, name in enumerate(MONTHS, 1)} | {"sept": "9"}

# Read to the letter by every tool: no macro, no comment, no line folding inside.
VERBATIM = frozenset(
    {"url", "doi", "file", "pdf", "eprint", "verba", "verbb", "verbc", "biburl", "local-url"}
    | {f"bdsk-url-{number}" for number in range(1, 10)}
    | {f"bdsk-file-{number}" for number in range(1, 10)}
)


class Token(NamedTuple):
    """One piece of a value, without its braces or quotes."""

    kind: Literal["text", "number", "name"]
    text: str


def skip_space(text: str, position: int, limit: int) -> int:
    """Return the offset after white space and ``%`` comments."""
    match = _SPACE.match(text, position, limit)
    return match.end() if match else position


def find_closing_brace(text: str, opening: int, limit: int) -> int | None:
    """Return the offset of the brace that closes the one at ``opening``, counting as BibTeX does.

    A backslash before a brace makes no difference to BibTeX nor to biber.
    """
    depth = 0
    for match in _BRACE.finditer(text, opening, limit):
        depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return match.start()
    return None


def find_closing_quote(text: str, opening: int, limit: int) -> int | None:
    r"""Return the offset of the quote that closes the one at ``opening``, outside braces.

    ``\"`` is an accent that somebody forgot to put into braces, not the end of the value.
    """
    depth = 0
    for match in _QUOTE_OR_BRACE.finditer(text, opening + 1, limit):
        mark = match[0]
        if mark == "{":
            depth += 1
        elif mark == "}":
            depth -= 1
            if depth < 0:
                return None
        elif depth == 0 and mark == '"':
            return match.start()
    return None


def read_tokens(text: str, position: int, limit: int) -> tuple[list[Token], int, bool]:
    """Read pieces joined by ``#`` as far as they are sound.

    Returns the pieces, the offset after the last one, and whether a piece is missing there (at
    the very start, or after a ``#``, or because braces or quotes do not close).
    """
    tokens: list[Token] = []
    end = position
    while True:
        begin = skip_space(text, end, limit)
        plain = _PLAIN_BRACES.match(text, begin, limit)
        if plain:
            tokens.append(Token("text", plain[0][1:-1]))
            end = plain.end()
        elif begin < limit and text[begin] in '{"':
            find = find_closing_brace if text[begin] == "{" else find_closing_quote
            closing = find(text, begin, limit)
            if closing is None:
                return tokens, end, True
            tokens.append(Token("text", text[begin + 1 : closing]))
            end = closing + 1
        else:
            bare = _BARE.match(text, begin, limit)
            if not bare:
                return tokens, end, True
            kind: Literal["number", "name"] = (
                "number" if bare[0].isascii() and bare[0].isdigit() else "name"
            )
            tokens.append(Token(kind, bare[0]))
            end = bare.end()
        after = skip_space(text, end, limit)
        if after >= limit or text[after] != "#":
            return tokens, end, False
        end = after + 1


def join_tokens(
    tokens: list[Token], strings: Mapping[str, str], *, verbatim: bool = False
) -> tuple[str, list[str]]:
    """Return the value that the pieces make, and the macros that are not defined.

    An undefined macro stands for its own name.  A month macro by itself gives its number (what
    biblatex wants), within a longer value its English name (what BibTeX does).
    """
    if len(tokens) == 1 and tokens[0].kind != "name":
        return fold_space(tokens[0].text, verbatim=verbatim), []
    parts: list[str] = []
    undefined: list[str] = []
    for token in tokens:
        if token.kind != "name":
            parts.append(token.text)
            continue
        macro = token.text.casefold()
        if macro in strings:
            parts.append(strings[macro])
        elif macro in MONTHS:
            month = MONTHS.index(macro)
            parts.append(str(month + 1) if len(tokens) == 1 else _MONTH_NAMES[month])
        else:
            undefined.append(token.text)
            parts.append(token.text)
    return fold_space("".join(parts), verbatim=verbatim), undefined


def normalise_month(value: str) -> str:
    """Return the number of a month given by its English name (``Dec.``), anything else as it is."""
    return _MONTH_NUMBERS.get(value.casefold().rstrip("."), value)


def fold_space(value: str, *, verbatim: bool = False) -> str:
    """Strip a value and fold each line break with its indentation into a space, as BibTeX does.

    Blank lines stay as paragraph breaks, since annotations have paragraphs.
    """
    value = value.strip()
    if verbatim or "\n" not in value:
        return value
    return "\n\n".join(_BREAK.sub(" ", part).strip() for part in _PARAGRAPH.split(value))


def is_balanced(value: str) -> bool:
    """Say whether the braces of a value match, counting as BibTeX does."""
    depth = 0
    for match in _BRACE.finditer(value):
        depth += 1 if match[0] == "{" else -1
        if depth < 0:
            return False
    return depth == 0


def balance_braces(value: str) -> str:
    r"""Return the value with braces that have no partner spelt as LaTeX macros.

    A brace that was meant to show (``\{``) becomes ``\textbraceleft{}``; a bare one is left out.
    """
    if is_balanced(value):
        return value
    lonely: set[int] = set()
    opened: list[int] = []
    for match in _BRACE.finditer(value):
        if match[0] == "{":
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            lonely.add(match.start())
    lonely.update(opened)
    parts: list[str] = []
    for position, character in enumerate(value):
        if position not in lonely:
            parts.append(character)
        elif parts and parts[-1] == "\\":
            parts[-1] = r"\textbraceleft{}" if character == "{" else r"\textbraceright{}"
    return "".join(parts)
