"""Finds sources and targets: the file is the registration.

A module in `backfile/sources/` that does not start with `_` offers its source as `SOURCE`, one in
`backfile/targets/` its target as `TARGET`. Others' packages offer theirs by entry points of the
groups `backfile.sources` and `backfile.targets`, each naming a module attribute. The module is
called like the source, so that asking for one by name imports just that one.
"""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, Literal

from backfile.errors import BackfileError, MissingTool, RefusedInput, UnknownInput, UnreadableInput, UsageError
from backfile.record import Source

Kind = Literal["sources", "targets"]
_ATTRIBUTE: dict[Kind, str] = {"sources": "SOURCE", "targets": "TARGET"}


@cache
def _names(kind: Kind) -> tuple[str, ...]:
    """Module names of the folder, without importing any of them."""
    package = import_module(f"backfile.{kind}")
    return tuple(sorted(m.name for m in pkgutil.iter_modules(package.__path__) if not m.name.startswith("_")))


@cache
def _foreign(kind: Kind) -> dict[str, EntryPoint]:
    """Entry points of other packages; our own names win, so that nobody shadows them by accident."""
    own = _names(kind)
    return {point.name: point for point in entry_points(group=f"backfile.{kind}") if point.name not in own}


@cache
def _load(kind: Kind, name: str) -> Any:
    if name in _names(kind):
        return getattr(import_module(f"backfile.{kind}.{name}"), _ATTRIBUTE[kind])
    point = _foreign(kind)[name]
    try:
        return point.load()
    except Exception as error:
        raise MissingTool(
            f"{kind[:-1]} {name!r} cannot be loaded: {type(error).__name__}: {error}",
            where=point.value,
            hint="Update or remove the package that offers it.",
        ) from error


def names(kind: Kind = "sources") -> tuple[str, ...]:
    """All names, own ones first; nothing is imported."""
    return (*_names(kind), *sorted(_foreign(kind)))


def _get(kind: Kind, name: str) -> Any:
    if name not in names(kind):
        known = ", ".join(names(kind))
        raise UsageError(f"there is no {kind[:-1]} called {name!r}", hint=f"Known {kind}: {known}.")
    return _load(kind, name)


def source(name: str) -> Source:
    """The source of this name. Raises `UsageError` that lists the known ones."""
    found: Source = _get("sources", name)
    return found


def target(name: str) -> Any:
    """The target of this name. Raises `UsageError` that lists the known ones."""
    return _get("targets", name)


def sources() -> dict[str, Source]:
    """All sources by name. Others' that cannot be loaded are left out; asking for one by name says why."""
    return _all("sources")


def targets() -> dict[str, Any]:
    """All targets by name, as `sources` does it."""
    return _all("targets")


def _all(kind: Kind) -> dict[str, Any]:
    found = {}
    for name in names(kind):
        try:
            found[name] = _load(kind, name)
        except MissingTool:
            continue
    return found


def recognise(path: Path) -> Source:
    """The source that is surest to read what lies at `path`; equal ones go by name.

    Raises `UnreadableInput` if nothing lies there, `RefusedInput` if a source would read it but for its
    hostility, and `UnknownInput`, saying what was looked at, if none knows it.
    """
    if not path.exists():
        raise UnreadableInput("there is no such file or folder", where=str(path), hint="Check the path.")
    scores: dict[str, int] = {}
    refused: list[RefusedInput] = []
    for name, candidate in sources().items():
        try:
            scores[name] = candidate.recognise(path)
        except RefusedInput as error:
            refused.append(error)
        except (OSError, BackfileError):
            scores[name] = 0
    best = max(scores, key=lambda name: scores[name], default="")
    if best and scores[best] > 0:
        return source(best)
    if refused:
        raise refused[0]
    raise UnknownInput(f"no source recognises {_describe(path)}", where=str(path), hint=_advice())


def _describe(path: Path) -> str:
    if path.is_dir():
        entries = sorted(entry.name for entry in path.iterdir())
        shown = ", ".join(entries[:5]) + (", …" if len(entries) > 5 else "")
        return f"this folder of {len(entries)} entries ({shown})" if entries else "this empty folder"
    size = path.stat().st_size
    if not size:
        return "this empty file"
    with path.open("rb") as file:
        head = file.read(40)
    return f"this file of {size:,} bytes, which begins with {head!r}"


def _advice() -> str:
    looked = "; ".join(f"{name} ({found.title})" for name, found in sources().items())
    return f"Looked for: {looked}. If it is one of these, name it with --format NAME; else unpack or convert it first."
