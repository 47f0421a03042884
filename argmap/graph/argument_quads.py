"""Claims, positions, relations, citations and passages as lines of N-Quads."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from argmap.graph.terms import (
    TRUE,
    integer,
    lines,
    list_facts,
    literal,
    own_predicate,
    predicate,
    typed,
)
from argmap.graph.vocabulary import (
    AIF,
    AM,
    CHARACTERIZATIONS,
    CITO,
    DCT,
    OA,
    RELATION_CLASSES,
    name_claim,
    name_holder,
    name_relation,
    name_topic,
    name_work,
)
from argmap.model import (
    ATTRIBUTIONS,
    BASES,
    CERTAINTIES,
    KINDS,
    STANCES,
    WEIGHTS,
    Anchor,
    Citation,
    Claim,
    Literature,
    Place,
    Position,
    Relation,
    Uncoded,
)

Urls = Mapping[str, str]


IDENTIFIER = predicate(f"{DCT}identifier")
_ALONE = own_predicate("alone")
_ANCHOR = own_predicate("anchor")
_BECAUSE = own_predicate("because")
_CITED_LOCATOR = own_predicate("citedLocator")
_CITING_LOCATOR = own_predicate("citingLocator")
_CLAIM = own_predicate("claim")
_COLUMN = own_predicate("column")
_DRAWN_BY = own_predicate("drawnBy")
_EVIDENTIAL = own_predicate("evidential") + TRUE
_FILE = own_predicate("file")
_HOLDER = own_predicate("holder")
_LINE = own_predicate("line")
_OWN_LOCATOR = own_predicate("ownLocator")
_PAGE = own_predicate("page")
_PAGE_INFERRED = own_predicate("pageInferred") + TRUE
_RELATION = own_predicate("relation")
_REPORTED_IN = own_predicate("reportedIn")
_SECTION = own_predicate("section")
_SHA256 = own_predicate("sha256")
_SOURCE = own_predicate("source")
_STATEMENT = own_predicate("statement")
_TARGET = own_predicate("target")
_TEXT = own_predicate("text")
_TEXT_FRAGMENT = own_predicate("textFragment")
_TOPIC = own_predicate("topic")
_CITED = predicate(f"{CITO}hasCitedEntity")
_CITING = predicate(f"{CITO}hasCitingEntity")
_OA_END = predicate(f"{OA}end")
_OA_END_SELECTOR = predicate(f"{OA}hasEndSelector")
_OA_EXACT = predicate(f"{OA}exact")
_OA_PREFIX = predicate(f"{OA}prefix")
_OA_SELECTOR = predicate(f"{OA}hasSelector")
_OA_SOURCE = predicate(f"{OA}hasSource")
_OA_START = predicate(f"{OA}start")
_OA_START_SELECTOR = predicate(f"{OA}hasStartSelector")

_A_CITATION = typed(f"{CITO}Citation")
_A_POSITION = typed(f"{AM}Position")
_A_RANGE = typed(f"{OA}RangeSelector")
_A_QUOTE = typed(f"{OA}TextQuoteSelector")
_A_SPAN = typed(f"{OA}TextPositionSelector")
_A_PASSAGE = typed(f"{OA}SpecificResource")
_A_UNCODED = typed(f"{AM}Uncoded")
_CLAIM_TYPES = [typed(f"{AM}Claim"), typed(f"{AIF}I-node")]
_RELATION_TYPES = {
    name: [typed(iri) for iri in classes] for name, classes in RELATION_CLASSES.items()
}


def _value_facts(name: str, values: tuple[str, ...]) -> dict[str, str]:
    return {value: f"{own_predicate(name)}<{AM}{name}-{value}>" for value in values}


_ATTRIBUTIONS = _value_facts("attribution", ATTRIBUTIONS)
_BASES = _value_facts("basis", BASES)
_CERTAINTIES = _value_facts("certainty", CERTAINTIES)
_KINDS = _value_facts("kind", KINDS)
_STANCES = _value_facts("stance", STANCES)
_WEIGHTS = _value_facts("weight", WEIGHTS)
_ROLES = {
    role: [
        f"{own_predicate('role')}<{AM}role-{role}>",
        f"{predicate(f'{CITO}hasCitationCharacterization')}<{CITO}{name}>",
    ]
    for role, name in CHARACTERIZATIONS.items()
}


def place_facts(place: Place | None) -> list[str]:
    """Return the facts of where a record was written down, none where that is unknown."""
    if place is None:
        return []
    return [
        _FILE + literal(place.path),
        _LINE + integer(place.line),
        _COLUMN + integer(place.column),
    ]


def write_claim(claim: Claim, base: str, end: str, urls: Urls) -> str:
    """Return the lines of a claim and its anchor.

    ``base`` is the review's base with its slash, ``end`` closes each line with its graph, and
    ``urls`` has the addresses of texts up to where the words of a text fragment follow.
    """
    path = name_claim(claim.id)
    facts = [
        *_CLAIM_TYPES,
        IDENTIFIER + literal(claim.id),
        _STATEMENT + literal(claim.statement),
        f"{_TEXT}<{base}{name_work(claim.text)}>",
        _KINDS[claim.kind],
        _WEIGHTS[claim.weight],
    ]
    if claim.topic is not None:
        facts.append(f"{_TOPIC}<{base}{name_topic(claim.topic)}>")
    if claim.alone:
        facts.append(_ALONE + literal(claim.alone))
    return _write_anchored(path, facts, claim.anchor, claim.place, base, end, urls)


def write_position(position: Position, path: str, base: str, end: str, urls: Urls) -> str:
    """Return the lines of a position, named by ``path``, and of its anchor."""
    facts = [
        _A_POSITION,
        f"{_CLAIM}<{base}{name_claim(position.claim)}>",
        f"{_HOLDER}<{base}{name_holder(position.holder)}>",
        _STANCES[position.stance],
        f"{_REPORTED_IN}<{base}{name_work(position.reported_by)}>",
    ]
    if position.page:
        facts.append(_PAGE + literal(position.page))
    if position.own_locator:
        facts.append(_OWN_LOCATOR + literal(position.own_locator))
    facts += _ATTRIBUTIONS[position.attribution], _CERTAINTIES[position.certainty]
    return _write_anchored(path, facts, position.anchor, position.place, base, end, urls)


def write_relation(relation: Relation, base: str, end: str, urls: Urls) -> str:
    """Return the lines of a relation and its anchor."""
    name = name_relation if relation.target_kind == "relation" else name_claim
    facts = [
        *_RELATION_TYPES[relation.type],
        IDENTIFIER + literal(relation.id),
        f"{_SOURCE}<{base}{name_claim(relation.source)}>",
        f"{_TARGET}<{base}{name(relation.target)}>",
        *list_facts(
            "drawnBy", _DRAWN_BY, relation.drawn_by, lambda holder: f"<{base}{name_holder(holder)}>"
        ),
        _BASES[relation.basis],
    ]
    if relation.evidential:
        facts.append(_EVIDENTIAL)
    if relation.page:
        facts.append(_PAGE + literal(relation.page))
    if relation.because:
        facts.append(_BECAUSE + literal(relation.because))
    path = name_relation(relation.id)
    return _write_anchored(path, facts, relation.anchor, relation.place, base, end, urls)


def write_citation(
    citation: Citation, path: str, page: str, base: str, end: str, urls: Urls
) -> str:
    """Return the lines of a citation and its anchor.

    ``page`` is that of the claim or relation which it serves, for a citation without an anchor.
    """
    facts = [
        _A_CITATION,
        f"{_CITING}<{base}{name_work(citation.text)}>",
        f"{_CITED}<{base}{name_work(citation.work)}>",
        *_ROLES[citation.role],
    ]
    if citation.claim:
        facts.append(f"{_CLAIM}<{base}{name_claim(citation.claim)}>")
    if citation.relation:
        facts.append(f"{_RELATION}<{base}{name_relation(citation.relation)}>")
    if citing := find_citing_page(citation, page):
        facts.append(_CITING_LOCATOR + literal(citing))
    if citation.locator:
        facts.append(_CITED_LOCATOR + literal(citation.locator))
    return _write_anchored(path, facts, citation.anchor, citation.place, base, end, urls)


def find_citing_page(citation: Citation, page: str) -> str:
    """Return the page of the citing text: the citation's own, else that of what it serves."""
    return citation.anchor.page if citation.anchor and citation.anchor.page else page


def find_pages(literature: Literature) -> dict[tuple[str, str], str]:
    """Return the page of each claim and relation, by (claim, relation) as citations name them."""
    pages = {(c.id, ""): c.anchor.page for c in literature.claims if c.anchor}
    for relation in literature.relations:
        page = relation.page or (relation.anchor.page if relation.anchor else "")
        pages["", relation.id] = page
    return pages


def write_uncoded(passage: Uncoded, path: str, base: str, end: str, urls: Urls) -> str:
    """Return the lines of a passage without a claim, named by ``path``, and of its anchor."""
    facts = [
        _A_UNCODED,
        f"{_TEXT}<{base}{name_work(passage.text)}>",
        _BECAUSE + literal(passage.because),
    ]
    return _write_anchored(path, facts, passage.anchor, passage.place, base, end, urls)


def _write_anchored(
    path: str,
    facts: list[str],
    anchor: Anchor | None,
    place: Place | None,
    base: str,
    end: str,
    urls: Urls,
) -> str:
    if place is not None:
        facts += place_facts(place)
    if anchor is None:
        return lines(f"<{base}{path}>", facts, end)
    facts.append(f"{_ANCHOR}<{base}anchor/{path}>")
    return lines(f"<{base}{path}>", facts, end) + _write_anchor(anchor, path, base, end, urls)


def _write_anchor(anchor: Anchor, owner: str, base: str, end: str, urls: Urls) -> str:
    facts = [_A_PASSAGE, f"{_OA_SOURCE}<{base}{name_work(anchor.text)}>"]
    if anchor.page:
        facts.append(_PAGE + literal(anchor.page))
    if anchor.page_inferred:
        facts.append(_PAGE_INFERRED)
    if anchor.section is not None:
        facts.append(_SECTION + literal(anchor.section))
    if anchor.sha256 is not None:
        facts.append(_SHA256 + literal(anchor.sha256))
    selectors = ""
    head = f"<{base}selector/head/{owner}>"
    if anchor.tail:
        # The end of a W3C range is exclusive: the tail stands before the point at which it ends.
        selector = f"<{base}selector/range/{owner}>"
        tail = f"<{base}selector/tail/{owner}>"
        facts.append(_OA_SELECTOR + selector)
        ends = [_A_RANGE, _OA_START_SELECTOR + head, _OA_END_SELECTOR + tail]
        point = [_A_QUOTE, f'{_OA_EXACT}""', _OA_PREFIX + literal(anchor.tail)]
        selectors = (
            lines(selector, ends, end)
            + lines(head, [_A_QUOTE, _OA_EXACT + literal(anchor.head)], end)
            + lines(tail, point, end)
        )
    elif anchor.head:
        facts.append(_OA_SELECTOR + head)
        selectors = lines(head, [_A_QUOTE, _OA_EXACT + literal(anchor.head)], end)
    if anchor.start is not None or anchor.end is not None:
        selector = f"<{base}selector/position/{owner}>"
        facts.append(_OA_SELECTOR + selector)
        span = [_A_SPAN]
        if anchor.start is not None:
            span.append(_OA_START + integer(anchor.start))
        if anchor.end is not None:
            span.append(_OA_END + integer(anchor.end))
        selectors += lines(selector, span, end)
    if anchor.head and (url := urls.get(anchor.text)):
        facts.append(f"{_TEXT_FRAGMENT}<{url}{write_text_fragment(anchor)}>")
    return lines(f"<{base}anchor/{owner}>", facts, end) + selectors


def write_text_fragment(anchor: Anchor) -> str:
    """Return head and tail as the words of a URL text fragment (WICG scroll-to-text-fragment)."""
    # The hyphen, the comma and the ampersand have a meaning there; quote() leaves the hyphen.
    words = [anchor.head, anchor.tail] if anchor.tail else [anchor.head]
    return ",".join(quote(part, safe="", errors="replace").replace("-", "%2D") for part in words)
