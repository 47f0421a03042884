"""``argmap check``."""

from __future__ import annotations

import sys

import click

from argmap.cli.options import Settings, share_options


@click.command()
@share_options
@click.option("--strict", is_flag=True, help="Warnings count as errors.")
@click.option("--write-lock", is_flag=True, help="Keep what was proved in anchors.lock.")
@click.option("--shacl", is_flag=True, help="Run the SHACL shapes too (extra: shacl).")
@click.option("--explain", metavar="CODE", help="Explain a code, or `all`, and stop.")
def check(
    settings: Settings, strict: bool, write_lock: bool, shacl: bool, explain: str | None
) -> None:
    """Check the corpus, the bibliography and the anchors.

    Every finding is `path:line:column: severity: message [code]` with a remedy below it.  Exits
    with 1 if there is an error, with --strict also if there is a warning.
    """
    if explain is not None:
        _explain(explain, as_json=settings.as_json)
        return
    from argmap.cli.loading import load
    from argmap.cli.printing import count, print_findings, print_json, summarise_findings
    from argmap.diagnostics import as_objects, count_severities, has_errors, sort_diagnostics
    from argmap.texts.lock import write_lock as write

    if write_lock and settings.texts is None:
        raise click.UsageError("--write-lock needs your copies of the texts: --texts DIR.")
    loaded = load(settings)
    findings = list(loaded.findings)
    if write_lock and has_errors(findings):
        click.echo("argmap: the lock file was left as it is; mend the errors first.", err=True)
    elif write_lock and loaded.proofs is not None:
        findings += write(loaded.proofs.lock, settings.corpus / "anchors.lock")
        findings = [finding for finding in findings if finding.code not in _SETTLED_BY_LOCK]
    if shacl:
        from argmap.graph import validate
        from argmap.literature import show_paths

        findings += show_paths(validate(loaded.literature), settings.corpus, settings.bibliography)
    findings = sort_diagnostics(findings)
    counts = count_severities(findings)
    literature = loaded.literature
    proofs = loaded.proofs
    if settings.as_json:
        print_json(
            {
                "findings": as_objects(findings),
                "errors": counts["error"],
                "warnings": counts["warning"],
                "notes": counts["note"],
                "anchors_proved": proofs.proved if proofs else 0,
                "anchors_not_checked": proofs.unchecked if proofs else 0,
            }
        )
    else:
        print_findings(findings, to_stderr=False)
        proved = ""
        if proofs is not None:
            proved = f"; {count(proofs.proved, 'anchor')} proved"
            if proofs.unchecked:
                proved += f", {count(proofs.unchecked, 'anchor')} not checked"
        click.echo(
            f"{count(len(literature.claims), 'claim')}, "
            f"{count(len(literature.positions), 'position')}, "
            f"{count(len(literature.relations), 'relation')}, "
            f"{count(len(literature.citations), 'citation')}, "
            f"{count(len(literature.works), 'work')}{proved}.",
            err=True,
        )
        click.echo(summarise_findings(findings) or "No findings.", err=True)
    if counts["error"] or (strict and counts["warning"]):
        sys.exit(1)


_SETTLED_BY_LOCK = frozenset(("lock-behind", "text-changed", "anchor-changed"))


def _explain(code: str, *, as_json: bool) -> None:
    from argmap.checks.explanations import describe_explanation, explain, list_codes
    from argmap.cli.printing import print_json
    from argmap.diagnostics import did_you_mean

    codes = list_codes() if code == "all" else [code]
    found = [explain(name) for name in codes]
    known = [explanation for explanation in found if explanation is not None]
    if not known:
        hint = did_you_mean(code, list_codes()) or "`argmap check --explain all` lists them."
        raise click.UsageError(f"No code {code!r}. {hint}")
    if as_json:
        print_json(known)
    else:
        click.echo("\n\n".join(describe_explanation(explanation) for explanation in known))
