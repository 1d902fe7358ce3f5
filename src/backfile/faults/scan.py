"""Which rules may fire in an article: one scan over all its texts instead of one for each rule.

With hyperscan installed all triggers run at once; its matches are only a first sieve (it may say yes
too often, never no too often), `re` decides. Without it, literals and `re` alone decide. Both ways
give the same answer. Hyperscan needs seconds to compile its database, so that happens only for work
that is worth it, and once: the database is kept in the user's cache folder under the rules' hash.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import re
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from backfile.faults.rule import Rule

WORTH_COMPILING = 300
"""Scans done the plain way before compiling a database is worth its seconds."""

Engine = Literal["auto", "hyperscan", "re"]


class Scanner:
    """The triggers of a list of rules. `engine` is for tests and measurements; `auto` picks the fastest there is."""

    def __init__(self, rules: Sequence[Rule], engine: Engine = "auto") -> None:
        self.rules = tuple(rules)
        self.triggers = tuple(_compiled(rule) for rule in rules)
        self.always = tuple(number for number, rule in enumerate(rules) if not rule.trigger)
        self._sieved = tuple(number for number, rule in enumerate(rules) if rule.trigger)
        self._engine: Engine = engine
        self._scans = 0
        self._database: Any = None

    def candidates(self, joined: str) -> list[int]:
        """Numbers of the rules that may fire in the texts that `joined` holds, one a line, in the rules' order.

        Every rule that `fires` in one of the texts is among them; a few that do not may be.
        """
        found = self._sieve(joined)
        return sorted((*found, *self.always)) if self.always else found

    def fires(self, number: int, text: str) -> bool:
        """Whether the rule's trigger is in one text: its literals, if it names any, and its pattern."""
        literals = self.rules[number].literals
        if literals and not any(literal in text for literal in literals):
            return False
        trigger = self.triggers[number]
        return trigger is None or trigger.search(text) is not None

    def _sieve(self, joined: str) -> list[int]:
        if self._database is None and not self._want_database():
            return [number for number in self._sieved if self.fires(number, joined)]
        hits: list[int] = []
        self._database.scan(
            joined.encode("utf-8", "replace"), match_event_handler=lambda number, *_: hits.append(number)
        )
        hits.sort()
        return hits

    def _want_database(self) -> bool:
        if self._engine == "re" or not self._sieved:
            return False
        self._scans += 1
        compile_it = self._engine == "hyperscan" or self._scans > WORTH_COMPILING
        if self._engine == "auto" and not compile_it and self._scans > 1:
            return False
        self._database = _database(self.rules, self._sieved, compile_it)
        if self._database is None and compile_it:
            if self._engine == "hyperscan":
                raise RuntimeError("hyperscan is not installed")
            self._engine = "re"
        return self._database is not None


def _compiled(rule: Rule) -> re.Pattern[str] | None:
    return re.compile(rule.trigger, _flags(rule)) if rule.trigger else None


def _flags(rule: Rule) -> int:
    return re.MULTILINE | (re.IGNORECASE if rule.ignore_case else 0)


@lru_cache(maxsize=8)
def scanner(rules: tuple[Rule, ...], engine: Engine = "auto") -> Scanner:
    """The scanner of these rules, made once a process."""
    return Scanner(rules, engine)


# -- hyperscan -------------------------------------------------------------------------------------


def _hyperscan() -> Any:
    try:
        return importlib.import_module("hyperscan")
    except ImportError:
        return None


def _database(rules: Sequence[Rule], numbers: Sequence[int], compile_it: bool) -> Any:
    hyperscan = _hyperscan()
    if hyperscan is None:
        return None
    path = _cache_folder() / f"triggers-{_fingerprint(hyperscan, rules, numbers)}.hsdb"
    database = _load(hyperscan, path)
    if database is None and compile_it:
        database = _compile(hyperscan, rules, numbers)
        _save(path, hyperscan.dumpb(database))
    return database


def _compile(hyperscan: Any, rules: Sequence[Rule], numbers: Sequence[int]) -> Any:
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    expressions = [rules[number].trigger.encode() for number in numbers]
    flags = [_hyperscan_flags(hyperscan, rules[number]) for number in numbers]
    database.compile(expressions=expressions, ids=list(numbers), elements=len(numbers), flags=flags)
    return database


def _hyperscan_flags(hyperscan: Any, rule: Rule) -> int:
    """`PREFILTER`: it may match too often where a construct has no exact counterpart; `UCP`: `\\w` knows umlauts."""
    flags = hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_UCP | hyperscan.HS_FLAG_MULTILINE
    flags |= hyperscan.HS_FLAG_SINGLEMATCH | hyperscan.HS_FLAG_PREFILTER
    return int(flags | (hyperscan.HS_FLAG_CASELESS if rule.ignore_case else 0))


def _fingerprint(hyperscan: Any, rules: Sequence[Rule], numbers: Sequence[int]) -> str:
    seen = [f"{hyperscan.__version__} {os.uname().machine if hasattr(os, 'uname') else os.name}"]
    seen.extend(f"{number} {rules[number].ignore_case} {rules[number].trigger}" for number in numbers)
    return hashlib.sha256("\n".join(seen).encode()).hexdigest()[:24]


def _cache_folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "backfile"


def _load(hyperscan: Any, path: Path) -> Any:
    try:
        database = hyperscan.loadb(path.read_bytes(), hyperscan.HS_MODE_BLOCK)
        database.scratch = hyperscan.Scratch(database)
    except (OSError, hyperscan.error):  # not there, cut short, or of another machine: it is only a cache
        return None
    return database


def _save(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(data)
        Path(file.name).replace(path)
    except OSError:  # a read-only home: compiled again next time
        return
