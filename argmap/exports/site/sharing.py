"""Making many files on all cores: pieces of work that do not need each other, by turns.

Processes are forked, so that they see what was read and worked out already, and copy none of it.
Where that cannot be done safely, on other systems than Linux or beside other threads, one process
does all of it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from multiprocessing.connection import Connection
from typing import Any, TypeVar

File = tuple[str, bytes]
Share = Callable[[], Iterable[File]]
"""Makes some files: the path of each from the root of the site, and its bytes."""

Kept = TypeVar("Kept")

TOLD_EVERY = 50


def count_processes() -> int:
    """Return on how many cores the work can be done."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


def make_files(
    shares: Sequence[Share],
    keep: Callable[[str, bytes], Kept],
    tell: Callable[[int], None] = lambda number: None,
    processes: int = 1,
) -> list[Kept]:
    """Call ``keep`` with every file of every share, and return what it returned, in any order.

    With several processes it is called in any of them.  ``tell`` is called now and then with the
    number of files made so far, in the process that called.

    Raises
    ------
    OSError
        As ``keep`` and the shares raise it; ChildProcessError where a process ended early.
    """
    if processes < 2:
        kept = []
        for name, data in (file for share in shares for file in share()):
            kept.append(keep(name, data))
            if len(kept) % TOLD_EVERY == 0:
                tell(len(kept))
        return kept
    context: Any = multiprocessing.get_context("fork")
    turns, made = context.Value("q", 0), context.Value("q", 0)
    workers: list[tuple[Any, Connection]] = []
    with warnings.catch_warnings():
        # Threads of numeric libraries sleep meanwhile, and hold no lock.
        warnings.simplefilter("ignore", DeprecationWarning)
        for _ in range(processes - 1):
            receiving, sending = context.Pipe(duplex=False)
            # Ends that a worker kept open would make it wait for a reader who is gone.
            others = [receiving, *(each for _, each in workers)]
            arguments = (shares, keep, turns, made, sending, others)
            worker = context.Process(target=_work, args=arguments, daemon=True)
            worker.start()
            sending.close()
            workers.append((worker, receiving))
    try:
        kept = list(_take_turns(shares, keep, turns, made, tell))
        for _, receiving in workers:
            kept += _receive(receiving)
    except BaseException:
        # No turn is left to take for the others.
        turns.value = len(shares)
        raise
    finally:
        for worker, receiving in workers:
            receiving.close()
            worker.join()
    return kept


def _take_turns(
    shares: Sequence[Share],
    keep: Callable[[str, bytes], Kept],
    turns: Any,
    made: Any,
    tell: Callable[[int], None],
) -> Iterator[Kept]:
    caller = multiprocessing.parent_process()
    while caller is None or caller.is_alive():
        with turns.get_lock():
            turn = turns.value
            turns.value = turn + 1
        if turn >= len(shares):
            return
        for number, (name, data) in enumerate(shares[turn](), 1):
            yield keep(name, data)
            if number % TOLD_EVERY == 0:
                with made.get_lock():
                    made.value += TOLD_EVERY
                tell(made.value)


def _work(
    shares: Sequence[Share],
    keep: Callable[[str, bytes], Kept],
    turns: Any,
    made: Any,
    sending: Connection,
    others: Iterable[Connection],
) -> None:
    """Take turns in a process of its own, and send what was kept, or what went wrong."""
    # An interrupt is for the process that called.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for each in others:
        each.close()
    found: object
    try:
        found = list(_take_turns(shares, keep, turns, made, lambda number: None))
    except OSError as error:
        found = error
    # Nobody waits for it where the process that called is gone.
    with contextlib.suppress(BrokenPipeError):
        sending.send(found)


def _receive(receiving: Connection) -> list[Any]:
    try:
        found = receiving.recv()
    except EOFError:
        raise ChildProcessError("a process that was to make pages ended early") from None
    if isinstance(found, OSError):
        raise found
    return list(found)
