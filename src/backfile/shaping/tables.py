"""Lists and tables: nested lists become levels, layout tables become what they hold, data tables stay tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from backfile.article import NO_TEXT, Block, Cell, Image, List, ListItem, Paragraph, Separator, Span, Table
from backfile.shaping.boxes import MAX_CAPTION, is_text, merge, with_slot
from backfile.shaping.frames import Frame
from backfile.shaping.tokens import Tag

if TYPE_CHECKING:
    from backfile.shaping.html import Builder

SHORT_CELL = 160
_SCOPE = ("list", "td", "table")


# -- lists ----------------------------------------------------------------------------------------


def open_list(builder: Builder, tag: Tag, start: int, end: int) -> None:
    builder.flush()
    holder = builder.stack[-1]
    above = builder.inside("list") if holder.name in ("li", "list") else None
    if above is not None:
        add_item(above, holder.blocks, holder.level if holder.name == "li" else above.level)
        holder.blocks.clear()
    frame = builder.push("list", tag, start, close_list)
    if frame is not None:
        frame.level = holder.level + 1 if above is not None else 0
        frame.ordered = tag.name == "ol"
        frame.first = number(tag.get("start"), 1)


def open_item(builder: Builder, tag: Tag, start: int, end: int) -> None:
    """`<li>`, `<dt>`, `<dd>`; alone, without a list, it is a paragraph."""
    builder.close("li", within=_SCOPE)
    above = builder.stack[-1]
    if above.name != "list":
        builder.push("div", tag, start, own=False)
        return
    builder.flush()
    add_item(above, above.blocks, above.level)
    above.blocks.clear()
    frame = builder.push("li", tag, start, close_item)
    if frame is not None:
        frame.level = above.level + (tag.name == "dd")


def close_item(builder: Builder, frame: Frame) -> None:
    above = builder.inside("list")
    if above is None:
        builder.blocks += frame.blocks
    else:
        add_item(above, frame.blocks, frame.level)


def add_item(frame: Frame, blocks: list[Block], level: int) -> None:
    """The texts of a list item; what is no text parts the list in two."""
    run: list[Block] = []
    for block in [*blocks, None]:
        if block is not None and is_text(block):
            run.append(block)
            continue
        if run:
            text, spans = merge(run, "")
            frame.items.append((ListItem(text=text, level=level, ordered=frame.ordered), spans))
            run = []
        if block is not None:
            _emit(frame)
            frame.out.append(block)


def _emit(frame: Frame) -> None:
    """The items so far as a list; the numbers of an ordered one go on in the next part."""
    if not frame.items:
        return
    spans = [
        Span(span.leaf, span.start, span.end, f"items.{n}") for n, (_, own) in enumerate(frame.items) for span in own
    ]
    items = tuple(item for item, _ in frame.items)
    top = min(item.level for item in items)
    if top > 0:
        items = tuple(msgspec.structs.replace(item, level=item.level - top) for item in items)
    frame.out.append(List(items=items, ordered=frame.ordered, first=frame.first, source=tuple(spans)))
    frame.first += sum(item.level == 0 for item in items)
    frame.items = []


def close_list(builder: Builder, frame: Frame) -> None:
    add_item(frame, frame.blocks, frame.level)
    above = builder.inside("list") if frame.level else None
    if above is None:
        _emit(frame)
        builder.blocks += frame.out
        return
    if frame.out:
        _emit(above)
        above.out += frame.out
    above.items += frame.items


# -- tables ---------------------------------------------------------------------------------------


def open_table(builder: Builder, tag: Tag, start: int, end: int) -> None:
    builder.push("table", tag, start, close_table)


def open_row(builder: Builder, tag: Tag, start: int, end: int) -> None:
    builder.close("tr", within=("table",))
    table = builder.inside("table")
    if table is None:
        builder.push("div", tag, start, own=False)
        return
    builder.flush()
    _end_boxes(builder, table)
    _stray(builder, table)
    if builder.push("tr", tag, start, close_row):
        table.rows.append([])


def open_cell(builder: Builder, tag: Tag, start: int, end: int) -> None:
    builder.close("td", within=("table",))
    table = builder.inside("table")
    if table is None:
        builder.push("div", tag, start, own=False)
        return
    builder.flush()
    _end_boxes(builder, table)
    _stray(builder, table)
    if not table.rows:
        table.rows.append([])
    builder.push("td", tag, start, close_cell)


def _end_boxes(builder: Builder, table: Frame) -> None:
    """A heading, a list, ... that is still open around a row or cell ends before it: its text stands before the cell's,
    and what follows the cell is not part of it. Boxes that mean nothing themselves stay open."""
    inner = builder.stack[builder.stack.index(table) + 1 :]
    holder = inner.pop(0) if inner and inner[0].name == "tr" else table
    if any(frame.blocks is not holder.blocks for frame in inner):
        while builder.stack[-1] is not holder:
            builder.pop()


def _stray(builder: Builder, table: Frame) -> None:
    """Text between the cells becomes a cell, so that it keeps its place."""
    for frame in (table, builder.inside("tr")):
        if frame is not None and frame.blocks and (frame is table or builder.stack[-1] is frame):
            if not table.rows:
                table.rows.append([])
            table.rows[-1].append((Cell(text=NO_TEXT), list(frame.blocks)))
            frame.blocks.clear()


def close_row(builder: Builder, frame: Frame) -> None:
    table = builder.inside("table")
    if frame.blocks and table is not None and table.rows:
        table.rows[-1].append((Cell(text=NO_TEXT), frame.blocks))


def close_cell(builder: Builder, frame: Frame) -> None:
    table = builder.inside("table")
    if table is None:
        builder.blocks += frame.blocks
        return
    tag = frame.tag
    cell = Cell(text=NO_TEXT, header=tag.name == "th")
    if len(tag.raw) > 4 and "span" in tag.raw.lower():
        cell = Cell(text=NO_TEXT, header=cell.header, columns=number(tag.get("colspan"), 1),
                    rows=number(tag.get("rowspan"), 1))  # fmt: skip
    table.rows[-1].append((cell, frame.blocks))


def close_table(builder: Builder, frame: Frame) -> None:
    if frame.blocks:
        frame.rows.append([(Cell(text=NO_TEXT), list(frame.blocks))])
    caption = frame.notes.get("caption", [])
    rows = [row for row in frame.rows if row]
    if _is_data(rows, bool(caption)):
        builder.blocks += _table(builder, rows, caption)
        return
    found = [*caption, *(block for row in rows for _, blocks in row for block in blocks)]
    if len(found) == 2 and _is_captioned(found[0], found[1]):
        found = [with_slot(found[0], "caption", found[1:])]
    builder.blocks += found


def _is_captioned(first: Block, second: Block) -> bool:
    """A picture with a short text under it, alone in a table."""
    if not isinstance(first, Image) or first.caption.text or type(second) is not Paragraph:
        return False
    return len(second.text.text) <= MAX_CAPTION


def _is_data(rows: list[list[tuple[Cell, list[Block]]]], captioned: bool) -> bool:
    """Whether a table holds data: headers or a caption, or rows of two and more short cells without other blocks."""
    cells = [pair for row in rows for pair in row]
    if not any(blocks for _, blocks in cells):
        return False
    plain = all(is_text(block) or isinstance(block, Image | Separator) for _, blocks in cells for block in blocks)
    if not plain or max(len(row) for row in rows) < 2:
        return captioned and plain
    if captioned or any(cell.header for cell, _ in cells):
        return True
    if len(rows) < 2:
        return False
    short = all(
        len(merge(blocks, "")[0].text) <= SHORT_CELL and len(blocks) <= 3
        for _, blocks in cells
        if all(map(is_text, blocks))
    )
    pictures = sum(isinstance(block, Image) for _, blocks in cells for block in blocks)
    return short and pictures == 0


def _table(builder: Builder, rows: list[list[tuple[Cell, list[Block]]]], caption: list[Block]) -> list[Block]:
    """The table, and pictures from its cells after it."""
    spans: list[Span] = []
    after: list[Block] = []
    made: list[tuple[Cell, ...]] = []
    for r, row in enumerate(rows):
        cells = []
        for c, (cell, blocks) in enumerate(row):
            text, own = merge([block for block in blocks if is_text(block)], f"rows.{r}.{c}")
            spans += own
            after += [block for block in blocks if not is_text(block)]
            cells.append(msgspec.structs.replace(cell, text=text))
        made.append(tuple(cells))
    table: Block = Table(rows=tuple(made), source=tuple(spans))
    return [with_slot(table, "caption", caption) if caption else table, *after]


def number(value: str, default: int) -> int:
    """A small whole number as attributes hold them; the default for anything else."""
    value = value.strip()
    return int(value) if value.isascii() and value.isdigit() and 0 < len(value) < 4 and int(value) else default
