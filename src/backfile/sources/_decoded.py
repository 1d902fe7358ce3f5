"""Bytes to text: the straight way for what is plainly UTF-8, which is nearly all of it."""

from __future__ import annotations

from backfile.decoding import decode


def decoded(data: bytes, declared: str = "", said: str = "") -> tuple[str, str]:
    """(text, codec), as `decode` gives them. Where no user says otherwise, and the bytes have no mark at their start
    and neither zeros nor escapes, its ladder begins with UTF-8."""
    if not said and data[:1].isascii() and b"\0" not in data and b"\x1b" not in data:
        try:
            return data.decode(), "utf-8"
        except UnicodeDecodeError:
            pass
    text, codec, _ = decode(data, declared, said)
    return text, codec
