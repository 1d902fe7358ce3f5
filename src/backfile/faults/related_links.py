"""F5: a box of links to other articles stands in the text: `Mehr zum Thema`, `Lesen Sie auch: …`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Article, Block, Crosshead, List, Paragraph
from backfile.draft import Draft
from backfile.faults.lines import Mend, covered, few
from backfile.faults.rule import ArticleFault, ArticleRule, Ask, Card

CARD = Card(
    name="related-links",
    group="F5",
    title="A box of links to other articles stands in the text",
    readers_saw="Mehr zum Thema, and under it headlines of other articles, in the middle of the text.",
    why="The old website put the box into the text column, and the export took it for text.",
    before="Mehr zum Thema\n\n• Neuer Steg am See (link)\n\nDer Rat entschied …",
    after="Der Rat entschied …",
    will_get_wrong="A list of links that the author meant to stand there under just this label. It is only proposed.",
    grade="proposed",
    since="0.1",
)

_LABEL = (
    r"(?:Mehr (?:zum Thema|dazu|Artikel)|Zum Thema|Lesen Sie (?:auch|dazu|weiter)|Das könnte Sie auch interessieren|"
    r"Ähnliche Artikel|Verwandte (?:Artikel|Themen)|Weitere (?:Artikel|Links)|Links zum Thema|Artikel zum Thema|"
    r"Lire (?:aussi|également)|À lire (?:aussi|également)|Sur le même (?:sujet|thème)|Articles liés|En savoir plus|"
    r"Leggi anche|Per saperne di più|Articoli correlati|Sullo stesso (?:tema|argomento)|"
    r"Read (?:more|also)|See also|Related (?:articles?|stories|links|posts)|More on this(?: story| topic)?)"
)
_ALONE = re.compile(rf"\W{{0,3}}{_LABEL}\s?[:»›>…]?", re.IGNORECASE)
_WITH_LINK = re.compile(rf"\W{{0,3}}{_LABEL}\s?:?\s", re.IGNORECASE)
_LINKS = 0.9


def find(article: Article, ask: Ask) -> Iterator[ArticleFault]:
    for position, block in enumerate(article.blocks):
        if not isinstance(block, Paragraph | Crosshead):
            continue
        text = block.text.text
        if len(text) < 40 and _ALONE.fullmatch(text):
            ids = [block.id, *_links_after(article.blocks[position + 1 :])]
            if len(ids) > 1:
                yield ArticleFault(at=f"{block.id}:text", end=len(text), mend=_drops(ids))
            continue
        label = _WITH_LINK.match(text)
        if label and any(
            m.kind == "link" and m.start <= label.end() + 1 and m.end >= len(text) - 1 for m in block.text.marks
        ):
            yield ArticleFault(at=f"{block.id}:text", end=len(text), mend=_drops([block.id]))


def _links_after(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Ids of the lists and paragraphs that follow and hold links only."""
    for block in blocks:
        if isinstance(block, List):
            if not all(covered(item.text, "link", _LINKS) for item in block.items):
                return
        elif not isinstance(block, Paragraph) or not covered(block.text, "link", _LINKS):
            return
        yield block.id


def _drops(ids: list[str]) -> Mend:
    def mend(draft: Draft) -> None:
        for block_id in ids:
            draft.drop_block(block_id, "related links", CARD.name)

    return mend


RULE = ArticleRule(card=CARD, find=few(find), trigger=_LABEL, ignore_case=True)
