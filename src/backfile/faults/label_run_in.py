"""D4: a label or rubric is glued to the text that follows it: `Telegramm:Davos`, `wimbledonTitelverteidiger`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.letters import LOWER, UPPER, in_address, word_after, word_before
from backfile.faults.looks import in_name
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="label-run-in",
    group="D4",
    title="A label is glued to the text after it",
    readers_saw="A rubric, place or label without a space before the text: Telegramm:Davos, radTitelverteidiger.",
    why="The label was an element of its own, or set in small capitals; the export joined it to the text.",
    before="Das Telegramm:Davos – Kloten 3:2.",
    after="Das Telegramm: Davos – Kloten 3:2.",
    will_get_wrong="It puts a space into names that are written with a colon and no space (an event called Art:Basel), "
    "unless the archive prints them often.",
    grade="safe",
    since="0.1",
    sees="profile",
)

_COLON = re.compile(rf":(?=[{UPPER}][{LOWER}])")
_CAMEL_START = re.compile(rf"[{LOWER}]{{3,20}}(?=[{UPPER}][{LOWER}]{{2}})")


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    for match in _COLON.finditer(body):
        here = match.end()
        if in_name(body, match.start(), here):
            continue
        if _is_label(word_before(body, match.start()), word_after(body, here), ask) and not in_address(
            body, match.start(), here
        ):
            yield Found(start=here, end=here, after=" ")
    if ask.block == "paragraph":
        yield from _rubric(body, ask)


def _is_label(left: str, right: str, ask: Ask) -> bool:
    if len(left) < 4 or len(right) < 3 or right.startswith("Innen"):
        return False
    return ask.known(left) and ask.known(right)


def _rubric(body: str, ask: Ask) -> Iterator[Found]:
    """The article's own rubric or place, in lower case (it was small capitals), glued to the first word."""
    match = _CAMEL_START.match(body)
    if match is None:
        return
    article = ask.article
    names = {article.section, article.dateline, article.kicker.text, *article.topics}
    if match.group() in {name.casefold() for name in names}:
        yield Found(start=match.end(), end=match.end(), after=" ", grade="proposed")


RULE = TextRule(
    card=CARD,
    trigger=rf"[{LOWER}]:[{UPPER}][{LOWER}]|^[{LOWER}]{{3,20}}[{UPPER}][{LOWER}]",
    find=find,
)
