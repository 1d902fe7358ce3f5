"""Errors that people can act on: what happened, where, what to try next, and an exit code.

Exit codes: 0 done · 1 done, and the answer is no (a check failed) · 2 wrong usage · 3 the input is not
recognised · 4 the input cannot be read · 5 the input is refused (hostile, or over a limit) · 6 the archive
cannot be opened or written · 7 the configuration is wrong · 8 something that Backfile needs is missing ·
70 a defect of Backfile · 130 interrupted.
"""

from __future__ import annotations


class BackfileError(Exception):
    """Base of all errors shown to people. `where` reads like `export.xml, record 1207, byte 88123`."""

    exit_code = 70

    def __init__(self, what: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(what)
        self.what, self.where, self.hint = what, where, hint

    def __str__(self) -> str:
        return "\n".join(part for part in (self._head(), self.hint) if part)

    def _head(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what


class UsageError(BackfileError):
    exit_code = 2


class UnknownInput(BackfileError):
    """No source recognises this input."""

    exit_code = 3


class UnreadableInput(BackfileError):
    """Damaged, truncated, or in no encoding that decodes it."""

    exit_code = 4


class RefusedInput(BackfileError):
    """Hostile, or over a limit: entity bombs, external entities, zip bombs, paths that climb out."""

    exit_code = 5


class ArchiveError(BackfileError):
    exit_code = 6


class ConfigError(BackfileError):
    exit_code = 7


class MissingTool(BackfileError):
    exit_code = 8
