"""A5 to A10: letters that were replaced, dropped, spelt out, taken apart, or joined by characters nobody sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random

from backfile.lab.classes._places import matches, one_block, words
from backfile.lab.fault_class import FaultClass, Layer, Recoverable
from backfile.lab.sheet import Edit, Sheet

Injector = Callable[[Sheet, Random], list[Edit] | None]
_LETTER = re.compile(r"[^\W\d_a-zA-Z]")
_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_SPACING = {"ä": "a¨", "ö": "o¨", "ü": "u¨", "é": "e´", "è": "e`", "à": "a`", "ê": "e^", "ô": "o^"}
_ACCENTED = {"à": "a'", "è": "e'", "é": "e'", "ì": "i'", "ò": "o'", "ù": "u'"}


def _letters(sign: str, *, per_byte: bool = False) -> Injector:
    def change(word: str) -> str:
        return _LETTER.sub(lambda match: sign * (len(match[0].encode()) if per_byte else 1), word)

    return lambda sheet, rng: words(sheet, change)


def _dashes(sign: str) -> Injector:
    return lambda sheet, rng: matches(sheet, rng, r"(?<= )(?P<x>[–—])(?= )", sign)


def _marks(sheet: Sheet, rng: Random) -> list[Edit] | None:
    return words(sheet, lambda word: re.sub("[„“”«»‚‘]", "?", word))


def _apostrophes(sheet: Sheet, rng: Random) -> list[Edit] | None:
    return matches(sheet, rng, r"(?<=[^\W\d_])(?P<x>’)(?=[^\W\d_])", "?", most=20, also=("'",))


def _dropped(word: str) -> str:
    """A word of nothing but such letters would leave two spaces, which are one on a page."""
    left = _LETTER.sub("", word)
    return left if re.search("[a-zA-Z]", left) else word


def _digits(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """The figures and the space after them: on a page, two spaces are one."""
    return matches(sheet, rng, r"(?<= )(?P<x>[1-9]\d*(?:[’.]\d+)? )(?=[a-zA-Zµ-ÿ])", "", most=2)


def _without_marks(word: str) -> str:
    plain = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(char for char in plain if not unicodedata.combining(char)))


def _final_accents(word: str) -> str:
    return re.sub(r"[àèéìòù](?![^\W\d_])", lambda match: _ACCENTED[match[0]], word)


def _inside(sign: str) -> Injector:
    """Into the middle of some long words."""
    pattern = r"(?<=[^\W\d_])(?P<x>)(?=[a-zà-ÿ]{3})(?<=[^\W\d_]{4})"
    return lambda sheet, rng: matches(sheet, rng, pattern, sign, most=6)


def _at_starts(sign: str) -> Injector:
    def inject(sheet: Sheet, rng: Random) -> list[Edit] | None:
        return [Edit(start=b.start, end=b.start, new=sign) for b in sheet.blocks("lead", "paragraph")] or None

    return inject


def _spaces(new: str, *also: str) -> Injector:
    return lambda sheet, rng: matches(sheet, rng, r"(?<=[^\W\d_]) (?=[a-zà-ÿ])", new, most=4, also=also)


def _bullets(sheet: Sheet, rng: Random) -> list[Edit] | None:
    block = one_block(sheet, rng, "paragraph")
    bullets = ("• ", "", "- ", "– ", "·\u00a0")
    return block and [Edit(start=block.start, end=block.start, new="\uf0b7 ", also=bullets)]


def _glyph(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """A house font kept its ligatures in the private use area: which glyph that was, only the font knew."""
    glyphs = {"ff": "\uf766", "ffi": "\uf769", "fi": "\uf6f1", "fl": "\uf6f2"}
    return words(sheet, lambda word: re.sub("ffi|ff|fi|fl", lambda match: glyphs[match[0]], word))


def _class(name: str, group: str, what: str, inject: Injector, recoverable: Recoverable = "text",
           layer: Layer = "string", languages: tuple[str, ...] = ()) -> FaultClass:  # fmt: skip
    return FaultClass(name=name, group=group, layer=layer, recoverable=recoverable, what=what, inject=inject,
                      languages=languages)  # fmt: skip


CLASSES = (
    _class("question-letter", "A5", "`?` for a letter", _letters("?"), "archive", "bytes"),
    _class("question-byte", "A5", "`??` for a letter of two bytes", _letters("?", per_byte=True), "archive", "bytes"),
    _class("question-dash", "A5", "`?` for a dash between spaces", _dashes("?"), layer="bytes"),
    _class("question-quotes", "A5", "`?` for quotation marks", _marks, "source", "bytes"),
    _class("question-apostrophe", "A5", "`?` for an apostrophe", _apostrophes, "text", "bytes", ("fr", "it", "en")),
    _class("replacement-letter", "A6", "U+FFFD for a letter", _letters("\ufffd"), "archive", "bytes"),
    _class("replacement-byte", "A6", "U+FFFD for each byte", _letters("\ufffd", per_byte=True), "archive", "bytes"),
    _class("dropped-letter", "A7", "letters beyond ASCII are gone", lambda s, r: words(s, _dropped), "source",
           "bytes"),
    _class("dropped-number", "A7", "a number is gone", _digits, "source"),
    _class("lost-accent", "A7", "letters without their accents", lambda s, r: words(s, _without_marks), "source",
           "bytes", ("fr", "it")),
    _class("spelt-umlaut", "A8", "ae, oe, ue for umlauts", lambda s, r: words(s, lambda w: w.translate(_SPELT)),
           "archive", languages=("de",)),
    _class("mixed-sharp-s", "A8", "some ß written ss", lambda s, r: words(
        s, lambda w: w.replace("ß", "ss"), some=lambda: r.random() < 0.5), "never", languages=("de",)),
    _class("accent-apostrophe", "A8", "a final accent as an apostrophe: `citta'`", lambda s, r: words(
        s, _final_accents), "text", languages=("it",)),
    _class("soft-hyphen", "A9", "U+00AD inside words", _inside("\u00ad")),
    _class("zero-width-space", "A9", "U+200B inside words", _inside("\u200b")),
    _class("byte-order-mark", "A9", "U+FEFF at paragraphs' starts", _at_starts("\ufeff")),
    _class("bidi-mark", "A9", "U+200E at paragraphs' starts", _at_starts("\u200e")),
    _class("line-separator", "A9", "U+2028 for a space", _spaces("\u2028", "\n")),
    _class("stray-no-break-space", "A9", "no-break spaces doubled between words", _spaces("\u00a0 ")),
    _class("decomposed", "A9", "letters taken apart (NFD)", lambda s, r: words(
        s, lambda w: unicodedata.normalize("NFD", w))),
    _class("spacing-accent", "A9", "letter and accent side by side: `u¨`", lambda s, r: words(
        s, lambda w: "".join(_SPACING.get(char, char) for char in w))),
    _class("private-bullet", "A10", "U+F0B7 for a bullet", _bullets),
    _class("private-ligature", "A10", "a house font's ligatures", _glyph, "source"),
)  # fmt: skip
