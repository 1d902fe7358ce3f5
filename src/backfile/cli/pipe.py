"""`backfile pipe`: JSON Lines in, JSON Lines out, no archive."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, BinaryIO

import typer

from backfile.cli.terminal import emit
from backfile.errors import UsageError

verb = typer.Typer()


@verb.command(name="pipe")
def pipe(
    mending: Annotated[bool, typer.Option("--mend/--no-mend", help="Mend, or shape only.")] = True,
    learn: Annotated[Path | None, typer.Option(metavar="FILE", help="Learn the profile first, from this file.")] = None,
    profile: Annotated[Path | None, typer.Option(metavar="FILE", help="Use this saved profile.")] = None,
    save_profile: Annotated[Path | None, typer.Option(metavar="FILE", help="Save the profile used.")] = None,
) -> None:
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
        known = Profile.empty()
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
