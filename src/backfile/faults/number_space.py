"""G6: the space after a number's full stop is missing, or the one between thousands: `10.Juli`, `300000 Franken`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.letters import LETTER, UPPER
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="number-space",
    group="G6",
    title="A space in or after a number is missing",
    readers_saw="am 10.Juli, 300000 Franken",
    why="Thin spaces of print were characters that the export did not know, and it threw them away.",
    before="Am 10.Juli kostete es 300000 Franken.",
    after="Am 10. Juli kostete es 300000 Franken. (The second is only shown.)",
    will_get_wrong="House styles that write 9.Klasse without a space; everything but months is only proposed.",
    grade="safe",
    since="0.1",
    sees="profile",
)

_MONTHS = (
    "Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|"
    "Jan|Feb|Aug|Sept|Okt|Nov|Dez"
)
_UNITS = (
    r"Franken|Fr\.|Euro|Dollar|Einwohner|Personen|Besucher|Zuschauer|Tonnen|Liter|francs|franchi|euros?|personnes|"
    r"persone|habitants|abitanti|people|visitors"
)
_DAY = re.compile(rf"\b([12]?\d|3[01])\.(?=(?:{_MONTHS})\b)")
_ORDINAL = re.compile(rf"(?<![\d.])\d{{1,2}}\.(?=([{UPPER}][{LETTER}]{{3,30}}))")
_THOUSANDS = re.compile(rf"(?<![\d.,'’/-])\d{{5,9}}(?= (?:{_UNITS}))")


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    days = set()
    for match in _DAY.finditer(body):
        days.add(match.end())
        yield Found(start=match.end(), end=match.end(), after=" ")
    for match in _ORDINAL.finditer(body):
        if match.end() not in days and ask.known(match.group(1)):
            yield Found(start=match.end(), end=match.end(), after=" ", grade="proposed")
    for match in _THOUSANDS.finditer(body):
        yield Found(start=match.start(), end=match.end(), grade="shown", note="no mark between thousands")


RULE = TextRule(card=CARD, trigger=rf"\d\.[{UPPER}]|\d{{5}} [{LETTER}]", find=find)
