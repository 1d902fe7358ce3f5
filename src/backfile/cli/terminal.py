"""What the verbs share: where output goes, and the options that are the same everywhere."""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import msgspec

if TYPE_CHECKING:
    from rich.console import Console

    from backfile.errors import BackfileError

FOLDER = click.Path(path_type=Path)

archive_option = click.option(
    "--archive", type=FOLDER, default=Path(), metavar="DIR", help="The archive's folder.  [default: the current one]"
)
json_option = click.option("--json", "as_json", is_flag=True, help="For machines: JSON on standard output.")


PIPED_WIDTH = 160
"""Columns of what goes into a file or another program, where no window says how wide it is."""


def of_group(context: click.Context, archive: Path) -> Path:
    """The archive that was named, behind the verb or before it."""
    return archive if archive != Path() or context.parent is None else context.parent.params.get("archive", archive)


@cache
def console() -> Console:
    """For people: on standard error, so that standard output holds answers only."""
    return _console(stderr=True, piped=not sys.stderr.isatty())


@cache
def out() -> Console:
    """For people who asked a question: its answer, on standard output. Never wraps what is piped elsewhere."""
    return _console(stderr=False, piped=not sys.stdout.isatty())


def _console(*, stderr: bool, piped: bool) -> Console:
    from rich.console import Console

    class Honest(Console):
        """Says that its reader is gone, instead of ending the program on its own."""

        def on_broken_pipe(self) -> None:
            raise BrokenPipeError

    width = PIPED_WIDTH if piped and "COLUMNS" not in os.environ else None
    return Honest(stderr=stderr, highlight=False, soft_wrap=piped, width=width)


def emit(value: Any) -> None:
    """One JSON value on a line of standard output."""
    sys.stdout.buffer.write(msgspec.json.encode(value) + b"\n")
    sys.stdout.buffer.flush()


def say_error(problem: BackfileError | str) -> None:
    """What happened, where, and what to try next."""
    text = str(problem)
    head, _, hint = text.partition("\n")
    console().print(f"[bold red]error:[/] {_plain(head)}" + (f"\n{_plain(hint)}" if hint else ""), soft_wrap=True)


def _plain(text: str) -> str:
    """Names and texts from an export are data: brackets in them are no markup, control characters are shown."""
    from rich.markup import escape

    return escape("".join(char if char.isprintable() or char == "\n" else f"\\x{ord(char):02x}" for char in text))


plain = _plain
