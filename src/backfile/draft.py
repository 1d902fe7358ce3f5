"""Changing an article by the ledger: every change is applied by recording it.

`Draft` is the only way to change an article's text after shaping. `replay` runs a recorded list over
the shaped article again and gives the stored one exactly; an operation that does not fit raises
`LedgerError` instead of guessing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from backfile.article import (
    BLOCK_SLOTS,
    TEXT_FIELDS,
    Article,
    Block,
    Gallery,
    List,
    Mark,
    Table,
    Text,
    block_texts,
    nested,
    walk,
)
from backfile.ledger import Drop, Generate, Join, LedgerError, Move, Op, Replace, Retype, SetField, SetMark, Split
from backfile.splicing import Edit, splice_all
from backfile.splicing import concat as concat
from backfile.splicing import cut as cut
from backfile.splicing import splice as splice
from backfile.splicing import strip_range as strip_range

ONE_TEXT: dict[str, type] = {
    kind.__struct_config__.tag: kind  # type: ignore[attr-defined]
    for kind, slots in BLOCK_SLOTS.items()
    if slots[:1] == ("text",)
}
"""Block types that `Retype` may choose among: those whose first text is `text`."""


def type_name(block: Block) -> str:
    """`paragraph`, `crosshead`, ...: the tag under which the block is stored."""
    return str(type(block).__struct_config__.tag)


class Draft:
    """An article while it is changed. Every change is an operation: applied, and recorded in `ops`."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.ops: list[Op] = []

    # -- looking ---------------------------------------------------------------------------------

    def block(self, block_id: str) -> Block:
        for block in walk(self.article.blocks):
            if block.id == block_id:
                return block
        raise LedgerError(f"no block {block_id!r}")

    def text(self, at: str) -> Text:
        """The text at a place. Raises `LedgerError` where there is none."""
        block_id, colon, slot = at.partition(":")
        if not colon:
            if at not in TEXT_FIELDS:
                raise LedgerError(f"no text field {at!r}")
            return getattr(self.article, at)  # type: ignore[no-any-return]
        return _slot_text(self.block(block_id), slot)

    # -- changing: each builds the operation, applies it, records it ------------------------------

    def replace(self, at: str, start: int, end: int, after: str, by: str) -> None:
        """Put `after` for `text[start:end]`; nothing to put is a drop, which needs a reason: use `drop`."""
        before = self.text(at).text[start:end]
        if not after:
            raise LedgerError("a replacement by nothing is a drop")
        if before != after:
            self.do(Replace(by=by, at=at, start=start, before=before, after=after))

    def drop(self, at: str, start: int, end: int, reason: str, by: str) -> None:
        text = self.text(at).text[start:end]
        self.do(Drop(by=by, text=text, reason=reason, at=at, start=start, end=end))

    def drop_block(self, block_id: str, reason: str, by: str) -> None:
        text = "\n".join(t.text for t in _texts_below(self.block(block_id)))
        self.do(Drop(by=by, text=text, reason=reason, at=f"{block_id}:"))

    def move(self, at: str, start: int, end: int, to: str, by: str) -> None:
        """Take text out of a place and put it into the field `to` (`bylines`, `dateline`, `agency`, `kicker`, ...)."""
        text = self.text(at).text[start:end]
        self.do(Move(by=by, text=text, to=to, at=at, start=start, end=end))

    def split(self, block_id: str, offset: int, by: str) -> str:
        """Cut a block of one text in two; returns the second one's id."""
        new_id = self._free_id(f"{block_id}s")
        self.do(Split(by=by, block=block_id, offset=offset, new_id=new_id))
        return new_id

    def join(self, first: str, second: str, glue: str, by: str) -> None:
        self.do(Join(by=by, first=first, second=second, glue=glue))

    def retype(self, block_id: str, after: str, by: str, kind: str = "") -> None:
        self.do(Retype(by=by, block=block_id, before=type_name(self.block(block_id)), after=after, kind=kind))

    def set_field(self, field: str, after: Any, by: str) -> None:
        before = msgspec.to_builtins(getattr(self.article, field))
        after = msgspec.to_builtins(after)
        if before != after:
            self.do(SetField(by=by, field=field, before=before, after=after))

    def set_mark(self, at: str, mark: Mark, by: str, on: bool = True) -> None:
        self.do(SetMark(by=by, at=at, mark=mark, on=on))

    def generate(self, at: str, start: int, text: str, reason: str, by: str) -> None:
        self.do(Generate(by=by, at=at, start=start, text=text, reason=reason))

    def do(self, op: Op) -> None:
        """Apply one operation and record it. Raises `LedgerError` and changes nothing if it does not fit."""
        self.article = _APPLY[type(op)](self, op)
        self.ops.append(op)

    def do_all(self, ops: Sequence[Op]) -> None:
        """As `do` for each in turn. Runs of text edits are applied together, in time linear in the article."""
        run: dict[str, list[Replace | Drop]] = {}
        for op in ops:
            if not _is_edit(op):
                self._flush(run)
                self.do(op)
            else:
                assert isinstance(op, Replace | Drop)
                earlier = run.get(op.at)
                if earlier and op.start + len(_gone(op)) > earlier[-1].start - (not _gone(op)):
                    self._flush(run)
                run.setdefault(op.at, []).append(op)
        self._flush(run)

    def take(self, trial: Draft) -> None:
        """Go on from a draft that was begun with this one's article: its changes become this one's."""
        self.article = trial.article
        self.ops.extend(trial.ops)

    # -- inside ----------------------------------------------------------------------------------

    def _flush(self, run: dict[str, list[Replace | Drop]]) -> None:
        if run:
            texts = {at: self._edited(at, ops) for at, ops in run.items()} if len(run) < 4 else self._edited_many(run)
            self.article = put_texts(self.article, texts)
            self.ops.extend(op for ops in run.values() for op in ops)
            run.clear()

    def _edited_many(self, run: dict[str, list[Replace | Drop]]) -> dict[str, Text]:
        blocks = {block.id: block for block in reversed(tuple(walk(self.article.blocks)))}
        return {at: self._edited(at, ops, blocks) for at, ops in run.items()}

    def _edited(self, at: str, ops: list[Replace | Drop], blocks: dict[str, Block] | None = None) -> Text:
        block_id, colon, slot = at.partition(":")
        if blocks is not None and colon and block_id in blocks:
            text = _slot_text(blocks[block_id], slot)
        else:
            text = self.text(at)
        edits: list[Edit] = []
        for op in reversed(ops):
            gone = _gone(op)
            if op.start < 0 or text.text[op.start : op.start + len(gone)] != gone:
                raise LedgerError(f"{at}[{op.start}:] is not {gone!r}")
            edits.append((op.start, op.start + len(gone), op.after if isinstance(op, Replace) else ""))
        return splice_all(text, edits)

    def _free_id(self, wish: str) -> str:
        taken = {block.id for block in walk(self.article.blocks)}
        number = 1
        while f"{wish}{number}" in taken:
            number += 1
        return f"{wish}{number}"

    def _with_text(self, at: str, text: Text) -> Article:
        block_id, colon, slot = at.partition(":")
        if not colon:
            return msgspec.structs.replace(self.article, **{at: text})
        return self._with_block(block_id, (_with_slot(self.block(block_id), slot, text),))

    def _with_block(self, block_id: str, blocks: tuple[Block, ...]) -> Article:
        return msgspec.structs.replace(self.article, blocks=_put(self.article.blocks, block_id, blocks))

    def _check(self, at: str, start: int, text: str) -> Text:
        found = self.text(at)
        if start < 0 or found.text[start : start + len(text)] != text:
            raise LedgerError(f"{at}[{start}:] is not {text!r}")
        return found


def replay(article: Article, ops: Iterable[Op]) -> Article:
    """Apply the article entries of a ledger again. Source entries are passed over: they were shaping's."""
    draft = Draft(article)
    draft.do_all([op for op in ops if getattr(op, "span", None) is None])
    return draft.article


def put_texts(article: Article, texts: Mapping[str, Text]) -> Article:
    """`article` with other texts at the given places, in one pass. For those who record what they do."""
    by_block: dict[str, list[tuple[str, Text]]] = {}
    fields: dict[str, Any] = {}
    for at, text in texts.items():
        block_id, colon, slot = at.partition(":")
        if colon:
            by_block.setdefault(block_id, []).append((slot, text))
        else:
            fields[at] = text
    if by_block:
        fields["blocks"] = _put_slots(article.blocks, by_block)
    return msgspec.structs.replace(article, **fields)


def _put_slots(blocks: tuple[Any, ...], texts: Mapping[str, list[tuple[str, Text]]]) -> tuple[Any, ...]:
    out = []
    for before in blocks:
        block = before
        for slot, text in texts.get(block.id, ()):
            block = _with_slot(block, slot, text)
        if nested(block):
            name = "images" if isinstance(block, Gallery) else "blocks"
            block = msgspec.structs.replace(block, **{name: _put_slots(nested(block), texts)})
        out.append(block)
    return tuple(out)


def _is_edit(op: Op) -> bool:
    """A text edit at a place: these commute with each other where they do not overlap."""
    return type(op) is Replace or (type(op) is Drop and not op.at.endswith(":"))


def _gone(op: Replace | Drop) -> str:
    if type(op) is Drop:
        if len(op.text) != op.end - op.start:
            raise LedgerError("a drop's range and text differ in length")
        return op.text
    return op.before if isinstance(op, Replace) else ""


def _slot_text(block: Block, slot: str) -> Text:
    head, _, rest = slot.partition(".")
    try:
        if isinstance(block, List) and head == "items":
            return block.items[int(rest)].text
        if isinstance(block, Table) and head == "rows":
            row, _, column = rest.partition(".")
            return block.rows[int(row)][int(column)].text
    except (ValueError, IndexError) as problem:
        raise LedgerError(f"no text {slot!r} in block {block.id!r}") from problem
    if slot not in BLOCK_SLOTS[type(block)]:
        raise LedgerError(f"no text {slot!r} in block {block.id!r}")
    return getattr(block, slot)  # type: ignore[no-any-return]


def _with_slot(block: Block, slot: str, text: Text) -> Block:
    head, _, rest = slot.partition(".")
    if isinstance(block, List) and head == "items":
        number = int(rest)
        item = msgspec.structs.replace(block.items[number], text=text)
        return msgspec.structs.replace(block, items=(*block.items[:number], item, *block.items[number + 1 :]))
    if isinstance(block, Table) and head == "rows":
        r, c = (int(part) for part in rest.split("."))
        row = block.rows[r]
        cell = msgspec.structs.replace(row[c], text=text)
        row = (*row[:c], cell, *row[c + 1 :])
        return msgspec.structs.replace(block, rows=(*block.rows[:r], row, *block.rows[r + 1 :]))
    return msgspec.structs.replace(block, **{slot: text})


def _put(blocks: tuple[Any, ...], block_id: str, new: tuple[Block, ...]) -> tuple[Any, ...]:
    """`blocks` with the block of that id, wherever it is nested, replaced by `new`."""
    out: list[Any] = []
    for block in blocks:
        if block.id == block_id:
            out.extend(new)
        elif nested(block):
            inner = _put(nested(block), block_id, new)
            name = "images" if isinstance(block, Gallery) else "blocks"
            out.append(block if inner == nested(block) else msgspec.structs.replace(block, **{name: inner}))
        else:
            out.append(block)
    return tuple(out)


def _texts_below(block: Block) -> Iterable[Text]:
    for inner in walk((block,)):
        yield from (text for _, text in block_texts(inner))


# -- one function per operation: the draft and the operation in, the new article out ---------------


def _apply_drop(draft: Draft, op: Drop) -> Article:
    if op.at.endswith(":"):
        block_id = op.at[:-1]
        text = "\n".join(t.text for t in _texts_below(draft.block(block_id)))
        if text != op.text:
            raise LedgerError(f"block {block_id} does not hold {op.text!r}")
        return draft._with_block(block_id, ())
    if len(op.text) != op.end - op.start:
        raise LedgerError("a drop's range and text differ in length")
    found = draft._check(op.at, op.start, op.text)
    return draft._with_text(op.at, splice(found, op.start, op.end, ""))


def _apply_replace(draft: Draft, op: Replace) -> Article:
    found = draft._check(op.at, op.start, op.before)
    return draft._with_text(op.at, splice(found, op.start, op.start + len(op.before), op.after))


def _apply_generate(draft: Draft, op: Generate) -> Article:
    found = draft._check(op.at, op.start, "")
    if op.start > len(found.text):
        raise LedgerError(f"{op.at} has no offset {op.start}")
    return draft._with_text(op.at, splice(found, op.start, op.start, op.text))


def _apply_move(draft: Draft, op: Move) -> Article:
    found = draft._check(op.at, op.start, op.text)
    article = draft._with_text(op.at, splice(found, op.start, op.end, ""))
    words = op.text.strip()
    if op.to == "agency":
        joined = "/".join(part for part in (article.rights.agency, words) if part)
        return msgspec.structs.replace(article, rights=msgspec.structs.replace(article.rights, agency=joined))
    if op.to == "bylines":
        return msgspec.structs.replace(article, bylines=(*article.bylines, words))
    if ":" in op.to or op.to in TEXT_FIELDS:
        return _append(article, op.to, cut(found, op.start, op.end))
    if op.to not in ("dateline", "section"):
        raise LedgerError(f"text cannot be moved to {op.to!r}")
    return msgspec.structs.replace(article, **{op.to: " ".join(p for p in (getattr(article, op.to), words) if p)})


def _append(article: Article, at: str, text: Text) -> Article:
    draft = Draft(article)
    present = draft.text(at)
    start, end = strip_range(text.text, 0, len(text.text))
    text = cut(text, start, end)
    return draft._with_text(at, concat(present, " ", text) if present.text else text)


def _apply_split(draft: Draft, op: Split) -> Article:
    block = draft.block(op.block)
    text = draft.text(f"{op.block}:text")
    if not 0 < op.offset < len(text.text):
        raise LedgerError(f"block {op.block} cannot be split at {op.offset}")
    left = cut(text, *strip_range(text.text, 0, op.offset))
    right = cut(text, *strip_range(text.text, op.offset, len(text.text)))
    first = msgspec.structs.replace(block, text=left)
    second = msgspec.structs.replace(block, text=right, id=op.new_id)
    return draft._with_block(op.block, (first, second))


def _apply_join(draft: Draft, op: Join) -> Article:
    if op.glue.strip():
        raise LedgerError("only white space may glue two blocks")
    first, second = draft.block(op.first), draft.block(op.second)
    text = concat(draft.text(f"{op.first}:text"), op.glue, draft.text(f"{op.second}:text"))
    source = first.source + tuple(s for s in second.source if s not in first.source)
    joined = msgspec.structs.replace(first, text=text, source=source)
    without = _put(draft.article.blocks, op.second, ())
    return msgspec.structs.replace(draft.article, blocks=_put(without, op.first, (joined,)))


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
    return draft._with_block(op.block, (ONE_TEXT[op.after](**fields),))


def _apply_set_field(draft: Draft, op: SetField) -> Article:
    if op.field in _NOT_SET or not hasattr(draft.article, op.field):
        raise LedgerError(f"{op.field!r} is not a field that can be set")
    if msgspec.to_builtins(getattr(draft.article, op.field)) != op.before:
        raise LedgerError(f"{op.field} is not {op.before!r}")
    hint = _FIELD_TYPES[op.field]
    return msgspec.structs.replace(draft.article, **{op.field: msgspec.convert(op.after, hint)})


def _apply_set_mark(draft: Draft, op: SetMark) -> Article:
    text = draft.text(op.at)
    if not 0 <= op.mark.start < op.mark.end <= len(text.text):
        raise LedgerError(f"{op.at} has no range {op.mark.start}:{op.mark.end}")
    rest = tuple(mark for mark in text.marks if mark != op.mark)
    if op.on == (len(rest) < len(text.marks)):
        raise LedgerError(f"{op.at} {'has' if op.on else 'lacks'} this mark")
    marks = (*rest, op.mark) if op.on else rest
    return draft._with_text(op.at, Text(text.text, tuple(sorted(marks, key=lambda m: (m.start, -m.end)))))


_APPLY: dict[type, Any] = {
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
