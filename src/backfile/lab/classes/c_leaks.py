"""C7 to C10: scripts, hidden text, cruft, placeholders and scrambled text among the paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from backfile.lab.classes._places import Lines, before, by_language, one_block
from backfile.lab.fault_class import Carrier, FaultClass, Layer, Recoverable
from backfile.lab.sheet import GAP, Edit, Sheet

Injector = Callable[[Sheet, Random], list[Edit] | None]
_SCRIPTS = (
    "googletag.cmd.push(function() { googletag.display('div-gpt-ad-1'); });",
    "window._taboola = window._taboola || []; _taboola.push({mode: 'thumbs', container: 'unten'});",
    "var _gaq = _gaq || []; _gaq.push(['_setAccount', 'UA-000000-1']); _gaq.push(['_trackPageview']);",
    "function popup(url) { window.open(url, 'bild', 'width=600,height=400'); return false; }",
)
_STYLES = (
    ".bildbox { float: left; margin: 0 10px 5px 0; width: 220px; }",
    "#box12 { background-color: #eeeeee; padding: 8px; } #box12 p { font-size: 11px; }",
)
_DUMMIES: Lines = {
    "de": ("Die Muster AG aus Musterwil ist Ihr Partner für alle Fälle.", "Hier kommt der Text hin."),
    "fr": ("Votre texte ici.",),
    "it": ("Inserire qui il testo.",),
    "en": ("Your text here.",),
}
_LATIN = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore."


def _lines(*lines: str) -> Injector:
    def inject(sheet: Sheet, rng: Random) -> list[Edit] | None:
        block = one_block(sheet, rng, "paragraph")
        return block and before(block, rng.choice(lines))

    return inject


def _dummy(sheet: Sheet, rng: Random) -> list[Edit] | None:
    block = one_block(sheet, rng, "paragraph")
    return block and before(block, by_language(_DUMMIES, sheet, rng))


def _hidden(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """Words for search engines, which the old style sheet hid."""
    block = one_block(sheet, rng, "paragraph")
    if block is None:
        return None
    said = " billig kaufen online"
    return [Edit(start=block.end, end=block.end, new=said, raw=f'<span style="display:none">{said}</span>')]


def _empty(sheet: Sheet, rng: Random) -> list[Edit] | None:
    block = one_block(sheet, rng, "paragraph")
    return block and before(block, "\u00a0")


def _scrambled(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """What a paywall shows to those who have not paid: each letter another one."""
    block = one_block(sheet, rng, "paragraph")
    if block is None:
        return None
    letters = list("abcdefghijklmnopqrstuvwxyz")
    rng.shuffle(letters)
    table = str.maketrans(dict(zip("abcdefghijklmnopqrstuvwxyz", letters, strict=True)))
    return [Edit(start=block.start, end=block.end, new=block.text.translate(table))]


def _word_cruft(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """A word processor's tags round words: a tool that takes tags for word ends, or drops what it does not know."""
    block = one_block(sheet, rng, "paragraph")
    found = list(re.finditer(r"(?<= )[^\W\d_]{6,}(?= )", block.text)) if block else []
    if not found or block is None:
        return None
    word = rng.choice(found)
    half = len(word[0]) // 2
    raw = f'<font face="Arial"><span class="MsoNormal">{word[0][:half]}</span></font>{word[0][half:]}<o:p></o:p>'
    start = block.start + word.start()
    return [Edit(start=start, end=block.start + word.end(), new=f"{word[0][:half]} {word[0][half:]}", raw=raw)]


def _class(name: str, group: str, what: str, inject: Injector, recoverable: Recoverable = "text",
           layer: Layer = "markup", carrier: Carrier = "body") -> FaultClass:  # fmt: skip
    return FaultClass(name=name, group=group, layer=layer, recoverable=recoverable, what=what, inject=inject,
                      carrier=carrier)  # fmt: skip


CLASSES = (
    _class("script-paragraph", "C7", "a script as a paragraph", _lines(*_SCRIPTS)),
    _class("style-paragraph", "C7", "a style sheet as a paragraph", _lines(*_STYLES)),
    _class("hidden-text", "C7", "text that the old page hid", _hidden),
    _class("empty-paragraph", "C8", "a paragraph of one no-break space", _empty),
    _class("word-cruft", "C8", "a word processor's tags inside a word", _word_cruft),
    _class("programmers-nothing", "C9", "`undefined`, `Array`, `[object Object]`",
           _lines("undefined", "Array", "[object Object]", "NULL"), layer="record"),
    _class("lorem-ipsum", "C9", "the template's Latin", _lines(_LATIN, f"Lorem ipsum{GAP}{_LATIN}"), "archive",
           "record"),
    _class("template-sentence", "C9", "the template's own sentence", _dummy, "archive", "record"),
    _class("paywall-scramble", "C10", "a paragraph with its letters exchanged", _scrambled, "source", "page",
           "page"),
)  # fmt: skip
