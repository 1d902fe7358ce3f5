"""D3: a crosshead was run into the paragraph that follows it: `Neue ZieleHinter dem Projekt steht …`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Article, Paragraph
from backfile.draft import Draft
from backfile.faults.glued_word import HEAD_LIMIT, heads_paragraph, is_seam
from backfile.faults.letters import LOWER, UPPER
from backfile.faults.lines import Mend, few
from backfile.faults.rule import ArticleFault, ArticleRule, Ask, Card

CARD = Card(
    name="crosshead-run-in",
    group="D3",
    title="A crosshead is glued to its paragraph",
    readers_saw="The first words of a paragraph are its crosshead: Neue ZieleHinter dem Projekt steht ein Verein.",
    why="The crosshead was a bold line; the export deleted the tags and the line end with them.",
    before="Mehr Platz für VelosHinter dem Projekt steht ein Verein aus dem Quartier, der seit Jahren dafür wirbt.",
    after="Mehr Platz für Velos\n\nHinter dem Projekt steht ein Verein aus dem Quartier, der seit Jahren dafür wirbt.",
    will_get_wrong="Where the archive's crossheads give no evidence it only proposes. A kicker or a name in front of "
    "the paragraph becomes a crosshead too.",
    grade="proposed",
    since="0.1",
    sees="profile",
)

_CAMEL = re.compile(rf"[{LOWER}?»](?=[{UPPER}][{LOWER}])")
_HABIT = 0.8


def find(article: Article, ask: Ask) -> Iterator[ArticleFault]:
    for block in article.blocks:
        if type(block) is Paragraph:
            yield from _in_paragraph(block, ask)


def _in_paragraph(block: Paragraph, ask: Ask) -> Iterator[ArticleFault]:
    body = block.text.text
    for match in _CAMEL.finditer(body, 0, HEAD_LIMIT + 2):
        here = match.end()
        if body[0].islower() or not heads_paragraph(body, here):
            return
        bold = any(m.kind == "strong" and m.start == 0 and m.end == here for m in block.text.marks)
        if not bold and (body[here - 1] in "?»" or not is_seam(body, here, ask)):
            continue
        sure = bold or ask.crosshead_habit(body[:here]) >= _HABIT
        yield ArticleFault(
            at=f"{block.id}:text", start=0, end=here, mend=_cut(block.id, here), grade="safe" if sure else "proposed"
        )
        return


def _cut(block_id: str, here: int) -> Mend:
    def mend(draft: Draft) -> None:
        draft.split(block_id, here, CARD.name)
        draft.retype(block_id, "crosshead", CARD.name)

    return mend


RULE = ArticleRule(card=CARD, find=few(find), trigger=rf"[{LOWER}?»][{UPPER}][{LOWER}]")
