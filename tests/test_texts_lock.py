"""The lock file: read, written whole or not at all, found in."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argmap.texts import lock as lock_module
from argmap.texts.lock import Lock, LockedAnchor, LockedText, format_lock, read_lock, write_lock


def locked(claim: str = "t/a", used_for: str = "", at: str = "1: x … y") -> LockedAnchor:
    return LockedAnchor(
        claim=claim,
        used_for=used_for,
        at=at,
        text="t",
        page="1",
        inferred=False,
        section=None,
        start=3,
        end=9,
        sha256="0f",
    )


LOCK = Lock(
    texts=(
        LockedText(text="t", sha256="ab", length=12),
        LockedText(text="s", sha256="cd", length=1),
    ),
    anchors=(locked("t/b"), locked(used_for="t/a.supports.t/b"), locked()),
)


def test_the_file_is_sorted_json_lines_with_the_documented_fields(tmp_path: Path) -> None:
    path = tmp_path / "anchors.lock"
    assert write_lock(LOCK, path) == []
    lines = path.read_bytes().decode().splitlines()
    assert [json.loads(line).get("text") for line in lines[:2]] == ["s", "t"]
    assert json.loads(lines[0]) == {"text": "s", "sha256": "cd", "length": 1}
    assert json.loads(lines[2]) == {
        "claim": "t/a",
        "for": "",
        "at": "1: x … y",
        "text": "t",
        "page": "1",
        "inferred": False,
        "section": None,
        "start": 3,
        "end": 9,
        "sha256": "0f",
    }
    assert [json.loads(line)["claim"] for line in lines[2:]] == ["t/a", "t/a", "t/b"]
    assert path.read_bytes().endswith(b"}\n")


NAMES = st.text(min_size=1, max_size=8)
ANCHORS = st.builds(
    LockedAnchor,
    claim=NAMES,
    used_for=st.text(max_size=5),
    at=NAMES,
    text=NAMES,
    page=st.text(max_size=4),
    inferred=st.booleans(),
    section=st.none() | NAMES,
    start=st.integers(0, 10**7),
    end=st.integers(0, 10**7),
    sha256=NAMES,
)
LOCKS = st.builds(
    Lock,
    texts=st.lists(
        st.builds(LockedText, text=NAMES, sha256=NAMES, length=st.integers(0, 10**9)),
        unique_by=lambda text: text.text,
        max_size=4,
    ).map(tuple),
    anchors=st.lists(ANCHORS, unique_by=lambda a: (a.claim, a.used_for, a.at), max_size=6).map(
        tuple
    ),
)


@given(LOCKS)
@settings(max_examples=60, deadline=None)
def test_what_is_written_reads_back_in_any_order(tmp_path_factory: object, lock: Lock) -> None:
    path = Path(str(tmp_path_factory.mktemp("lock"))) / "anchors.lock"  # type: ignore[attr-defined]
    assert write_lock(lock, path) == []
    read, findings = read_lock(path)
    assert findings == []
    assert set(read.anchors) == set(lock.anchors)
    assert set(read.texts) == set(lock.texts)
    turned = Lock(texts=lock.texts[::-1], anchors=lock.anchors[::-1])
    assert format_lock(turned) == path.read_bytes() == format_lock(read)
    for anchor in lock.anchors:
        assert read.find(anchor.claim, anchor.used_for, anchor.at) == anchor
    for text in lock.texts:
        assert read.find_text(text.text) == text


def test_what_is_not_there_is_none() -> None:
    assert LOCK.find("t/a", "none", "1: x … y") is None
    assert LOCK.find_text("u") is None


def test_a_missing_file_is_an_empty_lock(tmp_path: Path) -> None:
    assert read_lock(tmp_path / "anchors.lock") == (Lock(), [])


GOOD = '{"text":"t","sha256":"ab","length":12}'


@pytest.mark.parametrize(
    ("line", "code", "word"),
    [
        ("{", "lock-record", "not JSON"),
        ("[1]", "lock-record", "not a JSON object"),
        ("\x00", "lock-record", "not JSON"),
        ("[" * 5000, "lock-record", "not JSON"),
        ('{"text":"t"}', "lock-record", "sha256"),
        ('{"text":"t","sha256":"a","length":"12"}', "lock-record", "int"),
        ('{"text":"t","sha256":"a","length":1,"more":1}', "lock-record", "more"),
        ('{"claim":"t/a"}', "lock-record", "for"),
        ("<<<<<<< HEAD", "lock-conflict", "conflict"),
        ("=======", "lock-conflict", "conflict"),
        (">>>>>>> branch", "lock-conflict", "conflict"),
        (GOOD, "lock-twice", "second time"),
    ],
)
def test_a_bad_line_is_told_with_its_number_and_costs_no_other(
    tmp_path: Path, line: str, code: str, word: str
) -> None:
    path = tmp_path / "anchors.lock"
    path.write_text(f"{GOOD}\n\n{line}\n" + GOOD.replace('"t"', '"u"') + "\n")
    lock, [finding] = read_lock(path)
    assert [text.text for text in lock.texts] == ["t", "u"]
    assert (finding.path, finding.line, finding.code) == (path.as_posix(), 3, code)
    assert finding.severity == "error"
    assert word in finding.message
    assert "--write-lock" in finding.remedy


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    path = tmp_path / "anchors.lock"
    path.write_bytes(b'{"text":"\xff","sha256":"a","length":1}\n')
    assert [finding.code for finding in read_lock(path)[1]] == ["lock-record"]


def test_a_byte_order_mark_and_crlf_are_tolerated(tmp_path: Path) -> None:
    path = tmp_path / "anchors.lock"
    path.write_bytes(b"\xef\xbb\xbf" + format_lock(LOCK).replace(b"\n", b"\r\n"))
    lock, findings = read_lock(path)
    assert findings == []
    assert format_lock(lock) == format_lock(LOCK)


def test_a_folder_in_its_place_is_no_traceback(tmp_path: Path) -> None:
    path = tmp_path / "anchors.lock"
    path.mkdir()
    assert [finding.code for finding in read_lock(path)[1]] == ["lock-unreadable"]
    assert [finding.code for finding in write_lock(LOCK, path)] == ["lock-unwritable"]
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_no_traceback(tmp_path: Path) -> None:
    [finding] = write_lock(LOCK, tmp_path / "none" / "anchors.lock")
    assert (finding.code, finding.severity) == ("lock-unwritable", "error")


def test_an_interrupted_writing_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "anchors.lock"
    path.write_text(GOOD + "\n")

    def interrupt(descriptor: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_lock(LOCK, path)
    assert path.read_text() == GOOD + "\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "anchors.lock"
    path.write_text(GOOD + "\n")

    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    [finding] = write_lock(LOCK, path)
    assert "No space left" in finding.message
    assert path.read_text() == GOOD + "\n"
    assert list(tmp_path.iterdir()) == [path]


def test_an_equal_file_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "anchors.lock"
    write_lock(LOCK, path)
    monkeypatch.setattr(lock_module.os, "replace", None)
    assert write_lock(LOCK, path) == []


def test_a_link_is_followed_and_permissions_are_the_usual(tmp_path: Path) -> None:
    real, link = tmp_path / "real.lock", tmp_path / "anchors.lock"
    real.write_text("")
    link.symlink_to(real)
    assert write_lock(LOCK, link) == []
    assert link.is_symlink()
    assert real.read_bytes() == format_lock(LOCK)
    plain = tmp_path / "plain"
    plain.touch()
    assert real.stat().st_mode == plain.stat().st_mode


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_a_pipe_is_not_read_for_ever(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "anchors.lock")
    lock, [finding] = read_lock(tmp_path / "anchors.lock")
    assert lock == Lock()
    assert finding.code == "lock-unreadable"
