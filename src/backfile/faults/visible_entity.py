"""Entities that show as they are written, escaped once or several times."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5

from backfile.article import Text
from backfile.faults.looks import explains_markup, in_code, quoted
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="visible-entity",
    group="B1",
    title="Visible entity",
    readers_saw="&quot;, &uuml;, &nbsp;, &#8222; in running text, or worse: &amp;quot;, &amp;amp;nbsp;",
    why=(
        "One system stored a field as HTML and the next took it for plain text and escaped it again. Every further "
        "move adds one &amp;."
    ),
    before="Die Gr&uuml;nen: &amp;quot;Wir sind bereit&amp;quot;",
    after='Die Grünen: "Wir sind bereit"',
    will_get_wrong=(
        "A text that shows entities on purpose without saying so. Texts that speak of HTML, entities set in quotation "
        "marks, and what the source marks as code are left alone. What gives no character that may be printed is shown."
    ),
    grade="safe",
    since="0.1",
)

_ENTITY = re.compile(r"&(?:amp;){0,9}(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_PROLOGUE = re.compile(r"&(?:amp;)*")


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    explained: bool | None = None
    for match in _ENTITY.finditer(body):
        name = _PROLOGUE.sub("", match.group())
        if not name:
            name = "amp;"
        if name[0] != "#" and name not in html5:
            continue
        if explained is None:
            explained = explains_markup(body)
        if explained or quoted(body, *match.span()) or in_code(text, *match.span()):
            continue
        char = unescape(f"&{name}")
        yield Found(start=match.start(), end=match.end(), after=char if _printable(char) else None)


def _printable(char: str) -> bool:
    return char not in ("\ufffd", "") and (
        char.isprintable() or char.isspace() or char in "\u00ad\u200b\u200c\u200d\u200e\u200f"
    )


RULE = TextRule(
    card=CARD,
    trigger="&(?:#[0-9xX]|[A-Za-z][A-Za-z0-9]{1,30};)",
    literals=("&",),
    find=find,
    preformatted=True,
    strings=True,
)
