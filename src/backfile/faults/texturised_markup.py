"""Tokens whose straight quotation marks were made typographic, so that nothing recognises them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.looks import explains_markup, in_code
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="texturised-markup",
    group="C4",
    title="Typographic quotation marks inside a token",
    readers_saw="[caption id=”attachment_12″ width=”300″], with marks that lean the wrong way.",
    why=(
        "A filter that makes quotation marks typographic ran before the tokens were interpreted, and the interpreter "
        "knows straight ones only."
    ),
    before="[caption id=”a1″]Das Dorf[/caption]",
    after='[caption id="a1"]Das Dorf[/caption]',
    will_get_wrong="Nothing that is known: only marks around a value behind an equals sign inside a token are changed.",
    grade="safe",
    since="0.1",
)

_QUOTES = "“”„‟″«»‘’‚′"
_TOKEN = re.compile(
    rf"[\[{{<]/?[A-Za-z][\w-]{{1,40}}(?:[ \u00a0][^\[\]{{}}<>]{{0,1000}}[\w-])?="
    rf"[ ]?[{_QUOTES}][^\[\]{{}}<>]{{0,2000}}[\]}}>]"
)
_VALUE = re.compile(rf"(=[ ]?)([{_QUOTES}]{{1,2}})([^{_QUOTES}\[\]{{}}<>=]{{0,500}})([{_QUOTES}]{{1,2}}|\")")


def find(text: Text, ask: Ask) -> Iterator[Found]:
    if explains_markup(text.text):
        return
    for token in _TOKEN.finditer(text.text):
        if in_code(text, *token.span()):
            continue
        for value in _VALUE.finditer(token.group()):
            for group in (2, 4):
                if value.group(group) != '"':
                    start, end = value.span(group)
                    yield Found(start=token.start() + start, end=token.start() + end, after='"')


RULE = TextRule(card=CARD, trigger=rf"[\[{{<]/?[A-Za-z][^\[\]{{}}<>]*= ?[{_QUOTES}]", find=find)
