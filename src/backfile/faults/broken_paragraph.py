"""D5: one paragraph was cut into several, in the middle of its sentences."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from backfile.article import Article, Block, Paragraph
from backfile.draft import Draft
from backfile.faults.hard_line_break import NARROWEST, WIDEST, goes_on
from backfile.faults.lines import Mend
from backfile.faults.rule import ArticleFault, ArticleRule, Ask, Card

CARD = Card(
    name="broken-paragraph",
    group="D5",
    title="A sentence is cut into two paragraphs",
    readers_saw="A paragraph ends in the middle of a sentence, and the next one goes on with it.",
    why="Every line of a column, or every text box of a page, was exported as a paragraph.",
    before="Der Gemeinderat hat dem Kredit für die neue\n\nTurnhalle zugestimmt, wie er mitteilte.",
    after="Der Gemeinderat hat dem Kredit für die neue Turnhalle zugestimmt, wie er mitteilte.",
    will_get_wrong="Lines of a poem that were stored as paragraphs and break in mid-sentence look the same; they are "
    "only proposed unless many lines in a row are filled to one width.",
    grade="proposed",
    since="0.1",
)

_SURE_LINES = 6


def find(article: Article, ask: Ask) -> Iterator[ArticleFault]:
    column = _column(article.blocks)
    run: list[Paragraph] = []
    for block in article.blocks:
        if type(block) is Paragraph and block.text.text:
            if run and _belong(run[-1].text.text, block.text.text, column):
                run.append(block)
                continue
            yield from _fault(run, column)
            run = [block]
        else:
            yield from _fault(run, column)
            run = []
    yield from _fault(run, column)


def _fault(run: list[Paragraph], column: int) -> Iterator[ArticleFault]:
    if len(run) > 1:
        ids = [block.id for block in run]
        yield ArticleFault(
            at=f"{ids[0]}:text", end=len(run[0].text.text), mend=_joins(ids), grade="safe" if column else None
        )


def _belong(line: str, after: str, column: int) -> bool:
    if column:
        return len(line) + 1 + len(after.split(maxsplit=1)[0]) > column
    return len(line) >= NARROWEST and line[-1] in _RUNNING and after[0].islower() and goes_on(line, after)


_RUNNING = frozenset("abcdefghijklmnopqrstuvwxyzäöüàâéèêëîïôûùçñ,-")


def _column(blocks: tuple[Block, ...]) -> int:
    """The width all paragraphs were filled to, if each of them is one line of a column; else 0."""
    lines = [block.text.text for block in blocks if type(block) is Paragraph]
    if len(lines) < _SURE_LINES:
        return 0
    width = max(map(len, lines))
    if not NARROWEST <= width <= WIDEST:
        return 0
    running = sum(map(goes_on, lines, lines[1:]))
    full = sum(len(a) + 1 + len(b.split(maxsplit=1)[0]) > width for a, b in pairwise(lines) if b)
    return width if 2 * running >= len(lines) - 1 and 3 * full >= 2 * (len(lines) - 1) else 0


def _joins(ids: list[str]) -> Mend:
    def mend(draft: Draft) -> None:
        for other in ids[1:]:
            glue = "" if draft.text(f"{ids[0]}:text").text.endswith("-") else " "
            draft.join(ids[0], other, glue, CARD.name)

    return mend


RULE = ArticleRule(card=CARD, find=find)
