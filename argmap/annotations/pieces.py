"""What an annotation is made of, before it is a page: paragraphs, sentences, and pieces of these.

A piece is running words, a citation, the name of a holder or the statement of a claim, so that
whoever formats an annotation can cite in the style wanted and link holders and claims.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from argmap.model import Record

About = Literal["claims", "company", "uses", "standing"]
Form = Literal["brackets", "narrative", "bare"]


class Words(Record, frozen=True, kw_only=True, tag="words"):
    """Running words, white space at their ends included."""

    text: str


class Reference(Record, frozen=True, kw_only=True):
    """A work by its BibTeX key, and the place in it: ``660``, ``654-655``, ``136, 139`` or empty.

    ``label`` is the kind of place, as CSL names it.
    """

    work: str
    locator: str = ""
    label: str = "page"


class Cited(Record, frozen=True, kw_only=True, tag="cited"):
    """One citation of one work or more.

    ``form`` is one of ``brackets``, *(Weitsman 2013, 12)*; ``narrative``, *Weitsman (2013, 12)*,
    the authors being part of the sentence; and ``bare``, *(2013, 12)*, the authors being named
    already.
    """

    references: tuple[Reference, ...]
    form: Form = "brackets"


class Named(Record, frozen=True, kw_only=True, tag="named"):
    """The name of an actor or a group, as it stands in the sentence."""

    holder: str
    text: str


class Stated(Record, frozen=True, kw_only=True, tag="stated"):
    """The statement of a claim, as it stands in the sentence (mostly without its capital)."""

    claim: str
    text: str


Piece = Words | Cited | Named | Stated


class Sentence(Record, frozen=True, kw_only=True):
    """A sentence, its full stop included."""

    pieces: tuple[Piece, ...]


class Paragraph(Record, frozen=True, kw_only=True):
    """Sentences about one thing: claims, company (allies and opponents), uses or standing."""

    about: About
    sentences: tuple[Sentence, ...]


class Annotation(Record, frozen=True, kw_only=True):
    """What there is to say about a work: the scholar's own Markdown first, then what argmap tells.

    Both may be empty.
    """

    work: str
    own: str = ""
    paragraphs: tuple[Paragraph, ...] = ()


def list_pieces(annotation: Annotation) -> Iterator[Piece]:
    """Yield every piece of an annotation in reading order."""
    for paragraph in annotation.paragraphs:
        for sentence in paragraph.sentences:
            yield from sentence.pieces


def list_cited(annotation: Annotation) -> tuple[str, ...]:
    """Return the keys of the works that an annotation cites, in the order of first mention."""
    keys = (
        reference.work
        for piece in list_pieces(annotation)
        if isinstance(piece, Cited)
        for reference in piece.references
    )
    return tuple(dict.fromkeys(keys))
