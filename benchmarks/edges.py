"""Invented edges at size: columns on disk, as a store or a data frame would hand them over.

The shape is that of :mod:`benchmarks.synthetic`, without words: texts of some 130 claims that
follow one another, works that are cited by several texts, relations that mostly stay within a text.
Positions are sorted by claim and holder, as every export of argmap has them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

CLAIMS_PER_TEXT = 130
WORKS_CITED = 50
WORKS_PER_TEXT = 20
HOLDERS_PER_GROUP = 100
RELATIONS_PER_CLAIM = 2.5
SUPPORTS, CONTESTS, UNDERCUTS, QUALIFIES, EXPLAINS = range(5)
TYPE_SHARES = (0.58, 0.2, 0.02, 0.1, 0.1)
STANCE_SHARES = (0.7, 0.05, 0.2, 0.05)
SCHOOLS = 5
SIDES_PER_HOLDER = 6
STRAY = 0.1


def write_edges(folder: Path, claims: int, seed: int = 1) -> None:
    """Write positions, relations, memberships and authorship of an invented literature."""
    dice = np.random.RandomState(seed)
    texts = -(-claims // CLAIMS_PER_TEXT)
    holders = WORKS_PER_TEXT * texts
    cited = dice.randint(0, holders, (texts, WORKS_CITED))
    columns: dict[str, Any] = {}

    claim = np.concatenate([np.arange(claims), dice.randint(0, claims, claims)])
    holder = cited[claim // CLAIMS_PER_TEXT, dice.randint(0, WORKS_CITED, len(claim))]
    key, first = np.unique(claim * holders + holder, return_index=True)
    columns["position_claim"], columns["position_holder"] = key // holders, key % holders
    columns["position_stance"] = dice.choice(4, len(claim), p=STANCE_SHARES)[first].astype(np.int8)

    count = int(RELATIONS_PER_CLAIM * claims)
    source = np.sort(dice.randint(0, claims, count))
    near = source // CLAIMS_PER_TEXT * CLAIMS_PER_TEXT + dice.randint(0, CLAIMS_PER_TEXT, count)
    target = np.where(dice.rand(count) < 0.9, near, dice.randint(0, claims, count))
    target = np.where(target >= claims, 0, target)
    sort = dice.choice(len(TYPE_SHARES), count, p=TYPE_SHARES)
    contests = np.flatnonzero(sort == CONTESTS)
    cuts = np.flatnonzero(sort == UNDERCUTS)
    # What is undercut is a contest nearby: its row stands in place of a target.
    after = np.searchsorted(contests, cuts)
    target[cuts] = contests[np.minimum(after, len(contests) - 1)]
    # A step is drawn by a holder of its source, or by nobody.
    starts = np.searchsorted(columns["position_claim"], np.arange(claims + 1))
    held = starts[source] + dice.randint(0, 1 << 30, count) % np.diff(starts)[source]
    drawer = np.where(dice.rand(count) < 0.7, columns["position_holder"][held], -1)
    columns["relation_source"], columns["relation_target"] = source, target
    columns["relation_drawer"], columns["relation_type"] = drawer, sort.astype(np.int8)

    group = np.repeat(np.arange(0, holders, HOLDERS_PER_GROUP), 3)
    member = group + 1 + dice.randint(0, HOLDERS_PER_GROUP - 1, len(group))
    columns["membership_group"] = group[member < holders]
    columns["membership_member"] = member[member < holders]
    width = dice.choice([1, 2, 3], holders)
    columns["voice_starts"] = np.concatenate([[0], np.cumsum(width)])
    columns["voice_tokens"] = dice.randint(0, 2 * holders, int(width.sum()))
    _write(folder, columns)


def write_sides(folder: Path, holders: int, seed: int = 1) -> None:
    """Write who takes which side in an invented literature of a few planted schools."""
    dice = np.random.RandomState(seed)
    claims = max(SIDES_PER_HOLDER * SCHOOLS, holders * 2 // 5)
    school = np.arange(holders) % SCHOOLS
    owner = np.arange(claims) % SCHOOLS
    rival = (owner + 1 + dice.randint(0, SCHOOLS - 1, claims)) % SCHOOLS
    at_stake = [np.flatnonzero((owner == each) | (rival == each)) for each in range(SCHOOLS)]
    holder = np.repeat(np.arange(holders), SIDES_PER_HOLDER)
    claim = np.concatenate([dice.choice(at_stake[each], SIDES_PER_HOLDER) for each in school])
    side = np.where(owner[claim] == school[holder], 1, -1)
    stray = dice.rand(len(holder)) < STRAY
    claim[stray] = dice.randint(0, claims, int(stray.sum()))
    side[stray] = dice.choice([-1, 1], int(stray.sum()))
    _, first = np.unique(claim * holders + holder, return_index=True)
    columns = {"claim": claim[first], "holder": holder[first], "side": side[first].astype(np.int8)}
    _write(folder, {f"side_{name}": column for name, column in columns.items()})


def _write(folder: Path, columns: dict[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, column in columns.items():
        small = column if column.dtype == np.int8 else column.astype(np.int32)
        np.save(folder / f"{name}.npy", small)


def read_columns(folder: Path, *names: str) -> list[Any]:
    """Read some columns."""
    return [np.load(folder / f"{name}.npy") for name in names]


def read_tables(folder: Path) -> Any:
    """Read the edges into the tables on which analysis computes."""
    from argmap.analysis.tables import Tables

    claim, holder, stance = read_columns(
        folder, "position_claim", "position_holder", "position_stance"
    )
    source, target, drawer, sort = read_columns(
        folder, "relation_source", "relation_target", "relation_drawer", "relation_type"
    )
    group, member, starts = read_columns(
        folder, "membership_group", "membership_member", "voice_starts"
    )
    claims, holders = int(claim.max()) + 1, len(starts) - 1
    steps = np.flatnonzero(((sort == SUPPORTS) | (sort == EXPLAINS)) & (drawer >= 0))
    contests, cuts = np.flatnonzero(sort == CONTESTS), np.flatnonzero(sort == UNDERCUTS)
    place = np.zeros(len(sort), dtype=np.int32)
    place[contests] = np.arange(len(contests), dtype=np.int32)
    return Tables(
        claims=range(claims),  # type: ignore[arg-type]
        holders=range(holders),  # type: ignore[arg-type]
        position_claim=claim,
        position_holder=holder,
        position_stance=stance,
        step_source=source[steps],
        step_target=target[steps],
        step_holder=drawer[steps],
        contest_source=source[contests],
        contest_target=target[contests],
        undercut_source=source[cuts],
        undercut_contest=place[target[cuts]],
        step_relation=steps,
        contest_relation=contests,
        undercut_relation=cuts,
        relation_count=len(sort),
        membership_group=group,
        membership_member=member,
        place_rank=np.arange(claims),
    )
