"""`backfile pipe`: JSON Lines in, JSON Lines out, no archive."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from backfile.cli.terminal import FOLDER
from backfile.errors import ArchiveError, UnreadableInput, UsageError

if TYPE_CHECKING:
    from backfile.profile import Profile


@click.command(name="pipe")
@click.option("--mend/--no-mend", "mending", default=True, help="Mend, or shape only.")
@click.option("--learn", type=FOLDER, metavar="FILE", help="Learn the profile first, from this file of the same form.")
@click.option("--profile", type=FOLDER, metavar="FILE", help="Use this saved profile.")
@click.option("--save-profile", type=FOLDER, metavar="FILE", help="Save the profile used.")
def verb(mending: bool, learn: Path | None, profile: Path | None, save_profile: Path | None) -> None:
    """Shape, mend and prove articles from standard input, without an archive.

    One object a line: {"id", "content", "format": "text" | "html" | "page" | "nitf" | …, "language"?, "url"?,
    "dialect"?}. One answer a line: {"id", "headline", "kicker", "lead", "byline", "date", "language", "text",
    "blocks", "edits", "faults", "drops", "verdict"}, or {"id", "error"}.

    Example: echo '{"id": 1, "format": "html", "content": "<p>F&amp;uuml;nf</p>"}' | backfile pipe
    """
    from backfile import pipe as room

    if learn and profile:
        raise UsageError("--learn and --profile exclude each other", hint="learn once with --save-profile")
    known = _profile(learn, profile)
    if save_profile:
        _save(save_profile, known.to_bytes())
    write, flush = sys.stdout.buffer.write, sys.stdout.buffer.flush
    for answer in room.run(_lines(sys.stdin.buffer), known, mending=mending):
        write(answer)
        flush()


def _profile(learn: Path | None, saved: Path | None) -> Profile:
    from backfile import pipe as room
    from backfile.profile import Profile

    if learn:
        with _open(learn) as lines:
            return room.learn(_lines(lines))
    if not saved:
        return Profile()
    with _open(saved) as file:
        try:
            return Profile.from_bytes(file.read())
        except Exception as problem:  # whatever a file of another kind makes of it
            hint = "Make one with `backfile pipe --learn FILE --save-profile FILE`."
            raise UnreadableInput("is no saved profile", where=str(saved), hint=hint) from problem


def _save(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as problem:
        raise ArchiveError(f"cannot write {path}: {problem.strerror}", hint="Name another place.") from problem


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """A file by lines. Of a line over the limit only its beginning is kept: enough to refuse it by its id."""
    from backfile.pipe import MAX_LINE

    read = file.readline
    while line := read(MAX_LINE + 1):
        rest = line
        while len(line) > MAX_LINE and rest and not rest.endswith(b"\n"):
            rest = read(1 << 20)
        yield line


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as problem:
        raise UnreadableInput(f"cannot be read: {problem.strerror}", where=str(path)) from problem
