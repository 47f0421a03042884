"""What a corpus file must survive: every way in which YAML goes wrong, or could do harm."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from authoring_examples import read_files, read_one, reads_docstring, show

from argmap.authoring import CorpusDraft, documents, read_corpus
from argmap.authoring.documents import parse_document, read_document
from argmap.diagnostics import Diagnostic

CLAIM = """\
text: smith2020
claims:
  a:
    claim: One.
    at: "12: one … two"
    held: jones1999
"""


def refuse(source: str) -> Diagnostic:
    """Return the one finding of a document that is refused as a whole."""
    root, findings = parse_document(source, "f.yaml")
    assert root is None
    (finding,) = findings
    assert finding.path == "f.yaml"
    assert finding.remedy
    return finding


@pytest.mark.parametrize(
    ("source", "line", "column", "words"),
    [
        ("text: a\nclaims:\n\tx: 1\n", 3, 1, "a tab stands"),
        ("text: a\nclaims:\n  x:\n  \ty: 1\n", 4, 3, "a tab stands"),
        ('text: a\nnone:\n  - at: "12: b\n', 4, 1, "quotation mark of line 3 is still open"),
        ("text: a\ntopic: 'b\n", 3, 1, "quotation mark of line 2 is still open"),
        (
            'a:\n  at: "12: b\n  held: c\nb:\n  at: "13: d"\n',
            5,
            8,
            "quotation mark of line 2 is closed here only",
        ),
        ("text: a\nnone: [b, c\nsurvey: true\n", 3, 7, "bracket or brace of line 2"),
        ("a: {b: c, d\ne: f: g}\n", 2, 2, "bracket or brace of line 1"),
        ("text: a\ntopic: One: two\n", 2, 11, "a colon and a space inside a value"),
        ("text: a\n  topic: b\n", 2, 8, "indented as if it belonged"),
        ("claims:\n    a: b\n  c: d\n", 3, 3, "does not fit what stands above"),
        ('topic: "A" is b\n', 1, 12, "does not fit what stands above"),
        ("text: a\ntopic: @b\n", 2, 8, "cannot begin a value"),
        ("text: a\ntopic: [@b, p. 3]\n", 2, 9, "cannot begin a value"),
        ("text: `a`\n", 1, 7, "cannot begin a value"),
        ("text: a\nclaims\nnone: b\n", 2, 1, "a key without a colon"),
        ("text: a\ntopic:b\n", 2, 1, "a key without a colon"),
        ('text: "a\\qb"\n', 1, 9, "backslash"),
        ("text: | a\n", 1, 9, "cannot begin with | or >"),
        ("text: a\n...\ntopic: b\n", 3, 1, "a whole document already"),
        ("%YAML 3.0\n---\ntext: a\n", 1, 1, "begins with %"),
        ("text: a\ntopic: ]\n", 2, 8, "no value can begin here"),
        ("é: ü\nñ: ü ü]: x\n", 2, 8, "a colon and a space inside"),
    ],
)
def test_broken_syntax_is_told_in_plain_words(
    source: str, line: int, column: int, words: str
) -> None:
    finding = refuse(source)
    assert finding.code == "yaml-syntax"
    assert words in finding.message
    assert (finding.line, finding.column) == (line, column)


@pytest.mark.parametrize("source", ["", "\n\n", "# a comment\n", "---\n", "~\n", "\ufeff"])
def test_empty_file(source: str, tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text(source, encoding="utf-8")
    root, findings = read_document(tmp_path / "f.yaml", "f.yaml")
    assert root is None
    assert show(findings) == ["1:0 yaml-empty"]


@pytest.mark.parametrize("source", ["- a\n", "a\n", '"a: b"\n', "[a, b]\n"])
def test_no_mapping(source: str) -> None:
    assert refuse(source).code == "file-kind"


@reads_docstring
def test_duplicate_keys(draft: CorpusDraft, findings: list[Diagnostic]) -> None:
    """
    text: smith2020
    survey: true
    claims:
      a: {claim: One., at: "1: one", held: smith2020, "held": jones1999}
      b: {claim: Two., at: "1: two", held: smith2020}
      a: {claim: Three., at: "1: three", held: smith2020}
    survey: false
    """
    assert show(findings) == [
        "4:51 yaml-duplicate-key",
        "6:3 yaml-duplicate-key",
        "7:1 yaml-duplicate-key",
    ]
    assert "first in line 4" in findings[1].message
    # The first stays, and nothing else is lost.
    assert [claim.statement for claim in draft.claims] == ["One.", "Two."]
    assert [p.holder for p in draft.positions] == ["@smith2020", "@smith2020"]
    assert draft.texts[0].survey


@reads_docstring
def test_aliases_anchors_merge_keys_and_tags(
    draft: CorpusDraft, findings: list[Diagnostic]
) -> None:
    """
    text: smith2020
    claims:
      a: &first {claim: One., at: "1: one", held: smith2020}
      b:
        <<: *first
        claim: Two.
        at: "1: two"
        held: !!str jones1999
        topic: !python/object:os.system war
        *first : x
    """
    assert show(findings) == [
        "3:6 yaml-alias",
        "5:5 field-unknown",
        "5:9 yaml-alias",
        "8:11 yaml-tag",
        "9:12 yaml-tag",
        "10:5 yaml-alias",
    ]
    assert [claim.statement for claim in draft.claims] == ["One.", "Two."]


def test_billion_laughs() -> None:
    lines = ["text: a", "a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 30)]
    root, findings = parse_document("\n".join(lines), "f.yaml")
    assert root is not None
    assert {finding.code for finding in findings} == {"yaml-alias"}
    assert root["a29"] == [None] * 10


@pytest.mark.parametrize("opener", ["[", "{", "{a: ", "- ", "? ", "[{a: ", "? [", "{? "])
def test_deep_nesting(opener: str) -> None:
    root, findings = parse_document(opener * 100_000, "f.yaml")
    assert root is None
    assert findings[-1].code == "yaml-depth"
    assert findings[-1].line == 1


def test_nesting_as_deep_as_the_format_needs() -> None:
    source = "claims: {a: {cites: [{at: {from: [[[[[[[x]]]]]]]}}]}}"
    _, findings = parse_document(source, "f.yaml")
    assert findings == []


@reads_docstring
def test_keys_that_are_no_words(draft: CorpusDraft, findings: list[Diagnostic]) -> None:
    """
    text: smith2020
    claims:
      ? [a, b]
      : {claim: One., at: "1: one", held: smith2020}
      {c: d}: {claim: Two., at: "1: two", held: smith2020}
      "\\0e": {claim: Three., at: "1: three", held: smith2020}
      "": {claim: Four., at: "1: four", held: smith2020}
      g: {claim: Five., at: "1: five", held: smith2020}
    """
    assert show(findings) == [
        "3:5 yaml-key",
        "5:3 yaml-key",
        "6:3 id-malformed",
        "7:3 id-malformed",
    ]
    assert [claim.statement for claim in draft.claims] == ["Five."]


def test_second_document(tmp_path: Path) -> None:
    draft, findings = read_one(tmp_path, CLAIM + "---\ntext: other\n---\n")
    assert show(findings) == ["7:1 yaml-documents"]
    assert len(draft.claims) == 1
    draft, findings = read_one(tmp_path, "%YAML 1.2\n---\n" + CLAIM + "...\n")
    assert findings == []
    assert len(draft.claims) == 1


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_mark(end: str, mark: str, tmp_path: Path) -> None:
    plain, _ = read_one(tmp_path / "plain", CLAIM)
    draft, findings = read_one(tmp_path / "other", mark + CLAIM.replace("\n", end))
    assert findings == []
    assert draft == plain
    # A fault is found at the same place, too.
    broken = (CLAIM + "nonsense: 1\n").replace("\n", end)
    _, findings = read_one(tmp_path / "broken", mark + broken)
    assert show(findings) == ["7:1 field-unknown"]


def test_other_encodings(tmp_path: Path) -> None:
    for encoding in ("utf-16", "utf-16-le", "utf-32", "latin-1"):
        source = CLAIM.replace("One", "Größe").replace(" … ", " ... ")
        (tmp_path / f"{encoding}.yaml").write_bytes(source.encode(encoding))
    _, findings = read_corpus(tmp_path)
    assert {(f.path.rpartition("/")[2], f.line, f.code) for f in findings} == {
        ("latin-1.yaml", 4, "file-encoding"),
        ("utf-16.yaml", 1, "file-encoding"),
        ("utf-16-le.yaml", 1, "file-binary"),
        ("utf-32.yaml", 1, "file-encoding"),
    }


def test_binary_file(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_bytes(b"text: a\nclaims: \x89PNG\0\0\n")
    root, findings = read_document(tmp_path / "f.yaml", "f.yaml")
    assert root is None
    assert show(findings) == ["2:0 file-binary"]


@pytest.mark.parametrize("character", ["\x08", "\x1b", "\x7f", "\x92", "\ufeff", "\uffff"])
def test_control_characters(character: str, tmp_path: Path) -> None:
    source = CLAIM.replace("One.", f"O{character}ne.") + f"survey: {character}true\n"
    draft, findings = read_one(tmp_path, source)
    assert show(findings) == ["4:13 yaml-control", "7:9 yaml-control"]
    assert draft.claims[0].statement == "O ne."
    assert f"U+{ord(character):04X}" in findings[0].message


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_unicode_line_separators_end_no_line(separator: str, tmp_path: Path) -> None:
    """They come with words copied from PDFs; no editor counts them as lines."""
    source = CLAIM.replace("One.", f"One{separator}two.") + "nonsense: 1\n"
    draft, findings = read_one(tmp_path, source)
    assert show(findings) == ["7:1 field-unknown"]
    assert draft.claims[0].statement == "One two."


@reads_docstring
def test_comments_that_may_be_none(draft: CorpusDraft, findings: list[Diagnostic]) -> None:
    """
    #!/usr/bin/env argmap
    text: smith2020 # the key
    claims:
      a: # comment
        claim: They were the #1 ally of the crown.   #really
        at: "1: the #1 ally"
        held: smith2020 ## twice
    """
    assert show(findings) == ["5:26 yaml-comment"]
    assert findings[0].severity == "warning"
    assert draft.claims[0].statement == "They were the"


def test_long_lines(tmp_path: Path) -> None:
    words = "word " * 200_000
    draft, findings = read_one(tmp_path, CLAIM.replace("One.", f'"{words}"'))
    assert findings == []
    assert len(draft.claims[0].statement) == len(words) - 1
    _, findings = read_one(tmp_path, CLAIM + "x" * 1_000_000 + ": 1\n")
    assert [f.code for f in findings] in (["field-unknown"], ["yaml-syntax"])


def test_the_parser_in_python_reads_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fast, _ = read_one(tmp_path, CLAIM)
    monkeypatch.setattr(documents, "_LOADER", yaml.SafeLoader)
    slow, findings = read_one(tmp_path, CLAIM)
    assert findings == []
    assert slow == fast
    assert refuse('text: "a\n').code == "yaml-syntax"


# ---- files and folders --------------------------------------------------------------------------


def test_no_folder(tmp_path: Path) -> None:
    draft, findings = read_corpus(tmp_path / "corpus")
    assert [(f.code, f.line) for f in findings] == [("corpus-missing", 0)]
    assert "argmap new" in findings[0].remedy
    assert draft == CorpusDraft()
    (tmp_path / "file").write_text("text: a\n", encoding="utf-8")
    _, findings = read_corpus(tmp_path / "file")
    assert "is a file" in findings[0].message


def test_empty_folder(tmp_path: Path) -> None:
    _, findings = read_corpus(tmp_path)
    assert [f.code for f in findings] == ["corpus-empty"]


def test_review_is_missed(tmp_path: Path) -> None:
    _, findings = read_files(tmp_path, {"smith2020.yaml": CLAIM})
    assert [(f.code, f.severity) for f in findings] == [("review-missing", "warning")]


def test_files_in_folders_below_are_noted(tmp_path: Path) -> None:
    (tmp_path / "corpus" / "drafts").mkdir(parents=True)
    (tmp_path / "corpus" / "drafts" / "x.yaml").write_text("text: x\n", encoding="utf-8")
    (tmp_path / "corpus" / "pictures.yaml").mkdir()
    draft, findings = read_one(tmp_path, CLAIM)
    assert [(f.code, f.severity) for f in findings] == [("file-not-read", "note")]
    assert findings[0].path.endswith("corpus/drafts")
    assert len(draft.texts) == 1


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "loop.yaml").symlink_to(corpus / "loop.yaml")
    (corpus / "gone.yaml").symlink_to(corpus / "nowhere")
    os.mkfifo(corpus / "pipe.yaml")
    (corpus / "device.yaml").symlink_to("/dev/zero")
    draft, findings = read_one(tmp_path, CLAIM)
    assert [f.path.rpartition("/")[2] for f in findings] == [
        "device.yaml",
        "gone.yaml",
        "loop.yaml",
        "pipe.yaml",
    ]
    assert {f.code for f in findings} == {"file-unreadable"}
    assert len(draft.claims) == 1


@pytest.mark.skipif(os.name != "posix", reason="file names are Unicode elsewhere")
def test_file_names_that_cannot_be_shown(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    try:
        (Path(os.fsdecode(os.fsencode(corpus) + b"/b\xff.yaml"))).write_text(CLAIM)
    except OSError:
        pytest.skip("this file system has Unicode names only")
    (corpus / "a\nb.yaml").write_text(CLAIM, encoding="utf-8")
    _, findings = read_one(tmp_path, CLAIM)
    assert [f.code for f in findings] == ["file-name", "file-name"]
    assert all(f.path.isprintable() for f in findings)


def test_errors_of_one_file_leave_the_others_alone(tmp_path: Path) -> None:
    draft, findings = read_files(
        tmp_path,
        {
            "a.yaml": "text: [\n",
            "b.yaml": CLAIM,
            "c.yaml": "nothing: here\n",
            "review.yaml": "review: {title: x}\n",
        },
    )
    assert [(f.path.rpartition("/")[2], f.code) for f in findings] == [
        ("a.yaml", "yaml-syntax"),
        ("c.yaml", "file-kind"),
    ]
    assert len(draft.claims) == 1
