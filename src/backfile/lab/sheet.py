"""An article while faults are put into it: what stands there, and what ought to.

A text is a row of segments, sound ones and places. A place knows what is given and what would be right, so that
putting the right text into every place gives the clean article back: this is so by construction, also where a fault
is put upon a fault. The visible text is one string: the lead, then the blocks, joined by blank lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from backfile.lab.clean import CleanArticle

GAP = "\n\n"
"""Between two blocks."""
TEXT = "text"
FIELDS = ("headline", "kicker", "byline", "date")
"""Texts beside the running one; a question has them only where its format has a place for them."""


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """`new` in place of `text[start:end]`. `also`: what would be as right as the text that stood there. `raw`: the
    payload's HTML for it, if it is not `new` as text. `kinds`: of the blocks that it adds; where it
    adds none, of the block that it is in."""

    start: int
    end: int
    new: str
    at: str = TEXT
    also: tuple[str, ...] = ()
    raw: str = ""
    kinds: tuple[str, ...] = ()


class Segment(msgspec.Struct, frozen=True):
    """A stretch of text. `right` is empty for a sound one; its first entry is the clean text."""

    given: str
    right: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    raw: str = ""


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """One fault put into an article: `given` stands at `start:end` of the text `at`; `right[0]` is the clean text."""

    classes: tuple[str, ...]
    at: str
    start: int
    end: int
    given: str
    right: tuple[str, ...]


class Block(NamedTuple):
    """One block of the visible text, as it is given."""

    kind: str
    start: int
    end: int
    text: str


class Sheet:
    """What injectors look at, and what their edits change."""

    def __init__(self, article: CleanArticle) -> None:
        self.article = article
        self.language = article.language
        blocks = ([(article.lead, "lead")] if article.lead else []) + [(b.text, b.type) for b in article.blocks]
        self.kinds = [kind for _, kind in blocks]
        self.segments: dict[str, list[Segment]] = {TEXT: [Segment(GAP.join(text for text, _ in blocks))]}
        for name in FIELDS:
            self.segments[name] = [Segment(getattr(article, name))]

    @property
    def text(self) -> str:
        return self.given(TEXT)

    def given(self, at: str) -> str:
        return "".join(segment.given for segment in self.segments[at])

    def clean(self, at: str) -> str:
        return "".join(segment.right[0] if segment.right else segment.given for segment in self.segments[at])

    def blocks(self, *kinds: str) -> list[Block]:
        """The blocks of these kinds; without any, all."""
        found, start = [], 0
        for kind, text in zip(self.kinds, self.text.split(GAP), strict=True):
            if not kinds or kind in kinds:
                found.append(Block(kind, start, start + len(text), text))
            start += len(text) + len(GAP)
        return found

    def places(self) -> Iterator[Place]:
        for at, segments in self.segments.items():
            start = 0
            for one in segments:
                end = start + len(one.given)
                if one.right and one.given != one.right[0]:  # a fault upon a fault may undo it
                    yield Place(classes=one.classes, at=at, start=start, end=end, given=one.given, right=one.right)
                start = end

    def apply(self, edits: list[Edit], name: str) -> None:
        """Put in the faults of one class; the edits speak of the text as it now is and do not overlap."""
        for edit in sorted(edits, key=lambda one: (one.at, one.start), reverse=True):
            if edit.at == TEXT:
                self._count_kinds(edit)
            self.segments[edit.at] = _put(self.segments[edit.at], edit, name)

    def _count_kinds(self, edit: Edit) -> None:
        text = self.text
        index = text.count(GAP, 0, edit.start)
        gone, come = text.count(GAP, edit.start, edit.end), edit.new.count(GAP)
        if edit.new.endswith(GAP) and (not edit.start or text[: edit.start].endswith(GAP)):
            index -= 1  # the new blocks come before the one that begins here
        kinds = edit.kinds or ("paragraph",) * max(0, come - gone)
        self.kinds[index + 1 : index + 1 + max(0, gone - come)] = list(kinds)[: max(0, come - gone)]
        if edit.kinds and come <= gone:
            self.kinds[index] = edit.kinds[0]


def _put(segments: list[Segment], edit: Edit, name: str) -> list[Segment]:
    """The row with the edit in it. Places that it overlaps or touches become one with it."""
    before: list[Segment] = []
    middle: list[Segment] = []
    after: list[Segment] = []
    start = 0
    for one in segments:
        end = start + len(one.given)
        if end < edit.start or (end == edit.start and not one.right):
            before.append(one)
        elif start > edit.end or (start == edit.end and not one.right and end > edit.end):
            after.append(one)
        elif one.right:
            middle.append(one)
        else:
            low, high = max(0, edit.start - start), edit.end - start
            before += [Segment(one.given[:low])] if low else []
            middle += [Segment(one.given[low:high])] if one.given[low:high] else []
            after += [Segment(one.given[high:])] if one.given[high:] else []
        start = end
    return [*before, _place(middle, sum(len(one.given) for one in before), edit, name), *after]


def _place(middle: list[Segment], start: int, edit: Edit, name: str) -> Segment:
    given = "".join(one.given for one in middle)
    low, high = edit.start - start, edit.end - start
    clean = "".join(one.right[0] if one.right else one.given for one in middle)
    old = [one for one in middle if one.right]
    # the same text on both sides of a second edit: other right answers of the first still stand
    also = edit.also if not old else old[0].right[1:] if len(middle) == 1 else ()
    classes = tuple(dict.fromkeys([label for one in old for label in one.classes] + [name]))
    return Segment(given[:low] + edit.new + given[high:], (clean, *also), classes, edit.raw if not old else "")
