"""Progress of long work: a bar on a terminal's standard error, and nothing in a pipe."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any


class Progress:
    """A bar that advances; it costs nothing, and shows nothing, where nobody is looking."""

    def __init__(self, stage: str, total: int) -> None:
        self._stage = stage
        self._total = total
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress as Bar

            self._bar = Bar(console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task(self._stage, total=self._total)
            self._bar.start()
        return self

    def advance(self, steps: int = 1) -> None:
        """Go on by some steps."""
        if self._bar is not None:
            self._bar.advance(self._task, steps)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()
