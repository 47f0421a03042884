r"""The annotated bibliography without a citation processor: for pandoc or for biblatex to finish.

Citations are left as ``[@key, p. 1]`` or ``\parencite[1]{key}``, and whoever renders the file has
the entries formatted by pandoc's citeproc, or by biblatex and biber.
"""

from __future__ import annotations

import re
from collections import Counter

from argmap.annotations import Annotation, Cited, Ledger, list_cited
from argmap.annotations.flow import flow_annotation, join_pieces, join_sentences
from argmap.annotations.latex import cite_in_latex, convert_markdown
from argmap.annotations.locators import label_locator
from argmap.annotations.markdown import escape_markdown, write_key
from argmap.bibliography import clean_work, encode_latex, read_field, write_bibliography
from argmap.diagnostics import join_words
from argmap.exports.bibliography.document import (
    Plan,
    annotate_groups,
    describe_plan,
)
from argmap.exports.bibliography.groups import (
    Group,
    list_mentions,
    list_works,
    order_alphabetically,
    order_groups,
)


def write_plain_markdown(ledger: Ledger, plan: Plan, bibliography: str = "") -> bytes:
    """Return pandoc's Markdown: render it with ``pandoc --citeproc --bibliography FILE``.

    Each work is a paragraph with its title and a citation, and its annotation below; the entries
    stand at the end, where pandoc puts them.
    """
    groups, accounts = _prepare(ledger, plan)
    keys = list_works(groups)
    lines = ["---", f"title: {_quote(plan.title)}"]
    if plan.creators:
        lines.append(f"author: [{', '.join(map(_quote, plan.creators))}]")
    if bibliography:
        lines.append(f"bibliography: {_quote(bibliography)}")
    nocite = ", ".join(f"@{write_key(key)}" for key in keys)
    lines += ["link-citations: true", f"nocite: {_quote(nocite)}", "---", ""]
    lines += [describe_plan(plan, keys, ""), ""]
    own = _keep_labels_apart({note.work: note.text for note in ledger.literature.annotations})

    def add(group: Group, level: int) -> None:
        if group.title:
            lines.extend([f"{'#' * level} {escape_markdown(group.title)}", ""])
        if group.about:
            about = " ".join(
                join_pieces(line, _cite_in_markdown, escape_markdown) for line in group.about
            )
            lines.extend([about, ""])
        if group.see_also:
            named = [f"@{write_key(key)}" for key in group.see_also]
            lines.extend([f"See also {join_words(named)}.", ""])
        for key in group.works:
            title = ledger.works[key].title or key
            lines.extend([f"**{escape_markdown(title)}** [@{write_key(key)}]", ""])
            if key in own:
                lines.extend(f"> {line}".rstrip() for line in own[key].splitlines())
                lines.append("")
            elif text := read_field(ledger.works[key], "annotation"):
                lines.extend([f"> {escape_markdown(text)}", ""])
            for sentences in flow_annotation(accounts[key]):
                told = join_sentences(sentences, _cite_in_markdown, escape_markdown)
                lines.extend([f"> {told}", ""])
        for inner in group.groups:
            add(inner, level + 1)

    for group in groups:
        add(group, 1)
    lines += ["# References", "", "::: {#refs}", ":::", ""]
    return "\n".join(lines).encode()


def write_plain_latex(ledger: Ledger, plan: Plan) -> bytes:
    r"""Return a LaTeX document for biblatex and biber: entries by ``\fullcite``.

    The entries stand in the file itself, made safe for TeX; it writes them to a ``.bib`` file
    beside it when it is run.
    """
    from importlib.resources import files

    groups, accounts = _prepare(ledger, plan)
    keys = list_works(groups)
    lines = [encode_latex(describe_plan(plan, keys, "")), ""]
    own = {note.work: note.text for note in ledger.literature.annotations}
    commands = [r"\section", r"\subsection", r"\subsubsection"]

    def add(group: Group, level: int) -> None:
        if group.title:
            lines.extend([f"{commands[min(level, 2)]}{{{encode_latex(group.title)}}}", ""])
        about = " ".join(join_pieces(line, cite_in_latex, encode_latex) for line in group.about)
        if group.see_also:
            named = [rf"\textcite{{{key}}}" for key in group.see_also]
            about = f"{about} See also {join_words(named)}.".strip()
        if about:
            lines.extend([r"\begin{groupnote}", about, r"\end{groupnote}", ""])
        for key in group.works:
            lines.extend([r"\begin{entry}", rf"\fullcite{{{key}}}.", r"\end{entry}"])
            told = [convert_markdown(own[key])] if key in own else []
            if not told and (text := read_field(ledger.works[key], "annotation")):
                told = [encode_latex(text)]
            told += [
                join_sentences(sentences, cite_in_latex, encode_latex)
                for sentences in flow_annotation(accounts[key])
            ]
            if told:
                lines.extend([r"\begin{annotation}", "\n\n".join(told), r"\end{annotation}"])
            lines.append("")
        for inner in group.groups:
            add(inner, level + 1)

    for group in groups:
        add(group, 0)
    page = (files("argmap.exports.bibliography") / "biblatex.tex").read_text(encoding="utf-8")
    cited = sorted({*keys, *_list_cited(ledger, groups, accounts)})
    works = [clean_work(ledger.works[key]) for key in cited]
    page = page.replace("@entries@", write_bibliography(works).rstrip())
    page = page.replace("@title@", encode_latex(plan.title))
    page = page.replace("@creators@", encode_latex(", ".join(plan.creators)))
    return page.replace("@body@", "\n".join(lines).rstrip()).encode()


def _list_cited(
    ledger: Ledger, groups: tuple[Group, ...], accounts: dict[str, Annotation]
) -> set[str]:
    """Return the works that the annotations cite, the scholar's own included."""
    cited = {key for account in accounts.values() for key in list_cited(account)}
    for group in groups:
        cited.update(list_mentions(group))
    own = " ".join(note.text for note in ledger.literature.annotations)
    return {key for key in ledger.works if key in cited or key in own}


_LABEL = re.compile(r"^ {0,3}\[([^\]\n]+)\]:", re.MULTILINE)


def _keep_labels_apart(texts: dict[str, str]) -> dict[str, str]:
    """Return texts that can stand in one file: no footnote or address in two has one name."""
    labels = {key: dict.fromkeys(map(str.casefold, _LABEL.findall(texts[key]))) for key in texts}
    times = Counter(label for found in labels.values() for label in found)
    apart = {}
    for key, text in texts.items():
        suffix = re.sub(r"\W", "-", key)
        for label in labels[key]:
            if times[label] == 1:
                continue
            name, new = re.escape(label), f"{label}-{suffix}"
            flags = re.IGNORECASE | re.MULTILINE
            text = re.sub(rf"^( {{0,3}})\[{name}\]:", rf"\1[{new}]:", text, flags=flags)
            if label.startswith("^"):
                text = re.sub(rf"\[{name}\]", f"[{new}]", text, flags=flags)
                continue
            text = re.sub(rf"\]\[{name}\]", f"][{new}]", text, flags=flags)
            alone = rf"(?<!\])\[({name})\](?:\[\])?(?![\[(:])"
            text = re.sub(alone, rf"[\1][{new}]", text, flags=flags)
        apart[key] = text
    return apart


def _prepare(ledger: Ledger, plan: Plan) -> tuple[tuple[Group, ...], dict[str, Annotation]]:
    groups = order_groups(plan.groups, order_alphabetically(ledger.literature.works))
    return groups, annotate_groups(ledger, plan, groups)


# ---- pieces ----


def _cite_in_markdown(cited: Cited) -> str:
    if cited.form == "narrative":
        told = []
        for each in cited.references:
            place = f" [{label_locator(each.locator)}]" if each.locator else ""
            told.append(f"@{write_key(each.work)}{place}")
        return join_words(told)
    mark = "-@" if cited.form == "bare" else "@"
    told = [
        f"{mark}{write_key(each.work)}"
        + (f", {label_locator(each.locator)}" if each.locator else "")
        for each in cited.references
    ]
    return f"[{'; '.join(told)}]"


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
