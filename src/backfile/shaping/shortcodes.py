"""Finds WordPress shortcodes in a leaf, and tells them from brackets that editors write."""

from __future__ import annotations

import re
from html import unescape

import msgspec

from backfile.shaping.tokens import Token
from backfile.shaping.wordpress_names import KNOWN


class Shortcode(msgspec.Struct, frozen=True):
    """One bracketed tag, `leaf[start:end]`: `[name attributes]`, `[/name]`, `[name /]`; `[[name]]` is escaped."""

    start: int
    end: int
    name: str
    closing: bool
    attributes: str
    escaped: bool
    attributes_at: int


_BRACKETS = re.compile(r"\[(/?)([A-Za-z][\w\-]{0,63})(?=[\s\]/=:])([^\[\]]{0,10000}+)\]")
_GIVEN = re.compile(r"""\s[\w\-]{1,60}\s*=\s*(?:["'“”„«»″′‘’]|&\#?\w{2,8};|[\w/.:\-])""")
_QUOTES = str.maketrans(dict.fromkeys("“”„‟″«»", '"') | dict.fromkeys("‘’‚‛′", "'"))
_ATTRIBUTE = re.compile(r"""([\w\-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))|"([^"]*)"|'([^']*)'|([^\s"'=]+)""")
_QUOTE = r"(?:[\"'“”„‟″«»‘’‚‛′]|&(?:quot|[lrb]dquo|\#8220|\#8221|\#8222|\#8243|\#34|\#39|\#8216|\#8217|laquo|raquo);)"


def find_shortcodes(source: str, tokens: list[Token]) -> list[Shortcode]:
    """All shortcodes whose brackets lie in text, in order."""
    matches = list(_BRACKETS.finditer(source))
    if not matches:
        return []
    closed = {match[2].lower() for match in matches if match[1]}
    opened = {match[2].lower() for match in matches if not match[1]}
    found, number = [], 0
    for match in matches:
        if not _is_shortcode(match, opened if match[1] else closed):
            continue
        number, inside = _in_text(tokens, number, match.start())
        if inside and _in_text(tokens, number, match.end() - 1)[1]:
            found.append(_shortcode(source, match))
    return found


def _shortcode(source: str, match: re.Match[str]) -> Shortcode:
    start, end = match.span()
    escaped = source[start - 1 : start] == "[" and source[end : end + 1] == "]"
    if escaped:
        start, end = start - 1, end + 1
    return Shortcode(start, end, match[2], bool(match[1]), match[3].rstrip("/"), escaped, match.start(3))


def _is_shortcode(match: re.Match[str], partners: set[str]) -> bool:
    """A name that is known, attributes, a closing slash, an underscore, or a partner; all else an editor wrote."""
    name, attributes = match[2].lower(), match[3]
    if name in KNOWN or name in partners:
        return True
    if attributes.startswith(":"):
        return False
    return "_" in name or (attributes.endswith("/") and not attributes.strip("/ ")) or bool(_GIVEN.match(attributes))


def _in_text(tokens: list[Token], number: int, at: int) -> tuple[int, bool]:
    """The token that holds `at`, looking on from `number`; whether it is text."""
    while number < len(tokens) and tokens[number][1] <= at:
        number += 1
    return number, number < len(tokens) and tokens[number][0] <= at and tokens[number][2] is None


def parse_attributes(raw: str) -> dict[str, str]:
    """Attributes by name (lower case), unnamed ones by number; curly quotes and entities count as straight ones."""
    found: dict[str, str] = {}
    unnamed = 0
    text = unescape(raw).translate(_QUOTES) if not raw.isascii() or "&" in raw else raw
    for match in _ATTRIBUTE.finditer(text):
        value = next((group for group in match.groups()[1:] if group is not None), "")
        if match[1]:
            found.setdefault(match[1].lower(), value)
        else:
            found[str(unnamed)] = value
            unnamed += 1
    return found


def value_range(source: str, code: Shortcode, name: str) -> tuple[int, int] | None:
    """Where the value of an attribute stands in the leaf, without its quotes."""
    opening = re.compile(rf"\b{name}\s*=\s*({_QUOTE})", re.IGNORECASE).search(source, code.attributes_at, code.end)
    if opening is None:
        return None
    rest = re.compile(rf"{_QUOTE}(?=\s*(?:[\w\-]+\s*=|/?\]|\Z))").search(source, opening.end(), code.end)
    end = rest.start() if rest else code.end - 1
    return (opening.end(), end) if source[opening.end() : end].strip() else None
