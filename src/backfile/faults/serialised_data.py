"""Data structures of programs that were stored in place of the text they hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.looks import explains_markup, in_code
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="serialised-data",
    group="B5",
    title="Serialised data in place of text",
    readers_saw='a:2:{s:5:"title";…}, {"html"=>"…"}, {"type":"doc","content":[…]}',
    why="A program wrote its own data structure into a text field, and the next one printed it.",
    before='a:1:{s:4:"lead";s:9:"Ein Satz.";}',
    after="(shown: the text inside has to be mapped)",
    will_get_wrong="Articles that print such structures as examples, unless they say so or mark them as code.",
    grade="shown",
    since="0.1",
)

_SIGNS = re.compile(
    r"\b[aO]:\d{1,6}:(?:\{|\")|\bs:\d{1,6}:\"|\{ ?:?[\"']?[A-Za-z0-9_]{1,40}[\"']? ?=> ?[\"'{\[]"
    r"|\{ ?\"[A-Za-z0-9_]{1,40}\" ?: ?[\"{\[\d]|stdClass Object|Array ?\( ?\["
)


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    match = _SIGNS.search(body)
    if match and not explains_markup(body) and not in_code(text, *match.span()):
        yield Found(start=match.start(), end=len(body))


RULE = TextRule(
    card=CARD,
    trigger=(
        r"[aO]:[0-9]{1,6}:[{\"]|s:[0-9]{1,6}:\"|=> ?[\"'{\[]|\{ ?\"[A-Za-z0-9_]{1,40}\" ?:|stdClass Object"
        r"|Array ?\( ?\["
    ),
    find=find,
    strings=True,
)
