"""Places in works as citations name them: ``p. 660``, ``pp. 655–656``, ``chap. 3``."""

from __future__ import annotations

import re

_PAGES = re.compile(r"(?:\d|[ivxlcdm]+\b|[IVXLCDM]+\b)", re.ASCII)
_SEVERAL = re.compile(r"[,–—-]|\d\s*f")


def label_locator(locator: str) -> str:
    """Return a place with its label: pages get ``p.`` or ``pp.``, all else is labelled already."""
    text = locator.strip()
    if not text or not _PAGES.match(text):
        return text
    dashed = re.sub(r"(?<=\w)-+(?=\w)", "–", text)
    return f"{'pp.' if _SEVERAL.search(dashed) else 'p.'} {dashed}"
