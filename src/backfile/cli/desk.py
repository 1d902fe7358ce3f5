"""`backfile desk`: who may read the readers' reports."""

from __future__ import annotations

from pathlib import Path

import click

from backfile.cli.terminal import archive_option, console


@click.group(name="desk")
def verb() -> None:
    """Manage the desk: the people who answer readers' reports."""


@verb.command(name="user")
@click.argument("name")
@click.password_option(envvar="BACKFILE_PASSWORD", help="Asked for if not given; or set BACKFILE_PASSWORD.")
@archive_option
def user(name: str, password: str, archive: Path) -> None:
    """Make a person of the desk, or give one a new password.

    Example: backfile desk user anna
    """
    from backfile.site.people import set_desk_user
    from backfile.store.archive import Archive

    Archive.open(archive).close()
    made = set_desk_user(archive, name, password)
    console().print(f"{'made' if made else 'changed the password of'} {name}; the desk is at /desk/")
