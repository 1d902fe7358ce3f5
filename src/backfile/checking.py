"""`backfile check`: the whole archive proved again, from the stored originals to the stored pages.

Three verdicts, as at import. The answer is no if an article that readers can see fails, or if the
verdict found now is not the stored one; an article that is held for its failed proof is honest.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from typing import Any

import msgspec

from backfile import ledger, registry
from backfile.article import from_json
from backfile.errors import BackfileError
from backfile.pipeline import verify
from backfile.proof import Problem, Verdict
from backfile.record import Source
from backfile.store.archive import Archive, translated
from backfile.store.packing import unpack
from backfile.store.rows import record_of

BATCH = 200
MAX_FINDINGS = 1000


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One article that is not as it should be. `stored` is the verdict of the import, `found` the one of now."""

    article: int
    source: str
    key: str
    headline: str
    path: str
    state: str
    public: bool
    stored: str
    found: str
    problems: tuple[Problem, ...] = ()


class Checked(msgspec.Struct, kw_only=True):
    """What a check found. `findings` holds failures and differences, at most `MAX_FINDINGS`; the counts hold all."""

    articles: int = 0
    proved: int = 0
    failed: int = 0
    not_checked: int = 0
    public_failed: int = 0
    differing: int = 0
    without_original: int = 0
    sums: tuple[str, ...] = ()
    """Runs whose counts do not add up, and other sums of the archive that do not hold."""
    findings: list[Finding] = []

    @property
    def good(self) -> bool:
        return not (self.public_failed or self.differing or self.without_original or self.sums)


_QUERY = (
    "SELECT a.id, s.name, a.key, a.headline, a.path, a.state, a.taken_down, a.article_zst, a.shaped_zst, a.sha256,"
    " k.verdict, o.record, o.payload_zst, o.sha256, l.account_zst, l.ops_zst, p.body, p.path"
    " FROM article a JOIN source s ON s.id=a.source_id LEFT JOIN known k ON k.article_id=a.id"
    " LEFT JOIN original o ON o.article_id=a.id LEFT JOIN ledger l ON l.article_id=a.id"
    " LEFT JOIN page p ON p.article_id=a.id WHERE a.id>? ORDER BY a.id LIMIT ?"
)


class _Row(msgspec.Struct, frozen=True, array_like=True):
    article: int
    source: str
    key: str
    headline: str
    path: str
    state: str
    taken_down: int
    article_zst: bytes
    shaped_zst: bytes | None
    article_sha: str
    verdict: str | None
    record: str | None
    payload_zst: bytes | None
    payload_sha: bytes | None
    account_zst: bytes | None
    ops_zst: bytes | None
    body: str | None
    page_path: str | None


def check(archive: Archive, progress: Any = None) -> Checked:
    """Prove every article again. `progress.advance(articles, 0)` is told as it goes on."""
    checked = Checked(findings=[])
    for rows in _rows(archive):
        for row in rows:
            _count(checked, row, _prove(row))
        if progress:
            progress.advance(len(rows), 0)
    checked.sums = tuple(_wrong_sums(archive))
    return checked


def _rows(archive: Archive) -> Iterator[list[_Row]]:
    """In short queries, so that an import may write meanwhile."""
    last = 0
    while True:
        with translated(archive.database):
            rows = [_Row(*row) for row in archive.db.execute(_QUERY, (last, BATCH))]
        if not rows:
            return
        yield rows
        last = rows[-1].article


def _prove(row: _Row) -> Verdict:
    if row.record is None or row.payload_zst is None or row.body is None:
        return _failed("unreadable", "the original or the page is missing")
    try:
        return _prove_whole(row, row.record, row.payload_zst, row.body)
    except (ValueError, BackfileError) as problem:  # damaged values: msgspec's and zstd's errors are ValueErrors
        return _failed("unreadable", f"what is stored cannot be read: {problem}")


def _prove_whole(row: _Row, head: str, payload_zst: bytes, html: str) -> Verdict:
    payload, stored = unpack(payload_zst), unpack(row.article_zst)
    if sha256(payload).digest() != row.payload_sha:
        return _failed("unreadable", "the original is not the one that was imported")
    if sha256(stored).hexdigest() != row.article_sha:
        return _failed("ledger", "the article is not the one that was stored")
    if row.page_path != row.path:
        return _failed("page", "the page has another address than its article")
    article, record = from_json(stored), record_of(head, payload)
    shaped = from_json(unpack(row.shaped_zst)) if row.shaped_zst else article
    account = ledger.from_json(unpack(row.account_zst)) if row.account_zst else ()
    ops = ledger.from_json(unpack(row.ops_zst)) if row.ops_zst else ()
    return verify(record, _source(record.format), shaped, account, ops, article, html)


@cache
def _source(name: str) -> Source:
    return registry.source(name)


def _failed(kind: Any, note: str) -> Verdict:
    return Verdict(state="failed", problems=(Problem(kind=kind, note=note),))


def _count(checked: Checked, row: _Row, verdict: Verdict) -> None:
    public = row.state in ("clean", "flagged") and not row.taken_down
    differs = verdict.state != row.verdict
    checked.articles += 1
    setattr(checked, verdict.state, getattr(checked, verdict.state) + 1)
    checked.public_failed += public and verdict.state == "failed"
    checked.differing += differs
    checked.without_original += row.record is None
    if (differs or verdict.state == "failed") and len(checked.findings) < MAX_FINDINGS:
        checked.findings.append(
            Finding(
                article=row.article,
                source=row.source,
                key=row.key,
                headline=row.headline,
                path=row.path,
                state=row.state,
                public=public,
                stored=row.verdict or "",
                found=verdict.state,
                problems=verdict.problems,
            )
        )


_SUMS = (
    (
        "articles without what the import remembers of them",
        "SELECT count(*) FROM article a LEFT JOIN known k ON k.article_id=a.id WHERE k.article_id IS NULL",
    ),
    (
        "pages without article",
        "SELECT count(*) FROM page p LEFT JOIN article a ON a.id=p.article_id WHERE a.id IS NULL",
    ),
    (
        "old addresses without article",
        "SELECT count(*) FROM redirect r LEFT JOIN article a ON a.id=r.article_id WHERE a.id IS NULL",
    ),
    (
        "articles whose page is of another revision",
        "SELECT count(*) FROM page p JOIN article a ON a.id=p.article_id WHERE a.revision<>p.revision",
    ),
)


def _wrong_sums(archive: Archive) -> Iterator[str]:
    from backfile.store.runs import OUTCOMES

    with translated(archive.database):
        for what, query in _SUMS:
            count = archive.db.execute(query).fetchone()[0]
            if count:
                yield f"{count} {what}"
        for number, text in archive.db.execute("SELECT id, counts FROM run WHERE state='done'"):
            counts = msgspec.json.decode(text)
            if counts.get("records") != sum(counts.get(name, 0) for name in OUTCOMES):
                yield f"the counts of run {number} do not add up"
