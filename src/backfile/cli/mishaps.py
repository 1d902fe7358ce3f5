"""What ends a command unforeseen, in words: a full disk, a damaged database, a defect of ours."""

from __future__ import annotations

import errno
import os
import traceback
from pathlib import Path

from backfile.errors import ArchiveError, BackfileError, UnreadableInput

_CANNOT_WRITE = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
TRACEBACK = "BACKFILE_TRACEBACK"


def explained(problem: Exception) -> BackfileError:
    """The problem as an error with what to try next and its exit code."""
    if isinstance(problem, BackfileError):
        return problem
    cause = problem.__cause__ if type(problem).__module__.startswith("django.db") else problem
    if type(cause).__module__ == "sqlite3":
        return _of_database(cause)
    if type(problem).__module__.partition(".")[0] == "msgspec" or str(problem).startswith("not a packed value"):
        return _of_store(str(problem))
    if isinstance(problem, RuntimeError) and str(problem).startswith("Symlink loop"):
        return UnreadableInput("a link leads to itself", hint="Name the file that it stood for.")
    if isinstance(problem, OSError):
        return _of_files(problem)
    return _defect(problem)


def _of_database(problem: BaseException | None) -> BackfileError:
    from backfile.store.archive import DATABASE, translated

    try:
        with translated(Path(DATABASE)):
            raise problem or ArchiveError("cannot be read")
    except ArchiveError as known:
        return known
    except Exception as other:  # a warning of the driver's, which is no error of its own
        return _defect(other)


def _of_store(what: str) -> BackfileError:
    """What comes from outside is decoded where it comes in; what fails later was damaged in the archive."""
    return ArchiveError(
        f"a stored value is damaged: {what}",
        hint="`backfile check` names the articles; restore the archive from a backup.",
    )


def _of_files(problem: OSError) -> BackfileError:
    what = problem.strerror or str(problem)
    where = str(problem.filename or "")
    if problem.errno in _CANNOT_WRITE:
        return ArchiveError(what, where=where, hint="Make room, or name another place, and run the command again.")
    return UnreadableInput(what, where=where, hint="Check that the file is there and that you may read it.")


def _defect(problem: Exception) -> BackfileError:
    """Short for people; whole, where they ask for it."""
    if os.environ.get(TRACEBACK):
        traceback.print_exception(problem)
    last = (traceback.extract_tb(problem.__traceback__) or [None])[-1]
    place = f"{Path(last.filename).name}, line {last.lineno}" if last else ""
    return BackfileError(
        f"a defect of Backfile: {type(problem).__name__}: {problem}",
        where=place,
        hint=f"Please report it, with what the same command shows when {TRACEBACK}=1 is set.",
    )
