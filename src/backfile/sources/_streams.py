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


_SPACE = b" \t\r\n\0\x1a"
_SEPARATORS = _SPACE + b",\x1e"
"""What may stand between records; \x1e begins each text of a JSON text sequence."""
_MARK = b"\xef\xbb\xbf"
_PAIRS = {b"]": b"[", b"}": b"{"}
_AROUND = ((), (b"[",), (b"{", b"[{"))
"""By depth: the brackets that may stand around records, the outermost first."""


class Value(NamedTuple):
    """One JSON value. `name`: of the list or object it lies in, below the file's object; empty elsewhere. `stray`: what
    is no record and no separator, outside of all records; `around`: the brackets it stands in, the outermost first."""

    piece: Piece
    name: str
    stray: bool = False
    around: bytes = b""


def json_values(file: BinaryIO, depth: int, limit: int) -> Iterator[Value]:
    """The objects `depth` brackets deep: 0 the file's own values, 1 elements of a list, 2 of lists in an object; and
    what stands around them, if it is more than brackets, separators and the names of lists.

    What is cut off at the end comes as a piece like all others; parsing it will say what is wrong.
    """
    scan = _Scan(file, depth, limit)
    yield from scan.values()


class _Scan:
    """The stream is a sequence of runs: a record, or all that lies between two brackets or records."""

    def __init__(self, file: BinaryIO, depth: int, limit: int) -> None:
        self.file, self.depth, self.limit = file, depth, limit
        self.buffer, self.offset = b"", 0
        self.around: list[bytes] = []
        """The brackets that are open around records; never more than `depth`."""
        self.level = 0
        """How many brackets are open in the record, or in a value where no record can be."""
        self.name, self.string = "", b""
        self.record = False
        self.start = 0
        """Offset of the run that is being read."""
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
        yield from self._ended(b"", self.offset)

    def _tokens(self, final: bool) -> Iterator[Value]:
        kept = end = 0
        buffer = self.buffer
        for match in _TOKEN.finditer(buffer):
            token = match[0]
            if token == b'"' and not final:
                end = match.start()
                break
            start, end = match.span()
            if token in (b"{", b"["):
                if self.level:
                    self.level += 1
                elif len(self.around) < self.depth and token in _AROUND[self.depth][len(self.around)]:
                    yield from self._ended(buffer[kept:start], self.offset + end, named=True)
                    self._open(token)
                    kept = end
                else:
                    self.level = 1
                    if token == b"{" and len(self.around) == self.depth:
                        yield from self._ended(buffer[kept:start], self.offset + start, named=True)
                        self.record, kept = True, start
            elif token in (b"}", b"]"):
                if self.level:
                    self.level -= 1
                    if self.record and not self.level:
                        yield from self._ended(buffer[kept:end], self.offset + end)
                        kept = end
                elif self.around and self.around[-1] == _PAIRS[token]:
                    yield from self._ended(buffer[kept:start], self.offset + end)
                    self.around.pop()
                    kept = end
            elif not self.level:
                self.string = token
        else:
            end = len(buffer)
        self._keep(buffer[kept:end])
        self.offset += end
        self.buffer = buffer[end:]

    def _open(self, token: bytes) -> None:
        if self.around or token == b"[":
            self.name = self.string[1:-1].decode("utf-8", "replace")
        self.around.append(token)

    def _keep(self, data: bytes) -> None:
        """Add to the run. One over the limit is summed, and held no further than its head."""
        if not self.record and not self.length:
            length = len(data)
            data = data.lstrip(_SEPARATORS)
            self.start += length - len(data)
        if not data:
            return
        before, self.length = self.length, self.length + len(data)
        if self.length <= self.limit:
            self.parts.append(data)
            return
        if before <= self.limit:
            self.digest.update(b"".join(self.parts))
        self.digest.update(data)
        if len(self.parts) != 1 or len(self.parts[0]) > KEPT_OF_REJECT or before <= self.limit:
            self.parts = [b"".join([*self.parts, data])[:KEPT_OF_REJECT]]

    def _ended(self, rest: bytes, following: int, named: bool = False) -> Iterator[Value]:
        """The run that ends with `rest`, if it is more than separators; the next one starts at `following`. A run may
        end in the name of the list, or of the record, that comes now."""
        self._keep(rest)
        data = self.parts[0] if len(self.parts) == 1 else b"".join(self.parts)
        over = self.length > self.limit
        if not self.record and not over:
            if not self.start and data.startswith(_MARK):
                data = data[len(_MARK) :].lstrip(_SEPARATORS)
                self.start = self.length - len(data)
            data = data.rstrip(_SEPARATORS)
            if named and self.around[-1:] == [b"{"] and data.endswith(b":"):
                data = data[:-1].rstrip(_SPACE).removesuffix(self.string).rstrip(_SEPARATORS)
        if data:
            piece = Piece(self.start, data, *((self.length, self.digest.hexdigest()) if over else ()))
            yield Value(piece, self.name, not self.record, b"".join(self.around))
        self.record, self.start, self.parts, self.length = False, following, [], 0
        if over:
            self.digest = hashlib.sha256()
