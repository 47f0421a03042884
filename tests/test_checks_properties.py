"""Rules on records of any origin: nothing is raised, and no order changes what is found."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import msgspec
import networkx
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_examples import write_all

from argmap.checks import check_literature
from argmap.checks.structure import find_circles
from argmap.diagnostics import Diagnostic
from argmap.model import (
    BASES,
    RELATION_TYPES,
    ROLES,
    STANCES,
    Anchor,
    Citation,
    Claim,
    DeclaredSchool,
    Holder,
    Literature,
    Person,
    Place,
    Position,
    Relation,
    Review,
    Text,
    Topic,
    Uncoded,
    Work,
)

keys = st.sampled_from(["a1990", "b2000", "a1991", "", "ä"])
slugs = st.sampled_from(["x", "y", "z"])
claim_ids = st.one_of(st.builds("{}/{}".format, keys, slugs), st.sampled_from(["x", "", "/"]))
holder_ids = st.one_of(
    st.builds("@{}".format, keys), st.sampled_from(["actor:x", "group:y", "group:z", "", "x", ":"])
)
pages = st.sampled_from(["", "1", "12-14", "xii", "e3", "9" * 5000, "p"])
relation_ids = st.one_of(
    st.builds("{}.supports.{}".format, claim_ids, claim_ids), st.sampled_from(["r", ""])
)
places = st.one_of(
    st.none(), st.builds(Place, path=st.sampled_from(["a.yaml", ""]), line=st.integers(0, 3))
)
anchors = st.one_of(st.none(), st.builds(Anchor, text=keys, page=pages, head=slugs))


def few(strategy: st.SearchStrategy[Any], most: int = 5) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


people = st.builds(Person, family=st.sampled_from(["A", "B", ""]), given=st.sampled_from(["", "C"]))
works = st.builds(
    Work,
    key=keys,
    type=st.just("book"),
    authors=few(people, 2),
    fields=st.dictionaries(st.sampled_from(["pages", "crossref"]), pages, max_size=2),
    place=places,
)
positions = st.builds(
    Position,
    claim=claim_ids,
    holder=holder_ids,
    stance=st.sampled_from(STANCES),
    reported_by=keys,
    page=pages,
    own_locator=pages,
    place=places,
)
relations = st.builds(
    Relation,
    id=relation_ids,
    type=st.sampled_from(RELATION_TYPES),
    source=claim_ids,
    target=st.one_of(claim_ids, relation_ids),
    target_kind=st.sampled_from(["claim", "relation"]),
    drawn_by=few(holder_ids, 2),
    basis=st.sampled_from(BASES),
    page=pages,
    because=st.sampled_from(["", "so"]),
    place=places,
)
citations = st.builds(
    Citation,
    claim=claim_ids,
    relation=relation_ids,
    work=keys,
    locator=pages,
    role=st.sampled_from(ROLES),
    text=keys,
    anchor=anchors,
    place=places,
)
holders = st.builds(
    Holder,
    id=holder_ids,
    kind=st.sampled_from(["work", "actor", "group"]),
    name=st.sampled_from(["A", "C A", ""]),
    works=few(keys, 2),
    members=few(holder_ids, 3),
    place=places,
)
claims = st.builds(
    Claim,
    id=claim_ids,
    text=keys,
    statement=st.sampled_from(["One.", "one", "", "!"]),
    topic=st.sampled_from([None, "t", "u"]),
    anchor=anchors,
    alone=st.sampled_from(["", "so"]),
    place=places,
)
reviews = st.builds(
    Review,
    topics=few(st.builds(Topic, id=st.sampled_from(["t", "v"]), label=st.just("T")), 2),
    schools=few(st.builds(DeclaredSchool, id=slugs, name=slugs, members=few(holder_ids, 3)), 2),
    aliases=few(few(st.sampled_from(["A, C", "B", "", ","]), 3), 2),
    place=places,
)
literatures = st.builds(
    Literature,
    review=reviews,
    works=few(works),
    texts=few(st.builds(Text, key=keys, place=places), 3),
    holders=few(holders),
    claims=few(claims),
    positions=few(positions),
    relations=few(relations),
    citations=few(citations),
    uncoded=few(
        st.builds(
            Uncoded, text=keys, anchor=st.builds(Anchor, text=keys, page=pages), because=slugs
        ),
        2,
    ),
)


@given(literatures)
@settings(max_examples=400, deadline=None)
def test_no_records_raise(literature: Literature) -> None:
    findings = check_literature(literature, origin="records.json")
    assert all(isinstance(f, Diagnostic) and f.remedy and f.message for f in findings)
    assert check_literature(literature, origin="records.json") == findings


def test_hash_seed_makes_no_difference(tmp_path: Path) -> None:
    write_all(
        tmp_path,
        {
            "references.bib": b"@book{smith2020, author = {Smith, Ada}, title = {A}}\n",
            "corpus/review.yaml": b"review: {title: x}\ngroups:\n"
            b"  a: {members: [group:b, x1, x2]}\n  b: {members: [group:a, x3]}\n",
            "corpus/smith2020.yaml": b"text: smith2020\nclaims:\n"
            b"  a: {claim: One., at: '1: a', held: [x4, x5, group:c], supports: [b, c, d]}\n"
            b"  b: {claim: One., at: '1: a', held: smith2020, supports: [a, e]}\n"
            b"  c: {claim: Two., at: '1: a', held: smith20, undercuts: [a -> b, q -> r]}\n",
        },
    )
    outputs = set()
    for seed in ("0", "1", "42"):
        run = subprocess.run(
            [sys.executable, "-m", "argmap", "check", "--json"],
            cwd=tmp_path,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=False,
        )
        assert run.returncode == 1
        assert b"Traceback" not in run.stderr
        outputs.add(run.stdout)
    assert len(outputs) == 1
    assert outputs.pop().count(b'"code"') > 10


edges = st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")), max_size=20)


@given(edges)
@settings(max_examples=300, deadline=None)
def test_circles_are_strong_components(pairs: list[tuple[str, str]]) -> None:
    steps: dict[str, list[str]] = {}
    for source, target in pairs:
        steps.setdefault(source, []).append(target)
    found = networkx.strongly_connected_components(networkx.DiGraph(pairs))
    assert find_circles(steps) == sorted(sorted(part) for part in found if len(part) > 1)


def test_long_circles_are_found_without_recursion() -> None:
    number = 50_000
    steps = {str(place): [str((place + 1) % number)] for place in range(number)}
    assert [len(circle) for circle in find_circles(steps)] == [number]


def chain(number: int) -> Literature:
    """Return as many claims, each of which supports the next; and pairs that support each other."""
    claims = [
        Claim(id=f"t/c{place}", text="t", statement=f"Statement {place}.")
        for place in range(number)
    ]
    relations = [
        Relation(
            id=f"r{source}-{target}",
            type="supports",
            source=f"t/c{source}",
            target=f"t/c{target}",
            drawn_by=("@t",),
        )
        for place in range(0, number - 1, 2)
        for source, target in ((place, place + 1), (place + 1, place))
    ]
    return Literature(
        works=(Work(key="t", type="book"),),
        texts=(Text(key="t"),),
        holders=(Holder(id="@t", kind="work", name="T", works=("t",)),),
        claims=tuple(claims),
        positions=tuple(
            Position(claim=claim.id, holder="@t", stance="asserts", reported_by="t")
            for claim in claims
        ),
        relations=tuple(relations),
    )


def test_ten_thousand_claims_with_a_fault_each_take_no_time() -> None:
    literature = chain(10_000)
    start = time.process_time()
    findings = check_literature(literature)
    spent = time.process_time() - start
    assert {finding.code for finding in findings} == {"support-cycle"}
    assert len(findings) == 5000
    assert spent < 5  # a rule that goes through all relations for each circle takes a minute


def test_a_thousand_unknown_names_take_no_time() -> None:
    rng = random.Random(1)
    literature = chain(10_000)
    relations = list(literature.relations)
    for place in rng.sample(range(len(relations)), 1000):
        target = relations[place].target
        relations[place] = msgspec.structs.replace(relations[place], target=f"{target}x")
    start = time.process_time()
    findings = check_literature(msgspec.structs.replace(literature, relations=tuple(relations)))
    spent = time.process_time() - start
    unknown = [finding for finding in findings if finding.code == "claim-unknown"]
    assert len(unknown) == 1000
    assert sum(f.remedy.startswith("Did you mean") for f in unknown) > 900
    assert spent < 10
