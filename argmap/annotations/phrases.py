"""What fills the gaps of patterns: statements, citations and the names of holders."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from argmap.annotations.ledger import Ledger, sort_pages
from argmap.annotations.pieces import Cited, Named, Piece, Reference, Stated, Words
from argmap.annotations.wording import Slot, Vocabulary, is_plural, name_authors
from argmap.model import Claim, Position, Work

_NAMED = 6
"""So many holders are named before the rest is counted."""

_STOPS = frozenset(
    ("of", "who", "whom", "that", "which", "in", "on", "to", "for", "among", "between", "from")
    + ("with", "as", "at", "by")
)


_SINGULAR = ("Nations", "States", "politics", "ethics", "economics")


class Phrases:
    """Makes the phrases of one annotation, and remembers what they said.

    ``met`` are the holders that have been named for each claim, while that claim was ``about``;
    ``stated`` the claims that have been stated, in order.
    """

    def __init__(self, ledger: Ledger, vocabulary: Vocabulary, work: Work) -> None:
        self.ledger = ledger
        self.vocabulary = vocabulary
        self.work = work
        self.about = ""
        self.met: dict[str, set[str]] = {}
        self.stated: list[str] = []

    def state(self, *claims: Claim, positions: Iterable[Position] = ()) -> Slot:
        """Return statements as they stand after *that*, each with its place in the work itself."""
        pieces: list[Piece] = []
        for number, claim in enumerate(claims):
            if number:
                last = number == len(claims) - 1
                pieces.append(Words(text=", and that " if last else ", that "))
            self.stated.append(claim.id)
            text = self.vocabulary.lower_first(claim.statement)
            pieces.append(Stated(claim=claim.id, text=text))
            places = [
                position.own_locator
                for position in positions
                if position.claim == claim.id and position.own_locator
            ]
            if places:
                place = ", ".join(dict.fromkeys(map(clean_locator, places)))
                pieces += [
                    Words(text=" "),
                    Cited(references=(Reference(work=self.work.key, locator=place),)),
                ]
        return Slot(pieces)

    def subject(self, text: str, *pages: str) -> Slot:
        """Return a coded text as the subject of a sentence, with pages."""
        reference = Reference(work=text, locator=join_pages(pages))
        work = self.ledger.works.get(text)
        plural = work is not None and is_plural(work)
        return Slot((Cited(references=(reference,), form="narrative"),), plural)

    def bracket(self, pages: dict[str, tuple[str, ...]]) -> Slot:
        """Return texts with pages in brackets; nothing where there are none."""
        references = tuple(
            Reference(work=text, locator=join_pages(found)) for text, found in pages.items()
        )
        return Slot((Cited(references=references),) if references else ())

    def brief(self, text: str) -> Slot:
        """Return the authors of a coded text, without a citation."""
        work = self.ledger.works.get(text)
        name, plural = name_authors(work) if work is not None else (text, False)
        return Slot(name, plural)

    def call(self, identifier: str, *pages: str) -> tuple[Piece, bool]:
        """Return a holder as it stands in a sentence, and whether it is a plural."""
        if identifier.startswith("@") and identifier[1:] in self.ledger.works:
            reference = Reference(work=identifier[1:], locator=join_pages(pages))
            work = self.ledger.works[identifier[1:]]
            return Cited(references=(reference,), form="narrative"), is_plural(work)
        holder = self.ledger.holders.get(identifier)
        name = holder.name if holder is not None else identifier
        text = name
        if holder is not None and (holder.kind == "group" or name.startswith("The ")):
            text = self.vocabulary.lower_first(name)
        return Named(holder=identifier, text=text), name_is_plural(name)

    def people(
        self, holders: Iterable[str], text: str, *pages: str, doubtful: Collection[str] = ()
    ) -> tuple[Slot, Slot]:
        """Return holders as a list, and where the text says so in brackets.

        Where the text itself is the only one, the page stands beside its name and the brackets are
        empty.  Those who are ``doubtful`` come last and are said to be so.
        """
        ids = tuple(sorted(dict.fromkeys(holders), key=lambda each: each in doubtful))
        self.met.setdefault(self.about, set()).update(ids)
        if ids == (f"@{text}",):
            piece, plural = self.call(ids[0], *pages)
            return Slot(_enumerate([piece], ids[0] not in doubtful), plural), Slot(())
        shown = [self.call(each) for each in ids[:_NAMED]]
        pieces = [piece for piece, _ in shown]
        sure = sum(each not in doubtful for each in ids[:_NAMED])
        rest = len(ids) - len(shown)
        if rest:
            pieces.append(Words(text=f"{rest} {'other' if rest == 1 else 'others'}"))
        plural = len(pieces) > 1 or shown[0][1]
        return Slot(_enumerate(pieces, sure), plural), self.bracket(
            {text: sort_pages(pages)} if text else {}
        )


def clean_locator(locator: str) -> str:
    """Return ``24–25`` of ``pp. 24–25``; what is no page stays as it is written."""
    text = locator.strip().lstrip(": ")
    for mark in ("pp.", "p."):
        if text.startswith(mark):
            return text.removeprefix(mark).strip()
    return text


def join_pages(pages: Iterable[str]) -> str:
    """Return ``136–138, 141`` of the pages 141, 136, 138 and 137."""
    runs: list[list[str]] = []
    for page in sort_pages(part.strip() for each in pages for part in each.split(",")):
        last = runs[-1][-1] if runs else ""
        if page.isdigit() and last.isdigit() and int(page) == int(last) + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def name_is_plural(name: str) -> bool:
    """Say whether the name of an actor or group is a plural, by the end of its first words."""
    head = name.split(",")[0]
    words: list[str] = []
    for word in head.split():
        if words and word in _STOPS:
            break
        words.append(word)
    if not words:
        return False
    if "and" in words or words[0] in ("Those", "Critics", "Some"):
        return True
    last = words[-1]
    return last.endswith("s") and not last.endswith(("ss", "us", "is")) and (last not in _SINGULAR)


def count(number: int, noun: str) -> str:
    """Return ``1 claim``, ``2 claims``, ``1,200 claims``."""
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def _enumerate(pieces: Sequence[Piece], sure: int) -> tuple[Piece, ...]:
    """Return pieces as ``a``, ``a and b`` or ``a, b and apparently c`` with two of them sure.

    Where none is, it is said of all: ``a and b, it seems,``.
    """
    told: list[Piece] = []
    for number, piece in enumerate(pieces):
        if number:
            told.append(Words(text=" and " if number == len(pieces) - 1 else ", "))
        if number == sure > 0:
            told.append(Words(text="apparently "))
        told.append(piece)
    if not sure:
        told.append(Words(text=", it seems,"))
    return tuple(told)
