"""Letters, apostrophes and dashes that a conversion replaced by question marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from backfile.article import Text
from backfile.faults.looks import addresses, explains_encoding, in_name, within
from backfile.faults.lost_letters import fitting
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="question-mark-substitution",
    group="A5",
    title="Question marks in place of letters",
    readers_saw="f?r, Z?rich, aujourd?hui, l?école: a question mark inside a word.",
    why=(
        "Text was converted to a character set that lacks the letter, and the converter put a question mark for it, "
        "once for each letter or once for each of its bytes."
    ),
    before="Die Br?cke f?r Fussg?nger",
    after="Die Brücke für Fussgänger",
    will_get_wrong=(
        "Nothing where more than one word fits, or none: those are shown. Questions that lack the space after them "
        "(Wer?Wie?Was?) are recognised by their words, and passed over; so are web addresses."
    ),
    grade="safe",
    since="0.1",
)

_LETTER = "A-Za-zÀ-ÖØ-öø-ÿ"
_WORD = re.compile(rf"(?<![{_LETTER}0-9?=/&])[{_LETTER}]*\?{{1,2}}[{_LETTER}][{_LETTER}?]*(?![0-9=/&])")
_FRENCH = re.compile(
    r"(?<![a-zà-ÿ?])(?:[ldjmtsncLDJMTSNC]|[Qq]u|[Jj]usqu|[Ll]orsqu|[Pp]uisqu|[Qq]uoiqu|[Aa]ujourd|[Qq]uelqu)(\?)"
    r"(?=[aeiouyhàâéèêëîïôûAEIOUYHÀÂÉÈÊÎÔ])"
)
_ITALIAN = re.compile(
    r"(?<![a-zà-ÿ?])(?:[ldcsLDCS]|[Uu]n|[Dd]ell|[Nn]ell|[Aa]ll|[Dd]all|[Ss]ull|[Qq]uest|[Qq]uell|[Cc]oll|[Gg]li|[Tt]utt)(\?)"
    r"(?=[aeiouhàèéìòùAEIOUHÈ])"
)
_ENGLISH = re.compile(r"(?<=[a-z])(\?)(?=(?:s|t|re|ve|ll|d)(?![a-zA-Z?]))")
_ELISIONS = {"fr": _FRENCH, "it": _ITALIAN, "en": _ENGLISH}
_DASH = re.compile(r"(?<=[a-zäöüà-ÿ0-9»”]) (\?) (?=[a-zäöüà-ÿ])")


def find(text: Text, ask: Ask) -> Iterator[Found]:
    body = text.text
    if explains_encoding(body):
        return
    links = addresses(body)
    taken: set[int] = set()
    elision = _ELISIONS.get(ask.language[:2])
    for match in elision.finditer(body) if elision else ():
        if not within(links, *match.span(1)):
            taken.add(match.start(1))
            yield Found(start=match.start(1), end=match.end(1), after="’")
    for match in _WORD.finditer(body):
        if not within(links, *match.span()) and not any(at in taken for at in range(*match.span())):
            yield from _word(match, ask)
    if not ask.language.startswith("fr"):
        for match in _DASH.finditer(body):
            yield Found(start=match.start(1), end=match.end(1), after="–", grade="proposed")


def _word(match: re.Match[str], ask: Ask) -> Iterator[Found]:
    word = match.group().rstrip("?")
    end = match.start() + len(word)
    words = fitting(word, "?", ask, match.string[max(0, match.start() - 4) : match.start()])
    if len(words) == 1:
        yield Found(start=match.start(), end=end, after=words[0])
    elif (words or _is_no_question(word, ask)) and not _means_a_letter(match.string, match.start(), end):
        yield Found(start=match.start(), end=end, note=f"may be: {', '.join(words[:5])}" if words else "")


_SPEAKS_OF_LETTERS = re.compile(
    r"\b(?:Buchstaben?|Suchmaske|Platzhalter|Kreuzwort\w*|[Ll]ettres|[Ll]ettere|[Ll]etters?|[Cc]atalogue|[Ww]ildcards?)\b"
)


def _means_a_letter(body: str, start: int, end: int) -> bool:
    """Whether a word in quotation marks shows its missing letters, in a text that speaks of letters."""
    return in_name(body, start, end) and _SPEAKS_OF_LETTERS.search(body) is not None


def _is_no_question(word: str, ask: Ask) -> bool:
    """Whether the parts around the marks are no words: `kommt?dann` only lacks a space."""
    parts = [part for part in word.split("?") if part]
    if word.startswith("?") or any(part[0].isupper() for part in parts[1:]):
        return False
    return len(parts) > 1 and not all(ask.known(part) for part in parts)


RULE = TextRule(
    card=CARD,
    trigger=rf"[{_LETTER}0-9»”] ?\? ?[{_LETTER}]|\?[{_LETTER}]",
    literals=("?",),
    find=find,
    strings=True,
)
