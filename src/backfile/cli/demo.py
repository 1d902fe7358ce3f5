"""`backfile demo`: the example archive, imported and served."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from backfile.cli.terminal import FOLDER, console
from backfile.errors import ArchiveError, MissingTool, UsageError

if TYPE_CHECKING:
    from backfile.config import Config

NAME = "demo-archive"
HEAD = "# Made by `backfile demo`, which writes it again.\n"


@click.command(name="demo")
@click.option("--archive", type=FOLDER, default=Path(NAME), show_default=True, metavar="DIR", help="Where it is made.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option("--serve/--no-serve", "serving", default=True, help="Serve the website afterwards.")
def verb(archive: Path, host: str, port: int, serving: bool) -> None:
    """Import the archive of a small newspaper that never was, show the report, serve the new website.

    Example: backfile demo --port 8080
    """
    from backfile.cli import import_, serve
    from backfile.importing import Wish

    config = prepare(archive, _examples())
    console().print(f"importing the example archive into [bold]{archive}[/]")
    wishes = [Wish(path=archive / section.path, name=section.name) for section in config.source]
    import_.run(archive, wishes)
    if serving:
        serve.start(archive, host, port)


def _examples() -> Path:
    """The example newspaper: inside an installed package, or beside the sources in a checkout."""
    import backfile

    package = Path(backfile.__file__).resolve().parent
    for folder in (package / "examples", package.parent.parent / "examples"):
        for config in sorted(folder.glob("*/backfile.toml")):
            return config.parent
    raise MissingTool("the example archive is not installed", hint="Run `backfile demo` in a checkout of Backfile.")


def prepare(archive: Path, example: Path) -> Config:
    """Make the archive's folder with the example's configuration, whose paths are made absolute."""
    import tomlkit

    from backfile.config import FILE, load

    _refuse_foreign(archive)
    table = tomlkit.parse((example / FILE).read_text(encoding="utf-8"))
    for section in table.get("source", []):
        section["path"] = str(example / section["path"])
    folders = table.get("media", {}).get("folders", {})
    for prefix in folders:
        folders[prefix] = str(example / folders[prefix])
    try:
        archive.mkdir(parents=True, exist_ok=True)
        (archive / FILE).write_text(HEAD + tomlkit.dumps(table), encoding="utf-8")
    except OSError as problem:
        raise ArchiveError(f"cannot be made: {problem.strerror}", where=str(archive)) from problem
    return load(archive)


def _refuse_foreign(archive: Path) -> None:
    """An archive that is not a demo's must never get its articles, nor lose its configuration."""
    from backfile.config import FILE
    from backfile.store.archive import DATABASE

    config = archive / FILE
    ours = config.is_file() and config.read_text(encoding="utf-8", errors="replace").startswith(HEAD)
    if not ours and (config.exists() or (archive / DATABASE).exists()):
        raise UsageError(f"{archive} holds another archive", hint="Name a new folder: backfile demo --archive FOLDER")
