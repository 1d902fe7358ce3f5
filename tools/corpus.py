"""Imports every export below a folder, each into an archive of its own, and prints what came of it.

    python tools/corpus.py ../shared/corpus/wxr                   every file on its own
    python tools/corpus.py ../shared/corpus/html-news-fundus --folders --format pages

A change of shaping, rules or proof is judged by what it changes here: keep two outputs and compare them.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from backfile.errors import BackfileError
from backfile.importing import Wish, run_import
from backfile.report.gather import gather
from backfile.store.archive import Archive

NOT_EXPORTS = {"SOURCE.txt", "INDEX.tsv", "LICENCES.tsv", "README.md"}
COLUMNS = ("records", "imported", "excluded", "rejected", "held", "withheld")


def inputs(folder: Path, whole_folders: bool) -> Iterator[Path]:
    """Every file; or, with `whole_folders`, every folder that holds files."""
    if folder.is_file():
        yield folder
        return
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in NOT_EXPORTS)
    yield from sorted({path.parent for path in files}) if whole_folders else files


def one(path: Path, archive: Path, form: str, workers: int) -> dict[str, Any]:
    """What an import of `path` into a new archive gives: its counts, and why anything was rejected or held."""
    try:
        with Archive.create(archive) as opened:
            counts = run_import(opened, Wish(path=path, format=form, workers=workers)).counts
            report = gather(opened)
    except BackfileError as problem:
        return {"error": str(problem).replace("\n", " ")}
    why = [f"{reject.where}: {reject.reason}" for reject in report.rejects]
    held = [f"{held.key}: {held.problem}" for held in report.held]
    kinds = {fault.name: (fault.mended, fault.open) for fault in report.faults}
    kept = {item.name: item.count for item in (*report.unsupported, *report.unmapped)}
    return {**counts, "why": why, "why_held": held, "kinds": kinds, "kept": kept}


def row(name: str, found: dict[str, Any]) -> str:
    if "error" in found:
        return f"{name[-60:]:<60} {found['error'][:120]}"
    numbers = "".join(f"{found[column]:>9}" for column in COLUMNS)
    verdicts, faults = found["verdicts"], found["faults"]
    proof = f"{verdicts['proved']}/{verdicts['failed']}/{verdicts['not_checked']}"
    return f"{name[-60:]:<60}{numbers}{proof:>12}{faults['mended']:>7}{faults['open']:>6}{found['seconds']:>8.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--folders", action="store_true", help="import folders, not files")
    parser.add_argument("--format", default="", help="do not recognise the format")
    parser.add_argument("--keep", type=Path, help="keep the archives in this folder")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--workers", type=int, default=1)
    wish = parser.parse_args()
    total: Counter[str] = Counter()
    if not wish.json:
        heads = "".join(f"{name:>9}" for name in COLUMNS)
        print(f"{'':<60}{heads}{'proof p/f/n':>12}{'mended':>7}{'open':>6}{'s':>8}")
    with tempfile.TemporaryDirectory() as temporary:
        place = wish.keep or Path(temporary)
        for number, path in enumerate(inputs(wish.folder, wish.folders)):
            name = str(path.relative_to(wish.folder)) if path != wish.folder else path.name
            archive = place / f"{number:04}"
            archive.mkdir(parents=True)
            found = one(path, archive, wish.format, wish.workers)
            show(name, found, as_json=wish.json)
            total.update({column: found.get(column, 0) for column in COLUMNS})
            total.update(found.get("verdicts", {}))
    print(dict(total), file=sys.stderr)


def show(name: str, found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps({"name": name, **found}, ensure_ascii=False))
        return
    print(row(name, found))
    for line in (*found.get("why", ()), *found.get("why_held", ())):
        print(f"    {line[:220]}")


main()
