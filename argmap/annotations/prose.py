"""Accounts of works put into words: sentences with citations, no two neighbours alike."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from argmap.annotations.accounts import WorkAccount, explain_work
from argmap.annotations.company import tell_authors, tell_kin, tell_school, tell_sides
from argmap.annotations.holdings import tell_coded, tell_holdings, tell_theses
from argmap.annotations.ledger import Ledger
from argmap.annotations.pieces import About, Annotation, Paragraph, Sentence
from argmap.annotations.telling import Teller, Telling
from argmap.annotations.uses import tell_uses
from argmap.annotations.wording import Rotor, seed
from argmap.model import Dispute


def annotate_works(
    ledger: Ledger,
    keys: Iterable[str],
    *,
    name_schools: bool = True,
    dispute: Dispute | None = None,
) -> dict[str, Annotation]:
    """Return the annotations of works, in the order in which they will be read.

    Patterns of sentences go round from one work to the next; the same works in the same order get
    the same words.  ``name_schools`` tells each work's school, which is idle under a heading that
    does.  With a ``dispute``, the sides that works take in it are told first, and no other dispute.

    Raises
    ------
    KeyError
        If the literature has no such work.
    """
    teller = Teller(ledger, name_schools=name_schools)
    rotor = Rotor()
    return {
        key: _annotate(teller, focus_account(explain_work(ledger, key), dispute), rotor)
        for key in keys
    }


def annotate_work(ledger: Ledger, key: str, *, teller: Teller | None = None) -> Annotation:
    """Return the annotation of one work by itself, the same wherever it is asked for.

    Pass one ``teller`` where many are asked for: what it has learned of the literature's words is
    kept.
    """
    teller = teller or Teller(ledger)
    return _annotate(teller, explain_work(ledger, key), Rotor(seed(key)))


def _annotate(teller: Teller, account: WorkAccount, rotor: Rotor) -> Annotation:
    rotor.begin_work()
    telling = Telling(teller, account, rotor)
    paragraphs: list[Paragraph] = []

    def add(about: About, sentences: list[Sentence]) -> None:
        if sentences:
            paragraphs.append(Paragraph(about=about, sentences=tuple(sentences)))

    if account.coded:
        # Under the heading of one dispute, that one comes before all else.
        add(
            "claims",
            [*tell_coded(telling), *tell_sides(telling, focused=True), *tell_theses(telling)],
        )
    else:
        add("claims", tell_holdings(telling, account.holdings))
    add("uses", tell_uses(telling))
    add("company", [*tell_kin(telling), *tell_sides(telling)])
    add("standing", [*tell_authors(telling), *tell_school(telling)])
    return Annotation(
        work=account.work.key,
        own=teller.ledger.own_annotations.get(account.work.key, ""),
        paragraphs=tuple(paragraphs),
    )


def focus_account(account: WorkAccount, dispute: Dispute | None) -> WorkAccount:
    """Return an account of one dispute: its claims first, and no side in any other."""
    if dispute is None:
        return account
    own = set(dispute.claims)
    return replace(
        account,
        focus=True,
        sides=tuple(side for side in account.sides if side.dispute == dispute),
        holdings=tuple(sorted(account.holdings, key=lambda each: each.claim.id not in own)),
    )
