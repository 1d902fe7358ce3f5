"""`backfile learn`: a new profile from the archive's own articles, and the archive made again from its originals.

Nothing is read from the old system: shaped articles and originals are in the archive.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from backfile import registry
from backfile.article import Article, from_json
from backfile.errors import UsageError
from backfile.faults.ask import Asked, still_true
from backfile.importing import Progress, Silent, Summary, Wish, run_import
from backfile.profile import Learner, Profile
from backfile.record import Field, Item, Options, Record, SourceSpec
from backfile.store import runs
from backfile.store.archive import Archive
from backfile.store.packing import unpack
from backfile.store.rows import record_of

BATCH = 200


class Learned(msgspec.Struct, frozen=True):
    """A new profile. `changed`: articles that got other answers from it than they used; the next import, or
    `again`, makes them anew. `same`: the profile knows just what the one before knew."""

    source: str
    articles: int
    changed: int
    same: bool


def learn(archive: Archive, name: str = "", progress: Progress | None = None, *, keep: bool = True) -> list[Learned]:
    """New profiles of one source or of all. `keep` is False for only looking at what would change."""
    rows = archive.db.execute("SELECT id, name, profile_id FROM source WHERE ?='' OR name=? ORDER BY id", (name, name))
    sources = rows.fetchall()
    if not sources:
        raise UsageError(f"there is no source {name!r} in this archive" if name else "the archive is empty")
    return [_learn(archive, row, title, old, progress or Silent(), keep) for row, title, old in sources]


def _learn(archive: Archive, source: int, name: str, before: int | None, progress: Progress, keep: bool) -> Learned:
    progress.phase("learn", 0)
    learner = Learner()
    for article in _shaped(archive, source):
        learner.add(article)
        progress.advance(1, 0)
    profile = learner.freeze()
    old = archive.db.execute("SELECT sha256 FROM profile WHERE id=?", (before,)).fetchone()
    changed = sum(not still_true(asked, profile) for asked in _asked(archive, source))
    if keep:
        runs.store_profile(archive, source, name, profile.to_bytes(), profile.version, profile.articles, use=True)
    return Learned(name, profile.articles, changed, bool(old) and old[0] == profile.version)


def _shaped(archive: Archive, source: int) -> Iterator[Article]:
    """The source's articles as shaped, unmended, in the order of the import."""
    query = "SELECT id, coalesce(shaped_zst, article_zst) FROM article WHERE +source_id=? AND id>? ORDER BY id LIMIT ?"
    last = 0
    while rows := archive.db.execute(query, (source, last, BATCH)).fetchall():
        for _, data in rows:
            yield from_json(unpack(data))
        last = rows[-1][0]


def _asked(archive: Archive, source: int) -> Iterator[tuple[Asked, ...]]:
    query = "SELECT asked FROM known WHERE source_id=? AND length(asked)>0"
    for (data,) in archive.db.execute(query, (source,)):
        yield msgspec.msgpack.decode(data, type=tuple[Asked, ...])


class Kept:
    """The originals of one source in the archive, read like an export."""

    def __init__(self, archive: Archive, source: int, format_: str) -> None:
        self.archive, self.number, self.source = archive, source, registry.source(format_)
        self.name, self.title, self.spec = self.source.name, self.source.title, self.source.spec

    name: str
    title: str
    spec: SourceSpec

    def recognise(self, path: Path) -> int:
        return 0

    def items(self, path: Path, options: Options) -> Iterator[Item]:
        query = (
            "SELECT a.id, o.record, o.payload_zst FROM article a JOIN original o ON o.article_id=a.id"
            " WHERE +a.source_id=? AND a.id>? ORDER BY a.id LIMIT ?"
        )
        last = 0
        while rows := self.archive.db.execute(query, (self.number, last, BATCH)).fetchall():
            for _, head, payload in rows:
                yield record_of(head, unpack(payload))
            last = rows[-1][0]

    def fields(self, record: Record, options: Options) -> list[Field]:
        return self.source.fields(record, options)


def again(archive: Archive, name: str, progress: Progress | None = None) -> Summary:
    """Make a source's articles again from their originals, with the rules and the profile of now; only what these
    change is changed. Raises `UsageError` if there is no such source."""
    row = archive.db.execute("SELECT id, format, path FROM source WHERE name=?", (name,)).fetchone()
    if row is None:
        raise UsageError(f"there is no source {name!r} in this archive")
    wish = Wish(path=Path(row[2]), name=name, kept=True)
    return run_import(archive, wish, progress, using=Kept(archive, row[0], row[1]))


def profile_of(archive: Archive, name: str) -> Profile:
    """The profile that a source's imports use. Raises `UsageError` if it has none yet."""
    row = archive.db.execute(
        "SELECT p.data FROM source s JOIN profile p ON p.id=s.profile_id WHERE s.name=?", (name,)
    ).fetchone()
    if row is None:
        raise UsageError(f"{name!r} has no profile yet", hint="Import it whole once.")
    return Profile.from_bytes(bytes(row[0]))
