"""Patterns of the sentences in annotations, several for each thing there is to say.

Gaps: ``N`` who speaks in the work, ``W`` *the book*, ``T`` the text that reports, with pages, as
the subject of a sentence, ``P`` the same in brackets, ``S`` what is claimed, with the place in the
work itself, ``D`` others, ``X`` what they claim or what follows, ``K`` a group or an actor.
``{T:state}`` is the verb in the number of T.  Patterns of a family begin differently.
"""

from __future__ import annotations

# The text claims it in its own voice and names the work for it.
SHARED = (
    "{T} {T:state} that {S}, with {N} as the authority.",
    "{N} {N:be} cited for the statement that {S} {P}.",
    "With a reference to the {W}, {T} {T:maintain} that {S}.",
    "The {W} is one of the supports on which {T} {T:rest} the claim that {S}.",
    "On the strength of the {W}, {T} {T:hold} that {S}.",
    "{T} {T:take} from {N} the point that {S}.",
    "Like {N}, {T} {T:say} that {S}.",
    "{T} {T:share} with {N} the claim that {S}.",
)
SHARED_MORE = (
    "{N} {N:be} also named for the claim that {S} {P}.",
    "A further point taken from it is that {S} {P}.",
    "The same {W} stands behind the statement that {S} {P}.",
    "Again with {N}, {T} {T:add} that {S}.",
    "It is cited once more to the effect that {S} {P}.",
)

# The text only reports it.
REPORTED = (
    "{N} {N:argue} that {S}, as {T} {T:report}.",
    "According to {T}, {N} {N:hold} that {S}.",
    "{T} {T:credit} {N} with the view that {S}.",
    "The {W} maintains, in the account of {T}, that {S}.",
    "As {T} {T:present} it, the {W} argues that {S}.",
    "In the summary that {T} {T:give}, its thesis is that {S}.",
    "Known here only through {T}, the {W} holds that {S}.",
    "{T} {T:ascribe} to {N} the view that {S}.",
)
REPORTED_MORE = (
    "{N} further {N:argue} that {S} {P}.",
    "It is also reported to hold that {S} {P}.",
    "Another of its claims is that {S} {P}.",
    "Besides, {N} {N:be} said to maintain that {S} {P}.",
    "The {W} adds, according to {T}, that {S}.",
)

# The text reports it and agrees.
ENDORSED = (
    "{N} {N:hold}, and {T} {T:agree}, that {S}.",
    "{T} {T:follow} {N} in holding that {S}.",
    "The {W} argues, with the assent of {T}, that {S}.",
    "Its finding, which {T} {T:accept}, is that {S}.",
)
ENDORSED_MORE = (
    "{T} {T:agree} when {N} {N:say} that {S}.",
    "It further argues, with the assent of {R}, that {S} {P}.",
    "Accepted by {R} is its claim that {S} {P}.",
)

# What the coding marks as implied, and what it marks as uncertain.
ENDORSED_TACITLY = (
    "{N} {N:hold}, and {T} tacitly {T:agree}, that {S}.",
    "The {W} argues, with the tacit assent of {T}, that {S}.",
    "Its finding, which {T} tacitly {T:accept}, is that {S}.",
)
ENDORSED_TACITLY_MORE = (
    "{T} tacitly {T:agree} when {N} {N:say} that {S}.",
    "It further argues, with the tacit assent of {R}, that {S} {P}.",
)
ENDORSED_PERHAPS = (
    "{N} {N:hold}, and {T} {T:appear to agree}, that {S}.",
    "{T} {T:appear to follow} {N} in holding that {S}.",
    "The {W} argues, apparently with the assent of {T}, that {S}.",
    "Its finding, which {T} {T:appear to accept}, is that {S}.",
)
ENDORSED_PERHAPS_MORE = (
    "{T} {T:appear to agree} when {N} {N:say} that {S}.",
    "It further argues, apparently with the assent of {R}, that {S} {P}.",
    "Apparently accepted by {R} is its claim that {S} {P}.",
)

# The work is a coded text.
SURVEY = (
    "This {W} is one of the texts coded for the review, {F}; from it come {C}.",
    "A text coded in full for the review, {F}, with {C}.",
    "Coded for the review sentence by sentence, the {W} is {F}; it gives {C}.",
)
CODED = (
    "This {W} is one of the texts coded for the review, with {C}.",
    "A text coded in full for the review: from it come {C}.",
)
SELF = (
    "{N} {N:argue} that {S} {P}.",
    "The {W} holds that {S} {P}.",
    "Its first thesis is that {S} {P}.",
)
SELF_MORE = (
    "The {W} maintains, further, that {S} {P}.",
    "{N} also {N:hold} that {S} {P}.",
    "On this account, {S} {P}.",
    "Another thesis is that {S} {P}.",
    "To this is added that {S} {P}.",
    "A further claim is that {S} {P}.",
)

SELF_PERHAPS = (
    "The {W} appears to hold that {S} {P}.",
    "Apparently its thesis is also that {S} {P}.",
)

# The work denies what others hold.
DENIED = (
    "{N} {N:deny} that {S} {P}.",
    "The {W} rejects the view that {S} {P}.",
    "It disputes that {S}, as {T} {T:report}.",
    "Not accepted in the {W} is the view that {S} {P}.",
)
# It passes on what others say and takes no side.
PASSED_ON = (
    "It reports, without taking a side, that {S} {P}.",
    "Without a verdict of its own the {W} reports that {S} {P}.",
)

DOUBTFUL = (
    "How far the point is its own, the reference leaves open.",
    "Whether the {W} says quite so much is not certain.",
    "The wording leaves it uncertain that this is the claim of the {W}.",
    "It is open how much of this the reference covers.",
)
IMPLIED = (
    "This is implied more than said.",
    "It follows from what is reported and is not spelt out.",
)
ALSO_REPORTED_BY = (
    "{T} {T:report} the same of it.",
    "The same is told by {T}.",
)
ALSO_PERHAPS_REPORTED_BY = ("{T} {T:appear to report} the same of it.",)

# Others on the same claim: first where no bracket follows their names, then where one does.
AGREEING = (
    (
        "{D} {D:hold} the same.",
        "The same is held by {D}.",
        "The claim is shared by {D}.",
        "In this it agrees with {D}.",
    ),
    (
        "{D} {D:hold} the same {P}.",
        "The same, according to {T}, is held by {D}.",
        "{T} {T:name} {D} for the same claim.",
        "The claim, {T} {T:report}, is shared by {D}.",
        "With it {D:stand}, in the account of {T}, {D}.",
    ),
)
DISPUTED_BY = (
    (
        "{D} {D:dispute} this.",
        "This is denied by {D}.",
        "It meets with the dissent of {D}.",
    ),
    (
        "{D} {D:dispute} this {P}.",
        "This, {T} {T:report}, is denied by {D}.",
        "It meets, as {T} {T:say}, with the dissent of {D}.",
    ),
)
AGREEING_TACITLY = (
    ("{D} by implication {D:hold} the same.",),
    ("{D} by implication {D:hold} the same {P}.",),
)
AGREEING_PERHAPS = (
    ("{D} {D:appear to hold} the same.", "Apparently it is shared by {D}."),
    ("{D} {D:appear to hold} the same {P}.", "Apparently it is shared by {D} {P}."),
)
DISPUTED_TACITLY = (
    ("{D} by implication {D:dispute} this.",),
    ("{D} by implication {D:dispute} this {P}.",),
)
DISPUTED_PERHAPS = (
    ("{D} {D:appear to dispute} this.", "It seems to meet with the dissent of {D}."),
    ("{D} {D:appear to dispute} this {P}.", "It seems to meet with the dissent of {D} {P}."),
)
DENIED_CLAIM_PERHAPS_HELD_BY = (
    ("The view denied appears to be that of {D}.",),
    ("{D} {D:appear to hold} the view denied {P}.",),
)
DENIED_CLAIM_HELD_BY = (
    (
        "The view denied is that of {D}.",
        "It is {D} who {D:hold} that view.",
    ),
    (
        "The view denied is, according to {T}, that of {D}.",
        "{D} {D:hold} the view denied {P}.",
    ),
)

# Claims of others that bear on it.
CONTESTED = (
    "Against this, {D} {D:hold} that {X} {P}.",
    "{D} {D:object} that {X} {P}.",
    "The opposite side is taken by {D}, for whom {X} {P}.",
    "This is contested by {D} with the claim that {X} {P}.",
    "To this {D} {D:answer} that {X} {P}.",
)
CONTESTS = (
    "This contradicts the view of {D} that {X} {P}.",
    "It stands against {D}, for whom {X} {P}.",
    "The claim is incompatible with that of {D}, who {D:hold} that {X} {P}.",
    "With this it opposes {D}, who {D:maintain} that {X} {P}.",
)
CONTESTS_NOBODY = (
    "This contradicts the view that {X} {P}.",
    "It thereby stands against the claim that {X} {P}.",
)
QUALIFIED = (
    "{D} {D:qualify} this: {X} {P}.",
    "A reservation comes from {D}, for whom {X} {P}.",
    "{D} {D:restrict} its reach by adding that {X} {P}.",
    "It is qualified by {D}, who {D:hold} that {X} {P}.",
)
QUALIFIES = (
    "The point qualifies the claim that {X} {P}.",
    "It sets a limit to the claim that {X} {P}.",
    "This restricts the claim that {X} {P}.",
    "Through it a reservation is made to the claim that {X} {P}.",
)
UNDERCUT_BETWEEN = (
    "The step from it to the claim that {G} is undercut by {D}, for whom {X} {P}.",
    "Whether it shows that {G} is doubted by {D}, who {D:hold} that {X} {P}.",
    "That {G} does not follow from it, say {D}, for whom {X} {P}.",
)
UNDERCUT_BETWEEN_AGAIN = (
    "The step from it to the claim that {G} meets with the same objection {P}.",
    "The same is held against the step from it to the claim that {G} {P}.",
)
UNDERCUT = (
    "That the one follows from the other is put in doubt by {D}, for whom {X} {P}.",
    "{D} {D:undercut} this step: {X} {P}.",
    "The inference is weakened by {D} with the claim that {X} {P}.",
)
SUPPORTED = (
    "Support comes from {D}, for whom {X} {P}.",
    "{D} {D:lend} it support by holding that {X} {P}.",
    "It is borne out by the claim of {D} that {X} {P}.",
    "In its favour speaks the claim of {D} that {X} {P}.",
)
# The text draws the step from what others hold.
SUPPORTED_BY_TEXT = (
    "For this {T} {T:point} to {D}, for whom {X}.",
    "{T} {T:support} it with the claim of {D} that {X}.",
    "In its favour {T} {T:adduce} the claim of {D} that {X}.",
)
EXPLAINED_BY_TEXT = (
    "{T} {T:explain} it by the claim of {D} that {X}.",
    "The explanation that {T} {T:give} is the claim of {D} that {X}.",
)
QUALIFIED_BY_TEXT = (
    "{T} {T:restrict} its reach with the claim of {D} that {X}.",
    "Against too wide a reading {T} {T:set} the claim of {D} that {X}.",
)
EXPLAINED = (
    "{D} {D:explain} it by the claim that {X} {P}.",
    "The reason, according to {D}, is that {X} {P}.",
    "It is explained by {D} with the claim that {X} {P}.",
)

# What is made of it.
CONCLUDES = (
    "From this the {W} concludes that {X} {P}.",
    "{N} {N:infer} that {X} {P}.",
    "It is a reason, for {N}, to hold that {X} {P}.",
    "This is to show that {X} {P}.",
)
EXPLAINS = (
    "By this {N} {N:explain} why {X} {P}.",
    "It is the explanation that the {W} gives of why {X} {P}.",
    "This is to explain why {X} {P}.",
)
USED = (
    "{T} {T:use} it to support the claim that {X}.",
    "In {R} it serves as a reason to hold that {X} {P}.",
    "The point is made to bear out the claim that {X} {P}.",
    "For {R} it is a reason to say that {X} {P}.",
    "On it {T} {T:build} the claim that {X}.",
    "It goes to show, in the argument of {T}, that {X}.",
)
USED_FOR_A_VIEW = (
    "{T} {T:cite} it in support of the view of {D} that {X}.",
    "It is named as a reason for the view of {D} that {X} {P}.",
    "In {R} it stands behind the view of {D} that {X} {P}.",
)
USED_BY_OTHERS = (
    "{D} {D:take} it as a reason to hold that {X} {P}.",
    "For {D} it is a reason to hold that {X} {P}.",
)
USED_TO_EXPLAIN = (
    "{T} {T:explain} by it why {X}.",
    "In {R} it is the reason why {X} {P}.",
    "It serves to explain why {X} {P}.",
)
# The same where the text leaves the step to its readers.
CONCLUDES_TACITLY = (
    "By implication this supports the claim that {X} {P}.",
    "It lends support to the claim that {X} {P}.",
    "This would bear out the claim that {X} {P}.",
)
EXPLAINS_TACITLY = (
    "By implication this explains why {X} {P}.",
    "It would explain why {X} {P}.",
)
USED_TACITLY = (
    "In {R} it lends support to the claim that {X} {P}.",
    "By implication it supports the claim that {X} {P}.",
    "It lends weight to the claim of {T} that {X}.",
    "The point would bear out the claim that {X} {P}.",
)
USED_TACITLY_TO_EXPLAIN = (
    "By implication it explains why {X} {P}.",
    "In {R} it would explain why {X} {P}.",
)
USED_TACITLY_FOR_A_VIEW = (
    "In {R} it lends support to the view of {D} that {X} {P}.",
    "By implication it supports the view of {D} that {X} {P}.",
)
EVIDENCE_BY_IMPLICATION = (
    "By implication it is evidence that {X} {P}.",
    "In {R} it goes some way to show that {X} {P}.",
)
SUPPORTED_TACITLY = (
    "By implication it is supported by {D}, for whom {X} {P}.",
    "It has some support in the claim of {D} that {X} {P}.",
)
EXPLAINED_TACITLY = (
    "By implication it is explained by the claim of {D} that {X} {P}.",
    "The claim of {D} that {X} would explain it {P}.",
)
QUALIFIED_TACITLY = (
    "By implication it is qualified by {D}, for whom {X} {P}.",
    "The claim of {D} that {X} sets a limit to it {P}.",
)
QUALIFIES_TACITLY = (
    "By implication it qualifies the claim that {X} {P}.",
    "It would set a limit to the claim that {X} {P}.",
)
EVIDENCE = (
    "{T} {T:adduce} it as evidence that {X}.",
    "That the view is held is evidence, for {T}, that {X}.",
    "The view is named as a case in point for the observation that {X} {P}.",
    "It is cited to show that {X} {P}.",
)
ANALYST = (
    "The reviewer reads it as bearing on the claim that {X}{Q} {P}.",
    "In the reviewer's own reading it touches the claim that {X}{Q} {P}.",
)

# The same claim of others once more, for another claim of the work.
AGAIN = {
    ("in", "contests"): (
        "The same is held against this {P}.",
        "It meets with the same objection {P}.",
    ),
    ("out", "contests"): (
        "{D} {D:be} contradicted by this as well {P}.",
        "This, too, goes against {D}, on the same point {P}.",
    ),
    ("step", "undercuts"): (
        "The same objection is made to this step {P}.",
        "This step is undercut in the same way {P}.",
    ),
    ("in", "qualifies"): (
        "The same reservation applies {P}.",
        "It is qualified in the same way {P}.",
    ),
    ("in", "supports"): (
        "The same claim speaks in its favour {P}.",
        "It has the same support {P}.",
    ),
    ("in", "explains"): (
        "It has the same explanation {P}.",
        "The explanation given is the same {P}.",
    ),
    ("out", "supports"): (
        "It is a second reason for the same conclusion {P}.",
        "This, too, points to that conclusion {P}.",
        "The same conclusion rests on it as well {P}.",
    ),
    ("out", "explains"): (
        "It is part of the same explanation {P}.",
        "This, too, goes into that explanation {P}.",
    ),
    ("out", "qualifies"): (
        "It restricts that claim as well {P}.",
        "The same claim is qualified by it {P}.",
    ),
}
EVIDENCE_AGAIN = (
    "It is evidence of the same {P}.",
    "This, too, is adduced to show as much {P}.",
)

# Citations of a work that does not hold the claim.
USES = {
    "exemplar": (
        "It is cited as an example by {T}, for the {V} that {S}.",
        "{T} {T:name} it as an example for the {V} that {S}.",
        "The {W} serves {T} as an example for the {V} that {S}.",
        "As an instance it is adduced for the {V} that {S} {P}.",
        "This {W} is among the examples for the {V} that {S} {P}.",
    ),
    "evidence": (
        "{T} {T:cite} it as evidence for the {V} that {S}.",
        "The {W} is the evidence to which {T} {T:point} for the {V} that {S}.",
        "Evidence from it is used for the {V} that {S} {P}.",
    ),
    "primary-source": (
        "It is itself the document to which {T} {T:refer} for the {V} that {S}.",
        "The {W} is a primary source for the {V} that {S} {P}.",
        "{T} {T:name} the {W} itself for the {V} that {S}.",
        "As a primary source it stands behind the {V} that {S} {P}.",
    ),
    "chronicle": (
        "{T} {T:cite} it as a chronicle of events, for the {V} that {S}.",
        "The {W} is used as a chronicle, for the {V} that {S} {P}.",
    ),
    "report": (
        "{T} {T:draw} on it as a report of the {V} that {S}.",
        "The {W} is cited as a source for the {V} that {S} {P}.",
        "It is used as a report, for the {V} that {S} {P}.",
        "It is one of the sources that {T} {T:give} for the {V} that {S}.",
    ),
    "term": (
        "{T} {T:take} a term from it, for the {V} that {S}.",
        "It is cited for a term used in the {V} that {S} {P}.",
    ),
    "carries": (
        "{T} {T:cite} it for the {V} that {S}.",
        "It is cited for the {V} that {S} {P}.",
    ),
}

# Citations of a work for the step from one claim to another.
STEP_USES: dict[tuple[str, str], tuple[str, ...]] = {
    ("claim", "supports"): (
        "{T} {T:cite} it where the claim that {S} is made a reason to hold that {G}.",
        "It is named for the step from the claim that {S} to the claim that {G} {P}.",
    ),
    ("claim", "contests"): (
        "{T} {T:cite} it where the claim that {S} is set against the claim that {G}.",
        "It is named for the conflict of the claim that {S} with the claim that {G} {P}.",
    ),
    ("claim", "qualifies"): (
        "{T} {T:cite} it where the claim that {S} is a limit to the claim that {G}.",
    ),
    ("claim", "explains"): ("{T} {T:cite} it where the claim that {S} is to explain why {G}.",),
    ("relation", "undercuts"): ("{T} {T:cite} it where the claim that {S} puts {G} in doubt.",),
    ("relation", "supports"): ("{T} {T:cite} it where the claim that {S} bears out {G}.",),
}

# Groups and actors.
COUNTED = (
    "{T} {T:count} it among {K}.",
    "It is one of the works grouped together as {K} {P}.",
    "{N} {N:be} placed by {T} with {K}.",
    "The {W} belongs with {K} {P}.",
)
COUNTED_TO_ONE = (
    "{T} {T:name} it with {K}.",
    "The {W} belongs with {K} {P}.",
    "It goes with {K} {P}.",
)
GROUP_HOLDS = (
    "As a group {K} {K:hold} that {S} {P}.",
    "It is reported as a view of {K} that {S} {P}.",
    "The common position of {K} is that {S} {P}.",
    "To {K} is ascribed the view that {S} {P}.",
)
GROUP_PERHAPS_HOLDS = (
    "As a group {K} {K:appear to hold} that {S} {P}.",
    "Apparently a view of {K} is that {S} {P}.",
)
GROUP_PERHAPS_DENIES = (
    "{K} {K:appear to deny} that {S} {P}.",
    "{K} apparently {K:reject} the view that {S} {P}.",
)
ACTOR_HOLDS = (
    "{K}, whose {W} it is, {K:hold} that {S} {P}.",
    "As the voice of {K} the {W} stands for the view that {S} {P}.",
    "The {W} is that of {K}, whose view is that {S} {P}.",
)
ACTOR_PERHAPS_HOLDS = (
    "{K} {K:appear to hold} that {S} {P}.",
    "To {K}, it seems, the view belongs that {S} {P}.",
)
ACTOR_MORE = (
    "{K} further {K:maintain} that {S} {P}.",
    "{K} {K:be} also said to hold that {S} {P}.",
    "To {K} is ascribed, too, the view that {S} {P}.",
)
ACTOR_DENIES = (
    "{K} {K:deny} that {S} {P}.",
    "{K} {K:reject} the view that {S} {P}.",
)

# Disputes and schools.
STANDS_WITH_AND_AGAINST = (
    "In the dispute over whether {X} {P}, it stands with {D} against {E}.",
    "On the question whether {X} {P}, {N} {N:side} with {D} and {N:have} {E} on the other side.",
    "{D} {D:be} on its side, {E} on the other, in the dispute over whether {X} {P}.",
    "Where it is disputed whether {X} {P}, the {W} keeps company with {D}; opposed {E:be} {E}.",
)
STANDS_WITH_AND_AGAINST_HERE = (
    "In the dispute over this {P}, it stands with {D} against {E}.",
    "On this question {P}, {N} {N:side} with {D} and {N:have} {E} on the other side.",
    "{D} {D:be} on its side in this dispute {P}, {E} on the other.",
)
STANDS_AGAINST = (
    "In the dispute over whether {X} {P}, it stands against {E}.",
    "Over whether {X} {P}, it is at odds with {E}.",
    "{E} {E:stand} on the other side of the dispute over whether {X} {P}.",
)
STANDS_AGAINST_HERE = (
    "In this dispute {P}, it stands against {E}.",
    "On this question {P}, it is at odds with {E}.",
)
STANDS_WITH_HERE = ("On this question {P}, it takes the side of {D}.",)
STANDS_WITH = (
    "In the dispute over whether {X} {P}, it stands with {D}.",
    "On whether {X} {P}, it takes the side of {D}.",
)
BOTH_SIDES = (
    "It is cited on both sides of the dispute over whether {X} {P}.",
    "Both sides of the dispute over whether {X} can appeal to it {P}.",
)
OWN_WORK = (
    "It is by one of the authors of the text that cites it.",
    "The {W} and the text that cites it have an author in common.",
    "Its author is also one of those who cite it.",
)
SCHOOL = (
    "Its positions place it in the school “{K}”.",
    "By the sides it takes it belongs to the school “{K}”.",
    "It falls into the school “{K}”.",
    "Among schools of thought it belongs to “{K}”.",
)
FRINGE = (
    "Its positions place it, loosely, in the school “{K}”.",
    "It stands at the edge of the school “{K}”.",
)
DECLARED = (
    "The reviewer counts it to the school “{K}”.",
    "In the reviewer's own division it belongs to the school “{K}”.",
)
