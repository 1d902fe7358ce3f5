"""The first pass: articles stream by, and what they have in common is counted in bounded memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from zlib import crc32

from backfile.article import Article, Block, Crosshead, Paragraph, Text
from backfile.places import gather
from backfile.profile.habits import DASHES, QUOTES, CrossheadHabit
from backfile.profile.marks import bracketed, tail_code
from backfile.profile.profile import Profile
from backfile.profile.words import WordCounter

LONGEST_LINE = 300
"""A longer paragraph is not counted as a recurring line; in characters."""
MAX_LINES = 60_000
MAX_NAMES = 200_000
MAX_DAYS = 40_000
SAMPLE = 4
"""Quotation marks and dashes are counted in a fourth of the articles: habits need no census."""
FEW = 40
"""Of so many they are counted in all."""
CENSUS = 2_000
"""Of so many articles (some eight hundred thousand words) all words are counted, then those of a fourth."""
LARGE = 50_000
"""After so many the words of a sixteenth are. Which articles are read is a matter of their keys, not of their order."""


class Learner:
    """Learns a profile from shaped, unmended articles. Learners of parts can be merged, in the order of the parts."""

    def __init__(self) -> None:
        self.articles = 0
        self._read = 0
        self._words = WordCounter()
        self._lines: Counter[str] = Counter()
        self._authors: Counter[str] = Counter()
        self._tails: Counter[str] = Counter()
        self._brackets: Counter[str] = Counter()
        self._sections: Counter[str] = Counter()
        self._kickers: Counter[str] = Counter()
        self._languages: Counter[str] = Counter()
        self._days: Counter[str] = Counter()
        self._crossheads = CrossheadHabit()
        self._signs: dict[str, Counter[str]] = {}

    def add(self, article: Article) -> None:
        """Learn from one more article."""
        texts, owners = gather(article)
        lines = [text.text for text in texts]
        joined = "\n".join(lines)
        number = crc32(article.key.encode("utf-8", "replace"))
        if self.articles < CENSUS or number % (SAMPLE if self.articles < LARGE else SAMPLE * SAMPLE) == 0:
            self._words.add(joined)
            self._read += 1
        self._count_lines(lines)
        if self.articles < FEW or number % SAMPLE == 0:
            self._count_signs(article.language, joined)
        self.articles += 1
        self._learn_blocks(texts, owners)
        self._learn_fields(article)

    def merge(self, other: Learner) -> None:
        """Take in what another learner has learned from other articles."""
        self.articles += other.articles
        self._read += other._read
        self._words.merge(other._words)
        self._crossheads.merge(other._crossheads)
        for mine, theirs, bound in zip(self._counters(), other._counters(), _BOUNDS, strict=True):
            mine.update(theirs)
            _bound(mine, bound)
        for language, signs in sorted(other._signs.items()):
            self._signs.setdefault(language, Counter()).update(signs)

    def freeze(self) -> Profile:
        """The profile as learned so far; the learner can go on."""
        return Profile.of_counts(
            articles=self.articles,
            share=self._read / max(1, self.articles),
            words=self._words.words(),
            total=self._words.total,
            authors=self._authors,
            lines=self._lines,
            tails=self._tails,
            brackets=self._brackets,
            sections=self._sections,
            kickers=self._kickers,
            languages=self._languages,
            days=self._days,
            crossheads=self._crossheads,
            signs=self._signs,
        )

    # -- inside ----------------------------------------------------------------------------------

    def _counters(self) -> tuple[Counter[str], ...]:
        return (
            self._lines,
            self._authors,
            self._tails,
            self._brackets,
            self._sections,
            self._kickers,
            self._languages,
            self._days,
        )

    def _count_lines(self, lines: list[str]) -> None:
        """Once per article, however often the article repeats it."""
        short = {line for line in lines if len(line) <= LONGEST_LINE}
        self._lines.update(short)
        if len(self._lines) > MAX_LINES:
            _bound(self._lines, MAX_LINES // 2)

    def _count_signs(self, language: str, joined: str) -> None:
        signs = self._signs.get(language)
        if signs is None:
            signs = self._signs[language if len(self._signs) < 50 else ""] = Counter()
        for sign in chain(QUOTES, DASHES):
            if count := joined.count(sign):
                signs[sign] += count

    def _learn_blocks(self, texts: list[Text], owners: list[tuple[Block | None, str]]) -> None:
        first = last = ""
        for text, (block, _) in zip(texts, owners, strict=True):
            if type(block) is Paragraph:
                last = text.text
                first = first or last
            elif type(block) is Crosshead:
                self._crossheads.add(text.text)
        if last:
            if code := tail_code(last):
                self._tails[code] += 1
                _bound(self._tails, MAX_NAMES)
            self._brackets.update(bracketed(first))
            if first is not last:
                self._brackets.update(bracketed(last))
            _bound(self._brackets, MAX_NAMES)

    def _learn_fields(self, article: Article) -> None:
        self._languages[article.language] += 1
        if article.bylines:
            self._authors.update(article.bylines)
            _bound(self._authors, MAX_NAMES)
        if article.section:
            self._sections[article.section] += 1
        if article.kicker.text and len(article.kicker.text) <= 60:
            self._kickers[article.kicker.text] += 1
            _bound(self._kickers, MAX_NAMES)
        if article.published is not None:
            self._days[article.published.date().isoformat()] += 1
            _bound(self._days, MAX_DAYS)


_BOUNDS: Iterable[int] = (MAX_LINES, MAX_NAMES, MAX_NAMES, MAX_NAMES, MAX_NAMES, MAX_NAMES, MAX_NAMES, MAX_DAYS)


def _bound(counts: Counter[str], most: int) -> None:
    """Forget the rarest until at most `most` are left; the same counts always lose the same."""
    least = 2
    while len(counts) > most:
        for key in [key for key, count in counts.items() if count < least]:
            del counts[key]
        least *= 2
