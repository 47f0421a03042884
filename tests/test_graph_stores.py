"""Stores in memory and on disk: whole or not at all, and nobody else's folder."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pyoxigraph
import pytest
from graph_examples import tiny, tiny_derived

from argmap.graph import (
    StoreError,
    as_dataset,
    build_store,
    locate_store,
    open_store,
    read_records,
    stores,
)
from argmap.model import Claim, Literature, Review

OLD = tiny()
NEW = msgspec.structs.replace(
    tiny(), claims=tiny().claims[:1], review=msgspec.structs.replace(tiny().review, title="New")
)
OURS = {"argmap-store.json", "argmap-store.lock"}


def _title(store: pyoxigraph.Store) -> str:
    return read_records(store)[0].review.title


def _list(directory: Path) -> set[str]:
    return {path.name for path in directory.iterdir()}


def _fail(code: str, directory: Path) -> str:
    """Open and build in a folder, which must both fail; return the message of the build."""
    with pytest.raises(StoreError) as opening:
        open_store(directory)
    assert [finding.path for finding in opening.value.diagnostics] == [str(directory)]
    with pytest.raises(StoreError) as building:
        build_store(NEW, None, directory)
    [finding] = building.value.diagnostics
    assert finding.code == code
    assert finding.remedy
    assert finding.path == str(directory)
    return str(building.value)


def test_a_store_in_memory() -> None:
    store = build_store(OLD, tiny_derived())
    assert read_records(store) == (OLD, tiny_derived(), [])


def test_a_store_on_disk_is_replaced_as_a_whole(tmp_path: Path) -> None:
    directory = tmp_path / "deep" / "store"
    assert read_records(build_store(OLD, tiny_derived(), directory)) == (OLD, tiny_derived(), [])
    assert read_records(open_store(directory)) == (OLD, tiny_derived(), [])
    assert _list(directory) == {*OURS, "generation-000001"}
    assert _title(build_store(NEW, None, directory)) == "New"
    assert read_records(open_store(directory)) == (NEW, None, [])
    assert _list(directory) == {*OURS, "generation-000002"}
    assert locate_store(directory) == directory / "generation-000002"
    assert len(pyoxigraph.Store.read_only(str(locate_store(directory)))) > 100


def test_a_reader_keeps_what_it_opened(tmp_path: Path) -> None:
    build_store(OLD, None, tmp_path)
    reader = open_store(tmp_path)
    build_store(NEW, None, tmp_path)
    if sys.platform != "win32":
        assert _title(reader) == OLD.review.title
    assert _title(open_store(tmp_path)) == "New"


def test_a_store_on_disk_is_for_reading(tmp_path: Path) -> None:
    build_store(OLD, None, tmp_path)
    with pytest.raises(RuntimeError):
        open_store(tmp_path).update("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }")


# Whatever kills a build

KILL = """
import os, signal, sys, pathlib, msgspec
sys.path.insert(0, {tests!r})
import test_graph_stores
from argmap.graph import stores

point, moment = sys.argv[2], int(sys.argv[3])
module, name = (stores.Path, point[5:]) if point.startswith("Path.") else (stores, point)
if point == "rmtree":
    module = stores.shutil
elif point == "fsync":
    module = stores.os
original = getattr(module, name)
count = 0

def wrapper(*arguments, **options):
    global count
    count += 1
    if count == moment:
        os.kill(os.getpid(), signal.SIGKILL)
    result = original(*arguments, **options)
    if count == -moment:
        os.kill(os.getpid(), signal.SIGKILL)
    return result

setattr(module, name, wrapper)
stores.build_store(test_graph_stores.NEW, None, pathlib.Path(sys.argv[1]))
print("finished")
"""

# Before and after the call of each step: a positive number is the call before which, a negative
# one the call after which the process is killed.
POINTS = [
    ("_prepare", -1),
    ("_load", 1),
    ("_load", -1),
    ("_synchronise", 2),
    ("_write_marker", 1),
    ("Path.replace", 1),
    ("Path.replace", -1),
    ("rmtree", 1),
    ("_remove_generations", -2),
]


def _kill_build(directory: Path, point: str, moment: int) -> bool:
    """Build NEW in a process that is killed; return whether it was."""
    program = KILL.format(tests=str(Path(__file__).parent))
    done = subprocess.run(
        [sys.executable, "-c", program, str(directory), point, str(moment)],
        capture_output=True,
        check=False,
    )
    killed = done.returncode == -9
    assert killed or done.stdout == b"finished\n", done.stderr.decode()
    return killed


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize(("point", "moment"), POINTS)
def test_a_killed_build_leaves_the_old_store_or_the_new(
    point: str, moment: int, tmp_path: Path
) -> None:
    build_store(OLD, tiny_derived(), tmp_path)
    assert _kill_build(tmp_path, point, moment)
    found = read_records(open_store(tmp_path))
    assert found in [(OLD, tiny_derived(), []), (NEW, None, [])]
    # And the next build tidies up.
    build_store(OLD, None, tmp_path)
    assert read_records(open_store(tmp_path)) == (OLD, None, [])
    assert len(_list(tmp_path)) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGKILL")
@pytest.mark.parametrize(
    ("point", "moment", "code"),
    [
        ("Path.mkdir", -1, "store-foreign"),
        ("_prepare", 1, "store-foreign"),
        ("Path.replace", 1, "store-foreign"),
        ("_build_generation", 1, "store-unfinished"),
        ("_load", 1, "store-unfinished"),
        ("_write_marker", 2, "store-unfinished"),
    ],
)
def test_a_killed_first_build_is_no_obstacle(
    point: str, moment: int, code: str, tmp_path: Path
) -> None:
    directory = tmp_path / "store"
    assert _kill_build(directory, point, moment)
    with pytest.raises(StoreError) as caught:
        open_store(directory)
    assert caught.value.diagnostics[0].code == code
    build_store(OLD, None, directory)
    assert read_records(open_store(directory)) == (OLD, None, [])
    assert len(_list(directory)) == 3


@pytest.mark.parametrize("wrong", [KeyboardInterrupt, RuntimeError])
def test_an_interrupted_build_tidies_up_at_once(
    wrong: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build_store(OLD, None, tmp_path)

    def interrupt(*_: object) -> Iterator[str]:
        yield "<http://example.org/a> <http://example.org/b> <http://example.org/c> .\n"
        raise wrong

    monkeypatch.setattr(stores, "write_quads", interrupt)
    with pytest.raises(wrong):
        build_store(NEW, None, tmp_path)
    assert _list(tmp_path) == {*OURS, "generation-000001"}
    assert _title(open_store(tmp_path)) == OLD.review.title


FULL = """
import pathlib, resource, sys
sys.path.insert(0, {tests!r})
import test_graph_stores
from argmap.graph import StoreError, build_store

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    build_store(test_graph_stores.NEW, None, pathlib.Path(sys.argv[1]))
except StoreError as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limits on files")
@pytest.mark.parametrize("limit", [0, 1000])
def test_a_full_disk_leaves_the_old_store(limit: int, tmp_path: Path) -> None:
    build_store(OLD, None, tmp_path)
    program = FULL.format(tests=str(Path(__file__).parent))
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path), str(limit)], capture_output=True, check=True
    )
    told = done.stdout.decode()
    assert "[store-full]" in told, done.stderr.decode()
    assert "untouched" in told
    assert "Traceback" not in done.stderr.decode()
    assert _title(open_store(tmp_path)) == OLD.review.title
    build_store(NEW, None, tmp_path)
    assert len(_list(tmp_path)) == 3


# Folders that are not ours


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("ten years of work", encoding="utf-8")
    (tmp_path / "generation-000001").mkdir()
    (tmp_path / "generation-000001" / "poem.txt").touch()
    before = sorted(tmp_path.rglob("*"))
    assert "'thesis.txt'" in _fail("store-foreign", tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


def test_what_somebody_put_beside_a_store_stays(tmp_path: Path) -> None:
    build_store(OLD, None, tmp_path)
    (tmp_path / "notes.txt").touch()
    (tmp_path / "generation-of-poets").mkdir()
    build_store(NEW, None, tmp_path)
    assert {"notes.txt", "generation-of-poets"} <= _list(tmp_path)


def test_a_store_of_oxigraph_itself_is_left_alone(tmp_path: Path) -> None:
    pyoxigraph.Store(str(tmp_path))
    before = _list(tmp_path)
    _fail("store-foreign", tmp_path)
    assert _list(tmp_path) == before


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    path = tmp_path / "store"
    path.write_text("x", encoding="utf-8")
    _fail("store-foreign", path)
    assert path.read_text(encoding="utf-8") == "x"
    with pytest.raises(StoreError) as caught:
        build_store(NEW, None, path / "below")
    assert caught.value.diagnostics[0].code == "store-unwritable"


def test_an_empty_folder_will_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path)
    assert caught.value.diagnostics[0].code == "store-foreign"
    assert _title(build_store(NEW, None, tmp_path)) == "New"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path / "none")
    assert caught.value.diagnostics[0].code == "store-missing"
    assert not (tmp_path / "none").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write all")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    build_store(OLD, None, tmp_path)
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StoreError) as caught:
            build_store(NEW, None, tmp_path)
        assert caught.value.diagnostics[0].code == "store-unwritable"
        assert _title(open_store(tmp_path)) == OLD.review.title
    finally:
        tmp_path.chmod(0o700)


def test_a_refusal_of_the_system_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StoreError, match="cannot be written: Permission denied") as caught:
        build_store(NEW, None, tmp_path / "store")
    assert caught.value.diagnostics[0].code == "store-unwritable"


@pytest.mark.parametrize("marker", ["", "{", '{"generation": "x"}', '{"generation":1,"version":2}'])
def test_a_damaged_marker_is_told_and_mended(marker: str, tmp_path: Path) -> None:
    build_store(OLD, None, tmp_path)
    (tmp_path / "argmap-store.json").write_text(marker, encoding="utf-8")
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path)
    assert caught.value.diagnostics[0].code == "store-damaged"
    assert _title(build_store(NEW, None, tmp_path)) == "New"


def test_a_generation_that_is_gone_is_told(tmp_path: Path) -> None:
    build_store(OLD, None, tmp_path)
    (tmp_path / "generation-000001").rename(tmp_path / "elsewhere")
    with pytest.raises(StoreError) as caught:
        open_store(tmp_path)
    assert caught.value.diagnostics[0].code == "store-damaged"


def test_two_builds_do_not_meet(tmp_path: Path) -> None:
    build_store(OLD, None, tmp_path)
    with stores._lock(tmp_path), pytest.raises(StoreError) as caught:
        build_store(NEW, None, tmp_path)
    [finding] = caught.value.diagnostics
    assert finding.code == "store-locked"
    assert _title(open_store(tmp_path)) == OLD.review.title
    assert _title(build_store(NEW, None, tmp_path)) == "New"


def test_records_that_cannot_be_rdf_change_nothing(tmp_path: Path) -> None:
    build_store(OLD, None, tmp_path)
    twins = Literature(claims=(Claim(id="t/a", text="t", statement="A."),) * 2)
    for literature in (twins, Literature(review=Review(base="nowhere"))):
        with pytest.raises(StoreError):
            build_store(literature, None, tmp_path)
    assert _title(open_store(tmp_path)) == OLD.review.title


# rdflib


def test_a_dataset_answers_over_all_graphs() -> None:
    dataset = as_dataset(build_store(tiny(), tiny_derived()))
    [(number,)] = dataset.query(
        "PREFIX am: <https://w3id.org/argmap/ontology#> "
        "SELECT (COUNT(DISTINCT ?claim) AS ?n) { ?claim a am:Claim . ?claim am:status ?status }"
    )
    assert int(number) == 2
    names = {str(graph.identifier).rpartition("ferries/")[2] for graph in dataset.graphs()}
    assert {"review", "bibliography", "text/ferry2020", "derived"} <= names


@pytest.mark.parametrize("share", [0.0, 0.3, 0.5, 0.8])
@pytest.mark.parametrize("pattern", ["MANIFEST*", "*.sst", "CURRENT"])
def test_overwritten_files_are_told(pattern: str, share: float, tmp_path: Path) -> None:
    build_store(OLD, None, tmp_path)
    files = list((tmp_path / "generation-000001").glob(pattern))
    assert files
    for file in files:
        data = bytearray(file.read_bytes())
        start = int(len(data) * share)
        data[start : start + 60] = b"\xa5" * min(60, len(data) - start)
        file.write_bytes(data)
    with pytest.raises(StoreError) as caught:
        read_records(open_store(tmp_path))
    [finding] = caught.value.diagnostics
    assert finding.code == "store-damaged"
    assert finding.remedy
    assert str(tmp_path) not in finding.message
    assert _title(build_store(NEW, None, tmp_path)) == "New"


def test_damage_that_shows_only_on_reading_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("Corruption: block checksum mismatch")

    monkeypatch.setattr("argmap.graph.nodes._add_quads", fail)
    with pytest.raises(StoreError, match="damaged") as caught:
        read_records(build_store(OLD), path="store")
    assert caught.value.diagnostics[0].code == "store-damaged"
