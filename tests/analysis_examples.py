"""Small literatures written down in a line or two, for tests of analysis.

``literature("a: @x +, @y -", "a supports b by @x")`` has the claims ``t/a`` and ``t/b``; x asserts
a and y disputes it; x draws the step.  Signs: ``+`` asserts, ``*`` endorses, ``-`` disputes, ``.``
reports.  Claim names are short for ``t/name``.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

from argmap.model import (
    Basis,
    Claim,
    Holder,
    HolderKind,
    Literature,
    Person,
    Position,
    Relation,
    RelationType,
    Review,
    Stance,
    Text,
    Work,
)

SIGNS: dict[str, Stance] = {"+": "asserts", "*": "endorses", "-": "disputes", ".": "reports"}


def claim_id(name: str) -> str:
    return name if "/" in name else f"t/{name}"


def literature(
    *lines: str,
    authors: Mapping[str, Sequence[str]] | None = None,
    members: Mapping[str, Sequence[str]] | None = None,
    works: Mapping[str, Sequence[str]] | None = None,
    aliases: Sequence[Sequence[str]] = (),
    topics: Mapping[str, str] | None = None,
    surveys: Sequence[str] = (),
    texts: Sequence[str] = ("t",),
    reported_by: str = "t",
    **review: Any,
) -> Literature:
    """Return the literature of some lines.

    A line is ``claim: holder sign, holder sign`` or ``source type target [by holder ...]
    [basis word] [evidential] [id name]``, in which a target in brackets is a relation's id.  Works
    named without ``authors`` have one author each, named like the work.
    """
    positions: list[Position] = []
    relations: list[Relation] = []
    claims: dict[str, None] = {}
    named: set[str] = set()
    for line in lines:
        head, colon, rest = line.partition(":")
        if colon and " " not in head:
            claims[claim_id(head)] = None
            for part in filter(None, (piece.strip() for piece in rest.split(","))):
                holder, sign, *more = part.split()
                named.add(holder)
                own = next((word[4:] for word in more if word.startswith("own=")), "")
                by = next((word[3:] for word in more if word.startswith("by=")), reported_by)
                positions.append(
                    Position(
                        claim=claim_id(head),
                        holder=holder,
                        stance=SIGNS[sign],
                        reported_by=by,
                        page="1",
                        own_locator=own,
                    )
                )
            continue
        words = line.split()
        source, kind, target = words[:3]
        options = words[3:]
        on_relation = target.startswith("[")
        drawn: list[str] = []
        basis: Basis = "explicit"
        identifier = ""
        while options:
            word = options.pop(0)
            if word == "by":
                while (
                    options and options[0][0] in "@ag" and (":" in options[0] or "@" in options[0])
                ):
                    drawn.append(options.pop(0))
            elif word == "basis":
                basis = options.pop(0)  # type: ignore[assignment]
            elif word == "id":
                identifier = options.pop(0)
        named.update(drawn)
        claims[claim_id(source)] = None
        goal = target.strip("[]") if on_relation else claim_id(target)
        if not on_relation:
            claims[goal] = None
        relations.append(
            Relation(
                id=identifier or f"{claim_id(source)}.{kind}.{goal}",
                type=kind,  # type: ignore[arg-type]
                source=claim_id(source),
                target=goal,
                target_kind="relation" if on_relation else "claim",
                drawn_by=tuple(drawn) or (() if basis == "analyst" else (f"@{reported_by}",)),
                basis=basis,
                evidential="evidential" in line.split(),
                page="1",
                because="Both cannot be true.",
            )
        )
    members = members or {}
    named.update(members)
    for group in members.values():
        named.update(group)
    keys = {name[1:] for name in named if name.startswith("@")} | set(texts)
    for keyed in (works or {}).values():
        keys.update(keyed)
    authors = authors or {}
    return Literature(
        review=Review(aliases=tuple(tuple(alias) for alias in aliases), **review),
        works=tuple(
            Work(
                key=key,
                type="book",
                authors=tuple(person(name) for name in authors.get(key, [f"{key}son, A."])),
            )
            for key in sorted(keys)
        ),
        texts=tuple(Text(key=key, survey=key in surveys) for key in sorted(texts)),
        holders=tuple(
            Holder(
                id=name,
                kind=holder_kind(name),
                name=name,
                works=tuple((works or {}).get(name, ())),
                members=tuple(members.get(name, ())),
            )
            for name in sorted(named)
        ),
        claims=tuple(
            Claim(
                id=name,
                text=name.partition("/")[0],
                statement=f"{name} is so.",
                topic=(topics or {}).get(name.partition("/")[2]),
            )
            for name in sorted(claims)
        ),
        positions=tuple(positions),
        relations=tuple(sorted(relations, key=lambda relation: relation.id)),
    )


def holder_kind(name: str) -> HolderKind:
    if name.startswith("group:"):
        return "group"
    return "actor" if name.startswith("actor:") else "work"


def person(name: str) -> Person:
    family, _, given = name.partition(", ")
    return Person(family=family, given=given)


def draw_literature(
    seed: int, *, claims: int = 8, holders: int = 6, dense: bool = True
) -> Literature:
    """Return a random literature with groups, shared authors, undercuts and every basis."""
    source = random.Random(seed)
    names = [f"c{number}" for number in range(claims)]
    works = [f"@w{number}" for number in range(holders)]
    groups = ["group:g", "group:h", "group:k"]
    everyone = [*works, "actor:a", *groups]
    kinds: list[RelationType] = ["supports", "explains", "contests", "qualifies"]
    lines = [f"{name}:" for name in names]
    lines += [
        f"{source.choice(names)}: {source.choice(everyone)} {source.choice('+++*--..')}"
        for _ in range(source.randrange(claims, claims * (4 if dense else 2)))
    ]
    contests = []
    for number in range(source.randrange(claims, claims * 3)):
        one, other = source.sample(names, 2)
        kind = source.choice(kinds)
        line = f"{one} {kind} {other} id r{number}"
        line += " by " + " ".join(source.sample(everyone, source.choice([1, 1, 2])))
        if source.random() < 0.15:
            line = f"{one} {kind} {other} id r{number} basis analyst"
        if source.random() < 0.1:
            line += " evidential"
        if kind == "contests":
            contests.append(number)
        lines.append(line)
    lines += [
        f"{source.choice(names)} undercuts [r{number}] id u{number}"
        for number in contests
        if source.random() < 0.5
    ]
    members = {
        "group:g": source.sample(works, 2),
        "group:h": [*source.sample(works, 1), "group:g"],
        "group:k": source.sample([*works, "actor:a", "group:h"], 2),
    }
    people = [f"Person{letter}, {letter}." for letter in "ABCDEFG"]
    authors = {name[1:]: source.sample(people, source.choice([1, 2, 3])) for name in works}
    return literature(*lines, members=members, authors=authors)
