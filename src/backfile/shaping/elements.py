"""What each element of HTML does: two tables of handlers, for opening and closing tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from backfile.article import Image, Separator
from backfile.shaping.boxes import (
    close_box,
    close_captioned,
    close_credit,
    close_figure,
    close_heading,
    close_noted,
    close_pre,
    close_quote,
    close_social,
    close_unsupported,
    role,
)
from backfile.shaping.media import open_image, open_media, safe_address
from backfile.shaping.tables import open_cell, open_item, open_list, open_row, open_table
from backfile.shaping.tokens import Tag

if TYPE_CHECKING:
    from backfile.shaping.html import Builder, Handler

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_FENCE = ("table", "td")
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE).search
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE).search
_LINED = re.compile(r"text-decoration[\w-]*\s*:\s*(underline|line-through)", re.IGNORECASE).search
_RAISED = re.compile(r"vertical-align\s*:\s*(sub|super)\b", re.IGNORECASE).search


# -- inline ---------------------------------------------------------------------------------------


def marker(kind: str) -> Handler:
    def begin(builder: Builder, tag: Tag, start: int, end: int) -> None:
        builder.inline.begin(tag.name, kind, builder.level())

    return begin


def style_kind(tag: Tag) -> str:
    """The mark that a `style` attribute asks for; empty for none."""
    if "style" not in tag.raw and "STYLE" not in tag.raw:
        return ""
    style = tag.get("style")
    if _BOLD(style):
        return "strong"
    if _ITALIC(style):
        return "emphasis"
    if lined := _LINED(style):
        return "underline" if lined[1].lower() == "underline" else "strike"
    if raised := _RAISED(style):
        return "sub" if raised[1].lower() == "sub" else "sup"
    return ""


def _span(builder: Builder, tag: Tag, start: int, end: int) -> None:
    if _is_credit_in_figure(builder, tag):
        builder.push(tag.name, tag, start, close_credit)
        return
    builder.inline.begin(tag.name, style_kind(tag), builder.level())


def _is_credit_in_figure(builder: Builder, tag: Tag) -> bool:
    figure = builder.open.get("figure") or builder.open.get("captioned")
    return bool(figure) and role(tag) == "credit"


def _link(builder: Builder, tag: Tag, start: int, end: int) -> None:
    """A link; one that would run a script keeps its words and loses its mark."""
    builder.inline.finish("a")
    href = tag.get("href").strip()
    title = tag.get("title").strip() if "title" in tag.raw.lower() else ""
    kind = "link" if href and href != "#" else ""
    if href and not safe_address(href):
        builder.fault("unsafe-link", href)
        kind = href = ""
    if title and (not kind or not _has_words(builder, "a")):
        builder.drop(*tag.span("title", start), "attribute", title)
        title = ""
    if kind:
        builder.inline.begin_link(builder.level(), href, title, start, end)
    else:
        builder.inline.begin("a", "", builder.level())


def _abbreviation(builder: Builder, tag: Tag, start: int, end: int) -> None:
    title = tag.get("title").strip()
    if title and not _has_words(builder, tag.name):
        builder.drop(*tag.span("title", start), "attribute", title)
        title = ""
    builder.inline.begin(tag.name, "abbr" if title else "", builder.level()).title = title


def _has_words(builder: Builder, name: str) -> bool:
    """Whether text follows before the element is closed: a mark over nothing is none."""
    source = builder.source
    for start, end, tag in builder.tokens[builder.at : builder.at + 30]:
        if tag is None:
            if not source[start:end].isspace():
                return True
        elif tag.name == name:
            return False
    return False


def _break(builder: Builder, tag: Tag, start: int, end: int) -> None:
    """`<br>` is a line; two of them end the paragraph."""
    if builder.pre:
        builder.inline.keep("\n", start, end)
    elif not builder.inline.line_break(start, end):
        builder.flush()


def _cite(builder: Builder, tag: Tag, start: int, end: int) -> None:
    if builder.open.get("blockquote") and builder.inline.start < 0:
        builder.push("cite", tag, start, close_noted)
    else:
        builder.inline.begin("cite", "emphasis", builder.level())


# -- blocks ---------------------------------------------------------------------------------------


def open_paragraph(builder: Builder, tag: Tag, start: int, end: int) -> None:
    builder.end_paragraph()
    top = builder.stack[-1]
    if top.name in HEADINGS and top.blocks:
        builder.pop()
    builder.paragraph = tag


def close_paragraph(builder: Builder, tag: Tag, start: int, end: int) -> None:
    builder.end_paragraph()


def division(builder: Builder, tag: Tag, start: int, end: int) -> None:
    """`<div>` and the like: nothing themselves, unless their class says what they hold."""
    kind = role(tag)
    if not kind:
        builder.push(tag.name, tag, start, own=False)
    elif kind == "credit":
        builder.push(tag.name, tag, start, close_credit)
    elif kind == "caption" and not builder.open.get("captioned"):
        builder.push("captioned", tag, start, close_captioned)
    elif kind == "caption":
        builder.push(tag.name, tag, start, own=False)
    else:
        builder.push(tag.name, tag, start, {"pull": close_quote, "box": close_box, "social": close_social}[kind])


def _close_division(builder: Builder, tag: Tag, start: int, end: int) -> None:
    builder.end_paragraph()
    builder.close(tag.name, "captioned", within=_FENCE)


def _heading(builder: Builder, tag: Tag, start: int, end: int) -> None:
    builder.flush()
    if builder.stack[-1].name in HEADINGS:
        builder.pop()
    builder.push(tag.name, tag, start, close_heading)


def _close_heading(builder: Builder, tag: Tag, start: int, end: int) -> None:
    builder.end_paragraph()
    builder.close(*HEADINGS, within=_FENCE)


def _quote(builder: Builder, tag: Tag, start: int, end: int) -> None:
    builder.push("blockquote", tag, start, close_social if role(tag) == "social" else close_quote)


def _footer(builder: Builder, tag: Tag, start: int, end: int) -> None:
    if builder.open.get("blockquote"):
        builder.push("footer", tag, start, close_noted)
    else:
        builder.push("footer", tag, start, own=False)


def _pre(builder: Builder, tag: Tag, start: int, end: int) -> None:
    if builder.push("pre", tag, start, close_pre):
        builder.pre += 1


def _close_pre(builder: Builder, tag: Tag, start: int, end: int) -> None:
    if not builder.close("pre", within=_FENCE):
        builder.end_paragraph()


def _separator(builder: Builder, tag: Tag, start: int, end: int) -> None:
    builder.end_paragraph()
    builder.blocks.append(Separator(id=builder.new_id(""), source=(builder.span(start, end, "src"),)))


def box(close: object, name: str = "") -> Handler:
    def begin(builder: Builder, tag: Tag, start: int, end: int) -> None:
        builder.push(name or tag.name, tag, start, close)  # type: ignore[arg-type]

    return begin


def closer(*names: str, within: tuple[str, ...] = _FENCE) -> Handler:
    def close(builder: Builder, tag: Tag, start: int, end: int) -> None:
        if not any(map(builder.open.get, names)) and _apart_already(builder.source, start, end):
            return
        builder.end_paragraph()
        builder.close(*names, within=within)

    return close


def _apart_already(source: str, start: int, end: int) -> bool:
    """Whether a tag that closes nothing stands between words: no reader ever saw it. Without white space it parts two
    words, which might else be read as one."""
    return source[start - 1 : start].isspace() or source[end : end + 1].isspace()


def _unsupported(builder: Builder, tag: Tag, start: int, end: int) -> None:
    if builder.inline.start >= 0:
        builder.inline.begin(tag.name, "", builder.level())
    else:
        builder.push(tag.name, tag, start, close_unsupported)


def _close_unsupported(builder: Builder, tag: Tag, start: int, end: int) -> None:
    if not builder.inline.finish(tag.name):
        builder.close(tag.name, within=_FENCE)


# -- what is passed over --------------------------------------------------------------------------


def _apart(builder: Builder, tag: Tag, start: int, end: int) -> None:
    """Elements that only part what is around them."""
    builder.end_paragraph()


def _nothing(builder: Builder, tag: Tag, start: int, end: int) -> None:
    pass


def _left_out(builder: Builder, tag: Tag, start: int, end: int) -> None:
    builder.skip(tag.name, tag.name)


def _noscript(builder: Builder, tag: Tag, start: int, end: int) -> None:
    """What readers without scripts saw: a picture that a script would have loaded, or a request to allow scripts."""
    shelf = builder.aside or builder.blocks
    stop = builder.element_end("noscript")
    inside = builder.tokens[builder.at : stop] if stop >= 0 else []
    pictures = any(inner is not None and inner.name in ("img", "iframe") for _, _, inner in inside)
    if not pictures or (shelf and isinstance(shelf[-1], Image)):
        builder.skip("noscript", "noscript")


_MARKS = {
    "strong": "b strong",
    "emphasis": "i em var dfn",
    "underline": "u ins",
    "strike": "s strike del",
    "sub": "sub",
    "sup": "sup rt",
    "code": "code kbd samp tt",
    "small": "small",
    "mark": "mark",
    "quote": "q",
}
_PLAIN = "big bdi bdo nobr time data label output meter progress ruby rb rp rtc blink slot picture map wbr basefont"
_DIVISIONS = (
    "div section article main header nav body html center form fieldset address hgroup dialog search marquee legend"
    " option optgroup multicol layer noframes frameset datalist"
)
_NOTHING = "script style link meta input base source track param area col colgroup keygen spacer frame isindex nextid"

INLINE = frozenset(f"{' '.join(_MARKS.values())} {_PLAIN} span font a abbr acronym cite noscript template".split())
"""Elements inside a line: what is left out with them leaves the paragraph whole."""

OPENERS: dict[str, Handler] = {
    **{name: marker(kind) for kind, names in _MARKS.items() for name in names.split()},
    **dict.fromkeys(_PLAIN.split(), marker("")),
    **dict.fromkeys(("span", "font"), _span),
    **dict.fromkeys(_DIVISIONS.split(), division),
    **dict.fromkeys(_NOTHING.split(), _nothing),
    **dict.fromkeys(("tbody", "thead", "tfoot"), _apart),
    **dict.fromkeys(HEADINGS, _heading),
    **dict.fromkeys(("ul", "ol", "dl", "menu", "dir"), open_list),
    **dict.fromkeys(("li", "dt", "dd"), open_item),
    **dict.fromkeys(("td", "th"), open_cell),
    **dict.fromkeys(("iframe", "video", "audio", "object", "embed", "applet"), open_media),
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext", "textarea"), _pre),
    **dict.fromkeys(("select", "button", "svg", "math", "canvas"), _unsupported),
    **dict.fromkeys(("template", "head", "title"), _left_out),
    "p": open_paragraph,
    "br": _break,
    "a": _link,
    "abbr": _abbreviation,
    "acronym": _abbreviation,
    "cite": _cite,
    "img": open_image,
    "image": open_image,
    "table": open_table,
    "tr": open_row,
    "caption": box(close_noted),
    "blockquote": _quote,
    "footer": _footer,
    "figure": box(close_figure),
    "figcaption": box(close_noted),
    "aside": box(close_box),
    "details": box(close_box),
    "summary": box(close_noted),
    "hr": _separator,
    "noscript": _noscript,
}

CLOSERS: dict[str, Handler] = {
    **dict.fromkeys(_DIVISIONS.split(), _close_division),
    **dict.fromkeys(("footer", "aside", "details"), _close_division),
    **dict.fromkeys(_NOTHING.split(), _nothing),
    **dict.fromkeys(("tbody", "thead", "tfoot"), _apart),
    **dict.fromkeys(HEADINGS, _close_heading),
    **dict.fromkeys(("ul", "ol", "dl", "menu", "dir"), closer("list")),
    **dict.fromkeys(("li", "dt", "dd"), closer("li", within=("list", "td", "table"))),
    **dict.fromkeys(("td", "th"), closer("td", within=("table",))),
    **dict.fromkeys(("pre", "listing", "xmp", "plaintext", "textarea"), _close_pre),
    **dict.fromkeys(("select", "button", "svg", "math", "canvas"), _close_unsupported),
    "p": close_paragraph,
    "br": _break,
    "tr": closer("tr", within=("table",)),
    "table": closer("table", within=()),
    "caption": closer("caption", within=("table",)),
    "figure": closer("figure"),
    "figcaption": closer("figcaption"),
    "summary": closer("summary"),
    "blockquote": closer("blockquote"),
}
