"""Patterns for what bears on a claim, and for what is made of it."""

from __future__ import annotations

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
    "That {G} does not follow from it, {D:say} {D}, for whom {X} {P}.",
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
USED_TACITLY_BY_OTHERS = (
    "By implication {D} {D:have} in it a reason to hold that {X} {P}.",
    "For {D} it would be a reason to hold that {X} {P}.",
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
CONTESTED_TACITLY = (
    "By implication it is contested by {D}, for whom {X} {P}.",
    "What would tell against it is the claim of {D} that {X} {P}.",
)
CONTESTS_TACITLY = (
    "By implication this contradicts the view of {D} that {X} {P}.",
    "It would tell against {D}, for whom {X} {P}.",
)
CONTESTS_NOBODY_TACITLY = (
    "By implication this contradicts the view that {X} {P}.",
    "It would tell against the claim that {X} {P}.",
)
UNDERCUT_BETWEEN_TACITLY = (
    "By implication the step from it to the claim that {G} is undercut by {D}, for whom {X} {P}.",
    "The step from it to the claim that {G} would be undercut by the claim of {D} that {X} {P}.",
)
UNDERCUT_BETWEEN_AGAIN_TACITLY = (
    "By implication the step from it to the claim that {G} meets with the same objection {P}.",
    "The same would hold against the step from it to the claim that {G} {P}.",
)
UNDERCUT_TACITLY = (
    "By implication this step is undercut by {D}, for whom {X} {P}.",
    "This inference would be weakened by the claim of {D} that {X} {P}.",
)
SUPPORTED_TACITLY = (
    "By implication it is supported by {D}, for whom {X} {P}.",
    "It has some support in the claim of {D} that {X} {P}.",
)
EXPLAINED_TACITLY = (
    "By implication it is explained by the claim of {D} that {X} {P}.",
    "It would be explained by the claim of {D} that {X} {P}.",
)
QUALIFIED_TACITLY = (
    "By implication it is qualified by {D}, for whom {X} {P}.",
    "A limit would be set to it by the claim of {D} that {X} {P}.",
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
AGAIN_TACITLY = {
    ("in", "contests"): (
        "The same would tell against this {P}.",
        "By implication it meets with the same objection {P}.",
    ),
    ("out", "contests"): (
        "{D} would be contradicted by this as well {P}.",
        "By implication this, too, goes against {D}, on the same point {P}.",
    ),
    ("step", "undercuts"): (
        "The same objection would hold against this step {P}.",
        "By implication this step is undercut in the same way {P}.",
    ),
    ("in", "qualifies"): (
        "The same reservation would apply {P}.",
        "By implication it is qualified in the same way {P}.",
    ),
    ("in", "supports"): (
        "The same claim would speak in its favour {P}.",
        "By implication it has the same support {P}.",
    ),
    ("in", "explains"): (
        "The same would explain it {P}.",
        "By implication it has the same explanation {P}.",
    ),
    ("out", "supports"): (
        "It would be a second reason for the same conclusion {P}.",
        "By implication this, too, points to that conclusion {P}.",
    ),
    ("out", "explains"): (
        "It would be part of the same explanation {P}.",
        "By implication this, too, goes into that explanation {P}.",
    ),
    ("out", "qualifies"): (
        "It would restrict that claim as well {P}.",
        "By implication the same claim is qualified by it {P}.",
    ),
}
EVIDENCE_AGAIN = (
    "It is evidence of the same {P}.",
    "This, too, is adduced to show as much {P}.",
)
EVIDENCE_AGAIN_BY_IMPLICATION = (
    "By implication it is evidence of the same {P}.",
    "It would go to show as much {P}.",
)
