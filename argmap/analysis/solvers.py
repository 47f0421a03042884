"""Preferred sets through clingo, for frameworks that are too tangled for our own enumeration.

clingo (Gebser, Kaminski, Kaufmann and Schaub 2019) comes with the extra ``solvers``.  Maximal sets
are found by its domain heuristic, which makes as many arguments true as it can.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from argmap.extras import require

_ADMISSIBLE = """
#defined attack/2.
{ in(X) } :- argument(X).
struck(Y) :- in(X), attack(X, Y).
:- in(X), struck(X).
:- in(X), attack(Y, X), not struck(Y).
#heuristic in(X) : argument(X). [1, true]
#show in/1.
"""


def solve_preferred(
    component: Sequence[int], attacked: Sequence[Sequence[int]], cap: int
) -> tuple[list[tuple[int, ...]], bool]:
    """Return the preferred sets of one component, at most ``cap``, and whether these are all.

    ``attacked`` lists for each argument those that it attacks.  Exponential at worst, without a
    limit of time.  Raises :class:`~argmap.extras.MissingExtra` without the extra ``solvers``.
    """
    clingo = require("clingo", "solvers")
    # domRec rules out every set contained in one that was found: only maximal ones are listed.  One
    # more than wanted tells whether there are more.
    control = clingo.Control([str(cap + 1), "--enum-mode=domRec", "--heuristic=Domain"])
    facts = [f"argument({place})." for place in component]
    facts += [f"attack({place}, {each})." for place in component for each in attacked[place]]
    control.add("base", [], "\n".join(facts) + _ADMISSIBLE)
    control.ground([("base", [])])
    found: list[tuple[int, ...]] = []

    def keep(model: Any) -> None:
        found.append(tuple(sorted(atom.arguments[0].number for atom in model.symbols(shown=True))))

    control.solve(on_model=keep)
    return found[:cap], len(found) <= cap
