"""The judge of growth itself: noise does not fail it, quadratic work does not pass it."""

from __future__ import annotations

import gc
from collections.abc import Callable

import pytest
from tests.growth import ATTEMPTS, FLOOR, STEP, SURE, assert_linear

COUNT = 1000


class Clock:
    """A CPU clock that only the work moves: the test of the judge must not depend on the machine either."""

    def __init__(self, seconds: Callable[[int], float], hiccups: tuple[float, ...] = ()) -> None:
        self.seconds, self.hiccups = seconds, hiccups
        self.now, self.asked = 0.0, list[int]()

    def work(self, count: int) -> None:
        at = len(self.asked)
        self.asked.append(count)
        self.now += self.seconds(count) + (self.hiccups[at] if at < len(self.hiccups) else 0)

    def judge(self) -> None:
        assert_linear(self.work, COUNT, cost=lambda: self.now)


def linear(count: int) -> float:
    return 1e-5 * count


def quadratic(count: int) -> float:
    return 1e-8 * count**2


def test_linear_work_passes_at_once() -> None:
    clock = Clock(linear)
    clock.judge()
    assert clock.asked == [COUNT, COUNT, COUNT, STEP * COUNT]


def held_up(seconds: float, attempts: int) -> tuple[float, ...]:
    """The hiccups of a clock: every large run of the first attempts takes that much longer."""
    return (0, 0, 0, seconds) * attempts


@pytest.mark.parametrize(
    "hiccups", [held_up(20 * linear(COUNT), ATTEMPTS - 1), held_up(1.0, SURE - 1)], ids=["often", "hugely"]
)
def test_noise_is_no_growth(hiccups: tuple[float, ...]) -> None:
    clock = Clock(linear, hiccups)
    clock.judge()
    assert len(clock.asked) == len(hiccups) + 4


def test_a_hold_up_of_the_small_run_hides_nothing() -> None:
    for hiccups in ((1.0,), (1.0, 1.0), (0, 1.0, 1.0)):
        with pytest.raises(AssertionError, match="not linear"):
            Clock(quadratic, hiccups).judge()


def test_quadratic_work_fails_soon_and_says_both_times() -> None:
    clock = Clock(quadratic)
    with pytest.raises(AssertionError, match=r"10\.0 ms for 1000, 640\.0 ms for 8000: 64 times as much, more than 28"):
        clock.judge()
    assert clock.asked.count(STEP * COUNT) == SURE


def test_very_slow_quadratic_work_is_measured_once() -> None:
    clock = Clock(lambda count: 100 * quadratic(count))
    with pytest.raises(AssertionError, match="64 times as much"):
        clock.judge()
    assert clock.asked.count(STEP * COUNT) == 1


def test_partly_quadratic_work_is_measured_often_and_fails() -> None:
    clock = Clock(lambda count: 1e-5 * count + 1e-8 * count**2)
    with pytest.raises(AssertionError, match="36 times as much"):
        clock.judge()
    assert clock.asked.count(STEP * COUNT) == ATTEMPTS


def test_next_to_nothing_passes() -> None:
    clock = Clock(lambda count: quadratic(count) * FLOOR)
    clock.judge()
    assert len(clock.asked) == STEP // 2


def test_real_work_is_told_apart() -> None:
    def doubled(count: int) -> int:
        return sum(2 * number for number in range(count))

    def compared(count: int) -> int:
        return sum(number in seen for seen in [[-1] * count] for number in range(count))

    assert_linear(doubled, 10_000)
    with pytest.raises(AssertionError, match="not linear"):
        assert_linear(compared, 500)


def test_the_collector_is_off_meanwhile_and_on_again_even_after_a_failure() -> None:
    states: list[bool] = []

    def work(count: int) -> None:
        states.append(gc.isenabled())
        raise RuntimeError

    assert gc.isenabled()
    with pytest.raises(RuntimeError):
        assert_linear(work, 1)
    assert states == [False]
    assert gc.isenabled()
