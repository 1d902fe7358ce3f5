"""The fault classes, one small injector each, in files by group of the catalogue; a new one touches its file only."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from backfile.lab.fault_class import FaultClass


@cache
def all_classes() -> dict[str, FaultClass]:
    """Every class by name, in the catalogue's order."""
    found: list[FaultClass] = []
    for module in iter_modules(__path__):
        if not module.name.startswith("_"):
            found.extend(import_module(f"{__name__}.{module.name}").CLASSES)
    found.sort(key=lambda one: (one.group[0], int(one.group[1:])))
    named = {one.name: one for one in found}
    assert len(named) == len(found), "two classes of one name"
    return named


@cache
def left_out() -> dict[str, str]:
    """Entries of the catalogue that are not injected, and why."""
    found: dict[str, str] = {}
    for module in iter_modules(__path__):
        if not module.name.startswith("_"):
            found.update(getattr(import_module(f"{__name__}.{module.name}"), "LEFT_OUT", {}))
    return dict(sorted(found.items(), key=lambda item: (item[0][0], int(item[0][1:]))))
