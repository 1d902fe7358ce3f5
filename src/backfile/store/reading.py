"""One article with everything the archive knows of it: original, ledger, faults, verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import msgspec

from backfile.article import Article, from_json
from backfile.errors import ArchiveError, UsageError
from backfile.fault import Fault
from backfile.ledger import Op
from backfile.ledger import from_json as ops_from_json
from backfile.proof import Problem
from backfile.record import Record
from backfile.store.archive import Archive
from backfile.store.packing import unpack


class Stored(msgspec.Struct, frozen=True, kw_only=True):
    """One article as the archive holds it. `shaped` is it before mending; `ops` lead from there to `article`."""

    number: int
    path: str
    state: str
    revision: int
    article: Article
    shaped: Article
    record: Record
    account: tuple[Op, ...]
    ops: tuple[Op, ...]
    faults: tuple[Fault, ...]
    verdict: str
    problems: tuple[Problem, ...]


def find(archive: Archive, name: str) -> Stored:
    """The article called `name`: its key (`SOURCE:KEY` if several sources have it), its address, or an old address.

    Raises `UsageError` that names the candidates if there are several, or what to try if there is none.
    """
    found = _candidates(archive, name)
    if len(found) > 1:
        listed = ", ".join(f"{source}:{key}" for _, source, key in found[:5])
        raise UsageError(
            f"{len(found)} articles are called {name!r}: {listed}", hint="Write SOURCE:KEY or the address."
        )
    if not found:
        raise UsageError(f"no article is called {name!r}", hint="Give its key, its address, or its old address.")
    return load(archive, found[0][0])


def _candidates(archive: Archive, name: str) -> list[tuple[int, str, str]]:
    base = "SELECT article.id, source.name, article.key FROM article JOIN source ON source.id = article.source_id "
    source, _, key = name.partition(":")
    path = urlsplit(name).path.rstrip("/") if "/" in name else ""
    tries: list[tuple[str, Sequence[Any]]] = [
        ("WHERE article.key = ?", (name,)),
        ("WHERE source.name = ? AND article.key = ?", (source, key)),
        ("WHERE article.path = ?", (path,)),
        ("WHERE article.id IN (SELECT article_id FROM redirect WHERE old = ? OR old = ?)", (path, f"{path}/")),
    ]
    for where, values in tries:
        rows = (
            archive.db.execute(f"{base}{where} ORDER BY article.id LIMIT 50", values).fetchall() if all(values) else []
        )
        if rows:
            return rows
    return []


def load(archive: Archive, number: int) -> Stored:
    """The article with this row number. Raises `ArchiveError` if what is stored of it is missing or damaged."""
    with whole(f"article {number}"):
        return _load(archive, number)


@contextmanager
def whole(where: str) -> Iterator[None]:
    """Turns what damaged values raise into an `ArchiveError` that says where they are."""
    try:
        yield
    except (ValueError, TypeError, msgspec.MsgspecError) as problem:
        raise ArchiveError(
            f"what is stored is damaged: {problem}",
            where=where,
            hint="`backfile check` names what else is; restore the archive from a backup.",
        ) from problem


def _load(archive: Archive, number: int) -> Stored:
    path, state, revision, article_zst, shaped_zst = archive.db.execute(
        "SELECT path, state, revision, article_zst, shaped_zst FROM article WHERE id = ?", (number,)
    ).fetchone()
    account, ops = _ledger(archive, number)
    verdict, problems = archive.db.execute(
        "SELECT verdict, problems FROM known WHERE article_id = ?", (number,)
    ).fetchone() or ("not_checked", "")
    article = from_json(unpack(article_zst))
    return Stored(
        number=number,
        path=path,
        state=state,
        revision=revision,
        article=article,
        shaped=from_json(unpack(shaped_zst)) if shaped_zst else article,
        record=_record(archive, number),
        account=account,
        ops=ops,
        faults=_faults(archive, number),
        verdict=verdict,
        problems=msgspec.json.decode(problems, type=tuple[Problem, ...]) if problems else (),
    )


def _ledger(archive: Archive, number: int) -> tuple[tuple[Op, ...], tuple[Op, ...]]:
    row = archive.db.execute("SELECT account_zst, ops_zst FROM ledger WHERE article_id = ?", (number,)).fetchone()
    account, ops = row or (None, None)
    return (
        ops_from_json(unpack(account)) if account else (),
        ops_from_json(unpack(ops)) if ops else (),
    )


def _record(archive: Archive, number: int) -> Record:
    row = archive.db.execute("SELECT record, payload_zst FROM original WHERE article_id = ?", (number,)).fetchone()
    if row is None:
        raise ArchiveError("its original is missing", where=f"article {number}", hint="Import the export again.")
    fields: dict[str, Any] = msgspec.json.decode(row[0])
    return msgspec.convert({**fields, "payload": unpack(row[1])}, Record)


_FAULT = ("name", "grade", "state", "at", "start", "end", "before", "after", "excerpt", "note")


def _faults(archive: Archive, number: int) -> tuple[Fault, ...]:
    columns = ", ".join(f'"{name}"' for name in _FAULT)
    query = f"SELECT {columns} FROM fault WHERE article_id = ? ORDER BY id"  # noqa: S608 - the columns are ours
    rows = archive.db.execute(query, (number,)).fetchall()
    return tuple(msgspec.convert(dict(zip(_FAULT, row, strict=True)), Fault) for row in rows)
