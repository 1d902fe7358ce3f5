"""Programs and style sheets that show as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.looks import explains_markup, in_code, with_space
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="script-leakage",
    group="C7",
    title="Script or style sheet in the text",
    readers_saw="window._taboola = …, googletag.cmd.push(function() {…}), .box { color: red; }",
    why=(
        "An importer took the tags of a script away and kept what stood between them, or text that a style had hidden "
        "came to light."
    ),
    before="googletag.cmd.push(function() { googletag.display('ad-1'); });",
    after="(the paragraph is dropped)",
    will_get_wrong=(
        "Paragraphs that are nothing but code are dropped. Where code stands among prose it is proposed only. Articles "
        "about programming that neither say so nor mark their code would lose a listing."
    ),
    grade="safe",
    since="0.1",
)

_SIGN = re.compile(
    r"googletag\.|window\._[a-z]|window\.[a-zA-Z_]{3,30} ?=|document\.(?:write|getElementById|createElement"
    r"|querySelector)\("
    r"|adsbygoogle|\bfunction ?[A-Za-z_$]{0,40}\([^()]{0,200}\) ?\{|jQuery\(|\$\((?:document|window"
    r"|['\"][.#])|_gaq\.push"
    r"|dataLayer\.push|\bvar [A-Za-z_$][\w$]{0,40} ?= ?[^;\n]{1,300};|<!\[CDATA\[|//\]\]>|\bgtag\("
    r"|@media [^{}\n]{1,100}\{|[.#]?[A-Za-z][\w-]{0,40} ?\{ ?[a-z-]{3,30} ?: ?[^{};\n]{1,100};"
)
_CODE = re.compile(r"[(){};=\[\]<>]|&&|\|\||//|['\"][\w./#:-]*['\"]")
_WORDS = re.compile(r"(?:[A-Za-zÀ-ÿ]{2,} ){4,}[A-Za-zÀ-ÿ]{2,}")
_STATEMENT = re.compile(
    r"(?:googletag|window|document|jQuery|\$|_gaq|dataLayer|gtag|\(adsbygoogle)[^\s{}();]{0,100}[^{};\n]{0,200}"
    r"(?:\{[^{}]{0,2000}\}[^{};\n]{0,100})?\)?;"
    r"|[.#][A-Za-z][\w-]{0,40} ?\{[^{}]{0,1000}\}|<!\[CDATA\[|//\]\]>"
)


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    sign = _SIGN.search(body)
    if not sign or in_code(text, *sign.span()):
        return
    if _is_code(body):
        if not _prose(body):
            yield Found(start=0, end=len(body), after="", drop="script")
        return
    if explains_markup(body):
        return
    found = False
    for match in _STATEMENT.finditer(body):
        found = True
        start, end = with_space(body, *match.span())
        yield Found(start=start, end=end, after="", drop="script", grade="proposed")
    if not found:
        yield Found(start=sign.start(), end=sign.end())


def _is_code(body: str) -> bool:
    """Whether it is code from end to end: begins and ends like it, and is dense with its signs."""
    ends = body.rstrip()[-1:] in ";})>/]"
    begins = _SIGN.match(body.lstrip()) is not None or body.lstrip()[:1] in "<{(.#/$"
    return begins and ends and len(_CODE.findall(body)) * 25 > len(body)


def _prose(body: str) -> bool:
    """Five words in a row: somebody may want to read them."""
    return _WORDS.search(body) is not None


RULE = TextRule(
    card=CARD,
    trigger=(
        r"googletag\.|window\.[a-zA-Z_]|document\.(?:write|getElementById|createElement|querySelector)\(|adsbygoogle"
        r"|function ?[A-Za-z_$]*\(|jQuery\(|\$\(|_gaq\.push|dataLayer\.push|var [A-Za-z_$]|CDATA\[|//\]\]>"
        r"|gtag\(|@media"
        r"|[A-Za-z0-9_-] ?\{ ?[a-z-]{3,30} ?:"
    ),
    find=find,
)
