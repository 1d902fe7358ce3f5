"""The export in chunks, and in each what needs work: what is new or changed, or was made by other rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from backfile.engines import Task
from backfile.faults.ask import Asked, still_true
from backfile.profile import Profile
from backfile.record import Item, Record
from backfile.store.archive import Archive
from backfile.store.identity import Entry
from backfile.store.known import entries, select_in
from backfile.store.rows import record_sha256
from backfile.store.writer import Result, Unchanged

CHUNK_BYTES = 16 * 1024 * 1024
"""A chunk is closed at so many bytes of payload, or at the configured number of items."""


class Chunk(msgspec.Struct):
    """Items of the export in order. Those in `ready` need no work: what is no record, and what has not changed."""

    first: int
    items: list[Item]
    ready: dict[int, Result]
    todo: list[Task]

    @property
    def length(self) -> int:
        return sum(item.origin.length for item in self.items)


def in_order(chunk: Chunk, results: Sequence[Result]) -> list[Result]:
    worked = iter(results)
    return [chunk.ready[n] if n in chunk.ready else next(worked) for n in range(len(chunk.items))]


def chunks(items: Iterable[Item], most: int) -> Iterator[list[Item]]:
    """Items in chunks of at most `most`, fewer where they are large. The same export gives the same chunks."""
    chunk: list[Item] = []
    size = 0
    for item in items:
        chunk.append(item)
        size += len(item.payload)
        if len(chunk) >= most or size >= CHUNK_BYTES:
            yield chunk
            chunk, size = [], 0
    if chunk:
        yield chunk


class Sieve:
    """Tells the records that must be processed from those that the archive has, with the same rules and answers."""

    def __init__(self, archive: Archive, source: int, rules: str, number: int, profile: Profile) -> None:
        self.archive, self.source, self.rules, self.number, self.profile = archive, source, rules, number, profile

    def sift(self, first: int, items: list[Item], shaped: Sequence[bytes] = ()) -> Chunk:
        chunk = Chunk(first, items, {}, [])
        known = entries(self.archive.db, self.source, (i.key for i in items if isinstance(i, Record)))
        numbers = (entry.article for found in known.values() for entry in found)
        missing = self._missing_media(numbers) if known else set()
        for n, item in enumerate(items):
            if not isinstance(item, Record):
                chunk.ready[n] = item
                continue
            sha = record_sha256(item)
            if any(self._settled(entry, sha, missing) for entry in known.get(item.key, ())):
                chunk.ready[n] = Unchanged(item, sha)
            else:
                chunk.todo.append(Task(item, sha, shaped[n] if shaped else b""))
        return chunk

    def _settled(self, entry: Entry, sha: bytes, missing: set[int]) -> bool:
        if sha in entry.merged:
            return True
        if entry.sha != sha or entry.rules != self.rules or entry.article in missing:
            return False
        return entry.profile == self.number or self._same_answers(entry.article)

    def _same_answers(self, article: int) -> bool:
        asked = self.archive.db.execute("SELECT asked FROM known WHERE article_id=?", (article,)).fetchone()[0]
        return not asked or still_true(msgspec.msgpack.decode(asked, type=tuple[Asked, ...]), self.profile)

    def _missing_media(self, articles: Iterable[int]) -> set[int]:
        """Articles whose pictures were not found: they may lie in the media folders by now."""
        if not self.archive.config.media.folders:
            return set()
        query = "SELECT DISTINCT article_id FROM media_use WHERE media_id IS NULL AND article_id IN (%s)"
        return {row[0] for row in select_in(self.archive.db, query, articles)}
