"""Fields with the wrong name, the wrong type or the wrong value: each is found at its place."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from authoring_examples import read_files, read_one, reads_docstring, show

from argmap.authoring import CorpusDraft
from argmap.authoring.relation_fields import ANCHOR_FIELDS, CITATION_FIELDS, RELATION_FIELDS
from argmap.authoring.review_file import (
    ACROSS_FIELDS,
    ACTOR_FIELDS,
    GROUP_FIELDS,
    REVIEW_FIELDS,
    REVIEW_FILE_FIELDS,
    SCHOOL_FIELDS,
    TOPIC_FIELDS,
)
from argmap.authoring.text_file import (
    CLAIM_FIELDS,
    NONE_FIELDS,
    POSITION_FIELDS,
    SOURCE_FIELDS,
    TEXT_FIELDS,
)
from argmap.diagnostics import Diagnostic
from argmap.model import RELATION_TYPES

# The form of each thing, with @ where one of its fields stands and + for the field it must have.
TEXT_FORMS = {
    TEXT_FIELDS: "text: smith2020\n@\n",
    SOURCE_FIELDS: "text: smith2020\nsource:\n  @\n",
    CLAIM_FIELDS: "text: smith2020\nclaims:\n  a:\n    @\n",
    POSITION_FIELDS: "text: smith2020\nclaims:\n  a:\n    held:\n      @\n      +\n",
    CITATION_FIELDS: "text: smith2020\nclaims:\n  a:\n    cites:\n    - @\n      +\n",
    RELATION_FIELDS: "text: smith2020\nclaims:\n  a:\n    supports:\n    - @\n      +\n",
    ANCHOR_FIELDS: "text: smith2020\nclaims:\n  a:\n    at:\n      @\n",
    NONE_FIELDS: "text: smith2020\nnone:\n- @\n",
}
REVIEW_FORMS = {
    REVIEW_FILE_FIELDS: "review: {title: x}\n@\n",
    REVIEW_FIELDS: "review:\n  @\n",
    TOPIC_FIELDS: "review: {title: x}\ntopics:\n  a:\n    @\n",
    ACTOR_FIELDS: "review: {title: x}\nactors:\n  a:\n    @\n",
    GROUP_FIELDS: "review: {title: x}\ngroups:\n  a:\n    @\n",
    SCHOOL_FIELDS: "review: {title: x}\nschools:\n  a:\n    @\n",
}
ACROSS_FORM = {ACROSS_FIELDS: "relations:\n- @\n  +\n"}
NEEDED = {
    POSITION_FIELDS: {"by": "jones1999"},
    CITATION_FIELDS: {"work": "jones1999"},
    RELATION_FIELDS: {"claim": "b"},
    ACROSS_FIELDS: {"from": "smith2020/a", "contests": "jones1999/b"},
}
EXCLUDED = {"step": "claim"} | dict.fromkeys(RELATION_TYPES, "contests")


def complete(form: str, fields: tuple[str, ...], field: str) -> str:
    """Put what a thing must have for + in its form, so that @ alone can be wrong."""
    indent = form[: form.index("@")].rpartition("\n")[2].replace("-", " ")
    needed = [
        f"{name}: {value}"
        for name, value in NEEDED.get(fields, {}).items()
        if name not in (field, EXCLUDED.get(field))
    ]
    return form.replace(f"{indent}+\n", "".join(f"{indent}{line}\n" for line in needed))


FIELDS = [
    (file, complete(form, fields, field), field)
    for file, forms in (
        ("smith2020.yaml", TEXT_FORMS),
        ("review.yaml", REVIEW_FORMS),
        ("across.yaml", ACROSS_FORM),
    )
    for fields, form in forms.items()
    for field in fields
    if not form.startswith(f"{field}:")
]
IDS = [
    f"{file.partition('.')[0]}-{field}-{number}" for number, (file, _, field) in enumerate(FIELDS)
]


def read_form(folder: Path, file: str, form: str, written: str) -> list[Diagnostic]:
    """Read a form with something in place of @, and return the findings about that line."""
    files = {"smith2020.yaml": "text: smith2020\n", "review.yaml": "review: {title: x}\n"}
    files[file] = form.replace("@", written)
    line = form[: form.index("@")].count("\n") + 1
    _, findings = read_files(folder, files)
    assert all(f.path.endswith(".yaml") and f.line for f in findings), findings
    return [f for f in findings if f.line == line and f.path.endswith(file)]


# Fields that may hold a mapping, a list, or nothing.
MAPPINGS = {"source", "inferred", "claims", "at", "review", "topics", "actors", "groups", "schools"}
MAPPINGS |= {"held", "endorsed", "disputed", "reported", "cites", "none"}
MAPPINGS |= {"supports", "contests", "undercuts", "qualifies", "explains"}
LISTS = MAPPINGS - {"source", "inferred", "claims", "at", "review", "topics", "actors", "groups"}
LISTS = (LISTS - {"schools"}) | {"running", "by", "creators", "works", "members", "aliases", "work"}
LISTS |= {"carries", "exemplar", "evidence", "primary-source", "chronicle", "report", "term"}
OPEN = {"inferred", "claims", "topics", "actors", "groups", "schools"}


@pytest.mark.parametrize(("file", "form", "field"), FIELDS, ids=IDS)
def test_a_mapping_where_none_belongs(file: str, form: str, field: str, tmp_path: Path) -> None:
    found = read_form(tmp_path, file, form, f"{field}: {{nonsense: [1]}}")
    codes = {f.code for f in found}
    # Where a mapping belongs, its field is unknown or its value is wrong.
    assert codes & ({"field-unknown", "field-type"} if field in MAPPINGS else {"field-type"})


@pytest.mark.parametrize(("file", "form", "field"), FIELDS, ids=IDS)
def test_a_list_where_none_belongs(file: str, form: str, field: str, tmp_path: Path) -> None:
    value = "[[a], [b]]" if field in LISTS else "[a, b]"
    found = read_form(tmp_path, file, form, f"{field}: {value}")
    assert "field-type" in {f.code for f in found}


@pytest.mark.parametrize(("file", "form", "field"), FIELDS, ids=IDS)
@pytest.mark.parametrize("value", ["", " ~", " null"])
def test_nothing(value: str, file: str, form: str, field: str, tmp_path: Path) -> None:
    found = read_form(tmp_path, file, form, f"{field}:{value}")
    if field in OPEN:
        assert found == []
    else:
        assert {f.code for f in found} & {"field-type", "field-missing"}


@pytest.mark.parametrize(("file", "form", "field"), FIELDS, ids=IDS)
def test_an_empty_string(file: str, form: str, field: str, tmp_path: Path) -> None:
    found = read_form(tmp_path, file, form, f'{field}: "  "')
    assert found
    assert {f.code for f in found} <= {"field-type", "field-missing"}


@pytest.mark.parametrize(("file", "form", "field"), FIELDS, ids=IDS)
def test_a_slip_of_the_pen(file: str, form: str, field: str, tmp_path: Path) -> None:
    slip = f"{field}x"
    found = read_form(tmp_path, file, form, f"{slip}: 1")
    (finding,) = [f for f in found if f.code == "field-unknown"]
    assert repr(slip) in finding.message
    assert repr(field) in finding.remedy
    assert finding.remedy.startswith("Did you mean")


@reads_docstring
def test_unknown_words(draft: CorpusDraft, findings: list[Diagnostic]) -> None:
    """
    text: smith2020
    survey: maybe
    claims:
      a:
        claim: One.
        at: "1: one"
        kind: casual
        weight: heavy
        held: {by: jones1999, attribution: implicit, certainty: sure}
        cites: {work: brown2001, role: evidenc}
        supports: {claim: b, basis: analist, evidential: perhaps}
    """
    assert show(findings) == [
        "2:9 field-type",
        "7:11 value-unknown",
        "8:13 value-unknown",
        "9:40 value-unknown",
        "9:61 value-unknown",
        "10:36 value-unknown",
        "11:33 value-unknown",
        "11:54 field-type",
    ]
    remedies = [f.remedy for f in sorted(findings, key=lambda f: (f.line, f.column))]
    assert remedies[1] == "Did you mean 'causal'?"
    assert remedies[2] == "One of core, supporting or background."
    assert remedies[6] == "Did you mean 'analyst'?"
    # What cannot be read is as if it had not been written.
    assert draft.claims[0].kind == "descriptive"
    assert draft.positions[0].certainty == "certain"
    assert draft.relations[0].relation.basis == "explicit"


@reads_docstring
def test_malformed_references(draft: CorpusDraft, findings: list[Diagnostic]) -> None:
    """
    text: smith2020
    claims:
      a:
        claim: One.
        at: "12: … two"
        held: ["two words", "actor:-x", "[@a; @b]", "@", jones1999]
        cites: ["two words", "[@a, p. 3", {evidence: "[@a @b]"}, {locator: p. 3}]
        supports: ["two words", "x/", "/x", "a/b/c", "-b", {step: a b}, {claim: b, id: my id}]
        contests: {evidential: true}
        explains: {claim: b, step: b -> c}
      "two words": {claim: Two., at: "1: two", held: smith2020}
    """
    assert show(findings) == [
        "5:9 anchor-malformed",
        "6:12 holder-malformed",
        "6:25 holder-malformed",
        "6:37 holder-malformed",
        "6:49 holder-malformed",
        "7:13 citation-malformed",
        "7:26 citation-malformed",
        "7:50 citation-malformed",
        "7:62 field-missing",
        "7:63 field-conflict",
        "8:16 id-malformed",
        "8:29 id-malformed",
        "8:35 id-malformed",
        "8:50 id-malformed",
        "8:84 id-malformed",
        "9:15 field-missing",
        "10:26 field-conflict",
        "11:3 id-malformed",
    ]
    assert [p.holder for p in draft.positions] == ["@jones1999", "@smith2020"]
    assert [d.relation.target for d in draft.relations] == ["a/b/c", "", "smith2020/b"]
    assert draft.relations[2].relation.id == "my-id"


@reads_docstring
def test_missing_fields(draft: CorpusDraft, findings: list[Diagnostic]) -> None:
    """
    text: smith2020
    source: {mark: "(p. )"}
    claims:
      a: {}
      b: Just a sentence.
      c:
      d:
        claim: Four.
        held: {page: 3}
    none:
      - at: "1: one"
      - because: Nothing.
      - a sentence
    """
    assert show(findings) == [
        "2:16 value-unknown",
        "4:3 field-missing",
        "4:3 field-missing",
        "5:3 field-type",
        "6:3 field-type",
        "7:3 field-missing",
        "9:11 field-missing",
        "11:5 field-missing",
        "12:5 field-missing",
        "13:5 field-type",
    ]
    assert [claim.id for claim in draft.claims] == ["smith2020/a", "smith2020/d"]


@pytest.mark.parametrize("written", ["", "[a]", "two words", "a@b", "{b: c}"])
def test_without_a_key_the_rest_is_still_read(written: str, tmp_path: Path) -> None:
    source = f"text: {written}\n" + textwrap.dedent(
        """\
        claims:
          a: {claim: One., at: "1: one", held: x, kind: casual}
        """
    )
    draft, findings = read_one(tmp_path, source)
    assert len(findings) == 2
    assert findings[0].line == 1
    assert findings[1].code == "value-unknown"
    assert draft.claims[0].id == "smith2020/a"


def test_many_unknown_fields_take_no_time(tmp_path: Path) -> None:
    source = "text: smith2020\n" + "".join(f"nonsense{i}: 1\n" for i in range(20_000))
    _, findings = read_one(tmp_path, source)
    assert len(findings) == 20_000


def test_messages_quote_no_more_than_is_of_use(tmp_path: Path) -> None:
    source = f"text: smith2020\ntopic: [x]\n? {'x' * 100_000}\n: 1\n"
    _, findings = read_one(tmp_path, source)
    assert [f.code for f in sorted(findings, key=lambda f: f.line)] == [
        "field-type",
        "field-unknown",
    ]
    assert all(len(str(finding)) < 600 for finding in findings)
