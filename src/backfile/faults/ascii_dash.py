"""G5: two hyphens stand for a dash."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="ascii-dash",
    group="G5",
    title="Two hyphens stand for a dash",
    readers_saw="Die Idee geht auf -- zu einfach.",
    why="Typewriters, wires and early systems had no dash.",
    before="Die Idee geht auf -- zu einfach.",
    after="Die Idee geht auf – zu einfach.",
    will_get_wrong="Command line options and signatures of mails. It is only proposed.",
    grade="proposed",
    since="0.1",
)

_DASH = re.compile(r"(?<=\w|[»“”\".,!?)]) -{2,3} (?=[\w«„“\"(])")

_OPTION = re.compile(r"(?:^|\s)--[a-z]")
"""A text that shows commands with their options means its dashes."""


def find(text: Text, ask: Ask) -> Iterator[Found]:
    if _OPTION.search(text.text):
        return
    dash = " — " if ask.language.startswith("en-us") else " – "
    for match in _DASH.finditer(text.text):
        yield Found(start=match.start(), end=match.end(), after=dash)


RULE = TextRule(card=CARD, trigger=r" -{2,3} ", literals=(" -- ", " --- "), find=find)
