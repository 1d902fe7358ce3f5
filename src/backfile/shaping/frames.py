"""Open elements that hold blocks: a box that fills up and becomes blocks when it is closed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from backfile.article import Block, Cell, ListItem, Span
from backfile.shaping.tokens import Tag

if TYPE_CHECKING:
    from backfile.shaping.html import Builder

Close = Callable[["Builder", "Frame"], None]
"""Makes blocks of a closed frame and puts them into the one that is now on top."""


class Frame:
    """`blocks` is the list of the frame above where the element means nothing itself (`<div>`). `close` None: nothing
    to make. `notes` are blocks that belong beside the others: `caption`, `credit`, `attribution`, `title`."""

    __slots__ = (
        "blocks",
        "close",
        "first",
        "items",
        "level",
        "name",
        "notes",
        "ordered",
        "out",
        "rows",
        "start",
        "tag",
    )

    def __init__(self, name: str, tag: Tag, start: int, blocks: list[Block], close: Close | None = None) -> None:
        self.name, self.tag, self.start, self.blocks, self.close = name, tag, start, blocks, close
        self.notes: dict[str, list[Block]] = {}
        self.items: list[tuple[ListItem, tuple[Span, ...]]] = []
        self.out: list[Block] = []
        self.rows: list[list[tuple[Cell, list[Block]]]] = []
        self.level = 0
        self.ordered = False
        self.first = 1

    def __repr__(self) -> str:
        return f"Frame({self.name!r}, {len(self.blocks)} blocks)"
