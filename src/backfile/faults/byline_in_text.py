"""F3: the author's name stands in the text: `Von Regula Ammann`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Article, Crosshead
from backfile.draft import Draft
from backfile.faults.letters import LETTER, UPPER
from backfile.faults.lines import Mend, drops_block, few, own_lines
from backfile.faults.rule import ArticleFault, ArticleRule, Ask, Card

CARD = Card(
    name="byline-in-text",
    group="F3",
    title="The author's name stands in the text",
    readers_saw="Von Regula Ammann as the first or last paragraph, and no author above the text.",
    why="In print the name is a line of the text; the new website has a field for it.",
    before="Von Regula Ammann\n\nDer Steg ist offen.",
    after="Der Steg ist offen. (Autorin: Regula Ammann)",
    will_get_wrong="A line of its own that begins with a preposition and goes on with a name that is a place.",
    grade="safe",
    since="0.1",
    sees="profile",
)

_NAME = rf"[{UPPER}][{LETTER}.’'-]*(?: (?:von|van|de|der|da|di|du|d’|Mc)?\s?[{UPPER}][{LETTER}.’'-]+){{1,3}}"
_LABEL = r"(?:[Vv]on|VON|[Pp]ar|PAR|[Bb]y|BY|[Dd]i|DI|Texte?|Testo|Text (?:und|&) Bilder?|Interview|Aufgezeichnet von)"
_LINE = re.compile(rf"({_LABEL}:? )({_NAME}(?:(?:,| und| et| and| e) {_NAME}){{0,2}})(?: ?\([a-z]{{2,4}}\))?[.,]?")
_LONGEST = 90


def find(article: Article, ask: Ask) -> Iterator[ArticleFault]:
    lines = [(n, block) for n, block in own_lines(article) if len(block.text.text) <= _LONGEST]
    ends = {0, 1, 2, len(article.blocks) - 1, len(article.blocks) - 2}
    for position, block in lines:
        match = _LINE.fullmatch(block.text.text) if position in ends else None
        if match is None or len(article.blocks) < 2:
            continue
        name = match.group(2)
        have = name in article.bylines
        sure = have or ask.author(name)
        if not sure and position and isinstance(block, Crosshead):
            continue  # By Royal Appointment
        mend = drops_block(block.id, "byline", CARD.name) if have else _moves(block.id, match.start(2), match.end(2))
        yield ArticleFault(
            at=f"{block.id}:text", end=len(block.text.text), mend=mend, grade="safe" if sure else "proposed"
        )


def _moves(block_id: str, start: int, end: int) -> Mend:
    def mend(draft: Draft) -> None:
        draft.move(f"{block_id}:text", start, end, "bylines", CARD.name)
        draft.drop_block(block_id, "byline", CARD.name)

    return mend


RULE = ArticleRule(card=CARD, find=few(find), trigger=rf"^{_LABEL}:? [{UPPER}][{LETTER}.’'-]* ")
