"""What a view leaves out of a literature."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, BinaryIO

from argmap.diagnostics import Diagnostic, join_words
from argmap.exports.losses import Loss, count, tell_losses
from argmap.exports.view_records import Value, View
from argmap.model import Literature

if TYPE_CHECKING:
    from argmap.exports.registry import Draw


def list_view_losses(literature: Literature, view: View, format_name: str) -> list[Diagnostic]:
    """Return, as notes with numbers, which records of a literature a view does not show.

    ``format_name`` is the format in which it is written.  Linear in the records.
    """
    shown = {node.id for node in view.nodes}
    place = {column.name: number for number, column in enumerate(view.edge_columns)}
    relations: set[str] = set()
    if "relation" in place:
        for edge in view.edges:
            # Several relations may be one edge.
            relations.update(str(edge.values[place["relation"]]).split("; "))
    full = view.name == "full"
    positions = citations = 0
    if full:
        positions = sum(each.claim in shown for each in literature.positions)
        citations = sum(
            (each.claim in shown) if each.claim else (each.relation in relations)
            for each in literature.citations
        )
    others = (holder.id for holder in literature.holders if holder.kind != "work")
    works = (f"@{work.key}" for work in literature.works)
    losses: list[Loss] = [
        (_count_absent((claim.id for claim in literature.claims), shown), "{}", "claim"),
        (_count_absent((each.id for each in literature.relations), relations), "{}", "relation"),
        (len(literature.positions) - positions, "{}", "position"),
        (len(literature.citations) - citations, "{}", "citation"),
        (_count_absent(others, shown), "{} that are no works", "holder"),
        (_count_absent(works, shown), "{}", "work"),
    ]
    told = [sentence.format(count(number, noun)) for number, sentence, noun in losses if number]
    sentence = f"{join_words(told)}, which the view {view.name} does not show"
    hidden: Loss = (len(told), sentence.replace("{", "{{").replace("}", "}}"), "")
    uncoded: Loss = (len(literature.uncoded), "{} without a claim, with the reasons", "passage")
    return tell_losses(format_name, [hidden, uncoded])


def draw_and_tell(
    draw: Draw, view: View, literature: Literature, format_name: str, file: BinaryIO
) -> list[Diagnostic]:
    """Write a view, and return what it does not show, then what the format does not carry."""
    return [*list_view_losses(literature, view, format_name), *draw(view, file)]


def _count_absent(names: Iterable[str], shown: Collection[Value]) -> int:
    return sum(name not in shown for name in names)
