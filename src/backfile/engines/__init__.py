"""Where the work of an import is done: in this process (`inline`), or in several (`processes`).

An engine takes batches in order and gives their results in the same order, however many hands it
has: the store's one writer decides everything that depends on order, so every engine gives the same
archive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from backfile.engines.work import Batch, Job, Lesson, Processed, Task

__all__ = ["Batch", "Engine", "Job", "Lesson", "Processed", "Task", "engine"]


class Engine(Protocol):
    """Both methods are lazy, bounded in memory, and keep the order of the batches."""

    def shape(self, job: Job, batches: Iterable[Batch]) -> Iterator[list[Lesson | None]]:
        """One shaped article for each record of each batch; None for what cannot be shaped."""

    def process(self, job: Job, batches: Iterable[Batch]) -> Iterator[list[Processed]]:
        """One result for each record of each batch."""


def engine(workers: int = 1) -> Engine:
    """The engine for so many workers."""
    if workers <= 1:
        from backfile.engines.inline import Inline

        return Inline()
    from backfile.engines.processes import Processes

    return Processes(workers)
