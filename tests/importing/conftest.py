from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from backfile import rules_version
from backfile.store.archive import Archive


@pytest.fixture
def archive(archive_at: Callable[[Path], Archive], tmp_path: Path) -> Iterable[Archive]:
    with archive_at(tmp_path / "archive") as made:
        yield made


def write_lines(path: Path, *articles: dict[str, Any] | str) -> Path:
    """An export in JSON Lines; a string stands for itself, so that it can be damaged."""
    lines = [one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in articles]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def export() -> Callable[..., Path]:
    return write_lines


@pytest.fixture(autouse=True)
def _same_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """Code may be edited while a test runs; to an import that means new rules."""
    monkeypatch.setattr(rules_version, "code_version", lambda: "the same code throughout")
