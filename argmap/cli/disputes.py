"""``argmap disputes``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from argmap.cli.options import Settings, share_options

if TYPE_CHECKING:
    from argmap.analysis import ClaimAccount, DisputeAccount, Findings, Stance, Witness
    from argmap.analysis.coherence import Solver
    from argmap.model import Dispute, Literature, Relation

_KINDS = ("work", "actor", "group")


@click.command()
@share_options
@click.argument("identifier", metavar="[ID]", required=False)
@click.option(
    "--only",
    "kinds",
    type=click.Choice(_KINDS),
    multiple=True,
    help="Count only holders of this kind (may be repeated).",
)
@click.option("--flag", metavar="WORDS", help="Only disputes with a flag that begins so.")
@click.option("--across", is_flag=True, help="Only disputes that join claims of several texts.")
@click.option("--brief", is_flag=True, help="One line for each dispute; with ID, its focal claim.")
@click.option("--coherent", is_flag=True, help="With ID: which of its claims go together.")
@click.option(
    "--solver",
    type=click.Choice(("own", "clingo")),
    default="own",
    show_default=True,
    help="With --coherent: who enumerates; clingo, an extra, copes with more.",
)
def disputes(
    settings: Settings,
    identifier: str | None,
    kinds: tuple[str, ...],
    flag: str | None,
    across: bool,
    brief: bool,
    coherent: bool,
    solver: Solver,
) -> None:
    """List the disputes, most contested first; with ID, tell one in full.

    ID is the number of a dispute in the list, or any claim that belongs to one.
    """
    from argmap.analysis import examine, explain_dispute, list_disputes
    from argmap.cli.finding import leave
    from argmap.cli.loading import load_sound
    from argmap.cli.printing import count, print_json
    from argmap.naming import name_holders

    loaded = load_sound(settings)
    literature = loaded.literature
    findings = examine(literature, with_analyst=settings.with_analyst, kinds=kinds or _KINDS)
    found = list_disputes(findings, topic=settings.topic)
    name = name_holders(literature)
    if identifier is None:
        texts = {claim.id: claim.text for claim in literature.claims}
        listed = [
            (number, dispute)
            for number, dispute in enumerate(found, 1)
            if (flag is None or any(entry.startswith(flag) for entry in dispute.flags))
            and (not across or len({texts[claim] for claim in dispute.claims}) > 1)
        ]
        if settings.as_json:
            rows = _tabulate(findings, settings.topic)
            print_json([rows[number - 1] for number, _ in listed])
            return
        if brief:
            _print_brief(literature, listed)
        else:
            for number, dispute in listed:
                _print_short(number, explain_dispute(findings, dispute), name)
                click.echo()
        layer = "" if settings.with_analyst else " (analyst's relations left out)"
        click.echo(f"{count(len(listed), 'dispute')}{layer}.", err=True)
        return
    chosen = _find_number(literature, identifier, [dispute.claims for dispute in found])
    if chosen is None:
        leave(
            f"{identifier!r} is not in dispute; `argmap show` tells where it stands", "undisputed"
        )
    if settings.as_json:
        print_json(_tabulate(findings, settings.topic)[chosen])
        return
    account = explain_dispute(findings, found[chosen])
    if brief:
        _print_short(chosen + 1, account, name)
    else:
        _print_full(loaded.literature, account, name)
    if coherent:
        _print_coherent(findings, set(found[chosen].claims), solver)


def _tabulate(findings: Findings, topic: str | None) -> list[dict[str, Any]]:
    from argmap.analysis import derive
    from argmap.exports.tables import build_tables

    return build_tables(findings.literature, derive(findings, topic=topic))["disputes"]


def _find_number(
    literature: Literature, identifier: str, disputes_: list[tuple[str, ...]]
) -> int | None:
    """Return the place in the list of the dispute that is named by number or by claim."""
    from argmap.cli.finding import find_claim, leave, leave_unknown

    if identifier.isdecimal():
        if not 1 <= int(identifier) <= len(disputes_):
            leave(
                f"there is no dispute {identifier}; there are {len(disputes_)}", "dispute-unknown"
            )
        return int(identifier) - 1
    claim = find_claim(literature, identifier)
    if claim is None:
        ids = {entry.id for entry in literature.claims}
        leave_unknown("claim", identifier, ids | {i.rpartition("/")[2] for i in ids})
    return next((n for n, claims in enumerate(disputes_) if claim in claims), None)


def _print_brief(literature: Literature, listed: Iterable[tuple[int, Dispute]]) -> None:
    """Print a table of disputes: number, focal claim, independent voices on each side."""
    from argmap.cli.printing import print_table

    statements = {claim.id: claim.statement for claim in literature.claims}
    print_table(
        (
            ("#", {"justify": "right", "no_wrap": True}),
            ("Disputed claim", {"ratio": 1, "overflow": "fold"}),
            ("Voices", {"no_wrap": True}),
            ("Topic", {"no_wrap": True}),
        ),
        (
            (
                str(number),
                statements[dispute.focal],
                f"{dispute.pro_voices} : {dispute.con_voices}",
                dispute.topic or "",
            )
            for number, dispute in listed
        ),
    )


def _print_short(number: int, account: DisputeAccount, name: Callable[[str], str]) -> None:
    """Print one dispute of the list: the claim, both sides with pages and paths, and flags."""
    from argmap.cli.printing import print_wrapped

    dispute, focal = account.dispute, account.claims[0]
    print_wrapped(focal.claim.statement, indent="    ", first=f"{number:>2}. ")
    topic = f"{dispute.topic}, " if dispute.topic else ""
    others = len(dispute.claims) - 1
    more = f", with {others} more in dispute" if others else ""
    print_wrapped(f"{dispute.focal} ({topic}depth {dispute.depth}){more}", indent="    ")
    _print_sides(focal, name, "    ")
    _print_notes(account, name, "    ")


def _print_full(
    literature: Literature, account: DisputeAccount, name: Callable[[str], str]
) -> None:
    """Print one dispute as a page to read: each claim, its sides, and what bears on it."""
    from argmap.cli.printing import print_wrapped

    statements = {claim.id: claim for claim in literature.claims}
    steps = {relation.id: relation for relation in literature.relations}
    dispute = account.dispute
    click.echo(click.style(f"Dispute: {dispute.focal}", bold=True))
    print_wrapped(
        f"{_count_voices(dispute.pro_voices)} for, {_count_voices(dispute.con_voices)} against; "
        f"depth {dispute.depth}" + (f"; topic {dispute.topic}" if dispute.topic else "") + "."
    )
    for each in account.claims:
        click.echo()
        page = f" (p. {each.claim.anchor.page})" if each.claim.anchor else ""
        print_wrapped(f"{each.claim.id}{page}")
        print_wrapped(each.claim.statement, indent="  ")
        _print_sides(each, name, "  ")
        for title, relations in (
            ("Contests", each.contests),
            ("Reasons given for it", each.supports),
            ("Qualified by", each.qualifications),
            ("Steps undercut", each.undercuts),
        ):
            if relations:
                click.echo(f"  {title}")
            for relation in relations:
                _print_relation(relation, each.claim.id, statements, steps, name)
    click.echo()
    _print_notes(account, name, "")


def _print_coherent(findings: Findings, claims: set[str], solver: Solver) -> None:
    """Print what can be held together, of the claims of one dispute, and what none attacks."""
    from argmap.analysis.coherence import build_framework, enumerate_preferred, label_grounded
    from argmap.cli.printing import print_wrapped
    from argmap.naming import shorten

    framework = build_framework(findings.index)
    labels = dict(zip(framework.arguments, label_grounded(framework), strict=True))
    click.echo()
    click.echo(click.style("Coherent positions", bold=True))
    print_wrapped(
        "Counting contests and undercuts alone, whoever holds them; who attacks last wins, so this "
        "says what goes together and not what is true."
    )
    for claim in sorted(claims):
        click.echo(f"  {labels[claim]:<10} {shorten(claim)}")
    for positions in enumerate_preferred(framework, solver=solver):
        if not any(claims.intersection(each) for each in positions.sets):
            continue
        for number, each in enumerate(positions.sets, 1):
            together = ", ".join(shorten(claim) for claim in each if claim in claims)
            print_wrapped(f"{number}. {together or 'none of them'}", indent="     ", first="  ")
        if not positions.complete:
            click.echo("  There are more.")


def _print_sides(account: ClaimAccount, name: Callable[[str], str], margin: str) -> None:
    from argmap.analysis.telling import tell_path
    from argmap.cli.printing import print_wrapped

    sides: tuple[tuple[str, Iterable[Stance | Witness]], ...] = (
        ("For", account.pro),
        ("Against", account.con),
        ("On both sides", account.mixed),
        ("Witnesses for (used by others, not counted)", account.pro_witnesses),
        ("Witnesses against (used by others, not counted)", account.con_witnesses),
    )
    for title, stances in sides:
        listed = list(stances)
        if listed:
            click.echo(f"{margin}{title}")
        for stance in listed:
            told = tell_path(stance.path, stance.claim, stance.holder, name)
            contrary = getattr(stance, "contrary", ())
            if contrary:
                told += f"; yet {tell_path(contrary, stance.claim, stance.holder, name)}"
            print_wrapped(
                f"{name(stance.holder)}: {told}", indent=f"{margin}    ", first=f"{margin}  "
            )


def _print_notes(account: DisputeAccount, name: Callable[[str], str], margin: str) -> None:
    from argmap.cli.printing import print_wrapped

    dispute = account.dispute
    if dispute.text_stances:
        words = {"pro": "for it", "con": "against it", "mixed": "on both sides"}
        told = [
            f"{name('@' + key)} {words.get(stance, 'reports it')}"
            for key, stance in sorted(dispute.text_stances.items())
        ]
        print_wrapped(f"Coded texts: {'; '.join(told)}.", indent=margin + "  ", first=margin)
    for flag in dispute.flags:
        print_wrapped(f"Note: {flag}", indent=margin + "  ", first=margin)


def _print_relation(
    relation: Relation,
    claim: str,
    statements: dict[str, Any],
    steps: dict[str, Relation],
    name: Callable[[str], str],
) -> None:
    from argmap.cli.printing import print_wrapped
    from argmap.naming import list_names, shorten, show_page

    other = relation.target if relation.source == claim else relation.source
    statement = statements[other].statement if other in statements else ""
    drawn = f", drawn by {list_names(relation.drawn_by, name)}" if relation.drawn_by else ""
    basis = "the analyst's reading" if relation.basis == "analyst" else f"{relation.basis}{drawn}"
    page = f"{show_page(relation.page)}; " if relation.page else ""
    if relation.target_kind == "relation":
        step = steps[relation.target]
        lead = f"{shorten(relation.source)}: {statements[relation.source].statement}"
        print_wrapped(lead, indent="      ", first="    ")
        aimed = f"{shorten(step.source)} {step.type} {shorten(step.target)}"
        print_wrapped(f"against the step: {aimed}", indent="      ")
    else:
        arrow = "it denies " if relation.source == claim and relation.type == "contests" else ""
        print_wrapped(f"{arrow}{shorten(other)}: {statement}", indent="      ", first="    ")
    print_wrapped(f"[{page}{basis}]", indent="      ")
    if relation.because:
        print_wrapped(f"because: {relation.because}", indent="        ", first="      ")


def _count_voices(number: int) -> str:
    return f"{number} independent {'voice' if number == 1 else 'voices'}"
