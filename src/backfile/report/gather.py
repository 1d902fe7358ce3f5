"""Reads a report's facts from an archive. Everything is counted by the database: memory stays flat."""

from __future__ import annotations

import sqlite3
from typing import Any

import msgspec

from backfile import __version__
from backfile.errors import ArchiveError
from backfile.faults import RULES
from backfile.proof import Problem
from backfile.report.facts import (
    Counted,
    FaultFacts,
    HeldFacts,
    RejectFacts,
    Report,
    Sample,
    SlowFacts,
    YearFacts,
)
from backfile.store.archive import Archive

SAMPLES = 4
LISTED = 200
"""Rows of the longer lists (rejects, holds, missing media); the counts above them are complete."""

_CARDS = {rule.card.name: rule.card for rule in RULES}
_KEPT_FAULTS = {"unsupported-block": "unsupported", "unmapped-field": "unmapped"}


def gather(archive: Archive, run: int | None = None) -> Report:
    """The report of one run, the last finished one by default. Raises `ArchiveError` if there was none."""
    row = _run_row(archive.db, run)
    counts: dict[str, Any] = msgspec.json.decode(row["counts"])
    verdicts = counts.pop("verdicts", {})
    counts.pop("faults", None)
    return Report(
        title=archive.config.archive.title or archive.folder.resolve().name,
        url=archive.config.archive.url,
        run=row["id"],
        started=str(row["started"])[:19],
        seconds=row["seconds"],
        sources=(row["path"],),
        version=__version__,
        counts={name: value for name, value in counts.items() if isinstance(value, int)},
        verdicts=verdicts,
        states=dict(_rows(archive.db, "SELECT state, count(*) FROM article GROUP BY state")),
        years=_years(archive.db),
        undated=archive.db.execute("SELECT count(*) FROM article WHERE day IS NULL").fetchone()[0],
        faults=_faults(archive.db),
        excluded=_counted(archive.db, _EXCLUDED),
        merged=_counted(archive.db, _MERGED),
        unsupported=_kept(archive.db, "unsupported-block"),
        unmapped=_kept(archive.db, "unmapped-field"),
        missing_media=_counted(archive.db, _MISSING),
        rejects=_rejects(archive.db),
        held=_held(archive.db),
        slowest=_slowest(archive.db),
    )


_EXCLUDED = "SELECT rule, count(*) AS n, min(key) FROM exclusion GROUP BY rule ORDER BY n DESC, rule LIMIT ?"
_MERGED = (
    "SELECT revision.kind, count(*) AS n, min(article.key) FROM revision JOIN article ON article.id = article_id "
    "WHERE revision.kind = 'merged' GROUP BY revision.kind UNION ALL "
    "SELECT 'same key, another article', count(*), min(key) FROM article WHERE fingerprint != '' "
    "HAVING count(*) > 0 LIMIT ?"
)
_MISSING = (
    "SELECT url, count(*) AS n, min(article.headline) FROM media_use JOIN article ON article.id = article_id "
    "WHERE media_id IS NULL GROUP BY url ORDER BY n DESC, url LIMIT ?"
)


def _run_row(db: sqlite3.Connection, run: int | None) -> dict[str, Any]:
    where, values = ("id = ?", (run,)) if run else ("state = 'done'", ())
    query = f"SELECT id, path, started, seconds, counts FROM run WHERE {where} ORDER BY id DESC LIMIT 1"  # noqa: S608
    found = db.execute(query, values).fetchone()
    if found is None:
        raise ArchiveError("no import has been finished here", hint="`backfile import SOURCE` makes a report.")
    return dict(zip(("id", "path", "started", "seconds", "counts"), found, strict=True))


def _rows(db: sqlite3.Connection, query: str, *values: object) -> list[Any]:
    return db.execute(query, values).fetchall()


def _counted(db: sqlite3.Connection, query: str) -> tuple[Counted, ...]:
    return tuple(Counted(name, count, _short(sample)) for name, count, sample in _rows(db, query, LISTED))


def _short(text: str | None, size: int = 160) -> str:
    text = " ".join((text or "").split())
    return text if len(text) <= size else f"{text[:size]}…"


def _years(db: sqlite3.Connection) -> tuple[YearFacts, ...]:
    """Every year from the first to the last: a year without articles is a fact, too."""
    years: dict[int, dict[str, int]] = {}
    query = (
        "SELECT CAST(substr(day, 1, 4) AS INTEGER), state, count(*) FROM article WHERE day IS NOT NULL GROUP BY 1, 2"
    )
    for year, state, count in _rows(db, query):
        years.setdefault(year, {})[state] = count
    if not years:
        return ()
    span = range(min(years), max(years) + 1) if max(years) - min(years) < 300 else sorted(years)
    return tuple(YearFacts(year, **years.get(year, {})) for year in span)


def _faults(db: sqlite3.Connection) -> tuple[FaultFacts, ...]:
    query = (
        "SELECT name, max(grade), count(*), sum(state = 'mended'), sum(state = 'open'), count(DISTINCT article_id) "
        "FROM fault GROUP BY name ORDER BY count(*) DESC, name"
    )
    return tuple(_fault(db, *row) for row in _rows(db, query) if row[0] not in _KEPT_FAULTS)


def _fault(
    db: sqlite3.Connection, name: str, grade: str, found: int, mended: int, still: int, articles: int
) -> FaultFacts:
    card = _CARDS.get(name)
    return FaultFacts(
        name=name,
        title=card.title if card else "",
        group=card.group if card else "",
        grade=card.grade if card else grade,
        found=found,
        mended=mended,
        open=still,
        articles=articles,
        samples=_samples(db, name),
    )


def _samples(db: sqlite3.Connection, name: str) -> tuple[Sample, ...]:
    """Open ones first: they are what somebody must decide about."""
    query = (
        "SELECT article.key, article.headline, article.path, fault.before, fault.after, fault.excerpt FROM fault "
        "JOIN article ON article.id = fault.article_id WHERE fault.name = ? "
        "ORDER BY fault.state = 'mended', fault.id LIMIT ?"
    )
    return tuple(
        Sample(key, _short(headline), path, _short(before), _short(after), _short(excerpt, 240))
        for key, headline, path, before, after, excerpt in _rows(db, query, name, SAMPLES)
    )


def _kept(db: sqlite3.Connection, fault: str) -> tuple[Counted, ...]:
    query = (
        "SELECT note, count(*) AS n, min(before) FROM fault WHERE name = ? GROUP BY note ORDER BY n DESC, note LIMIT ?"
    )
    return tuple(Counted(name, count, _short(sample)) for name, count, sample in _rows(db, query, fault, LISTED))


def _rejects(db: sqlite3.Connection) -> tuple[RejectFacts, ...]:
    query = "SELECT id, file, offset, key, reason, hint, length FROM reject WHERE state = 'open' ORDER BY id LIMIT ?"
    return tuple(
        RejectFacts(number, _where(file, offset, key), _short(reason, 300), hint, length)
        for number, file, offset, key, reason, hint, length in _rows(db, query, LISTED)
    )


def _where(file: str, offset: int, key: str) -> str:
    return ", ".join(part for part in (file, f"record {key}" if key else "", f"byte {offset}") if part)


def _held(db: sqlite3.Connection) -> tuple[HeldFacts, ...]:
    query = (
        "SELECT article.key, article.headline, known.problems FROM known JOIN article ON article.id = known.article_id "
        "WHERE known.verdict = 'failed' ORDER BY article.id LIMIT ?"
    )
    return tuple(
        HeldFacts(key, _short(headline), _problem(problems)) for key, headline, problems in _rows(db, query, LISTED)
    )


def _problem(problems: str) -> str:
    """The first problem of a verdict, in words."""
    found = msgspec.json.decode(problems, type=tuple[Problem, ...]) if problems else ()
    return _short(in_words(found[0]), 300) if found else ""


def in_words(problem: Problem) -> str:
    """`loss in content:encoded at 812, b1f0c:text: expected "…"; found "…"`."""
    where = f" in {problem.leaf} at {problem.start}" if problem.leaf else ""
    at = f", {problem.at}" if problem.at else ""
    pairs = (("expected", problem.expected), ("found", problem.found))
    texts = "; ".join(f'{name} "{text}"' for name, text in pairs if text)
    return ": ".join(part for part in (f"{problem.kind}{where}{at}", problem.note, texts) if part)


def _slowest(db: sqlite3.Connection) -> tuple[SlowFacts, ...]:
    query = (
        "SELECT article.key, article.headline, known.milliseconds FROM known "
        "JOIN article ON article.id = known.article_id ORDER BY known.milliseconds DESC, article.id LIMIT 10"
    )
    return tuple(SlowFacts(key, _short(headline), milliseconds) for key, headline, milliseconds in _rows(db, query))
