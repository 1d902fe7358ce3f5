"""Words that markup hides: attributes and comments that readers, or the desk, would miss."""

from __future__ import annotations

import re

from backfile.shaping.tokens import Tag


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NAMED = _words(
    """
    alt title summary caption label standby placeholder aria-label aria-description data-alt data-title data-caption
    data-image-title data-image-caption data-image-description data-description data-credit data-copyright data-text
    data-quote data-headline data-lead data-teaser
    """
)
MACHINE = _words(
    """
    href src srcset sizes class id style target rel width height align valign border bgcolor color face size hspace
    vspace cellpadding cellspacing colspan rowspan scope lang dir name value type media action method http-equiv
    charset data-src data-srcset data-href data-url data-id data-permalink data-orig-file data-medium-file
    data-large-file data-image-meta data-attrs data-settings data-config data-options data-props data-params xmlns
    poster cite datetime data allow allowfullscreen d points viewbox transform fill stroke content property itemprop
    srcdoc
    """
)
CONSUMED: dict[str, tuple[str, ...]] = {
    "a": ("title",),
    "abbr": ("title",),
    "acronym": ("title",),
    "img": ("alt", "data-caption", "data-credit"),
}
"""Attributes whose words the element's handler takes."""

_MAYBE = re.compile(
    r"""\s(?:alt|title|summary|caption|label|standby|placeholder|aria-\w+|data-\w[\w-]*|content)\s*=|=\s*["'][^"'<>]*\s\S+\s\S+\s""",
    re.IGNORECASE,
).search
_WORD = re.compile(r"[^\W\d_]{2,}")
_MACHINERY = re.compile(r"[{}<>\[\]=\\|@#$_~^*/]|\w\(|;\s*\w+:|://")
_META = re.compile(r"description|title|headline|abstract|news_keywords", re.IGNORECASE)


def prose_attributes(tag: Tag) -> tuple[str, ...]:
    """Names of the attributes of a tag that hold words for readers."""
    if not _MAYBE(tag.raw):
        return ()
    return tuple(
        name for name, (value, _, _) in tag.attributes.items() if value.strip() and _is_prose(tag, name, value)
    )


def _is_prose(tag: Tag, name: str, value: str) -> bool:
    if name in NAMED:
        return True
    if name == "content" and tag.name == "meta":
        return bool(_META.search(tag.raw))
    if name in MACHINE or name.startswith("on") or len(value) < 24 or value.count(" ") < 3:
        return False
    words = _WORD.findall(value[:2000])
    head = value[:2000].replace(" ", "")
    return (
        len(words) >= 4
        and sum(map(len, words)) * 10 >= len(head) * 6
        and len(_MACHINERY.findall(value[:2000])) <= len(words)
    )


def reads_as_words(text: str, letters: int) -> bool:
    """Whether a comment says anything: at least two words of that many letters."""
    return len(re.findall(rf"[^\W\d_]{{{letters},}}", text[:2000])) >= 2
