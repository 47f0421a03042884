"""Annotations as LaTeX with biblatex's citations, the scholar's own Markdown included."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from argmap.annotations.flow import flow_annotation, join_sentences, keep_ends
from argmap.annotations.pieces import Annotation, Cited
from argmap.bibliography import encode_latex
from argmap.diagnostics import join_words

# Marks on the way, of code points that no text holds.
_BEGIN, _END, _AT = "\ufdd0", "\ufdd1", "\ufdd2"
_KEYS = r"\{[^{}\s]+\}|\w(?:[\w:.#$%&+?<>~/-]*\w)?"
_BRACKETED = re.compile(r"\[([^\[\]]*@[^\[\]]*)\]")
_ONE_CITATION = re.compile(rf"\s*(?P<before>[^@]*?)(?P<bare>-?)@(?P<key>{_KEYS})(?P<after>[^@]*)")
_NARRATIVE = re.compile(rf"(?<![\w\\@])(?P<bare>-?)@(?P<key>{_KEYS})(?:\s*\[(?P<after>[^\]]*)\])?")


def tell_in_latex(annotation: Annotation) -> str:
    """Return an annotation as LaTeX with biblatex's citations, paragraphs apart."""
    parts = [convert_markdown(annotation.own)] if annotation.own else []
    parts += [
        join_sentences(sentences, cite_in_latex, encode_latex)
        for sentences in flow_annotation(annotation)
    ]
    return "\n\n".join(parts)


def cite_in_latex(cited: Cited) -> str:
    r"""Return a citation as biblatex has it: ``\parencite[660]{key}`` and its like."""
    if cited.form == "narrative":
        return join_words([_command(r"\textcite", e.work, e.locator) for e in cited.references])
    command = r"\parencite*" if cited.form == "bare" else r"\parencite"
    if len(cited.references) == 1:
        return _command(command, cited.references[0].work, cited.references[0].locator)
    several = "".join(_command("", each.work, each.locator) for each in cited.references)
    return rf"\parencites{several}"


def _command(command: str, key: str, locator: str) -> str:
    place = f"[{_encode_place(locator)}]" if locator else ""
    return f"{command}{place}{{{key}}}"


def _encode_place(place: str) -> str:
    """Return a place as biblatex knows it: a number without ``p.``, ranges with ``--``."""
    text = re.sub(r"^pp?\.\s*", "", place.strip().lstrip(",").strip())
    return "--".join(encode_latex(part) for part in re.split("–|-+", text))


# ---- the scholar's Markdown as LaTeX ----

_OPEN = {
    "em_open": r"\emph{",
    "strong_open": r"\textbf{",
    "s_open": r"\sout{",
    "bullet_list_open": "\\begin{itemize}\n",
    "ordered_list_open": "\\begin{enumerate}\n",
    "list_item_open": r"\item ",
    "blockquote_open": "\\begin{quote}\n",
    "heading_open": r"\textbf{",
}
_CLOSE = {
    "em_close": "}",
    "strong_close": "}",
    "s_close": "}",
    "bullet_list_close": "\\end{itemize}\n\n",
    "ordered_list_close": "\\end{enumerate}\n\n",
    "list_item_close": "",
    "blockquote_close": "\\end{quote}\n\n",
    "heading_close": "}\n\n",
    "paragraph_close": "\n\n",
}


def convert_markdown(source: str) -> str:
    """Return CommonMark with pandoc's citations as LaTeX with biblatex's; nothing is run."""
    kept: list[str] = []

    def keep(latex: str) -> str:
        kept.append(latex)
        return f"{_BEGIN}{len(kept) - 1}{_END}"

    def bracketed(found: re.Match[str]) -> str:
        parts = [_ONE_CITATION.fullmatch(part) for part in found[1].split(";")]
        if not all(parts):
            return found[0]
        cites = [part for part in parts if part is not None]
        command = r"\parencite*" if cites[0]["bare"] else r"\parencite"
        if len(cites) > 1:
            command = r"\parencites"
        several = "".join(
            "[{}][{}]{{{}}}".format(
                encode_latex(each["before"].strip()),
                _encode_place(each["after"]),
                each["key"].strip("{}"),
            )
            for each in cites
        )
        return keep(f"{command}{several}")

    def narrative(found: re.Match[str]) -> str:
        place = f"[{_encode_place(found['after'])}]" if found["after"] else ""
        command = r"\parencite*" if found["bare"] else r"\textcite"
        return keep(f"{command}{place}{{{found['key'].strip('{}')}}}")

    parser = MarkdownIt("commonmark", {"html": False}).enable("strikethrough")
    pieces: list[str] = []

    def text(content: str) -> str:
        marked = _NARRATIVE.sub(narrative, _BRACKETED.sub(bracketed, content))
        parts = re.split(f"{_BEGIN}(\\d+){_END}", marked)
        return "".join(
            kept[int(part)] if number % 2 else keep_ends(part, encode_latex)
            for number, part in enumerate(parts)
        )

    def render(tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.type == "inline":
                render(_join_text(token.children or []))
            elif token.type == "text":
                pieces.append(text(token.content))
            elif token.type in ("softbreak", "hardbreak"):
                pieces.append("\n")
            elif token.type == "code_inline":
                pieces.append(rf"\texttt{{{encode_latex(token.content)}}}")
            elif token.type in ("fence", "code_block"):
                body = "\\\\\n".join(encode_latex(line) for line in token.content.splitlines())
                pieces.append(f"\\begin{{quote}}\\ttfamily\n{body}\n\\end{{quote}}\n\n")
            elif token.type == "link_close":
                pieces.append(addresses.pop())
            elif token.type == "link_open":
                addresses.append(
                    rf" (\nolinkurl{{{_escape_address(token.attrs.get('href', ''))}}})"
                )
            elif token.type == "image":
                address = _escape_address(token.attrs.get("src", ""))
                pieces.append(rf"{text(token.content)} (\nolinkurl{{{address}}})")
            else:
                pieces.append(_OPEN.get(token.type, _CLOSE.get(token.type, "")))

    addresses: list[str] = []
    # An escaped @ cites nothing.
    source = re.sub(f"[{_BEGIN}{_END}{_AT}]", "", source)
    render(parser.parse(source.replace(r"\@", _AT)))
    return re.sub(r"\n{3,}", "\n\n", "".join(pieces)).replace(_AT, "@").strip()


def _join_text(tokens: Sequence[Token]) -> list[Token]:
    """Return tokens with neighbouring texts joined, so that a citation is in one piece."""
    joined: list[Token] = []
    for token in tokens:
        if token.type == "text" and joined and joined[-1].type == "text":
            joined[-1] = Token("text", "", 0, content=joined[-1].content + token.content)
        else:
            joined.append(token)
    return joined


def _escape_address(address: object) -> str:
    return re.sub(r"([\\{}%#])", lambda found: rf"\{found[1]}", str(address)).replace("\\\\", "/")
