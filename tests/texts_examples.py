"""Source texts written down in tests, and the two real ones where they are at hand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from argmap.model import Anchor, PageMarks, Person, Text, Work
from argmap.texts.anchors import Problem, parse_anchor, prove_anchor
from argmap.texts.sources import Source, index_source

MARK = "(p. #)"

RYNNING_SCHMITT = Text(
    key="rynningschmitt2018",
    source="rynning-schmitt-2018.txt",
    pages=PageMarks(
        first="653",
        mark=MARK,
        inferred=(("666", "Auerswald, D. and"),),
        running=("## Alliances", "---"),
    ),
    body="## 44.1 Introduction",
    references="## References",
)
BOGDANOV = Text(
    key="bogdanov2019",
    source="bogdanov-2019.txt",
    pages=PageMarks(
        first="132",
        inferred=(
            ("133", "international relations in the absence"),
            ("134", "development goals and often"),
            ("135", "growing popularity of flexible coalitions in"),
            ("136", "President Richard Nixon"),
            ("137", "security mechanisms (Sloan"),
            ("138", "emphasis on unilateral actions"),
            ("139", "and abovementioned Paul Wolfowitz"),
            ("140", "and terrorist war, which"),
            ("141", "Iraqi campaign, of which"),
            ("142", "though it is hard"),
            ("143", "institutional deal with"),
            ("144", "regimes created in the"),
            ("145", "the target framework and"),
            ("146", "of such coalitions glued"),
            ("147", "this would not be enough"),
            ("149", "Morgenthau, H.J."),
            ("150", "Snyder, G., 1990"),
        ),
    ),
    body="The last fifteen to twenty",
    references="References",
)


def make_source(content: str, **fields: Any) -> Source:
    """Return a source with page marks ``(p. #)``, from page 1, that reads without a complaint."""
    text = make_text(**fields)
    source, findings = index_source(text, content)
    assert findings == []
    return source


def make_text(**fields: Any) -> Text:
    """Return a text named essay; fields of its pages and of itself are taken together."""
    names = ("first", "mark", "inferred", "running")
    marks = {"first": "1", "mark": MARK} | {n: v for n, v in fields.items() if n in names}
    rest = {name: value for name, value in fields.items() if name not in names}
    return Text(**{"key": "essay", "source": "essay.txt", "pages": PageMarks(**marks), **rest})


def prove(source: Source, at: str, **fields: Any) -> tuple[Anchor, Problem | None]:
    """Parse an anchor and prove it."""
    anchor, wrong = parse_anchor(source.key, at)
    assert anchor is not None, wrong
    if fields:
        anchor = Anchor(
            **{name: getattr(anchor, name) for name in anchor.__struct_fields__} | fields
        )
    return prove_anchor(source, anchor)


def passage(source: Source, at: str) -> str:
    """Return the raw passage that an anchor is proved to mean."""
    anchor, problem = prove(source, at)
    assert problem is None, problem
    return source.content[anchor.start : anchor.end]


def work(key: str, year: int | None, *authors: str, title: str = "", **fields: str) -> Work:
    """Return a work; authors are ``Family|Given|prefix``, a body has no bar."""
    editors = fields.pop("editors", "")
    return Work(
        key=key,
        type="book",
        authors=tuple(map(_person, authors)),
        editors=tuple(map(_person, filter(None, editors.split("; ")))),
        year=year,
        title=title,
        fields=fields,
    )


def _person(written: str) -> Person:
    family, given, prefix = (*written.split("|"), "", "")[:3]
    return Person(family=family, given=given, prefix=prefix)


def find_shared() -> Path:
    """Return the folder of shared data, or skip the test with a clear word."""
    root = Path(__file__).resolve().parents[1]
    folder = Path(os.environ.get("ARGMAP_SHARED") or root.parent / "shared")
    if not (folder / "texts" / RYNNING_SCHMITT.source).is_file():
        pytest.skip("the two source texts are not at hand (../shared or ARGMAP_SHARED)")
    return folder
