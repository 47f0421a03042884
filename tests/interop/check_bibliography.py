"""Independent judges of the bibliography: biber's data model and Better BibTeX's parser."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from clients import ROOT, Outcome, find_node_module, find_program, run, tail

from argmap.bibliography import read_bibliography, write_bibliography

_READ = """
import * as module from '@retorquere/bibtex-parser'
import fs from 'fs'
const parse = module.parse || module.default.parse
const found = parse(fs.readFileSync(process.argv[2], 'utf8'))
console.log(JSON.stringify({keys: found.entries.map(entry => entry.key), errors: found.errors}))
"""


def check() -> list[Outcome]:
    """Let both judge references.bib as it is, and as argmap writes it again."""
    original = ROOT / "references.bib"
    works, _ = read_bibliography(original)
    with tempfile.TemporaryDirectory() as folder:
        again = Path(folder) / "again.bib"
        again.write_text(write_bibliography(works), encoding="utf-8")
        return [
            outcome
            for path in (original, again)
            for outcome in (_ask_biber(path), _ask_better_bibtex(path, {w.key for w in works}))
        ]


def _ask_biber(path: Path) -> Outcome:
    name = f"biber --validate-datamodel {path.name}"
    biber = find_program("biber", "biber")
    if not biber:
        return Outcome(name, "skipped", "biber is not installed and cannot be")
    with tempfile.TemporaryDirectory() as folder:
        command = [biber, "--tool", "--validate-datamodel", "--nolog"]
        command += ["--output-file", str(Path(folder) / "out.bib"), str(path)]
        code, told = run(command)
    complaints = [line for line in told.splitlines() if line.startswith(("WARN", "ERROR"))]
    if code or complaints:
        return Outcome(name, "failed", tail("\n".join(complaints) or told))
    return Outcome(name, "passed")


def _ask_better_bibtex(path: Path, keys: set[str]) -> Outcome:
    name = f"Better BibTeX's parser {path.name}"
    folder = find_node_module("@retorquere/bibtex-parser")
    if not folder:
        return Outcome(name, "skipped", "the npm package cannot be had")
    script = Path(folder) / "read.mjs"
    script.write_text(_READ, encoding="utf-8")
    code, told = run(["node", str(script), str(path)])
    if code:
        return Outcome(name, "failed", tail(told))
    found = json.loads(told.strip().splitlines()[-1])
    if found["errors"] or set(found["keys"]) != keys:
        missing = sorted(keys.symmetric_difference(found["keys"]))
        return Outcome(name, "failed", f"errors {found['errors']}, keys that differ {missing}")
    return Outcome(name, "passed", f"{len(keys)} entries")
