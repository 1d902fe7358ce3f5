"""Placeholders for pictures and files of the old system."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.looks import explains_markup, in_code, with_space
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="media-token",
    group="C3",
    title="Placeholder of a picture or file",
    readers_saw='[[{"fid":"1204",…}]], {mosimage}, {loadposition user9}, [[Datei:Bild.jpg|mini|…]]',
    why="The old system kept a token in the text and put the picture there when it showed the page.",
    before="{mosimage} Das Dorf im Winter.",
    after="Das Dorf im Winter.",
    will_get_wrong=(
        "Tokens that name nothing are taken out. Those that name a picture or a file are shown: only the old "
        "system's media table knows what they stood for."
    ),
    grade="shown",
    since="0.1",
)

_EMPTY = re.compile(
    r"\{(?:mosimage|mospagebreak[^{}]{0,200}|loadposition [^{}]{0,100}|loadmodule [^{}]{0,100}|loadmoduleid [^{}]{0,40}"
    r"|jcomments (?:on|off|lock)|emailcloak=off|readmore|/?source)\}",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"\[\[\{\"(?:fid|type|nid|mid)\"[^\[\]]{0,4000}\}\]\]|\[\[(?:Datei|Bild|File|Image|Fichier"
    r"|Immagine):[^\[\]]{1,1000}\]\]"
    r"|\{(?:gallery|youtube|vimeo|audio|mp3|images?|slideshow|phocagallery|rokbox|modal)(?:[ ="
    r"|][^{}]{0,300})?\}(?:[^{}<>]{0,300}\{/[a-z]{3,12}\})?"
    r"|\[(?:media|node|nid|inline|img_assist|image|asset|file)[:|][^\[\]]{1,300}\]|\{\{(?:image|gallery"
    r"|file|media)[^{}]{1,300}\}\}"
    r"|(?:\.\./)*resolveuid/[0-9a-fA-F-]{8,40}(?:/[A-Za-z0-9_-]{1,60})?|\[\[image-?\d{1,9}[^\[\]]{0,200}\]\]",
    re.IGNORECASE,
)


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    if explains_markup(body):
        return
    for match in _EMPTY.finditer(body):
        if not in_code(text, *match.span()):
            start, end = with_space(body, *match.span())
            yield Found(start=start, end=end, after="", drop="media token", grade="safe")
    for match in _NAMED.finditer(body):
        if not in_code(text, *match.span()):
            yield Found(start=match.start(), end=match.end())


RULE = TextRule(
    card=CARD,
    trigger=(
        r"\{(?:mos|load|jcomments|emailcloak|readmore|/?source|gallery|youtube|vimeo|audio|mp3|image"
        r"|slideshow|phocagallery|rokbox|modal)"
        r"|\{\{(?:image|gallery|file|media)|\[\[(?:\{\"|Datei:|Bild:|File:|Image|Fichier:|Immagine:)|resolveuid/"
        r"|\[(?:media|node|nid|inline|img_assist|image|asset|file)[:|]"
    ),
    find=find,
    ignore_case=True,
)
