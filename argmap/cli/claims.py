"""``argmap claims``."""

from __future__ import annotations

import click

from argmap.cli.options import Settings, share_options
from argmap.model import KINDS, STANCES, STATUSES


@click.command()
@share_options
@click.option("--holder", metavar="ID", help="Claims on which this work, actor or group stands.")
@click.option("--work", metavar="KEY", help="Claims that this work holds or is cited for.")
@click.option("--text", metavar="KEY", help="Claims of this coded text.")
@click.option("--kind", type=click.Choice(KINDS), help="Claims of this kind.")
@click.option(
    "--stance", type=click.Choice(STANCES), help="Claims on which someone (or --holder) so stands."
)
@click.option("--status", type=click.Choice(STATUSES), help="Claims of this status.")
@click.option("--second-hand", is_flag=True, help="Claims known only from somebody's report.")
@click.option("--gaps", is_flag=True, help="Claims of one voice that nobody else takes up.")
@click.option(
    "--order",
    type=click.Choice(["place", "contested", "carrying"]),
    default="place",
    help="As they stand in their texts, most contested first, or by how many claims rest on them.",
)
@click.argument("words", nargs=-1)
def claims(
    settings: Settings,
    holder: str | None,
    work: str | None,
    text: str | None,
    kind: str | None,
    stance: str | None,
    status: str | None,
    second_hand: bool,
    gaps: bool,
    order: str,
    words: tuple[str, ...],
) -> None:
    """List claims: who holds them, and where.

    WORDS keep claims whose statement has them all.  With --store the claims come from there.  A
    page with a question mark is inferred, for the text prints none there.
    """
    from argmap.analysis import examine, list_standings, order_claims
    from argmap.analysis.measures import list_gaps, list_second_hand, weigh_claims
    from argmap.cli.finding import check_known, find_holder
    from argmap.cli.loading import load_sound
    from argmap.cli.printing import break_words, count, print_json, print_table
    from argmap.exports.tables import build_tables
    from argmap.model import Derived
    from argmap.naming import order_in_text

    loaded = load_sound(settings)
    literature = loaded.literature
    check_known("work", work, {entry.key for entry in literature.works})
    check_known("text", text, {entry.key for entry in literature.texts})
    holder_id = find_holder(literature, holder) if holder is not None else None
    standing = {
        position.claim
        for position in literature.positions
        if (holder_id is None or position.holder == holder_id)
        and (stance is None or position.stance == stance)
    }
    for_work: set[str] = set()
    if work is not None:
        sources = {relation.id: relation.source for relation in literature.relations}
        for citation in literature.citations:
            if citation.work == work:
                for_work.add(citation.claim or sources[citation.relation])
        for position in literature.positions:
            if position.holder == f"@{work}" and position.stance != "reports":
                for_work.add(position.claim)
    findings = examine(literature, with_analyst=settings.with_analyst)
    derived = Derived(standings=list_standings(findings))
    statuses = {standing.claim: standing.status for standing in derived.standings}
    kept = {claim.id for claim in literature.claims}
    if second_hand:
        kept &= set(list_second_hand(findings))
    if gaps:
        kept &= set(list_gaps(findings))
    chosen = {
        claim.id
        for claim in literature.claims
        if (settings.topic is None or claim.topic == settings.topic)
        and (text is None or claim.text == text)
        and (kind is None or claim.kind == kind)
        and (work is None or claim.id in for_work)
        and ((holder_id is None and stance is None) or claim.id in standing)
        and (status is None or statuses.get(claim.id) == status)
        and claim.id in kept
        and all(word.casefold() in claim.statement.casefold() for word in words)
    }
    if settings.as_json:
        rows = build_tables(literature, derived)["claims"]
        print_json([row for row in rows if row["id"] in chosen])
        return
    stands: dict[str, dict[str, None]] = {}
    for mark, stances in (("", ("asserts", "endorses")), ("not ", ("disputes",))):
        for position in literature.positions:
            if position.stance in stances:
                name = mark + position.holder.removeprefix("@")
                stands.setdefault(position.claim, {})[name] = None
    several = len({claim.text for claim in literature.claims if claim.id in chosen}) > 1
    rows_shown = []
    ordered = sorted(literature.claims, key=order_in_text)
    resting: dict[str, int] = {}
    if order != "place":
        by_id = {claim.id: claim for claim in literature.claims}
        ranked = list(order_claims(findings))
        if order == "carrying":
            resting = {load.claim: load.resting for load in weigh_claims(findings)}
            ranked = list(resting)
        ordered = [by_id[identifier] for identifier in ranked]
    for claim in ordered:
        if claim.id in chosen:
            page = claim.anchor.page if claim.anchor else ""
            if claim.anchor and claim.anchor.page_inferred:
                page += "?"
            name = break_words(claim.id if several else claim.id.rpartition("/")[2], 44)
            if claim.id in resting:
                name += f"\n{count(resting[claim.id], 'claim rests', 'claims rest')} on it"
            holders = "\n".join(break_words(each, 24) for each in stands.get(claim.id, ("–",)))
            rows_shown.append((page, f"{name}\n{claim.statement}", holders))
    if rows_shown:
        print_table(
            (
                ("Page", {"no_wrap": True, "justify": "right"}),
                ("Claim", {"ratio": 3, "overflow": "fold"}),
                ("Held by", {"ratio": 1, "overflow": "fold", "max_width": 26}),
            ),
            rows_shown,
        )
    click.echo(f"{count(len(rows_shown), 'claim')}.", err=True)
