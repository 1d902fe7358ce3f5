"""Files, folders and archives as one thing: a stream of named byte streams in a fixed order.

A folder is walked in the order of its names, an archive in the order of its directory; a file packed by gzip, bzip2
or xz reads as what is in it. Nothing is ever unpacked to disk. What must not be opened (a path that climbs out, a link,
an encrypted entry, a device) is a `Reject` of its own and the walk goes on; litter of operating systems is `Excluded`.
"""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import os
import re
import stat
import tarfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, cast

import msgspec

from backfile.errors import BackfileError, RefusedInput, UnreadableInput
from backfile.record import MAX_RECORD_BYTES, Excluded, Origin, Reject
from backfile.sources import _zip

MAX_ENTRIES = 50_000_000
MAX_RATIO = 300
"""Bytes out for each byte in. Text packs 3 to 20 times; only what was made to harm packs better than 300 times."""
RATIO_FREE = 16 * 1024 * 1024
"""Below this many bytes the ratio does not matter."""
MAX_NAME = 1024
MAX_DEPTH = 64
_NO_TEXT = bytes(range(0x21)) + b"\xef\xbb\xbf\xff\xfe"
"""White space, control characters and byte order marks."""
KEPT_OF_REJECT = 64 * 1024
"""A reject that is too large keeps this much of its head."""

_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/|\.git/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_PACKED = ((b"PK\x03\x04", "zip"), (b"7z\xbc\xaf", "7z"), (b"Rar!", "rar"))
_DAMAGED = (EOFError, zlib.error, lzma.LZMAError, tarfile.TarError)


class Entry(msgspec.Struct, frozen=True):
    """One file. `name` is its path below the source, `archive.zip!/path` inside an archive; `size` in bytes is -1 if
    unknown. Entries of an archive can be opened only until the walk goes on."""

    name: str
    size: int
    raw: Callable[[], BinaryIO]

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The bytes, unpacked. Reading them raises `UnreadableInput` (damaged) or `RefusedInput` (a bomb)."""
        try:
            with self.raw() as file:
                yield _unpacked(file)
        except _DAMAGED as problem:
            raise UnreadableInput(f"damaged or cut off: {problem}", where=self.name) from problem
        except OSError as problem:
            raise UnreadableInput(problem.strerror or str(problem), where=self.name) from problem

    def origin(self, offset: int = 0, length: int = 0) -> Origin:
        return Origin(self.name, offset, length)


def entries(path: Path) -> Iterator[Entry | Reject | Excluded]:
    """All files at `path`: a file, a folder, a zip or a tar archive (gzip, bzip2 and xz too).

    Raises `UnreadableInput` if `path` itself cannot be read, `RefusedInput` for an archive over the limits.
    """
    if path.is_dir():
        yield from _folder(path)
        return
    kind = _kind(path)
    if kind == "zip":
        yield from _zipped(path)
    elif kind == "tar":
        yield from _tarred(path)
    else:
        size = path.stat().st_size
        yield Entry(_clean(os.fsencode(path.name), True), size, lambda: path.open("rb", buffering=1 << 16))


def read(entry: Entry, limit: int = MAX_RECORD_BYTES) -> bytes | Reject:
    """The whole content, or a `Reject`: larger than `limit`, damaged, or an archive inside (which is not opened)."""
    try:
        with entry.open() as file:
            data = file.read(limit + 1)
            if len(data) > limit:
                return _too_large(entry, file, data, limit)
    except BackfileError as problem:
        return Reject(origin=entry.origin(), reason=problem.what, hint=problem.hint)
    packed = next((name for magic, name in _PACKED if data.startswith(magic)), "")
    if packed:
        reason = f"an archive ({packed}) inside the source is not opened"
        return rejected(entry, reason, data[:KEPT_OF_REJECT], "Unpack it, or import it as a source of its own.")
    return data


def named(path: Path, names: re.Pattern[str], rule: str) -> Iterator[Entry | Reject | Excluded]:
    """As `entries`; in a folder, files of other names are left out by `rule`."""
    for entry in entries(path):
        if isinstance(entry, Entry) and path.is_dir() and not names.search(stem(entry.name)):
            yield Excluded(origin=entry.origin(), rule=rule, key=stem(entry.name))
        else:
            yield entry


def rejected(entry: Entry, reason: str, data: bytes = b"", hint: str = "", offset: int = 0) -> Reject:
    """A `Reject` of `data`, which lies in `entry` at `offset`."""
    digest = hashlib.sha256(data).hexdigest() if data else ""
    return Reject(
        origin=entry.origin(offset, len(data)), reason=reason, hint=hint, payload=data[:KEPT_OF_REJECT], sha256=digest
    )


def heads(path: Path, count: int = 5, size: int = 65536) -> Iterator[tuple[str, bytes]]:
    """Names and first bytes of the first few files, for recognising a source. Never raises."""
    try:
        for entry in entries(path):
            if count <= 0:
                return
            if isinstance(entry, Entry):
                count -= 1
                with entry.open() as file:
                    yield entry.name, file.read(size)
    except (BackfileError, OSError):
        return


def is_markup(head: bytes) -> bool:
    """Whether the head of a file is of markup itself, and does not just hold some in its values, as JSON, a table or a
    database dump may: its first tag stands at the start of a line. What stands before it may be anything."""
    if b"\0" in head[:64]:
        head = head.replace(b"\0", b"")
    before, tag, _ = head.partition(b"<")
    line = before[max(before.rfind(b"\n"), before.rfind(b"\r")) + 1 :]
    return bool(tag) and not line.strip(_NO_TEXT)


def stem(name: str) -> str:
    """The name within its archive, without `.gz`: what the old system called the file."""
    inner = name.rpartition("!/")[2]
    return re.sub(r"\.(?:gz|bz2|xz)$", "", inner, flags=re.IGNORECASE)


# -- the walks -------------------------------------------------------------------------------------


def _folder(top: Path) -> Iterator[Entry | Reject | Excluded]:
    """Depth first, by name, without following links. Holds the names of one folder per level."""
    waiting: list[Iterator[bytes]] = [iter(_names(top, b""))]
    while waiting:
        relative = next(waiting[-1], None)
        if relative is None:
            waiting.pop()
            continue
        full = os.path.join(os.fsencode(top), relative)
        name = _clean(relative, True)
        mode = os.lstat(full).st_mode
        if stat.S_ISDIR(mode) and len(waiting) < MAX_DEPTH and not _LITTER.search(name + "/"):
            try:
                waiting.append(iter(_names(top, relative)))
            except UnreadableInput as problem:
                yield Reject(origin=Origin(name[:MAX_NAME]), reason=f"the folder cannot be read: {problem.what}")
        elif stat.S_ISREG(mode):
            yield _checked(name) or Entry(name, os.path.getsize(full), _opener(full))
        else:
            yield _not_a_file(name, mode)


def _names(top: Path, below: bytes) -> list[bytes]:
    try:
        return sorted(os.path.join(below, name) for name in os.listdir(os.path.join(os.fsencode(top), below)))
    except OSError as problem:
        raise UnreadableInput(problem.strerror or str(problem), where=str(top / os.fsdecode(below))) from problem


def _opener(full: bytes) -> Callable[[], BinaryIO]:
    return lambda: open(full, "rb", buffering=1 << 16)


def _zipped(path: Path) -> Iterator[Entry | Reject | Excluded]:
    with path.open("rb") as file:
        total, allowed = 0, RATIO_FREE + MAX_RATIO * path.stat().st_size
        for number, member in enumerate(_zip.members(file)):
            inner = _clean(member.name, member.utf8)
            name = f"{_clean(os.fsencode(path.name), True)}!/{inner}"
            refused = _refused_member(name, inner, member)
            total += 0 if refused else member.size
            if number >= MAX_ENTRIES or total > allowed:
                raise RefusedInput("the archive would unpack to more than it may", where=path.name, hint=_BOMB_HINT)
            if not inner.endswith("/"):
                yield refused or Entry(name, member.size, _member_opener(file, member))


def _member_opener(file: BinaryIO, member: _zip.Member) -> Callable[[], BinaryIO]:
    return lambda: _zip.open_member(file, member)


def _refused_member(name: str, inner: str, member: _zip.Member) -> Reject | Excluded | None:
    refused = _checked(name, inner)
    if refused is not None:
        return refused
    if member.encrypted:
        return Reject(origin=Origin(name), reason="the entry is encrypted", hint="Unpack it with its password first.")
    if stat.S_IFMT(member.mode) not in (0, stat.S_IFREG):
        return _not_a_file(name, member.mode)
    if not _zip.can_unpack(member):
        return Reject(origin=Origin(name), reason=f"packed by method {member.method}, which is not read",
                      hint="Unpack the archive and give the folder.")  # fmt: skip
    if member.size > RATIO_FREE and member.size > MAX_RATIO * max(member.packed, 1):
        return Reject(origin=Origin(name), reason="the entry would unpack to more than it may", hint=_BOMB_HINT)
    return None


def _tarred(path: Path) -> Iterator[Entry | Reject | Excluded]:
    outer = _clean(os.fsencode(path.name), True)
    try:
        with path.open("rb") as packed, _Tar.open(fileobj=_unpacked(packed), mode="r|") as archive:
            for number, info in enumerate(archive):
                archive.members = []  # type: ignore[attr-defined]  # it would keep every header read
                if number >= MAX_ENTRIES:
                    raise RefusedInput("the archive has too many entries", where=path.name)
                inner = _clean(os.fsencode(info.name), True)
                name = f"{outer}!/{inner}"
                if info.isreg():
                    yield _checked(name, inner) or Entry(name, info.size, _tar_opener(archive, info))
                elif not info.isdir():
                    yield _not_a_file(name, stat.S_IFLNK if info.issym() or info.islnk() else 0)
    except (*_DAMAGED, OSError) as problem:
        reason = f"the archive is damaged or cut off from here on: {problem}"
        yield Reject(origin=Origin(outer), reason=reason, hint="What comes before has been read.")


class _Header(tarfile.TarInfo):
    """The library ends the walk in silence where a later header is damaged or missing; this one says so."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> _Header:
        try:
            return super().fromtarfile(archive)
        except tarfile.HeaderError as problem:
            if type(problem) is tarfile.EOFHeaderError:  # type: ignore[attr-defined]
                raise
            raise tarfile.ReadError(str(problem) or "no end mark") from problem


class _Tar(tarfile.TarFile):
    tarinfo = _Header


def _tar_opener(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Callable[[], BinaryIO]:
    return lambda: cast(BinaryIO, archive.extractfile(info))


# -- names -----------------------------------------------------------------------------------------


def _clean(raw: bytes, utf8: bool) -> str:
    """A name as text. Zip entries without the UTF-8 flag are UTF-8 nonetheless where they can be, else code page 437;
    other names that are no UTF-8 are read as Windows wrote them."""
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = raw.decode("latin-1" if utf8 else "cp437")
    return name.replace("\\", "/") if not utf8 else name


def _checked(name: str, inner: str = "") -> Reject | Excluded | None:
    inner = inner or name
    if _LITTER.search(inner):
        return Excluded(origin=Origin(name[:MAX_NAME]), rule="system file")
    steps = inner.replace("\\", "/").split("/")
    if inner[:1] in ("/", "\\") or ".." in steps or re.match(r"[A-Za-z]:", inner):
        return Reject(origin=Origin(name[:MAX_NAME]), reason="the entry's path leads out of the archive")
    if len(inner) > MAX_NAME or len(steps) > MAX_DEPTH or "\0" in inner:
        return Reject(origin=Origin(name[:MAX_NAME].replace("\0", "�")), reason="the entry's path is not a sound name")
    return None


def _not_a_file(name: str, mode: int) -> Reject | Excluded:
    if _LITTER.search(name + "/"):
        return Excluded(origin=Origin(name[:MAX_NAME]), rule="system file")
    if stat.S_ISDIR(mode):
        return Reject(origin=Origin(name[:MAX_NAME]), reason="folders are nested too deep")
    what = "a link" if stat.S_ISLNK(mode) else "no regular file"
    return Reject(origin=Origin(name[:MAX_NAME]), reason=f"{what}: not followed",
                  hint="Put the file itself in its place.")  # fmt: skip


# -- unpacking -------------------------------------------------------------------------------------

_BOMB_HINT = "If you trust it, unpack it yourself and give the folder."


class _Counted(io.RawIOBase):
    """A stream that counts the bytes read from it."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self._file, self.count = file, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


class _Bounded(io.RawIOBase):
    """What `plain` unpacks from `packed`, up to the ratio."""

    def __init__(self, plain: BinaryIO, packed: _Counted) -> None:
        super().__init__()
        self._plain, self._packed, self._out = plain, packed, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._plain.read(len(buffer))
        buffer[: len(data)] = data
        self._out += len(data)
        if self._out > RATIO_FREE and self._out > MAX_RATIO * max(self._packed.count, 1):
            raise RefusedInput("it would unpack to more than it may", hint=_BOMB_HINT)
        return len(data)


def _unpacked(file: BinaryIO) -> BinaryIO:
    """The bytes inside gzip, bzip2 or xz, told by their first bytes; others as they are."""
    buffered = file if isinstance(file, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, file), 1 << 16)
    head = buffered.peek(6)
    counted = _Counted(buffered)
    packed = cast(BinaryIO, counted)
    if head.startswith(b"\x1f\x8b\x08"):
        plain = cast(BinaryIO, gzip.GzipFile(fileobj=packed))
    elif head.startswith(b"BZh"):
        plain = cast(BinaryIO, bz2.BZ2File(packed))
    elif head.startswith(b"\xfd7zXZ"):
        plain = cast(BinaryIO, lzma.LZMAFile(packed))  # noqa: SIM115  # closed with the file below it
    else:
        return buffered
    return io.BufferedReader(_Bounded(plain, counted), 1 << 16)


def _kind(path: Path) -> str:
    """`zip`, `tar`, or nothing for a plain file."""
    try:
        with path.open("rb") as file:
            if file.read(4) in _zip.MAGIC:
                return "zip"
            file.seek(0)
            return "tar" if _unpacked(file).read(262)[257:262] == b"ustar" else ""
    except (*_DAMAGED, BackfileError, gzip.BadGzipFile):
        return ""
    except OSError as problem:
        raise UnreadableInput(problem.strerror or str(problem), where=str(path)) from problem


def _too_large(entry: Entry, file: BinaryIO, head: bytes, limit: int) -> Reject:
    """A reject with the whole's length and sum, reading on in blocks."""
    digest, length = hashlib.sha256(head), len(head)
    while block := file.read(1 << 20):
        digest.update(block)
        length += len(block)
    return Reject(origin=entry.origin(0, length), reason=f"larger than {limit // 1024 // 1024 or 1} MB",
                  hint="Raise `max_record_bytes` if it really is one article.",
                  payload=head[:KEPT_OF_REJECT], sha256=digest.hexdigest())  # fmt: skip
