"""How annotations flow: in paragraphs, and as text in whatever markup a format needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from argmap.annotations.pieces import Annotation, Cited, Piece, Sentence

_SHORT = 130
"""Annotations of so many words are one paragraph."""


def flow_annotation(annotation: Annotation) -> tuple[tuple[Sentence, ...], ...]:
    """Return the sentences of an annotation in paragraphs: one where it is short, else two."""
    claims = tuple(
        sentence
        for part in annotation.paragraphs
        if part.about == "claims"
        for sentence in part.sentences
    )
    rest = tuple(
        sentence
        for part in annotation.paragraphs
        if part.about != "claims"
        for sentence in part.sentences
    )
    length = sum(_count_words(sentence) for sentence in (*claims, *rest))
    if length <= _SHORT or not claims or not rest:
        return ((*claims, *rest),) if claims or rest else ()
    return claims, rest


def _count_words(sentence: Sentence) -> int:
    return sum(
        2 * len(piece.references) if isinstance(piece, Cited) else len(piece.text.split())
        for piece in sentence.pieces
    )


def join_sentences(
    sentences: Iterable[Sentence],
    cite: Callable[[Cited], str],
    escape: Callable[[str], str],
) -> str:
    """Return sentences as one text; ``cite`` writes citations, ``escape`` all else."""
    return " ".join(join_pieces(sentence.pieces, cite, escape) for sentence in sentences)


def join_pieces(
    pieces: Iterable[Piece], cite: Callable[[Cited], str], escape: Callable[[str], str]
) -> str:
    """Return pieces as one text; see :func:`join_sentences`."""
    return "".join(
        cite(piece) if isinstance(piece, Cited) else keep_ends(piece.text, escape)
        for piece in pieces
    )


def keep_ends(text: str, escape: Callable[[str], str]) -> str:
    """Escape a text, the white space at its ends apart."""
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    return text[:start] + escape(text[start:end]) + text[max(end, start) :]
