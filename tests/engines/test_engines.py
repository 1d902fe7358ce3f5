"""Engines: whatever does the work, the archive is the same; a dead worker costs nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backfile import registry
from backfile.engines import Job, Task, engine
from backfile.engines.inline import Inline
from backfile.engines.processes import Processes
from backfile.importing import Wish, run_import
from backfile.record import Field, Options, Record
from backfile.sources.jsonl import JsonLines
from backfile.store.archive import Archive
from backfile.store.rows import Failed, Packed, record_sha256

LINES = """\
{"id": "1", "title": "Ein Titel", "date": "2014-05-03 00:30", "body": "<p>Ein Satz aus dem Tal.</p>"}
{"id": "2", "title": "Noch einer", "body": "<p>Zwei Sätze. Aus dem Tal.</p>"}
{"id": "3", "title": "Der dritte", "body": "<p>Drei.</p>"}
"""


class Deadly(JsonLines):
    """Kills its worker on a record called so."""

    name = "deadly"

    def fields(self, record: Record, options: Options) -> list[Field]:
        if b"kill" in record.payload:
            os.kill(os.getpid(), signal.SIGKILL)
        return super().fields(record, options)


DEADLY = Deadly()


def batch(lines: str, tmp_path: Path) -> list[Task]:
    path = tmp_path / "export.jsonl"
    path.write_text(lines, encoding="utf-8")
    items = JsonLines().items(path, Options(source="s"))
    return [Task(item, record_sha256(item)) for item in items if isinstance(item, Record)]


def same(one: Packed | Failed, other: Packed | Failed) -> bool:
    """Equal but for the clock."""
    return isinstance(one, Packed) and isinstance(other, Packed) and (one.result, one.key) == (other.result, other.key)


def test_one_worker_is_inline_and_more_are_processes() -> None:
    assert isinstance(engine(1), Inline)
    assert isinstance(engine(3), Processes)


def test_processes_give_what_inline_gives_in_order(tmp_path: Path) -> None:
    job = Job(format="jsonl", options=Options(source="s"))
    batches = [batch(LINES.replace("Titel", f"Titel {n}"), tmp_path) if n % 3 else [] for n in range(10)]
    alone = list(Inline().process(job, batches))
    together = list(Processes(2).process(job, batches))
    assert [len(b) for b in together] == [len(b) for b in batches]
    assert all(same(a, b) for one, other in zip(alone, together, strict=True) for a, b in zip(one, other, strict=True))
    assert list(Processes(2).shape(job, batches)) == list(Inline().shape(job, batches))


def test_batches_are_taken_as_they_are_needed(tmp_path: Path) -> None:
    taken = 0

    def endless() -> Any:
        nonlocal taken
        while True:
            taken += 1
            yield batch(LINES, tmp_path)

    run = Processes(2).process(Job(format="jsonl", options=Options(source="s")), endless())
    next(run)
    assert taken < 20
    run.close()  # type: ignore[attr-defined]


@pytest.fixture
def deadly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Job:
    """A job whose source kills its worker; workers are new processes, so they find it by an installed entry point."""
    here = tmp_path / "site"
    info = here / "deadly-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: deadly\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[backfile.sources]\ndeadly = deadly_source:DEADLY\n")
    (here / "deadly_source.py").write_text(Path(__file__).read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.syspath_prepend(str(here))
    monkeypatch.setenv("PYTHONPATH", str(here))
    registry._foreign.cache_clear()
    yield Job(format="deadly", options=Options(source="s"))  # type: ignore[misc]
    registry._foreign.cache_clear()


def test_a_record_that_kills_its_worker_is_one_result_among_others(deadly: Job, tmp_path: Path) -> None:
    lines = (
        LINES + '{"id": "4", "title": "kill", "body": "<p>x</p>"}\n{"id": "5", "title": "Nach", "body": "<p>y</p>"}\n'
    )
    batches = [batch(LINES, tmp_path), batch(lines, tmp_path), batch(LINES, tmp_path)]
    found = list(Processes(2).process(deadly, batches))
    assert [len(one) for one in found] == [3, 5, 3]
    failed = [result for one in found for result in one if isinstance(result, Failed)]
    assert [result.record.key for result in failed] == ["4"]
    assert "worker ended with code -9" in failed[0].reason


def test_an_import_with_workers_gives_the_same_archive(
    archive_at: Callable[[Path], Archive], all_rows: Callable[[Path], Any], tmp_path: Path
) -> None:
    path = tmp_path / "export.jsonl"
    lines = LINES.splitlines() * 3 + ["broken", '{"id": "1", "title": "Ein anderer", "body": "<p>Doch.</p>"}']
    path.write_text("\n".join(lines), encoding="utf-8")
    for workers in (1, 2):
        folder = tmp_path / str(workers)
        archive_at(folder).close()
        (folder / "backfile.toml").write_text("[limits]\nchunk = 2\n")
        with Archive.open(folder) as archive:
            run_import(archive, Wish(path=path, format="jsonl", name="s", workers=workers))
    assert all_rows(tmp_path / "1" / "archive.sqlite3") == all_rows(tmp_path / "2" / "archive.sqlite3")
