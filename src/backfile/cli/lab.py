"""`backfile lab`: puts faults into clean articles and scores what a tool makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from backfile.cli.terminal import FOLDER, console, emit, json_option, out, plain
from backfile.errors import ArchiveError, MissingTool

if TYPE_CHECKING:
    from backfile.lab.clean import CleanArticle
    from backfile.lab.scoring import Failure, Score

COUNT = 2000

seed_option = click.option("--seed", type=int, default=7, show_default=True, help="The same seed gives the same bytes.")
count_option = click.option(
    "--count", type=click.IntRange(1), default=COUNT, show_default=True, help="How many articles get faults."
)
only_option = click.option("--only", multiple=True, metavar="CLASS", help="Only this class, or group (A1); repeatable.")
failures_option = click.option(
    "--failures",
    type=click.IntRange(0),
    default=0,
    metavar="N",
    help="Show the first N failures of each kind and class.",
)


@click.group(name="lab")
def verb() -> None:
    """Put faults into clean articles, and score any tool that mends them.

    The faults are those of the catalogue, on the layer where they arise, each with its truth. A tool is anything that
    reads and writes JSON Lines as `backfile pipe` does; docs/lab.md describes the files.
    """


@verb.command(name="classes")
@json_option
def classes(as_json: bool) -> None:
    """List what is injected: the class, on which layer, what is needed to mend it; and what is not injected, and why.

    Example: backfile lab classes --json
    """
    from backfile.lab.classes import all_classes, left_out

    rows = [
        {"group": one.group, "name": one.name, "layer": one.layer, "recoverable": one.recoverable,
         "languages": list(one.languages), "what": one.what}
        for one in all_classes().values()
    ]  # fmt: skip
    if as_json:
        for row in rows:
            emit(row)
        return
    heads = ("", "class", "layer", "needs", "what it is")
    _print(heads, [(r["group"], r["name"], r["layer"], r["recoverable"], r["what"]) for r in rows], 5)
    out().print("\nNot injected:")
    _print(("", "why"), left_out().items(), 2)


@verb.command(name="inject")
@click.argument("clean", type=FOLDER, required=False)
@seed_option
@count_option
@only_option
@click.option("--out", "folder", type=FOLDER, required=True, metavar="DIR", help="Where the files go.")
@json_option
def inject(clean: Path | None, seed: int, count: int, only: tuple[str, ...], folder: Path, as_json: bool) -> None:
    """Put faults into the articles of CLEAN, or into our own: writes questions, truth, and an archive to learn from.

    Example: backfile lab inject clean.jsonl --seed 7 --out cases
    """
    from backfile.lab import running

    try:
        number = running.write(_articles(clean), folder, seed, count, only)
    except OSError as problem:
        raise ArchiveError(f"cannot write to {folder}: {problem.strerror}", hint="Name another folder.") from problem
    told = {"questions": number, "files": [running.QUESTIONS, running.TRUTH, running.ARCHIVE]}
    emit(told) if as_json else out().print(plain(f"{number} questions in {folder}"))


@verb.command(name="score")
@click.argument("truth", type=FOLDER)
@click.argument("answers", type=FOLDER)
@failures_option
@json_option
def score(truth: Path, answers: Path, failures: int, as_json: bool) -> None:
    """Score ANSWERS that any tool gave, against the TRUTH that `inject` wrote.

    Example: backfile lab score cases/truth.jsonl answers.jsonl --failures 3
    """
    from backfile.lab import running

    _tell([running.score_files(truth, answers, failures)], as_json)


@verb.command(name="run")
@click.option("--tool", "named", multiple=True, metavar="COMMAND", help="A command, or backfile (the default), ftfy, "
              "ftfy.fix_encoding, html.unescape, nh3, identity; repeatable.")  # fmt: skip
@click.option("--peers", is_flag=True, help="Also every library for comparison that is installed.")
@click.option("--articles", type=FOLDER, metavar="FILE", help="Clean articles, one a line; without it our own.")
@click.option("--learn/--no-learn", default=True, help="Let Backfile learn from an archive of the articles first.")
@click.option("--page", type=FOLDER, metavar="FILE", help="Write the score as a page of Markdown.")
@seed_option
@count_option
@only_option
@failures_option
@json_option
def run(
    named: tuple[str, ...], peers: bool, articles: Path | None, learn: bool, page: Path | None, seed: int, count: int,
    only: tuple[str, ...], failures: int, as_json: bool,
) -> None:  # fmt: skip
    """Inject, pipe through a tool, and score, in one.

    Example: backfile lab run --seed 7 --count 2000 --failures 2
    """
    from backfile.lab import running
    from backfile.lab.tools import PEERS

    clean, scores, missing = _articles(articles), [], []
    wanted = dict.fromkeys([*(named or (running.BACKFILE,)), *(PEERS if peers else ())])
    for tool in wanted:
        try:
            scores.append(running.run(clean, tool, seed=seed, count=count, only=only, learn=learn, failures=failures))
        except MissingTool as problem:
            if tool in named or tool not in PEERS:
                raise
            missing.append(tool)
            console().print(plain(f"left out: {problem}"))
    _tell(scores, as_json)
    if page:
        _write_page(
            page, scores, f"backfile lab run --seed {seed} --count {count}{' --peers' if peers else ''}", missing
        )


def _articles(path: Path | None) -> list[CleanArticle]:
    from backfile.lab import clean

    return clean.load(path) if path else clean.shipped()


def _write_page(path: Path, scores: list[Score], command: str, missing: list[str]) -> None:
    from backfile.lab import tables

    try:
        path.write_text(tables.page(scores, f"{command} --page {path}", missing), encoding="utf-8")
    except OSError as problem:
        raise ArchiveError(f"cannot write {path}: {problem.strerror}", hint="Name another place.") from problem


def _tell(scores: list[Score], as_json: bool) -> None:
    from backfile.lab import tables

    if as_json:
        for score in scores:
            emit(tables.as_object(score))
        return
    for score in scores:
        _print(tables.COLUMNS, tables.table(score), 4)
        out().print()
        _print(tables.HARM, tables.harm_rows(score), 1)
        if score.errors:
            out().print(f"{score.errors} questions without an answer")
        for failure in score.failures:
            out().print(plain("\n".join(_failure(failure))))
    if len(scores) > 1:
        out().print()
        _print(tables.SUMMARY, tables.summary(scores), 1)


def _failure(failure: Failure) -> Iterator[str]:
    """The excerpt on one line each, with line ends to be seen."""
    where = ", ".join((failure.case, failure.language, failure.at))
    yield f"\n{failure.kind}: {', '.join(failure.classes) or 'clean article'} ({where})"
    yield f"  given     {failure.before!r}"
    yield f"  expected  {failure.expected!r}"
    yield f"  got       {failure.got!r}"
    if failure.reported:
        yield f"  reported  {', '.join(failure.reported)}"


def _print(heads: Sequence[str], rows: Iterable[Sequence[Any]], texts: int) -> None:
    """A table whose first columns are text and whose others are figures."""
    from rich.table import Table

    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for number, head in enumerate(heads):
        made.add_column(head, justify="left" if number < texts else "right", no_wrap=True, overflow="ellipsis")
    for row in rows:
        made.add_row(*(plain(str(cell)) for cell in row))
    out().print(made)
