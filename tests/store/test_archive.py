"""An archive: made, opened, refused with clear errors; the columns are the models'."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path

import pytest

from backfile.errors import ArchiveError
from backfile.store import archive as module
from backfile.store.archive import APPLICATION_ID, DATABASE, SCHEMA, Archive
from backfile.store.packing import pack, unpack
from backfile.store.rows import CONTENT, TABLES


@pytest.fixture
def folder(tmp_path: Path, blank: Path) -> Path:
    (tmp_path / DATABASE).write_bytes(blank.read_bytes())
    return tmp_path


def test_a_new_archive_is_a_folder_with_database_and_media(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "neu" / "archiv") as made:
        assert made.media.is_dir()
        assert made.db.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert made.db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    with Archive.open(tmp_path / "neu" / "archiv") as again:
        assert again.db.execute("SELECT count(*) FROM article").fetchone() == (0,)
    assert sorted(p.name for p in (tmp_path / "neu" / "archiv").iterdir()) == [DATABASE, "media"]


def test_an_articles_number_is_the_row_number_of_its_tables(folder: Path) -> None:
    """Else SQLite keeps an index beside each table, and every article is written and looked for twice."""
    with Archive.open(folder) as archive:
        for table in ("article", "known", "original", "ledger", "page"):
            key = next(row for row in archive.db.execute(f"PRAGMA table_info({table})") if row[5])
            assert key[2].lower() == "integer", table
        made = archive.db.execute("SELECT sql FROM sqlite_master WHERE name='topic'").fetchone()[0]
        assert "AUTOINCREMENT" not in made


def test_a_second_archive_in_the_same_folder_is_refused(folder: Path) -> None:
    with pytest.raises(ArchiveError, match="already"):
        Archive.create(folder)


def test_an_empty_folder_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no archive in this folder") as caught:
        Archive.open(tmp_path)
    assert "backfile import" in caught.value.hint


@pytest.mark.parametrize("content", [b"", b"just a text, no database" * 100])
def test_another_file_is_no_archive(tmp_path: Path, content: bytes) -> None:
    (tmp_path / DATABASE).write_bytes(content)
    with pytest.raises(ArchiveError, match="not an archive"):
        Archive.open(tmp_path)


def test_an_archive_of_a_newer_backfile_is_refused(folder: Path) -> None:
    db = sqlite3.connect(folder / DATABASE)
    db.execute(f"PRAGMA user_version={SCHEMA + 1}")
    db.close()
    with pytest.raises(ArchiveError, match="the archive has schema") as caught:
        Archive.open(folder)
    assert caught.value.exit_code == 6


def test_an_older_archive_is_brought_up_to_date(folder: Path) -> None:
    db = sqlite3.connect(folder / DATABASE)
    db.execute("PRAGMA user_version=0")
    db.close()
    with pytest.raises(ArchiveError, match="must be brought"):
        Archive.open(folder, read_only=True)
    with Archive.open(folder) as opened:
        assert opened.db.execute("PRAGMA user_version").fetchone() == (SCHEMA,)


def test_a_locked_archive_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BUSY_SECONDS", 0.05)
    with Archive.open(folder) as one, Archive.open(folder) as other, one.transaction():  # noqa: SIM117
        with pytest.raises(ArchiveError, match="another program has been writing"), other.transaction():
            pass


def test_a_reader_is_served_while_a_writer_writes(folder: Path) -> None:
    with Archive.open(folder) as writer, Archive.open(folder, read_only=True) as reader:
        with writer.transaction() as db:
            db.execute("INSERT INTO source (name, format, title, path) VALUES ('s', 'f', '', '')")
            assert reader.db.execute("SELECT count(*) FROM source").fetchone() == (0,)
        assert reader.db.execute("SELECT count(*) FROM source").fetchone() == (1,)


def test_a_full_disk_says_so_and_loses_nothing(folder: Path) -> None:
    with Archive.open(folder) as archive:
        pages = archive.db.execute("PRAGMA page_count").fetchone()[0]
        archive.db.execute(f"PRAGMA max_page_count={pages + 2}")
        with pytest.raises(ArchiveError, match="disk is full"), archive.transaction() as db:
            db.execute("INSERT INTO source (name, format, title, path) VALUES ('s', 'f', '', ?)", ("x" * 1_000_000,))
        assert archive.db.execute("SELECT count(*) FROM source").fetchone() == (0,)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_says_so(folder: Path) -> None:
    folder.chmod(0o555)
    with pytest.raises(ArchiveError), Archive.open(folder) as archive, archive.transaction() as db:
        db.execute("DELETE FROM source")


def test_writing_to_a_read_only_archive_says_so(folder: Path) -> None:
    with Archive.open(folder, read_only=True) as archive:  # noqa: SIM117
        with pytest.raises(ArchiveError, match="read-only"), archive.transaction() as db:
            db.execute("DELETE FROM source")


def test_an_error_rolls_back_whole(folder: Path) -> None:
    with Archive.open(folder) as archive:
        with pytest.raises(ZeroDivisionError), archive.transaction() as db:  # noqa: PT012
            db.execute("INSERT INTO source (name, format, title, path) VALUES ('s', 'f', '', '')")
            raise ZeroDivisionError
        assert archive.db.execute("SELECT count(*) FROM source").fetchone() == (0,)


def test_the_column_lists_are_the_models(folder: Path) -> None:
    from backfile.store import django

    django.setup(folder)
    from django.apps import apps

    models = {model._meta.db_table: model for model in apps.get_app_config("backfile_store").get_models()}
    for table, columns in TABLES.items():
        fields = [field.column for field in models[table]._meta.local_concrete_fields]
        own_number = {"id"} if table != "article" else set()
        assert set(columns) == set(fields) - own_number, table
        assert len(columns) == len(set(columns))
    assert CONTENT[0] == "state"
    assert CONTENT[-1] == "sha256"


def test_migrations_are_complete_and_numbered_as_the_schema(folder: Path, root: Path) -> None:
    from backfile.store import django

    django.setup(folder)
    from django.core.management import call_command

    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
    files = sorted(p.name for p in (root / "src/backfile/store/migrations").glob("0*.py"))
    assert len(files) == SCHEMA


def test_packing_from_several_threads() -> None:
    found: list[bytes] = []
    threads = [threading.Thread(target=lambda n=n: found.append(unpack(pack(b"x" * n)))) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(len, found)) == list(range(20))
    with pytest.raises(ValueError, match="not a packed value"):
        unpack(b"nonsense")
