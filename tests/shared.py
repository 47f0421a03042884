"""Where the repository is, and where copies of the two coded texts may be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("ARGMAP_SHARED") or ROOT.parent / "shared")
TEXTS = SHARED / "texts"

needs_texts = pytest.mark.skipif(
    not (TEXTS / "rynning-schmitt-2018.txt").is_file(),
    reason="no copies of the two coded texts at hand",
)
