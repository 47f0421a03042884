"""Rows of answers: records that tell themselves in a line, with pages."""

from __future__ import annotations

from typing import ClassVar

from argmap.model import Record
from argmap.naming import shorten, show_page


class Stand(Record, frozen=True, kw_only=True):
    """Where a holder stands on a claim, who says so on which page, and how that follows.

    ``side`` is pro, con or mixed, or ``witness pro`` and ``witness con`` for a holder whose claim
    somebody else uses, who is not counted; ``text`` reports the position on ``page``; ``pages`` are
    all pages on the way from it to the claim; ``own_locator`` is the place in the holder's work;
    ``certainty`` is that of the position, certain or uncertain.

    >>> stand = review.who_contests("desperate-fallback").rows[0]
    >>> stand.holder, stand.side, stand.text, stand.page
    ('@tertrais2004', 'con', 'bogdanov2019', '135')
    """

    claim: str
    holder: str
    name: str
    kind: str
    side: str
    text: str = ""
    page: str = ""
    pages: tuple[str, ...] = ()
    own_locator: str = ""
    certainty: str = ""
    how: str
    shown: ClassVar[tuple[str, ...]] = ("name", "side", "page", "how")

    def __str__(self) -> str:
        mark = {"mixed": " (on both sides)"}.get(self.side, "")
        if self.side.startswith("witness"):
            mark = " (a witness)"
        return f"{self.name}{mark}: {self.how}"


class Holding(Record, frozen=True, kw_only=True):
    """A claim on which a holder takes a side, with the page and how that follows.

    >>> holding = review.claims_of("weitsman2013").rows[0]
    >>> holding.page, holding.side
    ('660', 'pro')
    """

    claim: str
    statement: str
    side: str
    text: str
    page: str
    pages: tuple[str, ...] = ()
    own_locator: str = ""
    how: str
    shown: ClassVar[tuple[str, ...]] = ("statement", "side", "page", "how")

    def __str__(self) -> str:
        return f"{self.statement} [{self.how}]"


class Reason(Record, frozen=True, kw_only=True):
    """A claim that supports or explains another one, ``depth`` steps below the claim asked about.

    ``of`` is the claim for which it is a reason; ``drawn_by`` are the holders who draw the step,
    on ``page`` of ``text``; ``cited`` are works cited for the claim or the step, with locators and
    roles; ``undercut_by`` are claims that attack the step; ``again`` where the claim's own reasons
    stand above already.

    >>> reason = review.who_supports("coalitions-effective-by-design").rows[0]
    >>> reason.page, reason.undercut_by
    ('660', ('rynningschmitt2018/real-cases-not-clear-cut',))
    """

    depth: int
    claim: str
    statement: str
    step: str
    of: str
    text: str
    page: str
    drawn_by: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    basis: str
    cited: tuple[str, ...] = ()
    undercut_by: tuple[str, ...] = ()
    again: bool = False
    shown: ClassVar[tuple[str, ...]] = (
        "depth",
        "step",
        "statement",
        "page",
        "names",
        "cited",
        "undercut_by",
    )

    def __str__(self) -> str:
        drawn = f", drawn by {'; '.join(self.names)}" if self.names else ""
        basis = ", the analyst's reading" if self.basis == "analyst" else drawn
        where = f"{shorten(self.claim)}, {show_page(self.page)}{basis}"
        told = f"{self.step} it: {self.statement} [{where}]"
        if self.cited:
            told += f" (cited: {'; '.join(self.cited)})"
        if self.undercut_by:
            told += f" — this step is undercut by {', '.join(map(shorten, self.undercut_by))}"
        return told + (" (its reasons: above)" if self.again else "")


class Use(Record, frozen=True, kw_only=True):
    """A citation: ``text`` cites ``work`` on ``page``, in a role, for a claim or for a relation.

    ``locator`` is the place cited in the work.

    >>> use = review.cited_for("schmitt2018").rows[0]
    >>> use.text, use.page, use.role
    ('rynningschmitt2018', '661', 'carries')
    """

    work: str
    text: str
    text_name: str
    page: str
    role: str
    locator: str
    claim: str
    relation: str
    statement: str
    shown: ClassVar[tuple[str, ...]] = ("text_name", "page", "role", "locator", "statement")

    def __str__(self) -> str:
        place = f" ({self.locator.lstrip(': ')} there)" if self.locator else ""
        served = f"{self.statement} " + ("(for a step from it) " if self.relation else "")
        return f"{self.role}{place}: {served}[{self.text_name}, {show_page(self.page)}]"


class CitingWork(Record, frozen=True, kw_only=True):
    """A text that cites a work: how often, in which roles, on which of its pages, for which claims.

    >>> citing = review.who_cites("weitsman2013").rows[0]
    >>> citing.text, citing.pages, citing.roles
    ('rynningschmitt2018', ('660', '661'), ('carries',))
    """

    text: str
    name: str
    times: int
    roles: tuple[str, ...]
    pages: tuple[str, ...]
    claims: tuple[str, ...]
    shown: ClassVar[tuple[str, ...]] = ("name", "times", "roles", "pages", "claims")

    def __str__(self) -> str:
        pages = f"p. {self.pages[0]}" if len(self.pages) == 1 else f"pp. {', '.join(self.pages)}"
        return (
            f"{self.name}, {pages}: {', '.join(self.roles)}, "
            f"for {', '.join(map(shorten, self.claims))}"
        )


class Comparison(Record, frozen=True, kw_only=True):
    """A point at which two works, holders or texts meet.

    ``verdict`` is agree, disagree or mixed where both take a side on ``claim``; supports, explains,
    contests, qualifies or undercuts where a claim of the one bears on a claim of the other: then
    ``claim`` is the claim that does, ``other`` the one on which it bears.  ``first_page`` and
    ``second_page`` are where the two say so; ``how`` tells it.

    >>> point = review.compare("sherwoodrandall2006", "tertrais2004").rows[0]
    >>> point.verdict, point.first_page, point.second_page
    ('disagree', '134', '134')
    """

    verdict: str
    claim: str
    statement: str
    other: str = ""
    first_page: str = ""
    second_page: str = ""
    how: str
    shown: ClassVar[tuple[str, ...]] = (
        "verdict",
        "first_page",
        "second_page",
        "statement",
        "how",
    )

    def __str__(self) -> str:
        return f"{self.verdict}: {self.statement} [{self.how}]"


class Division(Record, frozen=True, kw_only=True):
    """A claim and its two sides: holders for it, against it, and on both, by name.

    >>> division = review.both_sides("legitimacy").rows[0]
    >>> division.page, division.pro[0], division.con
    ('662', 'The George W. Bush administration', ('Rynning & Schmitt 2018',))
    """

    claim: str
    statement: str
    text: str
    page: str
    status: str
    pro: tuple[str, ...] = ()
    con: tuple[str, ...] = ()
    mixed: tuple[str, ...] = ()
    shown: ClassVar[tuple[str, ...]] = ("statement", "page", "status", "pro", "con")

    def __str__(self) -> str:
        told = f"{self.statement} [{self.claim}, {show_page(self.page)}; {self.status}]"
        for word, names in (
            ("for", self.pro),
            ("against", self.con),
            ("on both sides", self.mixed),
        ):
            if names:
                told += f"\n{word}: {'; '.join(names)}"
        return told


class Entry(Record, frozen=True, kw_only=True):
    """A claim on a list, with the reason why it is there.

    >>> review.second_hand(topic="worth-of-alliances").rows[0].page
    '134'
    """

    claim: str
    statement: str
    text: str
    page: str
    topic: str
    why: str
    shown: ClassVar[tuple[str, ...]] = ("statement", "text", "page", "why")

    def __str__(self) -> str:
        return f"{self.statement} [{self.claim}, {show_page(self.page)}] {self.why}"


class Attack(Record, frozen=True, kw_only=True):
    """An argument against an inference: ``claim`` undercuts the step from ``source`` to ``target``.

    ``relation`` is the step; ``names`` are the holders who attack it, on ``page`` of ``text``.

    >>> attack = review.undercut(topic="effectiveness").rows[0]
    >>> attack.page, attack.source.partition("/")[2]
    ('661', 'coalition-alliance-differ-in-nature')
    """

    claim: str
    statement: str
    text: str
    page: str
    names: tuple[str, ...]
    relation: str
    source: str
    target: str
    source_statement: str
    target_statement: str
    because: str
    shown: ClassVar[tuple[str, ...]] = (
        "statement",
        "page",
        "names",
        "source_statement",
        "target_statement",
    )

    def __str__(self) -> str:
        drawn = f", {'; '.join(self.names)}" if self.names else ""
        return (
            f"{self.statement} [{self.claim}, {show_page(self.page)}{drawn}]\n"
            f"attacks the step from: {self.source_statement}\n"
            f"to: {self.target_statement}"
        )


class Shift(Record, frozen=True, kw_only=True):
    """A claim whose standing would be another without a work.

    >>> shift = review.without("weitsman2013").rows[0]
    >>> shift.claim, shift.before, shift.after
    ('rynningschmitt2018/coalition-alliance-differ-in-nature', 'disputed', 'challenged')
    """

    claim: str
    statement: str
    text: str
    page: str
    before: str
    after: str
    depth_before: int
    depth_after: int
    shown: ClassVar[tuple[str, ...]] = ("statement", "page", "before", "after")

    def __str__(self) -> str:
        before = f"{self.before} ({self.depth_before})" if self.depth_before else self.before
        after = f"{self.after} ({self.depth_after})" if self.depth_after else self.after
        return f"{self.statement} [{self.claim}, {show_page(self.page)}]: {before} → {after}"


class Link(Record, frozen=True, kw_only=True):
    """One step of the way from one work to another.

    ``sign`` is 1 where the step agrees, -1 where it disagrees.

    >>> [link.kind for link in review.path("carter2004", "tertrais2004")]
    ['asserts', 'contests', 'asserts']
    """

    source: str
    kind: str
    target: str
    sign: int
    text: str
    page: str
    told: str
    shown: ClassVar[tuple[str, ...]] = ("told", "page")

    def __str__(self) -> str:
        return self.told


class Turn(Record, frozen=True, kw_only=True):
    """What a work of some year says on a topic.

    >>> turn = review.over_years("war-and-peace").rows[0]
    >>> turn.year, turn.name, turn.page
    (1979, 'Waltz 1979', '655')
    """

    year: int
    holder: str
    name: str
    stance: str
    claim: str
    statement: str
    text: str
    page: str
    shown: ClassVar[tuple[str, ...]] = ("year", "name", "stance", "statement", "page")

    def __str__(self) -> str:
        where = f"{self.text}, {show_page(self.page)}"
        return f"{self.year} {self.name} {self.stance}: {self.statement} [{where}]"
