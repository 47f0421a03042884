"""Servers that speak SPARQL 1.1, started on loopback and a free port, and stopped again."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from clients import FETCH_SECONDS, FOLDER, JENA, fetch_jars, find_program, run, tail

OXIGRAPH = "0.5.13"
_VIRTUOSO = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 10
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
CheckpointInterval = 0
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 5
[SPARQL]
ResultSetMaxRows = {rows}
"""
_USER, _PASSWORD = "reader", "let-me-write"
_START_SECONDS = 60


class Server(NamedTuple):
    """A running server: its name, where to ask and where to send, and who may send."""

    name: str
    query: str
    update: str
    environment: dict[str, str]


class Missing(Exception):  # noqa: N818
    """A server that cannot be had here, and why."""


@contextlib.contextmanager
def start_oxigraph() -> Iterator[Server]:
    """Run the server of the ``oxigraph`` package on PyPI."""
    folder = FOLDER / f"oxigraph-{OXIGRAPH}"
    program = folder / "bin" / "oxigraph"
    if not program.is_file():
        command = [sys.executable, "-m", "pip", "install", "-q", "--target", str(folder)]
        _, told = run([*command, f"oxigraph=={OXIGRAPH}"], FETCH_SECONDS)
        if not program.is_file():
            raise Missing(f"the oxigraph package cannot be had: {tail(told, 1)}")
    with tempfile.TemporaryDirectory() as data:
        port = find_port()
        command = [str(program), "serve", "--location", data, "--bind", f"127.0.0.1:{port}"]
        url = f"http://127.0.0.1:{port}"
        with _run_server(command, f"{url}/query"):
            yield Server("oxigraph", f"{url}/query", f"{url}/update", {})


@contextlib.contextmanager
def start_fuseki() -> Iterator[Server]:
    """Run Apache Jena Fuseki, from Maven."""
    jars = FOLDER / "jena" / f"fuseki-{JENA}"
    if not shutil.which("java"):
        raise Missing("java is not installed")
    if not any(jars.glob("jena-fuseki-main-*.jar")):
        told = fetch_jars(
            jars,
            f"org.apache.jena:jena-fuseki-main:{JENA}",
            "org.apache.logging.log4j:log4j-slf4j2-impl:2.24.1",
        )
        if not any(jars.glob("jena-fuseki-main-*.jar")):
            raise Missing(f"Fuseki's jars cannot be had: {told}")
    port = find_port()
    main = "org.apache.jena.fuseki.main.cmds.FusekiMainCmd"
    command = ["java", "-Xmx1g", "-cp", f"{jars}/*", main, "--localhost", "--mem", "--update"]
    url = f"http://127.0.0.1:{port}/review"
    with _run_server([*command, "--port", str(port), "/review"], f"{url}/query"):
        yield Server("Fuseki", f"{url}/query", f"{url}/update", {})


@contextlib.contextmanager
def start_virtuoso(rows: int = 1_000) -> Iterator[Server]:
    """Run Virtuoso, from its Debian packages, which answers with at most so many rows."""
    program = find_program("virtuoso-t", "virtuoso-opensource-7")
    console = shutil.which("isql-vt")
    if not program or not console:
        raise Missing("virtuoso-opensource-7 is not installed and cannot be")
    with tempfile.TemporaryDirectory() as folder:
        sql, http = find_port(), find_port()
        settings = Path(folder) / "virtuoso.ini"
        settings.write_text(_VIRTUOSO.format(folder=folder, sql=sql, http=http, rows=rows))
        url = f"http://127.0.0.1:{http}"
        command = [program, "+foreground", "+configfile", str(settings)]
        with _run_server(command, f"{url}/sparql"):
            grants = (
                f"DB.DBA.USER_CREATE('{_USER}', '{_PASSWORD}');",
                f'GRANT SPARQL_UPDATE TO "{_USER}";',
                f'GRANT SPARQL_SELECT TO "{_USER}";',
            )
            for grant in grants:
                code, told = run([console, f"127.0.0.1:{sql}", "dba", "dba", f"EXEC={grant}"])
                if code or "Error" in told:
                    raise RuntimeError(f"Virtuoso refused {grant.partition('(')[0]}: {tail(told)}")
            environment = {"ARGMAP_STORE_USER": _USER, "ARGMAP_STORE_PASSWORD": _PASSWORD}
            yield Server("Virtuoso", f"{url}/sparql", f"{url}/sparql-auth", environment)


def find_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def _run_server(command: list[str], url: str) -> Iterator[None]:
    """Run a server until the block ends; raise RuntimeError where it does not begin to answer."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL
        )
        try:
            deadline = time.monotonic() + _START_SECONDS
            while not _answers(url):
                if process.poll() is not None or time.monotonic() > deadline:
                    log.seek(0)
                    raise RuntimeError(f"it does not start: {tail(log.read().decode(), 3)}")
                time.sleep(0.1)
            yield
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _answers(url: str) -> bool:
    # No proxy stands between us and loopback.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        opener.open(f"{url}?query=ASK%7B%7D", timeout=5).read()
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False
    return True


@contextlib.contextmanager
def use_environment(values: dict[str, str]) -> Iterator[None]:
    """Set variables of the environment until the block ends."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
