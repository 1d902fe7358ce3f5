"""Names of blocks: the same whenever the same source is shaped."""

from __future__ import annotations

from zlib import crc32


def new_id(ids: dict[str, int], text: str) -> str:
    """`b` and eight hex digits of the text's checksum, `-2`, `-3`, … for repeats within the article."""
    name = "b" + crc32(text.encode("utf-8", "surrogatepass")).to_bytes(4).hex()
    number = ids[name] = ids.get(name, 0) + 1
    return name if number == 1 else f"{name}-{number}"
