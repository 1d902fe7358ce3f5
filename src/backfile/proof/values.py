"""Values that are no texts: dates, languages, addresses. A leaf that is claimed as one must agree with it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

LONGEST_VALUE = 2000
"""Hardly a value is longer; a longer leaf that is claimed as one hides text, unless the field holds it whole."""

_NUMBERS = re.compile(r"\d+")


def value_problem(name: str, value: Any, leaf: str) -> str:
    """What is wrong with claiming `leaf` as the field `name`, whose value is `value`; empty if nothing is."""
    if len(leaf) > LONGEST_VALUE and not _held(value, leaf.strip()):
        return "too long for a value"
    if isinstance(value, datetime):
        return _date_problem(value, leaf.strip())
    return ""


def _held(value: Any, leaf: str) -> bool:
    return bool(value == leaf or (isinstance(value, tuple) and leaf in value))


def _date_problem(value: datetime, leaf: str) -> str:
    """A leaf that can be read as a point in time must be the same one; any other must at least name its year."""
    told = _read(leaf)
    if told is not None:
        return "" if _agree(value, told) else f"the article says {value.isoformat()}"
    if not _NUMBERS.search(leaf):
        return "" if len(leaf) < 64 else "holds no date"
    numbers = {int(number) for number in _NUMBERS.findall(leaf[:200]) if len(number) < 18}
    if numbers & {value.year, value.year % 100} or any(_digits_of(value, leaf)):
        return ""
    return f"the article says {value.isoformat()}"


def _digits_of(value: datetime, leaf: str) -> list[bool]:
    """Dates without separators (`20110305T1200`), or seconds since 1970."""
    seconds = str(int(value.timestamp()))
    return [value.strftime("%Y%m%d") in leaf, seconds in leaf]


def _read(leaf: str) -> datetime | None:
    try:
        return datetime.fromisoformat(leaf)
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(leaf)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _agree(value: datetime, told: datetime) -> bool:
    """The same instant; where one has no zone, the same time on the clock in any zone."""
    zone = told.tzinfo
    if zone is None or zone == UTC:
        seconds = abs((_clock(value) - _clock(told)).total_seconds())
        if seconds == 0 or (seconds <= 14 * 3600 and seconds % 900 == 0):
            return True
    return zone is not None and value.tzinfo is not None and value == told


def _clock(time: datetime) -> datetime:
    """Without its zone, which `replace` takes ten times as long for."""
    return datetime.combine(time.date(), time.time())
