"""`backfile learn`: a new profile from the archive, and what it changes."""

from __future__ import annotations

from pathlib import Path

import click

from backfile.cli.progress import watched
from backfile.cli.terminal import archive_option, emit, json_option, out, plain


@click.command(name="learn")
@click.option("--source", default="", metavar="NAME", help="Only this source.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@click.option("--again/--no-again", default=True, show_default=True, help="Make the articles concerned anew at once.")
@archive_option
@json_option
def verb(source: str, dry_run: bool, again: bool, archive: Path, as_json: bool) -> None:
    """Learn a new profile from the archive's own articles; make those anew that get other answers from it.

    Example: backfile learn --dry-run
    """
    from backfile.learning import again as make_again
    from backfile.learning import learn
    from backfile.store.archive import Archive

    with Archive.open(archive) as opened, watched("the archive") as progress:
        learned = learn(opened, source, progress, keep=not dry_run)
        if again and not dry_run:
            for one in learned:
                if one.changed:
                    make_again(opened, one.source, progress)
    if as_json:
        emit(learned)
        return
    for one in learned:
        verb_ = "would change" if dry_run else "changed" if again else "will change at the next import"
        news = "knows what the one before knew" if one.same else f"{one.changed:,} {verb_}"
        out().print(f"{plain(one.source)}: learned from {one.articles:,} articles; {news}")
