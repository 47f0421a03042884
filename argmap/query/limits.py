"""Limits of time on what may take for ever."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from argmap.query.errors import QueryError, complain

Value = TypeVar("Value")
_LONGEST = 1_000_000.0
"""Seconds that sockets and threads can be told to wait."""


def run_limited(work: Callable[[], Value], seconds: float | None, stop: threading.Event) -> Value:
    """Return what some work returns, or give it up after some seconds.

    The engine cannot be interrupted in the midst of a step: its thread is told to stop, and ends
    with the process at the latest.
    """
    seconds = check_limit(seconds)
    if seconds is None:
        return work()
    done: list[Value] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            done.append(work())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, daemon=True, name="argmap query")
    start = time.monotonic()
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    # The engine may hold everybody up while it reads a query: then time shows only afterwards.
    if not done or time.monotonic() - start > 2 * seconds:
        stop.set()
        raise complain_slow(seconds)
    return done[0]


def check_limit(seconds: float | None) -> float | None:
    """Return a time limit that a clock can keep; raise :class:`QueryError` where it is no time."""
    if seconds is None:
        return None
    if seconds != seconds or seconds < 0:
        raise complain(
            "sparql-limit",
            f"a time limit cannot be {seconds:g} seconds",
            "Give a number of seconds, in Python also None for no limit.",
        )
    return min(seconds, _LONGEST)


def complain_slow(seconds: float) -> QueryError:
    """Return the error for a query that took too long."""
    return complain(
        "sparql-slow",
        f"the query took longer than {seconds:g} seconds, and was given up",
        "Ask for less, or allow more time: --time-limit SECONDS, in Python time_limit=SECONDS.",
    )
