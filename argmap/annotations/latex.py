"""Annotations as LaTeX with biblatex's citations, the scholar's own Markdown included."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it.token import Token

from argmap.annotations.flow import flow_annotation, join_sentences, keep_ends
from argmap.annotations.markdown import NoteCitation, parse_markdown, part_citations
from argmap.annotations.pieces import Annotation, Cited
from argmap.bibliography import encode_latex
from argmap.diagnostics import join_words


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
    pieces: list[str] = []

    def text(content: str) -> str:
        return "".join(
            keep_ends(part, encode_latex) if isinstance(part, str) else _cite_note(part)
            for part in part_citations(content)
        )

    def render(tokens: Sequence[Token]) -> None:
        for token in tokens:
            if token.type == "inline":
                render(token.children or [])
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
    render(parse_markdown(source))
    return re.sub(r"\n{3,}", "\n\n", "".join(pieces)).strip()


def _cite_note(cited: NoteCitation) -> str:
    first = cited.references[0]
    if not cited.bracketed:
        place = f"[{_encode_place(first.after)}]" if first.after else ""
        command = r"\parencite*" if first.bare else r"\textcite"
        return f"{command}{place}{{{first.key}}}"
    command = r"\parencite*" if first.bare else r"\parencite"
    if len(cited.references) > 1:
        command = r"\parencites"
    several = "".join(
        f"[{encode_latex(each.before)}][{_encode_place(each.after)}]{{{each.key}}}"
        for each in cited.references
    )
    return f"{command}{several}"


def _escape_address(address: object) -> str:
    return re.sub(r"([\\{}%#])", lambda found: rf"\{found[1]}", str(address)).replace("\\\\", "/")
