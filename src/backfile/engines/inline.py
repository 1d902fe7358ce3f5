"""All work in this process, one batch after the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from backfile.engines.work import Batch, Job, Lesson, Processed, Worker
from backfile.record import Source


class Inline:
    """`source` stands in for the registered one, so that others' sources can be tried."""

    def __init__(self, source: Source | None = None) -> None:
        self.source = source

    def shape(self, job: Job, batches: Iterable[Batch]) -> Iterator[list[Lesson | None]]:
        return map(Worker(job, self.source).shape, batches)

    def process(self, job: Job, batches: Iterable[Batch]) -> Iterator[list[Processed]]:
        return map(Worker(job, self.source).process, batches)
