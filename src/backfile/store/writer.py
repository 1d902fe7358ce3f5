"""The one writer: puts a chunk of results into the archive, whole or not at all, with its marker.

Row numbers follow the order of the export, so that an import that was killed and resumed gives the
same rows as one that was not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from time import process_time
from typing import Any

import msgspec

from backfile.pipeline import MediaUse
from backfile.record import Excluded, Record, Reject
from backfile.store import rows, search
from backfile.store.archive import Archive
from backfile.store.aside import Aside
from backfile.store.identity import Decision, Entry, decide
from backfile.store.known import entries, select_in
from backfile.store.paths import other_path
from backfile.store.rows import Failed, Packed
from backfile.store.statements import UPDATE, insert

DUPLICATE_KEY = (
    "duplicate-key",
    "shown",
    "open",
    "",
    0,
    0,
    "",
    "",
    "",
    "another article of the export has the same key",
)


class Unchanged(msgspec.Struct, frozen=True):
    """A record that the archive has, with the same rules and answers: nothing was processed."""

    record: Record
    sha: bytes


Result = Packed | Unchanged | Failed | Reject | Excluded


class Writer:
    """Writes the chunks of one run. `process` turns a record into a result where one is needed after all."""

    def __init__(
        self,
        archive: Archive,
        *,
        source: int,
        run: int,
        rules: str,
        profile: int | None,
        process: Callable[[Record, bytes], Packed | Failed],
    ) -> None:
        self.archive, self.db = archive, archive.db
        self.source, self.run, self.rules, self.profile = source, run, rules, profile
        self.process = process
        self.aside = Aside(self.db, source, run)
        self.counts: Counter[str] = Counter()
        self._buffer: dict[str, list[Sequence[Any]]] = defaultdict(list)
        self._entries: dict[str, list[Entry]] = {}
        self._fresh: set[int] = set()
        """Articles of which rows wait in the buffer."""
        self._paths: set[str] = set()
        self._article = self._change = 0

    # -- a chunk -----------------------------------------------------------------------------------

    def write(self, first: int, results: Sequence[Result]) -> Counter[str]:
        """Commit the results of items `first`, `first + 1`, ... and the chunk's marker. Returns what was counted."""
        started = process_time()
        with self.archive.transaction():
            self._begin(results)
            for result in results:
                self._one(result)
            self._flush()
            marker = (self.run, first, first + len(results) - 1, msgspec.json.encode(self.counts).decode())
            self.db.execute(
                'INSERT INTO chunk (run_id, "first", "last", counts, seconds) VALUES (?,?,?,?,?)',
                (*marker, process_time() - started),
            )
        return self.counts

    def _begin(self, results: Sequence[Result]) -> None:
        self.counts = Counter()
        self._buffer.clear()
        self._fresh.clear()
        keys = [key for result in results if (key := _key(result)) is not None]
        self._entries = entries(self.db, self.source, keys)
        wanted = [result.path for result in results if isinstance(result, Packed)]
        self._paths = {row[0] for row in select_in(self.db, "SELECT path FROM article WHERE path IN (%s)", wanted)}
        top = self.db.execute("SELECT coalesce(max(id), 0) FROM article").fetchone()
        self._article = top[0]
        self._change = self.db.execute("SELECT coalesce(max(change), 0) FROM article").fetchone()[0]

    def _one(self, result: Result) -> None:
        if isinstance(result, Packed):
            self._packed(result)
        elif isinstance(result, Unchanged):
            self._unchanged(result)
        elif isinstance(result, Excluded):
            self.aside.exclude(result)
            self.counts["excluded"] += 1
            self.counts[f"excluded:{result.rule}"] += 1
        else:
            self.aside.reject(result)
            self.counts["rejected"] += 1

    def _flush(self) -> None:
        for table, waiting in self._buffer.items():
            if waiting:
                self.db.executemany(insert(table), waiting)
                waiting.clear()
        self._fresh.clear()

    # -- records -----------------------------------------------------------------------------------

    def _unchanged(self, result: Unchanged) -> None:
        decision = decide(self._entries.get(result.record.key, ()), result.sha, "", b"", self.run)
        if decision.action in ("same", "again", "known"):
            self._met_before(decision)
        else:  # another record of this key, in a chunk written meanwhile, has changed the article
            self._one(self.process(result.record, result.sha))

    def _met_before(self, decision: Decision) -> None:
        entry = decision.entry
        assert entry is not None
        if decision.action == "same":
            self.counts["unchanged"] += 1
            self._see(entry)
        else:
            self.counts["merged"] += 1

    def _see(self, entry: Entry) -> None:
        entry.seen, entry.rules, entry.profile = self.run, self.rules, self.profile
        self.db.execute(
            "UPDATE known SET seen_id=?, rules=?, profile_id=?, removed_id=NULL WHERE article_id=?",
            (self.run, self.rules, self.profile, entry.article),
        )

    def _packed(self, new: Packed) -> None:
        known = self._entries.setdefault(new.key, [])
        decision = decide(known, new.record_sha256, new.modified, new.title, self.run)
        entry = decision.entry
        if entry is None:
            known.append(self._insert(new, new.record_sha256.hex()[:12] if decision.action == "twin" else ""))
        elif decision.action == "same" and entry.result != new.result:
            self._update(entry, new, "rules")
        elif decision.action in ("same", "again", "known"):
            self._met_before(decision)
        elif decision.action == "older":
            self._merge(entry, new)
        else:
            self._update(entry, new, "merged" if decision.action == "newer" else "updated")

    def _insert(self, new: Packed, fingerprint: str) -> Entry:
        self._article += 1
        self._change += 1
        number = self._article
        self._fresh.add(number)
        if fingerprint:
            new = _flagged(new)
            self.counts["twins"] += 1
        path = self._path(new, fingerprint)
        head = (number, self.source, new.key, fingerprint, path)
        self._buffer["article"].append((*head, *new.content, 1, self._change, 0, 0))
        self._buffer["known"].append(self._known(number, fingerprint, new))
        self._children(number, new)
        self._page(number, path, new, 1)
        self.counts["imported"] += 1
        return self._entry(number, fingerprint, new)

    def _update(self, entry: Entry, new: Packed, kind: str) -> None:
        """The article becomes `new`; what it was is kept as a revision. A hand-corrected article stays as it is."""
        self._settle(entry.article)
        if entry.fingerprint:
            new = _flagged(new)
        number = entry.article
        revision, path, edited = self.db.execute(
            "SELECT revision, path, edited FROM article WHERE id=?", (number,)
        ).fetchone()
        if edited:
            self._revise(number, 0, "incoming", new)
        else:
            self._keep(number, kind, revision)
            self._replace(number, new, path, revision + 1)
        self.db.execute("DELETE FROM known WHERE article_id=?", (number,))
        self._buffer["known"].append(self._known(number, entry.fingerprint, new))
        self._fresh.add(number)
        self._remember(entry, new, kind)
        self.counts["merged" if kind == "merged" else "updated"] += 1

    def _replace(self, number: int, new: Packed, path: str, revision: int) -> None:
        self._change += 1
        self.db.execute(UPDATE, (*new.content, revision, self._change, number))
        for table in ("author", "topic", "fault", "media_use", "original", "ledger", "page"):
            self.db.execute(f"DELETE FROM {table} WHERE article_id=?", (number,))  # noqa: S608 - a fixed list
        self._children(number, new)
        self._page(number, path, new, revision)

    def _remember(self, entry: Entry, new: Packed, kind: str) -> None:
        if kind == "merged":
            entry.merged |= {entry.sha}
        fresh = self._entry(entry.article, entry.fingerprint, new)
        for field in ("sha", "modified", "title", "result", "rules", "profile", "seen"):
            setattr(entry, field, getattr(fresh, field))

    def _merge(self, entry: Entry, new: Packed) -> None:
        """An older version of an article: kept as a revision that never was the article."""
        self._settle(entry.article)
        self._revise(entry.article, 0, "merged", new)
        entry.merged |= {new.record_sha256}
        if entry.seen != self.run:
            self._see(entry)
        self.counts["merged"] += 1

    # -- rows --------------------------------------------------------------------------------------

    def _children(self, number: int, new: Packed) -> None:
        buffer = self._buffer
        buffer["original"].append((number, new.record, new.payload_zst, new.length, new.payload_sha256))
        if new.account_zst or new.ops_zst:
            buffer["ledger"].append((number, new.account_zst, new.ops_zst))
        for table, found in (("author", new.authors), ("topic", new.topics), ("fault", new.faults)):
            if found:
                buffer[table].extend((number, *row) for row in found)
        for use in new.media:
            buffer["media_use"].append((number, use.url, self._media(use)))
        if new.old:
            self._redirects(number, new.old)

    def _page(self, number: int, path: str, new: Packed, revision: int) -> None:
        self._buffer["page"].append((number, path, new.body, revision))
        if new.words is not None:
            self._buffer["search"].append((search.row_number(number, revision), *new.words))

    def _known(self, number: int, fingerprint: str, new: Packed) -> Sequence[Any]:
        return (
            number, self.source, new.key, fingerprint, new.record_sha256, new.modified, new.title, new.result,
            self.rules, self.profile, new.asked, new.verdict, new.problems, new.state, new.undated, new.unmapped,
            new.mended, new.open, new.milliseconds, self.run, None,
        )  # fmt: skip

    def _entry(self, number: int, fingerprint: str, new: Packed) -> Entry:
        return Entry(
            number,
            fingerprint,
            new.record_sha256,
            new.modified,
            new.title,
            new.result,
            self.rules,
            self.profile,
            self.run,
        )

    def _path(self, new: Packed, fingerprint: str) -> str:
        path = new.path
        if path in self._paths or fingerprint:
            path = other_path(path, str(self.source), new.key, fingerprint)
        self._paths.add(path)
        return path

    def _media(self, use: MediaUse) -> int | None:
        if not use.file:
            return None
        found = self.db.execute("SELECT id FROM media WHERE file=?", (use.file,)).fetchone()
        if found:
            return int(found[0])
        row = (use.file, use.type, use.length, use.width, use.height)
        return self.db.execute(insert("media"), row).lastrowid

    def _redirects(self, number: int, old: Iterable[tuple[str, str]]) -> None:
        present: set[tuple[str, str]] = set()
        if number not in self._fresh:
            present = set(self.db.execute("SELECT host, old FROM redirect WHERE article_id=?", (number,)))
        self._buffer["redirect"].extend((path, host, number) for host, path in old if (host, path) not in present)

    def _settle(self, number: int) -> None:
        """Write what waits if it concerns this article: it is about to be read or changed."""
        if number in self._fresh:
            self._flush()

    def _keep(self, number: int, kind: str, revision: int) -> None:
        """The article as it is becomes a revision."""
        self.db.execute(
            f"INSERT INTO revision ({','.join(rows.REVISION)})"  # noqa: S608 - our own column names
            " SELECT a.id, ?, ?, k.seen_id, o.record, o.payload_zst, k.record_sha256, a.article_zst, p.body"
            " FROM article a JOIN known k ON k.article_id=a.id JOIN original o ON o.article_id=a.id"
            " JOIN page p ON p.article_id=a.id WHERE a.id=?",
            (revision, kind, number),
        )

    def _revise(self, number: int, revision: int, kind: str, new: Packed) -> None:
        row = (
            number,
            revision,
            kind,
            self.run,
            new.record,
            new.payload_zst,
            new.record_sha256,
            new.article_zst,
            new.body,
        )
        self.db.execute(insert("revision"), row)


def now() -> str:
    """The clock, as Django keeps it in SQLite."""
    return datetime.now(UTC).replace(tzinfo=None).isoformat(" ")


def _key(result: Result) -> str | None:
    if isinstance(result, Packed):
        return result.key
    return result.record.key if isinstance(result, Unchanged) else None


def _flagged(new: Packed) -> Packed:
    """A twin says so: its desk should look at both."""
    state = "flagged" if new.state == "clean" else new.state
    return msgspec.structs.replace(
        new, faults=(*new.faults, DUPLICATE_KEY), open=new.open + 1, state=state, facts=(state, *new.facts[1:])
    )
