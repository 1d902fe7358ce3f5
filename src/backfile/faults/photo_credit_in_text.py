"""F4: the photographer's credit stands in the text or in the caption: `(Bild: Keystone)`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Article, Image, Paragraph, walk
from backfile.draft import Draft, strip_range
from backfile.faults.letters import LETTER, UPPER, bare
from backfile.faults.lines import Mend, drops_block, few, images_beside, neighbours, own_lines
from backfile.faults.rule import ArticleFault, ArticleRule, Ask, Card

CARD = Card(
    name="photo-credit-in-text",
    group="F4",
    title="A photo credit stands in the text",
    readers_saw="Bild: Keystone as a paragraph, or (Foto: R. Ammann) at the end of a caption.",
    why="The old system had one field for caption and credit, or the export printed the credit as text.",
    before="Der Festumzug in der Altstadt. (Bild: R. Ammann)",
    after="Der Festumzug in der Altstadt. [Bild: R. Ammann]",
    will_get_wrong="A credit between two pictures goes to the one before it. Without a picture beside it a credit is "
    "only shown.",
    grade="safe",
    since="0.1",
)

_LABEL = (
    r"(?:Bild(?:er)?|BILD(?:ER)?|Fotos?|FOTOS?|Photos?|PHOTOS?|Bildquelle|Quelle|Archivbild|Archivfoto|Symbolbild|"
    r"Crédits?(?: photo)?|Credits?|Foto di|Immagine|Image|Photo by|Picture)"
)
_ONE = rf"[{UPPER}][{LETTER}.’'&-]*"
_WHO = rf"(?:{_ONE}|[a-z]{{2,5}}|zvg|ZVG)(?:[ /,]+(?:{_ONE}|und|et|and|[a-z]{{2,4}})){{0,5}}"
_HOUSES = r"(?:KEYSTONE|Keystone|REUTERS|Reuters|AFP|EPA|EQ Images|Getty Images|Archiv|PHOTOPRESS)"
_LINE = re.compile(rf"\(?(?:{_LABEL}\s?:\s?{_WHO}|{_HOUSES}\s?/\s?{_WHO}|[a-z]{{2,4}}/Bild {_WHO})\)?\.?")
_TAIL = re.compile(rf"(?:^|(?<=[.!?»\s|]))\(?({_LABEL}\s?:\s?{_WHO}|{_HOUSES}\s?/\s?{_WHO})\)?\.?$")
_SOURCE = re.compile(r"\(?Quelle\b")
"""Away from pictures this names where the news came from."""
_LONGEST = 80


def find(article: Article, ask: Ask) -> Iterator[ArticleFault]:
    for position, block in own_lines(article):
        text = block.text.text
        if len(text) <= _LONGEST and _LINE.fullmatch(text):
            images = images_beside(article, position)
            if images or not (_SOURCE.match(text) or _among_judgements(article, position)):
                yield _own_line(block.id, text, images)
    for image in walk(article.blocks):
        if isinstance(image, Image) and image.caption.text:
            yield from _in_caption(image)


_JUDGED = re.compile(rf"(?!(?:Texte?|Testo|Von|Par|By|Di)\b)[{UPPER}][{LETTER}]{{1,24}}\s?:\s\S")


def _among_judgements(article: Article, position: int) -> bool:
    """Whether the lines beside it are labelled too: Bild: Gut, Ton: Sehr gut, Preis: 499 Franken."""
    return any(
        isinstance(block, Paragraph)
        and len(block.text.text) <= _LONGEST
        and _JUDGED.match(block.text.text)
        and not _LINE.fullmatch(block.text.text)
        for block in neighbours(article, position)
    )


def _own_line(block_id: str, text: str, images: list[Image]) -> ArticleFault:
    at = f"{block_id}:text"
    if not images:
        return ArticleFault(at=at, end=len(text), grade="shown", note="no picture beside it")
    for image in images:
        if image.credit.text and bare(text).endswith(bare(image.credit.text)):
            return ArticleFault(at=at, end=len(text), mend=drops_block(block_id, "photo credit", CARD.name))
    empty = next((image for image in images if not image.credit.text), None)
    if empty is None:
        return ArticleFault(at=at, end=len(text), grade="shown", note="the picture has another credit")

    def mend(draft: Draft) -> None:
        draft.move(at, *_inner(text), f"{empty.id}:credit", CARD.name)
        draft.drop_block(block_id, "photo credit", CARD.name)

    return ArticleFault(at=at, end=len(text), mend=mend)


def _inner(text: str) -> tuple[int, int]:
    """The range without the brackets around all of it."""
    if text.startswith("("):
        return 1, len(text.rstrip(".").rstrip(")"))
    return 0, len(text)


def _in_caption(image: Image) -> Iterator[ArticleFault]:
    text = image.caption.text
    match = _TAIL.search(text, max(0, len(text) - _LONGEST))
    if match is None or (match.group(1).startswith("Archiv/") and text[: match.start()].rstrip()[-1:].isalnum()):
        return  # `mit Archiv/Bibliothek` is a house
    at, credit = f"{image.id}:caption", match.group(1)
    if image.credit.text and bare(image.credit.text) not in bare(credit):
        yield ArticleFault(
            at=at, start=match.start(), end=len(text), grade="shown", note="the field has another credit"
        )
        return
    yield ArticleFault(at=at, start=match.start(), end=len(text), mend=_moves(at, image, match))


_PARTED = re.compile(r"(?:\||(?<!\S)[/·•–—-])\Z")
"""What parts caption and credit; with no credit after it, it says nothing."""


def _moves(at: str, image: Image, match: re.Match[str]) -> Mend:
    def mend(draft: Draft) -> None:
        text = draft.text(at).text
        if match.end(1) < len(text):
            draft.drop(at, match.end(1), len(text), "photo credit", CARD.name)
        if image.credit.text:
            draft.drop(at, match.start(1), match.end(1), "photo credit", CARD.name)
        else:
            draft.move(at, match.start(1), match.end(1), f"{image.id}:credit", CARD.name)
        rest = draft.text(at).text
        kept = strip_range(rest, 0, match.start())[1]
        parted = _PARTED.search(rest, max(0, kept - 3), kept)
        if parted:
            kept = strip_range(rest, 0, parted.start())[1]
        if kept < len(rest):
            draft.drop(at, kept, len(rest), "photo credit", CARD.name)

    return mend


RULE = ArticleRule(
    card=CARD, find=few(find), trigger=rf"{_LABEL}\s?:\s?[{LETTER}]|{_HOUSES}\s?/|^\(?[a-z]{{2,4}}/Bild "
)
