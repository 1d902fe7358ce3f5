"""What a worker does: records in, packed results out. No database, no order, no memory of other records."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from backfile import registry
from backfile.article import Article, encoder
from backfile.config import MediaSection
from backfile.errors import BackfileError
from backfile.fault import Fault
from backfile.ledger import Op
from backfile.media import MediaFolder
from backfile.pipeline import Outcome, Place, process_together
from backfile.profile import Profile
from backfile.record import Options, Record, Source
from backfile.shaping import Shaped, shape
from backfile.store.rows import Failed, Packed, pack_together


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
        return cls(_shape_of(shaped).article, shaped) if shaped else None


class _Rest(msgspec.Struct, frozen=True, omit_defaults=True):
    """A shape without its article."""

    account: tuple[Op, ...] = ()
    faults: tuple[Fault, ...] = ()


Batch = Sequence[Task]

Processed = Packed | Failed

FEW = 100
FEW_BYTES = 1024 * 1024
"""So many records, or bytes of payload, take a step together."""
DEFECT = "defect of Backfile"
_article = msgspec.json.Decoder(Article)  # JSON keeps the zone of a date, MessagePack does not
_rest = msgspec.json.Decoder(_Rest)


def _bytes_of(shaped: Shaped) -> bytes:
    """The article as the store keeps it, so that one that nothing changes is not encoded again; a line end; the rest.
    JSON has no line ends of its own."""
    rest = msgspec.json.encode(_Rest(shaped.account, shaped.faults)) if shaped.account or shaped.faults else b""
    return encoder.encode(shaped.article) + b"\n" + rest


def _shape_of(data: bytes) -> Shaped:
    article, _, rest = data.partition(b"\n")
    found = _rest.decode(rest) if rest else _Rest()
    return Shaped(_article.decode(article), found.account, found.faults)


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
        return [lesson for few in together(batch) for lesson in self._shape(few)]

    def _shape(self, few: Batch) -> list[Lesson | None]:
        """Each step over some records, then the next: see `process_together`."""
        try:
            records = [task.record for task in few]
            fields = [self.source.fields(record, self.job.options) for record in records]
            shapes = [shape(r, f, self.job.options) for r, f in zip(records, fields, strict=True)]
            return [Lesson(shaped.article, _bytes_of(shaped)) for shaped in shapes]
        except Exception:  # one that cannot be shaped teaches nothing; processing will reject it and say why
            return [None] if len(few) == 1 else [self._shape([task])[0] for task in few]

    def process(self, batch: Batch) -> list[Processed]:
        return [result for few in together(batch) for result in self._process(few)]

    def process_record(self, record: Record, sha: bytes) -> Processed:
        return self.process_one(Task(record, sha))

    def _process(self, few: Batch) -> list[Processed]:
        try:
            return self._packed(few)
        except Exception:  # one of them: each on its own says which, and what is wrong with it
            return [self.process_one(task) for task in few]

    def process_one(self, task: Task) -> Processed:
        """Whatever goes wrong with one record is its result: it never stops the others."""
        record = task.record
        try:
            return self._packed([task])[0]
        except BackfileError as problem:
            return Failed(record, problem._head(), problem.hint)
        except Exception as defect:
            reason = f"{DEFECT}: {type(defect).__name__}: {str(defect)[:500]}"
            return Failed(
                record, reason, "Please report it with this record.", traceback.format_exc(limit=-20)[:20_000]
            )

    def _packed(self, few: Batch) -> list[Processed]:
        records = [task.record for task in few]
        shapes = [_shape_of(task.shaped) if task.shaped else None for task in few]
        outcomes = process_together(
            records, self.source, self.job.options, self.profile, off=self.off, place=self.place, shapes=shapes
        )
        encoded = [_article_bytes(*row) for row in zip(few, shapes, outcomes, strict=True)]
        return list(pack_together(records, outcomes, [task.sha for task in few], index=self.job.index, shapes=encoded))


def _article_bytes(task: Task, shaped: Shaped | None, outcome: Outcome) -> bytes:
    """The shaped article as it was encoded, unless a picture has found its place in it since."""
    if shaped is None or outcome.shaped is not shaped.article:
        return b""
    return task.shaped.partition(b"\n")[0]


def together(batch: Batch) -> Iterator[Batch]:
    """A batch in parts that take each step side by side: few enough to stay small in memory."""
    few: list[Task] = []
    size = 0
    for task in batch:
        few.append(task)
        size += len(task.record.payload)
        if len(few) >= FEW or size >= FEW_BYTES:
            yield few
            few, size = [], 0
    if few:
        yield few
