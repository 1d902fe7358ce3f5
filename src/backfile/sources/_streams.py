"""A byte stream cut into lines or JSON values, with offsets, in flat memory whatever it holds."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from backfile.patterns import compile_pattern
from backfile.sources._files import KEPT_OF_REJECT

_CHUNK = 1 << 16


class Piece(NamedTuple):
    """`data` lies at `offset`. Where it was longer than the limit it is but the head, and `length` and `sha256` tell of
    the whole."""

    offset: int
    data: bytes
    length: int = 0
    sha256: str = ""


def newline_of(head: bytes) -> tuple[bytes, str, int]:
    """(line end, codec, length of the byte order mark) of a file that begins with `head`; codec empty for 8-bit."""
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            return "\n".encode(codec), codec, 2
    sample = head[:4096]
    if len(sample) > 8 and sample[1::2].count(0) * 10 > len(sample) * 4 and sample[::2].count(0) * 20 < len(sample):
        return b"\n\0", "utf-16-le", 0
    mark_length = 3 if head.startswith(b"\xef\xbb\xbf") else 0
    return (b"\r" if b"\r" in head and b"\n" not in head else b"\n"), "", mark_length


def lines(file: BinaryIO, limit: int) -> Iterator[Piece]:
    """The lines with their ends. A line over `limit` bytes comes as its head, its length and its sum."""
    head = file.read(_CHUNK)
    newline, _, offset = newline_of(head)
    buffer = bytearray(head[offset:])
    looked = 0
    while True:
        end = _line_end(buffer, newline, looked)
        if end < 0 and len(buffer) <= limit:
            looked = max(0, len(buffer) - len(newline))
            if more := file.read(_CHUNK):
                buffer += more
                continue
            end = len(buffer)
        if not buffer:
            return
        piece = Piece(offset, bytes(buffer[:end])) if 0 <= end <= limit else _overlong(file, buffer, newline, offset)
        if not piece.length:
            del buffer[:end]
        yield piece
        offset, looked = offset + (piece.length or end), 0


def _overlong(file: BinaryIO, buffer: bytearray, newline: bytes, offset: int) -> Piece:
    """Reads on to the line's end, keeping its head only; what follows is left in `buffer`."""
    head, digest, length = bytes(buffer[:KEPT_OF_REJECT]), hashlib.sha256(), 0
    while buffer:
        end = _line_end(buffer, newline, 0)
        part = bytes(buffer[: end if end >= 0 else len(buffer) - len(buffer) % len(newline) or len(buffer)])
        del buffer[: len(part)]
        digest.update(part)
        length += len(part)
        if end >= 0:
            break
        buffer += file.read(_CHUNK)
    return Piece(offset, head[:length], length, digest.hexdigest())


def _line_end(buffer: bytearray, newline: bytes, position: int) -> int:
    """Offset behind the next line end; -1 if there is none. Line ends of two bytes stand at even offsets."""
    width = len(newline)
    position -= position % width
    while (found := buffer.find(newline, position)) >= 0:
        if found % width == 0:
            return found + width
        position = found + 1
    return -1


_TOKEN = compile_pattern(rb'"(?:[^"\\]++|\\.)*+"|[{}\[\]]|"', re.DOTALL)


class Value(NamedTuple):
    """One JSON value. `name`: of the list it lies in, below the file's object; empty elsewhere."""

    piece: Piece
    name: str


def json_values(file: BinaryIO, depth: int, limit: int) -> Iterator[Value]:
    """The objects `depth` brackets deep: 0 the file's own values, 1 elements of a list, 2 of lists in an object.

    What is cut off at the end comes as a piece like all others; parsing it will say what is wrong.
    """
    scan = _Scan(file, depth, limit)
    yield from scan.values()


class _Scan:
    def __init__(self, file: BinaryIO, depth: int, limit: int) -> None:
        self.file, self.depth, self.limit = file, depth, limit
        self.buffer, self.offset = b"", 0
        self.level, self.name, self.string = 0, "", b""
        self.start = -1
        """Offset of the value being read, -1 between values."""
        self.parts: list[bytes] = []
        self.length, self.digest = 0, hashlib.sha256()

    def values(self) -> Iterator[Value]:
        while chunk := self.file.read(max(_CHUNK, len(self.buffer))):  # doubling, so that long strings cost linear time
            self.buffer += chunk
            yield from self._tokens(final=False)
            if len(self.buffer) > self.limit:  # one string without an end
                self._keep(self.buffer)
                self.offset += len(self.buffer)
                self.buffer = b""
        yield from self._tokens(final=True)
        if self.start >= 0:
            self._keep(self.buffer)
            yield self._value()

    def _tokens(self, final: bool) -> Iterator[Value]:
        kept = end = 0
        for match in _TOKEN.finditer(self.buffer):
            token = match[0]
            if token == b'"' and not final:
                end = match.start()
                break
            end = match.end()
            if token in (b"{", b"["):
                if self.level == self.depth and token == b"{":
                    self.start, kept = self.offset + match.start(), match.start()
                elif self.level < self.depth and token == b"[":
                    self.name = self.string[1:-1].decode("utf-8", "replace")
                self.level += 1
            elif token in (b"}", b"]"):
                self.level -= 1
                if self.level == self.depth and self.start >= 0:
                    self._keep(self.buffer[kept:end])
                    yield self._value()
                    kept = end
            elif self.level < self.depth:
                self.string = token
        else:
            end = len(self.buffer)
        if self.start >= 0:
            self._keep(self.buffer[kept:end])
        self.offset += end
        self.buffer = self.buffer[end:]

    def _keep(self, data: bytes) -> None:
        if self.start < 0:
            return
        self.length += len(data)
        self.digest.update(data)
        if self.length <= self.limit:
            self.parts.append(data)
        elif len(self.parts) != 1 or len(self.parts[0]) > KEPT_OF_REJECT:
            self.parts = [b"".join([*self.parts, data])[:KEPT_OF_REJECT]]

    def _value(self) -> Value:
        over = self.length > self.limit
        piece = Piece(self.start, b"".join(self.parts), *((self.length, self.digest.hexdigest()) if over else ()))
        self.start, self.parts, self.length, self.digest = -1, [], 0, hashlib.sha256()
        return Value(piece, self.name)
