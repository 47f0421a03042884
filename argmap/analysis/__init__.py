"""What a literature adds up to: who stands where, what is disputed, which schools there are.

Functions over the records of :mod:`argmap.model`; :func:`analyse` gives the records that exports
need, :func:`examine` the findings from which the ``explain_`` functions tell why.
"""

from __future__ import annotations

from collections.abc import Collection

from argmap.analysis.disputes import (
    ClaimAccount,
    DisputeAccount,
    explain_claim,
    explain_dispute,
    list_disputes,
)
from argmap.analysis.findings import Findings, examine, list_standings, order_claims
from argmap.analysis.index import Index, index_literature
from argmap.analysis.schools import (
    SchoolAccount,
    SchoolReport,
    choose_draws,
    find_schools,
    list_topics,
    report_declared,
    report_schools,
)
from argmap.analysis.stances import Membership, Stance, Witness, explain_stance, list_stances
from argmap.analysis.tables import HOLDER_KINDS
from argmap.analysis.voices import Bounds, count_depth, count_voices, find_voices
from argmap.model import Derived, Literature

__all__ = [
    "Bounds",
    "ClaimAccount",
    "DisputeAccount",
    "Findings",
    "Index",
    "Membership",
    "SchoolAccount",
    "SchoolReport",
    "Stance",
    "Witness",
    "analyse",
    "count_depth",
    "count_voices",
    "derive",
    "examine",
    "explain_claim",
    "explain_dispute",
    "explain_stance",
    "find_schools",
    "find_voices",
    "index_literature",
    "list_disputes",
    "list_stances",
    "list_standings",
    "list_topics",
    "order_claims",
    "report_declared",
    "report_schools",
]


def analyse(
    literature: Literature,
    *,
    with_analyst: bool = False,
    topic: str | None = None,
    kinds: Collection[str] = HOLDER_KINDS,
    resolution: float = 1,
    draws: int | None = None,
) -> Derived:
    """Return the standing of every claim, the disputes and the schools of a literature.

    Parameters
    ----------
    literature
        Records without errors; analysis does not look for them.
    with_analyst
        Let relations count that the analyst drew; they are left out by default.
    topic
        Disputes and schools among the claims of one topic only.
    kinds
        Kinds of holder that count for sides, of ``work``, ``actor`` and ``group``.
    resolution, draws
        See :func:`report_schools`; ``draws=0`` saves most of the time.

    Raises
    ------
    ValueError
        If a record names a claim or a relation that the literature has not.
    """
    findings = examine(literature, with_analyst=with_analyst, kinds=kinds)
    return derive(findings, topic=topic, resolution=resolution, draws=draws)


def derive(
    findings: Findings, *, topic: str | None = None, resolution: float = 1, draws: int | None = None
) -> Derived:
    """Return findings as records, as :func:`analyse` does."""
    parameters = {
        "with_analyst": "true" if findings.with_analyst else "false",
        "kinds": " ".join(kind for kind in HOLDER_KINDS if kind in findings.kinds),
        "resolution": f"{resolution:g}",
        "draws": str(choose_draws(findings, draws)),
    }
    if topic is not None:
        parameters["topic"] = topic
    return Derived(
        standings=list_standings(findings),
        disputes=list_disputes(findings, topic=topic),
        schools=find_schools(findings, topic=topic, resolution=resolution, draws=draws),
        parameters=parameters,
    )
