"""A1 to A4: bytes read in the wrong character set, by the chains of codecs that real systems made."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from backfile.lab.classes._places import words
from backfile.lab.fault_class import FaultClass, Layer, Recoverable
from backfile.lab.sheet import GAP, Edit, Sheet


def windows(data: bytes) -> str:
    """As browsers and databases read windows-1252: bytes without a character become C1 controls."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)


def misread(write: str, read: str) -> Callable[[str], str]:
    """Words written in one character set and read in another; those that cannot be written stay as they are."""

    def change(word: str) -> str:
        try:
            data = word.encode(write)
            return windows(data) if read == "cp1252" else data.decode(read)
        except UnicodeError:
            return word

    return change


def _twice(word: str) -> str:
    return windows(windows(word.encode()).encode())


def _lossy(word: str) -> str:
    """Bytes that windows-1252 does not know were thrown away, and control characters with them."""
    return word.encode().decode("cp1252", "ignore")


def _latin_lossy(word: str) -> str:
    """Read as Latin-1, then cleaned of control characters."""
    return "".join(char for char in word.encode().decode("latin-1") if not 0x80 <= ord(char) <= 0x9F)


def _spaced(word: str) -> str:
    """`à` is C3 A0: what looks like a no-break space was made a space by the next system, and two spaces are one."""
    return windows(word.encode()).replace("\xa0", " ").removesuffix(" ") if "à" in word else word


def everywhere(change: Callable[[str], str]) -> Callable[[Sheet, Random], list[Edit] | None]:
    return lambda sheet, rng: words(sheet, change)


def _some_blocks(sheet: Sheet, rng: Random) -> list[Edit] | None:
    """Only some paragraphs went through the wrong hands."""
    found = words(sheet, misread("utf-8", "cp1252")) or []
    blocks = {number for number in range(len(sheet.blocks())) if rng.random() < 0.4}
    return [edit for edit in found if edit.at == "text" and _block_of(sheet, edit) in blocks] or None


def _block_of(sheet: Sheet, edit: Edit) -> int:
    return sheet.text.count(GAP, 0, edit.start)


_PUNCTUATION = "„“”‚‘’–—…€"
_C1 = {ord(char): chr(char.encode("cp1252")[0]) for char in _PUNCTUATION}
_SHOWN = {ord(char): f"&#{char.encode('cp1252')[0]};" for char in _PUNCTUATION}


def _one(
    name: str, group: str, what: str, change: Callable[[str], str], recoverable: Recoverable = "text",
    layer: Layer = "bytes", languages: tuple[str, ...] = (),
) -> FaultClass:  # fmt: skip
    return FaultClass(name=name, group=group, layer=layer, recoverable=recoverable, what=what,
                      inject=everywhere(change), languages=languages)  # fmt: skip


CLASSES = (
    _one("utf8-as-cp1252", "A1", "UTF-8 read as windows-1252: `fÃ¼r`", misread("utf-8", "cp1252")),
    _one("utf8-as-latin1", "A1", "UTF-8 read as Latin-1, with C1 controls", misread("utf-8", "latin-1")),
    _one("utf8-as-macroman", "A1", "UTF-8 read as Mac Roman: `f√ºr`", misread("utf-8", "mac-roman")),
    _one("utf8-as-cp850", "A1", "UTF-8 read as DOS 850: `f├╝r`", misread("utf-8", "cp850")),
    _one("utf8-as-cp437", "A1", "UTF-8 read as DOS 437", misread("utf-8", "cp437")),
    _one("utf8-as-cp1252-twice", "A1", "UTF-8 read as windows-1252, twice: `fÃƒÂ¼r`", _twice),
    FaultClass(name="utf8-as-cp1252-some", group="A2", layer="bytes", recoverable="text", inject=_some_blocks,
               what="UTF-8 read as windows-1252 in some paragraphs only"),
    _one("utf8-as-cp1252-lossy", "A2", "UTF-8 read as windows-1252, unknown bytes thrown away", _lossy, "archive"),
    _one("utf8-as-latin1-lossy", "A2", "UTF-8 read as Latin-1, control characters thrown away", _latin_lossy, "source"),
    _one("utf8-a-grave-spaced", "A2", "`à` as `Ã` and a space", _spaced, languages=("fr", "it")),
    _one("macroman-as-cp1252", "A3", "Mac Roman read as windows-1252: `fŸr`", misread("mac-roman", "cp1252")),
    _one("cp850-as-cp1252", "A3", "DOS 850 read as windows-1252: `f\x81r`", misread("cp850", "cp1252")),
    _one("cp850-as-latin1", "A3", "DOS 850 read as Latin-1", misread("cp850", "latin-1")),
    _one("cp1252-as-macroman", "A3", "windows-1252 read as Mac Roman: `f¸r`", misread("cp1252", "mac-roman")),
    _one("cp1252-as-cp850", "A3", "windows-1252 read as DOS 850: `f³r`", misread("cp1252", "cp850")),
    _one("c1-punctuation", "A4", "windows-1252 quotes and dashes as C1 controls", lambda word: word.translate(_C1)),
    _one("c1-reference", "A4", "the same as visible references: `&#150;`", lambda word: word.translate(_SHOWN),
         layer="string"),
)  # fmt: skip
