"""Bytes to text, without losing or inventing a character.

The ladder: what the user says, a byte order mark, strict UTF-8, the declared encoding (by the names and habits of the
web: `iso-8859-1` means Windows-1252), then detection. Nothing is ever decoded with "replace". Whatever
`decode` answers, `data.decode(codec)` gives the text strictly and `text.encode(codec)` gives the bytes again.

The last rung takes every byte: `cp1252-c1` is Windows-1252 whose five undefined bytes are control characters.
`mixed-cp1252` is the same table under a telling name: the text is UTF-8 with bytes of another encoding
in between, so that its UTF-8 parts come out as mojibake, which loses nothing and which the rules know how to mend.
"""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing_extensions import Buffer

_HEAD = 65536
"""Detection looks at this many bytes around the first ones that are no ASCII."""
_ENOUGH = 0.8
"""A detected encoding of another script must be this sure."""


class Decoded(NamedTuple):
    """`text`, the `codec` that gives it, and `how` it was found: `ascii`, `mark`, `utf-8`, `said`, `declared`,
    `detected`, `fallback` or `mixed`."""

    text: str
    codec: str
    how: str


def decode(data: bytes, declared: str = "", said: str = "") -> Decoded:
    """Decode by the ladder. `declared` is the file's own claim, `said` the user's, which comes first. Never raises."""
    if said and (found := _strict(data, codec_of(said), "said")):
        return found
    for mark, codec in _MARKS:
        if data.startswith(mark) and (found := _strict(data, codec, "mark")):
            return found
    claim = codec_of(declared)
    if claim.startswith("iso2022") and b"\x1b" in data and (found := _strict(data, claim, "declared")):
        return found
    if data.isascii() and b"\0" not in data:
        return Decoded(data.decode("ascii"), "utf-8", "ascii")
    if found := _sixteen_bits(data):
        return found
    if found := _strict(data, "utf-8", "utf-8"):
        return found
    if mostly_utf8(data):
        return Decoded(data.decode("mixed-cp1252"), "mixed-cp1252", "mixed")
    if claim and claim != "utf-8" and (found := _believable(data, claim)):
        return found
    return _detected(data)


def codec_of(label: str) -> str:
    """The Python codec for a declared name as browsers read it; empty for names that are no character encoding."""
    name = re.sub(r"[^a-z0-9]+", "-", label[:40].lower()).strip("-")
    if name in _WEB_NAMES:
        return _WEB_NAMES[name]
    try:
        codec = codecs.lookup(name).name
    except (LookupError, ValueError):
        return ""
    return _WEB_NAMES.get(codec, codec) if _CHARACTERS.match(codec) else ""


def declared_in_markup(data: bytes) -> str:
    """What an XML declaration or an HTML `meta` in the first 4 KB says of the encoding; empty if nothing."""
    match = _XML_CLAIM.match(data) or _META_CLAIM.search(data, 0, 4096)
    return match[1].decode("ascii", "ignore") if match else ""


# -- the rungs -------------------------------------------------------------------------------------


def _strict(data: bytes, codec: str, how: str) -> Decoded | None:
    """The text, if `codec` decodes the bytes and gives them back."""
    try:
        text = data.decode(codec) if codec else ""
        if codec and (codec in _ONE_TO_ONE or text.encode(codec) == data):
            return Decoded(text, codec, how)
    except (UnicodeError, LookupError, ValueError):
        if codec == "cp1252":
            return _strict(data, "cp1252-c1", how)
    return None


def _sixteen_bits(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: European text in it has a zero in every second byte."""
    sample = data[:4096]
    if len(data) % 2 or len(sample) < 4 or b"\0" not in sample:
        return None
    half = len(sample) // 2
    for codec, zeros, others in (("utf-16-le", sample[1::2], sample[::2]), ("utf-16-be", sample[::2], sample[1::2])):
        if zeros.count(0) > 0.7 * half and others.count(0) < 0.05 * half:
            return _strict(data, codec, "detected")
    return None


def mostly_utf8(data: bytes) -> bool:
    """No UTF-8, but its multi-byte sequences outnumber the other bytes: UTF-8 with something else in between."""
    sequences = len(_SEQUENCE.findall(data))
    return sequences > 1 and sequences > len(_HIGH.findall(_SEQUENCE.sub(b"", data)))


def _believable(data: bytes, codec: str) -> Decoded | None:
    """The declared encoding, unless it is a single-byte one whose text makes no sense where another's does."""
    if codec.startswith(("utf-16", "utf-32")) and b"\0" not in data:
        return None  # markup in them is full of zeros; bytes in pairs can be Chinese by accident
    found = _strict(data, codec, "declared")
    if found and codec in _RIVALS:
        rival = _best_rival(data)
        if rival and rival[0] != codec and rival[1] > _sense(_sample(data), codec) + 6:
            return _strict(data, rival[0], "detected")
    return found


def _detected(data: bytes) -> Decoded:
    sample = _sample(data)
    high = len(_HIGH.findall(sample))
    rival = _best_rival(data)
    western = _sense(sample, "cp1252")
    if high * 3 > len(sample) and (found := _other_script(data, sample)):
        return found
    if rival and rival[0] != "cp1252" and rival[1] > max(western + 6, 0):
        found = _strict(data, rival[0], "detected")
        if found:
            return found
    if western < high * 0.5 and (found := _other_script(data, sample)):
        return found
    return _strict(data, "cp1252", "detected" if western > 0 else "fallback") or Decoded(
        data.decode("cp1252-c1"), "cp1252-c1", "fallback"
    )


def _other_script(data: bytes, sample: bytes) -> Decoded | None:
    """Cyrillic, Greek, Japanese, ...: by letter frequencies, where they are sure."""
    from turbohtml.detect import detect  # here because most archives never need it

    match = detect(re.sub(rb"<meta[^>]{0,300}>", b"", sample, flags=re.IGNORECASE))
    if not match.encoding or match.confidence < _ENOUGH or not match.language:
        return None
    return _strict(data, codec_of(match.encoding), "detected")


def _sample(data: bytes) -> bytes:
    first = _HIGH.search(data)
    start = max(0, first.start() - 200) if first else 0
    return data[start : start + _HEAD]


def _best_rival(data: bytes) -> tuple[str, int] | None:
    """The single-byte encoding of the West in which the bytes make most sense, and how much."""
    sample = _sample(data)
    scored = [(codec, _sense(sample, codec)) for codec in _RIVALS]
    best = max(scored, key=lambda pair: pair[1])
    return best if best[1] > 0 else None


def _sense(sample: bytes, codec: str) -> int:
    """How many of the characters beyond ASCII stand where such characters stand in European newspapers, less twice
    those that do not: accented letters in words of the same case, quotes at the edges of words."""
    text = sample.decode(codec, "backslashreplace")
    good = len(_GOOD.findall(text))
    beyond = len(_BEYOND.findall(text)) + text.count("\\x8") + text.count("\\x9")
    return good - 2 * (beyond - good)


_XML_CLAIM = re.compile(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']")
_META_CLAIM = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._:-]{1,40})", re.IGNORECASE)
_HIGH = re.compile(rb"[\x80-\xff]")
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_BEYOND = re.compile(r"[^\x00-\x7f]")
_SMALL, _LARGE = "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœšžß", "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝŒŠŽ"
_GOOD = re.compile(
    f"(?<![A-Z{_LARGE}])[{_SMALL}](?![A-Z{_LARGE}])|(?<![a-z{_SMALL}])[{_LARGE}]"
    r"|(?<!\w)[«„“‹‘¿¡](?=[\w\s])|(?<=[\w.,!?…\s])[»“”›’](?!\w)|(?<=\w)’(?=\w)|(?<=\s)[–—](?=\s)|(?<=\d)–(?=\d)"
    r"|(?<=[\w ])…|\u00a0|(?<=\d)[°½¼€£](?!\w)|(?<!\w)[§©•·€£](?=[\s\w])"
)
_RIVALS = ("cp1252", "mac-roman", "cp850", "iso8859-15", "cp1250")
"""Single-byte encodings that newspapers of the West were kept in, the likelier first."""

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32-le-sig"),
    (b"\0\0\xfe\xff", "utf-32-be-sig"),
    (b"\xff\xfe", "utf-16-le-sig"),
    (b"\xfe\xff", "utf-16-be-sig"),
)
_CHARACTERS = re.compile(
    r"utf-?(?:8|16|32)|cp\d|iso8859|iso2022|mac-|koi8|gb|big5|euc|shift|johab|hz|kz1048|tis|ascii$"
)
_ONE_TO_ONE = frozenset({"utf-8", "cp1252", "cp1252-c1", "mixed-cp1252", "mac-roman", "cp850", "iso8859-15", "cp1250"})
_WEB_NAMES = {
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1", "ascii", "us-ascii", "ansi"), "cp1252"),
    **dict.fromkeys(("windows-1252", "cp1252", "x-cp1252", "win1252", "iso-ir-100", "cp819", "8859-1"), "cp1252"),
    **dict.fromkeys(("utf8", "utf-8", "utf8mb4", "utf8mb3", "unicode-1-1-utf-8", "u8", "x-unicode20utf8"), "utf-8"),
    **dict.fromkeys(("utf-16", "utf16", "unicode", "ucs-2", "utf-16le"), "utf-16-le"),
    **dict.fromkeys(("macintosh", "mac", "x-mac-roman", "mac-roman", "macroman", "applemac"), "mac-roman"),
    **dict.fromkeys(("iso-8859-9", "iso8859-9", "latin5", "windows-1254"), "cp1254"),
    **dict.fromkeys(("gb2312", "gbk", "gb-2312-80", "x-gbk", "gb18030"), "gb18030"),
    **dict.fromkeys(("shift-jis", "sjis", "x-sjis", "shift_jis", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-kr", "euc_kr", "ks-c-5601-1987", "ksc5601"), "cp949"),
    **dict.fromkeys(("tis-620", "iso-8859-11", "iso8859-11"), "cp874"),
    **dict.fromkeys(("utf-32", "utf32"), "utf-32-le"),
    **dict.fromkeys(("iso-8859-8-i", "logical"), "iso8859-8"),
    "x-mac-cyrillic": "mac-cyrillic",
    "ibm850": "cp850",
    "utf-7": "",
    "hz": "",
}


# -- the codecs of our own -------------------------------------------------------------------------

_TABLE = "".join(bytes([n]).decode("cp1252", "ignore") or chr(n) for n in range(256))
_BACK = codecs.charmap_build(_TABLE)
_MARKED = {
    "utf_16_le_sig": ("utf-16-le", b"\xff\xfe"),
    "utf_16_be_sig": ("utf-16-be", b"\xfe\xff"),
    "utf_32_le_sig": ("utf-32-le", b"\xff\xfe\0\0"),
    "utf_32_be_sig": ("utf-32-be", b"\0\0\xfe\xff"),
}


def _search(name: str) -> codecs.CodecInfo | None:
    name = name.replace("-", "_")
    if name in ("cp1252_c1", "mixed_cp1252"):
        return codecs.CodecInfo(_table_encode, _table_decode, name=name.replace("_", "-"))
    return _marked(name, *_MARKED[name]) if name in _MARKED else None


def _table_decode(data: Buffer, errors: str = "strict") -> tuple[str, int]:
    return codecs.charmap_decode(bytes(data), errors, _TABLE)


def _table_encode(text: str, errors: str = "strict") -> tuple[bytes, int]:
    return codecs.charmap_encode(text, errors, _BACK)


def _marked(name: str, codec: str, mark: bytes) -> codecs.CodecInfo:
    """A codec whose bytes begin with a mark; the text does not."""

    def decode(data: Buffer, errors: str = "strict") -> tuple[str, int]:
        body = bytes(data)
        return body[len(mark) if body.startswith(mark) else 0 :].decode(codec, errors), len(body)

    def encode(text: str, errors: str = "strict") -> tuple[bytes, int]:
        return mark + text.encode(codec, errors), len(text)

    return codecs.CodecInfo(encode, decode, name=name.replace("_", "-"))


codecs.register(_search)
