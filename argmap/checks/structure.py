"""Rules on the argument: holders, relations, groups."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from argmap.checks.context import Context
from argmap.diagnostics import Diagnostic
from argmap.model import Relation


def check_held(context: Context) -> Iterator[Diagnostic]:
    """claim-without-holder: nobody asserts, endorses, disputes or reports the claim."""
    for claim in context.literature.claims:
        if claim.id not in context.positions_of:
            yield context.report(
                claim,
                "error",
                f"nobody holds {claim.id!r}",
                "claim-without-holder",
                "Add `held: key`, or `disputed:` by whom; `held` by the text itself counts.",
            )


def check_related(context: Context) -> Iterator[Diagnostic]:
    """claim-without-relation: no relation touches the claim, and no reason is given."""
    touched: set[str] = set()
    for relation in context.literature.relations:
        touched.add(relation.source)
        touched.add(relation.target)
    for claim in context.literature.claims:
        if claim.id not in touched and not claim.alone:
            yield context.report(
                claim,
                "warning",
                f"nothing bears on {claim.id!r}, and it bears on nothing",
                "claim-without-relation",
                "Relate it to another claim, or say why it stands alone: `alone: reason`.",
            )
        elif claim.id in touched and claim.alone:
            yield context.report(
                claim,
                "warning",
                f"{claim.id!r} is said to stand alone, yet a relation touches it",
                "claim-not-alone",
                "Remove `alone`.",
                field="alone",
            )


def check_contradictory(context: Context) -> Iterator[Diagnostic]:
    """position-contradictory: by one text, a holder both holds and disputes one claim."""
    for positions in context.positions_of.values():
        sides: dict[tuple[str, str], set[bool]] = defaultdict(set)
        for position in positions:
            if position.stance == "reports":
                continue
            key = (position.holder, position.reported_by)
            sides[key].add(position.stance == "disputes")
            if len(sides[key]) == 2:
                yield context.report(
                    position,
                    "warning",
                    f"{position.holder} both holds and disputes {position.claim!r}",
                    "position-contradictory",
                    "Part the claim in two if it holds of one and not of the other; else mend it.",
                )
                sides[key] = set()


def check_repeated(context: Context) -> Iterator[Diagnostic]:
    """position-duplicate, citation-duplicate: the same thing written down twice."""
    seen: set[tuple[str, ...]] = set()
    for position in context.literature.positions:
        key: tuple[str, ...] = (
            position.claim,
            position.holder,
            position.stance,
            position.reported_by,
            position.page,
            position.own_locator,
        )
        if key in seen:
            yield context.report(
                position,
                "warning",
                f"the position of {position.holder} on {position.claim!r} stands twice",
                "position-duplicate",
                "Remove one.",
            )
        seen.add(key)
    seen.clear()
    for citation in context.literature.citations:
        anchor = citation.anchor
        key = (
            citation.claim,
            citation.relation,
            citation.work,
            citation.locator,
            citation.role,
            citation.text,
            f"{anchor.start} {anchor.head}" if anchor else "",
        )
        if key in seen:
            yield context.report(
                citation,
                "warning",
                f"the citation of {citation.work} stands twice",
                "citation-duplicate",
                "Remove one.",
            )
        seen.add(key)


def check_relations(context: Context) -> Iterator[Diagnostic]:
    """Rules on single relations.

    relation-to-itself, relation-duplicate, contest-without-because, undercut-without-step,
    relation-target, analyst-drawn-by, drawn-by-nobody.
    """
    seen: dict[tuple[object, ...], str] = {}
    for relation in context.literature.relations:
        if relation.source == relation.target:
            yield context.report(
                relation,
                "error",
                f"{relation.source!r} {relation.type} itself",
                "relation-to-itself",
                "Name another claim, or remove the relation.",
            )
        key = (relation.source, relation.type, relation.target, relation.basis, relation.drawn_by)
        if key in seen:
            yield context.report(
                relation,
                "error",
                f"{relation.id!r} says the same as {seen[key]!r}",
                "relation-duplicate",
                "Remove one, or say what sets them apart (`basis`, `by`).",
            )
        seen.setdefault(key, relation.id)
        if relation.type == "contests" and not relation.because:
            yield context.report(
                relation,
                "warning",
                f"{relation.source!r} contests {relation.target!r} without a because",
                "contest-without-because",
                "Say in a few words why both cannot be true; if both can, it is a `qualifies`.",
            )
        if relation.type == "undercuts" and relation.target_kind != "relation":
            yield context.report(
                relation,
                "error",
                f"{relation.source!r} undercuts a claim, not a step",
                "undercut-without-step",
                "Write `undercuts: {step: a -> b}`; what denies a claim `contests` it.",
            )
        if relation.target_kind == "relation" and relation.type not in ("undercuts", "supports"):
            yield context.report(
                relation,
                "error",
                f"what {relation.type} must aim at a claim, not at a step",
                "relation-target",
                "Only `undercuts` and `supports` may aim at a step.",
            )
        if relation.basis == "analyst" and relation.drawn_by:
            yield context.report(
                relation,
                "error",
                "what the analyst draws is drawn by nobody",
                "analyst-drawn-by",
                "Remove `by`, or give another `basis`.",
            )
        if relation.basis != "analyst" and not relation.drawn_by:
            yield context.report(
                relation,
                "warning",
                f"nobody draws this {relation.basis} relation",
                "drawn-by-nobody",
                "Name who does (`by`); if it is you, write `basis: analyst`.",
            )


def check_across(context: Context) -> Iterator[Diagnostic]:
    """basis-across-texts: a text cannot itself relate its claim to a text that it does not cite."""
    cited: dict[str, set[str]] = defaultdict(set)
    for citation in context.literature.citations:
        cited[citation.text].add(citation.work)
    claims = context.claims
    for relation in context.literature.relations:
        if relation.basis == "analyst" or relation.target_kind != "claim":
            continue
        if relation.source not in claims or relation.target not in claims:
            continue
        near, far = claims[relation.source].text, claims[relation.target].text
        if near != far and far not in cited[near] and near not in cited[far]:
            yield context.report(
                relation,
                "warning",
                f"{near} does not cite {far}, yet the relation is {relation.basis}",
                "basis-across-texts",
                "The relation is your own reading: `basis: analyst`.",
            )


def check_support_cycles(context: Context) -> Iterator[Diagnostic]:
    """support-cycle: claims that support each other in a circle."""
    steps: dict[str, list[str]] = defaultdict(list)
    drawn: dict[str, list[Relation]] = defaultdict(list)
    for relation in context.literature.relations:
        if relation.type == "supports" and relation.target_kind == "claim":
            steps[relation.source].append(relation.target)
            drawn[relation.source].append(relation)
    for circle in find_circles(steps):
        members = set(circle)
        yield context.report(
            next(relation for relation in drawn[min(circle)] if relation.target in members),
            "warning",
            f"claims support each other in a circle: {', '.join(sorted(circle))}",
            "support-cycle",
            "Ask which is the reason for which; if the text argues in a circle, code the stronger.",
        )


def check_groups(context: Context) -> Iterator[Diagnostic]:
    """group-circular: a group that is, by way of its members, a member of itself."""
    members = {holder.id: list(holder.members) for holder in context.literature.holders}
    for holder in context.literature.holders:
        if holder.id in holder.members:
            yield context.report(
                holder,
                "error",
                f"{holder.id} is a member of itself",
                "group-circular",
                "Remove it from its members.",
            )
    for circle in find_circles(members):
        holder = context.holders[min(circle)]
        yield context.report(
            holder,
            "error",
            f"groups are members of each other: {', '.join(sorted(circle))}",
            "group-circular",
            "Break the circle: a group cannot contain itself.",
        )


def check_unused(context: Context) -> Iterator[Diagnostic]:
    """holder-unused, topic-unused: declared in review.yaml, and nowhere used."""
    literature = context.literature
    used = {position.holder for position in literature.positions}
    for relation in literature.relations:
        used.update(relation.drawn_by)
    for holder in literature.holders:
        used.update(holder.members)
    for school in literature.review.schools:
        used.update(school.members)
    for holder in literature.holders:
        if holder.kind != "work" and holder.id not in used:
            yield context.report(
                holder,
                "warning",
                f"{holder.id} holds nothing",
                "holder-unused",
                "Give it a position, or remove it from review.yaml.",
            )
    topics = Counter(claim.topic for claim in literature.claims)
    for topic in literature.review.topics:
        if not topics[topic.id]:
            yield context.report(
                topic,
                "warning",
                f"no claim has the topic {topic.id!r}",
                "topic-unused",
                "Use it, or remove it from review.yaml.",
            )


def find_circles(steps: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Return the strongly connected components of two members or more, each sorted (Tarjan 1972).

    Iterative, linear in nodes and steps.
    """
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    on_stack: set[str] = set()
    stack: list[str] = []
    circles = []
    for root in sorted(steps):
        if root in index:
            continue
        work = [(root, iter(steps.get(root, ())))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            node, ahead = work[-1]
            for target in ahead:
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    on_stack.add(target)
                    work.append((target, iter(steps.get(target, ()))))
                    break
                if target in on_stack:
                    low[node] = min(low[node], index[target])
            else:
                work.pop()
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[node])
                if low[node] == index[node]:
                    circle = []
                    while True:
                        member = stack.pop()
                        on_stack.discard(member)
                        circle.append(member)
                        if member == node:
                            break
                    if len(circle) > 1:
                        circles.append(sorted(circle))
    return sorted(circles)
