"""The way that most items of WordPress exports go: what WordPress itself writes, in the order in which it writes it.

One expression reads the elements that an item has once, a second one its categories and custom fields. What comes
then, and items that others wrote, go through `_regular`, and what is irregular there, through `_xml`. All three give
the same leaves: a test holds them against each other.
"""

from __future__ import annotations

from backfile.patterns import compile_pattern
from backfile.sources._regular import regular_leaves, regular_rest
from backfile.sources._xml import Leaves, decode_references, leaves

_ORDER = (
    "title", "link", "pubDate", "dc:creator", "guid", "description", "content:encoded", "excerpt:encoded",
    "wp:post_id", "wp:post_date", "wp:post_date_gmt", "wp:post_modified", "wp:post_modified_gmt", "wp:comment_status",
    "wp:ping_status", "wp:post_name", "wp:status", "wp:post_parent", "wp:menu_order", "wp:post_type",
    "wp:post_password", "wp:is_sticky", "wp:attachment_url",
)  # fmt: skip
_REFERRING = ("title", "link", "guid")
"""Elements that may hold references; an item with some elsewhere goes the other way from there on."""

_CDATA = r"<!\[CDATA\[([^\]]*+(?:\](?!\]>)[^\]]*+)*+)\]\]>"
_SWITCH = r'(?: isPermaLink="([A-Za-z]*+)")?+'


def _once(name: str) -> str:
    attributes = _SWITCH if name == "guid" else ""
    text = "[^<]*+" if name in _REFERRING else "[^<&]*+"
    return rf"(?:\s*+<{name}{attributes}>(?:{_CDATA}|({text}))</{name}>)?+"


_HEAD = compile_pattern("<item>" + "".join(map(_once, _ORDER))).match
_PATHS = tuple(
    path for name in _ORDER for path in (("guid@isPermaLink", name, name) if name == "guid" else (name, name))
)
"""The leaf that each group of the head is; a text in CDATA has the first of two, a plain one the second."""
_REFERENCES = tuple((_PATHS.index(name) + 1, name) for name in _REFERRING)

_MORE = compile_pattern(
    rf"""\s*+<(?:(category)(?: domain="([^"&<\t\n]*+)" nicename="([^"&<\t\n]*+)")?+>{_CDATA}</category>"""
    rf"""|wp:postmeta>\s*+<wp:meta_key>(?:{_CDATA}|([^<&]*+))</wp:meta_key>"""
    rf"""\s*+<wp:meta_value>(?:{_CDATA}|([^<&]*+))</wp:meta_value>\s*+</wp:postmeta>)|([\s\S]++)"""
).findall
_MANY = 100
"""So many of each have their paths ready."""


def _category(number: int) -> tuple[str, str, str]:
    path = "category" if number == 1 else f"category[{number}]"
    return f"{path}@domain", f"{path}@nicename", path


def _field(number: int) -> tuple[str, str]:
    path = "wp:postmeta" if number == 1 else f"wp:postmeta[{number}]"
    return f"{path}/wp:meta_key", f"{path}/wp:meta_value"


_CATEGORIES = [_category(number) for number in range(1, _MANY + 1)]
_FIELDS = [_field(number) for number in range(1, _MANY + 1)]


def item_leaves(text: str) -> Leaves:
    """The leaf strings of one item, as `_xml.leaves` gives them, which raises `RefusedInput` as it does."""
    return ordered_leaves(text) or regular_leaves(text) or leaves(text)


def ordered_leaves(text: str) -> Leaves | None:
    """None if the item is not regular. Linear in time."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    head = _HEAD(text)
    if head is None:
        return None
    values = head.groups()
    found = {path: value for path, value in zip(_PATHS, values, strict=True) if value}
    for at, path in _REFERENCES:
        value = values[at]
        if value and "&" in value:
            found[path] = decode_references(value)
    categories, fields, rest = _categories_and_fields(text, head.end(), found)
    if rest.strip() == "</item>":
        return found
    counts = {path: 1 for path, value in zip(_PATHS, values, strict=True) if value is not None}
    counts |= {"category": categories, "wp:postmeta": fields}
    return found if regular_rest(rest, "item", counts, found) else None


def _categories_and_fields(text: str, at: int, found: Leaves) -> tuple[int, int, str]:
    """Read those that come next: how many of each, and the text that is left."""
    categories = fields = 0
    rest = ""
    for is_category, domain, nicename, category, key, plain_key, value, plain_value, rest in _MORE(text, at):
        if is_category:
            at_domain, at_nicename, path = _CATEGORIES[categories] if categories < _MANY else _category(categories + 1)
            categories += 1
            if domain:
                found[at_domain] = domain
            if nicename:
                found[at_nicename] = nicename
            if category:
                found[path] = category
        elif not rest:
            at_key, at_value = _FIELDS[fields] if fields < _MANY else _field(fields + 1)
            fields += 1
            if key or plain_key:
                found[at_key] = key or plain_key
            if value or plain_value:
                found[at_value] = value or plain_value
    return categories, fields, rest
