"""Where an archive's articles can go besides its own website. One file per target; the file is the registration.

A target takes a stream of deliveries and writes one file or one folder. It never sees how the
articles came to be, and it never leaves half a result where a whole one is expected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol, runtime_checkable

import msgspec

from backfile.article import Article


class Delivery(msgspec.Struct, frozen=True, kw_only=True):
    """One article as a target gets it.

    `path` is its address on the new website (`/2014/05/03/...`), `body` the HTML of lead and blocks,
    `redirects` its old addresses, `media` the file in the media folder of each picture's `src`.
    """

    article: Article
    path: str
    state: str
    revision: int
    body: str
    redirects: tuple[str, ...] = ()
    media: Mapping[str, str] = {}


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """What a target may say about the whole archive."""

    title: str
    url: str = ""
    language: str = "de-CH"
    address: str = ""
    media: Path | None = None


class Receipt(msgspec.Struct, frozen=True):
    """What was written: articles, files, bytes, and where."""

    articles: int
    files: int
    length: int
    path: str


@runtime_checkable
class Target(Protocol):
    """One destination. A module in `backfile.targets` offers one as `TARGET`."""

    name: str
    title: str

    def write(self, deliveries: Iterable[Delivery], site: Site, path: Path) -> Receipt:
        """Write all deliveries to `path`. Raises `BackfileError` if it cannot; then nothing is left half written."""
