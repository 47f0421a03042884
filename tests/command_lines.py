"""Running commands of argmap in this process, as its command line does."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from argmap.cli import main


class Result(NamedTuple):
    """What a command left: its exit code, and what it printed."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]


def make_runner(capture: pytest.CaptureFixture[bytes]) -> Run:
    """Return what runs a command and captures what it prints, and nothing printed before."""

    def run(*arguments: str) -> Result:
        capture.readouterr()
        with pytest.raises(SystemExit) as stopped:
            main(list(arguments))
        out, err = capture.readouterr()
        assert isinstance(stopped.value.code, int)
        return Result(stopped.value.code, out.decode(errors="replace"), err.decode())

    return run
