"""How a holder comes to stand where they stand: sides explained, one holder at a time.

The definitions, for a holder h:

- ``Pos(h)`` holds the claims that h asserts or endorses, and the targets of one ``supports`` or
  ``explains`` step that starts from such a claim and is drawn by h, unless h explicitly disputes or
  only reports the target;
- ``Neg(h)`` holds the claims that h disputes, and those that a member of Pos(h) contests or is
  contested by, unless h also holds a claim that undercuts that very contest;
- members of a group inherit, transitively, its positions and the steps it draws, except on claims
  where they take a side themselves;
- h is *pro* on Pos∖Neg, *con* on Neg∖Pos, *mixed* on both.

Denial goes no further: who denies a reason does not thereby deny the conclusion.
:mod:`argmap.analysis.sides` computes the same for everybody at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from argmap.analysis.index import Index
from argmap.model import Position, Record, Relation

Side = Literal["pro", "con", "mixed"]


class Membership(Record, frozen=True, kw_only=True):
    """One step of a path: ``holder`` is named as a member of ``group``."""

    holder: str
    group: str


Step = Position | Relation | Membership
Path = tuple[Step, ...]


class Stance(Record, frozen=True, kw_only=True):
    """The side of a holder on a claim, with the shortest path that explains it.

    ``path`` lists, in the order in which one would tell it, the memberships, the position and the
    relations that lead the holder to the claim, each a record with its own page.  Where the side is
    mixed, ``path`` explains the pro half and ``contrary`` the con half; else ``contrary`` is empty.
    """

    holder: str
    claim: str
    side: Side
    path: Path
    contrary: Path = ()


class Witness(Record, frozen=True, kw_only=True):
    """A holder whose claim somebody else uses on one side of another claim.

    ``path`` has the holder's stance on their own claim, the step by which others use it, and for a
    witness against the claim the contest.
    """

    holder: str
    claim: str
    side: Literal["pro", "con"]
    path: Path


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """Everything that follows from what one holder says: paths by claim.

    ``held``, ``disputed`` and ``reported`` are positions, own and inherited; ``steps`` are the
    relations drawn, by id, with the memberships through which they are; ``pro`` and ``con`` are
    Pos and Neg.
    """

    held: dict[str, Path]
    disputed: dict[str, Path]
    reported: dict[str, Path]
    steps: dict[str, Path]
    pro: dict[str, Path]
    con: dict[str, Path]


def view_holder(index: Index, holder: str, known: dict[str, View] | None = None) -> View:
    """Return all that follows from what a holder, and the groups that name them, say.

    ``known`` keeps the views of groups between calls.  Linear in the positions and steps of the
    holder and its groups, and in the relations that touch the claims they hold.
    """
    known = {} if known is None else known
    if holder in known:
        return known[holder]
    held: dict[str, Path] = {}
    disputed: dict[str, Path] = {}
    reported: dict[str, Path] = {}
    shelf = {"asserts": held, "endorses": held, "disputes": disputed, "reports": reported}
    for position in index.positions_of.get(holder, ()):
        _keep(shelf[position.stance], position.claim, (position,))
    steps: dict[str, Path] = {
        relation.id: (relation,)
        for relation in index.drawn_by.get(holder, ())
        if relation.target_kind == "claim" and relation.type in ("supports", "explains")
    }
    view = _conclude(index, View(held, disputed, reported, steps, {}, {}))
    if holder in index.groups:
        view = _inherit(index, holder, view, known)
    known[holder] = view
    return view


def explain_stance(
    index: Index, holder: str, claim: str, known: dict[str, View] | None = None
) -> Stance | None:
    """Return the side of a holder on a claim and why, or None where they take none."""
    view = view_holder(index, holder, known)
    pro, con = view.pro.get(claim), view.con.get(claim)
    if pro is not None and con is not None:
        return Stance(holder=holder, claim=claim, side="mixed", path=pro, contrary=con)
    if pro is not None:
        return Stance(holder=holder, claim=claim, side="pro", path=pro)
    if con is not None:
        return Stance(holder=holder, claim=claim, side="con", path=con)
    return None


def list_stances(
    index: Index, holder: str, known: dict[str, View] | None = None
) -> tuple[Stance, ...]:
    """Return every stance of one holder, sorted by claim."""
    view = view_holder(index, holder, known)
    found = (
        explain_stance(index, holder, claim, known) for claim in sorted({**view.pro, **view.con})
    )
    return tuple(stance for stance in found if stance is not None)


def weigh_path(path: Path) -> tuple[int, int, tuple[tuple[str, ...], ...]]:
    """Return the key by which paths are compared: length, relations in it, then ids and pages."""
    relations = sum(isinstance(step, Relation) for step in path)
    return len(path), relations, tuple(_name_step(step) for step in path)


def _name_step(step: Step) -> tuple[str, ...]:
    if isinstance(step, Relation):
        return ("relation", step.id)
    if isinstance(step, Membership):
        return ("membership", step.group)
    # Asserting comes before endorsing by the alphabet; then the first text and page.
    return ("position", step.claim, step.stance, step.reported_by, step.page.zfill(12))


def _keep(paths: dict[str, Path], claim: str, path: Path) -> None:
    """Note a path to a claim unless a shorter one is known."""
    if claim not in paths or weigh_path(path) < weigh_path(paths[claim]):
        paths[claim] = path


def _join(first: Path, second: Path) -> Path:
    """Return one path after another, memberships told once."""
    return first + tuple(step for step in second if step not in first)


def _conclude(index: Index, given: View, closed: frozenset[str] = frozenset()) -> View:
    """Return the view with Pos and Neg drawn from its positions and steps, none into ``closed``.

    What the given view has in ``pro`` already stays there and is built upon.
    """
    pro = given.held | given.pro
    for identifier in sorted(given.steps):
        relation = index.relations[identifier]
        target = relation.target
        if relation.source not in given.held or target in closed:
            continue
        if target in given.held or (target not in given.disputed and target not in given.reported):
            _keep(pro, target, _join(given.held[relation.source], given.steps[identifier]))
    con = dict(given.disputed)
    for claim, path in pro.items():
        for contest, other in list_contests(index, claim):
            cuts = index.incoming.get(contest.id, ())
            if any(cut.type == "undercuts" and cut.source in pro for cut in cuts):
                continue
            _keep(con, other, _join(path, (contest,)))
    return View(given.held, given.disputed, given.reported, given.steps, pro, con)


def list_contests(index: Index, claim: str) -> list[tuple[Relation, str]]:
    """Return the contests that touch a claim, in either direction, each with the claim opposite."""
    outgoing = index.outgoing.get(claim, ())
    incoming = index.incoming.get(claim, ())
    return [(relation, relation.target) for relation in outgoing if relation.type == "contests"] + [
        (relation, relation.source) for relation in incoming if relation.type == "contests"
    ]


def _inherit(index: Index, holder: str, own: View, known: dict[str, View]) -> View:
    """Return the view of a member: its own, and what its groups hold where it takes no side."""
    sided = frozenset(own.pro.keys() | own.con.keys())
    held, disputed, reported = dict(own.held), dict(own.disputed), dict(own.reported)
    steps = dict(own.steps)
    for group in index.groups[holder]:
        passed = view_holder(index, group, known)
        link: Path = (Membership(holder=holder, group=group),)
        for mine, theirs in (
            (held, passed.held),
            (disputed, passed.disputed),
            (reported, passed.reported),
        ):
            for claim, path in theirs.items():
                if claim not in sided:
                    _keep(mine, claim, link + path)
        for identifier, path in passed.steps.items():
            _keep(steps, identifier, link + path)
    full = _conclude(index, View(held, disputed, reported, steps, own.pro, {}), sided)
    # Where the member takes a side of its own, no group adds another.
    con = {claim: path for claim, path in full.con.items() if claim not in sided} | own.con
    return View(held, disputed, reported, steps, full.pro, con)


def find_witnesses(
    index: Index, claim: str, pro_holders: dict[str, tuple[str, ...]], known: dict[str, View]
) -> tuple[Witness, ...]:
    """Return the pro and con witnesses of a claim, sorted by side, holder and length of path.

    A pro witness holds (is pro on) a claim that somebody else uses in a ``supports`` step to this
    claim; a con witness is a pro witness of a claim that stands in a contest with this one.  Who
    takes a side on the claim anyway is named among the sides, not here, unless used against it.
    ``pro_holders`` maps claims to the holders who are pro.
    """
    best: dict[tuple[str, str], Path] = {}
    for holder, path in _list_users(index, claim, pro_holders, known):
        stance = explain_stance(index, holder, claim, known)
        if stance is None or stance.side == "con":
            _keep_witness(best, ("pro", holder), path)
    for contest, other in list_contests(index, claim):
        for holder, path in _list_users(index, other, pro_holders, known):
            stance = explain_stance(index, holder, claim, known)
            if stance is None or stance.side == "pro":
                _keep_witness(best, ("con", holder), (*path, contest))
    return tuple(
        Witness(holder=holder, claim=claim, side="pro" if side == "pro" else "con", path=path)
        for (side, holder), path in sorted(best.items(), key=lambda item: item[0])
    )


def _keep_witness(best: dict[tuple[str, str], Path], key: tuple[str, str], path: Path) -> None:
    if key not in best or weigh_path(path) < weigh_path(best[key]):
        best[key] = path


def _list_users(
    index: Index, claim: str, pro_holders: dict[str, tuple[str, ...]], known: dict[str, View]
) -> list[tuple[str, Path]]:
    """Return holders whose claim somebody else uses in favour of this one, with the path there."""
    found: list[tuple[str, Path]] = []
    for relation in index.incoming.get(claim, ()):
        if relation.type != "supports":
            continue
        for holder in pro_holders.get(relation.source, ()):
            if relation.drawn_by and set(relation.drawn_by) == {holder}:
                continue
            path = view_holder(index, holder, known).pro[relation.source]
            found.append((holder, (*path, relation)))
    return found
