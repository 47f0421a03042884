"""Rules that a literature must keep: generators of findings, one for each thing to check.

A rule takes a :class:`~argmap.checks.context.Context` and yields
:class:`~argmap.diagnostics.Diagnostic`; the code of each of its findings is explained by
:func:`argmap.checks.explanations.explain`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from argmap.checks import bibliographic, references, structure, wording
from argmap.checks.context import Context
from argmap.diagnostics import Diagnostic, sort_diagnostics
from argmap.model import Literature, Place
from argmap.texts.sources import Source

Rule = Callable[[Context], Iterator[Diagnostic]]

RULES: tuple[Rule, ...] = (
    references.check_works,
    references.check_holders,
    references.check_claims,
    references.check_relations,
    references.check_topics,
    references.check_texts,
    structure.check_held,
    structure.check_related,
    structure.check_contradictory,
    structure.check_repeated,
    structure.check_relations,
    structure.check_across,
    structure.check_support_cycles,
    structure.check_groups,
    structure.check_unused,
    bibliographic.check_cited,
    bibliographic.check_pages,
    bibliographic.check_locators,
    bibliographic.check_shadows,
    bibliographic.check_aliases,
    wording.check_verbatim,
    wording.check_statements,
)


def check_literature(
    literature: Literature,
    places: Mapping[tuple[str, str], Place] | None = None,
    sources: Mapping[str, Source] | None = None,
    origin: str = "",
) -> list[Diagnostic]:
    """Run every rule and return the findings, sorted by place.

    ``origin`` is the path that findings show where records know no place of their own.  Linear in
    the number of records, but for the suggestions made for names that do not exist.
    """
    context = Context(literature, places, sources, origin)
    return sort_diagnostics(finding for rule in RULES for finding in rule(context))
