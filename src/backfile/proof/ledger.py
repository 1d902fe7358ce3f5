"""The ledger's honesty: replayed over the shaped article it gives the stored one, and no edit hides a loss."""

from __future__ import annotations

import re
from collections.abc import Sequence

from backfile.article import Article
from backfile.draft import replay
from backfile.ledger import LedgerError, Op, Replace
from backfile.patterns import compile_pattern
from backfile.proof.verdict import Problem, excerpt

_LETTERS = compile_pattern(r"[^\W\d_]").findall
_DIGITS = compile_pattern(r"\d").findall


def ledger_problems(shaped: Article, ops: Sequence[Op], stored: Article) -> list[Problem]:
    if not ops:
        return [] if shaped is stored or shaped == stored else [_differs(shaped, stored)]
    try:
        replayed = replay(shaped, ops)
    except (LedgerError, ValueError, TypeError) as problem:
        return [Problem(kind="ledger", note=excerpt(f"the operations cannot be replayed: {problem}"))]
    problems = [] if replayed == stored else [_differs(replayed, stored)]
    return problems + [
        Problem(kind="ledger", at=op.at, start=op.start, expected=excerpt(op.before), found=excerpt(op.after),
                note=f"{op.by} replaced words by next to nothing: that is a drop")
        for op in ops
        if type(op) is Replace and len(op.before) > _SHORT and _is_hidden_drop(op)
    ]  # fmt: skip


_SHORT = 24
_TAG = compile_pattern(
    r"</?[A-Za-z][\w:-]*+(?:\s+(?!(?:alt|title|data-caption)\b)[\w:-]++(?:\s*=\s*(?:\"[^\"<>]*+\"|'[^'<>]*+'|[^\s\"'<>]++))?+)*+\s*/?>",
    re.IGNORECASE,
)
"""A tag that was left in the text: its attributes are no words, save for those that readers are shown."""
_ATTRIBUTE = compile_pattern(r"[\s'\"]=|=[\s'\"\w/]")


def _is_hidden_drop(op: Replace) -> bool:
    """Whether a replacement takes out words: three or more, and half of the letters. Letters that were spaced apart
    or damaged may be joined, but most of them stay."""
    before = _TAG.sub(_without_attributes, op.before) if "<" in op.before else op.before
    lost = len(before.split()) - len(op.after.split())
    return lost >= 3 and len(_LETTERS(op.after)) * 2 < len(_LETTERS(before))


def _without_attributes(tag: re.Match[str]) -> str:
    """`<li class="small first">` as one word. What has no attribute, `<Name der Redaktion bekannt>`, stays as it is."""
    return "<>" if _ATTRIBUTE.search(tag[0]) else tag[0]


def _differs(replayed: Article, stored: Article) -> Problem:
    """Names the first field that differs."""
    for name in Article.__struct_fields__:
        one, other = getattr(replayed, name), getattr(stored, name)
        if one != other:
            if isinstance(one, tuple) and isinstance(other, tuple):
                for left, right in zip(one, other, strict=False):
                    if left != right:
                        one, other = left, right
                        break
            return Problem(
                kind="ledger", at=name, expected=excerpt(str(one)), found=excerpt(str(other)),
                note="the ledger, replayed, does not give the stored article",
            )  # fmt: skip
    return Problem(kind="ledger", note="the ledger, replayed, does not give the stored article")
