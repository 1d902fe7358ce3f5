"""`backfile check` finds what was tampered with, wherever in the archive."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from backfile.store.packing import pack, unpack


def test_an_archive_as_imported_is_good(backfile, imported: Path) -> None:
    said = backfile("check", "--archive", imported)
    assert (said.code, said.lines[-1]) == (0, "good")
    found = json.loads(backfile("check", "--json", "--archive", imported).out)
    assert (found["good"], found["articles"], found["proved"]) == (True, 5, 5)


def changed(column: str, before: bytes, after: bytes) -> Callable[[sqlite3.Connection], None]:
    """Changes one compressed value of the article 00123."""
    table, name = column.split(".")
    key = "id" if table == "article" else "article_id"

    def tamper(db: sqlite3.Connection) -> None:
        old = db.execute(f"SELECT {name} FROM {table} WHERE {key}=1").fetchone()[0]
        new = unpack(old).replace(before, after)
        assert new != unpack(old)
        db.execute(f"UPDATE {table} SET {name}=? WHERE {key}=1", (pack(new),))

    return tamper


def done(*statements: str) -> Callable[[sqlite3.Connection], None]:
    def tamper(db: sqlite3.Connection) -> None:
        for statement in statements:
            assert db.execute(statement).rowcount > 0

    return tamper


BAND = b"Band"
TAMPERED = {
    "a word of the article": changed("article.article_zst", BAND, b"Bund"),
    "a sentence taken out": changed("article.article_zst", "Rund fünfhundert Menschen kamen.".encode(), b""),
    "a word of the original": changed("original.payload_zst", BAND, b"Bund"),
    "a word of the page": done("UPDATE page SET body=replace(body, 'Band', 'Bund') WHERE article_id=1"),
    "a paragraph added to the page": done("UPDATE page SET body=body || '<p>Werbung</p>' WHERE article_id=1"),
    "a script in the page": done("UPDATE page SET body=body || '<p>Werbung<script>x</script></p>' WHERE article_id=1"),
    "the page's address": done("UPDATE page SET path='/elsewhere' WHERE article_id=1"),
    "no page": done("DELETE FROM page WHERE article_id=1"),
    "no original": done("DELETE FROM original WHERE article_id=1"),
    "the ledger": done("DELETE FROM ledger WHERE article_id=1"),
    "a verdict": done("UPDATE known SET verdict='failed' WHERE article_id=1"),
    "damaged bytes": done("UPDATE article SET article_zst=x'28b52ffd00' WHERE id=1"),
    "damaged original": done("UPDATE original SET payload_zst=x'00' WHERE article_id=1"),
    "counts of a run": done("""UPDATE run SET counts=replace(counts, '"imported":5', '"imported":4')"""),
    "a forgotten record": done("DELETE FROM known WHERE article_id=1"),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_tampering_is_found(backfile, archive: Path, what: str) -> None:
    db = sqlite3.connect(archive / "archive.sqlite3", isolation_level=None)
    TAMPERED[what](db)
    db.close()
    said = backfile("check", "--archive", archive)
    assert said.code == 1, what
    assert said.lines[-1] == "not good"
    assert "Traceback" not in said.err
    assert json.loads(backfile("check", "--json", "--archive", archive).out)["good"] is False


def test_a_held_article_is_honest(backfile, archive: Path) -> None:
    """Held because its proof failed, and it fails still: nobody is shown anything wrong."""
    db = sqlite3.connect(archive / "archive.sqlite3", isolation_level=None)
    TAMPERED["a word of the page"](db)
    db.execute("UPDATE known SET verdict='failed', state='held' WHERE article_id=1")
    db.execute("UPDATE article SET state='held' WHERE id=1")
    db.close()
    assert backfile("check", "--archive", archive).code == 0


def test_witness(backfile, imported: Path, tmp_path: Path) -> None:
    known = tmp_path / "known.txt"
    known.write_text("https://alt.seebote.example/artikel/123.html\nhttps://alt.seebote.example/artikel/124.html\n")
    said = backfile("check", "--witness", known, "--archive", imported)
    assert (said.code, "2 of 2 addresses are answered" in said.out) == (0, True)
    known.write_text("https://alt.seebote.example/artikel/123.html\nhttps://alt.seebote.example/artikel/999.html\n")
    said = backfile("check", "--witness", known, "--archive", imported)
    assert said.code == 1
    assert "artikel/999.html" in said.out
    assert backfile("check", "--witness", tmp_path / "none", "--archive", imported).code == 4
