"""F2: the author's code stands at the end of the text: `… sind. (ar)`, `sind.ar`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import combining, normalize

from backfile.article import Article, Paragraph
from backfile.draft import Draft
from backfile.fault import Grade
from backfile.faults.letters import MINUTE_WORDS, words
from backfile.faults.lines import Mend, few, last_paragraph, paragraphs
from backfile.faults.rule import ArticleFault, ArticleRule, Ask, Card

CARD = Card(
    name="sign-off-code",
    group="F2",
    title="The author's code stands in the text",
    readers_saw="Two to four letters after the last full stop: … sind. (ar), or glued to it: sind.ar",
    why="In print the author signs with a code. The new website has a field for the author.",
    before="Die Karten sind vergriffen. (ar)",
    after="Die Karten sind vergriffen.",
    will_get_wrong="Real words of two to four letters after a full stop that are also somebody's code.",
    grade="safe",
    since="0.1",
    sees="profile",
)

_CODE = r"[a-zäöüéè]{2,4}"
_TAIL = re.compile(rf"([.!?»“”\"…)]|[–—])\s*(\(?)({_CODE}(?:/{_CODE})?)(\)?)\.?$")
_OWN = re.compile(rf"\(?({_CODE}(?:/{_CODE})?)\)?")
_UNITS = words("uhr kg km cm mm ha min sek std ca usw etc ff bzw ch com de org net html")


def find(article: Article, ask: Ask) -> Iterator[ArticleFault]:
    last = last_paragraph(article)
    for block in paragraphs(article):
        text = block.text.text
        own = _OWN.fullmatch(text) if len(text) <= 12 else None
        if own and _all_codes(own.group(1), ask):
            yield ArticleFault(at=f"{block.id}:text", end=len(text), mend=_takes_block(block.id, own.group(1), article))
            continue
        tail = _TAIL.search(text, max(0, len(text) - 16))
        if tail:
            yield from _in_tail(block, tail, ask, article, block is last)


def _in_tail(
    block: Paragraph, tail: re.Match[str], ask: Ask, article: Article, is_last: bool
) -> Iterator[ArticleFault]:
    _, opening, code, closing = tail.groups()
    if bool(opening) != bool(closing) or code in _UNITS:
        return
    at, start = f"{block.id}:text", tail.end(1)
    if _all_codes(code, ask):
        mend = _takes_tail(at, start, tail.start(3), tail.end(3), article)
        yield ArticleFault(at=at, start=start, end=tail.end(), mend=mend)
    elif (
        is_last
        and "\n" not in block.text.text  # a poem
        and not (tail.group().endswith(".") and not opening)
        and (opening or code not in MINUTE_WORDS)
        and not ask.known(code)
        and not ask.agency(code)
    ):
        grade: Grade = "proposed" if opening else "shown"
        cure = _takes_tail(at, start, tail.start(3), tail.end(3), article) if opening else None
        yield ArticleFault(at=at, start=start, end=tail.end(), mend=cure, grade=grade, note="unknown code")


def _all_codes(codes: str, ask: Ask) -> bool:
    return all(ask.code(code) for code in codes.split("/"))


def _takes_tail(at: str, start: int, first: int, last: int, article: Article) -> Mend:
    """The code goes to the bylines; the brackets and stops around it go."""

    def mend(draft: Draft) -> None:
        text = draft.text(at).text
        if last < len(text):
            draft.drop(at, last, len(text), "sign-off", CARD.name)
        _to_bylines(draft, at, first, last, article)
        if start < first:
            draft.drop(at, start, first, "sign-off", CARD.name)

    return mend


def _takes_block(block_id: str, code: str, article: Article) -> Mend:
    def mend(draft: Draft) -> None:
        at = f"{block_id}:text"
        start = draft.text(at).text.index(code)
        _to_bylines(draft, at, start, start + len(code), article)
        draft.drop_block(block_id, "sign-off", CARD.name)

    return mend


def _to_bylines(draft: Draft, at: str, start: int, end: int, article: Article) -> None:
    code = draft.text(at).text[start:end]
    if any(_signs(code, byline) for byline in article.bylines):
        draft.drop(at, start, end, "sign-off", CARD.name)
    else:
        draft.move(at, start, end, "bylines", CARD.name)


def _signs(code: str, byline: str) -> bool:
    """Whether the code is made of the name's letters, in order, from its first one: `bzo` is Beat Zollinger, and both
    `soh` and `soe` are Silke Öhler."""
    wanted = code.casefold()
    return code == byline or any(_in_order(wanted, name) for name in _plain(byline.casefold()))


def _plain(name: str) -> tuple[str, ...]:
    """The name as it is, without its accents, and with its umlauts spelt out."""
    spelt = name.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue").replace("ß", "ss")
    bare = "".join(char for char in normalize("NFD", name) if not combining(char))
    return name, bare, spelt


def _in_order(code: str, name: str) -> bool:
    letters = iter(name)
    return code[:1] == name[:1] and all(char in letters for char in code)


RULE = ArticleRule(
    card=CARD, find=few(find), trigger=rf"[.!?»“”\"…)–—]\s*\(?{_CODE}(?:/{_CODE})?\)?\.?$|^\(?{_CODE}(?:/{_CODE})?\)?$"
)
