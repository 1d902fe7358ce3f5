"""Inject, pipe, score: the lab's verbs as functions, and its files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from backfile.errors import UnreadableInput
from backfile.lab import backfile_tool, tools
from backfile.lab.clean import CleanArticle
from backfile.lab.injecting import Truth, archive, cases
from backfile.lab.scoring import Score, score

QUESTIONS, TRUTH, ARCHIVE = "questions.jsonl", "truth.jsonl", "archive.jsonl"
BACKFILE = "backfile"
"""The name of Backfile among the tools."""


def write(articles: Sequence[CleanArticle], folder: Path, seed: int, count: int, only: Sequence[str]) -> int:
    """The questions, the truth, and an archive to learn from, as files; returns how many questions there are."""
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    with (folder / QUESTIONS).open("wb") as asked, (folder / TRUTH).open("wb") as truth:
        for number, case in enumerate(cases(articles, seed, count, only), 1):  # noqa: B007
            asked.write(_line(case.asked))
            truth.write(_line(case.truth))
    with (folder / ARCHIVE).open("wb") as file:
        file.writelines(_line(one) for one in archive(articles, seed))
    return number


def _line(value: Any) -> bytes:
    """JSON of ASCII characters only: what is injected must not be changed by what carries it."""
    return json.dumps(msgspec.to_builtins(value)).encode() + b"\n"


def truths(path: Path) -> Iterator[Truth]:
    """The truth file. Raises `UnreadableInput` naming the line."""
    decoder = msgspec.json.Decoder(Truth)
    for number, line in enumerate(_lines(path), 1):
        if line.strip():
            try:
                yield decoder.decode(line)
            except msgspec.DecodeError as problem:
                hint = f"`backfile lab inject` writes it, as {TRUTH}."
                raise UnreadableInput(str(problem), where=f"{path}, line {number}", hint=hint) from problem


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as problem:
        raise UnreadableInput(f"cannot be read: {problem}", where=str(path)) from problem


def score_files(truth: Path, answers: Path, failures: int) -> Score:
    """The score of answers that some tool wrote."""
    found = tools.read(_lines(answers), str(answers))
    return scored(truths(truth), found, answers.name, failures)


def scored(truth: Iterable[Truth], answers: Iterable[dict[str, Any]], tool: str, failures: int) -> Score:
    """Answers beside their truths, by id."""
    by_id = {str(answer["id"]): answer for answer in answers}
    pairs = ((one, by_id.get(one.id)) for one in truth)
    return score(pairs, backfile_tool.names, tool=tool, failures=failures)


def run(
    articles: Sequence[CleanArticle],
    tool: str,
    *,
    seed: int,
    count: int,
    only: Sequence[str],
    learn: bool,
    failures: int,
) -> Score:
    """All in one. `tool`: Backfile, one of the libraries, or a command."""
    made = list(cases(articles, seed, count, only))
    questions = (case.asked for case in made)
    return scored((case.truth for case in made), _answers(tool, questions, articles, seed, learn), tool, failures)


def _answers(
    tool: str, questions: Iterable[dict[str, Any]], articles: Sequence[CleanArticle], seed: int, learn: bool
) -> Iterator[dict[str, Any]]:
    if tool == BACKFILE:
        return backfile_tool.answers(questions, backfile_tool.learned(archive(articles, seed) if learn else ()))
    if tool in tools.PEERS:
        return tools.peer(tool)(questions)
    return tools.command(tool)(questions)
