"""The reading room in a real browser: Debian's Chromium, driven by Playwright, judged by axe.

Pages are opened from disk, as a reader opens them; screenshots stay in ``.interop/screens``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from clients import FOLDER, ROOT, Outcome, find_node_module, find_program, find_python_package

WIDTHS = (360, 820, 1440)
PAGES = (
    "index.html",
    "disputes/index.html",
    "disputes/coalitions-effective-by-design.html",
    "schools/index.html",
    "schools/flexible-coalitions.html",
    "claims/index.html",
    "claims/rynningschmitt2018/coalitions-effective-by-design.html",
    "topics/effectiveness.html",
    "works/index.html",
    "works/weitsman2013.html",
    "holders/group~3a~neoconservatives.html",
    "texts/index.html",
    "texts/bogdanov2019.html",
    "graph/index.html",
    "glossary.html",
    "search.html",
    "about.html",
)
DISPUTE = "The way coalitions are built makes them fight better than alliances."
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_AXE = """async () => (await axe.run(document, {
  preload: false,
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
})).violations.map((found) => `${found.id}: ${found.nodes[0].html.slice(0, 160)}`)"""
_SHIFT = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => resolve(sum), 150);
})"""


def check() -> list[Outcome]:
    """Write the site of the shipped review, and read it as people do."""
    chromium = find_program("chromium", "chromium")
    if not chromium:
        return [Outcome("Chromium", "skipped", "chromium is not installed and cannot be")]
    if not find_python_package("playwright"):
        return [Outcome("Playwright", "skipped", "the package cannot be had")]
    node = find_node_module("axe-core")
    axe = Path(node, "node_modules", "axe-core", "axe.min.js").read_text() if node else ""
    from playwright.sync_api import sync_playwright

    outcomes = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        command = [sys.executable, "-m", "argmap", "site", "-o", str(site)]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        steps: list[tuple[str, Callable[[Any, Path], str]]] = [
            ("every page at three widths, light and dark", lambda b, s: look(b, s, axe)),
            ("search", search),
            ("graph", draw),
            ("names in the graph", name_nodes),
            ("filters of the graph", narrow),
            ("wheel, finger and buttons on the graph", steer),
            ("the graph in words and on paper", tell),
            ("without JavaScript", read_plainly),
            ("keyboard", walk),
            ("hostile strings", lambda b, s: resist(b, Path(folder))),
            ("served from the corpus", lambda b, s: serve(b, Path(folder))),
        ]
        for name, step in steps:
            try:
                told = step(browser, site)
                outcomes.append(Outcome(f"Chromium, {name}", "passed", told))
            except Exception as error:
                outcomes.append(Outcome(f"Chromium, {name}", "failed", str(error)[:1500]))
        browser.close()
    if not axe:
        outcomes.append(Outcome("axe", "skipped", "the npm package axe-core cannot be had"))
    return outcomes


def demand(true: object, told: str) -> None:
    """Fail with a word where something is not so."""
    if not true:
        raise AssertionError(told)


@contextmanager
def open_page(browser: Any, **options: Any) -> Iterator[Any]:
    """Yield a page in which any error on the console, and any request elsewhere, is a failure."""
    allowed = options.pop("allowed", ("file:", "data:", "blob:"))
    context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
    page = context.new_page()
    trouble: list[str] = []
    page.on("console", lambda m: trouble.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("request", lambda r: None if r.url.startswith(allowed) else trouble.append(r.url))
    try:
        yield page
        demand(not trouble, f"{page.url}: {trouble[:3]}")
    finally:
        context.close()


def look(browser: Any, site: Path, axe: str) -> str:
    """No error, nothing from elsewhere, no sideways scrolling, no jump; axe finds nothing."""
    screens = FOLDER / "screens"
    shutil.rmtree(screens, ignore_errors=True)
    screens.mkdir(parents=True)
    seen = 0
    for width in WIDTHS:
        size = {"width": width, "height": 800 if width < 500 else 1000}
        for scheme in ("light", "dark"):
            with open_page(browser, viewport=size, color_scheme=scheme) as page:
                for name in PAGES:
                    page.goto((site / name).as_uri())
                    page.wait_for_load_state("load")
                    if name.startswith("graph"):
                        page.wait_for_selector("#graph canvas")
                    where = f"{name} at {width}, {scheme}"
                    wide = page.evaluate("document.documentElement.scrollWidth")
                    demand(wide <= width, f"{where}: scrolls sideways, {wide} wide")
                    if scheme == "light" and not name.startswith("graph"):
                        shift = page.evaluate(_SHIFT)
                        demand(shift < 0.02, f"{where}: layout shifts by {shift:.3f}")
                    if axe and (width != 820 or scheme == "light"):
                        page.evaluate(axe)
                        found = page.evaluate(_AXE)
                        demand(not found, f"{where}: {found}")
                    flat = name.replace("/", "-").removesuffix(".html")
                    page.screenshot(path=str(screens / f"{flat}-{width}-{scheme}.png"))
                    seen += 1
    return f"{seen} views"


def search(browser: Any, site: Path) -> str:
    """Typing finds, in a frame; arrows and Enter lead there."""
    with open_page(browser) as page:
        page.goto((site / "index.html").as_uri())
        page.keyboard.press("/")
        page.keyboard.type("coalitions fight bet")
        first = page.locator(".found .hits a").first
        first.wait_for()
        demand(DISPUTE in first.inner_text(), f"first is {first.inner_text()}")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_url("**/disputes/coalitions-effective-by-design.html")
        demand(page.locator("h1").inner_text() == DISPUTE, "not the dispute")
        for query in ("coalition effectiveness", "effective coalitions", "weitsman effectiveness"):
            page.goto((site / "index.html").as_uri())
            page.fill("#find", query)
            page.wait_for_selector(".found .hits a")
            shown = page.locator(".found .hits a").all_inner_texts()[:4]
            demand(any(DISPUTE in each for each in shown), f"{query} finds {shown}")
        page.goto((site / "search.html").as_uri() + "#q=sherwood%20permanent")
        page.wait_for_selector(".results .hits a")
        demand("Sherwood" in page.locator(".results").inner_text(), "Sherwood-Randall not found")
        page.fill("#find", "zzzz")
        demand("Nothing found" in page.locator(".results").inner_text(), "found what is not there")
        slowest = page.evaluate(
            """async () => { await argmapSearch('a');
              let most = 0;
              for (const words of ['a', 'alliance', 'coal figh', 'the of', 'weitsman 2013']) {
                const start = performance.now(); await argmapSearch(words);
                most = Math.max(most, performance.now() - start);
              } return most; }"""
        )
        demand(slowest < 16, f"a search took {slowest:.1f} ms")
    return f"slowest search {slowest:.1f} ms"


def draw(browser: Any, site: Path) -> str:
    """The graph draws, filters filter, a link brings the view back, a choice is told."""
    with open_page(browser) as page:
        page.goto((site / "graph/index.html").as_uri())
        page.wait_for_selector("#graph canvas")

        def read_count() -> tuple[int, int]:
            found = re.match(r"(\d+) of \d+ nodes.*, (\d+) lines", page.inner_text("#graph-count"))
            demand(found, page.inner_text("#graph-count"))
            return int(found[1]), int(found[2])  # type: ignore[index]

        whole = read_count()
        demand(whole[0] > 300, f"{whole}")
        page.check("[name=analyst]")
        demand(read_count()[1] > whole[1], "the analyst's layer adds no line")
        page.uncheck("[name=analyst]")
        counts = {}
        for name, value in (
            ("topic", "effectiveness"),
            ("school", "flexible-coalitions"),
            ("kind", "causal"),
            ("text", "bogdanov2019"),
        ):
            page.select_option(f"[name={name}]", value)
            counts[name] = read_count()[0]
            demand(0 < counts[name] < whole[0], f"{name} leaves {counts[name]}")
            page.select_option(f"[name={name}]", "")
        page.fill("[name=from]", "2019")
        page.keyboard.press("Tab")
        demand(0 < read_count()[0] < whole[0], "years do not filter")
        page.click("button[type=reset]")
        page.wait_for_timeout(50)
        demand(read_count() == whole, "reset leaves something")
        page.select_option("[name=view]", "holders")
        page.select_option("[name=school]", "flexible-coalitions")
        address, count = page.url, read_count()
        demand("view=holders" in address and "school=flexible" in address, address)
        page.goto("about:blank")
        page.goto(address)
        page.wait_for_selector("#graph canvas")
        demand(read_count() == count, "the link does not bring the view back")
        node = "rynningschmitt2018/coalitions-effective-by-design"
        page.goto("about:blank")
        page.goto((site / "graph/index.html").as_uri() + f"#node={node}")
        page.wait_for_selector("#card h2")
        demand(DISPUTE in page.inner_text("#card"), "the card tells another node")
        demand(page.locator("#card .type.undercuts, #card .type.supports").count(), "no ties told")
        spot = page.evaluate(
            """(node) => { const at = argmapNetwork.getPositions([node])[node];
              argmapNetwork.unselectAll(); return argmapNetwork.canvasToDOM(at); }""",
            node,
        )
        box = page.locator("#graph").bounding_box()
        page.mouse.dblclick(box["x"] + spot["x"], box["y"] + spot["y"])
        page.wait_for_url("**/claims/**")
        demand(page.locator("h1").inner_text() == DISPUTE, "the node leads elsewhere")
    return f"{whole[0]} nodes, {whole[1]} lines; {counts}"


_GRAPHS = ("view=claims", "view=holders", "view=dispute-1", "topic=effectiveness")
_STATE = """() => ({ scale: argmapNetwork.getScale(), at: argmapNetwork.getViewPosition(),
  y: scrollY })"""
_OVERLAPS = """() => {
  const labels = argmapLabels(), box = document.getElementById('graph');
  const found = [];
  labels.forEach((one, number) => {
    if (one.x < 0 || one.y < 0 || one.x + one.width > box.clientWidth
      || one.y + one.height > box.clientHeight) found.push(`${one.id} is cut`);
    for (const other of labels.slice(number + 1)) {
      if (one.x < other.x + other.width && other.x < one.x + one.width
        && one.y < other.y + other.height && other.y < one.y + one.height) {
        found.push(`${one.id} on ${other.id}`);
      }
    }
  });
  return found; }"""


def open_graph(page: Any, site: Path, chosen: str = "") -> None:
    """Open the graph with a choice, and wait until it is drawn."""
    page.goto("about:blank")
    page.goto((site / "graph/index.html").as_uri() + (f"#{chosen}" if chosen else ""))
    page.wait_for_selector("#graph canvas")
    wait_for_labels(page)


def wait_for_labels(page: Any) -> int:
    """Wait until what is drawn stays the same; return how many labels there are."""
    before, count = -1, 0
    for _ in range(40):
        page.wait_for_timeout(60)
        count = page.evaluate("argmapLabels().length")
        if count and count == before:
            break
        before = count
    return count


def name_nodes(browser: Any, site: Path) -> str:
    """No label lies on another or is cut, near or far; what is chosen is named, and its ties."""
    counts = []
    for width in WIDTHS:
        size = {"width": width, "height": 800 if width < 500 else 1000}
        with open_page(browser, viewport=size) as page:
            for chosen in _GRAPHS:
                open_graph(page, site, chosen)
                count = wait_for_labels(page)
                where = f"{chosen} at {width}"
                demand(count > 4, f"{where}: {count} labels")
                counts.append(count)
                for times in range(3):
                    found = page.evaluate(_OVERLAPS)
                    demand(not found, f"{where}, zoomed {times} times: {found[:3]}")
                    page.click("[aria-label='Zoom in']")
                    wait_for_labels(page)
            open_graph(page, site, "view=claims")
            first = wait_for_labels(page)
            for _ in range(4):
                page.click("[aria-label='Zoom in']")
            nearer = wait_for_labels(page)
            demand(nearer > 1.4 * first or width < 500, f"{first} labels, {nearer} nearer")
            heights = page.evaluate("[...new Set(argmapLabels().map((each) => each.height))]")
            demand(all(height % 14 == 0 for height in heights), f"labels grow: {heights}")
    with open_page(browser) as page:
        node = "rynningschmitt2018/coalitions-effective-by-design"
        open_graph(page, site, f"node={node}")
        missing = page.evaluate(
            """(node) => { const named = new Set(argmapLabels().map((each) => each.id));
              return [node, ...argmapNetwork.getConnectedNodes(node)]
                .filter((each) => !named.has(each)); }""",
            node,
        )
        demand(not missing, f"not named: {missing}")
    return f"labels {counts}"


def narrow(browser: Any, site: Path) -> str:
    """What a filter leaves fills the frame; what it takes away is not told any more."""
    with open_page(browser, viewport={"width": 1440, "height": 1000}) as page:
        open_graph(page, site, "node=bogdanov2019/absorbed")
        demand(page.locator("#card h2").count() == 1, "the chosen node is not told")
        page.select_option("[name=topic]", "effectiveness")
        wait_for_labels(page)
        demand(page.locator("#card h2").count() == 0, "a node that is gone is still told")
        demand("node=" not in page.url, page.url)
        left, right, top, bottom, number = page.evaluate(
            """() => { const spots = Object.entries(argmapNetwork.getPositions())
                .map(([, at]) => argmapNetwork.canvasToDOM(at));
              const x = spots.map((at) => at.x), y = spots.map((at) => at.y);
              const { clientWidth, clientHeight } = document.getElementById('graph');
              return [Math.min(...x) / clientWidth, Math.max(...x) / clientWidth,
                Math.min(...y) / clientHeight, Math.max(...y) / clientHeight, spots.length]; }"""
        )
        demand(number == 21, f"{number} nodes")
        demand(0 < left < right < 1 and 0 < top < bottom < 1, "what is left is not in the frame")
        demand(right - left > 0.7 or bottom - top > 0.7, "what is left is tiny")
        demand(page.is_visible("[name=analyst]"), "the claims have no readings of the reviewer's")
        open_graph(page, site, "view=holders")
        demand(not page.is_visible("[name=analyst]"), "a control that does nothing shows")
        open_graph(page, site, "view=dispute-1")
        lines = page.inner_text("#graph-count")
        page.check("[name=analyst]")
        demand(page.inner_text("#graph-count") != lines, "the dispute has no reviewer's readings")
    with open_page(browser, viewport={"width": 360, "height": 800}) as page:
        open_graph(page, site, "view=dispute-1&analyst=1")
        demand(not page.is_visible("[name=topic]"), "filters stand open on a phone")
        demand("1 chosen" in page.inner_text("#more summary"), "a filter in use is not told")
        box = page.locator("#graph").bounding_box()
        demand(box["y"] < 500, f"the graph begins at {box['y']}")
    return ""


def steer(browser: Any, site: Path) -> str:
    """The wheel and a finger move the page until the graph is chosen; buttons always zoom."""
    with open_page(browser, viewport={"width": 1280, "height": 600}) as page:
        open_graph(page, site)
        box = page.locator("#graph").bounding_box()
        page.mouse.move(box["x"] + 60, box["y"] + 100)

        def wheel(down: int) -> tuple[bool, bool]:
            before = page.evaluate(_STATE)
            page.mouse.wheel(0, down)
            page.wait_for_timeout(400)
            after = page.evaluate(_STATE)
            return before["y"] != after["y"], before["scale"] != after["scale"]

        demand(wheel(100) == (True, False), "the wheel moves the graph before it is chosen")
        demand(wheel(-100) == (True, False), "the page does not scroll back")
        page.mouse.click(box["x"] + 60, box["y"] + 100)
        demand(wheel(-100) == (False, True), "the wheel does not zoom a graph that was clicked")
        demand("Esc" in page.inner_text("#hint"), page.inner_text("#hint"))
        page.keyboard.press("Escape")
        demand(wheel(100) == (True, False), "Esc does not give the wheel back")
        page.evaluate("scrollTo(0, 0)")
        page.mouse.click(box["x"] + 60, box["y"] + 100)
        page.mouse.click(20, 300)
        page.mouse.move(box["x"] + 60, box["y"] + 100)
        demand(wheel(100) == (True, False), "a click outside does not give the wheel back")
        page.evaluate("scrollTo(0, 0)")
        before = page.evaluate(_STATE)
        page.mouse.down()
        page.mouse.move(box["x"] + 160, box["y"] + 160, steps=4)
        page.mouse.up()
        demand(page.evaluate(_STATE)["at"] != before["at"], "the mouse does not drag")
        page.focus("[aria-label='Zoom in']")
        page.keyboard.press("Enter")
        demand(page.evaluate(_STATE)["scale"] > before["scale"], "the button does not zoom")
        for each in page.locator("#zoom button").all():
            size = each.bounding_box()
            demand(min(size["width"], size["height"]) >= 40, f"a button of {size}")
    phone = {"viewport": {"width": 360, "height": 800}, "has_touch": True, "is_mobile": True}
    with open_page(browser, **phone) as page:
        open_graph(page, site)
        demand("Tap a node" in page.inner_text("#card"), page.inner_text("#card"))
        box = page.locator("#graph").bounding_box()
        # Below the picture, where there is no node that would be dragged.
        x, y = box["x"] + 30, box["y"] + box["height"] - 30
        session = page.context.new_cdp_session(page)

        def swipe() -> tuple[bool, bool]:
            before = page.evaluate(_STATE)
            for kind, up in (("touchStart", 0), *(("touchMove", 10 * n) for n in range(1, 13))):
                points = [{"x": x, "y": y - up}]
                session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
                page.wait_for_timeout(16)
            session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
            page.wait_for_timeout(400)
            after = page.evaluate(_STATE)
            return before["y"] != after["y"], before["at"] != after["at"]

        demand(swipe() == (True, False), "a finger does not scroll the page over the graph")
        page.evaluate("scrollTo(0, 0)")
        page.touchscreen.tap(x, y)
        page.wait_for_timeout(400)
        demand(swipe() == (False, True), "a finger does not move a graph that was tapped")
        page.touchscreen.tap(180, box["y"] - 20)
        demand(swipe() == (True, False), "a tap outside does not give the finger back")
    return ""


def tell(browser: Any, site: Path) -> str:
    """The list has the lines in words and stands for the picture on paper; the legend has all."""
    with open_page(browser) as page:
        open_graph(page, site, "view=dispute-1&analyst=1")
        page.click("#as-list summary")
        page.wait_for_selector("#graph-list li")
        said = page.inner_text("#graph-list")
        for words in ("supports", "is contested by", "stands for", "(the reviewer’s own reading)"):
            demand(words in said, f"the list does not say {words}")
        number = int(page.inner_text("#graph-count").split(", ")[-1].split()[0])
        links = page.locator("#graph-list p a").count()
        demand(links == 2 * number, f"{number} lines, told {links} times")
        legend = page.inner_text("#legend")
        for words in ("Alliances keep peace", "undercuts a step to it", "on both sides", "camp"):
            demand(words in legend, f"the legend does not say {words}")
        page.click("#as-list summary")
        demand(not page.is_visible("#graph-list"), "the list does not close")
        page.emulate_media(media="print")
        page.wait_for_timeout(100)
        demand(page.is_visible("#graph-list"), "the list is not printed")
        demand(not page.is_visible("#graph"), "an empty frame is printed")
        demand("Dispute 1" in page.inner_text("#graph-told"), "what is printed is not said")
        page.emulate_media(media="screen")
        page.wait_for_timeout(100)
        demand(not page.is_visible("#graph-list"), "after printing the list stays open")
        open_graph(page, site, "view=dispute-99")
        demand("not among what is drawn" in page.inner_text("#card"), "a link to nothing is silent")
    return f"{number} lines in words"


def read_plainly(browser: Any, site: Path) -> str:
    """Without JavaScript everything still reads."""
    with open_page(browser, java_script_enabled=False) as page:
        for name in ("index.html", "disputes/coalitions-effective-by-design.html"):
            page.goto((site / name).as_uri())
            demand(DISPUTE in page.inner_text("main"), f"{name} does not tell of the dispute")
        page.goto((site / "search.html").as_uri())
        demand("needs JavaScript" in page.inner_text("main"), "search says nothing")
        page.goto((site / "graph/index.html").as_uri())
        demand("needs JavaScript" in page.inner_text("main"), "the graph says nothing")
        demand(not page.is_visible("#graph-form"), "filters that do nothing show")
    return ""


def walk(browser: Any, site: Path) -> str:
    """The keyboard reaches content past the frame, and every stop shows."""
    with open_page(browser) as page:
        page.goto((site / "index.html").as_uri())
        page.keyboard.press("Tab")
        demand(page.evaluate("document.activeElement.className") == "skip", "no skip link")
        page.keyboard.press("Enter")
        demand(page.evaluate("document.activeElement.id") == "main", "it does not skip")
        page.keyboard.press("Tab")
        seen = page.evaluate(
            "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
            " && document.activeElement.closest('main') !== null"
        )
        demand(seen, "the focus does not show")
    return ""


_HOSTILE = "<script>window.hit=1</script><img src=x onerror=window.hit=2> \"'&amp; {{7*7}}"


def resist(browser: Any, folder: Path) -> str:
    """Strings from the corpus and the bibliography stay strings, wherever they are shown."""
    review = folder / "hostile"
    command = [sys.executable, "-m", "argmap"]
    subprocess.run([*command, "new", str(review)], check=True, stdout=subprocess.DEVNULL)
    for path in (review / "corpus").glob("*.yaml"):
        text = path.read_text()
        text = re.sub(r"(?m)^(    claim: ).*$", lambda m: f"{m[1]}{_quote(_HOSTILE)}", text)
        text = re.sub(r"(?m)^(  title: ).*$", lambda m: f"{m[1]}{_quote(_HOSTILE)}", text)
        path.write_text(text)
    bibliography = review / "references.bib"
    text = re.sub(r"title\s*=\s*\{[^}]*\}", f"title = {{{_HOSTILE}}}", bibliography.read_text())
    text = text.replace("title =", "url = {javascript:window.hit=3}, title =")
    bibliography.write_text(text)
    done = subprocess.run(
        [*command, "site", "-o", "out"], cwd=review, capture_output=True, text=True, check=False
    )
    demand(done.returncode == 0, done.stderr[-600:])
    pages = sorted((review / "out").rglob("*.html"))
    with open_page(browser) as page:
        for path in pages:
            page.goto(path.as_uri())
            demand(page.evaluate("window.hit === undefined"), f"{path.name} runs what it shows")
            odd = page.evaluate(
                "[...document.links].filter((link) => /^javascript:/i.test(link.href)).length"
            )
            demand(odd == 0, f"{path.name} links to a script")
        page.goto((review / "out" / "index.html").as_uri())
        page.fill("#find", "script")
        page.wait_for_selector(".found .hits a")
        page.goto((review / "out" / "graph" / "index.html").as_uri())
        page.wait_for_selector("#graph canvas")
        page.locator(".asList summary").click()
        page.wait_for_selector("#graph-list li")
        demand("<script>" in page.inner_text("#graph-list"), "the list shows something else")
        demand(page.evaluate("window.hit === undefined"), "the graph runs what it shows")
    return f"{len(pages)} pages"


def _quote(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def serve(browser: Any, folder: Path) -> str:
    """Findings come into the page where they belong, and go when they are mended."""
    review = folder / "served"
    shutil.copytree(ROOT / "corpus", review / "corpus")
    shutil.copy(ROOT / "references.bib", review)
    command = [sys.executable, "-u", "-m", "argmap", "site", "--serve", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        command, cwd=review, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        try:
            line = server.stdout.readline().decode() if server.stdout else ""
            address = line.split()[0]
            with open_page(browser, allowed=(address,)) as page:
                # The first thing shown is a page that waits for the site.
                page.goto(address)
                page.wait_for_selector("#disputes", timeout=60000)
                page.goto(f"{address}claims/rynningschmitt2018/coalitions-effective-by-design.html")
                path = review / "corpus" / "rynningschmitt2018.yaml"
                before = path.read_text()
                start = before.index("  coalitions-effective-by-design:")
                broken = before[:start] + before[start:].replace("kind: causal", "kind: casual", 1)
                broken = broken if broken != before else before.replace("topic: ", "topic: x", 1)
                path.write_text(broken)
                page.wait_for_selector(".alarm:not([hidden])", timeout=60000)
                told = page.inner_text(".alarm summary")
                demand("1 error" in told, told)
                demand("casual" in page.inner_text("[data-findings]"), "not told in place")
                path.write_text(before)
                page.wait_for_selector(".alarm", state="hidden", timeout=60000)
                changed = before.replace("fight better than alliances", "fight far better", 1)
                path.write_text(changed)
                page.locator("h1", has_text="fight far better").wait_for(timeout=60000)
        finally:
            server.terminate()
            time.sleep(0.1)
    return ""
