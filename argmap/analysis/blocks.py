"""The holders of a literature, or of one topic in it, divided into blocks, and how firmly so."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from argmap.analysis.findings import Findings
from argmap.analysis.partitions import RESTARTS, Ties, divide_holders, find_ties
from argmap.analysis.sides import MIXED, Sides, compute_sides
from argmap.analysis.tables import Flags, Ints, thin_tables

DRAW_RESTARTS = 1
LEFT_OUT = 10
"""A draw leaves out one in this many positions and relations."""


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """Holders that take sides, divided: B of them, with N rows of sides between them.

    Attributes
    ----------
    present : int64, shape (B,)
        The holders by their numbers in the tables, sorted; ``holder`` counts along it.
    block : int64, shape (B,)
        The block of each, numbered by first member.
    claim, holder, side : int64, shape (N,)
        Who is pro (1) and con (-1) on which claim.
    ties : Ties
    """

    present: Ints
    block: Ints
    claim: Ints
    holder: Ints
    side: Ints
    ties: Ties


def list_surveys(findings: Findings) -> tuple[str, ...]:
    """Return the holders that are coded texts marked as surveys and hold something, sorted."""
    surveys = {f"@{text.key}" for text in findings.literature.texts if text.survey}
    return tuple(sorted(surveys & findings.holder_number.keys()))


def divide_literature(
    findings: Findings, topics: Sequence[str | None], resolution: Fraction
) -> list[Blocks]:
    """Return the blocks of all holders but surveys, for each topic (None: the whole literature)."""
    at_stake = _choose_holders(findings)
    return [
        _divide(findings.sides, at_stake, _choose_claims(findings, topic), resolution, RESTARTS)
        for topic in topics
    ]


def measure_stability(
    findings: Findings,
    topics: Sequence[str | None],
    groups: Sequence[Sequence[Ints]],
    resolution: Fraction,
    draws: int,
) -> list[dict[int, float]]:
    """Return for each topic how firmly the members of its groups keep together, by holder number.

    ``groups`` has for each topic groups of holder numbers.  Each draw leaves out a random tenth of
    positions and relations together; a member's stability is the share of draws in which it is in
    one block with more than half of its group, of those in which it takes a side (0 where there is
    no such draw; 1 without any draws).
    """
    tables = findings.tables
    at_stake = _choose_holders(findings)
    masks = [_choose_claims(findings, topic) for topic in topics]
    width = len(tables.holders)
    taking = [np.zeros(width, dtype=np.int64) for _ in topics]
    staying = [np.zeros(width, dtype=np.int64) for _ in topics]
    records = len(tables.position_claim) + tables.relation_count
    source = random.Random(0)
    for _ in range(draws):
        keep = np.ones(records, dtype=np.bool_)
        keep[source.sample(range(records), -(-records // LEFT_OUT))] = False
        split = len(tables.position_claim)
        sides = compute_sides(thin_tables(tables, keep[:split], keep[split:]))
        for number, mask in enumerate(masks):
            if not groups[number]:
                continue
            blocks = _divide(sides, at_stake, mask, resolution, DRAW_RESTARTS)
            block_of = np.full(width, -1, dtype=np.int64)
            block_of[blocks.present] = blocks.block
            for group in groups[number]:
                found = block_of[group]
                taking[number][group] += found >= 0
                shared = np.bincount(found[found >= 0], minlength=1)
                largest = int(shared.argmax())
                if 2 * int(shared[largest]) > len(group):
                    staying[number][group] += found == largest
    return [
        {
            int(holder): (float(stayed[holder] / taken[holder]) if taken[holder] else 0.0)
            if draws
            else 1.0
            for group in grouped
            for holder in group
        }
        for grouped, stayed, taken in zip(groups, staying, taking, strict=True)
    ]


def _choose_holders(findings: Findings) -> Flags:
    """Return for each holder whether it is divided with the others: all but surveys."""
    chosen = findings.counted.copy()
    chosen[[findings.holder_number[name] for name in list_surveys(findings)]] = False
    return chosen


def _choose_claims(findings: Findings, topic: str | None) -> Flags | None:
    if topic is None:
        return None
    claims = findings.index.claims
    return np.array(
        [claims[name].topic == topic for name in findings.tables.claims], dtype=np.bool_
    )


def _divide(
    sides: Sides, at_stake: Flags, on_topic: Flags | None, resolution: Fraction, restarts: int
) -> Blocks:
    chosen = sides.side != MIXED
    if len(at_stake):
        chosen &= at_stake[sides.holder]
    if on_topic is not None and len(on_topic):
        chosen &= on_topic[sides.claim]
    claim, side = sides.claim[chosen], sides.side[chosen].astype(np.int64)
    present, local = np.unique(sides.holder[chosen], return_inverse=True)
    holder = local.astype(np.int64)
    ties = find_ties(claim, holder, side, len(present))
    block = divide_holders(ties, resolution=resolution, restarts=restarts)
    return Blocks(present, block, claim, holder, side, ties)
