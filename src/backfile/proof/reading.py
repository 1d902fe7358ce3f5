"""How a leaf is read, and what it and the places of an article then say."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

from backfile.article import Article, article_texts, block_texts, walk
from backfile.proof.normal import squeeze
from backfile.proof.segments import Segment, plain, segments

Reading = Literal["markup", "text", "xml"]
"""`xml` is the inner markup of a region."""


def read(leaf: str, reading: Reading) -> list[Segment]:
    """What readers could read in the leaf."""
    return plain(leaf) if reading == "text" else segments(leaf, xml=reading == "xml")


def is_plain(leaf: str) -> bool:
    """Whether nothing in the leaf can be markup."""
    return "<" not in leaf and "&" not in leaf


def shown(raw: str) -> str:
    """The text that a stretch of a leaf shows."""
    return raw if is_plain(raw) else "".join(part.text for part in segments(raw) if part.must)


def without_numbers(path: str) -> str:
    """The path with the numbers of siblings left out."""
    if "[" not in path:
        return path
    return "/".join(step.partition("[")[0] for step in path.split("/"))


def place_text(article: Article, at: str) -> str:
    """The text at a place or field, for moves; everything the article says where the name is not known."""
    if at == "agency":
        return article.rights.agency
    block_id, colon, _ = at.partition(":")
    if colon:
        return "\n".join(t.text for b in walk(article.blocks) if b.id == block_id for _, t in block_texts(b))
    value = getattr(article, at.removeprefix("rights."), "")
    if isinstance(value, tuple):
        return "\n".join(str(part) for part in value)
    return str(getattr(value, "text", value) or "")


def mark_titles(article: Article) -> frozenset[str]:
    """Squeezed titles of links and abbreviations: words that a mark carries."""
    return frozenset(squeeze(mark.title) for _, text in article_texts(article) for mark in text.marks if mark.title)


def all_said(alts: Iterable[str], words: Iterable[str], known: Callable[[], frozenset[str]]) -> bool:
    """Whether each of the attributes' words is an alternative text, each once, or the title of a mark."""
    left = [squeeze(alt) for alt in alts]
    for word in map(squeeze, words):
        if word in left:
            left.remove(word)
        elif word not in known():
            return False
    return not left
