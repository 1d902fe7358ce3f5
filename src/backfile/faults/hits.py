"""Where in an article the rules may find something: its texts, and what the scan said of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import is_not

import msgspec

from backfile.article import TEXT_FIELDS, Article, Block, Text
from backfile.faults.ask import Asker
from backfile.faults.scan import Scanner
from backfile.places import gather


class Changed(msgspec.Struct, frozen=True):
    """Numbers of the texts that changed, and the plain strings."""

    texts: list[int]
    strings: list[str]


class Hits:
    """The texts of an article as it now is, and by rule those in which its trigger is."""

    def __init__(self, scan: Scanner, article: Article, ask: Asker, found: Mapping[int, set[int]]) -> None:
        self._scan, self._ask = scan, ask
        self.texts: list[Text]
        self.owners: list[tuple[Block | None, str]]
        self.texts, self.owners = gather(article)
        self._by_rule: dict[int, dict[int, Text]] = {}
        """By rule: the texts in which it may find something, by identity."""
        self._strings = _strings(article)
        self._in_strings = {number for number, lines in found.items() if max(lines, default=-1) >= len(self.texts)}
        self._note(found, self.texts)

    def of(self, number: int) -> list[int]:
        """Numbers of the texts that the rule is to look at."""
        if number in self._scan.fields:
            return list(range(min(len(TEXT_FIELDS), len(self.texts))))
        noted = self._by_rule.get(number)
        return [at for at, text in enumerate(self.texts) if id(text) in noted] if noted else []

    def may_be_in_strings(self, number: int, article: Article) -> bool:
        """Whether the rule's trigger may be in a plain string. Once one has changed, nothing is known."""
        return number in self._in_strings or any(map(is_not, _strings(article), self._strings))

    def look_again(self, changed: Changed) -> set[int]:
        """Which rules may now find something: in the texts that changed, and at the seams to their neighbours."""
        last = len(self.texts) - 1
        around = sorted({n for at in changed.texts for n in (at - 1, at, at + 1) if 0 <= n <= last})
        texts = [self.texts[n] for n in around]
        found = self._scan.look([*[text.text for text in texts], *changed.strings], self._ask)
        self._note(found, texts)
        return set(found)

    def gather_again(self, article: Article) -> list[int]:
        """Blocks came or went: the numbers of the texts that are new, or have new neighbours."""
        before = {id(text): number for number, text in enumerate(self.texts)}
        kept = self.texts  # alive while identities are compared
        self.texts, self.owners = gather(article)
        after = [before.get(id(text), -1) for text in self.texts]
        del kept
        return [n for n in range(len(after)) if after[n] < 0 or (n and after[n] != after[n - 1] + 1)]

    def _note(self, found: Mapping[int, set[int]], texts: Sequence[Text]) -> None:
        for number, lines in found.items():
            noted = self._by_rule.setdefault(number, {})
            for line in lines:
                if line < len(texts):
                    noted[id(texts[line])] = texts[line]


def _strings(article: Article) -> tuple[object, ...]:
    return article.bylines, article.dateline, article.section, article.topics
