"""Pages made into HTML: every string escaped, nothing from elsewhere, the same bytes each time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any, NamedTuple

from argmap.exports.site.addresses import climb
from argmap.exports.site.fragments import Html, list_fragments
from argmap.extras import require

if TYPE_CHECKING:
    import jinja2

    from argmap.exports.site.library import Library

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
LIVE_POLICY = f"{POLICY}; connect-src 'self'"

LONGEST_TITLE = 90

_MARKUP = re.compile(r"\*([^*]+)\*|`([^`]+)`")


class Page(NamedTuple):
    """A page: where it stands, the template it is made of, its title, and what it shows."""

    address: str
    template: str
    title: str
    section: str
    context: dict[str, Any]


def render_pages(
    library: Library, pages: Iterator[Page], *, live: bool = False
) -> Iterator[tuple[str, bytes]]:
    """Yield the address and the bytes of each page; ``live`` ones ask the server for news.

    Raises :class:`~argmap.extras.MissingExtra` where Jinja is not installed.
    """
    environment = open_environment()
    review = library.literature.review
    shared = {
        "review": review,
        "site": review.title or "Review",
        "policy": LIVE_POLICY if live else POLICY,
        "live": live,
    }
    shells: dict[tuple[str, str], tuple[str, ...]] = {}
    bodies: dict[str, Callable[..., str]] = {}
    for page in pages:
        write_body = bodies.get(page.template)
        if write_body is None:
            write_body = bodies[page.template] = environment.get_template(page.template).render
        here = page.section, page.address if page.address.endswith("index.html") else ""
        if here not in shells:
            shells[here] = _make_shell(environment, page, shared)
        before, after_title, after_address, end = shells[here]
        title = review.title or "Review"
        if page.address != "index.html":
            title = f"{_shorten(page.title)} · {title}"
        body = write_body(page.context, **shared, title=page.title)
        html = f"{before}{escape(title)}{after_title}{page.address}{after_address}{body}{end}"
        # Nothing that comes from a review has a quotation mark here.
        html = html.replace('="~/', f'="{climb(page.address)}')
        yield page.address, html.encode("utf-8", "replace")


def _make_shell(
    environment: jinja2.Environment, page: Page, shared: dict[str, Any]
) -> tuple[str, ...]:
    """Return what is the same on all pages of a section: around title, address and body."""
    place = {"section": page.section, "address": page.address}
    frame = Html(environment.get_template("frame.html").render(place, **shared))
    gap = Html("<gap>")
    shell = environment.get_template("page.html").render(
        shared, section=page.section, frame=frame, title=gap, address=gap, main=gap
    )
    return tuple(shell.split(gap))


def _shorten(title: str) -> str:
    """Return a title short enough for a tab of a browser, cut after a word."""
    if len(title) <= LONGEST_TITLE:
        return title
    return f"{title[: LONGEST_TITLE - 1].rpartition(' ')[0] or title[: LONGEST_TITLE - 1]}…"


def list_assets(*, live: bool = False) -> Iterator[tuple[str, bytes]]:
    """Yield the style sheet, the icon and the scripts of ours."""
    names = ["icon.svg", "site.css", "theme.js", "site.js", "labels.js", "graph.js"]
    if live:
        names.append("live.js")
    folder = files("argmap.exports.site") / "assets"
    for name in names:
        yield f"assets/{name}", folder.joinpath(name).read_bytes()


@cache
def open_environment() -> jinja2.Environment:
    """Return what makes templates into HTML; raises MissingExtra without Jinja."""
    jinja = require("jinja2", "site")
    environment: jinja2.Environment = jinja.Environment(
        loader=jinja.FunctionLoader(_read_template),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja.StrictUndefined,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    environment.globals |= list_fragments()
    environment.filters["mark_up"] = _mark_up
    environment.filters["count"] = _count
    return environment


def _read_template(name: str) -> str:
    folder = files("argmap.exports.site") / "templates"
    return folder.joinpath(name).read_text(encoding="utf-8")


def _mark_up(text: str) -> Html:
    """Return a text of ours with its asterisks and backticks made into elements."""
    return Html(
        _MARKUP.sub(
            lambda found: f"<em>{found[1]}</em>" if found[1] else f"<code>{found[2]}</code>",
            escape(text),
        )
    )


def _count(number: int, noun: str, plural: str = "") -> str:
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"
