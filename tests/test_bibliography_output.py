"""Works written to a .bib file and read back."""

from __future__ import annotations

import json
import random
import shutil
import string
import subprocess
import unicodedata
from pathlib import Path

import pytest
from bibliography_examples import Example, bib, parse_example, without_places
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from argmap.bibliography import parse_bibliography, write_bibliography
from argmap.model import Person, Work

__all__ = ["bib"]

# Everything that means something to BibTeX or LaTeX, some letters, and some letters from elsewhere.
CHARACTERS = string.ascii_letters[:8] + "AZ09 éßŁ中–“ {}\\$%&#_^~\"'`,=@-.:;/\n\t"


def fold(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))


words = st.text(CHARACTERS.replace("\n", "").replace("\t", ""), max_size=20).map(fold)
# What LaTeX can hold between braces: pieces without braces, and groups of them.
values = st.recursive(
    st.text(CHARACTERS.replace("{", "").replace("}", ""), max_size=12),
    lambda inner: st.lists(
        st.one_of(inner, inner.map(lambda text: "{" + text + "}")), max_size=3
    ).map("".join),
    max_leaves=6,
)
keys = st.text(string.ascii_letters + string.digits + "-_:./+é", min_size=1, max_size=10)
field_names = st.sampled_from(
    ["author", "editor", "title", "year", "date", "pages", "journal", "booktitle", "publisher"]
    + ["note", "abstract", "url", "doi", "file", "month", "crossref", "author+an", "my-field"]
)
entry_types = st.sampled_from(["article", "book", "incollection", "collection", "custom"])
people = st.builds(
    Person,
    family=words.filter(bool),
    given=words,
    prefix=st.sampled_from(["", "", "de", "van der", "De", "{x"]),
    suffix=st.sampled_from(["", "", "Jr.", "III", "a, b"]),
)


def test_file(bib: Example) -> None:
    r"""
    @string{press = "University Press"}
    @inbook(zweig, author = "Zweig, Z.", title = {Part of {NATO}}, crossref = {all}, month = jul)
    @book{all,
      title = {All of
               It}, Editor = {Ed, A.}, publisher = "Old " # press, year = 1990}
    @misc{code, title = {X}, file = {C:\texts\}, url = {http://x.org/a%20b}}
    @misc{set, title = {A \{ without partner}}
    """
    works = list(bib.works.values())
    random.Random(1).shuffle(works)
    assert write_bibliography(works) == (
        "@misc{code,\n"
        "  title = {X},\n"
        "  file = {C:\\texts\\ },\n"
        "  url = {http://x.org/a%20b},\n"
        "}\n"
        "\n"
        "@misc{set,\n"
        "  title = {A \\textbraceleft{} without partner},\n"
        "}\n"
        "\n"
        "@inbook{zweig,\n"
        "  author = {Zweig, Z.},\n"
        "  title = {Part of {NATO}},\n"
        "  crossref = {all},\n"
        "  month = jul,\n"
        "  editor = {Ed, A.},\n"
        "  publisher = {Old University Press},\n"
        "  year = {1990},\n"
        "}\n"
        "\n"
        "@book{all,\n"
        "  title = {All of It},\n"
        "  editor = {Ed, A.},\n"
        "  publisher = {Old University Press},\n"
        "  year = {1990},\n"
        "}\n"
    )


def test_nothing() -> None:
    assert write_bibliography([]) == ""


def test_record_without_fields() -> None:
    work = Work(
        key="degraaf2015",
        type="book",
        authors=(
            Person(family="Graaf", given="Beatrice", prefix="de"),
            Person(family="Department of Peace and War"),
            Person(family="Scales", given="Robert H.", suffix="Jr."),
        ),
        year=2015,
        title="Narratives & NATO: 50% {more}",
        doi="10.1000/x",
        url="https://example.org/a%20b",
    )
    text = write_bibliography([work])
    assert text == (
        "@book{degraaf2015,\n"
        "  author = {de Graaf, Beatrice and {Department of Peace and War}"
        " and Scales, Jr., Robert H.},\n"
        "  title = {{Narratives \\& NATO: 50\\% \\textbraceleft{}more\\textbraceright{}}},\n"
        "  year = {2015},\n"
        "  doi = {10.1000/x},\n"
        "  url = {https://example.org/a%20b},\n"
        "}\n"
    )


@pytest.mark.parametrize(
    "work",
    [
        Work(key="a b", type="book"),
        Work(key="", type="book"),
        Work(key="a", type="my book"),
        Work(key="a", type="book", fields={"my field": "x"}),
    ],
)
def test_what_no_file_can_hold(work: Work) -> None:
    with pytest.raises(ValueError, match="cannot be the"):
        write_bibliography([work])


def test_two_works_with_one_key() -> None:
    with pytest.raises(ValueError, match="'a'"):
        write_bibliography([Work(key="a", type="book"), Work(key="a", type="misc")])


def test_braces_without_partner() -> None:
    fields = {"title": "a } b { c \\{ d {e}", "note": "x\n\n@book{y, word = {z}}"}
    text = write_bibliography([Work(key="a", type="book", fields=fields)])
    example = parse_example(text)
    assert example.findings == []
    assert example.works["a"].fields == {
        "title": "a  b  c \\textbraceleft{} d {e}",
        "note": "x @book{y, word = {z}}",
    }


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(
            keys,
            entry_types,
            st.lists(st.tuples(field_names, values), max_size=6),
            st.booleans(),
        ),
        max_size=4,
    )
)
def test_what_was_read_is_read_back(
    entries: list[tuple[str, str, list[tuple[str, str]], bool]],
) -> None:
    lines = []
    for key, entry_type, fields, quoted in entries:
        lines.append(f"@{entry_type}{{{key},")
        for name, value in fields:
            if quoted and '"' not in value and not value.endswith("\\"):
                lines.append(f'  {name} = "{value}",')
            else:
                lines.append(f"  {name} = {{{value}}},")
        lines.append("}")
    source = "\n".join(lines)
    works, _ = parse_bibliography(source, "a.bib")
    assert {work.key for work in works} >= {key for key, _, _, _ in entries}
    text = write_bibliography(works)
    again, _ = parse_bibliography(text, "a.bib")
    assert without_places(again) == without_places(works)
    assert write_bibliography(reversed(again)) == text


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.builds(
            Work,
            key=keys,
            type=entry_types,
            authors=st.lists(people, max_size=3).map(tuple),
            editors=st.lists(people, max_size=2).map(tuple),
            year=st.none() | st.integers(-500, 2100),
            title=words,
            doi=st.just("") | st.just("10.1000/a(b)c%20d"),
            url=st.just("") | st.just("https://example.org/~a?b={c}&d=%20"),
        ),
        max_size=4,
        unique_by=lambda work: work.key,
    )
)
def test_records_are_read_back(works: list[Work]) -> None:
    again, findings = parse_bibliography(write_bibliography(works), "a.bib")
    assert [finding for finding in findings if finding.severity == "error"] == [] or not works

    def tell(work: Work) -> tuple[object, ...]:
        return (work.key, work.type, work.authors, work.editors, work.year, work.title)

    assert [tell(work) for work in again] == sorted(map(tell, works), key=lambda told: str(told[0]))
    assert [(work.doi, work.url) for work in again] == [
        (work.doi, work.url) for work in sorted(works, key=lambda work: work.key)
    ]


@settings(max_examples=100, deadline=None)
@given(st.text(CHARACTERS, max_size=60))
def test_any_field_gives_a_sound_file(value: str) -> None:
    work = Work(key="a", type="misc", fields={"title": "T", "note": value, "file": value})
    neighbour = Work(key="b", type="misc", fields={"title": "Neighbour"})
    example = parse_example(write_bibliography([work, neighbour]))
    assert list(example.works) == ["a", "b"]
    assert example.works["b"].title == "Neighbour"
    assert [finding for finding in example.findings if finding.severity == "error"] == []


# ---- Other people's readers ----

FOREIGN = r"""
@string{press = "University Press"}
@ inbook(zweig, author = "Zw{\"e}ig, Z. and {Peace and War}", title = {Part of {NATO}},
  crossref = {all}, month = jul, pages = {1--9})
@book{all, title = {All of It},, Editor = {Ed, A.} publisher = "Old " # press, year = 1990}
@misc{set, title = {X \{ Y}}
@misc{code, title = {X}, file = {C:\texts\}, url = {http://x.org/a%20b}, date = {2001-05}}
@misc{broken, title = {Never closed, year = 1991}
@misc{last, title = {Last}, author = "M\"uller, Hans", year = 1999}
"""


def find_pandoc() -> str | None:
    """Return the pandoc that comes with pypandoc, or any other."""
    try:
        import pypandoc

        return str(pypandoc.get_pandoc_path())
    except (ImportError, OSError):
        return shutil.which("pandoc")


def test_pandoc_reads_it(tmp_path: Path) -> None:
    pandoc = find_pandoc()
    if pandoc is None:
        pytest.skip("pandoc is not installed")
    file = tmp_path / "clean.bib"
    file.write_text(write_bibliography(parse_example(FOREIGN).works.values()), "utf-8")
    command = [pandoc, "--from=biblatex", "--to=csljson", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    items = {item["id"]: item for item in json.loads(done.stdout)}
    assert sorted(items) == ["all", "broken", "code", "last", "set", "zweig"]
    assert items["last"]["author"] == [{"family": "Müller", "given": "Hans"}]
    assert items["zweig"]["author"][1] == {"literal": "Peace and War"}
    assert items["code"]["URL"] == "http://x.org/a%20b"


def test_biber_reads_it(tmp_path: Path) -> None:
    biber = shutil.which("biber")
    if biber is None:
        pytest.skip("biber is not installed")
    file = tmp_path / "clean.bib"
    file.write_text(write_bibliography(parse_example(FOREIGN).works.values()), "utf-8")
    command = [biber, "--tool", "--nolog", f"--output-file={tmp_path / 'out.bib'}", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert "ERROR" not in done.stdout, done.stdout
    assert "WARN" not in done.stdout, done.stdout
    written = (tmp_path / "out.bib").read_text("utf-8")
    assert written.count("@") == 6
