"""The terms of the graph: namespaces, and the IRIs of records with their inverse.

Every node has an IRI under the base of its review, ``BASE`` + ``kind/`` + identifier: identifiers
are percent-encoded as UTF-8 but for ASCII letters, digits, ``-._~`` and ``/``, so that IRIs are
plain URIs for any client.  What has no identifier of its own is named by its fields joined with
``:``, which the encoding never leaves in a field; records that are equal in these get ``:2``,
``:3`` and so on.  There are no blank nodes.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from urllib.parse import quote, unquote

import pyoxigraph

from argmap.model import Citation, Position, Uncoded

AM = "https://w3id.org/argmap/ontology#"
FIELD = "https://w3id.org/argmap/field#"
AIF = "http://www.arg.dundee.ac.uk/aif#"
CITO = "http://purl.org/spar/cito/"
DC = "http://purl.org/dc/elements/1.1/"
DCT = "http://purl.org/dc/terms/"
FABIO = "http://purl.org/spar/fabio/"
FOAF = "http://xmlns.com/foaf/0.1/"
OA = "http://www.w3.org/ns/oa#"
PRISM = "http://prismstandard.org/namespaces/basic/2.0/"
PROV = "http://www.w3.org/ns/prov#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
VOID = "http://rdfs.org/ns/void#"
XSD = "http://www.w3.org/2001/XMLSchema#"

PREFIXES: dict[str, str] = {
    "aif": AIF,
    "am": AM,
    "cito": CITO,
    "dc": DC,
    "dct": DCT,
    "fabio": FABIO,
    "field": FIELD,
    "foaf": FOAF,
    "oa": OA,
    "prism": PRISM,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "skos": SKOS,
    "void": VOID,
    "xsd": XSD,
}

FABIO_CLASSES: dict[str, str] = {
    "article": "JournalArticle",
    "book": "Book",
    "bookinbook": "BookChapter",
    "booklet": "Book",
    "collection": "Book",
    "conference": "ConferencePaper",
    "electronic": "WebPage",
    "inbook": "BookChapter",
    "incollection": "BookChapter",
    "inproceedings": "ConferencePaper",
    "inreference": "ReferenceEntry",
    "manual": "InstructionManual",
    "mastersthesis": "MastersThesis",
    "mvbook": "Book",
    "mvcollection": "Book",
    "mvproceedings": "ConferenceProceedings",
    "mvreference": "ReferenceBook",
    "online": "WebPage",
    "patent": "Patent",
    "periodical": "Periodical",
    "phdthesis": "DoctoralThesis",
    "proceedings": "ConferenceProceedings",
    "reference": "ReferenceBook",
    "report": "Report",
    "suppbook": "BookChapter",
    "suppcollection": "BookChapter",
    "techreport": "TechnicalReport",
    "thesis": "Thesis",
    "unpublished": "Manuscript",
    "www": "WebPage",
}
"""What an entry type of BibTeX or BibLaTeX is in FaBiO; any other is an ``Expression``."""

CHARACTERIZATIONS: dict[str, str] = {
    "carries": "discusses",
    "exemplar": "citesAsRelated",
    "evidence": "citesAsEvidence",
    "primary-source": "citesAsDataSource",
    "chronicle": "citesForInformation",
    "report": "citesForInformation",
    "term": "credits",
}
"""The CiTO property nearest to each role; none says more than the role does."""

RELATION_CLASSES: dict[str, tuple[str, ...]] = {
    "supports": (AM + "Support", AIF + "RA-node"),
    "contests": (AM + "Contest", AIF + "CA-node"),
    "undercuts": (AM + "Undercut", AIF + "CA-node"),
    "qualifies": (AM + "Qualify",),
    "explains": (AM + "Explain",),
}
"""The classes of each type of relation, ours first."""

HOLDER_CLASSES: dict[str, str] = {"work": "WorkHolder", "actor": "Actor", "group": "Group"}


def check_base(base: str) -> str:
    """Return why no IRI can begin with ``base``, or the empty string where all is well."""
    try:
        pyoxigraph.NamedNode(end_base(base) + "review")
    except ValueError as error:
        return str(error)
    if re.search(r"/\.\.?(?:/|$)", base):
        return "it has dot segments, which readers resolve away"
    scheme = base.partition(":")[0]
    return f"{scheme!r} is a prefix of the graph's own terms" if scheme in PREFIXES else ""


def is_iri(text: str) -> bool:
    """Say whether the text is an absolute IRI by RFC 3987."""
    try:
        pyoxigraph.NamedNode(text)
    except ValueError:
        return False
    return True


def end_base(base: str) -> str:
    """Return the base, with a slash where nothing parts it from what follows."""
    return base if base.endswith(("/", "#", "?", "=", ":")) else base + "/"


_ODD_SEGMENTS = re.compile(r"(?:^|/)\.{0,2}(?:/|$)")


@functools.lru_cache(maxsize=1 << 17)
def escape(identifier: str) -> str:
    """Percent-encode an identifier for use in an IRI; ``/`` stays unless segments would be odd.

    Injective; :func:`unescape` undoes it.  Lone surrogates are encoded as UTF-8 would.
    """
    escaped = quote(identifier, safe="/", errors="surrogatepass")
    # A parser may resolve dot segments away or drop empty ones, so there must be none.
    if not _ODD_SEGMENTS.search(escaped):
        return escaped
    return escaped.replace("/", "%2F") if escaped.strip(".") else escaped.replace(".", "%2E")


def escape_name(name: str) -> str:
    """Percent-encode a field's name for use in a fragment, ``/`` included."""
    return quote(name, safe="", errors="surrogatepass")


@functools.lru_cache(maxsize=1 << 17)
def unescape(escaped: str) -> str:
    """Undo :func:`escape` and :func:`escape_name`."""
    return unquote(escaped, errors="surrogatepass") if "%" in escaped else escaped


def name_holder(holder: str) -> str:
    """Return the path of a holder: ``holder/work/key``, ``holder/actor/slug`` and the like."""
    if holder.startswith("@"):
        return f"holder/work/{escape(holder[1:])}"
    kind, colon, slug = holder.partition(":")
    if colon and kind in {"actor", "group"}:
        return f"holder/{kind}/{escape(slug)}"
    return f"holder/other/{escape(holder)}"


def name_claim(claim: str) -> str:
    """Return the path of a claim: ``claim/text/slug``."""
    return f"claim/{escape(claim)}"


def name_relation(relation: str) -> str:
    """Return the path of a relation: ``relation/`` and its id."""
    return f"relation/{escape(relation)}"


def name_work(key: str) -> str:
    """Return the path of a work: ``work/key``."""
    return f"work/{escape(key)}"


def name_text(key: str) -> str:
    """Return the path of a coded text, which also names the graph of its coding."""
    return f"text/{escape(key)}"


def name_topic(topic: str) -> str:
    """Return the path of a topic: ``topic/keyword``."""
    return f"topic/{escape(topic)}"


def name_declared_school(school: str) -> str:
    """Return the path of a school that the scholar declared."""
    return f"school/declared/{escape(school)}"


def name_found_school(school: str) -> str:
    """Return the path of a school that analysis found."""
    return f"school/found/{escape(school)}"


def name_position(position: Position) -> str:
    """Return the path of a position: claim, stance, holder and text that reports it."""
    holder = name_holder(position.holder)[len("holder/") :]
    return (
        f"position/{escape(position.claim)}:{position.stance}:{holder}:"
        f"{escape(position.reported_by)}"
    )


def name_citation(citation: Citation) -> str:
    """Return the path of a citation: what it serves, citing text, work and role."""
    if citation.relation and not citation.claim:
        served = name_relation(citation.relation)
    else:
        served = name_claim(citation.claim)
    return f"citation/{served}:{escape(citation.text)}:{escape(citation.work)}:{citation.role}"


def name_uncoded(passage: Uncoded) -> str:
    """Return the path of a passage without a claim: text, page and first words."""
    anchor = passage.anchor
    return f"uncoded/{escape(passage.text)}:{escape(anchor.page)}:{escape(anchor.head)}"


def number_paths(paths: list[str]) -> list[str]:
    """Return the paths, those that came before with ``:2``, ``:3`` … appended.  Linear."""
    if len(set(paths)) == len(paths):
        return paths
    seen: dict[str, int] = {}
    numbered = []
    for path in paths:
        count = seen[path] = seen.get(path, 0) + 1
        numbered.append(f"{path}:{count}" if count > 1 else path)
    return numbered


def _read_holder(path: str) -> str | None:
    kind, slash, rest = path.partition("/")
    if not slash:
        return None
    name = unescape(rest)
    if kind == "work":
        return f"@{name}"
    if kind in {"actor", "group"}:
        return f"{kind}:{name}"
    return name if kind == "other" else None


_INVERSES: dict[str, Callable[[str], str | None]] = {
    "claim": unescape,
    "holder": _read_holder,
    "relation": unescape,
    "school/declared": unescape,
    "school/found": unescape,
    "text": unescape,
    "topic": unescape,
    "work": unescape,
}


def read_iri(iri: str, base: str, kind: str) -> str | None:
    """Return the identifier that a minted IRI stands for, None for any other IRI.

    ``kind`` is one of ``claim``, ``holder``, ``relation``, ``school/declared``, ``school/found``,
    ``text``, ``topic`` and ``work``; the inverse of the ``name_`` functions.
    """
    start = end_base(base) + kind + "/"
    if not iri.startswith(start):
        return None
    try:
        return _INVERSES[kind](iri[len(start) :])
    except UnicodeDecodeError:
        return None
