"""RDF of any syntax, or a store, to nodes: what is said of each IRI, by short names.

A node maps the short names of properties (``statement``, ``dct:title``) to the values: a string, or
the keys of a dict where there are several.  Values that are blank nodes begin with ``_:``.  Which
graph a quad stands in makes no difference.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pyoxigraph

from argmap.diagnostics import Diagnostic, did_you_mean, escape_unprintable
from argmap.graph.stores import StoreError, describe_damage
from argmap.graph.vocabulary import (
    AIF,
    AM,
    CITO,
    DC,
    DCT,
    FABIO,
    FIELD,
    FOAF,
    OA,
    PRISM,
    PROV,
    RDF,
    SKOS,
    VOID,
)

Node = dict[str, Any]

SYNTAXES: dict[str, pyoxigraph.RdfFormat] = {
    "trig": pyoxigraph.RdfFormat.TRIG,
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "nq": pyoxigraph.RdfFormat.N_QUADS,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "rdf": pyoxigraph.RdfFormat.RDF_XML,
    "n3": pyoxigraph.RdfFormat.N3,
}
"""The syntaxes that can be read, by the ends of their files' names."""

KINDS: dict[str, str] = {
    f"{AM}Review": "review",
    f"{AM}Topic": "topic",
    f"{AM}DeclaredSchool": "school/declared",
    f"{AM}WorkHolder": "holder",
    f"{AM}Actor": "holder",
    f"{AM}Group": "holder",
    f"{AM}Work": "work",
    f"{AM}Text": "text",
    f"{AM}Claim": "claim",
    f"{AM}Position": "position",
    f"{AM}Support": "relation",
    f"{AM}Contest": "relation",
    f"{AM}Undercut": "relation",
    f"{AM}Qualify": "relation",
    f"{AM}Explain": "relation",
    f"{CITO}Citation": "citation",
    f"{AM}Uncoded": "uncoded",
    f"{AM}Derived": "derived",
    f"{AM}Dispute": "dispute",
    f"{AM}FoundSchool": "school/found",
}
"""The classes that make a node a record of its own, and what collection it goes into."""

_OTHER_CLASSES = {
    f"{AM}Alias",
    f"{AM}Bibliography",
    f"{AM}Cleavage",
    f"{AM}InferredPage",
    f"{AM}Parameter",
    f"{AM}TextStance",
    f"{AIF}CA-node",
    f"{AIF}I-node",
    f"{AIF}RA-node",
    f"{FOAF}Agent",
    f"{FOAF}Organization",
    f"{FOAF}Person",
    f"{OA}RangeSelector",
    f"{OA}SpecificResource",
    f"{OA}TextPositionSelector",
    f"{OA}TextQuoteSelector",
    f"{PROV}Activity",
    f"{PROV}Entity",
    f"{SKOS}Concept",
    f"{SKOS}ConceptScheme",
    f"{VOID}Dataset",
}

# fmt: off
_AM_LINKS = (
    "alias", "anchor", "attribution", "basis", "bridge", "certainty", "claim", "cleavage",
    "con", "conWitness", "core", "defining", "disputedClaim", "drawnBy", "editor", "focal",
    "fringe", "holder", "inferredPage", "kind", "member", "mixed", "parameter", "pro",
    "proWitness", "relation", "reportedIn", "role", "school", "source", "stance", "target",
    "text", "textStance", "topic", "weight", "work",
)
_AM_VALUES = (
    "alone", "because", "beginsWith", "body", "citedLocator", "citingLocator", "column",
    "conVoices", "depth", "entryType", "evidential", "file", "firstPage", "flag", "length",
    "line", "name", "namePrefix", "nameSuffix", "order", "ordinal", "ownLocator", "page",
    "pageInferred", "pageMark", "proVoices", "references", "runningHead", "section", "sha256",
    "side", "sourceFile", "stability", "statement", "status", "survey", "value",
)
# fmt: on
_LINKS = {AM + name: name for name in _AM_LINKS} | {
    f"{RDF}type": "type",
    f"{CITO}hasCitedEntity": "cito:hasCitedEntity",
    f"{CITO}hasCitingEntity": "cito:hasCitingEntity",
    f"{DCT}creator": "dct:creator",
    f"{OA}hasEndSelector": "oa:hasEndSelector",
    f"{OA}hasSelector": "oa:hasSelector",
    f"{OA}hasSource": "oa:hasSource",
    f"{OA}hasStartSelector": "oa:hasStartSelector",
    f"{PROV}wasGeneratedBy": "prov:wasGeneratedBy",
}
_VALUES = {AM + name: name for name in _AM_VALUES} | {
    f"{DC}creator": "dc:creator",
    f"{DCT}description": "dct:description",
    f"{DCT}identifier": "dct:identifier",
    f"{DCT}title": "dct:title",
    f"{FABIO}hasPublicationYear": "fabio:hasPublicationYear",
    f"{FABIO}hasURL": "fabio:hasURL",
    f"{FOAF}familyName": "foaf:familyName",
    f"{FOAF}givenName": "foaf:givenName",
    f"{FOAF}name": "foaf:name",
    f"{OA}end": "oa:end",
    f"{OA}exact": "oa:exact",
    f"{OA}prefix": "oa:prefix",
    f"{OA}start": "oa:start",
    f"{PRISM}doi": "prism:doi",
    f"{SKOS}definition": "skos:definition",
    f"{SKOS}prefLabel": "skos:prefLabel",
    f"{VOID}uriSpace": "void:uriSpace",
}
_RECOMPUTED = {
    f"{AM}textFragment",
    f"{CITO}hasCitationCharacterization",
    f"{PROV}used",
    f"{PROV}wasDerivedFrom",
    f"{SKOS}inScheme",
}
"""What is written for others and follows from the rest."""

_Entry = tuple[str, type | None]


def _list_properties() -> dict[str, _Entry]:
    properties: dict[str, _Entry] = dict.fromkeys(_RECOMPUTED, ("", None))
    properties |= {iri: (name, pyoxigraph.NamedNode) for iri, name in _LINKS.items()}
    properties |= {iri: (name, pyoxigraph.Literal) for iri, name in _VALUES.items()}
    return properties


_PROPERTIES = _list_properties()
PROPERTY_IRIS: dict[str, str] = {name: iri for iri, (name, _) in _PROPERTIES.items() if name}


class Nodes(msgspec.Struct):
    """What was read: nodes by IRI, the IRIs of each kind of record, and what was not understood."""

    path: str
    by_iri: dict[str, Node] = {}
    kinds: dict[str, dict[str, None]] = {}
    standings: dict[str, None] = {}
    findings: list[Diagnostic] = []


def read_nodes(
    source: Path | bytes | pyoxigraph.Store, syntax: str | None = None, path: str = ""
) -> Nodes:
    """Read RDF from a file, from bytes in ``syntax``, or from a store.

    What cannot be read is among the findings, with its place; what was read before it is kept.
    Nothing is fetched, whatever the input names.  Linear; memory about half that of a store.

    Raises :class:`~argmap.graph.stores.StoreError` where the files of a store are damaged.
    """
    if isinstance(source, pyoxigraph.Store):
        nodes = Nodes(path=path or "store")
        try:
            _add_quads(nodes, source)
        except (OSError, RuntimeError) as error:
            raise StoreError(describe_damage(nodes.path, error)) from error
        return nodes
    nodes = Nodes(path=path or (source.as_posix() if isinstance(source, Path) else "RDF"))
    form = _find_syntax(nodes, source, syntax)
    if form is None:
        return nodes
    try:
        if isinstance(source, Path):
            mode = source.stat().st_mode
            if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
                # It would be read for ever.
                raise OSError("it is a pipe or a device")
            _add_quads(nodes, pyoxigraph.parse(path=source, format=form))
        else:
            _add_quads(nodes, pyoxigraph.parse(source, format=form))
    except SyntaxError as error:
        nodes.findings.append(_describe_syntax_error(nodes.path, error))
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error).partition(" (os error")[0]
        nodes.findings.append(
            Diagnostic(
                path=nodes.path,
                message=f"cannot be read: {escape_unprintable(reason)}",
                code="rdf-unreadable",
            )
        )
    return nodes


def _find_syntax(
    nodes: Nodes, source: Path | bytes, syntax: str | None
) -> pyoxigraph.RdfFormat | None:
    if syntax is None and isinstance(source, Path):
        syntax = source.suffix.removeprefix(".").lower()
        syntax = {"json": "jsonld", "xml": "rdf", "owl": "rdf", "turtle": "ttl"}.get(syntax, syntax)
    form = SYNTAXES.get(syntax or "")
    if form is None:
        known = ", ".join(SYNTAXES)
        nodes.findings.append(
            Diagnostic(
                path=nodes.path,
                message=f"{syntax!r} is no syntax of RDF that argmap reads",
                code="rdf-syntax-unknown",
                remedy=did_you_mean(syntax or "", SYNTAXES) or f"It reads {known}.",
            )
        )
    return form


def _describe_syntax_error(path: str, error: SyntaxError) -> Diagnostic:
    message = error.msg or str(error)
    if "remote context" in message:
        return Diagnostic(
            path=path,
            message="the JSON-LD names a context that is not in it, and argmap fetches nothing",
            code="rdf-remote",
            remedy="Write the context itself into the file.",
        )
    if message.startswith("Parser error at") and ": " in message:
        # The parser repeats the place, which stands before the message already.
        message = message.partition(": ")[2]
    return Diagnostic(
        path=path,
        line=error.lineno or 0,
        column=error.offset or 0,
        message=escape_unprintable(message),
        code="rdf-syntax",
    )


class _Oddities(msgspec.Struct):
    """What is not kept: how often, and the smallest IRI of a node that has it."""

    properties: dict[str, tuple[int, str]] = {}
    classes: dict[str, tuple[int, str]] = {}
    languages: dict[str, tuple[int, str]] = {}
    misfits: dict[str, tuple[int, str]] = {}


def _count(counts: dict[str, tuple[int, str]], name: str, iri: str) -> None:
    count, example = counts.get(name, (0, iri))
    counts[name] = count + 1, min(example, iri)


def _add_quads(nodes: Nodes, quads: Iterable[pyoxigraph.Quad]) -> None:
    by_iri, kinds, standings = nodes.by_iri, nodes.kinds, nodes.standings
    odd = _Oddities()
    properties = dict(_PROPERTIES)
    literal, named = pyoxigraph.Literal, pyoxigraph.NamedNode
    last: object = None
    iri = ""
    node: Node = {}
    # The one loop over all quads: attributes are made anew at each access, so none is repeated.
    for quad in quads:
        subject = quad.subject
        if subject != last:
            last = subject
            iri = subject.value if type(subject) is named else str(subject)
            known = by_iri.get(iri)
            if known is None:
                known = by_iri[iri] = {}
            node = known
        name = quad.predicate.value
        entry = properties.get(name)
        if entry is None:
            if not name.startswith(FIELD):
                _count(odd.properties, name, iri)
                continue
            entry = properties[name] = name, literal
        slot, expected = entry
        if expected is None:
            continue
        term: Any = quad.object
        form = type(term)
        if form is expected:
            value = term.value
            if expected is literal and term.language is not None:
                _count(odd.languages, name, iri)
        elif expected is named and form is pyoxigraph.BlankNode:
            value = str(term)
        else:
            _count(odd.misfits, name, iri)
            continue
        if slot == "type":
            kind = KINDS.get(value)
            if kind is not None:
                kinds.setdefault(kind, {})[iri] = None
            elif value not in _OTHER_CLASSES and not value.startswith(FABIO):
                _count(odd.classes, value, iri)
                continue
        elif slot == "status":
            standings[iri] = None
        old = node.get(slot)
        if old is None:
            node[slot] = value
        elif type(old) is dict:
            old[value] = None
        elif old != value:
            node[slot] = {old: None, value: None}
    nodes.findings += _describe_oddities(odd, nodes.path)


def _describe_oddities(odd: _Oddities, path: str) -> Iterator[Diagnostic]:
    """Report what is not kept, once for each property or class; misspelt terms of ours loudly."""
    terms = {iri.removeprefix(AM) for iri in _PROPERTIES if iri.startswith(AM)}
    for iri, (count, example) in odd.properties.items():
        yield Diagnostic(
            path=path,
            severity="warning" if iri.startswith(AM) else "note",
            message=f"<{iri}>, {count} times, as of <{example}>, is no property that is kept",
            code="rdf-property-unknown",
            remedy=did_you_mean(iri.removeprefix(AM), terms) if iri.startswith(AM) else "",
        )
    terms = {iri.removeprefix(AM) for iri in [*KINDS, *_OTHER_CLASSES] if iri.startswith(AM)}
    for iri, (count, example) in odd.classes.items():
        yield Diagnostic(
            path=path,
            severity="warning" if iri.startswith(AM) else "note",
            message=f"<{iri}>, {count} times, as of <{example}>, is no class that is kept",
            code="rdf-class-unknown",
            remedy=did_you_mean(iri.removeprefix(AM), terms) if iri.startswith(AM) else "",
        )
    for iri, (count, example) in odd.languages.items():
        yield Diagnostic(
            path=path,
            severity="note",
            message=f"<{iri}>, {count} times, as of <{example}>, has a language tag, which is"
            " not kept",
            code="rdf-language",
        )
    for iri, (count, example) in odd.misfits.items():
        wanted = "an IRI" if _PROPERTIES[iri][1] is pyoxigraph.NamedNode else "a literal"
        yield Diagnostic(
            path=path,
            message=f"<{iri}>, {count} times, as of <{example}>, should be {wanted}",
            code="rdf-value-kind",
        )
