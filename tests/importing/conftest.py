from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from backfile.store.archive import DATABASE, Archive

CLOCKS = {
    "run": ("started", "finished", "seconds"),
    "chunk": ("seconds",),
    "known": ("milliseconds",),
    "profile": ("made",),
}
"""Columns that two equal imports do not share."""


@pytest.fixture
def archive_at(blank: Path) -> Callable[[Path], Archive]:
    """Makes an empty archive in a folder."""

    def make(folder: Path) -> Archive:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(blank, folder / DATABASE)
        return Archive.open(folder)

    return make


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


def rows_of(database: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of the store, clocks aside; run numbers as the order of runs that are done."""
    db = sqlite3.connect(database)
    try:
        names = db.execute(
            "SELECT name FROM sqlite_master WHERE type='table' AND name NOT GLOB 'django_*' AND name NOT GLOB 'auth_*'"
        )
        found = {}
        for (table,) in names.fetchall():
            columns = [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')]
            kept = ",".join(f'"{c}"' for c in columns if c not in CLOCKS.get(table, ()))
            if kept:
                found[table] = sorted(db.execute(f'SELECT {kept} FROM "{table}"').fetchall(), key=repr)
        counts = [json.loads(row[0]) for row in db.execute("SELECT counts FROM run WHERE state='done' ORDER BY id")]
        found["run"] = [{k: v for k, v in one.items() if k != "seconds"} for one in counts]  # type: ignore[misc]
        return found
    finally:
        db.close()


@pytest.fixture
def all_rows() -> Callable[[Path], dict[str, list[tuple[Any, ...]]]]:
    return rows_of
