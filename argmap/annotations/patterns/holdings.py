"""Patterns for claims that works hold and deny, and for others who do."""

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
