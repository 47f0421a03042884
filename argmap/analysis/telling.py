"""How a holder comes to stand where they stand, told in words with pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from argmap.analysis.stances import Membership, Step
from argmap.model import Position
from argmap.naming import shorten, show_page

_PASSIVE = {
    "supports": "supported",
    "explains": "explained",
    "contests": "contested",
    "qualifies": "qualified",
    "undercuts": "undercut",
}


def tell_path(path: Iterable[Step], claim: str, holder: str, name: Callable[[str], str]) -> str:
    """Return in words how a holder comes to stand where they stand on a claim, with pages."""
    words = {
        "asserts": "asserts",
        "endorses": "endorses",
        "disputes": "disputes",
        "reports": "reports",
    }
    told: list[str] = []
    here = ""
    for step in path:
        if isinstance(step, Position):
            here = step.claim
            object_ = "it" if here == claim else shorten(here)
            where = (
                f"{name('@' + step.reported_by)}, " if step.holder[1:] != step.reported_by else ""
            )
            own = f"; {step.own_locator.lstrip(': ')} there" if step.own_locator else ""
            told.append(f"{words[step.stance]} {object_} ({where}{show_page(step.page)}{own})")
        elif isinstance(step, Membership):
            told.append(f"as one of {name(step.group)}")
        else:
            forward = step.source == here
            here = step.target if forward else step.source
            object_ = "it" if here == claim else shorten(here)
            verb = step.type if forward else f"is {_PASSIVE[step.type]} by"
            page = f" ({show_page(step.page)})" if step.page else ""
            told.append(f"which {verb} {object_}{page}")
    return ", ".join(told)
