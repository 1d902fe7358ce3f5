"""Blocks as semantic HTML, one function per type."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from backfile.article import (
    Answer,
    Article,
    Block,
    Cell,
    Crosshead,
    Embed,
    FactBox,
    Gallery,
    Image,
    List,
    ListItem,
    Note,
    Paragraph,
    Preformatted,
    Question,
    Quote,
    Separator,
    Table,
    Text,
    Unsupported,
    walk,
)
from backfile.render.inline import attribute, escape, inline
from backfile.render.urls import host, media_url, resolved, safe_url
from backfile.render.words import labels

_DEEPEST_LIST = 6
_WIDEST_CELL = 100
_LARGEST_PICTURE = 20_000
# Lead bytes of Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms in UTF-8.
_RTL_BYTES = bytes(range(0xD6, 0xE0)) + b"\xef"


class _Page(msgspec.Struct):
    """What blocks need to know of their article."""

    words: dict[str, str]
    address: str
    media: str
    headings: dict[int, int]
    bidi: bool
    pictures: int = 0


def body(article: Article, media: str = "/media/") -> str:
    """The HTML of lead and blocks. `media` is what addresses of files in the media folder begin with."""
    page = _Page(
        labels(article.language),
        article.legacy_urls[0] if article.legacy_urls else "",
        media,
        _headings(article.blocks),
        False,
    )
    out = _all(article, page)
    if "\0" in out:  # which HTML cannot hold
        out = out.replace("\0", "\ufffd")
    data = out.encode("utf-8", "replace")
    if any(map(data.__contains__, _RTL_BYTES)):
        page.bidi, page.pictures = True, 0
        out = _all(article, page).replace("\0", "\ufffd")
    return out


def _all(article: Article, page: _Page) -> str:
    parts = []
    if article.lead.text:
        parts.append(f'<p class="lead"{_dir(article.lead, page)}>{inline(article.lead, page.address)}</p>\n')
    address, bidi = page.address, page.bidi
    for block in article.blocks:
        kind = type(block)
        if kind is not Paragraph or bidi:
            parts.append(_RENDER[kind](block, page))
            continue
        text: Text = block.text  # type: ignore[union-attr]
        body, name = text.text, block.id
        if text.marks or "&" in body or "<" in body or ">" in body or "\n" in body:
            body = inline(text, address)
        if name.isalnum() and body:
            parts.append(f'<p id="{name}">{body}</p>\n')
        else:
            parts.append(_paragraph(block, page))  # type: ignore[arg-type]
    return "".join(parts)


def _headings(blocks: tuple[Block, ...]) -> dict[int, int]:
    """Levels used in the article → h2, h3, ... without gaps, which screen readers stumble over."""
    used = set()
    for block in blocks:
        kind = type(block)
        if kind is Crosshead:
            used.add(block.level)  # type: ignore[union-attr]
        elif kind is FactBox:
            used.update(inner.level for inner in walk(block.blocks) if type(inner) is Crosshead)  # type: ignore[union-attr]
    if len(used) == 1:
        return {used.pop(): 2}
    return {level: min(2 + n, 6) for n, level in enumerate(sorted(used))}


def _dir(text: Text, page: _Page) -> str:
    """`dir="auto"` for a text that has letters written from right to left."""
    if page.bidi and any(c > "\u058f" and _is_rtl(c) for c in text.text):
        return ' dir="auto"'
    return ""


def _is_rtl(c: str) -> bool:
    return "\u0590" <= c <= "\u08ff" or "\ufb1d" <= c <= "\ufdff" or "\ufe70" <= c <= "\ufeff"


def _id(block: Block) -> str:
    name = block.id
    return f' id="{name if name.isalnum() else attribute(name)}"' if name else ""


def _paragraph(block: Paragraph, page: _Page) -> str:
    text = block.text
    if page.bidi or not block.id.isalnum() or not text.text:
        return f"<p{_id(block)}{_dir(text, page)}>{inline(text, page.address)}</p>\n" if text.text else ""
    return f'<p id="{block.id}">{inline(text, page.address)}</p>\n'


def _crosshead(block: Crosshead, page: _Page) -> str:
    tag = f"h{page.headings.get(block.level, 2)}"
    return f"<{tag}{_id(block)}{_dir(block.text, page)}>{inline(block.text, page.address)}</{tag}>\n"


def _quote(block: Quote, page: _Page) -> str:
    kind = ' class="pull"' if block.pull else ""
    words = inline(block.text, page.address, line="\n").replace("\n", "</p>\n<p>")
    if block.text.marks and "\n" in block.text.text:  # a mark may reach over the line end: keep one paragraph
        words = inline(block.text, page.address)
    cite = (
        f"\n<footer><cite>{inline(block.attribution, page.address)}</cite></footer>" if block.attribution.text else ""
    )
    return f"<blockquote{_id(block)}{kind}{_dir(block.text, page)}><p>{words}</p>{cite}</blockquote>\n"


def _list(block: List, page: _Page) -> str:
    """Items of rising level open a list inside the item before; a level never jumps by more than one."""
    out: list[str] = []
    open_tags: list[str] = []
    for item in block.items:
        depth = min(max(item.level, 0), len(open_tags), _DEEPEST_LIST)
        tag = "ol" if item.ordered or (depth == 0 and block.ordered) else "ul"
        while len(open_tags) > depth + 1 or (len(open_tags) == depth + 1 and open_tags[-1] != tag):
            out.append(f"</li></{open_tags.pop()}>\n")
        if len(open_tags) == depth + 1:
            out.append("</li>\n")
        else:
            out.append(_list_start(block, tag, depth))
            open_tags.append(tag)
        out.append(_item(item, page))
    out.extend(f"</li></{tag}>\n" for tag in reversed(open_tags))
    return "".join(out)


def _list_start(block: List, tag: str, depth: int) -> str:
    outer = depth == 0
    start = f' start="{block.first}"' if outer and tag == "ol" and block.first != 1 else ""
    return f"\n<{tag}{start}>\n" if not outer else f"<{tag}{_id(block)}{start}>\n"


def _item(item: ListItem, page: _Page) -> str:
    return f"<li{_dir(item.text, page)}>{inline(item.text, page.address)}"


def _table(block: Table, page: _Page) -> str:
    """In a box that scrolls by itself, reachable by keyboard, so that the page never gets wider than the screen."""
    label = attribute(block.caption.text or page.words["table"])
    caption = f"<caption>{inline(block.caption, page.address)}</caption>\n" if block.caption.text else ""
    rows = list(block.rows)
    head = ""
    if len(rows) > 1 and rows[0] and all(cell.header for cell in rows[0]):
        head = f"<thead>\n{_row(rows.pop(0), 1, True, page)}</thead>\n"
    cells = "".join(_row(row, len(rows) - n, False, page) for n, row in enumerate(rows))
    return (
        f'<div class="table"{_id(block)} role="region" tabindex="0" aria-label="{label}"><table>\n'
        f"{caption}{head}<tbody>\n{cells}</tbody>\n</table></div>\n"
    )


def _row(cells: tuple[Cell, ...], below: int, head: bool, page: _Page) -> str:
    return f"<tr>{''.join(_cell(cell, below, head, page) for cell in cells)}</tr>\n"


def _cell(cell: Cell, below: int, head: bool, page: _Page) -> str:
    columns, rows = min(cell.columns, _WIDEST_CELL), min(cell.rows, below)
    span = f' colspan="{columns}"' if columns > 1 else ""
    span += f' rowspan="{rows}"' if rows > 1 else ""
    words = inline(cell.text, page.address)
    if cell.header:
        return f'<th scope="{"col" if head else "row"}"{span}{_dir(cell.text, page)}>{words}</th>'
    return f"<td{span}{_dir(cell.text, page)}>{words}</td>"


def _image(block: Image, page: _Page) -> str:
    picture = _picture(block, page)
    href = safe_url(block.href)
    if href and href != block.src:
        picture = f'<a href="{attribute(resolved(href, page.address))}">{picture}</a>'
    return f"<figure{_id(block)}>{picture}{_figcaption(block, page)}</figure>\n"


def _picture(block: Image, page: _Page) -> str:
    """The picture from the media folder; else a quiet box that says that it is missing, never another host's."""
    alt = attribute(block.alt.text)
    if not block.media:
        return (
            f'<span class="missing" role="img" aria-label="{alt or attribute(page.words["missing"])}" data-generated>'
            f"{escape(page.words['missing'])}</span>"
        )
    size = ""
    if 0 < block.width <= _LARGEST_PICTURE and 0 < block.height <= _LARGEST_PICTURE:
        size = f' width="{block.width}" height="{block.height}"'
    page.pictures += 1
    lazy = ' loading="lazy" decoding="async"' if page.pictures > 1 else ""
    return f'<img src="{attribute(media_url(page.media, block.media))}" alt="{alt}"{size}{lazy}>'


def _figcaption(block: Image, page: _Page) -> str:
    parts = []
    if block.caption.text:
        parts.append(inline(block.caption, page.address))
    if block.credit.text:
        parts.append(f'<span class="credit">{inline(block.credit, page.address)}</span>')
    if not parts:
        return ""
    return f"\n<figcaption{_dir(block.caption, page)}>{' '.join(parts)}</figcaption>"


def _gallery(block: Gallery, page: _Page) -> str:
    pictures = "".join(_image(image, page) for image in block.images)
    caption = f"<figcaption>{inline(block.caption, page.address)}</figcaption>" if block.caption.text else ""
    return f'<figure class="gallery"{_id(block)}>\n<div class="pictures">\n{pictures}</div>{caption}</figure>\n'


def _embed(block: Embed, page: _Page) -> str:
    """A card: what it was, on which site, and a link. Nothing is fetched before the reader asks for it."""
    url = safe_url(block.url)
    site = host(url)
    label = page.words.get(block.kind, page.words["frame"]) + (f" {page.words['on']} {site}" if site else "")
    if url:
        link = f'<a href="{attribute(resolved(url, page.address))}" rel="noopener" data-generated>{escape(label)}</a>'
    else:
        link = f"<span data-generated>{escape(label)}</span>"
    words = f"<p{_dir(block.text, page)}>{inline(block.text, page.address)}</p>" if block.text.text else ""
    caption = f"<figcaption>{inline(block.caption, page.address)}</figcaption>" if block.caption.text else ""
    card = f'<p class="card">{link}</p>'
    return f'<figure class="embed {attribute(block.kind)}"{_id(block)}>{words}{card}{caption}</figure>\n'


def _factbox(block: FactBox, page: _Page) -> str:
    title = f'<p class="title">{inline(block.title, page.address)}</p>\n' if block.title.text else ""
    inner = "".join(_RENDER[type(part)](part, page) for part in block.blocks)
    return f'<aside class="factbox"{_id(block)}>\n{title}{inner}</aside>\n'


def _question(block: Question, page: _Page) -> str:
    return f'<p class="question"{_id(block)}{_dir(block.text, page)}>{inline(block.text, page.address)}</p>\n'


def _answer(block: Answer, page: _Page) -> str:
    return f'<p class="answer"{_id(block)}{_dir(block.text, page)}>{inline(block.text, page.address)}</p>\n'


def _separator(block: Separator, page: _Page) -> str:
    return f"<hr{_id(block)}>\n"


def _preformatted(block: Preformatted, page: _Page) -> str:
    words = inline(block.text, page.address, line="\n")
    first = "\n" if words.startswith("\n") else ""  # HTML swallows a line end right after <pre>
    return f"<pre{_id(block)}{_dir(block.text, page)}>{first}{words}</pre>\n"


def _note(block: Note, page: _Page) -> str:
    if block.kind == "import-notice":  # the page prints its own
        return ""
    return f'<p class="note"{_id(block)} role="note"{_dir(block.text, page)}>{inline(block.text, page.address)}</p>\n'


def _unsupported(block: Unsupported, page: _Page) -> str:
    text = block.text
    if not text.text:
        return ""
    return f'<div class="unsupported"{_id(block)}{_dir(text, page)}>{inline(text, page.address)}</div>\n'


_RENDER: dict[type, Callable[[Any, _Page], str]] = {
    Paragraph: _paragraph,
    Crosshead: _crosshead,
    Quote: _quote,
    List: _list,
    Table: _table,
    Image: _image,
    Gallery: _gallery,
    Embed: _embed,
    FactBox: _factbox,
    Question: _question,
    Answer: _answer,
    Separator: _separator,
    Preformatted: _preformatted,
    Note: _note,
    Unsupported: _unsupported,
}
