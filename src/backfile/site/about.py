"""What pages need to know of the archive they serve: its configuration and a few cached facts."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from backfile.config import Config, load
from backfile.site import queries
from backfile.site.languages import Words, words_for

T = TypeVar("T")

_FACTS_LIVE = 30.0


class About:
    """The bound archive. Facts that lists and menus share are asked at most every half minute."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config: Config = load(folder)
        self.stamp = f"{self._modified():.0f}"
        self._facts: dict[str, tuple[float, Any]] = {}

    def _modified(self) -> float:
        try:
            return (self.folder / "backfile.toml").stat().st_mtime
        except OSError:
            return 0.0

    def fresh(self) -> bool:
        return f"{self._modified():.0f}" == self.stamp

    @property
    def title(self) -> str:
        return self.config.archive.title or self.folder.resolve().name.replace("-", " ").title()

    @property
    def language(self) -> str:
        return self.config.archive.language or "de-CH"

    @property
    def words(self) -> Words:
        return words_for(self.language)

    @property
    def address(self) -> str:
        return self.config.archive.address

    @property
    def owner(self) -> str:
        return self.config.archive.owner or self.title

    @property
    def url(self) -> str:
        """`https://archiv.example.ch`, without a slash at its end; empty if the publisher has not said."""
        return self.config.archive.url.rstrip("/")

    @property
    def host(self) -> str:
        return (urlsplit(self.url).hostname or "").removeprefix("www.")

    def fact(self, name: str, ask: Callable[[], T]) -> T:
        now = time.monotonic()
        known = self._facts.get(name)
        if known and known[0] > now:
            return known[1]  # type: ignore[no-any-return]
        value = ask()
        self._facts[name] = (now + _FACTS_LIVE, value)
        return value

    def menu(self) -> list[queries.Name]:
        return self.fact("sections", lambda: queries.sections(100))

    def years(self) -> list[tuple[int, int]]:
        return self.fact("years", queries.years)


_bound: dict[str, About] = {}
_looked = 0.0


def about() -> About:
    """The archive that this process serves. A changed `backfile.toml` is read again within a few seconds."""
    global _looked  # noqa: PLW0603
    folder = os.environ.get("BACKFILE_ARCHIVE", ".")
    found = _bound.get(folder)
    now = time.monotonic()
    if found and now - _looked > 2:
        _looked = now
        if not found.fresh():
            found = None
    if not found:
        _bound.clear()
        found = _bound[folder] = About(Path(folder))
    return found


def forget() -> None:
    """Ask everything anew: for tests, and after the desk has changed what pages show."""
    _bound.clear()
