"""Sources and targets are found in their folders, and errors say what to try."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from backfile import registry
from backfile.errors import MissingTool, UnknownInput, UnreadableInput, UsageError
from backfile.record import Source


def test_every_source_keeps_the_contract() -> None:
    found = registry.sources()
    assert "wxr" in found
    for name, source in found.items():
        assert isinstance(source, Source), f"sources/{name}.py: SOURCE lacks a part of the protocol"
        assert source.name == name, f"sources/{name}.py: SOURCE.name must be the module's name"
        assert source.title


def test_asking_by_name_imports_only_that_source() -> None:
    code = (
        "import sys; from backfile import registry; registry.source('wxr');"
        "print([m for m in sys.modules if m.startswith('backfile.sources.') and not m.split('.')[2].startswith('_')])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "['backfile.sources.wxr']"


def test_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UsageError) as caught:
        registry.source("wrx")
    assert "wxr" in str(caught.value)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02\xff\xfe" * 100])
def test_unknown_input_says_what_was_looked_at(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "kram.bin"
    path.write_bytes(content)
    with pytest.raises(UnknownInput) as caught:
        registry.recognise(path)
    assert "kram.bin" in str(caught.value)
    assert "wxr" in str(caught.value)
    assert caught.value.exit_code == 3


def test_empty_folder_is_unknown(tmp_path: Path) -> None:
    with pytest.raises(UnknownInput, match="empty folder"):
        registry.recognise(tmp_path)


def test_missing_path_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput):
        registry.recognise(tmp_path / "nichts")


def test_a_broken_foreign_source_does_not_take_the_others_along(monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("kaputt", "no_such_module:SOURCE", "backfile.sources")
    registry._foreign.cache_clear()
    monkeypatch.setattr(registry, "entry_points", lambda group: [point])
    try:
        assert "kaputt" not in registry.sources()
        with pytest.raises(MissingTool, match="kaputt"):
            registry.source("kaputt")
    finally:
        registry._foreign.cache_clear()
