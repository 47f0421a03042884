"""How a holder comes to stand where they stand, told in words with pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

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


class Piece(NamedTuple):
    """Some words of what is told, or, where ``claim`` is not empty, a claim named there."""

    words: str
    claim: str = ""


def tell_path(path: Iterable[Step], claim: str, holder: str, name: Callable[[str], str]) -> str:
    """Return in words how a holder comes to stand where they stand on a claim, with pages.

    A position that the coder marked so is told as *uncertain*.
    """
    pieces = list_pieces(path, claim, holder, name)
    return "".join(shorten(piece.claim) if piece.claim else piece.words for piece in pieces)


def list_pieces(
    path: Iterable[Step], claim: str, holder: str, name: Callable[[str], str]
) -> list[Piece]:
    """Return the same in pieces, so that the claims on the way can be shown in any form."""
    told: list[Piece] = []
    here = ""

    def tell(verb: str, after: str) -> None:
        told.append(Piece(f"{', ' if told else ''}{verb} "))
        told.append(Piece("it") if here == claim else Piece("", here))
        if after:
            told.append(Piece(after))

    for step in path:
        if isinstance(step, Position):
            here = step.claim
            where = (
                f"{name('@' + step.reported_by)}, " if step.holder[1:] != step.reported_by else ""
            )
            own = f"; {step.own_locator.lstrip(': ')} there" if step.own_locator else ""
            doubt = ", uncertain" if step.certainty == "uncertain" else ""
            tell(step.stance, f" ({where}{show_page(step.page)}{own}{doubt})")
        elif isinstance(step, Membership):
            told.append(Piece(f"{', ' if told else ''}as one of {name(step.group)}"))
        else:
            forward = step.source == here
            here = step.target if forward else step.source
            verb = step.type if forward else f"is {_PASSIVE[step.type]} by"
            tell(f"which {verb}", f" ({show_page(step.page)})" if step.page else "")
    return told
