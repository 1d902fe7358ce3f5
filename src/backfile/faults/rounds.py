"""The rounds of mending one article: each rule looks, what it found is claimed, safe findings are done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from backfile.article import Article, Text
from backfile.draft import Draft
from backfile.fault import Fault, Grade
from backfile.faults.apply import Site, apply_findings, apply_string
from backfile.faults.ask import Asker
from backfile.faults.claims import Claims
from backfile.faults.hits import Changed, Hits
from backfile.faults.recorded import article_fault, capped, done_fault, text_fault
from backfile.faults.rule import ArticleFault, ArticleRule, Found, Rule, TextRule
from backfile.faults.scan import Scanner
from backfile.ledger import LedgerError, Op
from backfile.places import Place, gather_strings, kind_of, place

MAX_MENDS = 200
"""Mends of one article rule in one round; the rest waits for the next."""


class Rounds:
    """One article on its way through the rules.

    A text that has not changed is not looked at twice by the same rule: what was found in it is remembered.
    """

    def __init__(
        self,
        scan: Scanner,
        article: Article,
        ask: Asker,
        hits: Mapping[int, set[int]],
        off: frozenset[str],
        accepted: frozenset[str],
    ) -> None:
        """`hits`: by rule, the numbers of the texts where it may find something."""
        self._scan, self._ask, self._off, self._accepted = scan, ask, off, accepted
        self._draft = Draft(article)
        self._hits = Hits(scan, article, ask, hits)
        self._waiting = {*hits, *scan.always}
        self._mended: dict[str, list[Fault]] = {}
        self._open: dict[str, list[Fault]] = {}
        self._claims: dict[str, Claims] = {}
        self._changed: dict[str, str] = {}
        self._looked: dict[tuple[int, str, int], tuple[Text, list[Found]]] = {}
        self._fields: tuple[object, ...] = ()
        self._calm: dict[int, Article] = {}
        """Rules that had nothing to say, and of which article: they are asked again when it has changed."""
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
        place = self._scan.order
        return [
            fault
            for kind in (self._mended, self._open)
            for name in sorted(kind, key=place.__getitem__)
            for fault in capped(kind[name])
        ]

    def run(self, limit: int) -> dict[str, str]:
        """Rounds until nothing changes. Returns the rules to be stopped, with the reason; empty if all went well."""
        for _ in range(limit):
            self._open, self._claims, self._changed = {}, {}, {}
            failed = self._round()
            if failed or not self._changed:
                return failed
        return self._changed

    def _round(self) -> dict[str, str]:
        rules, may_not, off = self._scan.rules, self._may_not, self._off
        order = sorted(self._waiting)
        at = 0
        while at < len(order):
            number = order[at]
            at += 1
            rule = rules[number]
            if self._calm.get(number) is self._draft.article or (off and rule.card.name in off):
                continue
            if rule.may is not None and may_not(number):
                continue
            try:
                changed = self._run_rule(number, rule)
            except Exception as problem:  # a defect in a rule: the article goes on without it
                return {rule.card.name: f"it failed with {type(problem).__name__}: {problem}"}
            if changed:
                self._forget_if_fields_changed()
                self._changed[rule.card.name] = "its changes never settle"
                more = self._hits.look_again(changed) - self._waiting
                if more:  # later ones run in this round, earlier ones in the next
                    self._waiting |= more
                    order[at:] = sorted({*order[at:], *(n for n in more if n > number)})
        return {}

    def _forget_if_fields_changed(self) -> None:
        """What rules may ask of the article besides its text; see `Ask.article`."""
        article = self._draft.article
        fields = (article.section, article.dateline, article.kicker, article.topics, article.bylines)
        if fields != self._fields:
            self._fields = fields
            self._looked.clear()

    # -- one rule ----------------------------------------------------------------------------------

    def _may_not(self, number: int) -> bool:
        """Whether the rule's own first test says no."""
        article = self._draft.article
        if self._scan.may(number, article):
            return False
        self._calm[number] = article
        return True

    def _run_rule(self, number: int, rule: Rule) -> Changed | None:
        """What the rule changed, as it is now."""
        self._ask.article = self._draft.article
        if isinstance(rule, ArticleRule):
            return self._run_article_rule(number, rule)
        changed = self._run_text_rule(number, rule)
        strings = self._run_on_strings(number, rule) if rule.strings else []
        return Changed(changed, strings) if changed or strings else None

    def _run_text_rule(self, number: int, rule: TextRule) -> list[int]:
        """The numbers of the texts that it changed."""
        hits = self._hits
        sites: list[tuple[Site, list[Found]]] = []
        for index in hits.of(number):
            owner = hits.owners[index]
            if not _looks_at(rule, kind_of(owner)):
                continue
            where, text = place(owner), hits.texts[index]
            looked = self._find(number, rule, text, where)
            found = self._sift(rule, where.at, text.text, looked) if looked else []
            if found:
                sites.append((Site(index, where.at, where.kind, text), found))
        if not sites:
            return []
        before = self._draft.article
        if apply_findings(self._draft, sites, rule.card.name):
            return hits.gather_again(self._draft.article) if self._draft.article is not before else []
        for site, _ in sites:
            hits.texts[site.index] = self._draft.text(site.at)
        return [site.index for site, _ in sites]

    def _find(self, number: int, rule: TextRule, text: Text, where: Place) -> list[Found]:
        key = (number, where.at, id(text))
        known = self._looked.get(key)
        if known is None:
            self._ask.at, self._ask.block = where.at, where.kind
            known = self._looked[key] = (text, list(rule.find(text, self._ask)))
        return known[1]

    def _run_on_strings(self, number: int, rule: TextRule) -> list[str]:
        if not self._hits.may_be_in_strings(number, self._draft.article):
            return []
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

    def _run_article_rule(self, number: int, rule: ArticleRule) -> Changed | None:
        before = self._draft.article
        rested = self._rested.get(number)
        if rested is not None and rested[0] is before:
            if rested[1]:
                self._open[rule.card.name] = rested[1]
            return None
        for _ in range(MAX_MENDS):
            if not self._mend_first(rule):
                self._rest(number, rule)
                break
        if self._draft.article is before:
            return None
        changed = self._hits.gather_again(self._draft.article)
        self._claims = {}
        return Changed(changed, [value for _, _, value in gather_strings(self._draft.article)])

    def _rest(self, number: int, rule: ArticleRule) -> None:
        opens = self._open.get(rule.card.name, [])
        self._rested[number] = self._draft.article, opens
        if not opens:
            self._calm[number] = self._draft.article

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
