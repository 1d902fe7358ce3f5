"""What a template shows when its field is empty."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.looks import explains_markup, in_code, in_quotation
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="template-placeholder",
    group="C9",
    title="Placeholder of a template",
    readers_saw="undefined, [object Object], Array, ###TEASER###, {{ title }}, Lorem ipsum dolor sit amet …",
    why="A template was filled from a field that was empty or of another type, or not filled at all.",
    before="[object Object]",
    after="(the paragraph is dropped)",
    will_get_wrong=(
        "A paragraph of the one word 'undefined' or 'null' that is meant. Markers inside a sentence are "
        "shown, as nobody "
        "knows what stood there; filler text is shown too."
    ),
    grade="safe",
    since="0.1",
)

_WHOLE = re.compile(
    r"\s*(?:undefined|null|NULL|NaN|None|\[object Object\]|Array|Object|N/A|n/a|#N/A|#NAME\?|#REF!|\(null\)|%s|nil)\s*"
)
_MARKER = re.compile(
    r"###[A-Z][A-Z0-9_]{2,40}###|\{\{ ?[a-z][\w.|]{1,60} ?\}\}|\{\$[a-z][\w.>-]{1,60}\}|\{%[^%{}]{1,200}%\}"
    r"|<%=?[^%<>]{1,200}%>"
    r"|\[object Object\]|<\?(?:php|=)[^?<>]{1,300}\?>|\$\{[a-z][\w.]{1,60}\}|%%[A-Z_]{3,40}%%"
)
_FILLER = re.compile(r"[Ll]orem ipsum dolor sit amet[^\n]*|\bBlindtext\b(?=[^.]{0,60}\b(?:Blindtext|Platzhalter))")


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    if explains_markup(body):
        return
    if _WHOLE.fullmatch(body):
        answers = ask.block == "answer" and body.strip() == "None"
        if not answers and ask.block not in ("headline", "list", "table", "crosshead"):
            yield Found(start=0, end=len(body), after="", drop="placeholder")
        return
    for pattern in (_MARKER, _FILLER):
        for match in pattern.finditer(body):
            if not in_code(text, *match.span()) and not in_quotation(body, match.start()):
                yield Found(start=match.start(), end=match.end())


RULE = TextRule(
    card=CARD,
    trigger=(
        r"^\s*(?:undefined|null|NULL|NaN|None|Array|Object|N/A|n/a|#N/A|#NAME\?|#REF!|\(null\)|%s|nil)\s*$"
        r"|\[object Object\]|###[A-Z]|\{\{ ?[a-z]"
        r"|\{\$[a-z]|\{%|<%|<\?(?:php|=)|\$\{[a-z]|%%[A-Z]|orem ipsum|Blindtext"
    ),
    find=find,
    strings=True,
)
