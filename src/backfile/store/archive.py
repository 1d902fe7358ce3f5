"""An archive: a folder with `backfile.toml`, `archive.sqlite3` and `media/`.

Opening one needs no Django: the import reads and writes with the driver. Only a new or older schema
is brought up to date by Django's migrations.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backfile.config import FILE, Config, load
from backfile.errors import ArchiveError

DATABASE = "archive.sqlite3"
MEDIA = "media"
APPLICATION_ID = 0x42464C45
"""Marks the database as an archive of Backfile: `BFLE`."""
SCHEMA = 1
"""The number of the latest migration. A database with a higher one was written by a newer Backfile."""
BUSY_SECONDS = 30


class Archive:
    """An open archive. `db` is the driver's connection in autocommit mode; write inside `transaction()`."""

    def __init__(self, folder: Path, config: Config, db: sqlite3.Connection, *, read_only: bool = False) -> None:
        self.folder, self.config, self.db, self.read_only = folder, config, db, read_only

    @classmethod
    def create(cls, folder: Path) -> Archive:
        """A new archive in `folder`, which may exist if it holds no archive yet. A `backfile.toml` in it is kept."""
        config = load(folder)
        if (folder / DATABASE).exists():
            raise ArchiveError(
                "there is an archive here already", where=str(folder), hint="Import into it, or name another folder."
            )
        try:
            (folder / MEDIA).mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise ArchiveError(f"cannot be created: {problem.strerror}", where=str(folder)) from problem
        _build(folder)
        return cls(folder, config, _connect(folder / DATABASE))

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False) -> Archive:
        """The archive in `folder`. Raises `ArchiveError` that says what is wrong and what to try."""
        config = load(folder)
        database = folder / DATABASE
        if not database.is_file():
            raise ArchiveError(
                "there is no archive in this folder", where=str(folder), hint="`backfile import SOURCE` makes one."
            )
        db = _connect(database, read_only=read_only)
        try:
            version = _schema(db, database)
        except ArchiveError:
            db.close()
            raise
        if version < SCHEMA:
            db.close()
            _upgrade(folder, version, read_only=read_only)
            db = _connect(database, read_only=read_only)
        return cls(folder, config, db, read_only=read_only)

    @classmethod
    def open_or_create(cls, folder: Path) -> Archive:
        return cls.open(folder) if (folder / DATABASE).exists() else cls.create(folder)

    @property
    def media(self) -> Path:
        return self.folder / MEDIA

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    @property
    def toml(self) -> Path:
        return self.folder / FILE

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All or nothing. Waits up to `BUSY_SECONDS` for another writer, then raises `ArchiveError`."""
        with translated(self.database):
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield self.db
            except BaseException:
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                raise
            self.db.execute("COMMIT")

    def close(self) -> None:
        self.db.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@contextmanager
def translated(database: Path) -> Iterator[None]:
    """The driver's errors as `ArchiveError`s that say what to try."""
    try:
        yield
    except sqlite3.Error as problem:
        raise _explained(problem, database) from problem


def _explained(problem: sqlite3.Error, database: Path) -> ArchiveError:
    text, where = str(problem).lower(), str(database)
    if "locked" in text or "busy" in text:
        return ArchiveError(
            f"another program has been writing for {BUSY_SECONDS} seconds",
            where=where,
            hint="Wait for the other import to end, then run the same command again.",
        )
    if "readonly" in text or "read-only" in text:
        return ArchiveError("the archive is read-only", where=where, hint="Check who owns the folder and its files.")
    if "full" in text:
        return ArchiveError(
            "the disk is full",
            where=where,
            hint="Make room, then run the same command again: it goes on where it stopped.",
        )
    if "disk i/o" in text:
        return ArchiveError(
            "the disk failed to read or write", where=where, hint="Check the disk and the space left on it."
        )
    if "unable to open" in text:
        return ArchiveError("the archive cannot be opened", where=where, hint="Check the folder's permissions.")
    if "not a database" in text or "malformed" in text:
        return ArchiveError("this is not an archive, or it is damaged", where=where, hint="Restore it from a backup.")
    return ArchiveError(f"the database says: {problem}", where=where)


def _connect(database: Path, *, read_only: bool = False) -> sqlite3.Connection:
    with translated(database):
        uri = f"{database.absolute().as_uri()}?mode={'ro' if read_only else 'rw'}"
        db = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            db.execute("PRAGMA foreign_keys=OFF")  # the driver's rows are held to the models by a test and by `check`
            db.execute("PRAGMA cache_size=-32000")
            db.execute("PRAGMA temp_store=MEMORY")
            if not read_only:
                db.execute("PRAGMA synchronous=NORMAL")
                db.execute("PRAGMA wal_autocheckpoint=4000")  # 64 MB: what many chunks change is moved once
        except sqlite3.Error:
            db.close()
            raise
        return db


def _schema(db: sqlite3.Connection, database: Path) -> int:
    """The schema's version. Raises if this is no archive, or one of a newer Backfile."""
    with translated(database):
        application = db.execute("PRAGMA application_id").fetchone()[0]
        version = int(db.execute("PRAGMA user_version").fetchone()[0])
    if application != APPLICATION_ID:
        raise ArchiveError("this is not an archive of Backfile", where=str(database), hint="Name another folder.")
    if version > SCHEMA:
        raise ArchiveError(
            f"the archive has schema {version}, this Backfile knows {SCHEMA}",
            where=str(database),
            hint="Use the newer Backfile that wrote it.",
        )
    return version


def _build(folder: Path) -> None:
    """A whole database or none: it is made under another name and then moved into place."""
    from backfile.store.django import migrate

    partial = folder / f".{DATABASE}.{os.getpid()}"
    try:
        with translated(folder / DATABASE):
            _new_file(partial)
            migrate(partial)
            _stamp(partial)
        os.replace(partial, folder / DATABASE)
    except OSError as problem:
        raise ArchiveError(f"cannot be created: {problem.strerror}", where=str(folder)) from problem
    finally:
        for suffix in ("", "-wal", "-shm"):
            partial.with_name(partial.name + suffix).unlink(missing_ok=True)


def _new_file(database: Path) -> None:
    db = sqlite3.connect(database, isolation_level=None)
    try:
        db.execute("PRAGMA page_size=16384")  # pages of articles are 4 KB and more: smaller ones stay half empty
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("VACUUM")
    finally:
        db.close()


def _stamp(database: Path) -> None:
    db = sqlite3.connect(database, isolation_level=None)
    try:
        db.execute(f"PRAGMA application_id={APPLICATION_ID}")
        db.execute(f"PRAGMA user_version={SCHEMA}")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        db.close()


def _upgrade(folder: Path, version: int, *, read_only: bool) -> None:
    from backfile.store.django import migrate

    if read_only:
        raise ArchiveError(
            f"the archive has schema {version} and must be brought to {SCHEMA} first",
            where=str(folder),
            hint="Open it once with a command that writes.",
        )
    with translated(folder / DATABASE):
        migrate(folder / DATABASE)
        _stamp(folder / DATABASE)
