"""One outcome as rows, packed where it was made, so that the one writer only has to write.

The column lists are held against Django's models by a test.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import msgspec

from backfile import ledger
from backfile.article import Article, Image, article_texts, encoder, walk
from backfile.fault import Fault
from backfile.pipeline import MediaUse, Outcome
from backfile.record import Record
from backfile.store.packing import pack
from backfile.store.paths import article_path, name_slug, old_path
from backfile.store.search import tokens

TEASER = 300
MAX_FAULTS = 1000
"""Faults of one article that get rows of their own; the counts hold all of them."""

ARTICLE = (
    "id", "source_id", "key", "fingerprint", "path", "state", "withheld", "kicker", "headline", "teaser", "section",
    "section_slug", "language", "published", "modified", "day", "picture", "article_zst", "shaped_zst", "sha256",
    "revision", "change", "edited", "taken_down",
)  # fmt: skip
CONTENT = ARTICLE[5:20]
"""The columns of an article that a new version of its record changes."""
KNOWN = (
    "article_id", "source_id", "key", "fingerprint", "record_sha256", "modified", "title", "result", "rules",
    "profile_id", "asked", "verdict", "problems", "state", "undated", "unmapped", "mended", "open",
    "milliseconds", "seen_id", "removed_id",
)  # fmt: skip
ORIGINAL = ("article_id", "record", "payload_zst", "length", "sha256")
LEDGER = ("article_id", "account_zst", "ops_zst")
PAGE = ("article_id", "path", "body", "revision")
AUTHOR = ("article_id", "position", "name", "slug")
TOPIC = AUTHOR
FAULT = ("article_id", "name", "grade", "state", "at", "start", "end", "before", "after", "excerpt", "note")
MEDIA = ("file", "type", "length", "width", "height")
MEDIA_USE = ("article_id", "url", "media_id")
REDIRECT = ("old", "host", "article_id")
REVISION = (
    "article_id", "number", "kind", "run_id", "record", "payload_zst", "record_sha256", "article_zst", "page",
)  # fmt: skip
REJECT = (
    "identity", "source_id", "file", "offset", "length", "key", "reason", "hint", "traceback", "sha256", "payload_zst",
    "record", "state", "seen_id",
)  # fmt: skip
EXCLUSION = ("identity", "source_id", "rule", "key", "file", "offset", "length", "payload_zst", "seen_id")
TABLES = {
    "article": ARTICLE, "known": KNOWN, "original": ORIGINAL, "ledger": LEDGER, "page": PAGE, "author": AUTHOR,
    "topic": TOPIC, "fault": FAULT, "media": MEDIA, "media_use": MEDIA_USE, "redirect": REDIRECT,
    "revision": REVISION, "reject": REJECT, "exclusion": EXCLUSION,
}  # fmt: skip

Cell = str | int | float | None


class Failed(msgspec.Struct, frozen=True, array_like=True, tag=True):
    """A record that was read and on which a later step failed."""

    record: Record
    reason: str
    hint: str = ""
    traceback: str = ""


class Packed(msgspec.Struct, frozen=True, gc=False, array_like=True, tag=True):
    """One outcome, ready to be written. Tuples follow the column lists, without what only the writer knows."""

    key: str
    path: str
    facts: tuple[Cell, ...]
    article_zst: bytes
    shaped_zst: bytes | None
    sha256: str
    record: str
    payload_zst: bytes
    length: int
    payload_sha256: bytes
    record_sha256: bytes
    modified: str
    title: bytes
    result: bytes
    asked: bytes
    verdict: str
    problems: str
    state: str
    undated: bool
    unmapped: str
    mended: int
    open: int
    milliseconds: float
    account_zst: bytes | None
    ops_zst: bytes | None
    body: str
    authors: tuple[tuple[int, str, str], ...]
    topics: tuple[tuple[int, str, str], ...]
    faults: tuple[tuple[Cell, ...], ...]
    media: tuple[MediaUse, ...]
    old: tuple[tuple[str, str], ...]
    words: tuple[str, str, str] | None
    """Headline, lead and text as full-text search holds them; None if the archive is not indexed."""

    @property
    def content(self) -> tuple[Any, ...]:
        """The columns `CONTENT`."""
        return (*self.facts, self.article_zst, self.shaped_zst, self.sha256)


def record_sha256(record: Record) -> bytes:
    """Of all that makes the article: the payload and what belongs to it; not of where in the export it lay."""
    head = msgspec.json.encode(
        (record.source, record.key, record.format, record.media, record.encoding, record.kind, record.modified)
    )
    context = msgspec.json.encode(dict(record.context), order="sorted") if record.context else b""
    return sha256(b"\0".join((head, context, record.payload))).digest()


def record_head(record: Record) -> str:
    """The record as JSON without its payload; `record_of` puts both together again."""
    return msgspec.json.encode(msgspec.structs.replace(record, payload=b"")).decode()


def record_of(head: str | bytes, payload: bytes) -> Record:
    return msgspec.structs.replace(msgspec.json.decode(head, type=Record), payload=payload)


def pack_outcome(record: Record, outcome: Outcome, sha: bytes, *, index: bool = True) -> Packed:
    """All rows of one outcome. `sha` is `record_sha256(record)`; `index`: with the words for full-text search."""
    return pack_together([record], [outcome], [sha], index=index)[0]


def pack_together(
    records: Sequence[Record],
    outcomes: Sequence[Outcome],
    shas: Sequence[bytes],
    *,
    index: bool = True,
    shapes: Sequence[bytes] = (),
) -> list[Packed]:
    """The same for several outcomes, one kind of work after the other: compressing leaves nothing else in the
    processor's cache. `shapes`: the shaped articles as JSON, empty where one is not at hand."""
    shaped = [s or encoder.encode(o.shaped) for s, o in zip(shapes or [b""] * len(outcomes), outcomes, strict=True)]
    stored = [s if o.article is o.shaped else encoder.encode(o.article) for s, o in zip(shaped, outcomes, strict=True)]
    ledgers = [_ledger(outcome) for outcome in outcomes]
    digests = list(map(_digests, records, outcomes, stored, ledgers))
    blobs = list(map(_blobs, records, outcomes, stored, shaped, ledgers))
    return [_packed(*row, index) for row in zip(records, outcomes, shas, digests, blobs, strict=True)]


def _ledger(outcome: Outcome) -> tuple[bytes, bytes]:
    account, ops = outcome.account, outcome.ops
    return ledger.to_json(account) if account else b"", ledger.to_json(ops) if ops else b""


def _digests(record: Record, outcome: Outcome, stored: bytes, told: tuple[bytes, bytes]) -> tuple[str, bytes, bytes]:
    """Of the stored article, of the payload, and of all that the outcome says."""
    own, verdict = sha256(stored), outcome.verdict
    result = sha256(own.digest())
    result.update("\0".join((verdict.state, outcome.state, outcome.html)).encode())
    for part in (*told, _json(verdict.problems), _json(outcome.faults)):
        result.update(b"\0" + part)
    return own.hexdigest(), sha256(record.payload).digest(), result.digest()


def _json(values: tuple[Any, ...]) -> bytes:
    return msgspec.json.encode(values) if values else b""


def _blobs(
    record: Record, outcome: Outcome, stored: bytes, shaped: bytes, told: tuple[bytes, bytes]
) -> tuple[bytes, bytes | None, bytes, bytes | None, bytes | None]:
    """Compressed: the article, the shaped one if it is another, the payload, the account and the edits."""
    account, ops = told
    before = pack(shaped) if outcome.ops else None
    return pack(stored), before, pack(record.payload), pack(account) if account else None, pack(ops) if ops else None


def _packed(
    record: Record,
    outcome: Outcome,
    sha: bytes,
    digests: tuple[str, bytes, bytes],
    blobs: tuple[bytes, bytes | None, bytes, bytes | None, bytes | None],
    index: bool,
) -> Packed:
    article, faults = outcome.article, outcome.faults
    own, payload_sha256, result = digests
    article_zst, shaped_zst, payload_zst, account_zst, ops_zst = blobs
    mended = sum([fault.state == "mended" for fault in faults])
    return Packed(
        key=record.key,
        path=article_path(article.headline.text, article.published, record.source, record.key),
        facts=_facts(outcome),
        article_zst=article_zst,
        shaped_zst=shaped_zst,
        sha256=own,
        record=record_head(record),
        payload_zst=payload_zst,
        length=len(record.payload),
        payload_sha256=payload_sha256,
        record_sha256=sha,
        modified=record.modified,
        title=sha256(outcome.shaped.headline.text.encode()).digest()[:8],
        result=result,
        asked=msgspec.msgpack.encode(outcome.asked) if outcome.asked else b"",
        verdict=outcome.verdict.state,
        problems=_json(outcome.verdict.problems).decode(),
        state=outcome.state,
        undated=article.published is None,
        unmapped=_unmapped(article, record.key) if article.extra else "",
        mended=mended,
        open=len(faults) - mended,
        milliseconds=round(outcome.milliseconds, 3),
        account_zst=account_zst,
        ops_zst=ops_zst,
        body=outcome.html,
        authors=_names(article.bylines),
        topics=_names(article.topics),
        faults=tuple([_fault(fault) for fault in faults[:MAX_FAULTS]]) if faults else (),
        media=outcome.media,
        old=_old(article.legacy_urls),
        words=_words(article) if index else None,
    )


def _old(urls: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys([old for url in urls if (old := old_path(url))[1]]))


def _unmapped(article: Article, key: str) -> str:
    """Names of the fields that nobody mapped; the one with the record's key is spoken for."""
    return "\n".join(sorted({" ".join(extra.name.split()) for extra in article.extra if extra.value.strip() != key}))


def _facts(outcome: Outcome) -> tuple[Cell, ...]:
    article = outcome.article
    return (
        outcome.state,
        article.withheld,
        article.kicker.text,
        article.headline.text,
        teaser(article),
        article.section,
        name_slug(article.section),
        article.language,
        utc(article.published),
        utc(article.modified),
        article.published.date().isoformat() if article.published else None,
        _picture(article),
    )


def _words(article: Article) -> tuple[str, str, str]:
    headline = f"{article.kicker.text} {article.headline.text} {' '.join(article.bylines)}"
    text = "\n".join(text.text for at, text in article_texts(article) if ":" in at)
    return tuple(tokens(part, article.language) for part in (headline, article.lead.text, text))  # type: ignore[return-value]


def teaser(article: Article) -> str:
    """The lead, or the beginning of the text, cut at a word's end."""
    text = article.lead.text
    if not text:
        text = next((t.text for at, t in article_texts(article) if at.endswith(":text")), "")
    text = " ".join(text[: TEASER * 2].split())
    return text if len(text) <= TEASER else text[: TEASER - 1].rpartition(" ")[0] + " …"


def utc(when: datetime | None) -> str | None:
    """A moment as Django keeps it in SQLite."""
    if when is None:
        return None
    try:
        return when.astimezone(UTC).isoformat(" ")[: -len("+00:00")]
    except OverflowError:  # the first or last day of the calendar
        return when.replace(tzinfo=None).isoformat(" ")


def _picture(article: Article) -> str:
    for block in walk(article.blocks):
        if type(block) is Image and block.media:
            return block.media
    return ""


def _names(names: tuple[str, ...]) -> tuple[tuple[int, str, str], ...]:
    return tuple((position, name, name_slug(name)) for position, name in enumerate(names))


def _fault(fault: Fault) -> tuple[Cell, ...]:
    return (
        fault.name, fault.grade, fault.state, fault.at, fault.start, fault.end, fault.before, fault.after,
        fault.excerpt, fault.note,
    )  # fmt: skip
