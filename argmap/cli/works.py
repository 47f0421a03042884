"""``argmap works``."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import click

from argmap.cli.options import Settings, share_options

if TYPE_CHECKING:
    from argmap.literature import Loaded


@click.command()
@share_options
@click.option("--role", metavar="ROLE", help="Works cited in this role (carries, exemplar, …).")
@click.option("--weigh", is_flag=True, help="What would change if a work had not spoken.")
@click.argument("keys", nargs=-1, metavar="[KEY]...")
def works(settings: Settings, role: str | None, weigh: bool, keys: tuple[str, ...]) -> None:
    """List works, and what each is cited for; with KEY, every citation of these works."""
    from argmap.cli.finding import check_known
    from argmap.cli.loading import load_sound
    from argmap.cli.printing import count, print_json, print_table
    from argmap.exports.tables import build_tables
    from argmap.model import ROLES

    loaded = load_sound(settings)
    literature = loaded.literature
    known = {work.key for work in literature.works}
    wanted = [key.removeprefix("@") for key in keys]
    for key in wanted:
        check_known("work", key, known)
    check_known("role", role, ROLES)
    roles: dict[str, Counter[str]] = defaultdict(Counter)
    holds: Counter[str] = Counter()
    for citation in literature.citations:
        roles[citation.work][citation.role] += 1
    for position in literature.positions:
        if position.holder.startswith("@") and position.stance != "reports":
            holds[position.holder[1:]] += 1
    coded = {text.key for text in literature.texts}
    chosen = [
        work
        for work in literature.works
        if (not wanted or work.key in wanted) and (role is None or roles[work.key][role])
    ]
    if settings.as_json and not weigh:
        names = {work.key for work in chosen}
        rows = build_tables(literature, None)["works"]
        print_json(
            [
                {
                    **row,
                    "claims": holds[row["key"]],
                    "roles": dict(sorted(roles[row["key"]].items())),
                }
                for row in rows
                if row["key"] in names
            ]
        )
        return
    if weigh:
        _print_weights(loaded, settings, {work.key for work in chosen})
        return
    if wanted:
        from argmap.cli.show import print_work

        for index, work in enumerate(chosen):
            if index:
                click.echo()
            print_work(loaded, work.key)
        return
    shown = []
    for work in chosen:
        purposes = [
            name if number == 1 else f"{name} ×{number}"
            for name, number in sorted(
                roles[work.key].items(), key=lambda item: (ROLES.index(item[0]), item[0])
            )
        ]
        if work.key in coded:
            purposes.insert(0, "coded text")
        shown.append(
            (work.key, work.title, str(holds[work.key] or "–"), ", ".join(purposes) or "–")
        )
    if shown:
        print_table(
            (
                ("Key", {"overflow": "fold", "max_width": 24}),
                ("Title", {"overflow": "fold", "ratio": 1}),
                ("Claims", {"justify": "right", "no_wrap": True}),
                ("Cited as", {"overflow": "fold", "max_width": 16}),
            ),
            shown,
        )
    click.echo(f"{count(len(shown), 'work')}.", err=True)


def _print_weights(loaded: Loaded, settings: Settings, keys: set[str]) -> None:
    """Print, for each work without which something would change, the claims that would."""
    import msgspec

    from argmap.analysis import examine
    from argmap.analysis.measures import weigh_holders
    from argmap.cli.printing import count, print_json, print_wrapped
    from argmap.naming import name_holders

    name = name_holders(loaded.literature)
    findings = examine(loaded.literature, with_analyst=settings.with_analyst)
    falls = [fall for fall in weigh_holders(findings) if fall.holder.removeprefix("@") in keys]
    if settings.as_json:
        print_json([msgspec.to_builtins(fall) for fall in falls])
        return
    for fall in falls:
        ended = f"; {count(fall.ended, 'disputed claim')} no longer so" if fall.ended else ""
        print_wrapped(f"{name(fall.holder)}: {count(len(fall.changes), 'claim')} change{ended}")
        told = [change for change in fall.changes if "disputed" in (change.before, change.after)]
        for change in told:
            before = (
                f"{change.before} ({change.depth_before})" if change.depth_before else change.before
            )
            after = f"{change.after} ({change.depth_after})" if change.depth_after else change.after
            print_wrapped(f"{change.claim}: {before} → {after}", indent="      ", first="  ")
        if told and len(told) < len(fall.changes):
            click.echo(f"  and {count(len(fall.changes) - len(told), 'claim')} not in dispute")
    click.echo(f"{count(len(falls), 'work')} on which something hangs.", err=True)
