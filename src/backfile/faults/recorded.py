"""What is recorded of a finding: the fault with its place, its text before and after, and what stands around it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from backfile.draft import Draft
from backfile.fault import Fault, Grade
from backfile.faults.rule import ArticleFault, ArticleRule, Found, TextRule
from backfile.ledger import Drop, LedgerError, Move, Op, Replace

MAX_FAULTS = 200
"""Faults recorded singly for one rule in one article; a last one counts the others. The ledger has all."""
_AROUND = 60


def text_fault(rule: TextRule, one: Found, grade: Grade, at: str, text: str) -> Fault:
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


def article_fault(rule: ArticleRule, one: ArticleFault, grade: Grade, draft: Draft, note: str) -> Fault:
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


def done_fault(fault: Fault, ops: Sequence[Op]) -> Fault:
    before = [op.before if isinstance(op, Replace) else op.text for op in ops if isinstance(op, Replace | Drop | Move)]
    after = [op.after for op in ops if isinstance(op, Replace)]
    return msgspec.structs.replace(
        fault,
        state="mended",
        before=" … ".join(before)[:200] or fault.before,
        after=" … ".join(after)[:200],
    )


def capped(faults: list[Fault]) -> list[Fault]:
    if len(faults) <= MAX_FAULTS:
        return faults
    more = len(faults) - MAX_FAULTS
    last = msgspec.structs.replace(faults[MAX_FAULTS], note=f"and {more - 1} more of this kind in this article")
    return [*faults[:MAX_FAULTS], last if more > 1 else faults[MAX_FAULTS]]
