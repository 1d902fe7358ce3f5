"""The page's proof: it shows the stored article's text, all of it, in order, and nothing else.

The page marks what it adds of its own with `data-generated`; such elements are not looked at. A picture's
`alt` text is an attribute (`alt`, or `aria-label` of the box that stands for a missing picture). A note of kind
`import-notice` may be left out, because the page prints its own. Elements and attributes that act have no place
on a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from backfile.article import (
    Article,
    Block,
    Crosshead,
    FactBox,
    Gallery,
    Image,
    Note,
    Paragraph,
    Table,
    block_texts,
)
from backfile.proof.lists import HTML_ELEMENTS, PARTING, VOID
from backfile.proof.normal import alike, decode, decode_attribute, glued, same, squeeze
from backfile.proof.plainpage import plainly_shown
from backfile.proof.scanner import attributes, scan
from backfile.proof.verdict import PROVED, Problem, Verdict, excerpt, judge

_TAG = re.compile(r"<([^<>]*)>").split
_NAME = re.compile(r"/?[A-Za-z][^\s/]*+").match
_ACTS = frozenset({"script", "iframe", "frame", "object", "embed", "applet", "form", "base", "meta", "link", "style"})
_HANDLER = re.compile(
    r"\s(?:on[a-z]+|srcdoc|style)\s*=|=\s*[\"']?\s*(?:javascript|vbscript|data):", re.IGNORECASE
).search
_SIGNS = (" on", "srcdoc", "style", "script:", "data:")
"""What attributes that act have in them, one or the other, where all white space is plain."""
_ALTERNATIVE = re.compile(r'\s(?:alt|aria-label)="([^"]*)"').findall
_PARTS = PARTING | {f"/{name}" for name in PARTING}
_QUIET = frozenset(tag for name in HTML_ELEMENTS - _ACTS for tag in (name, f"/{name}"))
"""Tags that need no look: without attributes, and of elements that do not act."""

Place = tuple[str, str]
"""A place of the article and its text."""


def prove_page(article: Article, html: str) -> Verdict:
    """Whether `html`, the rendered lead and blocks, shows the text of `article`; a whole page from `<article` on."""
    own = _without_generated(html) if "data-generated" in html else html
    if plainly_shown(article, own) and not _alternatives(article, html):
        return PROVED
    return closely(article, html)


def closely(article: Article, html: str) -> Verdict:
    """As `prove_page`, whatever the page."""
    html = _article_element(html)
    own = _without_generated(html) if "data-generated" in html else html
    pieces = _TAG(own)
    tags = pieces[1::2]
    telling = set(tags) - _QUIET
    names = [found[0] for tag in telling if (found := _NAME(tag))]
    problems = _acting(names, telling)
    places = list(_places(article))
    if html.startswith("<article"):
        places[:0] = [("headline", article.headline.text)] if article.headline.text else []
    texts = [text for _, text in places]
    if len(names) < len(telling) or not _shows(pieces, texts):
        problems += _compare(places, "\n".join(texts), _visible(html))
    problems += _alternatives(article, html)
    return judge(problems, []) if problems else PROVED


def _shows(pieces: list[str], texts: list[str]) -> bool:
    """Whether texts and tags by turns show just these texts: line by line, with the lines of the page as it is written
    or as its tags make them."""
    shown = "".join(pieces[::2])
    if "&" in shown:
        pieces[::2] = [decode(text) for text in pieces[::2]]
        shown = "".join(pieces[::2])
    if texts == [line for part in shown.split("\n") if (line := part.strip(" \t\r"))]:
        return True
    pieces[1::2] = ["\n" if (found := _NAME(tag)) and found[0] in _PARTS else "" for tag in pieces[1::2]]
    return alike("".join(pieces), "\n".join(texts))


_START = re.compile(r"<([a-z][a-z0-9]*)\s[^<>]*\Z")


def _without_generated(html: str) -> str:
    """The page without its own elements, as far as they hold text only; the careful look takes out the others."""
    out, at = [], 0
    while (found := html.find(" data-generated", at)) >= 0:
        start = html.rfind("<", at, found)
        tag = _START.match(html[start : found + 1]) if start >= 0 else None
        close = html.find(f"</{tag[1]}>", found) if tag else -1
        if tag is None or close < 0 or html.count("<", found, close):
            out.append(html[at : found + 15])
            at = found + 15
            continue
        out.append(html[at:start])
        at = close + len(tag[1]) + 3
    out.append(html[at:])
    return "".join(out)


def _article_element(html: str) -> str:
    """From `<article` to its end, where the page has one."""
    start = html.find("<article")
    return html[start : html.rfind("</article>") + 10] if start >= 0 else html


# -- what the article holds, in the order of a page ----------------------------------------------------


def _places(article: Article) -> Iterator[Place]:
    if article.lead.text:
        yield "lead", article.lead.text
    for block in article.blocks:
        kind = type(block)
        if kind is Paragraph or kind is Crosshead:
            yield block.id, block.text.text  # type: ignore[union-attr]
        else:
            yield from _of_block(block)


def _of_block(block: Block) -> Iterator[Place]:
    """A block's texts as pages order them: a table's caption comes first, a gallery's last."""
    if isinstance(block, Note) and block.kind == "import-notice":
        return
    texts = [(slot, text.text.replace("\0", "\ufffd")) for slot, text in block_texts(block) if slot != "alt"]
    if isinstance(block, Table):
        texts.sort(key=lambda pair: pair[0] != "caption")
    if isinstance(block, Gallery):
        for image in block.images:
            yield from _of_block(image)
    for slot, text in texts:
        yield f"{block.id}:{slot}", text
    if isinstance(block, FactBox):
        for inner in block.blocks:
            yield from _of_block(inner)


# -- what the page shows ------------------------------------------------------------------------------


def _visible(html: str) -> str:
    """The page's text, read by the scanner, without the elements that the page marks as its own."""
    out: list[str] = []
    depth, opened = 0, ""
    for piece in scan(html):
        if piece.kind == "text" and not depth:
            out.append(unescape(html[piece.start : piece.end]))
        elif piece.kind == "open":
            out.append("\n" if piece.name in PARTING else "")
            if depth:
                depth += piece.name == opened
            elif piece.name not in VOID and any(a.name == "data-generated" for a in attributes(html, piece)):
                depth, opened = 1, piece.name
        elif piece.kind == "close":
            out.append("\n" if piece.name in PARTING else "")
            depth -= depth > 0 and piece.name == opened
    return "".join(out)


def _compare(places: list[Place], stored: str, visible: str) -> list[Problem]:
    """Each place's text must come next on the page; what stands between is the page's invention."""
    problems: list[Problem] = []
    shown = squeeze(visible)
    if same(shown, squeeze(stored)):
        words = glued(visible, stored)
        return [Problem(kind="glue", expected=excerpt(words), found=words.replace(" ", ""))] if words else []
    at = 0
    for place, text in places:
        words = squeeze(text)
        found = shown.find(words, at)
        if found < 0:
            elsewhere = words and words in shown
            problems.append(
                Problem(
                    kind="page", at=place, expected=excerpt(text), note="out of order" if elsewhere else "not shown"
                )
            )
            continue
        if found > at:
            problems.append(
                Problem(kind="page", at=place, found=excerpt(shown[at:found]), note="shown before it, not stored")
            )
        at = found + len(words)
    if at < len(shown):
        problems.append(Problem(kind="page", found=excerpt(shown[at:]), note="shown at the end, not stored"))
    return problems


def _alternatives(article: Article, html: str) -> list[Problem]:
    """Alternative texts of pictures that no attribute of the page holds."""
    wanted = [(block.id, block.alt.text) for block in _images(article.blocks) if block.alt.text.strip()]
    if all(f' alt="{text}"' in html or f' aria-label="{text}"' in html for _, text in wanted):
        return []
    held = {squeeze(decode_attribute(raw)) for raw in _ALTERNATIVE(html)}
    return [
        Problem(kind="page", at=f"{block_id}:alt", expected=excerpt(text), note="no attribute holds it")
        for block_id, text in wanted
        if squeeze(text) not in held
    ]


def _images(blocks: tuple[Block, ...]) -> Iterator[Image]:
    for block in blocks:
        if type(block) is Paragraph or type(block) is Crosshead:
            continue
        if isinstance(block, Image):
            yield block
        elif isinstance(block, FactBox):
            yield from _images(block.blocks)
        elif isinstance(block, Gallery):
            yield from block.images


def _acting(names: list[str], tags: set[str]) -> list[Problem]:
    """Elements, by the names of their tags, and attributes that act."""
    acts = _ACTS.intersection(name.lower() for name in names)
    problems = [Problem(kind="page", found=f"<{name}>", note="an element that acts") for name in sorted(acts)]
    joined = " ".join(tags)
    folded = joined.lower()
    if joined.isprintable() and not any(sign in folded for sign in _SIGNS):
        return problems
    handler = _HANDLER(joined)
    if handler:
        problems.append(Problem(kind="page", found=excerpt(handler[0].strip()), note="an attribute that acts"))
    return problems
