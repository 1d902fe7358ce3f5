"""G6: spaces too many, or missing after a comma."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.letters import LOWER, in_address, word_after, word_before
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="spacing-damage",
    group="G6",
    title="Spaces are too many or missing",
    readers_saw="Two spaces in a row, a space before a comma or full stop, none after a comma: am Montag,der",
    why="Tags between words were replaced by spaces, or removed with the spaces that they held.",
    before="Am Montag , dem  3. Mai,kam der Rat zusammen .",
    after="Am Montag, dem 3. Mai, kam der Rat zusammen.",
    will_get_wrong="Verse and examples of code that are stored as paragraphs.",
    grade="safe",
    since="0.1",
    sees="profile",
)

NBSP = "\u00a0"
_SPACES = re.compile(f"[ {NBSP}]{{2,}}")
_BEFORE_STOP = re.compile(rf"(?<=[{LOWER}»)])( +)(?:,(?=\s|$)|\.(?=$|\s+[A-ZÄÖÜ«]))")
_COMMA = re.compile(rf"(?<=[{LOWER}]),(?=[{LOWER}])")


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    for match in _SPACES.finditer(body):
        yield Found(start=match.start(), end=match.end(), after=NBSP if set(match.group()) == {NBSP} else " ")
    for match in _BEFORE_STOP.finditer(body):
        yield Found(start=match.start(1), end=match.end(1), after="", drop="white space before a stop")
    for match in _COMMA.finditer(body):
        here = match.end()
        if in_address(body, match.start(), here):
            continue
        left, right = word_before(body, match.start()), word_after(body, here)
        if len(left) > 2 and len(right) > 2 and ask.known(left) and ask.known(right):
            yield Found(start=here, end=here, after=" ")


RULE = TextRule(card=CARD, trigger=rf"[ {NBSP}]{{2}}|[{LOWER}»)] +[,.](?:\s|$)|[{LOWER}],[{LOWER}]", find=find)
