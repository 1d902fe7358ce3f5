"""`backfile export`: the archive's articles to another place."""

from __future__ import annotations

from pathlib import Path

import click

from backfile.cli.terminal import FOLDER, archive_option, console, emit, json_option


@click.command(name="export")
@click.argument("path", type=FOLDER, default=Path("-"))
@click.option("--to", default="jsonl", metavar="TARGET", show_default=True, help="jsonl, or html.")
@click.option("--all", "everything", is_flag=True, help="With held and withheld articles: not for the public.")
@archive_option
@json_option
def verb(path: Path, to: str, everything: bool, archive: Path, as_json: bool) -> None:
    """Write the published articles as JSON Lines, or as a folder of static HTML.

    PATH is the file or folder to write; - is standard output.

    Example: backfile export --to html site/
    """
    from backfile import registry
    from backfile.errors import UsageError
    from backfile.store.archive import Archive
    from backfile.store.deliveries import deliveries, site

    target = registry.target(to)
    if path == Path("-") and to != "jsonl":
        raise UsageError(f"{to} writes files", hint=f"name a folder: backfile export --to {to} FOLDER")
    with Archive.open(archive, read_only=True) as opened:
        receipt = target.write(deliveries(opened, everything=everything), site(opened), path)
    if as_json and path != Path("-"):
        emit(receipt)
    else:
        console().print(f"{receipt.articles} articles, {receipt.length:,} bytes: {receipt.path}", soft_wrap=True)
