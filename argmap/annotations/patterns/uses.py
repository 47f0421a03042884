"""Patterns for citations of works that do not hold the claim."""

from __future__ import annotations

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
# The same where the text leaves the step to its readers.
TACIT_STEP_USES: dict[tuple[str, str], tuple[str, ...]] = {
    ("claim", "supports"): (
        "{T} {T:cite} it where the claim that {S} lends support to the claim that {G}.",
        "It is named where the claim that {S} would bear out the claim that {G} {P}.",
    ),
    ("claim", "contests"): (
        "{T} {T:cite} it where the claim that {S} would tell against the claim that {G}.",
    ),
    ("claim", "qualifies"): (
        "{T} {T:cite} it where the claim that {S} would set a limit to the claim that {G}.",
    ),
    ("claim", "explains"): ("{T} {T:cite} it where the claim that {S} would explain why {G}.",),
    ("relation", "undercuts"): (
        "{T} {T:cite} it where the claim that {S} would put {G} in doubt.",
    ),
    ("relation", "supports"): ("{T} {T:cite} it where the claim that {S} would bear out {G}.",),
}
