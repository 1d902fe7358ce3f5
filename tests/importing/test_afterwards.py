"""After an import: the archive is proved again, rejects are retried, a new profile is learned."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backfile import checking, learning, rejects
from backfile.errors import UsageError
from backfile.importing import Wish, run_import
from backfile.record import Field, Options, Record
from backfile.sources.jsonl import SOURCE as JSONL
from backfile.sources.jsonl import JsonLines
from backfile.store.archive import Archive
from backfile.store.packing import pack, unpack

Export = Callable[..., Path]


def piece(key: int, body: str = "") -> dict[str, Any]:
    text = body or f"<p>Bericht {key} aus dem Tal.</p><p>Mit zwei Absätzen &amp;amp; einem Fehler.</p>"
    return {"id": str(key), "title": f"Bericht {key}", "date": "2014-05-03 10:00", "body": text}


@pytest.fixture
def filled(archive: Archive, export: Export, tmp_path: Path) -> Archive:
    path = export(tmp_path / "e.jsonl", piece(1), '{"id": "2", ', piece(3))
    run_import(archive, Wish(path=path, format="jsonl", name="s"))
    return archive


def change(archive: Archive, query: str, *values: Any) -> None:
    with archive.transaction() as db:
        db.execute(query, values)


def test_an_untouched_archive_is_proved_again(filled: Archive) -> None:
    checked = checking.check(filled)
    assert checked.good
    assert (checked.articles, checked.proved, checked.findings) == (2, 2, [])


def test_a_lost_sentence_is_found(filled: Archive) -> None:
    page = filled.db.execute("SELECT body FROM page WHERE article_id=1").fetchone()[0]
    change(filled, "UPDATE page SET body=? WHERE article_id=1", page.replace("aus dem Tal", ""))
    checked = checking.check(filled)
    assert not checked.good
    assert (checked.public_failed, checked.differing) == (1, 1)
    assert checked.findings[0].problems[0].kind == "page"


@pytest.mark.parametrize(
    ("query", "value"),
    [
        ("UPDATE article SET article_zst=? WHERE id=1", b"damaged"),
        ("UPDATE article SET article_zst=? WHERE id=1", pack(b"{}")),
        ("UPDATE original SET payload_zst=? WHERE article_id=1", pack(b"{}")),
        ("UPDATE original SET record=? WHERE article_id=1", "{"),
        ("UPDATE page SET path=? WHERE article_id=1", "/elsewhere"),
        ("DELETE FROM original WHERE article_id=1 AND ''<>?", "x"),
        ("DELETE FROM known WHERE article_id=1 AND ''<>?", "x"),
        ("UPDATE page SET revision=revision+? WHERE article_id=1", 1),
        ("INSERT INTO redirect (old, host, article_id) VALUES ('/a', '', ?)", 99),
        ("""UPDATE run SET counts='{"records": 7}' WHERE 0<?""", 1),
    ],
)
def test_damage_anywhere_is_found_and_never_a_traceback(filled: Archive, query: str, value: Any) -> None:
    change(filled, query, value)
    assert not checking.check(filled).good


def test_an_honest_hold_is_no_failure(filled: Archive) -> None:
    change(filled, "UPDATE original SET payload_zst=? WHERE article_id=1", pack(b"{}"))
    change(filled, "UPDATE article SET state='held' WHERE id=1")
    change(filled, "UPDATE known SET state='held', verdict='failed' WHERE article_id=1")
    checked = checking.check(filled)
    assert (checked.failed, checked.good) == (1, True)


def test_rejects_are_listed_and_shown(filled: Archive) -> None:
    (one,) = rejects.listed(filled)
    assert one.where == "e.jsonl, byte " + str(one.offset)
    assert one.offset > 0
    assert rejects.show(filled, one.number).payload.strip() == b'{"id": "2",'
    with pytest.raises(UsageError):
        rejects.show(filled, 99)


def test_a_reject_mended_in_the_export_is_read_on_retry(filled: Archive, tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    assert rejects.retry(filled) == rejects.Retried(1, 0, 1)
    assert len(rejects.listed(filled)) == 1
    mended = path.read_text(encoding="utf-8").replace(
        '{"id": "2", \n', '{"id": "2", "title": "Zwei", "body": "Doch"}\n'
    )
    path.write_text(mended, encoding="utf-8")
    assert rejects.retry(filled) == rejects.Retried(1, 1, 0)
    assert rejects.listed(filled) == []
    assert len(rejects.listed(filled, resolved=True)) == 1
    assert filled.db.execute("SELECT headline FROM article WHERE key='2'").fetchone() == ("Zwei",)
    assert checking.check(filled).good


def test_a_retry_says_when_the_export_is_gone(filled: Archive, tmp_path: Path) -> None:
    (tmp_path / "e.jsonl").unlink()
    assert rejects.retry(filled) == rejects.Retried(1, 0, 1, (str(tmp_path / "e.jsonl"),))


class Breaking(JsonLines):
    """Fails on one record, as a defect would."""

    def fields(self, record: Record, options: Options) -> list[Field]:
        if record.key == "1":
            raise RuntimeError("defect")
        return JSONL.fields(record, options)


def test_a_record_that_failed_is_processed_again_without_its_export(
    archive: Archive, export: Export, tmp_path: Path
) -> None:
    path = export(tmp_path / "e.jsonl", piece(1), piece(2))
    run_import(archive, Wish(path=path, name="s"), using=Breaking())
    path.unlink()
    assert rejects.retry(archive, (1,)) == rejects.Retried(1, 1, 0)
    assert archive.db.execute("SELECT count(*) FROM article").fetchone() == (2,)


def test_a_new_profile_says_what_it_would_change(filled: Archive, export: Export, tmp_path: Path) -> None:
    (learned,) = learning.learn(filled)
    assert learned == learning.Learned("s", 2, 0, True)
    run_import(filled, Wish(path=export(tmp_path / "f.jsonl", *map(piece, range(10, 30))), format="jsonl", name="s"))
    (learned,) = learning.learn(filled, "s")
    assert (learned.articles, learned.same) == (22, False)
    assert learning.profile_of(filled, "s").articles == 22
    counts = learning.again(filled, "s").counts
    assert counts["records"] == 22
    assert counts["unchanged"] + counts["updated"] == 22
    with pytest.raises(UsageError):
        learning.learn(filled, "nobody")


def test_the_archive_is_made_again_from_its_originals(filled: Archive, tmp_path: Path) -> None:
    (tmp_path / "e.jsonl").unlink()
    (filled.folder / "backfile.toml").write_text('[rules]\noff = ["visible-entity"]\n')
    with Archive.open(filled.folder) as changed:
        counts = learning.again(changed, "s").counts
    assert counts["updated"] == 2
    assert len(rejects.listed(filled)) == 1, "what was rejected is not resolved by this"
    text = unpack(filled.db.execute("SELECT article_zst FROM article WHERE id=1").fetchone()[0]).decode()
    assert "&amp; einem" in text
    assert checking.check(filled).good
