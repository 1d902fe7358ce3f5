"""JSON Lines: one article a line, as the archive stores it, with its address and state.

Stable and complete: everything but the originals. Fields are those of `backfile.article.Article`,
after `path`, `state`, `revision`, `redirects`, `text` (the visible text) and `html` (the body).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

import msgspec

from backfile.article import encoder, plain_text
from backfile.errors import ArchiveError, UsageError
from backfile.targets import Delivery, Receipt, Site

STDOUT = Path("-")


class JsonLines:
    name = "jsonl"
    title = "JSON Lines, one article a line"

    def write(self, deliveries: Iterable[Delivery], site: Site, path: Path) -> Receipt:
        """Write to the file `path`, or to standard output for `-`."""
        if path == STDOUT:
            return _write(deliveries, sys.stdout.buffer, path)
        if path.is_dir():
            raise UsageError(f"{path} is a folder", hint="name a file")
        partial = path.with_name(f".{path.name}.partial")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with partial.open("wb") as file:
                receipt = _write(deliveries, file, path)
            os.replace(partial, path)
        except OSError as problem:
            raise ArchiveError(f"cannot write {path}: {problem.strerror}", hint="name a place with room") from problem
        finally:
            partial.unlink(missing_ok=True)
        return receipt


def _write(deliveries: Iterable[Delivery], file: BinaryIO, path: Path) -> Receipt:
    count = length = 0
    for delivery in deliveries:
        line = encode(delivery) + b"\n"
        file.write(line)
        count, length = count + 1, length + len(line)
    file.flush()
    return Receipt(count, 1, length, str(path))


def encode(delivery: Delivery) -> bytes:
    """One line, without its end."""
    head = {
        "path": delivery.path,
        "state": delivery.state,
        "revision": delivery.revision,
        "redirects": delivery.redirects,
        "text": plain_text(delivery.article),
        "html": delivery.body,
    }
    stored = msgspec.json.decode(encoder.encode(delivery.article))
    return msgspec.json.encode({**head, **stored})


TARGET = JsonLines()
