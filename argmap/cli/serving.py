"""``argmap site --serve``: the site from memory, made anew whenever a file changes."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

from argmap.cli.options import Settings
from argmap.diagnostics import Diagnostic, as_objects, has_errors

if TYPE_CHECKING:
    from argmap.coverage import TextCoverage
    from argmap.exports.site.library import Library
    from argmap.exports.site.server import Showcase
    from argmap.literature import Loaded
    from argmap.model import Work

PAUSE = 0.5
"""Seconds between two looks at the files."""

Stamp = tuple[tuple[str, int, int], ...]
Places = list[tuple[str, int, str]]
"""File, line and page: what a page shows is written from this line on."""

_WAITING = b"""<!doctype html>
<html lang="en"><meta charset="utf-8"><title>argmap</title>
<link rel="icon" href="/assets/icon.svg"><link rel="stylesheet" href="/assets/site.css">
<script src="/assets/live.js" defer></script>
<body data-root="/" data-page="index.html"><main><h1>No site yet</h1>
<p>It is being made. Where the corpus has errors, they are told above; mend them, and the site
comes by itself.</p></main></body></html>
"""


def serve_site(settings: Settings, style: str, host: str, port: int) -> None:
    """Serve until interrupted; what is shown follows the files, errors are told in the pages."""
    from argmap.cli.finding import tell_failure
    from argmap.exports.site.rendering import list_assets
    from argmap.exports.site.server import Showcase, Shown, is_loopback, open_server

    files = {**dict(list_assets(live=True)), "index.html": _WAITING}
    showcase = Showcase(Shown(files, _write_news([], [], 0, stale=False)))
    try:
        server = open_server(host, port, showcase)
    except (OSError, OverflowError) as error:
        finding = Diagnostic(
            path=f"{host}:{port}",
            message=f"cannot listen here: {getattr(error, 'strerror', None) or error}",
            code="site-address",
            remedy="Take another port: --port 0 takes any that is free.",
        )
        tell_failure(finding)
        raise SystemExit(1) from None
    name = f"[{host}]" if ":" in host else host
    click.echo(f"http://{name}:{server.server_address[1]}/ (Ctrl-C ends it)")
    if not is_loopback(host):
        click.echo("argmap: other machines can reach this, passages included.", err=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        number = 1
        stamp = stamp_files(settings)
        places = _refresh(settings, style, showcase, [], number)
        while True:
            time.sleep(PAUSE)
            now = stamp_files(settings)
            if now != stamp:
                stamp = now
                number += 1
                places = _refresh(settings, style, showcase, places, number)
    except KeyboardInterrupt:
        click.echo("", err=True)
    finally:
        server.shutdown()
        server.server_close()


def stamp_files(settings: Settings) -> Stamp:
    """Return names, times and sizes of all files that the site is made of."""
    found = []
    folders = [settings.corpus, *([settings.texts] if settings.texts else [])]
    paths: list[Path] = [settings.bibliography]
    for folder in folders:
        paths += sorted(path for path in folder.rglob("*") if path.is_file())
    for path in paths:
        try:
            state = path.stat()
        except OSError:
            continue
        found.append((path.as_posix(), state.st_mtime_ns, state.st_size))
    return tuple(found)


def _refresh(
    settings: Settings, style: str, showcase: Showcase, places: Places, number: int
) -> Places:
    """Make the site anew; where there are errors it stays as it was, and its pages say so."""
    from argmap.cli.loading import load
    from argmap.cli.printing import print_findings, summarise_findings
    from argmap.exports.site.server import Shown

    start = time.perf_counter()
    loaded = load(settings)
    if has_errors(loaded.findings):
        print_findings([each for each in loaded.findings if each.severity == "error"])
        news = _write_news(loaded.findings, places, number, stale=True)
        showcase.replace(Shown(showcase.read().files, news))
        return places
    library, files = _build(loaded, settings, style)
    places = _index_places(loaded, library)
    showcase.replace(Shown(files, _write_news(loaded.findings, places, number, stale=False)))
    told = summarise_findings(loaded.findings) or "no findings"
    click.echo(f"{len(files):,} files in {time.perf_counter() - start:.1f} s; {told}.", err=True)
    return places


def _build(loaded: Loaded, settings: Settings, style: str) -> tuple[Library, dict[str, bytes]]:
    from argmap.analysis import examine
    from argmap.coverage import measure_coverage
    from argmap.exports.site import list_files, open_library

    findings = examine(loaded.literature, with_analyst=settings.with_analyst)
    library = open_library(
        findings,
        passages=_quote_passages(loaded),
        entries=_format(loaded.literature.works, style),
        details={each.text: _sum_up(each) for each in measure_coverage(loaded)},
    )
    return library, dict(list_files(library, live=True))


_formatted: dict[str, tuple[tuple[Work, ...], dict[str, str]]] = {}


def _format(works: tuple[Work, ...], style: str) -> dict[str, str]:
    """Return entries, formatted anew only where a work changed: pandoc takes a second or two."""
    from argmap.cli.entries import format_works

    known = _formatted.get(style)
    if known is None or known[0] != works:
        known = _formatted[style] = (works, format_works(works, style))
    return known[1]


def _quote_passages(loaded: Loaded) -> dict[str, str]:
    """Return the passages of claims from the reader's own copies."""
    from argmap.texts import prove_anchor, quote_span

    passages = {}
    for claim in loaded.literature.claims:
        source = loaded.sources.get(claim.text)
        if source is None or claim.anchor is None:
            continue
        proved, problem = prove_anchor(source, claim.anchor)
        if problem is None and proved.start is not None and proved.end is not None:
            passages[claim.id] = quote_span(source, proved.start, proved.end)
    return passages


def _sum_up(coverage: TextCoverage) -> dict[str, int]:
    """Return the figures of a text that only a copy of it can give."""
    coded = sum(1 for each in coverage.paragraphs if each.claims)
    excused = sum(1 for each in coverage.paragraphs if each.because and not each.claims)
    return {
        "paragraphs": len(coverage.paragraphs),
        "coded": coded,
        "excused": excused,
        "open": len(coverage.paragraphs) - coded - excused,
        "found": len(coverage.citations),
        "recorded": sum(1 for each in coverage.citations if each.recorded),
    }


# ---- findings in place --------------------------------------------------------------------------


def _index_places(loaded: Loaded, library: Library) -> Places:
    """Return for each page the file and the line where what it shows begins, sorted."""
    from argmap.literature import show_paths

    places = []
    records: list[tuple[Any, str]] = [
        (claim.place, library.claim_pages[claim.id]) for claim in loaded.literature.claims
    ]
    records += [(work.place, library.work_pages[work.key]) for work in loaded.literature.works]
    records += [
        (note.place, library.work_pages[note.work])
        for note in loaded.literature.annotations
        if note.work in library.work_pages
    ]
    records += [(text.place, library.text_pages[text.key]) for text in loaded.literature.texts]
    records += [
        (holder.place, library.holder_pages[holder.id])
        for holder in loaded.literature.holders
        if holder.id in library.holder_pages
    ]
    known = {place.path for place, _ in records if place is not None}
    shown = {
        path: finding.path
        for path, finding in zip(
            sorted(known),
            show_paths(
                [Diagnostic(path=path, message="", code="") for path in sorted(known)],
                loaded.corpus,
                loaded.bibliography,
            ),
            strict=True,
        )
    }
    for place, page in records:
        if place is not None:
            places.append((shown[place.path], place.line, page))
    return sorted(places)


def _find_pages(finding: Diagnostic, places: Places) -> list[str]:
    """Return the page of what is written at a finding's place: the last that begins before it."""
    from bisect import bisect_right

    at = bisect_right(places, (finding.path, finding.line, "\uffff")) - 1
    return [places[at][2]] if at >= 0 and places[at][0] == finding.path else []


def _write_news(
    findings: Iterable[Diagnostic], places: Places, number: int, *, stale: bool
) -> bytes:
    """Return what pages ask for: the version, and every finding with the pages it belongs to."""
    from argmap.cli.printing import summarise_findings

    listed = list(findings)
    rows = [
        {**row, "pages": _find_pages(finding, places)}
        for finding, row in zip(listed, as_objects(listed), strict=True)
    ]
    return msgspec.json.encode(
        {
            "version": number,
            "stale": stale,
            "told": summarise_findings(listed),
            "findings": rows,
        }
    )
