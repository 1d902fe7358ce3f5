"""The ordinary page, proved at a glance: paragraphs, crossheads, lists and pictures, a line for each text.

It takes out the tags that show nothing and cannot act, in one step, and compares what is left with the article's texts,
in one more. It says yes only where the careful look would find nothing; anything else is left to that.
"""

from __future__ import annotations

from html import unescape

from backfile.article import Article, Crosshead, Image, Paragraph, block_texts
from backfile.article import List as ListBlock
from backfile.patterns import compile_pattern

_BLOCK = r"(?:p|h[2-6]|li|ul|ol|figure|figcaption|blockquote|cite|footer)"
_ATTRIBUTES = r"""(?: (?:id|class|dir|start)="[A-Za-z0-9_ \-]*+")*+"""
_INLINE = r"(?:em|strong|a|b|i|u|s|sub|sup|code|small|mark|q)"
_TAGS = compile_pattern(
    rf"""<(?:(?<![^\n]<){_BLOCK}{_ATTRIBUTES}>(?:<{_BLOCK}{_ATTRIBUTES}>)*+"""
    rf"""|/{_INLINE}>|/{_BLOCK}>(?:</{_BLOCK}>)*+(?![^\n])|{_INLINE}>|a href="(?:https?://|/)[^"<>:\s]*+">|br>(?=\n))"""
).sub
"""Those that part words, where a line begins or ends; inside a line, those that part none. No attribute can act: there
is no second colon in an address, and none at all in the others."""
_REFERENCES = ("&amp;", "&lt;", "&gt;")


def plainly_shown(article: Article, html: str) -> bool:
    """Whether a page without elements of its own shows the texts of `article`, but for the alternative texts of its
    pictures."""
    texts = [article.lead.text] if article.lead.text else []
    for block in article.blocks:
        kind = type(block)
        if kind is Paragraph or kind is Crosshead:
            texts.append(block.text.text)  # type: ignore[union-attr]
        elif kind is Image or kind is ListBlock:
            found = [text.text for slot, text in block_texts(block) if slot != "alt"]
            texts += found or [""]
        else:
            return False
    shown = _TAGS("", html)
    if "<" in shown:
        return False
    if "&" in shown:
        if html.count("&") != sum(map(html.count, _REFERENCES)):
            return False
        shown = unescape(shown)
    if shown == "\n".join(texts) + "\n":
        return True
    return [line for part in shown.split("\n") if (line := part.strip(" \t\r"))] == [text for text in texts if text]
