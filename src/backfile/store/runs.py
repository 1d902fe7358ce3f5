"""Runs of an import as rows: begun, resumed, finished, and what they counted."""

from __future__ import annotations

from collections import Counter
from typing import Any

import msgspec

from backfile.store.archive import Archive
from backfile.store.writer import now

OUTCOMES = ("imported", "updated", "unchanged", "merged", "excluded", "rejected")
"""What can become of a record; their counts add up to `records`."""


def source_row(archive: Archive, name: str, format_: str, path: str) -> tuple[int, int | None]:
    """(row number, profile's row number) of a source; made if it is new."""
    found = archive.db.execute("SELECT id, profile_id FROM source WHERE name=?", (name,)).fetchone()
    if found:
        with archive.transaction() as db:
            db.execute("UPDATE source SET path=? WHERE id=?", (path, found[0]))
        return found[0], found[1]
    with archive.transaction() as db:
        row = db.execute(
            "INSERT INTO source (name, format, title, path) VALUES (?,?,'',?)", (name, format_, path)
        ).lastrowid
    assert row is not None
    return row, None


def resumable(archive: Archive, source: int, fingerprint: str) -> tuple[int, int | None, int] | None:
    """(run, profile, items done) of a run that was killed and would do the very same; None if there is none."""
    row = archive.db.execute(
        "SELECT id, profile_id FROM run WHERE source_id=? AND fingerprint=? AND state='running' ORDER BY id DESC",
        (source, fingerprint),
    ).fetchone()
    if row is None:
        return None
    done = archive.db.execute('SELECT coalesce(max("last"), 0) FROM chunk WHERE run_id=?', (row[0],)).fetchone()[0]
    return row[0], row[1], done


def begin(
    archive: Archive,
    *,
    source: int,
    path: str,
    fingerprint: str,
    rules: str,
    profile: int | None,
    complete: bool,
    kind: str = "import",
) -> int:
    """A new run; killed ones of the same source and kind that it does not resume are abandoned."""
    with archive.transaction() as db:
        db.execute("UPDATE run SET state='abandoned' WHERE source_id=? AND state='running' AND kind=?", (source, kind))
        row = db.execute(
            "INSERT INTO run (source_id, path, fingerprint, rules, profile_id, state, complete, kind, started, seconds,"
            " counts) VALUES (?,?,?,?,?,'running',?,?,?,0,'{}')",
            (source, path, fingerprint, rules, profile, complete, kind, now()),
        ).lastrowid
    assert row is not None
    return row


def finish(archive: Archive, run: int, source: int, *, whole: bool, complete: bool, seconds: float) -> dict[str, Any]:
    """Close a run and give its counts. `whole`: every item was met, so what was not met again is resolved or gone."""
    with archive.transaction() as db:
        if whole:
            db.execute(
                "UPDATE reject SET state='resolved' WHERE source_id=? AND state='open' AND seen_id<>?", (source, run)
            )
        if complete:
            db.execute(
                "UPDATE known SET removed_id=? WHERE source_id=? AND seen_id<>? AND removed_id IS NULL",
                (run, source, run),
            )
        counts = counted(archive, run, seconds)
        if complete:
            counts["removed"] = removed_articles(archive, source, run)
        db.execute(
            "UPDATE run SET state='done', finished=?, seconds=?, counts=? WHERE id=?",
            (now(), seconds, msgspec.json.encode(counts).decode(), run),
        )
    return counts


def removed_articles(archive: Archive, source: int, run: int) -> int:
    query = "SELECT count(*) FROM known WHERE source_id=? AND seen_id<>?"
    return int(archive.db.execute(query, (source, run)).fetchone()[0])


def counted(archive: Archive, run: int, seconds: float) -> dict[str, Any]:
    """The object of `backfile import --json`."""
    total: Counter[str] = Counter()
    for (counts,) in archive.db.execute("SELECT counts FROM chunk WHERE run_id=?", (run,)):
        total.update(msgspec.json.decode(counts, type=dict[str, int]))
    facts = archive.db.execute(
        "SELECT coalesce(sum(state='held'), 0), coalesce(sum(state='withheld'), 0), coalesce(sum(undated), 0),"
        " coalesce(sum(verdict='proved'), 0), coalesce(sum(verdict='failed'), 0),"
        " coalesce(sum(verdict='not_checked'), 0), coalesce(sum(mended), 0), coalesce(sum(open), 0)"
        " FROM known WHERE seen_id=?",
        (run,),
    ).fetchone()
    held, withheld, undated, proved, failed, not_checked, mended, open_ = facts
    return {
        "records": sum(total[name] for name in OUTCOMES),
        **{name: total[name] for name in OUTCOMES},
        "held": held,
        "withheld": withheld,
        "undated": undated,
        "verdicts": {"proved": proved, "failed": failed, "not_checked": not_checked},
        "faults": {"found": mended + open_, "mended": mended, "open": open_},
        "seconds": round(seconds, 3),
    }


def store_profile(archive: Archive, source: int, name: str, data: bytes, sha: str, articles: int, *, use: bool) -> int:
    """A new profile of a source, or the equal one that it has; `use`: its imports take it from now on."""
    with archive.transaction() as db:
        row = _equal_profile(archive, name, sha) or _insert_profile(archive, name, data, sha, articles)
        if use:
            db.execute("UPDATE source SET profile_id=? WHERE id=?", (row, source))
    return row


def _equal_profile(archive: Archive, name: str, sha: str) -> int | None:
    query = "SELECT id FROM profile WHERE source_name=? AND sha256=?"
    found = archive.db.execute(query, (name, sha)).fetchone()
    return int(found[0]) if found else None


def _insert_profile(archive: Archive, name: str, data: bytes, sha: str, articles: int) -> int:
    db = archive.db
    number = db.execute("SELECT coalesce(max(number), 0)+1 FROM profile WHERE source_name=?", (name,)).fetchone()[0]
    row = db.execute(
        "INSERT INTO profile (source_name, number, made, articles, sha256, data) VALUES (?,?,?,?,?,?)",
        (name, number, now(), articles, sha, data),
    ).lastrowid
    assert row is not None
    return row


def profile_data(archive: Archive, profile: int) -> bytes:
    return bytes(archive.db.execute("SELECT data FROM profile WHERE id=?", (profile,)).fetchone()[0])
