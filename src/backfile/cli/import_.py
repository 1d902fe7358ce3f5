"""`backfile import`: the main job."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from backfile.cli.progress import watched
from backfile.cli.report import FILE, write_page
from backfile.cli.terminal import FOLDER, archive_option, console, emit, json_option, plain
from backfile.errors import UsageError

if TYPE_CHECKING:
    from backfile.importing import Progress, Summary, Wish


@click.command(name="import")
@click.argument("sources", nargs=-1, type=FOLDER, metavar="SOURCE...")
@click.option(
    "--source", "name", default="", metavar="NAME", help="What the old system is called; by default as the export says."
)
@click.option("--format", "format_", default="", metavar="FORMAT", help="Do not recognise the format: it is this one.")
@click.option("--dry-run", is_flag=True, help="Do everything, to a copy that is then thrown away.")
@click.option("--limit", default=0, type=click.IntRange(0), metavar="N", help="Only the first N items.")
@click.option("--only", default="", metavar="KEY", help="Only the record with this key.")
@click.option(
    "--complete", is_flag=True, help="This export is all there is: report what is no longer in it as removed."
)
@click.option("--workers", default=1, type=click.IntRange(1, 256), metavar="N", show_default=True, help="Processes.")
@click.option("--no-search", is_flag=True, help="Leave the search index out.")
@click.option("--strict", is_flag=True, help="Exit with 1 if anything was rejected or held.")
@click.option("--report", "page", type=FOLDER, metavar="FILE", help=f"Where the report goes.  [default: DIR/{FILE}]")
@archive_option
@json_option
def verb(
    sources: tuple[Path, ...],
    name: str,
    format_: str,
    dry_run: bool,
    limit: int,
    only: str,
    complete: bool,
    workers: int,
    no_search: bool,
    strict: bool,
    page: Path | None,
    archive: Path,
    as_json: bool,
) -> None:
    """Import an export of the old editorial system into the archive.

    SOURCE is a file or folder; without one, every [[source]] of backfile.toml is imported. Run it again at any time: an
    import that was killed goes on, what has not changed stays as it is.

    Example: backfile import export.xml --archive archive/
    """
    from backfile.importing import Wish

    wishes = [
        Wish(
            path=path,
            name=name,
            format=format_,
            limit=limit,
            only=only,
            complete=complete,
            workers=workers,
            index=not no_search,
        )
        for path in sources or _configured(archive)
    ]
    if name and len(wishes) > 1:
        raise UsageError("--source names one export", hint="Import them one by one.")
    counts = run(archive, wishes, dry_run=dry_run, page=page, quiet=as_json)
    if as_json:
        emit(counts)
    if strict and (counts["rejected"] or counts["held"]):
        raise click.exceptions.Exit(1)


def run(
    archive: Path, wishes: Sequence[Wish], *, dry_run: bool = False, page: Path | None = None, quiet: bool = False
) -> dict[str, Any]:
    """Import all of them, show the report, write the page. Returns the sum of their counts."""
    from backfile.report.facts import add

    total: dict[str, Any] = {}
    runs: list[int] = []
    for wish in wishes:
        _recognised(archive, wish)
        with watched(wish.path.name or str(wish.path)) as progress:
            summary = _import(archive, wish, progress, dry_run=dry_run)
        if summary.resumed:
            console().print(f"went on after {summary.resumed:,} records that an earlier run had stored")
        if dry_run and not quiet:
            console().print(f"{plain(summary.source)}, without changing anything: {_line(summary.counts)}")
        runs.append(summary.run)
        total = add(total, summary.counts)
    if not dry_run:
        _report(archive, runs, page or archive / FILE, quiet=quiet)
    return total


def _recognised(archive: Path, wish: Wish) -> None:
    """Raise for an export that nobody can read, before an archive is made for it."""
    from backfile import registry
    from backfile.config import load

    format_ = wish.format or load(archive).source_for(wish.path, archive, wish.name).format
    if format_ and wish.path.exists():
        registry.source(format_)
    else:
        registry.recognise(wish.path)


def _import(archive: Path, wish: Wish, progress: Progress, *, dry_run: bool) -> Summary:
    from backfile.importing import dry_run as rehearse
    from backfile.importing import run_import
    from backfile.store.archive import Archive

    if dry_run:
        return rehearse(archive, wish, progress)
    with Archive.open_or_create(archive) as opened:
        return run_import(opened, wish, progress)


def _report(archive: Path, runs: Sequence[int], page: Path, *, quiet: bool) -> None:
    from backfile.report.gather import gather
    from backfile.report.page import page as as_page
    from backfile.report.terminal import print_report
    from backfile.store.archive import Archive

    with Archive.open(archive, read_only=True) as opened:
        facts = gather(opened, runs)
    if not quiet:
        print_report(console(), facts)
    write_page(page, as_page(facts))


def _configured(archive: Path) -> list[Path]:
    from backfile.config import load

    found = [archive / section.path for section in load(archive).source if section.path]
    if not found:
        raise UsageError(
            "no export is named, neither here nor in backfile.toml",
            hint="Try: backfile import YOUR-EXPORT --archive DIR",
        )
    return found


def _line(counts: dict[str, Any]) -> str:
    from backfile.report.facts import OUTCOMES

    parts = " + ".join(f"{counts[name]} {name}" for name in OUTCOMES if counts.get(name))
    return f"{counts['records']} records = {parts or 'nothing'}"
