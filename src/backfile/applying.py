"""What each operation of the ledger does: one function each, the draft and the operation in, the new article out.

All raise `LedgerError` for an operation that does not fit. `backfile.draft` is the way in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import msgspec

from backfile.article import BLOCK_SLOTS, TEXT_FIELDS, Article, Text
from backfile.ledger import Drop, Generate, Join, LedgerError, Move, Replace, Retype, SetField, SetMark, Split
from backfile.slots import ONE_TEXT, put_block, texts_below, type_name
from backfile.splicing import concat, cut, splice, strip_range

if TYPE_CHECKING:
    from backfile.draft import Draft


def _apply_drop(draft: Draft, op: Drop) -> Article:
    if op.at.endswith(":"):
        block_id = op.at[:-1]
        text = "\n".join(t.text for t in texts_below(draft.block(block_id)))
        if text != op.text:
            raise LedgerError(f"block {block_id} does not hold {op.text!r}")
        return draft.with_block(block_id, ())
    if len(op.text) != op.end - op.start:
        raise LedgerError("a drop's range and text differ in length")
    found = draft.check(op.at, op.start, op.text)
    return draft.with_text(op.at, splice(found, op.start, op.end, ""))


def _apply_replace(draft: Draft, op: Replace) -> Article:
    found = draft.check(op.at, op.start, op.before)
    return draft.with_text(op.at, splice(found, op.start, op.start + len(op.before), op.after))


def _apply_generate(draft: Draft, op: Generate) -> Article:
    found = draft.check(op.at, op.start, "")
    if op.start > len(found.text):
        raise LedgerError(f"{op.at} has no offset {op.start}")
    return draft.with_text(op.at, splice(found, op.start, op.start, op.text))


def _apply_move(draft: Draft, op: Move) -> Article:
    found = draft.check(op.at, op.start, op.text)
    article = draft.with_text(op.at, splice(found, op.start, op.end, ""))
    words = op.text.strip()
    if op.to == "agency":
        joined = "/".join(part for part in (article.rights.agency, words) if part)
        return msgspec.structs.replace(article, rights=msgspec.structs.replace(article.rights, agency=joined))
    if op.to == "bylines":
        return msgspec.structs.replace(article, bylines=(*article.bylines, words))
    if ":" in op.to or op.to in TEXT_FIELDS:
        return _append(draft, article, op.to, cut(found, op.start, op.end))
    if op.to not in ("dateline", "section"):
        raise LedgerError(f"text cannot be moved to {op.to!r}")
    return msgspec.structs.replace(article, **{op.to: " ".join(p for p in (getattr(article, op.to), words) if p)})


def _append(draft: Draft, article: Article, at: str, text: Text) -> Article:
    draft = type(draft)(article)
    present = draft.text(at)
    start, end = strip_range(text.text, 0, len(text.text))
    text = cut(text, start, end)
    return draft.with_text(at, concat(present, " ", text) if present.text else text)


def _apply_split(draft: Draft, op: Split) -> Article:
    block = draft.block(op.block)
    text = draft.text(f"{op.block}:text")
    if not 0 < op.offset < len(text.text):
        raise LedgerError(f"block {op.block} cannot be split at {op.offset}")
    left = cut(text, *strip_range(text.text, 0, op.offset))
    right = cut(text, *strip_range(text.text, op.offset, len(text.text)))
    first = msgspec.structs.replace(block, text=left)
    second = msgspec.structs.replace(block, text=right, id=op.new_id)
    return draft.with_block(op.block, (first, second))


def _apply_join(draft: Draft, op: Join) -> Article:
    if op.glue.strip():
        raise LedgerError("only white space may glue two blocks")
    first, second = draft.block(op.first), draft.block(op.second)
    text = concat(draft.text(f"{op.first}:text"), op.glue, draft.text(f"{op.second}:text"))
    source = first.source + tuple(s for s in second.source if s not in first.source)
    joined = msgspec.structs.replace(first, text=text, source=source)
    without = put_block(draft.article.blocks, op.second, ())
    return msgspec.structs.replace(draft.article, blocks=put_block(without, op.first, (joined,)))


def _apply_retype(draft: Draft, op: Retype) -> Article:
    block = draft.block(op.block)
    if type_name(block) != op.before or op.after not in ONE_TEXT:
        raise LedgerError(f"block {op.block} is {type_name(block)}, cannot become {op.after}")
    for slot in BLOCK_SLOTS[type(block)][1:]:
        if getattr(block, slot).text:
            raise LedgerError(f"block {op.block} would lose its {slot}")
    fields: dict[str, Any] = {"id": block.id, "source": block.source, "text": draft.text(f"{op.block}:text")}
    if op.kind:
        fields["kind"] = op.kind
    if op.after == "embed":
        raise LedgerError("an embed needs an address")
    return draft.with_block(op.block, (ONE_TEXT[op.after](**fields),))


def _apply_set_field(draft: Draft, op: SetField) -> Article:
    if op.field in _NOT_SET or not hasattr(draft.article, op.field):
        raise LedgerError(f"{op.field!r} is not a field that can be set")
    if _plain(getattr(draft.article, op.field)) != _plain(op.before):
        raise LedgerError(f"{op.field} is not {op.before!r}")
    hint = _FIELD_TYPES[op.field]
    return msgspec.structs.replace(draft.article, **{op.field: msgspec.convert(op.after, hint)})


def _plain(value: Any) -> Any:
    """As JSON has it: a ledger that was stored has lists where a fresh one has tuples."""
    return msgspec.json.decode(msgspec.json.encode(value))


def _apply_set_mark(draft: Draft, op: SetMark) -> Article:
    text = draft.text(op.at)
    if not 0 <= op.mark.start < op.mark.end <= len(text.text):
        raise LedgerError(f"{op.at} has no range {op.mark.start}:{op.mark.end}")
    rest = tuple(mark for mark in text.marks if mark != op.mark)
    if op.on == (len(rest) < len(text.marks)):
        raise LedgerError(f"{op.at} {'has' if op.on else 'lacks'} this mark")
    marks = (*rest, op.mark) if op.on else rest
    return draft.with_text(op.at, Text(text.text, tuple(sorted(marks, key=lambda m: (m.start, -m.end)))))


APPLY: dict[type, Callable[[Draft, Any], Article]] = {
    Drop: _apply_drop,
    Replace: _apply_replace,
    Generate: _apply_generate,
    Move: _apply_move,
    Split: _apply_split,
    Join: _apply_join,
    Retype: _apply_retype,
    SetField: _apply_set_field,
    SetMark: _apply_set_mark,
}
_NOT_SET = (*TEXT_FIELDS, "blocks", "source", "key", "schema", "origin")
_FIELD_TYPES = {field.name: field.type for field in msgspec.structs.fields(Article)}
