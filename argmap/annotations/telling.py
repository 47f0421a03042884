"""The telling of one account: what fills the gaps of sentences, and what has been said."""

from __future__ import annotations

from collections.abc import Sequence

from argmap.annotations.accounts import WorkAccount
from argmap.annotations.ledger import Ledger
from argmap.annotations.phrases import Phrases
from argmap.annotations.pieces import Sentence
from argmap.annotations.wording import (
    Rotor,
    Slot,
    Vocabulary,
    fill,
    name_authors,
    name_kind_of_work,
)


class Teller:
    """Tells accounts of the works of one literature; see :func:`.annotate_works`."""

    def __init__(self, ledger: Ledger, *, name_schools: bool = True) -> None:
        self.ledger = ledger
        self.name_schools = name_schools
        self.vocabulary = Vocabulary(ledger.literature)


class Telling:
    """The telling of one account: what fills the gaps, and who has been named already."""

    def __init__(self, teller: Teller, account: WorkAccount, rotor: Rotor) -> None:
        self.ledger = teller.ledger
        self.teller = teller
        self.account = account
        self.rotor = rotor
        self.holder = f"@{account.work.key}"
        self.held = {holding.claim.id for holding in account.holdings}
        self.phrases = Phrases(teller.ledger, teller.vocabulary, account.work)
        name, plural = name_authors(account.work)
        self.fixed = {
            "N": Slot(name, plural),
            "W": Slot(name_kind_of_work(account.work)),
        }
        self.told: set[object] = set()

    def say(self, family: str, choices: Sequence[str], **slots: Slot) -> Sentence:
        """Fill the next pattern of a family."""
        return fill(self.rotor.choose(family, choices), self.fixed | slots)
