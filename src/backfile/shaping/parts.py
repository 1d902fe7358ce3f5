"""What a shaper of whole texts (a plain text file, a web page) hands to the core."""

from __future__ import annotations

import msgspec

from backfile.article import Block
from backfile.fault import Fault
from backfile.ledger import Op
from backfile.record import Field


class Parts(msgspec.Struct, frozen=True):
    """`fields` are found within the text and treated like those a source maps: `value` is exactly
    `leaf[start:start + len(value)]`, or has `leaf=""` where it comes from machine data beside the text (a file name,
    JSON-LD) and has no range. `blocks` have their ranges but no ids yet. `account` says what became of the rest.
    """

    fields: tuple[Field, ...] = ()
    blocks: tuple[Block, ...] = ()
    account: tuple[Op, ...] = ()
    faults: tuple[Fault, ...] = ()
