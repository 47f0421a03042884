"""``argmap schools``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from argmap.cli.options import Settings, share_options

if TYPE_CHECKING:
    from argmap.analysis import Findings, SchoolAccount, SchoolReport
    from argmap.analysis.comparison import Comparison, DeclaredAccount
    from argmap.model import Literature

_COMPARED = {
    "declared schools": "the schools you declared",
    "discourse network": "the discourse network (subtract network, Louvain)",
}
_PLACES = {
    "agreement": "in agreements that are no schools",
    "lone voice": "as lone voices",
    "survey": "as surveys, which are left out",
    "no side": "on no side of any claim",
}


@click.command()
@share_options
@click.argument("identifier", metavar="[ID]", required=False)
@click.option("--by-topic", is_flag=True, help="Schools within each topic too.")
@click.option("--compare", is_flag=True, help="Beside declared schools and discourse networks.")
@click.option("--all", "everything", is_flag=True, help="List lone voices too.")
@click.option(
    "--resolution",
    type=click.FloatRange(min=0, max=1000),
    default=1.0,
    metavar="G",
    help="Higher parts finer; 0 counts agreement and disagreement alone (default: 1).",
)
def schools(
    settings: Settings,
    identifier: str | None,
    by_topic: bool,
    compare: bool,
    everything: bool,
    resolution: float,
) -> None:
    """List the schools of thought that the positions add up to; with ID, tell one in full.

    A school is two independent voices or more that stand on one side of claims in debate. Texts
    marked as surveys are left out and placed afterwards.
    """
    from argmap.analysis import examine, list_topics, report_declared, report_schools
    from argmap.cli.finding import leave_unknown
    from argmap.cli.loading import load_sound
    from argmap.cli.printing import count, print_json
    from argmap.exports.tables import build_tables
    from argmap.model import Derived
    from argmap.naming import name_holders

    if resolution != resolution:
        raise click.BadParameter("it must be a number from 0 to 1000", param_hint="--resolution")
    if compare and (settings.topic is not None or identifier is not None):
        raise click.UsageError("--compare is about the whole literature: leave out ID and --topic.")
    loaded = load_sound(settings)
    literature = loaded.literature
    findings = examine(literature, with_analyst=settings.with_analyst)
    topics: list[str | None] = [settings.topic]
    if settings.topic is None and (by_topic or (identifier is not None and ":" in identifier)):
        topics += list_topics(findings)
    reports = report_schools(findings, topics, resolution=resolution)
    accounts = {account.school.id: account for report in reports for account in report.schools}
    declared = {
        each.school.id: each
        for report in reports
        if report.topic is None
        for each in report_declared(findings, report)
    }
    if identifier is not None and identifier not in accounts and identifier not in declared:
        leave_unknown("school", identifier, accounts | declared)
    if settings.as_json and (compare or identifier in declared.keys() - accounts.keys()):
        print_json(
            {
                "comparisons": [each for report in reports for each in report.comparisons],
                "declared": [
                    account for name, account in declared.items() if identifier in (None, name)
                ],
            }
        )
        return
    if settings.as_json:
        found = Derived(
            schools=tuple(
                account.school for name, account in accounts.items() if identifier in (None, name)
            )
        )
        print_json(build_tables(literature, found)["schools"])
        return
    name = name_holders(literature)
    if identifier is not None and identifier not in accounts:
        _print_declared(declared[identifier], name)
        return
    if compare:
        for report in reports:
            if report.topic is None:
                _print_comparison(report, declared.values(), name)
        return
    if identifier is not None:
        _print_school(literature, accounts[identifier], name, full=True)
        _print_conflicts(findings, accounts[identifier].school.members)
        return
    for report in reports:
        _print_report(literature, report, name, everything=everything)
    click.echo(f"{count(len(accounts), 'school')}.", err=True)


def _print_conflicts(findings: Findings, members: tuple[str, ...]) -> None:
    """Print whether what a school holds can be held together."""
    from argmap.analysis.measures import find_school_conflicts
    from argmap.cli.printing import count, print_wrapped

    held, contests = find_school_conflicts(findings, members)
    if not contests:
        click.echo(f"  {count(len(held), 'claim')} held by most, none of which contests another.")
    for contest in contests:
        print_wrapped(
            f"{contest.source} contests {contest.target}, and most hold both.",
            indent="    ",
            first="  ",
        )


def _print_report(
    literature: Literature,
    report: SchoolReport,
    name: Callable[[str], str],
    *,
    everything: bool,
) -> None:
    from argmap.cli.printing import count, print_wrapped
    from argmap.naming import list_names

    if report.topic is not None:
        if not report.schools:
            return
        click.echo(click.style(f"On {report.topic}", bold=True))
        click.echo()
    for account in report.schools:
        _print_school(literature, account, name, full=False)
        click.echo()
    if report.topic is not None:
        return
    if report.agreements:
        click.echo("Agreements that are no schools")
        for members in report.agreements:
            print_wrapped(list_names(members, name), indent="    ", first="  ")
    if report.lone_voices:
        told = f"{count(len(report.lone_voices), 'lone voice')}, in no school"
        told += f": {list_names(report.lone_voices, name)}" if everything else " (--all lists them)"
        print_wrapped(f"{told}.", indent="  ", first="")
    for survey in report.surveys:
        where = "stands nearest to no school"
        if survey.school is not None:
            where = (
                f"stands nearest to {survey.school} (agrees on {survey.agreements}, "
                f"disagrees on {survey.disagreements})"
            )
        print_wrapped(f"{name(survey.holder)}, a survey, {where}.", indent="  ", first="")
    for comparison in report.comparisons:
        _print_index(comparison)


def _print_comparison(
    report: SchoolReport, declared: Iterable[DeclaredAccount], name: Callable[[str], str]
) -> None:
    """Print what became of each declared school, and which groups of discourse networks we part."""
    from argmap.cli.printing import print_wrapped
    from argmap.naming import list_names

    for comparison in report.comparisons:
        _print_index(comparison)
        if comparison.name == "declared schools":
            for each in declared:
                click.echo()
                _print_declared(each, name)
            click.echo()
            continue
        for _, pieces in comparison.split:
            told = " | ".join(list_names(piece, name) for piece in pieces)
            print_wrapped(f"one group there, parted here: {told}", indent="    ", first="  ")


def _print_declared(account: DeclaredAccount, name: Callable[[str], str]) -> None:
    """Print where analysis finds the members of a school that the scholar declared."""
    from argmap.cli.printing import print_wrapped
    from argmap.naming import list_names

    school = account.school
    found = "found" if account.found else "declared, but no school that analysis finds"
    print_wrapped(f"{school.name} ({school.id}): {found}", indent="  ", first="")
    if school.because:
        print_wrapped(f"Declared because: {school.because}", indent="    ", first="  ")
    for where in account.members:
        here = "Members found together" if where.place == account.found else "Declared members"
        at = "" if where.place == account.found else _PLACES.get(where.place, where.place)
        at = f" {at}" if at in _PLACES.values() else f" in {at}" if at else ""
        print_wrapped(f"{here}{at}: {list_names(where.holders, name)}.", indent="    ", first="  ")
    if account.added:
        print_wrapped(
            f"Found with them: {list_names(account.added, name)}.", indent="    ", first="  "
        )


def _print_index(comparison: Comparison) -> None:
    from argmap.cli.printing import print_wrapped

    compared = _COMPARED.get(comparison.name, comparison.name)
    index = "no" if comparison.rand is None else f"{comparison.rand:.2f}"
    print_wrapped(
        f"Against {compared}: adjusted Rand index {index} over {comparison.holders} holders.",
        indent="  ",
        first="",
    )


def _print_school(
    literature: Literature, account: SchoolAccount, name: Callable[[str], str], *, full: bool
) -> None:
    from argmap.cli.printing import count, print_wrapped
    from argmap.naming import list_names

    school = account.school
    statements = {claim.id: claim.statement for claim in literature.claims}
    declared = ", as you declared it" if account.declared else ""
    print_wrapped(f"{school.name} ({school.id}{declared})", indent="  ", first="")
    print_wrapped(
        f"{count(account.voices, 'independent voice')}, stability {school.stability:.2f}.",
        indent="  ",
    )
    print_wrapped(f"Members: {list_names(school.core, name)}.", indent="    ", first="  ")
    if school.fringe:
        print_wrapped(f"Fringe: {list_names(school.fringe, name)}.", indent="    ", first="  ")
    shown = account.defining if full else account.defining[:3]
    if shown:
        click.echo("  Stands out by")
    for claim in shown:
        sides = f"{claim.pro} for, {claim.con} against here"
        elsewhere = f"{claim.pro_elsewhere} for, {claim.con_elsewhere} against elsewhere"
        print_wrapped(statements[claim.claim], indent="      ", first="    ")
        if full:
            print_wrapped(f"{claim.claim}: {sides}; {elsewhere}", indent="      ")
    if school.cleavages:
        click.echo("  Parted from others by")
        cleavages = school.cleavages if full else school.cleavages[:3]
        for cleavage in cleavages:
            print_wrapped(
                f"{cleavage.school}: {statements[cleavage.claim]}", indent="      ", first="    "
            )
    for bridge in account.bridges:
        print_wrapped(
            f"{name(bridge.holder)} bridges to {bridge.school} (net agreement {bridge.agreement}).",
            indent="    ",
            first="  ",
        )
    if full:
        click.echo("  Member by member")
        for member in account.members:
            print_wrapped(
                f"{name(member.holder)}: stays in {member.stability:.0%} of draws, net agreement "
                f"{member.agreement}",
                indent="      ",
                first="    ",
            )
