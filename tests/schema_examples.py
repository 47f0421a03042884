"""One corpus file of each kind in which every field and every short form occurs."""

from __future__ import annotations

from argmap.authoring.relation_fields import ANCHOR_FIELDS, CITATION_FIELDS, RELATION_FIELDS
from argmap.authoring.review_file import (
    ACROSS_FIELDS,
    ACTOR_FIELDS,
    GROUP_FIELDS,
    REVIEW_FIELDS,
    REVIEW_FILE_FIELDS,
    SCHOOL_FIELDS,
    TOPIC_FIELDS,
)
from argmap.authoring.text_file import (
    CLAIM_FIELDS,
    NONE_FIELDS,
    POSITION_FIELDS,
    SOURCE_FIELDS,
    TEXT_FIELDS,
)
from argmap.model import ATTRIBUTIONS, BASES, CERTAINTIES, KINDS, ROLES, WEIGHTS

TEXT = """\
text: smith2020
survey: true
topic: treaties
source:
  file: smith-2020.txt
  first: 12
  mark: "(p. #)"
  inferred:
    14: With the next
  running: ["## Head", "---"]
  body: "## 1 Opening"
  references: "## Works"
claims:
  first-claim:
    claim: Treaties outlive the rulers who sign them.
    at: "12: A treaty once … its first signatories."
    kind: causal
    topic: treaties
    weight: core
    held:
      - jones1999
      - "@brown2001"
      - "[@clay2003, p. 87]"
      - {by: group:critics, attribution: implied, certainty: uncertain, page: 14}
      - {by: [doe1990, actor:the-king], own: p. 3, at: "13: they hold … this view"}
    endorsed: smith2020
    disputed: {by: poe1988}
    reported: [gray2010, green2011]
    cites:
      - key2000
      - "[see @waltz1979; @walt1987, p. 1]"
      - {exemplar: [ex2002, "[@ex2003, 5]"], report: rep2004, at: "13: (Rep 2004)"}
      - {carries: a1999, evidence: b1999, primary-source: c1999, chronicle: d1999, term: e1999}
      - {work: ev2005, locator: p. 87, role: primary-source}
    supports: second-claim
    contests: [third-claim, other1999/d]
    undercuts: second-claim -> third-claim
    qualifies: {claim: third-claim, basis: implicit, because: Only in peace., page: 13}
    explains:
      - {claim: second-claim, basis: analyst}
      - {claim: x1999/e, by: [jones1999, group:critics], at: "14: for them"}
      - {step: a contests c, evidential: true, cites: "[@key2000, p. 1]", id: my-id}
  second-claim:
    claim: Two.
    at: {page: 12, section: "2.1", from: A treaty once, to: first signatories}
    held: smith2020
  third-claim: {claim: Three., at: "a phrase that stands whole", held: smith2020, alone: Yes.}
none:
  - at: "xii: In what follows ... the third part."
    because: Announces the plan.
"""

REVIEW = """\
review:
  title: Treaties and trust
  base: https://example.org/treaties/
  description: Why treaties hold.
  creators: [Ann Author, Ben Author]
topics:
  treaties: Whether treaties last
  law: {label: Law of nations, description: Rules and courts}
  war:
actors:
  the-king: The King
  the-queen:
  chancery: {name: The chancery, works: ["@rolls1701", acts1699]}
groups:
  critics: {name: Critics, members: [jones1999, actor:the-king]}
  others: {works: pamphlets1700, members: group:critics}
schools:
  legalists: {name: Legalists, members: [group:critics, brown2001], because: They trust paper.}
aliases:
  - ["Walt, Stephen M.", "Walt, Steve"]
"""

ACROSS = """\
relations:
  - from: smith2020/first-claim
    contests: jones1999/second-claim
    because: One says A, the other not A.
  - {from: smith2020/a, supports: jones1999/c, basis: explicit, at: "3: as they say", page: 3}
  - {from: smith2020/a, undercuts: jones1999/b -> jones1999/c, evidential: false}
  - {from: smith2020/a, undercuts: {step: my-id}, id: other, cites: {evidence: "[@b2001, 3]"}}
  - from: smith2020/d
    explains: {claim: jones1999/b}
    at: {page: 3, section: "2", from: as they, to: say}
    cites:
      - {work: a1999, locator: p. 3, role: report, at: "3: (A 1999)"}
      - {carries: a1999, exemplar: b1999, evidence: c1999, primary-source: d1999}
      - {chronicle: a1999, report: b1999, term: c1999}
  - {from: smith2020/d, qualifies: {claim: jones1999/b}, basis: implicit, by: clay2003}
  - {from: smith2020/d, explains: jones1999/b}
"""

KNOWN_NAMES = sorted(
    {
        *TEXT_FIELDS,
        *SOURCE_FIELDS,
        *CLAIM_FIELDS,
        *POSITION_FIELDS,
        *NONE_FIELDS,
        *RELATION_FIELDS,
        *CITATION_FIELDS,
        *ANCHOR_FIELDS,
        *REVIEW_FILE_FIELDS,
        *REVIEW_FIELDS,
        *ACTOR_FIELDS,
        *GROUP_FIELDS,
        *SCHOOL_FIELDS,
        *TOPIC_FIELDS,
        *ACROSS_FIELDS,
        *KINDS,
        *WEIGHTS,
        *ATTRIBUTIONS,
        *CERTAINTIES,
        *BASES,
        *ROLES,
        "smith2020",
        "a -> b",
        "12: one … two",
        "actor:x",
        "[@a, p. 1]",
        "true",
    }
)
