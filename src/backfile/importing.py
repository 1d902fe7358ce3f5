"""The import: the first pass learns the profile, the second processes and stores, chunk by chunk.

Every item of the export ends as imported, updated, unchanged, merged, excluded or rejected. Killed at
any moment, the same command goes on after the last chunk that was committed.
"""

from __future__ import annotations

import fcntl
import gc
import os
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol

import msgspec

from backfile import registry
from backfile.config import Config, SourceSection, load
from backfile.engines import Engine, Job, Lesson, Task, engine
from backfile.engines.work import Worker
from backfile.errors import ArchiveError, UsageError
from backfile.profile import Learner
from backfile.record import Item, Options, Record, Source
from backfile.rules_version import rules_version
from backfile.sifting import Chunk, Sieve, chunks, in_order
from backfile.spool import Spool
from backfile.store import runs
from backfile.store.archive import DATABASE, Archive
from backfile.store.writer import Writer

LEARN_AT_LEAST = 2000
"""Items that a limited first import learns from; its profile is used once and replaces nothing."""


class Progress(Protocol):
    """Told how an import goes on. `total` is the export's size in bytes, 0 if unknown."""

    def phase(self, name: str, total: int) -> None:
        """`learn` or `import` begins."""

    def advance(self, records: int, length: int) -> None:
        """So many more records, and bytes of the export, are done."""


class Silent:
    def phase(self, name: str, total: int) -> None:
        pass

    def advance(self, records: int, length: int) -> None:
        pass


class Wish(msgspec.Struct, frozen=True, kw_only=True):
    """What the user asked for. `name` and `format` override `backfile.toml`, `limit` 0 is all, `only` is one key."""

    path: Path
    name: str = ""
    format: str = ""
    limit: int = 0
    only: str = ""
    complete: bool = False
    workers: int = 1
    index: bool = True
    options: Mapping[str, Any] = {}
    """Fields of `backfile.record.Options` that override those of `backfile.toml`."""
    kept: bool = False
    """The records come from the archive's own originals: what it excluded or rejected is not among them."""

    @property
    def whole(self) -> bool:
        return not (self.limit or self.only or self.kept)


class Summary(msgspec.Struct, frozen=True):
    """`counts` is the object of `--json`; `resumed` the items that an earlier, killed run had already stored."""

    run: int
    source: str
    counts: dict[str, Any]
    resumed: int = 0
    learned: bool = False


def run_import(
    archive: Archive, wish: Wish, progress: Progress | None = None, *, using: Source | None = None
) -> Summary:
    """Import an export into an archive. `using` stands in for the recognised source.

    Raises `BackfileError` for what concerns the whole: an unknown format, a locked archive, a full disk.
    """
    if wish.complete and not wish.whole:
        raise UsageError("--complete goes with neither --limit nor --only", hint="Leave one of them out.")
    with _alone(archive), calm():
        job = _Import(archive, wish, progress or Silent(), using)
        try:
            return job.run()
        finally:
            if job.spool:
                job.spool.close()


def dry_run(folder: Path, wish: Wish, progress: Progress | None = None) -> Summary:
    """What `run_import` would do to the archive in `folder`, done on a copy that is then thrown away."""
    present = (folder / DATABASE).exists()
    with tempfile.TemporaryDirectory(dir=folder if present else None, prefix=".dry-run-") as name:
        if present:
            with Archive.open(folder, read_only=True) as original:
                original.db.execute("VACUUM INTO ?", (str(Path(name) / DATABASE),))
        copy = Archive.open_or_create(Path(name))
        with Archive(copy.folder, _absolute(load(folder), folder), copy.db) as archive:
            return run_import(archive, wish, progress)


def _absolute(config: Config, folder: Path) -> Config:
    """The configuration with folders that are found from anywhere."""
    media = {prefix: str((folder / name).resolve()) for prefix, name in config.media.folders.items()}
    sources = tuple(msgspec.structs.replace(s, path=s.path and str((folder / s.path).resolve())) for s in config.source)
    return msgspec.structs.replace(config, media=msgspec.structs.replace(config.media, folders=media), source=sources)


@contextmanager
def _alone(archive: Archive) -> Iterator[None]:
    """One import at a time in an archive; the lock goes with the process, however it ends."""
    with (archive.folder / ".import.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as problem:
            raise ArchiveError(
                "another import is running in this archive", where=str(archive.folder), hint="Wait for it to end."
            ) from problem
        yield


@contextmanager
def calm() -> Iterator[None]:
    """The collector of cycles runs rarely meanwhile: an import makes millions of small values and hardly a cycle."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


class _Import:
    def __init__(self, archive: Archive, wish: Wish, progress: Progress, using: Source | None) -> None:
        self.archive, self.wish, self.progress = archive, wish, progress
        self.section = self._section()
        self.source = using or self._recognise()
        self.options = self._options()
        self.size = tree_size(wish.path)
        self.spool: Spool | None = None
        self.engine: Engine = engine(wish.workers) if using is None else _inline(using)

    def _section(self) -> SourceSection:
        return self.archive.config.source_for(self.wish.path, self.archive.folder, self.wish.name)

    def _recognise(self) -> Source:
        name = self.wish.format or self.section.format
        return registry.source(name) if name else registry.recognise(self.wish.path)

    def _options(self) -> Options:
        options = self.archive.config.options(self.section)
        given = {**self.wish.options, "source": self.wish.name}
        return msgspec.structs.replace(options, **{name: value for name, value in given.items() if value})

    # -- the run -----------------------------------------------------------------------------------

    def run(self) -> Summary:
        started = perf_counter()
        name = self._name()
        self.options = msgspec.structs.replace(self.options, source=name)
        config = self.archive.config
        off = tuple(sorted(config.rules.off))
        rules = rules_version(self.source.name, self.options, off, config.media)
        source, profile = runs.source_row(self.archive, name, self.source.name, str(self.wish.path))
        fingerprint = self._fingerprint(rules, profile)
        found = runs.resumable(self.archive, source, fingerprint)
        learned = False
        if found:
            run, profile, done = found
        else:
            if profile is None:
                profile, learned = self._learn(source, name), True
                fingerprint = self._fingerprint(rules, profile if self.wish.whole else None)
            run, done = self._begin(source, fingerprint, rules, profile), 0
        assert profile is not None
        job = Job(
            format=self.source.name,
            options=self.options,
            profile=runs.profile_data(self.archive, profile),
            off=off,
            archive=str(self.archive.folder.resolve()),
            media=config.media,
            index=self.wish.index,
        )
        self._second_pass(job, source, run, rules, profile, done)
        counts = runs.finish(
            self.archive,
            run,
            source,
            whole=self.wish.whole,
            complete=self.wish.complete,
            seconds=perf_counter() - started,
        )
        return Summary(run, name, counts, done, learned)

    def _begin(self, source: int, fingerprint: str, rules: str, profile: int) -> int:
        return runs.begin(
            self.archive,
            source=source,
            path=str(self.wish.path),
            fingerprint=fingerprint,
            rules=rules,
            profile=profile,
            complete=self.wish.complete,
        )

    def _name(self) -> str:
        """What the source is called: as the user says, as the export says of itself, or as its file is called."""
        if self.options.source:
            return self.options.source
        first = next(iter(self.source.items(self.wish.path, self.options)), None)
        return (first.source if first else "") or self.wish.path.resolve().stem

    def _fingerprint(self, rules: str, profile: int | None) -> str:
        wish = self.wish
        what = (str(wish.path.resolve()), wish.limit, wish.only, wish.complete, wish.index, rules, profile)
        return sha256(msgspec.json.encode(what) + _stamp(wish.path)).hexdigest()

    def _items(self) -> Iterator[Item]:
        items: Iterator[Item] = self.source.items(self.wish.path, self.options)
        if self.wish.only:
            items = (item for item in items if item.key == self.wish.only)
        return islice(items, self.wish.limit) if self.wish.limit else items

    # -- the first pass ----------------------------------------------------------------------------

    def _learn(self, source: int, name: str) -> int:
        items = self.source.items(self.wish.path, self.options)
        if not self.wish.whole:
            items = islice(items, max(self.wish.limit, LEARN_AT_LEAST))
        self.progress.phase("learn", self.size)
        self.spool = Spool(self.archive.folder) if self.wish.whole else None
        learner = Learner()
        pending: deque[list[Item]] = deque()
        for lessons in self.engine.shape(Job(self.source.name, self.options), self._batches(items, pending)):
            for lesson in lessons:
                if lesson:
                    learner.add(lesson.article)
            self._keep(pending.popleft(), lessons)
        profile = learner.freeze()
        return runs.store_profile(
            self.archive, source, name, profile.to_bytes(), profile.version, profile.articles, use=self.wish.whole
        )

    def _batches(self, items: Iterable[Item], pending: deque[list[Item]]) -> Iterator[list[Task]]:
        for chunk in chunks(items, self.archive.config.limits.chunk):
            self.progress.advance(len(chunk), sum(item.origin.length for item in chunk))
            pending.append(chunk)
            yield [Task(item) for item in chunk if isinstance(item, Record)]

    def _keep(self, chunk: list[Item], lessons: list[Lesson | None]) -> None:
        if self.spool:
            each = iter(lessons)
            found = [next(each) if isinstance(item, Record) else None for item in chunk]
            self.spool.add(chunk, [lesson.shaped if lesson else b"" for lesson in found])

    # -- the second pass ---------------------------------------------------------------------------

    def _second_pass(self, job: Job, source: int, run: int, rules: str, profile: int, done: int) -> None:
        self.progress.phase("import", self.size)
        worker = Worker(job, self.source)
        writer = Writer(
            self.archive, source=source, run=run, rules=rules, profile=profile, process=worker.process_record
        )
        sieve = Sieve(self.archive, source, rules, profile, worker.profile)
        pending: deque[Chunk] = deque()

        def batches() -> Iterator[list[Task]]:
            for chunk in self._sifted(sieve, done):
                pending.append(chunk)
                yield chunk.todo

        for results in self.engine.process(job, batches()):
            chunk = pending.popleft()
            writer.write(chunk.first, in_order(chunk, results))
            self.progress.advance(len(chunk.items), chunk.length)

    def _sifted(self, sieve: Sieve, done: int) -> Iterator[Chunk]:
        first = 1
        for items, shaped in self._read():
            if first > done:
                yield sieve.sift(first, items, shaped)
            else:
                self.progress.advance(len(items), sum(item.origin.length for item in items))
            first += len(items)

    def _read(self) -> Iterator[tuple[list[Item], Sequence[bytes]]]:
        """The export in chunks, with the shapes that the first pass made, if there was one."""
        if self.spool and self.spool.whole:
            yield from self.spool.chunks()
            return
        for chunk in chunks(self._items(), self.archive.config.limits.chunk):
            yield chunk, ()


def _inline(source: Source) -> Engine:
    from backfile.engines.inline import Inline

    return Inline(source)


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
    for folder, names, files in os.walk(path):
        names.sort()
        yield from (Path(folder, name) for name in sorted(files))


def tree_size(path: Path) -> int:
    """Bytes of a file, or of all files of a folder."""
    return sum(file.lstat().st_size for file in _files(path))


def _stamp(path: Path) -> bytes:
    """Changes when any file of the export does."""
    digest = sha256()
    for file in _files(path):
        stat = file.lstat()
        digest.update(f"{file}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode("utf-8", "surrogatepass"))
    return digest.digest()
