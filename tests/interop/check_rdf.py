"""Independent judges of the RDF: rapper (Raptor) and Jena's riot.

``python tests/interop/check_rdf.py FILE...`` asks them about any files of RDF.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from clients import (
    FOLDER,
    JENA,
    ROOT,
    Outcome,
    fetch_jars,
    find_program,
    print_outcomes,
    run,
    tail,
)

_RAPPER_SYNTAXES = {".nq": "nquads", ".nt": "ntriples", ".ttl": "turtle", ".trig": "trig"}
_RAPPER_COUNT = re.compile(r"Parsing returned (\d+) (?:triple|statement)s?")


def check() -> list[Outcome]:
    """Let both judge the shipped review and a small odd one, in every syntax argmap writes."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for name, syntax, data in _serialise():
            path = Path(folder) / f"{name}.{syntax}"
            path.write_bytes(data)
            paths.append(path)
        package = ROOT / "argmap" / "graph"
        return check_files([*paths, package / "ontology.ttl", package / "shapes.ttl"])


def check_files(paths: list[Path]) -> list[Outcome]:
    """Let both judge some files, by the ends of their names."""
    rapper = find_program("rapper", "raptor2-utils")
    jena = _find_jena()
    return [
        *(_ask_rapper(rapper, path) for path in paths if path.suffix in _RAPPER_SYNTAXES),
        *(_ask_riot(jena, path) for path in paths),
    ]


def _serialise() -> Iterator[tuple[str, str, bytes]]:
    """Yield name, syntax and bytes of what argmap writes."""
    sys.path.insert(0, str(ROOT / "tests"))
    from graph_examples import odd, tiny, tiny_derived

    from argmap.analysis import analyse
    from argmap.graph import FORMATS, serialise
    from argmap.literature import load_literature

    shipped = load_literature(ROOT / "corpus", ROOT / "references.bib").literature
    for name, literature, derived in (
        ("review", shipped, analyse(shipped)),
        ("ferries", tiny(), tiny_derived()),
        ("odd", odd(), None),
    ):
        for syntax in FORMATS:
            yield name, syntax, serialise(literature, derived, syntax)[0]


def _count(path: Path) -> int:
    """Return the number of quads that Oxigraph reads."""
    import pyoxigraph

    return sum(1 for _ in pyoxigraph.parse(path=path))


def _ask_rapper(rapper: str, path: Path) -> Outcome:
    name = f"rapper {path.name}"
    if not rapper:
        return Outcome(name, "skipped", "raptor2-utils is not installed and cannot be")
    code, told = run([rapper, "-c", "-i", _RAPPER_SYNTAXES[path.suffix], str(path)])
    complaints = [line for line in told.splitlines() if "Error" in line or "Warning" in line]
    if code or complaints:
        return Outcome(name, "failed", tail("\n".join(complaints) or told))
    found = _RAPPER_COUNT.search(told)
    if not found or int(found[1]) != _count(path):
        return Outcome(name, "failed", f"Oxigraph reads {_count(path)} quads. {tail(told, 1)}")
    return Outcome(name, "passed", f"{found[1]} quads")


def _find_jena() -> str:
    """Return the folder with Jena's jars, or "" if it cannot be had."""
    jars = FOLDER / "jena" / f"lib-{JENA}"
    if not shutil.which("java"):
        return ""
    if not any(jars.glob("jena-cmds-*.jar")):
        # Without a logger of its own Jena swallows its warnings.
        fetch_jars(jars, f"org.apache.jena:jena-cmds:{JENA}", "org.slf4j:slf4j-simple:2.0.16")
    return str(jars) if any(jars.glob("jena-cmds-*.jar")) else ""


def _ask_riot(jars: str, path: Path) -> Outcome:
    name = f"riot {path.name}"
    if not jars:
        return Outcome(name, "skipped", "java or Jena's jars cannot be had")
    code, told = run(["java", "-cp", f"{jars}/*", "riotcmd.riot", "--check", "--count", str(path)])
    complaints = [line for line in told.splitlines() if re.search("WARN|ERROR", line)]
    if code or complaints:
        return Outcome(name, "failed", tail("\n".join(complaints) or told))
    found = re.search(r"(?:Triples|Quads)\D*([\d,]+)", told)
    if not found or int(found[1].replace(",", "")) != _count(path):
        return Outcome(name, "failed", f"Oxigraph reads {_count(path)} quads. {tail(told, 2)}")
    return Outcome(name, "passed", f"{found[1]} quads")


def main() -> int:
    """Print one line a client and file; return 1 if one was refused."""
    paths = [Path(name) for name in sys.argv[1:]]
    return print_outcomes(check_files(paths) if paths else check())


if __name__ == "__main__":
    sys.exit(main())
