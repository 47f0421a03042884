r"""LaTeX markup made into plain Unicode text, and plain text made safe for LaTeX.

Only what stands in names and titles is understood: accents, special letters, fonts, quotation
marks, dashes, simple formulas.  A macro that is not known is left out and its argument kept;
:func:`find_unknown_macros` names it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from pylatexenc.latex2text import get_default_latex_context_db


def _split(words: str) -> frozenset[str]:
    return frozenset(words.split())


_MARKUP = re.compile(r"[\\{}$~]|--|``|''")
_TOKEN = re.compile(
    r"""\\(?P<macro>[A-Za-z]+)\*?[ \t\n]*   # a macro and the white space that ends its name
    |   \\(?P<symbol>.?)
    |   \$(?P<formula>[^$]*)\$
    |   (?P<mark>[{}~$^_]|---?|``|'')
    |   (?P<text>(?:[^\\{}~$^_`'-]|`(?!`)|'(?!')|-(?!-))+)""",
    re.VERBOSE | re.DOTALL,
)
_SPACES = re.compile(r"[ \t\n]+")
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306",
    ".": "\u0307", '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323",
    "c": "\u0327", "k": "\u0328", "b": "\u0331", "t": "\u0361",
}  # fmt: skip
_STANDALONE = frozenset("`'^~=")
_SYMBOLS = {
    "BibTeX": "BibTeX", "LaTeX": "LaTeX", "TeX": "TeX", "XeTeX": "XeTeX",
    "S": "§", "P": "¶", "copyright": "©", "pounds": "£", "euro": "€", "textasciicircum": "^",
    "textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "lbrace": "{",
    "rbrace": "}", "textunderscore": "_", "textasciigrave": "`", "textquotesingle": "'",
    "lq": "‘", "rq": "’", "glqq": "„", "grqq": "“", "flqq": "«", "frqq": "»", "slash": "/",
    "textdollar": "$", "textpercent": "%", "par": " ", "newline": " ", "space": " ",
    "quad": " ", "qquad": " ", "newblock": " ", "thinspace": " ", "nobreakspace": " ",
    "textless": "<", "textgreater": ">", "textbar": "|", "textnumero": "№", "degree": "°",
    "textdegree": "°", "colon": ":", "linebreak": " ", "hyphen": "-", "bibrangedash": "–",
}  # fmt: skip
_CONTROL_SYMBOLS = {
    " ": " ", "\n": " ", "\t": " ", ",": " ", ";": " ", ":": " ", ">": " ", "\\": " ",
    "!": "", "/": "", "-": "", "@": "", "(": "", ")": "", "": "",
}  # fmt: skip
_SCRIPTS = {"^": "superscript", "_": "subscript"}
_MARKS = {"~": " ", "--": "–", "---": "—", "``": "“", "''": "”"}
_SILENT = _split(
    """
    bf bfseries em emph ensuremath hbox it itshape MakeLowercase MakeUppercase mathbf
    mathcal mathit mathrm mathsf mbox mkbibbold mkbibemph mkbibitalic mkbibsuperscript
    NoCaseChange normalfont protect relax rm sc scshape sf sl slshape text textbf textit
    textmd textnormal textrm textsc textsf textsl textsubscript textsuperscript texttt
    textup tt ttfamily underline upshape url nolinkurl path nohyphens autocap left right
    displaystyle scriptsize small autocite
    """
)
_DROPS_ARGUMENT = _split(
    """
    color foreignlanguage href hspace label noopsort phantom SortNoop sortnoop textcolor
    vspace
    """
)
_QUOTES = {"enquote": "“”", "mkbibquote": "“”", "textquote": "“”"}
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
_LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
_FORMULA = re.compile(r"[\\^_{}]|\A\s*[A-Za-z]\s*\Z")
_UNSAFE = re.compile(r"[\\{}$~%&#_^]|--+|``+|''+")
_SAFE = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$",
    "~": r"\textasciitilde{}", "%": r"\%", "&": r"\&", "#": r"\#", "_": r"\_",
    "^": r"\textasciicircum{}",
}  # fmt: skip


@lru_cache(maxsize=65536)
def decode_latex(value: str) -> str:
    """Return the plain text of a value, in NFC, white space folded, braces gone; O(length)."""
    if not _MARKUP.search(value):
        return unicodedata.normalize("NFC", _fold(value))
    return unicodedata.normalize("NFC", _fold(_decode(value, in_formula=False)))


@lru_cache(maxsize=65536)
def find_unknown_macros(value: str) -> tuple[str, ...]:
    r"""Return the macros (``\foo``) that :func:`decode_latex` leaves out, in order."""
    if "\\" not in value:
        return ()
    names = (match["macro"] for match in _TOKEN.finditer(value) if match["macro"])
    formulas = (match["formula"] for match in _TOKEN.finditer(value) if match["formula"])
    inner = [macro for formula in formulas for macro in find_unknown_macros(formula)]
    return tuple(dict.fromkeys([f"\\{name}" for name in names if not _is_known(name)] + inner))


def encode_latex(text: str) -> str:
    """Return LaTeX that :func:`decode_latex` reads back as ``text`` (in NFC, white space folded).

    Letters outside ASCII stay as they are: biber, pandoc and today's LaTeX read UTF-8.
    """
    return _UNSAFE.sub(lambda match: _SAFE.get(match[0]) or "{}".join(match[0]), _fold(text))


class _Frame:
    """A group being read: its text so far, and what awaits its next element."""

    __slots__ = ("awaiting", "parts")

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.awaiting: list[str] = []


def _decode(value: str, *, in_formula: bool) -> str:
    # A stack of groups instead of recursion: a value may hold any number of nested braces.
    frames = [_Frame()]
    for match in _TOKEN.finditer(value):
        frame = frames[-1]
        if match["text"] is not None:
            _add_text(frame, match["text"])
        elif match["mark"] == "{":
            frames.append(_Frame())
        elif match["mark"] == "}":
            if len(frames) > 1:
                group = "".join(frames.pop().parts)
                _add_element(frames[-1], group)
        elif match["mark"] is not None:
            mark = match["mark"]
            if in_formula and mark in _SCRIPTS:
                frame.awaiting.append(_SCRIPTS[mark])
            else:
                _add_element(frame, _MARKS.get(mark, mark))
        elif match["formula"] is not None:
            formula = match["formula"]
            plain = _decode(formula, in_formula=True) if _FORMULA.search(formula) else match[0]
            _add_element(frame, plain)
        elif match["macro"] is not None:
            _add_macro(frame, match["macro"])
        else:
            symbol = match["symbol"]
            if symbol in _ACCENTS:
                frame.awaiting.append(symbol)
            else:
                _add_element(frame, _CONTROL_SYMBOLS.get(symbol, symbol))
    while len(frames) > 1:
        group = "".join(frames.pop().parts)
        _add_element(frames[-1], group)
    return "".join(frames[0].parts)


def _add_macro(frame: _Frame, name: str) -> None:
    if name in _ACCENTS or name in _QUOTES or name in _DROPS_ARGUMENT:
        frame.awaiting.append(name)
    elif name not in _SILENT:
        _add_element(frame, _get_symbol(name) or "")


def _add_text(frame: _Frame, text: str) -> None:
    if frame.awaiting:
        text = text.lstrip(" \t\n")
        if not text:
            return
        _add_element(frame, text[0])
        text = text[1:]
    frame.parts.append(text)


def _add_element(frame: _Frame, text: str) -> None:
    while frame.awaiting:
        text = _apply(frame.awaiting.pop(), text)
    frame.parts.append(text)


def _apply(macro: str, text: str) -> str:
    if macro in _QUOTES:
        return f"{_QUOTES[macro][0]}{text}{_QUOTES[macro][1]}"
    if macro == "superscript":
        return text.translate(_RAISED)
    if macro == "subscript":
        return text.translate(_LOWERED)
    if macro in _DROPS_ARGUMENT:
        return ""
    return _accentuate(macro, text)


def _accentuate(accent: str, text: str) -> str:
    if not text:
        return accent if accent in _STANDALONE else ""
    # The dotless letters lose their dot for the accent's sake only.
    first = {"ı": "i", "ȷ": "j"}.get(text[0], text[0])
    return unicodedata.normalize("NFC", first + _ACCENTS[accent]) + text[1:]


@cache
def _get_symbol(name: str) -> str | None:
    if name in _SYMBOLS:
        return _SYMBOLS[name]
    known = _get_symbol_table().get_macro_spec(name)
    text = getattr(known, "simplify_repl", None)
    # Replacements with a % or < take arguments and are no symbols.
    return text if isinstance(text, str) and "%" not in text and "<" not in text else None


@cache
def _get_symbol_table() -> Any:
    return get_default_latex_context_db()


def _is_known(name: str) -> bool:
    return (
        name in _SILENT
        or name in _ACCENTS
        or name in _QUOTES
        or name in _DROPS_ARGUMENT
        or _get_symbol(name) is not None
    )


def _fold(text: str) -> str:
    return _SPACES.sub(" ", text).strip(" \t\n")
