"""In-text citations in many forms, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from texts_examples import make_source, work

from argmap.texts.citations import FoundCitation, find_citations, index_works
from argmap.texts.plain import fold_letters, make_plain

WORKS = (
    work("abel1999", 1999, "Abel|Nina", title="Piers"),
    work("abel2003a", 2003, "Abel|Nina", title="Zeal"),
    work("abel2003b", 2003, "Abel|Nina", title="Ardour"),
    work("brandt2013", 2013, "Brandt|Karl", "Imai|Yuki", "Nkosi|Thabo"),
    work("costa2000", 2000, "Costa|Rui M."),
    work("costalund2000", 2000, "Costa|Rui M.", "Lund|Ida"),
    work("lund1987", 1987, "Lund|Ida"),
    work("record2007", 2007, "Record|J."),
    work("dunn", None, "Dunn|Ada"),
    work("ederfalk2001", 2001, editors="Eder|Max; Falk|Ute"),
    work("almanac1988", 1988, title="Harbour Almanac"),
    work("fleet2014", 2014, "US Coastal Fleet"),
    work("council1995", 1995, "World Council on Harbours"),
    work("lundqvist1990", 1990, "Lundqvist|Per"),
    work("mueller2008", 2008, "Müller|Jörg"),
    work("oneill2010", 2010, "O'Neill|Maeve"),
    work("parkh2016", 2016, "Park|Hana"),
    work("parks2016", 2016, "Park|S. J."),
    work("smytheriley2005", 2005, "Smythe-Riley|Jo"),
    work("vanderberg2011", 2011, "Berg|Piet|van der"),
    work("defreitas2012", 2012, "De Freitas|Ana"),
    work("weil1922", 1922, "Weil|Otto"),
    work("essay", 1999, "Author|An"),
)
INDEX = index_works(WORKS)


def find(content: str, **fields: object) -> tuple[tuple[FoundCitation, ...], list[str]]:
    found, problems = find_citations(make_source(content, **fields), INDEX)
    return found, [problem.code for problem in problems]


def cited(content: str) -> list[str]:
    """Return ``key`` or ``key locator`` for each citation; none may come with a problem."""
    found, problems = find(content)
    assert problems == []
    return [f"{citation.work} {citation.locator}".rstrip() for citation in found]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        # in brackets
        ("Built early (Abel 1999).", ["abel1999"]),
        ("(Abel, 1999)", ["abel1999"]),
        ("[Abel 1999]", ["abel1999"]),
        ("(see Abel 1999; cf. Lund, 1987)", ["abel1999", "lund1987"]),
        ("(see, for example: Abel, 1999; Costa, Lund, 2000)", ["abel1999", "costalund2000"]),
        ("(e.g., Abel 1999; but see Lund 1987)", ["abel1999", "lund1987"]),
        ("(Abel 1999, Lund 1987 and Costa 2000)", ["abel1999", "lund1987", "costa2000"]),
        ("(what some call “oak” piers, see Abel, 1999)", ["abel1999"]),
        ("(quoted in Lund 1987: 22)", ["lund1987 22"]),
        ("(Lund 1987, quoted in Abel 1999: 3)", ["lund1987", "abel1999 3"]),
        ("(contra Abel 1999; pace Lund 1987)", ["abel1999", "lund1987"]),
        ("(Nina Abel 1999)", ["abel1999"]),
        # in prose
        ("As Abel (1999) shows", ["abel1999"]),
        ("Nina Abel (1999: 1) and N. Abel (1999)", ["abel1999 1", "abel1999"]),
        ("Abel [1999] shows", ["abel1999"]),
        ("Abel's (1999) view, Abel’s view (1999), Abel’s 1999 book", ["abel1999"] * 3),
        ("Lund (e.g., 1987)", ["lund1987"]),
        ("Lund (1987: 5; see also Abel 1999)", ["lund1987 5", "abel1999"]),
        ("(cited by Abel (1999), Lund (1987) and others)", ["abel1999", "lund1987"]),
        ("Lund 1987 shows; see Lund, 1987, p. 4.", ["lund1987", "lund1987 p. 4"]),
        ("Rui Costa and Ida Lund (2000: 14)", ["costalund2000 14"]),
        # authors
        ("(Costa and Lund 2000)", ["costalund2000"]),
        ("(Costa & Lund, 2000)", ["costalund2000"]),
        ("(Costa, Lund 2000)", ["costalund2000"]),
        ("(Costa/Lund 2000)", ["costalund2000"]),
        ("(Costa 2000)", ["costa2000"]),
        ("(Brandt et al. 2013)", ["brandt2013"]),
        ("Brandt et al (2013), Brandt and colleagues (2013)", ["brandt2013"] * 2),
        ("(Brandt, Imai, and Nkosi 2013)", ["brandt2013"]),
        ("(Brandt, Imai & Nkosi, 2013)", ["brandt2013"]),
        ("(Brandt, Imai and Nkosi, 2013)", ["brandt2013"]),
        ("(Brandt, Imai et al., 2013)", ["brandt2013"]),
        ("(Lund, I. 1987) (Lund, I., 1987) (Lund I 1987)", ["lund1987"] * 3),
        ("(Costa, R.M. and Lund, I., 2000)", ["costalund2000"]),
        ("Costa, Rui M., and Ida Lund (2000)", ["costalund2000"]),
        ("(S.J. Park 2016) (Hana Park 2016)", ["parks2016", "parkh2016"]),
        ("(Eder and Falk, eds., 2001) (Eder and Falk (eds.) 2001)", ["ederfalk2001"] * 2),
        ("(World Council on Harbours 1995: 7) (WCH 1995)", ["council1995 7", "council1995"]),
        ("the World Council on Harbours (1995)", ["council1995"]),
        ("(US Coastal Fleet 2014; U.S. Coastal Fleet, 2014)", ["fleet2014"] * 2),
        ("(United States Coastal Fleet 2014)", ["fleet2014"]),
        ("(Harbour Almanac 1988)", ["almanac1988"]),
        # spelling
        ("(O’Neill 2010; O'Neill 2010)", ["oneill2010"] * 2),
        ("(van der Berg 2011; Van der Berg 2011; Berg 2011)", ["vanderberg2011"] * 3),
        ("(De Freitas 2012; de Freitas 2012)", ["defreitas2012"] * 2),
        ("(Smythe-Riley 2005; Smythe–Riley 2005; Smythe Riley 2005)", ["smytheriley2005"] * 3),
        ("(Müller 2008; Muller 2008; Mueller 2008; Mu\u0308ller 2008)", ["mueller2008"] * 4),
        ("(ABEL, 1999; O'NEILL 2010; MÜLLER 2008)", ["abel1999", "oneill2010", "mueller2008"]),
        # several years of one author
        (
            "(Abel 1999, 2003a; Lund 1987: 12–14, 17)",
            ["abel1999", "abel2003a", "lund1987 12–14, 17"],
        ),
        (
            "Abel (1999, 2003a) and Abel (1999; 2003b)",
            ["abel1999", "abel2003a", "abel1999", "abel2003b"],
        ),
        ("(Abel 1999: 3, 2003a: 5)", ["abel1999 3", "abel2003a 5"]),
        ("(Abel 1999 and 2003b)", ["abel1999", "abel2003b"]),
        ("(Abel 2003a, b)", ["abel2003a", "abel2003b"]),
        ("(Abel 2003a,b: 7)", ["abel2003a 7", "abel2003b 7"]),
        ("(Abel 2003a-b)", ["abel2003a", "abel2003b"]),
        ("(Abel 2003a and 2003b)", ["abel2003a", "abel2003b"]),
        # years
        ("(Dunn in press; Dunn, forthcoming; Dunn n.d.)", ["dunn"] * 3),
        ("Dunn (in press)", ["dunn"]),
        ("(Weil 1922/1978: 33)", ["weil1922 33"]),
        ("Weil ([1922] 1978)", ["weil1922"]),
        ("(Weil 1978 [1922])", ["weil1922"]),
        # locators
        ("(Abel 1999: 4)", ["abel1999 4"]),
        ("(Abel 1999, p. 87)", ["abel1999 p. 87"]),
        ("(Abel, 1999, p.319)", ["abel1999 p.319"]),
        ("(Abel, 1999, pp. 24–25)", ["abel1999 pp. 24–25"]),
        ("(Abel 1999, 44-5, 50)", ["abel1999 44-5, 50"]),
        ("(Abel 1999, pp. 3–4, 7, and 9)", ["abel1999 pp. 3–4, 7, and 9"]),
        ("(Abel 1999: xii–xiv)", ["abel1999 xii–xiv"]),
        ("(Abel 1999: 5f.) (Abel 1999: 12ff)", ["abel1999 5f.", "abel1999 12ff"]),
        (
            "(Abel 1999, ch. 3) (Abel 1999, esp. chs. 2 and 3)",
            ["abel1999 ch. 3", "abel1999 esp. chs. 2 and 3"],
        ),
        ("(Abel 1999, vol. 2, p. 5) (Abel 1999, §4)", ["abel1999 vol. 2, p. 5", "abel1999 §4"]),
        ("(Abel 1999, Fig. 3; Lund 1987, table 2)", ["abel1999 Fig. 3", "lund1987 table 2"]),
        ("(Abel 1999: passim)", ["abel1999 passim"]),
        ("(Abel 1999: 1998–2001)", ["abel1999 1998–2001"]),
        # breaks inside
        ("(Lund\n1987,\r\np. 4)", ["lund1987 p. 4"]),
        ("(Lund\u00a01987)", ["lund1987"]),
        ("(Lund (p. 2) 1987: 5)", ["lund1987 5"]),
        ("(Lund\n\n---\n\n(p. 2) 1987: 5)", ["lund1987 5"]),
        ("(Lund 1987:\n---\n5)", ["lund1987 5"]),
        ("(Smythe-\nRiley 2005; Lund-\nqvist 1990)", ["smytheriley2005", "lundqvist1990"]),
        ("(Lund 19-\n87)", []),
    ],
)
def test_citations_are_found(content: str, expected: list[str]) -> None:
    assert cited(content) == expected


@pytest.mark.parametrize(
    "content",
    [
        "In 1999 Abel was young; since 1987, Lund sailed. The 1990s. A.D. 1999.",
        "Minister Ida Lund (1985-1989) and Lund (1987-1990) and Abel (1999–2004)",
        "the landings in Iceland (2008) and Malta (1999), the law of May 1987",
        "(in 1999) (since 1987) (Spring 1999) (May 1987) (1999) (born 1987)",
        "UN Resolution 1441 (2002), Table 1987 (1999), N = 1987, p. 1999, 1999.5, 1,999 and 1999s",
        "the old record (2007) was set; by all accounts of record, 2007 was wet",
        "Abel. 1999 was wet. Abel wrote (in 1999) much. Abel – 1999",
        "(Lund 1987-1990)",
        "the abel 1999 prize",
        "Lundgren (1987) was a town",
        "Treaty (1999: 5)",
    ],
)
def test_what_only_looks_like_a_citation_is_none(content: str) -> None:
    assert find(content) == ((), [])


def test_page_marks_are_no_citations() -> None:
    assert find("as Abel said (p. 1999) and so on", first="1998") == ((), [])


def test_front_matter_and_references_are_not_searched() -> None:
    content = "Abel 1999\n\n## 1 A\n\n(Lund 1987)\n\n## References\n\nAbel, N. (1999). Piers."
    found, problems = find(content, body="## 1 A", references="## References")
    assert [citation.work for citation in found] == ["lund1987"]
    assert problems == []


def test_a_text_does_not_cite_itself() -> None:
    assert find("Author (1999) writes")[0] == ()


# ---- what is told of a citation -----------------------------------------------------------------


def test_span_page_form_and_printed_form() -> None:
    content = "It is so (p. 2) (see Abel 1999, p. 3; Lund 1987). Nina Abel (1999: 7) agrees."
    [one, two, three] = find(content)[0]
    assert content[one.start : one.end] == "Abel 1999, p. 3" == one.printed
    assert content[three.start : three.end] == "Nina Abel (1999: 7)" == three.printed
    assert [c.form for c in (one, two, three)] == ["parenthetical", "parenthetical", "narrative"]
    assert [c.cluster for c in (one, two, three)] == [1, 1, 2]
    assert (one.page, one.page_inferred) == ("2", False)


def test_years_that_continue_have_their_own_span() -> None:
    content = "(Abel 1999, 2003a)"
    one, two = find(content)[0]
    assert (one.printed, two.printed) == ("Abel 1999", "2003a")
    assert one.cluster == two.cluster


def test_mentions_in_no_bracket_are_clusters_of_their_own() -> None:
    found, _ = find("Abel 1999 and Lund 1987 agree (Abel 1999).")
    assert [citation.cluster for citation in found] == [1, 2, 3]


# ---- slips --------------------------------------------------------------------------------------


def test_a_misspelt_name_is_resolved_and_told() -> None:
    for content in ("(Lundquist 1990: 4)", "Lundquist (1990: 4) says", "(see Lundqvits, 1990: 4)"):
        source = make_source(content)
        [citation], [problem] = find_citations(source, INDEX)
        assert (citation.work, citation.locator) == ("lundqvist1990", "4")
        assert citation.corrected == "Lundqvist"
        assert problem.code == "citation-misspelt"
        assert "page 1" in problem.message


def test_a_misspelt_co_author_is_resolved() -> None:
    works = [work("x2000", 2000, "Costa|R.", "Sorensen|K.")]
    [citation], [problem] = find_citations(make_source("(Costa and Sorenson 2000)"), works)
    assert (citation.work, citation.corrected) == ("x2000", "Sorensen")
    assert citation.printed == "Costa and Sorenson 2000"
    assert "Sorenson" in problem.message


@pytest.mark.parametrize(
    ("content", "hint"),
    [
        ("(Lund 1988)", "lund1987"),
        ("(Nobody 1988)", ""),
        ("(Nobody and Someone, 1988, p. 3)", ""),
        ("(Lunt 1987)", "lund1987"),  # too short a name to be corrected
        ("(Abel and Lund 1987)", "lund1987"),
        ("Abel and Lund (1987)", "lund1987"),
        ("(Lund and Costa 2000)", "costa2000"),
        ("Nobody (1988) argues", ""),
        ("Nobody (1988: 4)", ""),
        ("Nobody et al. (1988)", ""),
        ("A. Nobody (1988)", ""),
        ("(Dunn 2001)", "dunn"),
        ("(Lund, forthcoming)", "lund1987"),
    ],
)
def test_a_citation_of_a_work_that_is_not_there_is_told(content: str, hint: str) -> None:
    found, [problem] = find_citations(make_source(content), INDEX)
    assert found == ()
    assert problem.code == "citation-unlisted"
    assert hint in problem.remedy
    assert ("Did you mean" in problem.remedy) == bool(hint)


def test_a_further_year_that_is_not_there_is_told() -> None:
    found, problems = find("(Lund 1987, 1999)")
    assert [citation.work for citation in found] == ["lund1987"]
    assert problems == ["citation-unlisted"]


def test_two_works_that_fit_are_told_and_neither_is_taken() -> None:
    found, [problem] = find_citations(make_source("(Park 2016)"), INDEX)
    assert found == ()
    assert problem.code == "citation-ambiguous"
    assert "parkh2016 or parks2016" in problem.message


def test_letters_go_by_title_where_no_work_has_one() -> None:
    works = [
        work("k1", 2003, "Abel|N.", title="The Zeal"),
        work("k2", 2003, "Abel|N.", title="A Measure"),
    ]
    found, _ = find_citations(make_source("(Abel 2003a; Abel 2003b)"), works)
    assert [citation.work for citation in found] == ["k2", "k1"]


def test_a_letter_without_need_does_no_harm() -> None:
    assert cited("(Lund 1987a)") == ["lund1987"]


def test_authors_come_before_editors() -> None:
    works = [work("a", 2001, "Eder|M."), work("b", 2001, editors="Eder|M.")]
    found, problems = find_citations(make_source("(Eder 2001)"), works)
    assert ([citation.work for citation in found], problems) == (["a"], [])


def test_the_order_of_the_bibliography_does_not_matter() -> None:
    source = make_source("(Park 2016; Lund 1987; Abel 2003b; Costa et al. 2000; Lundquist 1990)")
    assert find_citations(source, WORKS) == find_citations(source, WORKS[::-1])


@given(st.text(st.sampled_from("AbelLund 1987 1999()[],;:.'–-&\n#é"), max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_text_is_searched_and_spans_hold(content: str) -> None:
    source = make_source(content, mark="")
    found, _ = find_citations(source, INDEX)
    for citation in found:
        assert 0 <= citation.start < citation.end <= len(content)
        assert str(citation.page) == "1"
    assert [c.cluster for c in found] == sorted(c.cluster for c in found)


@pytest.mark.parametrize(
    "filler",
    ["ABC", "A.", "A. ", "Abel, ", "see also ", "Abel and ", "van ", "1999, ", "'s a ", "[", "(("],
)
def test_no_text_takes_for_ever(filler: str) -> None:
    content = f"(Abel {filler * 150}! 1999) Abel ({filler * 60}1999, {filler * 60} 1987a"
    find(content)
    find(f"Abel{filler * 200}" * 20)


# ---- plain text ---------------------------------------------------------------------------------


@given(st.text(st.sampled_from("ab é“—-\u00ad\n\r ßøﬁ(p. 2)"), max_size=60))
@settings(max_examples=150, deadline=None)
def test_plain_text_keeps_its_offsets(content: str) -> None:
    source = make_source(content, mark="", first="")
    plain = make_plain(source, 0, len(content))
    assert len(plain.text) == len(plain.offsets)
    assert list(plain.offsets) == sorted(plain.offsets)
    for position, letter in enumerate(plain.text):
        origin = content[plain.offsets[position]]
        assert letter == " " or letter in fold_letters(origin) or letter == "-"


def test_letters_are_folded() -> None:
    assert fold_letters("Łódź Ørsted Æsop “x”—’") == 'Lodz Orsted AEsop "x"-\''
