"""The careful comparison of one leaf: every place against the visible text of its own ranges, then what is left.

The innermost range owns a stretch of the leaf: a shortcode dropped inside a paragraph belongs to the drop,
the rest of the paragraph to the paragraph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from backfile.proof.normal import decode, decode_attribute, glued, same, squeeze
from backfile.proof.places import Claim
from backfile.proof.segments import Segment
from backfile.proof.verdict import Kind, Problem, excerpt

_TELLING = 8
"""Shorter texts than this occur by chance."""


class Owned:
    """What a claim's ranges hold: flow in order, words in markup inside them, and all of it together."""

    __slots__ = ("claim", "everything", "flow", "hidden", "inside")

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.flow: list[str] = []
        self.everything: list[str] = []
        self.hidden: list[Segment] = []
        """Segments of markup that the claim's range encloses."""
        self.inside: list[Segment] = []
        """Segments of the one piece of markup that the claim's range lies in."""


Interval = tuple[int, int, int]
"""start, end, number of the owner."""


def intervals(claims: list[Claim]) -> Iterator[Interval]:
    """Stretches with their innermost owner, in order."""
    ranges = sorted((start, -end, number) for number, claim in enumerate(claims) for start, end in claim.ranges())
    stack: list[tuple[int, int]] = []
    at = 0
    for start, minus_end, number in ranges:
        while stack and stack[-1][0] <= start:
            end, owner = stack.pop()
            if at < end:
                yield at, end, owner
                at = end
        if stack and at < start:
            yield at, start, stack[-1][1]
        at = max(at, start)
        stack.append((-minus_end, number))
    while stack:
        end, owner = stack.pop()
        if at < end:
            yield at, end, owner
            at = end


def tile(path: str, leaf: str, parts: list[Segment], claims: list[Claim], known: frozenset[str]) -> list[Problem]:
    """What is wrong with the claims on a leaf read as `parts`. `known`: squeezed titles of marks."""
    claims = [claim for claim in claims if claim.text.strip()]
    owned = [Owned(claim) for claim in claims]
    left: list[Segment] = []
    _distribute(leaf, parts, list(intervals(claims)), owned, left)
    problems = [problem for one in owned for problem in _compare(path, leaf, one, left)]
    _name_exchanges(problems)
    _name_duplicates(problems, parts)
    problems += _losses(path, left, parts, known, owned)
    return problems


def _distribute(
    leaf: str, parts: list[Segment], stretches: list[Interval], owned: list[Owned], left: list[Segment]
) -> None:
    """Give every segment, or the part of it that lies in a stretch, to the stretch's owner; the rest to `left`."""
    number = 0
    for part in parts:
        while number < len(stretches) and stretches[number][1] <= part.start:
            number += 1
        at, ahead = part.start, number
        while at < part.end:
            if ahead >= len(stretches) or stretches[ahead][0] >= part.end:
                _leave(leaf, part, at, part.end, left)
                break
            start, end, owner = stretches[ahead]
            if at < start:
                _leave(leaf, part, at, start, left)
                at = start
            stop = min(end, part.end)
            _give(_clip(leaf, part, at, stop), owned[owner], left)
            at, ahead = stop, ahead + 1


def _clip(leaf: str, part: Segment, start: int, end: int) -> Segment:
    if (start, end) == (part.start, part.end):
        return part
    raw = leaf[start:end]
    if part.kind == "attribute":
        raw = decode_attribute(raw)
    elif part.kind not in ("literal", "raw", "comment"):
        raw = decode(raw)
    return part._replace(start=start, end=end, text=raw, parted=part.parted and start == part.start)


def _leave(leaf: str, part: Segment, start: int, end: int, left: list[Segment]) -> None:
    clipped = _clip(leaf, part, start, end)
    if clipped.must and clipped.text.strip():
        left.append(clipped)


def _give(part: Segment, owner: Owned, left: list[Segment]) -> None:
    owner.everything.append(part.text if part.must else "")
    if part.kind in ("flow", "literal"):
        owner.flow.append(f"\n{part.text}" if part.parted else part.text)
        return
    start, end = part.outer
    if any(start <= a and b <= end for a, b in owner.claim.ranges() if a <= part.start < b):
        owner.inside.append(part)
    elif part.must:
        owner.hidden.append(part)


def _compare(path: str, leaf: str, one: Owned, left: list[Segment]) -> list[Problem]:
    """Nothing if the claim's text is what its ranges show; what it leaves over goes to `left`."""
    claim = one.claim
    found = squeeze(claim.text)
    if one.inside and not one.flow:
        return _compare_inside(path, one, found, left)
    shown = "".join(one.flow)
    expected = squeeze(shown)
    if same(found, expected):
        left += one.hidden
        words = glued(claim.text, shown) if claim.kind not in ("drop", "move") else ""
        return [_glue(path, claim, words)] if words else []
    if claim.kind == "drop" and _names_it_all(leaf, one, found):
        return []
    left += one.hidden
    return [_difference(path, claim, expected, found)]


def _glue(path: str, claim: Claim, words: str) -> Problem:
    return Problem(
        kind="glue", leaf=path, start=claim.start, end=claim.end, at=claim.place(), expected=excerpt(words),
        found=excerpt(words.replace(" ", "")),
    )  # fmt: skip


def _names_it_all(leaf: str, one: Owned, found: str) -> bool:
    """A drop may also name the markup as it stands, or all words in it, those of attributes included."""
    if same(found, squeeze("".join(one.everything))):
        return True
    return same(found, squeeze("".join(leaf[start:end] for start, end in one.claim.ranges())))


def _compare_inside(path: str, one: Owned, found: str, left: list[Segment]) -> list[Problem]:
    """A claim inside one tag or comment: all words there, or those of one attribute."""
    if same(found, squeeze("".join(part.text for part in one.inside))):
        return []
    must = [part for part in one.inside if part.must]
    if same(found, squeeze("".join(part.text for part in must))):
        return []
    for part in one.inside:
        if same(found, squeeze(part.text)):
            left += [other for other in must if other is not part]
            return []
    if one.claim.kind == "drop" and any(found in squeeze(part.text) for part in one.inside):
        left += must
        return []
    return [_difference(path, one.claim, squeeze("".join(part.text for part in must)), found)]


def _difference(path: str, claim: Claim, expected: str, found: str) -> Problem:
    """The problem, with what both have in common at the ends cut away."""
    head = 0
    for one, other in zip(expected, found, strict=False):
        if one != other:
            break
        head += 1
    tail = 0
    limit = min(len(expected), len(found)) - head
    while tail < limit and expected[-1 - tail] == found[-1 - tail]:
        tail += 1
    want, got = expected[head : len(expected) - tail], found[head : len(found) - tail]
    kind: Kind = "change" if want and got else "loss" if want else "invention"
    return Problem(
        kind=kind,
        leaf=path,
        start=claim.start,
        end=claim.end,
        at=claim.place(),
        expected=excerpt(want),
        found=excerpt(got),
    )


def _name_exchanges(problems: list[Problem]) -> None:
    """Two places that hold each other's text are out of order, not changed."""
    wanted = {problem.expected for problem in problems if problem.kind == "change"}
    for number, problem in enumerate(problems):
        if problem.kind == "change" and problem.found in wanted:
            problems[number] = msgspec.structs.replace(problem, kind="order")


def _name_duplicates(problems: list[Problem], parts: list[Segment]) -> None:
    """What the source holds, but not there, was told twice."""
    if any(problem.kind == "invention" for problem in problems):
        shown = squeeze("".join(part.text for part in parts))
        for number, problem in enumerate(problems):
            if problem.kind == "invention" and len(problem.found) >= _TELLING and problem.found in shown:
                problems[number] = msgspec.structs.replace(problem, kind="duplicate")


def _losses(
    path: str, left: Iterable[Segment], parts: list[Segment], known: frozenset[str], owned: list[Owned]
) -> list[Problem]:
    """What no claim names. An attribute's words are not lost if a mark carries them or its own tag says them again."""
    said = {(squeeze(one.claim.text), part.outer) for one in owned for part in one.inside}
    problems = []
    for part in left:
        words = squeeze(part.text)
        if not words or (part.kind == "attribute" and words in known):
            continue
        if part.kind == "attribute" and (words, part.outer) in said:
            continue
        where = "" if part.kind in ("flow", "literal") else part.kind
        problems.append(
            Problem(
                kind="loss", leaf=path, start=part.start, end=part.end, expected=excerpt(part.text.strip()), note=where
            )
        )
    return problems
