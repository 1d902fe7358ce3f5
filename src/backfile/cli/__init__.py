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
from backfile.cli.mishaps import explained
from backfile.cli.terminal import say_error

VERBS = (
    "inspect", "import", "learn", "check", "serve", "faults", "show", "rejects", "export", "pipe", "report", "desk",
    "lab", "demo",
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

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:  # before click makes an error of it
            ctx.exit(_unheard())


@click.group(
    cls=Verbs, name="backfile", context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, message="backfile %(version)s")
def app() -> None:
    """Move a newspaper's archive into a new website, and prove that nothing was lost.

    Start with `backfile inspect YOUR-EXPORT`, which changes nothing, or with `backfile demo`.
    """


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code. Never raises for bad input, nor for a defect."""
    try:
        code = app.main(args=arguments, standalone_mode=False, prog_name="backfile")
        sys.stdout.flush()
        return code if isinstance(code, int) else 0
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except (KeyboardInterrupt, click.Abort):
        verb = (sys.argv[1:] if arguments is None else list(arguments))[:1]
        say_error("interrupted; the same command goes on where it stopped" if verb == ["import"] else "interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        return _unheard()
    except Exception as problem:  # the last resort: people never see a traceback
        known = explained(problem)
        say_error(known)
        return known.exit_code


def _unheard() -> int:
    """The reader of our output is gone (`| head`): nothing is wrong, and nobody is there to hear of it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def main() -> None:
    """The `backfile` command."""
    sys.exit(run())
