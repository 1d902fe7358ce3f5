"""What was read last. A source reads each record when it finds it, to name it; soon after, its fields are asked for."""

from __future__ import annotations

from typing import Generic, TypeVar

from backfile.record import Record

MOST = 8 * 1024 * 1024
"""What was read from so many bytes of payload is kept; more is forgotten and read again."""
LARGE = 64 * 1024
"""A record of so many bytes is rare, and not kept."""

Read = TypeVar("Read")


class Lately(Generic[Read]):
    """What records were read to, by their payloads; each is given back once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[Record, Read]] = {}
        self._size = 0

    def keep(self, record: Record, read: Read) -> None:
        length = len(record.payload)
        if length < LARGE:
            self._size += length
            if self._size > MOST:
                self._known.clear()
                self._size = length
            self._known[id(record.payload)] = record, read

    def take(self, record: Record) -> Read | None:
        """None if it was not kept: a payload that is the very same object was read in the same way."""
        known = self._known.pop(id(record.payload), None)
        if known is None:
            return None
        self._size -= len(record.payload)
        kept, read = known
        same = kept is record or (kept.encoding == record.encoding and kept.context == record.context)
        return read if same else None
