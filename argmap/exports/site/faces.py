"""The two sides of a claim, face to face: who stands there, how they come to, where to read it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from argmap.analysis import ClaimAccount, Stance, Witness
from argmap.analysis.telling import list_pieces
from argmap.analysis.voices import Bounds
from argmap.exports.site.fragments import Html, Spot, write_term
from argmap.exports.site.library import Library
from argmap.exports.site.notes import write_note
from argmap.model import Position

_KINDS = {
    "work": "",
    "group": ' <span class="kind">camp</span>',
    "actor": ' <span class="kind">actor</span>',
}


def write_face(library: Library, account: ClaimAccount) -> Html:
    """Return both sides of a claim, its witnesses, and those who stand on both sides."""
    face = (
        '<div class="face">\n'
        f"{_write_side(library, account, 'pro')}{_write_side(library, account, 'con')}</div>\n"
    )
    if account.mixed:
        face += (
            '<section class="mixed"><h3>On both sides, counted for neither</h3>\n'
            f'<ul class="holders">\n{_write_people(library, account.mixed)}</ul></section>\n'
        )
    return Html(face)


def count_voices(bounds: Bounds) -> str:
    """Return ``2 independent voices``, or between which bounds their number is."""
    if bounds.lower == bounds.upper == 1:
        return "1 independent voice"
    number = f"{bounds.lower} to " if bounds.lower < bounds.upper else ""
    return f"{number}{bounds.upper} independent voices"


def _write_side(library: Library, account: ClaimAccount, side: str) -> str:
    if side == "pro":
        title, sign, people, voices = "For", "+", account.pro, account.pro_voices
        witnesses = account.pro_witnesses
    else:
        title, sign, people, voices = "Against", "−", account.con, account.con_voices
        witnesses = account.con_witnesses
    written = (
        f'<section class="side {side}" aria-label="{title}">\n'
        f'<h3><span class="sign" aria-hidden="true">{sign}</span>{title} '
        f'<span class="voices">{count_voices(voices)}</span></h3>\n'
    )
    if people:
        written += f'<ul class="holders">\n{_write_people(library, people)}</ul>\n'
    else:
        written += '<p class="none">Nobody.</p>\n'
    if witnesses:
        written += (
            f'<h4 class="small">{write_term("witness", "Witnesses")}, used by others and not '
            f'counted</h4>\n<ul class="holders witnesses">\n{_write_people(library, witnesses)}'
            "</ul>\n"
        )
    return f"{written}</section>\n"


def _write_people(library: Library, stances: Iterable[Stance | Witness]) -> str:
    written = []
    for stance in stances:
        holder, claim, path = stance.holder, stance.claim, stance.path
        contrary = getattr(stance, "contrary", ())
        kind = library.holders[holder].kind
        told = _write_path(library, path, claim, holder)
        if contrary:
            told += f"; yet {_write_path(library, contrary, claim, holder)}"
            path = (*path, *contrary)
        written.append(
            f'<li class="holder {kind}">\n'
            f"<h4>{library.link_holder(holder).html}{_KINDS[kind]}</h4>\n"
            f'<p class="path">{told}.</p>\n{_write_quotes(library, path)}'
            f"{_write_notes(library, holder)}</li>\n"
        )
    return "".join(written)


def _write_path(library: Library, path: Iterable[object], claim: str, holder: str) -> str:
    return "".join(
        library.link_claim(piece.claim).quoted if piece.claim else escape(piece.words)
        for piece in list_pieces(path, claim, holder, library.name)  # type: ignore[arg-type]
    )


def _write_quotes(library: Library, path: Iterable[object]) -> str:
    """Return the passages on which a path rests, each once."""
    found: dict[tuple[str, str], Spot] = {}
    for step in path:
        if isinstance(step, Position):
            spot = library.find_spot(step.anchor or library.claims[step.claim].anchor)
            if spot is not None and spot.head:
                found.setdefault((spot.head, spot.tail), spot)
    return "".join(f'<p class="where">{spot.html}</p>\n' for spot in found.values())


def _write_notes(library: Library, holder: str) -> str:
    """Return what the scholar wrote of a work, to be opened."""
    key = holder.removeprefix("@")
    if not holder.startswith("@") or key not in library.notes:
        return ""
    notes = "".join(write_note(library, note) for note in library.notes[key])
    return f'<details class="way"><summary>The reviewer’s note on it</summary>\n{notes}</details>\n'
