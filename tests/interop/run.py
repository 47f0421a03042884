"""Run every real client over what argmap writes: ``make interop``."""

from __future__ import annotations

import sys
from collections import Counter
from importlib import import_module

from clients import Outcome

CHECKS = (
    "check_bibliography",
    "check_documents",
    "check_rdf",
    "check_graphs",
    "check_servers",
    "check_site",
)


def main() -> int:
    """Print one line a client; return 1 if one refused a file."""
    outcomes: list[Outcome] = []
    for name in CHECKS:
        for outcome in import_module(name).check():
            told = f": {outcome.told}" if outcome.told else ""
            print(f"{outcome.result:<8} {outcome.client}{told}", flush=True)
            outcomes.append(outcome)
    counts = Counter(outcome.result for outcome in outcomes)
    print(f"{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
