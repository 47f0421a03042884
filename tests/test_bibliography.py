"""Sound .bib files made into works.  The docstring of a test is its .bib file."""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path

import pytest
from bibliography_examples import Example, bib, parse_example

from argmap.bibliography import (
    describe_work,
    list_people,
    page_range,
    read_bibliography,
    read_field,
    read_names,
)
from argmap.model import Person, Place, Work

__all__ = ["bib"]

SHARED = Path(os.environ.get("ARGMAP_SHARED", Path(__file__).parents[2] / "shared"))
OURS = Path(__file__).parents[1] / "references.bib"


def test_work(bib: Example) -> None:
    r"""
    % Encoding: UTF-8

    @Article{rynningschmitt2018,
      Author = {Rynning, Sten and Schmitt, Olivier},
      Title = {Alliances and {NATO}'s
               \emph{Coalitions}},
      Journal = "Annual Review",
      YEAR = 2018,
      doi = {https://doi.org/10.1000/a%20b\_c},
      url = {https://example.org/a%20b?x={y}&z=~u_#part},
    }
    """
    assert bib.findings == []
    assert bib.works["rynningschmitt2018"] == Work(
        key="rynningschmitt2018",
        type="article",
        authors=(Person(family="Rynning", given="Sten"), Person(family="Schmitt", given="Olivier")),
        year=2018,
        title="Alliances and NATO's Coalitions",
        doi="10.1000/a%20b_c",
        url="https://example.org/a%20b?x={y}&z=~u_#part",
        fields={
            "author": "Rynning, Sten and Schmitt, Olivier",
            "title": r"Alliances and {NATO}'s \emph{Coalitions}",
            "journal": "Annual Review",
            "year": "2018",
            "doi": r"https://doi.org/10.1000/a%20b\_c",
            "url": "https://example.org/a%20b?x={y}&z=~u_#part",
        },
        place=Place(path="example.bib", line=3, column=1),
    )


def test_works_are_sorted_by_key(bib: Example) -> None:
    """
    @book{b, title = {B}}  @book{c, title = {C}}
      @book{a, title = {A}}
    """
    assert list(bib.works) == ["a", "b", "c"]
    places = {key: work.place for key, work in bib.works.items()}
    assert places == {
        "a": Place(path="example.bib", line=2, column=3),
        "b": Place(path="example.bib", line=1, column=1),
        "c": Place(path="example.bib", line=1, column=24),
    }


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_byte_order_mark_and_line_ends(tmp_path: Path, mark: str, newline: str) -> None:
    text = mark + "@book{a,\n  title = {Two\n    lines},\n  year = MCM,\n}\n"
    file = tmp_path / "my.bib"
    file.write_bytes(text.replace("\n", newline).encode("utf-8"))
    works, findings = read_bibliography(file)
    assert [work.title for work in works] == ["Two lines"]
    assert works[0].place == Place(path="my.bib", line=1, column=1)
    assert [(f.path, f.line, f.column, f.code) for f in findings] == [
        ("my.bib", 4, 3, "bib-bad-date"),
        ("my.bib", 4, 10, "bib-undefined-string"),
    ]


def test_values(bib: Example) -> None:
    r"""
    @string(short = "Int." # " Sec.")
    @string{long = short # { Studies}}
    @misc{a,
      title    = {Nested {braces {deep}}} # " and " # {joined},
      subtitle = "Quotes {"}within{"} and {\"u}mlauts",
      journal  = LONG,
      month    = may,
      note     = may # "~5",
      number   = 007,
      abstract = {First   paragraph,
        two lines.

        Second = paragraph, with {, } and "quotes"
      @Override(this) is no entry, nor is me@example.org {x}.},
      file     = {C:\texts\},
      keywords = {},
    }
    """
    assert bib.findings == []
    assert bib.works["a"].fields == {
        "title": "Nested {braces {deep}} and joined",
        "subtitle": 'Quotes {"}within{"} and {\\"u}mlauts',
        "journal": "Int. Sec. Studies",
        "month": "5",
        "note": "May~5",
        "number": "007",
        "abstract": "First   paragraph, two lines.\n\nSecond = paragraph, with {, } and "
        '"quotes" @Override(this) is no entry, nor is me@example.org {x}.',
        "file": "C:\\texts\\",
        "keywords": "",
    }


def test_months(bib: Example) -> None:
    """
    @misc{a, title = {A}, month = DEC}
    @misc{b, title = {B}, month = {September}}
    @misc{c, title = {C}, month = "Mar."}
    @misc{d, title = {D}, month = 4}
    @misc{e, title = {E}, month = {Spring}}
    """
    assert bib.findings == []
    months = [work.fields["month"] for work in bib.works.values()]
    assert months == ["12", "9", "3", "4", "Spring"]


def test_parentheses_and_case(bib: Example) -> None:
    """
    @BOOK(a, TITLE = {A (with parentheses)}, note = "also ) here")
    @Comment{jabref-meta: databaseType:biblatex;}
    @PREAMBLE{"\\newcommand{\\x}[1]{#1}" # "{"}"}
    @book{b, title = {B}}
    """
    assert bib.findings == []
    assert [work.title for work in bib.works.values()] == ["A (with parentheses)", "B"]
    assert bib.works["a"].type == "book"


def test_names(bib: Example) -> None:
    r"""
    @book{a, title = {T}, author = {Stephen M. Walt and de Graaf, Beatrice and Ludwig van Beethoven
      and Scales, Jr., Robert H. and {Department of Defense and Others} and Plato
      and {\"O}zge Aks{\i}n and {\'E}mile {Du Bois} and la Fontaine and Sherwood-Randall, E.
      and Fonseca de la Bella, Luc{\'i}a and others}}
    """
    assert bib.findings == []
    assert bib.works["a"].authors == (
        Person(family="Walt", given="Stephen M."),
        Person(family="Graaf", given="Beatrice", prefix="de"),
        Person(family="Beethoven", given="Ludwig", prefix="van"),
        Person(family="Scales", given="Robert H.", suffix="Jr."),
        Person(family="Department of Defense and Others"),
        Person(family="Plato"),
        Person(family="Aksın", given="Özge"),
        Person(family="Du Bois", given="Émile"),
        Person(family="Fontaine", prefix="la"),
        Person(family="Sherwood-Randall", given="E."),
        Person(family="Fonseca de la Bella", given="Lucía"),
    )


def test_names_that_begin_with_an_accent(bib: Example) -> None:
    r"""
    @book{a, title = {T}, author = {Smith, Ann and \'Etienne, \"Odon AND \O stby, \AA se
      and\'Anders and {Band and Sons}}}
    """
    assert bib.works["a"].authors == (
        Person(family="Smith", given="Ann"),
        Person(family="Étienne", given="Ödon"),
        Person(family="Østby", given="Åse andÁnders"),
        Person(family="Band and Sons"),
    )


def test_names_in_extended_notation(bib: Example) -> None:
    """
    @book{a, title = {T}, author = {family={de Graaf}, given=Beatrice and
      given={Robert}, family="Scales, Sr.", suffix=III, prefix=von, useprefix=true}}
    @book{b, title = {T}, author = {famly=Walt, given=Stephen and given=Plato}}
    """
    assert bib.works["a"].authors == (
        Person(family="de Graaf", given="Beatrice"),
        Person(family="Scales, Sr.", given="Robert", prefix="von", suffix="III"),
    )
    assert [finding.code for finding in bib.findings] == ["bib-bad-name"]
    assert bib.works["b"].authors[1] == Person(family="Plato")


def test_titles(bib: Example) -> None:
    r"""
    @misc{a, title = {{\"U}ber ``Krieg'' und {\em Frieden}---1990--1995~{\ss}}}
    @misc{b, title = {AT\&T & Co.: 50\% of \$5, or 50% of \pounds 5?}}
    @misc{c, title = {\enquote{Quoted \textsc{Text}}\ldots{} and \BibTeX}}
    @misc{d, title = {The $H_2O$ and $\alpha$-Rays cost $5 or $x^{th}$}}
    @misc{e, title = {Stra{\v s}ek, \v{S}{\'\i}r \c{c}a \aa{} \O stby \~n}}
    @misc{f, title = {\href{https://example.org/a_b}{Link} \foreignlanguage{german}{Wort}}}
    @misc{g, title = {C\# \_ \{x\} \textbackslash{} A_b ^c {[}x{]}}}
    """
    assert bib.findings == []
    assert {key: work.title for key, work in bib.works.items()} == {
        "a": "Über “Krieg” und Frieden—1990–1995 ß",
        "b": "AT&T & Co.: 50% of $5, or 50% of £5?",
        "c": "“Quoted Text”… and BibTeX",
        "d": "The H₂O and α-Rays cost $5 or $x^th$",
        "e": "Strašek, Šír ça å Østby ñ",
        "f": "Link Wort",
        "g": "C# _ {x} \\ A_b ^c [x]",
    }


def test_years(bib: Example) -> None:
    """
    @misc{a, title = {T}, date = {2013-05/2014}}
    @misc{b, title = {T}, date = {1990~}}
    @misc{c, title = {T}, date = {199X}}
    @misc{d, title = {T}, date = {-0043}}
    @misc{e, title = {T}, date = {/1871-01-18}}
    @misc{f, title = {T}, date = {2004-22?}}
    @misc{g, title = {T}, date = {Y-10000/..}}
    @misc{h, title = {T}, date = {2001-05-01T12:00:00Z}, year = {2001}}
    @misc{i, title = {T}, year = 1987}
    @misc{j, title = {T}, year = {c. 1832 [reprinted 1976]}}
    @misc{k, title = {T}, year = {1990/91}}
    @misc{l, title = {T}, year = {n.d.}}
    @misc{m, title = {T}, year = {In Press}}
    """
    assert bib.findings == []
    years = [work.year for work in bib.works.values()]
    assert years == [2013, 1990, 1990, -43, 1871, 2004, -10000, 2001, 1987, 1832, 1990, None, None]


def test_crossref_in_biblatex(bib: Example) -> None:
    """
    @incollection{chapter,
      author = {Writer, Ann}, title = {The Chapter}, subtitle = {}, crossref = {whole}}
    @inbook{part, title = {The Part}, crossref = {book}}
    @article{piece, author = {Writer, Bob}, title = {Piece}, journal = {Own}, crossref = {issue}}
    @collection{whole,
      editor = {Editor, Ed}, title = {The Whole}, subtitle = {Its Subtitle}, date = {1990},
      shorttitle = {Whole}, doi = {10.1000/whole}, location = {Oslo}, crossref = {set}}
    @mvcollection{set, title = {The Set}, publisher = {Press}, address = {Bergen}, year = 1989}
    @book{book, author = {Writer, Cy}, title = {The Book}, date = {1991-02}, label = {B}}
    @periodical{issue, title = {The Journal}, volume = 7, date = {2001-05}}
    """
    assert bib.findings == []
    chapter = bib.works["chapter"]
    assert chapter.fields == {
        "author": "Writer, Ann",
        "title": "The Chapter",
        "subtitle": "",
        "crossref": "whole",
        "editor": "Editor, Ed",
        "booktitle": "The Whole",
        "booksubtitle": "Its Subtitle",
        "date": "1990",
        "location": "Oslo",
        "maintitle": "The Set",
        "publisher": "Press",
    }
    assert chapter.year == 1990
    assert chapter.doi == ""
    assert chapter.editors == (Person(family="Editor", given="Ed"),)
    part = bib.works["part"]
    assert (part.fields["booktitle"], part.fields["bookauthor"]) == ("The Book", "Writer, Cy")
    assert "label" not in part.fields
    assert part.authors == (Person(family="Writer", given="Cy"),)
    piece = bib.works["piece"].fields
    assert piece["journal"] == "Own"
    assert "journaltitle" not in piece
    assert piece["volume"] == "7"


def test_crossref_in_plain_bibtex(bib: Example) -> None:
    """
    @inproceedings{paper, author = {Writer, Ann}, title = {The Paper}, crossref = {volume}}
    @inproceedings{untitled, crossref = {volume}}
    @proceedings{volume, title = {The Volume}, booktitle = {Proceedings}, year = 1990}
    """
    assert bib.findings == []
    assert bib.works["paper"].fields["booktitle"] == "Proceedings"
    assert bib.works["paper"].year == 1990
    assert bib.works["untitled"].title == "The Volume"


def test_xdata(bib: Example) -> None:
    """
    @xdata{press, publisher = {Press}, location = {Oslo}}
    @xdata{series, series = {Studies}, publisher = {Other}, xdata = {press}}
    @book{a, title = {A}, publisher = {Own}, xdata = {series, press}}
    """
    assert bib.findings == []
    assert list(bib.works) == ["a"]
    assert bib.works["a"].fields == {
        "title": "A",
        "publisher": "Own",
        "series": "Studies",
        "location": "Oslo",
    }


def test_long_crossref_chain() -> None:
    length = 3000
    lines = [f"@book{{k{i}, title = {{T}}, crossref = {{k{i + 1}}}}}" for i in range(length)]
    example = parse_example("\n".join([*lines, f"@book{{k{length}, publisher = {{Press}}}}"]))
    assert example.findings == []
    assert example.works["k0"].fields["publisher"] == "Press"


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ("259--274", (259, 274)),
        ("259-74", (259, 274)),
        ("259–74", (259, 274)),
        ("259 — 274", (259, 274)),
        ("259{\\textendash}274", (259, 274)),
        ("pp. 259--274", (259, 274)),
        ("p. 7", (7, 7)),
        ("12", (12, 12)),
        ("1--10, 15", (1, 15)),
        ("996--1003.", (996, 1003)),
        ("e1234", None),
        ("200432", None),
        ("ix--xii", None),
        ("S12--S19", None),
        ("12ff.", None),
        ("12+", None),
        ("274--259", None),
        ("1:1--1:20", None),
        ("", None),
        ("--", None),
        ("9" * 5000, None),
    ],
)
def test_page_range(pages: str, expected: tuple[int, int] | None) -> None:
    work = Work(key="a", type="article", fields={"pages": pages, "eid": "17"})
    assert page_range(work) == expected


def test_page_range_without_pages() -> None:
    assert page_range(Work(key="a", type="article", fields={"eid": "17"})) is None


def test_descriptions(bib: Example) -> None:
    """
    @book{a, title = {T}, author = {Weitsman, Patricia A.}, year = 2013}
    @book{b, title = {T}, author = {Rynning, Sten and Schmitt, Olivier}, year = 2018}
    @book{c, title = {T}, author = {de Graaf, Beatrice and B, C and D, E}, date = {2015-01}}
    @book{d, title = {T}, editor = {Mattox, Gale and others}, year = 2015}
    @book{e, title = {National {Military} Strategy}, year = 2015}
    @book{f, title = {T}, author = {{US Navy}}}
    @book{g, year = 1999}
    """
    assert [describe_work(work) for work in bib.works.values()] == [
        "Weitsman 2013",
        "Rynning & Schmitt 2018",
        "de Graaf et al. 2015",
        "Mattox et al. 2015",
        "National Military Strategy 2015",
        "US Navy n.d.",
        "g 1999",
    ]


def test_people(bib: Example) -> None:
    """
    @book{a, title = {T}, author = {Author, Ann}, editor = {Editor, Ed}, translator = {Trans, Tom}}
    @book{b, title = {T}, editor = {Editor, Ed}}
    @book{c, title = {T}}
    """
    people = [list_people(work) for work in bib.works.values()]
    assert people == [
        (Person(family="Author", given="Ann"),),
        (Person(family="Editor", given="Ed"),),
        (),
    ]
    assert read_names(bib.works["a"], "translator") == (Person(family="Trans", given="Tom"),)
    with pytest.raises(ValueError, match="title"):
        read_names(bib.works["a"], "title")


def test_fields_in_both_spellings(bib: Example) -> None:
    r"""
    @article{plain, journal = {R{\'e}vue}, address = {Oslo}, url = {http://x.org/~a%20b}}
    @article{biblatex, journaltitle = {Revue}, location = {K{\o}benhavn}}
    """
    plain, biblatex = bib.works["plain"], bib.works["biblatex"]
    assert (read_field(plain, "journaltitle"), read_field(plain, "location")) == ("Révue", "Oslo")
    assert (read_field(biblatex, "journal"), read_field(biblatex, "address")) == (
        "Revue",
        "København",
    )
    assert read_field(plain, "url") == "http://x.org/~a%20b"
    assert read_field(plain, "publisher") == ""


def test_parser_is_silent(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    logger = logging.getLogger("bibtexparser")
    level = logger.level
    parse_example("@book{a, title = {A}, year {1}}\n@book{b, title = }\n@book{c, \n")
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []
    assert logger.level == level


# ---- Real files ----


def list_keys(text: str) -> list[str]:
    """Return the keys of entries by a count of its own, for files without broken headers."""
    return re.findall(
        r"^[ \t]*@(?!comment|string|preamble|xdata)\w+\s*[{(]\s*([^,\s]+)\s*,", text, re.M | re.I
    )


def test_real_files() -> None:
    folder = SHARED / "data" / "bib"
    if not folder.is_dir():
        pytest.skip(f"no {folder}: set ARGMAP_SHARED to the folder that holds data/bib")
    files = sorted(folder.glob("*.bib"))
    assert files
    for file in files:
        works, findings = read_bibliography(file)
        assert [work.key for work in works] == sorted(list_keys(file.read_text("utf-8-sig")))
        assert findings == [], file.name


def test_our_own_file() -> None:
    if not OURS.exists():
        pytest.skip("there is no references.bib")
    works, findings = read_bibliography(OURS)
    assert findings == []
    assert [work.key for work in works] == sorted(list_keys(OURS.read_text("utf-8")))
    assert all(work.title and list_people(work) for work in works)
    assert all(work.year for work in works)
