"""``argmap ask``."""

from __future__ import annotations

import click

from argmap.cli.options import Settings, share_options

QUESTIONS: dict[str, tuple[tuple[str, ...], str]] = {
    "who_contests": (("CLAIM",), "Who contests a claim, and where?"),
    "who_holds": (("CLAIM",), "Who holds it, who says so, and where?"),
    "who_supports": (("CLAIM",), "Who gives which reasons for it?"),
    "reasons": (("CLAIM",), "The reasons for it, down to the evidence."),
    "claims_of": (("HOLDER",), "What does a work, actor or group claim?"),
    "cited_for": (("WORK",), "What is a work cited for?"),
    "who_cites": (("WORK",), "Which works cite it, and for what?"),
    "without": (("HOLDER",), "What would change without it?"),
    "compare": (("A", "B"), "Where do two works or texts agree and disagree?"),
    "path": (("A", "B"), "Which way of support or contest joins two works?"),
    "both_sides": (("TOPIC",), "The two sides on a topic."),
    "over_years": (("TOPIC",), "How did a topic move over the years?"),
    "disputed": ((), "Which claims are disputed?"),
    "undercut": ((), "Which arguments attack an inference, not a claim?"),
    "second_hand": ((), "Which claims are known only second-hand?"),
    "uncitable": ((), "Which claims are held by nobody citable?"),
    "asserted_once": ((), "Which claims does one voice alone assert?"),
}
"""The methods of the review that answer questions, what each is about, and how it reads."""

_ONE_LAYER = ("cited_for", "who_cites")
"""Questions about what is written, for which it makes no difference who drew a relation."""


@click.command()
@share_options
@click.argument("question", metavar="[QUESTION]", required=False)
@click.argument("names", nargs=-1, metavar="[NAME]...")
def ask(settings: Settings, question: str | None, names: tuple[str, ...]) -> None:
    """Answer a question with pages; without QUESTION, list the questions.

    NAME is what the question is about: a claim (text/slug, or the slug alone), a work by its BibTeX
    key, actor:x, group:x, or a topic.
    """
    from argmap.cli.finding import leave_name
    from argmap.cli.loading import load_sound
    from argmap.cli.printing import print_json, printable
    from argmap.diagnostics import did_you_mean
    from argmap.query import Review, UnknownName

    if question is None:
        _list_questions(settings)
        return
    method = question.replace("-", "_")
    if method not in QUESTIONS:
        known = [name.replace("_", "-") for name in QUESTIONS]
        hint = did_you_mean(question, known) or "`argmap ask` lists the questions."
        raise click.UsageError(f"No question {question!r}. {hint}")
    about, _ = QUESTIONS[method]
    if len(names) != len(about):
        raise click.UsageError(f"Write: {' '.join(['argmap ask', question, *about])}")
    options: dict[str, object] = {}
    if method not in _ONE_LAYER:
        options["with_analyst"] = settings.with_analyst
    if not about:
        options["topic"] = settings.topic
    elif settings.topic is not None:
        raise click.UsageError(f"{question} is about {about[0]}, and takes no --topic.")
    review = Review(load_sound(settings))
    try:
        answer = getattr(review, method)(*names, **options)
    except UnknownName as unknown:
        leave_name(unknown)
    if settings.as_json:
        print_json(answer.as_object())
        return
    click.echo(printable(str(answer)))


def _list_questions(settings: Settings) -> None:
    from argmap.cli.printing import print_json, print_table

    if settings.as_json:
        print_json({name.replace("_", "-"): asks for name, (_, asks) in QUESTIONS.items()})
        return
    print_table(
        (("argmap ask", {"no_wrap": True}), ("Question", {"overflow": "fold"})),
        [
            (" ".join([name.replace("_", "-"), *about]), asks)
            for name, (about, asks) in QUESTIONS.items()
        ],
    )
