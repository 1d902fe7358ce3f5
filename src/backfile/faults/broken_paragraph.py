"""D5: one paragraph was cut into several, in the middle of its sentences."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from backfile.article import Article, Paragraph
from backfile.draft import Draft
from backfile.faults.hard_line_break import NARROWEST, RUNS_ON, WIDEST, goes_on
from backfile.faults.lines import Mend, few
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
_MOST_LINES = 1000


def find(article: Article, ask: Ask) -> Iterator[ArticleFault]:
    column: list[Paragraph] = []
    for block in (*article.blocks, None):
        if type(block) is Paragraph and block.text.text and len(block.text.text) <= WIDEST:
            column.append(block)
            continue
        yield from _of_column(column)
        column = []
    yield from _of_sentences(article)


def _of_column(lines: list[Paragraph]) -> Iterator[ArticleFault]:
    """Paragraphs in a row that are the lines of one column: what was a paragraph is joined again, all at once."""
    width = _width([block.text.text for block in lines])
    if not width:
        return
    runs: list[list[str]] = [[lines[0].id]]
    for block, after in pairwise(lines):
        if _full(block.text.text, after.text.text, width):
            runs[-1].append(after.id)
        else:
            runs.append([after.id])
    mend = _joins(runs) if len(lines) <= _MOST_LINES else None
    yield ArticleFault(at=f"{lines[0].id}:text", mend=mend, grade="safe", note="lines of a column")


def _of_sentences(article: Article) -> Iterator[ArticleFault]:
    for block, after in pairwise(article.blocks):
        if type(block) is Paragraph and type(after) is Paragraph and _runs_on(block.text.text, after.text.text):
            yield ArticleFault(at=f"{block.id}:text", mend=_joins([[block.id, after.id]]))


def _runs_on(line: str, after: str) -> bool:
    if "\n" in line or "\n" in after:
        return False  # stanzas
    if line[-1:] == "," and line[0].islower():
        return False  # one of a list of things
    return len(line) >= NARROWEST and line[-1] in _RUNNING and after[:1].islower() and goes_on(line, after)


_RUNNING = frozenset("abcdefghijklmnopqrstuvwxyzäöüàâéèêëîïôûùçñ,-")


def _full(line: str, after: str, width: int) -> bool:
    """The next line's first word had no room in this line; the letters of print differ in width."""
    return len(line) + 1 + len(after.split(maxsplit=1)[0]) > width - width // 8


def _width(lines: list[str]) -> int:
    """The width that these lines were filled to, if they are a column's; else 0."""
    breaks = list(pairwise(lines))
    width = max(map(len, lines), default=0)
    if len(lines) < _SURE_LINES or width < NARROWEST:
        return 0
    filled = sum(_full(line, after, width) for line, after in breaks)
    open_ends = sum(line[-1].isalnum() or line[-1] == "-" for line, _ in breaks)
    running = sum(goes_on(line, after) for line, after in breaks)
    is_column = 4 * filled >= 3 * len(breaks) and 2 * open_ends >= len(breaks) and 3 * running >= len(breaks)
    return width if is_column else 0


def _joins(runs: list[list[str]]) -> Mend:
    def mend(draft: Draft) -> None:
        for first, *others in runs:
            for other in others:
                glue = "" if draft.text(f"{first}:text").text.endswith("-") else " "
                draft.join(first, other, glue, CARD.name)

    return mend


RULE = ArticleRule(card=CARD, find=few(find), trigger=RUNS_ON)  # an article's texts are scanned as lines
