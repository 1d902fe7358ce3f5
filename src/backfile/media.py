"""Pictures and files of the old website: found in local folders, copied into the archive under their content's name.

Nothing is fetched from a network. A file's type is what its first bytes say, never what its name says;
what is none of the known types is not taken. A reference cannot climb out of its folder.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import msgspec

from backfile.article import Article, Block, FactBox, Gallery, Image
from backfile.config import MediaSection
from backfile.fault import Fault
from backfile.pipeline import MediaUse

MISSING = "missing-media"
HEAD = 64
LONGEST_NAME = 2000
"""Characters of a file's path below its folder; no file has a longer one."""
_SIZE = re.compile(r"-\d{1,5}x\d{1,5}(?=\.\w{3,4}$)")
"""The end of a scaled picture's name, `harbour-300x200.jpg`; the picture itself is larger and better."""

_MAGIC: tuple[tuple[bytes, int, str, str], ...] = (
    (b"\xff\xd8\xff", 0, "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", 0, "image/png", "png"),
    (b"GIF87a", 0, "image/gif", "gif"),
    (b"GIF89a", 0, "image/gif", "gif"),
    (b"WEBP", 8, "image/webp", "webp"),
    (b"ftypavif", 4, "image/avif", "avif"),
    (b"%PDF-", 0, "application/pdf", "pdf"),
    (b"ID3", 0, "audio/mpeg", "mp3"),
    (b"\xff\xfb", 0, "audio/mpeg", "mp3"),
    (b"OggS", 0, "audio/ogg", "ogg"),
    (b"ftyp", 4, "video/mp4", "mp4"),
    (b"\x1aE\xdf\xa3", 0, "video/webm", "webm"),
)


def sniff(head: bytes) -> tuple[str, str]:
    """(media type, extension) by the first bytes; ("", "") for what is not taken. SVG is not: it can act."""
    for magic, at, kind, extension in _MAGIC:
        if head.startswith(magic, at):
            return kind, extension
    return "", ""


class MediaFolder:
    """The media of one archive. `place` finds an article's pictures and puts their files' names into it."""

    def __init__(self, archive: Path, section: MediaSection) -> None:
        self.goal = archive / "media"
        self.limit = section.max_bytes
        # the longest prefix first: it is the most particular one
        self.folders = sorted(
            ((_comparable(prefix), (archive / folder).resolve()) for prefix, folder in section.folders.items()),
            key=lambda pair: -len(pair[0]),
        )
        self._known: dict[str, MediaUse] = {}

    def place(self, article: Article) -> tuple[Article, tuple[MediaUse, ...], tuple[Fault, ...]]:
        """The article with its pictures placed; all references; a fault for each that was not found."""
        uses: dict[str, MediaUse] = {}
        faults: list[Fault] = []

        def placed(image: Image) -> Image:
            if not image.src or image.src.startswith("data:"):
                return image
            use = uses.get(image.src) or self._find(image.src, article)
            uses[image.src] = use
            if not use.file:
                faults.append(_missing(image))
                return image
            size = {"width": use.width, "height": use.height} if use.width else {}
            return msgspec.structs.replace(image, media=use.file, **size)

        blocks = _mapped(article.blocks, placed)
        if not any(use.file for use in uses.values()):
            return article, tuple(uses.values()), tuple(faults)
        return msgspec.structs.replace(article, blocks=blocks), tuple(uses.values()), tuple(faults)

    def _find(self, url: str, article: Article) -> MediaUse:
        if not self.folders:
            return MediaUse(url)
        use = self._known.get(url)
        if use is None:
            use = self._look(url, article)
            if len(self._known) > 10_000:
                self._known.clear()
            if use.file:
                self._known[url] = use
        return use

    def _look(self, url: str, article: Article) -> MediaUse:
        for path in self._candidates(url, article):
            try:
                found = self._take(path, url)
            except OSError:
                found = None
            if found:
                return found
        return MediaUse(url)

    def _candidates(self, url: str, article: Article) -> list[Path]:
        """Files that the address may mean, the full-size picture before the scaled one."""
        wanted = _comparable(url)
        hosts = [_comparable(legacy).partition("/")[0] for legacy in article.legacy_urls[:1]]
        tries = [wanted, *(f"{host}{wanted}" for host in hosts if wanted.startswith("/"))]
        found = []
        for address in tries:
            for prefix, folder in self.folders:
                if address.startswith(prefix):
                    rest = address[len(prefix) :].lstrip("/")
                    names = dict.fromkeys((_SIZE.sub("", rest), rest))
                    found += [path for name in names if (path := inside(folder, name))]
        return found

    def _take(self, path: Path, url: str) -> MediaUse | None:
        """Copy one file in, if it is one that is taken."""
        with path.open("rb") as file:
            length = os.fstat(file.fileno()).st_size
            kind, extension = sniff(file.read(HEAD))
            if not kind or length > self.limit:
                return None
            file.seek(0)
            name = f"{file_digest(file, 'sha256').hexdigest()[:32]}.{extension}"
        goal = self.goal / name
        if not goal.exists():
            _copy(path, goal)
        width, height = picture_size(path, kind)
        return MediaUse(url, name, kind, length, width, height)


def inside(folder: Path, name: str) -> Path | None:
    """The file `name` in `folder`, if it exists and lies there, links followed; else None."""
    if not name or "\0" in name or len(name) > LONGEST_NAME:
        return None
    try:
        path = (folder / name).resolve()
        return path if path.is_relative_to(folder) and path.is_file() else None
    except (OSError, RuntimeError, ValueError):
        return None


def _comparable(url: str) -> str:
    """Host and decoded path, without scheme, `www.`, query."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    return host + unquote(parts.path)


def _copy(path: Path, goal: Path) -> None:
    """A whole file or none, also if two workers copy it at once."""
    goal.parent.mkdir(exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=goal.parent, prefix=".part-")
    try:
        with os.fdopen(handle, "wb") as out, path.open("rb") as file:
            shutil.copyfileobj(file, out, 1024 * 1024)
        os.chmod(partial, 0o644)
        os.replace(partial, goal)
    except BaseException:
        Path(partial).unlink(missing_ok=True)
        raise


def _missing(image: Image) -> Fault:
    note = "no file for this address in the media folders"
    return Fault(name=MISSING, grade="shown", state="open", at=f"{image.id}:", before=image.src[:200], note=note)


def _mapped(blocks: tuple[Block, ...], change: Callable[[Image], Image]) -> tuple[Block, ...]:
    """The blocks with `change` applied to every picture, also to those inside others."""
    out: list[Block] = []
    for block in blocks:
        if type(block) is Image:
            out.append(change(block))
        elif type(block) is Gallery:
            out.append(msgspec.structs.replace(block, images=tuple(map(change, block.images))))
        elif type(block) is FactBox:
            out.append(msgspec.structs.replace(block, blocks=_mapped(block.blocks, change)))
        else:
            out.append(block)
    return tuple(out)


def picture_size(path: Path, kind: str) -> tuple[int, int]:
    """Width and height in pixels of a PNG, GIF, JPEG or WebP; (0, 0) if they cannot be told."""
    read: Mapping[str, Callable[[Any], tuple[int, int]]] = {
        "image/png": _png_size,
        "image/gif": _gif_size,
        "image/jpeg": _jpeg_size,
        "image/webp": _webp_size,
    }
    if kind not in read:
        return 0, 0
    with path.open("rb") as file:
        width, height = read[kind](file)
    return (width, height) if 0 < width < 100_000 and 0 < height < 100_000 else (0, 0)


def _png_size(file: Any) -> tuple[int, int]:
    head = file.read(24)
    return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")


def _gif_size(file: Any) -> tuple[int, int]:
    head = file.read(10)
    return int.from_bytes(head[6:8], "little"), int.from_bytes(head[8:10], "little")


def _webp_size(file: Any) -> tuple[int, int]:
    head = file.read(30)
    if head[12:16] == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF


def _jpeg_size(file: Any) -> tuple[int, int]:
    """From the frame header; gives up after a hundred segments."""
    file.read(2)
    for _ in range(100):
        head = file.read(4)
        if len(head) < 4 or head[0] != 0xFF:
            break
        length = int.from_bytes(head[2:4], "big")
        if 0xC0 <= head[1] <= 0xCF and head[1] not in (0xC4, 0xC8, 0xCC):
            frame = file.read(5)
            return int.from_bytes(frame[3:5], "big"), int.from_bytes(frame[1:3], "big")
        file.seek(length - 2, 1)
    return 0, 0
