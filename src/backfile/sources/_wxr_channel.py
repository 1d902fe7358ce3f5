"""What a WordPress export says beside its items: the site, its authors, and the media that articles refer to.

Articles name their pictures by number (`_thumbnail_id`, `[gallery ids="…"]`, `wp-image-…`); the pictures
are items of the export themselves, anywhere in any of its files. So a first pass over the export collects
them into a temporary table on disk: memory stays flat however many there are.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from html import unescape
from urllib.parse import urlsplit

import msgspec

from backfile.errors import RefusedInput
from backfile.sources._xml import Leaves, leaves

MAX_HEAD = 32 * 1024 * 1024
"""A channel's head beyond this many bytes (a million authors) is not looked at."""


class Channel(msgspec.Struct, frozen=True):
    """One site of an export. `name` is its host and the blog's path, if any; `authors` has login → display name."""

    name: str = ""
    site: str = ""
    language: str = ""
    authors: Mapping[str, str] = {}

    def context(self, login: str) -> dict[str, str]:
        """What an item by the author `login` does not say itself."""
        found = {}
        if self.site:
            found["site"] = self.site
        if self.language:
            found["language"] = self.language
        if author := self.authors.get(login):
            found["author"] = author
        return found


def channel(head: str, fallback: str) -> Channel:
    """Read what stands before the first item. `fallback` names the source where no address does."""
    try:
        found = leaves(_balanced(head))
    except RefusedInput:
        found = {}
    site = _first(found, "wp:base_blog_url", "wp:base_site_url", "link")
    parts = urlsplit(site if "//" in site else f"//{site}")
    try:
        host = (parts.netloc.rpartition("@")[2]).lower()
    except ValueError:
        host = ""
    return Channel(host + parts.path.rstrip("/") if host else fallback, site.rstrip("/"), _first(found, "language"),
                   _authors(found))  # fmt: skip


def _balanced(head: str) -> str:
    start = head.find("<channel")
    return head[start:] if start >= 0 else f"<channel>{head}"


def _first(found: Leaves, *paths: str) -> str:
    return next((found[path].strip() for path in paths if found.get(path, "").strip()), "")


_AUTHOR = re.compile(r"wp:author(?:\[\d+\])?")


def _authors(found: Leaves) -> dict[str, str]:
    names: dict[str, str] = {}
    for path in found:
        parent, _, name = path.rpartition("/")
        if name == "wp:author_login" and _AUTHOR.fullmatch(parent):
            login = found[path].strip()
            first = found.get(f"{parent}/wp:author_first_name", "").strip()
            last = found.get(f"{parent}/wp:author_last_name", "").strip()
            shown = found.get(f"{parent}/wp:author_display_name", "").strip()
            names[login] = shown or f"{first} {last}".strip()
    return names


class Medium(msgspec.Struct, frozen=True):
    """An attachment: its number, the item it was uploaded for, its address, and the texts that go with it."""

    id: str
    parent: str
    url: str
    title: str
    caption: str
    alt: str
    order: int = 0


class MediaIndex:
    """All attachments of an export, by site and number, on disk."""

    def __init__(self) -> None:
        self.db = sqlite3.connect("", isolation_level=None)
        self.db.execute(
            "CREATE TABLE media (site, number, parent, url, title, caption, alt, place,"
            " PRIMARY KEY (site, number)) WITHOUT ROWID"
        )
        self.db.execute("CREATE INDEX by_parent ON media (site, parent, place)")
        self.db.execute("BEGIN")
        self.count = 0

    def add(self, site: str, medium: Medium) -> None:
        row = (site, *msgspec.structs.astuple(medium))
        self.db.execute("INSERT OR REPLACE INTO media VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        self.count += 1

    def get(self, site: str, number: str) -> Medium | None:
        row = self.db.execute("SELECT * FROM media WHERE site = ? AND number = ?", (site, number)).fetchone()
        return Medium(*row[1:]) if row else None

    def children(self, site: str, parent: str, limit: int = 500) -> list[Medium]:
        """What was uploaded for the item `parent`, in its order."""
        query = "SELECT * FROM media WHERE site = ? AND parent = ? ORDER BY place, CAST(number AS INTEGER) LIMIT ?"
        return [Medium(*row[1:]) for row in self.db.execute(query, (site, parent, limit))]

    def close(self) -> None:
        self.db.close()


def medium(item: Leaves) -> Medium:
    """The attachment that this item is."""
    meta = dict(postmeta(item))
    order = item.get("wp:menu_order", "").strip()
    return Medium(
        id=item.get("wp:post_id", "").strip(),
        parent=item.get("wp:post_parent", "").strip(),
        url=_first(item, "wp:attachment_url", "guid"),
        title=_words(item.get("title", "")),
        caption=_words(item.get("excerpt:encoded", "")),
        alt=_words(meta.get("_wp_attachment_image_alt", "")),
        order=int(order) if re.fullmatch(r"-?\d{1,9}", order) else 0,
    )


def _words(markup: str) -> str:
    """The text of a caption, in one line: the attachment itself is kept as it stands."""
    if "<" in markup:
        markup = re.sub(r"<[^<>]*>", " ", markup)
    return " ".join((unescape(markup) if "&" in markup else markup).split())


def postmeta(item: Leaves) -> Iterable[tuple[str, str]]:
    """(key, value) of the item's custom fields."""
    for path, key in item.items():
        if path.startswith("wp:postmeta") and path.endswith("/wp:meta_key"):
            yield key.strip(), item.get(f"{path[: -len('wp:meta_key')]}wp:meta_value", "")


# -- which media an article refers to ----------------------------------------------------------------

_REFERENCES = re.compile(
    r"""\bwp-image-(\d{1,19})|\battachment_(\d{1,19})"""
    r"""|<!--\ wp:[a-z/-]{1,60}\ [^>]{0,200}?"(?:id|mediaId)":(\d{1,19})""",
    re.VERBOSE,
)
_IDS = re.compile(
    r"""\[(?:gallery|playlist)\b[^\]]{0,2000}?\b(?:ids|include)\s*=\s*["'“”″]?([\d,\s]{1,4000})"""
    r"""|<!-- wp:gallery [^>]{0,200}?"ids":\[([\d,\s]{1,4000})\]"""
)
_OWN_GALLERY = re.compile(r"\[(?:gallery|playlist)\b(?![^\]]{0,2000}\b(?:ids|include)\s*=)")
MAX_REFERENCES = 1000


def references(content: str) -> list[str]:
    """Numbers of the media that a body refers to, each once, in order."""
    found: dict[str, None] = {}
    for match in _REFERENCES.finditer(content):
        found[match[1] or match[2] or match[3]] = None
    for match in _IDS.finditer(content):
        found.update(dict.fromkeys(re.findall(r"\d+", match[1] or match[2])))
    return list(found)[:MAX_REFERENCES]


def media_context(index: MediaIndex, site: str, item: Leaves) -> dict[str, str]:
    """`media.<number>.url`, `.title`, `.caption`, `.alt` of what the item refers to, and `gallery`, the numbers of
    its own uploads where it has a gallery that names none."""
    content = item.get("content:encoded", "")
    numbers = [value.strip() for key, value in postmeta(item) if key == "_thumbnail_id"]
    found: dict[str, Medium] = {}
    context: dict[str, str] = {}
    if "[gallery" in content or "[playlist" in content or "wp-image-" in content or "ttachment_" in content \
            or "<!-- wp:" in content:  # fmt: skip
        numbers += references(content)
        if _OWN_GALLERY.search(content):
            own = index.children(site, item.get("wp:post_id", "").strip())
            found.update({each.id: each for each in own})
            context["gallery"] = ",".join(each.id for each in own)
    for number in numbers:
        each = index.get(site, number)
        if each:
            found[number] = each
    for number, each in found.items():
        for name in ("url", "title", "caption", "alt"):
            if value := getattr(each, name):
                context[f"media.{number}.{name}"] = value
    return context
