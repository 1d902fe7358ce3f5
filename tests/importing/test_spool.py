"""What the first pass keeps for the second."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backfile import importing
from backfile.importing import Wish, run_import
from backfile.record import Excluded, Origin, Record, Reject
from backfile.spool import Spool
from backfile.store.archive import Archive

PLACE = Origin(file="e.jsonl", offset=7, length=3)
ITEMS = [
    Record(source="s", key="1", format="f", media="json", payload=b"\x00\xff", origin=PLACE, context={"a": "ö"}),
    Reject(origin=PLACE, reason="damaged", payload=b"\xfe"),
    Excluded(origin=PLACE, rule="advert", key="x"),
]


def test_items_come_back_as_they_went_in(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    assert list(tmp_path.iterdir()) == [], "the file has no name"
    spool.add(ITEMS, [b"shape", b"", b""])
    spool.add(ITEMS[:1], [b""])
    assert list(spool.chunks()) == [(ITEMS, [b"shape", b"", b""]), (ITEMS[:1], [b""])]
    spool.close()


class Full:
    """A disk without room."""

    def write(self, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    def close(self) -> None: ...


def test_without_room_the_export_is_read_again_and_the_archive_is_the_same(
    archive_at: Callable[[Path], Archive],
    all_rows: Callable[[Path], Any],
    export: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    body = "<p>Ein Bericht &amp;amp; noch einer.</p><p>Am 3. Mai.</p>"
    lines = [{"id": str(n), "title": f"Bericht {n}", "date": "2014-05-03 10:00", "body": body} for n in range(9)]
    path = export(tmp_path / "e.jsonl", *lines, "broken")
    for name in ("room", "full"):
        archive_at(tmp_path / name).close()
        with Archive.open(tmp_path / name) as archive:
            run_import(archive, Wish(path=path, format="jsonl", name="s"))

        def full(folder: Path) -> Spool:
            spool = Spool(folder)
            spool.close()
            spool._file = Full()  # type: ignore[assignment]
            return spool

        monkeypatch.setattr(importing, "Spool", full)
    assert all_rows(tmp_path / "room" / "archive.sqlite3") == all_rows(tmp_path / "full" / "archive.sqlite3")
