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
from backfile.shaping import Shaped
from backfile.store.rows import Failed, Packed, pack_outcome


class Task(msgspec.Struct, frozen=True, array_like=True):
    """A record to be worked on, its `record_sha256`, and `Lesson.shaped` if it has been shaped before."""

    record: Record
    sha: bytes = b""
    shaped: bytes = b""


class Lesson(msgspec.Struct, frozen=True):
    """A shaped article for the profile to learn from, and all of its shape as bytes."""

    article: Article
    shaped: bytes

    @classmethod
    def of(cls, shaped: bytes) -> Lesson | None:
        return cls(_decoder.decode(shaped).article, shaped) if shaped else None


Batch = Sequence[Task]

Processed = Packed | Failed

DEFECT = "defect of Backfile"
_encoder = msgspec.json.Encoder()  # JSON keeps the zone of a date, MessagePack does not
_decoder = msgspec.json.Decoder(Shaped)


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

    def shape(self, batch: Batch) -> list[Lesson | None]:
        return [self._shape_one(task.record) for task in batch]

    def _shape_one(self, record: Record) -> Lesson | None:
        try:
            shaped = shape_record(record, self.source, self.job.options)
            return Lesson(shaped.article, _encoder.encode(shaped))
        except Exception:  # it teaches nothing; processing will reject it and say why
            return None

    def process(self, batch: Batch) -> list[Processed]:
        return [self.process_one(task) for task in batch]

    def process_record(self, record: Record, sha: bytes) -> Processed:
        return self.process_one(Task(record, sha))

    def process_one(self, task: Task) -> Processed:
        """Whatever goes wrong with one record is its result: it never stops the others."""
        record = task.record
        try:
            shaped = _decoder.decode(task.shaped) if task.shaped else None
            outcome = process(
                record, self.source, self.job.options, self.profile, off=self.off, place=self.place, shaped=shaped
            )
            return pack_outcome(record, outcome, task.sha, index=self.job.index)
        except BackfileError as problem:
            return Failed(record, problem._head(), problem.hint)
        except Exception as defect:
            reason = f"{DEFECT}: {type(defect).__name__}: {str(defect)[:500]}"
            return Failed(
                record, reason, "Please report it with this record.", traceback.format_exc(limit=-20)[:20_000]
            )
