"""Fixtures that all rooms share."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from backfile.store.archive import Archive

# Tests never judge by time: the first call of anything is slow. The same examples every time, so that a change is
# judged by what it changes; new examples are looked for with HYPOTHESIS=search, as `make soak` does.
settings.register_profile("house", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS", "house"))

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def samples() -> Path:
    """Our own samples: small exports, deliberately including broken ones."""
    return ROOT / "tests" / "samples"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Real exports beside the checkout; the test is skipped, saying so, where they are not."""
    folder = ROOT.parent / "shared" / "corpus"
    if not folder.is_dir():
        pytest.skip(f"no corpus at {folder}")
    return folder


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new archive's database, to be copied: making one takes a second."""
    from backfile.store.archive import DATABASE, Archive

    folder = tmp_path_factory.mktemp("blank")
    Archive.create(folder).close()
    return folder / DATABASE


@pytest.fixture
def archive_at(blank: Path) -> Callable[[Path], Archive]:
    """Makes an empty archive in a folder."""

    from backfile.store.archive import DATABASE, Archive

    def make(folder: Path) -> Archive:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(blank, folder / DATABASE)
        return Archive.open(folder)

    return make


CLOCKS = {
    "run": ("started", "finished", "seconds"),
    "chunk": ("seconds",),
    "known": ("milliseconds",),
    "profile": ("made",),
}
"""Columns that two equal imports do not share."""


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
