"""G1 to G7: what print leaves behind: hyphens, ligatures, initials, quotes, dashes, spaces, figures."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from backfile.lab.classes._places import matches, words
from backfile.lab.fault_class import FaultClass, Recoverable
from backfile.lab.sheet import Edit, Sheet

Injector = Callable[[Sheet, Random], list[Edit] | None]
_LIGATURES = {"ffi": "ﬃ", "ffl": "ﬄ", "ff": "ﬀ", "fi": "ﬁ", "fl": "ﬂ"}
_SYLLABLE = r"(?<=\b[A-Za-zÀ-ÿ]{2})[a-zà-ÿ]*?[aeiouäöüéèà](?P<x>)[bdfgklmnprstvwz][aeiouäöü][a-zà-ÿ]{2,}\b"
"""After a vowel, before a consonant and a vowel: so every one of our languages hyphenates."""


def _some(pattern: str, new: str, most: int = 3, also: tuple[str, ...] = ()) -> Injector:
    return lambda sheet, rng: matches(sheet, rng, pattern, new, most=most, also=also)


def _ligatures(sheet: Sheet, rng: Random) -> list[Edit] | None:
    return words(sheet, lambda word: re.sub("ff[il]|f[fil]", lambda match: _LIGATURES[match[0]], word))


def _initial(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """A large initial that was a letter of its own."""
    blocks = [block for block in sheet.blocks("paragraph") if re.match("[B-HJ-NP-Z][a-zà-ÿ]{1,}", block.text)]
    return [Edit(start=b.start + 1, end=b.start + 1, new=" ") for b in blocks[:1]] or None


_REVERSED = str.maketrans({"„": "“", "“": "„"})


def _reversed(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """German pairs the wrong way round: `“so„`."""
    return matches(sheet, rng, "„[^„“”\n]+“", lambda match: match[0].translate(_REVERSED), most=1000)


def _typewriter(sheet: Sheet, rng: Random) -> list[Edit] | None:
    return matches(sheet, rng, "[«»]", lambda match: "<<" if match[0] == "«" else ">>", most=1000)


_QUOTED = "[«„“][^«»„“”\n]+(?P<mark>[»“”])"


def _mixed(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """The opening mark of one system, the closing mark of another."""
    other = {"»": '"', "“": '"', "”": "''"}
    return matches(sheet, rng, _QUOTED, lambda match: match[0][:-1] + other[match["mark"]], most=1)


def _unbalanced(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """The whole quotation is the place: which of its two marks is without the other is the same question."""
    return matches(sheet, rng, _QUOTED, lambda match: match[0][:-1].rstrip("\u00a0"), most=1)


def _primes(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """A filter for feet and inches came upon apostrophes."""
    return matches(sheet, rng, "(?<=[a-z])(?P<x>’)(?=[a-z])", "′", most=5, also=("'",))


def _footnote(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """A raised figure that is no longer raised."""
    return matches(sheet, rng, r"(?<=[a-zà-ÿ]{4}\.)(?P<x>)(?= [A-ZÀ-Ý])", str(rng.randrange(1, 9)), most=1)


def _class(name: str, group: str, what: str, inject: Injector, recoverable: Recoverable = "text",
           languages: tuple[str, ...] = ()) -> FaultClass:  # fmt: skip
    return FaultClass(name=name, group=group, layer="string", recoverable=recoverable, what=what, inject=inject,
                      languages=languages)  # fmt: skip


CLASSES = (
    _class("hyphen-space", "G1", "a line's hyphen and a space inside a word", _some(_SYLLABLE, "- "), "archive"),
    _class("hyphen-kept", "G1", "a line's hyphen inside a word", _some(_SYLLABLE, "-"), "archive"),
    _class("hyphen-break", "G1", "a line's hyphen and the line end", _some(_SYLLABLE, "-\n"), "archive"),
    _class("ligature-sign", "G2", "ligatures as characters: `ﬁ`", _ligatures),
    _class("ligature-split", "G2", "a space after a ligature", _some("(?<=[a-z]f[fil])(?P<x>)(?=[a-z]{2})", " "),
           "archive"),
    _class("drop-cap", "G3", "a space after a large initial", _initial, "archive"),
    _class("reversed-quotes", "G4", "German quotes the wrong way round", _reversed, languages=("de",)),
    _class("typewriter-guillemets", "G4", "`<<` and `>>`", _typewriter, languages=("de-CH", "fr", "it")),
    _class("mixed-quotes", "G4", "a pair of two systems", _mixed),
    _class("lost-quote", "G4", "a closing quotation mark is gone", _unbalanced, "source"),
    _class("ascii-dash", "G5", "`--` or `-` for a dash", lambda s, r: matches(
        s, r, "(?<= )(?P<x>[–—])(?= )", r.choice(("--", "-")))),
    _class("prime-apostrophe", "G5", "a prime for an apostrophe", _primes, languages=("fr", "it", "en")),
    _class("double-space", "G6", "two spaces", _some(r"(?<=[a-z,]) (?=[a-z])", "  ")),
    _class("space-before-comma", "G6", "a space before a comma or stop", _some(r"(?<=[a-zà-ÿ])(?P<x>)(?=[,.] )", " ")),
    _class("no-space-after-comma", "G6", "no space after a comma", _some(r"(?<=[a-zà-ÿ]{2},)(?P<x> )(?=[a-zà-ÿ]{2})",
                                                                     "")),
    _class("ordinal-glued", "G6", "`10.Juli`", _some(r"(?<=\d\.)(?P<x> )(?=[A-Z])", ""),
           languages=("de",)),
    _class("number-unit-glued", "G6", "`12Franken`", _some(r"(?<=\d)(?P<x>[ \u00a0])(?=[A-Za-z]{4})", "")),
    _class("thousands-lost", "G6", "`300000` for `300 000`", _some(r"(?<=\d)(?P<x>[’.,\u00a0])(?=\d{3}\b)", ""),
           "source"),
    _class("elision-space", "G6", "`l’ école`", _some(r"(?<=\b[a-zA-Z]’)(?P<x>)(?=[a-zà-ÿ])", " "),
           languages=("fr", "it")),
    _class("contraction-split", "G6", "`don ’t`", _some(r"(?<=[a-z])(?P<x>)(?=’(?:t|s|re|ve|ll)\b)", " "),
           languages=("en",)),
    _class("footnote-glued", "G7", "a footnote's figure glued to a sentence", _footnote, "source"),
)  # fmt: skip
