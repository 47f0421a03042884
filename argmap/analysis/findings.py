"""Everything that analysis has worked out of a literature, kept together for those who ask."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from argmap.analysis.index import Index, index_literature, name_kind
from argmap.analysis.sides import CON, MIXED, PRO, Sides, compute_sides
from argmap.analysis.stances import View
from argmap.analysis.standings import STATUSES, Counts, count_standings, tabulate_voices
from argmap.analysis.tables import HOLDER_KINDS, Flags, Tables, tabulate
from argmap.analysis.voices import Bounds, Tokens, find_voices
from argmap.model import Literature, Standing

_PLACES = {PRO: 0, CON: 1, MIXED: 2}


@dataclass(frozen=True, eq=False)
class Findings:
    """A literature examined: arrays, look-ups, and who stands where.

    Pass it to the ``explain_`` functions; it remembers views of holders, so that explaining many
    things of one literature costs little more than explaining one.  ``counted`` says which holders
    count for sides, being of the kinds asked for.  The look-ups are made when first asked for.
    """

    literature: Literature
    with_analyst: bool
    kinds: frozenset[str]
    tables: Tables
    sides: Sides
    voices: dict[str, Tokens]
    counts: Counts
    counted: Flags
    views: dict[str, View] = field(default_factory=dict)

    @cached_property
    def index(self) -> Index:
        """Look-ups by claim, holder and relation."""
        return index_literature(self.literature, with_analyst=self.with_analyst)

    @cached_property
    def claim_number(self) -> dict[str, int]:
        """The place of each claim in the tables."""
        return {name: number for number, name in enumerate(self.tables.claims)}

    @cached_property
    def holder_number(self) -> dict[str, int]:
        """The place of each holder in the tables."""
        return {name: number for number, name in enumerate(self.tables.holders)}

    @cached_property
    def sided(self) -> dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]]:
        """The holders who are pro, con and mixed on each claim, sorted."""
        names, sides = self.tables.holders, self.sides
        split: list[tuple[list[str], ...]] = [([], [], []) for _ in self.tables.claims]
        for claim, holder, side in zip(
            sides.claim.tolist(), sides.holder.tolist(), sides.side.tolist(), strict=True
        ):
            split[claim][_PLACES[side]].append(names[holder])
        return {
            name: (tuple(pro), tuple(con), tuple(mixed))
            for name, (pro, con, mixed) in zip(self.tables.claims, split, strict=True)
        }

    @cached_property
    def coded(self) -> frozenset[str]:
        """The keys of the coded texts."""
        return frozenset(text.key for text in self.literature.texts)


def examine(
    literature: Literature,
    *,
    with_analyst: bool = False,
    kinds: Collection[str] = HOLDER_KINDS,
) -> Findings:
    """Return who stands where on every claim of a literature, and each claim's status.

    With ``kinds``, only holders of these kinds (work, actor, group) count for sides; groups still
    hand on what they hold to members of those kinds.

    Raises
    ------
    ValueError
        If a record names a claim or relation that the literature has not.
    """
    tables = tabulate(literature, with_analyst=with_analyst)
    sides = compute_sides(tables)
    listed = {holder.id: holder.kind for holder in literature.holders}
    counted: Flags = np.array(
        [(listed.get(name) or name_kind(name)) in kinds for name in tables.holders],
        dtype=np.bool_,
    )
    if not counted.all():
        kept = counted[sides.holder]
        sides = Sides(sides.claim[kept], sides.holder[kept], sides.side[kept])
    voices = find_voices(literature)
    counts = count_standings(tables, sides, tabulate_voices(voices, tables.holders))
    return Findings(
        literature=literature,
        with_analyst=with_analyst,
        kinds=frozenset(kinds),
        tables=tables,
        sides=sides,
        voices=voices,
        counts=counts,
        counted=counted,
    )


def list_side(findings: Findings, claim: str, side: int) -> tuple[str, ...]:
    """Return the holders on one side of a claim (1 pro, -1 con, 0 mixed), sorted."""
    return findings.sided[claim][_PLACES[side]]


def count_claim(findings: Findings, claim: str) -> tuple[Bounds, Bounds, Bounds]:
    """Return the pro voices, con voices and depth of a claim, each between its bounds."""
    counts, number = findings.counts, findings.claim_number[claim]
    return (
        Bounds(int(counts.pro_voices[number]), int(counts.pro_upper[number])),
        Bounds(int(counts.con_voices[number]), int(counts.con_upper[number])),
        Bounds(int(counts.depth[number]), int(counts.depth_upper[number])),
    )


def list_standings(findings: Findings) -> tuple[Standing, ...]:
    """Return the standing of every claim, sorted by claim."""
    return tuple(
        Standing(claim=name, status=STATUSES[status], pro=pro, con=con, mixed=mixed, depth=depth)
        for (name, (pro, con, mixed)), status, depth in zip(
            findings.sided.items(),
            findings.counts.status.tolist(),
            findings.counts.depth.tolist(),
            strict=True,
        )
    )


def order_claims(findings: Findings) -> list[str]:
    """Return all claims, most contested first: depth, voices, contests received, place, id."""
    return [findings.tables.claims[number] for number in np.argsort(findings.counts.rank).tolist()]
