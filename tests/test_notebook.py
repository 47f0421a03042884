"""The notebook runs, says what it shows, and its answers are those found by reading the texts.

``ARGMAP_UPDATE=1`` writes the outputs anew; read the difference before you keep it.
"""

from __future__ import annotations

import os
import re
import warnings
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from shared import ROOT

import argmap

PATH = ROOT / "docs" / "review.ipynb"


@pytest.fixture(scope="module")
def notebook() -> Any:
    return nbformat.read(PATH, as_version=4)


@pytest.fixture(scope="module")
def review() -> argmap.Review:
    return argmap.load(ROOT / "corpus", ROOT / "references.bib")


def normalise(outputs: list[Any]) -> list[Any]:
    """Return outputs without what differs from run to run."""
    kept = []
    for output in outputs:
        assert output.output_type == "execute_result", output
        kept.append(dict(output.data))
    return kept


def test_the_notebook_runs_and_shows_what_it_gives(notebook: Any) -> None:
    fresh = nbformat.from_dict(
        {**notebook, "cells": [nbformat.from_dict(dict(cell)) for cell in notebook.cells]}
    )
    with warnings.catch_warnings():
        # Of the libraries that start kernels, not of what runs in them.
        warnings.simplefilter("ignore")
        NotebookClient(
            fresh, timeout=120, kernel_name="python3", resources={"metadata": {"path": PATH.parent}}
        ).execute()
    if os.environ.get("ARGMAP_UPDATE"):
        for number, cell in enumerate(fresh.cells):
            cell["metadata"] = {}
            if cell.cell_type == "code":
                cell["execution_count"] = None
                for output in cell.outputs:
                    output["execution_count"] = None
            assert cell.id == f"cell-{number:02}"
        nbformat.write(fresh, PATH)
        return
    for shown, given in zip(notebook.cells, fresh.cells, strict=True):
        if shown.cell_type == "code":
            assert normalise(given.outputs) == normalise(shown.outputs), shown.source


def test_at_least_twenty_questions_of_one_or_two_lines(notebook: Any) -> None:
    questions = [
        cell for cell in notebook.cells if re.search(r"^### \d+\. .+\?$", cell.source, re.M)
    ]
    assert len(questions) >= 20
    for cell in notebook.cells[3:-1]:
        if cell.cell_type == "code":
            assert len(cell.source.splitlines()) <= 2, cell.source


READ = {
    # What a reader of the two texts finds, by question: who, and on which page.
    "who_holds permanent-advocated": {
        ("Sherwood-Randall 2006", "134"),
        ("Advocates of permanent alliances", "135"),
    },
    "who_contests permanent-advocated": {
        ("Tertrais 2004", "134"),
        ("Supporters of flexible coalitions", "135"),
    },
    "who_contests coalitions-effective-by-design": {("Rynning & Schmitt 2018", "665")},
    "who_holds legitimacy-by-mass": {
        ("The George W. Bush administration", "662"),
        ("Builders of large coalitions for legitimacy by numbers", "662"),
    },
    "who_contests legitimacy-by-mass": {
        ("Rynning & Schmitt 2018", "662"),
        ("Schmitt 2018", "662"),
        ("Mattox & Grenier 2015", "662"),
    },
    "who_holds desperate-fallback": {("Carter 2004", "135")},
    "who_contests desperate-fallback": {
        ("Tertrais 2004", "135"),
        ("Researchers who stress the radical change of alliances since bipolarity", "135"),
    },
}


@pytest.mark.parametrize("question", READ)
def test_sides_are_those_found_by_reading(question: str, review: argmap.Review) -> None:
    method, _, claim = question.partition(" ")
    answer = getattr(review, method)(claim)
    assert {(row.name, row.page) for row in answer} == READ[question]


def test_sources_are_those_found_by_reading(review: argmap.Review) -> None:
    assert {(row.page, row.locator) for row in review.cited_for("record2007")} == {("140", "p. 87")}
    assert [row.page for row in review.cited_for("schmitt2018")] == ["661"] * 5 + ["662"]
    assert {row.page for row in review.who_supports("coalitions-effective-by-design")} == {"660"}
    assert [row.page for row in review.undercut()] == ["141", "656", "656", "661"]
    levy = review.claims_of("levy1981").rows
    assert {row.page for row in levy if row.how.startswith("asserts it")} == {"655", "656"}
    surveys = review.compare("bogdanov2019", "rynningschmitt2018", with_analyst=True).rows
    disagreed = surveys.filter(verdict="disagree")
    assert {(row.first_page, row.second_page) for row in disagreed} == {
        ("134", "661"),
        ("144", "659"),
    }
