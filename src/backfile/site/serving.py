"""Serving the website with granian."""

from __future__ import annotations

import os
import socket
from pathlib import Path

from backfile.errors import UsageError
from backfile.site.secret import secret_key

STOP_SECONDS = 5
"""A worker that does not stop by itself, because a connection hangs or it had only just begun, is stopped then."""


def serve(folder: Path, host: str = "127.0.0.1", port: int = 8000, *, workers: int = 1, threads: int = 4) -> None:
    """Serve the archive in `folder` until interrupted. Raises `UsageError` if the address cannot be had."""
    from granian.constants import Interfaces
    from granian.server import Server

    port = port_at(host, port)
    os.environ["BACKFILE_ARCHIVE"] = str(folder.resolve())
    os.environ["BACKFILE_SECRET_KEY"] = secret_key(folder)
    server = Server(
        "backfile.site.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        log_enabled=False,
        websockets=False,
        backpressure=256,
        workers_kill_timeout=STOP_SECONDS,
    )
    server.serve()


def port_at(host: str, port: int) -> int:
    """The port itself, or a free one for 0. Raises `UsageError` if it is taken, before a server's traceback could."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
            return int(probe.getsockname()[1])
    except OSError as problem:
        raise UsageError(
            f"cannot listen at {host}:{port}: {problem.strerror}", hint="Name another --port, or stop what uses it."
        ) from problem
