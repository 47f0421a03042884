"""What holders, pages and anchors are called wherever people read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argmap.model import Anchor, Claim, Literature


def name_holders(literature: Literature) -> Callable[[str], str]:
    """Return a function from the id of a holder to a name that people read."""
    from argmap.bibliography import describe_work

    names = {holder.id: holder.name for holder in literature.holders}
    names.update({f"@{work.key}": describe_work(work) for work in literature.works})
    return lambda identifier: names.get(identifier, identifier)


def list_names(holders: Iterable[str], name: Callable[[str], str]) -> str:
    """Return ``A, B and C``; semicolons where a name has a comma of its own."""
    from argmap.diagnostics import join_words

    names = [name(holder) for holder in holders]
    if any("," in entry or " and " in entry for entry in names):
        return "; ".join(names)
    return join_words(names)


def describe_anchor(anchor: Anchor | None) -> str:
    """Return page, section, and first and last words."""
    if anchor is None:
        return "no anchor"
    parts = []
    if anchor.page:
        parts.append(show_page(anchor.page) + (" (inferred)" if anchor.page_inferred else ""))
    if anchor.section:
        parts.append(f"§ {anchor.section}" if anchor.section[0].isdigit() else anchor.section)
    words = f"“{anchor.head} … {anchor.tail}”" if anchor.tail else f"“{anchor.head}”"
    return ", ".join(parts) + (f": {words}" if anchor.head else "")


def order_in_text(claim: Claim) -> tuple[str, int, str]:
    """Return the key that sorts claims as they stand in their texts."""
    start = claim.anchor.start if claim.anchor is not None else None
    return claim.text, -1 if start is None else start, claim.id


def show_page(page: str) -> str:
    """Return ``p. 660`` or ``pp. 654–655``."""
    spans = "-" in page or "–" in page
    return f"{'pp.' if spans else 'p.'} {page.replace('-', '–')}" if page else "no page"


def shorten(identifier: str) -> str:
    """Return the id of a claim without its text; ids of relations as they are."""
    return identifier.rpartition("/")[2] if identifier.count(".") == 0 else identifier
