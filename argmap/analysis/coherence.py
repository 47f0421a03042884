"""Coherent positions: which claims can be held together, and which win where attacks are all.

An abstract argumentation framework in Dung's sense (1995).  Claims are arguments; contests are
symmetric attacks; what is undercut is an argument too, so that an undercut can defeat it.  This is
a query beside the analysis, never its result: counting attacks only, the last critic wins.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from argmap.analysis.index import Index
from argmap.analysis.solvers import solve_preferred
from argmap.extras import require
from argmap.model import Record, Relation

Label = Literal["in", "out", "undecided"]
Solver = Literal["own", "clingo"]


@dataclass(frozen=True, slots=True, eq=False)
class Framework:
    """Arguments and attacks.

    ``arguments`` are names, sorted; ``attacks`` are pairs of places in them, sorted.  Names are ids
    of claims and of undercut steps; ``id: a > b`` is the attack of a on b by an undercut contest or
    undercut, and ``id: not a`` stands for a not being accepted, on which that attack hangs.
    """

    arguments: tuple[str, ...]
    attacks: tuple[tuple[int, int], ...]


class Positions(Record, frozen=True, kw_only=True):
    """Preferred sets of one component; not all of them where ``complete`` is false."""

    sets: tuple[tuple[str, ...], ...]
    complete: bool


def build_framework(index: Index) -> Framework:
    """Return the framework of a literature; linear in claims and relations.

    An attack that is itself undercut becomes a pair of arguments (Boella, Gabbay, van der Torre and
    Villata 2010): a attacks *not a*, which attacks *a > b*, which attacks b; undercuts attack
    *a > b*.  Steps of other types that are undercut stand for themselves, and the framework says
    only whether they hold.
    """
    usable = sorted(
        {relation.id: relation for each in index.outgoing.values() for relation in each}.items()
    )
    relations = dict(usable)
    undercut = {each.target for each in relations.values() if each.type == "undercuts"}
    edges: set[tuple[str, str]] = set()
    names: set[str] = set(index.claims)
    goals: dict[str, tuple[str, ...]] = {}

    def list_goals(relation: Relation, seen: frozenset[str]) -> tuple[str, ...]:
        """Return the arguments that an undercut of this relation attacks."""
        if relation.id in goals or relation.id in seen:
            return goals.get(relation.id, ())
        found: tuple[str, ...]
        if relation.type in ("contests", "undercuts"):
            directed = list_attacks(relation, seen | {relation.id})
            found = tuple(f"{relation.id}: {source} > {target}" for source, target in directed)
        else:
            found = (relation.id,)
        goals[relation.id] = found
        return found

    def list_attacks(relation: Relation, seen: frozenset[str]) -> list[tuple[str, str]]:
        if relation.type == "contests":
            both = {(relation.source, relation.target), (relation.target, relation.source)}
            return sorted(both)
        if relation.target not in relations:
            return []
        targets = list_goals(relations[relation.target], seen)
        return [(relation.source, target) for target in targets]

    for identifier, relation in relations.items():
        if relation.type not in ("contests", "undercuts"):
            if identifier in undercut:
                names.update(list_goals(relation, frozenset()))
            continue
        for source, target in list_attacks(relation, frozenset({identifier})):
            if identifier in undercut:
                active, absent = f"{identifier}: {source} > {target}", f"{identifier}: not {source}"
                edges |= {(source, absent), (absent, active), (active, target)}
            else:
                edges.add((source, target))
    for one, other in edges:
        names |= {one, other}
    arguments = tuple(sorted(names))
    place = {name: number for number, name in enumerate(arguments)}
    attacks = tuple(sorted((place[one], place[other]) for one, other in edges))
    return Framework(arguments, attacks)


def label_grounded(framework: Framework) -> tuple[Label, ...]:
    """Return the grounded label of each argument, by a worklist linear in arguments and attacks.

    *in*: every attacker is out; *out*: some attacker is in; *undecided* otherwise.
    """
    attacked, attackers = _list_neighbours(framework)
    open_attackers = [len(each) for each in attackers]
    labels: list[Label] = ["undecided"] * len(framework.arguments)
    waiting = deque(place for place, count in enumerate(open_attackers) if count == 0)
    while waiting:
        winner = waiting.popleft()
        labels[winner] = "in"
        for loser in attacked[winner]:
            if labels[loser] == "out":
                continue
            labels[loser] = "out"
            for freed in attacked[loser]:
                open_attackers[freed] -= 1
                if open_attackers[freed] == 0 and labels[freed] == "undecided":
                    waiting.append(freed)
    return tuple(labels)


def enumerate_preferred(
    framework: Framework, *, cap: int = 1000, solver: Solver = "own"
) -> tuple[Positions, ...]:
    """Return the preferred sets (maximal sets that defend themselves) component by component.

    Components are what weak connection leaves of the framework; a preferred set of the whole takes
    one from each.  Enumeration is exponential at worst: ours stops after ``cap`` sets and a
    thousand times as many steps per component, clingo, which copes with far larger ones, after
    ``cap`` sets; both then say that it is not complete, and need not have found the same ones.

    Raises
    ------
    argmap.extras.MissingExtra
        If clingo is asked for and not installed.
    """
    attacked, attackers = _list_neighbours(framework)
    if solver == "clingo":
        # Asked for in vain even where there is nothing to solve, not only where there is.
        require("clingo", "solvers")
    found = []
    for component in _list_components(attacked, attackers):
        if solver == "clingo":
            sets, complete = solve_preferred(component, attacked, cap)
        else:
            sets, complete = _search_preferred(component, attacked, attackers, cap)
        named = sorted(tuple(framework.arguments[place] for place in each) for each in sets)
        found.append(Positions(sets=tuple(named), complete=complete))
    return tuple(found)


def _list_components(
    attacked: Sequence[Sequence[int]], attackers: Sequence[Sequence[int]]
) -> list[list[int]]:
    """Return the weakly connected components, in the order of their first arguments."""
    seen = [False] * len(attacked)
    components = []
    for start in range(len(attacked)):
        if seen[start]:
            continue
        seen[start] = True
        component, waiting = [], [start]
        while waiting:
            place = waiting.pop()
            component.append(place)
            for near in (*attacked[place], *attackers[place]):
                if not seen[near]:
                    seen[near] = True
                    waiting.append(near)
        components.append(sorted(component))
    return components


def _search_preferred(
    component: Sequence[int],
    attacked: Sequence[Sequence[int]],
    attackers: Sequence[Sequence[int]],
    cap: int,
) -> tuple[list[tuple[int, ...]], bool]:
    """Return the preferred sets of one component, and whether these are all."""
    bit = {place: 1 << number for number, place in enumerate(component)}
    out_of = [sum(bit[each] for each in attacked[place]) for place in component]
    into = [sum(bit[each] for each in attackers[place]) for place in component]
    size = len(component)
    maximal: list[int] = []
    steps = 0

    # Depth first, each argument first in, then left out: sets found earlier are never contained
    # in later ones of the same choices, so that only supersets need be looked for.
    stack: list[tuple[int, int, int, int]] = [(0, 0, 0, 0)]
    while stack:
        steps += 1
        if steps > 1000 * cap or len(maximal) > cap:
            return [_unpack(each, component) for each in maximal[:cap]], False
        number, chosen, struck, against = stack.pop()
        while number < size and ((struck | against) >> number & 1 or out_of[number] >> number & 1):
            number += 1
        rest = ((1 << size) - 1) & ~((1 << number) - 1) & ~struck & ~against
        if any(chosen | rest | each == each for each in maximal):
            continue
        # Every attacker must be struck by what is chosen or may still be.
        hope = struck
        remaining = rest
        while remaining:
            low = remaining & -remaining
            hope |= out_of[low.bit_length() - 1]
            remaining ^= low
        if against & ~hope:
            continue
        if number == size:
            if not against & ~struck:
                maximal = [each for each in maximal if each | chosen != chosen] + [chosen]
            continue
        stack.append((number + 1, chosen, struck, against))
        stack.append(
            (number + 1, chosen | 1 << number, struck | out_of[number], against | into[number])
        )
    return [_unpack(each, component) for each in maximal], True


def _unpack(mask: int, component: Sequence[int]) -> tuple[int, ...]:
    return tuple(place for number, place in enumerate(component) if mask >> number & 1)


def find_conflicts(index: Index, claims: Iterable[str]) -> tuple[Relation, ...]:
    """Return the contests among some claims: none where they can be held together."""
    together = set(claims)
    return tuple(
        relation
        for claim in sorted(together)
        for relation in index.outgoing.get(claim, ())
        if relation.type == "contests" and relation.target in together
    )


def write_apx(framework: Framework) -> str:
    """Return the framework in ASPARTIX's format, arguments as a1, a2, … explained in comments."""
    lines = [f"% a{number} = {name}" for number, name in enumerate(framework.arguments, 1)]
    lines += [f"arg(a{number})." for number in range(1, len(framework.arguments) + 1)]
    lines += [f"att(a{one + 1},a{other + 1})." for one, other in framework.attacks]
    return "\n".join(lines) + "\n"


def write_i23(framework: Framework) -> str:
    """Return the framework in the format of ICCMA 2023: ``p af N``, then one attack a line."""
    lines = [f"p af {len(framework.arguments)}"]
    lines += [f"# {number} = {name}" for number, name in enumerate(framework.arguments, 1)]
    lines += [f"{one + 1} {other + 1}" for one, other in framework.attacks]
    return "\n".join(lines) + "\n"


def _list_neighbours(framework: Framework) -> tuple[list[list[int]], list[list[int]]]:
    attacked: list[list[int]] = [[] for _ in framework.arguments]
    attackers: list[list[int]] = [[] for _ in framework.arguments]
    for one, other in framework.attacks:
        attacked[one].append(other)
        attackers[other].append(one)
    return attacked, attackers
