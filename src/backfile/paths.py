"""Which leaves of a record hold no text for readers: the path patterns of `SourceSpec.non_text`.

A pattern is a leaf's path. `*` stands for anything within a name, the step `**` for any steps or none;
a step also matches its further siblings, so that `category` matches `category[2]`. An attribute must be
named: `**/*@*` are all of them. `wp:postmeta[wp:meta_key=_edit_*|_wp_*]/wp:meta_value` holds only where the
leaf `wp:meta_key` below the same `wp:postmeta` is like that; `meta[@name=md5]@content` goes by an attribute. A pattern
the last one that matches decides.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from backfile.record import SourceSpec

_STEP = re.compile(r"(?P<name>[^\[\]@=]*)(?:\[(?P<child>[^=\]]+)=(?P<value>[^\]]*)\])?(?:@(?P<attribute>[^\[\]@]+))?")


class _Pattern(msgspec.Struct, frozen=True):
    path: re.Pattern[str]
    takes_back: bool
    child: str = ""
    value: re.Pattern[str] | None = None


def _glob(text: str, anything: str) -> str:
    return re.escape(text).replace(r"\*", anything).replace(r"\|", "|")


def _compile(pattern: str) -> _Pattern:
    built, child, value = "", "", None
    for step in pattern.removeprefix("!").split("/"):
        if step == "**":
            built += "(?:[^/]+/)*"
            continue
        match = _STEP.fullmatch(step)
        if not match or not (match["name"] or match["attribute"]):
            raise ValueError(f"{pattern!r} is no path pattern: step {step!r}")
        built += _glob(match["name"], "[^/@]*") + r"(?:\[\d+\])?"
        if match["child"]:
            child, value = match["child"], re.compile(_glob(match["value"], ".*"), re.S)
            built = f"(?P<parent>{built})"
        if match["attribute"]:
            built += "@" + _glob(match["attribute"], "[^/]*")
        built += "/"
    return _Pattern(re.compile(built.removesuffix("/")), pattern.startswith("!"), child, value)


@lru_cache(maxsize=64)
def _compiled(patterns: tuple[str, ...]) -> tuple[_Pattern, ...]:
    return tuple(_compile(pattern) for pattern in patterns)


@lru_cache(maxsize=16384)
def _matching(patterns: tuple[str, ...], path: str) -> tuple[tuple[bool, str, re.Pattern[str] | None], ...]:
    """(takes back, path of the leaf that decides, what it must be) of the patterns that match, the last one first."""
    found = []
    for pattern in reversed(_compiled(patterns)):
        match = pattern.path.fullmatch(path)
        if match:
            decides = _beside(match["parent"], pattern.child) if pattern.child else ""
            found.append((pattern.takes_back, decides, pattern.value))
    return tuple(found)


def _beside(parent: str, child: str) -> str:
    return f"{parent}{child}" if child.startswith("@") or not parent else f"{parent}/{child}"


def is_non_text(spec: SourceSpec, path: str, leaves: Mapping[str, str]) -> bool:
    """Whether the source's own list says that the leaf at `path` holds no text. `leaves`: all of the record."""
    for takes_back, decides, value in _matching(spec.non_text, path):
        if value is None or value.fullmatch(leaves.get(decides, "").strip()):
            return not takes_back
    return False
