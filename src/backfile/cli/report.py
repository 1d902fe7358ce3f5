"""`backfile report`: the last import once more, in the terminal or as a page."""

from __future__ import annotations

from pathlib import Path

import click

from backfile.cli.terminal import FOLDER, archive_option, console, emit, json_option, out

FILE = "import-report.html"


@click.command(name="report")
@click.option("--run", type=int, metavar="N", help="One run's number; the last one of each source by default.")
@click.option("--html", "page", type=FOLDER, metavar="FILE", help="Write it as a page that stands alone.")
@archive_option
@json_option
def verb(run: int | None, page: Path | None, archive: Path, as_json: bool) -> None:
    """Show what the last import did to every record.

    Example: backfile report --html report.html
    """
    from backfile.report.gather import gather
    from backfile.report.page import page as as_page
    from backfile.report.terminal import print_report
    from backfile.store.archive import Archive

    with Archive.open(archive, read_only=True) as opened:
        facts = gather(opened, (run,) if run else ())
    if page:
        write_page(page, as_page(facts))
    if as_json:
        emit(facts)
    elif not page:
        print_report(out(), facts)


def write_page(path: Path, html: str) -> None:
    """Write the page and say where it is. Raises `ArchiveError` if it cannot be written."""
    from backfile.errors import ArchiveError

    try:
        path.write_text(html, encoding="utf-8", errors="replace")
    except OSError as problem:
        raise ArchiveError(
            f"cannot write {path}: {problem.strerror}", hint="name another place for the page"
        ) from problem
    console().print(f"report: [bold]{path.resolve().as_uri()}[/]", soft_wrap=True)
