"""Uses of a work put into words: what it is cited for beside its own claims."""

from __future__ import annotations

from argmap.annotations.accounts import Use
from argmap.annotations.ledger import drop_covering_groups, list_doubtful, sort_pages
from argmap.annotations.patterns import uses as patterns
from argmap.annotations.phrases import clean_locator
from argmap.annotations.pieces import Cited, Piece, Reference, Sentence, Words
from argmap.annotations.telling import Telling
from argmap.annotations.wording import Slot


def tell_uses(telling: Telling) -> list[Sentence]:
    """Tell what the work is cited for beside its own claims."""
    return [_tell_use(telling, use) for use in telling.account.uses]


def _tell_use(telling: Telling, use: Use) -> Sentence:
    citation = use.citation
    text = citation.text
    statement = telling.phrases.state(use.claim)
    if citation.locator:
        reference = Reference(
            work=telling.account.work.key, locator=clean_locator(citation.locator)
        )
        statement = Slot((*statement.pieces, Words(text=" "), Cited(references=(reference,))))
    others = drop_covering_groups(telling.ledger, use.holders)
    if f"@{text}" in use.holders or not others:
        view: tuple[Piece, ...] = (Words(text="statement"),)
    else:
        people, _ = telling.phrases.people(
            others, "", doubtful=list_doubtful(telling.ledger, use.claim)
        )
        view = (Words(text="view of "), *people.pieces)
    slots = {
        "S": statement,
        "T": telling.phrases.subject(text, use.page),
        "P": telling.phrases.bracket({text: sort_pages([use.page])}),
        "V": Slot(view),
    }
    if use.relation is not None:
        if use.relation.target_kind == "claim":
            goal = telling.phrases.state(telling.ledger.index.claims[use.relation.target])
        else:
            goal = Slot("a step from one claim to another")
        slots["G"] = goal
        tacit = use.relation.basis == "implicit"
        steps = patterns.TACIT_STEP_USES if tacit else patterns.STEP_USES
        step = steps[use.relation.target_kind, use.relation.type]
        return telling.say(f"use step {use.relation.type} {tacit}", step, **slots)
    return telling.say(f"use {citation.role}", patterns.USES[citation.role], **slots)
