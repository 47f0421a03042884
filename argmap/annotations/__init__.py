"""Annotations of works: what a literature says of each, as facts and as prose.

:func:`annotate_works` turns the records of a literature into small structured texts
(:class:`Annotation`: paragraphs, sentences and pieces) that every output formats in its own way.
"""

from argmap.annotations.accounts import WorkAccount, explain_work
from argmap.annotations.ledger import Ledger
from argmap.annotations.pieces import (
    Annotation,
    Cited,
    Named,
    Paragraph,
    Piece,
    Reference,
    Sentence,
    Stated,
    Words,
    list_cited,
    list_pieces,
)
from argmap.annotations.prose import annotate_work, annotate_works
from argmap.annotations.telling import Teller

__all__ = [
    "Annotation",
    "Cited",
    "Ledger",
    "Named",
    "Paragraph",
    "Piece",
    "Reference",
    "Sentence",
    "Stated",
    "Teller",
    "Words",
    "WorkAccount",
    "annotate_work",
    "annotate_works",
    "explain_work",
    "list_cited",
    "list_pieces",
]
