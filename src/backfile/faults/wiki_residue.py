"""Markdown and wiki notation that nothing interpreted."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.looks import addresses, explains_markup, in_code, within
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="wiki-residue",
    group="C6",
    title="Markdown or wiki notation",
    readers_saw="**wichtig**, [mehr](https://…), '''fett''', == Titel ==",
    why="An older system wrote Markdown, reStructuredText or wiki text, and its articles were moved as plain text.",
    before="Das ist **wichtig** für [alle](https://example.org/).",
    after="Das ist wichtig (strong) für alle (link).",
    will_get_wrong=(
        "Only balanced forms are taken: footnote asterisks, the gender star (Leser*innen), products (2 * 3), masked "
        "words (f**k) and rows of asterisks stay as they are."
    ),
    grade="safe",
    since="0.1",
)

_STRONG = re.compile(r"(?<![\w*])\*\*((?=[\w«„“\"'(‹¿¡])(?:[^*\n]{0,300}[^\s*])?)\*\*(?![\w*])")
_UNDERLINED = re.compile(r"(?<![\w_])__([A-Za-zÀ-ÿ«„“](?:[^_\n]{0,300}[^\s_])?)__(?![\w_])")
_PYTHON = ("__init__", "__main__", "__name__", "__file__", "__all__", "__dict__", "__call__", "__new__", "__str__")
_WIKI_STRONG = re.compile(r"(?<!')'''([^\s'](?:[^'\n]|'(?!')){0,300})'''(?!')")
_WIKI_EMPHASIS = re.compile(r"(?<!['\w])''([^\s'](?:[^'\n]|'(?!')){0,300})''(?!')")
_LINK = re.compile(r"(?<![!\w])\[([^\[\]\n]{1,300})\]\((https?://[^\s()]{1,1000})\)")
_IMAGE = re.compile(r"!\[([^\[\]\n]{0,300})\]\([^\s()]{1,1000}\)")
_TITLE = re.compile(r"^(={2,5}) ?([^=\n]{2,150}?) ?\1$|^#{1,5} ([^#\n]{2,150})$")


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    if explains_markup(body):
        return
    links = addresses(body)
    for found in (*_inline(body), *_titles(body, ask)):
        if not in_code(text, found.start, found.end) and not within(links, found.start, found.end):
            yield found


def _inline(body: str) -> Iterator[Found]:
    for pattern in (_STRONG, _UNDERLINED, _WIKI_STRONG):
        for match in pattern.finditer(body):
            if any(char.isalnum() for char in match.group(1)) and match.group() not in _PYTHON:
                yield Found(start=match.start(), end=match.end(), after=match.group(1), mark="strong")
    for match in _WIKI_EMPHASIS.finditer(body):
        yield Found(start=match.start(), end=match.end(), after=match.group(1), mark="emphasis")
    for match in _LINK.finditer(body):
        yield Found(start=match.start(), end=match.end(), after=match.group(1), mark="link", href=match.group(2))
    for match in _IMAGE.finditer(body):
        yield Found(start=match.start(), end=match.end())


def _titles(body: str, ask: Ask) -> Iterator[Found]:
    """A paragraph that is a title and nothing else: its signs go first, then it becomes a crosshead."""
    match = _TITLE.search(body) if ask.block == "paragraph" else None
    if match and "\n" not in body:
        title = match.group(2) or match.group(3)
        start = match.start(2) if match.group(2) else match.start(3)
        yield Found(start=0, end=start, after="", drop="markup", retype="crosshead")
        if start + len(title) < len(body):
            yield Found(start=start + len(title), end=len(body), after="", drop="markup")


RULE = TextRule(
    card=CARD,
    trigger=r"\*\*[^ *]|__[A-Za-zÀ-ÿ«„“]|''[^ ']|\]\([^ ()]|^={2,5} ?[^=]|^#{1,5} ",
    find=find,
    blocks=("paragraph", "list", "quote", "lead", "answer", "question", "image", "crosshead"),
)
