"""G3: the initial of print is cut off its word: `D er Gemeinderat`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.letters import LETTER, LOWER, UPPER, words
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="drop-cap-split",
    group="G3",
    title="The first letter is cut off its word",
    readers_saw="D er Gemeinderat hat entschieden.",
    why="The big initial of the first word was an element of its own.",
    before="D er Gemeinderat hat entschieden.",
    after="Der Gemeinderat hat entschieden.",
    will_get_wrong="A text that begins with a letter as a word and goes on with the rest of a known one. Letters that "
    "are words (A, I, O, E, Y, À) are left alone, so that some split words stay.",
    grade="safe",
    since="0.1",
    sees="profile",
)

_START = re.compile(rf"[«„“\"]?([{UPPER}])( )([{LOWER}][{LETTER}]{{0,30}})")
_LETTER_WORDS = frozenset("AIOEYÀÈUZS")
_AFTER_A_LETTER = words(
    """und oder ist war wie als bis für auf an in hat sind wird et ou est comme e ed o od è come and or is was to like
    for of on at"""
)


def find(text: Text, ask: Ask) -> Iterator[Found]:
    match = _START.match(text.text)
    if match is None:
        return
    letter, _, rest = match.groups()
    word = letter + rest
    if rest in _AFTER_A_LETTER:
        return
    if letter in _LETTER_WORDS and (ask.known(rest) or len(rest) < 3):
        return
    if ask.known(word):
        yield Found(start=match.start(2), end=match.end(2), after="", drop="white space in a word")


RULE = TextRule(
    card=CARD, trigger=rf"^[«„“\"]?[{UPPER}] [{LOWER}]", find=find, blocks=("paragraph", "lead", "answer", "question")
)
