"""What a tool made of each place, and of what was sound. By comparing texts only, so that every tool is judged alike.

The answer is aligned to the given text. A change that touches a place belongs to it; what the place then reads,
together with what the change took in around it, must be the right text in its surroundings. Every other change, and
what a change takes in of the blocks beyond, is harm.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import product
from typing import Literal, NamedTuple

import msgspec

from backfile.lab.sheet import GAP, Place

Verdict = Literal["exact", "left", "wrong"]
MOST_READINGS = 256
"""Combinations of right texts that are tried where one change took in several places."""
_TOKENS = re.compile(r"\n\n|\w+|\s|[^\w\s]")


class Change(NamedTuple):
    """`given[start:end]` became `answer[low:high]`."""

    start: int
    end: int
    low: int
    high: int


class Judged(msgspec.Struct, frozen=True):
    """One text of one answer: a verdict for each place, in order; the ranges of sound blocks, and which were changed.

    `beside`: changes inside a block that has a place, but not at it.
    """

    verdicts: tuple[Verdict, ...]
    got: tuple[str, ...]
    blocks: int
    harmed: tuple[tuple[int, int], ...]
    beside: tuple[tuple[int, int], ...]
    changes: tuple[Change, ...]


def changes(given: str, answer: str) -> list[Change]:
    """How the answer differs, by words and signs."""
    if given == answer:
        return []
    old, new = _TOKENS.findall(given), _TOKENS.findall(answer)
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = same = 0
    while same < min(len(old), len(new)) - first and old[-1 - same] == new[-1 - same]:
        same += 1
        last = same if old[-same] == GAP else last  # whole blocks only: what is gone is then gone from gap to gap
    at, to = _offsets(old), _offsets(new)
    matcher = SequenceMatcher(None, old[first : len(old) - last], new[first : len(new) - last], autojunk=False)
    return [
        Change(at[first + i1], at[first + i2], to[first + j1], to[first + j2])
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    ]


def _slid(found: list[Change], given: str, answer: str, places: Sequence[Place]) -> list[Change]:
    """The same changes, moved to a place where that is no other alignment but the same: of two equal sentences either
    may be the one that was taken out."""
    moved: list[Change] = []
    for number, one in enumerate(found):
        if (one.start == one.end) != (one.low == one.high) and not any(_at(one, place) for place in places):
            floor = moved[-1].end + 1 if moved else 0
            ceiling = found[number + 1].start - 1 if number + 1 < len(found) else len(given)
            moved.append(_towards(one, given if one.low == one.high else answer, places, floor, ceiling))
        else:
            moved.append(one)
    return moved


def _towards(one: Change, text: str, places: Sequence[Place], floor: int, ceiling: int) -> Change:
    """`text` is what holds the words that were taken out or put in."""
    first, last = (one.start, one.end) if one.low == one.high else (one.low, one.high)
    for step in (-1, 1):
        a, b, shift = first, last, 0
        while floor <= one.start + shift + step and one.end + shift + step <= ceiling:
            if _differ(text, (a - 1, b - 1) if step < 0 else (a, b)):
                break
            a, b, shift = a + step, b + step, shift + step
            there = Change(one.start + shift, one.end + shift, one.low + shift, one.high + shift)
            if any(_at(there, place) for place in places):
                return there
    return one


def _differ(text: str, at: tuple[int, int]) -> bool:
    """Whether other characters stand there, or none."""
    return at[0] < 0 or at[1] >= len(text) or text[at[0]] != text[at[1]]


def _at(change: Change, place: Place) -> bool:
    return change.end >= place.start and change.start <= place.end


def _offsets(tokens: Sequence[str]) -> list[int]:
    found = [0]
    for token in tokens:
        found.append(found[-1] + len(token))
    return found


class _View(NamedTuple):
    """One way to align an answer. `astray`: changes that do not amount to a right reading of the places they touch, or
    touch none; `mine`: changes that touch a place."""

    verdicts: list[Verdict]
    got: list[str]
    changes: list[Change]
    mine: set[Change]
    astray: list[Change]


def judge(given: str, clean: str, answer: str, places: Sequence[Place]) -> Judged:
    """The verdicts for one text.

    Where a text repeats itself there are several ways to align it. What is as it was given, or exactly as it ought to
    be, in either view is not called wrong.
    """
    seen = _view(given, answer, places)
    blocks = _blocks(given, places)
    sound = sum(not placed for *_, placed in blocks)
    if not seen.astray:
        return Judged(tuple(seen.verdicts), tuple(seen.got), sound, (), (), tuple(seen.changes))
    wanted = _as_they_ought(places)
    ought = _view(clean, answer, wanted)
    nearer = _size(ought.changes) < _size(seen.changes)
    for number, (verdict, other) in enumerate(zip(seen.verdicts, ought.verdicts, strict=True)):
        if other == "left" and (verdict == "wrong" or (verdict == "left" and nearer)):
            seen.verdicts[number], seen.got[number] = "exact", places[number].right[0]
    harmed, beside = [], []
    for start, end, placed in blocks:
        shift = sum(len(p.right[0]) - len(p.given) for p in places if p.end <= start)
        if placed:
            elsewhere = any(change not in seen.mine and _touches(change, start, end, True) for change in seen.astray)
            if elsewhere and any(change not in ought.mine for change in ought.astray):
                beside.append((start, end))
        elif _harms(seen, start, end) and _harms(ought, start + shift, end + shift):
            harmed.append((start, end))
    return Judged(tuple(seen.verdicts), tuple(seen.got), sound, tuple(harmed), tuple(beside), tuple(seen.changes))


def _size(found: list[Change]) -> int:
    return sum(one.end - one.start + one.high - one.low for one in found)


def _as_they_ought(places: Sequence[Place]) -> list[Place]:
    """The places in the clean text, with the right text given."""
    found, shift = [], 0
    for place in places:
        start, right = place.start + shift, place.right[0]
        shift += len(right) - len(place.given)
        found.append(msgspec.structs.replace(place, start=start, end=start + len(right), given=right))
    return found


def _view(given: str, answer: str, places: Sequence[Place]) -> _View:
    found = _slid(changes(given, answer), given, answer, places)
    verdicts: list[Verdict] = []
    got: list[str] = []
    mine: set[Change] = set()
    excused: set[Change] = set()
    for group, touching in _groups(places, found):
        readings, whole = _read(given, answer, found, [places[number] for number in group], touching)
        verdicts += [verdict for verdict, _ in readings]
        got += [text for _, text in readings]
        mine.update(touching)
        excused.update(touching if whole else ())
    return _View(verdicts, got, found, mine, [change for change in found if change not in excused])


def _blocks(given: str, places: Sequence[Place]) -> list[tuple[int, int, bool]]:
    """(start, end, whether a place lies in it) of every block with text."""
    found, start = [], 0
    for block in given.split(GAP):
        end = start + len(block)
        if block:
            found.append((start, end, any(_inside(place, start, end) for place in places)))
        start = end + len(GAP)
    return found


def _harms(view: _View, start: int, end: int) -> bool:
    return any(_touches(change, start, end, change in view.mine) for change in view.astray)


def _groups(places: Sequence[Place], found: list[Change]) -> list[tuple[list[int], list[Change]]]:
    """Places that the same changes touch belong together; each with the changes that touch it."""
    groups: list[tuple[list[int], list[Change]]] = []
    for number, place in enumerate(places):
        touching = [one for one in found if _at(one, place)]
        if groups and touching and groups[-1][1] and touching[0] in groups[-1][1]:
            groups[-1][0].append(number)
            groups[-1][1].extend(one for one in touching if one not in groups[-1][1])
        else:
            groups.append(([number], touching))
    return groups


def _read(
    given: str, answer: str, found: list[Change], places: list[Place], touching: list[Change]
) -> tuple[list[tuple[Verdict, str]], bool]:
    """(verdict, what stands there) of each place; and whether their surroundings are as they were."""
    if not touching:
        return [("left", place.given) for place in places], True
    start = min(places[0].start, touching[0].start)
    end = max(places[-1].end, touching[-1].end)
    low = start + sum(
        one.high - one.low - one.end + one.start for one in found if one.end <= start and one not in touching
    )
    high = low + end - start + sum(one.high - one.low - one.end + one.start for one in touching)
    text = answer[low:high]
    gaps = [
        given[a:b] for a, b in zip([start, *(p.end for p in places)], [*(p.start for p in places), end], strict=True)
    ]
    options = [(*place.right, place.given) for place in places]
    size = 1
    for one in options:
        size *= len(one)
    if size > MOST_READINGS:
        options = [(place.right[0], place.given) for place in places][:8] + [(p.right[0],) for p in places[8:]]
    for reading in product(*options):
        if text == gaps[0] + "".join(said + gap for said, gap in zip(reading, gaps[1:], strict=True)):
            return [("left" if said == place.given else "exact", said)
                    for said, place in zip(reading, places, strict=True)], True  # fmt: skip
    return [("wrong", text) for _ in places], False


def _inside(place: Place, start: int, end: int) -> bool:
    """Whether a place lies in the block, and not only in the gap beside it."""
    if place.start == place.end:
        return start <= place.start <= end
    return place.start < end and place.end > start


def _touches(change: Change, start: int, end: int, at_place: bool = False) -> bool:
    """Whether a change reaches into the block; at its edges only where it belongs to no place."""
    if change.start < end and change.end > start:
        return True
    if at_place:
        return start < change.start < end
    return change.start < end + 1 and change.end > start - len(GAP) and change.start <= end
