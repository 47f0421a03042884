"""Every code is explained, every explanation is of a code, and its examples show it."""

from __future__ import annotations

from pathlib import Path

import pytest
from rule_examples import UNASKED, parse_example, run_example
from shared import ROOT
from source_codes import collect_words

from argmap.bibliography import parse_bibliography
from argmap.checks.explanations import (
    CHAPTERS,
    describe_explanation,
    explain,
    list_codes,
    write_gallery,
)
from argmap.diagnostics import Diagnostic
from argmap.exports.interchange import read_records_file

# Words in the sources that have the form of a code and are none.
NO_CODES = {
    "default-graph-uri",  # a parameter of the SPARQL protocol
    "named-graph-uri",  # another
    "also-cited",  # headings of the annotated bibliography
    "coded-texts",
    "no-year",
    "other-voices",
    "other-works",
    "chicago-author-date",  # citation styles
    "harvard-cite-them-right",
    "modern-language-association",
    "turabian-author-date",
    "citation-format",
    "container-title",  # words of CSL and pandoc
    "csl-json",
    "custom-style",
    "default-locale",
    "disambiguate-add-givenname",
    "dropping-particle",
    "independent-parent",
    "link-bibliography",
    "link-citations",
    "non-dropping-particle",
    "pandoc-api-version",
    "subsequent-author-substitute",
    "suppress-bibliography",
    "local-url",  # a field of biblatex
    "no-referrer",  # these three say to browsers what they may do with a page
    "no-store",
    "same-origin",
    "second-hand",  # how a note of a dispute begins
    "primary-source",  # a role of citations
    "self-contested",  # a status of claims
}


def test_every_code_in_the_sources_is_explained() -> None:
    words = collect_words()
    unexplained = {word: words[word] for word in words.keys() - set(list_codes()) - NO_CODES}
    assert unexplained == {}, "explain these in argmap/checks/explanations.toml"


def test_every_explanation_is_of_a_code_in_the_sources() -> None:
    assert sorted(set(list_codes()) - collect_words().keys()) == []
    assert sorted(NO_CODES - collect_words().keys()) == []


@pytest.mark.parametrize("code", list_codes())
def test_explanations_are_whole(code: str) -> None:
    entry = explain(code)
    assert entry is not None
    assert entry.code == code
    assert entry.chapter in CHAPTERS
    assert not entry.title.endswith(".")
    assert entry.why.endswith(".")
    assert entry.remedy.endswith((".", ","))
    assert entry.severity not in entry.also
    assert entry.language in ("yaml", "bibtex", "json", "turtle", "sh")
    assert entry.wrong.strip() != entry.right.strip()
    text = describe_explanation(entry)
    assert code in text
    prose = text.partition("Wrong:")[0].splitlines()
    assert all(len(line) <= 80 for line in prose[2:])
    assert all(len(line) <= 100 for line in f"{entry.wrong}\n{entry.right}".splitlines())


def test_an_unknown_code_is_not_explained() -> None:
    assert explain("no-such-code") is None
    assert list_codes() == sorted(list_codes())


def find(code: str, source: str, folder: Path) -> list[Diagnostic]:
    """Run an example in the way of its language."""
    entry = explain(code)
    assert entry is not None
    if entry.language == "yaml":
        return run_example(parse_example(source), folder)
    if entry.language == "bibtex":
        return list(parse_bibliography(source.replace(r"\u0008", "\b"), "references.bib")[1])
    folder.mkdir(exist_ok=True)
    path = folder / "records.json"
    path.write_text(source, encoding="utf-8")
    return list(read_records_file(path)[1])


RUN = [
    code
    for code in list_codes()
    if (entry := explain(code)) is not None
    and (entry.language in ("yaml", "bibtex") or code.startswith(("record-", "json-")))
    and entry.language != "sh"
]


@pytest.mark.parametrize("code", RUN)
def test_examples_show_the_code(code: str, tmp_path: Path) -> None:
    entry = explain(code)
    assert entry is not None
    wrong = find(code, entry.wrong, tmp_path / "wrong")
    found = [finding for finding in wrong if finding.code == code]
    assert found, [str(finding) for finding in wrong]
    assert {finding.severity for finding in found} <= {entry.severity, *entry.also}
    right = find(code, entry.right, tmp_path / "right")
    left = [str(f) for f in right if f.code not in UNASKED or f.code == code]
    assert left == []


def test_gallery_is_current() -> None:
    path = ROOT / "docs" / "errors.md"
    assert path.read_text(encoding="utf-8") == write_gallery(), (
        "write it anew: python -c 'from argmap.checks.explanations import write_gallery; "
        'print(write_gallery(), end="")\' > docs/errors.md'
    )
