"""zstd as the store uses it: one compressor and one decompressor for each thread, with a limit on expansion."""

from __future__ import annotations

import threading

import zstandard

LEVEL = 1
"""A seventieth larger than level 3 for newspaper articles, and a fifth faster."""
MAX_UNPACKED = 512 * 1024 * 1024
"""No blob of ours unpacks to more; one that says so is damaged."""

_own = threading.local()


def pack(data: bytes) -> bytes:
    """`data` compressed. The same bytes for the same data."""
    try:
        compress = _own.compress
    except AttributeError:
        compress = _own.compress = zstandard.ZstdCompressor(level=LEVEL, write_checksum=False).compress
    return compress(data)  # type: ignore[no-any-return]


def unpack(data: bytes) -> bytes:
    """What was packed. Raises `ValueError` for anything else."""
    try:
        decompress = _own.decompress
    except AttributeError:
        decompress = _own.decompress = zstandard.ZstdDecompressor().decompress
    try:
        return decompress(data, max_output_size=MAX_UNPACKED)  # type: ignore[no-any-return]
    except zstandard.ZstdError as problem:
        raise ValueError(f"not a packed value: {problem}") from problem
