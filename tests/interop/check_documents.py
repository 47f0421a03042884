"""The annotated bibliography given to those who will read it: Zotero's engine, LaTeX, LibreOffice.

Entries are compared one by one with what citeproc-js prints.  Two differences between the engines
are known, and both are told apart from any other one:

- *prepositions*: in title case citeproc-js writes ``after`` and ``between`` small, pandoc (as
  Chicago's 18th edition has it for five letters and more) with a capital;
- *commas*: after a title that ends with a question mark citeproc-js sets the comma of the style,
  pandoc leaves it out.
"""

from __future__ import annotations

import json
import re
import tempfile
import zipfile
from html import unescape
from pathlib import Path

from clients import ROOT, Outcome, find_node_module, find_program, run, tail

from argmap.analysis import derive, examine
from argmap.annotations import Ledger
from argmap.citing import find_style, format_entries, read_references, write_csl_json
from argmap.citing.styles import trim_style
from argmap.exports.bibliography import plan_bibliography, write_bibliography, write_plainly
from argmap.exports.references import write_ris
from argmap.query import load

STYLES = ("chicago-author-date", "apa", "modern-language-association")
_PREPOSITIONS = re.compile(
    r"\b(about|above|across|after|against|along|alongside|among|around|before|behind|below|beneath"
    r"|beside|between|beyond|during|inside|outside|through|toward|towards|under|until|within"
    r"|without)\b",
    re.IGNORECASE,
)
_LATEX = "texlive-luatex texlive-latex-recommended texlive-bibtex-extra lmodern biber"
_READ_RIS = """
import {createRequire} from 'module'
import fs from 'fs'
const require = createRequire(process.argv[3])
const {plugins, Cite} = require('@citation-js/core')
require('@citation-js/plugin-ris')
const found = new Cite(fs.readFileSync(process.argv[2], 'utf8'), {forceType: '@ris/file'})
console.log(JSON.stringify(found.data.map(item => [item.title, item.type])))
"""


def check() -> list[Outcome]:
    """Let citeproc-js, citation.js, LaTeX with biber, and LibreOffice read what argmap writes."""
    review = load(ROOT / "corpus", ROOT / "references.bib")
    findings = examine(review.literature)
    ledger = Ledger(findings, derive(findings))
    plan = plan_bibliography(ledger)
    documents, _ = write_bibliography(ledger, plan, STYLES[0], ["docx", "latex"])
    plain = write_plainly(ledger, plan, "latex", "references.bib")
    return [
        *(_compare_entries(review.works, style) for style in STYLES),
        _ask_citation_js(ledger),
        _compile("formatted", documents["latex"], biber=False),
        _compile("for biblatex", plain, biber=True),
        _ask_libreoffice(documents["docx"], len(review.works)),
    ]


def _compare_entries(works, style_name: str) -> Outcome:  # type: ignore[no-untyped-def]
    name = f"citeproc-js {style_name}"
    folder = find_node_module("citeproc") and find_node_module("@citation-js/plugin-csl")
    if not folder:
        return Outcome(name, "skipped", "the npm packages cannot be had")
    style, problems = find_style(style_name)
    assert style is not None, problems
    ours = format_entries(works, style_name)
    with tempfile.TemporaryDirectory() as place:
        items, csl = Path(place) / "items.json", Path(place) / "style.csl"
        items.write_bytes(write_csl_json(read_references(works)))
        csl.write_bytes(trim_style(style, len(works), apart=True).data)
        script = Path(__file__).parent / "print_entries.mjs"
        base = str(Path(folder) / "here.js")
        code, told = run(["node", str(script), str(items), str(csl), base])
    if code:
        return Outcome(name, "failed", tail(told))
    theirs = json.loads(told.strip().splitlines()[-1])
    known, unknown = 0, []
    for key, entry in ours.items():
        one, other = _flatten(entry), _flatten(theirs.get(key, ""))
        if one == other:
            continue
        if _level(one) == _level(other):
            known += 1
        else:
            unknown.append(f"{key}\n  pandoc       {one}\n  citeproc-js  {other}")
    if unknown:
        return Outcome(name, "failed", tail("\n".join(unknown), 30))
    told = f"{len(ours)} entries the same, but for {known} prepositions or commas" if known else ""
    return Outcome(name, "passed", told or f"{len(ours)} entries the same")


def _flatten(html: str) -> str:
    text = re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", html))).strip()
    return text.translate(str.maketrans("’‘“”", "''\"\""))


def _level(text: str) -> str:
    """Return an entry without the two differences that are known."""
    lowered = _PREPOSITIONS.sub(lambda found: found[0].lower(), text)
    return re.sub(r"\?,(?=\")", "?", lowered)


def _ask_citation_js(ledger: Ledger) -> Outcome:
    name = "citation.js reads RIS"
    folder = find_node_module("@citation-js/core") and find_node_module("@citation-js/plugin-ris")
    if not folder:
        return Outcome(name, "skipped", "the npm packages cannot be had")
    data, _ = write_ris(ledger.literature, ledger.derived)
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "works.ris"
        path.write_bytes(data)
        script = Path(folder) / "ris.mjs"
        script.write_text(_READ_RIS, encoding="utf-8")
        code, told = run(["node", str(script), str(path), str(Path(folder) / "here.js")])
    if code:
        return Outcome(name, "failed", tail(told))
    titles = {title for title, _ in json.loads(told.strip().splitlines()[-1])}
    missing = [
        work.key
        for work in ledger.literature.works
        if not any(title and title.startswith(work.title) for title in titles)
    ]
    if missing:
        return Outcome(name, "failed", f"titles not found: {', '.join(missing)}")
    return Outcome(name, "passed", f"{len(titles)} titles")


def _compile(what: str, source: bytes, *, biber: bool) -> Outcome:
    name = f"lualatex{' and biber' if biber else ''}, {what}"
    latex = find_program("lualatex", *_LATEX.split())
    if not latex:
        return Outcome(name, "skipped", "LaTeX is not installed and cannot be")
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / "works.tex").write_bytes(source)
        command = [latex, "-interaction=nonstopmode", "-halt-on-error", "works.tex"]
        steps = [command, ["biber", "works"], command, command] if biber else [command, command]
        for step in steps:
            code, told = run(step, cwd=place)
            if code:
                return Outcome(name, "failed", tail(told))
        missing = [line for line in told.splitlines() if "undefined" in line]
        if missing:
            return Outcome(name, "failed", tail("\n".join(missing)))
    return Outcome(name, "passed")


def _ask_libreoffice(data: bytes, works: int) -> Outcome:
    name = "LibreOffice reads docx"
    office = find_program("soffice", "libreoffice-writer")
    if not office:
        return Outcome(name, "skipped", "LibreOffice is not installed and cannot be")
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "works.docx"
        path.write_bytes(data)
        profile = f"-env:UserInstallation=file://{place}/profile"
        command = [office, profile, "--headless", "--convert-to", "odt", "--outdir", place]
        code, told = run([*command, str(path)])
        made = Path(place) / "works.odt"
        if code or not made.is_file():
            return Outcome(name, "failed", tail(told))
        with zipfile.ZipFile(made) as document:
            body = document.read("content.xml").decode()
            styles = document.read("styles.xml").decode()
    named = {
        style: set(re.findall(rf'style:name="(P\d+)"[^>]*parent-style-name="{style}"', body))
        | {style}
        for style in ("Bibliography", "Annotation")
    }
    counts = {
        style: sum(body.count(f'<text:p text:style-name="{each}"') for each in names)
        for style, names in named.items()
    }
    bibliography = re.search(r'style:name="Bibliography".*?</style:style>', styles, re.DOTALL)
    hanging = bibliography is not None and 'fo:text-indent="-' in bibliography[0]
    if counts["Bibliography"] != works or counts["Annotation"] < works or not hanging:
        return Outcome(name, "failed", f"paragraphs {counts}, hanging indents: {hanging}")
    return Outcome(name, "passed", f"{counts['Bibliography']} entries, hanging indents")
