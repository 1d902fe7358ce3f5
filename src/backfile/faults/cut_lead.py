"""E7: the headline or the lead was cut off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Article, Text
from backfile.faults.letters import LOWER, OPEN_WORDS
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="cut-lead",
    group="E7",
    title="The lead or headline is cut off",
    readers_saw="A lead that ends in the middle: … wurde am Abend in der Postfinance-",
    why="The field was shorter than the text, or everything after a colon or a link was thrown away.",
    before="Der Eishockeyclub gewann am Samstag in der Postfinance-",
    after="(the end, from the source)",
    will_get_wrong="Headlines that play with an open end.",
    grade="shown",
    since="0.1",
)

_OPEN_END = re.compile(r"(?:\w-|\bwww\.|,|\b\d+:|\()$")
_OPEN_SIGNS = ("-", "www.", ",", ":", "(", " ", "\n", "\t")
_LAST_WORD = re.compile(rf"(?:^|[^{LOWER}])([{LOWER}]+)$")


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text.rstrip()
    if body[-1:] in "!?…»“”" or (body[-1] == "." and not body.endswith("www.")):
        return
    if (body.endswith(_OPEN_SIGNS) and _OPEN_END.search(body)) or (ask.at == "lead" and _ends_open(body)):
        yield Found(start=max(body.rfind(" ") + 1, 0), end=len(body))


def _ends_open(body: str) -> bool:
    word = _LAST_WORD.search(body)
    return word is not None and word.group(1) in OPEN_WORDS and len(body) > 60


_OPEN_WORDS = "|".join(sorted(OPEN_WORDS))


def may(article: Article) -> bool:
    """A sign that leaves a line open at its end, or, in the lead, a letter."""
    headline, lead = article.headline.text, article.lead.text
    return headline.endswith(_OPEN_SIGNS) or lead.endswith(_OPEN_SIGNS) or lead[-1:].isalpha()


RULE = TextRule(
    card=CARD, trigger=rf"(?:www\.|[,:(-]|\b(?:{_OPEN_WORDS}))\s*$", find=find, blocks=("headline", "lead"), may=may
)
