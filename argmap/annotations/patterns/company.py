"""Patterns for groups and actors, disputes and schools."""

from __future__ import annotations

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

# Disputes and schools.  The side of the work ``Y`` (affirms or denies) a claim, the other ``V``.
STANDS_WITH_AND_AGAINST = (
    "In the dispute over whether {X} {P}, it stands on the side that {Y} this, with {D}, "
    "against {E}.",
    "On the question whether {X} {P}, {N} {N:stand} on the side that {Y} it, with {D}, "
    "and {N:have} {E} on the other.",
    "Its side, which {Y} that {X} {P}, is also that of {D}; opposed {E:be} {E}.",
    "Where it is disputed whether {X} {P}, the {W} is on the side that {Y} it, in company with "
    "{D}; opposed {E:be} {E}.",
)
STANDS_WITH_AND_AGAINST_HERE = (
    "In the dispute over this {P}, it stands on the side that {Y} the claim, with {D}, "
    "against {E}.",
    "On this question {P}, {N} {N:stand} on the side that {Y} the claim, with {D}, "
    "and {N:have} {E} on the other.",
    "{D} {D:be} on its side in this dispute {P}, the one that {Y} the claim, {E} on the other.",
)
STANDS_AGAINST = (
    "In the dispute over whether {X} {P}, it stands on the side that {Y} this, against {E}.",
    "Over whether {X} {P}, its side is the one that {Y} it, at odds with {E}.",
    "{E} {E:oppose} it, on the side that {V} that {X} {P}.",
)
STANDS_AGAINST_HERE = (
    "In this dispute {P}, it stands on the side that {Y} the claim, against {E}.",
    "On this question {P}, its side is the one that {Y} the claim, at odds with {E}.",
)
STANDS_WITH_HERE = ("On this question {P}, it takes the side of {D}, which {Y} the claim.",)
STANDS_WITH = (
    "In the dispute over whether {X} {P}, it stands on the side that {Y} this, with {D}.",
    "On whether {X} {P}, it takes the side of {D}, which {Y} it.",
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
