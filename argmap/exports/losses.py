"""What a format cannot carry, told in one form by every exporter of graphs."""

from __future__ import annotations

from collections.abc import Iterable

from argmap.diagnostics import Diagnostic

Loss = tuple[int, str, str]
"""How many things are lost, a sentence with a gap for them, and their noun in the singular."""


def tell_losses(format_name: str, losses: Iterable[Loss]) -> list[Diagnostic]:
    """Return a note for each thing lost, with its number; nothing lost, nothing returned."""
    return [
        Diagnostic(
            path=f"export {format_name}",
            severity="note",
            message=f"left out: {sentence.format(count(number, noun))}",
            code="export-loss",
        )
        for number, sentence, noun in losses
        if number
    ]


def count(number: int, noun: str) -> str:
    """Return ``1 claim`` or ``2,000 claims``; of ``set of names`` the first word is counted."""
    if number == 1:
        return f"1 {noun}"
    first, space, rest = noun.partition(" of ")
    return f"{number:,} {first}s{space}{rest}"
