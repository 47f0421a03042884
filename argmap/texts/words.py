"""Words as anchors compare them: letters and digits, without case, accents or marks.

The unit is the *piece*, a run of letters and digits; a word with an apostrophe or a hyphen is made
of several.
"""

from __future__ import annotations

import re
import unicodedata

PIECE = re.compile(r"[^\W_]+")
APOSTROPHES = "'’‘`´ʼ"
HYPHENS = "-‐‑\u00ad"
_NOT_ALNUM = re.compile(r"[\W_]+")
_BREAK_AFTER_HYPHEN = re.compile(rf"[{HYPHENS}][^\S\r\n]*(?:\r\n|\r|\n)")


def fold_word(word: str) -> str:
    """Return the word's letters and digits in lower case, accents and apostrophes dropped.

    Compatibility forms are resolved (``ﬁ`` is ``fi``) and the sharp s is ``ss``.  Linear.
    """
    if word.isascii():
        return word.lower() if word.isalnum() else _NOT_ALNUM.sub("", word).lower()
    decomposed = unicodedata.normalize("NFKD", word).casefold()
    return "".join(c for c in unicodedata.normalize("NFKD", decomposed) if _is_kept(c))


def _is_kept(character: str) -> bool:
    # Modifier letters (a raised comma used as an apostrophe) count as letters in Unicode, not here.
    return character.isalnum() and unicodedata.category(character) != "Lm"


def fold_phrase(phrase: str) -> str:
    """Return all letters and digits of a phrase, folded, without anything between them.

    Where words begin and end does not show, so that ``trade-off``, ``trade off`` and a ``trade-``
    cut at the end of a line are one; whoever searches checks that a find begins and ends with a
    word (:func:`argmap.texts.sources.find_phrase`).
    """
    return "".join(fold_word(piece) for piece in PIECE.findall(phrase))


def split_words(phrase: str) -> list[str]:
    """Return the folded words of a phrase, hyphenated compounds as their parts."""
    folded = (fold_word(piece) for piece in PIECE.findall(phrase))
    return [word for word in folded if word]


def cut_words(phrase: str, limit: int = 6) -> str:
    """Return at most the first ``limit`` words of a phrase, with an ellipsis where it was cut.

    Words are counted as runs of letters and digits, so that no more than ``limit`` of them follow
    one another in print.
    """
    runs = list(re.finditer(r"[^\W_]+", phrase))
    if len(runs) <= limit:
        return phrase
    return phrase[: runs[limit - 1].end()] + " …"


def breaks_after_hyphen(gap: str) -> bool:
    """Say whether what stands between two pieces is a hyphen and the end of a line."""
    return _BREAK_AFTER_HYPHEN.match(gap) is not None
