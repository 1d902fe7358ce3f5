"""The frozen profile: what rules and shaping may ask, and its form on disk."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import msgspec
import zstandard

from backfile.profile.habits import CrossheadHabit
from backfile.profile.lexicon import COMMON
from backfile.profile.marks import AGENCIES

MAGIC = b"BFPROF1\n"
MAX_BYTES = 512 * 1024 * 1024
"""A larger profile is refused when it is read; uncompressed."""
MOST_WORDS = 600_000
"""Words kept in a profile; of more, the most frequent."""
BOILERPLATE = 4
"""A line on so many articles is no coincidence."""

_SUSPICIOUS = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u2028-\u202e\ufeff\ufffd\ue000-\uf8ff?&;]"
    "|Ã[\u00aa\u00baA-ZÀ-ÖØ-ÞŒŠŽŸƒ]|[ÂâÅÐÑ][\u00aa\u00baŒœŠšŽžŸ]"
    "|[a-zß-öø-ÿ][À-ÖØ-ÞŒŠŽŸ]"
)
"""Signs that a word is itself damaged: however often the archive has it, it is not known."""


class _Data(msgspec.Struct, frozen=True):
    articles: int = 0
    total: int = 0
    words: dict[str, int] = {}
    authors: dict[str, int] = {}
    codes: dict[str, int] = {}
    agencies: dict[str, int] = {}
    lines: dict[str, int] = {}
    sections: dict[str, int] = {}
    kickers: dict[str, int] = {}
    languages: dict[str, int] = {}
    days: dict[str, int] = {}
    crossheads: CrossheadHabit = msgspec.field(default_factory=CrossheadHabit)
    signs: dict[str, dict[str, int]] = {}


_encoder = msgspec.msgpack.Encoder(order="deterministic")
_decoder = msgspec.msgpack.Decoder(_Data)


class Profile:
    """What an archive knows about itself. Immutable; equal data has the same bytes and the same `version`."""

    def __init__(self, data: _Data | None = None) -> None:
        self._data = data or _Data()
        self._enough = 2 if self._data.total < 100_000 else 3
        self.memory: dict[object, Any] = {}
        """What others worked out from its answers: good as long as it lives, as it never changes."""

    @classmethod
    def of_counts(
        cls,
        *,
        articles: int,
        share: float,
        words: Counter[str],
        total: int,
        authors: Counter[str],
        lines: Counter[str],
        tails: Counter[str],
        brackets: Counter[str],
        sections: Counter[str],
        kickers: Counter[str],
        languages: Counter[str],
        days: Counter[str],
        crossheads: CrossheadHabit,
        signs: Mapping[str, Counter[str]],
    ) -> Profile:
        """Judge raw counts: what is frequent enough to be a code, an agency, a recurring line.

        `share` of the articles, 0 to 1, had their words counted; the other counts are of all.
        """
        data = _Data(
            articles=articles,
            total=total,
            words=_top(words, MOST_WORDS, 1),
            authors=_top(authors, 100_000, 1),
            codes=_codes(tails, words, articles, share),
            agencies=_agencies(brackets, words, share),
            lines=_top(lines, 20_000, BOILERPLATE),
            sections=_top(sections, 5_000, 1),
            kickers=_top(kickers, 5_000, 2),
            languages=_top(languages, 100, 1),
            days=_top(days, 40_000, 1),
            crossheads=msgspec.structs.replace(crossheads, lengths=list(crossheads.lengths)),
            signs={language: _top(counts, 100, 1) for language, counts in sorted(signs.items())},
        )
        return cls(data)

    # -- asking ------------------------------------------------------------------------------------

    def count(self, word: str) -> int:
        """How often the archive has this word, in this spelling and case."""
        return self._data.words.get(word, 0)

    def known(self, word: str) -> bool:
        """Whether the archive, or the short list of common words, has this word, in this or in lower case."""
        if not word or _SUSPICIOUS.search(word):
            return False
        lower = word.lower()
        if lower in COMMON or word in COMMON:
            return True
        words = self._data.words
        return words.get(word, 0) >= self._enough or words.get(lower, 0) >= self._enough

    def code(self, word: str) -> bool:
        """Whether this is a sign-off code of this archive."""
        return word in self._data.codes

    def agency(self, word: str) -> bool:
        """Whether this is a news agency's mark, alone or several joined by `/` or `-`."""
        word = word.strip("()[] .").lower()
        return bool(word) and (self._agency(word) or all(self._agency(part) for part in re.split("[/-]", word)))

    def author(self, name: str) -> bool:
        """Whether the archive has this name in its byline fields."""
        return name in self._data.authors

    def recurring(self, line: str) -> int:
        """In how many articles this line is a paragraph of its own; 0 below the threshold of boilerplate."""
        return self._data.lines.get(line, 0)

    def crosshead_habit(self, line: str) -> float:
        """How much this short line looks like this archive's crossheads, 0 to 1."""
        return self._data.crossheads.score(line)

    # -- looking -----------------------------------------------------------------------------------

    @property
    def articles(self) -> int:
        return self._data.articles

    @property
    def codes(self) -> Mapping[str, int]:
        """Sign-off codes with their counts."""
        return self._data.codes

    @property
    def agencies(self) -> Mapping[str, int]:
        """Agency marks that the archive uses, with their counts."""
        return self._data.agencies

    @property
    def sections(self) -> Mapping[str, int]:
        return self._data.sections

    @property
    def rubrics(self) -> Mapping[str, int]:
        """Kickers that come again."""
        return self._data.kickers

    @property
    def lines(self) -> Mapping[str, int]:
        """Lines that are a paragraph of their own in many articles."""
        return self._data.lines

    def signs(self, language: str) -> Mapping[str, int]:
        """Quotation marks and dashes of a language, counted in a sample of the articles."""
        return self._data.signs.get(language, {})

    def date_spikes(self, share: float = 0.05) -> dict[str, int]:
        """Days on which more than this share of all articles was published, and at least ten: import dates, mostly."""
        least = max(10, share * self._data.articles)
        return {day: count for day, count in self._data.days.items() if count >= least}

    # -- on disk -----------------------------------------------------------------------------------

    @cached_property
    def version(self) -> str:
        """A hash of all that it knows."""
        return hashlib.sha256(_encoder.encode(self._data)).hexdigest()[:16]

    def to_bytes(self) -> bytes:
        return MAGIC + zstandard.ZstdCompressor(level=3).compress(_encoder.encode(self._data))

    @classmethod
    def from_bytes(cls, data: bytes) -> Profile:
        """Raises `ValueError` for anything but a profile."""
        if not data.startswith(MAGIC):
            raise ValueError("this is not a profile")
        try:
            raw = zstandard.ZstdDecompressor().decompress(data[len(MAGIC) :], max_output_size=MAX_BYTES)
            return cls(_decoder.decode(raw))
        except (zstandard.ZstdError, msgspec.MsgspecError) as problem:
            raise ValueError(f"this profile cannot be read: {problem}") from problem

    # -- inside ------------------------------------------------------------------------------------

    def _agency(self, word: str) -> bool:
        return word in AGENCIES or word in self._data.agencies


def _top(counts: Mapping[str, int], most: int, least: int) -> dict[str, int]:
    kept = sorted((item for item in counts.items() if item[1] >= least), key=lambda item: (-item[1], item[0]))
    return dict(sorted(kept[:most]))


def _codes(tails: Counter[str], words: Counter[str], articles: int, share: float) -> dict[str, int]:
    """Short tokens that end articles and hardly stand anywhere else."""
    least = max(3, articles // 20_000)
    return {
        code: count
        for code, count in sorted(tails.items())
        if count >= least
        and code.lower() not in AGENCIES
        and code.lower() not in COMMON
        and count * share * 2 >= words.get(code, 0)
    }


def _agencies(brackets: Counter[str], words: Counter[str], share: float) -> dict[str, int]:
    """Listed agencies, and marks used in their place: in brackets at an edge of an article, seldom anywhere else."""
    return {
        mark: count
        for mark, count in sorted(brackets.items())
        if mark in AGENCIES or (count >= 20 and mark not in COMMON and count * share * 10 >= 9 * words.get(mark, 0))
    }
