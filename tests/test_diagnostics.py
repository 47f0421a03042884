"""Findings as text and as objects, and the suggestions made for unknown names."""

from __future__ import annotations

import json
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.diagnostics import (
    CorpusError,
    Diagnostic,
    as_objects,
    count_severities,
    describe_diagnostic,
    did_you_mean,
    has_errors,
    index_names,
    join_words,
    sort_diagnostics,
    suggest,
)


def finding(**fields: object) -> Diagnostic:
    return Diagnostic(**({"path": "a.yaml", "message": "wrong", "code": "c"} | fields))  # type: ignore[arg-type]


def test_text_form() -> None:
    assert str(finding()) == "a.yaml: error: wrong [c]"
    assert str(finding(line=3)) == "a.yaml:3: error: wrong [c]"
    shown = describe_diagnostic(finding(line=3, column=5, severity="note", remedy="Mend it."))
    assert shown == "a.yaml:3:5: note: wrong [c]\n    Mend it."
    # A column without a line says nothing.
    assert str(finding(column=5)) == "a.yaml: error: wrong [c]"


def test_object_form_is_json() -> None:
    (shown,) = json.loads(json.dumps(as_objects([finding(line=3)])))
    assert shown == {
        "path": "a.yaml",
        "line": 3,
        "column": 0,
        "severity": "error",
        "message": "wrong",
        "code": "c",
        "remedy": "",
    }


def test_order_is_by_place_and_repetitions_go() -> None:
    findings = [
        finding(path="b.yaml"),
        finding(line=10),
        finding(line=9, severity="note"),
        finding(line=9, severity="error"),
        finding(line=9, severity="warning"),
        finding(line=10),
    ]
    shown = [(f.path, f.line, f.severity) for f in sort_diagnostics(findings)]
    assert shown == [
        ("a.yaml", 9, "error"),
        ("a.yaml", 9, "warning"),
        ("a.yaml", 9, "note"),
        ("a.yaml", 10, "error"),
        ("b.yaml", 0, "error"),
    ]
    assert sort_diagnostics(reversed(findings)) == sort_diagnostics(findings)


def test_counts() -> None:
    assert count_severities([]) == {"error": 0, "warning": 0, "note": 0}
    assert count_severities([finding(), finding(severity="note")])["error"] == 1
    assert has_errors([finding()])
    assert not has_errors([finding(severity="warning")])


def test_corpus_error_carries_all_findings() -> None:
    error = CorpusError([finding(line=2), finding(line=1, severity="note")])
    assert [f.line for f in error.diagnostics] == [1, 2]
    assert str(error) == "1 error in the corpus\na.yaml:2: error: wrong [c]"
    assert str(CorpusError([finding(line=2), finding()])).startswith("2 errors in the corpus")


@pytest.mark.parametrize(
    ("words", "joined"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_joined(words: list[str], joined: str) -> None:
    assert join_words(words) == joined


# ---- suggestions --------------------------------------------------------------------------------

KEYS = ["walt1987", "walt1998", "waltz1979", "weitsman2013", "Weitsman2004", "gelpi1999"]


@pytest.mark.parametrize(
    "known", [KEYS, dict.fromkeys(KEYS), index_names(KEYS)], ids=["list", "mapping", "index"]
)
@pytest.mark.parametrize(
    ("word", "nearest"),
    [
        ("weitsman203", ["weitsman2013"]),
        ("weitsman2004", ["Weitsman2004"]),
        ("WALT1987", ["walt1987"]),
        ("waltz1987", ["walt1987"]),
        ("gelp1999", ["gelpi1999"]),
        ("nothing-like-it", []),
        ("", []),
        ("x" * 10_000, []),
    ],
)
def test_suggestions(word: str, nearest: list[str], known: list[str]) -> None:
    assert suggest(word, known, limit=1) == nearest
    assert suggest(word, known)[:1] == nearest


def test_did_you_mean() -> None:
    assert did_you_mean("gelp1999", KEYS) == "Did you mean 'gelpi1999'?"
    assert did_you_mean("nothing", []) == ""
    assert did_you_mean("cliams", ["claims", "claim"]) == "Did you mean 'claims' or 'claim'?"


def test_names_that_differ_by_case_are_both_suggested() -> None:
    assert suggest("walt", ["WALT", "walt", "Walt"]) == ["WALT", "Walt", "walt"]


def test_equals_come_by_alphabet_whatever_the_order() -> None:
    names = [f"name{letter}" for letter in "abcdefgh"]
    shuffled = random.Random(1).sample(names, len(names))
    expected = ["namea", "nameb", "namec"]
    assert suggest("name", names) == suggest("name", shuffled) == expected
    assert suggest("name", index_names(shuffled)) == expected


def invent_names(rng: random.Random, number: int) -> list[str]:
    syllables = ["ka", "ro", "mi", "te", "lo", "sch", "berg", "man", "wal", "son", "ley", "ric"]
    names = {
        "".join(rng.choice(syllables) for _ in range(rng.randint(2, 5)))
        + str(rng.randint(1950, 2024))
        for _ in range(2 * number)
    }
    return sorted(names)[:number]


def slip(name: str, rng: random.Random) -> str:
    place = rng.randrange(len(name))
    kind = rng.randrange(4)
    if kind == 0:
        return name[:place] + name[place + 1 :]
    if kind == 1:
        return name[:place] + rng.choice("abcxyz019") + name[place + 1 :]
    if kind == 2:
        return name[:place] + name[place + 1 : place + 2] + name[place] + name[place + 2 :]
    return name[:place] + rng.choice("abcxyz019") + name[place:]


def test_slips_among_many_names_are_found_in_no_time() -> None:
    rng = random.Random(1)
    names = invent_names(rng, 50_000)
    index = index_names(names)
    sought = [(name, slip(name, rng)) for name in rng.sample(names, 300)]
    start = time.process_time()
    found = sum(name in suggest(word, index) for name, word in sought)
    spent = time.process_time() - start
    assert found > 270
    assert spent < 5  # comparing each word with each name takes minutes


@given(st.lists(st.text(max_size=8), max_size=8), st.text(max_size=8))
@settings(max_examples=300, deadline=None)
def test_index_changes_nothing_among_few(names: list[str], word: str) -> None:
    by_index = suggest(word, index_names(names))
    plain = suggest(word, names)
    assert set(by_index) <= set(names)
    # The index may miss a name without three characters in common, and finds no other.
    assert [name for name in plain if name in by_index] == by_index or len(plain) == 3
