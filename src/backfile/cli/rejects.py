"""`backfile rejects`: what could not be read, to be listed, looked at, and tried again."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from backfile.cli.terminal import archive_option, console, emit, json_option, of_group, out, plain


@click.group(name="rejects", invoke_without_command=True)
@archive_option
@json_option
@click.pass_context
def verb(context: click.Context, archive: Path, as_json: bool) -> None:
    """List the records that could not be read, with place and reason.

    Example: backfile rejects show 3
    """
    if context.invoked_subcommand is None:
        _list(archive, everything=False, as_json=as_json)


@verb.command(name="list")
@click.option("--all", "everything", is_flag=True, help="With those that a later run or a retry could read.")
@archive_option
@json_option
@click.pass_context
def list_(context: click.Context, everything: bool, archive: Path, as_json: bool) -> None:
    """List them; the same as without a verb.

    Example: backfile rejects list --all
    """
    _list(of_group(context, archive), everything=everything, as_json=as_json)


def _list(archive: Path, *, everything: bool, as_json: bool) -> None:
    from backfile.rejects import listed
    from backfile.store.archive import Archive

    with Archive.open(archive, read_only=True) as opened:
        found = listed(opened, resolved=everything)
    for reject in found:
        if as_json:
            emit(reject)
        else:
            key = f", record {reject.key}" if reject.key else ""
            state = "" if reject.state == "open" else f" [green]{reject.state}[/]"
            out().print(f"[bold]{reject.number}[/] {plain(reject.where)}{plain(key)}: {plain(reject.reason)}{state}")
            if reject.hint:
                out().print(f"    [dim]{plain(reject.hint)}[/]")
    if not found and not as_json:
        console().print("nothing is rejected")


@verb.command(name="show")
@click.argument("number", type=int)
@click.option("--raw", is_flag=True, help="Write the bytes to standard output, nothing else.")
@archive_option
@click.pass_context
def show(context: click.Context, number: int, raw: bool, archive: Path) -> None:
    """Show one reject with its bytes.

    Example: backfile rejects show 3 --raw > record.xml
    """
    from backfile.rejects import show as found
    from backfile.store.archive import Archive

    with Archive.open(of_group(context, archive), read_only=True) as opened:
        shown = found(opened, number)
    if raw:
        sys.stdout.buffer.write(shown.payload)
        return
    about = shown.about
    out().print(f"[bold]{plain(about.where)}[/], {about.length:,} bytes, sha256 {shown.sha256}\n{plain(about.reason)}")
    if about.hint:
        out().print(f"[dim]{plain(about.hint)}[/]")
    out().print(plain(shown.payload[:4000].decode("utf-8", "backslashreplace")))
    if shown.traceback:
        out().print(f"[dim]{plain(shown.traceback)}[/]")


@verb.command(name="retry")
@click.argument("numbers", type=int, nargs=-1)
@archive_option
@json_option
@click.pass_context
def retry(context: click.Context, numbers: tuple[int, ...], archive: Path, as_json: bool) -> None:
    """Try rejects again, all or those with these numbers, after a change of settings or of Backfile.

    Example: backfile rejects retry 3 4
    """
    from backfile.rejects import retry as again
    from backfile.store.archive import Archive

    with Archive.open(of_group(context, archive)) as opened:
        result = again(opened, numbers)
    if as_json:
        emit(result)
        return
    out().print(f"{result.tried} tried, {result.read} could be read, {result.rejected} are rejects still")
    for path in result.missing:
        out().print(f"  the export is no longer at {plain(path)}")
