"""Rejects: what could not be read, to be listed, looked at, and tried again after a change of rules or settings.

A reject of a later step kept its record and is processed again; one of the reader is looked for in the
export, which must still be where it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from backfile import registry
from backfile.engines.work import Job, Worker
from backfile.errors import UsageError
from backfile.record import Excluded, Item, Options, Record, Reject, Source
from backfile.rules_version import rules_version
from backfile.store import runs
from backfile.store.archive import Archive
from backfile.store.packing import unpack
from backfile.store.rows import record_of, record_sha256
from backfile.store.writer import Result, Writer


class Rejected(msgspec.Struct, frozen=True):
    """One reject as it is listed. `where` reads like `export.xml, byte 1207`."""

    number: int
    source: str
    file: str
    offset: int
    length: int
    key: str
    reason: str
    hint: str
    state: str

    @property
    def where(self) -> str:
        return f"{self.file}, byte {self.offset}"


class Shown(msgspec.Struct, frozen=True):
    """One reject with its bytes, cut at the limit at which they were stored."""

    about: Rejected
    payload: bytes
    sha256: str
    traceback: str


class Retried(msgspec.Struct, frozen=True):
    """How many rejects were tried again, became articles or exclusions, or are rejects still."""

    tried: int
    read: int
    rejected: int
    missing: tuple[str, ...] = ()
    """Exports that are no longer where they were."""


_LIST = (
    'SELECT r.id, s.name, r.file, r."offset", r.length, r.key, r.reason, r.hint, r.state FROM reject r'
    " JOIN source s ON s.id=r.source_id"
)


def listed(archive: Archive, *, resolved: bool = False, most: int = -1) -> list[Rejected]:
    """Open rejects in the order in which they were met; with `resolved` those that a later run read as well."""
    where = "" if resolved else " WHERE r.state='open'"
    return [Rejected(*row) for row in archive.db.execute(f"{_LIST}{where} ORDER BY r.id LIMIT ?", (most,))]


def show(archive: Archive, number: int) -> Shown:
    """One reject by its number. Raises `UsageError` if there is none."""
    row = archive.db.execute(f"{_LIST} WHERE r.id=?", (number,)).fetchone()
    if row is None:
        raise UsageError(f"there is no reject {number}", hint="`backfile rejects` lists them.")
    payload, sha, trace = archive.db.execute(
        "SELECT payload_zst, sha256, traceback FROM reject WHERE id=?", (number,)
    ).fetchone()
    return Shown(Rejected(*row), unpack(payload), sha, trace)


def retry(archive: Archive, numbers: tuple[int, ...] = ()) -> Retried:
    """Try rejects again: those of these numbers, or all open ones."""
    wanted = [show(archive, number).about for number in numbers] or listed(archive)
    done = Retried(0, 0, 0)
    for name in dict.fromkeys(one.source for one in wanted):
        part = _Retry(archive, name).run([one for one in wanted if one.source == name])
        done = Retried(
            done.tried + part.tried, done.read + part.read, done.rejected + part.rejected, done.missing + part.missing
        )
    return done


class _Retry:
    """The rejects of one source, as a small run of their own."""

    def __init__(self, archive: Archive, name: str) -> None:
        self.archive = archive
        self.number, format_, path, self.profile = archive.db.execute(
            "SELECT id, format, path, profile_id FROM source WHERE name=?", (name,)
        ).fetchone()
        self.path = Path(path)
        self.source: Source = registry.source(format_)
        section = archive.config.source_for(self.path, archive.folder, name)
        self.options: Options = msgspec.structs.replace(archive.config.options(section), source=name)
        self.off = tuple(sorted(archive.config.rules.off))

    def run(self, wanted: list[Rejected]) -> Retried:
        rules = rules_version(self.source.name, self.options, self.off, self.archive.config.media)
        data = runs.profile_data(self.archive, self.profile) if self.profile else b""
        job = Job(
            self.source.name,
            self.options,
            data,
            self.off,
            str(self.archive.folder.resolve()),
            self.archive.config.media,
        )
        worker = Worker(job, self.source)
        found = dict(self._items(wanted))
        results = {number: self._result(worker, item) for number, item in found.items()}
        run = runs.begin(
            self.archive, source=self.number, path=str(self.path), fingerprint="", rules=rules, profile=self.profile,
            complete=False, kind="retry",
        )  # fmt: skip
        writer = Writer(
            self.archive, source=self.number, run=run, rules=rules, profile=self.profile, process=worker.process_record
        )
        writer.write(1, list(results.values()))
        read = [number for number, result in results.items() if not _is_reject(result)]
        with self.archive.transaction() as db:
            db.executemany("UPDATE reject SET state='resolved' WHERE id=?", [(number,) for number in read])
        runs.finish(self.archive, run, self.number, whole=False, complete=False, seconds=0.0)
        gone = () if self.path.exists() or len(found) == len(wanted) else (str(self.path),)
        return Retried(len(wanted), len(read), len(wanted) - len(read), gone)

    def _result(self, worker: Worker, item: Item) -> Result:
        return worker.process_record(item, record_sha256(item)) if isinstance(item, Record) else item

    def _items(self, wanted: list[Rejected]) -> Iterator[tuple[int, Item]]:
        places: dict[tuple[str, int], int] = {}
        for one in wanted:
            head, payload = self.archive.db.execute(
                "SELECT record, payload_zst FROM reject WHERE id=?", (one.number,)
            ).fetchone()
            if head:
                yield one.number, record_of(head, unpack(payload))
            else:
                places[one.file, one.offset] = one.number
        if places and self.path.exists():
            yield from self._from_export(places)

    def _from_export(self, places: dict[tuple[str, int], int]) -> Iterator[tuple[int, Item]]:
        for item in self.source.items(self.path, self.options):
            number = places.pop((item.origin.file, item.origin.offset), None)
            if number is not None:
                yield number, item
            if not places:
                return


def _is_reject(result: Any) -> bool:
    return not isinstance(result, Excluded) and (isinstance(result, Reject) or hasattr(result, "reason"))
