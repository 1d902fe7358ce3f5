"""Tags that show as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import MarkKind, Text
from backfile.faults.looks import around, explains_markup, in_code, quoted, with_space
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="literal-tag",
    group="C1",
    title="Literal tag",
    readers_saw="<p>, <br />, <strong>…</strong> in running text, mostly in captions, leads and teasers.",
    why="A field that allows no markup was filled with markup, and its tags were escaped on the way out.",
    before="Die Filiale<br />der <b>Bank</b> brennt.",
    after="Die Filiale (line end) der Bank (strong) brennt.",
    will_get_wrong=(
        "A text that shows tags on purpose without saying so. Texts that speak of HTML, tags in quotation "
        "marks and what "
        "the source marks as code are left alone; so is < before anything that is no tag of HTML (x<y, "
        "<3, <Name geändert>)."
    ),
    grade="safe",
    since="0.1",
)

_ATTRS = r"(?:\s[^<>]{0,2000})?"
_PAIR = re.compile(
    rf"<(b|strong|i|em|u|s|strike|del|sub|sup|small|code|tt|q|mark|a){_ATTRS}>([^<>]{{1,2000}})</\1\s?>", re.IGNORECASE
)
_BREAK = re.compile(rf"<br{_ATTRS}/?>(?:\s*<br{_ATTRS}/?>)*", re.IGNORECASE)
_BLOCK = re.compile(
    rf"</?(?:p|div|h[1-6]|ul|ol|li|dl|dt|dd|blockquote|table|tbody|thead|tr|center|section|article|figure"
    rf"|figcaption|pre|hr)"
    rf"{_ATTRS}/?>",
    re.IGNORECASE,
)
_INLINE = re.compile(
    rf"</?(?:b|strong|i|em|u|s|strike|del|ins|sub|sup|small|big|code|tt|q|mark|a|span|font|nobr|abbr|acronym"
    rf"|cite|td|th|wbr|o:p"
    rf"|tbody|body|html){_ATTRS}/?>",
    re.IGNORECASE,
)
_HELD = re.compile(r"<(?:img|iframe|object|embed|video|audio|input|form|svg)\b[^<>]{0,4000}>", re.IGNORECASE)
_HREF = re.compile(
    r"href\s*=\s*[\"'„“”«»]?(https?://[^\s\"'„“”«»<>]{1,1000}|/[^\s\"'<>]{1,500}|mailto:[^\s\"'<>]{1,200})",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z][\w:]*(?:\s+[a-z][\w:-]*\s*=[^<>]*|(?:\s+[a-z-]{2,20}){0,2})\s*/?>", re.IGNORECASE)
"""What stands in a tag besides its name are attributes: `a<b heisst, dass c>d` is a sentence."""
_MARKS: dict[str, MarkKind] = {
    "b": "strong", "strong": "strong", "i": "emphasis", "em": "emphasis", "u": "underline", "s": "strike",
    "strike": "strike", "del": "strike", "sub": "sub", "sup": "sup", "small": "small", "code": "code", "tt": "code",
    "q": "quote", "mark": "mark", "a": "link",
}  # fmt: skip


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    explained: bool | None = None
    for found in _all(body, ask):
        if not _TAG.match(body, body.find("<", found.start)):
            continue
        if explained is None:
            explained = explains_markup(_LINES_TAG.sub(" ", body))
        if explained:
            return
        if not quoted(body, found.start, found.end) and not in_code(text, found.start, found.end):
            yield found


_LINES_TAG = re.compile(r"<[^<>]*>")


def _all(body: str, ask: Ask) -> Iterator[Found]:
    for match in _PAIR.finditer(body):
        yield _pair(match, ask)
    for match in _BREAK.finditer(body):
        yield _line_end(body, match, ask, double=match.group().lower().count("<br") > 1)
    for match in _BLOCK.finditer(body):
        yield _line_end(body, match, ask, double=True)
    for match in _INLINE.finditer(body):
        start, end = with_space(body, *match.span())
        yield Found(start=start, end=end, after="", drop="markup")
    for match in _HELD.finditer(body):
        yield Found(start=match.start(), end=match.end())


def _pair(match: re.Match[str], ask: Ask) -> Found:
    name, words = match.group(1).lower(), match.group(2)
    href = _HREF.search(match.group()[: match.start(2) - match.start()]) if name == "a" else None
    mark = _MARKS[name] if name != "a" or href else None
    if ask.at == ask.block and ask.block not in ("headline", "kicker", "lead"):
        mark = None  # a plain string has no marks
    after = words if words.strip() else " "
    return Found(start=match.start(), end=match.end(), after=after, mark=mark, href=href.group(1) if href else "")


def _line_end(body: str, match: re.Match[str], ask: Ask, double: bool) -> Found:
    start, end = around(body, *match.span())
    if start == 0 or end == len(body):
        return Found(start=start, end=end, after="", drop="markup")
    if ask.block in ("headline", "kicker", "bylines", "section", "topics", "dateline"):
        return Found(start=start, end=end, after=" ")
    if double and ask.block == "paragraph":
        return Found(start=start, end=end, split=True, drop="markup")
    return Found(start=start, end=end, after="\n")


RULE = TextRule(
    card=CARD,
    trigger=(
        "</?(?:b|strong|i|em|u|s|strike|del|ins|sub|sup|small|big|code|tt|q|mark|a|span|font|nobr|abbr"
        "|acronym|cite|td|th|wbr"
        "|o:p|body|html|br|p|div|h[1-6]|ul|ol|li|dl|dt|dd|blockquote|table|tbody|thead|tr|center|section|article|figure"
        "|figcaption|pre|hr|img|iframe|object|embed|video|audio|input|form|svg)[ >/\\t\\n]"
    ),
    literals=("<",),
    find=find,
    ignore_case=True,
    strings=True,
)
