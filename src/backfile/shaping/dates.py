"""Dates as old systems wrote them → aware datetimes. A date that cannot be is None: never guessed, never today's."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from functools import lru_cache
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backfile.errors import ConfigError

EARLIEST = 1500
"""No newspaper is older."""


class Read(NamedTuple):
    """`fault`: `missing-date` for an empty or zero date, `impossible-date` for anything else that is none."""

    date: datetime | None
    fault: Literal["", "missing-date", "impossible-date"] = ""


_MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "januar jänner jan january janvier janv gennaio gen", "februar feber feb february février fevrier févr fév"
            " febbraio", "märz maerz mär mrz march mar mars marzo", "april apr avril avr aprile",
            "mai may maggio mag", "juni jun june juin giugno giu", "juli jul july juillet juil luglio lug",
            "august aug août aout agosto ago", "september sept sep septembre settembre set",
            "oktober okt october oct octobre ottobre ott", "november nov novembre", "dezember dez december dec"
            " décembre decembre déc dicembre dic",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_ZERO = re.compile(r"[0\s:.\-/TZ+]*").fullmatch
_ISO = re.compile(r"\d{4}-?\d\d(?:-?\d\d)?(?:[T ].*)?").fullmatch
_SHORT_TIME = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d{1,2}):(\d\d)(?::(\d\d))?(?:[.,]\d+)?\s*(Z|[+-]\d\d:?\d\d)?"
).fullmatch
_TIME = (
    r"(?:[\s,]*(?:um|à|a|at|alle|ore|h|-|–|\|)?\s*(?P<hour>\d{1,2})(?:[:.h]\s?(?P<minute>\d\d))(?::(?P<second>\d\d))?"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*(?:uhr|heures|h)?)?"
)
_NUMBERS = re.compile(
    rf"(?P<day>\d{{1,2}})[./-]\s?(?P<month>\d{{1,2}})[./-]\s?(?P<year>\d{{4}}){_TIME}", re.I
).fullmatch
_SLASHED = re.compile(rf"(?P<year>\d{{4}})[/.](?P<month>\d{{1,2}})[/.](?P<day>\d{{1,2}}){_TIME}", re.I).fullmatch
_DAY = r"(?:[^\W\d_]+\.?,?\s+)?(?:(?:den|le|il|the)\s+)?"
_LONG = re.compile(
    rf"{_DAY}(?P<day>\d{{1,2}})(?:\.|er|°|º|st|nd|rd|th)?\s*(?:of\s+)?(?P<name>[^\W\d_]+)\.?,?\s+(?P<year>\d{{4}}){_TIME}",
    re.I,
).fullmatch
_ENGLISH = re.compile(
    rf"(?:[^\W\d_]+\.?,?\s+)?(?P<name>[^\W\d_]+)\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}}){_TIME}",
    re.I,
).fullmatch


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo:
    """The zone of that name. Raises `ConfigError` for one that does not exist."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise ConfigError(f"there is no time zone {name!r}", hint="Try one such as Europe/Zurich.") from problem


def read(value: str, zone: str, offset: str = "") -> Read:
    """The date that `value` says. One without a zone of its own is local time in `zone`, or at `offset` (`+01:00`)."""
    text = value.strip()
    if _ZERO(text):
        return Read(None, "missing-date")
    try:
        found = _parsed(text)
        if found is None or not EARLIEST <= found.year < 9000:
            return Read(None, "impossible-date")
        if found.tzinfo is None:
            local = _offset(offset)
            if local is None:
                return Read(found.replace(tzinfo=zone_of(zone)))
            found = found.replace(tzinfo=local)
        return Read(found.astimezone(zone_of(zone)))
    except (ValueError, OverflowError, TypeError, IndexError, OSError):
        return Read(None, "impossible-date")


def is_future(date: datetime) -> bool:
    """More than a day ahead: not a matter of zones."""
    return date > datetime.now(UTC) + timedelta(days=1)


@lru_cache(maxsize=256)
def _offset(offset: str) -> timezone | None:
    if not offset:
        return None
    sign = -1 if offset[0] == "-" else 1
    digits = re.sub(r"\D", "", offset).ljust(4, "0")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:4])))


def _parsed(text: str) -> datetime | None:
    if len(text) > 100:
        return None
    if text.isascii() and text.isdigit():
        return _number(text)
    if _ISO(text):
        return _iso(text)
    for pattern in (_NUMBERS, _SLASHED, _LONG, _ENGLISH):
        if found := pattern(text):
            date = _of(found)
            if date is not None:
                return date
    return parsedate_to_datetime(text)


def _iso(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        found = _SHORT_TIME(text)
        if found is None:
            if re.fullmatch(r"\d{4}-\d\d", text):
                raise
            return parsedate_to_datetime(text)
        day, hour, minute, second, zone = found.groups()
        return datetime.fromisoformat(f"{day}T{int(hour):02}:{minute}:{second or '00'}{zone or ''}")


def _number(text: str) -> datetime | None:
    """`20110305`, `20110305143000`, or seconds or milliseconds since 1970."""
    if len(text) in (8, 12, 14) and text[:2] in ("15", "16", "17", "18", "19", "20"):
        return datetime.strptime(text.ljust(14, "0"), "%Y%m%d%H%M%S")
    if 8 <= len(text) <= 10:
        return datetime.fromtimestamp(int(text), UTC)
    return datetime.fromtimestamp(int(text) / 1000, UTC) if 12 <= len(text) <= 13 else None


def _of(found: re.Match[str]) -> datetime | None:
    """From named parts; the month first only where it cannot be the day (`12/25/2003`)."""
    parts = found.groupdict()
    name = parts.get("name")
    month = _MONTHS.get(name.lower().rstrip("."), 0) if name else int(parts["month"])
    day = int(parts["day"])
    if name and not month:
        return None
    if not name and month > 12 >= day:
        day, month = month, day
    hour, minute, second = (int(parts[key] or 0) for key in ("hour", "minute", "second"))
    half = (parts["half"] or "").lower()[:1]
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    return datetime(int(parts["year"]), month, day, hour, minute, second)
