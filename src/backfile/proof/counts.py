"""The account of records: an import's sum must hold, also against witnesses from outside.

A witness is a list of addresses (or keys) that somebody else kept: a sitemap, an access log, a plain list.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Literal
from urllib.parse import unquote, urlsplit

import msgspec

from backfile.proof.verdict import Problem

PARTS = ("imported", "updated", "unchanged", "merged", "excluded", "rejected")
"""What a record can end as; their sum is `records`."""

KEPT = ("imported", "updated", "unchanged")
"""Those that are articles; `held` and `withheld` are among them."""

WitnessKind = Literal["sitemap", "log", "list"]

MAX_MISSING = 100_000
MAX_WITNESS = 2_000_000_000


def sum_problems(counts: Mapping[str, int]) -> list[Problem]:
    """Nothing if `records` is the sum of its parts, and `held` and `withheld` are not more than the articles."""
    problems = []
    total = sum(counts.get(part, 0) for part in PARTS)
    if counts.get("records", 0) != total:
        note = " + ".join(f"{counts.get(part, 0)} {part}" for part in PARTS)
        problems.append(
            Problem(kind="count", at="records", expected=str(counts.get("records", 0)), found=str(total), note=note)
        )
    articles = sum(counts.get(part, 0) for part in KEPT)
    problems += [
        Problem(kind="count", at=part, expected=f"at most {articles}", found=str(counts[part]))
        for part in ("held", "withheld")
        if counts.get(part, 0) > articles
    ]
    problems += [
        Problem(kind="count", at=part, expected="0 or more", found=str(value))
        for part, value in counts.items()
        if isinstance(value, int) and value < 0
    ]
    return problems


def verdict_problems(counts: Mapping[str, int], verdicts: Mapping[str, int]) -> list[Problem]:
    """Nothing if every article that was kept has one verdict."""
    articles, judged = sum(counts.get(part, 0) for part in KEPT), sum(verdicts.values())
    if articles == judged:
        return []
    return [Problem(kind="count", at="verdicts", expected=str(articles), found=str(judged))]


class Comparison(msgspec.Struct, frozen=True):
    """What a witness knows and the archive does not: `missing` as the witness wrote it, at most `MAX_MISSING`;
    `absent` is their number, `known` those with an article, `witnessed` all."""

    witnessed: int
    known: int
    absent: int
    missing: tuple[str, ...] = ()


def compare(witness: Iterable[str], archive: Iterable[str]) -> Comparison:
    """Which addresses or keys of the witness have no article, as `normal` compares them."""
    have = {normal(entry) for entry in archive}
    seen: set[str] = set()
    missing: list[str] = []
    absent = 0
    for entry in witness:
        name = normal(entry)
        if name in seen:
            continue
        seen.add(name)
        if name not in have and _path(name) not in have:
            absent += 1
            if len(missing) < MAX_MISSING:
                missing.append(entry)
    return Comparison(len(seen), len(seen) - absent, absent, tuple(missing))


def paths_too(addresses: Iterable[str]) -> Iterator[str]:
    """The addresses and their bare paths, for witnesses that do not name the host (access logs)."""
    for entry in addresses:
        yield entry
        yield _path(normal(entry))


def normal(entry: str) -> str:
    """An address or key as it is compared: scheme, host's case, `www.`, query and final slash do not count; but
    `/?p=12` keeps its query, which is the address there."""
    entry = entry.strip()
    if "/" not in entry:
        return entry
    try:
        parts = urlsplit(entry)
    except ValueError:
        return entry
    host = parts.netloc.lower().removeprefix("www.")
    path = unquote(parts.path).rstrip("/")
    query = f"?{parts.query}" if parts.query and path in ("", "/index.php") else ""
    return f"{host}{path}{query}" or "/"


def _path(name: str) -> str:
    slash = name.find("/")
    return name[slash:] if slash > 0 else name


# -- witnesses -----------------------------------------------------------------------------------------

_LOC = re.compile(r"<(?:[A-Za-z]+:)?loc\b[^>]*>\s*(?:<!\[CDATA\[)?\s*([^<\]]+?)\s*(?:\]\]>)?\s*</", re.IGNORECASE)
_REQUEST = re.compile(r'"(?:GET|HEAD) (\S+)(?: HTTP/[\d.]+)?" (\d{3})')


def read_witness(data: bytes, kind: WitnessKind | None = None) -> Iterator[str]:
    """The addresses (or keys) in a sitemap, an access log in the common or combined format, or a list with one a line.

    `kind` None: told by the content. Gzip is unpacked, up to `MAX_WITNESS` bytes.
    """
    text = _unpacked(data).decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    kind = kind or _kind(text)
    if kind == "sitemap":
        yield from (unescape(found[1]) for found in _LOC.finditer(text))
    elif kind == "log":
        yield from (found[1] for found in _REQUEST.finditer(text) if found[2] in ("200", "206", "304"))
    else:
        yield from (line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def _unpacked(data: bytes) -> bytes:
    if data[:2] != b"\x1f\x8b":
        return data
    import io

    with gzip.open(io.BytesIO(data)) as file:
        return file.read(MAX_WITNESS)


def _kind(text: str) -> WitnessKind:
    head = text[:20_000]
    if "<urlset" in head or "<sitemapindex" in head or "<loc>" in head:
        return "sitemap"
    return "log" if _REQUEST.search(head) else "list"
