"""The triggers of all rules as one hyperscan database, compiled once and kept in the user's cache folder."""

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

KEPT = 3
"""Databases kept in the cache folder: one for a list of rules; older ones are removed when one is written."""


class _Trigger(NamedTuple):
    number: int
    expression: str
    caseless: bool


def database(rules: Sequence[Rule], compile_it: bool) -> Any:
    """The database of these rules; None without hyperscan, or if it is not at hand and `compile_it` is False."""
    hyperscan = installed()
    if hyperscan is None:
        return None
    triggers = tuple(
        _Trigger(number, rule.trigger, rule.ignore_case)
        for number, rule in enumerate(rules)
        if rule.trigger and not of_fields(rule)
    )
    path = _cache_folder() / f"triggers-{_fingerprint(hyperscan, triggers)}.hsdb"
    found = _load(hyperscan, path)
    if found is None and compile_it:
        found = _compile(hyperscan, triggers)
        _save(path, hyperscan.dumpb(found))
    return found


def of_fields(rule: Rule) -> bool:
    """Whether it looks at the headline, the kicker or the lead only: sooner looked at than scanned for."""
    return isinstance(rule, TextRule) and bool(rule.blocks) and set(rule.blocks) <= set(TEXT_FIELDS)


def installed() -> Any:
    """The module, or None."""
    try:
        return importlib.import_module("hyperscan")
    except ImportError:
        return None


def _compile(hyperscan: Any, triggers: Sequence[_Trigger]) -> Any:
    """`PREFILTER`: it may match too often where a construct has no exact counterpart; `UCP`: `\\w` knows umlauts."""
    flags = hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_UCP | hyperscan.HS_FLAG_MULTILINE | hyperscan.HS_FLAG_PREFILTER
    compiled = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
    compiled.compile(
        expressions=[trigger.expression.encode() for trigger in triggers],
        ids=[trigger.number for trigger in triggers],
        elements=len(triggers),
        flags=[int(flags | (hyperscan.HS_FLAG_CASELESS if trigger.caseless else 0)) for trigger in triggers],
    )
    return compiled


def _fingerprint(hyperscan: Any, triggers: Sequence[_Trigger]) -> str:
    machine = os.uname().machine if hasattr(os, "uname") else os.name
    return hashlib.sha256(f"{hyperscan.__version__} {machine} {triggers!r}".encode()).hexdigest()[:24]


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
