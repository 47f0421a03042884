"""The pictures of the reading room in the documentation: ``make pictures``."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from check_site import FLAGS
from clients import ROOT, find_program, find_python_package

PICTURES = (
    ("site-overview.png", "index.html", 1200, 1330),
    ("site-dispute.png", "disputes/coalitions-effective-by-design.html", 1200, 900),
    ("site-phone.png", "disputes/coalitions-effective-by-design.html", 390, 844),
    ("site-graph.png", "graph/index.html#view=dispute-22", 1200, 1000),
)


def main() -> int:
    """Write the site of the shipped review, and take its pictures into docs/pictures."""
    chromium = find_program("chromium", "chromium")
    if not chromium or not find_python_package("playwright"):
        print("skipped: Chromium or Playwright cannot be had")
        return 0
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        site = Path(folder) / "site"
        command = [sys.executable, "-m", "argmap", "site", "-o", str(site)]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        for name, address, width, height in PICTURES:
            page = browser.new_page(viewport={"width": width, "height": height})
            place, _, fragment = address.partition("#")
            page.goto((site / place).as_uri() + (f"#{fragment}" if fragment else ""))
            page.wait_for_timeout(500)
            page.screenshot(path=str(ROOT / "docs" / "pictures" / name))
            page.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
