"""Where the faults that a tool reports lie in the text that it was given.

A report is in the form of `backfile pipe`: `name`, `block` (a block's id, or a field), `start`, `end`, and where there
are any `before` and `after`. Its place speaks of the answer, or of a state in between: so it is looked up by its words,
the nearest ones where they stand more than once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from backfile.lab.judging import Change
from backfile.lab.sheet import TEXT

_FIELDS = {"headline": "headline", "kicker": "kicker", "bylines": "byline", "byline": "byline", "published": "date",
           "date": "date"}  # fmt: skip


class Report(NamedTuple):
    """A reported fault, and the range of the given text `at` that it speaks of."""

    name: str
    at: str
    start: int
    end: int


def reports(answer: Mapping[str, Any], given: Mapping[str, str], changes: Sequence[Change]) -> Iterator[Report]:
    """Every reported fault. Where its words stand nowhere, the block is its place, and else the whole text."""
    spans = dict(_spans(answer))
    used: set[tuple[str, int]] = set()
    for fault in answer.get("faults") or ():
        block = str(fault.get("block", ""))
        at = _FIELDS.get(block, TEXT)
        text = given.get(at, "")
        if at != TEXT:
            yield Report(fault["name"], at, 0, len(text))
            continue
        low, high = spans.get(block, (0, 0))
        near = low + int(fault.get("start") or 0)
        yield Report(fault["name"], at, *_located(fault, text, near, (low, high), changes, used))


def _located(
    fault: Mapping[str, Any],
    text: str,
    near: int,
    block: tuple[int, int],
    changes: Sequence[Change],
    used: set[tuple[str, int]],
) -> tuple[int, int]:
    before = str(fault.get("before") or "")
    if not before.strip() and fault.get("state") == "mended" and changes:
        near = _back(near, changes)[0]
        chosen = min(changes, key=lambda one: (("", one.start) in used, abs(one.start - near)))
        used.add(("", chosen.start))
        return chosen.start, chosen.end
    if before.strip() and (start := _nearest(text, before, _back(near, changes)[0], used)) >= 0:
        used.add((before, start))
        return start, start + len(before)
    if int(fault.get("end") or 0) and block[1]:
        end = near + int(fault["end"]) - int(fault["start"])
        return _back(near, changes)[0], _back(end, changes)[1]
    if block[1]:
        return _back(block[0], changes)[0], _back(block[1], changes)[1]
    return 0, len(text)


def _nearest(text: str, words: str, near: int, used: set[tuple[str, int]]) -> int:
    """Where the words stand, nearest first, and no two reports at one place unless there is no other; -1 if nowhere."""
    found, at = [], text.find(words)
    while at >= 0:
        found.append(at)
        at = text.find(words, at + 1)
    free = [at for at in found if (words, at) not in used] or found
    return min(free, key=lambda at: abs(at - near), default=-1)


def _back(offset: int, changes: Sequence[Change]) -> tuple[int, int]:
    """What an offset of the answer was in the given text; a range, where that was changed."""
    shift = 0
    for one in changes:
        if offset < one.low:
            break
        if offset <= one.high:
            return one.start, one.end
        shift = one.end - one.high
    return offset + shift, offset + shift


def _spans(answer: Mapping[str, Any]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Where each block stands in the answer's text."""
    text = str(answer.get("text") or "")
    lead = str(answer.get("lead") or "")
    if lead:
        yield "lead", (0, len(lead))
    at = len(lead)
    for block in answer.get("blocks") or ():
        said = str(block.get("text") or "")
        first = said.partition("\n")[0]
        start = text.find(first, at) if first else -1
        if start >= 0:
            at = start + len(first)
            yield str(block.get("id")), (start, start + len(said))
