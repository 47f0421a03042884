"""Asking a literature questions: the review object, its collections and answers, and SPARQL."""

from __future__ import annotations

from argmap.query.loading import load, load_checked, load_stored
from argmap.query.names import UnknownName
from argmap.query.review import Review

__all__ = ["Review", "UnknownName", "load", "load_checked", "load_stored"]
