"""Characters that nobody sees and everybody feels: soft hyphens, zero-width signs, directions, stray controls."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="invisible-character",
    group="A9",
    title="Invisible and format characters",
    readers_saw="Words that the search does not find, gaps, boxes, or a hyphen in the middle of a line.",
    why=(
        "Layout programs and word processors mark possible breaks, directions and soft line ends with characters of "
        "their own, which were copied into the text."
    ),
    before="Gemeinde\\u00adversammlung, Null\\u200bpunkt",
    after="Gemeindeversammlung, Nullpunkt",
    will_get_wrong=(
        "Nothing that is known. The joiner inside an emoji, joiners in Persian or Indian scripts, and directions in a "
        "text that has Hebrew or Arabic letters stay. A soft hyphen before a space is taken out with the space only "
        "if the archive knows the joined word; else it is shown."
    ),
    grade="safe",
    since="0.1",
)

_SHY = "\u00ad"
_DELETED = "\x00-\x08\x0e-\x1b\x7f\u200b\u2060\ufeff\ufff9-\ufffb"
_JOINERS = "\u200c\u200d"
_DIRECTIONS = "\u200e\u200f\u202a-\u202e\u2066-\u2069"
_BREAKS = "\x0b\x0c\u2028\u2029"
_HYPHEN = "\x1e"
_SEPARATORS = "\x1c\x1d\x1f"
_CLASS = f"{_SHY}{_DELETED}{_JOINERS}{_DIRECTIONS}{_BREAKS}{_HYPHEN}{_SEPARATORS}"
_ANY = re.compile(rf"[{_BREAKS}][\s{_BREAKS}]*|[{_CLASS}]")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_LETTERS = re.compile(r"[^\W\d_]+")
_TRIGGER = (
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad" + f"{_JOINERS}\u200b\u2060\ufeff\ufff9-\ufffb{_DIRECTIONS}\u2028\u2029]"
)
_NAMES = {_SHY: "soft hyphen", "\u200b": "zero-width space", "\ufeff": "byte order mark"}


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    turned = _RIGHT_TO_LEFT.search(body.replace("\ufeff", "")) is not None
    for match in _ANY.finditer(body):
        sign = match.group()[0]
        start, end = match.span()
        if sign in _BREAKS_SET:
            yield _line_break(body, start, end, ask)
        elif sign == _HYPHEN or sign in _SEPARATORS:
            yield _separator(body, start, sign)
        elif sign == _SHY:
            yield from _soft_hyphen(body, start, ask)
        elif not (sign in _JOINERS and _joins(body, start)) and not (turned and _is_direction(sign)):
            yield Found(start=start, end=end, after="", drop=_NAMES.get(sign, "invisible character"))


_BREAKS_SET = frozenset(_BREAKS)


def _line_break(body: str, start: int, end: int, ask: Ask) -> Found:
    """A soft line end is one; in a field of one line it is a space."""
    while start and body[start - 1].isspace():
        start -= 1
    if start == 0 or end == len(body):
        return Found(start=start, end=end, after="", drop="line end")
    one_line = ask.block in ("headline", "kicker", "crosshead", "bylines", "section", "topics", "dateline")
    return Found(start=start, end=end, after=" " if one_line else "\n")


def _separator(body: str, at: int, sign: str) -> Found:
    """Inside a word: a word processor's hyphen that may not break, or that may. Else a wire's mark between fields."""
    before, after = body[at - 1 : at] if at else "", body[at + 1 : at + 2]
    if before.isalpha() and (after.islower() or (sign == _HYPHEN and after.isalpha())):
        return Found(start=at, end=at + 1, after="-") if sign == _HYPHEN else _gone(at)
    if before.isspace() or after.isspace() or not before or not after:
        return _gone(at)
    return Found(start=at, end=at + 1, after=" ")


def _gone(at: int) -> Found:
    return Found(start=at, end=at + 1, after="", drop="invisible character")


def _soft_hyphen(body: str, at: int, ask: Ask) -> Iterator[Found]:
    if body[at + 1 : at + 2] not in (" ", "\n") or not at:
        yield Found(start=at, end=at + 1, after="", drop="soft hyphen")
        return
    before = re.search(r"[^\W\d_]+\Z", body[max(0, at - 40) : at])
    after = _LETTERS.match(body, at + 2)
    if before and after and after.group()[0].islower():
        known = ask.known(before.group() + after.group())
        yield Found(start=at, end=at + 2, after="" if known else None, drop="soft hyphen" if known else "")
    else:
        yield Found(start=at, end=at + 1, after="", drop="soft hyphen")


def _joins(body: str, at: int) -> bool:
    """Whether a joiner stands between signs that need it: emoji, or letters of a script that joins."""
    before, after = body[at - 1 : at], body[at + 1 : at + 2]
    return bool(before and after) and (min(ord(before), ord(after)) > 0x2000 or 0x590 <= ord(before) <= 0x1200)


def _is_direction(sign: str) -> bool:
    return sign in "\u200e\u200f" or "\u202a" <= sign <= "\u202e" or "\u2066" <= sign <= "\u2069"


RULE = TextRule(card=CARD, trigger=_TRIGGER, find=find, preformatted=True, strings=True)
