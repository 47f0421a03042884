"""The reading room: pages, links, escaping, output and server, without a browser."""

from __future__ import annotations

import http.client
import json
import math
import os
import posixpath
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import msgspec
import pytest
from graph_examples import odd, tiny
from hypothesis import given
from hypothesis import strategies as st
from shared import ROOT, TEXTS, needs_texts

from argmap.analysis import examine
from argmap.citing import format_entries
from argmap.cli import main
from argmap.diagnostics import Diagnostic
from argmap.exports.site import Library, list_files, open_library, share_files
from argmap.exports.site.addresses import climb, name_file, name_files
from argmap.exports.site.claim_pages import make_dispute_pages
from argmap.exports.site.coverage import measure_text
from argmap.exports.site.entries import write_entry
from argmap.exports.site.output import MANIFEST, find_obstacle, write_site
from argmap.exports.site.overview import (
    MIDDLE,
    NARROW,
    WIDE,
    Scale,
    draw_picture,
    tell_figures,
)
from argmap.exports.site.rendering import POLICY, render_pages
from argmap.exports.site.search import list_entries
from argmap.exports.site.server import NEWS, Showcase, Shown, open_server
from argmap.literature import load_literature
from argmap.model import Claim, Holder, Literature, OwnAnnotation, Person, Position, Work
from argmap.naming import name_holders

Files = dict[str, bytes]
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{7*7}}</title>"


def build(literature: Literature) -> Files:
    return dict(list_files(open_library(examine(literature), draws=0)))


@pytest.fixture(scope="module")
def library() -> Library:
    literature = load_literature(ROOT / "corpus", ROOT / "references.bib").literature
    entries = format_entries(literature.works)
    return open_library(examine(literature), draws=5, entries=entries)


@pytest.fixture(scope="module")
def shipped(library: Library) -> Files:
    return dict(list_files(library))


class Reader(HTMLParser):
    """What matters of a page: where it leads, what it names, what it loads, what it says."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.names: set[str] = set()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.text: list[str] = []
        self.policy = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes |= set(given)
        if tag == "a":
            self.links.append(given["href"])
        if tag == "link":
            self.loaded.append(given["href"])
        if "src" in given:
            self.loaded.append(given["src"])
        if "id" in given:
            assert given["id"] not in self.names, f"two elements are called {given['id']}"
            self.names.add(given["id"])
        if given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def read(page: bytes) -> Reader:
    reader = Reader()
    reader.feed(page.decode())
    return reader


def find_target(address: str, href: str) -> str:
    """Return the file to which a reference on a page leads."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(address), unquote(href)))


@pytest.mark.parametrize("literature", [tiny(), odd(), Literature()], ids=["tiny", "odd", "none"])
def test_every_link_of_a_small_site_leads_somewhere(literature: Literature) -> None:
    check_links(build(literature))


def test_every_link_of_the_shipped_site_leads_somewhere(shipped: Files) -> None:
    check_links(shipped)


def check_links(files: Files) -> None:
    pages = {name: read(data) for name, data in files.items() if name.endswith(".html")}
    for name, page in pages.items():
        for href in page.links + page.loaded:
            if href.startswith(("http://", "https://")):
                assert href in page.links, f"{name} loads {href}"
                continue
            place, fragment = urldefrag(href)
            target = find_target(name, place) if place else name
            assert target in files, f"{name} leads to {href}"
            if fragment and target in pages and not target.startswith("graph/"):
                assert unquote(fragment) in pages[target].names, f"{name} leads to {href}"


def test_pages_keep_their_own_rules(shipped: Files) -> None:
    """One heading, a strict policy, no script or style inside, nothing from elsewhere."""
    for name, data in shipped.items():
        if name.endswith(".html"):
            page = read(data)
            assert page.tags.count("h1") == 1, name
            assert page.policy == POLICY
            assert "unsafe" not in page.policy
            assert "default-src 'none'" in page.policy
            assert "style" not in page.tags, name
            assert not {"style"} & page.attributes, name
            assert not [each for each in page.attributes if each.startswith("on")], name
            assert not [each for each in page.loaded if "//" in each], name


def test_the_dispute_on_effectiveness_is_told_with_sides_pages_and_grounds(shipped: Files) -> None:
    text = " ".join(
        " ".join(read(shipped["disputes/coalitions-effective-by-design.html"]).text).split()
    )
    assert "1 independent voice for it, 1 independent voice against" in text
    assert "Weitsman 2013 asserts it (Rynning & Schmitt 2018, p. 660)" in text
    assert "Rynning & Schmitt 2018 disputes it (p. 665, uncertain)" in text
    assert "ideal types that cannot be kept apart so neatly in practice" in text
    assert "What follows from ideal types does not follow for real operations" in text
    assert (
        "It is disputed whether the way coalitions are built makes them fight better than "
        "alliances: this is affirmed by Weitsman 2013, as told by Rynning & Schmitt 2018 (p. 660), "
        "and denied by Rynning & Schmitt 2018 (p. 665, reading uncertain)." in text
    )
    assert "affirmed by @weitsman2013, as told by @rynningschmitt2018 [p. 660]," in text
    assert "Weitsman, Patricia A. 2013. Waging War" in text
    assert "The reviewer’s note on it" in text
    assert "Drawn by Weitsman 2013 , says Rynning & Schmitt 2018 , p. 660; the text marks" in text
    assert "Known only through Rynning & Schmitt 2018" in text
    front = read(shipped["index.html"])
    assert "disputes/coalitions-effective-by-design.html" in front.links


def test_a_claim_has_its_anchor_and_the_way_into_the_text(shipped: Files) -> None:
    page = read(shipped["claims/rynningschmitt2018/coalitions-effective-by-design.html"])
    outside = [href for href in page.links if ":~:text=" in href]
    assert outside[0].startswith("https://doi.org/10.1093/oxfordhb/9780198777854.013.44#:~:text=")
    assert "%20" in outside[0]
    assert "§ 44.4.1" in " ".join(page.text)


def test_analysts_readings_are_told_apart(library: Library, shipped: Files) -> None:
    analyst = next(each for each in library.literature.relations if each.basis == "analyst")
    page = shipped[library.claim_pages[analyst.source]].decode()
    assert "The reviewer’s own reading, which is not counted" in page
    graphs = read_script(shipped["assets/graphs.js"])
    claims = graphs["views"][0]
    number = sum(1 for each in library.literature.relations if each.basis == "analyst")
    assert sum(edge[4] for edge in claims["edges"]) == number
    first = next(view for view in graphs["views"] if view["name"] == "dispute-1")
    ends = {(edge[0], edge[1]) for edge in first["edges"] if edge[4]}
    drawn = {number: node[0] for number, node in enumerate(first["nodes"])}
    pairs = {(each.source, each.target) for each in library.literature.relations}
    assert ends
    assert {(drawn[source], drawn[target]) for source, target in ends} <= pairs


def read_script(data: bytes) -> dict[str, list[dict[str, list[list[object]]]]]:
    return json.loads(data[data.index(b"= ") + 2 :].rstrip(b";\n"))  # type: ignore[no-any-return]


def test_the_graph_has_the_places_and_colours_of_every_graph_file(
    library: Library, shipped: Files
) -> None:
    from argmap.exports.views import build_view

    views = {view["name"]: view for view in read_script(shipped["assets/graphs.js"])["views"]}
    assert len(views) == 2 + len(library.disputes)
    for name, asked in (("claims", "claims"), ("holders", "holders"), ("dispute-22", "dispute:22")):
        view = build_view(library.literature, library.derived, asked)
        drawn = [(n[0], n[4], n[5], n[6], -n[7]) for n in views[name]["nodes"]]  # type: ignore[operator]
        assert drawn == [(n.id, n.colour, n.size, n.x, n.y) for n in view.nodes]
        own = [edge for edge in views[name]["edges"] if not edge[4]]
        assert len(own) == len(view.edges)
    names = read_script(shipped["assets/graphs.js"])["names"]
    assert names["colours"] == library.school_colours
    assert names["schools"].keys() == names["colours"].keys()


@needs_texts
def test_no_passage_of_a_text_is_in_the_site(library: Library, shipped: Files) -> None:
    bodies = []
    for name, start in (
        ("rynning-schmitt-2018.txt", "## 44.1 Introduction"),
        ("bogdanov-2019.txt", "The last fifteen"),
    ):
        text = (TEXTS / name).read_text(encoding="utf-8")
        text = text[text.find(start) :]
        bodies.append(re.split(r"\n(?:## )?References\n", text)[0])
    runs = {run for body in bodies for run in list_runs(body)}
    titles = {run for work in library.works.values() for run in list_runs(write_entry(work))}
    for name, data in shipped.items():
        if name.endswith(".html") or name == "assets/index.js":
            parts = read(data).text if name.endswith(".html") else data.decode().split('"')
            # A statement and the source in brackets behind it stand in no text so.
            parts = [piece for part in parts for piece in part.split("(")]
            shared = {run for part in parts for run in list_runs(part)} & runs - titles
            assert not shared, f"{name}: {sorted(shared)[:1]}"


def list_runs(text: str, length: int = 8) -> Iterator[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower())
    yield from zip(*(words[start:] for start in range(length)), strict=False)


def test_hostile_strings_stay_strings() -> None:
    literature = tiny()
    claims = tuple(
        msgspec.structs.replace(claim, statement=HOSTILE, kind=claim.kind)
        for claim in literature.claims
    )
    works = tuple(
        msgspec.structs.replace(
            work,
            title=HOSTILE,
            url="javascript:alert(3)",
            doi="",
            authors=(Person(family=HOSTILE),),
            fields={"url": "javascript:alert(3)", "journaltitle": HOSTILE},
        )
        for work in literature.works
    )
    holders = tuple(msgspec.structs.replace(each, name=HOSTILE) for each in literature.holders)
    review = msgspec.structs.replace(literature.review, title=HOSTILE, description=HOSTILE)
    hostile = msgspec.structs.replace(
        literature, claims=claims, works=works, holders=holders, review=review
    )
    library = open_library(examine(hostile), draws=0, entries=format_entries(hostile.works))
    files = dict(list_files(library))
    sound = build(literature)
    for name, data in files.items():
        if name.endswith(".html"):
            page = read(data)
            assert "img" not in page.tags, name
            assert page.tags.count("script") == read(sound[name]).tags.count("script")
            assert not [href for href in page.links if href.lower().startswith("javascript")], name
            assert "{{7*7}}" in "".join(page.text)
    assert json.loads(files["assets/index.js"].removeprefix(b"window.argmapIndex = ")[:-2])
    read_script(files["assets/graphs.js"])


def test_search_entries_name_every_thing_once(library: Library, shipped: Files) -> None:
    entries = list(list_entries(library))
    addresses = [href for _, href, *_ in entries]
    assert len(addresses) == len(set(addresses))
    assert {urldefrag(unquote(href))[0] for href in addresses} <= set(shipped)
    kinds = [kind for kind, *_ in entries]
    assert kinds == sorted(kinds)
    assert kinds.count(6) == len(library.literature.claims)
    assert kinds.count(0) == len(library.disputes)


def test_key_figures_are_sentences(library: Library) -> None:
    figures = tell_figures(library)
    assert figures[0].startswith("336 claims, coded passage by passage from Bogdanov 2019 and")
    assert "in 22 disputes" in figures[1]
    assert "eight schools of thought" in figures[2]


@pytest.mark.parametrize("scale", [WIDE, MIDDLE, NARROW])
def test_the_picture_shows_every_dispute_and_nothing_twice_or_outside(
    library: Library, scale: Scale
) -> None:
    picture = draw_picture(library, scale)
    assert picture is not None
    assert [arc.number for arc in picture.arcs] == list(range(1, 23))
    assert len(picture.lanes) == 9
    for mark in picture.marks:
        assert 0 <= mark.x - mark.size <= mark.x + mark.size <= picture.width
        assert 0 <= mark.y - mark.size <= mark.y + mark.size <= picture.height
        assert (mark.kind == "work") == (mark.x < picture.dated)
    for number, one in enumerate(picture.marks):
        for other in picture.marks[number + 1 :]:
            apart = max(abs(one.x - other.x), abs(one.y - other.y))
            assert apart >= one.size + other.size, (one, other)
    assert all(tick.x >= 13 for tick in picture.ticks), "a year is cut at the edge"


@pytest.mark.parametrize("scale", [WIDE, MIDDLE, NARROW])
def test_badges_of_disputes_lie_neither_on_each_other_nor_on_words(
    library: Library, scale: Scale
) -> None:
    picture = draw_picture(library, scale)
    assert picture is not None
    assert len({arc.path for arc in picture.arcs}) == len(picture.arcs), "an arc lies on another"
    for number, arc in enumerate(picture.arcs):
        assert scale.badge <= arc.x <= picture.width - scale.badge
        assert scale.badge <= arc.y <= picture.height - scale.badge
        for other in picture.arcs[number + 1 :]:
            assert math.hypot(arc.x - other.x, arc.y - other.y) > 2 * scale.badge, (arc, other)
        for lane in picture.lanes:
            right = max(map(len, lane.lines)) * scale.letter
            below = lane.y + (len(lane.lines) - 1) * scale.line
            beside = arc.x - scale.badge >= right or arc.y - scale.badge >= below
            assert beside or arc.y + scale.badge <= lane.y - 0.7 * scale.line, (arc, lane)


@pytest.mark.parametrize("scale", [WIDE, MIDDLE, NARROW])
def test_what_a_finger_means_is_one_thing(library: Library, scale: Scale) -> None:
    picture = draw_picture(library, scale)
    assert picture is not None
    things = [(each.x, each.y, each.reach) for each in (*picture.marks, *picture.arcs)]
    for x, y, reach in things:
        nearest = min(math.hypot(x - a, y - b) for a, b, _ in things if (a, b) != (x, y))
        assert reach >= min(scale.reach, nearest / 2) - 0.1


def test_coverage_is_told_from_the_lock_file(library: Library) -> None:
    measure = measure_text(library, "bogdanov2019")
    assert measure.claims == 165
    assert measure.claimed is not None
    assert 90 <= measure.claimed <= 100
    assert sum(number for _, number in measure.roles) == measure.citations
    assert sum(stripe.length for stripe in measure.stripes) == 120


def test_entries_read_as_entries() -> None:
    work = Work(
        key="scales1998",
        type="article",
        authors=(Person(family="Scales", given="Robert H.", suffix="Jr."), Person(family="Doe")),
        year=1998,
        title="Trust",
        fields={"journal": "Parameters", "volume": "28", "number": "4", "pages": "4--10"},
    )
    assert (
        write_entry(work)
        == "Scales, Jr., Robert H., and Doe. 1998. “Trust.” Parameters 28 (4): 4–10."
    )
    assert write_entry(Work(key="x", type="misc")) == "n.d. x."


# ---- names --------------------------------------------------------------------------------------


@given(st.text())
def test_file_names_are_plain(identifier: str) -> None:
    name = name_file(identifier)
    assert re.fullmatch(r"[A-Za-z0-9._~-]+", name)
    assert len(name) <= 120
    assert not name.startswith(".")
    assert not re.fullmatch(r"(?i)(con|nul|index|prn|aux|com\d|lpt\d)(\..*)?", name)


@given(st.sets(st.text(max_size=5) | st.sampled_from(["A", "a", "B", "b", "a~2", "con", "CON"])))
def test_no_two_ids_have_one_file(identifiers: set[str]) -> None:
    addresses = name_files("works", identifiers)
    assert set(addresses) == identifiers
    assert len({address.casefold() for address in addresses.values()}) == len(identifiers)


def test_the_way_back_to_the_root() -> None:
    assert climb("index.html") == ""
    assert climb("claims/a/b.html") == "../../"


# ---- output -------------------------------------------------------------------------------------


def test_only_what_changed_is_written_and_what_is_gone_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "deep" / "site"
    literature = tiny()
    first = write_site(folder, [build(literature).items])
    assert (first.changed, first.removed) == (first.files, 0)
    state = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    again = write_site(folder, [build(literature).items])
    assert (again.changed, again.removed) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == state
    (folder / "mine.txt").write_text("kept")
    claim = Claim(id="ferry2020/new", text="ferry2020", statement="Ferries are new.")
    more = msgspec.structs.replace(literature, claims=(*literature.claims, claim))
    grown = write_site(folder, [build(more).items])
    assert (folder / "claims/ferry2020/new.html").is_file()
    assert 0 < grown.changed < grown.files / 2
    shrunk = write_site(folder, [build(literature).items])
    assert shrunk.removed == 1
    assert not (folder / "claims/ferry2020/new.html").exists()
    assert (folder / "mine.txt").read_text() == "kept"
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_a_failure_leaves_the_old_site_whole(tmp_path: Path) -> None:
    folder = tmp_path / "site"
    write_site(folder, [lambda: [("index.html", b"old"), ("a/b.html", b"old")]])

    def fail() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"new"
        raise OSError("no space")

    with pytest.raises(OSError, match="no space"):
        write_site(folder, [fail])
    assert (folder / "index.html").read_bytes() == b"old"
    assert sorted(path.name for path in folder.iterdir()) == ["a", "index.html", MANIFEST]
    with pytest.raises(OSError, match="no space"):
        write_site(tmp_path / "fresh", [fail])
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def _list_all(folder: Path) -> Files:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
def test_several_processes_write_what_one_does(tmp_path: Path) -> None:
    library = open_library(examine(odd()), draws=0)
    told: list[int] = []
    one = write_site(tmp_path / "one", share_files(library))
    three = write_site(tmp_path / "three", share_files(library), told.append, processes=3)
    assert one == three
    assert _list_all(tmp_path / "one") == _list_all(tmp_path / "three")
    again = write_site(tmp_path / "three", share_files(library), processes=3)
    assert (again.changed, again.removed) == (0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
@pytest.mark.parametrize("way", ["error", "end"])
def test_a_process_that_fails_leaves_the_old_site_whole(tmp_path: Path, way: str) -> None:
    folder = tmp_path / "site"
    write_site(folder, [lambda: [("index.html", b"old")]])
    caller = os.getpid()

    def wait() -> Iterator[tuple[str, bytes]]:
        if os.getpid() == caller:
            time.sleep(0.3)
            yield "index.html", b"new"
        elif way == "error":
            raise OSError("no space")
        else:
            os._exit(9)

    with pytest.raises(OSError, match="no space" if way == "error" else "ended early"):
        write_site(folder, [wait, wait], processes=2)
    assert (folder / "index.html").read_bytes() == b"old"
    assert sorted(path.name for path in folder.iterdir()) == ["index.html", MANIFEST]


# Lines are written at once, so that those of two processes do not run into each other.
_SHARES = """
import os, time
from argmap.exports.site.sharing import make_files

def share():
    os.write(1, f"{os.getpid()}\\n".encode())
    time.sleep(0.05)
    yield "name", b""

make_files([share] * 400, lambda name, data: name * 100_000, processes=2)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
def test_a_process_whose_caller_is_killed_ends() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _SHARES], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as caller:
        assert caller.stdout is not None
        seen = {int(next(caller.stdout))}
        while len(seen) < 2:
            seen.add(int(next(caller.stdout)))
        (worker,) = seen - {caller.pid}
        time.sleep(0.5)
        caller.kill()
        caller.wait()
        end = time.monotonic() + 20
        while _is_running(worker) and time.monotonic() < end:
            time.sleep(0.05)
        assert not _is_running(worker)


def _is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def test_words_that_look_like_ways_stay_words() -> None:
    words = 'It says href="~/index.html" and <gap> and ="~/ too.'
    claim = Claim(id="ferry2020/new", text="ferry2020", statement=words)
    literature = tiny()
    review = msgspec.structs.replace(literature.review, title="A <gap> in a title")
    literature = msgspec.structs.replace(
        literature, claims=(*literature.claims, claim), review=review
    )
    told = "".join(read(build(literature)["claims/ferry2020/new.html"]).text)
    assert words in told
    assert "A <gap> in a title" in told


def test_a_dispute_without_a_picture_has_no_way_to_one(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("argmap.exports.site.claim_pages.MOST_DISPUTES", 3)
    pages = dict(render_pages(library, make_dispute_pages(library, range(5))))
    ways = [b"#view=dispute" in pages[library.dispute_pages[number]] for number in range(5)]
    assert ways == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("address", "current"), [("works/index.html", "page"), ("holders/index.html", "true")]
)
def test_the_menu_says_where_one_is(shipped: Files, address: str, current: str) -> None:
    assert f'href="../works/index.html" aria-current="{current}"' in shipped[address].decode()


def test_a_manifest_cannot_reach_outside(tmp_path: Path) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_text("here")
    folder = tmp_path / "site"
    write_site(folder, [lambda: [("index.html", b"old")]])
    names = ["../victim.txt", str(victim), "index.html", "a\\b"]
    (folder / MANIFEST).write_text(json.dumps({"files": names}))
    write_site(folder, [lambda: [("other.html", b"new")]])
    assert victim.read_text() == "here"
    assert not (folder / "index.html").exists()


def test_a_site_does_not_go_among_other_files(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    found = find_obstacle(tmp_path)
    assert found is not None
    assert found.code == "site-folder"
    assert find_obstacle(tmp_path / "thesis.doc") is not None
    assert find_obstacle(tmp_path / "new") is None


def test_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    sites = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        subprocess.run(
            [sys.executable, "-m", "argmap", "site", "-o", str(folder)],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "ARGMAP_TEXTS": str(tmp_path)},
            check=True,
            capture_output=True,
        )
        sites.append(
            {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
        )
    assert sites[0] == sites[1]


# ---- the command --------------------------------------------------------------------------------


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as stopped:
        main(list(arguments))
    assert isinstance(stopped.value.code, int)
    return stopped.value.code


def test_wrong_usage_and_bad_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert run("site", "--topic", "nato") == 2
    assert run("site", "--port", "99999", "--serve") == 2
    (tmp_path / "x").write_text("")
    assert run("site", "-o", str(tmp_path)) == 1
    assert "[site-folder]" in capsys.readouterr().err
    assert run("site", "--serve", "--host", "192.0.2.1", "--port", "0") == 1
    assert "[site-address]" in capsys.readouterr().err
    monkeypatch.setattr("argmap.exports.site.graphs._LIBRARY", "no/such.js")
    assert run("site", "-o", str(tmp_path / "new")) == 1
    assert "[extra-missing]" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_json_tells_what_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert run("site", "-o", str(tmp_path / "out"), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["files"] == told["changed"] > 500


# ---- the server ---------------------------------------------------------------------------------


@pytest.fixture
def server() -> Iterator[tuple[http.client.HTTPConnection, Showcase]]:
    showcase = Showcase(Shown({"index.html": b"front", "claims/a/b.html": b"b"}, b'{"version":1}'))
    served = open_server("127.0.0.1", 0, showcase)
    thread = threading.Thread(target=served.serve_forever, daemon=True)
    thread.start()
    connection = http.client.HTTPConnection("127.0.0.1", served.server_address[1], timeout=5)
    yield connection, showcase
    connection.close()
    served.shutdown()
    served.server_close()
    thread.join()


def ask(
    connection: http.client.HTTPConnection, path: str, method: str = "GET", **headers: str
) -> tuple[int, bytes]:
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    return answer.status, answer.read()


def test_the_server_gives_what_it_has_and_nothing_else(
    server: tuple[http.client.HTTPConnection, Showcase],
) -> None:
    connection, showcase = server
    assert ask(connection, "/") == (200, b"front")
    assert ask(connection, "/claims/a/b.html?x=1") == (200, b"b")
    assert ask(connection, "/index.html", "HEAD") == (200, b"")
    assert ask(connection, f"/{NEWS}?1") == (200, b'{"version":1}')
    for path in (
        "/../pyproject.toml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/claims/../../etc/passwd",
        "/claims/a/",
        "/%00",
        "/%ff",
        "/C:\\windows",
    ):
        assert ask(connection, path)[0] == 404, path
    assert ask(connection, "/", "POST")[0] == 501
    showcase.replace(Shown({"index.html": b"later"}, b"{}"))
    assert ask(connection, "/") == (200, b"later")


def test_the_server_answers_to_its_own_names_only(
    server: tuple[http.client.HTTPConnection, Showcase],
) -> None:
    connection, _ = server
    for name in ("127.0.0.1:1", "localhost", "[::1]:8000"):
        assert ask(connection, "/", Host=name)[0] == 200, name
    for name in ("evil.example", "127.0.0.1.evil.example", "", "["):
        assert ask(connection, "/", Host=name)[0] == 403, name


def test_findings_belong_to_the_page_whose_record_stands_there() -> None:
    from argmap.cli.serving import _find_pages

    places = [("a.yaml", 3, "one"), ("a.yaml", 9, "two"), ("b.yaml", 1, "three")]

    def find(path: str, line: int) -> list[str]:
        return _find_pages(Diagnostic(path=path, line=line, message="", code=""), places)

    assert find("a.yaml", 2) == []
    assert find("a.yaml", 3) == ["one"]
    assert find("a.yaml", 8) == ["one"]
    assert find("a.yaml", 100) == ["two"]
    assert find("b.yaml", 5) == ["three"]
    assert find("c.yaml", 5) == []


def test_formatted_entries_stand_in_place_of_plain_ones() -> None:
    literature = tiny()
    entries = {"ferry2020": "Wharf, Z. <em>Ferries</em>."}
    files = dict(list_files(open_library(examine(literature), draws=0, entries=entries)))
    for name in ("works/ferry2020.html", "texts/ferry2020.html"):
        assert b'<p class="entry">Wharf, Z. <em>Ferries</em>.</p>' in files[name]
    assert b"plain author-date form" not in files["about.html"]
    assert b"plain author-date form" in build(literature)["about.html"]


def test_the_scholars_own_notes_stand_with_their_works(shipped: Files) -> None:
    page = read(shipped["works/weitsman2013.html"])
    text = " ".join(" ".join(page.text).split())
    assert "The reviewer’s note" in text
    assert "The reply is aimed at the distinction ( Rynning & Schmitt 2018 , p. 661)" in text
    assert "@rynningschmitt2018" not in text


def _read_words_to_cite(shipped: Files, address: str) -> tuple[str, str]:
    page = shipped[address].decode()
    told = [re.search(f'<p id="cite-{kind}">(.*?)</p>', page) for kind in ("prose", "pandoc")]
    prose, pandoc = (unescape(re.sub("<[^>]+>", "", each[1])) for each in told if each)
    return prose, pandoc


@pytest.mark.parametrize(
    ("address", "told"),
    [
        (
            "disputes/massing-required.html",
            "affirmed by the Weinberger-Powell Doctrine, among them Powell 1995 and Weinberger "
            "1984, as told by Bogdanov 2019 (p. 139, page inferred)",
        ),
        (
            "disputes/alliances-keep-peace.html",
            "denied by Oren 1990, Weitsman 2004 and works that see alliances as a danger to "
            "peace, as told by Rynning & Schmitt 2018 (p. 656, by implication); on both sides "
            "stand Levy 1981",
        ),
        (
            "claims/bogdanov2019/alliances-archaic.html",
            "It is held by Department of Defense 1992 and Paul Wolfowitz, as told by Bogdanov 2019 "
            "(p. 137, page inferred), that large static alliances are archaic and have to make way "
            "for tactical ad hoc coalitions under American patronage, and disputed by the George",
        ),
    ],
)
def test_words_to_cite_keep_camps_and_doubts(shipped: Files, address: str, told: str) -> None:
    assert told in _read_words_to_cite(shipped, address)[0]


def test_words_to_cite_name_all_who_stand_there_and_are_citations(
    library: Library, shipped: Files
) -> None:
    for number, dispute in enumerate(library.disputes):
        prose, pandoc = _read_words_to_cite(shipped, library.dispute_pages[number])
        for holder in (*dispute.pro, *dispute.con, *dispute.mixed):
            name = library.name(holder)
            assert name in prose or f"{name[0].lower()}{name[1:]}" in prose
            if holder[1:] in library.works:
                assert holder in pandoc
        assert pandoc.count("[") == len(re.findall(r"@[\w]+ \[p[^\]@]*\]", pandoc))


def test_words_for_pandoc_cite_and_stress_nothing_of_their_own() -> None:
    claim = Claim(id="ferry2020/new", text="ferry2020", statement="The *new* @piers [cost; much].")
    holder = Holder(id="actor:odd", kind="actor", name="Odd @one [a; b]")
    held = Position(
        claim=claim.id, holder=holder.id, stance="asserts", reported_by="ferry2020", page="3"
    )
    literature = tiny()
    literature = msgspec.structs.replace(
        literature,
        claims=(*literature.claims, claim),
        holders=(*literature.holders, holder),
        positions=(*literature.positions, held),
    )
    _, pandoc = _read_words_to_cite(build(literature), "claims/ferry2020/new.html")
    assert pandoc == (
        r"It is held by Odd \@one \[a; b\], as told by @ferry2020 [p. 3], "
        r"that the \*new\* \@piers \[cost; much\]."
    )


def test_a_step_is_told_alike_at_both_its_ends(shipped: Files) -> None:
    """The page is that of the reason, in the text that tells of the step, wherever it is read."""
    told = (
        "Drawn by Schmitt 2018 , says Rynning & Schmitt 2018 , p. 662; the text marks the step. "
        "If most partners are of military value"
    )
    for address in (
        "disputes/standing-without-force-common.html",
        "claims/rynningschmitt2018/standing-without-force-common.html",
        "claims/rynningschmitt2018/partners-able-with-or-without-weight.html",
    ):
        assert told in " ".join(" ".join(read(shipped[address]).text).split())
    pages = [data.decode() for name, data in shipped.items() if name.endswith(".html")]
    assert not any("The reviewer’s own reading, p" in page for page in pages)


def test_notes_are_markdown_in_which_nothing_runs_or_is_loaded() -> None:
    work = Work(key="pier1999", type="book", title="Piers", year=1999)
    source = (
        "# What *counts*\n\nSo say [see @pier1999, pp. 3--4; @ferry2020] and @pier1999 [p. 9], not "
        "\\@home.\n\n- <b>no</b> ![a map](https://x.org/m.png)\n- [in](works/x.html) "
        "[out](https://x.org) [bad](javascript:alert(1))\n"
    )
    literature = tiny()
    literature = msgspec.structs.replace(
        literature,
        works=tuple(sorted((*literature.works, work), key=lambda each: each.key)),
        annotations=(OwnAnnotation(work="pier1999", text=source),),
    )
    page = build(literature)["works/pier1999.html"].decode()
    note = page[page.index("The reviewer’s note") : page.index("</section>")]
    ferry = name_holders(literature)("@ferry2020")
    assert '<p class="heading">What <em>counts</em></p>' in note
    assert (
        'So say (see <a href="../works/pier1999.html">pier1999 1999</a>, pp. 3–4; '
        f'<a href="../works/ferry2020.html">{ferry}</a>) and '
        '<a href="../works/pier1999.html">pier1999 1999</a> (p. 9), not @home.'
    ) in note.replace("Piers 1999", "pier1999 1999")
    assert "&lt;b&gt;no&lt;/b&gt;" in note
    assert '<a href="https://x.org/m.png" rel="noreferrer">a map</a>' in note
    assert '<a href="https://x.org" rel="noreferrer">out</a>' in note
    assert "works/x.html" not in note
    assert "[bad](javascript:alert(1))" in note
    assert "<img" not in note


def test_an_unknown_style_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    assert run("site", "-o", str(tmp_path / "x"), "--style", "chicagoo") == 1
    assert "[style-unknown]" in capsys.readouterr().err
    assert not (tmp_path / "x").exists()


def test_without_pandoc_entries_are_plain_and_it_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from argmap.extras import MissingExtra

    def lack(*_: object) -> None:
        raise MissingExtra("pypandoc", "cite")

    monkeypatch.chdir(ROOT)
    monkeypatch.setattr("argmap.citing.format_entries", lack)
    assert run("site", "-o", str(tmp_path / "x")) == 0
    assert "entries are in a plain form" in capsys.readouterr().err
    assert "plain author-date form" in (tmp_path / "x" / "about.html").read_text()
