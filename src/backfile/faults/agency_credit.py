"""F3: the agency's mark stands in the text: `Bern (sda)`, `… sagte er. (sda/afp)`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Article, Image, Paragraph
from backfile.draft import Draft
from backfile.fault import Grade
from backfile.faults.lines import MOST_BLOCKS, Mend, few, paragraphs
from backfile.faults.rule import ArticleFault, ArticleRule, Ask, Card

CARD = Card(
    name="agency-credit",
    group="F3",
    title="The agency's mark stands in the text",
    readers_saw="(sda) at the beginning or the end of the text, or as a paragraph of its own.",
    why="The wire carries the agency in the text; the new website has a field for it.",
    before="(sda) Der Bundesrat hat am Mittwoch entschieden.",
    after="Der Bundesrat hat am Mittwoch entschieden.",
    will_get_wrong="A mark inside a sentence is left alone, and one at the end of what may be a picture's caption, "
    "where it is the picture's.",
    grade="safe",
    since="0.1",
    sees="profile",
)

_MARK = r"[A-Za-zäöü]{2,8}"
_MARKS = rf"\(\s?({_MARK}(?:\s?[/,+-]\s?{_MARK}){{0,3}})\s?\)"
_START = re.compile(rf"{_MARKS}\s*[–—-]?\s*(?=[^\s(])")
_END = re.compile(rf"[.!?»“”\"…]\s*({_MARKS})\.?$")
_OWN = re.compile(rf"{_MARKS}\.?|([a-zäöü]{{2,8}}(?:/[a-zäöü]{{2,8}}){{0,3}})")
_PARTS = re.compile(r"\s?[/,+-]\s?")


def find(article: Article, ask: Ask) -> Iterator[ArticleFault]:
    places = [("lead", article.lead.text), *((f"{b.id}:text", b.text.text) for b in paragraphs(article))]
    captions: dict[str, bool] | None = None
    for at, text in places:
        own = _OWN.fullmatch(text) if len(text) <= 40 else None
        if own:
            marks = own.group(1) or own.group(2)
            if _agencies(marks, ask):
                yield _fault(at, 0, len(text), text.index(marks), marks, own=True)
            continue
        start = _START.match(text)
        if start and _agencies(start.group(1), ask):
            yield _fault(at, 0, start.end(), start.start(1), start.group(1))
            continue
        end = _END.search(text, max(0, len(text) - 60))
        if end and _agencies(end.group(2), ask):
            captions = _captions(article, ask) if captions is None else captions
            goes_on = captions.get(at)
            if not goes_on:
                grade: Grade = "safe" if goes_on is None else "proposed"
                yield _fault(at, end.start(1), len(text), end.start(2), end.group(2), grade=grade)


def _captions(article: Article, ask: Ask) -> dict[str, bool]:
    """Places of paragraphs that may be a picture's caption, with its agency at the end; True: text follows.

    One below a picture that has no caption of its own; in English, whose wires begin with their mark, any that
    another paragraph follows.
    """
    found, english = {}, ask.language.startswith("en")
    blocks = article.blocks[:MOST_BLOCKS]
    for before, block, after in zip((None, *blocks), blocks, (*blocks[1:], None), strict=False):
        if type(block) is Paragraph:
            goes_on = type(after) is Paragraph
            if (isinstance(before, Image) and not before.caption.text) or (english and goes_on):
                found[f"{block.id}:text"] = goes_on
    return found


def _agencies(marks: str, ask: Ask) -> bool:
    """At least one part is an agency, and every other part a sign-off code (`sda/ar`)."""
    parts = _PARTS.split(marks)
    found = [ask.agency(part) for part in parts]
    return any(found) and all(yes or ask.code(part) for yes, part in zip(found, parts, strict=True))


def _fault(
    at: str, start: int, end: int, marks_at: int, marks: str, own: bool = False, grade: Grade = "safe"
) -> ArticleFault:
    mend = _moves(at, start, end, marks_at, marks_at + len(marks), own)
    return ArticleFault(at=at, start=start, end=end, mend=mend, grade=grade)


def _moves(at: str, start: int, end: int, first: int, last: int, own: bool) -> Mend:
    """The marks go to the field, the brackets and the dash around them go; back to front, so that places hold."""

    def mend(draft: Draft) -> None:
        if last < end:
            draft.drop(at, last, end, "agency mark", CARD.name)
        if draft.text(at).text[first:last] == draft.article.rights.agency:
            draft.drop(at, first, last, "agency mark", CARD.name)
        else:
            draft.move(at, first, last, "agency", CARD.name)
        if start < first:
            draft.drop(at, start, first, "agency mark", CARD.name)
        if own and at != "lead":
            draft.drop_block(at.partition(":")[0], "agency mark", CARD.name)
        else:
            _trim(draft, at)

    return mend


def _trim(draft: Draft, at: str) -> None:
    text = draft.text(at).text
    kept = text.rstrip()
    if len(kept) < len(text):
        draft.drop(at, len(kept), len(text), "white space", CARD.name)


RULE = ArticleRule(
    card=CARD, find=few(find), trigger=rf"^{_MARKS}|{_MARKS}\.?$|^[a-zäöü]{{2,8}}(?:/[a-zäöü]{{2,8}}){{0,3}}$"
)
