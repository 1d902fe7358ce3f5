"""Counting an archive's words at the speed of C, in bounded memory.

Tokens are counted as white space divides them. When too many different ones have come together they
are compacted: punctuation is stripped, what is no word is forgotten, and, over the bound, the rarest
words are forgotten too (a lossy count: a frequent word loses at most the few that it had when it was
rare). The same articles in the same order give the same counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

BATCH = 64 * 1024
"""Running text that is gathered before it is counted, in characters: one call for many articles."""
MAX_TOKENS = 250_000
"""Different raw tokens held before they are compacted."""
MAX_WORDS = 1_500_000
"""Different words held; over it the rarest are forgotten."""
LONGEST = 60

_EDGES = " .,;:!?…«»„“”‹›‚‘’\"'()[]{}<>*/\\|–—-_=+&%#§°•·\u00a0\u202f\u2009\u200b\ufeff"


class WordCounter:
    """Words with counts; `add` takes running text."""

    def __init__(self) -> None:
        self._tokens: Counter[str] = Counter()
        self._waiting: list[str] = []
        self._size = 0
        self._words: Counter[str] = Counter()
        self._total = 0

    def add(self, text: str) -> None:
        self._waiting.append(text)
        self._size += len(text)
        if self._size >= BATCH:
            self._count()
            if len(self._tokens) > MAX_TOKENS:
                self._compact()

    def merge(self, other: WordCounter) -> None:
        self._words.update(other.words())
        self._total += other.total
        self._prune()

    def words(self) -> Counter[str]:
        """The words so far, compacted."""
        self._compact()
        return self._words

    @property
    def total(self) -> int:
        """All words counted, forgotten ones included."""
        self._compact()
        return self._total

    def _count(self) -> None:
        self._tokens.update(" ".join(self._waiting).split())
        self._waiting.clear()
        self._size = 0

    def _compact(self) -> None:
        self._count()
        words = self._words
        for token, count in self._tokens.items():
            for word in parts(token):
                words[word] += count
                self._total += count
        self._tokens.clear()
        self._prune()

    def _prune(self) -> None:
        least = 2
        while len(self._words) > MAX_WORDS:
            self._words = Counter({word: count for word, count in self._words.items() if count >= least})
            least *= 2


def parts(token: str) -> Iterable[str]:
    """The words in a raw token: without punctuation at its ends, without what has digits, and both halves of a compound
    with a hyphen besides the whole (`Postfinance-Arena`)."""
    word = token.strip(_EDGES)
    if not word or len(word) > LONGEST or word.isdigit():
        return ()
    if word.isalpha():
        return (word,)
    return _inner_parts(word)


def _inner_parts(word: str) -> Iterable[str]:
    if any(mark in word for mark in "@/<>=") or not any(c.isalpha() for c in word):
        return ()
    word = word.replace("’", "'")
    if "-" in word:
        halves = [half for half in word.split("-") if half.isalpha()]
        return [word, *halves] if all(c.isalpha() or c in "-'" for c in word) else halves
    if "'" in word:  # l'acqua, qu'il, geht's
        return [word, *(half for half in word.split("'") if len(half) > 1 and half.isalpha())]
    return (word,) if all(c.isalpha() or c == "." for c in word) else ()
