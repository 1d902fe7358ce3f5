"""`backfile serve`: the website and the desk."""

from __future__ import annotations

from pathlib import Path

import click

from backfile.cli.terminal import archive_option, console


@click.command(name="serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on; 0.0.0.0 for everybody.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@archive_option
def verb(host: str, port: int, archive: Path) -> None:
    """Serve the new website and the desk, while imports may go on.

    Example: backfile serve --port 8080
    """
    start(archive, host, port)


def start(archive: Path, host: str, port: int) -> None:
    """Serve until interrupted. Raises `ArchiveError` where there is no archive, `UsageError` if the port is taken."""
    from backfile.site.serving import port_at, serve
    from backfile.store.archive import Archive

    Archive.open(archive, read_only=True).close()
    port = port_at(host, port)
    console().print(f"the website is at [bold]http://{host}:{port}/[/], the desk at /desk/ (stop with Ctrl-C)")
    serve(archive, host, port)
