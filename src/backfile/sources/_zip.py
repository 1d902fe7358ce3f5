"""Zip archives, read as a stream: their directory entry by entry, their members block by block.

The standard library's `zipfile` holds the whole directory in memory (600 MB for a million articles) and
gives up the archive for one name that is no UTF-8 although its flag says so. This reader keeps one entry at a
time and leaves names as bytes. It reads stored, deflated and bzip2 members and checks their sums.
"""

from __future__ import annotations

import bz2
import io
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from backfile.errors import UnreadableInput

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_CHUNK = 1 << 16
_ENTRY = struct.Struct("<4s4xHH4xLLLHHH4xLL")  # of the central directory, without the times
_HINT = "Try `zip -FF damaged.zip --out repaired.zip`, or unpack it and give the folder."


class Member(NamedTuple):
    """One directory entry. `mode` holds the Unix file type bits, 0 if unknown."""

    name: bytes
    utf8: bool
    encrypted: bool
    method: int
    crc: int
    packed: int
    size: int
    offset: int
    mode: int


def members(file: BinaryIO) -> Iterator[Member]:
    """The directory in its own order. Raises `UnreadableInput` where it is damaged or cut off."""
    start, size, base = _directory(file)
    position, end = start, start + size
    while position < end:
        file.seek(position)
        head = file.read(46)
        if len(head) < 46 or head[:4] != b"PK\x01\x02":
            raise UnreadableInput("the directory of the zip archive is damaged", hint=_HINT)
        _, flags, method, crc, packed, full, n_name, n_extra, n_comment, attributes, offset = _ENTRY.unpack(head)
        name, extra = file.read(n_name), file.read(n_extra)
        full, packed, offset = _wide(extra, full, packed, offset)
        position += 46 + n_name + n_extra + n_comment
        mode = attributes >> 16
        yield Member(name, bool(flags & 0x800), bool(flags & 0x2041), method, crc, packed, full, offset + base, mode)


def open_member(file: BinaryIO, member: Member) -> BinaryIO:
    """The unpacked bytes. Raises `UnreadableInput`, also while reading, if the member is damaged."""
    file.seek(member.offset)
    head = file.read(30)
    if len(head) < 30 or head[:4] != MAGIC[0]:
        raise UnreadableInput("the entry is not where the archive's directory says", hint=_HINT)
    n_name, n_extra = struct.unpack("<HH", head[26:])
    return io.BufferedReader(_Unpacked(file, member, member.offset + 30 + n_name + n_extra), _CHUNK)


def can_unpack(member: Member) -> bool:
    return member.method in (0, 8, 12)


class _Unpacked(io.RawIOBase):
    """Unpacks while it is read; the sum is checked at the end."""

    def __init__(self, file: BinaryIO, member: Member, start: int) -> None:
        super().__init__()
        self._file, self._member, self._at, self._left = file, member, start, member.packed
        self._sum, self._out, self._pending = 0, 0, b""
        if member.method == 8:
            self._machine: zlib._Decompress | bz2.BZ2Decompressor | None = zlib.decompressobj(-15)
        else:
            self._machine = bz2.BZ2Decompressor() if member.method == 12 else None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._next(len(buffer))
        buffer[: len(data)] = data
        self._sum = zlib.crc32(data, self._sum)
        self._out += len(data)
        if not data and (self._out != self._member.size or self._sum != self._member.crc):
            raise UnreadableInput("the entry is damaged: its sum or its length does not agree", hint=_HINT)
        return len(data)

    def _next(self, limit: int) -> bytes:
        try:
            while True:
                if self._machine is None:
                    return self._raw(limit)
                if self._machine.eof:
                    return b""
                data = self._unpack(limit)
                if data or (not self._left and not self._pending):
                    return data
        except (zlib.error, OSError, EOFError) as problem:
            raise UnreadableInput(f"the entry is damaged: {problem}", hint=_HINT) from problem

    def _unpack(self, limit: int) -> bytes:
        machine = self._machine
        if isinstance(machine, bz2.BZ2Decompressor):
            return machine.decompress(self._raw(_CHUNK) if machine.needs_input else b"", limit)
        assert machine is not None
        data = machine.decompress(self._pending or self._raw(_CHUNK), limit)
        self._pending = machine.unconsumed_tail
        return data

    def _raw(self, limit: int) -> bytes:
        self._file.seek(self._at)
        data = self._file.read(min(limit, self._left))
        self._at += len(data)
        self._left -= len(data)
        if not data:
            self._left = 0
        return data


def _directory(file: BinaryIO) -> tuple[int, int, int]:
    """(position, size, shift): where the directory lies, and how far the archive is shifted by bytes before it."""
    end = file.seek(0, io.SEEK_END)
    start = max(0, end - 66000)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 22:
        raise UnreadableInput("the zip archive has no directory: it is cut off or damaged", hint=_HINT)
    size, offset = struct.unpack("<LL", tail[at + 12 : at + 20])
    directory_end = start + at
    if 0xFFFFFFFF in (size, offset) or tail[at + 10 : at + 12] == b"\xff\xff":
        locator = tail.rfind(b"PK\x06\x07", 0, at)
        if locator >= 0:
            file.seek(struct.unpack("<Q", tail[locator + 8 : locator + 16])[0])
            record = file.read(56)
            if len(record) == 56 and record[:4] == b"PK\x06\x06":
                size, offset = struct.unpack("<QQ", record[40:56])
                directory_end = file.tell() - 56
    if size > directory_end or directory_end - size < offset:
        raise UnreadableInput("the directory of the zip archive points outside of it", hint=_HINT)
    return directory_end - size, size, directory_end - size - offset


def _wide(extra: bytes, full: int, packed: int, offset: int) -> tuple[int, int, int]:
    """The 64-bit sizes and offset, where the entry has them."""
    values = [full, packed, offset]
    position = 0
    while 0xFFFFFFFF in values and position + 4 <= len(extra):
        tag, size = struct.unpack_from("<HH", extra, position)
        if tag == 1:
            body = extra[position + 4 : position + 4 + size]
            for number, value in enumerate(values):
                if value == 0xFFFFFFFF and len(body) >= 8:
                    values[number], body = struct.unpack_from("<Q", body)[0], body[8:]
            break
        position += 4 + size
    return values[0], values[1], values[2]
