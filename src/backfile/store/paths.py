"""Addresses: of articles on the new website, and of the old one in the form in which they are compared.

An article's address is `/2014/05/03/headline-key`. It is given once and never changes, whatever becomes
of headline or date. `old_path` is the one normalisation of old addresses, for storing and for asking.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

LONGEST_SLUG = 60
LONGEST_OLD = 2000
"""Characters of an old path with its query; a longer one gives no redirect, and is never cut: two may begin alike."""
UNDATED = "undated"

_SPELT = {
    "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "’": "", "'": "",
}  # fmt: skip
_NO_WORD = re.compile(r"[^a-z0-9]+")
_PLAIN_URL = re.compile(
    r"https?://([A-Za-z0-9.-]{1,200})/([A-Za-z0-9._-][A-Za-z0-9/._-]{0,1000})?(\?[A-Za-z_]{1,20}=[A-Za-z0-9_.-]{1,100})?\Z"
)
"""Most addresses: nothing in them needs decoding."""
_PLAIN_KEY = re.compile(r"[A-Za-z0-9]{1,16}\Z")


def slug(text: str, longest: int = LONGEST_SLUG) -> str:
    """The words of `text` in lower case ASCII joined by hyphens, cut at a word's end; empty if it has none."""
    folded = text[: longest * 4].lower()
    if folded.isascii():
        folded = folded.replace("'", "")
    else:
        folded = _spelt(unicodedata.normalize("NFC", folded))
        if not folded.isascii():
            folded = unicodedata.normalize("NFKD", folded).encode("ascii", "ignore").decode()
    found = _NO_WORD.sub("-", folded).strip("-")
    if len(found) <= longest:
        return found
    return found[: longest + 1].rpartition("-")[0] or found[:longest]


def _spelt(text: str) -> str:
    for letter in _SPELT:
        if letter in text:
            text = text.replace(letter, _SPELT[letter])
    return text


@lru_cache(maxsize=20_000)
def name_slug(text: str) -> str:
    """The slug of a section, topic or author: never empty, so that every name has a page."""
    return slug(text, 100) or ("x" + sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10] if text else "")


def article_path(headline: str, published: datetime | None, source: str, key: str, fingerprint: str = "") -> str:
    """The address of a new article; the same for the same article. Another article may have it: see `other_path`."""
    day = f"{published.year:04}/{published.month:02}/{published.day:02}" if published else UNDATED
    words = slug(headline)
    tail = _tail(source, key, fingerprint)
    return f"/{day}/{words}-{tail}" if words else f"/{day}/{tail}"


def other_path(path: str, source: str, key: str, fingerprint: str = "") -> str:
    """The address for an article whose own is taken: no two articles have the same."""
    return f"{path}-{_hash(source, key, fingerprint)[:12]}"


def _tail(source: str, key: str, fingerprint: str) -> str:
    """The key where it is short and plain (`1207`, `A0815`), else a hash of the identity."""
    if _PLAIN_KEY.match(key) and not fingerprint:
        return key.lower()
    return _hash(source, key, fingerprint)[:8]


def _hash(source: str, key: str, fingerprint: str) -> str:
    return sha256(f"{source}\0{key}\0{fingerprint}".encode("utf-8", "surrogatepass")).hexdigest()


def old_path(url: str) -> tuple[str, str]:
    """(host, path with query) of an old address as they are compared; ("", "") if it can lead nowhere.

    The host is lower case without `www.`; the path is decoded and encoded once, without a slash at
    its end; the query's parts are sorted. The front page alone leads nowhere, with a query it may.
    """
    plain = _PLAIN_URL.match(url)
    if plain and (plain[2] or plain[3]):
        return plain[1].lower().removeprefix("www."), f"/{(plain[2] or '').rstrip('/')}{plain[3] or ''}"
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return "", ""
    if parts.scheme not in ("", "http", "https"):
        return "", ""
    path = "/" + quote(unquote(parts.path).strip("/"), safe="/:@!$&'()*+,;=~-._")
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True, max_num_fields=None)))
    old = f"{path}?{query}" if query else path
    return (host, old) if old != "/" and len(old) <= LONGEST_OLD else ("", "")
