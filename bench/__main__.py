"""What each step of an import costs, beside only parsing and only inserting the same input: ratios in one run.

    python -m bench                    the steps and the whole, 10,000 generated articles of 3.5 KB
    python -m bench --articles 2000
    python -m bench memory             peak memory of an import of 10,000 and of 100,000 articles

CPU time of this process alone, so that other programs do not count; medians of three.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import turbohtml
from lxml import etree

from backfile import registry
from backfile.faults.mend import mend
from backfile.importing import Wish, run_import
from backfile.pipeline import process_together
from backfile.profile import Learner
from backfile.proof import prove, prove_page
from backfile.record import Options, Record
from backfile.render import body
from backfile.shaping import shape
from backfile.store import runs
from backfile.store.archive import Archive
from backfile.store.rows import Packed, pack_together, record_sha256
from backfile.store.writer import Writer
from bench import generate

ROUNDS = 3
CHUNK = 500
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def measured(work: Callable[..., Any], setup: Callable[[], Any] | None = None) -> tuple[float, Any]:
    """Median CPU seconds of three rounds, and the last round's result. `setup` makes what `work` takes, and is not
    counted; the lists of earlier steps are hidden from the collector, which an import does not have to walk either."""
    times, result = [], None
    for _ in range(ROUNDS):
        given = [setup()] if setup else []
        gc.collect()
        gc.freeze()
        started = process_time()
        result = work(*given)
        times.append(process_time() - started)
    return median(times), result


class Steps:
    """Rows of the table: name, microseconds an article."""

    def __init__(self, articles: int) -> None:
        self.articles = articles
        self.rows: list[tuple[str, float]] = []

    def measure(self, name: str, work: Callable[..., Any], setup: Callable[[], Any] | None = None) -> Any:
        seconds, result = measured(work, setup)
        self.rows.append((name, seconds / self.articles * 1e6))
        return result


def only_parse(path: Path) -> int:
    """What any importer must do at least: read the XML, parse the bodies as HTML."""
    size = 0
    for _, item in etree.iterparse(path, tag="item"):
        size += len(turbohtml.parse_fragment(item.findtext(CONTENT) or "").text)
        item.clear()
    return size


def only_insert(rows: list[tuple[Any, Any, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        db = sqlite3.connect(Path(folder) / "t.sqlite3", isolation_level=None)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=NORMAL")
        db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, key TEXT UNIQUE, title TEXT, body BLOB)")
        for first in range(0, len(rows), 500):
            db.execute("BEGIN")
            db.executemany("INSERT INTO t (key, title, body) VALUES (?, ?, ?)", rows[first : first + 500])
            db.execute("COMMIT")
        db.close()


def write(archive: Archive, packed: list[Packed]) -> None:
    with archive:
        source, _ = runs.source_row(archive, "bench", "wxr", "")
        facts = {"path": "", "fingerprint": "", "rules": "", "profile": None, "complete": False}
        run = runs.begin(archive, source=source, **facts)  # type: ignore[arg-type]
        writer = Writer(archive, source=source, run=run, rules="", profile=None, process=_none_is_left)
        for first in range(0, len(packed), CHUNK):
            writer.write(first + 1, packed[first : first + CHUNK])


def _none_is_left(record: Record, sha: bytes) -> Packed:
    raise AssertionError("all are packed")


def whole(path: Path, archive: Archive, *, index: bool) -> None:
    with archive:
        counts = run_import(archive, Wish(path=path, name="bench", index=index)).counts
    assert not counts["rejected"], counts
    assert not counts["verdicts"].get("failed"), counts


def steps(path: Path, articles: int) -> Steps:
    """Every step on its own over the same records, then the whole."""
    table = Steps(articles)
    source, options = registry.source("wxr"), Options(source="bench")
    table.measure("(only parse: lxml, turbohtml)", lambda: only_parse(path))
    items = table.measure("read", lambda: list(source.items(path, options)))
    records = [item for item in items if isinstance(item, Record)]
    fields = table.measure("fields", lambda: [source.fields(record, options) for record in records])
    pairs = list(zip(records, fields, strict=True))
    shaped = table.measure("shape", lambda: [shape(record, found, options) for record, found in pairs])
    profile = table.measure("learn", lambda: _learned([one.article for one in shaped]))
    mended = table.measure("mend", lambda: [mend(one.article, profile) for one in shaped])
    trios = list(zip(records, shaped, mended, strict=True))
    spec = source.spec
    table.measure("prove", lambda: [prove(r, spec, s.article, s.account, m.ops, m.article) for r, s, m in trios])
    pages = table.measure("render", lambda: [body(one.article) for one in mended])
    table.measure("prove page", lambda: [prove_page(m.article, p) for m, p in zip(mended, pages, strict=True)])
    outcomes = process_together(records, source, options, profile, shapes=shaped)
    shas = table.measure("hash", lambda: [record_sha256(record) for record in records])
    packed = table.measure("pack rows", lambda: pack_together(records, outcomes, shas, index=False))
    rows = [(one.key, one.facts[3], one.article_zst + one.payload_zst) for one in packed]
    table.measure("(only insert: one table)", lambda: only_insert(rows))
    with tempfile.TemporaryDirectory() as folder:
        fresh = (Archive.create(Path(folder) / str(number)) for number in count())
        table.measure("write", lambda a: write(a, packed), lambda: next(fresh))
        table.measure("whole, without full text", lambda a: whole(path, a, index=False), lambda: next(fresh))
        table.measure("whole, with full text", lambda a: whole(path, a, index=True), lambda: next(fresh))
    return table


def _learned(articles: list[Any]) -> Any:
    learner = Learner()
    for article in articles:
        learner.add(article)
    return learner.freeze()


def show(table: Steps) -> None:
    parsing = table.rows[0][1]
    print(f"{'step':<32}{'µs/article':>12}{'per CPU-second':>16}{'× only parse':>14}")
    for name, cost in table.rows:
        print(f"{name:<32}{cost:>12.0f}{1e6 / cost:>16,.0f}{cost / parsing:>14.2f}")


def memory(counts: tuple[int, ...]) -> None:
    """Peak memory of whole imports, each in a process of its own."""
    for articles in counts:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "export.xml"
            with path.open("w", encoding="utf-8") as file:
                generate.write(file, articles)
            child = [sys.executable, "-m", "bench", "import", str(path), str(Path(folder) / "archive")]
            found = subprocess.run(child, check=True, capture_output=True, text=True)
            print(f"{articles:>9,} articles, {path.stat().st_size / 1e6:>7.0f} MB: {found.stdout.strip()}")


def one_import(path: Path, folder: Path) -> None:
    started = process_time()
    with Archive.create(folder) as archive:
        counts = run_import(archive, Wish(path=path, name="bench")).counts
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak {peak:.0f} MB, {counts['records'] / (process_time() - started):,.0f} articles a CPU-second")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", nargs="*", default=["steps"])
    parser.add_argument("--articles", type=int, default=10_000)
    wish = parser.parse_args()
    if wish.what[0] == "memory":
        memory(tuple(int(n) for n in wish.what[1:]) or (10_000, 100_000))
    elif wish.what[0] == "import":
        one_import(Path(wish.what[1]), Path(wish.what[2]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "export.xml"
            with path.open("w", encoding="utf-8") as file:
                generate.write(file, wish.articles)
            show(steps(path, wish.articles))


main()
