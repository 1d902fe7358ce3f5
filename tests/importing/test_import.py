"""An import: every record is accounted for, a second run changes nothing, changes update, duplicates are kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from backfile.article import from_json
from backfile.errors import ArchiveError, UsageError
from backfile.importing import Summary, Wish, dry_run, run_import
from backfile.record import Excluded, Field, Item, Options, Record
from backfile.sources.jsonl import SOURCE as JSONL
from backfile.store.archive import Archive
from backfile.store.packing import unpack
from backfile.store.runs import OUTCOMES

Export = Callable[..., Path]


def piece(key: int | str, title: str = "", body: str = "", **more: Any) -> dict[str, Any]:
    text = body or f"<p>Der Bericht Nummer {key} aus dem Tal, mit Käse und Brot.</p><p>Er hat zwei Absätze.</p>"
    return {"id": str(key), "title": title or f"Bericht {key}", "date": "2014-05-03 10:00", "body": text, **more}


def run(archive: Archive, path: Path, **wish: Any) -> dict[str, Any]:
    counts = run_import(archive, Wish(path=path, format="jsonl", name="seebote", **wish)).counts
    assert counts["records"] == sum(counts[name] for name in OUTCOMES)
    return counts


def outcome(counts: dict[str, Any]) -> dict[str, int]:
    return {name: counts[name] for name in OUTCOMES if counts[name]}


def article(archive: Archive, key: str) -> Any:
    row = archive.db.execute("SELECT article_zst FROM article WHERE key=? ORDER BY id", (key,)).fetchone()
    return from_json(unpack(row[0]))


def count(archive: Archive, table: str, where: str = "1") -> int:
    return int(archive.db.execute(f"SELECT count(*) FROM {table} WHERE {where}").fetchone()[0])


def test_every_record_is_accounted_for(archive: Archive, export: Export, tmp_path: Path) -> None:
    path = export(tmp_path / "e.jsonl", piece(1), piece(2), '{"id": "3", "title": ', piece("00123"))
    counts = run(archive, path)
    assert outcome(counts) == {"imported": 3, "rejected": 1}
    assert sum(counts["verdicts"].values()) == 3
    assert counts["verdicts"]["proved"] == 3
    assert count(archive, "article", "key='00123'") == 1
    assert count(archive, "reject", "reason<>'' AND state='open'") == 1
    assert count(archive, "original") == count(archive, "page") == count(archive, "known") == 3
    assert set(counts) == {
        "records", *OUTCOMES, "held", "withheld", "undated", "verdicts", "faults", "seconds",
    }  # fmt: skip


def test_a_second_run_changes_nothing_and_says_so(
    archive: Archive, export: Export, tmp_path: Path, all_rows: Callable[[Path], Any]
) -> None:
    path = export(tmp_path / "e.jsonl", piece(1), "not json", piece(2), piece(2), piece(3, modified="2014-05-04"))
    run(archive, path)
    before = all_rows(archive.database)
    counts = run(archive, path)
    after = all_rows(archive.database)
    assert outcome(counts) == {"unchanged": 3, "merged": 1, "rejected": 1}
    for table in ("article", "page", "original", "ledger", "fault", "redirect", "revision", "profile", "author"):
        assert after[table] == before[table], table
    assert count(archive, "reject") == 1
    assert counts["verdicts"] == {"proved": 3, "failed": 0, "not_checked": 0}


def test_a_changed_record_updates_its_article_even_under_a_new_headline(
    archive: Archive, export: Export, tmp_path: Path
) -> None:
    run(archive, export(tmp_path / "e.jsonl", piece(1, "Der erste Titel"), piece(2)))
    path = archive.db.execute("SELECT path FROM article WHERE key='1'").fetchone()
    counts = run(archive, export(tmp_path / "e.jsonl", piece(1, "Der bessere Titel"), piece(2)))
    assert outcome(counts) == {"updated": 1, "unchanged": 1}
    assert article(archive, "1").headline.text == "Der bessere Titel"
    assert archive.db.execute("SELECT path, revision FROM article WHERE key='1'").fetchone() == (*path, 2)
    assert count(archive, "page", "revision=2 AND article_id=1") == 1
    kept = archive.db.execute("SELECT kind, number, article_zst FROM revision").fetchall()
    assert [(kind, number) for kind, number, _ in kept] == [("updated", 1)]
    assert from_json(unpack(kept[0][2])).headline.text == "Der erste Titel"


def test_the_newest_modification_of_a_key_wins_whatever_the_order(
    archive: Archive, export: Export, tmp_path: Path
) -> None:
    old = piece(1, body="<p>Die alte Fassung.</p>", modified="2014-05-03 11:00")
    new = piece(1, body="<p>Die neue Fassung.</p>", modified="2014-05-03 12:00")
    for order in ((old, new), (new, old), (old, new, old)):
        counts = run(archive, export(tmp_path / "e.jsonl", *order))
        assert article(archive, "1").blocks[0].text.text == "Die neue Fassung."
        assert counts["merged"] == len(order) - 1
    assert count(archive, "article") == 1
    assert count(archive, "revision", "kind='merged'") == 1


@pytest.mark.parametrize("chunk", [1, 2, 500])
def test_two_articles_under_one_key_are_both_kept_and_reported(
    archive: Archive, export: Export, tmp_path: Path, chunk: int
) -> None:
    (archive.folder / "backfile.toml").write_text(f"[limits]\nchunk = {chunk}\n")
    archive = Archive.open(archive.folder)
    same = (piece(1, "Der Hund"), piece(1, "Die Katze"))
    counts = run(archive, export(tmp_path / "e.jsonl", *same))
    assert outcome(counts) == {"imported": 2}
    assert [row[0] for row in archive.db.execute("SELECT headline FROM article ORDER BY id")] == [
        "Der Hund",
        "Die Katze",
    ]
    assert count(archive, "article", "fingerprint<>''") == 1
    assert count(archive, "fault", "name='duplicate-key' AND state='open'") == 1
    assert outcome(run(archive, tmp_path / "e.jsonl")) == {"unchanged": 2}
    changed = (piece(1, "Der Hund"), piece(1, "Die Katze", body="<p>Neu.</p>"))
    assert outcome(run(archive, export(tmp_path / "e.jsonl", *changed))) == {"updated": 1, "unchanged": 1}
    assert count(archive, "article") == 2
    archive.close()


def test_ten_articles_of_one_title_and_date_are_ten(archive: Archive, export: Export, tmp_path: Path) -> None:
    path = export(tmp_path / "e.jsonl", *(piece(n, "In Kürze") for n in range(10)))
    assert outcome(run(archive, path)) == {"imported": 10}
    assert count(archive, "(SELECT DISTINCT path FROM article)") == 10


def test_removed_records_are_reported_only_on_request(archive: Archive, export: Export, tmp_path: Path) -> None:
    run(archive, export(tmp_path / "e.jsonl", piece(1), piece(2)))
    assert "removed" not in run(archive, export(tmp_path / "e.jsonl", piece(1)))
    assert run(archive, tmp_path / "e.jsonl", complete=True)["removed"] == 1
    assert count(archive, "article") == 2
    assert run(archive, export(tmp_path / "e.jsonl", piece(1), piece(2)), complete=True)["removed"] == 0
    with pytest.raises(UsageError):
        run(archive, tmp_path / "e.jsonl", complete=True, limit=1)


def test_an_undated_article_is_listed_and_never_given_a_date(archive: Archive, export: Export, tmp_path: Path) -> None:
    counts = run(archive, export(tmp_path / "e.jsonl", piece(1, date="0000-00-00 00:00:00"), piece(2, date="")))
    assert counts["undated"] == 2
    assert count(archive, "article", "published IS NULL AND day IS NULL AND path LIKE '/undated/%'") == 2


def test_a_limit_stops_early_and_learns_nothing_for_good(archive: Archive, export: Export, tmp_path: Path) -> None:
    path = export(tmp_path / "e.jsonl", *(piece(n) for n in range(20)))
    assert outcome(run(archive, path, limit=5)) == {"imported": 5}
    assert count(archive, "source", "profile_id IS NOT NULL") == 0
    assert outcome(run(archive, path)) == {"imported": 15, "unchanged": 5}
    assert count(archive, "source", "profile_id IS NOT NULL") == 1


def test_only_one_key(archive: Archive, export: Export, tmp_path: Path) -> None:
    path = export(tmp_path / "e.jsonl", *(piece(n) for n in range(5)))
    assert outcome(run(archive, path, only="3")) == {"imported": 1}


def test_deltas_use_the_first_profile(archive: Archive, export: Export, tmp_path: Path) -> None:
    run(archive, export(tmp_path / "e.jsonl", piece(1)))
    run(archive, export(tmp_path / "f.jsonl", piece(2)))
    assert count(archive, "profile") == 1


def test_a_dry_run_changes_nothing(archive: Archive, export: Export, tmp_path: Path) -> None:
    path = export(tmp_path / "e.jsonl", piece(1), piece(2))
    run(archive, path, only="1")
    before = archive.database.read_bytes(), sorted(archive.folder.iterdir())
    summary = dry_run(archive.folder, Wish(path=path, format="jsonl", name="seebote"))
    assert outcome(summary.counts) == {"imported": 1, "unchanged": 1}
    assert (archive.database.read_bytes(), sorted(archive.folder.iterdir())) == before
    nowhere = dry_run(tmp_path / "none", Wish(path=path, format="jsonl", name="seebote"))
    assert outcome(nowhere.counts) == {"imported": 2}
    assert not (tmp_path / "none").exists()


def test_two_imports_at_once_are_refused(archive: Archive, export: Export, tmp_path: Path) -> None:
    path = export(tmp_path / "e.jsonl", piece(1))

    class Meddling:
        def phase(self, name: str, total: int) -> None:
            run_import(archive, Wish(path=path, format="jsonl"))

        def advance(self, records: int, length: int) -> None: ...

    with pytest.raises(ArchiveError, match="another import"):
        run_import(archive, Wish(path=path, format="jsonl"), Meddling())


class Odd:
    """A source with a record that breaks shaping, and one that is left out."""

    name, title, spec = "odd", "for this test", JSONL.spec

    def recognise(self, path: Path) -> int:
        return 0

    def items(self, path: Path, options: Options) -> Any:
        for item in JSONL.items(path, options):
            yield self.changed(item)

    def changed(self, item: Item) -> Item:
        if item.key == "left out":
            return Excluded(origin=item.origin, rule="advert", key=item.key, source=item.source, payload=item.payload)
        return item

    def fields(self, record: Record, options: Options) -> list[Field]:
        if record.key == "breaks":
            raise ZeroDivisionError("division by zero")
        return JSONL.fields(record, options)


def odd_run(archive: Archive, path: Path) -> Summary:
    return run_import(archive, Wish(path=path, name="odd"), using=Odd())


def test_a_defect_on_one_record_rejects_it_with_its_trace(archive: Archive, export: Export, tmp_path: Path) -> None:
    path = export(tmp_path / "e.jsonl", piece(1), piece("breaks"), piece("left out"), piece(2))
    for _ in range(2):
        counts = odd_run(archive, path).counts
        assert (counts["excluded"], counts["rejected"], counts["records"]) == (1, 1, 4)
    assert count(archive, "reject") == count(archive, "exclusion") == 1
    reason, trace, payload, record = archive.db.execute(
        "SELECT reason, traceback, payload_zst, record FROM reject"
    ).fetchone()
    assert reason == "defect of Backfile: ZeroDivisionError: division by zero"
    assert "fields" in trace
    assert b'"breaks"' in unpack(payload)
    assert msgspec.json.decode(record)["key"] == "breaks"
    assert archive.db.execute("SELECT rule, key FROM exclusion").fetchone() == ("advert", "left out")


def test_a_reject_that_a_later_run_reads_is_resolved(archive: Archive, export: Export, tmp_path: Path) -> None:
    run(archive, export(tmp_path / "e.jsonl", piece(1), '{"id": "2", '))
    run(archive, export(tmp_path / "e.jsonl", piece(1), piece(2)))
    assert count(archive, "reject", "state='resolved'") == 1


def test_old_addresses_lead_to_the_article(archive: Archive, export: Export, tmp_path: Path) -> None:
    url = "https://www.seebote.example/artikel.php?id=7&x=a"
    run(archive, export(tmp_path / "e.jsonl", piece(7, url=url)))
    row = archive.db.execute("SELECT host, old, article_id FROM redirect").fetchall()
    assert row == [("seebote.example", "/artikel.php?id=7&x=a", 1)]


def test_new_rules_touch_only_what_they_change(
    archive: Archive, export: Export, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = export(tmp_path / "e.jsonl", piece(1), piece(2, body="<p>Die Strasse&amp;nbsp;nach Bern wird gesperrt.</p>"))
    first = run(archive, path)
    assert first["faults"]["mended"] == 1
    (archive.folder / "backfile.toml").write_text('[rules]\noff = ["visible-entity"]\n')
    with Archive.open(archive.folder) as changed:
        counts = run(changed, path)
    assert outcome(counts) == {"updated": 1, "unchanged": 1}
    assert archive.db.execute("SELECT revision FROM article ORDER BY id").fetchall() == [(1,), (2,)]
    assert archive.db.execute("SELECT kind FROM revision").fetchall() == [("rules",)]
