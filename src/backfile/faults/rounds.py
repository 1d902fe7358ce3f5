"""The rounds of mending one article: each rule looks, what it found is claimed, safe findings are done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from backfile.article import TEXT_FIELDS, Article, Block, Text
from backfile.draft import Draft
from backfile.fault import Fault, Grade
from backfile.faults.apply import Site, apply_findings, apply_string
from backfile.faults.ask import Asker
from backfile.faults.claims import Claims
from backfile.faults.recorded import article_fault, capped, done_fault, text_fault
from backfile.faults.rule import ArticleFault, ArticleRule, Found, TextRule
from backfile.faults.scan import Scanner
from backfile.ledger import LedgerError, Op
from backfile.places import Place, gather, gather_strings, kind_of, place

MAX_MENDS = 200
"""Mends of one article rule in one round; the rest waits for the next."""


class _Changed(msgspec.Struct, frozen=True):
    """Numbers of the texts that changed, and the plain strings."""

    texts: list[int]
    strings: list[str]


class Rounds:
    """One article on its way through the rules.

    A text that has not changed is not looked at twice by the same rule: what was found in it is remembered.
    """

    def __init__(
        self,
        scan: Scanner,
        article: Article,
        texts: list[Text],
        owners: list[tuple[Block | None, str]],
        ask: Asker,
        off: frozenset[str],
        accepted: frozenset[str],
    ) -> None:
        self._scan, self._ask, self._off, self._accepted = scan, ask, off, accepted
        self._draft = Draft(article)
        self._texts, self._owners = list(texts), list(owners)
        self._mended: dict[str, list[Fault]] = {}
        self._open: dict[str, list[Fault]] = {}
        self._claims: dict[str, Claims] = {}
        self._changed: dict[str, str] = {}
        self._hits: dict[int, dict[int, Text]] = {}
        """By rule: the texts in which it may find something, by identity."""
        self._looked: dict[tuple[int, str, int], tuple[Text, list[Found]]] = {}
        self._fields: tuple[object, ...] = ()
        self._rested: dict[int, tuple[Article, list[Fault]]] = {}
        """Article rules that found nothing safe: in which article, and what they found."""

    @property
    def article(self) -> Article:
        return self._draft.article

    @property
    def ops(self) -> list[Op]:
        return self._draft.ops

    def faults(self) -> list[Fault]:
        """Mended ones, then open ones, each in the rules' order."""
        if not self._mended and not self._open:
            return []
        names = [rule.card.name for rule in self._scan.rules]
        return [
            fault
            for kind in (self._mended, self._open)
            for name in names
            if name in kind
            for fault in capped(kind[name])
        ]

    def run(self, hits: Mapping[int, set[int]], limit: int) -> dict[str, str]:
        """Rounds until nothing changes. `hits`: by rule, the numbers of the texts where it may find something.

        Returns the rules to be stopped, with the reason; empty if all went well.
        """
        waiting = {*hits, *self._scan.always}
        self._note_hits(hits, self._texts)
        for _ in range(limit):
            self._open, self._claims, self._changed = {}, {}, {}
            order = sorted(waiting)
            at = 0
            while at < len(order):
                number = order[at]
                at += 1
                name = self._scan.rules[number].card.name
                if name in self._off:
                    continue
                try:
                    changed = self._run_rule(number)
                except Exception as problem:  # a defect in a rule: the article goes on without it
                    return {name: f"it failed with {type(problem).__name__}: {problem}"}
                if changed:
                    self._forget_if_fields_changed()
                    self._changed[name] = "its changes never settle"
                    more = self._look_again(changed) - waiting
                    if more:  # later ones run in this round, earlier ones in the next
                        waiting |= more
                        order[at:] = sorted({*order[at:], *(n for n in more if n > number)})
            if not self._changed:
                return {}
        return self._changed

    # -- where rules may find something ------------------------------------------------------------

    def _note_hits(self, hits: Mapping[int, set[int]], texts: Sequence[Text | None]) -> None:
        for number, lines in hits.items():
            noted = self._hits.setdefault(number, {})
            for line in lines:
                text = texts[line] if line < len(texts) else None
                if text is not None:
                    noted[id(text)] = text

    def _forget_if_fields_changed(self) -> None:
        """What rules may ask of the article besides its text; see `Ask.article`."""
        article = self._draft.article
        fields = (article.section, article.dateline, article.kicker, article.topics, article.bylines)
        if fields != self._fields:
            self._fields = fields
            self._looked.clear()

    def _look_again(self, changed: _Changed) -> set[int]:
        """Which rules may now find something: in the texts that changed, and at the seams to their neighbours."""
        last = len(self._texts) - 1
        around = sorted({n for at in changed.texts for n in (at - 1, at, at + 1) if 0 <= n <= last})
        texts = [self._texts[n] for n in around]
        hits = self._scan.look([*(text.text for text in texts), *changed.strings], self._ask.doubts)
        self._note_hits(hits, texts)
        return set(hits)

    def _gather_again(self) -> list[int]:
        """Blocks came or went: the numbers of the texts that are new, or have new neighbours."""
        before = {id(text): number for number, text in enumerate(self._texts)}
        kept = self._texts  # alive while identities are compared
        self._texts, self._owners = gather(self._draft.article)
        after = [before.get(id(text), -1) for text in self._texts]
        del kept
        seams = (n for n in range(len(after)) if after[n] < 0 or (n and after[n] != after[n - 1] + 1))
        return list(seams)

    # -- one rule ----------------------------------------------------------------------------------

    def _run_rule(self, number: int) -> _Changed | None:
        """What the rule changed, as it is now."""
        rule = self._scan.rules[number]
        self._ask.article = self._draft.article
        if not self._scan.may(number, self._draft.article):
            return None
        if isinstance(rule, ArticleRule):
            return self._run_article_rule(number, rule)
        changed = self._run_text_rule(number, rule)
        strings = self._run_on_strings(number, rule) if rule.strings else []
        return _Changed(changed, strings) if changed or strings else None

    def _run_text_rule(self, number: int, rule: TextRule) -> list[int]:
        """The numbers of the texts that it changed."""
        of_fields = number in self._scan.fields
        hits = self._hits.get(number, {})
        if not hits and not of_fields:
            return []
        sites: list[tuple[Site, list[Found]]] = []
        for index, text in enumerate(self._texts[: len(TEXT_FIELDS)] if of_fields else self._texts):
            if not (of_fields or id(text) in hits) or not _looks_at(rule, kind_of(self._owners[index])):
                continue
            where = place(self._owners[index])
            looked = self._find(number, rule, text, where)
            found = self._sift(rule, where.at, text.text, looked) if looked else []
            if found:
                sites.append((Site(index, where.at, where.kind, text), found))
        if not sites:
            return []
        before = self._draft.article
        if apply_findings(self._draft, sites, rule.card.name):
            return self._gather_again() if self._draft.article is not before else []
        for site, _ in sites:
            self._texts[site.index] = self._draft.text(site.at)
        return [site.index for site, _ in sites]

    def _find(self, number: int, rule: TextRule, text: Text, where: Place) -> list[Found]:
        key = (number, where.at, id(text))
        known = self._looked.get(key)
        if known is None:
            self._ask.at, self._ask.block = where.at, where.kind
            known = self._looked[key] = (text, list(rule.find(text, self._ask)))
        return known[1]

    def _run_on_strings(self, number: int, rule: TextRule) -> list[str]:
        changed = []
        for field, index, value in reversed(gather_strings(self._draft.article)):
            if not self._scan.fires(number, value):
                continue
            at = field if index < 0 else f"{field}.{index}"
            self._ask.at = self._ask.block = field
            found = self._sift(rule, at, value, rule.find(Text(value), self._ask))
            if found:
                changed.append(apply_string(self._draft, field, index, value, found, rule.card.name))
        return [value for value in changed if value]

    def _sift(self, rule: TextRule, at: str, text: str, found: Iterable[Found]) -> list[Found]:
        """Claim the findings that overlap no earlier one; return the safe ones, in order; record them all."""
        safe: list[Found] = []
        claims = self._claims.setdefault(at, Claims())
        last = (-1, 0)
        for one in sorted(found, key=lambda f: (f.start, -f.end)):
            if not 0 <= one.start <= one.end <= len(text) or one.start < last[1] or one.start == last[0]:
                continue
            if not claims.free(one.start, one.end):
                continue
            last = (one.start, one.end)
            grade = self._grade(rule, one)
            if grade == "safe":
                safe.append(one)
            self._record(text_fault(rule, one, grade, at, text), grade)
            if grade != "safe":
                claims.add(one.start, one.end)
        claims.shift([(one.start, one.end, one.after or "") for one in safe])
        return safe

    def _grade(self, rule: TextRule, one: Found) -> Grade:
        if one.after is None and not one.split and not one.retype and not one.move and not one.drop:
            return "shown"
        grade = one.grade or rule.card.grade
        if grade == "proposed" and rule.card.name in self._accepted:
            return "safe"
        return grade

    def _record(self, fault: Fault, grade: Grade) -> None:
        kind = self._mended if grade == "safe" else self._open
        kind.setdefault(fault.name, []).append(fault)

    def _run_article_rule(self, number: int, rule: ArticleRule) -> _Changed | None:
        before = self._draft.article
        rested = self._rested.get(number)
        if rested is not None and rested[0] is before:
            if rested[1]:
                self._open[rule.card.name] = rested[1]
            return None
        for _ in range(MAX_MENDS):
            if not self._mend_first(rule):
                self._rested[number] = self._draft.article, self._open.get(rule.card.name, [])
                break
        if self._draft.article is before:
            return None
        changed = self._gather_again()
        self._claims = {}
        return _Changed(changed, [value for _, _, value in gather_strings(self._draft.article)])

    def _mend_first(self, rule: ArticleRule) -> bool:
        """Do the first safe finding. If there is none: record the open ones, and False."""
        self._ask.article, self._ask.at, self._ask.block = self._draft.article, "", ""
        opens: list[Fault] = []
        for one in rule.find(self._draft.article, self._ask):
            grade = self._article_grade(rule, one)
            if grade == "safe" and one.mend is not None:
                trial = Draft(self._draft.article)
                try:
                    one.mend(trial)
                except LedgerError as problem:
                    opens.append(article_fault(rule, one, "shown", self._draft, str(problem)))
                    continue
                if trial.ops:
                    fault = done_fault(article_fault(rule, one, grade, self._draft, one.note), trial.ops)
                    self._mended.setdefault(fault.name, []).append(fault)
                    self._draft.take(trial)
                    return True
            opens.append(article_fault(rule, one, grade, self._draft, one.note))
        if opens:
            self._open[rule.card.name] = opens
        return False

    def _article_grade(self, rule: ArticleRule, one: ArticleFault) -> Grade:
        grade = one.grade or rule.card.grade
        if one.mend is None:
            return "shown"
        return "safe" if grade == "proposed" and rule.card.name in self._accepted else grade


def _looks_at(rule: TextRule, kind: str) -> bool:
    if rule.blocks:
        return kind in rule.blocks
    return kind != "preformatted" or rule.preformatted
