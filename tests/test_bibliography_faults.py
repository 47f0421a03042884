"""Every code that a .bib file can earn: one test each, named after the code.

The docstring of a test is its .bib file; ``told`` lists (code, line, column).
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from bibliography_examples import Example, bib, parse_example

import argmap.bibliography
from argmap.bibliography import read_bibliography
from argmap.bibliography.codes import SEVERITY_OF_CODE
from argmap.checks.explanations import explain

__all__ = ["bib"]


def test_every_code_has_a_test() -> None:
    tests = {name for name in globals() if name.startswith("test_")}
    missing = [
        code
        for code in SEVERITY_OF_CODE
        if "test_" + code.removeprefix("bib-").replace("-", "_") not in tests
    ]
    assert missing == []


def test_codes_used_are_codes_explained() -> None:
    folder = Path(argmap.bibliography.__file__).parent
    used = {
        code
        for file in folder.glob("*.py")
        if file.name != "codes.py"
        for code in re.findall(r'"(bib-[a-z-]+)"', file.read_text("utf-8"))
    }
    assert used == set(SEVERITY_OF_CODE)


@pytest.mark.parametrize("code", SEVERITY_OF_CODE)
def test_severity_is_the_one_explained(code: str) -> None:
    entry = explain(code)
    assert entry is not None
    assert SEVERITY_OF_CODE[code] in (entry.severity, *entry.also)


# ---- The file as a whole ----


def test_missing_file(tmp_path: Path) -> None:
    (tmp_path / "references.bib").write_text("@book{a, title = {A}}")
    works, findings = read_bibliography(tmp_path / "refrences.bib")
    assert works == ()
    assert [(f.code, f.severity, f.path) for f in findings] == [
        ("bib-missing-file", "error", "refrences.bib")
    ]
    assert findings[0].remedy == "Did you mean 'references.bib'?"


def test_missing_file_in_a_missing_folder(tmp_path: Path) -> None:
    _, findings = read_bibliography(tmp_path / "nowhere" / "a.bib")
    assert [f.code for f in findings] == ["bib-missing-file"]
    assert "--bib" in findings[0].remedy


def test_not_a_file(tmp_path: Path) -> None:
    (tmp_path / "mine.bib").write_text("")
    works, findings = read_bibliography(tmp_path)
    assert works == ()
    assert [f.code for f in findings] == ["bib-not-a-file"]
    assert "mine.bib" in findings[0].remedy


def test_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    (tmp_path / "a.bib").touch()
    works, findings = read_bibliography(tmp_path / "a.bib")
    assert works == ()
    assert [f.code for f in findings] == ["bib-unreadable"]
    assert "Permission denied" in findings[0].message


def test_binary(tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    file.write_bytes(b"%PDF-1.4\n\x00\x01\x02@book{a, title = {A}}")
    works, findings = read_bibliography(file)
    assert works == ()
    assert [f.code for f in findings] == ["bib-binary"]
    assert parse_example("@book{a}\0").findings == parse_example("\0").findings != []


@pytest.mark.parametrize("text", ["", "\n", "% nothing yet\n", "Some prose.\n", "\ufeff"])
def test_empty(tmp_path: Path, text: str) -> None:
    file = tmp_path / "a.bib"
    file.write_text(text, "utf-8")
    works, findings = read_bibliography(file)
    assert works == ()
    assert [(f.code, f.severity) for f in findings] == [("bib-empty", "error")]


def test_encoding(tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    file.write_bytes(
        "@book{a, title = {Ä}}\n".encode()
        + "@book{b,\n  title = {Völker “x”}}\n".encode("cp1252")
        + "@book{c, title = {É}}\n@book{d, title = {ß}}\n".encode()
        + b"@book{e, title = {\xe9}}\n"
    )
    works, findings = read_bibliography(file)
    assert [work.title for work in works] == ["Ä", "Völker “x”", "É", "ß", "é"]
    assert [(f.code, f.severity, f.line, f.column) for f in findings] == [
        ("bib-encoding", "error", 3, 13)
    ]
    assert "1 more: 6" in findings[0].message


def test_encoding_of_bytes_that_no_code_page_has(tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    file.write_bytes(b"@book{a, title = {x\x81y}}\n@book{b, title = {B}}\n")
    works, findings = read_bibliography(file)
    assert [work.key for work in works] == ["a", "b"]
    assert {f.code for f in findings} == {"bib-encoding", "bib-control-character"}


def test_encoding_utf16(tmp_path: Path) -> None:
    file = tmp_path / "a.bib"
    file.write_bytes("@book{a, title = {Ä}}".encode("utf-16"))
    works, findings = read_bibliography(file)
    assert [work.title for work in works] == ["Ä"]
    assert [f.code for f in findings] == ["bib-encoding"]
    assert "UTF-16" in findings[0].message


def test_control_character() -> None:
    example = parse_example("@book{a,\n  title = {One\x0bTwo\x1f}}\n")
    assert example.told == [("bib-control-character", 2, 15)]
    assert example.works["a"].title == "One Two"


def test_truncated(bib: Example) -> None:
    """
    @book{first, title = {Whole}}
    @book{second,
      author = {Olson, Mancur},
      title = {The Logic of Coll
    """
    assert bib.told == [("bib-truncated", 2, 1)]
    assert "'second', within the value of title that begins at line 4" in bib.messages
    assert bib.works["first"].title == "Whole"
    assert bib.works["second"].authors[0].family == "Olson"
    assert bib.works["second"].title == "The Logic of Coll"


# ---- Beginnings of entries ----


def test_odd_header(bib: Example) -> None:
    """
    @ book {spaced, title = {A}}
    @book
    {nextline, title = {B}}
    """
    assert bib.told == [("bib-odd-header", 1, 1)]
    assert sorted(bib.works) == ["nextline", "spaced"]


def test_malformed_entry(bib: Example) -> None:
    """
    @book{first, title = {A}}
    @articlesecond,
      title = {B},
    }
    article{third,
      title = {C}
    }
    @book[fourth, title = {D}]
    @book{fifth, title = {E}}
    """
    assert bib.told == [
        ("bib-malformed-entry", 2, 1),
        ("bib-malformed-entry", 5, 1),
        ("bib-malformed-entry", 8, 1),
    ]
    assert sorted(bib.works) == ["fifth", "first", "third"]
    assert bib.works["third"].title == "C"


def test_missing_key(bib: Example) -> None:
    """
    @book{, title = {Without a Key}}
    @book{title = {Without a Comma}}
    @book{}
    @book{kept, title = {A}}
    """
    assert bib.told == [
        ("bib-missing-key", 1, 6),
        ("bib-missing-key", 2, 6),
        ("bib-missing-key", 3, 6),
    ]
    assert "Without a Key" in bib.messages
    assert "Without a Comma" in bib.messages
    assert list(bib.works) == ["kept"]


def test_bad_key(bib: Example) -> None:
    """
    @book{walt 1987, title = {A}}
    @book{"quoted", title = {B}}
    @book{half{way, title = {C}}
    @book{at@work, title = {D}}
    """
    assert [code for code, _, _ in bib.told if code == "bib-bad-key"] == ["bib-bad-key"] * 4
    assert {"walt1987", "quoted", "halfway", "atwork"} == set(bib.works)
    assert [work.title for work in bib.works.values()] == ["D", "C", "B", "A"]
    assert "'walt 1987'" in bib.messages
    assert "Write 'walt1987'" in bib.remedies


def test_odd_key(bib: Example) -> None:
    """
    @article{10.1016/0022(79)90-x, title = {A}}
    """
    assert bib.told == [("bib-odd-key", 1, 1)]
    assert list(bib.works) == ["10.1016/0022(79)90-x"]


def test_duplicate_key(bib: Example) -> None:
    """
    @book{walt1987, title = {First}}

    @book{walt1987, title = {Second}}
    @book{snyder1997, title = {Third}}
    """
    assert bib.told == [("bib-duplicate-key", 3, 1)]
    assert "line 1" in bib.messages
    assert bib.works["walt1987"].title == "First"
    assert bib.works["snyder1997"].title == "Third"


def test_case_duplicate_key(bib: Example) -> None:
    """
    @book{walt1987, title = {First}}
    @book{Walt1987, title = {Second}}
    """
    assert bib.told == [("bib-case-duplicate-key", 2, 1)]
    assert bib.findings[0].severity == "warning"
    assert [work.title for work in bib.works.values()] == ["Second", "First"]


def test_unknown_type(bib: Example) -> None:
    """
    @artcle{a, title = {A}}
    @jurisdiction{b, title = {B}}
    @podcastseries{c, title = {C}}
    """
    assert bib.told == [("bib-unknown-type", 1, 1)]
    assert bib.remedies == "Did you mean @article?"
    assert [work.type for work in bib.works.values()] == ["artcle", "jurisdiction", "podcastseries"]


# ---- Braces, quotation marks, commas ----


def test_unbalanced_brace(bib: Example) -> None:
    """
    @book{one,
      title = {Never {Closed},
      year = {1990},
      publisher = {Press}
    }
    @book{two, title = {Good}}
    @book{three,
      title = {One too many}},
      year = {1991},
    }
    @book{four, title = {Good}}
    @book{five,
      title = {Not closed itself},
      year = 1992
    @book{six, title = {Good}}
    """
    assert bib.told == [
        ("bib-unbalanced-brace", 2, 11),
        ("bib-unbalanced-brace", 8, 25),
        ("bib-unbalanced-brace", 12, 1),
    ]
    assert [bib.works[key].year for key in ("one", "three", "five")] == [1990, 1991, 1992]
    assert bib.works["one"].title == "Never Closed"
    assert [bib.works[key].title for key in ("two", "four", "six")] == ["Good"] * 3


def test_unbalanced_brace_in_a_comment(bib: Example) -> None:
    """
    @comment{jabref-meta: never closed
    @preamble{"never closed either"
    @string{press = {Press}
    @book{a, title = {A}, publisher = press}
    """
    assert bib.told == [("bib-unbalanced-brace", line, 1) for line in (1, 2, 3)]
    assert bib.works["a"].fields["publisher"] == "Press"


def test_unbalanced_brace_for_a_parenthesis(bib: Example) -> None:
    """
    @book(a, title = {A}}
    @book(b, title = {B})
    """
    assert bib.told == [("bib-unbalanced-brace", 1, 21)]
    assert [work.title for work in bib.works.values()] == ["A", "B"]


def test_unbalanced_brace_before_an_entry_on_the_same_line(bib: Example) -> None:
    """
    @misc{a, title = {A} @misc{b, title = {B}}
    @misc{c, title = {C}}
    """
    assert bib.told == [("bib-unbalanced-brace", 1, 1)]
    assert [work.title for work in bib.works.values()] == ["A", "B", "C"]


def test_unbalanced_quote(bib: Example) -> None:
    """
    @book{a,
      title = "Never closed,
      year = "1990",
      note = "fine"
    }
    @book{b, title = "Good"}
    """
    assert bib.told == [("bib-unbalanced-quote", 2, 11)]
    assert bib.works["a"].fields == {"title": "Never closed", "year": "1990", "note": "fine"}
    assert bib.works["b"].title == "Good"


def test_missing_comma(bib: Example) -> None:
    """
    @book{a
      title = {Without comma}
      year = {1990},
      note = {fine}
    }
    @book{b author = {Walt, Stephen}, title = {B} year = 1991}
    """
    assert bib.told == [
        ("bib-missing-comma", 1, 8),
        ("bib-missing-comma", 2, 26),
        ("bib-missing-comma", 6, 9),
        ("bib-missing-comma", 6, 46),
    ]
    assert bib.works["a"].fields == {"title": "Without comma", "year": "1990", "note": "fine"}
    assert bib.works["b"].year == 1991
    assert bib.works["b"].authors[0].family == "Walt"


def test_extra_comma(bib: Example) -> None:
    """
    @book{a,
      title = {A},,
      year = {1990},
    },
    @book{b, title = {B}},
    """
    assert bib.told == [
        ("bib-extra-comma", 2, 15),
        ("bib-extra-comma", 4, 2),
        ("bib-extra-comma", 5, 22),
    ]
    assert bib.works["a"].year == 1990
    assert bib.works["b"].title == "B"


def test_missing_equals(bib: Example) -> None:
    """
    @book{a,
      title {A},
      year = {1990},
    }
    """
    assert bib.told == [("bib-missing-equals", 2, 8)]
    assert bib.works["a"].fields == {"title": "A", "year": "1990"}


def test_bad_value(bib: Example) -> None:
    """
    @book{a,
      title = The Origins of Alliances,
      year = 1990-91,
      note = {one} {two},
      series = ,
      volume = {3} # ,
      number = 4
    }
    """
    assert bib.told == [
        ("bib-bad-value", 2, 11),
        ("bib-undefined-string", 3, 10),
        ("bib-bad-value", 4, 10),
        ("bib-bad-value", 5, 10),
        ("bib-bad-value", 6, 17),
    ]
    work = bib.works["a"]
    assert work.title == "The Origins of Alliances"
    assert work.fields["note"] == "one"
    assert work.fields["number"] == "4"


def test_bad_field_name(bib: Example) -> None:
    """
    @book{a,
      "title = {A},
      (year = {1990},
    }
    """
    assert bib.told == [("bib-bad-field-name", 2, 3), ("bib-bad-field-name", 3, 3)]
    assert bib.works["a"].fields == {"title": "A", "year": "1990"}


def test_stray_text(bib: Example) -> None:
    """
    @book{a, title = {A}}
      note = {this belongs to nothing},
    }
    @book{b,
      title = {B},
      just words,
      year = {1990},
    }
    This is prose about {the file}, and fine: write to someone@example.org.
    """
    assert bib.told == [("bib-unbalanced-brace", 1, 21), ("bib-stray-text", 6, 3)]
    assert bib.works["a"].fields["note"] == "this belongs to nothing"
    assert bib.works["b"].year == 1990


def test_stray_text_between_entries(bib: Example) -> None:
    """
    @book{a, title = {A}}
    Here is prose.
      note = {this belongs to nothing},
    @book{b, title = {B}}
    """
    assert bib.told == [("bib-stray-text", 3, 3)]
    assert sorted(bib.works) == ["a", "b"]


def test_swallowed_field(bib: Example) -> None:
    """
    @book{a,
      title = {The Title,
      year = {1990}},
      note = {fine}
    }
    """
    assert bib.told == [("bib-swallowed-field", 2, 3)]
    assert "'year'" in bib.messages


def test_escaped_brace(bib: Example) -> None:
    r"""
    @book{a, title = {Set \{ without its partner}, year = 1990}
    @book{b, title = {Sets \{x\} are fine}}
    @book{c,
      title = {Another \} alone},
      year = 1991}
    """
    assert bib.told == [("bib-escaped-brace", 1, 10), ("bib-escaped-brace", 4, 3)]
    titles = [work.title for work in bib.works.values()]
    assert titles == ["Set { without its partner", "Sets {x} are fine", "Another } alone"]


def test_escaped_quote(bib: Example) -> None:
    r"""
    @book{a, author = "M\"uller, Hans", year = 1990}
    @book{b, author = "M{\"u}ller, Hans" # " and " # {M\"uller, Eva}}
    """
    assert bib.told == [("bib-escaped-quote", 1, 10)]
    assert [person.family for work in bib.works.values() for person in work.authors] == [
        "Müller"
    ] * 3


# ---- Comments ----


def test_commented_entry(bib: Example) -> None:
    """
    % @book{behind, title = {A}}
    %@article{lines,
    %  title = {B},
    %}
    @comment{
    @book{inside, title = {C}}
    }
    @book{kept, title = {D}} % @misc{tail, title = {E}}
    % Use @article{kept, ...} for an entry that is there.
    """
    assert bib.told == [
        ("bib-commented-entry", 1, 3),
        ("bib-commented-entry", 2, 2),
        ("bib-commented-entry", 6, 1),
        ("bib-commented-entry", 8, 28),
    ]
    assert {"'behind'", "'lines'", "'inside'", "'tail'"} <= set(
        re.findall("'[a-z]+'", bib.messages)
    )
    assert list(bib.works) == ["kept"]


def test_commented_field(bib: Example) -> None:
    """
    @book{a,
      title = {A}, % the title, and a brace {
    % year = {1990},
      note = {100 % sure},
    }
    """
    assert bib.told == [("bib-commented-field", 3, 1)]
    assert bib.works["a"].fields == {"title": "A", "note": "100 % sure"}


# ---- Fields and macros ----


def test_duplicate_field(bib: Example) -> None:
    """
    @book{a,
      title = {First},
      Title = {Second},
      year = 1990
    }
    """
    assert bib.told == [("bib-duplicate-field", 3, 3)]
    assert "line 2" in bib.messages
    assert bib.works["a"].title == "First"
    assert bib.works["a"].year == 1990


def test_repeated_field(bib: Example) -> None:
    """
    @book{a,
      title = {Same}, title = {Same},
      note = {One},
      note = {Two},
    }
    """
    assert bib.told == [("bib-repeated-field", 2, 3), ("bib-repeated-field", 4, 3)]
    assert bib.works["a"].fields == {"title": "Same", "note": "One"}


def test_unknown_field(bib: Example) -> None:
    """
    @article{a,
      auhtor = {Walt, Stephen},
      jounral = {Security Studies},
      our-own = {nobody's business},
      mood = {good},
    }
    """
    assert bib.told == [("bib-unknown-field", 2, 3), ("bib-unknown-field", 3, 3)]
    assert bib.remedies == "Did you mean 'author'?\nDid you mean 'journal'?"


def test_undefined_string(bib: Example) -> None:
    """
    @string{pup = {Princeton University Press}}
    @book{a, title = {A}, publisher = pupp}
    @book{b, title = {B}, publisher = later}
    @string{later = {Later Press}}
    """
    assert bib.told == [("bib-undefined-string", 2, 35), ("bib-undefined-string", 3, 35)]
    assert bib.remedies.startswith("Did you mean 'pup'?")
    assert bib.works["a"].fields["publisher"] == "pupp"
    assert bib.works["b"].fields["publisher"] == "Later Press"


def test_duplicate_string(bib: Example) -> None:
    """
    @string{press = {First}}
    @book{a, title = {A}, publisher = press}
    @string{Press = {Second}}
    @string{press = {Second}}
    @book{b, title = {B}, publisher = press}
    """
    assert bib.told == [("bib-duplicate-string", 3, 9)]
    assert [work.fields["publisher"] for work in bib.works.values()] == ["First", "Second"]


def test_unknown_crossref(bib: Example) -> None:
    """
    @inbook{a, title = {A}, crossref = {whole1989}}
    @book{whole1990, title = {B}}
    @book{c, title = {C}, xdata = {nowhere}}
    """
    assert bib.told == [("bib-unknown-crossref", 1, 25), ("bib-unknown-crossref", 3, 23)]
    assert bib.remedies.startswith("Did you mean 'whole1990'?")
    assert sorted(bib.works) == ["a", "c", "whole1990"]


def test_crossref_cycle(bib: Example) -> None:
    """
    @inbook{a, title = {A}, crossref = {b}}
    @book{b, title = {B}, publisher = {Press}, crossref = {c}}
    @mvbook{c, title = {C}, crossref = {a}}
    @book{self, title = {Self}, crossref = {self}}
    """
    assert bib.told == [("bib-crossref-cycle", 3, 25), ("bib-crossref-cycle", 4, 29)]
    assert "a → b → c → a" in bib.messages
    assert bib.works["a"].fields["publisher"] == "Press"


def test_unused_xdata(bib: Example) -> None:
    """
    @xdata{used, publisher = {Press}}
    @xdata{idle, publisher = {Press}}
    @book{a, title = {A}, xdata = {used}}
    """
    assert bib.told == [("bib-unused-xdata", 2, 1)]
    assert list(bib.works) == ["a"]


# ---- Names, dates, LaTeX ----


def test_bad_name(bib: Example) -> None:
    """
    @book{a, title = {A}, author = {Walt, Stephen, M., Jr.}}
    @book{b, title = {B}, author = {Walt, Stephen and and Waltz, Kenneth}}
    @book{c, title = {C}, author = {Walt, Stephen; Waltz, Kenneth}}
    @book{d, title = {D}, author = {Walt, Stephen et al.}}
    @book{e, title = {E}, editor = {Waltz, Kenneth and}}
    @book{f, title = {F}, editor = {Walt, Stephen &
       Waltz, Kenneth}}
    @book{g, title = {G}, author = {Walt,}}
    """
    assert bib.told == [("bib-bad-name", line, 23) for line in (1, 2, 3, 4, 5, 6, 8)]
    assert [person.family for person in bib.works["b"].authors] == ["Walt", "Waltz"]
    assert [person.family for person in bib.works["e"].editors] == ["Waltz"]
    assert [person.family for person in bib.works["g"].authors] == ["Walt"]


def test_bad_date(bib: Example) -> None:
    """
    @book{a, title = {A}, year = {MCMXC}}
    @book{b, title = {B}, date = {May 1990}}
    @book{c, title = {C}, date = {1990-13}}
    @book{d, title = {D}, date = {1991}, year = {1990}}
    @book{e, title = {E}, year = {forthcoming}}
    @book{f, title = {F}}
    """
    assert bib.told == [("bib-bad-date", 1, 23), ("bib-bad-date", 2, 23)] + [
        ("bib-bad-date", 3, 23),
        ("bib-bad-date", 4, 38),
    ]
    years = [work.year for work in bib.works.values()]
    assert years == [None, 1990, 1990, 1991, None, None]


def test_unknown_macro(bib: Example) -> None:
    r"""
    @book{a, title = {The \shout{Loud} Title of \emph{Things}}, abstract = {\whatever}}
    """
    assert bib.told == [("bib-unknown-macro", 1, 10)]
    assert r"\shout" in bib.messages
    assert bib.works["a"].title == "The Loud Title of Things"


# ---- All of them ----


def test_remedies_and_severities() -> None:
    source = "\n".join(
        test.__doc__ or ""
        for name, test in sorted(globals().items())
        if name.startswith("test_") and callable(test)
    )
    findings = parse_example(source).findings
    assert len({finding.code for finding in findings}) > 25
    for finding in findings:
        assert finding.remedy, finding
        assert finding.severity == SEVERITY_OF_CODE[finding.code]
        assert finding.line > 0
        assert finding.column > 0
        assert "\n" not in finding.message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_is_not_read_for_ever(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "references.bib").symlink_to(tmp_path / "pipe")
    works, findings = read_bibliography(tmp_path / "references.bib")
    assert works == ()
    assert [f.code for f in findings] == ["bib-not-a-file"]
    assert "pipe" in findings[0].message
