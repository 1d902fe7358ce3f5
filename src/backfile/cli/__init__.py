"""The command line: one file per verb, each a thin skin over a room.

Answers go to standard output (with `--json`: one object, or JSON Lines), everything else to standard
error. Errors say what happened, where and what to try next; their exit codes are in
`backfile.errors`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from backfile import __version__
from backfile.cli.terminal import say_error
from backfile.errors import BackfileError

VERBS = (
    "inspect", "import", "learn", "check", "serve", "faults", "show", "rejects", "export", "pipe", "report", "desk",
    "demo",
)  # fmt: skip
"""In the order in which a migration uses them."""

INTERRUPTED = 130


class Verbs(click.Group):
    """Loads a verb's file when it is named, so that `backfile pipe` does not pay for the website."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module = import_module(f"backfile.cli.{cmd_name}_" if cmd_name == "import" else f"backfile.cli.{cmd_name}")
        command: click.Command = module.verb
        return command


@click.group(
    cls=Verbs, name="backfile", context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, message="backfile %(version)s")
def app() -> None:
    """Move a newspaper's archive into a new website, and prove that nothing was lost.

    Start with `backfile inspect YOUR-EXPORT`, which changes nothing, or with `backfile demo`.
    """


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. Never raises for bad input."""
    try:
        code = app.main(args=arguments, standalone_mode=False, prog_name="backfile")
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except BackfileError as problem:
        say_error(problem)
        return problem.exit_code
    except (KeyboardInterrupt, click.Abort):
        say_error("interrupted; the same command goes on where it stopped")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of our output is gone (`| head`): nothing is wrong, and nobody is there to hear of it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def main() -> None:
    """The `backfile` command."""
    sys.exit(run())
