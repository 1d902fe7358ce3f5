"""What needs a process of its own: interruptions, readers that go away, a peer that waits for its answer."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "backfile"]
HANGS = 300
"""Seconds after which a process hangs for good: far more than the slowest machine needs."""


def start(*arguments: object, **rest) -> subprocess.Popen[bytes]:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **rest}
    command = [*COMMAND, *(str(one) for one in arguments)]
    return subprocess.Popen(command, preexec_fn=_hear_interrupts, **pipes)  # noqa: PLW1509 - there are no threads


def _hear_interrupts() -> None:
    """A shell that runs the tests in the background makes all below it deaf to SIGINT; a terminal does not."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_the_pipe_answers_before_the_next_line_is_sent() -> None:
    with start("pipe") as peer:
        assert peer.stdin
        assert peer.stdout
        for number in range(3):
            peer.stdin.write(json.dumps({"id": number, "content": f"<p>Satz {number}</p>"}).encode() + b"\n")
            peer.stdin.flush()
            found = json.loads(peer.stdout.readline())
            assert (found["id"], found["text"]) == (number, f"Satz {number}")
        peer.stdin.close()
        assert peer.wait(HANGS) == 0
        assert peer.stdout.read() == b""
        assert peer.stderr.read() == b""


def test_a_huge_line_is_refused_by_its_id_and_the_next_is_answered() -> None:
    from backfile.pipe import MAX_LINE

    huge = b'{"id": "huge", "content": "' + b"x" * MAX_LINE + b'"}\n'
    exact = b'{"id": "exact", "content": "'
    exact += b" " * (MAX_LINE - len(exact) - 2) + b'"}\n'
    assert len(exact) == MAX_LINE + 1
    asked = huge + exact + b'{"id": "next", "content": "<p>Weiter</p>"}'
    done = subprocess.run([*COMMAND, "pipe"], input=asked, capture_output=True, timeout=HANGS)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["id"] for one in found] == ["huge", "exact", "next"]
    assert "over the limit" in found[0]["error"]
    assert found[2]["text"] == "Weiter"


def test_a_profile_is_learned_saved_and_taken(tmp_path: Path) -> None:
    article = "<p>Der Gemeinderat von Wyssbach hat den Kredit Nummer {} bewilligt. (akl)</p>"
    lines = tmp_path / "learn.jsonl"
    lines.write_text("".join(json.dumps({"id": n, "content": article.format(n)}) + "\n" for n in range(40)))
    asked = json.dumps({"id": 1, "content": "<p>Wyssbach feiert. (akl)</p>"}).encode()

    def answers(*options: object) -> bytes:
        command = [*COMMAND, "pipe", *map(str, options)]
        done = subprocess.run(command, input=asked, capture_output=True, timeout=HANGS)
        assert done.returncode == 0, done.stderr
        return done.stdout

    learned = answers("--learn", lines, "--save-profile", tmp_path / "saved")
    assert answers("--profile", tmp_path / "saved") == learned != answers()
    done = subprocess.run([*COMMAND, "pipe", "--profile", lines], input=asked, capture_output=True, timeout=HANGS)
    assert done.returncode == 4
    assert b"is no saved profile" in done.stderr


@pytest.mark.parametrize(
    "verb",
    [["export"], ["faults"], ["faults", "--json"], ["show", "00123"], ["rejects", "show", "1", "--raw"]],
    ids=" ".join,
)
def test_a_reader_that_goes_away_is_no_error(imported: Path, verb: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    archive = [] if verb[0] == "faults" else ["--archive", str(imported)]
    done = subprocess.run([*COMMAND, *verb, *archive], stdout=write, stderr=subprocess.PIPE, timeout=HANGS)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")


def test_the_pipe_into_head(imported: Path) -> None:
    line = json.dumps({"id": 1, "content": "<p>" + "Ein Satz. " * 5000 + "</p>"})
    script = f"yes '{line}' | {sys.executable} -m backfile pipe | head -1"
    done = subprocess.run(["bash", "-o", "pipefail", "-c", script], capture_output=True, timeout=HANGS)
    assert json.loads(done.stdout)["id"] == 1
    assert done.stderr == b""


def many(path: Path, count: int) -> Path:
    body = "<p>" + "Der Gemeinderat hat am Samstag das Band durchgeschnitten. " * 40 + "</p>"
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            article = {"id": str(number), "title": f"Artikel {number}", "date": "2011-05-03", "body": body}
            file.write(json.dumps(article) + "\n")
    return path


def stored(folder: Path) -> int:
    try:
        with sqlite3.connect(f"{(folder / 'archive.sqlite3').as_uri()}?mode=ro", uri=True) as db:
            return int(db.execute("SELECT count(*) FROM article").fetchone()[0])
    except sqlite3.Error:
        return 0


def test_an_interrupted_import_goes_on(tmp_path: Path, blank: Path) -> None:
    import shutil

    export, archive = many(tmp_path / "viele.jsonl", 6000), tmp_path / "archive"
    archive.mkdir()
    shutil.copy(blank, archive)
    command = ["import", export, "--archive", archive, "--no-search", "--json"]
    with start(*command) as first:
        limit = time.monotonic() + HANGS
        while stored(archive) == 0 and first.poll() is None and time.monotonic() < limit:
            time.sleep(0.02)
        first.send_signal(signal.SIGINT)
        out, err = first.communicate(timeout=HANGS)
    assert first.returncode == 130
    assert out == b""
    assert err.decode().strip() == "error: interrupted; the same command goes on where it stopped"
    part = stored(archive)
    assert 0 < part < 6000
    done = subprocess.run([*COMMAND, *map(str, command)], capture_output=True, timeout=HANGS)
    assert json.loads(done.stdout)["records"] == 6000
    assert f"went on after {part:,} records" in done.stderr.decode()
    assert stored(archive) == 6000


@pytest.mark.parametrize("verb", ["serve", "pipe"])
def test_interrupted(imported: Path, verb: str) -> None:
    """As a terminal does it: the whole group of processes is told."""
    where = ["--archive", imported, "--port", "0"] if verb == "serve" else []
    running = start(verb, *where, start_new_session=True)
    try:
        ready(running, verb)
        os.killpg(running.pid, signal.SIGINT)
        _, err = running.communicate(timeout=HANGS)
    finally:
        if running.poll() is None:
            os.killpg(running.pid, signal.SIGKILL)
            running.communicate()
    assert running.returncode in (0, 130)
    assert b"Traceback" not in err


def ready(running: subprocess.Popen[bytes], verb: str) -> None:
    """Wait until it answers."""
    if verb == "pipe":
        assert running.stdin
        assert running.stdout
        running.stdin.write(b'{"content": "x"}\n')
        running.stdin.flush()
        assert running.stdout.readline()
        return
    assert running.stderr
    said = running.stderr.readline().decode()
    address = said.partition("http://")[2].partition("/")[0]
    assert address.startswith("127.0.0.1:"), said
    for _ in range(10 * HANGS):
        try:
            urllib.request.urlopen(f"http://{address}/robots.txt", timeout=60).close()
            return
        except OSError:
            assert running.poll() is None
            time.sleep(0.1)
    raise AssertionError("the server never answered")
