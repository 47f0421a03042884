"""Getting the real clients that read what argmap writes, and telling how they took it.

A client that cannot be had is skipped, with the reason; one that refuses a file has failed.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".interop"
FETCH_SECONDS = 600
JENA = "5.2.0"
_POM = """\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>local</groupId><artifactId>interop</artifactId><version>1</version>
  <packaging>pom</packaging>
  <dependencies>{dependencies}</dependencies>
</project>
"""


class Outcome(NamedTuple):
    """What became of one client: ``passed``, ``skipped`` or ``failed``, and why."""

    client: str
    result: str
    told: str = ""


def print_outcomes(outcomes: Iterable[Outcome]) -> int:
    """Print one line a client; return 1 if one refused a file."""
    failed = False
    for outcome in outcomes:
        print(outcome.result, outcome.client, outcome.told, flush=True)
        failed = failed or outcome.result == "failed"
    return 1 if failed else 0


def run(command: list[str], seconds: int = 300, **options: object) -> tuple[int, str]:
    """Run a command and return its exit code and all it printed."""
    try:
        done = subprocess.run(  # type: ignore[call-overload]
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            timeout=seconds,
            check=False,
            **options,
        )
    except subprocess.TimeoutExpired:
        return 124, f"{command[0]} took more than {seconds} s"
    except OSError as error:
        return 127, str(error)
    return done.returncode, done.stdout.decode("utf-8", "replace")


def find_program(name: str, *packages: str) -> str:
    """Return the path of a program, installed from Debian packages if need be; "" if not had."""
    found = shutil.which(name)
    if found:
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        run(["apt-get", "-q", "update"], FETCH_SECONDS, env=environment)
        install = [
            "apt-get",
            "-q",
            "-o",
            "DPkg::Lock::Timeout=300",
            "install",
            "-y",
            "--no-install-recommends",
            *packages,
        ]
        run(install, FETCH_SECONDS, env=environment)
    return shutil.which(name) or ""


def find_node_module(name: str) -> str:
    """Return the folder with an npm package installed, or "" if it cannot be had."""
    folder = FOLDER / "node"
    if (folder / "node_modules" / name).is_dir():
        return str(folder)
    if not shutil.which("npm"):
        return ""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts"]
    # A cache of its own, for a home that cannot be written to.
    command += ["--cache", str(FOLDER / "npm-cache"), "--prefix", str(folder), name]
    run(command, FETCH_SECONDS)
    return str(folder) if (folder / "node_modules" / name).is_dir() else ""


def fetch_jars(folder: Path, *wanted: str) -> str:
    """Fetch jars from Maven Central into a folder; return what Maven said where it failed.

    Each is ``group:artifact:version`` and comes with what it needs; one with a classifier as its
    fourth part is whole by itself, and comes alone.
    """
    if not shutil.which("mvn"):
        return "mvn is not installed"
    dependencies = ""
    for each in wanted:
        names = ("groupId", "artifactId", "version", "classifier")
        parts = dict(zip(names, each.split(":"), strict=False))
        inner = "".join(f"<{name}>{value}</{name}>" for name, value in parts.items())
        if "classifier" in parts:
            everything = "<groupId>*</groupId><artifactId>*</artifactId>"
            inner += f"<exclusions><exclusion>{everything}</exclusion></exclusions>"
        dependencies += f"<dependency>{inner}</dependency>"
    folder.mkdir(parents=True, exist_ok=True)
    pom = folder / "pom.xml"
    pom.write_text(_POM.format(dependencies=dependencies), encoding="utf-8")
    command = ["mvn", "-q", "-B", "-f", str(pom), "dependency:copy-dependencies"]
    code, told = run([*command, f"-DoutputDirectory={folder}"], FETCH_SECONDS)
    return tail(told, 1) or "Maven failed" if code else ""


def find_python_package(name: str) -> bool:
    """Say whether a package from PyPI can be imported, installed beside the clients if need be."""
    folder = FOLDER / "python"
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    if importlib.util.find_spec(name) is None:
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
        run([*command, "install", "--target", str(folder), name], FETCH_SECONDS)
        importlib.invalidate_caches()
    return importlib.util.find_spec(name) is not None


def tail(text: str, lines: int = 12) -> str:
    """Return the last lines of what a client printed."""
    return "\n".join(text.strip().splitlines()[-lines:])
