"""Changing an article by the ledger: every change is applied by recording it.

`Draft` is the only way to change an article's text after shaping. `replay` runs a recorded list over
the shaped article again and gives the stored one exactly; an operation that does not fit raises
`LedgerError` instead of guessing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from backfile.applying import APPLY
from backfile.article import TEXT_FIELDS, Article, Block, FactBox, Gallery, Mark, Text, nested, walk
from backfile.ledger import Drop, Generate, Join, LedgerError, Move, Op, Replace, Retype, SetField, SetMark, Split
from backfile.slots import ONE_TEXT as ONE_TEXT
from backfile.slots import put_block, put_slots, slot_text, texts_below, with_slot
from backfile.slots import type_name as type_name
from backfile.splicing import Edit, splice_all
from backfile.splicing import concat as concat
from backfile.splicing import cut as cut
from backfile.splicing import splice as splice
from backfile.splicing import strip_range as strip_range


class Draft:
    """An article while it is changed. Every change is an operation: applied, and recorded in `ops`."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self.ops: list[Op] = []

    # -- looking ---------------------------------------------------------------------------------

    def block(self, block_id: str) -> Block:
        for block in self.article.blocks:
            if block.id == block_id:
                return block
            kind = type(block)
            if kind is FactBox or kind is Gallery:
                for inner in walk(nested(block)):
                    if inner.id == block_id:
                        return inner
        raise LedgerError(f"no block {block_id!r}")

    def text(self, at: str) -> Text:
        """The text at a place. Raises `LedgerError` where there is none."""
        block_id, colon, slot = at.partition(":")
        if not colon:
            if at not in TEXT_FIELDS:
                raise LedgerError(f"no text field {at!r}")
            return getattr(self.article, at)  # type: ignore[no-any-return]
        return slot_text(self.block(block_id), slot)

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
        text = "\n".join(t.text for t in texts_below(self.block(block_id)))
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
        self.article = APPLY[type(op)](self, op)
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
            text = slot_text(blocks[block_id], slot)
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

    def with_text(self, at: str, text: Text) -> Article:
        block_id, colon, slot = at.partition(":")
        if not colon:
            return msgspec.structs.replace(self.article, **{at: text})
        return self.with_block(block_id, (with_slot(self.block(block_id), slot, text),))

    def with_block(self, block_id: str, blocks: tuple[Block, ...]) -> Article:
        return msgspec.structs.replace(self.article, blocks=put_block(self.article.blocks, block_id, blocks))

    def check(self, at: str, start: int, text: str) -> Text:
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
        fields["blocks"] = put_slots(article.blocks, by_block)
    return msgspec.structs.replace(article, **fields)


def _is_edit(op: Op) -> bool:
    """A text edit at a place: these commute with each other where they do not overlap."""
    return type(op) is Replace or (type(op) is Drop and not op.at.endswith(":"))


def _gone(op: Replace | Drop) -> str:
    if type(op) is Drop:
        if len(op.text) != op.end - op.start:
            raise LedgerError("a drop's range and text differ in length")
        return op.text
    return op.before if isinstance(op, Replace) else ""
