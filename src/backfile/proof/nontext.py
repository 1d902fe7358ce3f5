"""Which leaves hold no text by the source's own list: `backfile.paths`, with its answers kept from record to record."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from backfile.paths import is_non_text
from backfile.record import SourceSpec


class NonText:
    """The leaves of one record without text: `path in non_text`."""

    def __init__(self, spec: SourceSpec, leaves: Mapping[str, str]) -> None:
        self.spec, self.leaves = spec, leaves
        self._table, self.silent = _known(spec.non_text)
        """`silent`: paths of leaves that are known to hold no text, whatever the record."""

    def __contains__(self, path: str) -> bool:
        known = self._table.get(path)
        if known is None:
            known = is_non_text(self.spec, path, self.leaves)
            if _last_step(path) not in _deciding(self.spec.non_text) and len(self._table) < _TABLE_SIZE:
                self._table[path] = known
                if known:
                    self.silent.add(path)
        return known


_TABLE_SIZE = 4096


@lru_cache(maxsize=64)
def _known(_patterns: tuple[str, ...]) -> tuple[dict[str, bool], set[str]]:
    """Leaves that these patterns speak of, whatever the record, and those of them without text: filled as they come."""
    return {}, set()


@lru_cache(maxsize=64)
def _deciding(patterns: tuple[str, ...]) -> frozenset[str] | Everything:
    """Names of leaves on which another leaf of the record decides."""
    names = frozenset(_last_step(pattern) for pattern in patterns if "=" in pattern)
    return Everything() if any("*" in name for name in names) else names


class Everything:
    def __contains__(self, _: object) -> bool:
        return True


def _last_step(path: str) -> str:
    return path.rpartition("/")[2].partition("[")[0]
