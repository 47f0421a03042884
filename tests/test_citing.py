"""Entries and citations in citation styles, and what hostile entries come to."""

from __future__ import annotations

import re
import sys
from html import unescape
from pathlib import Path

import msgspec
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from shared import ROOT

from argmap.bibliography import (
    clean_work,
    escape_bare,
    parse_bibliography,
    read_bibliography,
    write_bibliography,
)
from argmap.citing import (
    find_style,
    format_citations,
    format_entries,
    read_markdown,
    read_references,
    write_csl_json,
    write_document,
)
from argmap.citing.elements import cite, flatten, make_harmless, paragraph, words
from argmap.citing.styles import trim_style
from argmap.extras import MissingExtra
from argmap.model import Work

STYLES = ("chicago-author-date", "apa", "mla", "harvard")
HOSTILE = r"""
@book{specials, author = {Smith, Ann}, title = {5% of {\&} & more_under #1 ^x costs \$5}, year = {2020}, publisher = {Simon and Schuster}, url = {https://example.org/a%20b_c?d=1&e=2#f}}
@book{script, author = {Jones, Bob}, title = {<script>alert(1)</script> and \input{/etc/passwd} {braces}}}
@article{a2013, author = {Smith, Ann}, title = {First on $\alpha$}, journal = {J & K}, year = {2013}, pages = {259--74}}
@article{b2013, author = {Smith, Ann}, title = {Second “quoted” "thing"}, journal = {J}, year = {2013}, url = {javascript:alert(1)}}
@book{cyrillic, author = {Барышников, Иван and d'Été, Zoë and others}, title = {Мир и война}, year = {2001}, langid = {russian}, titleaddon = {War and Peace}}
@misc{nobody, title = {A Charter}}
"""  # noqa: E501


def works(source: str = HOSTILE) -> list[Work]:
    return list(parse_bibliography(source, "x.bib")[0])


def plain(html: str) -> str:
    return re.sub(r"<[^>]+>", "", html)


# ---- entries ----


def test_the_shipped_entries_in_chicago() -> None:
    shipped, _ = read_bibliography(ROOT / "references.bib")
    entries = {key: plain(html) for key, html in format_entries(shipped).items()}
    assert len(entries) == len(shipped)
    assert entries["crescenzi2012"] == (
        "Crescenzi, Mark J. C., Jacob D. Kathman, Katja B. Kleinberg, and Reed M. Wood. 2012. "
        "“Reliability, Reputation, and Alliance Formation.” International Studies Quarterly 56 "
        "(2): 259–74."
    )
    assert "Vietnamization" in entries["nixon1969"]
    assert "from Revolution to Reconstruction and Beyond" in entries["nixon1969"]
    assert entries["internationalinstituteforstrategicstudies1959"].endswith(
        "The Military Balance."
    )
    assert "[Pluralistic Unipolarity and Russia’s Interests]" in entries["bogaturov1996"]
    assert "NATO in Afghanistan" in entries["auerswaldsaideman2014"]


def test_sentence_case_keeps_names() -> None:
    shipped, _ = read_bibliography(ROOT / "references.bib")
    entries = {key: plain(html) for key, html in format_entries(shipped, "apa").items()}
    assert "The great silent majority (Vietnamization speech)" in entries["nixon1969"]
    assert (
        "NATO in Afghanistan: Fighting together, fighting alone"
        in (entries["auerswaldsaideman2014"])
    )
    assert "259–274" in entries["crescenzi2012"]


@pytest.mark.parametrize("style", ["apa", "harvard"])
def test_no_sentence_begins_after_an_abbreviation(style: str) -> None:
    shipped, _ = read_bibliography(ROOT / "references.bib")
    text = " ".join(plain(html) for html in format_entries(shipped, style).values())
    assert "turn in U.S. foreign policy" in text
    assert "U.S. civil-military relations" in text
    assert "U.S. Army in the Iraq War" in text
    assert not re.search("[\ue000-\uf8ff]", text)
    source = "@book{a, title = {Why U.S. Allies Stay}, author = {Lee, A.}, year = 2000}"
    bare = plain(format_entries(works(source), style)["a"])
    assert "Why U.S. allies stay" in bare


def test_a_season_beside_a_number_is_left_out() -> None:
    shipped, _ = read_bibliography(ROOT / "references.bib")
    for style in STYLES:
        entries = format_entries(shipped, style)
        assert "4–10" in plain(entries["scales1998"])
        for key in ("scales1998", "rosecrance1992"):
            text = plain(entries[key])
            assert "Winter" not in text
            assert "Spring" not in text
            assert "nos." not in text


@pytest.mark.parametrize("style", STYLES)
def test_hostile_entries_lose_nothing_and_do_nothing(style: str) -> None:
    entries = format_entries(works(), style)
    assert set(entries) == {work.key for work in works()}
    html = "".join(entries.values())
    text = {key: plain(value).replace("&amp;", "&") for key, value in entries.items()}
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "5% of & & more_under #1 ^x costs $5" in text["specials"].lower()
    assert "Simon and Schuster" in text["specials"] or style == "mla"
    if style != "harvard":
        assert "https://example.org/a%20b_c?d=1&amp;e=2#f" in entries["specials"]
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in entries["script"].lower()
    assert "/etc/passwd" in text["script"]
    assert "α" in text["a2013"].lower()
    assert "Мир и война" in text["cyrillic"]
    assert "War and Peace" in text["cyrillic"]
    assert "Charter" in text["nobody"] or "charter" in text["nobody"]


def test_year_suffixes() -> None:
    entries = format_entries(works())
    assert {plain(entries[key])[12:17] for key in ("a2013", "b2013")} == {"2013a", "2013b"}


def test_two_hundred_authors() -> None:
    names = " and ".join(f"Author{number:03}, Ann" for number in range(200))
    [work] = works(f"@article{{many, author = {{{names}}}, title = {{T}}, year = {{2019}}}}")
    assert "et al." in format_entries([work])["many"]
    apa = format_entries([work], "apa")["many"]
    assert "Author018" in apa
    assert "Author199" in apa


def test_entries_stand_apart() -> None:
    """No dash for the authors of the entry before, which stands elsewhere."""
    entries = format_entries(works(), "mla")
    assert not any("———" in html for html in entries.values())


@settings(max_examples=4, deadline=None, phases=[Phase.generate])
@given(
    st.lists(
        st.text("ab %&_#$^{}\\<>\"'`~@[]*é–Ж", min_size=1, max_size=12), min_size=20, max_size=40
    )
)
def test_any_title_gives_an_entry(titles: list[str]) -> None:
    made = [
        Work(key=f"k{number}", type="book", title=title, year=2000)
        for number, title in enumerate(titles)
    ]
    entries = format_entries(made)
    assert set(entries) == {work.key for work in made}
    for work in made:
        wanted = re.sub(r"[\W_]", "", work.title).casefold()
        assert wanted in re.sub(r"[\W_]", "", unescape(plain(entries[work.key]))).casefold()


# ---- fields ----


@pytest.mark.parametrize(
    ("bare", "escaped"),
    [
        ("5% & a_b #1", r"5\% \& a\_b \#1"),
        (r"5\% \& done", r"5\% \& done"),
        ("$x^2$ and $5 to $6", r"$x^2$ and \$5 to \$6"),
        (r"see \url{http://a/b_c%20}", r"see \url{http://a/b_c%20}"),
    ],
)
def test_bare_characters_are_escaped(bare: str, escaped: str) -> None:
    assert escape_bare(bare) == escaped
    assert escape_bare(escaped) == escaped


def test_clean_works_hold_no_command_that_could_run() -> None:
    source = write_bibliography(map(clean_work, works()))
    assert r"\input" not in source
    assert "/etc/passwd" in source
    again, findings = parse_bibliography(source, "clean.bib")
    assert findings == []
    assert [work.title for work in again] == [
        work.title for work in sorted(works(), key=lambda w: w.key)
    ]


def test_csl_json() -> None:
    items = msgspec.json.decode(write_csl_json(read_references(works())))
    by_key = {item["id"]: item for item in items}
    assert set(by_key) == {work.key for work in works()}
    assert by_key["a2013"]["page"] == "259-74"
    assert by_key["cyrillic"]["author"][0] == {"family": "Барышников", "given": "Иван"}
    assert len(by_key["cyrillic"]["author"]) == 2
    assert by_key["specials"]["URL"] == "https://example.org/a%20b_c?d=1&e=2#f"


# ---- citations ----


def format_paragraph(inlines: list[dict[str, object]], style: str) -> str:
    found, findings = find_style(style)
    assert found is not None, findings
    formatted = format_citations([paragraph(inlines)], read_references(works()), found, ["a2013"])
    return flatten([block["c"] for block in formatted.blocks])


@pytest.mark.parametrize(
    ("style", "told"),
    [
        ("chicago-author-date", "Jones (n.d., 7) says (Smith 2020, 3–4) (2020)"),
        ("apa", "Jones (n.d., p. 7) says (Smith, 2020, pp. 3–4) (2020)"),
    ],
)
def test_citations_follow_the_style(style: str, told: str) -> None:
    inlines = [
        cite([("script", "p. 7")], "narrative"),
        *words(" says "),
        cite([("specials", "pp. 3–4")]),
        *words(" "),
        cite([("specials", "")], "bare"),
    ]
    assert format_paragraph(inlines, style) == told


def test_authors_in_a_sentence_are_joined_by_a_word() -> None:
    found, _ = find_style("apa")
    assert found is not None
    source = "@book{a, title = {T}, author = {Lee, A. and Ray, B.}, year = 2000}"
    inlines = [cite([("a", "p. 1")], "narrative"), *words(" and "), cite([("a", "p. 2")])]
    formatted = format_citations([paragraph(inlines)], read_references(works(source)), found, ["a"])
    told = flatten([block["c"] for block in formatted.blocks])
    assert told == "Lee and Ray (2000, p. 1) and (Lee & Ray, 2000, p. 2)"


def test_markdown_of_the_scholar_runs_nothing() -> None:
    source = (
        "<script>x</script> `<b>`{=html} \\input{y} $z$ ![p](http://e.org/p.png) "
        "[l](javascript:alert(1)) <div onclick='x'>d</div>\n\n```{=html}\n<i>\n```\n"
    )
    blocks = make_harmless(read_markdown(source))
    html = write_document(blocks, "html5").decode()
    assert "<script" not in html
    assert "<img" not in html
    assert "<i>" not in html
    assert "onclick='x'>" not in html
    assert 'href="javascript' not in html
    latex = write_document(blocks, "latex").decode()
    assert "\\input" not in latex.replace("\\textbackslash input", "")


# ---- styles ----


def test_a_misspelt_style_is_answered_with_the_nearest() -> None:
    style, [finding] = find_style("chicago-autor-date")
    assert style is None
    assert finding.code == "style-unknown"
    assert "'chicago-author-date'" in finding.remedy


def test_short_names_of_styles() -> None:
    for name, title in (("mla", "MLA"), ("harvard", "Cite Them Right"), ("APA", "APA")):
        style, findings = find_style(name)
        assert style is not None
        assert title in style.title
        assert findings == []


def test_a_style_that_points_to_another(tmp_path: Path) -> None:
    path = tmp_path / "mine.csl"
    link = '<link href="http://www.zotero.org/styles/{}" rel="independent-parent"/>'
    text = (
        '<?xml version="1.0"?><style xmlns="http://purl.org/net/xbiblio/csl" version="1.0">'
        f"<info><title>Mine</title><id>m</id>{link}</info></style>"
    )
    path.write_text(text.format("apa"))
    style, findings = find_style(str(path))
    assert style is not None
    assert findings == []
    assert "apa" in style.title.lower()
    path.write_text(text.format("no-such-parent"))
    style, [finding] = find_style(str(path))
    assert style is None
    assert "no-such-parent" in finding.message


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no CSL style"),
        (b"<style", "no CSL style"),
        (b"\xff\xfe\x00", "no CSL style"),
        (b"<html/>", "begins with <html>"),
        (b'<style xmlns="http://purl.org/net/xbiblio/csl"/>', "says nothing"),
        (
            b'<style xmlns="http://purl.org/net/xbiblio/csl"><citation/></style>',
            "no bibliography",
        ),
    ],
)
def test_files_that_are_no_styles(content: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.csl"
    path.write_bytes(content)
    style, [finding] = find_style(str(path))
    assert style is None
    assert finding.code == "style-file"
    assert message in finding.message
    assert finding.remedy


def test_a_style_file_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "mine.csl").write_text("x")
    _, [finding] = find_style(str(tmp_path / "mime.csl"))
    assert "mine.csl" in finding.remedy


def test_large_bibliographies_are_trimmed() -> None:
    style, _ = find_style("chicago-author-date")
    assert style is not None
    assert b"disambiguate-add-givenname" in style.data
    assert b"disambiguate-add-givenname" not in trim_style(style, 301, apart=False).data
    assert trim_style(style, 300, apart=False) is style


def test_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypandoc", None)
    with pytest.raises(MissingExtra) as caught:
        format_entries(works())
    assert caught.value.extra == "cite"
