"""``argmap show``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from argmap.cli.options import Settings, share_options
from argmap.naming import (
    describe_anchor,
    list_names,
    name_holders,
    order_in_text,
    show_page,
)

if TYPE_CHECKING:
    from argmap.literature import Loaded
    from argmap.model import Claim, Derived, Literature, Place, Position, Relation

_PASSIVE = {
    "supports": "Supported by",
    "explains": "Explained by",
    "contests": "Contested by",
    "qualifies": "Qualified by",
    "undercuts": "Undercut by",
}
_ACTIVE = {
    "supports": "Supports",
    "explains": "Explains",
    "contests": "Contests",
    "qualifies": "Qualifies",
    "undercuts": "Undercuts",
}
_STANCE_MARKS = {"asserts": "+", "endorses": "+", "disputes": "−", "reports": "·"}


@click.command()
@share_options
@click.argument("identifier", metavar="ID")
@click.option("--quote", is_flag=True, help="Print the passage from your own copy of the text.")
def show(settings: Settings, identifier: str, quote: bool) -> None:
    """Show one claim, work or holder, with all that bears on it.

    ID is a claim (text/slug, or the slug alone), the key of a work, actor:x or group:x (or x
    alone).
    """
    from argmap.cli.finding import find_record, leave
    from argmap.cli.loading import judge, load_sound
    from argmap.cli.printing import print_json

    loaded = load_sound(settings)
    literature = loaded.literature
    kind, name = find_record(literature, identifier)
    if kind == "claim":
        derived = judge(loaded, settings)
        if settings.as_json:
            print_json(collect_claim(literature, derived, name))
        else:
            print_claim(loaded, derived, name, quote=quote)
        return
    if kind == "topic":
        leave(
            f"{name!r} is a topic, and only claims, works and holders are shown",
            "name-unknown",
            f"`argmap claims --topic {name}` lists its claims.",
        )
    holder = f"@{name}" if kind == "work" else name
    if settings.as_json:
        print_json(collect_holder(literature, holder))
    elif holder.startswith("@"):
        print_work(loaded, holder.removeprefix("@"))
    else:
        print_holder(loaded, holder)


def collect_claim(literature: Literature, derived: Derived, claim_id: str) -> dict[str, Any]:
    """Return the rows of the JSON export that concern one claim."""
    from argmap.exports.tables import build_tables

    tables = build_tables(literature, derived)
    touching = [row for row in tables["relations"] if claim_id in (row["source"], row["target"])]
    steps = {row["id"] for row in touching}
    touching += [
        row for row in tables["relations"] if row["target"] in steps and row["id"] not in steps
    ]
    ids = {row["id"] for row in touching if row["source"] == claim_id}
    return {
        "claim": next(row for row in tables["claims"] if row["id"] == claim_id),
        "positions": [row for row in tables["positions"] if row["claim"] == claim_id],
        "relations": touching,
        "citations": [
            row
            for row in tables["citations"]
            if row["claim"] == claim_id or (row["relation"] and row["relation"] in ids)
        ],
    }


def collect_holder(literature: Literature, holder_id: str) -> dict[str, Any]:
    """Return the rows of the JSON export that concern one holder."""
    from argmap.exports.tables import build_tables

    tables = build_tables(literature, None)
    key = holder_id.removeprefix("@")
    return {
        "holder": next((row for row in tables["holders"] if row["id"] == holder_id), None),
        "work": next((row for row in tables["works"] if f"@{row['key']}" == holder_id), None),
        "positions": [row for row in tables["positions"] if row["holder"] == holder_id],
        "relations": [row for row in tables["relations"] if holder_id in row["drawn_by"]],
        "citations": [
            row for row in tables["citations"] if holder_id.startswith("@") and row["work"] == key
        ],
    }


def print_claim(loaded: Loaded, derived: Derived, claim_id: str, *, quote: bool = False) -> None:
    """Print all that is known of one claim."""
    from argmap.cli.printing import print_wrapped

    literature = loaded.literature
    claims = {claim.id: claim for claim in literature.claims}
    claim = claims[claim_id]
    name = name_holders(literature)
    click.echo(click.style(claim.id, bold=True))
    print_wrapped(claim.statement)
    click.echo()
    topic = [claim.topic] if claim.topic else []
    click.echo(f"  {' · '.join([claim.kind, claim.weight, *topic])}")
    print_wrapped(
        f"{name('@' + claim.text)}, {describe_anchor(claim.anchor)}", indent="    ", first="  "
    )
    if claim.place is not None:
        click.echo(f"  {tell_place(loaded, claim.place)}")
    if quote:
        _print_quote(loaded, claim)
    _print_standing(derived, claim, name)
    positions = [position for position in literature.positions if position.claim == claim_id]
    order = ("asserts", "endorses", "disputes", "reports")
    positions.sort(key=lambda position: order.index(position.stance))
    _print_heading("Who holds it, and who says so")
    for position in positions:
        _print_position(loaded, position, name)
    _print_relations(loaded, claims, claim_id, name)
    _print_citations(loaded, claim_id, name)
    if claim.alone:
        print_wrapped(f"Stands alone: {claim.alone}", indent="  ", first="\n  ")


def _print_heading(text: str) -> None:
    click.echo()
    click.echo(click.style(text, bold=True))


def _print_quote(loaded: Loaded, claim: Claim) -> None:
    from argmap.cli.printing import print_wrapped
    from argmap.texts import prove_anchor, quote_span

    source = loaded.sources.get(claim.text)
    if source is None or claim.anchor is None:
        click.echo("  (no copy of the text at hand: name its folder with --texts DIR)")
        return
    proved, problem = prove_anchor(source, claim.anchor)
    if problem is None and proved.start is not None and proved.end is not None:
        click.echo()
        print_wrapped(
            f"“{quote_span(source, proved.start, proved.end)}”", indent="     ", first="    "
        )


def _print_standing(derived: Derived, claim: Claim, name: Callable[[str], str]) -> None:
    from argmap.cli.printing import print_wrapped

    standing = next((entry for entry in derived.standings if entry.claim == claim.id), None)
    if standing is None:
        return
    parts = [standing.status]
    if standing.pro:
        parts.append(f"for it {list_names(standing.pro, name)}")
    if standing.con:
        parts.append(f"against it {list_names(standing.con, name)}")
    if standing.mixed:
        parts.append(f"on both sides {list_names(standing.mixed, name)}")
    print_wrapped("; ".join(parts), indent="    ", first="  ")


def _print_position(loaded: Loaded, position: Position, name: Callable[[str], str]) -> None:
    from argmap.cli.printing import print_wrapped

    holder = name(position.holder)
    text = f"{holder} {position.stance} it"
    if position.own_locator:
        text += f" ({position.own_locator.lstrip(': ')} there)"
    if position.holder == f"@{position.reported_by}":
        text += f", {show_page(position.page)}" if position.page else ""
    else:
        text += f", says {name('@' + position.reported_by)}"
        text += f", {show_page(position.page)}" if position.page else ""
    marks: list[str] = []
    if position.attribution not in ("explicit", "collective"):
        marks.append(position.attribution)
    if position.certainty != "certain":
        marks.append(position.certainty)
    if marks:
        text += f" ({', '.join(marks)})"
    print_wrapped(text, indent="    ", first=f"  {_STANCE_MARKS[position.stance]} ")
    if position.place is not None and position.attribution != "implied":
        click.echo(f"    {tell_place(loaded, position.place)}")


def _print_relations(
    loaded: Loaded, claims: dict[str, Claim], claim_id: str, name: Callable[[str], str]
) -> None:
    literature = loaded.literature
    relations = {relation.id: relation for relation in literature.relations}
    received: dict[str, list[Relation]] = {}
    sent: dict[str, list[Relation]] = {}
    aimed: dict[str, list[Relation]] = {}
    for relation in literature.relations:
        aimed.setdefault(relation.target, []).append(relation)
        if relation.target == claim_id:
            received.setdefault(relation.type, []).append(relation)
        if relation.source == claim_id:
            sent.setdefault(relation.type, []).append(relation)
    for kind, heading in _PASSIVE.items():
        if kind in received:
            _print_heading(heading)
            for relation in received[kind]:
                _print_relation(loaded, relation, claims[relation.source], name)
                _print_aimed(loaded, claims, aimed.get(relation.id, []), name)
    for kind, heading in _ACTIVE.items():
        if kind not in sent:
            continue
        _print_heading(heading)
        for relation in sent[kind]:
            if relation.target_kind == "claim":
                _print_relation(loaded, relation, claims[relation.target], name)
                _print_aimed(loaded, claims, aimed.get(relation.id, []), name)
            else:
                _print_step(loaded, relation, relations, claims, name)


def _print_aimed(
    loaded: Loaded, claims: dict[str, Claim], aimed: list[Relation], name: Callable[[str], str]
) -> None:
    """Print what undercuts or backs a step, below the step."""
    for relation in aimed:
        word = "undercut" if relation.type == "undercuts" else "backed"
        _print_relation(
            loaded, relation, claims[relation.source], name, before=f"this step is {word} by "
        )


def _print_step(
    loaded: Loaded,
    relation: Relation,
    relations: dict[str, Relation],
    claims: dict[str, Claim],
    name: Callable[[str], str],
) -> None:
    from argmap.cli.printing import print_wrapped

    step = relations[relation.target]
    print_wrapped(f"the step {step.id}", indent="    ", first="  ")
    if step.source in claims:
        print_wrapped(f"from: {claims[step.source].statement}", indent="      ", first="    ")
    if step.target in claims:
        print_wrapped(f"to: {claims[step.target].statement}", indent="      ", first="    ")
    _print_details(loaded, relation, name)


def _print_relation(
    loaded: Loaded,
    relation: Relation,
    other: Claim,
    name: Callable[[str], str],
    before: str = "",
) -> None:
    from argmap.cli.printing import print_wrapped

    margin = "    " if before else "  "
    page = f" ({show_page(other.anchor.page)})" if other.anchor and other.anchor.page else ""
    print_wrapped(f"{before}{other.id}{page}", indent=margin + "  ", first=margin)
    print_wrapped(other.statement, indent=margin + "  ")
    _print_details(loaded, relation, name, margin + "  ")


def _print_details(
    loaded: Loaded, relation: Relation, name: Callable[[str], str], margin: str = "    "
) -> None:
    from argmap.cli.printing import print_wrapped

    details: list[str] = [relation.basis]
    if relation.drawn_by:
        details.append(f"drawn by {list_names(relation.drawn_by, name)}")
    elif relation.basis == "analyst":
        details = ["drawn by the analyst"]
    if relation.page:
        details.append(show_page(relation.page))
    if relation.evidential:
        details.append("as evidence that the position exists")
    if relation.place is not None:
        details.append(tell_place(loaded, relation.place))
    print_wrapped(f"[{'; '.join(details)}]", indent=margin + " ", first=margin)
    if relation.because:
        print_wrapped(f"because: {relation.because}", indent=margin + "  ", first=margin)


def _print_citations(loaded: Loaded, claim_id: str, name: Callable[[str], str]) -> None:
    from argmap.cli.printing import print_wrapped

    literature = loaded.literature
    mine = {relation.id for relation in literature.relations if relation.source == claim_id}
    cited = [
        citation
        for citation in literature.citations
        if citation.claim == claim_id or citation.relation in mine
    ]
    if not cited:
        return
    _print_heading("Cited here")
    for citation in cited:
        locator = f", {citation.locator.lstrip(': ')}" if citation.locator else ""
        kind = "" if citation.claim else " (for a relation)"
        print_wrapped(
            f"{name('@' + citation.work)}{locator}: {citation.role}{kind}",
            indent="    ",
            first="  ",
        )


def print_work(loaded: Loaded, key: str) -> None:
    """Print a work: what it holds, and what it is cited for."""
    from argmap.bibliography import list_people
    from argmap.cli.printing import print_wrapped

    literature = loaded.literature
    work = next(entry for entry in literature.works if entry.key == key)
    click.echo(click.style(work.key, bold=True))
    year = f" ({work.year})" if work.year is not None else ""
    people = "; ".join(str(person) for person in list_people(work))
    print_wrapped(f"{people}{year}: {work.title}".lstrip(": "))
    if work.place is not None:
        click.echo(f"  {loaded.bibliography.as_posix()}:{work.place.line}")
    groups = [entry.id for entry in literature.holders if f"@{key}" in entry.members]
    if groups:
        told = list_names(groups, name_holders(literature))
        print_wrapped(f"counted among: {told}", indent="    ", first="  ")
    _print_holdings(loaded, f"@{key}")
    if key not in {text.key for text in literature.texts}:
        _print_company(loaded, f"@{key}")
    claims = {claim.id: claim for claim in literature.claims}
    relations = {relation.id: relation for relation in literature.relations}
    cited = [citation for citation in literature.citations if citation.work == key]
    if cited:
        name = name_holders(literature)
        _print_heading("Cited for")
        for citation in cited:
            claim_id = citation.claim or relations[citation.relation].source
            claim = claims[claim_id]
            page = citation.anchor.page if citation.anchor and citation.anchor.page else ""
            page = page or (claim.anchor.page if claim.anchor else "")
            where = f"{name('@' + citation.text)}, {show_page(page)}"
            locator = f" ({citation.locator.lstrip(': ')} there)" if citation.locator else ""
            print_wrapped(
                f"{citation.role}{locator}: {claim.statement} [{where}]", indent="    ", first="  "
            )


def print_holder(loaded: Loaded, holder_id: str) -> None:
    """Print an actor or a group: who it is, and what it holds."""
    from argmap.cli.printing import print_wrapped

    literature = loaded.literature
    name = name_holders(literature)
    holder = next(entry for entry in literature.holders if entry.id == holder_id)
    click.echo(click.style(holder.id, bold=True))
    print_wrapped(holder.name)
    if holder.place is not None:
        click.echo(f"  {tell_place(loaded, holder.place)}")
    if holder.members:
        print_wrapped(f"members: {list_names(holder.members, name)}", indent="    ", first="  ")
    groups = [entry.id for entry in literature.holders if holder_id in entry.members]
    if groups:
        print_wrapped(f"member of: {list_names(groups, name)}", indent="    ", first="  ")
    if holder.works:
        names = [f"@{key}" for key in holder.works]
        print_wrapped(f"works: {list_names(names, name)}", indent="    ", first="  ")
    _print_holdings(loaded, holder_id)
    _print_company(loaded, holder_id)


def _print_company(loaded: Loaded, holder_id: str) -> None:
    """Print with whom and against whom a holder stands, the firmest first."""
    from argmap.analysis import examine
    from argmap.analysis.measures import explain_holder
    from argmap.cli.printing import count, print_wrapped

    name = name_holders(loaded.literature)
    findings = examine(loaded.literature)
    if holder_id not in findings.holder_number:
        return
    account = explain_holder(findings, holder_id)
    for heading, company in (("Stands with", account.allies), ("Against", account.opponents)):
        if not company:
            continue
        _print_heading(heading)
        for other in company:
            together = other.agreements if heading == "Stands with" else other.disagreements
            on = ", ".join(claim.rpartition("/")[2] for claim in together[:3])
            more = f" and {count(len(together) - 3, 'more claim')}" if len(together) > 3 else ""
            print_wrapped(f"{name(other.holder)}, on {on}{more}", indent="    ", first="  ")


def _print_holdings(loaded: Loaded, holder_id: str) -> None:
    from argmap.cli.printing import print_wrapped

    literature = loaded.literature
    name = name_holders(literature)
    claims = {claim.id: claim for claim in literature.claims}
    headings = {"asserts": "Asserts", "endorses": "Endorses", "disputes": "Disputes"}
    for stance, heading in headings.items():
        held = [
            position
            for position in literature.positions
            if position.holder == holder_id and position.stance == stance
        ]
        if not held:
            continue
        held.sort(key=lambda position: order_in_text(claims[position.claim]))
        _print_heading(heading)
        for position in held:
            claim = claims[position.claim]
            where = f"{name('@' + position.reported_by)}, {show_page(position.page)}"
            print_wrapped(f"{claim.statement} [{where}]", indent="    ", first="  ")
            click.echo(f"    {claim.id}")


def tell_place(loaded: Loaded, place: Place) -> str:
    """Return ``file:line``, the file as the user named its folder."""
    return f"{(loaded.folder / place.path).as_posix()}:{place.line}"
