"""Colours: seen on light and dark paper, and told apart by those who see fewer of them."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from argmap.exports.palette import KINDS, NEUTRAL, SCHOOLS, colour_schools, split_colour
from argmap.model import Derived, School

# Machado, Oliveira and Fernandes 2009, severity 1: linear RGB to linear RGB.
SIGHT = {
    "full": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
RELATIONS = [KINDS[kind] for kind in ("supports", "contests", "undercuts", "qualifies", "explains")]
PAPERS = {"white": 1.0, "near-black": 0.008}


def linear(colour: str) -> np.ndarray:
    parts = np.array(split_colour(colour)) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def oklab(rgb: np.ndarray) -> np.ndarray:
    """Return lightness and two hues, in which equal distances look equal (Ottosson 2020)."""
    to_cones = [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
    to_lab = [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
    return np.array(to_lab) @ np.cbrt(np.array(to_cones) @ np.clip(rgb, 0, 1))


@pytest.mark.parametrize("colour", sorted({*SCHOOLS, *KINDS.values(), NEUTRAL}))
@pytest.mark.parametrize("paper", PAPERS)
def test_colours_stand_out_from_paper(colour: str, paper: str) -> None:
    luminance = float(np.array([0.2126, 0.7152, 0.0722]) @ linear(colour))
    light, dark = sorted((luminance, PAPERS[paper]), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 3


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("group", [[*SCHOOLS, NEUTRAL], RELATIONS], ids=["schools", "relations"])
def test_colours_are_told_apart(sight: str, group: list[str]) -> None:
    seen = {colour: oklab(np.array(SIGHT[sight]) @ linear(colour)) for colour in group}
    for one, other in combinations(group, 2):
        # Four times the least difference that people see (0.02).
        assert np.linalg.norm(seen[one] - seen[other]) >= 0.075, (one, other)


def test_schools_beyond_the_eighth_are_neutral() -> None:
    schools = tuple(School(id=f"s{n}", name=str(n), members=()) for n in range(10))
    topical = School(id="t", name="T", members=(), topic="speed")
    colours = colour_schools(Derived(schools=(*schools, topical)))
    assert list(colours.values()) == [*SCHOOLS, NEUTRAL, NEUTRAL]


def test_the_schools_of_the_one_topic_asked_for_are_coloured() -> None:
    topical = School(id="t", name="T", members=(), topic="speed")
    derived = Derived(schools=(topical,), parameters={"topic": "speed"})
    assert colour_schools(derived) == {"t": SCHOOLS[0]}
