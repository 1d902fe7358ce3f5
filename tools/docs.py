"""Writes the generated pages of docs/: the command line from its own help, the rules from their cards.

python tools/docs.py            write them
python tools/docs.py --check    exit with 1 if any is out of date
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from backfile import errors
from backfile.cli import VERBS, app
from backfile.faults import catalogue

DOCS = Path(__file__).resolve().parent.parent / "docs"


def commands() -> str:
    parts = [
        "# The command line\n\nGenerated from the commands' own help. Answers go to standard output (with `--json`: "
        "one object, or JSON Lines), everything else to standard error. A command never ends in a traceback; "
        "`BACKFILE_TRACEBACK=1` shows the one behind a defect.\n",
        _exit_codes(),
    ]
    context = click.Context(app, info_name="backfile", max_content_width=100, terminal_width=100)
    for name in VERBS:
        command = app.get_command(context, name)
        assert command is not None, name
        parts.extend(_help(command, name, context, 2))
    return "\n".join(parts)


def _exit_codes() -> str:
    """The table that the docstring of `backfile.errors` holds in one sentence."""
    sentence = " ".join((errors.__doc__ or "").partition("Exit codes: ")[2].split()).rstrip(".")
    rows = [f"| {code} | {text} |" for code, _, text in (part.partition(" ") for part in sentence.split(" · "))]
    return "\n".join(["| exit code | |", "|---|---|", *rows, ""])


def _help(command: click.Command, name: str, parent: click.Context, level: int) -> Iterator[str]:
    context = click.Context(command, info_name=name, parent=parent, max_content_width=100, terminal_width=100)
    yield f"{'#' * level} {context.command_path}\n\n```\n{command.get_help(context)}\n```\n"
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            child = command.get_command(context, below)
            assert child is not None, below
            yield from _help(child, below, context, level + 1)


def pages() -> dict[Path, str]:
    """Every generated page and its text."""
    found = {DOCS / "commands.md": commands()}
    found.update({DOCS / "rules" / name: text for name, text in catalogue.pages().items()})
    return found


def main() -> None:
    old = [path for path, text in pages().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    stray = set((DOCS / "rules").glob("*.md")) - set(pages())
    if "--check" in sys.argv:
        for path in (*old, *sorted(stray)):
            print(f"out of date: {path.relative_to(DOCS.parent)}; run `make docs`", file=sys.stderr)
        sys.exit(1 if old or stray else 0)
    (DOCS / "rules").mkdir(exist_ok=True)
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
    for path in stray:
        path.unlink()


if __name__ == "__main__":
    main()
