"""Progress of long work: how far, how fast, how long still. On standard error, and only where somebody looks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from backfile.cli.terminal import console

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

_PHASES = {"learn": "learning", "import": "importing", "check": "proving"}


class Shown:
    """Tells a terminal how an import goes on (`backfile.importing.Progress`)."""

    def __init__(self, bars: Bars, title: str) -> None:
        self.bars, self.title = bars, title
        self.task: TaskID | None = None

    def phase(self, name: str, total: int) -> None:
        if self.task is not None:
            self.bars.update(self.task, visible=False)
        words = f"{_PHASES.get(name, name)} {self.title}"
        self.task = self.bars.add_task(words, total=total or None, records=0, rate=0)

    def advance(self, records: int, length: int) -> None:
        if self.task is None:
            return
        task = self.bars.tasks[self.task]
        done = task.fields["records"] + records
        rate = round(done / task.elapsed) if task.elapsed else 0
        self.bars.update(self.task, advance=length, records=done, rate=rate)


@contextmanager
def watched(title: str) -> Iterator[Shown]:
    """Bars that vanish when the work is done."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(bar_width=30),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[records]:,} records, {task.fields[rate]:,}/s"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console(), transient=True, disable=not console().is_terminal) as bars:
        yield Shown(bars, title)
