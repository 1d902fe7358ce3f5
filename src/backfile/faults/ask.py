"""What rules ask the profile, and the answers remembered: an article is mended again when they change."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import msgspec

from backfile.article import Article
from backfile.faults.rule import Ask, TextRule

Answer = bool | int | float


class Knowledge(Protocol):
    """What a profile answers; `backfile.profile.Profile` is one."""

    def count(self, word: str) -> int: ...
    def known(self, word: str) -> bool: ...
    def code(self, word: str) -> bool: ...
    def agency(self, word: str) -> bool: ...
    def author(self, name: str) -> bool: ...
    def recurring(self, line: str) -> int: ...
    def crosshead_habit(self, line: str) -> float: ...


class Asked(msgspec.Struct, frozen=True, array_like=True):
    """One question to the profile and its answer."""

    question: str
    word: str
    answer: Answer


MOST_REMEMBERED = 20_000
"""Verdicts about single tokens that a profile remembers; then it begins anew."""


class Asker:
    """`Ask` over a profile: each question is put once per article, and remembered."""

    def __init__(self, profile: Knowledge, article: Article) -> None:
        self.language = article.language.lower()
        self.at = ""
        self.block = ""
        self.article = article
        self._profile = profile
        self._answers: dict[tuple[str, str], Answer] = {}
        self._memory: dict[object, tuple[bool, dict[tuple[str, str], Answer]]] = getattr(profile, "memory", {})

    def count(self, word: str) -> int:
        return int(self._ask("count", word))

    def known(self, word: str) -> bool:
        return bool(self._ask("known", word))

    def code(self, word: str) -> bool:
        return bool(self._ask("code", word))

    def agency(self, word: str) -> bool:
        return bool(self._ask("agency", word))

    def author(self, name: str) -> bool:
        return bool(self._ask("author", name))

    def recurring(self, line: str) -> int:
        return int(self._ask("recurring", line))

    def crosshead_habit(self, line: str) -> float:
        return float(self._ask("crosshead_habit", line))

    def doubts(self, rule: TextRule, token: bytes) -> bool:
        """Whether the rule may find something in what stands between white space, as `rule.token` says.

        The profile remembers the verdict and what it hung on: an archive's vocabulary comes again and again.
        """
        if rule.token is None:
            return True
        key = (rule.token, self.language, token)
        known = self._memory.get(key)
        if known is None:
            known = self._judge(rule.token, token.decode("utf-8", "replace"))
            if len(self._memory) >= MOST_REMEMBERED:
                self._memory.clear()
            self._memory[key] = known
        self._answers.update(known[1])
        return known[0]

    def _judge(self, test: Callable[[str, Ask], bool], token: str) -> tuple[bool, dict[tuple[str, str], Answer]]:
        before, self._answers = self._answers, {}
        try:
            return test(token, self), self._answers
        except Exception:  # a defect in a rule: `find` is run, and fails or not
            return True, {}
        finally:
            self._answers = before

    def asked(self) -> tuple[Asked, ...]:
        """All questions with their answers, sorted."""
        if not self._answers:
            return ()
        return tuple(Asked(question, word, answer) for (question, word), answer in sorted(self._answers.items()))

    def _ask(self, question: str, word: str) -> Answer:
        key = (question, word)
        if key not in self._answers:
            method: Callable[[str], Answer] = getattr(self._profile, question)
            self._answers[key] = method(word)
        return self._answers[key]


def still_true(asked: tuple[Asked, ...], profile: Knowledge) -> bool:
    """Whether `profile` gives the same answers: if not, the article is to be mended again."""
    return all(getattr(profile, one.question)(one.word) == one.answer for one in asked)
