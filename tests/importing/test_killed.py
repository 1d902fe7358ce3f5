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

from backfile.importing import Wish, run_import
from backfile.store.archive import Archive

CHUNK = 20
CHILD = """
import sys
from pathlib import Path
from backfile.importing import Wish, run_import
from backfile.store.archive import Archive
import backfile.rules_version
backfile.rules_version.code_version = lambda: "the same code throughout"
class Told:
    def phase(self, name, total): ...
    def advance(self, records, length):
        print(records, flush=True)
        sys.stdin.readline()

with Archive.open(Path(sys.argv[1])) as archive:
    run_import(archive, Wish(path=Path(sys.argv[2]), format="jsonl", name="s", workers=int(sys.argv[3])), Told())
"""


def killed_runs(folder: Path, export: Path, kills: int, rng: random.Random, workers: int = 1) -> int:
    """Start the import, kill it somewhere, again and again; then let it finish. How often it was killed midway."""
    chunks = len(export.read_text(encoding="utf-8").splitlines()) // CHUNK
    for done in range(kills):
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(folder), str(export), str(workers)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert child.stdin is not None
        assert child.stdout is not None
        for _ in range(rng.randint(0, chunks - 2 if count(folder, "profile") else 2 * chunks - 2)):
            assert child.stdout.readline()
            child.stdin.write("on\n")  # it waits after each chunk: else it might be done before it is killed
            child.stdin.flush()
        time.sleep(rng.uniform(0, 0.03))
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdin.close()
        child.stdout.close()
        if count(folder, "run", "state='done'"):
            return done
    with Archive.open(folder) as archive:
        run_import(archive, Wish(path=export, format="jsonl", name="s"))
    return kills


def count(folder: Path, table: str, where: str = "1") -> int:
    with Archive.open(folder, read_only=True) as archive:
        return int(archive.db.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0])


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
        (tmp_path / name / "backfile.toml").write_text(f"[limits]\nchunk = {CHUNK}\n")
    with Archive.open(tmp_path / "whole") as archive:
        run_import(archive, Wish(path=export, format="jsonl", name="s"))
    killed = killed_runs(tmp_path / "killed", export, **kill)
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
