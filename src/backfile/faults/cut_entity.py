"""Entities without their end: the semicolon is missing, or the text was cut within."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from backfile.article import Text
from backfile.faults.looks import addresses, explains_markup, in_code, within
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="cut-entity",
    group="B3",
    title="Entity without its end",
    readers_saw="&#8222Ja, B&aumlume, or a teaser that ends in Unm& ...",
    why="A length limit was applied to escaped text, or an old editor left the semicolon out.",
    before="Die B&aumlume im Park &#8222stehen&#8220",
    after="Die Bäume im Park „stehen“",
    will_get_wrong=(
        "Entities cut at the end of a text cannot be known and are shown. Names with an ampersand (H&M, Q&A, AT&T) and "
        "web addresses are left alone."
    ),
    grade="safe",
    since="0.1",
)

_LATIN = (
    "[aouAOU]uml|szlig|[aeiouAEIOU](?:acute|grave|circ)|[cC]cedil|[nN]tilde|[lr]aquo|[lrb]dquo"
    "|[lrs][sb]?quo|[nm]dash|hellip"
    "|nbsp|quot|amp|euro|eur|deg|sect|oelig|aelig|copy|middot"
)
_NUMERIC = re.compile(r"&#([0-9]{2,5}|x[0-9a-fA-F]{2,4})(?![0-9a-fA-F;])")
_NAMED = re.compile(rf"&({_LATIN})(?!;)")
_NAMES = """
amp quot nbsp szlig laquo raquo ldquo rdquo bdquo lsquo rsquo ndash mdash hellip euro ccedil ntilde auml ouml
uuml agrave egrave igrave ograve ugrave aacute eacute iacute oacute uacute acirc ecirc icirc ocirc ucirc Auml
Ouml Uuml Agrave Egrave Eacute
"""
_BEGINNINGS = {name[:length] for name in _NAMES.split() for length in range(2, len(name) + 1)}
_PARTS = "|".join(sorted(_BEGINNINGS, key=lambda name: (-len(name), name)))
_CUT = re.compile(rf"(?<=[a-zäöüß])&(?:#x?[0-9a-fA-F]{{0,4}}|{_PARTS})?(?: ?(?:\.\.\.|…))?$")


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    if explains_markup(body):
        return
    links = addresses(body)
    cut = _CUT.search(body)
    for match in (*_NUMERIC.finditer(body), *_NAMED.finditer(body)):
        if within(links, *match.span()) or in_code(text, *match.span()) or (cut and match.start() == cut.start()):
            continue
        if body.startswith("=", match.end()):  # a parameter of an address: ?a=1&copy=2
            continue
        if _in_a_name(body, *match.span()):
            continue
        char = unescape(match.group() + ";")
        if len(char) == 1 and (char.isprintable() or char == "\u00a0"):
            yield Found(start=match.start(), end=match.end(), after=char)
    if cut and not within(links, *cut.span()):
        yield Found(start=cut.start(), end=cut.end())


_WORDS_TOO = ("&copy", "&sect", "&deg", "&euro", "&eur")


def _in_a_name(body: str, start: int, end: int) -> bool:
    """`print&copy`, `loud&amplified`: a name that ties two words."""
    if not body[start - 1 : start].isalpha():
        return False
    return body[start:end] in _WORDS_TOO or (body[start:end] == "&amp" and body[end : end + 1].islower())


RULE = TextRule(
    card=CARD,
    trigger=rf"&#[0-9x]|&(?:{_LATIN})|[a-zäöüß]&[a-zA-Z#0-9]{{0,6}} ?(?:\.\.\.|…)?$",
    literals=("&",),
    find=find,
    strings=True,
)
