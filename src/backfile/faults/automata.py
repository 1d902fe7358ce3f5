"""The triggers of all rules as hyperscan databases, compiled once and kept in the user's cache folder.

Three of them: one expression made of all triggers, which says only whether anything is there (a single
automaton is several times as quick as many); each trigger by itself; and those that match in most
articles, which would make the first one say yes always.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from backfile.article import TEXT_FIELDS
from backfile.faults.rule import Rule, TextRule

KEPT = 6
"""Databases kept in the cache folder: of two lists of rules; older ones are removed when one is written."""


class Databases(NamedTuple):
    """`gate` says whether any trigger of `each` is in a text; `often` stands for itself. None: no such rules."""

    gate: Any
    each: Any
    often: Any


class _Wanted(NamedTuple):
    """What a database is compiled from: (number, expression, caseless), and whether one match is enough."""

    expressions: tuple[tuple[int, str, bool], ...]
    once: bool


def databases(rules: Sequence[Rule], compile_it: bool) -> Databases | None:
    """The databases of these rules; None without hyperscan, or if they are not at hand and `compile_it` is False."""
    hyperscan = installed()
    if hyperscan is None:
        return None
    found = []
    for wanted in _wanted(rules):
        database = _kept_or_compiled(hyperscan, wanted, compile_it) if wanted.expressions else None
        if database is None and wanted.expressions:
            return None
        found.append(database)
    return Databases(*found)


def of_fields(rule: Rule) -> bool:
    """Whether it looks at the headline, the kicker or the lead only: sooner looked at than scanned for."""
    return isinstance(rule, TextRule) and bool(rule.blocks) and set(rule.blocks) <= set(TEXT_FIELDS)


def installed() -> Any:
    """The module, or None."""
    try:
        return importlib.import_module("hyperscan")
    except ImportError:
        return None


def _wanted(rules: Sequence[Rule]) -> tuple[_Wanted, _Wanted, _Wanted]:
    sieved = [(n, rule) for n, rule in enumerate(rules) if rule.trigger and not of_fields(rule)]
    seldom = [(n, rule) for n, rule in sieved if not rule.often]
    often = [(n, rule) for n, rule in sieved if rule.often]
    sieve = "|".join(f"(?{'i' if rule.ignore_case else ''}:{rule.sieve or rule.trigger})" for _, rule in seldom)
    return (
        _Wanted(((0, sieve, False),) if seldom else (), once=True),
        _Wanted(tuple((n, rule.trigger, rule.ignore_case) for n, rule in seldom), once=False),
        _Wanted(tuple((n, rule.trigger, rule.ignore_case) for n, rule in often), once=False),
    )


def _kept_or_compiled(hyperscan: Any, wanted: _Wanted, compile_it: bool) -> Any:
    path = _cache_folder() / f"triggers-{_fingerprint(hyperscan, wanted)}.hsdb"
    database = _load(hyperscan, path)
    if database is None and compile_it:
        database = _compile(hyperscan, wanted)
        _save(path, hyperscan.dumpb(database))
    return database


def _compile(hyperscan: Any, wanted: _Wanted) -> Any:
    """`PREFILTER`: it may match too often where a construct has no exact counterpart; `UCP`: `\\w` knows umlauts."""
    flags = hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_UCP | hyperscan.HS_FLAG_MULTILINE | hyperscan.HS_FLAG_PREFILTER
    flags |= hyperscan.HS_FLAG_SINGLEMATCH if wanted.once else 0
    database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    database.compile(
        expressions=[expression.encode() for _, expression, _ in wanted.expressions],
        ids=[number for number, _, _ in wanted.expressions],
        elements=len(wanted.expressions),
        flags=[int(flags | (hyperscan.HS_FLAG_CASELESS if caseless else 0)) for _, _, caseless in wanted.expressions],
    )
    return database


def _fingerprint(hyperscan: Any, wanted: _Wanted) -> str:
    machine = os.uname().machine if hasattr(os, "uname") else os.name
    return hashlib.sha256(f"{hyperscan.__version__} {machine} {wanted!r}".encode()).hexdigest()[:24]


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
        _remove_old(path.parent)
    except OSError:  # a read-only home: compiled again next time
        return


def _remove_old(folder: Path) -> None:
    """Databases of earlier rules; a process that still uses one has it in memory."""
    kept = sorted(folder.glob("triggers-*.hsdb"), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)
    for path in kept[KEPT:]:
        with suppress(OSError):  # another process was quicker
            path.unlink()
