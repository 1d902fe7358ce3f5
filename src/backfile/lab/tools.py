"""The other tools: anybody's command that reads and writes JSON Lines, and adapters for well-known libraries.

The libraries know texts and no articles: they get `text` and the fields, as readers see them.
"""

from __future__ import annotations

import html
import json
import shlex
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any

from backfile.errors import MissingTool, UnreadableInput, UsageError
from backfile.lab.sheet import FIELDS, TEXT

Question = Mapping[str, Any]
Answers = Iterator[dict[str, Any]]


def texts(mend: Callable[[str], str]) -> Callable[[Iterable[Question]], Answers]:
    """A tool made of a function over one text."""

    def run(questions: Iterable[Question]) -> Answers:
        for asked in questions:
            fields = {name: mend(asked[name]) for name in (TEXT, *FIELDS) if name in asked and name != "date"}
            yield {"id": asked["id"], **fields}

    return run


def _ftfy(text: str) -> str:
    fixed: str = import_module("ftfy").fix_text(text)
    return fixed


def _ftfy_encoding(text: str) -> str:
    fixed: str = import_module("ftfy").fix_encoding(text)
    return fixed


def _nh3(text: str) -> str:
    """Without tags; what is left is HTML, and is decoded once."""
    return html.unescape(import_module("nh3").clean(text, tags=set()))


PEERS: dict[str, Callable[[str], str]] = {
    "identity": lambda text: text,
    "ftfy": _ftfy,
    "ftfy.fix_encoding": _ftfy_encoding,
    "html.unescape": html.unescape,
    "nh3": _nh3,
}
"""Libraries for comparison, each with its defaults; `identity` mends nothing. By default ftfy makes curly quotes
straight, which here is harm; `ftfy.fix_encoding` does only what its name says."""


def peer(name: str) -> Callable[[Iterable[Question]], Answers]:
    """Raises `MissingTool` if the library is not installed."""
    library = name.partition(".")[0]
    if library in ("ftfy", "nh3"):
        try:
            import_module(library)
        except ImportError as problem:
            hint = f"`pip install {library}`, or leave it out."
            raise MissingTool(f"{library} is not installed", hint=hint) from problem
    return texts(PEERS[name])


def command(line: str) -> Callable[[Iterable[Question]], Answers]:
    """A command that gets all questions on standard input and answers on standard output, in any order."""
    arguments = shlex.split(line)
    if not arguments:
        raise UsageError("the tool's command is empty")

    def run(questions: Iterable[Question]) -> Answers:
        with tempfile.TemporaryFile() as asked:
            for question in questions:
                asked.write(json.dumps(question, ensure_ascii=False).encode() + b"\n")
            asked.seek(0)
            try:
                done = subprocess.run(arguments, stdin=asked, stdout=subprocess.PIPE, check=False)  # noqa: S603
            except OSError as problem:
                raise MissingTool(f"cannot run {arguments[0]!r}: {problem.strerror}") from problem
        if done.returncode:
            raise UnreadableInput(f"the tool ended with {done.returncode}", where=line)
        yield from read(done.stdout.decode("utf-8", "replace").split("\n"), line)

    return run


def read(lines: Iterable[str], where: str) -> Answers:
    """Answers from JSON Lines. Raises `UnreadableInput` naming the line."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            found = json.loads(line)
        except ValueError as problem:
            raise UnreadableInput(f"no JSON: {problem}", where=f"{where}, line {number}") from problem
        if not isinstance(found, dict) or "id" not in found:
            raise UnreadableInput("an answer is an object with an `id`", where=f"{where}, line {number}")
        yield found
