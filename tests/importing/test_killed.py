"""An import that is killed at random moments and run again gives the rows of one that was not."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backfile import rules_version
from backfile.importing import Wish, run_import
from backfile.store.archive import Archive

CHILD = """
import sys
from pathlib import Path
from backfile import rules_version
from backfile.importing import Wish, run_import
from backfile.store.archive import Archive
import backfile.rules_version
backfile.rules_version.code_version = lambda: "the same code throughout"
with Archive.open(Path(sys.argv[1])) as archive:
    print("open", flush=True)
    run_import(archive, Wish(path=Path(sys.argv[2]), format="jsonl", name="s", workers=int(sys.argv[3])))
print("done", flush=True)
"""


def killed_runs(folder: Path, export: Path, kills: int, rng: random.Random, span: float, workers: int = 1) -> int:
    """Start the import, kill it after a while, again and again; then let it finish. How often it was killed midway."""
    for done in range(kills):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(folder), str(export), str(workers)], stdout=subprocess.PIPE, text=True
        )
        assert child.stdout is not None
        assert child.stdout.readline() == "open\n"
        time.sleep(rng.uniform(0, span * 2 / kills))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        if finished(folder):
            return done
    with Archive.open(folder) as archive:
        run_import(archive, Wish(path=export, format="jsonl", name="s"))
    return kills


def finished(folder: Path) -> bool:
    with Archive.open(folder, read_only=True) as archive:
        return bool(archive.db.execute("SELECT count(*) FROM run WHERE state='done'").fetchone()[0])


@pytest.fixture(autouse=True)
def _same_code(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in the child: a run is resumed by the same rules only, and code may be edited while this test runs."""
    monkeypatch.setattr(rules_version, "code_version", lambda: "the same code throughout")


@pytest.fixture
def long_export(tmp_path: Path, root: Path) -> Callable[[int], Path]:
    """Generated articles, with a damaged line and keys met twice among them."""

    def make(count: int) -> Path:
        path = tmp_path / "export.jsonl"
        script = [sys.executable, str(root / "bench" / "generate.py"), str(count), "--format", "jsonl"]
        lines = subprocess.run(script, capture_output=True, text=True, check=True).stdout.splitlines()
        lines[count // 3 : count // 3] = ["broken", lines[0], lines[1].replace('"title": "', '"title": "Nochmals: ')]
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return make


def check_kills(
    archive_at: Callable[[Path], Archive], all_rows: Callable[[Path], Any], tmp_path: Path, export: Path, **kill: Any
) -> None:
    for name in ("whole", "killed"):
        archive_at(tmp_path / name).close()
        (tmp_path / name / "backfile.toml").write_text("[limits]\nchunk = 20\n")
    with Archive.open(tmp_path / "whole") as archive:
        started = time.monotonic()
        run_import(archive, Wish(path=export, format="jsonl", name="s"))
        span = time.monotonic() - started
    killed = killed_runs(tmp_path / "killed", export, span=span, **kill)
    assert killed >= kill["kills"] // 2, "the import was over before it could be killed"
    whole, resumed = (all_rows(tmp_path / name / "archive.sqlite3") for name in ("whole", "killed"))
    assert whole.keys() == resumed.keys()
    for table in whole:
        assert resumed[table] == whole[table], table


def test_killed_and_resumed_equals_uninterrupted(
    archive_at: Callable[[Path], Archive],
    all_rows: Callable[[Path], Any],
    tmp_path: Path,
    long_export: Callable[[int], Path],
) -> None:
    check_kills(archive_at, all_rows, tmp_path, long_export(600), kills=6, rng=random.Random(7))


@pytest.mark.soak
@pytest.mark.parametrize("workers", [1, 2])
def test_killed_twenty_times(
    archive_at: Callable[[Path], Archive],
    all_rows: Callable[[Path], Any],
    tmp_path: Path,
    long_export: Callable[[int], Path],
    workers: int,
) -> None:
    check_kills(archive_at, all_rows, tmp_path, long_export(3000), kills=20, rng=random.Random(), workers=workers)
