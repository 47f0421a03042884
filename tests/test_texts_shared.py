"""The two real texts, where the reader has them beside the project."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from texts_examples import BOGDANOV, RYNNING_SCHMITT, find_shared, passage, prove

from argmap.bibliography import read_bibliography
from argmap.model import Text, Work
from argmap.texts.citations import find_citations
from argmap.texts.paragraphs import split_paragraphs
from argmap.texts.references import find_listed
from argmap.texts.sources import Source, read_source

ROOT = Path(__file__).resolve().parents[1]


def read(text: Text) -> Source:
    source, findings = read_source(text, find_shared() / "texts")
    assert findings == [] or text is BOGDANOV
    assert source is not None
    return source


@pytest.fixture(scope="module")
def chapter() -> Source:
    return read(RYNNING_SCHMITT)


@pytest.fixture(scope="module")
def article() -> Source:
    return read(BOGDANOV)


@pytest.fixture(scope="module")
def works() -> tuple[Work, ...]:
    return tuple(read_bibliography(ROOT / "references.bib")[0])


def test_the_chapters_pages_are_marked_but_one(chapter: Source) -> None:
    assert [page.label for page in chapter.pages] == [str(page) for page in range(653, 668)]
    assert [page.label for page in chapter.pages if page.inferred] == ["666"]


def test_the_articles_pages_are_all_inferred(article: Source) -> None:
    assert all(page.inferred for page in article.pages)
    assert {page.label for page in article.pages} == {str(n) for n in range(132, 151)} - {"148"}


def test_sections(chapter: Source, article: Source) -> None:
    sections = dict.fromkeys(heading.section for heading in chapter.headings)
    numbers = [section.removeprefix("44.") for section in sections if section.startswith("44")]
    assert " ".join(numbers) == "1 2 2.1 2.2 3 3.1 3.2 3.3 3.4 4 4.1 4.2 4.3 5"
    assert [heading.section.split()[0] for heading in article.headings] == [
        "TRANSFORMATION",
        "COALITION",
        "NEW",
        "References",
    ]


@pytest.mark.parametrize(
    ("at", "section", "begins", "ends"),
    [
        ("653: it can encompass … states.", "44.1", "it can", "states."),  # a word cut by a line
        ("657: the challenge comes under … development efforts.", "44.3.1", "the", "efforts."),
        ("658: to establish peace … mandate", "44.3.2", "to es-", "mandate"),  # printed twice
        ("660: Weitsman then argues … with political effectiveness.", "44.4.1", "Weitsman", "."),
        ("662-663: given their awareness … of legitimacy.", "44.4.2", "given", "legitimacy."),
    ],
)
def test_passages_of_the_chapter(
    chapter: Source, at: str, section: str, begins: str, ends: str
) -> None:
    anchor, problem = prove(chapter, at)
    assert problem is None
    assert (anchor.section, anchor.page_inferred) == (section, False)
    assert passage(chapter, at).startswith(begins)
    assert passage(chapter, at).endswith(ends)


def test_passages_of_the_article(article: Source) -> None:
    anchor, problem = prove(article, "135-136: It started with … (Nixon, 1969).")
    assert problem is None
    assert anchor.page_inferred is True
    assert passage(article, "143: institutional deal … Cold War-era").endswith("era")


def test_every_citation_of_the_chapter_is_found(chapter: Source, works: tuple[Work, ...]) -> None:
    found, problems = find_citations(chapter, works)
    assert problems == []
    assert len(found) == 45
    assert len({citation.cluster for citation in found}) == 40
    twice = {key for key, number in Counter(c.work for c in found).items() if number > 1}
    assert twice == {"walt1987", "levy1981", "tierney2011", "schmitt2018"}
    locators = {c.work: c.locator for c in found if c.locator}
    assert locators == {
        "walt1987": "1",
        "departmentofdefense2015": "5",
        "usnavy2015": "1–2",
        "scales1998": "4",
        "finnemore2003": "82",
    }
    narrative = " ".join(c.work for c in found if c.form == "narrative")
    expected = "walt1987 weitsman2013 schmitt2018 finnemore2003 schmitt2018 recchia2015"
    assert narrative == expected


def test_every_citation_of_the_article_is_found(article: Source, works: tuple[Work, ...]) -> None:
    found, problems = find_citations(article, works)
    assert [problem.code for problem in problems] == ["citation-misspelt"]
    assert len(found) == 56
    assert len({citation.cluster for citation in found}) == 41
    assert [(c.work, c.corrected) for c in found if c.corrected] == [
        ("mearsheimer2001", "Mearsheimer")
    ]
    assert [(c.work, c.locator) for c in found if c.locator] == [
        ("carter2004", "p. 74"),
        ("patrick2010", "pp. 24–25"),
        ("rayburnsobchak2019", "pp. 9–11"),
        ("record2007", "p. 87"),
        ("rumsfeld2011", "p. 354"),
        ("cook2013", "p. 563"),
        ("bogaturov2008", "p. 7"),
        ("rayburnsobchak2019", "pp. 36–38"),
        ("sherwoodrandall2006", "p. 9"),
        ("morellibelkin2009", "p. 29"),
        ("hallamsschreer2012", "p.319"),
        ("tertrais2004", "p. 138"),
    ]
    narrative = " ".join(c.work for c in found if c.form == "narrative")
    assert narrative == "bogaturov1996 kortunov2019 kortunov2019 sherwoodrandall2006"


def test_what_is_listed_is_cited_and_the_other_way_round(
    chapter: Source, article: Source, works: tuple[Work, ...]
) -> None:
    for source, number in ((chapter, 41), (article, 48)):
        listed = [entry.work for entry in find_listed(source, works)]
        assert len(listed) == number
        assert set(listed) == {citation.work for citation in find_citations(source, works)[0]}


def test_paragraphs_are_whole(chapter: Source, article: Source) -> None:
    for source, text, number in ((chapter, RYNNING_SCHMITT, 50), (article, BOGDANOV, 45)):
        paragraphs = split_paragraphs(source, text)
        assert len(paragraphs) == number
        for paragraph in paragraphs:
            ending = source.content[paragraph.start : paragraph.end].rstrip("”)")
            assert ending.endswith((".", "?", ":", ";"))
