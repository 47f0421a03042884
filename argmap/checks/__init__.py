"""Rules that a literature must keep: generators of findings, one for each thing to check.

A rule takes a :class:`~argmap.checks.context.Context` and yields
:class:`~argmap.diagnostics.Diagnostic`; the code of each of its findings is explained by
:func:`argmap.checks.explanations.explain`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from argmap.checks import bibliographic, references, structure, wording
from argmap.checks.context import Context
from argmap.diagnostics import Diagnostic, sort_diagnostics
from argmap.model import Literature, Place
from argmap.texts.sources import Source

Rule = Callable[[Context], Iterator[Diagnostic]]

RULES: tuple[Rule, ...] = (
    references.check_names,
    references.check_works,
    references.check_annotations,
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
    bibliographic.check_addresses,
    wording.check_verbatim,
    wording.check_statements,
)


def check_literature(
    literature: Literature,
    places: Mapping[tuple[str, str], Place] | None = None,
    sources: Mapping[str, Source] | None = None,
    origin: str = "",
    earlier: Iterable[Diagnostic] = (),
) -> list[Diagnostic]:
    """Run every rule and return the findings, sorted by place.

    ``origin`` is the path that findings show where records know no place of their own.
    ``earlier`` are the findings of reading: where a whole file was lost, rules that would report
    the loss over and over (every claim of the file unknown, every work unused) are left out, until
    the file is mended.  Linear in the number of records, but for the suggestions made for names
    that do not exist.
    """
    context = Context(literature, places, sources, origin)
    left_out = _find_pointless(earlier)
    return sort_diagnostics(
        finding for rule in RULES if rule not in left_out for finding in rule(context)
    )


_FILE_LOST = frozenset(
    (
        "file-binary",
        "file-encoding",
        "file-kind",
        "file-name",
        "file-unreadable",
        "text-twice",
        "yaml-depth",
        "yaml-empty",
        "yaml-syntax",
    )
)
_BIBLIOGRAPHY_LOST = frozenset(
    ("bib-binary", "bib-empty", "bib-missing-file", "bib-not-a-file", "bib-unreadable")
)


def _find_pointless(earlier: Iterable[Diagnostic]) -> set[Rule]:
    codes = {finding.code for finding in earlier}
    rules: set[Rule] = set()
    if codes & _FILE_LOST:
        rules = {
            references.check_claims,
            references.check_holders,
            references.check_topics,
            structure.check_related,
            structure.check_unused,
            bibliographic.check_cited,
        }
    if codes & _BIBLIOGRAPHY_LOST:
        rules |= {references.check_works, references.check_annotations, bibliographic.check_aliases}
    return rules
