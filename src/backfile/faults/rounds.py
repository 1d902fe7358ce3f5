"""The rounds of mending one article: each rule looks, what it found is claimed, safe findings are done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from backfile.article import Article, Block, Text
from backfile.draft import Draft
from backfile.fault import Fault, Grade
from backfile.faults.apply import Site, apply_findings, apply_string
from backfile.faults.ask import Asker
from backfile.faults.claims import Claims
from backfile.faults.rule import ArticleFault, ArticleRule, Found, TextRule
from backfile.faults.scan import Scanner
from backfile.ledger import Drop, LedgerError, Move, Op, Replace
from backfile.places import gather, gather_strings, kind_of, place

MAX_MENDS = 200
"""Mends of one article rule in one round; the rest waits for the next."""
MAX_FAULTS = 200
"""Faults recorded singly for one rule in one article; a last one counts the others. The ledger has all."""
_AROUND = 60


class Rounds:
    """One article on its way through the rules."""

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
            for fault in _capped(kind[name])
        ]

    def run(self, candidates: Sequence[int], limit: int) -> dict[str, str]:
        """Rounds until nothing changes. Returns the rules to be stopped, with the reason; empty if all went well."""
        waiting = set(candidates)
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
                    self._changed[name] = "its changes never settle"
                    more = set(self._scan.candidates("\n".join(changed))) - waiting
                    if more:  # later ones run in this round, earlier ones in the next
                        waiting |= more
                        order[at:] = sorted({*order[at:], *(n for n in more if n > number)})
            if not self._changed:
                return {}
        return self._changed

    # -- one rule ----------------------------------------------------------------------------------

    def _run_rule(self, number: int) -> list[str]:
        """The texts that the rule changed, as they are now."""
        rule = self._scan.rules[number]
        self._ask.article = self._draft.article
        if isinstance(rule, ArticleRule):
            return self._run_article_rule(rule)
        changed = self._run_text_rule(number, rule)
        if rule.strings:
            changed.extend(self._run_on_strings(number, rule))
        return changed

    def _run_text_rule(self, number: int, rule: TextRule) -> list[str]:
        sites: list[tuple[Site, list[Found]]] = []
        for index, text in enumerate(self._texts):
            if not _looks_at(rule, kind_of(self._owners[index])) or not (
                rule.direct or self._scan.fires(number, text.text)
            ):
                continue
            where = place(self._owners[index])
            self._ask.at, self._ask.block = where.at, where.kind
            looked = list(rule.find(text, self._ask))
            found = self._sift(rule, where.at, text.text, looked) if looked else []
            if found:
                sites.append((Site(index, where.at, where.kind, text), found))
        if not sites:
            return []
        before = self._draft.article
        reshaped = apply_findings(self._draft, sites, rule.card.name)
        if reshaped:
            self._texts, self._owners = gather(self._draft.article)
            return [text.text for text in self._texts] if self._draft.article is not before else []
        for site, _ in sites:
            self._texts[site.index] = self._draft.text(site.at)
        return [self._texts[site.index].text for site, _ in sites]

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
            self._record(_fault(rule, one, grade, at, text), grade)
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

    def _run_article_rule(self, rule: ArticleRule) -> list[str]:
        before = self._draft.article
        for _ in range(MAX_MENDS):
            if not self._mend_first(rule):
                break
        if self._draft.article is before:
            return []
        self._texts, self._owners = gather(self._draft.article)
        self._claims = {}
        return [text.text for text in self._texts]

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
                    opens.append(_article_fault(rule, one, "shown", self._draft, str(problem)))
                    continue
                if trial.ops:
                    fault = _done_fault(_article_fault(rule, one, grade, self._draft, one.note), trial.ops)
                    self._mended.setdefault(fault.name, []).append(fault)
                    self._draft.take(trial)
                    return True
            opens.append(_article_fault(rule, one, grade, self._draft, one.note))
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


def _fault(rule: TextRule, one: Found, grade: Grade, at: str, text: str) -> Fault:
    return Fault(
        name=rule.card.name,
        grade=grade,
        state="mended" if grade == "safe" else "open",
        at=at,
        start=one.start,
        end=one.end,
        before=text[one.start : one.end][:200],
        after=(one.after or "")[:200],
        excerpt=text[max(0, one.start - _AROUND) : one.end + _AROUND][:200],
        note=one.note,
    )


def _article_fault(rule: ArticleRule, one: ArticleFault, grade: Grade, draft: Draft, note: str) -> Fault:
    text = _text_at(draft, one.at)
    end = one.end or len(text)
    return Fault(
        name=rule.card.name,
        grade=grade,
        state="open",
        at=one.at,
        start=one.start,
        end=end,
        before=text[one.start : end][:200],
        excerpt=text[max(0, one.start - _AROUND) : end + _AROUND][:200],
        note=note,
    )


def _text_at(draft: Draft, at: str) -> str:
    try:
        return draft.text(at).text
    except LedgerError:  # a whole block, or the article
        return ""


def _done_fault(fault: Fault, ops: Sequence[Op]) -> Fault:
    before = [op.before if isinstance(op, Replace) else op.text for op in ops if isinstance(op, Replace | Drop | Move)]
    after = [op.after for op in ops if isinstance(op, Replace)]
    return msgspec.structs.replace(
        fault,
        state="mended",
        before=" … ".join(before)[:200] or fault.before,
        after=" … ".join(after)[:200],
    )


def _capped(faults: list[Fault]) -> list[Fault]:
    if len(faults) <= MAX_FAULTS:
        return faults
    more = len(faults) - MAX_FAULTS
    last = msgspec.structs.replace(faults[MAX_FAULTS], note=f"and {more - 1} more of this kind in this article")
    return [*faults[:MAX_FAULTS], last if more > 1 else faults[MAX_FAULTS]]
