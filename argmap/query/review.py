"""The review object: a literature to ask questions of in Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from argmap.diagnostics import Diagnostic
from argmap.literature import Loaded
from argmap.model import (
    Citation,
    Claim,
    Derived,
    Dispute,
    Holder,
    Literature,
    Position,
    Relation,
    School,
    Standing,
    Text,
    Work,
)
from argmap.query import names
from argmap.query.collection import Collection
from argmap.query.tables import Table

if TYPE_CHECKING:
    import networkx
    import pyoxigraph
    import rdflib

    from argmap.query.answers import Answer
    from argmap.query.endpoints import Endpoint
    from argmap.query.named import NamedQuery
    from argmap.query.questions import Grounds
    from argmap.query.rows import (
        Attack,
        CitingWork,
        Comparison,
        Division,
        Entry,
        Holding,
        Link,
        Reason,
        Shift,
        Stand,
        Turn,
        Use,
    )
    from argmap.query.sparql import Graph, StoredGraph

TIME_LIMIT = 60.0
"""Seconds that a SPARQL query may take unless told otherwise."""


class Review:
    """A literature to ask questions of; :func:`argmap.load` makes one.

    Collections (``claims``, ``positions``, …) hold records that filter, sort, group and become
    frames.  Questions (:meth:`who_contests` and the like) return an :class:`Answer` with pages.
    Works, holders, claims and texts are named by id, by bare BibTeX key, by slug where that is
    unique, or by a record; what is misspelt or ambiguous raises :class:`UnknownName` with
    candidates.  Relations that the reviewer drew (basis *analyst*) count only with
    ``with_analyst=True``.  A review can be pickled.

    Examples
    --------
    >>> review = argmap.load("corpus", "references.bib")
    >>> review.who_contests("desperate-fallback").rows[0].name
    'Tertrais 2004'
    """

    def __init__(
        self,
        loaded: Loaded | None,
        graph: Endpoint | StoredGraph | None = None,
        *,
        strict: bool = True,
    ) -> None:
        self._given = loaded
        self._graph = graph
        self._strict = strict

    def __getstate__(self) -> dict[str, Any]:
        kept = ("_given", "_graph", "_strict")
        return {name: self.__dict__[name] for name in kept}

    def __repr__(self) -> str:
        if self._given is None and "_loaded" not in self.__dict__:
            return f"<Review at {self._graph}: records not read yet>"
        return (
            f"<Review {self.title!r}: {len(self.texts)} texts, {len(self.claims)} claims, "
            f"{len(self.positions)} positions, {len(self.relations)} relations, "
            f"{len(self.works)} works>"
        )

    @cached_property
    def _loaded(self) -> Loaded:
        """The records, read from the store or the server where there is one."""
        if self._given is not None:
            return self._given
        from argmap.query.loading import demand_sound

        assert self._graph is not None
        loaded = self._graph.fetch()
        if self._strict:
            demand_sound(loaded.findings)
        return loaded

    # The records

    @property
    def literature(self) -> Literature:
        """All records as one :class:`Literature`.

        >>> review.literature.review.title
        'Alliances and coalitions'
        """
        return self._loaded.literature

    @property
    def title(self) -> str:
        """The title of the review.

        >>> review.title
        'Alliances and coalitions'
        """
        return self.literature.review.title

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All findings of loading and checking, warnings and notes included, sorted by place.

        >>> [finding for finding in review.diagnostics if finding.severity == "error"]
        []
        """
        return self._loaded.findings

    @cached_property
    def claims(self) -> Collection[Claim]:
        """The claims, sorted by id.

        >>> review.claims.filter(topic="legitimacy", kind="normative").values("page")
        ['140', '658', '662']
        """
        return Collection(self.literature.claims, Claim, self)

    @cached_property
    def positions(self) -> Collection[Position]:
        """The positions, sorted by claim and holder.

        >>> [position.page for position in review.positions.filter(holder="carter2004")]
        ['135']
        """
        return Collection(self.literature.positions, Position, self)

    @cached_property
    def relations(self) -> Collection[Relation]:
        """The relations, sorted by id.

        >>> review.relations.filter(type="undercuts", basis="explicit")[0].page
        '141'
        """
        return Collection(self.literature.relations, Relation, self)

    @cached_property
    def citations(self) -> Collection[Citation]:
        """The citations, sorted by what they serve, then by work.

        >>> [citation.locator for citation in review.citations.filter(work="carter2004")]
        ['p. 74']
        """
        return Collection(self.literature.citations, Citation, self)

    @cached_property
    def works(self) -> Collection[Work]:
        """The works of the bibliography, sorted by key.

        >>> review.works.get("weitsman2013").year
        2013
        """
        return Collection(self.literature.works, Work, self)

    @cached_property
    def holders(self) -> Collection[Holder]:
        """Works that hold something, actors and groups, sorted by id.

        >>> review.holders.get("neorealists").members
        ('@waltz1979',)
        """
        return Collection(self.literature.holders, Holder, self)

    @cached_property
    def texts(self) -> Collection[Text]:
        """The coded texts, sorted by key.

        >>> [text.key for text in review.texts]
        ['bogdanov2019', 'rynningschmitt2018']
        """
        return Collection(self.literature.texts, Text, self)

    # What analysis finds

    def standings(self, *, with_analyst: bool = False) -> dict[str, Standing]:
        """Return the status and the sides of every claim, by claim.

        >>> review.standings()["rynningschmitt2018/legitimacy-by-mass"].status
        'disputed'
        """
        cache: dict[bool, dict[str, Standing]] = self.__dict__.setdefault("_standings", {})
        if with_analyst not in cache:
            from argmap.analysis import list_standings

            findings = self._grounds(with_analyst).findings
            cache[with_analyst] = {each.claim: each for each in list_standings(findings)}
        return cache[with_analyst]

    def disputes(
        self, *, with_analyst: bool = False, topic: str | None = None, flag: str | None = None
    ) -> Collection[Dispute]:
        """Return the disputes, deepest first; with ``flag``, those with a flag that begins so.

        >>> review.disputes(topic="legitimacy")[0].focal
        'rynningschmitt2018/legitimacy-by-mass'
        >>> [dispute.focal for dispute in review.disputes(flag="reviewer's own works")][:1]
        ['rynningschmitt2018/standing-without-force-common']
        """
        from argmap.analysis import list_disputes

        topic = names.find_topic(self.literature, topic) if topic is not None else None
        found = list_disputes(self._grounds(with_analyst).findings, topic=topic)
        chosen = [
            dispute
            for dispute in found
            if flag is None or any(each.startswith(flag) for each in dispute.flags)
        ]
        return Collection(chosen, Dispute, self)

    def schools(
        self, *, with_analyst: bool = False, topic: str | None = None
    ) -> Collection[School]:
        """Return the schools of thought: of the whole literature, then of each topic.

        With ``topic``, of that topic only.  The first call takes a second or two, for their
        stability is tried.

        >>> [school.id for school in review.schools() if school.topic is None][:2]
        ['alliances-for-peace', 'flexible-coalitions']
        """
        topic = names.find_topic(self.literature, topic) if topic is not None else None
        derived = self.derive(with_analyst=with_analyst, topic=topic)
        return Collection(derived.schools, School, self)

    def derive(self, *, with_analyst: bool = False, topic: str | None = None) -> Derived:
        """Return standings, disputes and schools as one record; computed once.

        >>> review.derive().parameters["with_analyst"]
        'false'
        """
        cache: dict[tuple[bool, str | None], Derived] = self.__dict__.setdefault("_derived", {})
        key = (with_analyst, topic)
        if key not in cache:
            from argmap.analysis import derive

            cache[key] = derive(self._grounds(with_analyst).findings, topic=topic)
        return cache[key]

    def network(self, *, with_analyst: bool = False) -> networkx.MultiDiGraph[str]:
        """Return claims, holders and works with positions, relations and citations as a graph.

        Straight into networkx: nodes have ``node`` (claim, holder, work), edges ``edge`` (position,
        relation, citation), ``kind`` and ``sign``; :func:`argmap.network.build_network` documents
        every attribute, and ``argmap.network`` has projections to claims, holders and works.

        >>> import networkx
        >>> network = review.network()
        >>> networkx.number_weakly_connected_components(network) < len(network) / 5
        True
        """
        from argmap.network import build_network

        return build_network(
            self.literature, self.derive(with_analyst=with_analyst), with_analyst=with_analyst
        )

    # Questions about a claim

    def who_holds(self, claim: str | Claim, *, with_analyst: bool = False) -> Answer[Stand]:
        """Answer who holds a claim, who says so, and on which page.

        >>> print(review.who_holds("legitimacy-by-mass").summary)
        1 independent voice for it. Nobody citable: no work stands on this side.
        """
        from argmap.query.claims import who_holds

        return who_holds(self._grounds(with_analyst), self._claim(claim))

    def who_contests(self, claim: str | Claim, *, with_analyst: bool = False) -> Answer[Stand]:
        """Answer who contests a claim, and where; what merely limits it stands in the notes.

        >>> answer = review.who_contests("leader-pays-in-effectiveness")
        >>> [(row.name, row.page) for row in answer]
        [('Rynning & Schmitt 2018', '662'), ('Schmitt 2018', '661')]
        """
        from argmap.query.claims import who_contests

        return who_contests(self._grounds(with_analyst), self._claim(claim))

    def who_supports(self, claim: str | Claim, *, with_analyst: bool = False) -> Answer[Reason]:
        """Answer which reasons are given for a claim, by whom, and on which page.

        >>> review.who_supports("permanent-advocated").rows[0].names
        ('Advocates of permanent alliances',)
        """
        from argmap.query.claims import who_supports

        return who_supports(self._grounds(with_analyst), self._claim(claim))

    def reasons(self, claim: str | Claim, *, with_analyst: bool = False) -> Answer[Reason]:
        """Answer with the chain of reasons from a claim down to its evidence.

        >>> [(row.depth, row.page) for row in review.reasons("alliances-keep-peace")][:2]
        [(1, '655'), (1, '656')]
        """
        from argmap.query.claims import reasons

        return reasons(self._grounds(with_analyst), self._claim(claim))

    # Questions about a work

    def claims_of(
        self, holder: str | Holder | Work | Text, *, with_analyst: bool = False
    ) -> Answer[Holding]:
        """Answer what a work, actor or group claims and denies: its own words first.

        >>> review.claims_of("carter2004").rows[0].own_locator
        'p. 74'
        """
        from argmap.query.works import claims_of

        return claims_of(self._grounds(with_analyst), self._holder(holder))

    def cited_for(self, work: str | Work | Text) -> Answer[Use]:
        """Answer what a work is cited for, by which text, on which page, in which role.

        >>> [(row.page, row.role) for row in review.cited_for("carter2004")]
        [('135', 'carries')]
        """
        from argmap.query.works import cited_for

        return cited_for(self._grounds(), names.find_work(self.literature, work))

    def who_cites(self, work: str | Work | Text) -> Answer[CitingWork]:
        """Answer which coded texts cite a work, how often, and for what.

        >>> [row.text for row in review.who_cites("record2007")]
        ['bogdanov2019']
        """
        from argmap.query.works import who_cites

        return who_cites(self._grounds(), names.find_work(self.literature, work))

    def without(
        self, holder: str | Holder | Work | Text, *, with_analyst: bool = False
    ) -> Answer[Shift]:
        """Answer what would change if a work, actor or group had not spoken.

        >>> print(review.without("weitsman2004").summary)
        5 claims would stand otherwise.
        """
        from argmap.query.works import without

        return without(self._grounds(with_analyst), self._holder(holder))

    def compare(
        self,
        first: str | Holder | Work | Text,
        second: str | Holder | Work | Text,
        *,
        with_analyst: bool = False,
    ) -> Answer[Comparison]:
        """Answer where two works, actors or groups agree and disagree, with the pages of both.

        Of two coded texts, also how the claims of the one bear on those of the other.

        >>> review.compare("bogdanov2019", "rynningschmitt2018").notes[0][:30]
        '55 relations between their cla'
        """
        from argmap.query.between import compare

        return compare(self._grounds(with_analyst), self._holder(first), self._holder(second))

    def path(
        self,
        first: str | Holder | Work | Text,
        second: str | Holder | Work | Text,
        *,
        with_analyst: bool = False,
    ) -> Answer[Link]:
        """Answer with the shortest way of support or contest between two works.

        >>> print(review.path("carter2004", "tertrais2004").summary)
        1 relation between their claims, in contest.
        """
        from argmap.query.between import path

        return path(self._grounds(with_analyst), self._holder(first), self._holder(second))

    # Questions about a topic, or about all

    def both_sides(self, topic: str, *, with_analyst: bool = False) -> Answer[Division]:
        """Answer with the claims of a topic that somebody opposes, and who is on which side.

        >>> [row.page for row in review.both_sides("legitimacy")]
        ['662', '662', '662', '662', '662']
        """
        from argmap.query.lists import both_sides

        topic = names.find_topic(self.literature, topic)
        return both_sides(self._grounds(with_analyst), topic)

    def over_years(self, topic: str, *, with_analyst: bool = False) -> Answer[Turn]:
        """Answer how a topic moved over the years: which work of which year says what.

        >>> [row.year for row in review.over_years("war-and-peace")][:3]
        [1979, 1981, 1981]
        """
        from argmap.query.works import over_years

        return over_years(self._grounds(with_analyst), names.find_topic(self.literature, topic))

    def disputed(self, *, topic: str | None = None, with_analyst: bool = False) -> Answer[Entry]:
        """Answer which claims are disputed, the deepest first.

        >>> review.disputed().rows[0].why
        '6 for, 2 against; depth 2'
        """
        from argmap.query.lists import disputed

        return disputed(self._grounds(with_analyst), self._topic(topic))

    def undercut(self, *, topic: str | None = None, with_analyst: bool = False) -> Answer[Attack]:
        """Answer which arguments attack an inference rather than a claim.

        >>> review.undercut(topic="war-and-peace").rows[0].page
        '656'
        """
        from argmap.query.lists import undercut

        return undercut(self._grounds(with_analyst), self._topic(topic))

    def second_hand(self, *, topic: str | None = None, with_analyst: bool = False) -> Answer[Entry]:
        """Answer which claims that works hold are known only from somebody's report.

        >>> review.second_hand(topic="worth-of-alliances").rows[0].why
        'Sherwood-Randall 2006, known only through Bogdanov 2019'
        """
        from argmap.query.lists import second_hand

        return second_hand(self._grounds(with_analyst), self._topic(topic))

    def uncitable(self, *, topic: str | None = None, with_analyst: bool = False) -> Answer[Entry]:
        """Answer which claims are held by nobody citable: by actors and groups, but by no work.

        >>> review.uncitable(topic="legitimacy").rows[0].claim
        'rynningschmitt2018/kosovo-purpose-legitimate'
        """
        from argmap.query.lists import uncitable

        return uncitable(self._grounds(with_analyst), self._topic(topic))

    def asserted_once(
        self, *, topic: str | None = None, with_analyst: bool = False
    ) -> Answer[Entry]:
        """Answer which claims one independent voice asserts, and whether anybody takes them up.

        >>> len(review.asserted_once(topic="nato")) > 5
        True
        """
        from argmap.query.lists import asserted_once

        return asserted_once(self._grounds(with_analyst), self._topic(topic))

    # RDF and SPARQL

    @cached_property
    def store(self) -> pyoxigraph.Store:
        """The graph in an Oxigraph store in memory, with what analysis derived.

        >>> len(review.store) > 20_000
        True
        """
        from argmap.graph import build_store

        return build_store(self.literature, self.derive())

    @cached_property
    def dataset(self) -> rdflib.Dataset:
        """The graph as an rdflib dataset over the same store.

        Load and save it with rdflib; ask it through :meth:`sparql`, for rdflib's own engine is slow
        and was seen to err.

        >>> len(list(review.dataset.graphs())) > 4
        True
        """
        from argmap.graph import as_dataset

        return as_dataset(self.store)

    def iri(self, name: str | Claim | Work | Holder | Text | Relation) -> pyoxigraph.NamedNode:
        """Return the IRI of a record, or of a claim, holder or topic by its id, for SPARQL.

        A record has the IRI of its kind; of names, claims go before holders, and these before
        topics.  ``@key`` is the holder, a bare key the work.

        >>> review.iri("desperate-fallback").value.rpartition("/claim/")[2]
        'bogdanov2019/desperate-fallback'
        """
        from argmap.query.bindings import name_iri

        return name_iri(self.literature, name)

    def sparql(
        self,
        query: str,
        *,
        time_limit: float | None = TIME_LIMIT,
        allow_service: bool = False,
        **bindings: Any,
    ) -> Table | bool:
        """Ask the graph in SPARQL 1.1, through Oxigraph or the server that the review is on.

        The prefixes of the ontology (``am:``, ``dct:``, ``cito:``, …) are bound, and the default
        graph is the union of all graphs.  SELECT gives a :class:`Table`, CONSTRUCT and DESCRIBE a
        table of subject, predicate and object, ASK a truth value.  IRIs become strings, literals
        numbers, truth values and strings, what is unbound None.

        Parameters
        ----------
        query
            SELECT, ASK, CONSTRUCT or DESCRIBE; updates are refused.
        time_limit
            Seconds after which the answer is given up; None for no limit.  On this machine the
            thread at work on it cannot be stopped, and ends with the process.
        allow_service
            Let the query ask other servers (SERVICE), which is otherwise refused.
        bindings
            Values for variables of the query: records and IRIs (:meth:`iri`) as IRIs, strings,
            numbers and truth values as literals.  They are joined as data (VALUES), never pasted
            into the text, so that no value can change the query.

        Raises
        ------
        QueryError
            Where the query is wrong, refused, or too slow.
        StoreError
            Where the review is on a server that cannot be reached, refuses, or fails.

        Examples
        --------
        >>> rows = review.sparql(
        ...     "SELECT ?page WHERE { ?claim dct:identifier ?id ; am:anchor/am:page ?page }",
        ...     id="bogdanov2019/desperate-fallback",
        ... )
        >>> rows.records()
        [{'page': '135'}]
        >>> review.sparql("ASK { ?claim a am:Claim }")
        True
        """
        from argmap.query.bindings import bind
        from argmap.query.sparql import check_query

        # What is wrong is told before the graph is made.
        check_query(query, allow_service=allow_service, time_limit=time_limit)
        bound = bind(query, bindings, self._iri_of)
        return self._asked.ask(bound, time_limit=time_limit, allow_service=allow_service)

    def query(
        self, name: str, *values: str, time_limit: float | None = TIME_LIMIT, **parameters: str
    ) -> Table:
        """Run a named query; ``argmap query`` lists them, with their parameters.

        Parameters may be given in order or by name; claims, works, holders and topics are named as
        everywhere.

        >>> review.query("who-contests", "desperate-fallback").column("holder")[0]
        '@tertrais2004'
        >>> review.query("who-contest")
        Traceback (most recent call last):
        argmap.query.names.UnknownName: argmap: error: no query 'who-contest' [query-unknown]
            Did you mean 'who-contests', 'who-cites' or 'who-holds'?
        """
        from argmap.query.named import find_query

        return self.run_query(find_query(name), values, parameters, time_limit=time_limit)

    def run_query(
        self,
        query: NamedQuery,
        values: Sequence[str] = (),
        parameters: Mapping[str, str] | None = None,
        *,
        time_limit: float | None = TIME_LIMIT,
        allow_service: bool = False,
    ) -> Table:
        """Run a query that says what its parameters name, as files of named queries do.

        >>> from argmap.query.named import find_query
        >>> review.run_query(find_query("texts")).column("claims")
        [165, 171]
        """
        from argmap.query.bindings import bind
        from argmap.query.lookup import find_terms_by_asking
        from argmap.query.named import (
            find_terms,
            is_without_schools,
            name_parameters,
            sort_rows,
        )
        from argmap.query.results import make_table

        given = name_parameters(query, values, parameters or {})
        if self._graph is not None and "_loaded" not in self.__dict__:
            terms = find_terms_by_asking(self._graph, query, given, time_limit=time_limit)
        else:
            terms = find_terms(self.literature, query, given)
        bound = bind(query.text, terms, self._iri_of)
        quickly = self._graph is None and "store" not in self.__dict__
        graph = self._asked_quickly if quickly and is_without_schools(query) else self._asked
        found = graph.ask(bound, time_limit=time_limit, allow_service=allow_service)
        return sort_rows(query, make_table(found))

    # Inside

    def look_up_claim(self, claim: str, field: str) -> Any:
        """Return what a filter may ask of a claim beside its columns: see Collection.filter.

        >>> review.look_up_claim("bogdanov2019/desperate-fallback", "work")
        ('carter2004',)
        """
        return self._claim_fields[field].get(claim, None if field == "dispute" else ())

    @cached_property
    def _claim_fields(self) -> dict[str, dict[str, Any]]:
        from argmap.query.conditions import list_claim_fields

        return list_claim_fields(self.literature, self.disputes())

    def _grounds(self, with_analyst: bool = False) -> Grounds:
        cache: dict[bool, Grounds] = self.__dict__.setdefault("_examined", {})
        if with_analyst not in cache:
            from argmap.analysis import examine
            from argmap.query.questions import Grounds

            cache[with_analyst] = Grounds(examine(self.literature, with_analyst=with_analyst))
        return cache[with_analyst]

    def _iri_of(self, record: Any) -> pyoxigraph.NamedNode:
        from argmap.query.bindings import name_iri_under

        base = self._graph.base if self._graph else self.literature.review.base
        return name_iri_under(base, record)

    @cached_property
    def _asked_quickly(self) -> Graph:
        """The graph but for the schools, which take longer to find than all the rest together."""
        from argmap.analysis import list_disputes, list_standings
        from argmap.graph import build_store
        from argmap.query.sparql import StoredGraph

        findings = self._grounds().findings
        derived = Derived(standings=list_standings(findings), disputes=list_disputes(findings))
        store = build_store(self.literature, derived)
        return StoredGraph(store, self.literature.review.base)

    @cached_property
    def _asked(self) -> Graph:
        """What answers SPARQL."""
        from argmap.query.sparql import StoredGraph

        return self._graph or StoredGraph(self.store, self.literature.review.base)

    def _claim(self, claim: str | Claim) -> str:
        return names.find_claim(self.literature, claim)

    def _holder(self, holder: str | Holder | Work | Text) -> str:
        return names.find_holder(self.literature, holder)

    def _topic(self, topic: str | None) -> str | None:
        return None if topic is None else names.find_topic(self.literature, topic)
