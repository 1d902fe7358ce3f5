"""Work in several processes: the main one reads and writes, the workers shape, mend, prove and pack.

Batches go out to whichever worker is free and come back in order. What is under way is bounded, so memory
is too. A worker that dies gives its batches back; a batch that kills twice is taken apart, and the one
record that did it is a result like any other.
"""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from threading import Thread
from typing import Any, Literal

import msgspec

from backfile.engines.work import DEFECT, Batch, Job, Lesson, Processed, Task, Worker
from backfile.errors import MissingTool
from backfile.store.rows import Failed

Step = Literal["shape", "process"]

READY = b"ready"
"""A worker's first word: it has imported what it needs."""
AHEAD = 3
"""Batches under way or waiting for their turn, for each worker."""

_encoder = msgspec.msgpack.Encoder()
_batch = msgspec.msgpack.Decoder(list[Task])
_shapes = msgspec.msgpack.Decoder(list[bytes])
_processed = msgspec.msgpack.Decoder(list[Processed])


class _Died(Exception):
    """A worker is gone: killed, out of memory, or crashed below Python."""

    def __init__(self, code: int | None) -> None:
        super().__init__(f"the worker ended with code {code}")


class _Hand:
    """One worker process and what it has been given, oldest first."""

    def __init__(self, job: bytes, step: Step) -> None:
        context = get_context("spawn")
        self.pipe, other = context.Pipe()
        self.process = context.Process(target=_work, args=(other, job, step), daemon=True)
        self.process.start()
        other.close()
        self.given: deque[int] = deque()
        self.ready = False

    def give(self, number: int, batch: bytes) -> None:
        self.given.append(number)
        with suppress(OSError):  # it has died: taking its answer will find out
            self.pipe.send_bytes(batch)

    def take(self) -> bytes:
        """The next answer. Raises `_Died` if the worker is gone, `MissingTool` if it never came to work."""
        try:
            if not self.ready:
                self.ready = self.pipe.recv_bytes() == READY
            return self.pipe.recv_bytes()
        except (EOFError, OSError) as problem:
            self.process.join(5)
            if not self.ready:
                raise MissingTool(
                    f"a worker cannot start: it ended with code {self.process.exitcode}",
                    hint="Try --workers 1; what went wrong stands above.",
                ) from problem
            raise _Died(self.process.exitcode) from problem

    def end(self) -> None:
        self.pipe.close()
        self.process.terminate()
        self.process.join(5)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


def _work(pipe: Connection, job: bytes, step: Step) -> None:
    """A worker's life. It ends when the main process closes the pipe, or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    worker = Worker(msgspec.msgpack.decode(job, type=Job))
    do = worker.process if step == "process" else partial(_shapes_of, worker)
    inbox: SimpleQueue[bytes | None] = SimpleQueue()
    pipe.send_bytes(READY)
    Thread(target=_receive, args=(pipe, inbox), daemon=True).start()
    while (batch := inbox.get()) is not None:
        answer = _encoder.encode(do(_batch.decode(batch)))
        with suppress(OSError):
            pipe.send_bytes(answer)


def _shapes_of(worker: Worker, batch: Batch) -> list[bytes]:
    return [lesson.shaped if lesson else b"" for lesson in worker.shape(batch)]


def _receive(pipe: Connection, inbox: SimpleQueue[bytes | None]) -> None:
    """Empties the pipe while the worker works: else both sides could wait for the other to read."""
    try:
        while True:
            inbox.put(pipe.recv_bytes())
    except (EOFError, OSError):
        inbox.put(None)


class Processes:
    def __init__(self, workers: int) -> None:
        self.workers = workers

    def shape(self, job: Job, batches: Iterable[Batch]) -> Iterator[list[Lesson | None]]:
        for answer in self._run(job, "shape", batches):
            yield [Lesson.of(shaped) for shaped in _shapes.decode(answer)]

    def process(self, job: Job, batches: Iterable[Batch]) -> Iterator[list[Processed]]:
        yield from map(_processed.decode, self._run(job, "process", batches))

    def _run(self, job: Job, step: Step, batches: Iterable[Batch]) -> Iterator[bytes]:
        team = _Team(self.workers, _encoder.encode(job), step)
        try:
            yield from team.run(batches)
        finally:
            team.end()


class _Team:
    """The workers of one pass. `waiting` holds batches until their answer has been given."""

    def __init__(self, workers: int, job: bytes, step: Step) -> None:
        self.job, self.step = job, step
        self.hands = [_Hand(job, step) for _ in range(workers)]
        self.waiting: dict[int, bytes] = {}
        self.answers: dict[int, bytes] = {}
        self.deaths: dict[int, int] = {}

    def run(self, batches: Iterable[Batch]) -> Iterator[bytes]:
        source = enumerate(batches)
        following, exhausted = 0, False
        while True:
            while not exhausted and len(self.waiting) < AHEAD * len(self.hands):
                number, batch = next(source, (-1, ()))
                if number < 0:
                    exhausted = True
                elif batch:
                    self._give(number, _encoder.encode(batch))
                else:
                    self.waiting[number], self.answers[number] = b"", _encoder.encode([])
            while following in self.answers:
                del self.waiting[following]
                yield self.answers.pop(following)
                following += 1
            if not self.waiting:
                if exhausted:
                    return
                continue
            if following not in self.answers:
                self._take()

    def _give(self, number: int, batch: bytes) -> None:
        self.waiting[number] = batch
        self._free().give(number, batch)

    def _free(self) -> _Hand:
        return min(self.hands, key=lambda hand: len(hand.given))

    def _take(self) -> None:
        """Wait until a worker answers or dies."""
        busy = {hand.pipe: hand for hand in self.hands if hand.given}
        for pipe in wait(list(busy)):
            hand = busy[pipe]  # type: ignore[index]
            try:
                answer = hand.take()
            except _Died as death:
                self._replace(hand, death)
            else:
                self.answers[hand.given.popleft()] = answer

    def _replace(self, hand: _Hand, death: _Died) -> None:
        """A new worker for a dead one. What the dead one was at goes out once more, then record by record."""
        lost = list(hand.given)
        hand.end()
        self.hands[self.hands.index(hand)] = _Hand(self.job, self.step)
        suspect = lost[0]
        self.deaths[suspect] = self.deaths.get(suspect, 0) + 1
        for number in lost:
            if number == suspect and self.deaths[suspect] > 1:
                self.answers[number] = self._one_by_one(_batch.decode(self.waiting[number]), death)
            else:
                self._free().give(number, self.waiting[number])

    def _one_by_one(self, batch: list[Task], death: _Died) -> bytes:
        """Each record by itself in a worker of its own, which is replaced when it dies."""
        results: list[Any] = []
        hand = _Hand(self.job, self.step)
        try:
            for task in batch:
                hand.give(0, _encoder.encode([task]))
                try:
                    results += msgspec.msgpack.decode(hand.take(), type=list[msgspec.Raw])
                except _Died as one:
                    hand.end()
                    hand = _Hand(self.job, self.step)
                    failed = Failed(task.record, f"{DEFECT}: {one}", "Please report it with this record.")
                    results.append(failed if self.step == "process" else b"")
        finally:
            hand.end()
        return _encoder.encode(results)

    def end(self) -> None:
        for hand in self.hands:
            hand.end()
