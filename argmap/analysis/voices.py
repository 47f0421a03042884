"""Independent voices: how many of a set of holders do not repeat one another.

Two holders share a voice when they share an author: family names equal after folding case and
diacritics, and given names compatible by initials, or both names in one alias of the review.  A
work without authors has its editors, else only itself; actors and groups have the authors of their
works and of their members, else only themselves.

Each holder becomes a set of *tokens* such that two holders share a voice if and only if their sets
meet; so the number of voices of a set S, the largest number of its members of which no two share a
voice, is a maximum set packing.  (Counting components of co-authors instead is not monotone: a new
work by two rivals would turn two voices into one.)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from argmap.analysis.index import describe_bare_holder
from argmap.analysis.tables import list_holders
from argmap.model import Holder, Literature, Person, Review, Work

Tokens = frozenset[int]

EXACT_UP_TO = 30
"""Components of holders that share voices are packed exactly up to this size."""

_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ħ": "h", "ı": "i", "œ": "oe", "æ": "ae", "þ": "th"}
)
_INITIALS = re.compile(r"[^\W\d_a-z]{2,3}")


class Bounds(NamedTuple):
    """A count known to lie between two numbers, which are equal where it is exact."""

    lower: int
    upper: int


class Signature(NamedTuple):
    """What of a personal name is compared: family (with prefix), given names, suffix, folded."""

    family: str
    given: tuple[str, ...]
    suffix: str


@lru_cache(maxsize=1 << 16)
def fold_name(text: str) -> str:
    """Return a name in lower case, letters and digits only, without accents (Mölling: molling)."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return "".join(letter for letter in decomposed if letter.isalnum())


@lru_cache(maxsize=1 << 16)
def sign_person(person: Person) -> Signature:
    """Return what of a name is compared; ``J.-P.``, ``J. P.`` and ``JP`` are two initials."""
    given: list[str] = []
    for word in re.split(r"[\s.\-‐‑–~]+", person.given):
        if _INITIALS.fullmatch(word) and word == word.upper():
            given.extend(fold_name(letter) for letter in word)
        else:
            given.append(fold_name(word))
    return Signature(
        family=fold_name(person.prefix + person.family),
        given=tuple(word for word in given if word),
        suffix=fold_name(person.suffix),
    )


def read_name(text: str) -> Person:
    """Return the person of an alias, ``Family, Given`` or ``Family, Suffix, Given``."""
    parts = [part.strip() for part in text.split(",")]
    if len(parts) > 2:
        return Person(family=parts[0], suffix=parts[1], given=" ".join(parts[2:]))
    return Person(family=parts[0], given=parts[1] if len(parts) == 2 else "")


def is_compatible(first: Signature, second: Signature) -> bool:
    """Say whether two names can be one person's.

    Given names are compared one by one as far as both go, an initial with what it abbreviates;
    none at all is compatible with any.  ``Stephen M.`` agrees with ``S.``, not with ``Steve``.
    """
    if first.family != second.family or not first.family:
        return False
    if first.suffix and second.suffix and first.suffix != second.suffix:
        return False
    for one, other in zip(first.given, second.given, strict=False):
        if one != other and (min(len(one), len(other)) > 1 or one[0] != other[0]):
            return False
    return True


def find_voices(literature: Literature) -> dict[str, Tokens]:
    """Return the tokens of every holder: two holders share a voice where their tokens meet.

    Coded texts have tokens too, under ``@key``, whether or not they hold anything.  Near linear;
    quadratic only in the number of different given names of one family name with one initial.
    """
    works = {work.key: work for work in literature.works}
    listed = {holder.id: holder for holder in literature.holders}
    holders = {
        name: listed[name] if name in listed else describe_bare_holder(name)
        for name in {*list_holders(literature), *(f"@{text.key}" for text in literature.texts)}
    }
    names: dict[str, frozenset[Signature | str]] = {}
    for name in holders:
        names[name] = _name_authors(name, holders, works)
    signatures = {part for parts in names.values() for part in parts if not isinstance(part, str)}
    of_signature = _share_tokens(signatures, literature.review)
    numbers: dict[str | tuple[Signature, ...] | int, int] = {}

    def number(key: str | tuple[Signature, ...] | int) -> int:
        return numbers.setdefault(key, len(numbers))

    tokens: dict[str, Tokens] = {}
    for name in sorted(names):
        keys: list[str | tuple[Signature, ...] | int] = []
        for part in sorted(names[name], key=str):
            keys.extend([part] if isinstance(part, str) else of_signature[part])
        tokens[name] = frozenset(number(key) for key in keys)
    return tokens


def _name_authors(
    name: str, holders: Mapping[str, Holder], works: Mapping[str, Work]
) -> frozenset[Signature | str]:
    """Return the authors of a holder, its works and its members; itself where there are none."""
    parts: set[Signature | str] = set()
    seen: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        holder = holders[current]
        keys = [current.removeprefix("@")] if holder.kind == "work" else list(holder.works)
        for key in keys:
            work = works.get(key)
            persons = (work.authors or work.editors) if work is not None else ()
            parts.update(sign_person(person) for person in persons)
            if not persons:
                parts.add(f"@{key}")
        if not keys and not holder.members:
            parts.add(current)
        waiting.extend(holder.members)
    return frozenset(parts)


def _share_tokens(
    signatures: Iterable[Signature], review: Review
) -> dict[Signature, list[tuple[Signature, ...] | int]]:
    """Return for each name its token keys; two names that can be one person's have one in common.

    Names that are all compatible with each other need one token between them; where *J.* agrees
    with *John* and with *James*, who differ, each pair has its own.
    """
    tokens: dict[Signature, list[tuple[Signature, ...] | int]] = {}
    by_letter: dict[str, dict[str, list[Signature]]] = {}
    for signature in sorted(signatures):
        letter = signature.given[0][0] if signature.given else ""
        by_letter.setdefault(signature.family, {}).setdefault(letter, []).append(signature)
    for letters in by_letter.values():
        bare = letters.get("", [])
        for letter, alike in letters.items():
            group = alike if letter == "" else bare + alike
            pairs = [
                (one, other)
                for place, one in enumerate(group)
                for other in group[place + 1 :]
                if is_compatible(one, other)
            ]
            if len(pairs) == len(group) * (len(group) - 1) // 2:
                for signature in group:
                    tokens.setdefault(signature, []).append(tuple(group))
                continue
            for signature in group:
                tokens.setdefault(signature, []).append((signature,))
            for one, other in pairs:
                tokens[one].append((one, other))
                tokens[other].append((one, other))
    for position, alias in enumerate(review.aliases):
        for name in alias:
            wanted = sign_person(read_name(name))
            for alike in by_letter.get(wanted.family, {}).values():
                for signature in alike:
                    if is_compatible(wanted, signature):
                        tokens[signature].append(position)
    return tokens


def count_voices(members: Iterable[Tokens]) -> Bounds:
    """Return the largest number of the given holders, by their tokens, no two sharing a voice.

    Exact per connected component up to 30 holders (exponential there in the worst case, though
    fast in practice), beyond that a greedy packing below and a cover by shared tokens above.
    """
    tokens = list(members)
    if sum(map(len, tokens)) == len(frozenset().union(*tokens)):
        return Bounds(len(tokens), len(tokens))
    neighbours, one_side = _link(tokens), [0] * len(tokens)
    lower = upper = 0
    for component in _split(neighbours, (1 << len(tokens)) - 1):
        size = component.bit_count()
        if size <= EXACT_UP_TO:
            # Of one or two who share a voice, one; else as many as a packing takes.
            most = 1 if size < 3 else len(_pack(component, neighbours, one_side, {})) - 1
            lower, upper = lower + most, upper + most
        else:
            lower += len(_pack_greedily(component, neighbours, one_side)) - 1
            upper += len(_cover(component, tokens, one_side)) - 1
    return Bounds(lower, upper)


def count_depth(pro: Iterable[Tokens], con: Iterable[Tokens]) -> Bounds:
    """Return the largest k such that k holders of each side can be chosen, no voice shared.

    No voice may be shared among all 2k of them.  Exact and bounded as :func:`count_voices`.
    """
    one, other = list(pro), list(con)
    tokens, side = one + other, [0] * len(one) + [1] * len(other)
    neighbours = _link(tokens)
    # Pareto frontiers: for every number of pro members in a packing, the most con members beside.
    lower: list[int] = [0]
    upper: list[int] = [0]
    for component in _split(neighbours, (1 << len(tokens)) - 1):
        if component.bit_count() <= EXACT_UP_TO:
            frontier = _pack(component, neighbours, side, {})
            lower, upper = _add(lower, frontier), _add(upper, frontier)
        else:
            lower = _add(lower, _pack_greedily(component, neighbours, side))
            upper = _add(upper, _cover(component, tokens, side))
    return Bounds(*(max(min(p, c) for p, c in enumerate(each)) for each in (lower, upper)))


def _link(tokens: Sequence[Tokens]) -> list[int]:
    """Return for each holder the bit set of those with whom it shares a voice."""
    having: dict[int, int] = {}
    for position, own in enumerate(tokens):
        for token in own:
            having[token] = having.get(token, 0) | 1 << position
    neighbours = []
    for position, own in enumerate(tokens):
        around = 0
        for token in own:
            around |= having[token]
        neighbours.append(around & ~(1 << position))
    return neighbours


def _bits(mask: int) -> list[int]:
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found


def _split(neighbours: Sequence[int], mask: int) -> list[int]:
    """Return the connected components of the members of a bit set."""
    components = []
    while mask:
        component = fresh = mask & -mask
        while fresh:
            around = 0
            for position in _bits(fresh):
                around |= neighbours[position]
            fresh = around & mask & ~component
            component |= fresh
        components.append(component)
        mask &= ~component
    return components


def _add(first: Sequence[int], second: Sequence[int]) -> list[int]:
    """Return the frontier of two parts that do not touch: best con for every number of pro."""
    best = [-1] * (len(first) + len(second) - 1)
    for one, con in enumerate(first):
        for other, more in enumerate(second):
            if con >= 0 and more >= 0:
                best[one + other] = max(best[one + other], con + more)
    return best


def _pack(
    mask: int, neighbours: Sequence[int], side: Sequence[int], done: dict[int, list[int]]
) -> list[int]:
    """Return the exact frontier of a bit set: branch on its best connected member."""
    if not mask:
        return [0]
    if mask in done:
        return done[mask]
    parts = _split(neighbours, mask)
    if len(parts) > 1:
        frontier = [0]
        for part in parts:
            frontier = _add(frontier, _pack(part, neighbours, side, done))
    else:
        chosen = max(_bits(mask), key=lambda position: (neighbours[position] & mask).bit_count())
        rest = mask & ~(1 << chosen)
        without = _pack(rest, neighbours, side, done)
        alone = [1] if side[chosen] else [-1, 0]
        taken = _add(alone, _pack(rest & ~neighbours[chosen], neighbours, side, done))
        length = max(len(without), len(taken))
        frontier = [
            max(
                without[p] if p < len(without) else -1,
                taken[p] if p < len(taken) else -1,
            )
            for p in range(length)
        ]
    done[mask] = frontier
    return frontier


def _pack_greedily(mask: int, neighbours: Sequence[int], side: Sequence[int]) -> list[int]:
    """Return frontier points that can be reached, least connected members first.

    Three packings, favouring either side or neither; choosing fewer of a packing is a packing too.
    """
    frontier: list[int] = [0]
    for favoured in (0, 1, 2):
        left, counts = mask, [0, 0]
        while left:
            chosen = min(
                _bits(left),
                key=lambda position: (
                    side[position] != favoured and favoured < 2,
                    (neighbours[position] & left).bit_count(),
                    position,
                ),
            )
            counts[side[chosen]] += 1
            left &= ~(neighbours[chosen] | 1 << chosen)
        frontier += [-1] * (counts[0] + 1 - len(frontier))
        for pro in range(counts[0] + 1):
            frontier[pro] = max(frontier[pro], counts[1])
    return frontier


def _cover(mask: int, tokens: Sequence[Tokens], side: Sequence[int]) -> list[int]:
    """Return a frontier that no packing exceeds: members covered by shared tokens, greedily.

    Members with one token in common are a clique, from which a packing takes one at most.
    """

    def count(members: list[int]) -> int:
        left, cliques = set(members), 0
        while left:
            having: dict[int, int] = {}
            for position in left:
                for token in tokens[position]:
                    having[token] = having.get(token, 0) + 1
            best = min(having, key=lambda token: (-having[token], token))
            left = {position for position in left if best not in tokens[position]}
            cliques += 1
        return cliques

    members = _bits(mask)
    pro = count([position for position in members if side[position] == 0])
    con = count([position for position in members if side[position] == 1])
    both = count(members)
    return [min(con, both - p) for p in range(min(pro, both) + 1)]
