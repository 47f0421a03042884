"""The annotated bibliography as documents: groups, formats, the command line, the extra missing."""

from __future__ import annotations

import json
import re
import sys
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from shared import ROOT
from test_cli import Run, argmap, review  # noqa: F401

import argmap as package
from argmap.analysis import analyse, derive, examine
from argmap.annotations import Ledger, Stated, annotate_works, explain_work, list_pieces
from argmap.bibliography import parse_bibliography
from argmap.citing import read_document, write_document
from argmap.exports.bibliography import (
    FORMATS,
    GROUPINGS,
    NO_STYLE,
    list_works,
    plan_bibliography,
    write_bibliography,
    write_plainly,
)
from argmap.exports.bibliography.document import annotate_groups
from argmap.exports.references import write_biblatex, write_ris
from argmap.model import OwnAnnotation
from argmap.templates import write_template

WEITSMAN = "Waging War: Alliances, Coalitions, and Institutions of Interstate Violence"


@cache
def shipped() -> Ledger:
    loaded = package.load(ROOT / "corpus", ROOT / "references.bib")
    findings = examine(loaded.literature)
    return Ledger(findings, derive(findings, draws=20))


@cache
def written() -> dict[str, bytes]:
    plan = plan_bibliography(shipped())
    data, findings = write_bibliography(shipped(), plan, "chicago-author-date", FORMATS)
    assert findings == []
    return data


def with_own(text: str) -> Ledger:
    """Return the shipped review with one annotation of the scholar's."""
    note = OwnAnnotation(work="walt1987", text=text)
    literature = msgspec.structs.replace(shipped().literature, annotations=(note,))
    findings = examine(literature)
    return Ledger(findings, derive(findings, draws=0))


# ---- groups ----


@pytest.mark.parametrize("grouping", GROUPINGS)
def test_each_work_stands_once(grouping: str) -> None:
    plan = plan_bibliography(shipped(), grouping=grouping)  # type: ignore[arg-type]
    keys = list_works(plan.groups)
    assert len(keys) == len(set(keys))
    assert set(keys) == set(shipped().works)


def test_schools_come_with_a_line() -> None:
    plan = plan_bibliography(shipped())
    by_id = {group.id: group for group in plan.groups}
    assert "weitsman2004" in by_id["alliances-for-war"].works
    assert by_id["surveys"].works == ("bogdanov2019", "rynningschmitt2018")
    assert all(group.about for group in plan.groups)
    # Declared by the reviewer, by the argument and not by sides taken.
    assert "weitsman2013" in by_id["flexible-coalitions"].works


def test_one_dispute_and_its_sides() -> None:
    dispute = shipped().derived.disputes[0]
    plan = plan_bibliography(shipped(), dispute=dispute)
    [group] = plan.groups
    sides = {side.title: side.works for side in group.groups}
    assert set(sides["For"]) == {"gelpi1999", "pressman2008", "tierney2011", "waltz1979"}
    assert set(sides["Against"]) == {"oren1990", "weitsman2004"}
    assert sides["On both sides"] == ("levy1981",)
    assert group.title == "Alliances on the whole help to keep peace"


def test_the_dispute_asked_for_comes_first_and_alone() -> None:
    ledger = shipped()
    dispute = next(
        each
        for each in ledger.derived.disputes
        if "rynningschmitt2018/coalitions-effective-by-design" in each.claims
    )
    plan = plan_bibliography(ledger, dispute=dispute)
    accounts = annotate_groups(ledger, plan, plan.groups)
    for key in ("rynningschmitt2018", "weitsman2013"):
        first, *rest = accounts[key].paragraphs[0].sentences
        opening = [first, *rest[:1]] if key == "rynningschmitt2018" else [first]
        stated = {
            piece.claim
            for sentence in opening
            for piece in sentence.pieces
            if isinstance(piece, Stated)
        }
        assert stated & set(dispute.claims), key
    others = {each.focal for each in ledger.derived.disputes} - set(dispute.claims)
    company = [
        piece.claim
        for part in accounts["rynningschmitt2018"].paragraphs
        if part.about == "company"
        for sentence in part.sentences
        for piece in sentence.pieces
        if isinstance(piece, Stated)
    ]
    assert not others & set(company)


def test_disputes_of_a_new_review_are_told(tmp_path: Path) -> None:
    """Opponents named for one claim do not stand for the dispute over another."""
    write_template(tmp_path)
    loaded = package.load(tmp_path / "corpus", tmp_path / "references.bib")
    findings = examine(loaded.literature)
    ledger = Ledger(findings, derive(findings, draws=0))
    accounts = annotate_works(ledger, ["brandvold2017", "orrell2014"])
    for key, account in accounts.items():
        stated = {piece.claim for piece in list_pieces(account) if isinstance(piece, Stated)}
        sides = explain_work(ledger, key).sides
        assert len(sides) >= 2
        for side in sides:
            assert stated & set(side.dispute.claims), (key, side.claim.id)


def test_conditions_narrow_the_choice() -> None:
    ledger = shipped()
    held = set(list_works(plan_bibliography(ledger, only="held").groups))
    disputed = set(list_works(plan_bibliography(ledger, only="disputed").groups))
    cited = set(list_works(plan_bibliography(ledger, only="cited").groups))
    assert "atkinson1993" in cited - held
    assert disputed < set(ledger.works)
    assert {"levy1981", "oren1990"} <= disputed & held
    both = plan_bibliography(ledger, keys=["levy1981", "atkinson1993"], only="held")
    assert list_works(both.groups) == ("levy1981",)
    topic = plan_bibliography(ledger, topic="changing-war")
    assert set(list_works(topic.groups)) >= {"smith2006", "hammes2004", "dombrowski2015"}


# ---- formats ----


def test_every_format_holds_every_work() -> None:
    data = written()
    with zipfile.ZipFile(BytesIO(data["docx"])) as document:
        texts = {"docx": document.read("word/document.xml").decode()}
    texts |= {
        name: content.decode() for name, content in data.items() if name not in ("docx", "pdf")
    }
    for name, text in texts.items():
        text = re.sub(r"<[^>]*>|\\[a-z]+|[{}\s]+", " ", text)
        text = re.sub(r"\s+", " ", text)
        assert "Carnage and Connectivity" in text, name
        assert "Interstate Violence" in text, name
        assert "Kontrrevoliutsiia" in text, name
    assert data["pdf"].startswith(b"%PDF-")


def test_html_links_citations_to_entries() -> None:
    html = written()["html"].decode()
    targets = set(re.findall(r'href="#([^"]+)"', html))
    ids = re.findall(r'id="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert targets <= set(ids)
    assert {f"ref-{key}" for key in shipped().works} <= set(ids)
    assert "<script" not in html
    assert "src=" not in html


def test_docx_has_its_styles() -> None:
    with zipfile.ZipFile(BytesIO(written()["docx"])) as document:
        styles = document.read("word/styles.xml").decode()
        body = document.read("word/document.xml").decode()
        assert {item.date_time for item in document.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    for name in ("Bibliography", "Annotation", "GroupNote"):
        assert f'w:styleId="{name}"' in styles
        assert f'<w:pStyle w:val="{name}"' in body
    assert re.search(r'w:styleId="Bibliography".*?w:hanging="567"', styles)
    assert body.count('<w:pStyle w:val="Bibliography"') == len(shipped().works)
    anchors = set(re.findall(r'<w:hyperlink w:anchor="([^"]+)"', body))
    assert anchors <= set(re.findall(r'<w:bookmarkStart[^>]*w:name="([^"]+)"', body))


def test_the_same_bytes_every_time() -> None:
    plan = plan_bibliography(shipped())
    again, _ = write_bibliography(shipped(), plan, "chicago-author-date", FORMATS)
    assert again == written()


def test_json_tells_pieces() -> None:
    told = json.loads(written()["json"])
    works = {}

    def collect(groups: list[dict[str, object]]) -> None:
        for group in groups:
            works.update({work["key"]: work for work in group["works"]})  # type: ignore[attr-defined,index]
            collect(group["groups"])  # type: ignore[arg-type]

    collect(told["groups"])
    assert set(works) == set(shipped().works)
    work = works["weitsman2013"]
    assert work["entry"]["text"].startswith("Weitsman, Patricia A. 2013.")
    assert WEITSMAN in work["entry"]["text"]
    kinds = {
        piece["type"]
        for paragraph in work["annotation"]["paragraphs"]
        for sentence in paragraph["sentences"]
        for piece in sentence["pieces"]
    }
    assert {"words", "cited", "stated"} <= kinds
    assert "(2018, 660)" in " ".join(work["annotation"]["text"])


def test_numbers_stand_beside_names() -> None:
    plan = plan_bibliography(shipped(), keys=["weitsman2013"])
    data, _ = write_bibliography(shipped(), plan, "ieee", ["md"])
    assert re.search(r"Rynning and Schmitt \\\[\d+, p. 661\\\]", data["md"].decode())


def test_works_that_annotations_cite_are_listed() -> None:
    plan = plan_bibliography(shipped(), keys=["atkinson1993"])
    data, _ = write_bibliography(shipped(), plan, "chicago-author-date", ["md"])
    text = data["md"].decode()
    assert "## Also cited" in text
    assert "Bogdanov, Konstantin V. 2019." in text
    assert "Powell, Colin L. 1995." in text


# ---- the scholar's own annotations ----


def test_own_annotations_come_first() -> None:
    ledger = with_own("*Mine*, see [@levy1981, p. 583].\n\nSecond.\n\n# Head\n")
    plan = plan_bibliography(ledger, keys=["walt1987"])
    data, _ = write_bibliography(ledger, plan, "chicago-author-date", ["md"])
    text = data["md"].decode()
    mine = text.index("> *Mine*, see (Levy 1981, 583).")
    assert mine < text.index("> Second.") < text.index("> **Head**") < text.index("definition")
    assert "Levy, Jack S. 1981." in text


@pytest.mark.parametrize("style", ["chicago-author-date", NO_STYLE])
def test_footnotes_of_two_annotations_keep_apart(style: str) -> None:
    notes = tuple(
        OwnAnnotation(
            work=key,
            text=f"A[^1] and [here][x].\n\n[^1]: Note on {key}.\n\n[x]: https://{key}.example/",
        )
        for key in ("walt1987", "levy1981")
    )
    literature = msgspec.structs.replace(shipped().literature, annotations=notes)
    findings = examine(literature)
    ledger = Ledger(findings, derive(findings, draws=0))
    plan = plan_bibliography(ledger, keys=["walt1987", "levy1981"])
    if style == NO_STYLE:
        markdown = write_plainly(ledger, plan, "md", "references.bib")
        html = write_document(read_document(markdown, "markdown")["blocks"], "html5").decode()
    else:
        data, _ = write_bibliography(ledger, plan, style, ["html", "md"])
        html = data["html"].decode()
        assert data["md"].decode().count("Note on") == 2
    for key in ("walt1987", "levy1981"):
        assert html.count(f"Note on {key}") == 1
        assert html.count(f"https://{key}.example/") == 1


def test_headings_and_their_lines_stay_with_what_follows() -> None:
    typst = written()["typst"].decode()
    for name in ("#show heading: set block(", "#let about(body) =", "#let entry("):
        [line] = [line for line in typst.splitlines() if line.startswith(name)]
        assert "sticky: true" in line


def test_lists_tables_and_footnotes_stand_with_the_annotation_in_word() -> None:
    ledger = with_own("A[^1].\n\n- one\n- two\n\n[^1]: Note.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    plan = plan_bibliography(ledger, keys=["walt1987"])
    data, _ = write_bibliography(ledger, plan, "chicago-author-date", ["docx"])
    with zipfile.ZipFile(BytesIO(data["docx"])) as document:
        styles = document.read("word/styles.xml").decode()
        numbering = document.read("word/numbering.xml").decode()
        body = document.read("word/document.xml").decode()

    def find(style: str) -> str:
        [found] = re.findall(rf'<w:style [^>]*w:styleId="{style}".*?</w:style>', styles, re.DOTALL)
        return str(found)

    indent = int(re.findall(r'w:left="(\d+)"', find("Annotation"))[0])
    assert "<w:tbl>" in body
    assert re.search(rf'<w:tblInd [^>]*w:w="{indent}"', find("Table"))
    for found in re.findall(r"<w:ind [^>]*>", numbering):
        left, hanging = (re.findall(rf'w:{side}="(\d+)"', found) for side in ("left", "hanging"))
        assert int(left[0]) - int(hanging[0]) >= indent
    size = {style: int(re.findall(r'<w:sz w:val="(\d+)"', find(style))[0])
            for style in ("Annotation", "FootnoteText", "Compact")}  # fmt: skip
    assert size["FootnoteText"] < size["Annotation"] == size["Compact"]


def test_own_annotations_cannot_break_the_document() -> None:
    ledger = with_own("```\nnever closed <script>\n")
    plan = plan_bibliography(ledger, keys=["walt1987"])
    data, _ = write_bibliography(ledger, plan, "chicago-author-date", ["html"])
    assert "<script" not in data["html"].decode()
    assert "Also cited" in data["html"].decode()


def test_what_the_graph_leaves_out_is_told() -> None:
    from argmap.exports.rdf import TURTLE

    literature = with_own("Mine.").literature
    assert TURTLE.write is not None
    _, losses = TURTLE.write(literature, analyse(literature, draws=0))
    assert "left out: 1 annotation of works by the scholar" in [each.message for each in losses]


# ---- without the extra ----


def test_plain_markdown_cites_every_work() -> None:
    text = write_plainly(shipped(), plan_bibliography(shipped()), "md", "references.bib").decode()
    assert 'bibliography: "references.bib"' in text
    assert "@rynningschmitt2018 [p. 660]" in text
    assert "[@rynningschmitt2018, p. 660]" in text
    assert f"**{WEITSMAN}** [@weitsman2013]" in text


def test_plain_latex_carries_its_entries() -> None:
    text = write_plainly(shipped(), plan_bibliography(shipped()), "latex", "x.bib").decode()
    entries = text.partition("\\begin{filecontents}[overwrite]{\\jobname.bib}")[2]
    works, findings = parse_bibliography(entries.partition("\\end{filecontents}")[0], "x.bib")
    assert findings == []
    assert {work.key for work in works} == set(shipped().works)
    assert r"\fullcite{weitsman2013}." in text
    assert r"\textcite[660]{rynningschmitt2018}" in text


# ---- exporters ----


def test_biblatex_carries_annotations() -> None:
    literature = with_own("Mine.").literature
    data, losses = write_biblatex(literature, analyse(literature, draws=0))
    works, findings = parse_bibliography(data.decode(), "x.bib")
    assert [finding for finding in findings if finding.severity != "note"] == []
    by_key = {work.key: work for work in works}
    assert by_key["walt1987"].fields["annotation"].startswith("Mine.\n\n")
    assert r"\textcite" in by_key["weitsman2013"].fields["annotation"]
    assert by_key["weitsman2013"].title == WEITSMAN
    assert [loss.code for loss in losses] == ["export-loss"]


def test_ris() -> None:
    data, losses = write_ris(shipped().literature, shipped().derived)
    records = data.decode().split("ER  - \r\n")
    assert len(records) == len(shipped().works) + 1
    crescenzi = next(record for record in records if "ID  - crescenzi2012" in record)
    lines = crescenzi.strip().split("\r\n")
    assert lines[0] == "TY  - JOUR"
    assert "AU  - Crescenzi, Mark J. C." in lines
    assert "SP  - 259" in lines
    assert "EP  - 274" in lines
    assert "T2  - International Studies Quarterly" in lines
    assert all(re.match(r"[A-Z][A-Z0-9]  - ", line) for line in lines)
    assert {loss.code for loss in losses} == {"export-loss"}


# ---- the command line ----


def test_command(review: Path, argmap: Run) -> None:
    result = argmap("bibliography")
    assert result.code == 0
    assert "# Dogs: an annotated bibliography" in result.out
    assert "Brown, Cay. 2001. *Noise*." in result.out
    assert "(Brown 2001, 87" in result.out


def test_the_format_shows_in_the_name(review: Path, argmap: Run) -> None:
    assert argmap("bibliography", "-o", "works.html", "--style", "apa").code == 0
    assert (review / "works.html").read_text().startswith("<!doctype html>")
    result = argmap("bibliography", "-o", "works.xyz")
    assert result.code == 2
    assert not (review / "works.xyz").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--style", "apaa"), 1, "'apa'"),
        (("--style", "no/such.csl"), 1, "[style-file]"),
        (("--works", "smith202"), 1, "'smith2020'"),
        (("--works", ","), 2, "names no work"),
        (("--dispute", "dogs-barc"), 1, "dogs-bark"),
        (("--topic", "noize"), 1, "'noise'"),
        (("--group-by", "scool"), 2, "school"),
        (("--format", "docs"), 2, "docx"),
        (("--style", "none", "--format", "pdf"), 2, "md and latex"),
        (("--json", "--format", "md"), 2, "exclude each other"),
        (("--format", "docx"), 2, "'out.md' says md, and --format says docx"),
    ],
)
def test_what_is_refused(
    arguments: tuple[str, ...],
    code: int,
    told: str,
    review: Path,
    argmap: Run,
) -> None:
    result = argmap("bibliography", "-o", "out.md", *arguments)
    assert result.code == code
    assert told in result.err + result.out
    assert not (review / "out.md").exists()


def test_a_file_in_the_place_of_a_folder(review: Path, argmap: Run) -> None:
    (review / "afile").write_text("x", encoding="utf-8")
    ran = argmap("bibliography", "-o", "afile/x.md")
    assert ran.code == 1
    assert "afile is a file and no folder" in ran.err
    assert "permissions" not in ran.err
    assert (review / "afile").read_text(encoding="utf-8") == "x"


def test_a_yaml_header_is_no_annotation(review: Path, argmap: Run) -> None:
    folder = review / "corpus" / "annotations"
    folder.mkdir(exist_ok=True)
    key = "smith2020"
    note = folder / f"{key}.md"
    note.write_text("---\ntags: [xyzzy]\n---\n\nPlugh.\n", encoding="utf-8")
    ran = argmap("bibliography", "--style", "none", "--works", key)
    assert "xyzzy" not in ran.out
    assert "> Plugh." in ran.out
    check = argmap("check")
    assert re.search(rf"{key}\.md:1: warning: .*\[annotation-header\]", check.out + check.err)
    note.write_text("---\n\nPlugh: a line above.\n\n---\n", encoding="utf-8")
    ran = argmap("bibliography", "--style", "none", "--works", key)
    assert "Plugh: a line above" in ran.out


def test_no_work_left(review: Path, argmap: Run) -> None:
    with (review / "references.bib").open("a") as bibliography:
        bibliography.write("@book{spare2000, title = {Spare}, year = {2000}}\n")
    result = argmap("bibliography", "--only", "disputed", "--works", "spare2000", "-o", "out.md")
    assert result.code == 1
    assert "[bibliography-empty]" in result.err
    assert not (review / "out.md").exists()


def test_without_the_extra_it_says_what_is_missing(
    review: Path,
    argmap: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    result = argmap("bibliography")
    assert result.code == 0
    assert "[extra-missing]" in result.err
    assert "argmap[cite]" in result.err
    assert "[@brown2001" in result.out
    result = argmap("bibliography", "--format", "html")
    assert result.code == 1
    assert "[extra-missing]" in result.err
    assert "--format md" in result.err
    result = argmap("build")
    assert result.code == 0
    assert "[extra-missing]" in result.err
    names = {path.name for path in (review / "exports").iterdir()}
    assert {"bibliography.md", "bibliography.tex", "argmap.bib"} <= names
    assert "bibliography.html" not in names


def test_the_build_writes_four_documents(review: Path, argmap: Run) -> None:
    assert argmap("build").code == 0
    names = {path.name for path in (review / "exports").iterdir()}
    assert {f"bibliography.{each}" for each in ("md", "html", "docx", "pdf")} <= names
