"""Which addresses may stand in a page."""

from __future__ import annotations

import re
from urllib.parse import quote, urljoin, urlsplit

LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

# What a browser removes from an address before it looks for the scheme: "java\tscript:" is "javascript:".
_REMOVED = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ufeff]+")
_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
_LONGEST = 8192
# What nearly all links are: nothing in it needs a second look or an escape.
PLAIN = re.compile(r"https?://[!#-%'-;=?-~]{1,2000}\Z").match


def safe_url(url: str) -> str:
    """The address as a page may carry it: http, https, mailto, tel or relative; empty for all others."""
    url = _REMOVED.sub("", url).strip()
    if not url or len(url) > _LONGEST:
        return ""
    scheme = _SCHEME.match(url)
    if scheme:
        return url if scheme[1].lower() in LINK_SCHEMES else ""
    # Before the first slash a colon would make a scheme of whatever precedes it, however it is spelled.
    return "" if ":" in re.split(r"[/?#\\]", url, maxsplit=1)[0] else url


def resolved(url: str, page: str) -> str:
    """A relative address (`bild.html`) as seen from the article's old address, on whatever host serves it now."""
    if not page or url[:1] in "/#\\" or _SCHEME.match(url):
        return url
    try:
        old = urlsplit(page)
        return safe_url(urljoin(old._replace(scheme="", netloc="", fragment="").geturl() or "/", url)) or url
    except ValueError:
        return url


def host(url: str) -> str:
    """`www.example.ch` of an address, for people to read; empty if it has none."""
    try:
        return urlsplit(url if "//" in url[:10] else "").hostname or ""
    except ValueError:
        return ""


def media_url(prefix: str, name: str) -> str:
    """The address of a file in the media folder."""
    return prefix + quote(name.lstrip("/"))
