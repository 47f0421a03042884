"""The records of argmap's domain, all frozen.

References between records are plain strings, so that every record can stand in a table:

- a **work** is named by its BibTeX key (``weitsman2013``);
- a **holder** by ``@key`` (a work), ``actor:slug`` or ``group:slug``;
- a **claim** by ``text/slug``, where ``text`` is the key of the coded text;
- a **relation** by ``source.type.target`` unless the scholar gave it an id; its target is the id
  of a claim or of another relation.
"""

from __future__ import annotations

from typing import Literal, get_args

import msgspec

Kind = Literal["definitional", "conceptual", "causal", "descriptive", "normative", "predictive"]
Weight = Literal["core", "supporting", "background"]
Stance = Literal["asserts", "endorses", "disputes", "reports"]
Attribution = Literal["explicit", "parenthetical", "collective", "anonymous", "implied"]
Certainty = Literal["certain", "uncertain"]
RelationType = Literal["supports", "contests", "undercuts", "qualifies", "explains"]
Basis = Literal["explicit", "implicit", "analyst"]
Role = Literal["carries", "exemplar", "evidence", "primary-source", "chronicle", "report", "term"]
HolderKind = Literal["work", "actor", "group"]
TargetKind = Literal["claim", "relation"]

KINDS: tuple[str, ...] = get_args(Kind)
WEIGHTS: tuple[str, ...] = get_args(Weight)
STANCES: tuple[str, ...] = get_args(Stance)
ATTRIBUTIONS: tuple[str, ...] = get_args(Attribution)
CERTAINTIES: tuple[str, ...] = get_args(Certainty)
RELATION_TYPES: tuple[str, ...] = get_args(RelationType)
BASES: tuple[str, ...] = get_args(Basis)
ROLES: tuple[str, ...] = get_args(Role)
STATUSES: tuple[str, ...] = (
    "disputed",
    "self-contested",
    "challenged",
    "mixed",
    "corroborated",
    "asserted",
    "unheld",
)
"""What a claim can be, the most contested first; see :class:`Standing`."""


class Record(msgspec.Struct, frozen=True, kw_only=True, order=False):
    """What all records share: they are frozen, take keywords only, and know how to print."""


class Place(Record, frozen=True, kw_only=True):
    """Where a record was written down: a file, and a line and a column counted from 1.

    ``path`` is relative to the folder that holds the corpus (``corpus/review.yaml``), so that it is
    the same on every machine; for works it is the file name of the bibliography.

    >>> place = review.claims.get("legitimacy-by-mass").place
    >>> place.path
    'corpus/rynningschmitt2018.yaml'
    """

    path: str
    line: int
    column: int = 1


class Person(Record, frozen=True, kw_only=True):
    """A personal name in its four parts, or a corporate name in ``family`` alone.

    >>> str(review.works.get("weitsman2013").authors[0])
    'Weitsman, Patricia A.'
    """

    family: str
    given: str = ""
    prefix: str = ""
    suffix: str = ""

    def __str__(self) -> str:
        """Return ``de Graaf, Beatrice`` or ``Scales, Jr., Robert H.``."""
        name = f"{self.prefix} {self.family}".strip()
        return ", ".join(part for part in (name, self.suffix, self.given) if part)


class Work(Record, frozen=True, kw_only=True):
    """An entry of the bibliography.

    ``type`` is the entry type in lower case; ``authors``, ``editors`` and ``title`` (without the
    subtitle) are decoded from LaTeX.  ``fields`` holds every field as it is written, braces that
    protect capitals included, in the order of the entry: field names in lower case, macros, ``#``,
    crossref and xdata resolved, line breaks folded.

    >>> work = review.works.get("weitsman2013")
    >>> work.type, work.year
    ('book', 2013)
    """

    key: str
    type: str
    authors: tuple[Person, ...] = ()
    editors: tuple[Person, ...] = ()
    year: int | None = None
    title: str = ""
    doi: str = ""
    url: str = ""
    fields: dict[str, str] = {}
    place: Place | None = None


class PageMarks(Record, frozen=True, kw_only=True):
    """How pages show in a source text.

    ``first`` is the page on which the file begins.  ``mark`` is the printed mark with ``#`` for
    the number, as in ``(p. #)``.  ``inferred`` names pages that carry no mark, with the words with
    which each begins; what stands on them is flagged.  ``running`` lists running heads, lines that
    break a sentence and belong to no passage.
    """

    first: str = ""
    mark: str = ""
    inferred: tuple[tuple[str, str], ...] = ()
    running: tuple[str, ...] = ()


class Text(Record, frozen=True, kw_only=True):
    """A work that has been coded.

    ``source`` is the name of the text's file in the reader's own folder of texts; ``body`` and
    ``references`` are the lines with which the body and the list of references begin.  ``sha256``
    and ``length`` (in code points) are those of the file when its anchors were last proved.

    >>> review.texts.get("bogdanov2019").pages.first
    '132'
    """

    key: str
    source: str = ""
    survey: bool = False
    pages: PageMarks = PageMarks()
    body: str = ""
    references: str = ""
    sha256: str | None = None
    length: int | None = None
    place: Place | None = None


class Anchor(Record, frozen=True, kw_only=True):
    """Where a passage stands: text, printed page, and its first and last words.

    ``page`` may be a span (``654-655``).  ``start`` and ``end`` are offsets in code points into the
    source file, ``end`` exclusive; ``sha256`` is the digest of the normalised passage.  The three
    come from proving the anchor against a copy of the text and are None before that, as ``section``
    is (the number or title of the innermost heading above the passage).

    >>> anchor = review.claims.get("desperate-fallback").anchor
    >>> anchor.page, anchor.page_inferred
    ('135', True)
    """

    text: str
    page: str = ""
    page_inferred: bool = False
    section: str | None = None
    head: str = ""
    tail: str = ""
    start: int | None = None
    end: int | None = None
    sha256: str | None = None


class Holder(Record, frozen=True, kw_only=True):
    """Who can hold a claim: a work (``@key``), an actor or a group.

    ``works`` are the keys of works that are an actor's or group's own; ``members`` the ids of a
    group's members.

    >>> review.holders.get("group:neoconservatives").members[0]
    'actor:dick-cheney'
    """

    id: str
    kind: HolderKind
    name: str
    works: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    place: Place | None = None


class Claim(Record, frozen=True, kw_only=True):
    """One proposition in our own words.

    ``alone`` says why no relation touches the claim, where that is so.

    >>> claim = review.claims.get("desperate-fallback")
    >>> claim.statement
    'Ad hoc coalitions are what one falls back on in despair.'
    """

    id: str
    text: str
    statement: str
    kind: Kind = "descriptive"
    topic: str | None = None
    weight: Weight = "supporting"
    anchor: Anchor | None = None
    alone: str = ""
    place: Place | None = None


class Position(Record, frozen=True, kw_only=True):
    """A holder's stance on a claim, as ``reported_by`` tells it on ``page``.

    ``own_locator`` is the place in the holder's own work, empty where unknown.

    >>> position = review.positions.filter(holder="carter2004")[0]
    >>> position.holder, position.stance, position.reported_by, position.own_locator
    ('@carter2004', 'asserts', 'bogdanov2019', 'p. 74')
    """

    claim: str
    holder: str
    stance: Stance
    reported_by: str
    page: str = ""
    own_locator: str = ""
    attribution: Attribution = "explicit"
    certainty: Certainty = "certain"
    anchor: Anchor | None = None
    place: Place | None = None


class Relation(Record, frozen=True, kw_only=True):
    """How one claim bears on another, or on a relation (``undercuts`` and ``supports`` only).

    ``drawn_by`` are the holders to whom the step belongs; none where the analyst drew it.

    >>> target = "bogdanov2019/desperate-fallback"
    >>> relation = review.relations.filter(type="contests", target=target)[0]
    >>> relation.source, relation.page
    ('bogdanov2019/change-drives-demand', '135')
    """

    id: str
    type: RelationType
    source: str
    target: str
    target_kind: TargetKind = "claim"
    drawn_by: tuple[str, ...] = ()
    basis: Basis = "explicit"
    evidential: bool = False
    page: str = ""
    because: str = ""
    anchor: Anchor | None = None
    place: Place | None = None


class Citation(Record, frozen=True, kw_only=True):
    """A citation of a work in a text, tied to the claim or to the relation that it serves.

    Exactly one of ``claim`` and ``relation`` is not empty.  ``locator`` is the place cited in the
    work, as printed; ``anchor`` is where the citation stands in the citing text.

    >>> citation = review.citations.filter(work="carter2004")[0]
    >>> citation.text, citation.role, citation.locator
    ('bogdanov2019', 'carries', 'p. 74')
    """

    claim: str = ""
    relation: str = ""
    work: str
    locator: str = ""
    role: Role = "carries"
    text: str
    anchor: Anchor | None = None
    place: Place | None = None


class Uncoded(Record, frozen=True, kw_only=True):
    """A passage of a text that carries no claim, with the reason."""

    text: str
    anchor: Anchor
    because: str
    place: Place | None = None


class OwnAnnotation(Record, frozen=True, kw_only=True):
    """What the scholar writes about a work: Markdown, one paragraph or several.

    Works are cited as pandoc cites them, ``[@weitsman2013, p. 12]``.
    """

    work: str
    text: str
    place: Place | None = None


class Topic(Record, frozen=True, kw_only=True):
    """A keyword of the review, with a label and a line on what falls under it.

    >>> review.literature.review.topics[0].id
    'definition'
    """

    id: str
    label: str
    description: str = ""
    place: Place | None = None


class DeclaredSchool(Record, frozen=True, kw_only=True):
    """A school of thought as the scholar sees it: members by holder id, and the reason."""

    id: str
    name: str
    members: tuple[str, ...] = ()
    because: str = ""
    place: Place | None = None


class Review(Record, frozen=True, kw_only=True):
    """What holds for the whole literature.

    ``base`` is the IRI under which every node is named.  Each of ``aliases`` is a set of names of
    one person, ``Family, Given``.
    """

    title: str = ""
    base: str = "https://example.org/review/"
    description: str = ""
    creators: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    schools: tuple[DeclaredSchool, ...] = ()
    aliases: tuple[tuple[str, ...], ...] = ()
    place: Place | None = None


class Literature(Record, frozen=True, kw_only=True):
    """Everything argmap knows of a literature, each collection sorted, so that equal means same.

    Works, texts, holders, claims, relations and annotations are sorted by key or id, all else by
    all fields (see :func:`sort_records`).  Every work, actor or group that takes a position is a
    holder.

    >>> len(review.literature.claims) == len(review.claims)
    True
    """

    review: Review = Review()
    works: tuple[Work, ...] = ()
    texts: tuple[Text, ...] = ()
    holders: tuple[Holder, ...] = ()
    claims: tuple[Claim, ...] = ()
    positions: tuple[Position, ...] = ()
    relations: tuple[Relation, ...] = ()
    citations: tuple[Citation, ...] = ()
    uncoded: tuple[Uncoded, ...] = ()
    annotations: tuple[OwnAnnotation, ...] = ()


class Standing(Record, frozen=True, kw_only=True):
    """What analysis finds of one claim: who stands for it, who against it.

    ``status`` is one of disputed, self-contested, challenged, mixed, corroborated, asserted and
    unheld; ``pro``, ``con`` and ``mixed`` are holder ids, sorted.

    >>> review.standings()["bogdanov2019/desperate-fallback"].pro
    ('@carter2004',)
    """

    claim: str
    status: str
    pro: tuple[str, ...] = ()
    con: tuple[str, ...] = ()
    mixed: tuple[str, ...] = ()
    depth: int = 0


class Dispute(Record, frozen=True, kw_only=True):
    """Disputed claims joined by contests, told under their focal claim.

    The sides are those of the focal claim; voices are counts of independent voices; witnesses and
    sides are holder ids, sorted; ``text_stances`` has for each coded text that has to do with the
    focal claim one of pro, con, mixed and reports.

    >>> dispute = review.disputes(topic="legitimacy")[0]
    >>> dispute.pro_voices, dispute.con_voices, dispute.flags[0]
    (1, 1, 'side without a work: pro')
    """

    focal: str
    claims: tuple[str, ...]
    topic: str | None = None
    depth: int = 1
    pro: tuple[str, ...] = ()
    con: tuple[str, ...] = ()
    mixed: tuple[str, ...] = ()
    pro_voices: int = 0
    con_voices: int = 0
    pro_witnesses: tuple[str, ...] = ()
    con_witnesses: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    text_stances: dict[str, str] = {}


class Cleavage(Record, frozen=True, kw_only=True):
    """A claim on which a school and another one (named here) stand on different sides.

    >>> review.schools()[0].cleavages[0].school
    'alliances-for-war'
    """

    school: str
    claim: str


class School(Record, frozen=True, kw_only=True):
    """A school of thought that analysis found: holders that agree on claims in debate.

    ``core`` and ``fringe`` part ``members``; ``stability`` is the mean share, from 0 to 1, of draws
    in which a member stays with most of the school; ``topic`` is None for the whole literature.

    >>> review.schools()[0].name
    'Alliances keep peace'
    """

    id: str
    name: str
    members: tuple[str, ...]
    core: tuple[str, ...] = ()
    fringe: tuple[str, ...] = ()
    defining: tuple[str, ...] = ()
    cleavages: tuple[Cleavage, ...] = ()
    bridges: tuple[str, ...] = ()
    stability: float = 1.0
    topic: str | None = None


class Derived(Record, frozen=True, kw_only=True):
    """What analysis adds to a literature, with the parameters that led to it.

    Standings are sorted by claim; disputes and schools keep the order that analysis gives them.

    >>> len(review.derive().standings) == len(review.claims)
    True
    """

    standings: tuple[Standing, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    schools: tuple[School, ...] = ()
    parameters: dict[str, str] = {}
