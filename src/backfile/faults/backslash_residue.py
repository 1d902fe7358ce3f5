"""Backslashes before quotation marks, and line ends written as letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.looks import around, explains_markup, in_code
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="backslash-residue",
    group="B4",
    title="Backslashes before quotation marks",
    readers_saw='l\\\'école, \\"Ja\\", or \\n and \\r\\n between sentences.',
    why="Text was escaped for a database or a program twice and unescaped once.",
    before="Aujourd\\'hui, l\\'école ferme.",
    after="Aujourd'hui, l'école ferme.",
    will_get_wrong=(
        "Mended only if every straight quotation mark of the text carries a backslash; otherwise the marks are shown. "
        "Paths of Windows (C:\\neu), TeX and code are left alone."
    ),
    grade="safe",
    since="0.1",
)

_ESCAPED = re.compile(r"\\{1,4}(?=['\"])")
_BARE = re.compile(r"(?<!\\)['\"]")
_SLASH = re.compile(r"(?<=:)\\/\\/|(?<=[A-Za-z0-9])\\/(?=[A-Za-z0-9])")
_LINE_END = re.compile(r"(?:\\r)?\\n(?:(?:\\r)?\\n)*(?=[\s«„“\"A-ZÄÖÜÀ-Þ0-9–-]|$)")
_PATH = re.compile(r"(?<![A-Za-z])[A-Za-z]:\\(?!/)|\\\\[A-Za-z]|\\(?:begin|frac|newcommand|textbf|section)\b")


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    if _PATH.search(body) or explains_markup(body):
        return
    escaped = list(_ESCAPED.finditer(body))
    mixed = bool(escaped) and _BARE.search(body) is not None
    for match in escaped:
        if not in_code(text, *match.span()):
            after = None if mixed else ""
            yield Found(start=match.start(), end=match.end(), after=after, drop="" if mixed else "backslash")
    for match in _SLASH.finditer(body):
        yield Found(start=match.start(), end=match.end(), after=match.group().replace("\\", ""))
    for match in _LINE_END.finditer(body):
        if _ends_something(body, match.start()) and not in_code(text, *match.span()):
            start, end = around(body, *match.span())
            yield Found(start=start, end=end, split=True, drop="line end written out")


def _ends_something(body: str, at: int) -> bool:
    before = body[:at].rstrip()[-1:]
    return not before or before in '.!?:;,»“”"…)' or body.startswith("\\r\\n", at)


RULE = TextRule(card=CARD, trigger=r"\\['\"/nr]", literals=("\\",), find=find, strings=True)
