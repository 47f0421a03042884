"""What the user names, found: ids in full, slugs, bare keys; candidates where it is unclear."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable

from argmap.diagnostics import Diagnostic, describe_diagnostic, join_words, suggest
from argmap.model import Claim, Holder, Literature, Text, Work

_SHOWN = 5
_CODES = {"query": "query-unknown"}
"""Codes that no rule of the corpus has."""


class UnknownName(LookupError):  # noqa: N818 - it names what is unknown
    """Raised where nothing bears a name, or several things do.

    Attributes
    ----------
    kind : str
        What was looked for: claim, holder, work, text, topic, …; *name* where it could be any.
    name : str
        The name as it was given.
    candidates : tuple of str
        Names that may have been meant, the likeliest first.
    diagnostic : Diagnostic
        The same as a finding, with its code and remedy.

    Examples
    --------
    >>> try:
    ...     review.who_holds("legitimacy-by-mas")
    ... except argmap.UnknownName as unknown:
    ...     print(unknown.candidates[0])
    rynningschmitt2018/legitimacy-by-mass
    """

    def __init__(
        self, kind: str, name: str, candidates: Iterable[str] = (), *, ambiguous: bool = False
    ) -> None:
        self.kind = kind
        self.name = name
        self.candidates = tuple(candidates)
        self.ambiguous = ambiguous
        if ambiguous:
            message = (
                f"{name!r} is the name of {len(self.candidates)} {kind}s: "
                f"{', '.join(self.candidates)}"
            )
            remedy = "Write the id in full."
            code = "claim-ambiguous" if kind == "claim" else "holder-ambiguous"
        else:
            message, code = f"no {kind} {name!r}", _CODES.get(kind, f"{kind}-unknown")
            if kind == "name":
                message = f"nothing is named {name!r}: no claim, work, actor, group or topic"
            near = join_words([repr(each) for each in self.candidates[:_SHOWN]], "or")
            remedy = f"Did you mean {near}?" if near else ""
        self.diagnostic = Diagnostic(path="argmap", message=message, code=code, remedy=remedy)
        super().__init__(describe_diagnostic(self.diagnostic))

    def __reduce__(self) -> tuple[object, tuple[object, ...], dict[str, object]]:
        return type(self), (self.kind, self.name, self.candidates), self.__dict__


def match_claims(literature: Literature, name: str) -> list[str]:
    """Return the id that is named in full, else all ids of which the name is the slug."""
    name = unicodedata.normalize("NFC", name)
    same = []
    for claim in literature.claims:
        if claim.id == name:
            return [name]
        if claim.id.rpartition("/")[2] == name:
            same.append(claim.id)
    return same


def find_claim(literature: Literature, name: str | Claim) -> str:
    """Return the id of the claim named in full or, where that is unique, by its slug alone.

    Raises :class:`UnknownName`; candidates are names near it, and claims with its words.
    """
    if isinstance(name, Claim):
        name = name.id
    same = match_claims(literature, name)
    if len(same) == 1:
        return same[0]
    if same:
        raise UnknownName("claim", name, same, ambiguous=True)
    raise UnknownName("claim", name, suggest_claims(literature, name))


def suggest_claims(literature: Literature, name: str) -> list[str]:
    """Return ids of claims that may be meant: near names first, then statements with the words."""
    slugs: dict[str, list[str]] = {}
    for claim in literature.claims:
        slugs.setdefault(claim.id.rpartition("/")[2], []).append(claim.id)
    near = suggest(name, [claim.id for claim in literature.claims])
    near += [each for slug in suggest(name.rpartition("/")[2], slugs) for each in slugs[slug]]
    words = fold(name.rpartition("/")[2].replace("-", " ")).split()
    if words:
        near += [
            claim.id
            for claim in literature.claims
            if all(
                word in fold(f"{claim.id.replace('-', ' ')} {claim.statement}") for word in words
            )
        ]
    return list(dict.fromkeys(near))


def find_holder(literature: Literature, name: str | Holder | Work | Text) -> str:
    """Return the id of a holder named by id, bare key or slug.

    Any work may be named, for it could hold something.  Raises :class:`UnknownName`.
    """
    if isinstance(name, Holder):
        name = name.id
    elif isinstance(name, Work | Text):
        name = name.key
    holders = {holder.id for holder in literature.holders}
    works = {work.key for work in literature.works}
    found = [
        candidate
        for candidate in (name, f"@{name}", f"actor:{name}", f"group:{name}")
        if candidate in holders
    ]
    if len(found) > 1:
        raise UnknownName("holder", name, found, ambiguous=True)
    if found:
        return found[0]
    if name.removeprefix("@") in works:
        return f"@{name.removeprefix('@')}"
    near = suggest(name, {*holders, *(holder.lstrip("@") for holder in holders), *works})
    near += [
        holder.id
        for holder in literature.holders
        if name.strip() and fold(name) in fold(holder.name) and holder.id not in near
    ]
    raise UnknownName("holder", name, near)


def find_record(literature: Literature, name: str) -> tuple[str, str]:
    """Return of what kind a name is (claim, work, holder, topic), and the id that it stands for.

    A claim comes first where its slug is also another's name.  Raises :class:`UnknownName` where
    several claims or holders bear the name, or nothing does; candidates are of every kind.
    """
    claims = match_claims(literature, name)
    if len(claims) > 1:
        raise UnknownName("claim", name, claims, ambiguous=True)
    if claims:
        return "claim", claims[0]
    if name in {work.key for work in literature.works}:
        return "work", name
    try:
        return "holder", find_holder(literature, name)
    except UnknownName as unknown:
        if unknown.ambiguous:
            raise
        near = unknown.candidates
    if name in {topic.id for topic in literature.review.topics}:
        return "topic", name
    known = {claim.id: claim.id for claim in literature.claims}
    known |= {slug: slug for slug in (each.rpartition("/")[2] for each in known)}
    known |= {work.key: work.key for work in literature.works}
    known |= {topic.id: topic.id for topic in literature.review.topics}
    for holder in literature.holders:
        if holder.kind != "work":
            known |= {holder.id: holder.id, holder.id.partition(":")[2]: holder.id}
    nearest = [known[each] for each in suggest(name.removeprefix("@"), known)]
    # Where no name is near, the words may be those of a statement or of a holder's full name.
    raise UnknownName(
        "name", name, dict.fromkeys(nearest or (*near, *suggest_claims(literature, name)))
    )


def find_work(literature: Literature, name: str | Work | Text) -> str:
    """Return the BibTeX key of a work, named with or without ``@``.  Raises UnknownName."""
    key = name if isinstance(name, str) else name.key
    return _find("work", key.removeprefix("@"), {work.key for work in literature.works})


def find_text(literature: Literature, name: str | Work | Text) -> str:
    """Return the key of a coded text, named with or without ``@``.  Raises UnknownName."""
    key = name if isinstance(name, str) else name.key
    return _find("text", key.removeprefix("@"), {text.key for text in literature.texts})


def find_topic(literature: Literature, name: str) -> str:
    """Return a topic of the review.  Raises UnknownName."""
    return _find("topic", name, {topic.id for topic in literature.review.topics})


def _find(kind: str, name: str, known: Collection[str]) -> str:
    if name in known:
        return name
    raise UnknownName(kind, name, suggest(name, known))


def fold(text: str) -> str:
    """Return a text without case and diacritics, for comparing words."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
