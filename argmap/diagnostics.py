"""What is wrong with an input, and how to mend it.

A scholar's mistake is data: every stage returns ``(value, diagnostics)`` and goes on, so that one
run reports everything at once.  A programmer's mistake is an exception.
"""

from __future__ import annotations

import difflib
import heapq
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import msgspec

if TYPE_CHECKING:
    from argmap.model import Place

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


class Diagnostic(msgspec.Struct, frozen=True, kw_only=True):
    """One finding about one place of an input.

    ``line`` and ``column`` count from 1; 0 means that the finding concerns the file as a whole.
    ``code`` names the rule (``argmap check --explain CODE``); ``remedy`` says what to do.

    Examples
    --------
    >>> message = "no topic 'nois'"
    >>> print(argmap.Diagnostic(path="a.yaml", line=3, message=message, code="topic-unknown"))
    a.yaml:3: error: no topic 'nois' [topic-unknown]
    """

    path: str
    line: int = 0
    column: int = 0
    severity: Severity = "error"
    message: str
    code: str
    remedy: str = ""

    def __str__(self) -> str:
        return describe_diagnostic(self)


def report_placed(
    place: Place | None,
    severity: Severity,
    message: str,
    code: str,
    remedy: str = "",
    *,
    origin: str = "",
) -> Diagnostic:
    """Return a finding at the place of a record; about ``origin`` as a whole where it has none."""
    return Diagnostic(
        path=place.path if place else origin,
        line=place.line if place else 0,
        column=place.column if place else 0,
        severity=severity,
        message=message,
        code=code,
        remedy=remedy,
    )


class CorpusError(Exception):
    """Raised where findings of severity *error* forbid going on; carries all of them.

    Attributes
    ----------
    diagnostics : list of Diagnostic
        Every finding, warnings and notes included, sorted by place.

    Examples
    --------
    >>> try:
    ...     argmap.load("nowhere")
    ... except argmap.CorpusError as error:
    ...     print(error.diagnostics[0].code)
    corpus-missing
    """

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = sort_diagnostics(diagnostics)
        errors = [finding for finding in self.diagnostics if finding.severity == "error"]
        noun = "error" if len(errors) == 1 else "errors"
        lines = [f"{len(errors)} {noun} in the corpus"]
        lines += [describe_diagnostic(finding) for finding in errors]
        super().__init__("\n".join(lines))

    def __reduce__(self) -> tuple[object, ...]:
        return type(self), (self.diagnostics,)


def describe_diagnostic(finding: Diagnostic) -> str:
    """Return ``path:line:column: severity: message [code]`` and, indented below, the remedy."""
    place = finding.path
    if finding.line:
        place += f":{finding.line}"
        if finding.column:
            place += f":{finding.column}"
    text = f"{place}: {finding.severity}: {finding.message} [{finding.code}]"
    if finding.remedy:
        text += f"\n    {finding.remedy}"
    return text


def sort_diagnostics(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Return the findings without repetition, by path, line, column, severity, code, message."""
    rank = {severity: position for position, severity in enumerate(SEVERITIES)}
    return sorted(
        dict.fromkeys(findings),
        key=lambda f: (f.path, f.line, f.column, rank[f.severity], f.code, f.message, f.remedy),
    )


def has_errors(findings: Iterable[Diagnostic]) -> bool:
    """Say whether any finding is an error."""
    return any(finding.severity == "error" for finding in findings)


def count_severities(findings: Iterable[Diagnostic]) -> dict[Severity, int]:
    """Return how many findings there are of each severity, all three always present."""
    counts: dict[Severity, int] = dict.fromkeys(SEVERITIES, 0)
    for finding in findings:
        counts[finding.severity] += 1
    return counts


def as_objects(findings: Iterable[Diagnostic]) -> list[dict[str, Any]]:
    """Return the findings as plain objects, the form of ``--json``."""
    return [msgspec.structs.asdict(finding) for finding in findings]


class NameIndex(msgspec.Struct, frozen=True):
    """Names prepared for many suggestions (see :func:`index_names`).

    ``folded`` are the names without case, in order, ``originals`` how each is written, and
    ``postings`` the numbers of the names in which three characters occur.
    """

    folded: tuple[str, ...]
    originals: Mapping[str, tuple[str, ...]]
    postings: Mapping[str, Sequence[int]]


def index_names(known: Iterable[str]) -> NameIndex:
    """Index names by the runs of three characters in them.

    Worth its cost (10 µs a name) where several names are looked up among thousands.
    """
    originals = _fold_names(known)
    folded = tuple(originals)
    postings: dict[str, list[int]] = {}
    for number, name in enumerate(folded):
        for piece in _cut_pieces(name):
            postings.setdefault(piece, []).append(number)
    return NameIndex(folded, originals, postings)


def suggest(word: str, known: Iterable[str] | NameIndex, *, limit: int = 3) -> list[str]:
    """Return up to ``limit`` known names near ``word``, nearest first, ties by alphabet.

    Near is a ratio of at least 0.6 (Ratcliff and Obershelp 1988).  Among many names only those are
    compared that have most runs of three characters in common with the word: linear in the names,
    with a :class:`NameIndex` all but independent of their number.
    """
    sought = word.casefold()
    if not sought or len(sought) > _LONGEST_NAME:
        return []
    if isinstance(known, NameIndex):
        originals = known.originals
        candidates = _look_up(sought, known)
    else:
        names = set(known)
        if len(names) > _FEW:
            best = set(_scan(sought, {name.casefold() for name in names}))
            names = {name for name in names if name.casefold() in best}
        originals = _fold_names(names)
        candidates = list(originals)
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(sought)
    near = []
    for candidate in candidates:
        matcher.set_seq1(candidate)
        if (
            matcher.real_quick_ratio() >= _NEAR
            and matcher.quick_ratio() >= _NEAR
            and (ratio := matcher.ratio()) >= _NEAR
        ):
            near.append((-ratio, candidate))
    return [name for _, candidate in sorted(near) for name in originals[candidate]][:limit]


_NEAR = 0.6
_LONGEST_NAME = 200
_FEW = 200
_COMPARED = 30
_VOTES = 10_000


def _fold_names(known: Iterable[str]) -> dict[str, tuple[str, ...]]:
    originals: dict[str, tuple[str, ...]] = {}
    for name in sorted(set(known)):
        folded = name.casefold()
        originals[folded] = (*originals.get(folded, ()), name)
    return originals


def _cut_pieces(word: str) -> set[str]:
    """Return all runs of three characters, the ends of the word being characters too."""
    padded = f"\x02{word}\x03"
    return {padded[start : start + 3] for start in range(len(padded) - 2)}


def _look_up(word: str, index: NameIndex) -> list[str]:
    """Return the names that share most pieces with the word, rare pieces counted first."""
    lists = sorted((index.postings.get(piece, ()) for piece in _cut_pieces(word)), key=len)
    votes: Counter[int] = Counter()
    left = _VOTES
    for numbers in lists:
        if len(numbers) > left and votes:
            break
        votes.update(numbers[:left])
        left -= len(numbers)
    if not votes:
        return []
    names = index.folded
    enough = max(votes.values()) // 2
    shares = (
        (-count / (len(word) + len(names[number])), names[number])
        for number, count in votes.items()
        if count > enough
    )
    return [name for _, name in heapq.nsmallest(_COMPARED, shares)]


def _scan(word: str, names: Iterable[str]) -> list[str]:
    """Return the names that share most pieces with the word, without an index."""
    pieces = [piece.strip("\x02\x03") for piece in sorted(_cut_pieces(word))]
    shares = (
        (-sum([piece in name for piece in pieces]) / (len(word) + len(name)), name)
        for name in names
    )
    return [name for _, name in heapq.nsmallest(_COMPARED, shares)]


def did_you_mean(word: str, known: Iterable[str] | NameIndex) -> str:
    """Return ``Did you mean 'x' or 'y'?``, or the empty string where nothing is near."""
    near = suggest(word, known)
    if not near:
        return ""
    return f"Did you mean {join_words([repr(word) for word in near], 'or')}?"


def escape_unprintable(text: str, keep: str = "") -> str:
    """Return a text with unprintable characters escaped, so that no data can move the cursor."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in keep else repr(c)[1:-1] for c in text)


def hide_secrets(address: str) -> str:
    """Return an address without user, password and the values in its query.

    >>> hide_secrets("http://ann:secret@host/path?token=secret")
    'http://host/path?token=…'
    """
    # Greedy and by no parser: what is wrong elsewhere may hold a secret all the same.
    address = re.sub(r"(?<=://).*@", "", address, flags=re.DOTALL)
    return re.sub(r"([?&;][^=&;#]*=)[^&;#]*", r"\1…", address)


def join_words(words: Sequence[str], conjunction: str = "and") -> str:
    """Return ``a``, ``a and b`` or ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"
