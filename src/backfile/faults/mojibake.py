"""UTF-8 that was read in another encoding, once or several times."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ftfy.badness import BADNESS_RE, badness

from backfile.article import Text
from backfile.faults.looks import explains_encoding
from backfile.faults.misread import DOS, dos_repaired, is_bad, repaired
from backfile.faults.rule import Ask, Card, Found, TextRule

CARD = Card(
    name="mojibake",
    group="A1",
    title="UTF-8 read in another encoding",
    readers_saw="Two or three strange characters for every accented letter, quotation mark or dash: Ã¼, Ã©, â€œ, â€“.",
    why=(
        "The database held UTF-8 and the connection said Windows-1252, Latin-1, MacRoman or DOS, so that each byte of "
        "a letter became a letter of its own. Every move of the archive with the same mistake doubles it."
    ),
    before="Die BrÃ¼cke fÃ¼r FuÃŸgÃ¤nger",
    after="Die Brücke für Fußgänger",
    will_get_wrong=(
        "Sequences that look damaged and are meant: a brand spelled with Ã, a text that quotes mojibake without saying "
        "that it speaks of encodings. Text that passed two different mistakes, or lost a byte, stays as it is and is "
        "left to the rules for lossy damage."
    ),
    grade="safe",
    since="0.1",
)

LONGEST = 20_000
"""A longer text is repaired in pieces, cut at spaces and stops; in characters."""
_WORD = re.compile(r"\S+")
_WORDS_AND_GAPS = re.compile(r"\S+|\s+").findall


def _one_line(verbose: str) -> str:
    """A verbose pattern without its white space and comments, which hyperscan does not know."""
    out, in_class, at = [], False, 0
    while at < len(verbose):
        char = verbose[at]
        if char == "\\":
            out.append(verbose[at : at + 2])
            at += 2
            continue
        if not in_class and char == "#":
            at = verbose.index("\n", at)
        elif in_class or not char.isspace() or char in "\x85\xa0":
            out.append(char)
            in_class = char == "[" or (in_class and char != "]")
        at += 1
    return "".join(out)


def find(text: Text, ask: Ask) -> Iterator[Found]:
    explained: bool | None = None
    for start, piece in _pieces(text.text):
        fixed = piece if piece.isascii() else dos_repaired(repaired(piece))
        if fixed != piece and (not is_bad(fixed) or badness(fixed) <= badness(piece)):
            if explained is None:
                explained = explains_encoding(text.text)
            if explained:
                return
            for a, b, after in _word_edits(piece, fixed):
                if piece[a:b] == "Ã" and "Ã" in fixed:
                    continue  # the text has this letter by right, and now names it
                yield Found(start=start + a, end=start + b, after=after, drop="" if after else "mojibake")


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Lines, and parts of very long lines: what one mistake has done is undone together."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end + 1
        if end - start > LONGEST:
            plain = max(text.rfind(sign, start, start + LONGEST) for sign in " .,")
            end = plain + 1 if plain > start else end
        yield start, text[start:end]
        start = end


def _word_edits(before: str, after: str) -> Iterator[tuple[int, int, str]]:
    """The words that differ. Repair leaves ASCII alone, so words keep their places, save where a space was a byte."""
    old_parts, new_parts = _WORDS_AND_GAPS(before), _WORDS_AND_GAPS(after)
    differing = [n for n, (one, other) in enumerate(zip(old_parts, new_parts, strict=False)) if one != other]
    if len(old_parts) == len(new_parts) and not any(
        old_parts[n].isspace() or new_parts[n].isspace() for n in differing
    ):
        at = last = 0
        for n in differing:
            at += sum(map(len, old_parts[last:n]))
            last = n
            yield _trimmed(old_parts[n], new_parts[n], at)
        return
    yield from _word_edits_slowly(before, after)


def _word_edits_slowly(before: str, after: str) -> Iterator[tuple[int, int, str]]:
    old, new = list(_WORD.finditer(before)), list(_WORD.finditer(after))
    if len(old) != len(new):
        yield _trimmed(before, after, 0)
        return
    gaps_same = before.split() and _gaps(before, old) == _gaps(after, new)
    if not gaps_same:
        yield _trimmed(before, after, 0)
        return
    for one, other in zip(old, new, strict=True):
        if one.group() != other.group():
            yield _trimmed(one.group(), other.group(), one.start())


def _gaps(text: str, words: list[re.Match[str]]) -> list[str]:
    ends = [0, *(word.end() for word in words)]
    starts = [*(word.start() for word in words), len(text)]
    return [text[a:b] for a, b in zip(ends, starts, strict=True)]


def _trimmed(before: str, after: str, at: int) -> tuple[int, int, str]:
    """One edit without what both have in common at their ends."""
    most = min(len(before), len(after))
    head = 0
    while head < most and before[head] == after[head]:
        head += 1
    tail = 0
    while tail < most - head and before[-1 - tail] == after[-1 - tail]:
        tail += 1
    return at + head, at + len(before) - tail, after[head : len(after) - tail]


RULE = TextRule(
    card=CARD,
    trigger=f"{_one_line(BADNESS_RE.pattern)}|{DOS}",
    find=find,
    preformatted=True,
    strings=True,
)
