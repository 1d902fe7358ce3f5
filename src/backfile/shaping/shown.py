"""What machines are told in their own way, as the page shows it to readers: the section's name, the date in a line."""

from __future__ import annotations

import re

from backfile.shaping.furniture import MAX_LINE, is_date_line
from backfile.shaping.pagemeta import Meta
from backfile.shaping.tree import Element, Tree

_LETTERS = re.compile(r"[^\W_]+")
_CODED = re.compile(r"[/_]|^[a-z-]+$").search
_DATE = re.compile(
    r"\b\d{1,2}\.\s?\d{1,2}\.\s?\d{4}(?:,?\s+(?:um\s+)?\d{1,2}[:.]\d\d)?"
    r"|\b\d{1,2}(?:\.|er)?\s+[^\W\d_]{3,9}\.?\s+\d{4}(?:,?\s+(?:um|à|alle)?\s*\d{1,2}[:.h]\d\d)?"
    r"|\b[^\W\d_]{3,9}\.?\s+\d{1,2},\s+\d{4}"
)
_SHORT_DATE = re.compile(r"\b(\d{1,2}\.\d{1,2}\.)(\d\d)\b(?!\d)(?:\s*[|,]\s*(\d{1,2}:\d\d))?")
_LINES = frozenset(["p", "div", "span", "li", "time", "small", "strong", "td"])
_REACH = 6000


def section(tree: Tree, meta: Meta) -> tuple[str, int]:
    """The section as readers see it: of a code (`world/middle_east`) the link on the page that says the same words.
    With its place in the leaf, -1 if machines alone are told it."""
    values = meta.values.get("section", [])
    for value in values:
        if not _CODED(value):
            return value, -1
    for value in values:
        wanted = {_plain(part) for part in (value, value.strip("/").rpartition("/")[2]) if part}
        for element in tree.elements:
            words = tree.line(element, 40) if element.name == "a" else ""
            if words and _plain(words) in wanted and (at := tree.source.find(words, element.start, element.end)) >= 0:
                return words, at
    return next((value for value in values if not re.search(r"[/_]", value)), ""), -1


def _plain(words: str) -> str:
    return "".join(_LETTERS.findall(words.lower()))


def date(tree: Tree, headline: Element | None) -> str:
    """The date in the line of dates that is nearest after the headline; empty if the page shows none there."""
    if headline is None:
        return ""
    for element in tree.elements:
        if element.start > headline.end + _REACH:
            break
        if element.start < headline.start - 1500 or element.name not in _LINES:
            continue
        words = tree.line(element, MAX_LINE)
        if len(words) < 6 or not is_date_line(words):
            continue
        if match := _DATE.search(words):
            return match[0]
        if short := _SHORT_DATE.search(words):
            return f"{short[1]}20{short[2]}" + (f" {short[3]}" if short[3] else "")
    return ""
