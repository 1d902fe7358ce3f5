"""What a worker does: records in, packed results out. No database, no order, no memory of other records."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from pathlib import Path

import msgspec

from backfile import registry
from backfile.article import Article
from backfile.config import MediaSection
from backfile.errors import BackfileError
from backfile.media import MediaFolder
from backfile.pipeline import Place, process, shape_record
from backfile.profile import Profile
from backfile.record import Options, Record, Source
from backfile.store.rows import Failed, Packed, pack_outcome

Batch = Sequence[tuple[Record, bytes]]
"""Records, each with its `record_sha256`."""

Processed = Packed | Failed

DEFECT = "defect of Backfile"


class Job(msgspec.Struct, frozen=True):
    """All that a worker must know; small, and written as bytes for one in another process.

    `profile` is `Profile.to_bytes()`, empty while there is none. `archive` is the archive's folder;
    without it no media are looked for. `index`: prepare the words for full-text search as well.
    """

    format: str
    options: Options
    profile: bytes = b""
    off: tuple[str, ...] = ()
    archive: str = ""
    media: MediaSection = MediaSection()
    index: bool = True


class Worker:
    """One pair of hands."""

    def __init__(self, job: Job, source: Source | None = None) -> None:
        self.job = job
        self.source = source or registry.source(job.format)
        self.profile = Profile.from_bytes(job.profile) if job.profile else Profile()
        self.off = frozenset(job.off)
        self.place: Place | None = MediaFolder(Path(job.archive), job.media).place if job.archive else None

    def shape(self, batch: Batch) -> list[Article]:
        found = []
        for record, _ in batch:
            try:
                found.append(shape_record(record, self.source, self.job.options).article)
            except Exception:  # noqa: S112 - it teaches nothing; processing will reject it and say why
                continue
        return found

    def process(self, batch: Batch) -> list[Processed]:
        return [self.process_one(record, sha) for record, sha in batch]

    def process_one(self, record: Record, sha: bytes) -> Processed:
        """Whatever goes wrong with one record is its result: it never stops the others."""
        try:
            outcome = process(record, self.source, self.job.options, self.profile, off=self.off, place=self.place)
            return pack_outcome(record, outcome, sha, index=self.job.index)
        except BackfileError as problem:
            return Failed(record, problem._head(), problem.hint)
        except Exception as defect:
            reason = f"{DEFECT}: {type(defect).__name__}: {str(defect)[:500]}"
            return Failed(
                record, reason, "Please report it with this record.", traceback.format_exc(limit=-20)[:20_000]
            )
