"""Which rules may fire in an article: one scan over all its texts instead of one for each rule.

With hyperscan installed all triggers run at once and say in which lines they match. The scan may say yes too
often, never no too often: what a rule finds decides. Without hyperscan, literals and `re` say the same.
Hyperscan needs seconds to compile, so that happens only for work that is worth it, and once: its database is
kept in the user's cache folder under the rules' hash.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, Literal

from backfile.article import Article, Crosshead, Paragraph, block_texts, walk
from backfile.faults import automata
from backfile.faults.ask import Asker
from backfile.faults.automata import of_fields
from backfile.faults.rule import Rule, TextRule

WORTH_COMPILING = 500
"""Scans done the plain way before compiling a database is worth its seconds."""

Engine = Literal["auto", "hyperscan", "re"]


class Scanner:
    """The triggers of a list of rules. `engine` is for tests and measurements; `auto` picks the fastest there is."""

    def __init__(self, rules: Sequence[Rule], engine: Engine = "auto") -> None:
        self.rules = tuple(rules)
        self.order = {rule.card.name: number for number, rule in reversed(tuple(enumerate(rules)))}
        self.triggers = tuple(_compiled(rule) for rule in rules)
        self.fields = frozenset(number for number, rule in enumerate(rules) if of_fields(rule))
        self.always = tuple(number for number, rule in enumerate(rules) if not rule.trigger or number in self.fields)
        self._sieved = tuple(number for number in range(len(rules)) if number not in self.always)
        self._engine: Engine = engine
        self._scans = 0
        self._database: Any = None
        self._of_tokens = {n: rule for n, rule in enumerate(rules) if isinstance(rule, TextRule) and rule.token}

    def look(self, lines: Sequence[str], ask: Asker | None = None) -> dict[int, set[int]]:
        """For each rule that may fire in one of the lines: in which. Rules that always run are not among them.

        Every rule that `fires` in a line, or over the end of one into the next, is there; a few more may be. With
        `ask`, rules that know single words are left out where they say no.
        """
        if not self._sieved or not lines:
            return {}
        database = self._database or self._get_database()
        if database is None:
            return self._look_plainly(lines)
        joined = "\n".join(lines).encode("utf-8", "replace")
        hits: list[tuple[int, int]] = []

        def note(number: int, start: int, end: int, flags: int, context: object) -> None:
            hits.append((number, end))

        database.scan(joined, match_event_handler=note)
        if hits and ask is not None:
            hits = self._doubted(hits, joined, ask)
        return _by_line(hits, lines) if hits else {}

    def may_fire(self, article: Article) -> bool:
        """Whether one of the rules that look at every article may find something in this one."""
        return any(self.may(number, article) for number in self.always)

    def may(self, number: int, article: Article) -> bool:
        """The rule's own first test. One that fails says nothing."""
        test = self.rules[number].may
        try:
            return test is None or test(article)
        except Exception:  # a defect in a rule: `find` is run, and fails or not
            return True

    def candidates(self, joined: str) -> list[int]:
        """Numbers of the rules that may fire in a text, in their order, those that always run included."""
        return sorted((*self.look((joined,)), *self.always))

    def fires(self, number: int, text: str) -> bool:
        """Whether the rule's trigger is in one text: its literals, if it names any, and its pattern."""
        literals = self.rules[number].literals
        if literals and not any(literal in text for literal in literals):
            return False
        trigger = self.triggers[number]
        return trigger is None or trigger.search(text) is not None

    def _doubted(self, hits: list[tuple[int, int]], joined: bytes, ask: Asker) -> list[tuple[int, int]]:
        """The hits but those in tokens of which the rule knows that nothing is to be found."""
        kept = []
        for hit in hits:
            rule = self._of_tokens.get(hit[0])
            if rule is None or ask.doubts(rule, _token(joined, hit[1] - 1)):
                kept.append(hit)
        return kept

    def _look_plainly(self, lines: Sequence[str]) -> dict[int, set[int]]:
        joined = "\n".join(lines)
        numbers = [number for number in self._sieved if self.fires(number, joined)]
        if len(lines) == 1:
            return {number: {0} for number in numbers}
        return {number: {at for at, line in enumerate(lines) if self.fires(number, line)} for number in numbers}

    def _get_database(self) -> Any:
        if self._engine == "re":
            return None
        self._scans += 1
        compile_it = self._engine == "hyperscan" or self._scans > WORTH_COMPILING
        if self._engine == "auto" and not compile_it and self._scans > 1:
            return None
        self._database = automata.database(self.rules, compile_it)
        if self._database is None and compile_it:
            if self._engine == "hyperscan":
                raise RuntimeError("hyperscan is not installed")
            self._engine = "re"
        return self._database


def lines_of(article: Article) -> list[str]:
    """The article's texts, as `gather` gives them, then its plain strings."""
    lines = [text for text in (article.kicker.text, article.headline.text, article.lead.text) if text]
    for block in article.blocks:
        kind = type(block)
        if kind is Paragraph or kind is Crosshead:
            lines.append(block.text.text)  # type: ignore[union-attr]
        else:
            lines += [text.text for inner in walk((block,)) for _, text in block_texts(inner)]
    for value in (*article.bylines, article.dateline, article.section, *article.topics):
        if value:
            lines.append(value)
    return lines


def _token(joined: bytes, at: int) -> bytes:
    """What stands around `at` between spaces or line ends; cut where it is very long."""
    least, most = max(0, at - _REACH), at + _REACH
    start = max(joined.rfind(b" ", least, at), joined.rfind(b"\n", least, at), least - 1) + 1
    ends = [end for end in (joined.find(b" ", at, most), joined.find(b"\n", at, most)) if end >= 0]
    return joined[start : min(ends, default=most)]


_REACH = 100
"""To each side of a match, in bytes: what is longer is cut, and has more characters than a rule takes for a word."""


def _by_line(hits: list[tuple[int, int]], lines: Sequence[str]) -> dict[int, set[int]]:
    """(rule, end of a match in bytes) of the joined lines, by rule and line."""
    ends = list(accumulate([len(line.encode("utf-8", "replace")) + 1 for line in lines]))
    found: dict[int, set[int]] = {}
    for number, end in hits:
        found.setdefault(number, set()).add(min(bisect_right(ends, end), len(lines) - 1))
    return found


def _compiled(rule: Rule) -> re.Pattern[str] | None:
    return re.compile(rule.trigger, _flags(rule)) if rule.trigger else None


def _flags(rule: Rule) -> int:
    return re.MULTILINE | (re.IGNORECASE if rule.ignore_case else 0)


_SCANNERS: dict[tuple[int, Engine], Scanner] = {}
_MOST_SCANNERS = 8


def scanner(rules: tuple[Rule, ...], engine: Engine = "auto") -> Scanner:
    """The scanner of these rules, made once a process. Found by identity: to hash all rules costs more than a scan."""
    kept = _SCANNERS.get((id(rules), engine))
    if kept is None or kept.rules is not rules:
        if len(_SCANNERS) >= _MOST_SCANNERS:
            _SCANNERS.clear()
        kept = _SCANNERS[id(rules), engine] = Scanner(rules, engine)
    return kept
