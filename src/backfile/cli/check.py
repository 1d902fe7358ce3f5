"""`backfile check`: the whole archive proved again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from backfile.cli.progress import watched
from backfile.cli.terminal import FOLDER, archive_option, emit, json_option, out, plain
from backfile.errors import UnreadableInput

if TYPE_CHECKING:
    from backfile.checking import Checked
    from backfile.proof.counts import Comparison
    from backfile.store.archive import Archive

SHOWN = 20


@click.command(name="check")
@click.option(
    "--witness",
    type=FOLDER,
    metavar="FILE",
    help="Also compare with a sitemap, an access log, or a list of addresses or keys of the old website.",
)
@archive_option
@json_option
def verb(witness: Path | None, archive: Path, as_json: bool) -> None:
    """Prove every article again, from the stored originals to the stored pages.

    Three verdicts: proved, failed, not checked. Exits with 1 if a published article fails, if a stored verdict
    differs from the one found now, or if the witness knows addresses that the archive does not answer. An article
    that is held because its proof failed is honest, and no reason.

    Example: backfile check --witness sitemap.xml
    """
    from backfile.checking import check
    from backfile.store.archive import Archive

    with Archive.open(archive, read_only=True) as opened:
        with watched("the archive") as progress:
            total = opened.db.execute("SELECT count(*) FROM article").fetchone()[0]
            progress.phase("check", total)
            checked = check(opened, _Counting(progress))
        comparison = _compare(opened, witness) if witness else None
    good = checked.good and not (comparison and comparison.absent)
    if as_json:
        import msgspec

        emit({"good": good, **msgspec.to_builtins(checked), "witness": comparison})
    else:
        _show(checked, comparison, good)
    if not good:
        raise click.exceptions.Exit(1)


class _Counting:
    """A check goes on by articles, not by bytes."""

    def __init__(self, progress: object) -> None:
        self.progress = progress

    def advance(self, articles: int, _: int) -> None:
        self.progress.advance(articles, articles)  # type: ignore[attr-defined]


def _compare(archive: Archive, witness: Path) -> Comparison:
    from backfile.proof.counts import compare, paths_too, read_witness

    try:
        data = witness.read_bytes()
    except OSError as problem:
        raise UnreadableInput(f"cannot be read: {problem.strerror}", where=str(witness)) from problem
    query = "SELECT host || old FROM redirect UNION SELECT path FROM article UNION SELECT key FROM article"
    return compare(read_witness(data), paths_too(row[0] for row in archive.db.execute(query)))


def _show(checked: Checked, comparison: Comparison | None, good: bool) -> None:
    from backfile.report.gather import in_words

    out().print(
        f"{checked.articles:,} articles: [green]{checked.proved:,} proved[/], {checked.failed:,} failed"
        f" ({checked.public_failed:,} of them published), {checked.not_checked:,} not checked"
    )
    if checked.differing:
        out().print(f"[red]{checked.differing:,} verdicts differ from those of the import[/]")
    if checked.without_original:
        out().print(f"[red]{checked.without_original:,} articles have no original[/]")
    for line in checked.sums:
        out().print(f"[red]{plain(line)}[/]")
    for finding in checked.findings[:SHOWN]:
        first = in_words(finding.problems[0]) if finding.problems else f"was {finding.stored}, is {finding.found}"
        out().print(f"  {plain(finding.source)}:{plain(finding.key)}  {finding.state}  {plain(first)}")
    if len(checked.findings) > SHOWN:
        out().print("  more with --json")
    if comparison:
        out().print(f"witness: {comparison.known:,} of {comparison.witnessed:,} addresses are answered")
        for address in comparison.missing[:SHOWN]:
            out().print(f"  [red]missing[/] {plain(address)}")
    out().print("[green]good[/]" if good else "[bold red]not good[/]")
