"""Documents that show commands and their output: each is run, and prints what the document says.

A block of ``console`` holds commands after ``$`` and below each what it prints on standard output.
``ARGMAP_UPDATE=1`` writes the outputs anew; read the difference before you keep it.
"""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest
from shared import ROOT

from argmap.cli import main

DOCUMENTS = ("docs/alliances.md",)
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def split_commands(block: str) -> list[tuple[str, str]]:
    """Return each command of a block with the output that follows it."""
    parts = re.split(r"^\$ (.*)$", block, flags=re.MULTILINE)
    return [(parts[i], parts[i + 1].lstrip("\n")) for i in range(1, len(parts), 2)]


def run(command: str, capfdbinary: pytest.CaptureFixture[bytes]) -> str:
    program, *arguments = shlex.split(command)
    assert program == "argmap", command
    capfdbinary.readouterr()
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    out, err = capfdbinary.readouterr()
    assert stopped.value.code == 0, err.decode()
    return "".join(line.rstrip() + "\n" for line in out.decode().splitlines())


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_shown_command_prints_what_is_shown(
    name: str, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.delenv("ARGMAP_TEXTS", raising=False)
    path = Path(name)
    document = path.read_text(encoding="utf-8")
    blocks = BLOCK.findall(document)
    assert len(blocks) >= 10
    for block in blocks:
        fresh = ""
        for command, shown in split_commands(block):
            printed = run(command, capfdbinary)
            fresh += f"$ {command}\n{printed}"
            if not os.environ.get("ARGMAP_UPDATE"):
                assert shown == printed, command
        document = document.replace(block, fresh)
    if os.environ.get("ARGMAP_UPDATE"):
        path.write_text(document, encoding="utf-8")
