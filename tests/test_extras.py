"""Optional dependencies."""

from __future__ import annotations

import sys

import pytest

from argmap.extras import MissingExtra, require


def test_a_module_that_is_there_is_returned() -> None:
    assert require("json.decoder", "any").JSONDecodeError


def test_a_module_that_is_missing_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyshacl", None)
    with pytest.raises(MissingExtra) as caught:
        require("pyshacl", "shacl")
    assert caught.value.extra == "shacl"
    assert "pip install 'argmap[shacl]'" in str(caught.value)


def test_a_mistake_inside_a_module_is_passed_on(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "brokenextra.py").write_text("import nosuchmodule\n", encoding="utf-8")  # type: ignore[operator]
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(ModuleNotFoundError) as caught:
        require("brokenextra", "any")
    assert not isinstance(caught.value, MissingExtra)
    assert caught.value.name == "nosuchmodule"
