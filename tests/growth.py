"""Whether work grows with its input as it must: judged by a ratio within one process, never by a clock's limit."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import process_time

STEP = 8
MOST = 28
"""Of eight times as much, linear work costs about 8 times as much, quadratic work 64 times; between them lies what the
processor's caches do, which hold the smaller work and not the larger."""
FLOOR = 0.02
"""Seconds: below it the cost says nothing, and what is quadratic would be far above it."""
ATTEMPTS, SURE = 5, 3
LONG = 5.0
"""Noise does not come SURE times at once, nor for so many seconds."""


def assert_linear(work: Callable[[int], object], count: int, *, cost: Callable[[], float] = process_time) -> None:
    """Fail if `work` on eight times `count` takes far more than eight times the CPU time of `work` on `count`.

    Noise only ever adds to what is measured. So the least of several runs counts, and too high a ratio is measured
    again: noise passes some time, quadratic work never. `count` must be so large that quadratic work would cost much
    more than FLOOR: scans in C take their time only over some 100 KB.
    """
    small = large = float("inf")
    with _without_collector():
        for attempt in range(ATTEMPTS):
            small = min(small, *(_seconds(work, count, cost) for _ in range(3)))
            large = min(large, _seconds(work, STEP * count, cost))
            if large <= max(FLOOR, MOST * small):
                return
            if large > 2 * MOST * small and (attempt + 1 >= SURE or large > LONG):  # spend no more on it
                break
    raise AssertionError(
        f"not linear: {1000 * small:.1f} ms for {count}, {1000 * large:.1f} ms for {STEP * count}:"
        f" {large / max(small, 1e-9):.0f} times as much, more than {MOST}"
    )


def _seconds(work: Callable[[int], object], count: int, cost: Callable[[], float]) -> float:
    before = cost()
    work(count)
    return cost() - before


@contextmanager
def _without_collector() -> Iterator[None]:
    """What the collector of cycles costs depends on all that the process holds, not on the work."""
    before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if before:
            gc.enable()
