"""What the first pass read and shaped, kept on disk for the second, so that nothing is read and shaped twice.

The file has no name: whatever becomes of the import, it leaves nothing behind. Where there is no room
for it, the second pass reads the export again and gives the same.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import zstandard

from backfile.record import Excluded, Item, Record, Reject

MAX_FRAME = 1024 * 1024 * 1024


class _Slot(msgspec.Struct, array_like=True, omit_defaults=True):
    """One item, and the shaped article as bytes if it is a record that could be shaped."""

    record: Record | None = None
    reject: Reject | None = None
    excluded: Excluded | None = None
    shaped: bytes = b""


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[_Slot])


class Spool:
    """Chunks of items, in order. Filled once, then read once."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - it lives as long as the import
        self._pack = zstandard.ZstdCompressor(level=1)
        self.whole = True
        """False if the disk had no room: what is in it is not all."""

    def add(self, items: Sequence[Item], shaped: Sequence[bytes]) -> None:
        """One chunk; `shaped` holds one value for each item, empty if there is none."""
        if not self.whole:
            return
        slots = [_slot(item, one) for item, one in zip(items, shaped, strict=True)]
        frame = self._pack.compress(_encoder.encode(slots))
        try:
            self._file.write(len(frame).to_bytes(8, "big") + frame)
        except OSError:
            self.whole = False
            self._file.close()

    def chunks(self) -> Iterator[tuple[list[Item], list[bytes]]]:
        unpack = zstandard.ZstdDecompressor()
        self._file.seek(0)
        while length := self._file.read(8):
            frame = unpack.decompress(self._file.read(int.from_bytes(length, "big")), max_output_size=MAX_FRAME)
            slots = _decoder.decode(frame)
            yield [_item(slot) for slot in slots], [slot.shaped for slot in slots]

    def close(self) -> None:
        self._file.close()


def _slot(item: Item, shaped: bytes) -> _Slot:
    if isinstance(item, Record):
        return _Slot(record=item, shaped=shaped)
    return _Slot(reject=item) if isinstance(item, Reject) else _Slot(excluded=item)


def _item(slot: _Slot) -> Item:
    found = slot.record or slot.reject or slot.excluded
    assert found is not None
    return found
