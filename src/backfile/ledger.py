"""What happened to the text: a closed set of operations.

Two kinds of entry, one list:

- *source entries* are written while shaping and speak of the record: `Drop`, `Move` and `Generate`
  with a `span`. They say what became of source text that is not simply in its place in the article.
- *article entries* are written while mending and by hand, and speak of places in the article. **The
  plan is the execution**: `backfile.draft` applies an operation by recording it, so that replaying the
  list over the shaped article gives the stored article exactly, or fails loudly.

A place (`at`) is a field's name (`headline`) or `"<block id>:<slot>"` (`b1f0c:text`, `b22aa:items.2`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from backfile.article import (
    Mark,
    Span,
)


class LedgerError(ValueError):
    """An operation does not fit the article it is applied to."""


class _Op(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="op"):
    by: str
    """The rule, shaping step or person that did it."""


class Drop(_Op, frozen=True, tag="drop"):
    """Text left out: with `span` of the source, while shaping; with `at` of a place, or of a block (`at="<id>:"`)."""

    text: str
    reason: str
    span: Span | None = None
    at: str = ""
    start: int = 0
    end: int = 0


class Replace(_Op, frozen=True, tag="replace"):
    """`before` became `after` at `at[start:]`. Both are non-empty, save that `before` may be empty for an insertion."""

    at: str
    start: int
    before: str
    after: str


class Move(_Op, frozen=True, tag="move"):
    """Text went elsewhere: with `span` out of its order in the source; else from a place to the field `to`."""

    text: str
    to: str
    span: Span | None = None
    at: str = ""
    start: int = 0
    end: int = 0


class Split(_Op, frozen=True, tag="split"):
    """A block of one text became two at `offset`; white space around the cut is gone. The second gets `new_id`."""

    block: str
    offset: int
    new_id: str


class Join(_Op, frozen=True, tag="join"):
    """The text of `second` was appended to `first` after `glue` (white space or nothing); `second` is gone."""

    first: str
    second: str
    glue: str = " "


class Retype(_Op, frozen=True, tag="retype"):
    """A block of one text became another type of one text (`paragraph`, `crosshead`, `quote`, `note`, ...)."""

    block: str
    before: str
    after: str
    kind: str = ""


class SetField(_Op, frozen=True, tag="set-field"):
    """A field that is no running text changed: `language`, `section`, `dateline`, `bylines`, ... as JSON values."""

    field: str
    before: Any
    after: Any


class SetMark(_Op, frozen=True, tag="set-mark"):
    """A mark was put on (`on`) or taken off a range; the text stays as it is."""

    at: str
    mark: Mark
    on: bool = True


class Generate(_Op, frozen=True, tag="generate"):
    """Text that the source does not hold: a list number, a label. With `span`: while shaping, at that place."""

    text: str
    reason: str
    span: Span | None = None
    at: str = ""
    start: int = 0


Op = Drop | Replace | Move | Split | Join | Retype | SetField | SetMark | Generate

_decoder = msgspec.json.Decoder(tuple[Op, ...])
_encoder = msgspec.json.Encoder()


def to_json(ops: Sequence[Op]) -> bytes:
    return _encoder.encode(ops)


def from_json(data: bytes | str) -> tuple[Op, ...]:
    return _decoder.decode(data)
