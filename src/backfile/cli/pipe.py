"""`backfile pipe`: JSON Lines in, JSON Lines out, no archive."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click

from backfile.cli.terminal import FOLDER, emit
from backfile.errors import UsageError


@click.command(name="pipe")
@click.option("--mend/--no-mend", "mending", default=True, help="Mend, or shape only.")
@click.option("--learn", type=FOLDER, metavar="FILE", help="Learn the profile first, from this file of the same form.")
@click.option("--profile", type=FOLDER, metavar="FILE", help="Use this saved profile.")
@click.option("--save-profile", type=FOLDER, metavar="FILE", help="Save the profile used.")
def verb(mending: bool, learn: Path | None, profile: Path | None, save_profile: Path | None) -> None:
    """Shape, mend and prove articles from standard input, without an archive.

    One object a line: {"id", "content", "format": "text" | "html" | "page" | "nitf", "language"?, "url"?,
    "dialect"?}. One answer a line: {"id", "headline", "kicker", "lead", "byline", "date", "language", "text",
    "blocks", "edits", "faults", "drops", "verdict"}, or {"id", "error"}.

    Example: echo '{"id": 1, "format": "html", "content": "<p>F&amp;uuml;nf</p>"}' | backfile pipe
    """
    from backfile import pipe as room
    from backfile.profile import Profile

    if learn and profile:
        raise UsageError("--learn and --profile exclude each other", hint="learn once with --save-profile")
    if learn:
        with _open(learn) as lines:
            known = room.learn(lines)
    elif profile:
        with _open(profile) as file:
            known = Profile.from_bytes(file.read())
    else:
        known = Profile()
    if save_profile:
        save_profile.write_bytes(known.to_bytes())
    for answer in room.run(_lines(), known, mending=mending):
        emit(answer)


def _lines() -> Iterator[bytes]:
    """Standard input by lines. Of a line over the limit only its beginning is kept: enough to refuse it by its id."""
    from backfile.pipe import MAX_LINE

    read = sys.stdin.buffer.readline
    while line := read(MAX_LINE + 1):
        if len(line) > MAX_LINE:
            while (rest := read(1 << 20)) and not rest.endswith(b"\n"):
                pass
        yield line


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as problem:
        raise UsageError(f"cannot read {path}: {problem.strerror}", hint="name a file that exists") from problem
