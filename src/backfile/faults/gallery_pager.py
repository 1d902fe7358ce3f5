"""D8: the pager of a picture gallery stands in the text: `1 / 18`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from backfile.article import Article, Gallery, Image, walk
from backfile.draft import Draft
from backfile.faults.lines import Mend, drops_block, drops_range, few, neighbours, own_lines
from backfile.faults.rule import ArticleFault, ArticleRule, Ask, Card

CARD = Card(
    name="gallery-pager",
    group="D8",
    title="The pager of a gallery stands in the text",
    readers_saw="A line such as 1 / 18, alone or in front of a caption.",
    why="The old website's gallery was flattened: its page numbers became text like everything else.",
    before="1 / 18 Der Festumzug auf der Hauptgasse.",
    after="Der Festumzug auf der Hauptgasse.",
    will_get_wrong="A line that holds just a score or a fraction such as 1 / 18 without a picture near it is only "
    "proposed.",
    grade="safe",
    since="0.1",
)

_WORDS = r"(?:Bild|Foto|Photo|Image|Immagine|Picture|Slide|Folie)"
_LINE = re.compile(rf"(?:{_WORDS}\s+)?(\d{{1,3}})\s?(/|von|sur|of|di)\s?(\d{{1,3}})")
_NUMBER = r"(\d{1,3})\s(?:/|von|sur|of)\s(\d{1,3})"
_PREFIX = re.compile(rf"{_WORDS}\s+{_NUMBER}\s*[:–-]?\s+(?=\S)")
_BARE_PREFIX = re.compile(rf"(?:{_NUMBER}\s*[:–-]|(\d{{1,3}})\s/\s(\d{{1,3}}))\s+(?=\S)")
"""Not `2 von 5 Kindern`."""

_MOST = 500
"""Pages of a gallery."""


def find(article: Article, ask: Ask) -> Iterator[ArticleFault]:
    yield from _lines(article)
    for block in walk(article.blocks):
        if not isinstance(block, Image):
            continue
        match = _PREFIX.match(block.caption.text) or _BARE_PREFIX.match(block.caption.text)
        if match and _counts(*[number for number in match.groups() if number]):
            at = f"{block.id}:caption"
            yield ArticleFault(at=at, end=match.end(), mend=drops_range(at, 0, match.end(), "gallery pager", CARD.name))


def _lines(article: Article) -> Iterator[ArticleFault]:
    found = []
    numbers: list[tuple[int, int]] = []
    for position, block in own_lines(article):
        match = _LINE.fullmatch(block.text.text) if len(block.text.text) < 24 else None
        if match and _counts(match.group(1), match.group(3)):
            found.append((position, block))
            numbers.append((int(match.group(1)), int(match.group(3))))
    if len(found) > 1:
        if any(here >= after or total != same for (here, total), (after, same) in pairwise(numbers)):
            return  # marks: 4 of 5, then 2 of 5
        ids = [block.id for _, block in found]
        yield ArticleFault(at=f"{ids[0]}:text", mend=_drops_all(ids) if len(ids) <= _MOST else None)
        return
    for position, block in found:
        beside = any(isinstance(other, Image | Gallery) for other in neighbours(article, position))
        mend = drops_block(block.id, "gallery pager", CARD.name)
        yield ArticleFault(at=f"{block.id}:text", mend=mend, grade="safe" if beside else "proposed")


def _drops_all(ids: list[str]) -> Mend:
    """Several pagers are evidence for each other: they go together."""

    def mend(draft: Draft) -> None:
        for block_id in ids:
            draft.drop_block(block_id, "gallery pager", CARD.name)

    return mend


def _counts(number: str, total: str) -> bool:
    return 1 <= int(number) <= int(total) and int(total) > 1


RULE = ArticleRule(card=CARD, find=few(find), trigger=r"\d\s?(?:/|von|sur|of|di)\s?\d")
