"""B1 to B5: entities and escapes that are read as text."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from html.entities import codepoint2name
from itertools import pairwise
from random import Random
from urllib.parse import quote

from backfile.lab.classes._places import last_paragraph, matches, replace_block, words
from backfile.lab.fault_class import FaultClass, Recoverable
from backfile.lab.sheet import Edit, Sheet

Injector = Callable[[Sheet, Random], list[Edit] | None]


def _each(change: Callable[[str], str]) -> Injector:
    """Every character beyond ASCII."""
    return lambda sheet, rng: words(sheet, lambda word: re.sub(r"[^\x00-\x7f]", lambda match: change(match[0]), word))


def _letters(change: Callable[[str], str]) -> Injector:
    """Every letter beyond ASCII."""
    pattern = re.compile(r"[^\W\d_a-zA-Z]")
    return lambda sheet, rng: words(sheet, lambda word: pattern.sub(lambda match: change(match[0]), word))


def named(char: str) -> str:
    name = codepoint2name.get(ord(char))
    return f"&{name};" if name else f"&#{ord(char)};"


def _double(char: str) -> str:
    return html.escape(named(char))


def _cut(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """A limit of length fell on an escaped text."""
    block = last_paragraph(sheet)
    found = [m for m in re.finditer(r"\b\w*[äöüéèàçß]\w*", block.text) if m.start() > 40] if block else []
    if not found or block is None:
        return None
    word = rng.choice(found)
    accent = re.search("[äöüéèàçß]", word[0])
    assert accent is not None
    start = word.start() + accent.start()
    new = named(accent[0])[: rng.choice((1, 2, 3))] + rng.choice(("", "...", " ..."))
    return [Edit(start=block.start + start, end=block.end, new=new)]


def _slashed(sheet: Sheet, rng: Random) -> list[Edit] | None:
    return matches(sheet, rng, "’", r"\\'", most=1000, also=("'",), kinds=("lead", "paragraph", "crosshead"))


def _slashed_quotes(sheet: Sheet, rng: Random) -> list[Edit] | None:
    return matches(sheet, rng, "[“”„]", r'\\"', most=1000, also=('"',), kinds=("lead", "paragraph", "crosshead"))


def _newlines(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """Line ends that stayed escaped join two paragraphs."""
    found = [
        Edit(start=one.end, end=two.start, new=rng.choice(("\\n", "\\n\\n", "\\r\\n")), also=("\n", " "))
        for one, two in pairwise(sheet.blocks())
        if one.kind == two.kind == "paragraph"
    ]
    return found[:2] or None


def _serialised(sheet: Sheet, rng: Random) -> list[Edit] | None:
    block = last_paragraph(sheet)
    if block is None:
        return None
    size = len(block.text.encode())
    forms = (f'a:1:{{s:4:"text";s:{size}:"{block.text}";}}', f'{{"html"=>"{block.text}"}}')
    return replace_block(block, rng.choice(forms))


def _escaped(sheet: Sheet, rng: Random) -> list[Edit] | None:
    return words(sheet, lambda word: re.sub(r"[^\x00-\x7f]", lambda match: f"\\u{ord(match[0]):04x}", word))


def _class(name: str, group: str, what: str, inject: Injector, recoverable: Recoverable = "text") -> FaultClass:
    return FaultClass(name=name, group=group, layer="string", recoverable=recoverable, what=what, inject=inject)


CLASSES = (
    _class("named-entity", "B1", "visible entities: `f&uuml;r`", _each(named)),
    _class("decimal-entity", "B1", "visible decimal references", _each(lambda char: f"&#{ord(char)};")),
    _class("hex-entity", "B1", "visible hexadecimal references", _each(lambda char: f"&#x{ord(char):X};")),
    _class("double-entity", "B2", "escaped twice: `&amp;uuml;`", _each(_double)),
    _class("triple-entity", "B2", "escaped three times", _each(lambda char: html.escape(_double(char)))),
    _class("unterminated-entity", "B3", "`&uuml` without its semicolon", _letters(lambda char: named(char)[:-1])),
    _class("cut-entity", "B3", "the text was cut inside an entity", _cut, "source"),
    _class("backslash-apostrophe", "B4", "a backslash before every apostrophe", _slashed),
    _class("backslash-quotes", "B4", "a backslash before every quotation mark", _slashed_quotes),
    _class("backslash-n", "B4", "line ends as `\\n`", _newlines),
    _class("unicode-escape", "B5", "`\\u00fc`", _escaped),
    _class("bare-unicode-escape", "B5", "`u00fc`, the backslash lost", _letters(lambda c: f"u{ord(c):04x}"), "archive"),
    _class("percent-escape", "B5", "`%C3%BC`", _letters(quote)),
    _class("quoted-printable", "B5", "`=C3=BC`", _letters(lambda c: "".join(f"={byte:02X}" for byte in c.encode()))),
    _class("serialised", "B5", "a serialised field shown as text", _serialised, "source"),
)
