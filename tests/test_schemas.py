"""The JSON Schemas of corpus files say what the reader says."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar

import jsonschema
import pytest
import yaml
from authoring_examples import read_files
from schema_examples import ACROSS, KNOWN_NAMES, REVIEW, TEXT

from argmap.authoring import relation_fields, review_file, shorthand, text_file
from argmap.model import ATTRIBUTIONS, BASES, CERTAINTIES, KINDS, ROLES, WEIGHTS

REPOSITORY = Path(__file__).parent.parent
KINDS_OF_FILE = {"text": TEXT, "review": REVIEW, "across": ACROSS}


@cache
def schema(name: str) -> dict[str, Any]:
    text = files("argmap").joinpath("schemas", f"{name}.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema(name))


class EditorLoader(yaml.SafeLoader):
    """Resolves plain words as editors do, by the core schema of YAML 1.2."""

    yaml_implicit_resolvers: ClassVar[dict[Any, Any]] = {}


EditorLoader.add_implicit_resolver(
    "tag:yaml.org,2002:null", re.compile(r"(?:null|Null|NULL|~|)$"), ["n", "N", "~", ""]
)
EditorLoader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"(?:true|True|TRUE|false|False|FALSE)$"), list("tTfF")
)
EditorLoader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"[-+]?[0-9]+$"), list("-+0123456789")
)
EditorLoader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$"),
    list("-+.0123456789"),
)
EditorLoader.add_constructor(
    "tag:yaml.org,2002:int", lambda loader, node: int(loader.construct_scalar(node))
)
EditorLoader.add_constructor(
    "tag:yaml.org,2002:float", lambda loader, node: float(loader.construct_scalar(node))
)


def see_as_editor(source: str) -> Any:
    """Return the JSON that an editor checks: keys are strings."""

    def name(value: Any) -> Any:
        if isinstance(value, dict):
            return {
                key if isinstance(key, str) else json.dumps(key): name(item)
                for key, item in value.items()
            }
        return [name(item) for item in value] if isinstance(value, list) else value

    return name(yaml.load(source, Loader=EditorLoader))


def read_errors(folder: Path, kind: str, source: str) -> list[str]:
    """Return the errors that the reader finds in a file of a kind."""
    corpus = {"smith2020.yaml": "text: smith2020\n", "review.yaml": "review: {title: x}\n"}
    name = {"text": "smith2020.yaml", "review": "review.yaml", "across": "across.yaml"}[kind]
    corpus[name] = source
    _, findings = read_files(folder, corpus)
    return [f"{f.code}: {f.message}" for f in findings if f.path.endswith(f"/{name}")]


def schema_errors(kind: str, source: str) -> list[str]:
    return [
        f"{error.json_path}: {error.message[:200]}"
        for error in validator(kind).iter_errors(see_as_editor(source))
    ]


# ---- the schemas themselves ---------------------------------------------------------------------


@pytest.mark.parametrize("name", KINDS_OF_FILE)
def test_schemas_are_valid_and_old_editors_can_use_them(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))
    jsonschema.Draft7Validator.check_schema(schema(name))
    newer = {"prefixItems", "unevaluatedProperties", "unevaluatedItems", "dependentRequired"}
    newer |= {"dependentSchemas", "$dynamicRef", "minContains", "maxContains"}
    assert not newer & set(walk_keys(schema(name)))


def walk_keys(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from node
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for child in children:
        yield from walk_keys(child)


def walk_objects(node: Any) -> Iterator[dict[str, Any]]:
    """Yield every schema of a thing with fields."""
    if isinstance(node, dict):
        if "properties" in node and "additionalProperties" in node:
            yield node
        for child in node.values():
            yield from walk_objects(child)
    elif isinstance(node, list):
        for child in node:
            yield from walk_objects(child)


READER_FIELDS = {
    "text": [
        text_file.TEXT_FIELDS,
        text_file.SOURCE_FIELDS,
        text_file.CLAIM_FIELDS,
        text_file.POSITION_FIELDS,
        text_file.NONE_FIELDS,
        relation_fields.RELATION_FIELDS,
        relation_fields.CITATION_FIELDS,
        relation_fields.ANCHOR_FIELDS,
    ],
    "review": [
        review_file.REVIEW_FILE_FIELDS,
        review_file.REVIEW_FIELDS,
        review_file.TOPIC_FIELDS,
        review_file.ACTOR_FIELDS,
        review_file.GROUP_FIELDS,
        review_file.SCHOOL_FIELDS,
    ],
    "across": [
        ("relations",),
        review_file.ACROSS_FIELDS,
        review_file.TARGET_FIELDS,
        relation_fields.CITATION_FIELDS,
        relation_fields.ANCHOR_FIELDS,
    ],
}


@pytest.mark.parametrize("name", KINDS_OF_FILE)
def test_fields_are_those_of_the_reader(name: str) -> None:
    things = list(walk_objects(schema(name)))
    assert all(thing["additionalProperties"] is False for thing in things)
    in_schema = sorted(sorted(thing["properties"]) for thing in things)
    assert in_schema == sorted(sorted(fields) for fields in READER_FIELDS[name])


def test_every_list_of_fields_is_accounted_for() -> None:
    named = {
        tuple(value)
        for module in (text_file, relation_fields, review_file)
        for attribute, value in vars(module).items()
        if attribute.endswith("_FIELDS")
    }
    stances = {tuple(text_file.STANCE_FIELDS)}
    accounted = {tuple(fields) for lists in READER_FIELDS.values() for fields in lists}
    assert named - stances == accounted - {("relations",)}


@pytest.mark.parametrize("name", KINDS_OF_FILE)
def test_every_field_has_a_description(name: str) -> None:
    definitions = schema(name)["$defs"]
    for thing in walk_objects(schema(name)):
        for field, form in thing["properties"].items():
            reference = form.get("$ref", "").rpartition("/")[2]
            description = form.get("description") or definitions[reference].get("description")
            assert description, f"{name}: {field}"
            assert description.endswith((".", ")")) or ": " in description, description


@pytest.mark.parametrize("name", KINDS_OF_FILE)
def test_words_are_those_of_the_model(name: str) -> None:
    lists = {
        "kind": KINDS,
        "weight": WEIGHTS,
        "attribution": ATTRIBUTIONS,
        "certainty": CERTAINTIES,
        "basis": BASES,
        "role": ROLES,
    }
    for thing in walk_objects(schema(name)):
        for field, form in thing["properties"].items():
            if field in lists:
                assert tuple(form["enum"]) == lists[field]
                assert all(word in form["description"] for word in form["enum"])


def test_definitions_shared_by_schemas_are_the_same() -> None:
    text, across, review = (schema(name)["$defs"] for name in ("text", "across", "review"))
    differ = {"reference"}  # across texts a claim is written in full
    for one, other in ((text, across), (text, review), (across, review)):
        for name in (one.keys() & other.keys()) - differ:
            assert one[name] == other[name], name


def test_patterns_are_those_of_the_reader() -> None:
    definitions = schema("text")["$defs"]
    assert definitions["citation"]["pattern"] == shorthand.CITATION
    targets = definitions["relation"]["oneOf"][0]["anyOf"]
    assert targets[1]["pattern"] == shorthand.STEP
    assert shorthand.CITED in definitions["holder"]["pattern"]
    assert shorthand.KEY in definitions["key"]["pattern"]


# ---- files --------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS_OF_FILE)
def test_good_files_are_valid(kind: str, tmp_path: Path) -> None:
    assert schema_errors(kind, KINDS_OF_FILE[kind]) == []
    assert read_errors(tmp_path, kind, KINDS_OF_FILE[kind]) == []


def test_every_field_occurs_in_the_good_files() -> None:
    for kind, source in KINDS_OF_FILE.items():
        used = set(walk_keys(see_as_editor(source)))
        for fields in READER_FIELDS[kind]:
            assert set(fields) <= used, (kind, fields)


CORPUS = sorted((REPOSITORY / "corpus").glob("*.yaml"))


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_shipped_corpus_is_valid_and_names_its_schema(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    first, _, _ = source.partition("\n")
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named, "the first line must name the schema"
    target = (path.parent / named[1]).resolve()
    assert target.parent == REPOSITORY / "argmap" / "schemas"
    begins = re.search(r"(?m)^(text|review|relations):", source)
    assert begins
    kind = {"relations": "across"}.get(begins[1], begins[1])
    assert target.name == f"{kind}.json"
    assert schema_errors(kind, source) == []


# ---- the reader and the schema agree ------------------------------------------------------------

POOL: list[Any] = [
    None,
    0,
    12,
    "",
    " ",
    "word",
    "two words",
    "a -> b",
    "a contests b",
    "text/slug",
    "/slug",
    "actor:x",
    "actor:-x",
    "group:x",
    "@key",
    "[@key, p. 3]",
    "[@key; @two]",
    "[@key",
    "@",
    "12: one … two",
    "12: one",
    "12: … two",
    "one … two … three",
    "one …",
    "12-14",
    "e12",
    "p. 12",
    "(p. #)",
    "https://example.org/x/",
    "analyst",
    "implicit",
    "causal",
    "core",
    "evidence",
    [],
    ["word"],
    ["word", "@key"],
    [None],
    [["word"]],
    [["word", "other"]],
    {},
    {"by": "word"},
    {"by": ["word", "actor:x"], "page": 12},
    {"work": "word", "role": "evidence", "locator": "p. 3"},
    {"evidence": "word", "locator": "p. 3"},
    {"evidence": ["@key", "word"]},
    {"claim": "word"},
    {"claim": "text/slug"},
    {"claim": "text/slug", "step": "a -> b"},
    {"step": "x"},
    {"claim": "word", "basis": "analyst", "by": "word"},
    {"claim": "word", "basis": "analyst", "by": []},
    {"from": "one two", "to": "three"},
    {"from": "one", "page": "p. 3"},
    {"to": "three"},
    {"page": 3},
    {"name": "word"},
    {"claim": "One.", "at": "1: one"},
    {"at": "1: one", "because": "x"},
    {"nonsense": 1},
]


def list_nodes(tree: Any) -> list[Any]:
    """Return every mapping and list within a tree."""
    found = []
    if isinstance(tree, (dict, list)):
        found.append(tree)
        for child in tree.values() if isinstance(tree, dict) else tree:
            found += list_nodes(child)
    return found


def mutate(tree: Any, rng: random.Random) -> Any:
    tree = copy.deepcopy(tree)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        nodes = [node for node in list_nodes(tree) if node]
        if not nodes:
            break
        node = rng.choice(nodes)
        if isinstance(node, list):
            position = rng.randrange(len(node))
            if rng.random() < 0.2:
                del node[position]
            else:
                node[position] = copy.deepcopy(rng.choice(POOL))
            continue
        key = rng.choice(list(node))
        action = rng.random()
        if action < 0.15:
            del node[key]
        elif action < 0.25:
            node[rng.choice(KNOWN_NAMES)] = node.pop(key)
        elif action < 0.45:
            node[rng.choice(KNOWN_NAMES)] = copy.deepcopy(rng.choice(POOL))
        elif action < 0.55:
            node[key] = [node[key]]
        else:
            node[key] = copy.deepcopy(rng.choice(POOL))
    return tree


# Where the reader sees more than a schema can: an error that begins so may be the reader's alone.
READER_ONLY = (
    "field-conflict: `page` says",  # two fields that contradict each other
    "file-kind",  # which schema applies is said in the modeline, not found out
    "text-twice",
)


@pytest.mark.parametrize("kind", KINDS_OF_FILE)
@pytest.mark.parametrize("seed", range(3))
def test_schema_and_reader_agree(kind: str, seed: int, tmp_path: Path) -> None:
    rng = random.Random(f"{kind} {seed}")
    good = see_as_editor(KINDS_OF_FILE[kind])
    word = {"text": "text", "review": "review", "across": "relations"}[kind]
    valid = 0
    for number in range(80):
        tree = mutate(good, rng)
        if not isinstance(tree, dict) or word not in tree:
            continue
        if kind != "text" and "text" in tree:
            continue
        source = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
        by_reader = read_errors(tmp_path / str(number), kind, source)
        by_schema = schema_errors(kind, source)
        if by_reader and all(error.startswith(READER_ONLY) for error in by_reader):
            continue
        assert bool(by_reader) == bool(by_schema), (by_reader, by_schema, source)
        valid += not by_schema
    assert 3 <= valid <= 72  # both verdicts occur often enough to mean something


# What only the reader sees, or only the schema, and why.
EXCEPTIONS = [
    ("reader", "page: 14-12", "pages that run backwards are well-formed"),
    ("reader", "page: iiii", "so is a Roman numeral that is none"),
    ("reader", 'at: "12: “” … two"', "punctuation outside ASCII passes for a word"),
    ("reader", "supports: slug⟩", "and for a letter of a slug"),
    ("reader", "disputed: {by: b, page: 3, at: '4: x'}", "a schema cannot compare two fields"),
    ("schema", "held: true", "a key is no truth value, though it could be spelt so"),
    ("schema", "held: 3.5", "nor a number with a fraction"),
    ("schema", 'supports: {claim: b, evidential: "true"}', "true needs no quotes"),
    ("schema", 'kind: " causal "', "words of a list have no spaces around them"),
]


@pytest.mark.parametrize(("who", "field", "why"), EXCEPTIONS, ids=[e[2] for e in EXCEPTIONS])
def test_known_exceptions(who: str, field: str, why: str, tmp_path: Path) -> None:
    fields = {"claim": "One.", "at": '"1: one"', "held": "x1999"}
    name, _, value = field.partition(": ")
    if name == "page":
        name, value = "held", f"{{by: x1999, {field}}}"
    fields[name] = value
    inner = ", ".join(f"{key}: {value}" for key, value in fields.items())
    source = f"text: smith2020\nclaims:\n  a: {{{inner}}}\n"
    by_reader = read_errors(tmp_path, "text", source)
    by_schema = schema_errors("text", source)
    assert (bool(by_reader), bool(by_schema)) == (who == "reader", who == "schema"), why
