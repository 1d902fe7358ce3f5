"""Reads a report's facts from an archive. Everything is counted by the database: memory stays flat."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec

from backfile import __version__
from backfile.article import from_json
from backfile.errors import ArchiveError
from backfile.faults import RULES
from backfile.proof import Problem
from backfile.report.facts import (
    FOUND_WHILE_SHAPING,
    Counted,
    FaultFacts,
    HeldFacts,
    RejectFacts,
    Report,
    RunFacts,
    Sample,
    SlowFacts,
    YearFacts,
    add,
)
from backfile.store.archive import Archive
from backfile.store.packing import unpack
from backfile.store.reading import whole

SAMPLES = 4
LISTED = 200
"""Rows of the longer lists (rejects, holds, missing media); the counts above them are complete."""
MAX_NAMES = 10_000
"""So many unmapped fields are told apart."""

_CARDS = {rule.card.name: rule.card for rule in RULES}


def gather(archive: Archive, runs: Sequence[int] = ()) -> Report:
    """The report of these runs; by default of the last import of each source. Raises `ArchiveError` if none is."""
    with whole("the last import"):
        return _gather(archive, _runs(archive.db, runs))


def _gather(archive: Archive, found: tuple[RunFacts, ...]) -> Report:
    total: dict[str, Any] = {}
    for one in found:
        total = add(total, one.counts)
    numbers = msgspec.json.encode([one.number for one in found]).decode()
    return Report(
        title=archive.config.archive.title or archive.folder.resolve().name,
        url=archive.config.archive.url,
        runs=found,
        seconds=round(sum(one.seconds for one in found), 3),
        version=__version__,
        counts={name: value for name, value in total.items() if isinstance(value, int)},
        verdicts=total.get("verdicts", {}),
        states=dict(_rows(archive.db, "SELECT state, count(*) FROM article GROUP BY state")),
        years=_years(archive.db),
        undated=archive.db.execute("SELECT count(*) FROM article WHERE day IS NULL").fetchone()[0],
        faults=_faults(archive.db),
        excluded=_counted(archive.db, _EXCLUDED, numbers),
        merged=_counted(archive.db, _MERGED, numbers),
        unsupported=_counted(archive.db, _UNSUPPORTED),
        unmapped=_unmapped(archive.db),
        missing_media=_counted(archive.db, _MISSING),
        rejects=_rejects(archive.db),
        held=_held(archive.db),
        slowest=_slowest(archive.db),
    )


_EXCLUDED = (
    "SELECT rule, count(*) AS n, min(key) FROM exclusion WHERE seen_id IN (SELECT value FROM json_each(?)) "
    "GROUP BY rule ORDER BY n DESC, rule LIMIT ?"
)
_MERGED = (
    "SELECT 'another version of an article', count(*) AS n, min(article.key) FROM revision "
    "JOIN article ON article.id = article_id WHERE revision.kind = 'merged' "
    "AND run_id IN (SELECT value FROM json_each(?)) HAVING n > 0 UNION ALL "
    "SELECT 'the key of another article: both are kept', count(*) AS n, min(key) FROM article WHERE fingerprint != '' "
    "HAVING n > 0 LIMIT ?"
)
_UNSUPPORTED = (
    "SELECT note, count(*) AS n, min(before) FROM fault WHERE name = 'unsupported-block' "
    "GROUP BY note ORDER BY n DESC, note LIMIT ?"
)
_MISSING = (
    "SELECT url, count(*) AS n, min(article.headline) FROM media_use JOIN article ON article.id = article_id "
    "WHERE media_id IS NULL GROUP BY url ORDER BY n DESC, url LIMIT ?"
)


def _runs(db: sqlite3.Connection, numbers: Sequence[int]) -> tuple[RunFacts, ...]:
    values: tuple[str, ...] = ()
    if numbers:
        where, values = "run.id IN (SELECT value FROM json_each(?))", (msgspec.json.encode(numbers).decode(),)
    else:
        where = f"run.id IN ({_LAST})"
    query = (
        "SELECT run.id, source.name, run.path, run.started, run.seconds, run.counts FROM run "  # noqa: S608
        f"JOIN source ON source.id = run.source_id WHERE run.state = 'done' AND {where} ORDER BY run.id"
    )
    found = tuple(
        RunFacts(number, source, path, str(started)[:19], seconds, msgspec.json.decode(counts))
        for number, source, path, started, seconds, counts in db.execute(query, values)
    )
    if len(found) < len(set(numbers)):
        raise ArchiveError(f"no import {numbers[0]} has been finished here", hint="Leave the number out.")
    if not found:
        raise ArchiveError("no import has been finished here", hint="`backfile import SOURCE` makes a report.")
    return found


_LAST = "SELECT max(id) FROM run WHERE state = 'done' AND kind = 'import' GROUP BY source_id"


def _rows(db: sqlite3.Connection, query: str, *values: object) -> list[Any]:
    return db.execute(query, values).fetchall()


def _counted(db: sqlite3.Connection, query: str, *values: object) -> tuple[Counted, ...]:
    found = _rows(db, query, *values, LISTED)
    return tuple(Counted(_short(name) or "(unnamed)", count, _short(sample)) for name, count, sample in found)


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
    return tuple(_fault(db, *row) for row in _rows(db, query))


def _fault(
    db: sqlite3.Connection, name: str, grade: str, found: int, mended: int, still: int, articles: int
) -> FaultFacts:
    card = _CARDS.get(name)
    return FaultFacts(
        name=name,
        title=card.title if card else FOUND_WHILE_SHAPING.get(name, ""),
        group=card.group if card else "",
        grade=card.grade if card else grade,
        found=found,
        mended=mended,
        open=still,
        articles=articles,
        samples=_samples(db, name),
    )


def _samples(db: sqlite3.Connection, name: str) -> tuple[Sample, ...]:
    """One of an article, open ones first: they are what somebody must decide about."""
    query = (
        "SELECT article.key, article.headline, article.path, fault.before, fault.after, fault.excerpt, "
        "min((fault.state = 'mended') * 1000000000000 + fault.id) AS rank FROM fault "  # with the row that min() chose
        "JOIN article ON article.id = fault.article_id WHERE fault.name = ? "
        "GROUP BY fault.article_id ORDER BY rank LIMIT ?"
    )
    return tuple(
        Sample(key, _short(headline), path, _short(before), _short(after), _short(excerpt, 240))
        for key, headline, path, before, after, excerpt, _ in _rows(db, query, name, SAMPLES)
    )


def _unmapped(db: sqlite3.Connection) -> tuple[Counted, ...]:
    """Fields that nobody mapped, by name, with a value of each. Kept text is no display error: it has no fault."""
    names: Counter[str] = Counter()
    first: dict[str, int] = {}
    for article, listed in db.execute(
        "SELECT article_id, unmapped FROM known WHERE unmapped != '' ORDER BY article_id"
    ):
        for name in listed.split("\n"):
            if name in names or len(names) < MAX_NAMES:
                names[name] += 1
                first.setdefault(name, article)
    found = sorted(names.items(), key=lambda pair: (-pair[1], pair[0]))[:LISTED]
    return tuple(Counted(_short(name), count, _value(db, first[name], name)) for name, count in found)


def _value(db: sqlite3.Connection, article: int, name: str) -> str:
    row = db.execute("SELECT article_zst FROM article WHERE id = ?", (article,)).fetchone()
    extras = from_json(unpack(row[0])).extra if row else ()
    return _short(next((extra.value for extra in extras if " ".join(extra.name.split()) == name), ""))


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
